"""A duty morning, Thursday 12 March 2026: what lies on the desk when Mary Okoro sits down."""

from datetime import UTC, date, datetime

from db.models import Absence, DutyTurn
from db.store import Store
from tests.planted import plant, plant_adult, plant_case, plant_enquiry, plant_officer, plant_setting

TODAY = date(2026, 3, 12)
MARY, PETER, RUTH, HELEN, TOM = 1, 2, 3, 4, 5


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 12, hour, minute, tzinfo=UTC)


def day(number: int) -> date:
    return date(2026, 3, number)


def lay_out(store: Store) -> None:
    """Turns, an absence, a relief worker, and what is open."""
    lena = plant_officer(store, "Lena Grant", "LG")
    plant_officer(store, "Rhea Dunn", "RD", "relief", ends_on=day(27))
    plant(store, Absence, officer_id=lena, from_on=day(9), reason="sickness")
    plant(store, DutyTurn, officer_id=MARY, from_at=at(9), to_at=at(13))
    plant(store, DutyTurn, officer_id=PETER, from_at=at(13), to_at=at(17))
    _mine(store)
    _duty(store)
    plant_case(store, ref="R26-0301", adult_id=plant_adult(store, "Maud Quill"), owner_id=lena, due_on=day(11),
               classification="allegation", next_step="Strategy meeting")  # fmt: skip
    plant_case(store, ref="R26-0340", adult_id=plant_adult(store, "Zzkestrel Brand"), owner_id=PETER, due_on=day(16),
               restricted=True, classification="allegation", next_step="Zzkestrel")  # fmt: skip
    _last_year(store)


def _mine(store: Store) -> None:
    school = plant_setting(store, "St Mary's CE Primary School", town="Ashcombe", kind="primary", findable=True)
    hartley = plant_adult(store, "James Hartley", date(1985, 3, 14), findable=True)
    plant_case(store, day(9), ref="R26-0412", adult_id=hartley, setting_id=school, owner_id=MARY, due_on=day(10),
               next_step="Decide threshold", role="ta_support", principal_type="physical",
               account="Child told class teacher at break that Mr H grabbed his arm.")  # fmt: skip
    rows = (
        ("R26-0399", "Toyin Ode", 12, "Evaluation meeting", False),
        ("R26-0377", "Alan Sloan", 16, "Police update asked", True),
        ("R26-0361", "Dara Ingram", 18, "Monthly review", False),
        ("R26-0355", "Colm Fenn", 20, "Outcome from employer", False),
        ("R26-0349", "Ngozi Achebe", 23, "Disciplinary date", False),
    )
    for ref, name, due, step, waiting in rows:
        plant_case(store, date(2026, 2, 2), ref=ref, adult_id=plant_adult(store, name), setting_id=school,
                   owner_id=MARY, due_on=day(due), next_step=step, waiting=waiting, classification="allegation",
                   principal_type="physical")  # fmt: skip


def _duty(store: Store) -> None:
    pell = plant_adult(store, "Rose Pell", findable=True)
    alike = plant_adult(store, "Ros Pell", findable=True)
    plant_enquiry(store, date(2023, 5, 4), ref="E23-0102", adult_id=alike, closed_on=date(2023, 5, 5),
                  result="advice_given", works_at="Hillside Nursery")  # fmt: skip
    plant_enquiry(store, day(12), ref="E26-0817", adult_id=pell, works_at="Oakfield Nursery", due_on=day(13),
                  next_step="Read enquiry, decide", entered_at=at(10, 22), caller_role="dsl", child_safe="yes",
                  organisation="Oakfield Nursery", account="Shouted at child aged 3. Second concern in six weeks.",
                  advice="Keep out of the room. Send referral by 16:00 today.")  # fmt: skip
    plant_enquiry(store, day(10), ref="E26-0809", adult_id=plant_adult(store, "Karl Brandt"), due_on=day(11),
                  next_step="Call back DSL", result="advised_refer", entered_at=at(9))  # fmt: skip
    plant_case(store, day(11), ref="R26-0418", due_on=day(12), next_step="Check harm threshold",
               adult_id=plant_adult(store, "Ana Vos"))  # fmt: skip


def _last_year(store: Store) -> None:
    adult = plant_adult(store, "Rob Tarn")
    for number in (10, 11, 12):
        plant_case(store, date(2025, 3, number), adult_id=adult, classification="allegation",
                   closed_on=date(2025, 6, 2), closed_as="no_further_action")  # fmt: skip
