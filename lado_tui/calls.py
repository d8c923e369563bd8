"""Calls begun and not finished: which are parked, in the order in which their callers have been waiting."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.drafts import Draft
    from lado_tui.desk_line import DeskLine


async def parked_calls(desk: DeskLine, besides: Draft | None = None) -> list[Draft]:
    """Calls parked, the one to take up next first: those that began after the call in hand, then round again.

    Args:
        desk: the open desk.
        besides: the call in hand, which is not parked.
    """
    found = await asyncio.get_running_loop().run_in_executor(None, desk.drafts.found)
    calls = sorted((draft for draft in found.drafts if draft.form == "enquiry"), key=_begun)
    if besides is None:
        return calls
    others = [draft for draft in calls if draft.id != besides.id]
    later = [draft for draft in others if _begun(draft) > _begun(besides)]
    return [*later, *(draft for draft in others if draft not in later)]


def _begun(draft: Draft) -> tuple[object, ...]:
    return (draft.started_at, draft.id)
