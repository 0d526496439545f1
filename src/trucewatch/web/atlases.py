"""The atlas of a desk as it is now: read when the server starts, and again when the desk has changed."""

from __future__ import annotations

import itertools
import threading
import time

from trucewatch.desk import Desk, Mark
from trucewatch.web.atlas import Atlas
from trucewatch.web.refusals import Refused

AT_ONCE = 20_000
"""Incidents up to which a changed desk is read again before a page is answered; more are read meanwhile."""
REST = 30.0
"""Seconds from one such reading to the next: somebody who rules on one claim after the other changes the desk all the while."""
PATIENCE = 2.0
"""Seconds that a page waits for the first reading."""
AGAIN = {"Retry-After": "2"}


class Atlases:
    """Safe between threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._mark: Mark | None = None
        self._made: Atlas | None = None
        self._reading: threading.Thread | None = None
        self._read_at = -REST
        self._is_closed = False

    def now(self) -> Atlas:
        """The columns. A large desk that has changed is read again while the columns of before still answer.

        Raises Refused where they are being read for the first time, and that takes longer than ``PATIENCE``.
        """
        found = self.known(PATIENCE)
        if found is None:
            raise Refused(503, "The incidents of this desk are still being read. They will be here in a moment.", AGAIN)
        return found

    def known(self, patience: float = 0.0) -> Atlas | None:
        """The same, for what does without them: None where they are being read for the first time."""
        mark = self._desk.mark()
        with self._lock:
            if self._made is not None and mark != self._mark and len(self._made) <= AT_ONCE:
                self._made, self._mark = Atlas.of(self._desk.incidents()), mark
            elif (self._made is None or mark != self._mark) and self._may_read():
                self._reading = threading.Thread(target=self._read, args=(mark,), daemon=True, name="atlas")
                self._reading.start()
            reading = self._reading
        if self._made is None and reading is not None:
            reading.join(patience)
        return self._made

    def close(self) -> None:
        """Read no further."""
        self._is_closed = True
        if self._reading is not None:
            self._reading.join()

    def _may_read(self) -> bool:
        is_reading = self._reading is not None and self._reading.is_alive()
        return not is_reading and time.monotonic() - self._read_at > REST

    def _read(self, mark: Mark | None) -> None:
        made = Atlas.of(itertools.takewhile(lambda _: not self._is_closed, self._desk.incidents()))
        with self._lock:
            self._made, self._mark, self._read_at = made, mark, time.monotonic()
