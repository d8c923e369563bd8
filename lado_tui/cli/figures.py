"""``lado stats`` and ``lado figures``: the service's figures, counted from its rows."""

from typing import TYPE_CHECKING, Annotated

import typer

from lado_tui.cli.options import AsJson, Officer, PasswordFile, Store, desk_at
from lado_tui.cli.speak import tell, tell_json, tell_table

if TYPE_CHECKING:
    from db.desk import Desk
    from db.reports.panel import StatsPanel
    from db.rules.reporting import Period

Year = Annotated[str, typer.Option("--year", help="The reporting year, such as 2022-23. Otherwise this one.")]
Week = Annotated[str, typer.Option("--week", help="One ISO week instead, such as 2022-W40.")]
Month = Annotated[str, typer.Option("--month", help="One month instead, such as 2022-10.")]
SectorCode = Annotated[str, typer.Option("--sector", help="Only this sector: education, early_years, ...")]


def add_to(app: typer.Typer) -> None:
    """Give the ``lado`` command these words."""
    app.command(epilog="Example: lado stats --week 2022-W40")(stats)
    app.command("figures", epilog="Example: lado figures --year 2022-23 --json")(year)


def stats(
    year: Year = "",
    week: Week = "",
    month: Month = "",
    sector: SectorCode = "",
    store: Store = None,
    officer: Officer = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """The stats page in words: referrals each week, the measures against last year, how soon cases closed."""
    from db.queries.figures import stats_panel

    desk = desk_at(store, officer, password_file)
    panel = desk.ask(stats_panel, _period(desk, year, week, month), _sector(desk, sector))
    if as_json:
        tell_json(_as_object(panel))
    else:
        _tell_panel(panel)


def year(
    year: Year = "",
    store: Store = None,
    officer: Officer = "",
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """Every figure of the annual report, each under its name."""
    from db.queries.figures import year_figures

    desk = desk_at(store, officer, password_file)
    counted = desk.ask(year_figures, _period(desk, year, "", ""))  # type: ignore[arg-type]
    if as_json:
        tell_json(counted)
    else:
        tell_table(("FIGURE", "NUMBER"), counted.items())


def _period(desk: "Desk", year: str, week: str, month: str) -> "Period":
    from db.clock import day_of
    from db.errors import Problem, ThereIsAProblem
    from db.rules.reporting import Month, ReportingYear, UnclearPeriod, Week

    today = day_of(desk.clock())
    for option, kind, given in (("--week", Week, week), ("--month", Month, month), ("--year", ReportingYear, year)):
        if given:
            try:
                return kind.parse(given)
            except UnclearPeriod as unclear:
                raise ThereIsAProblem([Problem(option, option, unclear.sentence)]) from None
    return ReportingYear.containing(today)


def _sector(desk: "Desk", sector: str) -> str | None:
    from db.errors import Problem, ThereIsAProblem

    if sector and not desk.vocabulary.knows("sector", sector):
        listed = ", ".join(term.code for term in desk.vocabulary.terms("sector"))
        raise ThereIsAProblem([Problem("--sector", "--sector", f"The sector must be one of {listed}")])
    return sector or None


def _as_object(panel: "StatsPanel") -> dict[str, object]:
    """The panel without what only the screen needs."""
    return {
        "period": panel.period.label,
        "compared_with": panel.period_before.label,
        "sector": panel.sector,
        "weeks": panel.weeks,
        "average_per_week": panel.average,
        "average_per_week_before": panel.average_before,
        "measures": {
            row.figure: {"label": row.label, "now": row.now.value, "before": row.before.value, "counts": row.counts}
            for section in panel.sections
            for row in section.rows
        },
        "caseloads": panel.loads,
    }


def _tell_panel(panel: "StatsPanel") -> None:
    tell(f"{panel.period.label}, beside {panel.period_before.label}")
    if panel.average is not None:
        tell(f"Referrals progressed a week: {panel.average} (before: {panel.average_before})")
    for section in panel.sections:
        tell()
        tell(section.title)
        rows = [(" " * row.indent + row.label, row.now.words, row.before.words, row.change) for row in section.rows]
        tell_table(("", "THIS", "BEFORE", "CHANGE"), rows)
