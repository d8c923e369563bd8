"""A store of any size, to measure against: invented people, settings, cases and enquiries over ten years.

Not the practice service: nothing here is meant to be read. What matters is that the shapes are right: how many distinct
names there are, how many cases are open, how they spread over the years.
"""

import argparse
import random
import time
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from db.clock import week_number
from db.heard_before.index import index_names
from db.models import Adult, Case, Concern, Enquiry, Officer, Outcome, ReferenceCounter, Setting, Step, table
from db.store import Store, create_practice_store

LAST_DAY = date(2023, 3, 31)
YEARS = 10
OPEN_SHARE = 0.02
PEOPLE_SHARE = 0.6
SETTINGS_SHARE = 0.05
ENQUIRIES_SHARE = 0.65
_BATCH = 5_000

_STOCK = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
_SURNAMES: Sequence[str] = _STOCK["surnames"]
_GIVEN: Sequence[str] = _STOCK["given"]
_START: Sequence[str] = _STOCK["start"]
_MIDDLE: Sequence[str] = _STOCK["middle"]
_END: Sequence[str] = _STOCK["end"]
_TAIL: Sequence[str] = _STOCK["tail"]

_CODES = {
    "classification": ("allegation", "allegation", "consultation", "information_only", "not_threshold"),
    "sector": ("education", "education", "early_years", "fostering", "wider"),
    "role": ("teacher", "ta_support", "nursery_practitioner", "agency_carer", "residential_worker", "coach"),
    "kind": ("primary", "secondary", "pvi", "ifa", "residential", "sports"),
    "area": ("north", "east", "south", "west", "not_known"),
    "agency": ("school", "early_years", "police", "own_social_work", "health", "public", "ofsted"),
    "type": ("physical", "suitability", "inappropriate_conduct", "sexual", "emotional", "neglect", "online"),
    "finding": ("substantiated", "unsubstantiated", "unsubstantiated", "unfounded", "false", "malicious"),
}  # fmt: skip


def build(path: Path, referrals: int, seed: int = 1) -> None:
    """Make a practice store with so many referrals, and all that goes with them."""
    store = create_practice_store(path, service=f"Scale {referrals:,}")
    chance = random.Random(seed)
    people, settings = int(referrals * PEOPLE_SHARE), max(50, int(referrals * SETTINGS_SHARE))
    _fill(store, Officer, _officers())
    _fill(store, Setting, _settings(chance, settings))
    _fill(store, Adult, _adults(chance, people, referrals))
    _fill(store, Case, _cases(chance, referrals, people, settings))
    _fill(store, Concern, _concerns(chance, referrals))
    _fill(store, Outcome, _outcomes(chance, referrals))
    _fill(store, Enquiry, _enquiries(chance, int(referrals * ENQUIRIES_SHARE), people, settings))
    _fill(store, Step, _steps(referrals))
    with store.write() as connection:
        years = range(LAST_DAY.year - YEARS, LAST_DAY.year + 1)
        rows = [{"kind": kind, "year": year, "last": referrals} for kind in "ER" for year in years]
        connection.execute(insert(table(ReferenceCounter)), rows)
    _make_findable(store)
    with store.write() as connection:
        connection.exec_driver_sql("ANALYZE")
    store.close()


def name(chance: random.Random, variety: int) -> str:
    """An invented name: most surnames are common ones, the rest a long tail that grows with the record."""
    if chance.random() < 0.5:
        family = chance.choice(_SURNAMES)
    else:
        tail = random.Random(int(chance.paretovariate(0.5)) % variety)
        family = "".join(tail.choice(part) for part in (_START, _MIDDLE, _END, _TAIL)).capitalize()
    return f"{chance.choice(_GIVEN)} {family}"


def _fill(store: Store, model: type[SQLModel], rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, _BATCH * 20)):
        with store.write() as connection:
            for start in range(0, len(batch), _BATCH):
                connection.execute(insert(table(model)), batch[start : start + _BATCH])


def _make_findable(store: Store) -> None:
    for kind, model in (("adult", Adult), ("setting", Setting)):
        with store.write() as connection:
            of = table(model)
            named = connection.execution_options(yield_per=_BATCH).execute(
                of.select().with_only_columns(of.c.id, of.c.name)
            )
            index_names(connection, kind, ((row.id, row.name) for row in _all(named)))  # type: ignore[arg-type]


def _all(found: Any) -> Sequence[Any]:  # noqa: ANN401 - a result read whole: it may not stay open while writing
    rows: Sequence[Any] = found.all()
    return rows


def _officers() -> Iterator[dict[str, Any]]:
    roles = ("manager", "cro", "cro", "lado", "lado", "lado", "lado", "lado", "lado")
    for number, role in enumerate(roles, 1):
        yield {"id": number, "version": 1, "name": f"Officer {number}", "initials": f"O{number}",
               "sign_in": role if role not in roles[: number - 1] else f"{role}{number}", "role": role,
               "starts_on": date(2010, 1, 1)}  # fmt: skip


def _settings(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        yield {"id": number, "version": 1, "name": f"{name(chance, 20_000).split()[1]} Primary School {number}",
               "kind": chance.choice(_CODES["kind"]), "sector": chance.choice(_CODES["sector"]),
               "area": chance.choice(_CODES["area"]), "own_service": False, "entered_at": _instant(0)}  # fmt: skip


def _adults(chance: random.Random, count: int, referrals: int) -> Iterator[dict[str, Any]]:
    variety = max(2_000, min(60_000, referrals // 8))
    for number in range(1, count + 1):
        born = date(1950, 1, 2) + timedelta(days=chance.randrange(18_000))
        yield {"id": number, "version": 1, "name": name(chance, variety), "born_on": born, "born_given": "recorded",
               "entered_at": _instant(0)}  # fmt: skip


def _received(number: int, referrals: int) -> date:
    return LAST_DAY - timedelta(days=(referrals - number) * YEARS * 365 // referrals)


def _is_open(number: int, referrals: int) -> bool:
    """The newest one in a hundred, and as many again spread over the last years."""
    return number > referrals * (1 - OPEN_SHARE / 2) or (number > referrals * 0.7 and number % 30 == 0)


def _cases(chance: random.Random, count: int, people: int, settings: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        received, open_now = _received(number, count), _is_open(number, count)
        classification = chance.choice(_CODES["classification"])
        due = LAST_DAY + timedelta(days=chance.randrange(-10, 40))
        yield {
            "id": number, "version": 1, "ref": f"R{received.year % 100:02d}-{number:07d}",
            "adult_id": chance.randrange(people) + 1, "setting_id": chance.randrange(settings) + 1,
            "agency": chance.choice(_CODES["agency"]), "role": chance.choice(_CODES["role"]),
            "sector": chance.choice(_CODES["sector"]), "setting_kind": chance.choice(_CODES["kind"]),
            "area": chance.choice(_CODES["area"]), "received_on": received, "received_week": week_number(received),
            "entered_at": _instant(number), "entered_by": 2, "account": "Invented, and of no matter. " * 8,
            "adult_aware": "not_known", "parents_aware": "no", "police_told": "yes", "social_care_told": "not_known",
            "classification": classification, "first_classification": classification,
            "first_decided_on": received + timedelta(days=1), "principal_type": chance.choice(_CODES["type"]),
            "owner_id": chance.randrange(4, 10), "next_step": "Monthly review" if open_now else None,
            "waiting": False, "due_on": due if open_now else None,
            "closed_on": None if open_now else received + timedelta(days=chance.randrange(2, 200)),
            "closed_as": None if open_now else "outcome", "legal_hold": False, "restricted": number % 500 == 0,
        }  # fmt: skip


def _concerns(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        yield {"id": number, "version": 1, "case_id": number, "type": chance.choice(_CODES["type"]),
               "happened_given": "not_known"}  # fmt: skip


def _outcomes(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    answers = dict.fromkeys(
        ("agreed_employer", "agreed_police", "agreed_social_care", "dbs_removed", "dbs_harm", "adult_told",
         "child_told", "parent_told"), "not_known",
    )  # fmt: skip
    for number in (n for n in range(1, count + 1) if not _is_open(n, count) and n % 3 == 0):
        yield answers | {
            "case_id": number, "number": 1, "is_current": True, "conflict": False, "case_version": 1,
            "concluded_on": _received(number, count) + timedelta(days=chance.randrange(2, 200)),
            "finding": chance.choice(_CODES["finding"]), "reason": "Invented.", "employment_result": "no_action",
            "dbs_status": "not_needed", "regulator_status": "not_needed", "recorded_by": 5,
            "recorded_at": _instant(number),
        }  # fmt: skip


def _enquiries(chance: random.Random, count: int, people: int, settings: int) -> Iterator[dict[str, Any]]:
    unanswered = dict.fromkeys(
        ("adult_with_children", "police_or_care_told", "works_elsewhere", "other_work", "child_needs",
         "child_in_care"), "not_known",
    )  # fmt: skip
    for number in range(1, count + 1):
        received, open_now = _received(number, count), number > count * 0.998
        yield unanswered | {
            "id": number, "version": 1, "ref": f"E{received.year % 100:02d}-{number:07d}", "subject": "lado",
            "received_at": datetime(received.year, received.month, received.day, 10, tzinfo=UTC),
            "received_on": received, "received_week": week_number(received), "entered_at": _instant(number),
            "taken_by": 2, "method": "telephone", "call_back": "01622 555142", "child_safe": "yes",
            "adult_id": chance.randrange(people) + 1 if number % 2 else None,
            "setting_id": chance.randrange(settings) + 1, "account": "Invented, and of no matter. " * 8,
            "result": "advice_given", "waiting": False, "next_step": "Ring back" if open_now else None,
            "due_on": LAST_DAY if open_now else None, "closed_on": None if open_now else received, "restricted": False,
        }  # fmt: skip


def _steps(count: int) -> Iterator[dict[str, Any]]:
    for number in (n for n in range(1, count + 1) if _is_open(n, count)):
        yield {"version": 1, "case_id": number, "what": "Monthly review", "due_on": LAST_DAY,
               "added_at": _instant(number), "added_by": 5}  # fmt: skip


def _instant(number: int) -> datetime:
    return datetime(2013, 4, 1, 9, tzinfo=UTC) + timedelta(minutes=number % 500_000)


def main() -> None:
    """Build a store from the command line: ``python -m benchmarks.scale PATH REFERRALS``."""
    reader = argparse.ArgumentParser(description=main.__doc__)
    reader.add_argument("path", type=Path)
    reader.add_argument("referrals", type=int)
    given = reader.parse_args()
    began = time.perf_counter()
    build(given.path, given.referrals)
    print(f"{given.referrals:,} referrals in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
