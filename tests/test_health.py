"""In which order feeds are looked at, and what is said of their trouble."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autotui import health
from autotui.health import FeedHealth, Order
from autotui.model import Feed

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
ORDERS: tuple[Order, ...] = (
    *("worst", "feed", "asked", "newest", "week", "silent", "read", "tagged", "trouble"),
)


def feed(title: str, **more: object) -> Feed:
    at = {"checked_at": NOW, "succeeded_at": NOW}
    return Feed(1, f"https://{title}.example/", title, **{**at, **more})  # type: ignore[arg-type] # the tests' own names


def well(title: str, days: float = 1, opened: int = 50, **more: object) -> FeedHealth:
    at = NOW - timedelta(days=days)
    return FeedHealth(feed(title, **more), at, 3.5, 100, opened, 1)


def titles(feeds: list[FeedHealth], by: Order, *, back: bool = False) -> list[str]:
    return [each.feed.title for each in health.ordered(feeds, by, NOW, back=back)]


def test_the_worst_come_first() -> None:
    feeds = [
        well("read"),
        well("unread", opened=2),
        well("new", checked_at=None, succeeded_at=None),
        replace(well("empty"), newest_at=None, stories=0),
        well("silent", days=100),
        well("dead", days=900),
        well("moved", moved_to="https://there.example/"),
        well("failing", error="404", failures=2),
        well("gone", error="410", failures=30),
    ]

    assert titles(feeds, "worst") == [
        *("gone", "failing", "moved", "empty", "dead", "silent"),
        *("unread", "new", "read"),
    ]


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("feed", ["a", "B", "c"]),
        ("asked", ["c", "a", "B"]),
        ("newest", ["B", "a", "c"]),
        ("silent", ["B", "a", "c"]),
        ("week", ["a", "B", "c"]),
        ("read", ["B", "c", "a"]),
        ("tagged", ["a", "B", "c"]),
        ("trouble", ["c", "a", "B"]),
    ],
)
def test_each_column_sorts_and_what_is_unknown_is_last(
    by: Order, wanted: list[str]
) -> None:
    feeds = [
        well("B", days=9, opened=70, succeeded_at=None),
        well("c", days=2, error="404", succeeded_at=NOW - timedelta(days=3)),
        well("a", days=3, opened=1),
    ]
    assert titles(feeds, by) == wanted


def test_the_other_way_round_keeps_the_unknown_last() -> None:
    feeds = [well("old", days=9), well("new"), replace(well("none"), newest_at=None)]

    assert titles(feeds, "newest") == ["old", "new", "none"]
    assert titles(feeds, "newest", back=True) == ["new", "old", "none"]


@given(
    feeds=st.lists(
        st.builds(
            FeedHealth,
            st.builds(
                feed,
                st.text(max_size=3),
                error=st.none() | st.just("404"),
                failures=st.integers(0, 9),
                succeeded_at=st.none() | st.just(NOW),
            ),
            st.none() | st.datetimes(timezones=st.just(UTC)),
            st.floats(0, 900),
            st.integers(0, 100),
        ),
        max_size=9,
    ),
    by=st.sampled_from(ORDERS),
    back=st.booleans(),
)
def test_no_order_loses_or_doubles_a_feed(
    feeds: list[FeedHealth], by: Order, *, back: bool
) -> None:
    ordered = health.ordered(feeds, by, NOW, back=back)

    assert sorted(map(repr, ordered)) == sorted(map(repr, feeds))


def test_trouble_is_told_in_words() -> None:
    assert well("x", error="the server answered 404").trouble == "the server answered 404"
    assert well("x", error="404", failures=3).trouble == "3 times in a row: 404"
    moved = well("x", moved_to="https://ada:word@there.example/feed")
    assert moved.trouble == "moved to https://there.example/feed"
    assert well("x", checked_at=None).trouble == "never asked"
    assert well("x").trouble == ""
