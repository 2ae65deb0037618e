"""``extract`` and ``fetch-full`` as scripts use them: fields, codes, where output goes."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autotui import cli, lock
from autotui.cli import feeds as refreshing
from autotui.cli import given
from autotui.errors import ParseError
from support import feeds
from support.homes import Home, Ran
from support.web import Page, Web, silence

Run = Callable[..., Ran]
NAMES = ("alpha", "beta", "gamma")
TEASER = "Volt has shown what its next motor looks like, and it is …"
FIELDS = [
    *("title", "dek", "author", "published_at", "updated_at", "site", "section", "tags"),
    *("language", "canonical_url", "image", "images", "completeness", "note", "words"),
    *("text", "markdown"),
]


@pytest.fixture
def run(home: Home, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command line in this process: no start-up to wait for."""

    def run(*arguments: str | Path) -> Ran:
        capfdbinary.readouterr()
        try:
            code = cli.main(["--home", str(home.folder), *map(str, arguments)])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run


def prose(mark: str) -> list[str]:
    parts = ("motor", "rotor", "stator", "inverter", "gearbox", "cell", "charger")
    return [
        f"The {part} of the {mark} comes from a plant in the north, where {mark} number "
        f"{at} was built by hand. Engineers changed the {part} {at + 3} times before it "
        f"ran without noise, and say that the {mark} will keep it for years."
        for at, part in enumerate(parts)
    ]


def page(mark: str) -> str:
    told = "".join(f"<p>{each}</p>" for each in prose(mark))
    return (
        f"<!doctype html><html lang='en'><head><title>{mark} | Volt</title>"
        "<meta property='og:site_name' content='Volt'>"
        "<meta name='author' content='Ada Ohm'>"
        "<meta property='article:published_time' content='2024-06-05T08:30:00+02:00'>"
        f"<link rel='canonical' href='https://volt.example/{mark}'></head>"
        f"<body><article><h1>About the {mark}</h1>"
        "<figure><img src='/lead.jpg' alt='A car'><figcaption>On the road</figcaption>"
        f"</figure>{told}</article></body></html>"
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(page("alpha"), encoding="utf-8")
    return file


@pytest.fixture
def outlet(web: Web, run: Run) -> Web:
    """A feed of teasers that was added; the page of its third story is kept back."""
    items = [(name, f"About the {name}") for name in reversed(NAMES)]
    feed = feeds.rss("Outlet", items, body=TEASER)
    feed = feed.replace(b"https://outlet.example/", web.url("/").encode())
    web["/feed"] = Page(feed)
    for name in NAMES[:2]:
        web[f"/{name}"] = Page(page(name).encode(), content_type="text/html")
    web["/gamma"] = Page(status=403)
    assert run("add", web.url("/feed")).code == 0
    web.asked.clear()
    return web


# extract


def test_a_page_in_a_file_becomes_text_and_what_is_said_about_it(
    run: Run, file: Path
) -> None:
    ran = run("extract", file, "--url", "https://volt.example/a/alpha", "--json")
    assert (ran.code, ran.err) == (0, "")
    told = ran.json
    assert list(told) == FIELDS
    assert told["author"] == "Ada Ohm"
    assert told["published_at"] == "2024-06-05T06:30:00Z"
    assert (told["site"], told["language"]) == ("Volt", "en")
    assert told["canonical_url"] == "https://volt.example/alpha"
    assert (told["completeness"], told["note"]) == ("full", None)
    assert told["text"].split("\n\n")[-7:] == prose("alpha")
    assert prose("alpha")[3] in told["markdown"]
    assert told["words"] > 200
    (image,) = told["images"]
    assert image["url"] == "https://volt.example/lead.jpg"
    assert (image["caption"], image["alt"]) == ("On the road", "A car")
    assert "On the road" not in told["text"]
    assert told["image"].keys() == image.keys() == {"url", "caption", "alt", "credit"}
    assert (told["dek"], told["updated_at"], told["section"]) == (None, None, None)


def test_a_page_is_printed_for_people_without_the_option(run: Run, file: Path) -> None:
    ran = run("extract", file)
    assert ran.code == 0
    assert prose("alpha")[0] in ran.out
    assert "Volt · Ada Ohm · 2024-06-05T06:30:00Z" in ran.out


def test_a_page_may_come_from_standard_input(home: Home, file: Path) -> None:
    ran = home.run("extract", "-", "--json", stdin=file.read_bytes())
    assert ran.code == 0
    assert ran.json["completeness"] == "full"
    assert not home.paths.database.exists()


def test_a_page_may_be_named_by_its_address_and_is_not_kept(
    home: Home, run: Run, outlet: Web
) -> None:
    ran = run("extract", outlet.url("/alpha"), "--json")
    assert ran.json["text"].endswith(prose("alpha")[-1])
    assert run("list", "alpha", "--json").json[0]["completeness"] == "teaser"
    assert outlet.paths() == ["/alpha"]


def test_an_address_without_a_page_is_one_line_that_speaks_of_no_feed(
    run: Run, outlet: Web
) -> None:
    for path, words in (
        ("/gamma", "keeps programs out (403)"),
        ("/nothing", "the page is gone (404)"),
    ):
        ran = run("extract", outlet.url(path))
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert words in ran.err
        assert "feed" not in ran.err


def test_what_the_feed_gave_tells_that_a_page_has_no_more(run: Run, tmp_path: Path) -> None:
    short = tmp_path / "short.html"
    short.write_text(f"<html><body><article><p>{TEASER}</p></article></body></html>")
    given_ = tmp_path / "given.txt"
    given_.write_text(TEASER)
    ran = run("extract", short, "--feed-text", given_, "--json")
    assert ran.json["completeness"] == "teaser"
    assert "o opens it" in ran.json["note"]


def test_many_pages_are_answered_line_by_line_in_order(run: Run, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    rows: list[dict[str, object]] = [
        {"id": "a", "html": page("alpha"), "url": "https://volt.example/x"},
        {"id": 7, "html": "%PDF-1.7\x00"},
        {"id": None, "html": ""},
        {"html": page("beta"), "url": None},
    ]
    many.write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    ran = run("extract", "--jsonl", many)
    assert (ran.code, ran.err) == (0, "")
    assert [next(iter(line)) for line in ran.lines] == ["id"] * 4
    assert [line["id"] for line in ran.lines] == ["a", 7, None, None]
    assert [line.keys() for line in ran.lines] == [{"id", *FIELDS, "error"}] * 4
    assert [line["error"] is None for line in ran.lines] == [True, False, False, True]
    assert [line["completeness"] for line in ran.lines] == ["full", None, None, "full"]
    assert ran.lines[3]["text"].endswith(prose("beta")[-1])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nonsense", "is no JSON"),
        ("[1]", "is no JSON object"),
        ('{"id": 1}', "html and url must be strings"),
        ('{"html": "x", "url": 7}', "html and url must be strings"),
        ("[" * 100_000, "is no JSON"),
    ],
)
def test_a_line_that_is_no_page_is_named(
    run: Run, tmp_path: Path, line: str, words: str
) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(f"{json.dumps({'html': page('alpha')})}\n{line}\n")
    ran = run("extract", "--jsonl", many)
    assert (ran.code, len(ran.lines), ran.err.count("\n")) == (1, 1, 1)
    assert "line 2 of" in ran.err
    assert words in ran.err


def test_a_line_too_long_is_named_and_not_taken_for_two(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text('{"a": 1}\n{"a": 2}' + " " * 90 + '{"a": 3}\n')
    found = given.rows(many, 50)
    assert next(found)[1] == {"a": 1}
    with pytest.raises(ParseError, match=r"line 2 of .* is longer than"):
        next(found)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["extract"], 2, "name a file or an address"),
        (["extract", "/no/such/file"], 1, "cannot be read: No such file"),
        (["extract", "/"], 1, "cannot be read: Is a directory"),
        (["extract", "--jsonl", "/no/such/file"], 1, "cannot be read"),
        (["extract", "/dev/null"], 1, "empty"),
        (["extract", "--json", "--jsonl", "x"], 2, "not allowed"),
        (["fetch-full"], 2, "--due"),
        (["fetch-full", "--due", "1"], 2, "--due"),
        (["fetch-full", "77"], 1, "there is no story 77"),
        (["fetch-full", "nonsense:x"], 2, "nonsense"),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, list) else "",
)
def test_what_cannot_be_done_is_said_in_a_line(
    run: Run, arguments: list[str], code: int, words: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert code == 2 or ran.err.count("\n") == 1


def test_whatever_is_in_the_file_no_control_character_comes_out(
    run: Run, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.html"
    evil = "\x1b]52;c;x\x07 &#27;[2J &#x202e; \u202e \x9b31m"
    told = "".join(f"<p>{each} {evil}</p>" for each in prose("alpha"))
    bad.write_text(f"<html><title>{evil}</title><article><h1>{evil}</h1>{told}</article>")
    plain, as_json = run("extract", bad), run("extract", bad, "--json")
    assert prose("alpha")[2] in plain.out
    for text in (plain.out, *map(str, as_json.json.values())):
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)


# fetch-full


def test_due_stories_are_fetched_once_with_a_line_for_each(run: Run, outlet: Web) -> None:
    ran = run("fetch-full", "--due", "--jsonl")
    assert (ran.code, ran.err) == (0, "")
    lines = {line["id"]: line for line in ran.lines}
    assert [lines[at]["completeness"] for at in (1, 2, 3)] == ["full", "full", "blocked"]
    assert all(
        line.keys() >= {"id", "completeness", "words", "error"} for line in ran.lines
    )
    assert (lines[1]["error"], lines[1]["words"] > 200) == (None, True)
    assert "(403)" in lines[3]["error"]
    assert sorted(outlet.paths()) == ["/alpha", "/beta", "/gamma", "/robots.txt"]
    assert run("fetch-full", "--due", "--jsonl") == Ran(0, "", "")
    assert len(outlet.asked) == 4
    shown = run("show", "1", "--json").json
    assert (shown["source"], shown["completeness"]) == ("page", "full")
    assert shown["text"].endswith(prose("alpha")[-1])


def test_stories_are_named_by_id_or_query_and_people_read_a_meter(
    run: Run, outlet: Web
) -> None:
    ran = run("fetch-full", "1", "3")
    assert ran.code == 0
    assert "full      About the alpha: " in ran.out
    assert "blocked   About the gamma: the site keeps programs out (403)" in ran.out
    assert ran.out.endswith("1 of 2 have full text, 1 blocked\n")
    ran = run("fetch-full", "-is:full", "title:beta", "--json")
    assert [(each["id"], each["completeness"]) for each in ran.json] == [(2, "full")]
    asked = len(outlet.asked)
    again = run("fetch-full", "feed:Outlet", "--json").json
    assert [each["asked"] for each in again] == [False] * 3
    assert len(outlet.asked) == asked


def test_force_asks_for_what_was_refused_and_for_what_is_here(
    run: Run, outlet: Web
) -> None:
    run("fetch-full", "--due")
    outlet["/gamma"] = Page(page("gamma").encode(), content_type="text/html")
    assert run("fetch-full", "3", "--json").json[0]["completeness"] == "blocked"
    forced = run("fetch-full", "1", "3", "--force", "--json").json
    assert [(each["asked"], each["completeness"]) for each in forced] == [
        (True, "full")
    ] * 2


def test_a_second_process_is_told_to_wait(home: Home, run: Run, outlet: Web) -> None:
    with lock.held(home.paths.database, "pages"):
        ran = run("fetch-full", "--due")
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert "being fetched already" in ran.err
        assert run("fetch-full", "1", "--force").code == 0


def test_a_refresh_completes_what_feeds_cut_off_unless_it_is_switched_off(
    home: Home, run: Run, outlet: Web
) -> None:
    toml = home.paths.config.read_text(encoding="utf-8")
    home.configure(f"{toml}full_text = false\n")
    assert run("refresh", "--force").err == ""
    assert outlet.paths() == ["/feed"]
    home.configure(toml)
    ran = run("refresh", "--force")
    assert ran.code == 0
    assert ran.err == "autotui: 2 of 3 stories that were cut off are whole now\n"
    outlet.asked.clear()
    assert run("refresh", "--force").err == ""
    assert outlet.paths() == ["/feed"]


def test_slow_pages_do_not_make_a_refresh_long(
    run: Run, outlet: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "_COMPLETING_SECONDS", 6.0)
    outlet["/gamma"] = silence
    started = time.monotonic()
    ran = run("refresh", "--force")
    assert time.monotonic() - started < 15
    assert (ran.code, ran.err) == (
        0,
        "autotui: 2 of 2 stories that were cut off are whole now\n",
    )
    # What is left comes after the next one.
    outlet["/gamma"] = Page(page("gamma").encode(), content_type="text/html")
    assert "1 of 1 stories" in run("refresh", "--force").err


def test_a_feeds_settings_are_the_readers(run: Run, outlet: Web) -> None:
    edited = run(
        "edit", "1", "--full-text", "never", "--selector", "article p", "--json"
    ).json
    assert (edited["full_text"], edited["selectors"]) == ("never", ["article p"])
    assert run("fetch-full", "--due", "--jsonl").out == ""
    assert run("edit", "1", "--full-text", "sometimes").code == 2
    kept = run("edit", "1", "--title", "Mine", "--json").json
    assert (kept["full_text"], kept["selectors"]) == ("never", ["article p"])


def test_extracting_a_file_loads_neither_network_nor_screen(file: Path) -> None:
    code = (
        "import sys; from autotui import cli\n"
        "cli.main(sys.argv[1:])\n"
        "print(sorted({'httpx', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
