"""What autotui says about itself."""

import json
import sys

import pytest

from autotui import cli
from support.homes import Home

Told = tuple[int, str, str]
"""The exit code, and what the row of images says: its state and words."""


def doctor(home: Home, capfd: pytest.CaptureFixture[str]) -> Told:
    capfd.readouterr()
    code = cli.main(["--home", str(home.folder), "doctor", "--json"])
    rows = json.loads(capfd.readouterr().out)
    (row,) = [each for each in rows if each["name"] == "images"]
    return code, row["state"], row["value"]


def test_the_doctor_says_whether_images_are_shown_and_where_they_lie(
    home: Home, capfd: pytest.CaptureFixture[str]
) -> None:
    off = "off; cache = true under [images] in the config shows them"
    assert doctor(home, capfd) == (0, "ok", off)
    home.configure("[images]\ncache = true\nmegabytes = 1_500\n")
    on = f"on, up to 1,500 MB in {home.paths.images}"
    assert doctor(home, capfd) == (0, "ok", on)
    assert not home.paths.images.exists()


def test_the_doctor_says_what_to_install_for_images_and_only_where_they_are_on(
    home: Home, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a machine without Pillow
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert doctor(home, capfd)[:2] == (0, "ok")
    home.configure("[images]\ncache = true\n")
    code, state, words = doctor(home, capfd)
    assert (code, state) == (1, "wrong")
    assert "pip install 'autotui[images]'" in words
