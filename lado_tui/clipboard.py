"""Words put on the clipboard on purpose, and taken off again after half a minute, on lock and at the end.

clipboard.lend(self.app, text)        # the officer has just seen the text, and pressed the key that copies
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lado_tui.app import LadoApp

SECONDS = 30.0
"""How long words stay on the clipboard."""


class _Lent:
    """Words on the clipboard, until they are taken back."""

    def __init__(self, app: LadoApp, words: str) -> None:
        self.app = app
        self.words = words

    def take_back(self) -> None:
        """Clear the clipboard, unless something else has been copied since."""
        self.app.keeping.forget(self)
        if self.app.clipboard == self.words:
            self.app.copy_to_clipboard("")


def lend(app: LadoApp, words: str) -> None:
    """Put words on the clipboard of the terminal and of the desk for half a minute."""
    lent = _Lent(app, words)
    app.copy_to_clipboard(words)
    app.keeping.keep(lent, lent.take_back)
    app.set_timer(SECONDS, lent.take_back)
