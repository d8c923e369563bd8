"""What is looked up while a call is taken: the name typed so far, the places offered, the setting's pattern.

Every lookup is dropped as soon as a newer one is asked, and none holds up a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import NotFound
from db.queries.enquiries import settings_offered
from db.queries.people import find, heard_before
from db.queries.settings import setting_pattern
from lado_tui.desk_line import Overtaken
from lado_tui.widgets.call_panel import CallPanel, CallSoFar

if TYPE_CHECKING:
    from textual.timer import Timer

    from lado_tui.screens.enquiry_form import EnquiryFields
    from lado_tui.screens.place import Place
    from lado_tui.widgets.setting_field import SettingField

REST = 0.12
"""Seconds without a key after which the name typed so far is looked up."""

LEAST_LETTERS = 2
"""Letters of a name from which on it is looked up."""

_WHY = "duty_call"


class Lookups:
    """The lookups of one call, and the panel that tells of them."""

    def __init__(self, place: Place[Any], form: EnquiryFields, panel: CallPanel) -> None:
        """Begin.

        Args:
            place: the call's place.
            form: its form.
            panel: what stands beside the form in a wide window.
        """
        self.place, self.form, self.panel = place, form, panel
        self.call = CallSoFar()
        self.adult_id: int | None = None
        """The adult's own entry, where the enquiry is on the record: not to be found again as somebody else."""
        self._rest: Timer | None = None
        self._notes: Timer | None = None
        self._searched = ""

    @property
    def _besides(self) -> list[int]:
        return [self.adult_id] if self.adult_id else []

    def name_soon(self) -> None:
        """The name or the date of birth is being typed: look it up once the hands rest."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.place.set_timer(REST, lambda: self.place.start(self.name(), group="heard"))

    def notes_soon(self) -> None:
        """The notes are being written: say what is still to ask once the hands rest."""
        if self._notes is not None:
            self._notes.stop()
        self._notes = self.place.set_timer(REST, self._read_notes)

    def _read_notes(self) -> None:
        self.form.show_what_matters()
        self.tell()

    async def name(self) -> None:
        """Who may be meant by the name as far as it is typed."""
        found = None
        if len(self.form.called) >= LEAST_LETTERS:
            born, setting = self.form.born, self.form.works_at.setting_id
            asked = (self.form.called, born.on if born else None, setting)
            try:
                found = await self.place.desk.latest("heard", heard_before, *asked, besides=self._besides)
            except Overtaken:
                return
        self.call.found = found
        self.form.heard.tell(found)
        self.tell()

    async def settle(self) -> None:
        """The name has settled: the audit trail keeps that it was searched for."""
        name = self.form.called
        if len(name) >= LEAST_LETTERS and name != self._searched:
            self._searched = name
            await self.place.desk.ask(find, name, _WHY)

    async def offer(self, field: SettingField, typed: str) -> None:
        """Settings that may be meant, below their field."""
        try:
            field.offer([*await self.place.desk.latest("settings", settings_offered, typed)])
        except Overtaken:
            return

    async def setting(self) -> None:
        """What there has been at the setting where the adult works."""
        pattern = None
        if (setting := self.form.works_at.setting_id) is not None:
            try:
                pattern = await self.place.desk.latest("pattern", setting_pattern, setting, self._besides)
            except (Overtaken, NotFound):
                return
        self.call.pattern = pattern
        self.form.tell_setting(pattern)
        self.tell()

    def tell(self) -> None:
        """Show how the call stands in the panel."""
        self.call.notes = self.form.field("account").value
        self.panel.tell(self.call)
