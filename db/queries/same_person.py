"""Which entries officers have said are one person."""

from collections.abc import Iterator

from sqlalchemy import or_, select

from db.models import AdultLink, table
from db.work import Work

_links = table(AdultLink)


def same_person(work: Work, adult_id: int) -> frozenset[int]:
    """Every entry that officers have said is the same person as this one, itself included."""
    known, fresh = {adult_id}, {adult_id}
    while fresh:
        linked = set(_linked_to(work, fresh))
        fresh = linked - known
        known |= fresh
    return frozenset(known)


def _linked_to(work: Work, adults: set[int]) -> Iterator[int]:
    statement = select(_links.c.adult_id, _links.c.other_id).where(
        _links.c.ended_at.is_(None),
        _links.c.same,
        or_(_links.c.adult_id.in_(adults), _links.c.other_id.in_(adults)),
    )
    for row in work.rows(statement):
        yield from (row.adult_id, row.other_id)
