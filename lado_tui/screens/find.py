"""Find: one box over people, cases, settings and references."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from db.forms.question import Kind, Question
from db.queries.known import KnownRecord
from db.queries.people import Found, PersonFound, find, look_up
from db.queries.settings import SEARCH_YEARS, SettingFound
from lado_tui.desk_line import Overtaken
from lado_tui.screens.place import Place
from lado_tui.show import Name
from lado_tui.widgets.field import Field
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.notice import Notice, Told
from lado_tui.widgets.reason_choice import ReasonChoice
from lado_tui.widgets.record_list import Column, FewRows, RecordList
from lado_tui.widgets.rule import Rule

PAUSE = 0.08
"""Seconds without a key before the store is asked."""

SETTLED = 1.5
"""Seconds without a key after which a search counts as meant and is kept in the audit trail."""

WIDE_FROM = 120
"""Columns from which names and matches have more room."""

BOX = Question("Find", Kind.LINE, hint="a name, a setting or a reference; a year of birth helps", name="text")


@dataclass(frozen=True, slots=True)
class Result:
    """One result as a row, and where it leads."""

    key: tuple[str, int]
    group: str
    ref: str
    name: str
    born: str
    about: str
    match: str
    found: PersonFound | KnownRecord | SettingFound


def columns(width: int) -> tuple[Column, ...]:
    """What a result says, in a window of a width in cells."""
    wide = width >= WIDE_FROM
    return (
        Column("REF", 8, lambda row: row.ref),
        Column("NAME", 32 if wide else 21, lambda row: row.name),
        Column("BORN", 4, lambda row: row.born),
        Column("ABOUT", 0, lambda row: row.about),
        Column("MATCH", 24 if wide else 17, lambda row: row.match),
    )


class FindScreen(Place[None]):
    """The search box and what it finds."""

    NAME = "find"
    HELP = (
        "Type a name, however it was heard, a setting or a reference. Enter or Down goes to the results, / comes back "
        "to the box. A search that stands is kept in the audit trail with its reason."
    )

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "to_results", show=False)]

    def __init__(self, text: str = "") -> None:
        """Open the box.

        Args:
            text: what to look for at once.
        """
        super().__init__()
        self.first_text = text
        self.settled = ""
        self.shown: Found | None = None
        self.box = LineInput(BOX)
        self.box.label_width = 5
        self.box.styles.padding = (0, 0, 0, 1)
        self.table = RecordList(columns(0), empty="", group_of=lambda row: str(row.group))
        self.told = Notice(most=3)

    def body(self) -> ComposeResult:
        """The box, the reason, the results, what is not shown."""
        reasons = self.desk.vocabulary.terms("search_reason")
        self.reason = ReasonChoice(reasons, self.desk.search_reason)
        yield self.box
        yield self.reason
        yield Rule()
        yield self.table
        yield self.told

    def on_mount(self) -> None:
        """Ask why, once a session; then wait for a name."""
        super().on_mount()
        if self.desk.practice and not self.reason.chosen:
            self.reason.chosen = self.desk.search_reason = self.reason.reasons[0].code
        (self.box if self.reason.chosen else self.reason).focus()
        if self.first_text:
            self.box.value = self.first_text
            self.search_now()

    def on_resize(self, event: Resize) -> None:
        """More room for names in a wide window."""
        self.table.columns = columns(event.size.width)
        self.table.refresh()

    # Searching

    @property
    def text(self) -> str:
        """What is in the box."""
        return self.box.value.strip()

    @on(Field.Edited)
    def search_now(self) -> None:
        """Ask as soon as the typing pauses; a search overtaken by the next letter is dropped."""
        self.start(self.search(self.text), group="search", alone=True)

    async def search(self, text: str) -> None:
        """Look, show, and, once the words have stood for a while, keep that they were looked for."""
        if not text or not self.reason.chosen:
            self.paint(None)
            return
        await asyncio.sleep(PAUSE)
        try:
            found = await self.desk.latest("find", look_up, text)
        except Overtaken:
            return
        self.paint(found)
        await asyncio.sleep(SETTLED)
        await self.settle(text)

    async def settle(self, text: str) -> None:
        """Keep the search in the audit trail, once."""
        if text and text != self.settled:
            self.settled = text
            await self.desk.ask(find, text, self.reason.chosen)

    def paint(self, found: Found | None) -> None:
        """Show the results. The same ones are left alone, so that nothing moves under the officer's eyes."""
        if found == self.shown:
            return
        self.shown = found
        self.table.empty = _nothing(self.text) if found else ""
        self.table.show(FewRows(list(_results(found)) if found else []))
        self.told.say(*_told(found))

    # Going to and fro

    @on(Field.Done)
    def take(self) -> None:
        """Enter in the box: the only result is opened; otherwise on to the results."""
        rows = self.table.window.rows
        if len(rows) == 1:
            self.start(self.open_result(rows[0]))
        else:
            self.action_to_results()

    def action_to_results(self) -> None:
        """Down from the box."""
        if self.table.row is not None:
            self.table.focus()

    def do_find(self) -> None:
        """Back to the box."""
        self.box.focus()

    def do_back(self) -> None:
        """From the results to the box; from the box, back where the officer came from."""
        if self.focused is self.table:
            self.box.focus()
        else:
            super().do_back()

    def do_change_reason(self) -> None:
        """Choose the reason again."""
        self.reason.focus()

    @on(ReasonChoice.Chosen)
    def keep_reason(self, event: ReasonChoice.Chosen) -> None:
        """Keep the reason for the session and go on with the box."""
        self.desk.search_reason = event.code
        self.settled = ""
        self.box.focus()
        self.search_now()

    # Opening

    @on(RecordList.Opened)
    def opened(self, event: RecordList.Opened) -> None:
        """Open a result."""
        self.start(self.open_result(event.row))

    async def open_result(self, row: Result) -> None:
        """The search is kept first; then the result's own place is opened."""
        await self.settle(self.text)
        if isinstance(row.found, PersonFound):
            self.app.open_place("person", adult_id=row.found.adult_id, why=self.reason.chosen)
        elif isinstance(row.found, SettingFound):
            self.app.open_place("setting", setting_id=row.found.setting_id)
        else:
            self.app.open_place(row.found.kind, **{f"{row.found.kind}_id": row.found.id})

    async def do_heard_before(self) -> None:
        """The history of the person under the cursor."""
        row = self.table.row
        if row is None or isinstance(row.found, SettingFound):
            self.say("Put the cursor on a person or a case first.")
        elif isinstance(row.found, PersonFound):
            await self.open_result(row)
        else:
            await self.settle(self.text)
            self.app.open_place("person", kind=row.found.kind, record_id=row.found.id, why=self.reason.chosen)


def _nothing(text: str) -> str:
    if len(text) == 1:
        return "One letter is borne by too many. Type two or more."
    return "Nothing found. Try fewer letters, or another spelling."


def _results(found: Found) -> Iterator[Result]:
    groups: tuple[tuple[str, tuple[PersonFound | KnownRecord | SettingFound, ...]], ...] = (
        ("PEOPLE", found.people),
        ("CASES AND ENQUIRIES", found.records),
        ("SETTINGS", found.settings),
    )
    for title, each in groups:
        yield from (_ROWS[type(one)](f"{title} ({len(each)})", one) for one in each)


def _person(group: str, one: PersonFound) -> Result:
    also = f" (as {one.found_as})" if one.found_as else ""
    about = ", ".join(filter(None, (one.role, one.setting)))
    records = "1 rec" if one.records == 1 else f"{one.records} recs"
    born = str(one.born_on.year) if one.born_on else "-"
    key = ("adult", one.adult_id)
    return Result(key, group, "", Name(one.name + also), born, about or "-", f"{records}  {one.why}", one)


def _record(group: str, one: KnownRecord) -> Result:
    name = Name(one.adult) if one.adult else "(not named)"
    about = ", ".join(filter(None, (one.what.lower(), one.concern.lower() or one.setting)))
    match = f"{one.state}  {one.owner}".rstrip()
    return Result((one.kind, one.id), group, one.ref, name, "", about, match, one)


def _setting(group: str, one: SettingFound) -> Result:
    about = ", ".join(filter(None, (one.kind, one.town)))
    cases = "1 case" if one.cases == 1 else f"{one.cases} cases"
    match = f"{cases} in {SEARCH_YEARS} yrs"
    return Result(("setting", one.setting_id), group, "", one.name, "", about or "-", match, one)


_ROWS: dict[type, Callable[..., Result]] = {PersonFound: _person, KnownRecord: _record, SettingFound: _setting}


def _told(found: Found | None) -> Iterator[Told]:
    if found is None:
        return
    if found.restricted:
        yield Told("##", "A restricted record may match. Ask the manager.", "ask")
    results = "1 result" if found.results == 1 else f"{found.results} results"
    hint = f" {found.hint}." if found.hint else ""
    yield Told("", f"{results}.{hint} A search that stands is recorded.", "quiet")
    meanings = dict.fromkeys((record.state, record.meaning) for record in found.records if record.meaning)
    for word, meaning in list(meanings)[:1]:
        yield Told(f"{word.capitalize()}:", meaning)
