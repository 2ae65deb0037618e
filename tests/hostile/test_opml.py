"""Subscription lists of a friend, as hostile as lists get, through the command line."""

import re

import pytest

from autotui import cli
from support.homes import Home
from support.web import Web

GOOD = "<outline text='Good' xmlUrl='https://good.example/feed'/>"
HARM = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HARMFUL = {
    "pipe": "<outline text='x' xmlUrl='|touch /tmp/owned'/>",
    "exec": "<outline text='x' xmlUrl='exec:touch /tmp/owned'/>",
    "filter": "<outline text='x' xmlUrl='filter:sh:https://a.example/'/>",
    "filtercmd": f"{GOOD[:-2]} filtercmd='touch /tmp/owned'/>",
    "line break": "<outline xmlUrl='https://a.example/&#10;exec:touch /tmp/owned'/>",
    "file": "<outline xmlUrl='file:///etc/passwd'/>",
    "data": "<outline xmlUrl='data:text/xml,&lt;rss/&gt;'/>",
    "option": "<outline xmlUrl='--browser=sh'/>",
    "escape": "<outline text='a&#x202e;b' title='\x9b2J' xmlUrl='js:\x9b2J\u202e'/>",
    "traversal": f"<outline text='../../../etc/{'x' * 600}'>{GOOD}</outline>",
    "metadata": "<outline xmlUrl='http://169.254.169.254/latest/meta-data/'/>",
    "router": "<outline xmlUrl='http://192.168.1.1/reboot'/>",
    "decimal": "<outline xmlUrl='http://2130706433/'/>",
}
BOMBS = {
    "nested": "<outline text='f'>" * 20_000,
    "wide": "".join(f"<outline xmlUrl='https://w.example/{n}'/>" for n in range(5_000)),
    "attributes": f"<outline {' '.join(f'a{n}=1' for n in range(50_000))} xmlUrl='x:'/>",
    "open": "<outline " * 100_000,
}
PROLOGS = {
    "laughs": "<!DOCTYPE opml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
    "xxe": "<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "dtd": "<!DOCTYPE opml SYSTEM '{web}/leak'>",
    "parameter": "<!DOCTYPE opml [<!ENTITY % p SYSTEM '{web}/leak'>%p;]>",
}


@pytest.fixture
def careful(home: Home) -> Home:
    """A home that allows no private address."""
    home.configure("")
    return home


@pytest.mark.parametrize("name", ["harmful rows", *BOMBS])
def test_what_is_hostile_is_refused_or_harmless_and_good_rows_are_taken(
    careful: Home, name: str
) -> None:
    rows = BOMBS.get(name) or "".join(HARMFUL.values())
    ends = "</outline>" * 20_000 if name == "nested" else ""
    content = f"<opml><body>{GOOD}{rows}{ends}</body></opml>"

    ran = careful.run("import", "-", "--json", stdin=content.encode())

    assert ran.code == cli.DONE, ran
    assert not HARM.search(ran.out + ran.err)
    feeds = careful.run("feeds", "--json")
    assert not HARM.search(feeds.out)
    found = {feed["url"]: feed["folder"] for feed in feeds.json}
    assert "https://good.example/feed" in found
    for url, folder in found.items():
        assert re.match(r"https://[a-z.]+/[\w%:&;#/ -]*$", url), url
        assert len(folder or "") <= 500
    assert not set(found) & {
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
    }


@pytest.mark.parametrize("name", PROLOGS)
def test_a_hostile_prolog_opens_nothing_and_grows_to_nothing(
    careful: Home, web: Web, name: str
) -> None:
    prolog = PROLOGS[name].replace("{web}", web.url("")[:-1])
    row = "<outline text='&b;&x;' xmlUrl='https://a.example/&b;&x;'/>"
    content = f"<?xml version='1.0'?>{prolog}<opml><body>{row}{GOOD}</body></opml>"

    ran = careful.run("import", "-", "--json", stdin=content.encode())

    assert ran.code in {cli.DONE, cli.FAILED}
    assert len(ran.err.splitlines()) == (ran.code == cli.FAILED)
    assert "root:" not in ran.out + careful.run("feeds", "--json").out
    assert web.asked == []
