"""The days a figure is counted over, and the day as at which the record is read."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from db.rules.reporting import Month, Period, ReportingYear, Week


@dataclass(frozen=True, slots=True)
class Span:
    """Days to count over, and the day as at which the record is read.

    Attributes:
        first, last: the first and the last day counted; nothing is counted where the last lies before the first.
        as_at: the day whose state of the record is told: what closed or was decided later had not happened yet.
        past: whether that day lies before today, so that the record has since moved on.
    """

    first: date
    last: date
    as_at: date
    past: bool

    @classmethod
    def of(cls, period: Period, today: date) -> "Span":
        """The days of a period that have begun by today, as at the end of its reporting year or, before that, today.

        A week is read as at the same day as its year, so that a week's figures and the year's agree.
        """
        as_at = min(ReportingYear.containing(period.last).last, today)
        return cls(period.first, min(period.last, as_at), as_at, past=as_at < today)

    @classmethod
    def year_before(cls, period: Period, today: date) -> "Span":
        """The same stretch of the same period a year before, as at the same day of that year.

        A year under way is compared with as much of the year before, never with the whole of it.
        """
        now, before = cls.of(period, today), period_before(period)
        whole = now.last == period.last
        last = before.last if whole else min(before.first + (now.last - now.first), before.last)
        complete = now.as_at == ReportingYear.containing(period.last).last
        as_at = ReportingYear.containing(before.last).last if complete else _year_earlier(now.as_at)
        return cls(before.first, last, max(as_at, last), past=True)

    @property
    def days(self) -> int:
        """Calendar days counted."""
        return max(0, (self.last - self.first).days + 1)

    def within(self, first: date, last: date) -> "Span":
        """The part of the span between two days, both included, read as at the same day."""
        return Span(max(first, self.first), min(last, self.last), self.as_at, self.past)


def period_before(period: Period) -> Period:
    """The same week, month or year a year earlier."""
    if isinstance(period, Week):
        return period.year_before
    if isinstance(period, Month):
        return Month.containing(_year_earlier(period.first))
    return ReportingYear.containing(_year_earlier(period.first))


def _year_earlier(day: date) -> date:
    earlier: date = day - relativedelta(years=1)
    return earlier
