"""Calling a tag otherwise, deleting it, giving it a colour: a step each, for all there is.

What names a tag goes with it: saved queries, and the queries and actions of rules.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from autotui import clean, query
from autotui.errors import UnknownError
from autotui.model import EV_DRIVETRAIN
from autotui.store import Connection, queries, retags, rules, runs, steps, tags
from autotui.store.rules import Rule
from autotui.store.steps import Change, Step
from autotui.tags import Tag, is_within, renamed, taken

_OWN: Final = f"{EV_DRIVETRAIN} is what suggestions are about"


def rename(db: Connection, old: str, new: str, now: datetime, *, merge: bool) -> Step:
    """Call a tag otherwise, and all below it; or ``merge`` it into another one.

    Raises UnknownError where there is no such tag, where ``new`` is one already, or is
    none to ``merge`` into.
    """

    def planned() -> Iterator[Change]:
        _check(db, old, new, merge=merge)
        yield Change("retag", retags.planned(old, new), on=True, ids=())
        yield from _rules(db, lambda rule: _renamed(rule, old, new))
        yield from _queries(db, old, new)
        yield from _colours(db, old, new)

    verb, to = ("merge", "into") if merge else ("rename", "to")
    return steps.do(db, f"{verb} #{old} {to} #{new}", planned(), now)


def delete(db: Connection, name: str, now: datetime) -> Step:
    """Take a tag and all below it from all stories, and forget what was learned of them.

    Rules set them no more; one that does nothing else is disabled. Raises UnknownError
    if there is no such tag.
    """

    def planned() -> Iterator[Change]:
        _find(db, name)
        if name == EV_DRIVETRAIN:
            raise UnknownError(f"{_OWN}: it cannot be deleted, only taken from stories")
        yield Change("retag", retags.planned(name), on=True, ids=())
        yield from _rules(db, lambda rule: _without(rule, name))
        yield from _colours(db, name)

    return steps.do(db, f"delete #{name}", planned(), now)


def paint(db: Connection, name: str, colour: str, now: datetime) -> Step:
    """Give a tag a colour, ``""`` for none; raises UnknownError if there is no such tag."""

    def planned() -> Iterator[Change]:
        _find(db, name)
        yield _painted(db, name, colour)

    return steps.do(db, f"#{name} {colour or 'without colour'}", planned(), now)


def _check(db: Connection, old: str, new: str, *, merge: bool) -> None:
    known = _find(db, old)
    if old == EV_DRIVETRAIN:
        raise UnknownError(f"{_OWN}: it keeps its name; another tag can be merged into it")
    if is_within(new, old):
        what = "is called so already" if new == old else "cannot stand below itself"
        raise UnknownError(f"the tag {old} {what}")
    if any(len(renamed(each.name, old, new)) > clean.MAX_TAG for each in known):
        told = f"a tag has at most {clean.MAX_TAG} characters"
        raise UnknownError(f"{told}: below {new} there would be one with more")
    there = taken(known, new, but=old)
    if there and not merge:
        raise UnknownError(f"there is a tag {new!r} already")
    if merge and not there:
        raise UnknownError(f"there is no tag {new!r}; 'autotui tags' lists them")


def _find(db: Connection, name: str) -> tuple[Tag, ...]:
    """Give all tags; raises UnknownError where this is the name of none."""
    known = tags.every(db)
    if not any(each.name == name for each in known):
        raise UnknownError(f"there is no tag {name!r}; 'autotui tags' lists them")
    return known


def _rules(db: Connection, change: Callable[[Rule], Rule]) -> Iterator[Change]:
    for rule in rules.every(db):
        if (after := change(rule)) != rule:
            actions = json.dumps(after.actions, ensure_ascii=False)
            wanted = [rule.name, after.query, actions, int(after.enabled)]
            yield runs.put(rule.id, rules.state(db, rule.id), wanted)


def _renamed(rule: Rule, old: str, new: str) -> Rule:
    actions = (
        f"+{renamed(each[1:], old, new)}" if each.startswith("+") else each
        for each in rule.actions
    )
    text = _retagged(f"the rule {rule.name}", rule.query, old, new)
    return replace(rule, query=text, actions=tuple(dict.fromkeys(actions)))


def _without(rule: Rule, tag: str) -> Rule:
    """Give a rule that sets a tag no more; where nothing is left, it is not run."""
    kept = tuple(
        each
        for each in rule.actions
        if not (each.startswith("+") and is_within(each[1:], tag))
    )
    return replace(rule, actions=kept) if kept else replace(rule, enabled=False)


def _queries(db: Connection, old: str, new: str) -> Iterator[Change]:
    for each in queries.every(db):
        text = _retagged(f"the query {each.name}", each.text, old, new)
        if text != each.text:
            yield Change("query", each.name, on=False, ids=(each.id,))
            kept = queries.add(db, each.name, text)
            yield Change("query", each.name, on=True, ids=(kept,))


def _retagged(whose: str, text: str, old: str, new: str) -> str:
    changed = query.retagged(text, old, new)
    if len(changed) > query.MAX_LENGTH >= len(text):
        raise UnknownError(f"with that name {whose} would be too long")
    return changed


def _colours(db: Connection, old: str, new: str = "") -> Iterator[Change]:
    """Let the colours of a tag and of those below it go on with the name, or end."""
    for name in tags.painted(db, old):
        _, colour = tags.colour(db, name)
        yield _painted(db, name, "")
        if new and not tags.colour(db, to := renamed(name, old, new))[1]:
            yield _painted(db, to, colour)


def _painted(db: Connection, name: str, colour: str) -> Change:
    id_, before = tags.colour(db, name)
    return Change("colour", json.dumps([before, colour]), on=True, ids=(id_,))
