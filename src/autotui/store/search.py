"""The one place where a Query becomes SQL.

Values are always bound, never written into the statement; words for the full-text index
are quoted, so that no search can be read as FTS5 syntax.
"""

import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from autotui.fields import FIGURES, is_number
from autotui.model import EV_DRIVETRAIN
from autotui.query import All, Any, Node, Not, Query, Term
from autotui.store.patterns import glob, like, match_phrase
from autotui.store.times import stored

SOURCE: Final = """
    article a
    CROSS JOIN feed f ON f.id = a.feed_id
    LEFT JOIN mark m ON m.article_id = a.id
"""
"""What the tests below speak of. CROSS keeps articles the outer loop, so that the first
page of the newest ones comes straight off the index."""

_OF_TAG: Final = f"v.tag = '{EV_DRIVETRAIN}' AND v.article_id = a.id"
SUGGESTED: Final = (
    f"a.suggested = 1 AND NOT EXISTS (SELECT 1 FROM verdict v WHERE {_OF_TAG}) "
    f"AND NOT EXISTS (SELECT 1 FROM article_tag v WHERE {_OF_TAG})"
)
"""Whether a story waits for a verdict on its tag."""
REJECTED: Final = f"EXISTS (SELECT 1 FROM verdict v WHERE {_OF_TAG} AND v.accepted = 0)"
"""Whether the reader said that the tag does not fit."""

_SHOWN: Final = "a.title || char(10) || coalesce(nullif(f.title, ''), f.publisher_title)"
_NOTHING: Final = "0"
_MARKS: Final = {
    "unread": "coalesce(m.read, 0) = 0",
    "read": "m.read = 1",
    "starred": "a.id IN (SELECT article_id FROM mark WHERE starred = 1)",
    "later": "a.id IN (SELECT article_id FROM mark WHERE later = 1)",
    "tagged": "a.id IN (SELECT article_id FROM article_tag)",
    "full": "a.completeness = 'full'",
    "suggested": f"({SUGGESTED})",
    "rejected": REJECTED,
}
_DONE: Final = frozenset({"starred", "later", "tagged"})
_SPANS: Final = {
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "m": timedelta(days=30),
    "y": timedelta(days=365),
}


def where(query: Query, now: datetime, after: int = 0) -> tuple[str, dict[str, object]]:
    """Give the condition over SOURCE, and its values; days are those of ``now``'s zone.

    Of stories with an id above ``after``, which are few, the index is asked for them alone.
    """
    builder = _Builder(now, after)
    condition = f"f.removed_at IS NULL AND {builder.visible(query.node)}"
    if after:
        condition = f"a.id > :after AND {condition}"
    return condition, builder.values


class _Builder:
    """Collects values while the tree becomes text."""

    def __init__(self, now: datetime, after: int = 0) -> None:
        self._now = now
        self.values: dict[str, object] = {"after": after} if after else {}

    def visible(self, node: Node) -> str:
        """Give a query's condition; what is muted it finds only where it asks for it."""
        if isinstance(node, Any) and not _listed(node.nodes):
            return f"({' OR '.join(map(self.visible, node.nodes)) or _NOTHING})"
        if _asks_for(node):
            return self.node(node)
        return f"(f.muted = 0 AND {self.node(node)})"

    def node(self, node: Node) -> str:
        match node:
            case Term():
                return _TESTS[node.field](self, node)
            case Not(inner):
                return f"NOT coalesce({self.node(inner)}, 0)"
            case All(nodes):
                return f"({' AND '.join(map(self.node, nodes)) or '1'})"
            case Any(nodes):
                if listed := _listed(nodes):
                    ids = self._bound(json.dumps(listed))
                    return f"a.id IN (SELECT value FROM json_each({ids}))"
                return f"({' OR '.join(map(self.node, nodes)) or _NOTHING})"

    def mark(self, term: Term) -> str:
        return _MARKS[term.value]

    def text(self, term: Term) -> str:
        phrase = match_phrase(term.value)
        if not phrase:
            return _NOTHING
        bound = self._bound(phrase)
        newer = " AND rowid > :after" if "after" in self.values else ""
        return f"a.id IN (SELECT rowid FROM search WHERE search MATCH {bound}{newer})"

    def tag(self, term: Term) -> str:
        exact, below = self._bound(term.value), self._bound(f"{like(term.value)}/%")
        return (
            "a.id IN (SELECT article_id FROM article_tag "
            f"WHERE tag = {exact} OR tag LIKE {below} ESCAPE '\\')"
        )

    def folder(self, term: Term) -> str:
        exact, below = self._bound(term.value), self._bound(f"{like(term.value)}/%")
        return f"(f.folder = {exact} OR f.folder LIKE {below} ESCAPE '\\')"

    def feed(self, term: Term) -> str:
        if is_number(term.value):
            return f"a.feed_id = {self._bound(int(term.value))}"
        url, part = self._bound(term.value), self._bound(f"%{like(term.value)}%")
        return (
            f"(f.url = {url} OR f.title LIKE {part} ESCAPE '\\' "
            f"OR f.title = '' AND f.publisher_title LIKE {part} ESCAPE '\\')"
        )

    def author(self, term: Term) -> str:
        return f"a.author LIKE {self._bound(f'%{like(term.value)}%')} ESCAPE '\\'"

    def title(self, term: Term) -> str:
        return f"a.title LIKE {self._bound(f'%{like(term.value)}%')} ESCAPE '\\'"

    def line(self, term: Term) -> str:
        """Test what a story's line in the list shows: title, outlet and tags."""
        part = f"GLOB {self._bound(f'*{glob(term.value)}*')}"
        tagged = f"a.id IN (SELECT article_id FROM article_tag WHERE tag {part})"
        return f"({_SHOWN} {part} OR {tagged})"

    def site(self, term: Term) -> str:
        host = like(term.value)
        ends = (f"{host}/%", f"{host}:%")
        patterns = [f"%://{front}{end}" for front in ("", "%.") for end in ends]
        tests = (f"a.url LIKE {self._bound(each)} ESCAPE '\\'" for each in patterns)
        return f"({' OR '.join(tests)})"

    def language(self, term: Term) -> str:
        exact, region = self._bound(term.value), self._bound(f"{like(term.value)}-%")
        return (
            f"(a.language = {exact} COLLATE NOCASE OR a.language LIKE {region} ESCAPE '\\')"
        )

    def words(self, term: Term) -> str:
        return f"a.words {term.test} {self._bound(int(term.value))}"

    def score(self, term: Term) -> str:
        return f"a.score {term.test} {self._bound(float(term.value))}"

    def figure(self, term: Term) -> str:
        test = "=" if term.test == ":" else term.test
        kind, value = self._bound(FIGURES[term.field]), self._bound(float(term.value))
        return (
            "a.id IN (SELECT article_id FROM figure "
            f"WHERE kind = {kind} AND value {test} {value})"
        )

    def name(self, term: Term) -> str:
        # Imported late: few queries ask for names, and there are a thousand of them.
        from autotui.drivetrain import names

        known = names.known(term.value)
        name = self._bound(known[1] if known else term.value)
        return f"a.id IN (SELECT article_id FROM named WHERE name = {name} COLLATE NOCASE)"

    def id(self, term: Term) -> str:
        return f"a.id = {self._bound(int(term.value))}"

    def since(self, term: Term) -> str:
        return f"a.published_at >= {self._bound(self._moment(term.value))}"

    def before(self, term: Term) -> str:
        return f"a.published_at < {self._bound(self._moment(term.value))}"

    def on(self, term: Term) -> str:
        day = self._day(term.value)
        first, after = stored(day), stored(_midnight(day + timedelta(days=1, hours=3)))
        return (
            f"(a.published_at >= {self._bound(first)} "
            f"AND a.published_at < {self._bound(after)})"
        )

    def _moment(self, value: str) -> int:
        if value[-1] in _SPANS and value[:-1].isdigit():
            span = int(value[:-1]) * _SPANS[value[-1]]
            return stored(self._now) - int(span.total_seconds())
        return stored(self._day(value))

    def _day(self, value: str) -> datetime:
        """Give the midnight at which a day begins where the reader is."""
        here = self._now.astimezone()
        if value == "today":
            return _midnight(here)
        if value == "yesterday":
            return _midnight(_midnight(here) - timedelta(hours=3))
        return datetime.fromisoformat(value).astimezone()

    def _bound(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"


_TESTS: Final[dict[str, Callable[[_Builder, Term], str]]] = {
    "text": _Builder.text,
    "is": _Builder.mark,
    "tag": _Builder.tag,
    "feed": _Builder.feed,
    "folder": _Builder.folder,
    "author": _Builder.author,
    "site": _Builder.site,
    "title": _Builder.title,
    "line": _Builder.line,
    "lang": _Builder.language,
    "since": _Builder.since,
    "before": _Builder.before,
    "on": _Builder.on,
    "words": _Builder.words,
    "id": _Builder.id,
    "name": _Builder.name,
    "score": _Builder.score,
    **dict.fromkeys(FIGURES, _Builder.figure),
}


def _asks_for(node: Node) -> bool:
    """Whether a query names the very feed or stories, or what the reader did to them."""
    match node:
        case Term(name, value):
            return name in {"id", "feed", "tag"} or (name == "is" and value in _DONE)
        case All(nodes):
            return any(map(_asks_for, nodes))
        case Any(nodes):
            return all(map(_asks_for, nodes))
        case Not():
            return False


def _listed(nodes: tuple[Node, ...]) -> list[int]:
    """Give the ids where the nodes are ids and nothing else."""
    ids = [int(n.value) for n in nodes if isinstance(n, Term) and n.field == "id"]
    return ids if len(ids) == len(nodes) else []


def _midnight(moment: datetime) -> datetime:
    # Through a naive time: the zone's offset may be another one at midnight.
    return datetime.combine(moment.date(), time()).astimezone()
