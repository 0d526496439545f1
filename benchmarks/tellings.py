"""Events told again, each by several outlets, as Accounts: what pairs.py and merging.py measure on.

GED has one row an event. A telling keeps what its outlet would know and loses, blurs or twists the rest, as often as
its Odds say. Where a row lists its articles, their outlets, dates and headlines are the real ones. docs/incidents.md
says what this shows and what it does not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from benchmarks.ged import Article, Centres, Event
from trucewatch import codebook
from trucewatch.nouns import Account, Claim, Count, Entity, Period, Place, Span, Status

LAGS = (0,) * 64 + (1,) * 24 + (2,) * 4 + (3,) * 3 + (5,) * 2 + (8,) * 3
"""Days from an event to its report, as often as the articles that GED lists have them."""
EARLY = 0
"""Days after an event up to which the dead may not all have been counted."""
UNDATED, MISDATED = 3, 1
"""Days after an event up to which reports leave its day out, or let it pass for the day before: later ones name it."""


class Odds(NamedTuple):
    """How often a telling keeps, blurs or loses what GED has."""

    time: dict[str, float]
    """Day told rightly; no time; only the week; the day of the report taken for that of the event; off by one."""
    place: dict[str, float]
    """The town; a point up to 4 km away; only the district; only the governorate; nowhere."""
    actor: float
    """That it says who did it."""
    recipient: float
    toll: dict[str, float]
    """GED's best figure; none; low to high; up to a quarter off; an early one, 40 to 90 percent; half to double."""
    mode: dict[str, float]


PLAIN = Odds(
    time={"day": 0.85, "none": 0.05, "week": 0.04, "reported": 0.04, "off": 0.02},
    place={"point": 0.74, "near": 0.12, "district": 0.06, "region": 0.05, "none": 0.03},
    actor=0.75,
    recipient=0.8,
    toll={"best": 0.47, "none": 0.18, "range": 0.08, "near": 0.13, "early": 0.1, "far": 0.04},
    mode={"kept": 0.8, "none": 0.13, "other": 0.07},
)
"""A report of the kind that GED rests on. Of its events with a single source, 88 % have the town or its surroundings and
94 % the day; a report is taken to be a little less exact than that."""
VAGUE = Odds(
    time={"day": 0.5, "none": 0.3, "week": 0.12, "reported": 0.05, "off": 0.03},
    place={"point": 0.45, "near": 0.1, "district": 0.08, "region": 0.2, "none": 0.17},
    actor=0.5,
    recipient=0.75,
    toll={"best": 0.22, "none": 0.5, "range": 0.08, "near": 0.1, "early": 0.06, "far": 0.04},
    mode={"kept": 0.5, "none": 0.45, "other": 0.05},
)
"""General news, retrospects among it: as often known as in ASSAULT claims that Trucewatch codes from VOA stories."""
RIVAL = 0.04
"""How often another perpetrator is named: an ally of the one in GED."""
GROUP = 0.75
"""How often rebels who fight together are named, one or two of them; else they are "rebels"."""
SWAPPED = 0.4
"""How often the sides of a fight (not of an air strike, a bomb, a killing of civilians) change places."""

_CONFUSED = {
    "aerial": "heavy-weapons",
    "heavy-weapons": "aerial",
    "explosives": "suicide-attack",
    "firearms": "heavy-weapons",
}
_ALLIES = {"Government of Syria": ("ru-gov", "ir-gov"), "SDF": ("us-gov",), "Syrian insurgents": ("sy-hts", "sy-fsa")}
_CALLED = {
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


class Telling(NamedTuple):
    """How events are told again."""

    centres: Centres
    odds: Odds = PLAIN
    seed: int = 0


def tellings(event: Event, number: int, how: Telling) -> list[Account]:
    """An event told by so many outlets, no two of them in one report; ``order`` counts from 0."""
    chance = random.Random(f"{how.seed}:{event.id}")
    articles = list(event.articles)
    chance.shuffle(articles)
    teller = _Teller(event, how, chance)
    return [teller.account(at, articles[at] if at < len(articles) else None) for at in range(number)]


def ordered(accounts: Iterable[Account]) -> Iterator[Account]:
    """The accounts with their places in the row as ``order``."""
    for order, account in enumerate(accounts):
        yield msgspec.structs.replace(account, order=order)


class _Teller:
    """Tells one event, over and over."""

    def __init__(self, event: Event, how: Telling, chance: random.Random) -> None:
        self._event = event
        self._how = how
        self._chance = chance

    def account(self, at: int, article: Article | None) -> Account:
        """One telling, by a listed article or an outlet made up."""
        event, chance = self._event, self._chance
        if article is None:
            lag = dt.timedelta(days=chance.choice(LAGS))
            article = Article(f"Outlet {chance.randrange(40)}", event.last + lag, "")
        actors = self._side(event.sides[0], self._how.odds.actor, _ALLIES.get(event.sides[0], ()))
        recipients = self._side(event.sides[1], self._how.odds.recipient)
        if event.mode in (None, "firearms") and "Civilians" not in event.sides and chance.random() < SWAPPED:
            actors, recipients = recipients, actors
        claim = Claim(
            id=f"{event.id}-{at}.0",
            report=_report(article) if article.headline else f"{event.id}-{at}",
            type="ASSAULT",
            mode=self._mode(),
            status=Status.HAPPENED,
            trigger=Span(start=0, end=1),
            mentions=(Span(start=0, end=1),),
            actors=actors,
            recipients=recipients,
            place=self._place(),
            time=self._time(article.published),
            killed=self._toll(article.published),
        )
        about = {"published": article.published, "outlet": article.office, "sentence": article.headline}
        return msgspec.structs.replace(Account(claim=claim, order=at), **about)

    def _side(self, side: str, named: float, allies: tuple[str, ...] = ()) -> tuple[Entity, ...]:
        chance = self._chance
        if side == "Civilians":
            return (_entity(chance.choice(_CALLED[side])),)
        if chance.random() > named:
            return ()
        if allies and chance.random() < RIVAL:
            return (_entity(chance.choice(allies)),)
        if side in _CALLED:
            return (_entity(chance.choice(_CALLED[side])),)
        groups = side.split(", ")
        some = [_named(group) for group in chance.sample(groups, min(len(groups), chance.choice((1, 1, 2))))]
        return tuple(some) if chance.random() < GROUP else (_entity(("rebels", "SYR", "REB")),)

    def _mode(self) -> str | None:
        mode, how = self._event.mode, self._drawn(self._how.odds.mode)
        return mode if how == "kept" else _CONFUSED.get(mode or "", mode) if how == "other" else None

    def _place(self) -> Place | None:
        event, chance, centres = self._event, self._chance, self._how.centres
        how = self._drawn(self._how.odds.place)
        if event.precision >= 4 and how in ("point", "near", "district"):
            how = "region"
        if event.precision == 3 and how in ("point", "near"):
            how = "district"
        if how == "none":
            return None
        if how == "district" and event.district:
            return centres.place(event.district, "district")
        if how in ("district", "region"):
            return centres.place(event.governorate, "region")
        blur = 0.035 if how == "near" else 0.0
        lat, lon = (part + chance.uniform(-blur, blur) for part in event.point)
        row = f"g:{event.town}" if how == "point" else f"g:{event.town}/{chance.randrange(9)}"
        town = Place(text=event.town, name=event.town, country="SYR", precision="town", gazetteer=row)
        return msgspec.structs.replace(town, lat=lat, lon=lon)

    def _time(self, published: dt.date) -> Period | None:
        event, chance = self._event, self._chance
        how, late = self._drawn(self._how.odds.time), abs((published - event.last).days)
        first, last = event.first, event.last
        if how == "none" and late <= UNDATED:
            return None
        if how == "week":
            first -= dt.timedelta(days=chance.randrange(5))
            return Period(start=first, end=max(last, first + dt.timedelta(days=6)), precision="week")
        if how == "reported" and late <= MISDATED:
            first = last = published
        if how == "off":
            first = last = last + dt.timedelta(days=chance.choice((-1, 1)))
        return Period(start=first, end=last, precision="day" if first == last else "span")

    def _toll(self, published: dt.date) -> Count | None:
        event, how = self._event, self._drawn(self._how.odds.toll)
        if how == "early" and (published - event.last).days > EARLY:
            how = "best"
        if how == "none":
            return None
        if how == "range":
            return Count(low=event.low, high=max(event.low, event.high))
        spread = {"best": (1.0, 1.0), "near": (0.75, 1.25), "early": (0.4, 0.9), "far": (0.5, 2.0)}[how]
        number = round(event.best * self._chance.uniform(*spread))
        return Count(low=number, high=number)

    def _drawn(self, among: dict[str, float]) -> str:
        return self._chance.choices(list(among), list(among.values()))[0]


def _report(article: Article) -> str:
    """An article that tells of several events is one report."""
    return hashlib.sha256(repr(article).encode()).hexdigest()[:16]


@cache
def _named(group: str) -> Entity:
    if group in _CALLED:
        return _entity(_CALLED[group][0])
    row = codebook.load().find_actor(group, dt.date(2017, 1, 1))
    return _entity(row.id) if row else Entity(text=group, name=group, country="SYR", sector="REB")


def _entity(named: str | tuple[str, str | None, str]) -> Entity:
    if isinstance(named, tuple):
        name, country, sector = named
        return Entity(text=name, name=name, country=country, sector=sector)
    row = codebook.load().actors[named]
    return Entity(text=row.name, name=row.name, country=row.country, sector=row.sector, actor=row.id)
