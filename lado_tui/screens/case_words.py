"""A case in words, for its page and for those beside it: the head lines, the referral, everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lado_tui.show import Name
from lado_tui.widgets.drawn import Drawn, Part, cells, fit, is_wide
from lado_tui.widgets.passage import Paragraph

if TYPE_CHECKING:
    from datetime import date

    from db.queries.case_view import CaseView


_LEAST = 6
"""Cells under which a role is not begun."""


def day_words(day: date | None) -> str:
    """A day as lists show it, ``Mon 9 Mar 2026``; "" for none."""
    return f"{day:%a} {day.day} {day:%b %Y}" if day else ""


class CaseHead(Drawn):
    """Whose case it is, when it came and what else is known: one line in a narrow window, two in a wide one."""

    def __init__(self) -> None:
        super().__init__()
        self.case: CaseView | None = None
        self.clock = Part("")

    def show(self, case: CaseView, clock: Part) -> None:
        """Show a case.

        Args:
            case: the case.
            clock: how its next clock stands.
        """
        self.case, self.clock = case, clock
        self.refresh()

    def lines(self, width: int) -> int:
        """One line, or two where there is room."""
        return 2 if is_wide(self.app) else 1

    def draw(self, y: int) -> Iterable[Part]:
        """The line."""
        case, width = self.case, self.size.width
        if case is None:
            return
        wide = is_wide(self.app)
        day = case.received_on
        came = [Part(f"  Received {day_words(day) if wide else f'{day:%a} {day.day} {day:%b}'}: "), self.clock]
        known = Part(f"   Earlier: {case.earlier.words if wide else case.earlier.short}", "quiet")
        used = 0 if wide else sum(cells(part.words) for part in (*came, known))
        if y == 0:
            at = f" at {case.setting}" if wide and case.setting else ""
            name = fit(case.adult, min(cells(case.adult), max(8, width - used - 2)))
            yield Part(" ")
            yield Part(Name(name), "name")
            room = width - used - cells(name) - 1
            yield Part(fit(f", {case.role}{at}", room) if room > _LEAST else " " * max(0, room))
        if y == 1 or not wide:
            yield from (*came, known)


def earlier_words(case: CaseView) -> str:
    """What else the record has about the adult, a line each."""
    lines = [
        f"{record.ref}  {record.received_on:%b %Y}  {record.what.lower()}, {record.state}"
        + (f". {record.meaning}" if record.meaning else "")
        for record in case.earlier.records
    ]
    if case.earlier.restricted:
        lines.append("A restricted record may be about the same person. Ask the manager.")
    return "\n".join(lines) or "Nothing else is on record."


def referral_paragraphs(case: CaseView) -> Sequence[Paragraph]:
    """What the referral says, for the side of a wide window."""
    return [(label, words) for label, words in _referral(case) if words]


def case_paragraphs(case: CaseView) -> Sequence[Paragraph]:
    """Everything about the case on one page."""
    return [(label, words) for label, words in (*_referral(case), *_oversight(case)) if words]


def _referral(case: CaseView) -> Iterator[Paragraph]:
    yield "What the referral says", case.account or "No account was given."
    yield "Children", "\n".join(_child(case))
    yield "Concerns", "\n".join(_concerns(case))
    yield "Earlier records", earlier_words(case)
    yield "At this setting", case.pattern.words if case.pattern else ""
    yield "Decisions so far", decision_lines(case)
    yield "Marks", ", ".join(case.flags)


def _child(case: CaseView) -> Iterator[str]:
    for child in case.children:
        age = f", {child.age}" if child.age else ""
        yield ", ".join(filter(None, (f"{child.name}{age}", child.relationship, child.marks)))


def _concerns(case: CaseView) -> Iterator[str]:
    for number, concern in enumerate(case.concerns, 1):
        told = (concern.label, concern.child, concern.happened, concern.place, concern.finding)
        yield f"{number} {', '.join(filter(None, told))}"


def decision_lines(case: CaseView) -> str:
    """Every decision on the threshold, a line each, the oldest first."""
    return "\n".join(_decisions(case)) or "None."


def _decisions(case: CaseView) -> Iterator[str]:
    for one in case.decisions:
        limbs = f", limbs {', '.join(map(str, one.limbs))}" if one.limbs else ""
        yield f"{one.number} {one.label}{limbs}, {day_words(one.decided_on)}, {one.who}, {one.guidance}. {one.reason}"


def _oversight(case: CaseView) -> Iterator[Paragraph]:
    yield "The adult", f"{case.adult}, {case.born}. {case.role}, {case.sector}"
    yield "Referred by", f"{case.agency}{f', enquiry {case.enquiry_ref}' if case.enquiry_ref else ''}"
    yield "Outcome", case.finding
    yield "Closed", f"{day_words(case.closed_on)}: {case.closed_as}. {case.closed_reason}" if case.closed_on else ""
    yield "Kept", case.keep_words
    yield "Access", case.access.words
    yield "Strands", "\n".join(strand_words(case))
    yield "Meetings", "\n".join(_meetings(case))
    yield "Delays", "\n".join(_delays(case))
    yield "Held by", "\n".join(_held(case))
    yield "Last reviewed", day_words(case.reviewed_on)


def strand_words(case: CaseView) -> Iterator[str]:
    """Each strand on a line: what, who leads, since when, how it ended."""
    for strand in case.strands:
        since = f"since {strand.started_on:%d %b}" if strand.started_on else ""
        ended = f"ended {strand.ended_on:%d %b}" if strand.ended_on else ""
        yield ", ".join(filter(None, (strand.label, strand.lead, since, ended, strand.result)))


def _meetings(case: CaseView) -> Iterator[str]:
    for meeting in case.meetings:
        sent = f"minutes sent {day_words(meeting.minutes_sent_on)}" if meeting.minutes_sent_on else "minutes not sent"
        yield f"{day_words(meeting.held_on)}  {meeting.label}, {meeting.chair}, {sent}"


def _delays(case: CaseView) -> Iterator[str]:
    for delay in case.delays:
        yield f"{delay.label}, {day_words(delay.from_on)} to {day_words(delay.to_on) or 'now'}"


def _held(case: CaseView) -> Iterator[str]:
    for held in case.held:
        reason = f": {held.reason}" if held.reason else ""
        yield f"{held.officer.name}, {day_words(held.from_on)} to {day_words(held.to_on) or 'now'}{reason}"
