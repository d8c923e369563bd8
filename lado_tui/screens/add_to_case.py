"""The list of what can be added to a case, each opening its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult

from lado_tui.screens.case_tasks import TASKS, TO_ADD, WHEN_RESTRICTED, Target, Task
from lado_tui.screens.place import Place
from lado_tui.widgets.record_list import Column, FewRows, RecordList

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Row(NamedTuple):
    key: str
    task: Task


class AddToCaseScreen(Place[None]):
    """Meeting, strand, delay, who was told, concern, escalation, alert."""

    NAME = "add_to_case"
    HELP = "Enter, or the number, opens the form. Nothing is kept before Ctrl+S there."

    def __init__(self, case_id: int, ref: str, *, restricted: bool) -> None:
        """Offer what can be added to a case.

        Args:
            case_id: the case.
            ref: its reference, for the titles.
            restricted: whether it is restricted, so that its access list can be added to.
        """
        super().__init__()
        self.case_id, self.ref, self.restricted = case_id, ref, restricted
        self._where = f"{ref} | Add to the case"

    def body(self) -> ComposeResult:
        """One row for each."""
        self.tasks = RecordList(
            (Column("WHAT", 24, lambda row: row.task.title), Column("", 0, lambda row: row.task.about)), headed=False
        )
        yield self.tasks

    def on_mount(self) -> None:
        """Fill the list."""
        super().on_mount()
        self.tasks.show(FewRows(list(self._rows())))

    def _rows(self) -> Iterator[_Row]:
        for name in (*TO_ADD, *(WHEN_RESTRICTED if self.restricted else ())):
            yield _Row(name, TASKS[name])

    @on(RecordList.Opened)
    def _open(self, event: RecordList.Opened) -> None:
        self.app.close_place(self)
        self.app.open_place("form_dialog", task=event.row.task.name, target=Target(self.case_id), ref=self.ref)
