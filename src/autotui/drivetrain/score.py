"""Whether a story is about electric drivetrains, and which words say so.

What belongs here: what the cues of the lexicon are worth together. A cue counts by where
it stands: most in the title, then in the lead; in the rest by how often it comes, because
one passing mention does not make a long story one about drivetrains.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import exp
from types import MappingProxyType
from typing import Final, NamedTuple

from autotui.drivetrain import lexicon
from autotui.drivetrain.findings import Evidence
from autotui.drivetrain.lexicon import Cue
from autotui.drivetrain.phrases import Found

THRESHOLD: Final = 0.5
"""From this score on a story is suggested."""

_BIAS: Final = -1.9
"""What a story starts with: three in four are about something else."""
_BIAS_ALONE: Final = -0.8
"""The same for a title without text, which has less room to say what it is about."""
_SLOPE: Final = 0.85
"""Makes the sum logits: fitted so that of stories at 0.8 four in five are positive."""
_TITLE: Final = 1.5
"""What a mention in the title is worth; one in the lead is 1."""
_LEAD: Final = 350
"""Characters of text that count as the lead."""
_AGAIN: Final = 0.4
"""What a repeat is worth, of the mention before it."""
_LONG: Final = 650
"""Characters of text from which on the lead does not decide alone."""
_LONG_LEAD: Final = 0.7
_DENSE: Final = 300
"""Characters a mention beyond the lead may have to itself, and still count in full."""
_BODY: Final = 0.8
"""What all mentions of a cue beyond the lead are worth at most."""
_ASIDE: Final = 0.6
"""What a cue against is worth outside the title: other subjects are mentioned often."""
_ASIDE_PART: Final = 0.45
"""The same where the title names a part, and so says what the story is about."""
_UNSURE: Final = 0.4
"""What a cue that needs an EV word is worth where there is only a car."""
_ELSEWHERE: Final = {"title": 0.5, "lead": 0.75, "body": 1.0}
"""What a cue for is worth in a story of aircraft, grids and so on, by where it says so."""
_EARLY: Final = 1_200
"""Characters in which one word is enough to tell the context; after them, three."""
_ENOUGH: Final = 3
_LEAST: Final = 0.01
_PER_CUE: Final = 3
_EVIDENCE: Final = 24
_FIGURE: Final = 20
"""Characters that a number may have."""
_BEFORE: Final = re.compile(r"(?:\d{1,9}[.,]){1,3}\Z")
_NOTHING: Final[Mapping[str, float]] = MappingProxyType({})
_LACKING: Final = {"ev": "no electric context", "car": "no word of a car"}


class Judgement(NamedTuple):
    """What a story's words say."""

    score: float
    """How likely the story is about EV drivetrains, from 0 to 1."""
    suggest: bool
    evidence: tuple[Evidence, ...]
    """The passages for and against, the strongest first."""
    cues: Mapping[str, float]
    """Each cue that counted, with how much: 1 is one mention in the lead."""
    raw: float
    """The sum behind the score, which is ``logistic(raw)``: a learner may add to it."""
    missing: str
    """What kept the score below the threshold, in words; "" if it is not below."""


class Evaluation(NamedTuple):
    """How well the judgements fit known answers; all but ``n`` from 0 to 1."""

    precision: float
    recall: float
    f1: float
    average_precision: float
    threshold: float
    n: int


class _Mention(NamedTuple):
    """A cue at a place."""

    cue: Cue
    start: int
    end: int
    zone: str
    """``title``, ``lead`` or ``body``."""


class _Counted(NamedTuple):
    """A mention that counts, and how much."""

    name: str
    """Of the cue."""
    start: int
    end: int
    value: float
    worth: float
    """The value times the weight."""


def judge(title: str, text: str, adjust: Mapping[str, float] = _NOTHING) -> Judgement:
    """Judge a story; ``adjust`` is added to the weights of the cues it names.

    An adjustment of minus its weight silences a cue; one beyond that turns it round.
    """
    whole = f"{title}\n\n{text}"
    words = lexicon.standard()
    found = words.phrases.find(whole)
    mentions = list(_mentions(words.cues, found, len(title)))
    met = _contexts(found, mentions)
    counted = list(_counted(mentions, met, len(text), adjust))
    cues: dict[str, float] = {}
    for name, _, _, value, _ in counted:
        cues[name] = cues.get(name, 0.0) + value
    raw = (_BIAS if text else _BIAS_ALONE) + sum([each.worth for each in counted])
    score = logistic(raw)
    suggest = score >= THRESHOLD
    missing = "" if suggest else _missing(whole, mentions, counted, met)
    return Judgement(score, suggest, _evidence(whole, counted), cues, raw, missing)


def logistic(raw: float) -> float:
    """Give the score, from 0 to 1, for a sum of what the cues are worth."""
    return 1 / (1 + exp(-max(-500.0, min(500.0, _SLOPE * raw))))


def evaluate(
    rows: Iterable[tuple[str, str, bool]],
    by: Callable[[str, str], Judgement] = judge,
) -> Evaluation:
    """Compare the judgements of (title, text, answer) with the answers.

    The average precision is the mean of the precision at each positive, in order of the
    score; of equal scores the negatives come first. What cannot be told is 0.
    """
    answers = [(by(title, text), label) for title, text, label in rows]
    right = sum(label and judged.suggest for judged, label in answers)
    suggested = sum(judged.suggest for judged, _ in answers)
    positive = sum(label for _, label in answers)
    precision, recall = right / max(1, suggested), right / max(1, positive)
    f1 = 2 * right / max(1, suggested + positive)
    answers.sort(key=lambda answer: (-answer[0].raw, answer[1]))
    seen, total = 0, 0.0
    for rank, (_, label) in enumerate(answers, 1):
        seen += label
        total += seen / rank if label else 0.0
    average = total / max(1, positive)
    return Evaluation(precision, recall, f1, average, THRESHOLD, len(answers))


def _mentions(
    cues: Mapping[str, Cue], found: Iterable[Found], title: int
) -> Iterator[_Mention]:
    """Give the cues that were found; a homonym hides those of the same words."""
    lead = title + _LEAD
    for labels, start, end in found:
        if lexicon.HOMONYM in labels:
            continue
        zone = "title" if start < title else "lead" if start < lead else "body"
        for label in labels:
            if cue := cues.get(label):
                yield _Mention(cue, start, end, zone)


def _contexts(found: Iterable[Found], mentions: Iterable[_Mention]) -> frozenset[str]:
    """Give the needs that the story meets: an early word does, or three late ones."""
    told = {lexicon.EV: 0, lexicon.CAR: 0}
    for labels, start, _ in found:
        for label in labels:
            if label in told:
                told[label] += _ENOUGH if start < _EARLY else 1
    parts = [each for each in mentions if each.cue.part]
    for part in parts:
        if not part.cue.needs:  # A part that can be of nothing else is an EV word itself.
            told[lexicon.EV] += _ENOUGH if part.start < _EARLY else 1
    met = {""}
    if told[lexicon.EV] >= _ENOUGH:
        met |= {"ev", "car"}
    if told[lexicon.CAR] >= _ENOUGH:
        met.add("car")
    if any(part.cue.needs in met for part in parts):
        met.add("part")
    return frozenset(met)


def _counted(
    mentions: Sequence[_Mention],
    met: frozenset[str],
    length: int,
    adjust: Mapping[str, float],
) -> Iterator[_Counted]:
    """Give how much each mention counts, by where it stands and what came before."""
    zones = {each.zone for each in mentions if each.cue.elsewhere}
    elsewhere = min((_ELSEWHERE[zone] for zone in zones), default=1.0)
    dense = min(0.5, _DENSE / max(1, length - _LEAD))
    first = {"title": _TITLE, "lead": 1.0 if length < _LONG else _LONG_LEAD}
    told = any(each.cue.part for each in mentions if each.zone == "title")
    aside = _ASIDE_PART if told else _ASIDE
    unsure = _UNSURE if "car" in met else 0.0
    times: dict[str, int] = {}
    for cue, start, end, zone in mentions:
        name, weight = cue.name, cue.weight
        key = zone + name
        before = times.get(key, 0)
        times[key] = before + 1
        if zone == "body":
            value = min(dense, _BODY - before * dense)
        else:
            value = first[zone] * _AGAIN**before
        if cue.needs not in met:
            value *= unsure if cue.needs == "ev" else 0.0
        if weight > 0:
            value *= elsewhere
        elif zone != "title":
            value *= aside
        if value > _LEAST:
            worth = value * (weight + adjust.get(name, 0.0))
            yield _Counted(name, start, end, value, worth)


def _evidence(whole: str, counted: Iterable[_Counted]) -> tuple[Evidence, ...]:
    """Give the passages that counted most, a few of each cue."""
    times: dict[str, int] = {}
    kept: list[Evidence] = []
    # Of equals the sort keeps the order of the text.
    for name, start, end, _, worth in sorted(counted, key=lambda each: -abs(each.worth)):
        times[name] = before = times.get(name, 0) + 1
        if before <= _PER_CUE and worth:
            first = _whole_number(whole, start)
            kept.append(Evidence(whole[first:end], first, end, worth, name))
            if len(kept) == _EVIDENCE:
                break
    return tuple(kept)


def _whole_number(whole: str, start: int) -> int:
    """Give where a figure begins, of which words hold but the last part: 77.4 kWh."""
    if not whole[start].isdigit():
        return start
    before = _BEFORE.search(whole, max(0, start - _FIGURE), start)
    return before.start() if before else start


def _missing(
    whole: str,
    mentions: Iterable[_Mention],
    counted: Sequence[_Counted],
    met: frozenset[str],
) -> str:
    """Say what kept the story below the threshold."""
    sums: dict[str, float] = {}
    for each in counted:
        sums[each.name] = sums.get(each.name, 0.0) + each.worth

    def quote(cue: str) -> str:
        return _quote(whole, next(each for each in counted if each.name == cue))

    strongest = max(sums, key=sums.__getitem__, default="")
    most = sums.get(strongest, 0.0)
    lacking = _LACKING.keys() - met
    shut = [each for each in mentions if each.cue.needs in lacking]
    if shut:
        heaviest = max(shut, key=lambda mention: mention.cue.weight)
        if heaviest.cue.weight > most:
            return f"{_LACKING[heaviest.cue.needs]} for '{_quote(whole, heaviest)}'"
    if most <= 0:
        return "no word of an electric drivetrain"
    against = min(sums, key=sums.__getitem__)
    if sums[against] < 0:
        return f"'{quote(against)}' speaks against, more than '{quote(strongest)}' for it"
    return f"only '{quote(strongest)}' speaks for it, too little to be the subject"


def _quote(whole: str, passage: _Mention | _Counted) -> str:
    return " ".join(whole[passage.start : passage.end].split())
