"""What the reader writes to files: all subscriptions, and the stories that are listed."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Protocol

from textual import work

from autotui import query
from autotui.model import how_many
from autotui.ui.screens.feeding import expanded
from autotui.ui.screens.saving import Saving


class _Writes(Protocol):
    def __call__(self, file: Path, *, over: bool) -> Coroutine[object, object, str]:
        """Write a file; say what was written, "" if there is such a file already."""


class Writing(Saving):
    """Adds the verbs that write files."""

    def action_export_opml(self) -> None:
        """Ask for a file to write all subscriptions to."""
        self._write_typed(
            ("Write all feeds to an OPML file", "~/autotui.opml"),
            "Other readers can read it; passwords in addresses stay out.",
            self._write_feeds,
        )

    def action_export_list(self) -> None:
        """Ask for a file to write the stories that are listed to."""
        text = query.joined(self.row.query, self.scope)

        async def write(file: Path, *, over: bool) -> str:
            count = await self.library.searching.export(text, file, over=over)
            return "" if count is None else how_many(count)

        self._write_typed(
            ("Write what is listed to a file", "~/autotui.csv"),
            "Its ending says in which form: .csv, .jsonl, .md or .epub (a book).",
            write,
        )

    async def _write_feeds(self, file: Path, *, over: bool) -> str:
        written = await self.library.upkeep.save_opml(file, over=over)
        return f"{len(self.subscribed)} feeds" if written else ""

    def _write_typed(self, asked: tuple[str, str], note: str, write: _Writes) -> None:
        """Ask for the file by a title and a name that makes sense, and write it."""
        from autotui.ui.screens.adding import SaveScreen

        def take(typed: str | None) -> None:
            if typed:
                self._write(expanded(typed), write)

        self.app.push_screen(SaveScreen(*asked, note), take)

    @work(exit_on_error=False, group="save")
    async def _write(self, file: Path, write: _Writes, *, over: bool = False) -> None:
        self.tell("writing", f"Writing {file.name} …")
        try:
            written = await write(file, over=over)
        finally:
            self.tell("writing")
        if written:
            self.notify(f"Wrote {written} to {file}.")
        else:
            self._confirm(file, lambda: self._write(file, write, over=True))

    def _confirm(self, file: Path, replace: Callable[[], object]) -> None:
        from autotui.ui.screens.confirming import ConfirmScreen

        def answer(sure: bool | None) -> None:  # noqa: FBT001 - a screen's answer
            if sure:
                replace()

        question = f"There is a file {file} already.\nReplace it?"
        self.app.push_screen(ConfirmScreen("Write a file", question, "replaces it"), answer)
