"""The truces of a desk, and what it has to show of each: the one place where map, queue and pages ask for it.

All that there is to show of one is kept by ``ledger.overview``. The verdicts alone, which map and queue ask of all truces,
take far less time, and would push out there what pages have in use; they are kept here.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from trucewatch import ledger, truces
from trucewatch.desk import Desk, IncidentFilter, Mark
from trucewatch.ledger import Held, Overview
from trucewatch.truces import Truce, Verdict
from trucewatch.web.atlas import Atlas, Choice, Mask
from trucewatch.web.refusals import Refused

Verdicts = Mapping[str, frozenset[Verdict]]
"""By incident."""


class Ledgers:
    """What incidents are to truces; safe between threads."""

    def __init__(self, desk: Desk, folder: Path | None) -> None:
        self._desk = desk
        self._folder = folder
        self._locks: dict[str, threading.Lock] = {}
        """By truce: what one of them takes keeps nobody from another."""
        self._kept: dict[str, tuple[Mark | None, dt.date, Verdicts]] = {}

    def every(self) -> Mapping[str, Truce]:
        """All truces by id: those that ship, and one's own."""
        return truces.load(self._folder)

    def edited(self) -> tuple[tuple[str, int], ...]:
        """The tables of your own, and when each was last written."""
        own = self._folder.rglob("*.toml") if self._folder else ()
        return tuple(sorted((str(one), one.stat().st_mtime_ns) for one in own))

    def truce(self, name: str) -> Truce:
        """The truce of an id, else refuses."""
        found = self.every().get(name)
        if found is None:
            raise Refused(404, "There is no such truce.")
        return found

    def overview(self, truce: Truce, as_of: dt.date) -> Overview:
        """All there is to show of a truce. It is made once, however many parts of a page ask for it together."""
        with self._lock(truce.id):
            return ledger.overview(self._desk, truce, as_of)

    def fit(self, atlas: Atlas, choice: Choice) -> Mask:
        """Which incidents are chosen: by their own values, and by what they are to a truce. Refuses where there is none such."""
        mask = atlas.fit(choice)
        if choice.report is not None:
            of_it = self._desk.incidents(IncidentFilter(report=choice.report))
            mask &= atlas.named(one.id for one in of_it)
        if choice.truce is not None:
            wanted = {choice.verdict} if choice.verdict else set(Verdict) - {Verdict.OUT_OF_SCOPE}
            its = self.verdicts(choice.truce)
            mask &= atlas.named(id_ for id_, verdicts in its.items() if verdicts & wanted)
        return mask

    def verdicts(self, truce: str) -> Verdicts:
        """The verdicts of each incident near a truce by now, over all clauses."""
        one, mark, today = self.truce(truce), self._desk.mark(), dt.date.today()
        with self._lock(truce):
            kept = self._kept.get(truce)
            if kept is None or kept[:2] != (mark, today):
                found = _verdicts(ledger.held(self._desk, one, today))
                kept = self._kept[truce] = (mark, today, found)
            return kept[2]

    def every_verdict(self) -> Mapping[str, Verdicts]:
        """Those of all truces, by truce."""
        return {name: self.verdicts(name) for name in self.every()}

    def _lock(self, truce: str) -> threading.Lock:
        return self._locks.setdefault(truce, threading.Lock())


def _verdicts(held: Held) -> Verdicts:
    found: dict[str, set[Verdict]] = defaultdict(set)
    for breach in held.breaches:
        found[breach.incident].add(breach.verdict)
    return {incident: frozenset(its) for incident, its in found.items()}
