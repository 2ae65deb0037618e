"""Which text of a story is shown: the feed's, or its page's.

The one that is shown, and searched, lies in ``body``, the other one in ``other_text``:
what one of them gave is never lost to the other. No text gives way to a worse one.
"""

from datetime import datetime
from typing import Final, Literal, NamedTuple

from autotui import clean
from autotui.model import Completeness, Validators
from autotui.packing import Body
from autotui.pages import Page
from autotui.store import Connection, Row, articles, pages, writing
from autotui.store.pages import Target
from autotui.store.times import maybe, stored

_FAR: Final = 1.5
"""How many times as long as the feed's a page's text is where the feed gives excerpts."""
_NO_WORSE: Final = 0.8
"""A text gives way to a whole one of no less than so many of its words."""
_MORE: Final = 1.2
"""And to one that is no more whole than itself only where that has so many."""
_MOST: Final = 5
"""How far ``excerpts`` counts, up and down."""
_WAIT_SECONDS: Final = 6 * 3600
"""A page that is shown is asked for again no sooner, however often the feed changes."""
_DAY_SECONDS: Final = 86_400


class Text(NamedTuple):
    """A story's text, and how much of the story it is."""

    body: Body
    words: int
    completeness: Completeness


class Answer(NamedTuple):
    """How asking for a page went."""

    at: datetime
    page: Page | None = None
    """``None`` where nothing came of it, or nothing changed."""
    validators: Validators = Validators()
    error: str | None = None
    completeness: Completeness | None = None
    """What an answer without a page tells of the story: blocked, paywall or gone."""
    retry_at: datetime | None = None
    """When to ask again unasked; ``None`` is never."""


def keep(db: Connection, asked: Target, answer: Answer) -> None:
    """Store how asking for a story's page went, in one transaction."""
    with writing(db):
        _note(db, asked, answer)
        page = answer.page
        if page is None:
            _tell(db, asked.id, answer.completeness)
            known = None if answer.error else pages.about(db, asked.id)
            if known:
                _complete(db, asked.id, known.page)
            return
        if page.prints:
            pages.remember_prints(db, clean.host(asked.url), asked.id, page.prints)
        _complete(db, asked.id, page)
        _take(db, _row(db, asked.id), Text(page.body, page.words, page.completeness))


def switch(db: Connection, article_id: int) -> bool:
    """Show the other text, the feed's or the page's; False where there is none."""
    with writing(db):
        other = _other(db, article_id)
        if other is None:
            return False
        row = _row(db, article_id)
        _show(db, row, other, "feed" if row["source"] == "page" else "page")
    return True


def keep_feeds(db: Connection, row: Row, text: Text, now: datetime) -> bool:
    """Keep what the feed gives anew of a story whose page is shown.

    Where its text is another one, the page is asked for again; feeds whose texts change
    at every fetch (counts of comments) do not make that happen at every refresh. True:
    the feed gives the whole story now, and the page never did, so that the feed's text is
    the one to show; the caller stores it.
    """
    article_id = row["id"]
    shown = Text(Body(), row["words"], row["completeness"])
    if text.completeness == "full" != shown.completeness and _is_better(text, shown):
        body = Body(*articles.stored_body(db, article_id))
        _put_aside(db, article_id, shown._replace(body=body))
        db.execute("UPDATE article SET source = 'feed' WHERE id = ?", (article_id,))
        return True
    former = _other(db, article_id)
    _put_aside(db, article_id, text)
    if former is None or former.body.text != text.body.text:
        db.execute(
            "UPDATE page SET retry_at = max(:now, asked_at + :wait) WHERE article_id = :id",
            {"now": stored(now), "wait": _WAIT_SECONDS, "id": article_id},
        )
    return False


def _note(db: Connection, asked: Target, answer: Answer) -> None:
    """Keep how it went; what a page without a story says of it is not worth keeping."""
    page = answer.page
    told = pages.write(page) if page and page.body.text else None
    db.execute(
        """
        INSERT INTO page VALUES (:id, :at, :retry, :failed, :error, coalesce(:note, ''),
            :etag, :modified, coalesce(:about, '{}'))
        ON CONFLICT DO UPDATE SET asked_at = :at, retry_at = :retry, error = :error,
            failures = CASE :failed WHEN 0 THEN 0 ELSE failures + 1 END,
            note = coalesce(:note, note), etag = :etag, last_modified = :modified,
            about = coalesce(:about, about)
        """,
        {
            "id": asked.id,
            "at": stored(answer.at),
            "retry": maybe(answer.retry_at),
            "failed": int(answer.error is not None),
            "error": answer.error,
            "note": None if page is None else page.note,
            "etag": answer.validators.etag,
            "modified": answer.validators.last_modified,
            "about": told,
        },
    )


def _tell(db: Connection, article_id: int, completeness: Completeness | None) -> None:
    """Say of a story that is not whole why it is not."""
    if completeness is not None:
        db.execute(
            """
            UPDATE article SET completeness = :why
            WHERE id = :id AND completeness <> 'full' AND :why <> 'full'
            """,
            {"why": completeness, "id": article_id},
        )


def _complete(db: Connection, article_id: int, page: Page) -> None:
    """Add what the page tells and the feed does not; the feed's own word wins.

    The page's title, where the feed cuts it off; its time, where the feed has none, or
    a day alone.
    """
    db.execute(
        """
        UPDATE article SET
            author = CASE author WHEN '' THEN :author ELSE author END,
            language = CASE language WHEN '' THEN :language ELSE language END,
            updated_at = coalesce(updated_at, :updated),
            published_at = CASE WHEN :published BETWEEN 0 AND seen_at
                AND (dated = '' OR published_at % :day = 0
                    AND :published / :day = published_at / :day)
                THEN :published ELSE published_at END
        WHERE id = :id
        """,
        {
            "id": article_id,
            "author": ", ".join(page.authors),
            "language": page.language,
            "updated": maybe(page.updated_at),
            "published": maybe(page.published_at),
            "day": _DAY_SECONDS,
        },
    )
    cut = _row(db, article_id)["title"]
    start = cut.removesuffix("…").removesuffix("...").rstrip()
    if start != cut and len(page.title) > len(start) and page.title.startswith(start):
        _name(db, article_id, page.title)


def _name(db: Connection, article_id: int, title: str) -> None:
    """Give a story another title, by which it is searched and judged from then on."""
    with articles.reindexing(db, [article_id]):
        db.execute("UPDATE body SET title = ? WHERE article_id = ?", (title, article_id))
    db.execute(
        "UPDATE article SET title = ?, edition = 0 WHERE id = ?", (title, article_id)
    )


def _count_excerpt(db: Connection, row: Row, text: Text) -> None:
    """Remember of the feed whether its stories are longer on their pages."""
    db.execute(
        """
        UPDATE feed SET excerpts = max(-:most, min(:most, excerpts + :step))
        WHERE id = :id
        """,
        {
            "most": _MOST,
            "step": 1 if text.words >= row["words"] * _FAR else -1,
            "id": row["feed_id"],
        },
    )


def _take(db: Connection, row: Row, text: Text) -> None:
    """Take in the page's text: show it, keep it beside the feed's, or leave it."""
    shown = Text(Body(), row["words"], row["completeness"])
    other = _other(db, row["id"])
    former = shown if row["source"] == "page" else other
    if not text.body.text or (former and not _is_better(text, former)):
        _tell(db, row["id"], text.completeness)
        return
    if former is None and text.completeness == "full":
        _count_excerpt(db, row, text)
    if row["source"] == "page":
        _write(db, row, text, "page")
    elif _is_better(text, shown):
        _show(db, row, text, "page")
    else:
        _put_aside(db, row["id"], text)
        _tell(db, row["id"], text.completeness)


def _is_better(new: Text, old: Text) -> bool:
    if new.completeness == "full":
        return new.words >= old.words * _NO_WORSE
    return old.completeness != "full" and new.words >= old.words * _MORE


def _show(db: Connection, row: Row, text: Text, source: Literal["feed", "page"]) -> None:
    """Show another text, and put aside the one that was shown."""
    body = Body(*articles.stored_body(db, row["id"]))
    _put_aside(db, row["id"], Text(body, row["words"], row["completeness"]))
    _write(db, row, text, source)


def _write(db: Connection, row: Row, text: Text, source: str) -> None:
    """Make a text the one that is shown and searched; it is to be judged anew."""
    with articles.reindexing(db, [row["id"]]):
        db.execute(
            """
            INSERT INTO body VALUES (:id, :title, :text, :packed)
            ON CONFLICT DO UPDATE SET title = :title, text = :text, document = :packed
            """,
            {"id": row["id"], "title": row["title"], **text.body._asdict()},
        )
    db.execute(
        """
        UPDATE article SET source = ?, words = ?, completeness = ?, edition = 0
        WHERE id = ?
        """,
        (source, text.words, text.completeness, row["id"]),
    )


def _put_aside(db: Connection, article_id: int, text: Text) -> None:
    db.execute(
        "REPLACE INTO other_text VALUES (?, ?, ?, ?, ?)",
        (article_id, *text.body, text.words, text.completeness),
    )


def _row(db: Connection, article_id: int) -> Row:
    row: Row = db.execute("SELECT * FROM article WHERE id = ?", (article_id,)).fetchone()
    return row


def _other(db: Connection, article_id: int) -> Text | None:
    row = db.execute(
        "SELECT * FROM other_text WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is None:
        return None
    return Text(Body(row["text"], row["document"]), row["words"], row["completeness"])
