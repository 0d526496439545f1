"""Accounts of our own making, for the tests of incidents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from trucewatch.nouns import Account, Claim, Count, Entity, Period, Place, Span, Status

DAY = dt.date(2021, 10, 20)
TOWNS = {
    "Ariha": (35.81, 36.61),
    "Saraqib": (35.86, 36.80),
    "Kafranbel": (35.61, 36.56),
    "Afrin": (36.51, 36.87),
}


def town(name: str) -> Place:
    """A town of the tests."""
    lat, lon = TOWNS[name]
    return Place(text=name, name=name, country="SYR", lat=lat, lon=lon, precision="town", gazetteer=f"town:{name}")


def region(name: str = "Idlib") -> Place:
    """A province around Ariha, Saraqib and Kafranbel."""
    where = {"country": "SYR", "lat": 35.8, "lon": 36.6, "precision": "region", "gazetteer": f"region:{name}"}
    return msgspec.convert({"text": name, "name": name} | where, Place)


def party(name: str, country: str | None, sector: str, actor: str | None = None) -> Entity:
    """One who takes part."""
    return Entity(text=name, name=name, country=country, sector=sector, actor=actor)


ARMY = party("Syrian Arab Army", "SYR", "MIL", "sy-saa")
AIR_FORCE = party("Syrian Arab Air Force", "SYR", "MIL", "sy-air-force")
RUSSIA = party("Russia", "RUS", "GOV", "ru-gov")
HTS = party("Hay'at Tahrir al-Sham", "SYR", "REB", "sy-hts")
FSA = party("Free Syrian Army", "SYR", "REB", "sy-fsa")
REBELS = party("rebels", "SYR", "REB")
CIVILIANS = party("civilians", "SYR", "CVL")
GUNMEN = party("gunmen", None, "UAF")


def on(day: int, last: int | None = None) -> Period:
    """A day of October 2021, or the days up to another."""
    start, end = dt.date(2021, 10, day), dt.date(2021, 10, last or day)
    return Period(start=start, end=end, precision="day" if start == end else "span")


def account(number: int, **given: Any) -> Account:
    """An air strike of the army on civilians in Ariha, told by an outlet of its own; ``given`` says what is otherwise.

    Fields of the account and of its claim both; a ``killed`` may be a plain number.
    """
    mine = {
        key: given.pop(key) for key in ("order", "published", "outlet", "story", "trigger", "sentence") if key in given
    }
    report = given.pop("report", f"{number:016x}")
    if isinstance(given.get("killed"), int):
        given["killed"] = Count(low=given["killed"], high=given["killed"])
    known: dict[str, Any] = {
        "type": "ASSAULT",
        "mode": "aerial",
        "status": Status.HAPPENED,
        "actors": (ARMY,),
        "recipients": (CIVILIANS,),
        "place": town("Ariha"),
        "time": on(20),
    }
    spans = {"trigger": Span(start=number, end=number + 1), "mentions": (Span(start=0, end=9),)}
    claim = Claim(id=f"{report}.{number:08x}", report=report, **spans, **(known | given))  # type: ignore[arg-type]
    about = {"order": number, "outlet": f"Outlet {number}", "published": dt.date(2021, 10, 20), **mine}
    return Account(claim=claim, **about)
