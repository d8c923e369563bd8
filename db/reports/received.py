"""Figures of what was received in a period: referrals, their classification, sector, role, type and children."""

from collections.abc import Iterator, Mapping, Sequence

from db.reports.figure import Figure, Measure, Table, Where, but, only
from db.reports.parts import Parts, table_of
from db.vocabulary import PROGRESSED, Classification, Sector, Vocabulary

_WORDS = Vocabulary()
_PROGRESSED = only(classification=PROGRESSED)
_ALLEGATIONS = only(classification=Classification.ALLEGATION)
_FIRST_ALLEGATION = only(first=Classification.ALLEGATION)
POLICE_TEAMS = ("police", "polit", "vit", "psd", "visor")
"""The police teams whose referrals are counted apart."""

_FOSTERING_NAMES = {"own_fostering": "own_authority", "other_authority_fostering": "other_authority"}


def codes(listed: str, group: str = "") -> tuple[str, ...]:
    """The codes of a list as shipped, retired ones too."""
    return tuple(term.code for term in _WORDS.terms(listed, group=group, retired=True))


def _referrals() -> Parts:
    yield from table_of(
        Figure("referrals.received", "Referrals received", "Referrals received in the period.", "received"),
        "referrals.{}",
        "classification",
        ("classification", codes("classification")),
        "Referrals received in the period, by classification as at the day read.",
    )
    yield _received("referrals.progressed", "Referrals progressed", _PROGRESSED,
                    "decided as allegation, consultation or information only")  # fmt: skip
    yield _received("referrals.from_public", "Referrals from the public", only(agency="public"),
                    "from a parent or member of the public")  # fmt: skip
    yield _received("referrals.from_public.threshold_met", "From the public, threshold met",
                    only(agency="public") + _ALLEGATIONS,
                    "from a parent or member of the public and classified allegation")  # fmt: skip
    by_kind = [(kind.value, only(classification=kind)) for kind in PROGRESSED]
    for name, where in (("received", ()), ("progressed", _PROGRESSED), *by_kind):
        yield Figure(f"weekly.{name}", f"A week, {name.replace('_', ' ')}",
                     "Count times seven over the days of the period, to one decimal place, half up.",
                     "received", where, Measure.PER_WEEK)  # fmt: skip


def _received(id_: str, label: str, where: Where, of_those: str) -> Figure:
    return Figure(id_, label, f"Referrals received in the period, {of_those}.", "received", where)


def _places() -> Parts:
    progressed = "progressed, by area of the setting"
    yield _received("area.north", "North", _PROGRESSED + only(area="north"), progressed)
    yield _received("area.east", "East with South", _PROGRESSED + only(area=("east", "south")), progressed)
    yield _received("area.elsewhere_or_not_known", "Elsewhere or not known",
                    _PROGRESSED + but(area=("north", "east", "south")), progressed)  # fmt: skip
    yield Table("referrals.progressed", ("area.north", "area.east", "area.elsewhere_or_not_known"))


def _sectors() -> Parts:
    yield from table_of(
        "referrals.progressed", "sector.{}", "sector", ("sector", codes("sector")),
        "Referrals received in the period and progressed, by sector of the adult.", _PROGRESSED,
    )  # fmt: skip
    yield _received("referrals.allegation_first_decided", "First decided allegation", _FIRST_ALLEGATION,
                    "first decided allegation, whatever they became since")  # fmt: skip
    yield from table_of(
        "referrals.allegation_first_decided", "sector.{}.allegation_first_decided", "sector",
        ("sector", codes("sector")),
        "Referrals received in the period and first decided allegation, by sector of the adult.", _FIRST_ALLEGATION,
    )  # fmt: skip
    for sector in Sector:
        yield from _within_sector(sector)


def _within_sector(sector: Sector) -> Parts:
    """One sector by kind of setting, by role, and its first decided allegations by type and kind."""
    name, here = sector.value, only(sector=sector)
    base = f"Referrals received in the period, {sector.label.lower()}"
    yield from table_of(
        f"sector.{name}", f"{name}.{{}}", "setting_kind", ("setting_kind", codes("setting_kind", name)),
        f"{base}, progressed, by kind of setting.", _PROGRESSED + here,
        names=_FOSTERING_NAMES, rest=f"{name}.kind.{{}}",
    )  # fmt: skip
    yield from table_of(
        f"sector.{name}", f"{name}.role.{{}}", "role", ("role", codes("role", name)),
        f"{base}, progressed, by role.", _PROGRESSED + here,
    )  # fmt: skip
    yield from table_of(
        f"sector.{name}.allegation_first_decided", f"{name}.{{}}", "type", ("concern_type", codes("concern_type")),
        f"{base}, first decided allegation, by principal type.", _FIRST_ALLEGATION + here, rest=f"{name}.type.{{}}",
    )  # fmt: skip
    yield from table_of(
        f"sector.{name}.allegation_first_decided", f"{name}.{{}}.allegation_first_decided", "setting_kind",
        ("setting_kind", codes("setting_kind", name)),
        f"{base}, first decided allegation, by kind of setting.", _FIRST_ALLEGATION + here, names=_FOSTERING_NAMES,
        rest=f"{name}.kind.{{}}.allegation_first_decided",
    )  # fmt: skip


def _types() -> Parts:
    yield from table_of(
        "referrals.allegation", "type.{}", "type", ("concern_type", codes("concern_type")),
        "Allegations received in the period, by principal type.", _ALLEGATIONS,
    )  # fmt: skip


def _children() -> Parts:
    for mark in codes("child_status"):
        yield Figure(f"child.{mark}", "Child",
                     "Allegations received in the period with a child so marked; marks overlap.",
                     "marked", _ALLEGATIONS + only(mark=mark), term=("child_status", mark))  # fmt: skip
    for answer, id_, label in (("yes", "child.any_mark", "marked"), ("no", "child.not_recorded", "not recorded")):
        yield Figure(id_, f"Child: {label}", f"Allegations received in the period, children's status {label}.",
                     "received", _ALLEGATIONS + only(marked=answer))  # fmt: skip
    yield Table("referrals.allegation", ("child.any_mark", "child.not_recorded"))


_OWN_SERVICE: Mapping[str, tuple[str, Where]] = {
    "social_workers": (
        "the authority's own social workers",
        only(role="social_worker", setting_kind="own_social_work"),
    ),
    "police_officers": ("serving police officers", only(role="police_officer")),
}


def _own_service() -> Parts:
    for name, (who, where) in _OWN_SERVICE.items():
        label = who[0].upper() + who[1:]
        yield from table_of(
            _received(name, label, _PROGRESSED + where, f"progressed, {who}"), f"{name}.{{}}", "classification",
            ("classification", tuple(each.value for each in PROGRESSED)),
            f"Referrals received in the period, progressed, {who}, by classification.", closed=True,
        )  # fmt: skip
        yield from table_of(
            f"{name}.allegation", f"{name}.{{}}", "type", ("concern_type", codes("concern_type")),
            f"Allegations received in the period, {who}, by principal type.", _ALLEGATIONS + where,
            rest=f"{name}.type.{{}}",
        )  # fmt: skip


def _police() -> Parts:
    whole = _received(
        "police_referrals", "Referrals from the police", only(agency=POLICE_TEAMS), "from any police team"
    )
    yield from table_of(
        whole, "police_referrals.{}", "agency", ("referrer_agency", POLICE_TEAMS),
        "Referrals received in the period from the police, by team, typed or not.", closed=True,
    )  # fmt: skip
    for team in POLICE_TEAMS:
        yield from table_of(
            f"police_referrals.{team}", f"police_referrals.{team}.{{}}", "type",
            ("concern_type", codes("concern_type")),
            "Referrals received in the period from one police team, by principal type.", only(agency=team),
        )  # fmt: skip


_BANDS = {
    "closed_within_1_month": ("1_month", "Closed within 1 month", "closed within one month of receipt"),
    "closed_1_to_3_months": ("3_months", "Closed in 1 to 3 months", "closed after one month and within three"),
    "closed_3_to_12_months": ("12_months", "Closed in 3 to 12 months", "closed after three months and within twelve"),
    "closed_over_12_months": ("over_12_months", "Closed after 12 months", "closed after twelve months"),
    "open": ("open", "Still open", "still open at the end"),
}
_DECIDING = {
    "in_time": ("Decided within 1 working day", "first decided within one working day of receipt"),
    "late": ("Decided later", "first decided after more than one working day"),
    "overdue": ("Not decided, past 1 working day", "not decided, and more than one working day since receipt"),
    "not_due": ("Not decided, still in time", "not decided, and one working day not yet over"),
}


def _clocks() -> Parts:
    for name, (band, label, words) in _BANDS.items():
        yield _received(f"kpi.{name}", label, _PROGRESSED + only(band=band), f"progressed, {words}")
    for months in (3, 12):
        bands = ("1_month", "3_months", "12_months")[: 2 if months == 3 else 3]
        yield _received(f"kpi.closed_within_{months}_months", f"Closed within {months} months",
                        _PROGRESSED + only(band=bands),
                        f"progressed, closed within {months} months of receipt")  # fmt: skip
    yield Table("referrals.progressed", tuple(f"kpi.{name}" for name in _BANDS))
    for state, (label, words) in _DECIDING.items():
        yield _received(f"deciding.{state}", label, only(deciding=state), words)
    yield Table("referrals.received", tuple(f"deciding.{state}" for state in _DECIDING))


def received() -> Iterator[Figure | Table]:
    """Every figure and table of what was received."""
    subjects: Sequence[Parts] = (
        _referrals(), _places(), _sectors(), _types(), _children(), _own_service(), _police(), _clocks(),
    )  # fmt: skip
    for parts in subjects:
        yield from parts
