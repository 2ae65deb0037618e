"""What stories say of electric drivetrains, and what the reader says of that.

``judged`` is pure and runs in the worker, over the whole cache where lexicon or learning
changed; ``Judging`` is the part of the Library that the reader's verdicts go through.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from autotui import __version__
from autotui.drivetrain.findings import MAX_TEXT, Evidence, Fact, Name
from autotui.errors import OffloadError
from autotui.model import EV_DRIVETRAIN, Article
from autotui.part import Part, Sql
from autotui.query import All, Not, Query, Term
from autotui.store import articles, judgements, steps, verdicts
from autotui.store.judgements import Judged, Waiting
from autotui.store.steps import Change, Step

if TYPE_CHECKING:
    from autotui.drivetrain.learn import Common
    from autotui.drivetrain.learned import Learned, Lesson

BATCH: Final = 200
"""Stories judged at once, less than half a second of work."""
_BATCH_TEXT: Final = 500_000
"""Characters of a batch: of hostile texts, too, it takes a few seconds at most."""
_LOG: Final = logging.getLogger(__name__)
PLAIN_LIMIT: Final = 2_000
"""Stories that are looked at for another tag than the one of this app."""


class Findings(NamedTuple):
    """What was found in one story; places are those of ``drivetrain.findings``."""

    score: float = 0.0
    suggested: bool = False
    evidence: tuple[Evidence, ...] = ()
    missing: str = ""
    """Why it is not suggested, in words."""
    facts: tuple[Fact, ...] = ()
    names: tuple[Name, ...] = ()


class Suggestion(NamedTuple):
    """A tag that a story might carry."""

    article: Article
    tag: str
    score: float
    evidence: tuple[Evidence, ...]


def find(title: str, text: str, learned: "Learned | None" = None) -> Findings:
    """Judge one story and find its facts and names; without ``learned`` by the lexicon."""
    from autotui.drivetrain import facts, learn, names, score

    text = text[:MAX_TEXT]
    told = (
        score.judge(title, text) if learned is None else learn.judge(learned, title, text)
    )
    return Findings(
        told.score,
        told.suggest,
        told.evidence,
        told.missing,
        facts.find(title, text),
        names.find(title, text),
    )


def judged(rows: Sequence[Waiting], learned: "Learned") -> list[Judged]:
    """Judge some stories, and give what queries must know of them."""
    found = []
    for row in rows:
        told = find(row.title, row.text, learned)
        figures = {
            (each.kind, float(each.value))
            for each in told.facts
            if not isinstance(each.value, str)
        }
        named = {each.name for each in told.names}
        found.append(
            Judged(
                row.id,
                told.score,
                told.suggested,
                tuple(sorted(named)),
                tuple(sorted(figures)),
            )
        )
    return found


async def again(
    sql: Sql, work: Callable[..., Awaitable[list[Judged]]], limit: int
) -> AsyncGenerator[int]:
    """Judge the newest stories that wait for it; tell after each batch how many.

    ``work`` calls a function with its arguments, in a worker or right here.
    """
    if limit <= 0:
        return
    edition = await sql(judgements.edition, lexicon())
    learned = await sql(verdicts.learned, EV_DRIVETRAIN)
    while limit > 0:
        rows = _batch(await sql(judgements.waiting, edition, min(limit, BATCH)))
        if not rows:
            return
        try:
            found = await work(judged, rows, learned)
        except OffloadError as error:
            # A bug, or a text nobody thought of: it must not keep the others waiting.
            _LOG.warning("stories %s could not be judged: %s", [n.id for n in rows], error)
            found = [Judged(row.id, 0.0, suggested=False) for row in rows]
        await sql(judgements.keep, edition, found)
        limit -= len(rows)
        yield len(rows)


def _batch(rows: Sequence[Waiting]) -> Sequence[Waiting]:
    """Take as many as are not too long together, and one at least."""
    total = 0
    for count, row in enumerate(rows):
        total += len(row.text)
        if count and total > _BATCH_TEXT:
            return rows[:count]
    return rows


@cache
def lexicon() -> str:
    """Tell one edition of lexicon and names from the next."""
    # Imported late: the first screen needs none of them.
    import hashlib
    from importlib import resources

    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    for file in sorted(resources.files("autotui.drivetrain").iterdir(), key=str):
        if file.name.endswith(".toml"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


class Judging(Part):
    """The verdicts of the reader, and what comes of them: a part of the Library."""

    async def findings(self, article_id: int, learned: "Learned | None" = None) -> Findings:
        """Give what was found in a story; raises UnknownError if there is none.

        Who asks for many reads what was ``learned`` once.
        """
        title, text = await self._sql(articles.told, article_id)
        if learned is None:
            learned = await self.learned()
        # In a thread of its own: a mark must not wait for it.
        return await asyncio.to_thread(find, title, text, learned)

    async def suggestions(
        self, tag: str = EV_DRIVETRAIN, limit: int | None = 50
    ) -> tuple[Suggestion, ...]:
        """Give the stories that might carry a tag, best first."""
        wanted = Term("is", "suggested") if tag == EV_DRIVETRAIN else _untagged(tag)
        ids = await self._sql(articles.ids, Query(wanted), self._now(), PLAIN_LIMIT)
        learned = await self._sql(verdicts.learned, tag)
        given = await self._sql(verdicts.given, tag)
        found = []
        for article in await self._sql(articles.some, [n for n in ids if n not in given]):
            title, text = await self._sql(articles.told, article.id)
            told = await self._sql(_judge, title, text, learned, tag)
            if told.suggest:
                found.append(Suggestion(article, tag, told.score, told.evidence))
        found.sort(key=lambda each: (-each.score, -each.article.id))
        return tuple(found[:limit])

    def accept(
        self, article_ids: Iterable[int], tag: str = EV_DRIVETRAIN
    ) -> Awaitable[Step]:
        """Tag stories as was suggested."""
        ids = tuple(article_ids)
        return self._do(f"accept {tag}", Change("tag", tag, on=True, ids=ids))

    def reject(
        self, article_ids: Iterable[int], tag: str = EV_DRIVETRAIN
    ) -> Awaitable[Step]:
        """Say that a tag was suggested wrongly, or set so."""
        ids = tuple(article_ids)
        return self._do(
            f"reject {tag}",
            Change("tag", tag, on=False, ids=ids),
            Change("accept", tag, on=False, ids=ids),
            Change("reject", tag, on=True, ids=ids),
        )

    async def learned(self, tag: str = EV_DRIVETRAIN) -> "Learned":
        """Give what was learned about a tag."""
        found: Learned = await self._sql(verdicts.learned, tag)
        return found

    async def taught(self) -> tuple[str, ...]:
        """Give the tags of which something was learned, and first the one of this app."""
        tags = await self._sql(verdicts.taught)
        return EV_DRIVETRAIN, *(tag for tag in tags if tag != EV_DRIVETRAIN)

    async def lesson(self, tag: str) -> "Lesson":
        """Give what was learned about a tag as it is told to people."""
        return await asyncio.to_thread(_lesson, tag, await self.learned(tag))

    async def corrections(self) -> "tuple[Common, ...]":
        """Give the cues that five of the reader's corrections have in common."""
        return await asyncio.to_thread(_common, await self.learned())

    async def fitting(self, article: Article) -> tuple[Suggestion, ...]:
        """Give the reader's own tags that a story might carry, best first.

        Those it has, and those that were taken from it once, are left out.
        """
        from autotui.drivetrain.learned import PLAIN_NEEDS

        judged = {EV_DRIVETRAIN, *article.tags}
        judged |= await self._sql(verdicts.of, article.id)
        taught = await self._sql(verdicts.taught, PLAIN_NEEDS)
        wanted = {tag: taught[tag] for tag in taught if tag not in judged}
        if not wanted:
            return ()
        title, text = await self._sql(articles.told, article.id)
        features = await asyncio.to_thread(_features, title, text)
        learned = await self._sql(verdicts.learned_of, wanted, features)
        scores = await asyncio.to_thread(_fits, learned, features)
        best = sorted(scores, key=lambda tag: (-scores[tag], tag))
        return tuple(
            Suggestion(article, tag, scores[tag], ()) for tag in best if scores[tag]
        )

    def forget(self, tag: str = EV_DRIVETRAIN) -> Awaitable[int]:
        """Forget what was learned; give how many verdicts had taught something."""
        return self._write(verdicts.forget, tag)

    async def waiting(self) -> int:
        """Give how many stories wait to be judged."""
        edition = await self._sql(judgements.edition, lexicon())
        found: int = await self._sql(judgements.count, edition)
        return found

    def _do(self, label: str, *changes: Change) -> Awaitable[Step]:
        return self._write(steps.do, label, changes, self._now())


def _common(learned: "Learned") -> "tuple[Common, ...]":
    from autotui.drivetrain import learn

    return learn.common(learned)


def _features(title: str, text: str) -> frozenset[str]:
    from autotui.drivetrain import words

    return words.features(title, text, ())


def _fits(learned: "dict[str, Learned]", features: frozenset[str]) -> dict[str, float]:
    from autotui.drivetrain import learn

    return {tag: learn.fits(each, features) for tag, each in learned.items()}


def _lesson(tag: str, learned: "Learned") -> "Lesson":
    from autotui.drivetrain import learn
    from autotui.drivetrain.learned import Lesson, Telling

    weigh = learn.weights if tag == EV_DRIVETRAIN else learn.plain_weights
    weights = weigh(learned)
    telling = []
    for name in sorted(weights, key=lambda name: (-abs(weights[name]), name)):
        kind, _, word = name.partition(":")
        telling.append(Telling(kind, word, weights[name], *learned.counts[name]))
    return Lesson(tag, learned.accepted, learned.rejected, tuple(telling))


def _untagged(tag: str) -> All:
    return All((Not(Term("tag", tag)),))


def _judge(_db: object, title: str, text: str, learned: "Learned", tag: str) -> Any:
    from autotui.drivetrain import learn

    judge = learn.judge if tag == EV_DRIVETRAIN else learn.plain
    return judge(learned, title, text)
