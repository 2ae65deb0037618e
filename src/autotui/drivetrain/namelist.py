"""The list of names: reads ``names.toml``, checks it, and makes a tree of words of it.

The file says itself how its entries are written. Whatever is wrong in it is told with
the section and the entry; nothing of it is guessed.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from autotui.drivetrain.findings import NameKind
from autotui.errors import LexiconError, hint

WORD: Final = re.compile(r"(#\d+|\w+)")
"""A word of a story; ``#1`` is one too, for it is the name of a car."""
STEM: Final = 5
"""By how many letters stems are looked up; none may be shorter."""

_FILE: Final = "names.toml"
_LISTS: Final[Mapping[str, NameKind]] = {"makers": "maker", "suppliers": "supplier"}
_SECTIONS: Final = (*_LISTS, "models", "components", "groups", "trap")
_CLASSES: Final = ("alone", "story", "beside", "after")
_LANGUAGES: Final = ("any", "en", "de", "fr", "es", "it")
_CASES: Final = ("capital", "exact", "unshouted")
_PLACES: Final = ("after", "before", "beside", "story")
_SETS: Final = (*_PLACES, "never_after", "never_before", "never_story")
_BUILT_IN: Final = frozenset(("@maker", "@number", "@capital"))
_MAX_SPELLINGS: Final = 200
_GROUP: Final = re.compile(r"\(([^][()]*)\)|\[([^][()]*)\]")


class Trap(NamedTuple):
    """What must hold where a form is written; all of it, and an empty set asks nothing."""

    case: str = ""
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    story: frozenset[str] = frozenset()
    never_after: frozenset[str] = frozenset()
    never_before: frozenset[str] = frozenset()
    never_story: frozenset[str] = frozenset()


class Entry(NamedTuple):
    """One thing that has a name."""

    kind: NameKind
    name: str
    makers: frozenset[str] = frozenset()
    """Who makes it, if it is a model."""


class Form(NamedTuple):
    """One way to write an entry."""

    entry: Entry
    words: tuple[str, ...]
    """As the file has them, so with their case."""
    traps: tuple[Trap, ...]
    """One of them must hold; where there is none, nothing is asked."""


class Node:
    """What may follow in the tree of words, all in lower case."""

    __slots__ = ("forms", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.forms: list[Form] = []
        """The forms that end here."""
        self.stems: dict[str, list[tuple[str, Form]]] = {}
        """By ``STEM`` letters: forms that end with any word that begins so."""


class NameList(NamedTuple):
    """All names, ready to be looked up."""

    root: Node
    forms: tuple[tuple[str, Form], ...]
    """Every form as the file spells it, for whoever checks the file."""
    shortest: int
    """How many letters the shortest stem has."""


@cache
def shipped() -> NameList:
    """Give the list that comes with autotui, read once."""
    file = resources.files("autotui.drivetrain") / _FILE
    return load(file.read_text(encoding="utf-8"))


def load(toml: str) -> NameList:
    """Read a list of names; raise LexiconError with the entry that is wrong."""
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{_FILE}: {error}") from error
    for section in tables:
        _one_of(section, _SECTIONS, section)
    groups = {
        f"@{name}": frozenset(_strings(words, f"groups: {name}"))
        for name, words in _table(tables.get("groups", {}), "groups").items()
    }
    traps = _traps(tables.get("trap", []), groups)
    root = Node()
    forms = []
    plurals: list[tuple[Node, str, Form]] = []
    for entry, spelt, otherwise in _entries(tables):
        own = traps.get((entry.kind, spelt)) or traps.get(("", spelt))
        form = Form(entry, (), tuple(own) if own else otherwise)
        forms.append((spelt, form))
        _plant(root, form, spelt, plurals)
    for node, word, form in plurals:
        leaf = node.words.setdefault(word, Node())
        if all(other.entry == form.entry for other in leaf.forms):
            leaf.forms.append(form)
    known = {(kind, spelt) for spelt, form in forms for kind in ("", form.entry.kind)}
    for kind, spelt in traps:
        _check((kind, spelt) in known, f"trap: {spelt!r}", f"no {kind} entry is written so")
    stems = [stem for each in root.stems.values() for stem, _ in each]
    return NameList(root, tuple(forms), min(map(len, stems), default=0))


def spellings(form: str) -> tuple[str, ...]:
    """Give a form with each choice of its endings: ``motor(es)`` is two."""
    if not (group := _GROUP.search(form)):
        return (form,)
    before, after = form[: group.start()], form[group.end() :]
    choices = group[2].split("|") if group[1] is None else ["", *group[1].split("|")]
    each = (way for choice in choices for way in spellings(f"{before}{choice}{after}"))
    return tuple(dict.fromkeys(each))


def _entries(
    tables: Mapping[str, object],
) -> Iterator[tuple[Entry, str, tuple[Trap, ...]]]:
    """Give each form of each entry, with the traps of its class."""
    makers = set()
    for section, kind in _LISTS.items():
        for line in _strings(tables.get(section, []), section):
            name, *also = (part.strip() for part in line.split("|"))
            makers.add(name if kind == "maker" else "")
            for form in dict.fromkeys((name, *also)):
                yield Entry(kind, name), form, ()
    for maker, table in _table(tables.get("models", {}), "models").items():
        where = f"models: {maker!r}"
        lists = dict(_table(table, where))
        of = frozenset((maker, *_strings(lists.pop("or_of", []), where)))
        for each in of:
            _check(each in makers, where, f"no maker {each!r}")
        for name, lines in lists.items():
            _one_of(name, _CLASSES, where)
            yield from _models(_strings(lines, where), name, of)
    for name, table in _table(tables.get("components", {}), "components").items():
        where = f"components: {name!r}"
        lists = dict(_table(table, where))
        for language in lists:
            _one_of(language, _LANGUAGES, where)
        forms = [form for lines in lists.values() for form in _strings(lines, where)]
        spelt = {way for form in forms for way in spellings(form)}
        # A name that its forms spell already has no traps but theirs.
        for form in dict.fromkeys((*forms, *({name} - spelt))):
            yield Entry("component", name), form, ()


def _models(
    lines: Iterable[str], name: str, of: frozenset[str]
) -> Iterator[tuple[Entry, str, tuple[Trap, ...]]]:
    maker = frozenset(("@maker",))
    traps = {
        "alone": (),
        "story": (Trap("capital", story=maker),),
        "beside": (Trap("capital", beside=maker),),
        "after": (Trap("capital", after=maker),),
    }[name]
    for line in lines:
        model, *also = (part.strip() for part in line.split("|"))
        for form in dict.fromkeys((model, *also)):
            yield Entry("model", model, of), form, traps


def _traps(
    tables: object, groups: Mapping[str, frozenset[str]]
) -> dict[tuple[str, str], list[Trap]]:
    """Give the traps of each kind and form; the kind is "" where none is said."""
    traps: dict[tuple[str, str], list[Trap]] = {}
    if not isinstance(tables, list):
        raise LexiconError(f"{_FILE}: trap: must be written [[trap]]")
    for number, table in enumerate(tables, 1):
        rest = dict(_table(table, f"trap {number}"))
        forms = _strings(rest.pop("forms", []), f"trap {number}")
        where = f"trap: {forms[0]!r}" if forms else f"trap {number}"
        _check(bool(forms), where, "has no forms")
        kind, case = str(rest.pop("kind", "")), str(rest.pop("case", ""))
        _one_of(case, ("", *_CASES), where)
        _check(isinstance(rest.pop("why", ""), str), where, "why must be a text")
        sets = {}
        for key, words in rest.items():
            _one_of(key, _SETS, where)
            sets[key] = _words(_strings(words, where), groups, where)
        for form in forms:
            traps.setdefault((kind, form), []).append(Trap(case, **sets))
    return traps


def _words(
    items: Iterable[str], groups: Mapping[str, frozenset[str]], where: str
) -> frozenset[str]:
    """Put in each group's words for its name; check that the rest are single words."""
    found: set[str] = set()
    for item in items:
        if item.startswith("@"):
            _check(item in groups or item in _BUILT_IN, where, f"no group {item}")
            found |= groups.get(item, {item})
            continue
        single = WORD.fullmatch(item) or (len(item) == 1 and not item.isspace())
        _check(bool(single), where, f"{item!r} is not one word")
        _check(item == item.lower(), where, f"{item!r} must be in lower case")
        found |= {item, _plain(item)}
    return frozenset(found)


def _plant(
    root: Node, form: Form, spelt: str, plurals: list[tuple[Node, str, Form]]
) -> None:
    """Put every spelling of a form into the tree; plurals wait, a name has precedence."""
    where = f"{form.entry.kind} {form.entry.name!r}: {spelt!r}"
    stem, core = spelt.endswith("*"), spelt.rstrip("*!+")
    ways = spellings(core)
    _check(len(ways) <= _MAX_SPELLINGS, where, "has too many endings")
    for way in ways:
        for words in {each: 0 for text in {way, _plain(way)} for each in _joined(text)}:
            _check(bool(words and words[0]), where, "has no word")
            node = root
            for word in words[:-1]:
                node = node.words.setdefault(word.lower(), Node())
            written = form._replace(words=words)
            last = words[-1].lower()
            if stem:
                _check(len(last) >= STEM, where, f"its stem is under {STEM} letters")
                node.stems.setdefault(last[:STEM], []).append((last, written))
                continue
            leaf = node.words.setdefault(last, Node())
            for other in leaf.forms:
                told = other.entry == form.entry or (other.traps and form.traps)
                _check(told, where, f"is {other.entry.name!r} as well")
            leaf.forms.append(written)
            if form.entry.kind != "component" and not last.endswith("s"):
                plurals.append((node, f"{last}s", written))


def _joined(form: str) -> list[tuple[str, ...]]:
    """Give a form's words; what a hyphen or the like parts may also be one word."""
    first, *rest = WORD.split(form)[1:-1] or [""]
    ways = [[first]]
    for gap, word in zip(rest[::2], rest[1::2], strict=True):
        apart = [[*way, word] for way in ways]
        closed = [] if " " in gap else [[*way[:-1], way[-1] + word] for way in ways]
        ways = apart + closed
    return [tuple(way) for way in ways]


def _plain(text: str) -> str:
    """Give a text without its accents."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(c for c in apart if c.isascii() or c == "ß")
    )


def _strings(value: object, where: str) -> list[str]:
    if isinstance(value, list) and all(isinstance(each, str) and each for each in value):
        return value
    raise LexiconError(f"{_FILE}: {where}: must be a list of texts")


def _table(value: object, where: str) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise LexiconError(f"{_FILE}: {where}: must be a table")


def _one_of(word: str, allowed: tuple[str, ...], where: str) -> None:
    # The hint is costly: it is made for what is wrong, and for nothing else.
    if word not in allowed:
        raise LexiconError(f"{_FILE}: {where}: no {word!r} here; {hint(word, allowed)}")


def _check(good: object, where: str, wrong: str) -> None:
    if not good:
        raise LexiconError(f"{_FILE}: {where}: {wrong}")
