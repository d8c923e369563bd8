"""Which days give longer than a day to the end of the next working day: Fridays, Saturdays, days before holidays.

The database cannot know England's bank holidays; the clocks' own rule is asked, and the days are sent with the span.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from db.rules.clocks import due_on

SLACKS = (2, 3, 4, 5, 6)
"""Calendar days from receipt to the end of the next working day, where it is more than one. Easter gives five."""

_ONE_DAY = timedelta(days=1)


def days_with_slack(number: int) -> str:
    """The name under which the days with so long to decide are sent to the database."""
    return f"decide_in_{number}"


@lru_cache(maxsize=64)
def longer_to_decide(first: date, last: date) -> Mapping[str, str]:
    """The days of a span that give more than a calendar day to decide, as JSON, by how long they give."""
    found: dict[str, list[str]] = {days_with_slack(number): [] for number in SLACKS}
    day = first
    while day <= last:
        slack = (due_on("lado_decision", day) - day).days
        if slack > 1:
            found[days_with_slack(slack)].append(day.isoformat())
        day += _ONE_DAY
    return {name: json.dumps(days) for name, days in found.items()}
