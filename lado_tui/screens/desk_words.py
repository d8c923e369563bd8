"""How the home screen puts things: its columns, the duty line, and a row in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db.queries.duty import DutyNow, Spell
from db.queries.preview import RowPreview
from db.queries.worklist import WorkRow
from db.vocabulary import DutyStatus
from lado_tui.screens import PLACES
from lado_tui.show import Name, Said
from lado_tui.widgets.drawn import Part, cells, fit
from lado_tui.widgets.record_list import Column
from lado_tui.widgets.status import status_part

if TYPE_CHECKING:
    from db.drafts import DraftsFound

_FORTNIGHT, _MOST_OF_A_YEAR = 14, 300


def day_words(day: date | None, today: date) -> str:
    """A day in six cells, as it can be said without doubt: Tue 10, 10 Apr, Apr'27."""
    if day is None:
        return "-"
    away = abs((day - today).days)
    if away < _FORTNIGHT:
        return f"{day:%a} {day.day}"
    return f"{day.day} {day:%b}" if away < _MOST_OF_A_YEAR else f"{day:%b'%y}"


def due_day(day: date, now: datetime) -> str:
    """A day and month as told to callers: Fri 27 Mar."""
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != now.year else "")


# Columns ----------------------------------------------------------------------------------------------------------


def _status(row: WorkRow) -> Part:
    return status_part(row.status.mark, row.status.word)


def _adult(row: WorkRow) -> str:
    return Name(row.adult) if row.adult else "(not named yet)"


def _adult_or_place(row: WorkRow) -> str:
    return Name(row.adult) if row.adult else f"({row.setting or 'not named yet'})"


def work_columns(today: date, *, wide: bool) -> tuple[Column, ...]:
    """What a row of work says; in a wide window where the adult works, too."""
    place = (Column("SETTING", 13, lambda row: row.setting or "-"),) if wide else ()
    return (
        Column("STATUS", 12, _status),
        Column("REF", 8, lambda row: row.ref, public=True),
        Column("ADULT", 15, _adult if wide else _adult_or_place),
        *place,
        Column("NEXT STEP", 0, lambda row: row.next_step or "-"),
        Column("WHO", 4, lambda row: row.owner or "-"),
        Column("DUE", 6, lambda row: day_words(row.due_on, today)),
    )


def _written(row: Any) -> str:  # noqa: ANN401 - a row of drafts, which the home screen makes
    saved = row.draft.saved_at
    return f"{saved.astimezone():%a %d %b %H:%M}" if saved else "-"


DRAFT_COLUMNS = (
    Column("FORM", 16, lambda row: PLACES[row.draft.form].title if row.draft.form in PLACES else row.draft.form),
    Column("ABOUT", 0, lambda row: Name(row.draft.title) if row.draft.title else "(nothing to call it by yet)"),
    Column("WRITTEN", 16, _written),
)
"""What a draft says."""


def draft_line(found: DraftsFound, now: datetime) -> Iterator[Part]:
    """One line about what is typed and not saved, and one about what cannot be read; none where there is neither."""
    if found.drafts:
        newest, others = found.drafts[0], len(found.drafts) - 1
        title = PLACES[newest.form].title if newest.form in PLACES else newest.form
        more = f", and {others} more" if others else ""
        yield Part(
            f" Not finished: {title.lower()}, written {_clock(newest.saved_at, now)}{more}. D goes on with it.", "ask"
        )
    if found.damaged:
        count = len(found.damaged)
        what = "1 draft does" if count == 1 else f"{count} drafts do"
        yield Part(f" {what} not read back as written. Tell whoever looks after LADO Desk.", "error")


def _clock(saved: datetime | None, now: datetime) -> str:
    if saved is None:
        return "just now"
    there = saved.astimezone(now.tzinfo)
    return f"{there:%H:%M}" if there.date() == now.date() else f"{there:%a} {there.day} {there:%b %H:%M}"


# The duty line ----------------------------------------------------------------------------------------------------


def duty_line(duty: DutyNow, now: datetime, width: int) -> list[Part]:
    """Who is on duty, what callers meet, who is away, who is relief: as much as fits, the most urgent first."""
    told: list[Part] = [Part(" ")]
    room = width - 2
    for ways in _pieces(duty, now):
        piece = next((way for way in ways if cells(way.words) + 2 <= room), None)
        if piece is not None:
            told += [piece, Part("  ")]
            room -= cells(piece.words) + 2
    return told


def _pieces(duty: DutyNow, now: datetime) -> Iterator[tuple[Part, ...]]:
    """What there is to say, each at length and then, where there is a shorter way, in brief."""
    if duty.spell.status is not DutyStatus.OPEN:
        yield Part(spell_words(duty.spell, now), "ask"), Part(f"{duty.spell.status.label.upper()}.", "ask")
    yield Part(_turns(duty)), Part(_turns_in_brief(duty))
    for officer, held in duty.away:
        how = "Left" if officer.left else "Absent"
        yield tuple(Part(f"{how}: {who} ({held.words} to move).", "today") for who in (officer.name, officer.initials))
    for name, last in duty.relief:
        yield (Part(f"Relief: {name} to {due_day(last, now)}."),)


def spell_words(spell: Spell, now: datetime) -> str:
    """What callers meet: ENQUIRIES SUSPENDED to Fri 13 Mar: staff sickness."""
    until = f" to {due_day(spell.last_day, now)}" if spell.last_day else ""
    why = f": {spell.reason}" if spell.reason else ""
    return f"{spell.status.label.upper()}{until}{why}."


def _turns(duty: DutyNow) -> str:
    then = f", then {duty.next.name}" if duty.next else ""
    if duty.now is None:
        return f"Nobody is down for duty now{then}."
    return f"Duty now: {duty.now.name} to {duty.now.until:%H:%M}{then}."


def _turns_in_brief(duty: DutyNow) -> str:
    now = f"{duty.now.initials} to {duty.now.until:%H:%M}" if duty.now else "nobody"
    return f"Duty: {now}{f', then {duty.next.initials}' if duty.next else ''}."


# A row in a few words ---------------------------------------------------------------------------------------------


def preview_lines(found: RowPreview | None, width: int) -> tuple[list[Part], list[Part]]:
    """A row in two lines: what it is about, and whether the name was heard before. No names."""
    if found is None:
        return [], []
    if found.restricted:
        told = (f"{found.ref} is restricted. You are not on its access list.", "Ask the manager if you need it.")
        return [Part(f" {told[0]}")], [Part(f" {told[1]}")]
    safe = _safe(found)
    line = f"{found.headline}."
    room = width - cells(found.ref) - cells(safe.words) - 6
    for label, words in found.facts:
        fact = f" {label}: {words}."
        line += fact if cells(line) + cells(fact) <= room else ""
    return [Part(f" {found.ref}  "), safe, Part(fit(line, room))], [Part(f" {heard_words(found)}")]


def _safe(found: RowPreview) -> Part:
    """Whether the child is safe, first of all and marked until the answer is yes."""
    if not found.child_safe:
        return Part("")
    return Part(f"Child safe now: {found.child_safe}.  ", "" if found.child_safe == "yes" else "ask")


def heard_words(found: RowPreview) -> str:
    """Whether anybody of a like name is on record."""
    also = " A restricted record may match." if found.may_match else ""
    if not found.adult:
        return "Heard before?  The adult is not named yet."
    if not found.heard:
        return f"Heard before?  No other record under this name.{also}"
    people = "1 person" if len(found.heard) == 1 else f"{len(found.heard)} people"
    return f"Heard before?  {people} of a like name. Press H to compare.{also}"


def preview_panel(found: RowPreview | None) -> Sequence[str | Part]:
    """A row at the side of a wide window."""
    if found is None:
        return ()
    if found.restricted:
        lines = (line[0].words.strip() for line in preview_lines(found, 0))
        return (Part(f"SELECTED  {found.ref}", "heading"), "", *lines)
    return (
        Part(f"SELECTED  {found.ref}", "heading"),
        found.headline,
        Part(Name(found.adult), "name") if found.adult else Part("(not named yet)", "quiet"),
        "",
        *([_safe(found)] if found.child_safe else []),
        *(f"{label}: {words}" for label, words in found.facts),
        *_heard(found),
        *_passage("What happened", found.account),
        *_passage("Advice given", found.advice),
    )


def _passage(label: str, words: str) -> Iterator[str | Part]:
    if words:
        yield from ("", Part(label, "label"), Said(f"  {words}"))


def _heard(found: RowPreview) -> Iterator[str | Part]:
    yield from ("", Part("HEARD BEFORE?", "heading"))
    if not found.heard:
        yield heard_words(found).removeprefix("Heard before?  ")
        return
    for letter, person in zip("ABC", found.heard, strict=False):
        yield Part(Name(f" {letter} {person.name}"), "name")
        yield f"   {person.latest or 'no record'}"
    yield "Press H to compare"
    if found.may_match:
        yield "A restricted record may match."
