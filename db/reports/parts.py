"""A table as figures: one part for each code of a list, and rows for every other code and for none, so it adds up."""

from collections.abc import Iterator, Mapping

from db.reports.figure import Figure, Table, Where, but, only

Parts = Iterator[Figure | Table]


def table_of(
    whole: Figure | str,
    pattern: str,
    column: str,
    listed: tuple[str, tuple[str, ...]],
    counts: str,
    where: Where | None = None,
    *,
    names: Mapping[str, str] | None = None,
    rest: str = "",
    closed: bool = False,
) -> Parts:
    """The parts of a whole by one column, and the table that says they add up.

    Args:
        whole: the figure of the whole, or its id where it is defined elsewhere.
        pattern: the id of a part, its code in place of ``{}``.
        column: the column the whole is divided by.
        listed: the code list and the codes that get a row of their own.
        counts: the sentence of every part.
        where: the conditions of the whole; those of the figure where it is one.
        names: other words for some codes within an id.
        rest: the id of the rows "other" and "not recorded", where it differs from the pattern.
        closed: the whole holds no other code, so that there are no such rows.
    """
    vocabulary, codes = listed
    base = whole.where if isinstance(whole, Figure) else where or ()
    if isinstance(whole, Figure):
        yield whole
    cohort = whole.cohort if isinstance(whole, Figure) else "received"
    label = counts.removesuffix(".").replace(" in the period", "").split(", by ")[0]
    parts = [
        Figure(pattern.format((names or {}).get(code, code)), label, counts, cohort,
               base + only(**{column: code}), term=(vocabulary, code))
        for code in codes
    ]  # fmt: skip
    if not closed:
        for name, words, ends in (
            ("any_other", "any other", but(**{column: (*codes, None)})),
            ("not_recorded", "not recorded", only(**{column: None})),
        ):
            parts.append(Figure((rest or pattern).format(name), f"{label}: {words}", counts, cohort, base + ends))
    yield from parts
    yield Table(whole.id if isinstance(whole, Figure) else whole, tuple(part.id for part in parts))
