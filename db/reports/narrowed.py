"""Figures narrowed to one sector of the workforce."""

from dataclasses import dataclass

from db.reports.figure import Where, only
from db.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Narrowed:
    """One sector of the workforce, as each cohort knows it; all of them where there is none."""

    sector: str | None
    vocabulary: Vocabulary

    @property
    def words(self) -> str:
        """The sector's name; "" for all."""
        return self.vocabulary.label("sector", self.sector) if self.sector else ""

    def within(self, cohort: str) -> Where:
        """The conditions for one cohort. An enquiry has no sector of its own: the adult's role decides."""
        if self.sector is None or cohort == "open":
            return ()
        if cohort == "enquiries":
            roles = self.vocabulary.terms("role", group=self.sector, retired=True)
            return only(role=[role.code for role in roles])
        return only(sector=self.sector)
