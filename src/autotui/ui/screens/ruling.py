"""The page of rules: what each does, how often it did, and all that can be changed."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from autotui.model import how_many
from autotui.rules import Draft, Rule
from autotui.ui.safe import stable
from autotui.ui.screens.base import Done, PageScreen
from autotui.ui.screens.confirming import ConfirmScreen
from autotui.ui.widgets.rule_list import RuleLine, RuleList
from autotui.ui.widgets.status import Status

if TYPE_CHECKING:
    from autotui.library import Library

_HINTS: Final = (
    *(("q", "Back"), ("a", "Add"), ("Enter", "Edit"), ("Space", "On or off")),
    *(("A", "Run on old stories"), ("d", "Delete"), ("u", "Undo"), ("U", "Redo")),
)
_UNDO: Final = "One u takes all of it back."
_DOES: Final = {"star": "star", "later": "read later", "read": "mark read"}


class RulesScreen(PageScreen[None]):
    """Shows the rules; those that are offered stand above them until they are settled."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,W", "leave", "Back"),
        Binding("a", "add", "Add"),
        Binding("enter,E", "edit", "Edit"),
        Binding("space", "turn", "On or off"),
        Binding("A", "apply", "Run on old stories"),
        Binding("d", "delete", "Delete"),
        Binding("u", "undo", "Undo"),
        Binding("U", "redo", "Redo"),
    ]

    def __init__(self, library: "Library", looked_for: str = "") -> None:
        super().__init__(library)
        self._looked_for = looked_for
        """The query of the list before: a new rule may be about the same stories."""
        self._offered: tuple[Draft, ...] = ()
        self._rules: tuple[Rule, ...] = ()

    def compose(self) -> ComposeResult:
        """Put the list over the rule at hand in full, and a line of keys."""
        yield RuleList()
        yield Static(Content(""), id="rule")
        yield Status()

    def on_mount(self) -> None:
        """Read the rules."""
        self.set_class(self.autotui.looks.ascii, "-ascii")
        self.query_one(Status).hints = _HINTS
        self.list.looks = self.autotui.looks
        self.list.empty = (
            "There is no rule yet. a adds one: a query, and what is done to its stories "
            "as they come."
        )
        self.list.focus()
        self.load()

    @property
    def list(self) -> RuleList:
        """The rules."""
        return self.query_one(RuleList)

    @property
    def at_hand(self) -> Rule | Draft | None:
        """The rule under the cursor."""
        every: tuple[Rule | Draft, ...] = (*self._offered, *self._rules)
        return every[self.list.cursor] if self.list.cursor < len(every) else None

    def action_add(self) -> None:
        """Ask for a new rule."""
        # At once: what is typed next is meant for the dialog.
        self._compose_rule(Draft("", self._looked_for, ()))

    @on(RuleList.Chosen)
    def action_edit(self) -> None:
        """Ask for what is to be changed, or look at what is offered."""
        self._to_rule(
            lambda rule: self._compose_rule(
                Draft(rule.name, rule.query, rule.actions, rule.id)
            ),
            self._compose_rule,
        )

    def action_turn(self) -> None:
        """Run the rule from now on, or no longer."""
        self._to_rule(self._turn)

    def action_apply(self) -> None:
        """Do to the stories that are here what the rule does."""
        self._to_rule(self._ask_apply)

    def action_delete(self) -> None:
        """Delete the rule, what it did stays; or refuse what is offered."""
        self._to_rule(self._delete, self._refuse)

    def _to_rule(
        self,
        verb: Callable[[Rule], object],
        offered: Callable[[Draft], object] | None = None,
    ) -> None:
        def act() -> None:
            match self.at_hand:
                case Rule() as rule:
                    verb(rule)
                case Draft() as draft:
                    (offered or self._look_first)(draft)

        self.list.then(act)

    def _look_first(self, _: Draft) -> None:
        self.notify("This rule is only offered. Enter looks at it, d refuses it.")

    def _compose_rule(self, draft: Draft) -> None:
        from autotui.ui.screens.composing import RuleScreen

        def keep(kept: Draft | None) -> None:
            if kept is None:
                return
            stored = self.library.rules.save(kept)
            if draft in self._offered:
                self._settle(self.library.rules.settle(draft))
            told = f"Kept rule {stable(kept.name)}; A does it to old stories as well."
            self._settle(stored, told)

        taken = [rule.name for rule in self._rules]
        self.app.push_screen(RuleScreen(self.library, draft, taken), keep)

    def _turn(self, rule: Rule) -> None:
        on_ = not rule.enabled
        word = "It is run on what comes." if on_ else "It is run no more."
        self._settle(self.library.rules.enable(rule, on=on_), f"{word} u takes that back.")

    def _delete(self, rule: Rule) -> None:
        told = f"Deleted rule {stable(rule.name)}, what it did stays. u brings it back."
        self._settle(self.library.rules.delete(rule), told)

    def _refuse(self, draft: Draft) -> None:
        self._settle(self.library.rules.settle(draft), "It is offered no more.")

    @work(exclusive=True, exit_on_error=False, group="ask")
    async def _ask_apply(self, rule: Rule) -> None:
        """Say how many stories it would change before it does."""
        found = await self.library.rules.preview(rule.query, rule.actions)
        if not found:
            self.notify("There is no story that it would change.")
            return
        title = f"Rule {stable(rule.name)}"

        def apply(sure: bool | None) -> None:  # noqa: FBT001 - a screen's answer
            if sure:
                self._settle(self.library.rules.apply(rule), "", label=True)

        here = f"That is for {how_many(len(found))} already here. {_UNDO}"
        question = f"{_told(rule.actions)}\n\n{here}"
        self.app.push_screen(ConfirmScreen(title, question, "does it"), apply)

    def _settle(
        self, stored: Awaitable[Done | None], told: str = "", *, label: bool = False
    ) -> None:
        # What is typed next is meant for the list as it is after this.
        self.list.wait()
        self._settled(stored, told, label=label)

    @work(exit_on_error=False, group="change")
    async def _settled(
        self, stored: Awaitable[Done | None], told: str, *, label: bool
    ) -> None:
        """Wait for what is being stored, and show the rules as they are then."""
        try:
            step = await stored
            if label and step:
                told = f"Done: {step.label}. {_UNDO}"
            if told:
                self.notify(told)
        finally:
            await self.show()

    async def read(self) -> None:
        """Show the rules as they are stored."""
        self._offered = await self.library.rules.offered()
        self._rules = await self.library.rules.every()
        offered = (RuleLine(each, "new", each.name, _line(each)) for each in self._offered)
        rules = (
            RuleLine(each.id, _state(each), each.name, _line(each), each.hits)
            for each in self._rules
        )
        self.list.lines = (*offered, *rules)
        self.list.border_title = Content(f"Rules · {len(self._rules):,}")
        self._show_whole()

    @on(RuleList.Highlighted)
    def _show_whole(self) -> None:
        """Show the rule at hand in full."""
        told = ""
        if (rule := self.at_hand) is not None:
            told = f"{stable(rule.query)}\n{_told(rule.actions)}"
            if isinstance(rule, Draft):
                told = f"{told}\nOffered after your corrections: Enter looks, d refuses."
            elif rule.trouble:
                told = f"{told}\nDisabled: {stable(rule.trouble)}. Enter mends it."
        self.query_one("#rule", Static).update(Content(told))


def _state(rule: Rule) -> str:
    if rule.trouble:
        return "!"
    return "on" if rule.enabled else "off"


def _line(rule: Rule | Draft) -> str:
    return f"{rule.query}: {', '.join(rule.actions)}"


def _told(actions: tuple[str, ...]) -> str:
    tags = [stable(each[1:]) for each in actions if each.startswith("+")]
    told = [f"tag {' '.join(f'#{tag}' for tag in tags)}"] if tags else []
    told += [_DOES[each] for each in actions if each in _DOES]
    text = ", ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else "It does nothing."
