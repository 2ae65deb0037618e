"""What the reader's verdicts teach, on top of the lexicon.

What belongs here: what counted verdicts are worth in a judgement. Nothing but the counts
decides, so that verdicts may come in any order, each can be taken back exactly, and
without any the judgement is the lexicon's, bit for bit.
"""

import math
from collections.abc import Iterable, Mapping
from heapq import nlargest
from typing import Final, NamedTuple

from autotui.drivetrain import lexicon, score, words
from autotui.drivetrain.findings import Evidence
from autotui.drivetrain.learned import PLAIN_NEEDS, Counts, Learned
from autotui.drivetrain.score import Judgement

COMMON_AT: Final = 5
"""Corrections with one cue of which the reader is told."""

_RATE: Final = 0.35
"""The share of verdicts for the tag that is expected before there are any."""
_RATE_WORTH: Final = 8
"""How many verdicts that expectation is worth."""
_GAIN: Final = 0.8
_SHRINK: Final = 2.0
"""Verdicts on a word that weigh as much as the belief that it tells nothing."""
_TELLING: Final = 6
"""Letters from which on a word counts fully: the short ones are mostly grammar."""
_MOST: Final = 3.0
"""The most that words can ever add to the lexicon's sum: as much as one strong cue."""
_TRUSTED_AT: Final = 20
"""Verdicts that allow half of it; five allow a fifth."""
_LEAST: Final = 0.02
"""What adds less is not worth telling."""
_SHOWN: Final = 5
_SILENCED_AT: Final = 10
"""Contradictions that bring a cue to nothing; five leave it seven eighths."""
_EXCUSED: Final = 2
"""Contradictions that one verdict in a cue's favour makes up for."""
_REFUSED_AT: Final = 8
"""Rejected suggestions that bring a cue to nothing: each takes an eighth."""

_PLAIN_BIAS: Final = -2.0
"""A tag of the reader's own is on few stories: most words of a story say nothing of it."""
_PLAIN_BEST: Final = 3
"""How many words of a story decide on a tag of the reader's own."""
_PLAIN_MOST: Final = 4.0
_DOUBT: Final = {words.TITLE: 1.3, words.TEXT: 2.0}
"""Standard errors taken off what a word seems to tell: of many some always seem to."""
_UNSEEN: Final = (1.0, 2.0)
"""Other stories with and without a word that are taken as seen before any are."""


class Common(NamedTuple):
    """A cue that the reader's corrections have in common."""

    cue: str
    """Its name in the lexicon."""
    stories: int
    accepted: bool
    """Whether stories were tagged that were not suggested; else suggestions rejected."""
    speaks: bool
    """Whether the lexicon takes it to speak for the tag."""


def weights(learned: Learned) -> Mapping[str, float]:
    """Give what each feature adds, by name: those of cues to their weight in the lexicon.

    What a word adds in a title is less the more known words the title has.
    """
    rate = _rate(learned)
    found = {
        name: _value(counts, rate) * _telling(name)
        for name, counts in learned.counts.items()
        if name.startswith(words.TITLE)
    }
    found |= {words.CUE + cue: change for cue, change in adjustments(learned).items()}
    return {name: each for name, each in sorted(found.items()) if abs(each) >= _LEAST}


def adjustments(learned: Learned) -> dict[str, float]:
    """Give what to add to the weights of the lexicon's cues, for ``score.judge``.

    Verdicts that contradict a cue bring it nearer to nothing, slowly at first: one that
    was met in ten stories, all rejected, is silent. A suggestion that was rejected does so
    at once; one that was accepted says nothing of the cues against, for it was suggested
    in spite of them. No cue is ever turned round, nor made more of: raising what is
    confirmed raised the rest of the stream above the threshold, too.
    """
    found = {}
    for name, cue in sorted(lexicon.standard().cues.items()):
        accepted, rejected = learned.counts.get(words.CUE + name, (0, 0))
        tagged, refused = learned.counts.get(words.CORRECTED + name, (0, 0))
        doubt = (
            max(_contradicted(rejected, accepted), _refused(refused, accepted))
            if cue.weight > 0
            else _contradicted(tagged, rejected)
        )
        if doubt:
            found[name] = -cue.weight * doubt
    return found


def plain_weights(learned: Learned) -> Mapping[str, float]:
    """Give what each word adds for a tag of the reader's own, by name."""
    found = {
        name: _plain_weight(name, learned)
        for name in sorted(learned.counts)
        if name.startswith(tuple(_DOUBT))
    }
    return {name: each for name, each in found.items() if abs(each) >= _LEAST}


def common(learned: Learned) -> tuple[Common, ...]:
    """Give the cues that five corrections share and no verdict speaks against, most first.

    A correction is a verdict that is not what was suggested.
    """
    found: list[tuple[int, float, Common]] = []
    for name, cue in lexicon.standard().cues.items():
        tagged, refused = learned.counts.get(words.CORRECTED + name, (0, 0))
        accepted, rejected = learned.counts.get(words.CUE + name, (0, 0))
        speaks = cue.weight > 0
        told = None
        if refused >= COMMON_AT and not accepted and speaks:
            told = Common(name, refused, accepted=False, speaks=speaks)
        elif tagged >= COMMON_AT and not rejected:
            told = Common(name, tagged, accepted=True, speaks=speaks)
        if told:
            found.append((-told.stories, -abs(cue.weight), told))
    return tuple(told for _, _, told in sorted(found))


def lean(
    learned: Learned, features: Iterable[str]
) -> tuple[float, tuple[tuple[str, float], ...]]:
    """Give what the words of a title add to the sum, and which add most.

    The sum is within 3 either way, whatever was learned; after five verdicts within 0.6.
    Words of the text add nothing: they told no more than the title and the cues do, and
    cost as much as all the lexicon.
    """
    rate, counts = _rate(learned), learned.counts
    known = [name for name in features if name.startswith(words.TITLE) and name in counts]
    # Many words that tell little must not drown one that tells much.
    share = 1 / math.sqrt(len(known) or 1)
    found = {name: share * _value(counts[name], rate) * _telling(name) for name in known}
    # fsum gives the same for every order, and sets have one only by chance.
    total = math.fsum(found.values())
    given = learned.accepted + learned.rejected
    most = _MOST * given / (given + _TRUSTED_AT)
    held = max(-most, min(most, total))
    if held != total:
        found = {name: each * held / total for name, each in found.items()}
    return held, _strongest(found)


def judge(learned: Learned, title: str, text: str) -> Judgement:
    """Judge a story by the lexicon and by what was learned of EV drivetrains."""
    if not learned.counts:
        return score.judge(title, text)
    changed = adjustments(learned)
    judged = score.judge(title, text, changed)
    added, why = lean(learned, words.features(title, "", ()))
    raw = judged.raw + added
    chance = score.logistic(raw)
    suggest = chance >= score.THRESHOLD
    return judged._replace(
        score=chance,
        suggest=suggest,
        evidence=_merged(judged.evidence, _evidence(title, text, why)),
        raw=raw,
        missing="" if suggest else _missing(judged, changed),
    )


def plain(learned: Learned, title: str, text: str) -> Judgement:
    """Judge by words alone whether a story may carry a tag of the reader's own.

    Verdicts for are stories that carry it, those against any others. Until eight carry
    it the score is 0.
    """
    if learned.accepted < PLAIN_NEEDS:
        wanted = f"{PLAIN_NEEDS} stories with this tag; there are {learned.accepted}"
        return Judgement(
            score=0.0, suggest=False, evidence=(), cues={}, raw=_PLAIN_BIAS, missing=wanted
        )
    raw, best = _plain_sum(learned, words.features(title, text, ()))
    chance = _chance(raw)
    suggest = chance >= score.THRESHOLD
    evidence = _evidence(title, text, _strongest(best))
    missing = "" if suggest else "words of the stories with this tag"
    return Judgement(chance, suggest, evidence, {}, raw, missing)


def fits(learned: Learned, features: Iterable[str]) -> float:
    """Give the score of ``plain`` where it suggests the tag, else 0.

    Of what was learned, the counts of the story's ``features`` are enough.
    """
    if learned.accepted < PLAIN_NEEDS:
        return 0.0
    chance = _chance(_plain_sum(learned, features)[0])
    return chance if chance >= score.THRESHOLD else 0.0


def _plain_sum(learned: Learned, features: Iterable[str]) -> tuple[float, dict[str, float]]:
    """Give the sum for a tag of the reader's own, and what decides it."""
    known = {
        name: _plain_weight(name, learned) for name in features if name in learned.counts
    }
    best = nlargest(_PLAIN_BEST, known.items(), lambda item: (abs(item[1]), item[0]))
    return _PLAIN_BIAS + math.fsum(each for _, each in best), dict(best)


def _chance(raw: float) -> float:
    return 1 / (1 + math.exp(-raw))


def _rate(learned: Learned) -> float:
    """Give the share of verdicts for the tag, near what is expected while they are few."""
    total = learned.accepted + learned.rejected + _RATE_WORTH
    return (learned.accepted + _RATE * _RATE_WORTH) / total


def _value(counts: Counts, rate: float) -> float:
    """Give what a word adds: how much oftener it was accepted than any word, shrunken."""
    accepted, rejected = counts
    surplus = accepted * (1 - rate) - rejected * rate
    met = accepted + rejected
    # Once may be chance: of a stream's words most are met in one story only.
    sure = met / (met + _SHRINK)
    return _GAIN * sure * surplus / (_SHRINK + met * rate * (1 - rate))


def _telling(name: str) -> float:
    """Give the worth of a word by its length, from 0 to 1."""
    letters = len(name) - name.find(":") - 1
    return 1.0 if letters >= _TELLING else max(0, letters - 1) / (_TELLING - 1)


def _contradicted(against: int, confirmed: int) -> float:
    """Give the share of its weight that a cue loses by verdicts; 1 silences it."""
    return min(1.0, max(0, against - _EXCUSED * confirmed) / _SILENCED_AT) ** 3


def _refused(suggestions: int, accepted: int) -> float:
    """Give the share that a cue loses by suggestions that were rejected."""
    return min(1.0, max(0, suggestions - accepted) / _REFUSED_AT)


def _plain_weight(name: str, learned: Learned) -> float:
    """Give the least a word may tell of a tag: its log odds ratio, less the doubt."""
    accepted, rejected = learned.counts[name]
    table = (
        accepted + 0.5,
        max(0, learned.accepted - accepted) + 0.5,
        rejected + _UNSEEN[0],
        max(0, learned.rejected - rejected) + _UNSEEN[1],
    )
    ratio = math.log(table[0] * table[3] / (table[1] * table[2]))
    doubt = _DOUBT[name.partition(":")[0] + ":"] * math.sqrt(
        sum(1 / each for each in table)
    )
    least = min(_PLAIN_MOST, max(0.0, abs(ratio) - doubt))
    return math.copysign(least, ratio) * _telling(name)


def _strongest(found: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    told = [item for item in found.items() if not -_LEAST < item[1] < _LEAST]
    return tuple(sorted(told, key=lambda item: (-abs(item[1]), item[0]))[:_SHOWN])


def _evidence(
    title: str, text: str, why: Iterable[tuple[str, float]]
) -> tuple[Evidence, ...]:
    where = words.places(title, text, (name for name, _ in why))
    return tuple(
        Evidence(*where[name], weight, f"learned: {name.partition(':')[2]}")
        for name, weight in why
        if name in where
    )


def _missing(judged: Judgement, changed: Mapping[str, float]) -> str:
    """Say what kept a story below the threshold: the lexicon, or what was learned."""
    taught = math.fsum(changed.get(cue, 0.0) * value for cue, value in judged.cues.items())
    untaught = score.logistic(judged.raw - taught) >= score.THRESHOLD
    lexicon_says = "" if untaught else judged.missing
    return lexicon_says or "you rejected stories like it"


def _merged(
    judged: tuple[Evidence, ...], taught: tuple[Evidence, ...]
) -> tuple[Evidence, ...]:
    return tuple(sorted(judged + taught, key=lambda each: -abs(each.weight)))
