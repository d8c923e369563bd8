"""Entering a referral: one form, one adult, all that it says; made for an officer with a pile of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from db.actions.referrals import ReferralSaved, enter_referral, return_for_details
from db.drafts import Draft
from db.errors import MayBeADuplicate, ThereIsAProblem
from db.forms.referral import ReferralForm
from db.queries.enquiries import settings_offered
from db.queries.people import heard_before
from db.queries.referrals import referral_answers_from_enquiry, setting_on_record
from db.rules.dates import DateKind
from lado_tui import clipboard
from lado_tui.desk_line import Overtaken
from lado_tui.draft_keeper import DraftKeeper
from lado_tui.screens.place import Place
from lado_tui.screens.referral_form import FIRST, KNOWN_BEFORE, MOST, ReferralFields, carried_over, how_many
from lado_tui.widgets.drawn import Part
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.known_adults import Known, KnownAdults
from lado_tui.widgets.sections import SectionBar, SectionedForm
from lado_tui.widgets.setting_field import SettingField
from lado_tui.widgets.side_panel import SidePanel

LATE = 1
"""Working days between receipt and entry beyond which the gap is spoken of."""

LEAST_LETTERS = 3
"""Letters of a name from which on it is looked for."""


class ReferralScreen(Place[None]):
    """The referral form. `app.open_place("referral")`, with `enquiry_id=` to begin from an enquiry."""

    NAME = "referral"
    HELP = (
        "Key the form from top to bottom: Enter takes an answer and goes on, PgDn and PgUp turn to another section. "
        "Ctrl+S keeps it. Ctrl+G keeps it and opens the next form of the pile, F12 the same incident for another "
        "adult. Ctrl+O makes room for another child or concern. Ctrl+R keeps it and returns it to the referrer with "
        "what is missing. People on record who may be meant stand below the name while it is typed: F4 goes there."
    )

    def __init__(self, enquiry_id: int | None = None, draft: Draft | None = None) -> None:
        """Open the form.

        Args:
            enquiry_id: the enquiry it comes from; everything it says is carried over.
            draft: a form begun before, to go on with.
        """
        super().__init__()
        self.enquiry_id = enquiry_id
        self.from_ref = ""
        self.draft = draft
        self.entered: list[str] = []
        """References entered since the pile was begun, the last at the end."""
        self.sections = SectionBar()
        self.side = SidePanel()
        self.form: ReferralFields
        self.keeper: DraftKeeper | None = None
        self._not_a_duplicate = False
        self._from_setting: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """The line of sections, the form, and beside it in a wide window what is missing."""
        self.form = self._form_for(self.draft.answers if self.draft else {})
        yield self.sections
        with Horizontal():
            yield Vertical(self.form, id="referral-form")
            yield self.side

    def _form_for(self, answers: Mapping[str, str]) -> ReferralFields:
        children, concerns = how_many(answers, "children"), how_many(answers, "concerns")
        return self._form_with(children, concerns)

    def _form_with(self, children: int, concerns: int) -> ReferralFields:
        return ReferralFields(
            self.desk.vocabulary,
            self.desk.today,
            children=children,
            concerns=concerns,
            clock=lambda: f"{self.desk.now:%H:%M}",
        )

    async def _lay_out(self, form: ReferralFields) -> None:
        """Put another form in place of the one that stands there."""
        before, self.form = self.form, form
        await before.remove()
        await self.query_one("#referral-form").mount(form)

    # Beginning

    def on_place_shown(self) -> None:
        """The first time: fill the form from its draft or its enquiry."""
        if self.keeper is None:
            self.start(self._begin(), group="begin", alone=True)

    async def _begin(self) -> None:
        if self.draft is not None:
            await self._go_on_with(self.draft)
        elif self.enquiry_id is not None:
            await self._begin_from_enquiry(self.enquiry_id)
        else:
            self._begin_with({"received": self._today()}, "received")

    def _begin_with(self, answers: Mapping[str, str], go_to: str) -> None:
        """Begin a new form with some answers already in it."""
        self._not_a_duplicate = False
        self._from_setting = {}
        self.form.fill(answers)
        self._keep(Draft(self.NAME, self.desk.now))
        self.set_where(f"Referral from {self.from_ref}" if self.from_ref else "Referral")
        self._paint_missing()
        self.form.start_at(go_to)

    async def _go_on_with(self, draft: Draft) -> None:
        more = draft.more
        self.enquiry_id, self.from_ref = more.get("enquiry_id"), str(more.get("from_ref", ""))
        self.entered = list(more.get("entered", ()))
        self.form.known.not_same = set(more.get("not_same", ()))
        self._begin_with(draft.answers, "received")
        self._keep(draft)
        self.form.setting.setting_id = more.get("setting_id")
        await self._look_up_adult(more.get("known"))

    async def _begin_from_enquiry(self, enquiry_id: int) -> None:
        told = await self.desk.ask(referral_answers_from_enquiry, enquiry_id)
        self.from_ref = told.ref
        await self._lay_out(self._form_for(told.answers))
        self._begin_with(told.answers | {"received": self._today()}, "received")
        self.form.setting.setting_id = told.setting_id
        if told.referrals:
            self.say(f"{told.ref} has become {', '.join(told.referrals)} already.", urgent=True)
        await self._look_up_adult(told.adult_id)

    def _today(self) -> str:
        return f"{self.desk.today.day} {self.desk.today:%b %Y}"

    # Its draft

    def _keep(self, draft: Draft) -> None:
        self.keeper = DraftKeeper(self, draft, lambda: self.form.answered, title=self._title, more=self._more)

    def _title(self) -> str:
        return self.form.field("name").value or self.from_ref or "Referral"

    def _more(self) -> dict[str, Any]:
        known = self.form.known
        return {
            "enquiry_id": self.enquiry_id,
            "from_ref": self.from_ref,
            "entered": self.entered,
            "known": known.used.adult_id if known.used else None,
            "not_same": sorted(known.not_same),
            "setting_id": self.form.setting.setting_id,
        }

    def leaving(self) -> None:
        """Write the draft now."""
        if self.keeper is not None:
            self.keeper.write_now()

    @property
    def unfinished(self) -> str:
        """The referral, while something is typed."""
        return "This referral" if self.keeper is not None and self.keeper.typed else ""

    # While it is typed

    @on(FormBody.Edited)
    def _edited(self, event: FormBody.Edited) -> None:
        if type(event) is not FormBody.Edited or self.keeper is None:
            return
        self.keeper.edited()
        if event.field in ("name", "portal_ref"):
            self._not_a_duplicate = False
        if event.field in ("name", "born"):
            self.start(self._look_up_adult(), group="known")
        if event.field == "born":
            self.form.ask_about_birth()
        elif event.field == "received":
            self.say(self._gap_words())
        elif event.field.endswith(".type"):
            self.form.show_subtypes()
        self._paint_missing()

    @on(FormBody.AtEnd)
    def _at_end(self) -> None:
        self.say("That is all of it. Ctrl+S keeps it, Ctrl+G keeps it and opens the next form.")

    @on(SectionedForm.Turned)
    def _turned(self) -> None:
        self.sections.say([heading.short for heading in self.form.sections], self.form.section)

    @on(SectionBar.Chosen)
    def _section_chosen(self, event: SectionBar.Chosen) -> None:
        self.form.turn_to(event.at)

    def do_section(self, way: str) -> None:
        """Turn to the next section, or to the one before."""
        if not self.form.turn(1 if way == "next" else -1):
            self.say("This is the last section." if way == "next" else "This is the first section.")

    def do_notes(self) -> None:
        """To the account and back."""
        self.form.go_to("account")

    def _gap_words(self) -> str:
        """A warning of a late entry, which is never stopped; "" for none."""
        gap = self.form.gap
        return f"Received {gap} working days ago. Both dates are kept." if gap > LATE else ""

    def _paint_missing(self) -> None:
        missing = self.form.missing()
        self.sections.say_tail(f"{len(missing)} still missing" if missing else "nothing missing")
        lines: list[str | Part] = [Part("STILL MISSING", "heading"), *(f"  {words}" for words in missing)]
        if self._gap_words():
            lines += ["", Part("LATE", "heading"), f"  {self._gap_words()}"]
        if self.entered:
            lines += ["", Part("ENTERED NOW", "heading"), *(f"  {ref}" for ref in reversed(self.entered))]
        self.side.say(*lines)

    # Who it is

    async def _look_up_adult(self, use: int | None = None) -> None:
        """Show who on record may be meant; with `use`, take that person's entry if it is among them."""
        known, name = self.form.known, self.form.field("name").value.strip()
        if known.used is not None:
            return
        if len(name) < LEAST_LETTERS:
            known.show(())
            return
        born = self.form.day("born", DateKind.ADULT_BIRTH)
        try:
            found = await self.desk.latest("known", heard_before, name, born.on if born else None)
        except Overtaken:
            return
        known.show(found.people, "A restricted record may match" if found.restricted else "")
        if use is not None:
            known.use(next((person for person in found.people if person.adult_id == use), None))

    def do_heard_before(self) -> None:
        """Into the people on record who may be meant; from there, open the history of the one marked."""
        known = self.form.known
        if self.focused is known and known.marked is not None:
            self.app.open_place("person", adult_id=known.marked.adult_id)
        elif known.marked is not None:
            known.focus()
        else:
            self.say("Nobody on record has a name like this.")

    @on(KnownAdults.Decided)
    def _decided(self, event: KnownAdults.Decided) -> None:
        known = self.form.known
        known.use(event.person if event.same else None)
        self.form.set_flag(KNOWN_BEFORE, wanted=event.same and event.person.records > 0)
        if self.keeper is not None:
            self.keeper.edited()
        if event.same:
            self.say("This referral goes with their earlier records.")
            self._fill_from_record(event.person)
            self.form.go_to("born")
        elif not known.people:
            self.form.go_to("name")

    def _fill_from_record(self, person: Known) -> None:
        """The date of birth on record need not be typed."""
        born = self.form.field("born")
        if person.born_on and not born.value:
            born.value = f"{person.born_on.day} {person.born_on:%b %Y}"
            self.form.ask_about_birth()
            self._paint_missing()

    @on(KnownAdults.Left)
    def _left_known(self) -> None:
        self.form.go_to("name")

    # Where they work

    @on(SettingField.Typed)
    def _setting_typed(self, event: SettingField.Typed) -> None:
        self.start(self._offer_settings(event.field, event.typed), group="settings")

    async def _offer_settings(self, field: SettingField, typed: str) -> None:
        try:
            found = await self.desk.latest("settings", settings_offered, typed)
        except Overtaken:
            return
        field.offer(found)

    @on(SettingField.Chosen)
    def _setting_chosen(self) -> None:
        if (setting_id := self.form.setting.setting_id) is not None:
            self.start(self._fill_from_setting(setting_id), group="setting", alone=True)

    async def _fill_from_setting(self, setting_id: int) -> None:
        """Put in what the record knows of the setting, unless something else was typed there."""
        known = await self.desk.ask(setting_on_record, setting_id)
        for name, code in (("setting_kind", known.kind), ("district", known.district)):
            field = self.form.field(name)
            if field.value in ("", self._from_setting.get(name)):
                field.value = self._from_setting[name] = code

    # More children, more concerns

    async def do_another(self) -> None:
        """Room for one more child; from a concern, for one more concern."""
        current = self.form.current
        group = "concerns" if current and current.question.name.startswith("concerns.") else "children"
        answers, at = self.form.answered, self.form.room[group]
        if not any(name.startswith(f"{group}.{at - 1}.") for name in answers):
            self.form.go_to(f"{group}.{at - 1}.{FIRST[group]}")
        elif at == MOST:
            self.say(f"There is room for {MOST} on one form.")
        else:
            await self._make_room(group)
            self.form.go_to(f"{group}.{at}.{FIRST[group]}")

    async def _make_room(self, group: str) -> None:
        """One more child or concern; everything else stays as it was."""
        before = self.form
        await self._lay_out(self._form_with(**before.room | {group: before.room[group] + 1}))
        self.form.fill(before.answered)
        self.form.setting.setting_id = before.setting.setting_id
        self.form.known.take_over(before.known)

    # Keeping it

    async def do_save(self) -> None:
        """Keep it and go on: to the harm threshold where this officer decides it, else to the next form."""
        if not self.app.may("screen"):
            await self.do_save_and_next()
        elif saved := await self._enter():
            self.app.say(_kept_words(saved))
            self.app.go_on_to("screening", case_id=saved.case_id)

    async def do_save_and_next(self) -> None:
        """Keep it and open an empty form with the same day received."""
        received = self.form.field("received").value
        if saved := await self._enter():
            await self._next_form({"received": received}, "portal_ref")
            self.say(_kept_words(saved))

    async def do_save_and_next_adult(self) -> None:
        """Keep it and enter the same incident for another adult."""
        answers, setting_id = self.form.answered, self.form.setting.setting_id
        if saved := await self._enter():
            await self._next_form(carried_over(answers), "name")
            self.form.setting.setting_id = setting_id
            self.say(f"{_kept_words(saved)} Now the next adult of the same incident.")

    async def do_return_form(self) -> None:
        """Keep it, mark it returned to the referrer, and copy what is missing, to paste into a message."""
        missing = self.form.missing()
        if not missing:
            self.say("Nothing is missing. Ctrl+S keeps it.")
            return
        asked = await self.app.ask_in(
            "confirm",
            title="Return this form to the referrer for details?",
            words=["It is kept, and waits for:", *(f"  {words}" for words in missing),
                   "The words to send are copied. Paste them into a message."],
            yes="Keep and return",
        )  # fmt: skip
        received = self.form.field("received").value
        if asked and (saved := await self._enter()):
            await self.desk.do(return_for_details, saved.case_id, "; ".join(saved.missing))
            clipboard.lend(self.app, _words_to_send(saved.ref, saved.missing))
            await self._next_form({"received": received}, "portal_ref")
            self.say(
                f"{saved.ref} kept and returned. The words to send are copied, for {clipboard.SECONDS:.0f} seconds."
            )

    async def _enter(self) -> ReferralSaved | None:
        """Keep the referral; None where something has to be put right first."""
        try:
            saved = await self.desk.do(enter_referral, self._read())
        except ThereIsAProblem as wrong:
            self.form.show_problems(wrong.problems)
        except MayBeADuplicate as twice:
            self._not_a_duplicate = True
            self.form.show_problems([("name", twice.sentence), ("name", "If it is another referral, save it again")])
        else:
            self.form.show_problems(())
            self.entered.append(saved.ref)
            self.saved_at("")
            if self.keeper is not None:
                await self.keeper.discard()
            return saved
        return None

    def _read(self) -> ReferralForm:
        known = self.form.known.used
        more: dict[str, object] = {
            "enquiry_id": self.enquiry_id,
            "known_adult_id": known.adult_id if known else None,
            "setting_id": self.form.setting.setting_id,
            "not_a_duplicate": self._not_a_duplicate,
            "not_same": tuple(sorted(self.form.known.not_same)),
        }
        return ReferralForm.read(self.form.answers() | more, today=self.desk.today, words=self.desk.vocabulary)

    async def _next_form(self, answers: Mapping[str, str], go_to: str) -> None:
        self.enquiry_id, self.from_ref = None, ""
        await self._lay_out(self._form_for(answers))
        self._begin_with(answers, go_to)


def _kept_words(saved: ReferralSaved) -> str:
    lacking = f" {len(saved.missing)} still missing." if saved.missing else ""
    restricted = " It is restricted: the authority's own staff." if saved.restricted else ""
    return f"{saved.ref} kept.{restricted}{lacking}"


def _words_to_send(ref: str, missing: tuple[str, ...]) -> str:
    """What the referrer is asked for. Names nobody: it goes by email."""
    wanted = "\n".join(f"- {words}" for words in missing)
    return (
        f"Your referral is kept as {ref}. Before it can be decided we need:\n\n{wanted}\n\n"
        "Send this by the end of the next working day, and quote the reference."
    )
