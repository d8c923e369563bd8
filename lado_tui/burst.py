"""Keys that come faster than hands can press them were pasted by mistake, and are not commands.

A terminal that breaks the frame of a paste hands its words over as key presses. Where text is being typed they are
only text; anywhere else a rush of them could press every command there is.
"""

from __future__ import annotations

from collections import deque

MOST = 30
"""Keys that may come within `SPELL` outside a text field."""

SPELL = 0.05
"""Seconds."""


class Burst:
    """Watches the keys pressed outside text fields."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=MOST)
        self._quiet_from = 0.0

    def refuses(self, now: float) -> bool:
        """Whether a key pressed now is part of a rush, and is to be ignored.

        Once a rush is seen every key is refused until there has been a pause.

        Args:
            now: seconds by a clock that only goes forward.
        """
        rush = len(self._times) == MOST and now - self._times[0] <= SPELL
        self._times.append(now)
        if rush or now < self._quiet_from:
            self._quiet_from = now + SPELL
            return True
        return False
