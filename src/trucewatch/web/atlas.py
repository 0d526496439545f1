"""All incidents of a desk in columns, so that any choice of them is found, counted, placed and dated at once.

A page asks for hundreds of thousands of incidents by half a dozen fields at every touch of a filter; numpy answers
that in milliseconds where rows from a database would take seconds. The columns are made anew when the desk has changed.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trucewatch import codebook
from trucewatch.codebook import fold
from trucewatch.nouns import Entity, Incident, Noun, Place, Status
from trucewatch.truces import Verdict

if TYPE_CHECKING:
    from trucewatch.desk import Desk, Mark

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
STATUSES = tuple(Status)
PRECISIONS = ("site", "town", "district", "region", "country")
FINE = 2
"""Precisions before this one are points; the others are areas."""
UNDATED = 0
"""What stands for the day of an incident whose time is not known."""
AT_ONCE = 20_000
"""Incidents up to which a changed desk is read anew before a page is answered; more are read meanwhile."""

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]


class Choice(Noun):
    """Which incidents a view is of; what is None does not matter, and the rest must all hold."""

    type: str | None = None
    """An event type, ``TYPE/mode``, or a quad class."""
    actor: str | None = None
    """Words of a name, a country, an id of ``actors.csv``: of one who acts or is acted upon."""
    place: str | None = None
    """Words of a place's name, a country, an id of the gazetteer."""
    status: Status | None = None
    outlet: str | None = None
    """Words of the name of an outlet that tells of it."""
    since: dt.date | None = None
    until: dt.date | None = None
    sources: int | None = None
    """At least so many independent ones."""
    truce: str | None = None
    """Its id: incidents that its ledger holds against a clause."""
    verdict: Verdict | None = None
    """Under that truce."""


class _Lists:
    """For each incident the numbers of its parties or outlets, one after the other."""

    def __init__(self) -> None:
        self.keys: dict[tuple[str, ...], int] = {}
        self._numbers: list[int] = []
        self._ends: list[int] = [0]

    def add(self, keys: Iterable[tuple[str, ...]]) -> None:
        self._numbers += {self.keys.setdefault(key, len(self.keys)) for key in keys}
        self._ends.append(len(self._numbers))

    def close(self) -> Callable[[Callable[[tuple[str, ...]], bool]], Mask]:
        """What gives the incidents of which one key passes a test."""
        keys, numbers = list(self.keys), np.array(self._numbers, dtype=np.int32)
        owners = np.repeat(np.arange(len(self._ends) - 1), np.diff(self._ends))
        size = len(self._ends) - 1

        def having(test: Callable[[tuple[str, ...]], bool]) -> Mask:
            passed = np.fromiter((test(key) for key in keys), dtype=bool, count=len(keys))
            found = np.zeros(size, dtype=bool)
            found[owners[passed[numbers]]] = True
            return found

        return having


@dataclass(eq=False)
class Atlas:
    """The columns: one value an incident, in the order of ``ids``."""

    ids: list[str]
    kinds: list[tuple[str, str | None]]
    """Each type and mode that there is."""
    kind: NDArray[np.int32]
    quad: NDArray[np.int8]
    status: NDArray[np.int8]
    first: NDArray[np.int32]
    """Ordinals of days, ``UNDATED`` where unknown."""
    last: NDArray[np.int32]
    vague: Mask
    """Whether the time is told no finer than by the month."""
    sources: NDArray[np.int32]
    places: list[tuple[str, ...]]
    """Each place that there is: folded name, country, gazetteer id, name."""
    place: NDArray[np.int32]
    """-1 where unknown."""
    precision: NDArray[np.int8]
    """-1 where the place is unknown, or has no position."""
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    parties: Callable[[Callable[[tuple[str, ...]], bool]], Mask]
    outlets: Callable[[Callable[[tuple[str, ...]], bool]], Mask]
    rows: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, incidents: Iterable[Incident]) -> Atlas:
        """The columns of incidents."""
        made = _Columns()
        for incident in incidents:
            made.add(incident)
        return made.close()

    def __len__(self) -> int:
        return len(self.ids)

    def fit(self, choice: Choice) -> Mask:
        """Which incidents are chosen, but for truce and verdict, of which the columns know nothing."""
        mask = np.ones(len(self), dtype=bool)
        if choice.type is not None:
            mask &= self._of_type(choice.type)
        if choice.status is not None:
            mask &= self.status == STATUSES.index(choice.status)
        if choice.sources is not None:
            mask &= self.sources >= choice.sources
        if choice.since is not None:
            mask &= self.last >= choice.since.toordinal()
        if choice.until is not None:
            mask &= (self.first <= choice.until.toordinal()) & (self.first != UNDATED)
        if choice.actor is not None:
            mask &= self.parties(_matching(choice.actor))
        if choice.outlet is not None:
            mask &= self.outlets(_matching(choice.outlet))
        if choice.place is not None:
            test = _matching(choice.place)
            passed = np.fromiter((test(key) for key in (*self.places, ("", "", ""))), dtype=bool)
            mask &= passed[self.place]  # -1, an unknown place, is the last one, which is nowhere
        return mask

    def named(self, ids: Iterable[str]) -> Mask:
        """The incidents of these ids."""
        mask = np.zeros(len(self), dtype=bool)
        mask[[self.rows[id_] for id_ in ids if id_ in self.rows]] = True
        return mask

    def latest(self, mask: Mask) -> Rows:
        """The rows of a mask, those of the latest day first, undated ones last."""
        rows = mask.nonzero()[0]
        return rows[np.lexsort((rows, -self.first[rows], -self.last[rows]))]

    def _of_type(self, wanted: str) -> Mask:
        if wanted in QUADS:
            return np.asarray(self.quad == QUADS.index(wanted))
        type_, _, mode = wanted.partition("/")
        passed = [kind == type_.upper() and (not mode or mode == its) for kind, its in self.kinds]
        return np.asarray(np.array([*passed, False])[self.kind])


class _Columns:
    """Columns in the making."""

    def __init__(self) -> None:
        self._types = codebook.load().types
        self._rows: list[tuple[int, ...]] = []
        self._points: list[tuple[float, float]] = []
        self._ids: list[str] = []
        self._kinds: dict[tuple[str, str | None], int] = {}
        self._places: dict[tuple[str, ...], int] = {}
        self._parties, self._outlets = _Lists(), _Lists()

    def add(self, one: Incident) -> None:
        place, time = one.place, one.time
        pointed = place is not None and place.lat is not None and place.lon is not None
        self._ids.append(one.id)
        self._rows.append(
            (
                self._kinds.setdefault((one.type, one.mode), len(self._kinds)),
                QUADS.index(self._types[one.type].quad),
                STATUSES.index(one.status),
                time.start.toordinal() if time else UNDATED,
                time.end.toordinal() if time else UNDATED,
                time is not None and (time.end - time.start).days > 7,
                one.sources,
                self._places.setdefault(_of_place(place), len(self._places)) if place else -1,
                PRECISIONS.index(place.precision) if place and place.precision and pointed else -1,
            )
        )
        self._points.append((place.lat or 0.0, place.lon or 0.0) if place and pointed else (np.nan, np.nan))
        self._parties.add(_of_party(party) for party in (*one.actors, *one.recipients))
        self._outlets.add((f" {fold(outlet)}", "", outlet) for outlet in one.outlets)

    def close(self) -> Atlas:
        table = np.array(self._rows, dtype=np.int32).reshape(-1, 9).T
        points = np.array(self._points, dtype=float).reshape(-1, 2).T
        return Atlas(
            ids=self._ids,
            kinds=list(self._kinds),
            kind=table[0],
            quad=table[1].astype(np.int8),
            status=table[2].astype(np.int8),
            first=table[3],
            last=table[4],
            vague=table[5].astype(bool),
            sources=table[6],
            places=list(self._places),
            place=table[7],
            precision=table[8].astype(np.int8),
            lat=points[0],
            lon=points[1],
            parties=self._parties.close(),
            outlets=self._outlets.close(),
            rows={id_: row for row, id_ in enumerate(self._ids)},
        )


class Atlases:
    """The atlas of a desk as it is now; safe between threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._mark: Mark | None = None
        self._made: Atlas | None = None
        self._reading: threading.Thread | None = None

    def now(self) -> Atlas:
        """The columns. A large desk that has changed is read anew while the columns of before still answer."""
        with self._lock:
            with self._desk.deriving(write=False) as derived:
                mark = derived.mark()
            if self._made is None or (mark != self._mark and len(self._made) <= AT_ONCE):
                self._made, self._mark = Atlas.of(self._desk.incidents()), mark
            elif mark != self._mark and (self._reading is None or not self._reading.is_alive()):
                self._reading = threading.Thread(target=self._read, args=(mark,), daemon=True)
                self._reading.start()
            return self._made

    def _read(self, mark: Mark | None) -> None:
        made = Atlas.of(self._desk.incidents())
        with self._lock:
            self._made, self._mark = made, mark


def _of_place(place: Place) -> tuple[str, ...]:
    return (f" {fold(place.name)}", place.country or "", place.gazetteer or "", place.name)


def _of_party(party: Entity) -> tuple[str, ...]:
    return (f" {fold(party.name)}", party.country or "", party.actor or "")


def _matching(words: str) -> Callable[[Sequence[str]], bool]:
    """Whether a key holds these words, or is of this country or id: as the command line's filters have it."""
    known = codebook.load().find_country(words)
    country = known.country if known is not None and known.kind == "name" else words.upper()
    key = fold(words)

    def test(one: Sequence[str]) -> bool:
        return one[2] == words or (one[1] == country != "") or (key != "" and f" {key}" in one[0])

    return test
