"""Running rules: on what a feed brings, on what was judged then, on old stories.

What a rule does teaches nothing: a tag that it sets is no verdict of the reader's.
"""

import json
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

from autotui import clean, query
from autotui.errors import QueryError, UnknownError
from autotui.model import how_many
from autotui.query import Query
from autotui.store import Connection, rules, search, steps, writing
from autotui.store.rules import Draft, Rule
from autotui.store.steps import Change, Step

_MARKS: Final = {action: mark for mark, action in steps.ACTIONS.items()}
_DONE: Final = {action: f"coalesce(m.{mark}, 0) = 1" for action, mark in _MARKS.items()}
_WAITING: Final = "SELECT article_id FROM arrived"


def save(db: Connection, draft: Draft, now: datetime) -> Step:
    """Keep a rule that is ``understood``, a new one for no id.

    Raises UnknownError for a name that another rule has, or an id that none has.
    """

    def planned() -> Iterator[Change]:
        known = rules.every(db)
        if any(each.name == draft.name and each.id != draft.id for each in known):
            raise UnknownError(f"there is a rule {draft.name!r} already")
        actions = json.dumps(draft.actions, ensure_ascii=False)
        before = None if draft.id is None else _state(db, draft.id)
        id_ = rules.fresh(db) if draft.id is None else draft.id
        yield put(id_, before, [draft.name, draft.query, actions, 1])

    return steps.do(db, f"rule {draft.name}", planned(), now)


def delete(db: Connection, rule_id: int, now: datetime) -> Step:
    """Delete a rule; what it did stays. Raises UnknownError if there is none."""

    def planned() -> Iterator[Change]:
        yield put(rule_id, _state(db, rule_id), None)

    return steps.do(db, f"delete rule {_find(db, rule_id).name}", planned(), now)


def enable(db: Connection, rule_id: int, now: datetime, *, on: bool) -> Step:
    """Run a rule from now on, or no longer.

    Raises UnknownError if there is none, QueryError if it cannot be read.
    """

    def planned() -> Iterator[Change]:
        before = _state(db, rule_id)
        if on:
            _understood(_find(db, rule_id))
        yield put(rule_id, before, [*before[:3], int(on)])

    label = f"{'enable' if on else 'disable'} rule {_find(db, rule_id).name}"
    return steps.do(db, label, planned(), now)


def preview(
    db: Connection, wanted: Query, actions: Iterable[str], now: datetime
) -> "array[int]":
    """Give the ids of all stories that a rule would change, in the query's order."""
    tests, values = [], dict[str, object]()
    for number, action in enumerate(actions):
        tests.append(_DONE.get(action) or _tagged(number))
        values[f"tag{number}"] = action.removeprefix("+")
    undone = f"NOT ({' AND '.join(tests)})"
    condition, bound = search.where(wanted, now)
    rows = db.execute(
        f"""
        SELECT a.id FROM {search.SOURCE} WHERE {condition} AND {undone}
        ORDER BY a.published_at DESC, a.id DESC
        """,
        {**bound, **values},
    )
    return array("q", (row[0] for row in rows))


def apply(db: Connection, rule_id: int, now: datetime) -> Step:
    """Run a rule on all stories there are, in one step.

    Raises UnknownError if there is none, QueryError if it cannot be read.
    """
    with writing(db):
        rule = _find(db, rule_id)
        found = _found(db, _understood(rule), now)
        step = _step(rule, _done(db, rule, found, now))
        steps.record(db, step)
    return step


@contextmanager
def on_arrival(db: Connection, now: datetime, occasion: str) -> Iterator[None]:
    """Run the rules on the stories that the block adds, in the caller's transaction.

    Those that ask what is known only once stories are judged are run by ``on_judged``.
    """
    last = _last(db)
    yield
    if _last(db) == last:
        return
    late = False
    for rule, wanted in _ready(db):
        if query.asks_findings(wanted.node):
            late = True
        else:
            _run(db, rule, _found(db, wanted, now, last), now, occasion)
    if late:
        db.execute("INSERT INTO arrived SELECT id FROM article WHERE id > ?", (last,))


def on_judged(db: Connection, now: datetime, occasion: str) -> None:
    """Run the rules that waited until the stories that came were judged."""
    judged = f"a.edition > 0 AND a.id IN ({_WAITING})"
    if not db.execute(f"SELECT 1 FROM article a WHERE {judged} LIMIT 1").fetchone():
        return
    with writing(db):
        # From the oldest on: the index need not be asked for those before.
        first = db.execute("SELECT min(article_id) FROM arrived").fetchone()[0]
        for rule, wanted in _ready(db):
            if query.asks_findings(wanted.node):
                _run(db, rule, _found(db, wanted, now, first - 1, judged), now, occasion)
        done = f"SELECT id FROM article a WHERE {judged}"
        db.execute(f"DELETE FROM arrived WHERE article_id IN ({done})")


def understood(text: str, actions: Iterable[str]) -> Query:
    """Read a rule; raise QueryError that says what is wrong, and where in its query."""
    wanted = query.parse(text)
    if not text.strip():
        raise QueryError("a rule needs a query: it would be for all stories")
    told = tuple(actions)
    if not told:
        raise QueryError("a rule needs an action: a tag, star, later or read", len(text))
    for action in told:
        tag = clean.tag(action)
        if action not in _MARKS and (not tag or action != f"+{tag}"):
            raise QueryError(f"there is no action {clean.line(action)!r}", len(text))
    return wanted


def _understood(rule: Rule) -> Query:
    return understood(rule.query, rule.actions)


def _ready(db: Connection) -> Iterator[tuple[Rule, Query]]:
    """Give the enabled rules; one that cannot be read any more is disabled, and says so."""
    for rule in rules.enabled(db):
        try:
            yield rule, _understood(rule)
        except QueryError as error:
            rules.disable(db, rule.id, clean.line(str(error)))


def _find(db: Connection, rule_id: int) -> Rule:
    for each in rules.every(db):
        if each.id == rule_id:
            return each
    raise UnknownError("there is no such rule any more")


def _state(db: Connection, rule_id: int) -> list[object]:
    found = rules.state(db, rule_id)
    if found is None:
        raise UnknownError("there is no such rule any more")
    return found


def put(rule_id: int, before: list[object] | None, after: list[object] | None) -> Change:
    """Give the change that brings a rule from one state into another."""
    states = json.dumps([before, after], ensure_ascii=False)
    return Change("rule", states, on=True, ids=(rule_id,))


def _last(db: Connection) -> int:
    (found,) = db.execute("SELECT coalesce(max(id), 0) FROM article").fetchone()
    return int(found)


def _tagged(number: int) -> str:
    return (
        "EXISTS (SELECT 1 FROM article_tag t WHERE t.article_id = a.id "
        f"AND t.tag = :tag{number})"
    )


def _found(
    db: Connection, wanted: Query, now: datetime, after: int = 0, test: str = "true"
) -> tuple[int, ...]:
    condition, values = search.where(wanted, now, after)
    rows = db.execute(
        f"SELECT a.id FROM {search.SOURCE} WHERE {condition} AND {test}", values
    )
    return tuple(row[0] for row in rows)


def _run(
    db: Connection, rule: Rule, found: tuple[int, ...], now: datetime, occasion: str
) -> None:
    """Do what a rule does while the reader does something else."""
    if changes := _done(db, rule, found, now):
        run = f"{occasion}/{rule.id}"
        whole = _merged((*steps.more(db, run), *changes))
        steps.automatic(db, _step(rule, whole), run)


def _done(
    db: Connection, rule: Rule, found: tuple[int, ...], now: datetime
) -> tuple[Change, ...]:
    """Do a rule's actions to stories; give what really changed."""
    made: list[Change] = []
    for action in rule.actions if found else ():
        mark = _MARKS.get(action)
        change = (
            Change("mark", mark, on=True, ids=found)
            if mark
            else Change("tag", action[1:], on=True, ids=found)
        )
        for each in steps.applied(db, [change], now):
            told = Change("automatic", f"{rule.id} {action}", on=True, ids=each.ids)
            made += [each, *steps.applied(db, [told], now)]
    return tuple(made)


def _merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    once: dict[tuple[str, str], Change] = {}
    for each in changes:
        key = each.kind, each.name
        known = once[key].ids if key in once else ()
        once[key] = replace(each, ids=(*known, *each.ids))
    return tuple(once.values())


def _step(rule: Rule, changes: tuple[Change, ...]) -> Step:
    stories = len(Step("", changes).ids)
    return Step(f"rule {rule.name}: {how_many(stories)}", changes)
