"""The people and places of the record as rows: officers and posts, settings, adults, who rang or referred."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from db.models import (
    Absence,
    Adult,
    AdultLink,
    Contact,
    DutySpell,
    DutyTurn,
    Officer,
    OtherName,
    PostFilled,
    ServiceTerm,
    Setting,
)
from db.sample import team
from db.sample.calendar import TODAY, at, working_days
from db.sample.chance import Chance
from db.sample.plan import Plan
from db.sample.rows import Rows
from db.sample.settings import PlannedSetting, county

_MOVED_IN = date(2018, 1, 8)
"""When the service's list of settings was first kept."""

_TURNS_SINCE = date(2023, 3, 1)
_MIDDAY, _EVENING, _MORNING = 13, 17, 9
_EARLIEST = at(date(2022, 4, 1), 9, 0)


def write_team(rows: Rows) -> None:
    """Officers, the posts they filled, their absences, and what callers met."""
    for officer in team.officers():
        rows.add(
            Officer, name=officer.name, initials=officer.initials, sign_in=officer.sign_in, role=officer.role,
            starts_on=officer.starts_on, ends_on=officer.ends_on,
        )  # fmt: skip
        for post in officer.posts:
            rows.add(
                PostFilled, officer_id=officer.number, post=officer.role, fte=post.fte, from_on=post.from_on,
                to_on=post.to_on,
            )  # fmt: skip
    for officer in team.officers():
        for away in officer.absences:
            cover = team.by_initials()[away["cover"]].number if "cover" in away else None
            rows.add(
                Absence, officer_id=officer.number, from_on=away["from"], to_on=away.get("to"), reason=away["reason"],
                cover_id=cover,
            )  # fmt: skip
    for spell in team.spells():
        rows.add(DutySpell, status=spell.status, from_at=spell.from_at, to_at=spell.to_at, reason=spell.reason)
    _write_turns(rows)


def _write_turns(rows: Rows) -> None:
    """Two turns a working day, by rota; on the clock's day the LADO who signs in first is on."""
    for n, day in enumerate(working_days(_TURNS_SINCE, TODAY + timedelta(days=14))):
        here = sorted(team.ladoes_here(day), key=lambda officer: officer.sign_in != "lado")
        turn = 0 if day == TODAY else n
        for offset, (start, end) in enumerate(((_MORNING, _MIDDAY), (_MIDDAY, _EVENING))):
            officer = here[(turn + offset) % len(here)]
            rows.add(DutyTurn, officer_id=officer.number, from_at=at(day, start, 0), to_at=at(day, end, 0))


def write_places(rows: Rows, settings: Sequence[PlannedSetting]) -> None:
    """Settings, and the districts as the service's own wording."""
    for position, district in enumerate(county()["district"]):
        rows.add_keyed(
            ServiceTerm, list_name="district", code=district["code"], label=district["label"], under=district["area"],
            position=position,
        )  # fmt: skip
    for setting in settings:
        rows.add(
            Setting, name=setting.name, kind=setting.kind, sector=setting.sector, governance=setting.governance,
            district=setting.district, area=setting.area, registration=setting.registration, town=setting.town,
            own_service=setting.own, entered_at=at(_MOVED_IN, 9, 0),
        )  # fmt: skip


def write_adults(rows: Rows, plan: Plan) -> None:
    """Adults with their other names, and what officers said of two entries that look alike."""
    heard = _first_heard(plan)
    for adult in plan.adults:
        rows.add(
            Adult, name=adult.name, born_on=adult.born, born_given=adult.born_given, sex=adult.sex,
            ethnicity=adult.ethnicity, home_address=adult.address, entered_at=heard.get(adult.number, _EARLIEST),
        )  # fmt: skip
        for name, kind in adult.other_names:
            rows.add(OtherName, adult_id=adult.number, name=name, kind=kind)
    for pair in plan.pairs:
        reason = "Same date of birth and same work." if pair.same else "Dates of birth differ; spoke to both employers."
        day = working_days(pair.since, TODAY)[0]
        decided_by = team.ladoes_here(day)[0].number
        rows.add(
            AdultLink, adult_id=pair.adult, other_id=pair.other, same=pair.same, reason=reason, decided_by=decided_by,
            decided_at=at(day, 9, 5),
        )  # fmt: skip


def _first_heard(plan: Plan) -> Mapping[int, datetime]:
    heard: dict[int, datetime] = {}
    for case in plan.cases:
        heard.setdefault(case.adult, at(case.received, 8, 30))
    for enquiry in plan.enquiries:
        if enquiry.adult:
            heard[enquiry.adult] = min(heard.get(enquiry.adult, enquiry.received_at), enquiry.received_at)
    return heard


_ROLES = {
    "school": {"dsl": 6.0, "head": 3.0, "deputy_head": 1.0}, "early_years": {"setting_manager": 1.0},
    "own_social_work": {"social_worker": 1.0}, "front_door": {"social_worker": 1.0}, "police": {"police_officer": 1.0},
    "polit": {"police_officer": 1.0}, "psd": {"police_officer": 1.0}, "visor": {"police_officer": 1.0},
    "vit": {"police_officer": 1.0}, "own_fostering": {"fostering_worker": 1.0}, "ifa": {"fostering_worker": 1.0},
    "residential": {"setting_manager": 1.0}, "hr": {"hr": 1.0}, "health": {"health": 1.0}, "ofsted": {"ofsted": 1.0},
    "isi": {"ofsted": 1.0}, "sport": {"club_welfare": 1.0}, "faith": {"faith_lead": 1.0}, "public": {"parent": 1.0},
    "other_la": {"other_lado": 1.0, "social_worker": 2.0}, "self": {"self": 1.0},
}  # fmt: skip
_ORGANISATION = {
    "police": "Merrowshire Police", "polit": "Merrowshire Police, POLIT", "psd": "Merrowshire Police, PSD",
    "visor": "Merrowshire Police, ViSOR", "vit": "Merrowshire Police, VIT", "ofsted": "Ofsted", "isi": "ISI",
    "front_door": "Merrowshire Front Door", "own_social_work": "Merrowshire social work", "nspcc": "NSPCC",
    "hr": "Merrowshire HR", "own_fostering": "Merrowshire Fostering", "commissioning": "Merrowshire commissioning",
}  # fmt: skip
_AT_THE_SETTING = ("school", "early_years", "ifa", "residential", "sport", "health", "voluntary", "faith", "secure")
_NOBODY = ("public", "self", "whistleblower")
_POOL = 14
_PHONES = {True: "07700 900{:03d}", False: "01632 960{:03d}"}
"""Numbers set aside for invented people: mobile, and office."""


class Callers:
    """Those who ring and refer: the same few people of a setting or a team, again and again."""

    def __init__(self, rows: Rows, plan: Plan, chance: Chance) -> None:
        self._rows, self._names, self._chance = rows, plan.names, chance
        self._settings = plan.settings
        self._known: dict[tuple[str, int, int], int] = {}

    def of(self, agency: str, setting: int | None) -> int:
        """The number of a contact in that agency, for that setting."""
        own = setting if agency in _AT_THE_SETTING and setting else 0
        seat = self._chance.randrange(2 if own else _POOL) if agency not in _NOBODY else -len(self._known)
        key = (agency, own, seat)
        if key not in self._known:
            self._known[key] = self._someone(agency, own)
        return self._known[key]

    def _someone(self, agency: str, setting: int) -> int:
        chance = self._chance
        name = self._names.full(chance)
        mobile = chance.happens(0.4) or agency in _NOBODY
        mail = name.lower().replace(" ", ".").replace("'", "").encode("ascii", "ignore").decode()
        place = self._settings[setting - 1].name if setting else _ORGANISATION.get(agency)
        return self._rows.add(
            Contact, name=name, agency=agency, role=chance.among(_ROLES.get(agency, {"other": 1.0})),
            organisation=place, phone=_PHONES[mobile].format(chance.randrange(1000)),
            email=f"{mail}@{agency.replace('_', '')}.example" if chance.happens(0.7) else None,
        )  # fmt: skip
