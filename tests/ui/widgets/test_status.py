from autotui.ui.widgets.status import Status
from ui.stage import HOSTILE, Stage, drawn, widths

HINTS = (("Space", "Read on"), ("n", "Next unread"), ("?", "Help"))


async def test_state_stands_left_and_hints_right() -> None:
    status = Status()
    status.state, status.hints = "Refreshing 3/12", HINTS
    async with Stage(status).run_test(size=(60, 3)) as pilot:
        await pilot.pause()

        assert drawn(status)[0].startswith(" Refreshing 3/12 ")
        assert drawn(status)[0].endswith(" Space Read on  n Next unread  ? Help")


async def test_hints_that_do_not_fit_go_from_the_end() -> None:
    status = Status()
    status.state, status.hints = "Refreshing 3/12", HINTS
    async with Stage(status).run_test(size=(48, 3)) as pilot:
        await pilot.pause()
        assert drawn(status)[0].endswith(" n Next unread")

        status.state = "Refreshing 3/12 · Volt Weekly"
        await pilot.pause()
        assert drawn(status)[0].endswith(" Space Read on")

        status.state = "Refreshing 3/12 · Volt Weekly " * 3
        await pilot.pause()
        assert drawn(status)[0].endswith("…")


async def test_hostile_states_are_text() -> None:
    for text in HOSTILE:
        status = Status()
        status.state, status.hints = text, ((text, text),)
        async with Stage(status).run_test(size=(70, 3)) as pilot:
            await pilot.pause()
            assert widths(status) == {70}
            assert not set(drawn(status)[0]) & set("\x00\x07\x1b\x9b\x9d\u202e\n\t")
