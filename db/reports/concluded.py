"""Figures of outcomes concluded in a period, whenever the case was received."""

from collections.abc import Iterator, Mapping

from db.reports.figure import Figure, Table, Where, only
from db.reports.parts import Parts
from db.vocabulary import EmploymentResult, Finding, Sector

_IN_TIME = "Allegations concluded in the period, whenever received"
_GROUPS: Mapping[str, tuple[str, Where]] = {
    **{sector.value: (sector.label.lower(), only(sector=sector)) for sector in Sector},
    "fostering.own_authority": ("own carers", only(sector=Sector.FOSTERING, setting_kind="own_fostering")),
    "fostering.ifa": ("agency carers", only(sector=Sector.FOSTERING, setting_kind="ifa")),
}
_ENDINGS: Mapping[str, tuple[str, tuple[EmploymentResult, ...]]] = {
    "resigned": ("Resigned", (EmploymentResult.RESIGNED,)),
    "deregistered": ("Dismissed or deregistered", (EmploymentResult.DISMISSED, EmploymentResult.DEREGISTERED)),
    "resigned_or_dismissed": ("Resigned or dismissed", (EmploymentResult.RESIGNED, EmploymentResult.DISMISSED)),
    "disciplinary": ("Disciplinary action", (EmploymentResult.DISCIPLINARY,)),
}
_DISPROVED = (Finding.FALSE, Finding.MALICIOUS, Finding.UNFOUNDED)
_MADE = only(dbs="made")


def _figure(id_: str, label: str, words: str, where: Where, term: tuple[str, str] | None = None) -> Figure:
    told = f"{_IN_TIME}, {words}." if words else f"{_IN_TIME}."
    return Figure(id_, label, told, "concluded", where, term=term)


def concluded() -> Iterator[Figure | Table]:
    """Every figure and table of what was concluded."""
    yield _figure("outcomes", "Outcomes concluded", "", ())
    yield from _by_finding("outcomes", "", ())
    yield _figure("outcomes.false_malicious_unfounded", "False, malicious or unfounded",
                  "found false, malicious or unfounded", only(finding=_DISPROVED))  # fmt: skip
    yield _figure("dbs_referrals", "Referred to the DBS", "and the adult referred to the DBS", _MADE)
    yield from _by_employment("employment.{}", "outcomes", "", ())
    for name, (who, here) in _GROUPS.items():
        yield from _group(name, who, here)
    yield from _by_sector()


def _group(name: str, who: str, here: Where) -> Parts:
    """One part of the workforce: findings, what employers did, and the DBS."""
    yield _figure(f"{name}.outcomes", "Outcomes concluded", who, here)
    yield from _by_finding(name, who, here, whole=f"{name}.outcomes")
    for ending, (label, results) in _ENDINGS.items():
        yield _figure(f"{name}.{ending}", label, f"{who}, {label.lower()}", here + only(employment=results))
    yield _figure(f"{name}.dbs", "Referred to the DBS", f"{who}, referred to the DBS", here + _MADE)
    yield from _by_employment(f"{name}.employment.{{}}", f"{name}.outcomes", who, here)
    proved = here + only(finding=Finding.SUBSTANTIATED)
    yield from _by_employment(f"{name}.substantiated.{{}}", f"{name}.substantiated", f"{who}, substantiated", proved)


def _by_finding(prefix: str, who: str, here: Where, *, whole: str = "outcomes") -> Parts:
    told = f"{who}, by finding" if who else "by finding"
    for finding in Finding:
        where = here + only(finding=finding)
        yield _figure(f"{prefix}.{finding}", "Finding", told, where, ("finding", finding.value))
    yield Table(whole, tuple(f"{prefix}.{finding}" for finding in Finding))


def _by_employment(pattern: str, whole: str, who: str, here: Where) -> Parts:
    told = f"{who}, by what the employer did" if who else "by what the employer did"
    for result in EmploymentResult:
        where, term = here + only(employment=result), ("employment_result", result.value)
        yield _figure(pattern.format(result.value), "Employment result", told, where, term)
    yield Table(whole, tuple(pattern.format(result.value) for result in EmploymentResult))


def _by_sector() -> Parts:
    yield _figure("outcomes.sector_not_recorded", "Sector: not recorded", "sector not recorded", only(sector=None))
    yield Table("outcomes", (*(f"{sector}.outcomes" for sector in Sector), "outcomes.sector_not_recorded"))
