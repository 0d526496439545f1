"""Events of UCDP GED told again, each by several outlets, as Accounts: what pairs.py and merging.py measure on.

GED has one row an event. A telling keeps what its outlet would know and loses, blurs or twists the rest with the odds
below, which are ours: they stand for what reports do, and are not measured on reports. Where a row lists its articles,
their outlets, dates and headlines are the real ones. docs/incidents.md says what this shows and what it does not.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from trucewatch import codebook
from trucewatch.nouns import Account, Claim, Count, Entity, Period, Place, Span, Status

GED = Path(__file__).parent.parent.parent / "shared" / "data" / "ucdp" / "ged-syria-2016-2018.csv.gz"

LAGS = (0,) * 64 + (1,) * 24 + (2,) * 4 + (3,) * 3 + (5,) * 2 + (8,) * 3
"""Days from an event to its report, as often as the articles that GED lists have them."""
TIME = {"day": 0.74, "none": 0.11, "week": 0.06, "reported": 0.06, "off": 0.03}
"""Day told rightly; no time; only the week; the day of the report taken for the day of the event; off by one."""
PLACE = {"point": 0.62, "near": 0.13, "district": 0.11, "region": 0.09, "none": 0.05}
"""The town; a point of the town up to 4 km away; only the district; only the governorate; nowhere."""
NAMED = {"actor": 0.75, "recipient": 0.8}
"""How often a telling says who did it, and to whom."""
RIVAL = 0.04
"""How often it names another perpetrator: of an ally of the one in GED."""
TOLL = {"best": 0.55, "none": 0.2, "range": 0.08, "near": 0.12, "far": 0.05}
"""GED's best figure; none; low to high; up to a quarter off; half to double."""
MODE = {"kept": 0.8, "none": 0.13, "other": 0.07}
SWAPPED = 0.4
"""How often the sides of a fight (not of an air strike, a bomb, a killing of civilians) change places."""

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
_CONFUSED = {
    "aerial": "heavy-weapons",
    "heavy-weapons": "aerial",
    "explosives": "suicide-attack",
    "firearms": "heavy-weapons",
}
_ALLIES = {"Government of Syria": ("ru-gov", "ir-gov"), "SDF": ("us-gov",), "Syrian insurgents": ("sy-hts", "sy-fsa")}
_GENERIC = {
    "Government of Syria": (
        *("sy-gov", "sy-gov", "sy-saa", "sy-saa", "sy-air-force", "sy-ndf", "sy-tiger"),
        *(("Syrian forces", "SYR", "MIL"), ("regime forces", "SYR", "MIL"), ("warplanes", None, "MIL")),
    ),
    "Syrian insurgents": (
        *("ucdp-4456", "sy-fsa", "sy-fsa", "sy-ahrar-sham", "sy-faylaq-sham", "sy-jaysh-islam"),
        *(("rebels", "SYR", "REB"), ("rebels", "SYR", "REB"), ("opposition fighters", "SYR", "REB")),
        *(("militants", None, "REB"), ("residents", "SYR", "CVL"), ("civilians", None, "CVL")),
    ),
    "IS": ("is", "is", "is", "is", "is", ("jihadists", None, "REB"), ("militants", None, "REB")),
    "SDF": ("sy-sdf", "sy-sdf", "sy-sdf", "sy-ypg", ("Kurdish fighters", "SYR", "REB")),
    "HTS": ("sy-hts", "sy-hts", ("rebels", "SYR", "REB"), ("jihadists", None, "REB")),
    "SNA": ("sy-sna", "sy-sna", "sy-fsa", ("Turkish-backed rebels", "SYR", "REB")),
    "Government of Turkey": ("tr-gov", "tr-mil", "tr-mil", "tr-air-force", ("Turkish forces", "TUR", "MIL")),
    "Civilians": (
        ("civilians", None, "CVL"),
        ("civilians", "SYR", "CVL"),
        ("residents", "SYR", "CVL"),
        ("people", None, "CVL"),
    ),
}
"""What a side of GED may be called: rows of actors.csv, or kinds of people with country and sector."""


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


def events(path: Path = GED) -> list[Event]:
    """The rows of GED in the order of their days."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as rows:
        found = [_event(row) for row in csv.DictReader(rows)]
    return sorted(found, key=lambda one: (one.first, one.id))


def invented(number: int, days: int, seed: int = 1) -> list[Event]:
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
    return sorted(made, key=lambda one: (one.first, one.id))


def tellings(event: Event, number: int, centres: Centres, seed: int = 0) -> list[Account]:
    """An event told by so many outlets, no two of them in one report; ``order`` counts from 0."""
    odds = random.Random(f"{seed}:{event.id}")
    articles = list(event.articles)
    odds.shuffle(articles)
    told = [_telling(event, articles[at] if at < len(articles) else None, centres, odds) for at in range(number)]
    return [_account(f"{event.id}-{at}", at, *one) for at, one in enumerate(told)]


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


class _Told(NamedTuple):
    claim: dict[str, object]
    article: Article


def _telling(event: Event, article: Article | None, centres: Centres, odds: random.Random) -> _Told:
    if article is None:
        lag = dt.timedelta(days=odds.choice(LAGS))
        article = Article(f"Outlet {odds.randrange(40)}", event.last + lag, "")
    sides = [_side(event.sides[0], "actor", odds), _side(event.sides[1], "recipient", odds)]
    if event.mode in (None, "firearms") and "Civilians" not in event.sides and odds.random() < SWAPPED:
        sides.reverse()
    claim: dict[str, object] = {
        "mode": _mode(event.mode, odds),
        "actors": sides[0],
        "recipients": sides[1],
        "place": _place(event, centres, odds),
        "time": _time(event, article.published, odds),
        "killed": _toll(event, odds),
    }
    return _Told(claim, article)


def _account(name: str, order: int, claim: dict[str, object], article: Article) -> Account:
    made = Claim(
        id=f"{name}.0",
        report=name,
        type="ASSAULT",
        status=Status.HAPPENED,
        trigger=Span(start=0, end=1),
        mentions=(Span(start=0, end=1),),
        **claim,  # type: ignore[arg-type]
    )
    return Account(
        claim=made, order=order, published=article.published, outlet=article.office, sentence=article.headline
    )


def _side(side: str, role: str, odds: random.Random) -> tuple[Entity, ...]:
    if side == "Civilians":
        return (_entity(odds.choice(_GENERIC[side])),)
    if odds.random() > NAMED[role]:
        return ()
    if side in _ALLIES and role == "actor" and odds.random() < RIVAL:
        return (_entity(odds.choice(_ALLIES[side])),)
    if side in _GENERIC:
        return (_entity(odds.choice(_GENERIC[side])),)
    groups = side.split(", ")
    named = [_named(group) for group in odds.sample(groups, min(len(groups), odds.choice((1, 1, 2))))]
    return tuple(named) if odds.random() < 0.75 else (_entity(("rebels", "SYR", "REB")),)


@cache
def _named(group: str) -> Entity:
    if group in _GENERIC:
        return _entity(_GENERIC[group][0])
    row = codebook.load().find_actor(group, dt.date(2017, 1, 1))
    return _entity(row.id) if row else Entity(text=group, name=group, country="SYR", sector="REB")


def _entity(named: str | tuple[str, str | None, str]) -> Entity:
    if isinstance(named, tuple):
        name, country, sector = named
        return Entity(text=name, name=name, country=country, sector=sector)
    row = codebook.load().actors[named]
    return Entity(text=row.name, name=row.name, country=row.country, sector=row.sector, actor=row.id)


def _mode(mode: str | None, odds: random.Random) -> str | None:
    how = _drawn(MODE, odds)
    return mode if how == "kept" else _CONFUSED.get(mode or "", mode) if how == "other" else None


def _place(event: Event, centres: Centres, odds: random.Random) -> Place | None:
    how = _drawn(PLACE, odds)
    if event.precision >= 4 and how in ("point", "near", "district"):
        how = "region"
    if event.precision == 3 and how in ("point", "near"):
        how = "district"
    if how == "none":
        return None
    if how in ("district", "region"):
        return centres.place(event.district if how == "district" and event.district else event.governorate, how)
    blur = 0.035 if how == "near" else 0.0
    lat, lon = (part + odds.uniform(-blur, blur) for part in event.point)
    row = f"g:{event.town}" if how == "point" else f"g:{event.town}/{odds.randrange(9)}"
    at = {"lat": lat, "lon": lon}
    return Place(text=event.town, name=event.town, country="SYR", precision="town", gazetteer=row, **at)


def _time(event: Event, published: dt.date, odds: random.Random) -> Period | None:
    how = _drawn(TIME, odds)
    if how == "none":
        return None
    first, last = event.first, event.last
    if how == "week":
        first -= dt.timedelta(days=odds.randrange(5))
        return Period(start=first, end=max(last, first + dt.timedelta(days=6)), precision="week")
    if how == "reported" and abs((published - last).days) <= 3:
        first = last = published
    if how == "off":
        first = last = last + dt.timedelta(days=odds.choice((-1, 1)))
    return Period(start=first, end=last, precision="day" if first == last else "span")


def _toll(event: Event, odds: random.Random) -> Count | None:
    how = _drawn(TOLL, odds)
    if how == "none":
        return None
    if how == "range":
        return Count(low=event.low, high=max(event.low, event.high))
    factor = {"best": 1.0, "near": odds.uniform(0.75, 1.25), "far": odds.uniform(0.5, 2.0)}[how]
    number = round(event.best * factor)
    return Count(low=number, high=number)


def _drawn(among: dict[str, float], odds: random.Random) -> str:
    return odds.choices(list(among), list(among.values()))[0]


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


def ordered(accounts: Sequence[Account]) -> Iterator[Account]:
    """The accounts with their places in the row as ``order``."""
    import msgspec

    for order, account in enumerate(accounts):
        yield msgspec.structs.replace(account, order=order)
