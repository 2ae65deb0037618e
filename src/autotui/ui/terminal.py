"""The app as a good guest of the terminal: nothing hostile gets out, nothing stays behind.

Each remedy answers something measured on Textual 8.2: control characters of any text
reach the terminal; SIGTERM and SIGHUP leave its modes on; a terminal that went away
leaves the app running; after ``fg`` the screen stays blank; a crash prints the feeds'
contents for seconds.
"""

import asyncio
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Final

from textual import on
from textual.app import App
from textual.events import Event, InputEvent
from textual.filter import LineFilter
from textual.message import Message
from textual.messages import ExitApp
from textual.notifications import SeverityLevel

from autotui import clean
from autotui.ui import garbage
from autotui.ui.safe import SafeFilter

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)
_SIGNALLED: Final = 128
"""A shell's way to say "ended by signal n" is exit code 128 + n."""
_PUSH_TITLE, _POP_TITLE = "\x1b[22;0t", "\x1b[23;0t"


class TerminalApp(App[None]):
    """Restores the terminal however it ends, and lets no control byte through."""

    class Leave(Message):
        """The reader wants to leave."""

    _safe_filter: Final = SafeFilter()

    def __init__(self, crash_file: Path, farewell: Callable[[], None]) -> None:
        super().__init__()
        garbage.without_loops()
        self._collecting = garbage.Collecting()
        self._farewell = farewell
        """What must be done before the process ends without the app's own end."""
        # Scrolling by animation costs 60 to 460 ms of CPU for every page.
        self.animation_level = "none"
        self.crash_file = crash_file
        self.crashed = False
        self._opened = False
        self._left = False

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the last line of defence against control characters."""
        return [*super().get_line_filters(), self._safe_filter]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a note; its text is never read as markup."""
        super().notify(
            clean.line(message),
            title=title,
            severity=severity,
            timeout=timeout,
            markup=markup,
        )

    def on_load(self) -> None:
        """Leave by the front door when asked to from outside."""
        loop = asyncio.get_running_loop()
        if not self.is_headless:
            for number in _SIGNALS:
                loop.add_signal_handler(number, self._leave, number)

    def on_mount(self) -> None:
        """Watch the terminal, and repaint when it is ours again."""
        self.app_resume_signal.subscribe(
            self, lambda _: self.call_later(self.refresh, layout=True)
        )
        if not self.is_headless:
            self._write(_PUSH_TITLE)
            watch = Thread(target=self._leave_a_dead_terminal, daemon=True)
            watch.start()

    def on_ready(self) -> None:
        """Collect garbage from now on; while modules load it is switched off."""
        self._collecting.settle()
        self._opened = True

    async def on_event(self, event: Event) -> None:
        """Collect garbage when no key or click came for a while."""
        if isinstance(event, InputEvent):
            self._collecting.put_off()
        await super().on_event(event)

    @on(ExitApp)
    def _note_leaving(self) -> None:
        self._left = True

    def on_unmount(self) -> None:
        """Give the window its own title back."""
        if not self.is_headless:
            self._write(_POP_TITLE)

    def set_window_title(self, title: str) -> None:
        """Name the terminal's window (OSC 2, as xterm and its heirs know it)."""
        if not self.is_headless:
            self._write(f"\x1b]2;{clean.line(title, 120)}\x07")

    def action_suspend(self) -> None:
        """Stop, as Ctrl-Z does elsewhere, until ``fg``."""
        self.action_suspend_process()

    async def action_quit(self) -> None:
        """Leave, after the keys that were pressed before this one have done their work."""
        # This key has priority and so overtakes those that are still bubbling up from
        # the focused pane: bubble up behind them.
        (self.focused or self.screen).post_message(self.Leave())

    @on(Leave)
    def _leave_in_turn(self) -> None:
        self.exit()

    def _write(self, text: str) -> None:
        if self._driver is not None:
            self._driver.write(text)

    def _leave(self, number: int) -> None:
        self.exit(return_code=_SIGNALLED + number)

    def _leave_a_dead_terminal(self) -> None:
        """Wait, in a thread, for the terminal (or server) to go, and end the process then.

        Nobody may send a signal (nohup, disown), and a write to a dead terminal blocks
        the event loop for good: there is no way out through the app.
        """
        if sys.__stdin__ is None:
            return
        poll = select.poll()
        poll.register(sys.__stdin__.fileno(), 0)
        # Where a system cannot poll terminals there is nothing to wait for.
        if not any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll()):
            return
        self._farewell()
        os._exit(_SIGNALLED + signal.SIGHUP)

    def _handle_exception(self, error: Exception) -> None:
        # Who leaves while the app opens leaves screens behind that were never filled:
        # that these fail is no bug.
        if self._opened or not self._left:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Write a report instead of a traceback full of what the feeds said."""
        self.crashed = True
        report = traceback.format_exc()
        self.crash_file.parent.mkdir(parents=True, exist_ok=True)
        with self.crash_file.open("a", encoding="utf-8") as file:
            file.write(clean.masked(clean.text(report)) + "\n")
        self._close_messages_no_wait()
