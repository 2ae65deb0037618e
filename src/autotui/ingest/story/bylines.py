"""Who wrote a story: people's names out of the ways in which pages write them.

A byline says more than names: "By", roles, places, agencies, times, addresses. Every
regular expression runs on a few hundred characters at most, whatever a page says.
"""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

from autotui.ingest import titles
from autotui.ingest.elements import named
from autotui.ingest.story.headlines import Outlet, fold

_MAX_RAW: Final = 2_000
_MAX: Final = 240
"""Characters of a byline; what is longer tells a life."""
_MAX_NAMES: Final = 20
_MAX_NAME: Final = 60
_MAX_WORDS: Final = 6
_SHORTEST: Final = 2
_FULL: Final = 2
"""Words of a name with a family's name."""

_BY: Final = re.compile(
    r"^\W{0,3}(?:"
    r"(?:(?:written|words|posted|reported|published|edited|report|story|text|article|review"
    r"|an? article|photos?|photography|images?|video|test drive|reporting)\s)?"
    r"(?:and\s(?:photos?|photography|images?|pictures)\s)?by"
    r"|(?:ein\s(?:artikel|beitrag|bericht)\s|geschrieben\s|text\s|verfasst\s)?von"
    r"|(?:écrit\s|rédigé\s|publié\s|propos recueillis\s)?par"
    r"|(?:escrito\s|publicado\s|texto\s)?por"
    r"|(?:scritto\s|articolo\s|a cura\s)?(?:di|da)"
    r"|(?:geschreven\s|tekst\s)?door|av|af"
    r"|authors?|autor(?:in|en|as?|es)?|auteurs?|autore|autori|redakteur(?:in)?|text|words"
    r"|from|source|writer|editor|reporter|journalist"
    r")(?:\s*[:\u2013\u2014-]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_ROLE: Final = (
    r"(?:senior|junior|associate|assistant|deputy|managing|executive|contributing"
    r"|staff|freelance|guest|chief|lead|special|our|editor(?:ial|s)?|co-editor|reporter|writer"
    r"|correspondent|contributor|columnist|journalist|photographer|producer|publisher"
    r"|founder|co-founder|ceo|director|author|analyst|blogger|news editor"
    r"|redakteur(?:in)?|chefredakteur(?:in)?|redaktion(?:sleiter(?:in)?)?|ressortleiter(?:in)?"
    r"|leiter(?:in)?|journalistin|korrespondent(?:in)?|volontär(?:in)?|autor(?:in)?"
    r"|journaliste|rédact(?:eur|rice)|rédaction|correspondante?|envoyée? spécial"
    r"|redact(?:or|ora)|periodista|corresponsal|colaborador(?:a)?"
    r"|giornalista|redattore|redattrice|direttore|inviato|collaboratore"
    r"|redacteur|hoofdredacteur|verslaggever|correspondente|repórter|jornalista|editora?)"
)
_FROM_ROLE: Final = re.compile(
    rf"[\s,;:|/\u2013\u2014-]+(?:the\s)?{_ROLE}\b.*$", re.IGNORECASE
)
_IS_ROLE: Final = re.compile(rf"(?:the\s|der\s|die\s|la\s|le\s)?{_ROLE}\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?:mailto:)?[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}|(?:https?://|www\.)\S{1,200}"
    r"|(?<!\w)@\w{1,40}"
)
_ASIDE: Final = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|<[^<>]{0,80}>")
_TRAILING: Final = re.compile(
    r"[\s,;|•·\u2013\u2014-]*(?:\b(?:published|updated|posted|modified|publié|publicado"
    r"|pubblicato|veröffentlicht|aktualisiert|mis à jour|follow|view all|see all|read more"
    r"|contributed|is an?|is the|has been|covers)\b.*"
    r"|(?:\b(?:on|am|le|el|il|op|em|(?:mon|tues|wednes|thurs|fri|satur|sun)day|sept"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|may)\b[.,]?\s*){0,4}"
    r"\d.*)$",
    re.IGNORECASE,
)
_AGENCY: Final = re.compile(
    r"[\s,]+(?:(?:the\s)?[Aa]ssociated [Pp]ress|[Rr]euters|REUTERS|AFP|AP|[Dd]pa|DPA|ANSA"
    r"|EFE|Bloomberg)$"
)
_PLACE: Final = re.compile(
    r"\s(?:for|of|at|from|in|via|für|aus|bei|pour|à|chez|para|desde|per|voor|vanuit)"
    r"\s(?:the\s|der\s|die\s|la\s|le\s|los\s)?[^\W\d_].*$"
)
_AND: Final = re.compile(
    r"\s*(?:[;|/•·\n\u2022]|\s[\u2013\u2014-]\s)\s*"
    r"|\s+(?:&|\+|and|und|et|og|och|with|mit|avec|con|com|met)\s+(?=\S)|\s*,\s*(?:and\s+)?",
    re.IGNORECASE,
)
_SHORT_AND: Final = re.compile(r"\s(y|e|en|i)\s(?=\S)")
_TITLES: Final = re.compile(
    r"^(?:dr|prof|mr|mrs|ms|dipl\.?-ing|ing|hr|herr|frau)\.?\s(?=\S)|"
    r"(?:^|[\s,]+)(?:ph\.?d|m\.?d|mba|m\.?sc|b\.?sc|esq)\.?$",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_EDGES: Final = " ,;:|/•·\"'\u2013\u2014-*_“”"
_NOBODY: Final = named(
    "admin administrator administrador editor editors editorial staff staffwriter "
    "staffwriters staffreport staffreports staffreporter redaktion dieredaktion "
    "redaktionsteam rédaction larédaction redazione laredazione redacción laredacción "
    "redactie deredactie redação daredação redaction guest guestauthor "
    "guestcontributor webmaster unknown author autor authors null none undefined "
    "anonymous anonym user root test wpadmin superuser siteadmin newsdesk webdesk "
    "onlinedesk theeditors editorialteam editorialstaff team theteam na by von par "
    "por contributor contributors writer reporter newsroom web online website home "
    "news facebook twitter instagram linkedin youtube tiktok mastodon threads bluesky "
    "email mail rss follow contact comments share profile biography bio website print "
    "nobody system default press pressrelease pressoffice false true"
)
_COMPANY: Final = re.compile(
    r"\b(?:nachrichten|zeitung|news|media|magazine?|redaktion|rédaction|redazione|redacción"
    r"|redactie|association|foundation|team|staff|company|inc|gmbh|ltd|llc|university|press"
    r"|agency|agence|agentur|reuters|afp|dpa|ansa|efe|lusa|bloomberg|desk|editors|editorial"
    r"|communications|newswire|online|group|institute|ministry|department)\b|\.(?:com|de|net"
    r"|org|fr|it|es|nl|pt|co|io|news)\b",
    re.IGNORECASE,
)


class Authors(NamedTuple):
    """Who is named, each once."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    """The outlet itself, agencies, editorial offices."""


def authors(sources: Iterable[Iterable[str]], outlet: Outlet) -> Authors:
    """Give the authors that the first source names which names people at all."""
    companies: tuple[str, ...] = ()
    for source in sources:
        found = _authors(source, outlet)
        if found.people:
            return found
        companies = companies or found.companies
    return Authors(companies=companies)


def names(byline: str) -> tuple[str, ...]:
    """Give the names in one byline, each a clean line."""
    line = titles.line(byline[:_MAX_RAW], markup=True)
    if len(line) > _MAX:
        return ()
    bare = _since_by(_ASIDE.sub(" ", _ADDRESS.sub(" ", line)))
    cut = _TRAILING.sub("", _BY.sub("", bare.strip(_EDGES)))
    parts = [name for part in _parts(cut.strip(_EDGES)) if (name := _name(part))]
    return tuple(dict.fromkeys(_families(parts)))


def _authors(source: Iterable[str], outlet: Outlet) -> Authors:
    people: dict[str, str] = {}
    companies: dict[str, str] = {}
    for byline in islice(source, _MAX_NAMES):
        whole = titles.line(byline[:_MAX], markup=True)
        found = (whole,) if outlet.named_exactly(whole) else names(byline)[:_MAX_NAMES]
        for name in found:
            company = outlet.is_called(name) or _COMPANY.search(name)
            (companies if company else people).setdefault(fold(name), name)
    return Authors(tuple(people.values()), tuple(companies.values()))


def _since_by(line: str) -> str:
    """Give what follows "by" where a date stands before it."""
    before, by, after = line.partition(" by ")
    return after if by and any(map(str.isdigit, before)) else line


def _parts(line: str) -> list[str]:
    """Divide a line between names."""
    parts: list[str] = []
    for part in _AND.split(line):
        if parts and _SUFFIX.fullmatch(part):
            parts[-1] += f" {part}"
        else:
            parts.extend(_short_parts(part))
    return parts


def _short_parts(part: str) -> list[str]:
    """Divide at "y", "e", "en": words that stand in names and before places, too."""
    found = _SHORT_AND.search(part)
    if not found:
        return [part]
    left, right = part[: found.start()], part[found.end() :]
    several = len(right.split()) >= _FULL or len(left.split()) < _FULL
    if several:
        return [left, *_short_parts(right)]
    return [left if found[1] == "en" else part]


def _name(part: str) -> str:
    """Give the name in a part of a byline, ``""`` if there is none."""
    shown = _TITLES.sub("", _BY.sub("", part.strip(_EDGES)))
    if _IS_ROLE.match(shown):
        return ""
    shown = _AGENCY.sub("", _PLACE.sub("", _FROM_ROLE.sub("", shown)))
    shown = _TITLES.sub("", shown).strip(_EDGES)
    several = len(shown.split())
    fits = _SHORTEST <= len(shown) <= _MAX_NAME and several <= _MAX_WORDS
    known = fold(shown)
    return shown if fits and known and known not in _NOBODY else ""


def _families(parts: list[str]) -> list[str]:
    """Leave out what follows a full name and is no full name: a place or a paper."""
    first = parts[:1]
    if not first or len(first[0].split()) < _FULL:
        return parts
    return first + [
        part
        for part in parts[1:]
        if len(part.split()) >= _FULL or not (part.isupper() or part.istitle())
    ]
