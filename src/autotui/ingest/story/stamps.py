"""The times that a page shows: when it was published, and when it was changed.

"Updated 9:34 a.m. ET, Wednesday June 5, 2019": a word that tells what the time is, and
right behind it a day, with the time of day before or after. Prose has such words too
("was updated on June 5"), so one counts only at the start of a line, or with a capital.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from autotui.ingest import dates

_MAX_TEXT: Final = 100_000
_MAX_CUES: Final = 100
_WINDOW: Final = 110
"""Characters that may hold the time, from the word on."""
_LEAD: Final = 40
_SUMMER: Final = range(4, 11)
_MARCH: Final = 3
_NOVEMBER: Final = 11

_UPDATED: Final = (
    "updated",
    "update",
    "last modified",
    "modified",
    "revised",
    "aktualisiert",
    "aktualisierung",
    "geändert",
    "stand",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualisé",
    "actualizado",
    "actualizada",
    "actualización",
    "modificado",
    "aggiornato",
    "aggiornamento",
    "modifica",
    "bijgewerkt",
    "gewijzigd",
    "atualizado",
    "atualizada",
    "atualização",
)
_PUBLISHED: Final = (
    "published",
    "posted",
    "publication date",
    "veröffentlicht",
    "erschienen",
    "erstellt",
    "publié",
    "publiée",
    "paru",
    "publicado",
    "publicada",
    "publicación",
    "pubblicato",
    "pubblicata",
    "pubblicazione",
    "gepubliceerd",
    "geplaatst",
    "publicatie",
    "publicação",
)
_ENGLISH: Final = frozenset(_UPDATED[:5] + _PUBLISHED[:3])


def _cues(*words: str) -> "re.Pattern[str]":
    """Give what finds words in small letters; the longest comes first."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest))})(?![^\W_])")


_UPDATES: Final = _cues(*_UPDATED)
_PUBLICATIONS: Final = _cues(*_PUBLISHED)
_BEFORE: Final = re.compile(
    r"(?:\b(?:this|the|article|story|page|post|report|last|latest|first|originally|was|date|of"
    r"|zuletzt|letzte|letztes|artikel|erstmals|dernière|article|première|última|último|ultima"
    r"|ultimo|laatst|laatste|fecha|de|data|di|date|datum|nota|noticia|articolo|dieser)\s+)+$"
)
_SEPARATES: Final = frozenset("\n|•·(–—-:;.,/[>*)]")  # noqa: RUF001 - an en dash is meant
_FILLING: Final = (
    r"(?:[\s,;:|•·\u2013\u2014/-]|\b(?:on|at|am|um|den|der|dem|le|la|las|el|il|al|alle|alla"
    r"|ore|ora|à|a|op|om|em|às|as|o|the|of|date|datum|vom|uhr|uur|h|hrs|heures|horas|hora"
    r"|o'clock|local|time|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|mo|di|mi|do|fr|sa|so"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag"
    r"|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?"
    r")\b\.?|\(\d{4}\s[a-z]{2,4}\))*"
)
_MONTH: Final = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAYS: Final = (
    r"(?P<iso>\d{4}-\d\d-\d\d)(?:t(?=\d))?",
    (
        r"(?P<first>\d{1,2})\s?(?P<mark>[./-])\s?(?P<second>\d{1,2})\s?(?P=mark)\s?"
        r"(?P<year>\d{4}|\d\d)(?!\d)"
    ),
    (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°])?\s*(?:de\s|of\s)?\s*{_MONTH},?\s*"
        r"(?:de\s|del\s)?\s*(?P<year>\d{4})(?!\d)"
    ),
    rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
)
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})(?:\s?[:.hu]\s?(?P<minute>\d\d)(?::(?P<seconds>\d\d)(?:\.\d{1,9})?)?"
    r"(?!\d)|\s?(?=[ap]\.?\s?m\b|h\b|uhr\b|uur\b)|(?P<dense>\d\d)(?=\s(?:gmt|utc|[a-z]?[de]?t\b)))"
    r"\s?(?:uhr|uur|hrs?|h|horas|heures)?\b\s?(?:(?P<half>[ap])\.?\s?m\b\.?)?"
    r"(?:\s?\(?(?P<zone>[+-]\d\d:?\d\d|(?:gmt|utc)\s?[+-]\s?\d{1,2}(?::?\d\d)?|[a-z]{1,4})\b\)?)?"
)
_LATER: Final = [re.compile(rf"{_FILLING}{day}(?:{_FILLING}{_CLOCK})?") for day in _DAYS]
_SOONER: Final = [re.compile(rf"{_FILLING}{_CLOCK}{_FILLING}{day}") for day in _DAYS]


class _Cue(NamedTuple):
    word: str
    start: int
    end: int


def visible_updated(text: str) -> datetime | None:
    """Give the time of the last change that a text shows, in UTC."""
    return _shown(text, _UPDATES)


def visible_published(text: str) -> datetime | None:
    """Give the time of publication that a text shows, in UTC."""
    return _shown(text, _PUBLICATIONS)


def _shown(text: str, cues: "re.Pattern[str]") -> datetime | None:
    start = text[:_MAX_TEXT]
    small = start.lower()
    if len(small) != len(start):
        start = small
    for cue in _found(start, small, cues):
        window = small[cue.end : cue.end + _WINDOW]
        if when := _read(" ".join(window.split()), american=cue.word in _ENGLISH):
            return when
    return None


def _found(text: str, small: str, cues: "re.Pattern[str]") -> Iterator[_Cue]:
    """Find the words that tell a time, where they do not stand in a sentence."""
    for at, found in enumerate(cues.finditer(small)):
        if at >= _MAX_CUES:
            return
        begin = max(0, found.start() - _LEAD)
        lead = _BEFORE.search(small, begin, found.start())
        start = lead.start() if lead else found.start()
        before = text[:start][-9:].rstrip(" \t\xa0")[-1:]
        if not before or before in _SEPARATES or before.isdigit() or text[start].isupper():
            yield _Cue(found[0], found.start(), found.end())


def _read(window: str, *, american: bool) -> datetime | None:
    """Read a day and a time of day, in whichever order, at the start of a text."""
    for pattern in (*_SOONER, *_LATER):
        found = pattern.match(window)
        if found and (day := _day(found.groupdict(), american=american)):
            return _at(day, found.groupdict())
    return None


def _day(parts: dict[str, str | None], *, american: bool) -> date | None:
    """Read a day; with strokes the month comes first in English only."""
    if iso := parts.get("iso"):
        written = iso
    elif first := parts.get("first"):
        mark = parts["mark"] if american else "."
        mark = "." if mark == "-" else mark
        written = f"{first}{mark}{parts['second']}{mark}{parts['year']}"
    else:
        written = f"{parts['day']} {parts['month']} {parts['year']}"
    when = dates.read(written)
    return when.date() if when else None


def _at(day: date, parts: dict[str, str | None]) -> datetime:
    """Give the time in UTC; midnight where no time of day is told, or none there is."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if not parts["hour"]:
        return midnight
    minute = parts["minute"] or parts["dense"] or "00"
    half = f" {parts['half']}m" if parts["half"] else ""
    zone = _season(parts["zone"] or "", day)
    clock = f"{parts['hour']:0>2}:{minute}:{parts['seconds'] or '00'}"
    return dates.read(f"{day.isoformat()} {clock}{half} {zone}".strip()) or midnight


def _season(zone: str, day: date) -> str:
    """Say which half of the year "ET" and its like mean (United States, since 2007)."""
    if zone not in {"et", "ct", "mt", "pt"}:
        return zone if len(zone) > 1 else ""
    summer = day.month in _SUMMER
    if day.month in {_MARCH, _NOVEMBER}:
        first = date(day.year, day.month, 1)
        sunday = first + timedelta(days=6 - first.weekday())
        second = sunday + timedelta(days=7)
        summer = day >= second if day.month == _MARCH else day < sunday
    return f"{zone[0]}{'d' if summer else 's'}t"
