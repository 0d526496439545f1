"""What is to be ruled on first: claims of incidents in the order of what hangs on them and how unsure they are.

The order of all incidents is made from columns and ledgers; claims are read for a window of them only, in which the
model's doubts then have their say. So a desk of hundreds of thousands of incidents answers as a small one does.
"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch.codebook.rows import QUADS
from trucewatch.desk import Desk
from trucewatch.nouns import FORESEEN, Claim, Incident, Status
from trucewatch.truces import Verdict
from trucewatch.web.atlas import STATUSES, Atlas, Choice
from trucewatch.web.atlases import Atlases
from trucewatch.web.evidence import doubt
from trucewatch.web.ledgers import Ledgers
from trucewatch.web.standings import rested

WINDOW = 24
"""Incidents whose claims are read at once."""
PATIENCE = 2.0
"""Seconds that the first one who asks waits for verdicts; later ones get the order without them until they are there."""
BREACH: Mapping[Verdict, float] = {
    Verdict.ALLEGED: 3.0,
    Verdict.DISPUTED: 3.0,
    Verdict.CORROBORATED: 1.5,
    Verdict.NO_VERDICT: 0.5,
}
"""What a verdict adds to the weight of an incident: most where a ruling would decide it."""
ALONE, DIFFER, FIGHTING, UNREAL = 1.0, 2.0, 0.5, -2.0
"""What is added for one source only, for claims that differ, for violence, and for what is only foreseen."""
DEADLY, MOST_DEADLY = 0.5, 2.0
"""For each doubling of the dead, and at most."""
UNSURE = 4.0
"""For a claim of which the model is not sure at all."""

Verdicts = Mapping[str, Mapping[str, frozenset[Verdict]]]
"""By truce and incident."""


class Waiting(NamedTuple):
    """A claim that waits."""

    claim: Claim
    """As it was coded."""
    incident: str
    weight: float


class ReviewQueue:
    """The claims of one choice of incidents, the weightiest first; safe between threads."""

    def __init__(self, desk: Desk, atlas: Atlas, order: NDArray[np.int64]) -> None:
        self._desk = desk
        self._ids, self._rows = atlas.ids, atlas.rows
        self._order = order
        self._window = functools.lru_cache(maxsize=64)(self._read)

    def __len__(self) -> int:
        return len(self._order)

    def next(self, after: str, done: Collection[str]) -> Waiting | None:
        """The first claim behind another one (from the beginning, where that is not here) that is not done."""
        return next((one for one in self._behind(after) if one.claim.id not in done), None)

    def _behind(self, after: str) -> Iterator[Waiting]:
        first = self._at(after)
        passed = first is None
        for number in range(first or 0, -(-len(self) // WINDOW)):
            entries = self._window(number)
            if not passed:
                at = next((at for at, one in enumerate(entries) if one.claim.id == after), -1)
                entries = entries[at + 1 :]
                passed = True
            yield from entries

    def _at(self, claim: str) -> int | None:
        """The window that a claim is in."""
        rows = [self._rows[one.id] for one in self._desk.incidents_of(claim) if one.id in self._rows] if claim else []
        found = np.isin(self._order, rows).nonzero()[0]
        return int(found[0]) // WINDOW if len(found) else None

    def _read(self, number: int) -> tuple[Waiting, ...]:
        rows = self._order[number * WINDOW : (number + 1) * WINDOW]
        weight = {self._ids[row]: float(-place) for place, row in enumerate(rows)}
        incidents: dict[str, Incident] = {one.id: one for one in self._desk.incidents_named(weight)}
        of = {claim: one.id for one in incidents.values() for claim in one.claims}
        # Within a window the places of its incidents count for as much as the model's doubts about their claims.
        found = [
            Waiting(one, of[one.id], weight[of[one.id]] / WINDOW + UNSURE * (1 - doubt(one)[0]))
            for one in self._desk.claims_named(of)
        ]
        return tuple(sorted(found, key=lambda one: (-one.weight, one.claim.id)))


class ReviewQueues:
    """The queues of a desk; safe between threads."""

    def __init__(self, desk: Desk, atlases: Atlases, ledgers: Ledgers) -> None:
        self._desk = desk
        self._atlases = atlases
        self._ledgers = ledgers
        self._lock = threading.Lock()
        self._verdicts: Verdicts = {}
        self._due = 0.0
        self._making: threading.Thread | None = None
        self._kept: tuple[Atlas, Verdicts, dict[Choice, ReviewQueue]] | None = None

    def of(self, choice: Choice) -> ReviewQueue:
        """The claims of the incidents that fit; with a truce, of those that its ledger holds against a clause."""
        atlas, verdicts = self._atlases.now(), self._known()
        if choice.truce is not None and choice.truce not in verdicts:  # not counted yet: nothing would seem to wait
            its = self._ledgers.verdicts(choice.truce)
            with self._lock:
                verdicts = self._verdicts = {**self._verdicts, choice.truce: its}
        with self._lock:
            if self._kept is None or self._kept[0] is not atlas or self._kept[1] is not verdicts:
                self._kept = (atlas, verdicts, {})
            made = self._kept[2]
            if choice not in made:
                made[choice] = ReviewQueue(self._desk, atlas, _ordered(atlas, choice, verdicts))
            return made[choice]

    def _known(self) -> Verdicts:
        begun: threading.Thread | None = None
        with self._lock:
            if time.monotonic() > self._due and (self._making is None or not self._making.is_alive()):
                self._making = begun = threading.Thread(target=self._make, daemon=True)
                begun.start()
        if begun is not None and not self._verdicts:
            begun.join(PATIENCE)
        return self._verdicts

    def _make(self) -> None:
        begun = time.monotonic()
        found = self._ledgers.every_verdict()
        with self._lock:
            if found != self._verdicts:
                self._verdicts = found
            self._due = rested(begun)


def _ordered(atlas: Atlas, choice: Choice, verdicts: Verdicts) -> NDArray[np.int64]:
    """The rows of incidents that fit, the weightiest first, of equals the latest."""
    mask = atlas.fit(choice)
    breach = np.zeros(len(atlas))
    for truce, its in verdicts.items():
        if choice.truce in (None, truce):
            for incident, said in its.items():
                if (row := atlas.rows.get(incident)) is not None:
                    breach[row] = max(breach[row], *(BREACH.get(one, 0.0) for one in said))
    if choice.truce is not None:
        mask &= breach > 0
    real = np.isin(atlas.status, [STATUSES.index(one) for one in Status if one not in FORESEEN])
    weight = (
        breach
        + ALONE * (atlas.sources <= 1)
        + DIFFER * atlas.disputed
        + FIGHTING * (atlas.quad == QUADS.index("material conflict"))
        + np.minimum(DEADLY * np.log2(1.0 + atlas.killed), MOST_DEADLY)
        + np.where(real, 0.0, UNREAL)
    )
    rows = mask.nonzero()[0]
    return rows[np.lexsort((-atlas.last[rows], -weight[rows]))]
