"""The list of what can be added to a case, each opening its form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult

from db.queries.entries import read_entry
from lado_tui.screens.case_tasks import CHANGES, TASKS, TO_ADD, WHEN_RESTRICTED, Target, Task
from lado_tui.screens.place import Place
from lado_tui.show import Name
from lado_tui.widgets.record_list import Column, FewRows, RecordList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.queries.case_view import CaseView


class _Row(NamedTuple):
    key: str
    task: Task
    about: str
    entry: tuple[str, int] | None = None


class AddToCaseScreen(Place[None]):
    """Meeting, strand, delay, who was told, and the rest; and what is open and can be changed or ended."""

    NAME = "add_to_case"
    HELP = "Enter, or the number, opens the form. Nothing is kept before Ctrl+S there."

    def __init__(self, case: CaseView) -> None:
        """Offer what can be added to a case.

        Args:
            case: the case as it was read.
        """
        super().__init__()
        self.case = case
        self._where = f"{case.ref} | Add to the case"

    def body(self) -> ComposeResult:
        """One row for each."""
        self.tasks = RecordList(
            (
                Column("WHAT", 24, lambda row: row.task.title),
                Column("", 0, lambda row: Name(row.about) if row.entry else row.about),
            ),
            headed=False,
        )
        yield self.tasks

    def on_mount(self) -> None:
        """Fill the list."""
        super().on_mount()
        self.tasks.show(FewRows(list(self._rows())))

    def _rows(self) -> Iterator[_Row]:
        for name in (*TO_ADD, *(WHEN_RESTRICTED if self.case.access.restricted else ())):
            yield _Row(name, TASKS[name], TASKS[name].about)
        for source, entry_id, words in self._open_entries():
            task = CHANGES[source]
            yield _Row(f"{source}/{entry_id}", replace(task, title=f"Change: {task.title}"), words, (source, entry_id))

    def _open_entries(self) -> Iterator[tuple[str, int, str]]:
        """What of the case can be changed or ended: its concerns, and the strands and delays that run."""
        yield from (("concern", one.id, one.label) for one in self.case.concerns)
        yield from (("strand", one.id, one.label) for one in self.case.strands if one.ended_on is None)
        yield from (("delay", one.id, one.label) for one in self.case.delays if one.to_on is None)

    @on(RecordList.Opened)
    async def _open(self, event: RecordList.Opened) -> None:
        row: _Row = event.row
        target, answers = Target(self.case.id), {}
        if row.entry:
            entry = await self.desk.ask(read_entry, self.case.id, *row.entry)
            target, answers = Target(self.case.id, entry.id, entry.version), dict(entry.typed)
        self.app.close_place(self)
        self.app.open_place("form_dialog", task=row.task.name, target=target, ref=self.case.ref, answers=answers)
