"""UCDP GED Syria 2016-2018 as events (CC BY 4.0; Sundberg and Melander 2013), and events made up where it is not at hand."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import gzip
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from benchmarks import GED
from trucewatch.nouns import Place

_ARTICLE = re.compile(r'"([^",]*),(\d{4}-\d\d-\d\d),(.*?)"(?:;|$)')
_MODES = (
    ("unconventional", r"chemical|chlorine|sarin"),
    ("suicide-attack", r"suicide|blow[s]? (?:him|it)self"),
    ("aerial", r"air ?strike|aerial|warplane|air raid|\braids?\b|helicopter|barrel|coalition"),
    ("heavy-weapons", r"shell|rocket|missile|artillery|mortar"),
    ("explosives", r"\bmines?\b|landmine|explo|\bIED\b|detonat|car bomb|booby"),
    ("targeted", r"execut|assassinat"),
    ("firearms", r"clash|battle|snip|\bshot\b|shoot|gunfire"),
)


class Article(NamedTuple):
    """A source that GED lists for an event."""

    office: str
    published: dt.date
    headline: str


class Event(NamedTuple):
    """A row of GED."""

    id: str
    first: dt.date
    last: dt.date
    point: tuple[float, float]
    precision: int
    """GED's: 1 exact, 2 within 25 km, 3 district, 4 governorate, 5 and more vaguer."""
    town: str
    district: str
    governorate: str
    sides: tuple[str, str]
    mode: str | None
    """From the headlines, where they speak of one mode only; GED itself has none."""
    low: int
    best: int
    high: int
    articles: tuple[Article, ...]

    @property
    def dyad(self) -> tuple[str, ...]:
        return tuple(sorted(self.sides))

    @property
    def month(self) -> str:
        return f"{self.first:%Y-%m}"


@functools.cache
def events() -> tuple[Event, ...]:
    """The rows of GED in the order of their days."""
    with gzip.open(GED, "rt", encoding="utf-8", newline="") as rows:
        found = [_event(row) for row in csv.DictReader(rows)]
    return tuple(sorted(found, key=lambda one: (one.first, one.id)))


def invented(number: int, days: int, seed: int = 1) -> tuple[Event, ...]:
    """So many events without GED: towns of unequal size, four dyads, the same columns."""
    odds = random.Random(seed)
    towns = [(odds.uniform(33.0, 36.8), odds.uniform(36.0, 41.0)) for _ in range(300)]
    dyads = (
        ("Government of Syria", "Syrian insurgents"),
        ("IS", "SDF"),
        ("Government of Syria", "IS"),
        ("IS", "Civilians"),
    )
    start, made = dt.date(2016, 1, 1), []
    for at in range(number):
        town = min(int(odds.paretovariate(0.7)), len(towns)) - 1
        day = start + dt.timedelta(days=odds.randrange(days))
        best = min(int(odds.paretovariate(1.1)), 80)
        sides = odds.choices(dyads, (50, 20, 18, 3))[0]
        names = f"town-{town}", f"district-{town % 60}", f"governorate-{town % 14}"
        mode = odds.choice((None, *(name for name, _ in _MODES)))
        where = (towns[town], 1, *names)
        made.append(Event(f"x{at}", day, day, *where, sides, mode, max(1, best - 2), best, best + 3, ()))
    return tuple(sorted(made, key=lambda one: (one.first, one.id)))


class Centres:
    """Middles of the districts and governorates that events lie in, for tellings that name no town."""

    def __init__(self, known: Iterable[Event]) -> None:
        points: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for event in known:
            for area in (event.district, event.governorate):
                points[area].append(event.point)
        self._middles = {
            area: (sum(lat for lat, _ in some) / len(some), sum(lon for _, lon in some) / len(some))
            for area, some in points.items()
        }

    def place(self, area: str, precision: str) -> Place | None:
        """The area as a place; None for one without a name."""
        if not area:
            return None
        lat, lon = self._middles[area]
        at = {"lat": lat, "lon": lon}
        return Place(text=area, name=area, country="SYR", precision=precision, gazetteer=f"g:{area}", **at)


def _event(row: dict[str, str]) -> Event:
    found = [Article(o.strip(), dt.date.fromisoformat(d), h) for o, d, h in _ARTICLE.findall(row["source_article"])]
    articles = tuple({article.headline: article for article in found}.values())
    modes = {mode for mode, pattern in _MODES if re.search(pattern, row["source_headline"], re.IGNORECASE)}
    return Event(
        id=row["id"].removesuffix(".0"),
        first=dt.date.fromisoformat(row["date_start"][:10]),
        last=dt.date.fromisoformat(row["date_end"][:10]),
        point=(float(row["latitude"]), float(row["longitude"])),
        precision=round(float(row["where_prec"])),
        town=row["where_coordinates"],
        district=row["adm_2"],
        governorate=row["adm_1"],
        sides=(row["side_a"], row["side_b"]),
        mode=modes.pop() if len(modes) == 1 else None,
        low=round(float(row["low"])),
        best=round(float(row["best"])),
        high=round(float(row["high"])),
        articles=articles,
    )
