"""Taking a call: the intake form, with heard-before as the name is typed, and nothing typed ever lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from db.actions.enquiries import EnquirySaved, correct_enquiry, log_enquiry
from db.clock import local
from db.drafts import Draft
from db.errors import ChangedMeanwhile, MayBeADuplicate, ThereIsAProblem
from db.forms.enquiry import EnquiryForm
from db.permissions import Permission
from db.queries.enquiries import EnquiryRecord, open_enquiry
from db.vocabulary import Answer, EnquiryResult
from lado_tui.calls import parked_calls
from lado_tui.draft_keeper import DraftKeeper
from lado_tui.exchange.advice import Advice
from lado_tui.screens.enquiry_form import EnquiryFields, as_typed, past_of
from lado_tui.screens.enquiry_lookups import Lookups
from lado_tui.screens.place import Place
from lado_tui.widgets.call_panel import CallPanel
from lado_tui.widgets.field import Field
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.known_adults import KnownAdults
from lado_tui.widgets.setting_field import SettingField

_ASKED_ABOUT = ("adult_name", "adult_born")
_UNSAFE = "If a child is not safe: 999 first, then the Front Door."


class EnquiryScreen(Place[None]):
    """The intake form. `app.open_place("enquiry")`; with `draft=` to go on with a call, `enquiry_id=` to open one."""

    NAME = "enquiry"
    CSS_PATH = "../styles/enquiry.tcss"
    HELP = (
        "Type as the caller talks. Enter takes an answer, Tab skips; y n ? and the letters answer with one key. "
        "F7 jumps to the notes and back, Ctrl+T puts the time in. The name is looked up as you type it: F4 compares. "
        "= takes over where the caller works. Ctrl+S keeps the enquiry, Ctrl+R keeps it and starts the referral. "
        "F6 parks this call and takes up the next. Whatever is not answered is kept as not known, never as yes."
    )

    def __init__(self, draft: Draft | None = None, enquiry_id: int | None = None) -> None:
        """Open the form.

        Args:
            draft: a call, or a correction, to go on with.
            enquiry_id: an enquiry on the record, to read or correct.
        """
        super().__init__()
        self.draft = draft
        self.enquiry_id = _about(draft) or enquiry_id
        self.record: EnquiryRecord | None = None
        self.form: EnquiryFields
        self.panel = CallPanel()
        self.keeper: DraftKeeper | None = None
        self.lookups: Lookups
        self._version = 0
        self._sure_of: tuple[str, ...] = ()
        self._came_from: Field | None = None
        self._saving = False

    def body(self) -> ComposeResult:
        """The form, and in a wide window the panel beside it."""
        self.form = EnquiryFields(self.desk.vocabulary, self.desk.today, lambda: f"{self.desk.now:%H:%M}")
        self.lookups = Lookups(self, self.form, self.panel)
        with Horizontal():
            yield self.form
            yield self.panel

    # Beginning

    def on_place_shown(self) -> None:
        """The first time: begin, or fill the form from its draft or its record."""
        if self.keeper is None:
            self.start(self._begin(), group="begin", alone=True)

    async def _begin(self) -> None:
        if self.enquiry_id is not None:
            self.form.disabled = True
            self._show_record(await self.desk.ask(open_enquiry, self.enquiry_id))
            self.form.disabled = False
        self._keep(self.draft or Draft(self.NAME, self.desk.now, about=self._about_words()))
        self.form.focus()
        self._say_where()
        await self.lookups.name()
        await self.lookups.setting()
        await self._tell_parked()

    def _show_record(self, record: EnquiryRecord) -> None:
        self.record, self._version = record, record.version
        self.form.put_back(as_typed(record), {"setting_id": record.setting_id})
        self.lookups.adult_id = record.adult_id
        self.lookups.call.past = tuple(past_of(record))

    def _keep(self, draft: Draft) -> None:
        """Fill the form from its draft, and begin to keep it."""
        self.form.put_back(draft.answers, draft.more)
        self._version = int(draft.more.get("version", self._version))
        self.keeper = DraftKeeper(self, draft, self.form.answers, title=self._title, more=self._more)

    def _about_words(self) -> str:
        return f"enquiry/{self.enquiry_id}" if self.enquiry_id else ""

    def _title(self) -> str:
        begun = local(self.begun).strftime("%H:%M")
        what = self.record.ref if self.record else f"Call since {begun}"
        return f"{what}, {self.form.called}" if self.form.called else what

    def _more(self) -> dict[str, Any]:
        return self.form.extras() | {"version": self._version}

    @property
    def begun(self) -> datetime:
        """When the call began, or the correction."""
        return self.keeper.draft.started_at if self.keeper else self.desk.now

    def _say_where(self) -> None:
        if self.record is not None:
            self.set_where(f"Enquiry {self.record.ref}")
            self.say("Ctrl+O notes and text   Ctrl+G closes it   Ctrl+S keeps a correction")
        else:
            self.set_where(f"New enquiry | call since {local(self.begun):%H:%M}")

    # Keeping what is typed

    def leaving(self) -> None:
        """Write the draft now."""
        if self.keeper is not None:
            self.keeper.write_now()

    @property
    def unfinished(self) -> str:
        """The call, while something is typed."""
        return self._title() if self.keeper is not None and self.keeper.typed else ""

    @on(FormBody.Edited)
    def _edited(self, event: FormBody.Edited) -> None:
        if self.keeper is None or type(event) is not FormBody.Edited:
            return
        self.keeper.edited()
        if event.field in _ASKED_ABOUT:
            self.lookups.name_soon()
        elif event.field == "child_safe":
            unsafe = self.form.field("child_safe").value == Answer.NO
            self.say(_UNSAFE if unsafe else "", urgent=unsafe)
        elif event.field == "account":
            self.lookups.notes_soon()
        elif event.field == "result":
            self.form.expect_the_form()

    @on(FormBody.Taken)
    def _taken(self, event: FormBody.Taken) -> None:
        if event.field == "adult_name":
            self.start(self.lookups.settle(), group="search")
        elif event.field == "adult_born" and self.form.born and self.form.born.question:
            self.say(self.form.born.question)

    # Heard before, and the setting

    @on(SettingField.Typed)
    def _offer_settings(self, event: SettingField.Typed) -> None:
        event.stop()
        self.start(self.lookups.offer(event.field, event.typed), group="settings")

    @on(SettingField.Chosen)
    def _setting_chosen(self, event: SettingField.Chosen) -> None:
        event.stop()
        if event.field is self.form.works_at:
            self.start(self.lookups.setting(), group="pattern")

    def do_heard_before(self) -> None:
        """Go to the people the name may mean; once more, to the history of the one marked."""
        heard = self.form.heard
        if heard.has_focus and heard.marked is not None:
            self.app.open_place("person", adult_id=heard.marked.adult_id)
        elif heard.people or heard.used:
            heard.focus()
        else:
            self.say("Nobody on record has a name like this." if self.form.called else "Enter the adult's name first.")

    @on(KnownAdults.Decided)
    def _decided(self, event: KnownAdults.Decided) -> None:
        if not self.app.may(Permission.LINK_PEOPLE):
            self.form.heard.not_same.clear()
            self.say("Your role cannot say who is the same person. Ask a LADO or the manager.", urgent=True)
            return
        self.form.heard.use(event.person if event.same else None)
        if self.keeper is not None:
            self.keeper.edited()
        self.say("Kept when you save: the same person." if event.same else "Kept when you save: not the same person.")
        self.form.go_to("adult_born")

    @on(KnownAdults.Left)
    def _back_to_the_name(self) -> None:
        self.form.go_to("adult_name")

    # The notes

    def do_notes(self) -> None:
        """To the notes box, and from there back to the field the cursor came from."""
        current, notes = self.form.current, self.form.field("account")
        if current is notes:
            (self._came_from or self.form).focus()
        else:
            self._came_from = current
            notes.focus()

    # Several calls at once

    async def _tell_parked(self) -> None:
        begun = f"{local(self.begun):%H:%M} {'opened' if self.record else 'began'}"
        parked = await parked_calls(self.desk, self.keeper.draft if self.keeper else None)
        self.lookups.call.call = (begun, *(f"parked: {draft.title} (F6)" for draft in parked))
        self.lookups.tell()

    async def do_park_call(self) -> None:
        """Park this call, and take up the one parked longest; with no other, go back to the list."""
        self.leaving()
        others = await parked_calls(self.desk, self.keeper.draft if self.keeper else None)
        if others:
            self._take_up(others[0])
        else:
            self.app.say("Parked. F6 takes it up again, F2 a new call.")
            self.app.close_place(self)

    def do_new_enquiry(self) -> None:
        """Park this call for a new one."""
        self.leaving()
        if self.unfinished:
            self.app.say("Parked. F6 takes it up again.")
        self.app.go_on_to("enquiry")

    def _take_up(self, draft: Draft) -> None:
        """Take up another call: where it stands open below this one, else from its draft."""
        standing = [place for place in self.app.screen_stack if isinstance(place, EnquiryScreen)]
        if open_one := next((p for p in standing if p.keeper and p.keeper.draft.id == draft.id), None):
            while isinstance(self.app.screen, Place) and self.app.screen is not open_one:
                self.app.close_place(self.app.screen)
        else:
            self.app.go_on_to("enquiry", draft=draft)

    # Saving

    async def do_save(self) -> None:
        """Keep the enquiry, and show what is left to be done."""
        saved = await self._save()
        if saved is not None:
            self._show_saved(saved)

    async def do_start_referral(self) -> None:
        """Keep the enquiry, and begin its referral with all that it says."""
        saved = await self._save()
        if saved is not None:
            self.app.say(f"Saved {saved.ref}")
            self.app.go_on_to("referral", enquiry_id=saved.id)

    # An enquiry already on the record

    def may_change_record(self) -> bool:
        """Whether an enquiry on the record is in view."""
        return self.record is not None

    def may_close(self) -> bool:
        """Whether an open enquiry is in view."""
        return self.record is not None and self.record.closed_on is None

    def do_advice_text(self) -> None:
        """What has happened since the call, and the advice as text for a message to the caller."""
        if self.record is not None:
            of = self.record
            now = EnquirySaved(of.id, of.ref, of.adult_id, of.next_step, of.due_on)
            self.app.open_place("enquiry_saved", saved=now, advice=self._advice(now), past=tuple(past_of(of)))

    def do_close_enquiry(self) -> None:
        """Close the enquiry, with the reason."""
        if self.record is not None:
            self.leaving()
            self.app.go_on_to(
                "close_enquiry",
                enquiry_id=self.record.id,
                version=self._version,
                ref=self.record.ref,
                left_to_do=self.record.next_step or "",
            )

    async def _save(self) -> EnquirySaved | None:
        if self._saving or self.keeper is None:
            return None
        self._saving = True
        try:
            return await self._put_on_record(self.keeper)
        except ThereIsAProblem as wrong:
            self.form.show_problems(wrong.problems)
        except MayBeADuplicate as twice:
            self._ask_if_twice(twice)
        except ChangedMeanwhile as clash:
            await self._show_both(clash)
        finally:
            self._saving = False
        return None

    async def _put_on_record(self, keeper: DraftKeeper) -> EnquirySaved:
        form = self._filled_in(keeper)
        self.form.show_problems(())
        if self.record is None:
            saved = await self.desk.do(log_enquiry, form)
        else:
            saved = await self.desk.do(correct_enquiry, self.record.id, form, version=self._version)
        await keeper.discard()
        return saved

    def _filled_in(self, keeper: DraftKeeper) -> EnquiryForm:
        extras = self.form.extras()
        known = {
            "received_at": keeper.draft.started_at,
            "setting_id": extras["setting_id"],
            "same_as": extras["same_as"],
            "not_same_as": tuple(extras["not_same_as"]),
            "not_a_duplicate": self._sure_of == self._who(),
        }
        return EnquiryForm.read(self.form.answers() | known, today=self.desk.today, words=self.desk.vocabulary)

    def _who(self) -> tuple[str, ...]:
        return (self.form.field("call_back").value, self.form.called)

    def _ask_if_twice(self, twice: MayBeADuplicate) -> None:
        self._sure_of = self._who()
        *told, _ = twice.sentence.split(". ")
        self.form.show_problems([("call_back", sentence) for sentence in told])
        self.say("May be entered already. Ctrl+S again if it is not.", urgent=True)

    async def _show_both(self, clash: ChangedMeanwhile) -> None:
        """Someone saved this enquiry meanwhile: show what it says now beside what is typed here. Nothing is lost."""
        if self.record is None or self.enquiry_id is None:
            raise clash
        before, now = as_typed(self.record), await self.desk.ask(open_enquiry, self.enquiry_id)
        self.record, self._version = now, now.version
        labels = {question.name: question.label for question in EnquiryForm.questions()}
        said_now, typed = as_typed(now), self.form.answers()
        theirs = [(name, said) for name, said in said_now.items() if said != before.get(name, "")]
        theirs = theirs or [(name, said) for name, said in said_now.items() if said != typed[name]]
        self.form.show_problems([(name, f"{labels[name]} now says: {said or 'nothing'}") for name, said in theirs])
        self.say(f"{clash.sentence.partition('.')[0]}. Ctrl+S keeps yours.", urgent=True)

    def _show_saved(self, saved: EnquirySaved) -> None:
        self.app.go_on_to("enquiry_saved", saved=saved, advice=self._advice(saved))

    def _advice(self, saved: EnquirySaved) -> Advice:
        referred = self.form.field("result").value == EnquiryResult.ADVISED_REFER
        return Advice(
            saved.ref,
            local(self.record.received_at if self.record else self.begun),
            self.form.field("advice").value.strip(),
            self.desk.officer.name,
            self.desk.service,
            form_by=saved.due_on if referred else None,
        )


def _about(draft: Draft | None) -> int | None:
    """The number of the enquiry a draft corrects; None for a new call."""
    return int(draft.about.partition("/")[2]) if draft is not None and draft.about else None
