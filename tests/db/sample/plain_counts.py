"""The published figures counted from the sample's rows by plain loops, apart from the program's own figures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from db.models import (
    Alert,
    Case,
    CaseChild,
    ChildMark,
    Complaint,
    Enquiry,
    Feedback,
    Meeting,
    Outcome,
    PostFilled,
    Request,
    Training,
)
from db.sample.rows import Row, Rows

YEARS = {"2021-22": (date(2021, 4, 1), date(2022, 3, 31)), "2022-23": (date(2022, 4, 1), date(2023, 3, 31))}
PROGRESSED = ("allegation", "consultation", "information_only")
AREAS = {"north": "north", "east": "east", "south": "east"}
POLICE = ("police", "polit", "vit", "psd", "visor")
REFERRED = ("made_employer", "made_la", "confirmed")


def published_figures(rows: Rows, year: str) -> dict[str, Any]:
    """Every figure of a year by its id; one that no row speaks for is nought."""
    first, last = YEARS[year]
    cases = _within(rows.of(Case), "received_on", first, last)
    figures: Counter[str] = Counter()
    figures.update(_of_referrals(cases))
    figures.update(_of_closings([c for c in cases if c["classification"] in PROGRESSED], last))
    figures.update(_of_children(rows, [c for c in cases if c["classification"] == "allegation"]))
    figures.update(_of_outcomes(rows, first, last))
    figures.update(_of_registers(rows, first, last))
    rates = {
        f"weekly.{what}": _per_week(figures[f"referrals.{what}"], first, last) for what in (*PROGRESSED, "progressed")
    }
    return {**figures, **rates, "caseload.mean": _caseload(rows, last)}


def _within(rows: Iterable[Row], column: str, first: date, last: date) -> list[Row]:
    return [row for row in rows if first <= row[column] <= last]


def _of_referrals(cases: list[Row]) -> Iterable[str]:
    for c in cases:
        now, began, concern = c["classification"], c["first_classification"], c["principal_type"]
        yield "referrals.received"
        yield f"referrals.{now}"
        if c["agency"] == "public":
            yield "referrals.from_public"
            if now == "allegation":
                yield "referrals.from_public.threshold_met"
        if c["agency"] in POLICE:
            yield "police_referrals"
            yield f"police_referrals.{c['agency']}"
            if concern:
                yield f"police_referrals.{c['agency']}.{concern}"
        if now in PROGRESSED:
            yield "referrals.progressed"
            yield from _of_progressed(c, now, began, concern)


def _of_progressed(c: Row, now: str, began: str, concern: str | None) -> Iterable[str]:
    sector, kind, role = c["sector"] or "not_recorded", c["setting_kind"], c["role"]
    yield f"area.{AREAS.get(c['area'], 'elsewhere_or_not_known')}"
    yield f"sector.{sector}"
    if now == "allegation":
        yield f"type.{concern}"
    if began == "allegation":
        yield f"sector.{sector}.allegation_first_decided"
        yield f"{sector}.{concern}"
    if sector == "fostering":
        home = "own_authority" if kind == "own_fostering" else kind
        yield f"fostering.{home}"
        if began == "allegation":
            yield f"fostering.{home}.allegation_first_decided"
    if sector == "education":
        yield f"education.{kind}"
    yield f"{sector}.role.{role}"
    if role == "social_worker" and kind == "own_social_work":
        yield "social_workers"
        yield f"social_workers.{concern if now == 'allegation' else now}"
    if role == "police_officer":
        yield "police_officers"
        if now == "allegation":
            yield "police_officers.allegation"


def _of_closings(progressed: list[Row], last: date) -> Iterable[str]:
    for c in progressed:
        closed, received = c.get("closed_on"), c["received_on"]
        if closed is None or closed > last:
            yield "kpi.open"
        elif closed <= received + relativedelta(months=1):
            yield "kpi.closed_within_1_month"
        elif closed <= received + relativedelta(months=3):
            yield "kpi.closed_1_to_3_months"
        elif closed <= received + relativedelta(months=12):
            yield "kpi.closed_3_to_12_months"


def _of_children(rows: Rows, allegations: list[Row]) -> Iterable[str]:
    of_case = {c["id"] for c in allegations}
    case_of = {link["child_id"]: link["case_id"] for link in rows.of(CaseChild) if link["case_id"] in of_case}
    marks = {(case_of[m["child_id"]], m["mark"]) for m in rows.of(ChildMark) if m["child_id"] in case_of}
    for _, mark in marks:
        yield f"child.{mark}"


def _of_outcomes(rows: Rows, first: date, last: date) -> Iterable[str]:
    cases = {c["id"]: c for c in rows.of(Case)}
    for o in _within(rows.of(Outcome), "concluded_on", first, last):
        if not o["is_current"]:
            continue
        c = cases[o["case_id"]]
        finding, result, made = o["finding"], o["employment_result"], o["dbs_status"] in REFERRED
        assert c["classification"] == "allegation"
        yield "outcomes"
        yield f"outcomes.{finding}"
        if finding not in ("substantiated", "unsubstantiated"):
            yield "outcomes.false_malicious_unfounded"
        if made:
            assert first <= o["dbs_on"] <= last
            yield "dbs_referrals"
        home = {"own_fostering": "fostering.own_authority", "ifa": "fostering.ifa"}.get(c["setting_kind"], c["sector"])
        yield from _of_result(str(home), finding, result, made)


def _of_result(home: str, finding: str, result: str, made: bool) -> Iterable[str]:
    yield f"{home}.{finding}"
    yield f"{home}.{finding}.{result}"
    if made:
        yield f"{home}.dbs"
    if result in ("resigned", "dismissed"):
        yield f"{home}.resigned_or_dismissed"
    if result in ("resigned", "disciplinary"):
        yield f"{home}.{result}"
    if result in ("dismissed", "deregistered"):
        yield f"{home}.deregistered"


def _of_registers(rows: Rows, first: date, last: date) -> Iterable[str]:
    for e in _within(rows.of(Enquiry), "received_on", first, last):
        yield "enquiries_with_ofsted"
        if e["subject"] == "lado":
            yield "enquiries"
        if e["result"] == "advised_refer":
            yield "enquiries_advised_to_refer"
    for r in _within(rows.of(Request), "received_on", first, last):
        yield f"requests.{r['kind']}"
    for m in _within(rows.of(Meeting), "held_on", first, last):
        if m["kind"] in ("pot", "pot_review"):
            yield "meetings.position_of_trust"
    for t in _within(rows.of(Training), "held_on", first, last):
        yield "training.sessions"
        if t["kind"] == "need_to_know":
            yield "training.need_to_know.sessions"
            yield from ["training.need_to_know.places"] * t["places"]
            yield from ["training.need_to_know.attended"] * t["attended"]
    for a in _within(rows.of(Alert), "sent_on", first, last):
        assert a["criterion"] == "media"
        yield "alerts"
    for c in _within(rows.of(Complaint), "received_on", first, last):
        yield "complaints"
        yield f"complaints.stage_{c['stage']}"
        if c["upheld"] == "yes":
            yield "complaints.upheld"
    yield from ["feedback.forms"] * len(_within(rows.of(Feedback), "received_on", first, last))


def _per_week(count: int, first: date, last: date) -> float:
    rate = Decimal(count * 7) / ((last - first).days + 1)
    return float(rate.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _caseload(rows: Rows, last: date) -> int:
    ends = [last + relativedelta(months=-back, day=31) for back in range(12)]
    loads = [_open(rows.of(Case), day) / _fte(rows.of(PostFilled), day) for day in ends]
    mean = sum(loads, Decimal()) / len(loads)
    return int(mean.quantize(Decimal(1), ROUND_HALF_UP))


def _open(cases: Iterable[Row], day: date) -> Decimal:
    return Decimal(
        sum(
            c["classification"] in PROGRESSED and c["received_on"] <= day and (c.get("closed_on") or date.max) > day
            for c in cases
        )
    )


def _fte(posts: Iterable[Mapping[str, Any]], day: date) -> Decimal:
    filled = (p for p in posts if p["post"] == "lado" and p["from_on"] <= day <= (p["to_on"] or date.max))
    return sum((p["fte"] for p in filled), Decimal())
