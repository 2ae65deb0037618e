"""Matches in a text, against the full-text index itself."""

import sqlite3
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autotui.store import patterns
from autotui.ui import matches

TOKENIZER = 'tokenize = "unicode61 remove_diacritics 2"'
# What the index and Unicode's newest tables agree on; FTS5's are those of Unicode 6.1.
LETTERS = "abcAB éÉñçüŒßÀøåÅ ΩάΣσ ЖжЙ 日本 12 ½² _-.,'\"(\n\t%*"


def found(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end in matches.find(text, words)]


def indexed(text: str, word: str) -> list[str]:
    """Give what FTS5 itself marks."""
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE t USING fts5 (text, {TOKENIZER})")
    db.execute("INSERT INTO t VALUES (?)", (text,))
    phrase = patterns.match_phrase(word)
    row = (
        phrase
        and db.execute(
            "SELECT highlight(t, 0, '\x02', '\x03') FROM t WHERE t MATCH ?", (phrase,)
        ).fetchone()
    )
    db.close()
    parts = row[0].split("\x02")[1:] if row else []
    return [part.partition("\x03")[0] for part in parts]


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("The Inverter, an INVERTER; inverters", ("inverter",), ["Inverter", "INVERTER"]),
        ("inverters and inverter", ("inverter*",), ["inverters", "inverter"]),
        ("Silicon-carbide, carbide silicon", ("silicon carbide",), ["Silicon-carbide"]),
        ("Élégante Élégant", ("elegant",), ["Élégant"]),
        ("elegant", ("ÉLÉGANT",), ["elegant"]),
        ("engine_block", ("engine", "block"), ["engine", "block"]),
        ("silicon carbide", ("carbide", "silicon carbide"), ["silicon carbide"]),
        ("İstanbul", ("istanbul",), ["İstanbul"]),
        ("anything", ("", "!", "*", "\x00"), []),
        ("anything", (), []),
    ],
)
def test_words_are_found_as_the_index_has_them(
    text: str, words: tuple[str, ...], wanted: list[str]
) -> None:
    assert found(text, *words) == wanted


@settings(max_examples=400, deadline=None)
@given(
    text=st.text(st.sampled_from(LETTERS), max_size=30),
    start=st.integers(0, 29),
    size=st.integers(1, 6),
    star=st.sampled_from(["", "*"]),
)
def test_what_is_marked_is_what_the_index_marks(
    text: str, start: int, size: int, star: str
) -> None:
    word = text[start : start + size] + star

    assert "".join(found(text, word)) == "".join(indexed(text, word))


@given(st.text(), st.lists(st.text(max_size=9), max_size=4))
def test_any_words_are_looked_for_in_any_text(text: str, words: list[str]) -> None:
    places = matches.find(text, words)

    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(
    st.lists(st.tuples(st.text(max_size=9), st.sampled_from(["", "title"])), max_size=5),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3),
)
def test_marking_changes_looks_and_no_letter(
    parts: list[tuple[str, str]], places: list[tuple[int, int]]
) -> None:
    text = "".join(part for part, _ in parts)
    runs = [(a, min(b, len(text)), "match") for a, b in places if a < min(b, len(text))]

    shown = matches.marked(tuple(parts), runs)

    assert "".join(part for part, _ in shown) == text
    at = 0
    for part, style in shown:
        inside = any(start <= at and at + len(part) <= end for start, end, _ in runs)
        assert ("match" in style) == inside
        at += len(part)


@pytest.mark.parametrize(
    "text", ["a " * 60_000, "a" * 120_000, "é" * 120_000, " _-" * 40_000, "a -" * 40_000]
)
def test_time_grows_with_the_text_alone(text: str) -> None:
    words = ("a a a b", "a*", "-a", "a b")
    spent = []
    for size in (len(text) // 4, len(text)):
        begun = time.process_time()
        matches.find(text[:size], words)
        spent.append(time.process_time() - begun)

    assert spent[1] < 12 * spent[0] + 0.05
