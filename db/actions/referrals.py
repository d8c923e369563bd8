"""Entering a referral: one adult's case, with everything the form said, ready to be screened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from db.access import open_record
from db.actions.people import (
    birth_given,
    keep_adult,
    keep_other_name,
    keep_post,
    keep_setting,
    say_whether_same,
    setting_named,
)
from db.actions.steps import DETAILS, add_decide_step, add_step, finish_steps
from db.clock import week_number
from db.desk import action
from db.errors import MayBeADuplicate, NotFound
from db.forms.referral import ChildForm, ConcernForm, ReferralForm
from db.models import (
    Adult,
    Case,
    CaseChild,
    CaseFlag,
    Child,
    ChildMark,
    Concern,
    Contact,
    Enquiry,
    Grant,
    Restriction,
    Setting,
    Step,
    table,
)
from db.permissions import Permission
from db.rules.dates import Day
from db.rules.working_days import add_working_days
from db.vocabulary import Answer, Classification
from db.work import Work

_adults, _cases, _enquiries, _steps = table(Adult), table(Case), table(Enquiry), table(Step)

OWN_STAFF = ("own_social_work", "own_other_staff")
"""Settings whose staff are the authority's own: their cases are restricted from the first moment."""

_DETAILS_TO_COME = "Details to come from the referrer"
SAME_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ReferralSaved:
    """A referral that is kept, and what it still lacks."""

    case_id: int
    ref: str
    missing: tuple[str, ...]
    restricted: bool


@action(Permission.ENTER_REFERRAL)
def enter_referral(work: Work, form: ReferralForm) -> ReferralSaved:
    """Keep a referral; an enquiry it came from is closed and points to it.

    Raises:
        MayBeADuplicate: the same portal form, or the same adult entered within 24 hours, unless
            ``form.not_a_duplicate`` is set.
        NotOnAccessList: the enquiry it comes from is not this officer's to open.
    """
    if not form.not_a_duplicate:
        _stop_at_a_duplicate(work, form)
    enquiry = open_record(work, _enquiries, form.enquiry_id) if form.enquiry_id else None
    sector = form.sector or _group(work, "role", form.role) or _group(work, "setting_kind", form.setting_kind)
    setting_id = _setting(work, form, sector)
    if setting_id is None and enquiry is not None:
        setting_id = enquiry.setting_id
    adult_id = _adult(work, form, enquiry.adult_id if enquiry else None)
    keep_post(
        work,
        adult_id,
        setting_id=setting_id,
        role=form.role,
        basis=form.basis,
        sector=sector,
        service_length=form.service_length,
    )
    ref = work.next_reference("R")
    restricted = form.setting_kind in OWN_STAFF or bool(enquiry and enquiry.restricted)
    case_id = _case(work, form, ref=ref, adult_id=adult_id, setting_id=setting_id, sector=sector, restricted=restricted)
    work.subject = ref
    children = [_child(work, case_id, child) for child in form.children]
    for concern in form.concerns:
        _concern(work, case_id, concern, children)
    for flag in form.flags or ():
        work.insert(CaseFlag, case_id=case_id, flag=flag)
    if restricted:
        _restrict(work, case_id)
    add_decide_step(work, case_id, _received(form))
    if enquiry is not None:
        _close_enquiry(work, enquiry, ref)
    return ReferralSaved(case_id, ref, form.missing(), restricted)


@action(Permission.ENTER_REFERRAL)
def return_for_details(work: Work, case_id: int, missing: str, version: int | None = None) -> None:
    """Send a form back to the referrer, saying what is missing; the case waits for it and stays on the work list."""
    open_record(work, _cases, case_id)
    work.change(Case, case_id, version, returned_on=work.today, returned_missing=missing)
    due_on = add_working_days(work.today, 1)
    add_step(work, _DETAILS_TO_COME, due_on, case_id=case_id, waiting_for="the referrer", kind=DETAILS)


@action(Permission.ENTER_REFERRAL)
def details_came(work: Work, case_id: int, version: int | None = None) -> None:
    """The referrer sent what was missing: the case no longer waits for it."""
    open_record(work, _cases, case_id)
    work.change(Case, case_id, version, returned_missing=None)
    finish_steps(work, case_id, DETAILS)


def _stop_at_a_duplicate(work: Work, form: ReferralForm) -> None:
    found = select(_cases.c.ref)
    if form.portal_ref:
        same_form = work.rows(found.where(_cases.c.portal_ref == form.portal_ref))
        if same_form:
            refs = [row.ref for row in same_form]
            raise MayBeADuplicate(refs, f"Portal form {form.portal_ref} is entered already as {', '.join(refs)}")
    recent = (
        found.join(_adults, _cases.c.adult_id == _adults.c.id)
        .where(_cases.c.entered_at > work.now - SAME_DAY, _adults.c.name == form.name)
        .order_by(_cases.c.id)
    )
    refs = [row.ref for row in work.rows(recent)]
    if refs:
        raise MayBeADuplicate(refs, f"An adult of this name was entered in the last 24 hours: {', '.join(refs)}")


def _received(form: ReferralForm) -> date:
    if form.received is None or form.received.on is None:
        raise NotFound("A referral needs the day it was received")
    return form.received.on


def _group(work: Work, listed: str, code: str | None) -> str | None:
    return (work.vocabulary.term(listed, code).group or None) if code else None


def _setting(work: Work, form: ReferralForm, sector: str | None) -> int | None:
    if not form.setting:
        return None
    if form.setting_id is not None:
        return int(work.row(Setting, form.setting_id).id)
    return setting_named(work, form.setting) or keep_setting(
        work,
        form.setting,
        kind=form.setting_kind,
        sector=sector,
        district=form.district,
        area=_group(work, "district", form.district),
        own_service=form.setting_kind in OWN_STAFF,
    )


def _adult(work: Work, form: ReferralForm, from_enquiry: int | None) -> int:
    known = form.known_adult_id or from_enquiry
    told = {
        "sex": form.sex,
        "ethnicity": form.ethnicity,
        "home_address": form.home_address,
        "own_children": form.own_children,
        "other_work": form.other_work,
    }
    name = str(form.name)
    if known is None:
        known = keep_adult(work, name, _born(form), born_confirmed=form.birth_confirmed == Answer.YES, **told)
    else:
        _add_to_adult(work, form, known, told)
    if work.may(Permission.LINK_PEOPLE):
        for somebody_else in set(form.not_same) - {known}:
            say_whether_same(work, known, somebody_else, same=False)
    for other in (form.other_names or "").split(","):
        if other.strip():
            keep_other_name(work, known, other.strip())
    return known


def _born(form: ReferralForm) -> Day | None:
    return None if form.birth_confirmed == Answer.NO else form.born


def _add_to_adult(work: Work, form: ReferralForm, adult_id: int, told: Mapping[str, str | None]) -> None:
    """Add what the form tells to someone on record already; what the record knows is never blanked."""
    on_record = work.row(Adult, adult_id)
    new: dict[str, object] = {name: value for name, value in told.items() if value}
    born = _born(form)
    if born and born.on and on_record.born_on is None:
        new |= {"born_on": born.on, "born_given": birth_given(born, confirmed=form.birth_confirmed == Answer.YES)}
    if new:
        work.change(Adult, adult_id, None, **new)
    if str(form.name).casefold() != on_record.name.casefold():
        keep_other_name(work, adult_id, str(form.name), "spelling")


def _case(
    work: Work,
    form: ReferralForm,
    *,
    ref: str,
    adult_id: int,
    setting_id: int | None,
    sector: str | None,
    restricted: bool,
) -> int:
    received = _received(form)
    first = form.concerns[0] if form.concerns else None
    same = ("portal_ref", "external_ref", "agency", "role", "basis", "setting_kind", "account", "account_from",
            "incidents", "witnesses", "actions_taken", "earlier_known", "interim_measure", "other_authority",
            "enquiry_id")  # fmt: skip
    answered = ("adult_aware", "parents_aware", "police_told", "social_care_told")
    return work.insert(
        Case,
        ref=ref,
        adult_id=adult_id,
        setting_id=setting_id,
        sector=sector,
        restricted=restricted,
        area=_group(work, "district", form.district),
        referrer_id=_referrer(work, form),
        employer_contact_id=work.insert(Contact, name=form.employer_contact) if form.employer_contact else None,
        received_on=received,
        received_week=week_number(received),
        employer_aware_on=form.employer_aware.on if form.employer_aware else None,
        entered_at=work.now,
        entered_by=work.officer.id,
        classification=Classification.PENDING,
        principal_type=first.type if first else None,
        principal_subtype=first.subtype if first else None,
        **{name: getattr(form, name) for name in same},
        **{name: getattr(form, name) or Answer.NOT_KNOWN for name in answered},
    )


def _referrer(work: Work, form: ReferralForm) -> int | None:
    if not form.referrer_name:
        return None
    return work.insert(
        Contact,
        name=form.referrer_name,
        agency=form.agency,
        role=form.referrer_role,
        organisation=form.referrer_organisation,
        phone=form.referrer_phone,
        email=form.referrer_email,
    )


def _child(work: Work, case_id: int, form: ChildForm) -> int:
    marks = form.marks or ()
    in_care = {"in_care_own_authority", "in_care_other_authority"} & set(marks)
    number = work.insert(
        Child,
        name=form.name,
        born_on=form.born.on if form.born else None,
        age=form.age,
        sex=form.sex,
        address=form.address,
        needs=Answer.YES if "sen_or_disabled" in marks else Answer.NOT_KNOWN,
        in_care=Answer.YES if in_care else Answer.NOT_KNOWN,
        placing_authority=form.placing_authority,
        social_worker=form.social_worker,
    )
    work.insert(CaseChild, case_id=case_id, child_id=number, relationship=form.relationship)
    for mark in marks:
        work.insert(ChildMark, child_id=number, mark=mark)
    return number


def _concern(work: Work, case_id: int, form: ConcernForm, children: list[int]) -> None:
    happened = form.happened
    work.insert(
        Concern,
        case_id=case_id,
        child_id=children[form.child - 1] if form.child and form.child <= len(children) else None,
        type=form.type,
        subtype=form.subtype,
        happened_on=happened.on if happened else None,
        happened_given=happened.given if happened else "not_known",
        place=form.place,
        account=form.details,
    )


def _restrict(work: Work, case_id: int) -> None:
    work.insert(Restriction, case_id=case_id, reason="own_employee", set_by=work.officer.id, set_at=work.now)
    work.insert(Grant, case_id=case_id, officer_id=work.officer.id, granted_by=work.officer.id, from_at=work.now)


def _close_enquiry(work: Work, enquiry: Any, ref: str) -> None:  # noqa: ANN401 - a row of enquiries
    undone = select(_steps.c.id).where(_steps.c.enquiry_id == enquiry.id, _steps.c.done_on.is_(None))
    for row in work.rows(undone):
        work.change(Step, row.id, done_on=work.today, done_by=work.officer.id)
    work.change(
        Enquiry,
        enquiry.id,
        closed_on=work.today,
        closed_reason=f"Referral {ref}",
        next_step=None,
        due_on=None,
        waiting=False,
    )
