"""The service's other work as rows: requests and checks, training, feedback, complaints, leads, recommendations."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from db.models import Complaint, Enquiry, Feedback, LeadRole, Recommendation, Request, Training
from db.rules.working_days import add_working_days
from db.sample import team
from db.sample.calendar import TODAY, Rhythm
from db.sample.chance import Chance
from db.sample.people import Names
from db.sample.rows import Rows
from db.sample.shape import shape
from db.vocabulary import Answer, Sector

_BY_ENQUIRY = "ofsted_information"
_CHECK = "safeguarding_and_fostering_check"


@cache
def registers() -> Mapping[str, Any]:
    """What registers.toml holds."""
    return tomllib.loads(files("db.sample").joinpath("registers.toml").read_text("utf-8"))


def write_registers(rows: Rows, names: Names, chance: Chance) -> None:
    """Every register; requests that came as enquiries point to them, so these are written first."""
    for year, kinds in registers()["requests"].items():
        _write_requests(rows, year, kinds, names, chance)
    _write_training(rows)
    _write_feedback(rows, chance)
    for told in registers()["complaint"]:
        rows.add(Complaint, upheld=Answer.NO, **told)
    for told in registers()["lead"]:
        officer = team.by_initials()[told["officer"]].number if "officer" in told else None
        rows.add(LeadRole, role=told["role"], officer_id=officer, from_on=told["from_on"])
    for told in registers()["recommendation"]:
        rows.add(Recommendation, **told)


def _write_requests(rows: Rows, year: str, kinds: Mapping[str, int], names: Names, chance: Chance) -> None:
    said = shape().years[year]
    rhythm = Rhythm.over(said.start, said.end)
    for kind, count in kinds.items():
        if kind == _BY_ENQUIRY:
            _write_asked_by_enquiry(rows, said.start, said.end)
            continue
        for day in sorted(rhythm.draw_working(chance, school=False) for _ in range(count)):
            _write_request(rows, kind, day, names, chance)


def _write_request(rows: Rows, kind: str, day: date, names: Names, chance: Chance) -> None:
    due = add_working_days(day, registers()["answer_days"][kind])
    answered = (
        min(due, add_working_days(day, chance.randrange(1, 9))) if chance.happens(0.93) else due + timedelta(days=3)
    )
    rows.add(
        Request, kind=kind, received_on=day, due_on=due, answered_on=answered if answered < TODAY else None,
        asked_by=registers()["asked_by"][kind], about=names.full(chance) if kind in (_CHECK, "sar") else None,
        result=("Nothing held" if chance.happens(0.93) else "Held; shared with the panel") if kind == _CHECK else None,
    )  # fmt: skip


def _write_asked_by_enquiry(rows: Rows, first: date, last: date) -> None:
    for enquiry in rows.of(Enquiry):
        if enquiry["subject"] == _BY_ENQUIRY and first <= enquiry["received_on"] <= last:
            rows.add(
                Request, kind=_BY_ENQUIRY, received_on=enquiry["received_on"], asked_by="Ofsted",
                due_on=add_working_days(enquiry["received_on"], registers()["answer_days"][_BY_ENQUIRY]),
                answered_on=enquiry["closed_on"], about=enquiry["works_at"], enquiry_id=enquiry["id"],
            )  # fmt: skip


def _write_training(rows: Rows) -> None:
    for told in registers()["training"]:
        for kind, title, day, places, attended in told["sessions"]:
            rows.add(Training, kind=kind, title=title, held_on=day, places=places or None, attended=attended)


def _write_feedback(rows: Rows, chance: Chance) -> None:
    told = registers()["feedback"]
    for name, year in shape().years.items():
        rhythm = Rhythm.over(year.start, year.end)
        for day in sorted(rhythm.draw_working(chance, school=True) for _ in range(told[name])):
            rows.add(
                Feedback, received_on=day, score=chance.choices((10, 9, 8, 7, 5), (50, 28, 14, 6, 2))[0],
                sector=chance.choice(list(Sector)), words=chance.choice(told["words"]) if chance.happens(0.7) else None,
            )  # fmt: skip
