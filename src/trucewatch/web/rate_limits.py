"""How often something may be tried, counted in this process alone: a desk is served by one."""

from __future__ import annotations

import threading
import time
from collections import deque

_KEYS = 10_000
"""Names and addresses that are remembered; the longest unseen are dropped."""


class Limit:
    """At most ``count`` tries of a key within ``seconds``."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._tries: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def is_reached(self, key: str) -> bool:
        """Whether no more may be tried now."""
        with self._lock:
            return len(self._recent(key)) >= self._count

    def count(self, key: str) -> None:
        """Note a try."""
        with self._lock:
            tries = self._recent(key)
            tries.append(time.monotonic())
            self._tries.pop(key, None)
            self._tries[key] = tries
            while len(self._tries) > _KEYS:
                del self._tries[next(iter(self._tries))]

    def forget(self, key: str) -> None:
        """Begin again, after one that succeeded."""
        with self._lock:
            self._tries.pop(key, None)

    def _recent(self, key: str) -> deque[float]:
        tries = self._tries.get(key, deque())
        while tries and tries[0] < time.monotonic() - self._seconds:
            tries.popleft()
        return tries
