"""Every command once: its keys, its words, where it works, and why it may be off.

Key bindings, the footer, the command palette, the help page and the key card are all read from `COMMANDS`.
To add a command: one row in your screen's section below, and a method `do_<name>` on the screen (or on the
app, for one that works everywhere). Nothing else.

Rules, held by tests/lado_tui/test_commands.py: single letters only on lists and only for what is harmless;
what changes data takes Ctrl or a function key and shows what will change; no key twice in one place; the keys
that terminals and window managers want for themselves (`FORBIDDEN`) are never bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding

from lado_tui.screens import FORM, LIST, PLACES

EVERYWHERE = "everywhere"
FIELD = "field"
"""Handled by the field or list in focus itself: listed in the help, not bound again by the screen."""

FORBIDDEN = frozenset(
    ("ctrl+c", "ctrl+backslash", "ctrl+m", "ctrl+i", "ctrl+j", "ctrl+h", "ctrl+left_square_bracket", "ctrl+w")
) | {"f10", "f11"}
"""Same bytes as other keys or signals, or wanted by terminals and window managers. Alt+letter too."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing an officer can do, wherever it is shown.

    Attributes:
        name: the method that does it is `do_<name>`.
        keys: the keys as Textual names them, with spaces between; the first is the one shown.
        label: two or three words for the footer and the palette.
        why: one sentence for the help page.
        where: `EVERYWHERE`, `LIST`, `FORM`, `FIELD` or the name of a place.
        on_lists: more keys that work on lists only (single letters); on a list the first is the one shown.
        needs: the permission or condition that must hold; "" for none. See `Place.why_off`.
        reason: what the officer is told when it is off.
        footer: whether the bottom lines show it.
        changes_data: whether it saves something.
        argument: handed to `do_<name>`, where one method serves several keys.
        palette: whether the palette offers it.
        first: whether its keys are taken before the field in focus sees them.
    """

    name: str
    keys: str
    label: str
    why: str
    where: str = EVERYWHERE
    on_lists: str = ""
    needs: str = ""
    reason: str = ""
    footer: bool = False
    changes_data: bool = False
    argument: str = ""
    palette: bool = True
    first: bool = False

    @property
    def id(self) -> str:
        """Unique name of the command, for bindings and palette: where it works and what it is."""
        return ".".join(filter(None, (self.where, self.name, self.argument)))

    def keys_in(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The keys that work in a place of these kinds, the one to show first."""
        letters = self.on_lists.split() if LIST in kinds else []
        return (*letters, *self.keys.split())


# What works everywhere -------------------------------------------------------------------------------------

_EVERYWHERE = (
    Command("help", "f1", "Help", "What can be done in this place.", on_lists="question_mark", footer=True),
    Command("new_enquiry", "f2 ctrl+n", "New enquiry", "Take a call. What is open is parked, never lost.",
            on_lists="n", needs="log_enquiry", reason="Your role cannot log enquiries.", footer=True),
    Command("find", "f3 ctrl+f", "Find", "Find a person, a case or a setting.", on_lists="slash",
            needs="search", reason="Your role cannot search.", footer=True),
    Command("heard_before", "f4", "Heard before?", "Has the duty room heard this name before?", on_lists="h",
            needs="search", reason="Your role cannot search."),
    Command("park_call", "f6", "Park call", "Park this call and swap to the one parked before."),
    Command("lock", "f8 ctrl+l", "Lock", "Clear the screen now. Drafts are kept.", footer=True),
    Command("hide_names", "f9", "Hide names", "Cover every name, or show them again.", footer=True),
    Command("back", "escape", "Back", "Back one step. What is typed is kept as a draft.", footer=True),
    Command("palette", "ctrl+p", "All commands", "Find a command by part of its name.", palette=False),
    Command("change_theme", "", "Change colours", "Dark, light, or strong contrast."),
    Command("quit", "ctrl+q", "Quit", "Leave LADO Desk. Asks first if a draft is open.", on_lists="q"),
)  # fmt: skip

# On every list ---------------------------------------------------------------------------------------------

_LIST = (
    Command("open_row", "enter", "Open", "Open the row under the cursor.", FIELD, footer=True),
    Command("number_row", "1 2 3 4 5 6 7 8 9", "Open that row", "Open the row with that number.", FIELD),
    Command("move_in_list", "up down pageup pagedown home end", "Move", "Move in the list.", FIELD),
    Command("undo_saved", "", "Undo last", "Look at your last save, and undo it within ten minutes.", LIST,
            on_lists="u"),
)  # fmt: skip

# In every form ---------------------------------------------------------------------------------------------

_FORM = (
    Command("save", "ctrl+s", "Save", "Save what is typed and go on to the next step.", FORM, footer=True,
            changes_data=True),
    Command("notes", "f7", "Notes", "Jump to the notes box and back.", FORM, footer=True),
    Command("go_to_field", "f5", "Go to field", "Then press the mark shown beside the field.", FORM),
    Command("next_field", "enter", "Next", "Take the answer and go to the next field.", FIELD),
    Command("skip_field", "tab", "Skip", "Leave the field as it is and go on.", FIELD),
    Command("previous_field", "shift+tab", "Back a field", "Go to the field before.", FIELD),
    Command("three_way", "y n question_mark", "Yes, no, not known", "Answer with one key.", FIELD),
    Command("undo_typing", "ctrl+z", "Undo typing", "Take back the last typing in this field.", FIELD),
    Command("redo_typing", "ctrl+y", "Redo typing", "Put back what undo took away.", FIELD),
    Command("put_time", "ctrl+t", "Put the time", "Put the time into the notes.", FIELD),
)  # fmt: skip

# Each place: its own rows, written by whoever writes the screen ----------------------------------------------

_DESK = (
    Command("change_list", "right", "Next list", "The list to the right: duty, team, to move, drafts.", "desk",
            argument="next", footer=True),
    Command("change_list", "left", "List before", "The list to the left.", "desk", argument="previous"),
    Command("threshold", "t", "Threshold", "Decide on the harm threshold of the case under the cursor.", "desk",
            needs="screen", reason="Your role cannot decide on the threshold.", footer=True),
    Command("outcome", "o", "Outcome", "Record the outcome of the case under the cursor.", "desk",
            needs="conclude", reason="Your role cannot close cases.", footer=True),
    Command("newest_draft", "d", "Draft", "Go on with the draft written last.", "desk", footer=True),
    Command("stats", "s", "Stats", "The service's figures.", "desk", needs="read_figures",
            reason="Your role does not read figures.", footer=True),
    Command("duty_lines", "l", "Lines", "Say what callers to the duty line meet.", "desk", needs="manage_duty",
            reason="Your role cannot change the duty line.", footer=True),
    Command("ask_again", "f5", "Refresh", "Ask for the list again.", "desk"),
)  # fmt: skip
_ENQUIRY = (
    Command("save", "ctrl+s", "Save", "Keep the enquiry, and put on the duty list what is left to be done.", "enquiry",
            needs="log_enquiry", reason="Your role cannot log enquiries.", footer=True, changes_data=True),
    Command("start_referral", "ctrl+r", "Save, refer", "Keep the enquiry and start its referral: nothing is typed "
            "twice.", "enquiry", needs="enter_referral", reason="Your role cannot enter referrals.", footer=True,
            changes_data=True),
    Command("park_call", "f6", "Park call", "Park this call and take up the one that waited longest.", "enquiry",
            footer=True),
    Command("heard_before", "f4", "Heard before?", "Go to the people the name may mean; once more opens the history "
            "of the one marked.", "enquiry", needs="search", reason="Your role cannot search.", footer=True),
    Command("advice_text", "ctrl+o", "Notes and text", "What has happened since the call, and the advice as text for "
            "a message.", "enquiry", needs="change_record", reason="Save the enquiry first: the text comes with it."),
    Command("close_enquiry", "ctrl+g", "Close enquiry", "Take the enquiry off the duty list, with the reason.",
            "enquiry", needs="close", reason="There is no open enquiry on the record here."),
)  # fmt: skip
_ENQUIRY_SAVED = (
    Command("done", "enter", "Done", "Back to the list.", "enquiry_saved", footer=True),
    Command("copy_text", "ctrl+o", "Copy text", "Copy the text to paste into a message. Cleared after 30 seconds.",
            "enquiry_saved", footer=True),
    Command("start_referral", "ctrl+r", "Start referral", "Start its referral: nothing is typed twice.",
            "enquiry_saved", needs="enter_referral", reason="Your role cannot enter referrals.", footer=True),
)  # fmt: skip
_REFERRAL = (
    Command("save", "ctrl+s", "Save", "Keep the referral and go on: to the harm threshold, or to the next form.",
            "referral", footer=True, changes_data=True),
    Command("save_and_next", "ctrl+g", "Next form", "Keep it and open an empty form with the same day received.",
            "referral", footer=True, changes_data=True),
    Command("save_and_next_adult", "f12", "Next adult", "Keep it and enter the same incident for another adult.",
            "referral", footer=True, changes_data=True),
    Command("another", "ctrl+o", "Another", "Another child; from a concern, another concern.", "referral", footer=True),
    Command("return_form", "ctrl+r", "Return", "Keep it and return it to the referrer, with what is missing to paste.",
            "referral", footer=True, changes_data=True),
    Command("section", "pagedown", "Section", "Turn to the next section of the form.", "referral",
            argument="next", first=True, palette=False, footer=True),
    Command("section", "pageup", "Section before", "Turn back to the section before.", "referral",
            argument="before", first=True, palette=False),
    Command("heard_before", "f4", "Heard before?", "To the people on record who may be meant; again for their history.",
            "referral", needs="search", reason="Your role cannot search."),
)  # fmt: skip
_SCREENING = (
    Command("save", "ctrl+s", "Save decision", "Keep the decision, with today's date and your name.", "screening",
            needs="screen", reason="Your role cannot decide on the threshold.", footer=True, changes_data=True),
    Command("read_referral", "ctrl+r", "Read referral", "What the referral says, and what was decided before.",
            "screening", footer=True),
)  # fmt: skip

_READS_ONLY = "Your role reads cases and does not change them."
_CASE = (
    Command("add_note", "a", "Note", "Write a note into the chronology.", "case", needs="oversee",
            reason=_READS_ONLY, footer=True),
    Command("add_step", "s", "Step", "Add something to be done, by whom and by when.", "case", needs="oversee",
            reason=_READS_ONLY, footer=True),
    Command("finish_step", "ctrl+d", "Done", "Mark the step under the cursor as done. U takes it back.", "case",
            needs="oversee", reason=_READS_ONLY, footer=True, changes_data=True),
    Command("threshold", "t", "Threshold", "Decide on the harm threshold, or decide again.", "case", needs="screen",
            reason="Your role cannot decide on the threshold.", footer=True),
    Command("outcome", "o", "Outcome", "Record the outcome and close the case.", "case", needs="conclude",
            reason="Your role cannot close cases.", footer=True),
    Command("move", "m", "Move", "Give the case to another officer, with the reason.", "case", needs="oversee",
            reason=_READS_ONLY, footer=True),
    Command("add_more", "b", "Add more", "A meeting, a strand, a delay, who was told, and the rest.", "case",
            needs="oversee", reason=_READS_ONLY, footer=True),
    Command("details", "d", "Details", "Everything about the case on one page.", "case", footer=True),
    Command("filter", "f", "Filter", "Only the entries of the chronology with these letters.", "case", footer=True),
    Command("review", "v", "Review", "Keep the monthly look at the case.", "case", needs="oversee",
            reason=_READS_ONLY, footer=True),
    Command("restrict", "r", "Restrict", "Close the case to all but a list, or add to its list.", "case",
            needs="restrict", reason="Your role cannot restrict cases.", footer=True),
    Command("who_looked", "w", "Who looked", "Who opened this case, and when.", "case"),
)  # fmt: skip

_READING = (
    Command("correct", "ctrl+r", "Correct or change", "Write what stands in its place. The first version is kept.",
            "reading", needs="correct", reason="This cannot be changed.", footer=True),
)  # fmt: skip
_OUTCOME = (
    Command("save", "ctrl+s", "Check and save", "The page that shows what will be kept; from there, save and close.",
            "outcome", footer=True, changes_data=True),
    Command("section", "pagedown", "Next page", "Turn to the next page; the last one is the check page.", "outcome",
            argument="next", first=True, footer=True, palette=False),
    Command("section", "pageup", "Page before", "Turn back to the page before.", "outcome",
            argument="before", first=True, palette=False),
    Command("take_back", "ctrl+r", "Undo the outcome", "Take back an outcome recorded in the last ten minutes.",
            "outcome", needs="take_back", reason="There is no outcome here that can still be undone.",
            footer=True, changes_data=True),
    Command("correct", "ctrl+o", "Correct", "Correct an outcome recorded before; both versions are kept.", "outcome",
            needs="correct", reason="There is no outcome here to correct.", footer=True, changes_data=True),
    Command("close_without", "f12", "No outcome", "Close the case without an outcome, with the reason.", "outcome",
            needs="close_without", reason="This case cannot be closed here.", footer=True, changes_data=True),
)  # fmt: skip
_STATS = (
    Command("change_period", "left", "Before", "The period before.", "stats", argument="before", footer=True),
    Command("change_period", "right", "After", "The period after.", "stats", argument="after"),
    Command("look_at", "w", "Week", "Look at one week.", "stats", argument="week", footer=True),
    Command("look_at", "m", "Month", "Look at one month.", "stats", argument="month", footer=True),
    Command("look_at", "y", "Year", "Look at the reporting year.", "stats", argument="year", footer=True),
    Command("change_sector", "s", "Sector", "Only one sector of the workforce; after the last, all of them.", "stats",
            footer=True),
    Command("referrals_or_enquiries", "e", "Enquiries", "The chart of enquiries, or of referrals.", "stats",
            footer=True),
    Command("in_words", "d", "Words", "The page in sentences, for reading aloud.", "stats", footer=True),
    Command("problems", "x", "Gaps", "What is missing from the record or at odds with itself, and back.", "stats",
            footer=True),
    Command("list_last_year", "l", "Last year", "List what last year's number counts, in the row or week under the "
            "cursor.", "stats", footer=True),
)  # fmt: skip
_FIND = (
    Command("change_reason", "ctrl+r", "Why", "Say again why you are searching.", "find", footer=True),
)  # fmt: skip
_CANNOT_LINK = "Your role cannot link people."
_PERSON = (
    Command("link_same", "l", "Same person", "Say that the entry under the cursor is the same person. Shows first "
            "what will change.", "person", needs="link_people", reason=_CANNOT_LINK, footer=True),
    Command("link_not_same", "x", "Not the same", "Say that the entry under the cursor is somebody else. Shows first "
            "what will change.", "person", needs="link_people", reason=_CANNOT_LINK, footer=True),
    Command("take_back_link", "b", "Take back", "Take back what was said of the entry under the cursor.", "person",
            needs="link_people", reason=_CANNOT_LINK, footer=True),
    Command("setting_page", "s", "Setting", "The setting's own page, with its cases.", "person", footer=True),
    Command("copy_summary", "k", "Copy summary", "Copy the answer and the list, to paste. Cleared after 30 seconds.",
            "person", footer=True),
)  # fmt: skip
_SIGN_IN = (
    Command("sign_in", "ctrl+s", "Sign in", "Open the store with your name and passphrase.", "sign_in", footer=True),
    Command("unlock", "ctrl+s", "Unlock", "Open the desk again.", "locked", footer=True),
    Command("other_person", "ctrl+u", "Other person", "Let somebody else sign in. Your drafts stay private.",
            "locked", footer=True, first=True),
)  # fmt: skip
_CONFIRM = (Command("yes", "ctrl+s", "Yes", "Go on.", "confirm", footer=True),)

COMMANDS: tuple[Command, ...] = (
    *_EVERYWHERE, *_LIST, *_FORM,
    *_DESK, *_ENQUIRY, *_ENQUIRY_SAVED, *_REFERRAL, *_SCREENING, *_CASE, *_READING, *_OUTCOME, *_STATS, *_FIND,
    *_PERSON, *_SIGN_IN, *_CONFIRM,
)  # fmt: skip


def commands_for(place: str) -> Iterator[Command]:
    """Every command that works in a place, its own first, then its lists' and forms', then everywhere's.

    A place's own command stands in for a shared one of the same name (its "Save and screen" for "Save").
    """
    kinds = PLACES[place].kinds
    own = [c for c in COMMANDS if c.where == place]
    shared = (*(_LIST if LIST in kinds else ()), *(_FORM if FORM in kinds else ()), *_EVERYWHERE)
    names = {c.name for c in own}
    yield from own
    yield from (c for c in shared if c.name not in names)


def bindings_for(where: str) -> list[Binding]:
    """The key bindings of the app (`EVERYWHERE`) or of one place.

    A place binds its own commands, those of its lists and forms, and, where it has lists, the single letters
    of what works everywhere. What the field in focus handles itself is not bound again.
    """
    if where == EVERYWHERE:
        return [_binding(c, c.keys.split()) for c in _EVERYWHERE if c.keys]
    kinds = PLACES[where].kinds
    found = []
    for command in commands_for(where):
        keys = command.on_lists.split() if command.where == EVERYWHERE else list(command.keys_in(kinds))
        if keys and command.where != FIELD and (command.where != EVERYWHERE or LIST in kinds):
            found.append(_binding(command, keys))
    return found


def _binding(command: Command, keys: list[str]) -> Binding:
    return Binding(
        ",".join(keys),
        f"app.command('{command.id}')",
        command.label,
        show=command.footer,
        tooltip=command.why,
        id=command.id,
        priority=command.first,
    )


def command_by_id(name: str) -> Command:
    """One command by its `id`.

    Raises:
        KeyError: there is none of that id.
    """
    return _BY_ID[name]


_BY_ID = {command.id: command for command in COMMANDS}

_KEY_WORDS = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "slash": "/", "question_mark": "?", "pageup": "PgUp",
    "pagedown": "PgDn", "home": "Home", "end": "End", "up": "Up", "down": "Down", "left": "Left",
    "right": "Right", "space": "Space", "plus": "+", "minus": "-",
}  # fmt: skip


def key_words(key: str) -> str:
    """A key as it is written on the screen: `ctrl+s` is Ctrl+S, `slash` is /."""
    *modifiers, last = key.split("+")
    word = _KEY_WORDS.get(last) or last.upper()
    return "+".join([*(m.capitalize() for m in modifiers), word])
