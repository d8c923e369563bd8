"""Taking back that two entries are, or are not, the same person. The decision is ended, not erased."""

from sqlalchemy import select

from db.desk import action
from db.errors import NotFound
from db.models import AdultLink, table
from db.permissions import Permission
from db.work import Work

_links = table(AdultLink)


@action(Permission.LINK_PEOPLE)
def take_back_decision(work: Work, adult_id: int, other_id: int) -> int:
    """End what was decided about two entries, so that they stand undecided as before. Returns the decision's number.

    Raises:
        NotFound: nothing stands decided between the two.
    """
    both = (adult_id, other_id)
    standing = select(_links.c.id).where(
        _links.c.adult_id.in_(both), _links.c.other_id.in_(both), _links.c.ended_at.is_(None)
    )
    decision = work.first(standing.order_by(_links.c.id.desc()))
    if decision is None:
        raise NotFound("Nothing has been decided about these two entries")
    work.subject = f"adult/{adult_id}"
    work.change(AdultLink, decision.id, ended_at=work.now)
    return int(decision.id)
