"""What must hold in a truce's table: each fault with where it stands, what is wrong and how to mend it."""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from trucewatch.codebook import Actor, Codebook
from trucewatch.codebook.areas import are_on_globe
from trucewatch.codebook.names import is_slug
from trucewatch.codebook.rows import BODIES, SECTORS
from trucewatch.codebook.toml import Fault, Path
from trucewatch.truces import geometry
from trucewatch.truces.terms import Capacity, CarveOut, Clause, Declaration, Kind, LonLat, Moment, Truce, Zone

PLACED = frozenset({Kind.CESSATION, Kind.SEPARATION, Kind.WEAPONS, Kind.PATROL})
"""Kinds of clauses that hold somewhere: without a zone nothing can be held against them."""
STATE = "state"
"""What stands for all of a state's sectors after a country code."""


class _Known(NamedTuple):
    """Ids that a value may be one of, what they name, and where they are listed."""

    what: str
    ids: Collection[str]
    listed: str
    called: Callable[[str], str | None] = lambda name: None
    """The id of what bears a name."""


def misnamed(truce: str, stem: str) -> tuple[str, str]:
    """What is wrong with a truce in a file of another name, and the mend."""
    return f"the truce {truce!r} stands in {stem}.toml", f'name the file {truce}.toml or write id = "{stem}"'


def faults(truce: Truce, book: Codebook, truces: Collection[str]) -> Iterator[Fault]:
    """Every fault of a truce; ``truces`` are the ids that it may build on."""
    yield from _heads(truce)
    yield from _ids(truce, book, truces)
    yield from _patterns(truce, book)
    for zone_at, zone in enumerate(truce.zones):
        yield from _zone(zone, ("zones", zone_at), book)
    yield from _clauses(truce)
    yield from _dates(truce)
    yield from _declarations(truce)


def _heads(truce: Truce) -> Iterator[Fault]:
    if not is_slug(truce.id):
        yield Fault(("id",), f"{truce.id!r} is no id", "write lower-case words and numbers joined by hyphens")
    for name in ("countries", "sources", "declarations", "clauses"):
        if not getattr(truce, name):
            yield Fault((name,), f"a truce without {name}", f"add the {name} that it has")
    named: tuple[tuple[str, Sequence[Zone | Clause | CarveOut]], ...] = (
        ("zones", truce.zones),
        ("clauses", truce.clauses),
        ("carve_outs", truce.carve_outs),
    )
    for name, each in named:
        seen: set[str] = set()
        for at, one in enumerate(each):
            if one.id in seen:
                yield Fault((name, at, "id"), f"the id {one.id!r} is used twice", "give each an id of its own")
            seen.add(one.id)


def _ids(truce: Truce, book: Codebook, truces: Collection[str]) -> Iterator[Fault]:
    actors = _Known("actor", book.actors, "actors.csv", lambda name: _id_of(book.find_actor(name)))
    countries = _Known("country", set(book.countries) | BODIES, "countries.csv", lambda name: _code(book, name))
    declared = _Known("party", {one.actor for one in truce.declarations}, "this file")
    zones = _Known("zone", {one.id for one in truce.zones}, "this file")
    yield from _unknown(("countries",), truce.countries, countries)
    yield from _unknown(("mediators",), truce.mediators, actors)
    yield from _unknown(("builds_on",), truce.builds_on, _Known("truce", truces, "the folder of truces"))
    yield from _unknown(("zone",), _one(truce.zone), zones)
    for at, party in enumerate(truce.declarations):
        for name, ids in (("actor", (party.actor,)), ("covers", party.covers), ("claimed_by", party.claimed_by)):
            yield from _unknown(("declarations", at, name), ids, actors)
    for at, clause in enumerate(truce.clauses):
        yield from _unknown(("clauses", at, "zone"), _one(clause.zone), zones)
        yield from _unknown(("clauses", at, "binds"), clause.binds, declared)
    for at, carved in enumerate(truce.carve_outs):
        for name, ids in (("targets", carved.targets), ("by", carved.by), ("claimed_by", carved.claimed_by)):
            yield from _unknown(("carve_outs", at, name), ids, actors)
    for at, monitor in enumerate(truce.monitors):
        yield from _unknown(("monitors", at, "actor"), _one(monitor.actor), actors)
    for at, said in enumerate(truce.announcements):
        yield from _unknown(("announcements", at, "by"), (said.by,), actors)
    for at, zone in enumerate(truce.zones):
        yield from _unknown(("zones", at, "countries"), zone.countries, countries)
        yield from _unknown(("zones", at, "regions"), zone.regions, _Known("region", book.areas, "areas.geojson"))


def _unknown(path: Path, ids: Iterable[str], known: _Known) -> Iterator[Fault]:
    for one in ids:
        if one not in known.ids:
            called = known.called(one)
            near = [called] if called else difflib.get_close_matches(one, known.ids, n=3)
            mend = f"did you mean {' or '.join(map(repr, near))}?" if near else f"add it to {known.listed} first"
            yield Fault(path, f"no {known.what} has the id {one!r}", f"{mend} ({known.listed})" if near else mend)


def _id_of(actor: Actor | None) -> str | None:
    return actor.id if actor else None


def _code(book: Codebook, name: str) -> str | None:
    word = book.find_country(name)
    return word.country if word else None


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _patterns(truce: Truce, book: Codebook) -> Iterator[Fault]:
    for at, party in enumerate(truce.declarations):
        for pattern in party.unnamed:
            country, _, sector = pattern.partition("/")
            known = (country in book.countries or country in BODIES) and (sector in SECTORS or sector == STATE)
            if not known:
                mend = "write a country code, a stroke and a PLOVER sector or 'state': SYR/MIL, SYR/state"
                yield Fault(("declarations", at, "unnamed"), f"{pattern!r} stands for nobody", mend)
    for at, clause in enumerate(truce.clauses):
        for name, patterns in (("conduct", clause.conduct), ("performed_by", clause.performed_by)):
            for pattern in patterns:
                if pattern not in book.types and pattern not in book.modes:
                    near = difflib.get_close_matches(pattern, [*book.types, *book.modes], n=2)
                    mend = f"did you mean {' or '.join(near)}?" if near else "see types.csv and modes.csv"
                    yield Fault(("clauses", at, name), f"no event type or mode is called {pattern!r}", mend)


def _zone(zone: Zone, path: Path, book: Codebook) -> Iterator[Fault]:
    if not (zone.regions or zone.countries or zone.places or zone.outlines or zone.line):
        yield Fault(path, f"the zone {zone.id!r} has no land", "add regions, countries, places, outlines or a line")
    if zone.line and zone.within_km is None:
        yield Fault((*path, "line"), "a line alone has no land", "add within_km, how far on each side the zone goes")
    if zone.within_km is not None and zone.within_km <= 0:
        yield Fault((*path, "within_km"), f"within {zone.within_km:g} km is nowhere", "give a distance above 0")
    if zone.line:
        yield from _path(zone.line, 2, (*path, "line"))
    for ring in zone.outlines:
        yield from _path(ring, 3, (*path, "outlines"))
    for region in zone.regions:
        for polygon in book.areas[region].polygons if region in book.areas else ():
            if geometry.crossing(polygon[0]):
                yield Fault(
                    (*path, "regions"), f"the outline of {region!r} crosses itself", "redraw it (areas.geojson)"
                )


def _path(points: Sequence[LonLat], least: int, path: Path) -> Iterator[Fault]:
    if len(set(points)) < least:
        yield Fault(path, f"{len(set(points))} points are too few", f"give {least} or more")
    elif not are_on_globe(points):
        yield Fault(path, "a point lies off the globe", "longitude comes first, then latitude, in degrees")
    elif at := geometry.crossing(geometry.closed(points) if least > 2 else points):
        one, other = (f"{points[number][0]:g}, {points[number][1]:g}" for number in at)
        mend = "put the points in the order in which one walks along it"
        yield Fault(path, f"it crosses itself: the sides that begin at {one} and at {other} meet", mend)


def _clauses(truce: Truce) -> Iterator[Fault]:
    for at, clause in enumerate(truce.clauses):
        path = ("clauses", at)
        if clause.kind in PLACED and truce.zone_of(clause) is None and not (clause.zone or truce.zone):
            mend = "add zone = ... to it, or area = ... to the truce"
            yield Fault(path, f"clause {clause.id} ({clause.kind.value}) holds nowhere", mend)
        if clause.deadline and not clause.performed_by:
            mend = 'add performed_by = [...], the event types that carry it out, such as "RETREAT/withdraw"'
            yield Fault((*path, "deadline"), f"clause {clause.id} has a deadline that nothing can meet", mend)
        if clause.every and not clause.performed_by:
            mend = 'add performed_by = [...], the event types that carry it out, such as "COOPERATE"'
            yield Fault((*path, "every"), f"clause {clause.id} comes round, and nothing can carry it out", mend)
        if clause.every and not (clause.effective or truce.start):
            yield Fault((*path, "every"), f"from when clause {clause.id} is due is not told", "add effective = ...")


def _dates(truce: Truce) -> Iterator[Fault]:
    start = truce.start
    yield from _order(("end",), start, truce.end)
    yield from _order(("runs_until",), start, truce.runs_until)
    for at, party in enumerate(truce.declarations):
        yield from _order(("declarations", at, "until"), party.since, party.until)
    for at, clause in enumerate(truce.clauses):
        yield from _order(("clauses", at, "until"), clause.effective or start, clause.until)
        if clause.deadline and truce.signed and clause.deadline.last < truce.signed.first:
            what = f"the deadline {clause.deadline} is before the signature on {truce.signed}"
            yield Fault(("clauses", at, "deadline"), what, "mend one of the two")


def _order(path: Path, start: Moment | None, end: Moment | None) -> Iterator[Fault]:
    if start and end and _clocked(end, end.last) < _clocked(start, start.first):
        yield Fault(path, f"it ends at {end}, before it begins at {start}", "mend one of the two")


def _clocked(moment: Moment, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, moment.clock or (dt.time.max if day == moment.last else dt.time.min))


def _declarations(truce: Truce) -> Iterator[Fault]:
    for at, party in enumerate(truce.declarations):
        path = ("declarations", at)
        if party.capacity is Capacity.CLAIMED_BOUND and not party.claimed_by:
            yield Fault(path, f"nobody is named who claims that {party.actor!r} is bound", "add claimed_by = [...]")
    ways: tuple[tuple[str, Callable[[Declaration], Iterable[str]]], ...] = (
        ("actor", lambda party: (party.actor, *party.covers)),
        ("unnamed", lambda party: party.unnamed),
    )
    for (first, one), (second, other) in itertools.combinations(enumerate(truce.declarations), 2):
        apart = _apart(one, other) or _apart(other, one)
        for name, ids in ways:
            for doubled in sorted(set(ids(one)) & set(ids(other))):
                if not apart:
                    what = f"{doubled!r} stands in two declarations (parties {first + 1} and {second + 1}) at one time"
                    mend = "give them dates (since, until) that do not overlap, or take it out of one"
                    yield Fault(("declarations", second, name), what, mend)


def _apart(earlier: Declaration, later: Declaration) -> bool:
    return bool(earlier.until and later.since and earlier.until.last < later.since.first)
