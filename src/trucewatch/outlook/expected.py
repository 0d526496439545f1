"""Forecasts that reports make: each with its window, settled by what happened in it, beside the base rate.

A forecast is a claim of what is expected, or held possible. It came true where an incident of its type and mode, by one of
its actors, at its place, lies in its window. It did not where the window is over, was watched, and holds no such incident.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import itertools
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from trucewatch.codebook.rows import NONE
from trucewatch.codebook.sources import source
from trucewatch.day_counts import watched_by
from trucewatch.nouns import FORESEEN, REAL, Account, Entity, Incident, Noun, Place, Status, reports_of
from trucewatch.outlook import phrases

WATCHED = 0.75
"""Share of a window's days that must have been watched before nothing in it means that nothing happened."""
LEAST_BEFORE = 14
"""Watched days before a forecast without which there is no base rate."""
UNSAID = (0.34, 0.55)
"""Between these probabilities nothing is said either way."""
TRUCE = ("RETREAT", "ceasefire")
_STATE = frozenset({"GOV", "MIL"})


class Outcome(enum.StrEnum):
    """What became of a forecast."""

    TRUE = "came true"
    FALSE = "did not"
    OPEN = "open"
    UNTOLD = "cannot be told"


class Forecast(Noun):
    """What one voice in one report says will, or may, come."""

    claim: str
    report: str
    outlet: str | None
    speaker: str | None
    """None where the outlet itself says so."""
    made: dt.date
    status: Status
    """``expected`` or ``possible``."""
    type: str
    mode: str | None
    modes: tuple[str, ...]
    """The modes of incidents that it is settled by, ``-`` for none; empty for any."""
    sentence: str
    first: dt.date
    last: dt.date
    """The window: from the day after it was made, or when the words say."""
    horizon: str
    """Where the window comes from."""
    actors: tuple[Entity, ...] = ()
    place: Place | None = None
    conditional: bool = False
    """Whether its sentence has a condition, of which nothing here tells whether it held."""
    word: str | None = None
    """The word of its sentence that says how likely ..."""
    probability: float | None = None
    """... and what it is taken for."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Settled(Noun):
    """A forecast and what became of it."""

    forecast: Forecast
    outcome: Outcome
    because: str
    """A sentence without its full stop."""
    incidents: tuple[str, ...] = ()
    """Those in its window that fit it, the earliest first."""
    base: float | None = None
    """How often a window as long would have held such an incident by the days before; None where too few were watched."""

    @property
    def right(self) -> bool | None:
        """Whether what was said is what came; None where it is not settled, or was not said either way ("may").

        Who says "unlikely" is right if nothing came.
        """
        if self.outcome not in (Outcome.TRUE, Outcome.FALSE):
            return None
        worth = self.forecast.probability
        if worth is None:
            return self.outcome is Outcome.TRUE if self.forecast.status is Status.EXPECTED else None
        return None if UNSAID[0] < worth < UNSAID[1] else (worth >= UNSAID[1]) == (self.outcome is Outcome.TRUE)


class Terrain(Protocol):
    """Where places lie to each other, and when they were told of."""

    def inside(self, place: Place) -> Iterable[Place]:
        """The places told of where what happened has happened at a place; not those of which that is not to be told."""

    def published(self, place: Place) -> Collection[dt.date]:
        """The days of the reports that tell of a place's surroundings."""


_Side = tuple[str | None, str | None, str | None]
"""Row of the codebook, country, sector: by which one may be another."""


class _Told(NamedTuple):
    """An incident as forecasts are held against it."""

    start: dt.date
    end: dt.date
    incident: Incident
    alone: str | None
    """The report, where it is the only one that tells of it."""


class Alike:
    """Incidents of one kind at one place, in the order of their days. Very many forecasts may be held against very many."""

    def __init__(self, told: Sequence[_Told], looked: frozenset[dt.date]) -> None:
        self._told = told
        self._looked = looked
        self._starts = [one.start for one in told]
        self._by = functools.cache(self._made_by)

    def by(self, actors: Iterable[Entity]) -> Alike:
        """Those by one of these, or who may be one of them; without, by anybody."""
        sides = frozenset(map(_side, actors))
        return self._by(sides) if sides else self

    def between(self, first: dt.date, last: dt.date, but: str) -> list[Incident]:
        """Those within these days, without those that this report alone tells, which settle nothing that it foretells."""
        begun = self._told[bisect_left(self._starts, first) : bisect_right(self._starts, last)]
        return [one.incident for one in begun if one.end <= last and one.alone != but]

    def days(self, until: dt.date, but: str) -> int:
        """On how many of the days on which somebody looked, up to one, they were; without those that this report alone tells."""
        of_day, days = self._counted
        own = Counter(one.start for one in self._told if one.alone == but and one.start == one.end)
        lost = sum(day <= until and of_day[day] == number for day, number in own.items())
        return bisect_right(days, until) - lost

    @functools.cached_property
    def _counted(self) -> tuple[Counter[dt.date], list[dt.date]]:
        """How many there are of each day on which somebody looked, and these days."""
        of_day = Counter(one.start for one in self._told if one.start == one.end and one.start in self._looked)
        return of_day, list(of_day)

    @functools.cached_property
    def _of_side(self) -> dict[_Side, list[int]]:
        """The positions of those by each side."""
        found: dict[_Side, list[int]] = defaultdict(list)
        for at, one in enumerate(self._told):
            for actor in one.incident.actors:
                found[_side(actor)].append(at)
        return found

    def _made_by(self, sides: frozenset[_Side]) -> Alike:
        those = (at for did, at in self._of_side.items() if any(_is_same(said, did) for said in sides))
        return Alike([self._told[at] for at in sorted(set(itertools.chain.from_iterable(those)))], self._looked)


class Ground:
    """What is held against forecasts: incidents, and the days on which somebody looked at a place.

    Many forecasts are of one place and kind, so what is found of these is kept.
    """

    def __init__(self, incidents: Iterable[Incident], terrain: Terrain, until: dt.date) -> None:
        self.until = until
        """The last day that is known of."""
        self._terrain = terrain
        self._by_place: dict[str, dict[Place, list[_Told]]] = {}
        self._inside = functools.cache(lambda place: tuple(terrain.inside(place)))
        self._alike = functools.cache(self._of_kind)
        self.watched = functools.cache(self._watched)
        self._looked = functools.cache(lambda place: frozenset(self.watched(place)))
        for one in incidents:
            if one.status in REAL and one.time is not None and one.place is not None:
                its = self._by_place.setdefault(one.type, {}).setdefault(one.place, [])
                its.append(_Told(one.time.start, one.time.end, one, _only(reports_of(one.claims))))

    def alike(self, forecast: Forecast, place: Place) -> Alike:
        """The incidents of a forecast's kind at its place, by whomever and whenever they were."""
        return self._alike(forecast.type, forecast.modes, place)

    def _of_kind(self, type_: str, modes: tuple[str, ...], place: Place) -> Alike:
        told = self._by_place.get(type_, {})
        found = [
            one
            for where in self._inside(place)
            for one in told.get(where, ())
            if not modes or (one.incident.mode or NONE) in modes
        ]
        return Alike(sorted(found, key=lambda one: (one.start, one.incident.id)), self._looked(place))

    def _watched(self, place: Place) -> tuple[dt.date, ...]:
        """The days on which somebody looked there, in order: each report's own and the few before."""
        return tuple(sorted(day for day in watched_by(self._terrain.published(place)) if day <= self.until))


def forecasts(accounts: Iterable[Account]) -> Iterator[Forecast]:
    """The forecasts among accounts; what copies of one story say counts once, and what has no date not at all."""
    seen: set[tuple[str, ...]] = set()
    for account in accounts:
        claim = account.claim
        if account.published is None or not _foretells(account, account.published):
            continue
        key = (source(account), claim.type, claim.mode or "", account.trigger, account.sentence)
        if key not in seen:
            seen.add(key)
            yield _forecast(account, account.published)


def _foretells(account: Account, made: dt.date) -> bool:
    """Whether it tells of what may come; what is called unlikely is denied, and a forecast for all that."""
    claim = account.claim
    if claim.status is not Status.DENIED:
        return claim.status in FORESEEN
    worth = phrases.likelihood(account)[1]
    return worth is not None and worth <= UNSAID[0] and (claim.time is None or claim.time.end > made)


def settle(forecast: Forecast, ground: Ground) -> Settled:
    """What became of a forecast by the end of what is known."""
    if forecast.place is None:
        return Settled(forecast=forecast, outcome=Outcome.UNTOLD, because="no report says where")
    if (forecast.type, forecast.mode) == TRUCE and phrases.is_of_holding(forecast.sentence):
        because = "no one incident tells whether a truce holds; its status does"
        return Settled(forecast=forecast, outcome=Outcome.UNTOLD, because=because)
    alike, last = ground.alike(forecast, forecast.place), min(forecast.last, ground.until)
    named = alike.by(forecast.actors)
    within = named.between(forecast.first, last, forecast.report)
    others = [] if within else alike.between(forecast.first, last, forecast.report)
    watched = ground.watched(forecast.place)
    seen = bisect_right(watched, forecast.last) - bisect_left(watched, forecast.first)
    outcome, because = _outcome(forecast, within, others, seen, ground.until)
    return Settled(
        forecast=forecast,
        outcome=outcome,
        because=because,
        incidents=tuple(one.id for one in (within or others)),
        base=_base(forecast, named, watched),
    )


def _forecast(account: Account, made: dt.date) -> Forecast:
    claim = account.claim
    window = phrases.window(account, made)
    word, probability = phrases.likelihood(account)
    return Forecast(
        claim=claim.id,
        report=claim.report,
        outlet=account.outlet,
        speaker=claim.attributed_to,
        made=made,
        status=Status.EXPECTED if claim.status is Status.DENIED else claim.status,
        type=claim.type,
        mode=claim.mode,
        modes=phrases.modes(account),
        sentence=account.sentence,
        first=window.first,
        last=window.last,
        horizon=window.because,
        actors=claim.actors,
        place=claim.place,
        conditional=phrases.is_conditional(account.sentence),
        word=word,
        probability=probability,
    )


def _only(reports: Collection[str]) -> str | None:
    return next(iter(reports)) if len(reports) == 1 else None


def _side(one: Entity) -> _Side:
    return one.actor, one.country, one.sector


def _is_same(said: _Side, did: _Side) -> bool:
    """Whether one may be the other: a state's army is its government's."""
    (actor, country, sector), (other, its_country, its_sector) = said, did
    if actor and actor == other:
        return True
    if country is None or country != its_country:
        return False
    return sector == its_sector or {sector, its_sector} <= _STATE


def _outcome(
    forecast: Forecast, named: Sequence[Incident], others: Sequence[Incident], seen: int, until: dt.date
) -> tuple[Outcome, str]:
    if named:
        day = f" on {named[0].time.start}" if named[0].time else ""
        more = f" and {len(named) - 1} more" if len(named) > 1 else ""
        return Outcome.TRUE, f"{named[0].id}{day}{more}"
    if forecast.last > until:
        return Outcome.OPEN, f"until {forecast.last}; known until {until}"
    if others:
        return Outcome.UNTOLD, f"{len(others)} of the kind by a side that is not named, or another"
    if seen < WATCHED * forecast.days:
        return Outcome.UNTOLD, f"{seen} of {forecast.days} days were watched"
    return Outcome.FALSE, f"nothing of the kind on {seen} watched days of {forecast.days}"


def _base(forecast: Forecast, alike: Alike, watched: Sequence[dt.date]) -> float | None:
    """From the share of watched days, up to the one on which it was made, that hold such an incident."""
    looked = bisect_right(watched, forecast.made)
    if looked < LEAST_BEFORE:
        return None
    daily = (alike.days(forecast.made, forecast.report) + 0.5) / (looked + 1)
    return float(1 - (1 - daily) ** forecast.days)
