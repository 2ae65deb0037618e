import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from autotui.ui import render
from autotui.ui.render import Looks
from autotui.ui.sheet import Parts
from autotui.ui.sidebar import Row
from ui.stage import HOSTILE, NOW, article

LOOKS = Looks()


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def text(parts: Parts) -> str:
    return "".join(part for part, _ in parts)


def row(width: int = 80, **changes: object) -> str:
    return text(render.article_row(article(**changes), width, NOW, LOOKS))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ago", "shown"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=5, seconds=59), "5m"),
        (timedelta(minutes=60), "1h"),
        (timedelta(hours=23, minutes=59), "23h"),
        (timedelta(days=2, hours=3), "2d"),
        (timedelta(days=7), "5 Jun"),
        (timedelta(days=400), "8 May 2024"),
    ],
)
def test_an_age_is_as_short_as_it_can_be(ago: timedelta, shown: str) -> None:
    assert render.age(NOW - ago, NOW) == shown


def test_an_age_knows_the_readers_own_year() -> None:
    new_year = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)

    assert render.age(new_year, NOW) == "1 Jan"


def test_a_moment_is_local_time() -> None:
    at = datetime(2019, 6, 5, 16, 34, tzinfo=UTC)

    assert render.moment(at) == "Wed 5 Jun 2019, 18:34 CEST"


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar_can_be_shown(year: int) -> None:
    first, last = (
        datetime(year, 1, 1, tzinfo=UTC),
        datetime(year, 12, 31, 23, 59, tzinfo=UTC),
    )

    assert render.moment(first)
    assert render.moment(last)


@pytest.mark.parametrize(
    ("words", "shown"),
    [(0, ""), (1, "1\u00a0min"), (230, "1\u00a0min"), (231, "2\u00a0min")],
)
def test_reading_time_is_rounded_up(words: int, shown: str) -> None:
    assert render.reading_time(words) == shown


def test_a_row_shows_marks_title_tag_outlet_and_age() -> None:
    shown = row(starred=True, later=True, tags=("ev-drivetrain", "axles"))

    assert shown.startswith("●★◔Story 1 ")
    assert shown.endswith(" #ev +1  Volt Weekly          1h ")


def test_a_read_row_is_not_bold() -> None:
    unread = render.article_row(article(), 80, NOW, LOOKS)
    read = render.article_row(article(read=True), 80, NOW, LOOKS)

    assert "unread" in [style for _, style in unread]
    assert "unread" not in [style for _, style in read]


def test_a_narrow_row_drops_tags_then_outlet_then_age() -> None:
    tagged = {"tags": ("axles",)}

    assert "#axles  Volt" in row(60, **tagged)
    assert "#  Volt" in row(59, **tagged)
    assert "Volt" not in row(43, **tagged)
    assert row(24, **tagged).endswith("#     1h ")
    assert row(23, **tagged).endswith(" #")


@settings(deadline=None)
@given(st.integers(0, 130), st.sampled_from(HOSTILE), st.booleans())
def test_a_row_is_as_wide_as_told(width: int, title: str, ascii_: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    story = article(title=title, feed_title=title, tags=(title,))
    shown = text(render.article_row(story, width, NOW, Looks(ascii=ascii_)))

    assert cell_len(shown) == max(width, 5)


def test_an_old_story_keeps_the_columns_of_the_others() -> None:
    old = row(published_at=NOW - timedelta(days=900), tags=("a",))

    assert old.index("Volt") == row(tags=("a",)).index("Volt")
    assert old.endswith("Volt Weekly 25 Dec 2022 ")


def test_the_drivetrain_tag_comes_first_and_short() -> None:
    assert render.short_tags(("axles", "ev-drivetrain"), LOOKS) == "#ev +1"
    assert render.short_tags(("a-very-long-name-of-a-tag",), LOOKS) == "#a-very-long…"
    assert render.short_tags((), LOOKS) == ""


def test_a_feed_row_shows_its_count_at_the_right_and_no_zero() -> None:
    some = text(render.feed_row(Row("feed", "Volt Weekly", "feed:1", 12), 20, LOOKS))
    none = text(render.feed_row(Row("feed", "Volt Weekly", "feed:1"), 20, LOOKS))

    assert some == "Volt Weekly      12 "
    assert none == "Volt Weekly         "


def test_a_feed_with_an_error_shows_an_alarm() -> None:
    ill = Row("feed", "Volt Weekly", "feed:1", 12, depth=1, error="HTTP 503")

    assert text(render.feed_row(ill, 17, LOOKS)) == "  Volt Wee… ! 12 "


@settings(deadline=None)
@given(
    st.integers(12, 60),
    st.sampled_from(HOSTILE),
    st.sampled_from(["smart", "folder", "feed", "tag", "heading"]),
)
def test_a_feed_row_is_as_wide_as_told(width: int, label: str, kind: str) -> None:
    shown = render.feed_row(Row(kind, label, "", 7, error="x"), width, LOOKS)  # type: ignore[arg-type]

    assert cell_len(text(shown)) == width


def test_the_ascii_set_is_ascii() -> None:
    story = article(starred=True, later=True, suggested=True, title="A long title " * 9)
    looks = Looks(ascii=True)
    folder = Row("folder", "A long name " * 9, "folder:x", 3)

    assert text(render.article_row(story, 70, NOW, looks)).isascii()
    assert text(render.feed_row(folder, 20, looks)).isascii()
    assert looks.cursor.isascii()


def test_a_suggestion_shows_its_sign_and_where_there_is_room_its_score() -> None:
    waiting = {"suggested": True, "score": 0.874, "tags": ("axles",)}

    assert " ◇ 87% #axles  Volt" in row(70, **waiting)
    assert " ◇ 87% #  Volt" in row(56, **waiting)
    assert " ◇ #  Volt" in row(55, **waiting)
    assert row(24, **waiting).startswith("●  Story 1")


def test_a_score_is_no_whole_that_it_is_not() -> None:
    assert [render.percent(score) for score in (0, 0.001, 0.5, 0.999, 1)] == [
        "0%",
        "1%",
        "50%",
        "99%",
        "100%",
    ]


def test_a_rejected_suggestion_shows_that_it_was_one() -> None:
    shown = text(render.article_row(article(rejected=True), 60, NOW, LOOKS))
    plain = Looks(ascii=True)

    assert " ✗  Volt" in shown
    assert " x  Volt" in text(render.article_row(article(rejected=True), 60, NOW, plain))
    waiting = article(suggested=True)
    assert " ?  0%  Volt" in text(render.article_row(waiting, 60, NOW, plain))


def test_what_is_looked_for_is_marked_in_the_title_alone() -> None:
    story = article(title="Élégant inverters", feed_title="Inverter News")

    shown = render.article_row(story, 80, NOW, LOOKS, ("elegant", "inverter*"))

    marked = [part for part, style in shown if "match" in style]
    assert marked == ["Élégant", "inverters"]
    assert text(shown) == text(render.article_row(story, 80, NOW, LOOKS))


def test_what_takes_too_long_to_count_has_a_question_mark() -> None:
    row = Row("query", "Axles", "axle", slow=True)

    assert text(render.feed_row(row, 20, LOOKS)).endswith(" ? ")
