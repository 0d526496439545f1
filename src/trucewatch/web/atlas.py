"""All incidents of a desk in columns, so that any choice of them is found, counted, placed and dated at once.

A page asks for hundreds of thousands of incidents by half a dozen fields at every touch of a filter; numpy answers
that in milliseconds where rows from a database would take seconds. The columns are made anew when the desk has changed.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trucewatch import codebook
from trucewatch.codebook import fold
from trucewatch.codebook.names import searchable
from trucewatch.codebook.within import Within, within
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
REST = 30.0
"""Seconds from one such reading to the next: somebody who rules on one claim after the other changes the desk all the while."""

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]


class Choice(Noun):
    """Which incidents a view is of; what is None does not matter, and the rest must all hold."""

    type: str | None = None
    """An event type, ``TYPE/mode``, or a quad class."""
    actor: str | None = None
    """Words of a name, a country, an id of ``actors.csv``: of one who acts or is acted upon."""
    place: str | None = None
    """What lies in a place of that name, or words of a place's own name, or an id of the gazetteer: see ``codebook.within``."""
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

    @property
    def there(self) -> Within | None:
        """What the place is taken for."""
        return None if self.place is None else within(self.place)

    @property
    def given(self) -> dict[str, str]:
        """What is asked for, as the fields of an address."""
        return {name: str(value) for name in self.__struct_fields__ if (value := getattr(self, name)) is not None}


Key = tuple[str, ...]
Test = Callable[[Key], bool]


class Lists:
    """For each incident several keys: its actors, recipients or outlets. One line of ``owners`` and ``numbers`` each."""

    def __init__(self, keys: Sequence[Key], numbers: Sequence[Sequence[int]]) -> None:
        self.keys = keys
        """Folded name, country, id, name: each once."""
        sizes = np.fromiter((len(its) for its in numbers), dtype=np.int64, count=len(numbers))
        self.owners = np.repeat(np.arange(len(numbers)), sizes)
        """The row of an incident, ascending ..."""
        self.numbers = np.fromiter((one for its in numbers for one in its), dtype=np.int32, count=int(sizes.sum()))
        """... and the number of one of its keys."""
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        """Where the lines of an incident begin, by its row, and where those of the last one end."""

    def having(self, test: Test) -> Mask:
        """The incidents of which one key passes a test."""
        passed = np.fromiter((test(key) for key in self.keys), dtype=bool, count=len(self.keys))
        found = np.zeros(len(self.starts) - 1, dtype=bool)
        found[self.owners[passed[self.numbers]]] = True
        return found

    def alone(self) -> Mask:
        """The incidents that have one key only."""
        return np.asarray(np.diff(self.starts) == 1)

    def counts(self, mask: Mask) -> NDArray[np.int64]:
        """How many chosen incidents each key has."""
        return np.bincount(self.numbers[mask[self.owners]], minlength=len(self.keys))


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
    killed: NDArray[np.int32]
    """The highest that anybody tells of."""
    disputed: Mask
    """Whether its claims differ on anything."""
    places: list[Key]
    """Each place that there is: folded name, country, gazetteer id, name."""
    place: NDArray[np.int32]
    """-1 where unknown."""
    told: list[str]
    """All that places are called, folded, each name after a space: by their reports and by the gazetteer."""
    called: NDArray[np.int32]
    """Which of these; -1 where no place is told."""
    precision: NDArray[np.int8]
    """-1 where the place is unknown, or has no position."""
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    actors: Lists
    recipients: Lists
    """Of the same keys as ``actors``."""
    outlets: Lists
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
            test = matching(choice.actor)
            mask &= self.actors.having(test) | self.recipients.having(test)
        if choice.outlet is not None:
            mask &= self.outlets.having(matching(choice.outlet))
        if (there := choice.there) is not None:
            lies = [one[1] in there.countries or there.has(one[2]) for one in self.places]
            says = map(there.says, self.told)
            # -1, an unknown place, is the last one, which is nowhere
            mask &= np.array([*lies, False])[self.place] | np.array([*says, False])[self.called]
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
        self._places: dict[Key, int] = {}
        self._called: dict[str, int] = {}
        self._parties: dict[Key, int] = {}
        self._outlets: dict[Key, int] = {}
        self._sides: tuple[list[list[int]], list[list[int]]] = ([], [])
        self._told: list[list[int]] = []

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
                one.killed.high if one.killed else 0,
                bool(one.disagreements),
                self._places.setdefault(_of_place(place), len(self._places)) if place else -1,
                self._called.setdefault(searchable(place.text, place.name), len(self._called)) if place else -1,
                PRECISIONS.index(place.precision) if place and place.precision and pointed else -1,
            )
        )
        self._points.append((place.lat or 0.0, place.lon or 0.0) if place and pointed else (np.nan, np.nan))
        for side, entities in zip(self._sides, (one.actors, one.recipients), strict=True):
            side.append([self._parties.setdefault(_of_party(each), len(self._parties)) for each in entities])
        outlets = ((f" {fold(outlet)}", "", outlet, outlet) for outlet in one.outlets)
        self._told.append([self._outlets.setdefault(key, len(self._outlets)) for key in outlets])

    def close(self) -> Atlas:
        table = np.array(self._rows, dtype=np.int32).reshape(-1, 12).T
        points = np.array(self._points, dtype=float).reshape(-1, 2).T
        parties = list(self._parties)
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
            killed=table[7],
            disputed=table[8].astype(bool),
            places=list(self._places),
            place=table[9],
            told=list(self._called),
            called=table[10],
            precision=table[11].astype(np.int8),
            lat=points[0],
            lon=points[1],
            actors=Lists(parties, self._sides[0]),
            recipients=Lists(parties, self._sides[1]),
            outlets=Lists(list(self._outlets), self._told),
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
        self._read_at = -REST

    def now(self) -> Atlas:
        """The columns. A large desk that has changed is read anew while the columns of before still answer."""
        with self._lock:
            with self._desk.deriving(write=False) as derived:
                mark = derived.mark()
            if self._made is None or (mark != self._mark and len(self._made) <= AT_ONCE):
                self._made, self._mark = Atlas.of(self._desk.incidents()), mark
            elif mark != self._mark and self._may_read():
                self._reading = threading.Thread(target=self._read, args=(mark,), daemon=True)
                self._reading.start()
            return self._made

    def _may_read(self) -> bool:
        is_reading = self._reading is not None and self._reading.is_alive()
        return not is_reading and time.monotonic() - self._read_at > REST

    def _read(self, mark: Mark | None) -> None:
        made = Atlas.of(self._desk.incidents())
        with self._lock:
            self._made, self._mark, self._read_at = made, mark, time.monotonic()


def _of_place(place: Place) -> Key:
    return (f" {fold(place.name)}", place.country or "", place.gazetteer or "", place.name)


def _of_party(party: Entity) -> Key:
    return (f" {fold(party.name)}", party.country or "", party.actor or "", party.name)


def matching(words: str) -> Test:
    """Whether a key of an actor or an outlet holds these words, or is of this country or id: as the command line's filters have it."""
    known = codebook.load().find_country(words)
    country = known.country if known is not None and known.kind == "name" else words.upper()
    key = fold(words)

    def test(one: Key) -> bool:
        return one[2] == words or (one[1] == country != "") or (key != "" and f" {key}" in one[0])

    return test
