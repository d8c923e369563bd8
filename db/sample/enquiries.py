"""Contacts with the duty line: those that led to a referral received later, those still awaited, and all the rest."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from db.rules.working_days import add_working_days, is_working_day
from db.sample.calendar import TODAY, Rhythm, after, in_office_hours
from db.sample.cases import mix
from db.sample.chance import Chance
from db.sample.planned import PlannedCase, PlannedEnquiry
from db.sample.shape import Counts, Year
from db.vocabulary import EnquiryResult, Sector

LADO, OFSTED = "lado", "ofsted_information"

_LEAD_IN = timedelta(days=14)
_OWN_GROUPS = ("own_social_workers", "police_officers", "not_recorded")
_EMPLOYERS = ("school", "early_years", "ifa", "own_fostering", "residential", "sport", "health", "voluntary", "faith")
_DAYS_TO_FORM = {0: 26.0, 1: 40.0, 2: 18.0, 3: 9.0, 5: 5.0, 7: 2.0}
"""Working days from the call to the form, by weight."""

_AWAITED_DUE = (-6, -4, -3, -1, -1, 0, 0, 1, 1, 2, 2, 3, 5)
"""Working days from the clock's day on which an awaited form is followed up."""

_CALLS_TODAY = 4
_FOLLOW_UPS = (-2, -1, 0, 0, 1, 1, 2, 3)
"""The same for advice whose effect is to be asked after."""


def enquiries_of(year: Year, counts: Counts, cases: Sequence[PlannedCase], chance: Chance) -> list[PlannedEnquiry]:
    """Every enquiry of a year, in no order."""
    rhythm = Rhythm.over(year.start, year.end)
    made = _linked(year, counts["linked"], cases, chance)
    awaited = counts["outstanding"]
    made += _awaited(year, awaited, chance)
    never_came = counts["advised_refer"] - len(made)
    made += [_on_a_day(year, rhythm, EnquiryResult.ADVISED_REFER, chance) for _ in range(never_came)]
    rest = counts["received"] - len(made)
    today = _CALLS_TODAY if awaited else 0
    made += [_undecided(year, chance) for _ in range(today)]
    made += [_on_a_day(year, rhythm, _result(chance), chance) for _ in range(rest - today)]
    if awaited:
        _follow_up([e for e in made if e.result == EnquiryResult.ADVICE_GIVEN], chance)
    return made + [_from_inspectorate(year, rhythm, chance) for _ in range(counts["ofsted_information"])]


def _linked(year: Year, count: int, cases: Sequence[PlannedCase], chance: Chance) -> list[PlannedEnquiry]:
    able = [
        c for c in cases
        if c.year == year.name and c.agency in _EMPLOYERS and c.group not in _OWN_GROUPS
        and c.received > year.start + _LEAD_IN
    ]  # fmt: skip
    made = []
    for case in chance.sample_by(able, count, lambda c: 2.0 if c.allegation else 1.0):
        day = add_working_days(case.received, -chance.among(_DAYS_TO_FORM))
        day = day if is_working_day(day) else add_working_days(day, -1)
        enquiry = PlannedEnquiry(
            year.name, LADO, in_office_hours(chance, day), day, EnquiryResult.ADVISED_REFER.value, case,
            case.sector, case.kind, case.role, case.agency, closed=case.received,
        )  # fmt: skip
        case.enquiry = enquiry
        made.append(enquiry)
    return made


def _awaited(year: Year, count: int, chance: Chance) -> list[PlannedEnquiry]:
    made = []
    for due in _AWAITED_DUE[:count]:
        rung = add_working_days(TODAY, min(due, 0) - chance.choice((1, 1, 2)))
        enquiry = _about(year, rung, EnquiryResult.ADVISED_REFER, chance)
        enquiry.due = add_working_days(TODAY, due)
        made.append(enquiry)
    return made


def _undecided(year: Year, chance: Chance) -> PlannedEnquiry:
    enquiry = _about(year, TODAY, None, chance)
    enquiry.due = TODAY if chance.happens(0.5) else after(TODAY, 1)
    return enquiry


def _on_a_day(year: Year, rhythm: Rhythm, result: EnquiryResult, chance: Chance) -> PlannedEnquiry:
    day = rhythm.draw_working(chance, school=True)
    enquiry = _about(year, day, result, chance)
    slow = result is EnquiryResult.ADVISED_REFER
    enquiry.closed = min(after(day, chance.choice((6, 9, 12)) if slow else chance.choice((0, 0, 0, 1, 2, 4))), year.end)
    return enquiry


def _from_inspectorate(year: Year, rhythm: Rhythm, chance: Chance) -> PlannedEnquiry:
    day = rhythm.draw_working(chance, school=True)
    enquiry = PlannedEnquiry(year.name, OFSTED, in_office_hours(chance, day), day, None, agency="ofsted")
    enquiry.sector = chance.choice((Sector.EARLY_YEARS, Sector.EDUCATION))
    enquiry.kind = "pvi" if enquiry.sector is Sector.EARLY_YEARS else chance.choice(("primary", "secondary"))
    enquiry.closed = min(after(day, chance.randrange(1, 6)), year.end)
    return enquiry


def _about(year: Year, day: date, result: EnquiryResult | None, chance: Chance) -> PlannedEnquiry:
    words = mix()["enquiry"]
    code = chance.among(words["group"])
    group = year.groups[code]
    kind = chance.among({k: sum(roles.values()) for k, roles in group.posts.items()})
    role = chance.among(group.posts[kind])
    agency = words["agency_of_kind"].get(kind, words["agency"][code])
    return PlannedEnquiry(
        year.name, LADO, in_office_hours(chance, day), day, result.value if result else None, None,
        group.sector, kind, role, agency,
    )  # fmt: skip


def _result(chance: Chance) -> EnquiryResult:
    weights: Mapping[str, float] = mix()["enquiry"]["result"]
    return EnquiryResult(chance.among(weights))


def _follow_up(enquiries: Sequence[PlannedEnquiry], chance: Chance) -> None:
    """Keep the newest advice open until its effect has been asked after."""
    newest = sorted(enquiries, key=lambda e: e.received_at, reverse=True)
    for enquiry, due in zip(newest, chance.shuffled(_FOLLOW_UPS), strict=False):
        enquiry.closed, enquiry.due = None, add_working_days(TODAY, due)
