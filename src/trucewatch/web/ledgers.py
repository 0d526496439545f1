"""The ledgers of truces as the desk has them now, kept until it changes: each takes a look at every incident near."""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from trucewatch import ledger, truces
from trucewatch.truces import Verdict

if TYPE_CHECKING:
    from trucewatch.desk import Desk, Mark
    from trucewatch.ledger import Held


class Ledgers:
    """What incidents are to truces; safe between threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[Mark | None, dt.date, Held]] = {}

    def held(self, truce: str) -> Held:
        """The ledger of a truce at the end of this day. Raises KeyError for a truce that is none."""
        today = dt.date.today()
        with self._desk.deriving(write=False) as derived:
            mark = derived.mark()
        with self._lock:
            kept = self._kept.get(truce)
            if kept is None or kept[:2] != (mark, today):
                kept = self._kept[truce] = (mark, today, ledger.held(self._desk, truces.load()[truce], today))
            return kept[2]

    def verdicts(self, truce: str) -> Mapping[str, frozenset[Verdict]]:
        """The verdicts of each incident near a truce, over all clauses."""
        found: dict[str, set[Verdict]] = defaultdict(set)
        for breach in self.held(truce).breaches:
            found[breach.incident].add(Verdict(breach.verdict))
        return {incident: frozenset(its) for incident, its in found.items()}
