"""``lado find``, ``enquiry``, ``referral``, ``case`` and ``schema``: the record, asked and added to from a script."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lado_tui.cli.options import AsJson, Officer, PasswordFile, Store, Why, desk_at, insist_on_why
from lado_tui.cli.speak import read_answers, read_line, tell, tell_json, tell_table

if TYPE_CHECKING:
    from db.desk import Desk
    from db.forms.form import Form

FromJson = Annotated[str, typer.Option("--from-json", help="The answers, as a JSON file, or - for standard input.")]
Reference = Annotated[str, typer.Argument(help="The reference, such as R26-0412.")]
Count = Annotated[int, typer.Option("--count", min=1, max=10_000, help="At most so many, the newest first.")]
OpenOnly = Annotated[bool, typer.Option("--open", help="Only what is not closed.")]


class FormName(StrEnum):
    """The forms whose schema can be asked for."""

    ENQUIRY = "enquiry"
    REFERRAL = "referral"


def add_to(app: typer.Typer) -> None:
    """Give the ``lado`` command these words."""
    app.command(epilog="Example: echo 'hartley' | lado find - --why case_work")(find)
    app.command(epilog="Example: lado schema enquiry")(schema)
    for name, about, commands in (
        ("enquiry", "Contacts with the duty line.", (add_enquiry, show_enquiry, list_enquiries)),
        ("referral", "Referrals as they come in.", (add_referral, show_case, list_cases)),
        ("case", "Cases, from referral to closure.", (show_case, list_cases)),
    ):
        group = typer.Typer(help=about, no_args_is_help=True)
        for command in commands:
            word = command.__name__.partition("_")[0]
            group.command(word, epilog=_EXAMPLES[word].format(name))(command)
        app.add_typer(group, name=name)


_EXAMPLES = {
    "add": "Example: lado {0} add --from-json form.json",
    "show": "Example: lado {0} show R26-0412",
    "list": "Example: lado {0} list --open --json",
}


def find(
    text: Annotated[str, typer.Argument(help="- to read the text from standard input, which keeps it out of ps.")],
    store: Store = None,
    officer: Officer = "",
    password_file: PasswordFile = None,
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Has this name, setting or reference been heard before? The search is kept in the audit trail with its reason."""
    from db.queries.people import find as search

    desk = desk_at(store, officer, password_file)
    reason = insist_on_why(desk, why, otherwise="case_work")
    found = desk.ask(search, read_line(text), reason)
    if as_json:
        tell_json(found)
        return
    people = [(one.name, one.born_on, one.role, one.setting, one.records, one.latest, one.why) for one in found.people]
    if people:
        tell_table(("NAME", "BORN", "ROLE", "SETTING", "RECORDS", "LATEST", "MATCH"), people)
    for one in (*found.records, *found.settings):
        tell("  ".join(str(value) for value in _shown(one)))
    if found.restricted:
        tell("A restricted record may match. Ask the manager.")
    tell(f"{found.results} found{', ' + found.hint if found.hint else ''}.")


def schema(form: Annotated[FormName, typer.Argument(help="Which form.")], store: Store = None) -> None:
    """The form as JSON Schema: the same fields, limits and choices as the screen. Needs no store."""
    from db.vocabulary import Vocabulary

    words = desk_at(store).vocabulary if store else Vocabulary()
    tell_json(_form(form).json_schema(words))


def add_enquiry(
    from_json: FromJson, store: Store = None, officer: Officer = "", password_file: PasswordFile = None
) -> None:
    """Log an enquiry."""
    from db.actions.enquiries import log_enquiry

    desk = desk_at(store, officer, password_file)
    tell_json(desk.do(log_enquiry, _read(desk, FormName.ENQUIRY, from_json)))


def show_enquiry(
    ref: Reference, store: Store = None, officer: Officer = "", password_file: PasswordFile = None
) -> None:
    """One enquiry, whole. Opening it is kept in the audit trail."""
    from db.queries.enquiries import show_enquiry as show

    tell_json(desk_at(store, officer, password_file).ask(show, ref))


def list_enquiries(
    store: Store = None,
    officer: Officer = "",
    password_file: PasswordFile = None,
    open_only: OpenOnly = False,
    count: Count = 50,
    as_json: AsJson = False,
) -> None:
    """Enquiries, the last received first."""
    from db.queries.enquiries import list_enquiries as listed

    rows = desk_at(store, officer, password_file).ask(listed, None, count, open_only=open_only)
    _tell_rows(rows, ("ref", "received_at", "organisation", "adult", "result", "next_step", "due_on"), as_json)


def add_referral(
    from_json: FromJson, store: Store = None, officer: Officer = "", password_file: PasswordFile = None
) -> None:
    """Enter a referral."""
    from db.actions.referrals import enter_referral

    desk = desk_at(store, officer, password_file)
    tell_json(desk.do(enter_referral, _read(desk, FormName.REFERRAL, from_json)))


def show_case(ref: Reference, store: Store = None, officer: Officer = "", password_file: PasswordFile = None) -> None:
    """One case, whole. Opening it is kept in the audit trail."""
    from db.queries.cases import show_case as show

    tell_json(desk_at(store, officer, password_file).ask(show, ref))


def list_cases(
    store: Store = None,
    officer: Officer = "",
    password_file: PasswordFile = None,
    open_only: OpenOnly = False,
    count: Count = 50,
    as_json: AsJson = False,
) -> None:
    """Cases, the last received first."""
    from db.queries.case_list import CaseFilter
    from db.queries.case_list import list_cases as listed

    wanted = CaseFilter(state="open" if open_only else "")
    rows = desk_at(store, officer, password_file).ask(listed, wanted, None, "down", count)
    _tell_rows(rows, ("ref", "received_on", "adult", "setting", "classification", "owner", "next_step"), as_json)


def _form(name: FormName) -> "type[Form]":
    from db.forms.enquiry import EnquiryForm
    from db.forms.referral import ReferralForm

    return EnquiryForm if name is FormName.ENQUIRY else ReferralForm


def _read(desk: "Desk", name: FormName, source: str) -> Any:  # noqa: ANN401 - the form of that name
    from db.clock import day_of

    return _form(name).read(read_answers(source), today=day_of(desk.clock()), words=desk.vocabulary)


def _tell_rows(rows: Any, columns: tuple[str, ...], as_json: bool) -> None:  # noqa: ANN401 - rows of any query
    if as_json:
        tell_json(rows)
        return
    shown = [
        [getattr(row, column) if column == "ref" or not row.restricted else "restricted" for column in columns]
        for row in rows
    ]
    tell_table([column.replace("_", " ").upper() for column in columns], shown)


def _shown(one: object) -> list[object]:
    import dataclasses

    return [value for value in dataclasses.astuple(one) if value not in (None, "", False)]  # type: ignore[call-overload]
