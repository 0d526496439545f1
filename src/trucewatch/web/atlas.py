"""All incidents of a desk in columns, so that any choice of them is found, counted, placed and dated at once.

A page asks for hundreds of thousands of incidents by half a dozen fields at every touch of a filter; numpy answers
that in milliseconds where rows from a database would take seconds. ``atlases.py`` makes them, and again when the desk has changed.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trucewatch import codebook
from trucewatch.codebook import fold
from trucewatch.codebook.names import says, searchable
from trucewatch.codebook.rows import PRECISIONS, QUADS
from trucewatch.codebook.sources import is_outlet
from trucewatch.codebook.sources import outlet as outlet_name
from trucewatch.codebook.within import Within, country_code, within
from trucewatch.nouns import Incident, Noun, Status
from trucewatch.truces import Verdict

STATUSES = tuple(Status)
FINE = 2
"""Precisions before this one are points; the others are areas."""
MOST = 2**31 - 1
"""What a column of whole numbers holds; a desk of an older version may tell of more."""
UNDATED = 0
"""What stands for the day of an incident whose time is not known."""
VAGUE = 7
"""Days beyond its first of a time that is told no finer than by the month."""
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
    report: str | None = None
    """An id, which may be cut short: what this report tells of."""
    since: dt.date | None = None
    until: dt.date | None = None
    undated: bool = False
    """Only what has no known time."""
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
        found = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: "true" if one is True else str(one) for name, one in found.items() if one not in (None, False)}


Key = tuple[str, ...]
Test = Callable[[Key], bool]


class Lists:
    """For each incident several keys: its actors, recipients or outlets. One line of ``owners`` and ``numbers`` each."""

    def __init__(self, keys: Sequence[Key], sizes: NDArray[np.int32], numbers: NDArray[np.int32]) -> None:
        self.keys = keys
        """Folded name, country, id, name: each once."""
        self.owners = np.repeat(np.arange(len(sizes)), sizes)
        """The row of an incident, ascending ..."""
        self.numbers = numbers
        """... and the number of one of its keys."""
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        """Where the lines of an incident begin, by its row, and where those of the last one end."""

    def having(self, test: Test) -> Mask:
        """The incidents of which one key passes a test."""
        passed = np.fromiter((test(key) for key in self.keys), dtype=bool, count=len(self.keys))
        found = np.zeros(len(self.starts) - 1, dtype=bool)
        found[self.owners[passed[self.numbers]]] = True
        return found

    def of(self, number: int) -> Mask:
        """The incidents that have the key of a number."""
        found = np.zeros(len(self.starts) - 1, dtype=bool)
        found[self.owners[self.numbers == number]] = True
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
    called_so: Lists
    """What those on both sides are called, by their reports and by the codebook: folded, each name after a space."""
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
        """Which incidents are chosen, but for report, truce and verdict, of which the columns know nothing."""
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
        if choice.undated:
            mask &= self.first == UNDATED
        if choice.actor is not None:
            mask &= self._of_party(choice.actor)
        if (words := choice.outlet) is not None:
            mask &= self.outlets.having(lambda one: is_outlet(one[3], words))
        if (there := choice.there) is not None:
            lies = [one[1] in there.countries or there.has(one[2]) for one in self.places]
            called = map(there.says, self.told)
            # -1, an unknown place, is the last one, which is nowhere
            mask &= np.array([*lies, False])[self.place] | np.array([*called, False])[self.called]
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

    def countries(self, most: int) -> list[str]:
        """Where most incidents were, by ISO code: that with most first."""
        counts: Counter[str] = Counter()
        for (_, country, _, _), n in zip(self.places, np.bincount(self.place[self.place >= 0]).tolist(), strict=False):
            counts[country] += n
        return [code for code, _ in counts.most_common(most + 1) if code][:most]

    def _of_party(self, words: str) -> Mask:
        """Those in which one takes part: by words of a name, a name that the codebook knows, a country or an id, as the filters of
        the command line have it."""
        ids, country = {words, *codebook.load().actors_named(words)}, country_code(words)
        found = self.called_so.having(lambda one: says(one[0], words))
        for side in (self.actors, self.recipients):
            found |= side.having(lambda one: one[2] in ids or one[1] == country != "")
        return found

    def _of_type(self, wanted: str) -> Mask:
        if wanted in QUADS:
            return np.asarray(self.quad == QUADS.index(wanted))
        type_, _, mode = wanted.partition("/")
        passed = [kind == type_.upper() and (not mode or mode == its) for kind, its in self.kinds]
        return np.asarray(np.array([*passed, False])[self.kind])


class _Numbers(dict[Any, int]):
    """Things as they come, each with a number of its own, from 0 on."""

    def __missing__(self, thing: object) -> int:
        self[thing] = number = len(self)
        return number


class _Lines:
    """What a list of each incident holds, one after the other, by number."""

    def __init__(self) -> None:
        self._sizes = array("i")
        self._numbers = array("i")

    def add(self, numbers: list[int]) -> None:
        self._sizes.append(len(numbers))
        self._numbers.extend(numbers)

    def close(self, keys: Sequence[Key]) -> Lists:
        return Lists(keys, np.array(self._sizes), np.array(self._numbers))


class _Columns:
    """Columns in the making.

    They are flat arrays, and names are folded once, at the end: a list for each of hundreds of thousands of incidents
    takes twice as long.
    """

    def __init__(self) -> None:
        self._types = codebook.load().types
        self._ids: list[str] = []
        self._rows = array("i")
        self._points = array("d")
        self._kinds, self._places, self._called = _Numbers(), _Numbers(), _Numbers()
        self._parties, self._names, self._outlets = _Numbers(), _Numbers(), _Numbers()
        self._actors, self._recipients, self._called_so, self._told = _Lines(), _Lines(), _Lines(), _Lines()

    def add(self, one: Incident) -> None:
        place, time = one.place, one.time
        lat = lon = np.nan
        at = called = precision = -1
        if place is not None:
            at = self._places[place.name, place.country, place.gazetteer]
            called = self._called[place.text, place.name]
            if place.point:
                lat, lon = place.point
                precision = PRECISIONS.index(place.precision) if place.precision else -1
        first = time.start.toordinal() if time else UNDATED
        last = time.end.toordinal() if time else UNDATED
        self._ids.append(one.id)
        self._points.extend((lat, lon))
        self._rows.extend(
            (
                self._kinds[one.type, one.mode],
                STATUSES.index(one.status),
                first,
                last,
                last - first > VAGUE,
                one.sources,
                min(one.killed.high, MOST) if one.killed else 0,
                bool(one.disagreements),
                at,
                called,
                precision,
            )
        )
        parties = self._parties
        self._actors.add([parties[each.name, each.country, each.actor] for each in one.actors])
        self._recipients.add([parties[each.name, each.country, each.actor] for each in one.recipients])
        self._called_so.add([self._names[each.text, each.name] for each in (*one.actors, *one.recipients)])
        self._told.add([self._outlets[name] for name in dict.fromkeys(map(outlet_name, one.outlets))])

    def close(self) -> Atlas:
        whole = np.array(self._rows).reshape(-1, 11).T
        kind, status, first, last, vague, sources, killed, disputed, place, called, precision = whole
        lat, lon = np.array(self._points).reshape(-1, 2).T
        parties = [_key(*each) for each in self._parties]
        quads = [QUADS.index(self._types[type_].quad) for type_, _ in self._kinds]
        return Atlas(
            ids=self._ids,
            kinds=list(self._kinds),
            kind=kind,
            quad=np.array(quads, dtype=np.int8)[kind],
            status=status.astype(np.int8),
            first=first,
            last=last,
            vague=vague.astype(bool),
            sources=sources,
            killed=killed,
            disputed=disputed.astype(bool),
            places=[_key(*each) for each in self._places],
            place=place,
            told=[searchable(*each) for each in self._called],
            called=called,
            precision=precision.astype(np.int8),
            lat=lat,
            lon=lon,
            actors=self._actors.close(parties),
            recipients=self._recipients.close(parties),
            called_so=self._called_so.close([(searchable(*each),) for each in self._names]),
            outlets=self._told.close([_key(each, None, None) for each in self._outlets]),
            rows={id_: row for row, id_ in enumerate(self._ids)},
        )


def _key(name: str, country: str | None, id_: str | None) -> Key:
    return (f" {fold(name)}", country or "", id_ or "", name)
