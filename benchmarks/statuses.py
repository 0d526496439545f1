"""Ten years of daily status for 20 truces and 100,000 incidents: the whole way from incidents to the status of each day.

    python -m benchmarks.statuses [--incidents 100000] [--truces 20] [--years 10]

The truces are those that ship, one after the other and again from the start, each taken for in force through all the years.
The incidents are made up: attacks and talks at places of the truces' countries, a tenth of them without a toll, by parties
to the truces and by strangers. Every incident is held against every clause of every truce. Beside the seconds stands their
ratio to a fixed small job, sorting a million numbers, in the same run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import resource
import time
from collections.abc import Sequence

import msgspec

from trucewatch import codebook, truces
from trucewatch.codebook import Codebook
from trucewatch.nouns import Entity, Incident, Period, Place, Status, Toll
from trucewatch.truces import Ledger, Truce
from trucewatch.truces.course import Course, Known, course
from trucewatch.truces.terms import Moment

FIRST = dt.date(2014, 1, 1)
_DEEDS = (("ASSAULT", "heavy-weapons"), ("ASSAULT", "aerial"), ("ASSAULT", "firearms"), ("CONSULT", None))


class Figures(msgspec.Struct, frozen=True):
    """What a run measured."""

    truces: int
    incidents: int
    days: int
    counted: int
    """Incidents that count, over all truces."""
    statuses: int
    """Days of all truces, of events and of deaths."""
    seconds: float
    processor: float
    ratio: float
    """Seconds by those of the small job."""
    peak: float
    """MB resident at most."""


def made(number: int, years: int, chosen: Sequence[Truce], book: Codebook) -> tuple[Incident, ...]:
    """So many incidents of so many years, in the order of their days."""
    odd = random.Random(1)
    parties = {one.id: [party.actor for party in one.declarations] or ["un"] for one in chosen}
    found = []
    for at in range(number):
        one = odd.choice(chosen)
        day = FIRST + dt.timedelta(days=odd.randrange(years * 365))
        type_, mode = odd.choice(_DEEDS)
        actor, recipient = odd.choice(parties[one.id]), odd.choice(parties[one.id])
        best = min(int(odds_of(odd)), 80)
        found.append(
            Incident(
                id=f"i{at:010x}",
                claims=(f"r{at:015x}.00000000",),
                type=type_,
                mode=mode,
                status=Status.HAPPENED,
                actors=(_entity(actor, book),),
                recipients=(_entity(recipient, book),),
                place=_place(one, odd),
                time=Period(start=day, end=day, precision="day"),
                killed=Toll(low=best, best=best, high=best + 2) if odd.random() > 0.1 else None,
            )
        )
    return tuple(sorted(found, key=lambda incident: incident.time.start if incident.time else FIRST))


def odds_of(odd: random.Random) -> float:
    """A toll: mostly few, now and then many."""
    return odd.paretovariate(1.1)


def measure(number: int, many: int, years: int) -> tuple[Figures, list[Course]]:
    """The figures, and the courses that were made."""
    book = codebook.load()
    known_truces = list(truces.load().values())
    begun, ended = (Moment(first=day, last=day) for day in (FIRST + dt.timedelta(days=56), dt.date(2100, 1, 1)))
    chosen = [
        msgspec.structs.replace(one, effective=begun, signed=begun, end=None, runs_until=ended, announcements=())
        for one in itertools.islice(itertools.cycle(known_truces), many)
    ]
    incidents = made(number, years, chosen, book)
    until = FIRST + dt.timedelta(days=years * 365 - 1)
    known = Known(
        until=until,
        incidents=incidents,
        published=tuple(FIRST + dt.timedelta(days=at) for at in range(0, years * 365, 3)),
    )
    start, processor = time.perf_counter(), time.process_time()
    found = [course(one, book, Ledger(one, book), known) for one in chosen]
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    courses = [one for one in found if one is not None]
    return Figures(
        truces=many,
        incidents=number,
        days=years * 365,
        counted=int(sum(one.events.tempo.total for one in courses)),
        statuses=sum(len(one.events.readings) + len(one.deaths.readings) for one in courses),
        seconds=seconds,
        processor=processor,
        ratio=seconds / _small_job(),
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    ), courses


def _entity(actor: str, book: Codebook) -> Entity:
    row = book.actors.get(actor)
    if row is None:
        return Entity(text=actor, name=actor)
    return Entity(text=row.name, name=row.name, actor=row.id, country=row.country, sector=row.sector)


def _place(one: Truce, odd: random.Random) -> Place:
    """One of 400 places of the truce's zones, or near them."""
    outline = next((zone.outlines[0] for zone in one.zones if zone.outlines), ((36.6, 35.8), (37.0, 36.1)))
    lon, lat = odd.choice(outline)
    lon, lat = round(lon + odd.randrange(-10, 10) / 50, 2), round(lat + odd.randrange(-10, 10) / 50, 2)
    country = odd.choice(one.countries)
    name = f"{lat},{lon}"
    return Place(text=name, name=name, country=country, lat=lat, lon=lon, precision="town", gazetteer=f"made:{name}")


def _small_job() -> float:
    odd = random.Random(2)
    numbers = [odd.random() for _ in range(1_000_000)]
    start = time.perf_counter()
    sorted(numbers)
    return time.perf_counter() - start


def main() -> None:
    """Measure, and print it as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--truces", type=int, default=20)
    parser.add_argument("--years", type=int, default=10)
    asked = parser.parse_args()
    figures, _ = measure(asked.incidents, asked.truces, asked.years)
    print(msgspec.json.encode(figures).decode())


if __name__ == "__main__":
    main()
