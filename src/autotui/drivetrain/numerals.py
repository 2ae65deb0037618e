"""Reads written numbers: 1,000 and 1.000, 1 000 and 1'000, 77.4 and 77,4.

A point or comma before three digits means a thousand in one language and a decimal in
another; then the readings are given in order of likelihood, and the caller knows which
of them is plausible for its unit.
"""

from typing import Final, NamedTuple

NUMBER: Final = (
    r"(?:[0-9]{1,3}(?:[., '][0-9]{3}(?![0-9])){1,4}(?:[.,][0-9]{1,2}(?![0-9]))?"
    r"|[0-9]{1,9}(?:[.,][0-9]{1,3}(?![0-9]))?)(?![0-9]|[.,][0-9])"
)
"""A pattern of a number; no repeat in it is unbounded."""
_ENGLISH: Final = (" the ", " and ", " of ", " with ", " is ", " its ")
_OTHERS: Final = (
    *(" der ", " die ", " und ", " mit ", " le ", " les ", " et ", " el ", " los "),
    *(" una ", " il ", " di ", " con ", " de ", " la ", " à ", " en ", " du "),
)


class Reading(NamedTuple):
    """What a written number may be worth, and where it begins if that is so."""

    value: float
    start: int


def readings(
    number: str, start: int, *, english: bool, tail: bool = False
) -> tuple[Reading, ...]:
    """Give what a written number may be worth, likeliest first.

    With ``tail`` the last group alone comes first: "2 300" after a name is 300.
    """
    rest, gap, last = number.rpartition(" ")
    if gap:
        (whole, *_) = readings(f"{rest}{last}".replace(" ", ""), start, english=english)
        (alone, *_) = readings(last, start + len(rest) + 1, english=english)
        return (alone, whole) if tail else (whole, alone)
    number = number.replace("'", "")
    marks = [each for each in number if each in ".,"]
    if not marks:
        return (Reading(float(number), start),)
    decimal = float(
        number.replace(",", ".") if len(marks) == 1 else _pointed(number, marks)
    )
    if len(marks) > 1 or number[0] == "0" or number[-4:-3] != marks[0]:
        return (Reading(decimal, start),)
    grouped = Reading(float(number.replace(marks[0], "")), start)
    # Nobody writes the last nought of 1.50, so that 1.500 is a thousand in any language.
    if number[-1] == "0" or (marks[0] == ",") == english:
        return (grouped,)
    return (Reading(decimal, start), grouped)


def _pointed(number: str, marks: list[str]) -> str:
    """Write a number of several marks with one point at most.

    The last mark is the decimal one if there is no other like it.
    """
    rest, mark, decimals = number.rpartition(marks[-1])
    whole = rest.replace(",", "").replace(".", "")
    return f"{whole}.{decimals}" if mark not in rest else f"{whole}{decimals}"


def is_english(lower: str) -> bool:
    """Whether "1.085" is a little more than one; judged by the story's small words."""
    return sum(map(lower.count, _ENGLISH)) >= sum(map(lower.count, _OTHERS))


def stands_after_a_name(text: str, start: int) -> bool:
    """Whether the word before is written large, as in "Polestar 2 300 kW"."""
    before = text[max(0, start - 20) : start].rstrip().rpartition(" ")[2]
    return before[:1].isupper()
