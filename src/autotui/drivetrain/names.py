"""Finds who and what a story names: makers, suppliers, models, components.

Whole words only, the longest form that holds, each name once. What is a name, and where
an ordinary word is none, is said in ``names.toml`` and nowhere else. The work grows with
the length of the text: a word is looked up once, and a trap looks at three words around.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from autotui.drivetrain import namelist
from autotui.drivetrain.findings import Name, NameKind
from autotui.drivetrain.namelist import STEM, WORD, Entry, Form, NameList, Node, Trap

MAX_NAMES: Final = 60
"""A story that names more is a list, not a story."""

_REACH: Final = 3
"""How many words away counts as beside."""
_JOINTS: Final = frozenset("°-‐‑‒–—−'’./&:+ \xa0\u2009\u202f\n") | {" & ", "  "}  # noqa: RUF001
"""What may stand between the words of one name."""
_DASHES: Final = frozenset("-‐‑‒–—−")  # noqa: RUF001
_SOFT: Final = _DASHES | frozenset(" \xa0\u2009\u202f'’‘\"“”„«»()/&+#")  # noqa: RUF001
"""What may stand between words that belong together; a comma parts, too."""
_ASIDE: Final = _SOFT | {","}
_APOSTROPHES: Final = frozenset("'’")  # noqa: RUF001
_POINTS: Final = frozenset(".,")
_KINDS: Final[tuple[NameKind, ...]] = ("maker", "supplier", "model", "component")


def find(title: str, text: str) -> tuple[Name, ...]:
    """Give the names in a story, each at its first place and in the order of these."""
    story = _Story(f"{title}\n\n{text}", namelist.shipped())
    hits = story.hits()
    if any(form.traps and form.entry.makers for _, forms in hits for _, form in forms):
        story.note(story.accepted(hit for hit in hits if _names_maker(hit)))
    places: dict[tuple[NameKind, str], tuple[int, int]] = {}
    for at, until, entry in story.accepted(hits):
        places.setdefault((entry.kind, entry.name), (at, until))
        if len(places) == MAX_NAMES:
            break
    return story.names(places)


def known(name: str) -> tuple[NameKind, str] | None:
    """Give the kind and usual form of a name, however it is written; None if unknown.

    A maker may stand before its model. No trap is asked: who types it means the name.
    """
    root = namelist.shipped().root
    words = _lower(WORD.findall(name))
    for start in range(min(len(words), _REACH + 1)):
        ends = [forms for until, forms in _ends(root, words, start) if until == len(words)]
        entries = sorted(
            (form.entry for forms in ends for form in forms),
            key=lambda entry: _KINDS.index(entry.kind),
        )
        for entry in entries:
            if not start or known(" ".join(words[:start])) in _makers(entry):
                return entry.kind, entry.name
    return None


def _makers(entry: Entry) -> list[tuple[NameKind, str]]:
    return [("maker", maker) for maker in entry.makers]


Hit = tuple[int, list[tuple[int, Form]]]
"""A word where names may begin, and the ends and forms of these: the longest first."""
Found = tuple[int, int, Entry]
"""The words from, and before, and what they name."""


class _Story:
    """A text in words, and which of them are makers."""

    def __init__(self, whole: str, names: NameList) -> None:
        self._parts = WORD.split(whole)
        """Gaps and words by turns, a gap at both ends."""
        self._gaps: list[str] = self._parts[::2]
        self._written: list[str] = self._parts[1::2]
        self._words = _lower(self._written)
        self._vocabulary = set(self._words)
        self._makers: dict[int, str] = {}
        self._names = names

    def hits(self) -> list[Hit]:
        """Give where names may be, traps aside."""
        root, words, gaps = self._names.root, self._words, self._gaps
        # By the set: most words of a story are in it twice, and few begin a name.
        stemmed = {
            word
            for word in self._vocabulary
            if len(word) >= self._names.shortest and word[:STEM] in root.stems
        }
        firsts = (root.words.keys() & self._vocabulary) | stemmed
        found = []
        last = len(words) - 1
        for at in [at for at, word in enumerate(words) if word in firsts]:
            word = words[at]
            node = root.words.get(word, root)
            alone = at == last or words[at + 1] not in node.words
            if alone and not node.forms and not node.stems and word not in stemmed:
                continue
            if ends := _ends(root, words, at, gaps):
                choices = [(until, form) for until, forms in ends for form in forms]
                found.append((at, choices))
        return found

    def note(self, makers: Iterable[Found]) -> None:
        """Remember where makers are named, for what needs its maker."""
        for at, until, entry in makers:
            if entry.kind == "maker":
                self._makers.update(dict.fromkeys(range(at, until), entry.name))
        self._vocabulary.update(f"@{maker}" for maker in self._makers.values())

    def accepted(self, hits: Iterable[Hit]) -> Iterator[Found]:
        """Give the hits whose traps hold; none begins within another.

        A model that is called after its maker, as the Honda e, gives both.
        """
        free = 0
        for at, choices in hits:
            if at < free:
                continue
            held = (each for each in choices if self._holds(each[1], at, each[0]))
            for until, form in held:
                for end, short in held if form.entry.makers else ():
                    if short.entry.name in form.entry.makers:
                        yield at, end, short.entry
                yield at, until, form.entry
                free = until
                break

    def names(
        self, places: Mapping[tuple[NameKind, str], tuple[int, int]]
    ) -> tuple[Name, ...]:
        """Give the names with what is written at their places, which are in order."""
        names = []
        start = counted = 0
        for (kind, name), (at, until) in places.items():
            first = 2 * at + 1
            start += len("".join(self._parts[counted:first]))
            counted = first
            written = "".join(self._parts[first : 2 * until])
            names.append(Name(kind, name, written, start, start + len(written)))
        return tuple(names)

    def _holds(self, form: Form, at: int, until: int) -> bool:
        """Whether it is no figure (3.5 is no 3), and one of the traps lets it pass."""
        if (
            self._gaps[until] in _POINTS
            and self._words[until - 1][-1].isdigit()
            and self._words[until : until + 1]
            and self._words[until][0].isdigit()
        ):
            return False
        if not form.traps:
            return True
        for trap in form.traps:
            if (
                (not trap.case or self._cased(trap.case, form, at))
                and self._told(trap, form.entry)
                and self._stands(trap, form.entry, at, until)
            ):
                return True
        return False

    def _cased(self, case: str, form: Form, at: int) -> bool:
        """Whether the form is written with the capitals it must have."""
        if case == "capital":
            return not (self._written[at][0].islower() and form.words[0][0].isupper())
        for offset, word in enumerate(form.words):
            written = self._written[at + offset]
            if written not in (word, f"{word}s") and not written.startswith(
                word if offset == len(form.words) - 1 and len(word) >= STEM else "\0"
            ):
                return False
        return case == "exact" or not self._shouted(at, at + len(form.words))

    def _shouted(self, at: int, until: int) -> bool:
        """Whether the words around are all in capitals, so that capitals say nothing."""
        around = (*range(max(at - _REACH, 0), at), *range(until, until + _REACH))
        near = [self._written[each] for each in around if each < len(self._words)]
        loud = [word for word in near if not word.isdigit()]
        return (
            len(loud) > 1
            and all(word.isupper() for word in loud)
            and max(map(len, loud)) > _REACH
        )

    def _told(self, trap: Trap, entry: Entry) -> bool:
        """Whether the story has the words it must have, and none it must not."""
        wanted, words = trap.story, self._vocabulary
        if not trap.never_story.isdisjoint(words):
            return False
        if not wanted or not wanted.isdisjoint(words):
            return True
        return "@maker" in wanted and any(f"@{each}" in words for each in entry.makers)

    def _stands(self, trap: Trap, entry: Entry, at: int, until: int) -> bool:
        """Whether the right words stand around, and no wrong ones."""
        before, after = self._previous(at), self._next(until)
        if trap.after and not self._is(before, at, trap.after, entry):
            return False
        if trap.never_after and self._is(before, at, trap.never_after, entry):
            return False
        if trap.before and not self._is(after, until, trap.before, entry):
            return False
        if trap.never_before and self._is(after, until, trap.never_before, entry):
            return False
        return not trap.beside or self._beside(trap.beside, entry, at, until)

    def _previous(self, at: int) -> int:
        """Give the word before, or the one before that if it is the s of Tesla's."""
        return at - 2 if at > 1 and self._owning(at - 1) else at - 1

    def _next(self, until: int) -> int:
        """Give the word behind, or the one behind the s of Lucid's."""
        return until + 1 if until < len(self._words) and self._owning(until) else until

    def _owning(self, at: int) -> bool:
        return self._words[at] == "s" and self._gaps[at] in _APOSTROPHES

    def _is(self, index: int, gap_at: int, wanted: frozenset[str], entry: Entry) -> bool:
        """Whether the word at ``index``, beyond a gap, or a mark in the gap is wanted."""
        gap = self._gaps[gap_at][:_REACH]
        marks = gap.strip()
        if marks and (marks[0] in wanted or marks[-1] in wanted):
            return True
        if not 0 <= index < len(self._words) or not _soft(self._gaps[gap_at]):
            return False
        word = self._words[index]
        return (
            word in wanted
            or ("@maker" in wanted and self._makers.get(index) in entry.makers)
            or ("@number" in wanted and word[0].isdigit())
            or ("@capital" in wanted and self._written[index][0].isupper())
        )

    def _beside(self, wanted: frozenset[str], entry: Entry, at: int, until: int) -> bool:
        """Whether a wanted word is within reach; its maker must be in the same clause."""
        here = entry.makers if "@maker" in wanted else frozenset()
        for start, step in ((at, -1), (until - 1, 1)):
            clause = True
            for index in range(start + step, start + step * (_REACH + 1), step):
                if not 0 <= index < len(self._words):
                    break
                gap = self._gaps[index if step > 0 else index + 1]
                if not _soft(gap, _ASIDE):
                    break
                clause = clause and "," not in gap
                if self._words[index] in wanted:
                    return True
                if clause and self._makers.get(index) in here:
                    return True
        return False


def _names_maker(hit: Hit) -> bool:
    return any(form.entry.kind == "maker" for _, form in hit[1])


def _soft(gap: str, allowed: frozenset[str] = _SOFT) -> bool:
    """Whether words go on together over a gap; a dash with spaces parts them."""
    if gap == " ":
        return True
    spaced = len(gap) > 1 and gap[0].isspace() and not _DASHES.isdisjoint(gap[:_REACH])
    return len(gap) <= _REACH and allowed.issuperset(gap) and not spaced


def _joins(word: str, gap: str) -> bool:
    # Volkswagen writes ID. Buzz; behind any other word this ends a sentence.
    return gap in _JOINTS or (gap == ". " and word == "id")


def _lower(words: list[str]) -> list[str]:
    return "\n".join(words).lower().split("\n") if words else []


def _ends(
    root: Node, words: list[str], at: int, gaps: list[str] | None = None
) -> list[tuple[int, list[Form]]]:
    """Give where forms that begin at a word end, the longest first."""
    node, ends = root, []
    for index in range(at, len(words)):
        word = words[index]
        if index > at and gaps and not _joins(words[index - 1], gaps[index]):
            break
        stems = node.stems and node.stems.get(word[:STEM])
        if stems and (forms := [form for stem, form in stems if word.startswith(stem)]):
            ends.append((index + 1, forms))
        if not (following := node.words.get(word)):
            break
        node = following
        if node.forms:
            ends.append((index + 1, node.forms))
    ends.reverse()
    return ends
