"""How fast a watch goes and how long it tries."""

from __future__ import annotations

from trucewatch.nouns import Noun


class Pace(Noun):
    """Numbers that seldom need another value."""

    at_once: int = 8
    """Hosts that are asked at the same time, each of them one thing at a time."""
    tries: int = 5
    """How often an address is tried that may come back."""
    backoff: float = 2.0
    """Seconds before the second try; four times as long before each further one."""
    longest: float = 86400.0
    """Seconds that are waited at most where a server asks us to wait."""
    pause: float = 900.0
    """Seconds that a host is left alone which has not answered so often, whatever it was asked for."""
    patience: float = 60.0
    """Seconds that a look waits for what is due next; what is due later is left to the next look."""
    robots: float = 86400.0
    """Seconds for which a robots.txt holds."""

    def wait(self, tries: int, after: float | None) -> float:
        """Seconds until the next try, after so many."""
        return min(max(self.backoff * 4.0 ** (tries - 1), after or 0.0), self.longest)
