"""Our own columns, one case a row: those of CSV, of HXL's hashtags, of Parquet, and the properties of GeoJSON and KML."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from trucewatch.codebook import Codebook, fold, sources
from trucewatch.export import lands
from trucewatch.export.cases import Case
from trucewatch.export.delimited import Cell, clean, lines
from trucewatch.nouns import Entity

Kind = Literal["text", "texts", "whole", "number", "day"]
Value = str | list[str] | int | float | dt.date | None


class Column(NamedTuple):
    """One column: what it is called, what it holds, and its hashtag in the Humanitarian Exchange Language (HXL 1.1)."""

    name: str
    kind: Kind
    tag: str
    value: Callable[[Case, Codebook], Value]


def values(case: Case, book: Codebook) -> dict[str, Value]:
    """A case by column: None, or an empty list, where a value is not known."""
    return {column.name: column.value(case, book) for column in COLUMNS}


def cells(case: Case, book: Codebook) -> Iterator[Cell]:
    """A case as a row of text and numbers."""
    for column in COLUMNS:
        value = column.value(case, book)
        yield value.isoformat() if isinstance(value, dt.date) else value


def each(found: Iterable[str | None]) -> list[str]:
    """Those that are known, each once, in their order."""
    return list(dict.fromkeys(clean(one) for one in found if one))


def outlets(case: Case) -> list[str]:
    """Who published it, those that were first with a text before those that took it over; of two spellings, the first."""
    found: dict[str, str] = {}
    for name in each(report.original_outlet or report.outlet for report in case.told_in):
        found.setdefault(fold(sources.outlet(name)), name)
    return list(found.values())


def voices(case: Case) -> list[str]:
    """To whom the claims are attributed."""
    return each([account.claim.attributed_to for account in case.accounts])


def _of(field: str) -> Callable[[Case, Codebook], Any]:
    return lambda case, _: getattr(case.incident, field)


def _side(side: str, field: str) -> Callable[[Case, Codebook], list[str]]:
    def found(case: Case, _: Codebook) -> list[str]:
        entities: tuple[Entity, ...] = getattr(case.incident, side)
        known = [clean(getattr(one, field) or "") for one in entities]
        return known if any(known) else []  # as many as there are names, so that each stays beside its name

    return found


def _part(part: str, field: str) -> Callable[[Case, Codebook], Any]:
    def found(case: Case, _: Codebook) -> Any:
        whole = getattr(case.incident, part)
        return getattr(whole, field) if whole is not None else None

    return found


def _coordinate(which: int) -> Callable[[Case, Codebook], float | None]:
    def found(case: Case, _: Codebook) -> float | None:
        at = lands.point(case.incident.place)
        return at[which] if at else None

    return found


COLUMNS: tuple[Column, ...] = (
    Column("id", "text", "#event+id", _of("id")),
    Column("type", "text", "#event+type", _of("type")),
    Column("mode", "text", "#event+mode", _of("mode")),
    Column("quad", "text", "#event+class", lambda case, book: book.types[case.incident.type].quad),
    Column("score", "number", "#severity+num", lambda case, book: book.types[case.incident.type].score),
    Column("status", "text", "#status+event", lambda case, _: case.incident.status.value),
    Column("start", "day", "#date+start", _part("time", "start")),
    Column("end", "day", "#date+end", _part("time", "end")),
    Column("time_precision", "text", "#meta+precision+date", _part("time", "precision")),
    Column("actors", "texts", "#org+actor+name", _side("actors", "name")),
    Column("actor_countries", "texts", "#country+actor+code", _side("actors", "country")),
    Column("actor_sectors", "texts", "#org+actor+type", _side("actors", "sector")),
    Column("actor_ids", "texts", "#org+actor+code", _side("actors", "actor")),
    Column("recipients", "texts", "#org+recipient+name", _side("recipients", "name")),
    Column("recipient_countries", "texts", "#country+recipient+code", _side("recipients", "country")),
    Column("recipient_sectors", "texts", "#org+recipient+type", _side("recipients", "sector")),
    Column("recipient_ids", "texts", "#org+recipient+code", _side("recipients", "actor")),
    Column(
        "place", "text", "#loc+name", lambda case, _: clean(case.incident.place.name) if case.incident.place else None
    ),
    Column("place_precision", "text", "#loc+precision", _part("place", "precision")),
    Column("place_id", "text", "#loc+code", _part("place", "gazetteer")),
    Column("country", "text", "#country+code", _part("place", "country")),
    Column("admin1", "text", "#adm1+name", lambda case, book: lands.units(case.incident.place, book).admin1),
    Column("admin2", "text", "#adm2+name", lambda case, book: lands.units(case.incident.place, book).admin2),
    Column("latitude", "number", "#geo+lat", _coordinate(1)),
    Column("longitude", "number", "#geo+lon", _coordinate(0)),
    Column("killed_low", "whole", "#affected+killed+min", _part("killed", "low")),
    Column("killed_best", "whole", "#affected+killed", _part("killed", "best")),
    Column("killed_high", "whole", "#affected+killed+max", _part("killed", "high")),
    Column("injured_low", "whole", "#affected+injured+min", _part("injured", "low")),
    Column("injured_best", "whole", "#affected+injured", _part("injured", "best")),
    Column("injured_high", "whole", "#affected+injured+max", _part("injured", "high")),
    Column("sources", "whole", "#meta+sources+num", _of("sources")),
    Column("outlets", "texts", "#meta+sources+name", lambda case, _: outlets(case)),
    Column("attributed_to", "texts", "#meta+voices", lambda case, _: voices(case)),
    Column("links", "texts", "#meta+url", lambda case, _: each([report.url for report in case.told_in])),
    Column(
        "disputed", "texts", "#meta+disputed", lambda case, _: each(one.field for one in case.incident.disagreements)
    ),
    Column("claims", "texts", "#meta+claims+id", lambda case, _: list(case.incident.claims)),
    Column("notes", "text", "#description+notes", lambda case, _: case.notes),
)


def csv(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A line of names, then one for each case."""
    return _lines(cases, book, [column.name for column in COLUMNS])


def hxl(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A line of names, one of hashtags, which the tools of humanitarian data offices read, then one for each case."""
    return _lines(cases, book, [column.name for column in COLUMNS], [column.tag for column in COLUMNS])


def _lines(cases: Iterable[Case], book: Codebook, *heads: list[str]) -> Iterator[bytes]:
    return lines(itertools.chain(heads, (cells(case, book) for case in cases)))
