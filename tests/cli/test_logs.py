"""The log turns, and whatever is logged, no secret of an address stands in it."""

import logging
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui import clean, paths
from autotui.cli import logs

SECRET = st.text(st.characters(codec="utf-8"), min_size=4, max_size=30).map(
    lambda raw: f"hunter2{quote(raw, safe='@:!$()*+,;~')}"
)
PLACES = (
    "https://jane:{}@news.example/feed.xml",
    "failed: 'http://{}@[::1]:8080/a?b=c' is gone",
    "GET https://news.example/feed?x=1&access_token={}&y=2",
    "https://news.example/f?api_key={} and https://news.example/f?a=b;password={}",
    "Authorization: Bearer {}",
)
SHOWN = st.text(max_size=40).filter(lambda text: "hunter2" not in text)


def line(message: str, error: Exception | None = None) -> str:
    info = (type(error), error, None) if error else None
    record = logging.LogRecord("x", logging.ERROR, "f", 1, message, (), info)
    return logs.Masking("%(levelname)s %(message)s").format(record)


@given(SHOWN, st.sampled_from(PLACES), SECRET, SHOWN)
def test_no_secret_and_no_control_character_is_written(
    before: str, place: str, secret: str, after: str
) -> None:
    # A bearer's token has no signs that end an address.
    token = "hunter2" + "".join(filter(str.isalnum, quote(secret)))
    told = place.replace("{}", token if "Bearer" in place else secret)
    message = f"{before} {told} {after}".replace("%", "%%")
    for written in (line(message), line("a bug", ValueError(f"{before} {told} {after}"))):
        assert "hunter2" not in written
        assert clean.text(written) == written


def test_what_is_no_secret_stays() -> None:
    told = "https://news.example/a@b?page=2&monkey=1 was basic, wrote jane@news.example"
    assert line(told) == f"ERROR {told}".replace("monkey=1", "monkey=***")


def test_the_log_turns_before_it_is_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    places = paths.under(tmp_path)
    logs.begin(places)
    for _ in range(300):
        logging.getLogger("x").error("y" * 9_000)
    for handler in root.handlers:
        handler.close()
    found = sorted(each.stat().st_size for each in tmp_path.glob("autotui.log*"))
    assert len(found) == 1 + logs.KEPT
    assert found[-1] <= logs.MAX_BYTES
