"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from autotui import schedule
from autotui.model import Pace

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)
"""A Wednesday."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

NUMBERS = st.one_of(st.floats(), st.integers(-(10**30), 10**30).map(float))
MINUTES = st.integers(5, 10_080)
PACES = st.builds(
    Pace,
    minutes=st.integers(-(10**30), 10**30),
    skip_hours=st.lists(st.integers(-30, 30), max_size=40).map(tuple),
    skip_days=st.lists(st.integers(-10, 10), max_size=12).map(tuple),
)
MOMENTS = st.datetimes(timezones=st.just(UTC))
"""Any, the first and last of the calendar included."""
GAPS = st.one_of(st.none(), st.timedeltas(timedelta(0)))


def wait(
    failures: int,
    retry_after: float | None = None,
    *,
    reached: bool = True,
    feed_id: int = 0,
) -> timedelta:
    again = schedule.after_failure(
        NOW, 60, failures, retry_after, reached=reached, feed_id=feed_id
    )
    return again - NOW


def after(
    minutes: int = 60,
    pace: Pace = Pace(),  # noqa: B008 - frozen
    fresh_seconds: float = 0.0,
    gap: timedelta | None = None,
    now: datetime = NOW,
) -> timedelta:
    due = schedule.after_success(
        now, minutes, pace=pace, fresh_seconds=fresh_seconds, gap=gap
    )
    return due - now


def test_a_feed_that_answered_is_left_alone_for_the_readers_interval() -> None:
    assert after(45) == timedelta(minutes=45)
    assert after(10_080) == timedelta(days=7)


def test_what_server_and_publisher_say_only_lengthens_the_wait() -> None:
    assert after(60, Pace(minutes=240)) == 4 * HOUR
    assert after(60, fresh_seconds=7_200) == 2 * HOUR
    assert after(60, Pace(minutes=5), fresh_seconds=60.0) == HOUR
    assert after(60, Pace(minutes=10**12), fresh_seconds=1e300) == DAY
    assert after(60, fresh_seconds=float("nan")) == HOUR


def test_a_feed_is_asked_as_often_as_it_publishes() -> None:
    # Ten stories a day, one a day, one a month.
    assert after(gap=2.4 * HOUR) == HOUR
    assert after(gap=DAY) == 2 * HOUR
    assert after(gap=30 * DAY) == schedule.MAX_RHYTHM == 12 * HOUR
    assert after(1_440, gap=30 * DAY) == DAY


def test_the_rhythm_is_the_mean_gap_of_the_newest_stories_up_to_now() -> None:
    daily = [NOW - at * DAY for at in range(1, 100)]
    assert schedule.gap(daily, NOW) == DAY
    # One that fell silent is slow, and what is dated tomorrow tells nothing.
    assert schedule.gap(daily, NOW + 190 * DAY) == 20 * DAY
    assert schedule.gap([NOW + DAY], NOW) is None
    assert schedule.gap([], NOW) is None


def test_a_feed_is_not_asked_at_the_hours_it_skips() -> None:
    skipping = Pace(skip_hours=(13, 14, 15))
    assert NOW + after(60, skipping) == NOW.replace(hour=16)
    assert after(60, Pace(skip_hours=(12, 14))) == HOUR
    late = NOW.replace(hour=22, minute=30)
    night = Pace(skip_hours=(23, 0, 1, 2, 3, 4, 5))
    assert late + after(60, night, now=late) == datetime(2024, 6, 6, 6, tzinfo=UTC)


def test_a_feed_is_not_asked_on_the_days_it_skips_and_once_a_day_at_most_waited() -> None:
    friday = datetime(2024, 6, 7, 23, 30, tzinfo=UTC)
    sunday = datetime(2024, 6, 9, 22, 30, tzinfo=UTC)
    weekend = Pace(skip_days=(5, 6))
    assert after(60, weekend, now=friday) == DAY
    assert sunday + after(60, weekend, now=sunday) == datetime(2024, 6, 10, tzinfo=UTC)


def test_a_feed_that_would_never_be_asked_is_asked_all_the_same() -> None:
    assert after(60, Pace(skip_hours=tuple(range(24)))) == HOUR
    assert after(60, Pace(skip_days=tuple(range(7)))) == HOUR


def test_the_wait_doubles_with_each_failure_up_to_a_day() -> None:
    hours = [wait(failures) / HOUR for failures in (1, 2, 3, 4, 5, 6, 99)]
    for told, least in zip(hours, [1, 2, 4, 8, 16, 24, 24], strict=True):
        assert least <= told <= min(least * 1.25, 24)


def test_feeds_that_failed_together_do_not_come_back_together() -> None:
    waits = {wait(1, feed_id=feed_id) for feed_id in range(100)}
    assert len(waits) == 100
    assert max(waits) - min(waits) > timedelta(minutes=10)
    assert wait(1, feed_id=7) == wait(1, feed_id=7)


def test_a_feed_that_was_not_reached_is_asked_again_soon() -> None:
    minutes = [wait(n, reached=False) / timedelta(minutes=1) for n in (1, 2, 3, 99)]
    for told, least in zip(minutes, [1, 2, 4, 24 * 60], strict=True):
        assert least <= told <= min(least * 1.25, 24 * 60)


def test_what_the_server_asks_for_is_the_least() -> None:
    assert wait(1, 7200) == 2 * HOUR
    assert wait(3, 7200) >= 4 * HOUR
    assert wait(1, 1e300) == DAY


@given(MINUTES, st.integers(), st.none() | NUMBERS, st.booleans(), MOMENTS)
def test_a_failed_feed_is_due_in_the_future_and_within_a_day(
    minutes: int,
    failures: int,
    retry_after: float | None,
    reached: bool,  # noqa: FBT001 - hypothesis gives it
    now: datetime,
) -> None:
    again = schedule.after_failure(now, minutes, failures, retry_after, reached=reached)
    left = datetime.max.replace(tzinfo=UTC) - now
    assert min(timedelta(minutes=1), left) <= again - now <= schedule.MAX_WAIT


@given(MINUTES, st.integers(0, 60), st.none() | NUMBERS, st.booleans(), st.integers())
def test_no_further_failure_makes_the_wait_shorter(
    minutes: int,
    failures: int,
    retry_after: float | None,
    reached: bool,  # noqa: FBT001 - hypothesis gives it
    feed_id: int,
) -> None:
    now, then = (
        schedule.after_failure(
            NOW, minutes, count, retry_after, reached=reached, feed_id=feed_id
        )
        for count in (failures, failures + 1)
    )
    assert now <= then


@given(MINUTES, PACES, NUMBERS, GAPS, MOMENTS)
def test_a_good_feed_is_due_no_sooner_than_the_reader_wants_and_within_a_day(
    minutes: int, pace: Pace, fresh_seconds: float, gap: timedelta | None, now: datetime
) -> None:
    due = schedule.after_success(
        now, minutes, pace=pace, fresh_seconds=fresh_seconds, gap=gap
    )
    own = timedelta(minutes=minutes)
    left = datetime.max.replace(tzinfo=UTC) - now
    assert min(own, left) <= due - now <= max(DAY, own)


@given(st.lists(MOMENTS), MOMENTS)
def test_any_dates_have_a_rhythm_or_none(dates: list[datetime], now: datetime) -> None:
    found = schedule.gap(dates, now)
    assert found is None or found >= timedelta(0)
