"""Which accounts are compared at all: those that share a blocking key.

A key holds a family of types and a day, and then either a cell of the map or, for claims whose place is unknown or
coarse, a party or a number of dead. A claim is on the days on which it may have happened; a cell is half a degree wide
and a place is in each cell that it may reach into. docs/incidents.md has the table.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Iterator

from trucewatch.incidents.face import Face, face
from trucewatch.incidents.parties import Party
from trucewatch.nouns import Account

CELL = 0.5
"""Degrees."""
REACH = {2.0: 0.125, 6.0: 0.125, 25.0: 0.3}
"""Degrees north and south by the place's radius: two places that are not ``apart`` share a cell."""
TELLING_TOLL = 3
"""From so many dead on, the number alone is a blocking key."""


def keys(account: Account) -> frozenset[str]:
    """The blocking keys of an account; two that could be of one event share at least one."""
    seen = face(account)
    return frozenset(near(seen)) | frozenset(loose(seen))


def near(seen: Face) -> Iterator[str]:
    """Keys by day and map cell, of claims whose place is known well."""
    if not seen.fine or seen.place is None:
        return
    cells = list(_cells(*seen.place))
    for day in _days(seen, before=0, after=1):
        for cell in cells:
            yield f"{seen.family}:{day}:{cell}"


def loose(seen: Face) -> Iterator[str]:
    """Keys by day and party or toll: here claims without a good place meet each other and those that have one."""
    marks = {f"{seen.type}@{camp}" for side in (seen.actors, seen.recipients) for one in side for camp in _camps(one)}
    if seen.killed and seen.killed[0] >= TELLING_TOLL:
        marks.add(f"{seen.family}x{seen.killed[0]}")
    if seen.place_name is not None and not seen.fine:
        marks.add(f"{seen.type}in{seen.place_name}")
    if not marks and not (seen.fine and seen.place):
        # Nothing to be found by: only the very same words bring such claims together.
        marks.add(f"{seen.type}~{hashlib.blake2b(' '.join(sorted(seen.words)).encode(), digest_size=6).hexdigest()}")
    if seen.dated == "never":
        marks = {f"{mark}/{seen.trigger}" for mark in marks}
    around = 0 if seen.fine else 1
    for day in _days(seen, before=around, after=around):
        for mark in sorted(marks):
            yield f"{mark}:{day}"


def _camps(party: Party) -> Iterator[str]:
    """Its camp, and the umbrella under which a report may have left it unnamed."""
    yield from (camp for camp in (party.camp, party.umbrella) if camp is not None)


def _days(seen: Face, before: int, after: int) -> Iterator[str]:
    """The days on which it may have happened, and some around; the first month for a sum of events."""
    if seen.first is None:
        yield "?"
    elif seen.dated == "sum":
        yield f"since {dt.date.fromordinal(seen.first):%Y-%m}"
    else:
        yield from map(str, range(seen.first - before, seen.last + after + 1))


def _cells(lat: float, lon: float, radius: float) -> Iterator[str]:
    north = REACH[radius]
    east = north / max(0.2, math.cos(math.radians(lat)))
    for row in range(math.floor((lat - north) / CELL), math.floor((lat + north) / CELL) + 1):
        for column in range(math.floor((lon - east) / CELL), math.floor((lon + east) / CELL) + 1):
            yield f"{row},{column % round(360 / CELL)}"
