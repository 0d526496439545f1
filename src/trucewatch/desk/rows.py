"""Records to rows and back, without loss."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeVar

import msgspec

from trucewatch.codebook.names import searchable
from trucewatch.nouns import (
    Claim,
    Count,
    Entity,
    Evidence,
    Failure,
    Incident,
    Judgement,
    Noun,
    Period,
    Place,
    Span,
    Status,
)

Row = dict[str, Any]
Side = Literal["actors", "recipients"]
SIDES: tuple[Side, Side] = ("actors", "recipients")

_PLACE = ("text", "name", "country", "lat", "lon", "precision", "gazetteer")
TIME = ("start", "end", "precision")
_COUNT = ("low", "high")
_NAMED = 20_000
"""Entities and places that are remembered: thousands of claims name the same, and share them in memory."""
_INCIDENTS = msgspec.msgpack.Decoder(Incident)
_Part = TypeVar("_Part", bound=Noun)


def record(kind: type[_Part], row: Mapping[Any, Any]) -> _Part:
    """The record whose fields are columns of a row."""
    return msgspec.convert({field: row[field] for field in kind.__struct_fields__}, kind)


def of_claim(claim: Claim) -> Row:
    """The row of a claim, without its parties and its coding."""
    place = claim.place
    return {
        "id": claim.id,
        "type": claim.type,
        "mode": claim.mode,
        "status": claim.status.value,
        "trigger_start": claim.trigger.start,
        "trigger_end": claim.trigger.end,
        "mentions": claim.mentions,
        "attributed_to": claim.attributed_to,
        "evidence": claim.evidence,
        "place_search": searchable(place.text, place.name) if place else "",
        **flat("place", _PLACE, place),
        **flat("time", TIME, claim.time),
        **flat("killed", _COUNT, claim.killed),
        **flat("injured", _COUNT, claim.injured),
    }


def of_parties(claim: Claim) -> Iterator[Row]:
    """The rows of those who act in a claim and are acted upon, without the claim's number."""
    for side in SIDES:
        for position, entity in enumerate(getattr(claim, side)):
            search = searchable(entity.text, entity.name)
            yield {"side": side, "position": position, "search": search, **msgspec.structs.asdict(entity)}


def to_claim(row: Mapping[Any, Any], sides: Mapping[str, tuple[Entity, ...]]) -> Claim:
    """The claim of a row that has its report's id as ``report``, and of its parties by side."""
    return Claim(
        id=row["id"],
        report=row["report"],
        type=row["type"],
        mode=row["mode"],
        status=Status(row["status"]),
        trigger=Span(start=row["trigger_start"], end=row["trigger_end"]),
        mentions=msgspec.convert(row["mentions"], tuple[Span, ...]),
        actors=sides.get("actors", ()),
        recipients=sides.get("recipients", ()),
        place=None if row["place_text"] is None else _to_place(*(row[f"place_{field}"] for field in _PLACE)),
        time=part(Period, "time", TIME, row),
        attributed_to=row["attributed_to"],
        killed=part(Count, "killed", _COUNT, row),
        injured=part(Count, "injured", _COUNT, row),
        evidence=msgspec.convert(row["evidence"], tuple[Evidence, ...]),
    )


@functools.lru_cache(maxsize=_NAMED)
def to_entity(text: str, name: str, country: str | None, sector: str | None, actor: str | None) -> Entity:
    """The entity of the columns that a party has of it."""
    return Entity(text=text, name=name, country=country, sector=sector, actor=actor)


@functools.lru_cache(maxsize=_NAMED)
def _to_place(*columns: Any) -> Place:
    return Place(**dict(zip(_PLACE, columns, strict=True)))


def of_judgement(judgement: Judgement) -> Row:
    """The row of a judgement, without the run that it came after."""
    return msgspec.structs.asdict(judgement) | {"ruling": judgement.ruling.value}


def of_incident(incident: Incident, component: str) -> Row:
    """The row of an incident: whole as ``content``, and apart what it is found by."""
    place, time, parties = incident.place, incident.time, (*incident.actors, *incident.recipients)
    ids = sorted({known for one in parties for known in (one.actor, one.country) if known})
    return {
        "id": incident.id,
        "component": component,
        "type": incident.type,
        "mode": incident.mode,
        "status": incident.status.value,
        "time_start": time and time.start,
        "time_end": time and time.end,
        "sources": incident.sources,
        "place_country": place and place.country,
        "place_gazetteer": place and place.gazetteer,
        "place_search": searchable(place.text, place.name) if place else "",
        "party_ids": "".join(f"|{known}" for known in ids) + "|",
        "party_search": "".join(searchable(one.text, one.name) for one in parties),
        "content": msgspec.msgpack.encode(incident),
    }


def to_incident(content: bytes) -> Incident:
    """The incident of a row's content."""
    return _INCIDENTS.decode(content)


def plain(record: Noun) -> Row:
    """The row of a record whose fields are its columns."""
    return msgspec.structs.asdict(record)


def of_failure(failure: Failure) -> Row:
    """The row of a failure."""
    return {key: text(value) for key, value in plain(failure).items()}


def text(name: str) -> str:
    """A file's name as text: bytes in it that are none are written out."""
    return name.encode("utf-8", "backslashreplace").decode()


def flat(name: str, fields: tuple[str, ...], part: Noun | None) -> Row:
    """The columns of a part of a record, each named ``name_field``."""
    return {f"{name}_{field}": part and getattr(part, field) for field in fields}


def part(kind: type[_Part], name: str, fields: tuple[str, ...], row: Mapping[Any, Any]) -> _Part | None:
    """The part of those columns; None where it has none."""
    # The first field of each is required, so its absence means that there is none of it.
    if row[f"{name}_{fields[0]}"] is None:
        return None
    return kind(**{field: row[f"{name}_{field}"] for field in fields})
