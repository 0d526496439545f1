"""The fields of a claim that a person may correct: a value as it is typed, as the judgement keeps it, as the claim has it."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from trucewatch.codebook import Codebook
from trucewatch.codebook.dates import period
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.rows import BODIES, PRECISIONS, SECTORS
from trucewatch.errors import JudgementError
from trucewatch.nouns import MOST_PEOPLE, Count, Entity, Period, Place, Status

FIELDS: dict[str, Any] = {
    "type": str,
    "mode": str | None,
    "status": Status,
    "actors": tuple[Entity, ...],
    "recipients": tuple[Entity, ...],
    "place": Place | None,
    "time": Period | None,
    "attributed_to": str | None,
    "killed": Count | None,
    "injured": Count | None,
}
"""What may be corrected, with the type of its value."""

NOTHING = frozenset({"", "-", "?", "none", "null"})
"""What is typed for an absent value."""

DATED = ("day", "week", "month", "year", "span")
"""How fine a time may be told."""

_FORMS = {
    "status": "one of " + ", ".join(Status),
    "time": "2021-09-30, 2021-09, 2021, 2021-09-28/2021-09-30 or -",
    "killed": "3, 3-5 or -",
    "injured": "3, 3-5 or -",
}
_COUNT = re.compile(r"(\d{1,20})(?:\s*[-–]\s*(\d{1,20}))?")
_SIDE = re.compile(r"(.+?)\s*\(([A-Z]{3})(?:\s+([A-Z]{3}))?\)")


def meant(field: str, value: str) -> Any:
    """The value of a field from its JSON, of the type in ``FIELDS``; raises JudgementError where it does not fit."""
    if field not in FIELDS:
        raise JudgementError(f"{field!r} is no field that can be corrected: {', '.join(FIELDS)}")
    try:
        found = msgspec.json.decode(value, type=FIELDS[field])
    except msgspec.MsgspecError as error:
        raise JudgementError(f"{value!r} does not fit {field}: {error}") from error
    if isinstance(found, Count) and not 0 <= found.low <= found.high:
        raise JudgementError(
            f"{field} goes from its lowest to its highest number, and not from {found.low} to {found.high}"
        )
    if isinstance(found, Period) and found.end < found.start:
        raise JudgementError(f"{field} ends on {found.end} before it begins on {found.start}")
    return found


def in_words(field: str, value: str) -> str:
    """A value that a judgement keeps, as people read it; a verdict, which is no field of a claim, by its name."""
    if field not in FIELDS:
        return str(msgspec.json.decode(value))
    match meant(field, value):
        case None | ():
            return "none"
        case Place() as place:
            known = f"{place.precision}, {place.country}" if place.gazetteer else "not in the gazetteer"
            return f"{place.name} ({known})"
        case Period(start=start, end=end):
            return f"{start}" if start == end else f"{start} to {end}"
        case Count(low=low, high=high):
            return f"{low}" if low == high else f"{low}-{high}"
        case tuple() as parties:
            return "; ".join(f"{one.name} (not in the codebook)" if _is_unknown(one) else one.name for one in parties)
        case text:
            return str(text)


def unknown(field: str, value: str) -> tuple[str, ...]:
    """The names in a value that a judgement keeps of which neither the gazetteer nor the codebook knows anything."""
    match meant(field, value):
        case Place(gazetteer=None, name=name):
            return (name,)
        case tuple() as parties:
            return tuple(one.name for one in parties if _is_unknown(one))
    return ()


def _is_unknown(party: Entity) -> bool:
    return party.actor is None and party.country is None and party.sector is None


def as_json(field: str, typed: str, codebook: Codebook) -> str:
    """The JSON of a value as a person types it: ``denied``, ``3-5``, ``2021-09``, ``Saraqib, SYR``, ``fighters (SYR UAF); NATO``.

    Names are looked up in the codebook and the gazetteer, and kept as they are where these have none. JSON is
    taken as it is. Raises JudgementError where the value does not fit.
    """
    typed = typed.strip()
    if typed[:1] in ("{", "[", '"') or field not in FIELDS:
        found = meant(field, typed)
    elif typed.lower() in NOTHING and field not in ("type", "status"):
        found = () if field in ("actors", "recipients") else None
    elif field in ("actors", "recipients"):
        found = tuple(_entity(part.strip(), codebook) for part in typed.split(";") if part.strip())
    else:
        found = _PARSERS.get(field, _text)(field, typed, codebook)
    _check(field, found, codebook)
    return msgspec.json.encode(found).decode()


def _check(field: str, value: Any, codebook: Codebook) -> None:
    if field == "type" and value not in codebook.types:
        raise JudgementError(f"{value!r} is no type: {', '.join(codebook.types)}")
    modes = sorted({mode.mode for mode in codebook.modes.values()})
    if field == "mode" and value is not None and value not in modes:
        raise JudgementError(f"{value!r} is no mode: {', '.join(modes)}")
    if isinstance(value, Count) and value.high > MOST_PEOPLE:
        raise JudgementError(f"{value.high:,} is no number of people: {field} goes up to {MOST_PEOPLE:,}")
    for one, precisions in ((Place, (*PRECISIONS, None)), (Period, DATED)):
        if isinstance(value, one) and value.precision not in precisions:
            raise JudgementError(
                f"{value.precision!r} is no precision of a {field}: {', '.join(filter(None, precisions))}"
            )
    if isinstance(value, tuple):
        for party in value:
            _check_party(party, codebook)
    if isinstance(value, Place):
        _check_place(value, codebook)


def _check_party(party: Entity, codebook: Codebook) -> None:
    if not party.name.strip():
        raise JudgementError("a party has a name")
    if party.country is not None and party.country not in {*codebook.countries, *BODIES}:
        raise JudgementError(f"{party.country!r} is the code of no country")
    if party.sector is not None and party.sector not in SECTORS:
        raise JudgementError(f"{party.sector!r} is no sector: {', '.join(sorted(SECTORS))}")
    if party.actor is not None and party.actor not in codebook.actors:
        raise JudgementError(f"{party.actor!r} is the id of no actor in the codebook")


def _check_place(place: Place, codebook: Codebook) -> None:
    if not place.name.strip():
        raise JudgementError("a place has a name")
    row = Gazetteer.open(codebook).get(place.gazetteer) if place.gazetteer is not None else None
    if place.gazetteer is not None and row is None:
        raise JudgementError(f"{place.gazetteer!r} is the id of no place in the gazetteer")
    territory = row.country if row else None  # the gazetteer knows some that are no countries of the codebook: Guam
    if place.country not in (None, territory, *codebook.countries):
        raise JudgementError(f"{place.country!r} is the code of no country")
    if not _is_on_earth(place):
        raise JudgementError(
            f"{place.lat}, {place.lon} is no point: a latitude is within 90, a longitude within 180 degrees"
        )


def _is_on_earth(place: Place) -> bool:
    """Whether a place has both coordinates, and such as there are, or neither."""
    if place.lat is None or place.lon is None:
        return place.lat is place.lon
    return abs(place.lat) <= 90 and abs(place.lon) <= 180


def _text(field: str, typed: str, codebook: Codebook) -> str:
    return typed.upper() if field == "type" else typed.lower() if field == "mode" else typed


def _status(field: str, typed: str, codebook: Codebook) -> Status:
    try:
        return Status(typed.lower())
    except ValueError as error:
        raise _unfit(field, typed) from error


def _count(field: str, typed: str, codebook: Codebook) -> Count:
    said = _COUNT.fullmatch(typed)
    if said is None or int(said[2] or said[1]) < int(said[1]):
        raise _unfit(field, typed)
    return Count(low=int(said[1]), high=int(said[2] or said[1]))


def _period(field: str, typed: str, codebook: Codebook) -> Period:
    first, _, last = typed.partition("/")
    try:
        begins, ends = period(first.strip()), period((last or first).strip())
    except ValueError as error:
        raise _unfit(field, typed) from error
    if ends.end < begins.start:
        raise _unfit(field, typed)
    return Period(start=begins.start, end=ends.end, precision="span" if last else begins.precision)


def _place(field: str, typed: str, codebook: Codebook) -> Place:
    """A gazetteer row's id, or a name, with a country's code behind it where several bear the name."""
    gazetteer = Gazetteer.open(codebook)
    name, _, country = (part.strip() for part in typed.rpartition(",")) if "," in typed else (typed, "", "")
    if country not in codebook.countries:
        name, country = typed, ""
    word = codebook.find_country(name)
    exact = (
        gazetteer.get(typed)
        if ":" in typed
        else gazetteer.country(word.country)
        if word and word.kind == "name"
        else None
    )
    rows = [exact] if exact else [row for row in gazetteer.find(name) if country in ("", row.country)]
    if not rows:
        return Place(text=name, name=name, country=country or None)
    row = rows[0]
    return row.place(row.name if exact else name)


def _entity(typed: str, codebook: Codebook) -> Entity:
    """A name, or an id of actors.csv; behind it, in brackets, country and sector where the codebook should not say them."""
    said = _SIDE.fullmatch(typed)
    name, country, sector = said.groups() if said else (typed, None, None)
    if country in SECTORS:
        country, sector = None, country
    if actor := codebook.actors.get(name) or codebook.find_actor(name):
        return Entity(
            text=name, name=actor.name, country=country or actor.country, sector=sector or actor.sector, actor=actor.id
        )
    if leader := codebook.find_leader(name):
        return Entity(text=name, name=leader.name, country=country or leader.country, sector=sector or leader.sector)
    if word := codebook.find_country(name):
        name_ = codebook.countries[word.country].name
        return Entity(text=name, name=name_, country=word.country, sector=sector or "GOV")
    role = codebook.find_role(name)
    return Entity(text=name, name=name, country=country, sector=sector or (role.sector if role else None))


def _unfit(field: str, typed: str) -> JudgementError:
    return JudgementError(f"{typed!r} does not fit {field}: {_FORMS[field]}")


_PARSERS = {"status": _status, "time": _period, "killed": _count, "injured": _count, "place": _place}
