"""What was learned from the reader, a tag at a time, and the way to forget it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from autotui.drivetrain.learned import PLAIN_NEEDS, Lesson, Telling
from autotui.model import EV_DRIVETRAIN
from autotui.ui.safe import stable
from autotui.ui.screens.base import Dialog, LibraryScreen
from autotui.ui.sheet import Flow, Sheet, set_to
from autotui.ui.widgets.page import Page
from autotui.ui.widgets.status import Status

if TYPE_CHECKING:
    from autotui.library import Library

_SHOWN: Final = 25
"""Words and cues for a tag, and as many against it."""
_WHERE: Final = {
    "title": "in titles",
    "word": "in texts",
    "cue": "cue of the lexicon",
}
_HINTS: Final = (("q", "Back"), ("Tab", "Next tag"), ("r", "Reset"))


class LearnedPage(Page):
    """Shows a lesson."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--title",
        "page--label",
        "page--for",
        "page--against",
    }

    lesson: var[Lesson | None] = var(None, init=False)

    def typeset(self, width: int) -> Sheet:
        """Set the lesson to a width."""
        return set_to(width, tuple(told(self.lesson)) if self.lesson else ())

    def watch_lesson(self) -> None:
        """Begin at the top."""
        self.show_text(keep_place=False)


class LearnedScreen(LibraryScreen[bool]):
    """Shows what was learned of each tag; gives whether any of it was forgotten."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back"),
        Binding("tab,l,right", "step(1)", "Next tag"),
        Binding("shift+tab,h,left", "step(-1)", "Tag before"),
        Binding("r", "reset", "Reset"),
    ]

    lesson: var[Lesson | None] = var(None)

    def __init__(self, library: "Library") -> None:
        super().__init__(library)
        self._tags: tuple[str, ...] = (EV_DRIVETRAIN,)
        self._at = 0
        self._forgotten = False

    def compose(self) -> ComposeResult:
        """Put the page over a line of keys."""
        yield LearnedPage().data_bind(LearnedScreen.lesson)
        yield Status()

    def on_mount(self) -> None:
        """Show the first tag."""
        self.set_class(self.autotui.looks.ascii, "-ascii")
        self.query_one(Status).hints = _HINTS
        self._show()

    @work(exclusive=True, exit_on_error=False, group="lesson")
    async def _show(self) -> None:
        await self._load()

    async def _load(self) -> Lesson:
        self._tags = await self.library.judging.taught()
        self._at = min(self._at, len(self._tags) - 1)
        lesson = await self.library.judging.lesson(self._tags[self._at])
        self.lesson = lesson
        return lesson

    def watch_lesson(self, lesson: Lesson | None) -> None:
        """Name the tag, and which of how many it is."""
        if lesson is not None:
            among = f" · {self._at + 1} of {len(self._tags)}" if len(self._tags) > 1 else ""
            title = f"What was learned · #{stable(lesson.tag)}{among}"
            self.query_one(LearnedPage).border_title = Content(title)

    def action_step(self, step: int) -> None:
        """Go to another tag, round and round."""
        self._at = (self._at + step) % len(self._tags)
        self._show()

    def action_leave(self) -> None:
        """Go back to the stories."""
        self.dismiss(self._forgotten)

    @work(exclusive=True, exit_on_error=False, group="lesson")
    async def action_reset(self) -> None:
        """Forget what was learned of the tag, if that is really meant."""
        # Of the tag that was gone to, even where it is not on screen yet.
        lesson = await self._load()
        if not lesson.accepted + lesson.rejected:
            self.notify(f"Nothing was learned of #{stable(lesson.tag)} yet.")
            return

        def forget(sure: bool | None) -> None:  # noqa: FBT001 - a screen's answer
            if sure:
                self._forget(lesson.tag)

        self.app.push_screen(ForgetScreen(lesson), forget)

    @work(exit_on_error=False, group="forget")
    async def _forget(self, tag: str) -> None:
        forgotten = await self.library.judging.forget(tag)
        self._forgotten = True
        self.notify(f"Forgotten: what {forgotten} verdicts on #{stable(tag)} taught.")
        self._show()


class ForgetScreen(Dialog[bool]):
    """Asks whether what was learned of a tag shall be forgotten."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Forget"),
        Binding("n,q,escape", "dismiss(False)", "Keep"),
    ]

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self._lesson = lesson

    def compose(self) -> ComposeResult:
        """Say what is lost, and what stays."""
        verdicts = _counted(self._lesson.accepted + self._lesson.rejected, "verdict")
        after = "Scores are those of the lexicon again. "
        with Vertical(classes="dialog narrow") as dialog:
            dialog.border_title = Content(f"Reset #{stable(self._lesson.tag)}")
            yield Static(
                Content(
                    f"Forget what {verdicts} taught? There is no undo.\n\n"
                    f"{after if self._lesson.tag == EV_DRIVETRAIN else ''}"
                    "The tags themselves stay, and so do the verdicts."
                )
            )
            yield Static(Content("y forgets · Esc keeps it"), classes="note")


def told(lesson: Lesson) -> Iterator[Flow]:
    """Tell a lesson: how many verdicts, and what speaks for the tag and against it."""
    yield Flow(_summary(lesson), "title")
    yield from map(Flow, _remarks(lesson))
    for label, style, speaks in (("For", "for", True), ("Against", "against", False)):
        strong = [each for each in lesson.telling if (each.weight > 0) is speaks]
        if strong:
            yield Flow(label, "label")
            yield from _lines(strong[:_SHOWN], style)
        if len(strong) > _SHOWN:
            yield Flow(f"and {len(strong) - _SHOWN:,} weaker ones", "label", gap=False)


def _summary(lesson: Lesson) -> str:
    if not lesson.accepted + lesson.rejected:
        return "Nothing yet."
    return f"{lesson.accepted:,} accepted, {lesson.rejected:,} rejected"


def _remarks(lesson: Lesson) -> Iterator[str]:
    """Say what the weights do, or why there are none."""
    if lesson.tag == EV_DRIVETRAIN:
        yield (
            "Each time you tag a story ev-drivetrain or reject one, its words and cues are "
            "counted. Cues keep the weight that the lexicon gives them, less what is told "
            "here; words of titles add to it."
        )
    elif lesson.accepted < PLAIN_NEEDS:
        yield (
            f"From {PLAIN_NEEDS} stories on that you gave this tag, their words suggest it "
            "for others, in the tag dialog."
        )
    else:
        yield "These words suggest the tag in the tag dialog, or speak against it."


def _lines(telling: Iterable[Telling], style: str) -> Iterator[Flow]:
    for each in telling:
        word = stable(each.word.replace("_", " ") if each.kind == "cue" else each.word)
        counts = f"{each.accepted:,} accepted, {each.rejected:,} rejected"
        text = f"{word} ({_WHERE[each.kind]}: {counts})"
        runs = ((0, len(word), style), (len(word), len(text), "label"))
        first = f"{each.weight:+.2f} "
        yield Flow(text, runs=runs, first=first, rest=" " * len(first), gap=False)


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}" + ("" if number == 1 else "s")
