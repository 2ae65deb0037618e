"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from autotui import schedule

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)


def wait(
    failures: int, retry_after: float | None = None, *, reached: bool = True
) -> timedelta:
    again = schedule.after_failure(NOW, 60, failures, retry_after, reached=reached)
    return again - NOW


def test_a_feed_that_answered_is_left_alone_for_its_interval() -> None:
    assert schedule.after_success(NOW, 45) - NOW == timedelta(minutes=45)


def test_the_wait_doubles_with_each_failure_up_to_a_day() -> None:
    hours = [wait(failures) / timedelta(hours=1) for failures in (1, 2, 3, 4, 5, 6, 99)]
    assert hours == [1, 2, 4, 8, 16, 24, 24]


def test_a_feed_that_was_not_reached_is_asked_again_soon() -> None:
    minutes = [wait(n, reached=False) / timedelta(minutes=1) for n in (1, 2, 3, 99)]
    assert minutes == [1, 2, 4, 24 * 60]


def test_what_the_server_asks_for_is_the_least() -> None:
    assert wait(1, 7200) == timedelta(hours=2)
    assert wait(3, 7200) == timedelta(hours=4)


@given(
    st.integers(5, 10_080),
    st.integers(0, 10**9),
    st.one_of(st.none(), st.floats(0, allow_nan=False)),
    st.booleans(),
)
def test_no_wait_is_longer_than_a_day(
    minutes: int,
    failures: int,
    retry_after: float | None,
    reached: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    again = schedule.after_failure(NOW, minutes, failures, retry_after, reached=reached)
    assert timedelta(0) < again - NOW <= schedule.MAX_WAIT
