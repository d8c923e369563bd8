"""A line across, between two parts of a page."""

from collections.abc import Iterable

from lado_tui.widgets.drawn import Drawn, Part


class Rule(Drawn):
    """One line of rule."""

    DEFAULT_CSS = "Rule { height: 1; }"

    def draw(self, y: int) -> Iterable[Part]:
        """The line, as wide as there is room."""
        yield Part("─" * self.size.width, "rule")
