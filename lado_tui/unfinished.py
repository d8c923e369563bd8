"""Finding again what an officer began to type about a record and left."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.drafts import Draft
    from lado_tui.desk_line import DeskLine


async def unfinished(desk: DeskLine, form: str, about: str, **more: Any) -> Draft | None:  # noqa: ANN401
    """The newest draft of a form about a record, whose ``more`` says the same; None where there is none."""
    found = await asyncio.get_running_loop().run_in_executor(None, desk.drafts.found)
    for draft in found.drafts:
        if (draft.form, draft.about) == (form, about) and more.items() <= dict(draft.more).items():
            return draft
    return None
