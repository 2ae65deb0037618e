"""Rules: what is done by itself to the stories that a query finds.

A rule sets tags and marks, and takes none. What it does is marked as its work, teaches
nothing, and is one step for undo.
"""

import asyncio
import json
from collections.abc import Awaitable, Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from autotui import clean
from autotui.errors import UnknownError
from autotui.model import EV_DRIVETRAIN
from autotui.part import Part
from autotui.query import quoted
from autotui.store import memory, rules, runs, writing
from autotui.store.rules import Draft, Rule
from autotui.store.steps import Step

if TYPE_CHECKING:
    from array import array

    from autotui.drivetrain.learn import Common
    from autotui.store import Connection

__all__ = ["Draft", "Rule", "Rules"]

_OFFERED: Final = "offered-rules"
_MAX_NAME: Final = 60
_MAX_OFFERS: Final = 10
_MAX_PHRASES: Final = 10
_FORMS: Final = 2
"""Phrases of a cue that are taken from each language."""


class Rules(Part):
    """The part of the Library that is about rules."""

    async def every(self) -> tuple[Rule, ...]:
        """Give all rules in the order in which they are run."""
        return await self._sql(rules.every)

    async def find(self, name: str) -> Rule:
        """Give the rule with this name; raises UnknownError if there is none."""
        for rule in await self.every():
            if rule.name == name:
                return rule
        raise UnknownError(f"there is no rule {clean.line(name)!r}; 'autotui rules' lists")

    async def preview(self, text: str, actions: Iterable[str]) -> "array[int]":
        """Give exactly the stories that a rule would change now, the newest first.

        Raises QueryError, which says what is wrong and where.
        """
        told = tuple(actions)
        wanted = runs.understood(text, told)
        return await self._sql(runs.preview, wanted, told, self._now())

    def check(self, draft: Draft) -> None:
        """Raise QueryError for a query or an action that cannot be read."""
        runs.understood(draft.query, draft.actions)

    # These are no coroutines: the change is under way when the call returns.

    def save(self, draft: Draft) -> Awaitable[Step]:
        """Keep a rule, a step that undo takes back.

        Raises QueryError or UnknownError at once for what makes no sense, and
        UnknownError when awaited for a name that another rule has.
        """
        self.check(draft)
        name = clean.line(draft.name, _MAX_NAME)
        if not name:
            raise UnknownError("a rule needs a name")
        text = clean.line(draft.query, len(draft.query))
        kept = draft._replace(name=name, query=text)
        return self._write(runs.save, kept, self._now())

    def delete(self, rule: Rule) -> Awaitable[Step]:
        """Delete a rule, a step that undo takes back; what it did stays."""
        return self._write(runs.delete, rule.id, self._now())

    def enable(self, rule: Rule, *, on: bool) -> Awaitable[Step]:
        """Run a rule from now on, or no longer; awaited, QueryError if it is wrong."""
        return self._write(runs.enable, rule.id, self._now(), on=on)

    def apply(self, rule: Rule) -> Awaitable[Step]:
        """Do to all stories what a rule does, in one step."""
        return self._write(runs.apply, rule.id, self._now())

    # Rules that nobody asked for: offered once.

    async def drafted(self, common: "Common") -> Draft:
        """Give a rule that would do what the reader did to stories with a cue."""
        return await asyncio.to_thread(_drafted, common)

    async def offered(self) -> tuple[Draft, ...]:
        """Give the rules that wait to be taken or refused."""
        return await self._sql(_offers)

    def offer(self, draft: Draft) -> Awaitable[None]:
        """Keep a rule to be looked at when the reader likes."""
        return self._write(_offer, draft, wanted=True)

    def settle(self, draft: Draft) -> Awaitable[None]:
        """Offer a rule no more: it was taken, or refused."""
        return self._write(_offer, draft, wanted=False)


def _offers(db: "Connection") -> tuple[Draft, ...]:
    try:
        found = json.loads(memory.recall(db, _OFFERED) or "[]")
        return tuple(Draft(name, text, tuple(do)) for name, text, do in found)
    except (ValueError, TypeError):
        return ()


def _offer(db: "Connection", draft: Draft, *, wanted: bool) -> None:
    with writing(db):
        kept = [each for each in _offers(db) if each != draft]
        kept = [*kept, draft][-_MAX_OFFERS:] if wanted else kept
        told = json.dumps([each[:3] for each in kept], ensure_ascii=False)
        memory.remember(db, _OFFERED, told)


def _drafted(common: "Common") -> Draft:
    phrases = " OR ".join(quoted(each) for each in _phrases(common.cue))
    name = common.cue.replace("_", " ")
    if common.accepted:
        return Draft(f"{name}: tag", f"({phrases}) score>0.3", (f"+{EV_DRIVETRAIN}",))
    return Draft(f"{name}: read", f"({phrases}) is:suggested", ("read",))


def _phrases(cue: str) -> tuple[str, ...]:
    """Give words that a cue of the lexicon stands for, as the index can find them."""
    text = files("autotui.drivetrain").joinpath("lexicon.toml").read_text("utf-8")
    # Imported late: this is asked once in a while, after a fifth correction.
    import tomllib

    entry = tomllib.loads(text)["cue"].get(cue, {})
    plain = [cue.replace("_", " ")]
    for listed in entry.values():
        if isinstance(listed, list):
            forms = (each.replace("(s)", "*") for each in listed)
            simple = [each for each in forms if _simple(each)]
            plain += simple[:_FORMS]
    return tuple(dict.fromkeys(plain))[:_MAX_PHRASES]


def _simple(form: str) -> bool:
    """Whether a phrase of the lexicon is words in any case, but for an open ending."""
    return not set("=()|#") & set(form) and "*" not in form[:-1]
