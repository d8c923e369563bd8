"""A setting's own page: how many adults there have been cases about of late, and its records."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from db.queries.known import KnownRecord
from db.queries.settings import SettingHistory, setting_history
from lado_tui.screens.place import Place
from lado_tui.show import Name
from lado_tui.widgets.notice import Notice, Told
from lado_tui.widgets.record_list import Column, FewRows, RecordList
from lado_tui.widgets.rule import Rule


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One record at the setting."""

    key: tuple[str, int]
    record: KnownRecord


COLUMNS = (
    Column("WHEN", 8, lambda row: f"{row.record.received_on:%b %Y}"),
    Column("REF", 8, lambda row: row.record.ref),
    Column("ADULT", 15, lambda row: Name(row.record.adult) if row.record.adult else "(not named)"),
    Column("KIND", 12, lambda row: row.record.what.lower()),
    Column("CONCERN", 0, lambda row: row.record.concern or "-"),
    Column("OUTCOME", 15, lambda row: row.record.state),
)


class SettingScreen(Place[None]):
    """What is known of one setting."""

    NAME = "setting"
    HELP = (
        "The cases and enquiries of one setting, newest first. Several adults within two years may be a pattern that "
        "no single case shows. Enter opens a record, H asks about its adult."
    )

    def __init__(self, setting_id: int) -> None:
        """Open a setting's page.

        Args:
            setting_id: its number.
        """
        super().__init__()
        self.setting_id = setting_id
        self.history: SettingHistory | None = None
        self.about = Notice()
        self.table = RecordList(COLUMNS, empty="No record at this setting that you may see.")

    def body(self) -> ComposeResult:
        """What it is, the pattern, its records."""
        yield self.about
        yield Rule()
        yield self.table

    def on_place_shown(self) -> None:
        """Ask once."""
        self.table.focus()
        if self.history is None:
            self.start(self.load())

    async def load(self) -> None:
        """Ask for the page and show it."""
        history = self.history = await self.desk.ask(setting_history, self.setting_id)
        self.set_where(f"Setting | {history.name}")
        where = ", ".join(filter(None, (history.kind, history.town, history.district, history.provider)))
        hidden = f" And {history.restricted} restricted, not shown." if history.restricted else ""
        words = history.pattern.words.replace("other adults", "adults").replace("other adult", "adult")
        ink = "ask" if history.pattern.adults > 1 else "strong"
        self.about.say(
            Told("", history.name, "strong"),
            *([Told("", where)] if where else []),
            Told("PATTERN", f"{words[:1].upper()}{words[1:]}.{hidden}", ink),
            *(Told(f"{word.capitalize()}:", meaning) for word, meaning in _meanings(history)),
        )
        self.table.show(FewRows([SettingRow((record.kind, record.id), record) for record in history.records]))

    @on(RecordList.Opened)
    def open_record(self, event: RecordList.Opened) -> None:
        """Open the record under the cursor."""
        record = event.row.record
        self.app.open_place(record.kind, **{f"{record.kind}_id": record.id})

    def do_heard_before(self) -> None:
        """The history of the adult under the cursor."""
        row = self.table.row
        if row is not None:
            self.app.open_place("person", kind=row.record.kind, record_id=row.record.id)


def _meanings(history: SettingHistory) -> list[tuple[str, str]]:
    return list(dict.fromkeys((record.state, record.meaning) for record in history.records if record.meaning))
