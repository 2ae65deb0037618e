"""The query language: text in, a tree of tests out.

A feed, a folder, a tag, a search, a smart view: each is a Query. ``store.search`` turns
the tree into SQL; nothing here knows of tables or of the time of day.

    query  := or
    or     := and ("OR" and)*
    and    := not+                      joined by AND
    not    := "-" not | "(" or ")" | field:value | words>800 | word | "a phrase"
"""

import re
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

from autotui import fields, tags
from autotui.errors import QueryError

Order = Literal["", "newest", "oldest", "relevance"]
"""``""`` is where a query does not say: newest first."""
MAX_LENGTH: Final = 2_000
MAX_DEPTH: Final = 50
MAX_TESTS: Final = 200
"""SQLite refuses expressions of a thousand levels; nobody writes two hundred tests."""

_GRAMMAR: Final = r"""\s*(?:
      (?P<open>\()
    | (?P<close>\))
    | (?P<minus>-(?=[^\s)]))
    | (?P<or>OR(?=[\s(]|$))
    | (?P<name>[A-Za-z]+)(?P<test>:|>=|<=|>|<)
      (?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<value>[^\s()"]*))
    | "(?P<phrase>(?:[^"\\]|\\.)*)"
    | (?P<word>[^\s()"]+)
    )"""
"""Compiled where a query is read: the first screen needs none."""


@dataclass(frozen=True, slots=True)
class Term:
    """One test: ``tag:inverter``, ``words>800``, a word or phrase (field ``text``)."""

    field: str
    value: str
    test: str = ":"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """What must hold together; of nothing, always."""

    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Of what one must hold."""

    nodes: tuple["Node", ...]


Node: TypeAlias = Term | Not | All | Any


@dataclass(frozen=True, slots=True)
class Query:
    """Which articles, and in what order."""

    node: Node = field(default_factory=All)
    order: Order = ""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with a name, which is a row of the feed list."""

    id: int
    name: str
    text: str
    """As the reader wrote it."""
    error: str | None = None
    """Why it cannot be read; ``None`` where it can."""
    unread: int | None = 0
    """Unread stories that it finds; ``None`` where counting them takes too long."""


def parse(text: str) -> Query:
    """Read a query; raise QueryError that says where and why it cannot be read."""
    if not text:
        return Query()
    if len(text) > MAX_LENGTH:
        raise QueryError(f"a query has at most {MAX_LENGTH} characters", MAX_LENGTH)
    return _Parser(text).query()


def ids(article_ids: tuple[int, ...]) -> Query:
    """Give the query for these very articles."""
    return Query(Any(tuple(Term("id", str(each)) for each in article_ids)))


def both(first: Query, second: Query) -> Query:
    """Give the query for what both find; the first that says an order has its way."""
    return Query(All((first.node, second.node)), first.order or second.order)


def either(first: Query, second: Query) -> Query:
    """Give the query for what one of them finds, in the order of the first."""
    return Query(Any((first.node, second.node)), first.order)


def ranked(wanted: Query) -> Query:
    """Give a query as a search: what has words and says no order is by relevance."""
    by_relevance = not wanted.order and bool(words(wanted.node))
    return Query(wanted.node, "relevance") if by_relevance else wanted


def words(node: Node) -> tuple[str, ...]:
    """Give the words and phrases that are looked for; none of those that must not be."""
    match node:
        case Term("text", value):
            return (value,)
        case All(nodes) | Any(nodes):
            return tuple(dict.fromkeys(word for each in nodes for word in words(each)))
        case _:
            return ()


def asks_findings(node: Node) -> bool:
    """Whether a query asks what is known of stories only once they are judged."""
    match node:
        case Term(name, value):
            return name in fields.FOUND or (name, value) == ("is", "suggested")
        case Not(inner):
            return asks_findings(inner)
        case All(nodes) | Any(nodes):
            return any(map(asks_findings, nodes))


def quoted(value: str) -> str:
    """Write a value so that it is read back as one."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def retagged(text: str, old: str, new: str) -> str:
    """Give a query with a tag called otherwise, and those below it; all else stays."""

    def told(match: re.Match[str]) -> str:
        name = match["value"] if match["quoted"] is None else _plain(match["quoted"])
        tagged = (match["name"] or "").lower() == "tag" and tags.is_within(name, old)
        front = match[0][: match.end("test") - match.start()]
        return f"{front}{quoted(tags.renamed(name, old, new))}" if tagged else match[0]

    return re.sub(_GRAMMAR, told, text, flags=re.VERBOSE)


def joined(*texts: str) -> str:
    """Write a query that finds what all of these do; each can be read by itself."""
    said = [text for each in texts if (text := each.strip())]
    return " ".join(f"({text})" if re.search(r"\bOR\b", text) else text for text in said)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    at: int
    field: str = ""
    test: str = ":"
    value: str = ""


class _Parser:
    """Recursive descent over the tokens, its depth bounded."""

    def __init__(self, text: str) -> None:
        self._order: Order = ""
        self._tokens = self._ordered(_tokens(text))
        self._end = len(text)
        self._next = 0
        self._depth = 0

    def _ordered(self, tokens: list[_Token]) -> list[_Token]:
        """Take ``sort:`` out: it says how, not which, and so stands for no test."""
        kept: list[_Token] = []
        for token in tokens:
            if token.field != "sort":
                kept.append(token)
                continue
            fields.check(token.field, token.test, token.value, token.at)
            if kept and kept[-1].kind == "minus":
                raise QueryError(f"'sort' at {token.at + 1} has no opposite", token.at)
            self._order = next(each for each in get_args(Order) if each == token.value)
        return kept

    def query(self) -> Query:
        if not self._tokens:
            return Query(order=self._order)
        node = self._or()
        if token := self._peek():
            raise QueryError(f"unexpected ')' at {token.at + 1}", token.at)
        return Query(node, self._order)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, kind: str) -> _Token | None:
        token = self._peek()
        if token is None or token.kind != kind:
            return None
        self._next += 1
        return token

    def _or(self) -> Node:
        nodes = [self._and()]
        while self._take("or"):
            nodes.append(self._and())
        return nodes[0] if len(nodes) == 1 else Any(tuple(nodes))

    def _and(self) -> Node:
        nodes: list[Node] = []
        while (token := self._peek()) and token.kind not in {"or", "close"}:
            nodes.append(self._not())
        if not nodes:
            at = token.at if token else self._end
            raise QueryError(f"something is missing at {at + 1}", at)
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _not(self) -> Node:
        token = self._peek()
        at = token.at if token else self._end
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"nested too deep at {at + 1}", at)
        try:
            return self._primary(at)
        finally:
            self._depth -= 1

    def _primary(self, at: int) -> Node:
        if self._take("minus"):
            return Not(self._not())
        if self._take("open"):
            node = self._or()
            if not self._take("close"):
                raise QueryError(f"the '(' at {at + 1} is not closed", at)
            return node
        token = self._take("term")
        if token is None:
            raise QueryError(f"something is missing at {at + 1}", at)
        return self._term(token)

    def _term(self, token: _Token) -> Node:
        if token.field == "text":
            return Term("text", token.value)
        fields.check(token.field, token.test, token.value, token.at)
        return Term(token.field, token.value, token.test)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    token = re.compile(_GRAMMAR, re.VERBOSE)
    end = len(text.rstrip())
    at = 0
    while at < end:
        match = token.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise QueryError(f"the '\"' at {at + 1} is not closed", at)
        at, start = match.end(), match.start() + _blank(match.group())
        tokens.append(_token(match, start))
        if len(tokens) > MAX_TESTS:
            raise QueryError(f"a query has at most {MAX_TESTS} tests", start)
    return tokens


def _token(match: re.Match[str], at: int) -> _Token:
    found = match.groupdict()
    for kind in ("open", "close", "minus", "or"):
        if found[kind]:
            return _Token(kind, at)
    if found["name"]:
        value = found["value"] if found["quoted"] is None else _plain(found["quoted"])
        return _Token("term", at, found["name"].lower(), found["test"], value or "")
    value = found["word"] if found["phrase"] is None else _plain(found["phrase"])
    return _Token("term", at, "text", ":", value)


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _plain(escaped: str) -> str:
    return re.sub(r"\\(.)", r"\1", escaped, flags=re.DOTALL)
