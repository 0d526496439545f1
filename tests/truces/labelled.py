"""Incidents as short lines: what a case of ``cases/breaches.csv`` says, as a record."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from trucewatch.nouns import Account, Claim, Disagreement, Entity, Incident, Period, Place, Span, Status

ARMY, RSF, WIRES = "sd-saf SDN MIL", "sd-rsf SDN PRM", ("Reuters", "AFP")
"""The two sides of Sudan's war as a case names them, and two outlets that are of none."""
CASES = Path(__file__).parent.parent / "cases" / "breaches.csv"


def cases() -> list[dict[str, str]]:
    """The labelled incidents."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def incident(case: dict[str, str], number: int = 0) -> Incident:
    """A case as an incident; ``number`` makes its id."""
    type_, _, mode = case["event"].partition("/")
    first = dt.date.fromisoformat(case["day"]) if case["day"] else None
    return Incident(
        id=f"i{number:010}",
        claims=tuple(f"report.{number:04}{claim}" for claim in range(int(case["sources"]))),
        type=type_,
        mode=mode or None,
        status=Status(case["status"]),
        actors=_entities(case["actors"]),
        recipients=_entities(case["recipients"]),
        place=_place(case),
        time=Period(start=first, end=first, precision="day") if first else None,
        sources=int(case["sources"]),
        outlets=tuple(filter(None, case["outlets"].split("|"))),
        disagreements=_disagreements(case["disagreement"]),
    )


def _entities(cell: str) -> tuple[Entity, ...]:
    """``sy-hts SYR REB``, an actor's id, or ``civilians - SYR CVL``, a word without one; ``_`` is a blank."""
    found = []
    for said in filter(None, cell.split("|")):
        name, *dash, country, sector = said.split(" ")
        actor = None if dash else name
        called = name.replace("_", " ") if dash else name
        found.append(Entity(text=called, name=called, country=country, sector=sector, actor=actor))
    return tuple(found)


def _place(case: dict[str, str]) -> Place:
    lat, lon = map(float, case["at"].split())
    return Place(
        text=case["place"],
        name=case["place"],
        country=case["country"] or None,
        lat=lat,
        lon=lon,
        precision=case["precision"],
        gazetteer=case["gazetteer"] or None,
    )


def _disagreements(cell: str) -> tuple[Disagreement, ...]:
    field, _, values = cell.partition(":")
    sides = tuple((value, (f"report.{at}",)) for at, value in enumerate(values.split("+")))
    return (Disagreement(field=field, sides=sides),) if field else ()


def account(
    one: Incident,
    at: int = 0,
    actors: tuple[Entity, ...] | None = None,
    attributed_to: str | None = None,
    **values: Any,
) -> Account:
    """An account of one of an incident's claims, which names whoever acts in it."""
    claim = Claim(
        id=one.claims[at],
        report=f"r{at}",
        type=one.type,
        mode=one.mode,
        status=Status.HAPPENED,
        trigger=Span(start=0, end=1),
        mentions=(),
        actors=one.actors if actors is None else actors,
        attributed_to=attributed_to,
    )
    return Account(claim=claim, order=at, **values)
