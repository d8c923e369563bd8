"""One setting: who else there has been a case about, and the pattern that no single case shows.

A restricted case counts in a total, but never where the total is so small that it would tell of itself.
"""

from collections.abc import Collection
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from sqlalchemy import case, func, or_, select

from db.access import may_see
from db.desk import query
from db.models import Case, Enquiry, Setting, table
from db.permissions import Permission
from db.queries.known import KnownRecord, records_at_setting
from db.vocabulary import ClosedAs
from db.work import Work

_cases, _enquiries = table(Case), table(Enquiry)

PATTERN_MONTHS = 24
"""How far back a setting's pattern looks, in calendar months."""

LEAST_TOLD = 3
"""A total smaller than this leaves restricted cases out, or it would point at one of them."""

_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SettingPattern:
    """How many other adults there have been cases about at a setting of late. No names.

    Attributes:
        adults: adults other than the one in view.
        open: how many of them have an open case.
        months: calendar months looked back.
    """

    setting_id: int
    name: str
    adults: int
    open: int
    months: int = PATTERN_MONTHS

    @property
    def words(self) -> str:
        """``3 other adults in 24 months, 1 open``."""
        if not self.adults:
            return f"no other adult in {self.months} months"
        people = "1 other adult" if self.adults == 1 else f"{self.adults} other adults"
        return f"{people} in {self.months} months, {self.open or 'none'} open"


@dataclass(frozen=True, slots=True)
class SettingHistory:
    """A setting and what is known of it. ``restricted`` counts records that are not shown."""

    setting_id: int
    name: str
    town: str
    kind: str
    district: str
    provider: str
    pattern: SettingPattern
    records: tuple[KnownRecord, ...]
    restricted: int


@query(Permission.READ_RECORD, logged=True)
def setting_history(work: Work, setting_id: int) -> SettingHistory:
    """A setting's page: its cases and enquiries, newest first. Opening it is kept in the audit trail.

    Raises:
        NotFound: there is no such setting.
    """
    setting = work.row(Setting, setting_id)
    work.subject = f"setting/{setting_id}"
    records, hidden = records_at_setting(work, setting_id, _MOST_SHOWN)
    words = work.vocabulary
    return SettingHistory(
        setting_id,
        setting.name,
        town=setting.town or "",
        kind=words.label("setting_kind", setting.kind) if setting.kind else "",
        district=words.label("district", setting.district) if setting.district else "",
        provider=setting.provider or "",
        pattern=pattern_at(work, setting_id),
        records=tuple(records),
        restricted=hidden if len(records) + hidden >= LEAST_TOLD else 0,
    )


@query(Permission.READ_RECORD)
def setting_pattern(work: Work, setting_id: int, besides: Collection[int] = ()) -> SettingPattern:
    """How many other adults there have been cases about at a setting, the adults in view left out.

    Raises:
        NotFound: there is no such setting.
    """
    return pattern_at(work, setting_id, besides)


def pattern_at(work: Work, setting_id: int, besides: Collection[int] = ()) -> SettingPattern:
    """As `setting_pattern`, within a turn already begun."""
    since = work.today - relativedelta(months=PATTERN_MONTHS)
    statement = select(
        _cases.c.adult_id, _cases.c.closed_on.is_(None).label("open"), may_see(work, _cases).label("allowed")
    ).where(
        _cases.c.setting_id == setting_id,
        _cases.c.received_on >= since,
        _cases.c.adult_id.not_in(tuple(besides)),
        or_(_cases.c.closed_as.is_(None), _cases.c.closed_as != ClosedAs.ENTERED_IN_ERROR),
    )
    rows = work.rows(statement)
    told = rows if len({row.adult_id for row in rows}) >= LEAST_TOLD else [row for row in rows if row.allowed]
    return SettingPattern(
        setting_id,
        work.row(Setting, setting_id).name,
        adults=len({row.adult_id for row in told}),
        open=len({row.adult_id for row in told if row.open}),
    )


@dataclass(frozen=True, slots=True)
class SettingFound:
    """A setting that a search found. ``cases`` are those of the last three years."""

    setting_id: int
    name: str
    town: str
    kind: str
    cases: int
    why: str


SEARCH_YEARS = 3


def cases_at(work: Work, settings: Collection[int]) -> dict[int, int]:
    """How many cases each setting had in the last three years; settings without any are left out."""
    recent = _cases.c.received_on >= work.today - relativedelta(years=SEARCH_YEARS)
    seen = func.sum(case((may_see(work, _cases), 1), else_=0)).label("seen")
    statement = (
        select(_cases.c.setting_id, func.count().label("every"), seen)
        .where(_cases.c.setting_id.in_(settings), recent)
        .group_by(_cases.c.setting_id)
    )
    return {row.setting_id: row.every if row.every >= LEAST_TOLD else row.seen for row in work.rows(statement)}


def known_only_to_others(work: Work, settings: Collection[int]) -> frozenset[int]:
    """The settings of which the record holds something, but nothing this officer may see."""
    held: set[int] = set()
    seen: set[int] = set()
    for of in (_cases, _enquiries):
        visible = func.max(case((may_see(work, of), 1), else_=0)).label("visible")
        of_each = select(of.c.setting_id, visible).where(of.c.setting_id.in_(settings)).group_by(of.c.setting_id)
        rows = work.rows(of_each)
        held |= {row.setting_id for row in rows}
        seen |= {row.setting_id for row in rows if row.visible}
    return frozenset(held - seen)
