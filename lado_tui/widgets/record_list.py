"""A list of records: a million rows paint like fifty.

How a screen uses it::

    columns = (
        Column("STATUS", 13, lambda row: status_part(row.mark, row.status)),
        Column("REF", 9, lambda row: row.ref, public=True),        # shown even where the row is restricted
        Column("ADULT", 14, lambda row: Name(row.adult)),          # covered by F9
        Column("NEXT STEP", 0, lambda row: row.next_step),         # 0: takes what width is left
    )
    table = RecordList(columns, empty="No enquiries yet today. Press N to log one.")
    table.show(KeysetRows(page, count))        # page: async (after, direction, count) -> Sequence[row]
    table.show(FewRows(rows))                  # rows already at hand; keep=True leaves the cursor on its key
    table.refresh_rows()                       # ask again; the cursor stays on the same key
    @on(RecordList.Opened)   event.row         # Enter, 1 to 9, or a second click on the row
    @on(RecordList.Moved)    event.row         # the cursor came to another row: side panel, preview

Rows are any objects with a `key`. A row whose `restricted` is true shows its public columns and the word RESTRICT.
`group_of(row)` puts a heading before the first row of each group. Errors of the desk are told by the place.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Blur, Click, Focus, Key, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.message import Message

from db.errors import DeskError
from lado_tui.show import Name
from lado_tui.widgets.drawn import Drawn, Part, fit
from lado_tui.widgets.row_window import WINDOW, FewRows, KeysetRows, Row, RowSource, RowWindow
from lado_tui.widgets.status import status_part

if TYPE_CHECKING:
    from lado_tui.screens.place import Place

__all__ = ["Column", "FewRows", "KeysetRows", "RecordList"]

RESTRICTED = status_part("##", "RESTRICT")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in cells (0: what is left), and what stands in it for a row.

    `public` columns (a reference) are shown even where the row is restricted; `right` sets figures to the right.
    """

    heading: str
    width: int
    of: Callable[[Row], str | Part]
    public: bool = False
    right: bool = False


class RecordList(Drawn, can_focus=True):
    """A list of records with a cursor."""

    HELP = "Up, Down, PgUp, PgDn, Home and End move. Enter opens the row; 1 to 9 open that row on the screen."

    DEFAULT_CSS = "RecordList { height: 1fr; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "open", show=False),
    ]

    class _About(Message):
        def __init__(self, table: RecordList, row: Row) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> RecordList:
            """The list."""
            return self.table

    class Opened(_About):
        """The officer opened a row."""

    class Moved(_About):
        """The cursor came to another row; `row` is None where the list is empty."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "Nothing here.",
        group_of: Callable[[Row], str] | None = None,
        numbered: bool = True,
        headed: bool = True,
    ) -> None:
        """Make a list; `show` fills it.

        Args:
            columns: what is drawn for a row.
            empty: what to say, and what to do, where there are no rows.
            group_of: the heading a row stands under.
            numbered: whether rows on the screen are numbered from 1.
            headed: whether the columns have headings.
        """
        super().__init__()
        self.columns = columns
        self.empty = empty
        self.group_of = group_of
        self.numbered = numbered
        self.headed = headed
        self.window = RowWindow()
        self.loaded = False
        """Whether the first rows have come."""
        self._lines: list[int | str] = []
        """What is drawn below each other: the place of a row among those held, or a heading."""
        self._top = self._cursor = 0
        self._owed = 0
        self._asking = False
        self._asks = 0

    # What it shows

    def show(self, source: RowSource, *, keep: bool = False) -> None:
        """Show these rows from the top, or (`keep`) with the cursor on the key it is on."""
        self.window.source = source
        self.add_class("-fetching")
        self._ask(partial(self._begin, self.row.key if keep and self.row else None))

    def refresh_rows(self) -> None:
        """Ask for the rows again. The cursor stays on the same key, or close by where that row is gone."""
        self.show(self.window.source, keep=True)

    @property
    def row(self) -> Row:
        """The row under the cursor; None where the list is empty."""
        return self.window.rows[self._cursor] if self._cursor < len(self.window.rows) else None

    @property
    def rows_in_view(self) -> list[Row]:
        """The rows on the screen."""
        in_view = self._lines[self._top : self._top + self._room]
        return [self.window.rows[line] for line in in_view if isinstance(line, int)]

    @property
    def position_words(self) -> str:
        """Where the screen stands in the list: "1-20 of 1,000,000"."""
        in_view = [line for line in self._lines[self._top : self._top + self._room] if isinstance(line, int)]
        if not in_view:
            return ""
        first, last = (self.window.before + place + 1 for place in (in_view[0], in_view[-1]))
        whole = len(self.window.rows) if self.window.at_top and self.window.at_end else self.window.total
        return f"{first:,}-{last:,}" + (f" of {whole:,}" if whole is not None else "")

    # Asking for rows: one question at a time, off the event loop's thread

    def _ask(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._asking = True
        self._asks += 1
        # Called only once its turn comes, so that one overtaken leaves nothing behind.
        asking = partial(self._asked, work, self._asks)
        self.run_worker(asking, group="rows", exclusive=True)  # type: ignore[arg-type]

    async def _asked(self, work: Callable[[], Coroutine[Any, Any, None]], turn: int) -> None:
        try:
            await work()
        except DeskError as error:
            place: Place[Any] = self.screen  # type: ignore[assignment]
            place.tell(error)
        finally:
            if turn == self._asks:  # one overtaken must not say that the newer has come back
                self._asking = False
                self.remove_class("-fetching")
        self.loaded = True
        self._lay_out()
        if self._owed:
            owed, self._owed = self._owed, 0
            self._go(self._cursor + owed)

    async def _begin(self, key: object) -> None:
        old = self._cursor
        if key is None:
            await self.window.go_top()
            self._cursor = self._top = 0
        else:
            await self.window.go_near(key)
            place = self.window.place_of(key)
            self._cursor = place if place is not None else min(old, len(self.window.rows) - 1)
        self._cursor = max(0, self._cursor)
        self._lay_out()
        self._tell_moved()
        await self.window.count()

    async def _more(self, *, below: bool) -> None:
        if below:
            self._cursor -= await self.window.more_below()
        else:
            self._cursor += await self.window.more_above()
        self._cursor = max(0, self._cursor)

    async def _jump(self, *, end: bool) -> None:
        await (self.window.go_end() if end else self.window.go_top())
        self._cursor = max(0, len(self.window.rows) - 1) if end else 0
        self._lay_out()
        self._tell_moved()

    # Moving

    def _go(self, wanted: int) -> None:
        """Put the cursor on a row by its place among those held; beyond them, as soon as they have come."""
        last = len(self.window.rows) - 1
        before, top = self._cursor, self._top
        self._cursor = max(0, min(wanted, last))
        if wanted < 0 and not self.window.at_top:
            self._owed += wanted
        elif wanted > last and not self.window.at_end:
            self._owed += wanted - last
        self._follow_cursor()
        if self._cursor != before:
            self._repaint(before) if self._top == top else self.refresh()
            self._tell_moved()
        self._look_ahead()

    def _repaint(self, left: int) -> None:
        """Paint the line the cursor left and the one it came to, and no other."""
        for place in (left, self._cursor):
            if place in self._lines:
                y = self._lines.index(place) - self._top + self.headed
                self.refresh(Region(0, y, self.size.width, 1))

    def _look_ahead(self) -> None:
        """Ask for more rows before the officer comes to the edge of those held."""
        if self._asking:
            return
        if not self.window.at_end and self._cursor > len(self.window.rows) - WINDOW // 2:
            self._ask(partial(self._more, below=True))
        elif not self.window.at_top and self._cursor < WINDOW // 2:
            self._ask(partial(self._more, below=False))

    def _tell_moved(self) -> None:
        self.post_message(self.Moved(self, self.row))

    def action_move(self, by: int) -> None:
        """Up or down."""
        self._go(self._cursor + by)

    def action_page(self, by: int) -> None:
        """A screenful up or down."""
        self._go(self._cursor + by * max(1, self._room - 1))

    def action_first(self) -> None:
        """To the first row."""
        self._ask(partial(self._jump, end=False)) if not self.window.at_top else self._go(0)

    def action_last(self) -> None:
        """To the last row."""
        self._ask(partial(self._jump, end=True)) if not self.window.at_end else self._go(len(self.window.rows) - 1)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.row is not None:
            self.post_message(self.Opened(self, self.row))

    def on_key(self, event: Key) -> None:
        """1 to 9 open that row on the screen."""
        if self.numbered and event.character and event.character in "123456789":
            event.stop()
            in_view = self.rows_in_view
            if int(event.character) <= len(in_view):
                self._go(self.window.rows.index(in_view[int(event.character) - 1]))
                self.action_open()

    def on_click(self, event: Click) -> None:
        """A click puts the cursor there; a second one opens the row."""
        place = self.hit(event)
        if isinstance(place, int):
            if place == self._cursor:
                self.action_open()
            self._go(place)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.action_move(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.action_move(-3)

    # Drawing

    @property
    def _room(self) -> int:
        return max(1, self.size.height - self.headed)

    def _lay_out(self) -> None:
        """Set out rows and group headings below each other."""
        self._lines = []
        group = ""
        for place, row in enumerate(self.window.rows):
            if self.group_of and (now := self.group_of(row)) != group:
                self._lines.append(now)
                group = now
            self._lines.append(place)
        self._follow_cursor()
        self.refresh()

    def _follow_cursor(self) -> None:
        """Keep the cursor's line on the screen, with its heading where it is the first of its group."""
        if not self._lines:
            self._top = 0
            return
        line = self._lines.index(self._cursor) if self._cursor in self._lines else 0
        headed_line = line - 1 if line and isinstance(self._lines[line - 1], str) else line
        self._top = max(line - self._room + 1, min(self._top, headed_line))
        self._top = max(0, min(self._top, len(self._lines) - 1))

    def on_resize(self, event: Resize) -> None:
        """A window of another size shows more or fewer rows around the cursor."""
        self._follow_cursor()

    def on_focus(self, event: Focus) -> None:
        """Drawn with its cursor."""
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """Drawn without it."""
        self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """The headings, then a row or a group's heading on each line."""
        if self.headed and y == 0:
            return self._head()
        at = self._top + y - self.headed
        if not self.window.rows:
            return [Part(f"  {self.empty}")] if self.loaded and y == self.headed else []
        if at >= len(self._lines):
            return []
        line = self._lines[at]
        return [Part(f" {line}", "heading")] if isinstance(line, str) else self._row(line, at)

    def _head(self) -> Iterable[Part]:
        yield Part(" " * self._margin)
        for column, width in zip(self.columns, self._widths(), strict=True):
            yield Part(_set(column.heading, width, right=column.right) + " ", "quiet")

    @property
    def _margin(self) -> int:
        return 5 if self.numbered else 2

    def _widths(self) -> list[int]:
        fixed = sum(column.width for column in self.columns) + len(self.columns)
        free = [column for column in self.columns if not column.width]
        each = max(4, (self.size.width - self._margin - fixed) // len(free)) if free else 0
        return [column.width or each for column in self.columns]

    def _row(self, place: int, at: int) -> Iterable[Part]:
        row, here = self.window.rows[place], place == self._cursor
        ground = "selected" if here and self.has_focus else ""
        number = sum(isinstance(line, int) for line in self._lines[self._top : at + 1])
        yield Part(f"{'>' if here else ' '} {f'{number:>2} ' if self.numbered else ''}", ground or "quiet", hit=place)
        restricted = getattr(row, "restricted", False)
        for index, (column, width) in enumerate(zip(self.columns, self._widths(), strict=True)):
            part = self._cell(row, column, restricted=restricted, first=index == 0)
            words = _set(part.words, width, right=column.right)
            kept: str = Name(words) if isinstance(part.words, Name) else words
            yield Part(kept, ground or part.ink, hit=place)
            yield Part(" ", ground, hit=place)

    def _cell(self, row: Row, column: Column, *, restricted: bool, first: bool) -> Part:
        if restricted and not column.public:
            return RESTRICTED if first else Part("-")
        found = column.of(row)
        return found if isinstance(found, Part) else Part(found)


def _set(words: str, width: int, *, right: bool) -> str:
    return fit(words, width).rstrip().rjust(width) if right else fit(words, width)
