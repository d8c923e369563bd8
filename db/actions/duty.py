"""What callers to the duty line meet: open lines, reduced hours, or enquiries suspended."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select

from db.clock import ENGLAND
from db.desk import action
from db.forms.duty import DutyStatusForm
from db.models import DutySpell, table
from db.permissions import Permission
from db.queries.duty import Spell, current_spell
from db.work import Work

_spells = table(DutySpell)


@action(Permission.MANAGE_DUTY)
def set_duty_status(work: Work, form: DutyStatusForm) -> Spell:
    """Say what callers meet from now on, until the end of a day where one is given. What went before is ended."""
    standing = select(_spells.c.id).where(or_(_spells.c.to_at.is_(None), _spells.c.to_at > work.now))
    for spell in work.rows(standing):
        work.change(DutySpell, spell.id, to_at=work.now)
    until = form.until.on if form.until else None
    work.insert(
        DutySpell, status=form.status, from_at=work.now, to_at=_end_of(until) if until else None, reason=form.reason
    )
    work.subject = "duty line"
    return current_spell(work)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ENGLAND)
