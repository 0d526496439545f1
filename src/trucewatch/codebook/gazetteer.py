"""The offline gazetteer: place names of the world, looked up in the package's read-only SQLite file.

``training/gazetteer.py`` builds the file and ``docs/places.md`` tells its sources. Rows of ``places.csv`` and the
named regions of ``areas.geojson`` go before the file's own.
"""

from __future__ import annotations

import functools
import math
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from trucewatch.codebook.areas import centre, load_areas
from trucewatch.codebook.lookup import Codebook
from trucewatch.codebook.names import fold, spelled_alike
from trucewatch.codebook.rows import Area, PlaceRow
from trucewatch.codebook.spelling import likeness, skeleton
from trucewatch.codebook.tables import AREAS, HERE, files, own, read_both
from trucewatch.errors import TableError
from trucewatch.nouns import Noun, Place

FILE = HERE / "gazetteer.sqlite"
SCALE = 10_000
"""Degrees are stored as whole ten-thousandths."""
KINDS = ("city", "village", "admin1", "admin2", "admin3", "country", "region", "site")
"""Kinds of places; the file stores their number in this order, so add at the end only."""
PRECISIONS = {"city": "town", "village": "town", "admin1": "region", "admin2": "district", "admin3": "district"}
"""How fine a place of such a kind is; the other kinds are called as precisions are."""
_KIND_OF_PRECISION = {"site": "site", "town": "city", "district": "admin2", "region": "region", "country": "country"}

Point = tuple[float, float]
"""Latitude, longitude in degrees."""
Box = tuple[float, float, float, float]
"""South, north, west, east in degrees."""

_COLUMNS = """p.id, p.code, p.name, p.country, a.code, a.name, p.lat, p.lon, p.kind, p.population
 from place p left join place a on a.id = p.admin1"""
_BY_NAME = f"select {_COLUMNS} join name n on n.place = p.id where n.key in (?, ?) order by p.population desc, p.id"
_BY_SOUND = (
    f"select s.key, {_COLUMNS} join sound s on s.place = p.id where s.skeleton = ? order by p.population desc, p.id"
)
_BY_CODE = f"select {_COLUMNS} where p.code = ?"
_BY_NUMBER = f"select {_COLUMNS} where p.id = ?"
_BY_BOX = f"select {_COLUMNS} join extent e on e.place = p.id where p.country = ? and p.kind = ?"
_BY_SIZE = f"""select {_COLUMNS} where p.kind = 0 and p.lat between ? and ? and p.lon between ? and ?
 and p.population > 0 order by p.population desc, p.id limit ?"""


class GazetteerRow(Noun, frozen=True, kw_only=True):
    """A place: its usual name, where it lies, how large it is."""

    id: str
    """Source and the source's own key: ``geonames:169389``, ``ocha:SY07``, ``places:bagram``, ``areas:donbas``."""
    name: str
    country: str | None = None
    """ISO 3166 alpha-3; None for what lies in several countries."""
    admin1: str | None = None
    """The name of the province that it lies in."""
    lat: float | None = None
    lon: float | None = None
    """Degrees; None where the source knows the name but not the position."""
    kind: str
    population: int = 0
    """People who live there; 0 where unknown."""
    aliases: tuple[str, ...] = ()
    """Other spellings that the editable tables give; the file's own are not listed."""

    @property
    def point(self) -> Point | None:
        """Latitude and longitude in degrees, where the source knows them."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def source(self) -> str:
        """``geonames``, ``ocha``, ``ne`` (Natural Earth), ``ucdp``, ``country``, ``border``, ``places`` or ``areas``."""
        return self.id.partition(":")[0]

    @property
    def precision(self) -> str:
        """How fine a place is that is told by it: ``site``, ``town``, ``district``, ``region`` or ``country``."""
        return PRECISIONS.get(self.kind, self.kind)

    def place(self, text: str) -> Place:
        """The place that words stand for when they mean this row."""
        return Place(
            text=text,
            name=self.name,
            country=self.country,
            lat=self.lat,
            lon=self.lon,
            precision=self.precision,
            gazetteer=self.id,
        )


class Gazetteer:
    """Places by name; opens its file at the first look-up, once a process."""

    def __init__(self, file: Path, places: Iterable[PlaceRow], areas: Iterable[Area]) -> None:
        self._file = file
        self._process, self._base = 0, cast(sqlite3.Connection, None)
        self.areas: Mapping[str, Area] = {f"areas:{area.id}": area for area in areas}
        """Named regions with their outlines, by gazetteer id."""
        self._given = {row.id if ":" in row.id else f"places:{row.id}": row for row in places}
        self.find = functools.lru_cache(maxsize=20_000)(self._find)
        self.find_alike = functools.lru_cache(maxsize=5_000)(self._find_alike)

    @classmethod
    @functools.cache
    def open(cls, codebook: Codebook | None = None) -> Gazetteer:
        """The package's gazetteer, with the places and areas of a codebook, else of the one that ``codebook.load`` gives.

        Raises TableError when places.csv or areas.geojson cannot be read.
        """
        if codebook is not None:
            return cls(FILE, codebook.places.values(), codebook.areas.values())
        places = cast(Iterable[PlaceRow], read_both("places.csv", own()).values())
        return cls(FILE, places, [area for file, _ in files(AREAS, own()) for area in load_areas(file)])

    # ------------------------------------------------------------ by name

    def _find(self, name: str) -> Sequence[GazetteerRow]:
        """The places of a name, compared as ``names.fold`` leaves it: those of the editable tables, then the largest."""
        key = fold(name)
        if not key:
            return ()
        bare = key.removeprefix("al ")
        named = self._own_names.get(bare, ())
        given = {row.id: row for spelling, row in named if spelled_alike(spelling, name)}
        rows = (self._row(cells) for cells in self._ask(_BY_NAME, bare, f"al {bare}"))
        return tuple((given | {row.id: row for row in rows if row.id not in given}).values())

    def _find_alike(self, name: str, countries: tuple[str, ...] | None = None) -> Sequence[GazetteerRow]:
        """Places whose name is another spelling of this one (q or k, kh or h, vowels, double letters), best first.

        The second try, where ``find`` gives nothing that fits; ``countries`` narrows it down.
        """
        key = fold(name)
        # short spellings must be the same, long ones but for a letter or two
        enough = 1.0 if len(key) < 6 else 0.83 if len(key) < 10 else 0.8
        found: dict[str, tuple[float, GazetteerRow]] = {}
        for spelled, row in self._sounding(key) if len(key) >= 4 else ():
            if countries is not None and row.country not in countries:
                continue
            alike = likeness(key, spelled)
            if alike >= enough and alike > found.get(row.id, (0.0, row))[0]:
                found[row.id] = (alike, row)
        return tuple(row for _, row in sorted(found.values(), key=lambda pair: (-pair[0], -pair[1].population)))

    def _sounding(self, key: str) -> Iterator[tuple[str, GazetteerRow]]:
        """The spellings that share the skeleton of a folded name, each with its place."""
        yield from self._own_sounds.get(skeleton(key), ())
        for spelled, *cells in self._ask(_BY_SOUND, skeleton(key)):
            yield str(spelled), self._row(cells)

    def largest(self, box: Box, most: int) -> Sequence[GazetteerRow]:
        """The cities within a box that most people live in, the largest first."""
        south, north, west, east = (round(edge * SCALE) for edge in box)
        return tuple(self._row(cells) for cells in self._ask(_BY_SIZE, south, north, west, east, most))

    @functools.cached_property
    def _own_rows(self) -> Mapping[str, GazetteerRow]:
        rows = {id_: self._override(id_, row) for id_, row in self._given.items()}
        for id_, area in self.areas.items():
            lat, lon = centre(area)
            rows[id_] = GazetteerRow(
                id=id_, name=area.name, country=area.country, lat=lat, lon=lon, kind="region", aliases=area.aliases
            )
        return rows

    @functools.cached_property
    def _own_names(self) -> Mapping[str, Sequence[tuple[str, GazetteerRow]]]:
        names: dict[str, list[tuple[str, GazetteerRow]]] = {}
        for row in self._own_rows.values():
            for spelling in dict.fromkeys((row.name, *row.aliases)):
                names.setdefault(fold(spelling).removeprefix("al "), []).append((spelling, row))
        return names

    @functools.cached_property
    def _own_sounds(self) -> Mapping[str, Sequence[tuple[str, GazetteerRow]]]:
        """The same by skeleton, but for regions: "western Iraq" is no spelling of another name."""
        sounds: dict[str, list[tuple[str, GazetteerRow]]] = {}
        for key, named in self._own_names.items():
            for _, row in named:
                if row.kind != "region" and len(key) >= 4:
                    sounds.setdefault(skeleton(key), []).append((key, row))
        return sounds

    def _override(self, id_: str, row: PlaceRow) -> GazetteerRow:
        """A row of places.csv as a place; what its cells leave empty comes from the file's row of that id."""
        cells = None if id_.startswith("places:") else self._cells(id_)
        if cells is None and not id_.startswith("places:"):
            raise TableError(f"{row.where}: the gazetteer has no place of id {id_!r}")
        base = self._plain_row(cells) if cells is not None else GazetteerRow(id=id_, name=row.name, kind="site")
        return msgspec.structs.replace(
            base,
            name=row.name,
            country=row.country or base.country,
            lat=base.lat if row.lat is None else row.lat,
            lon=base.lon if row.lon is None else row.lon,
            kind=_KIND_OF_PRECISION[row.precision] if row.precision else base.kind,
            aliases=row.aliases,
        )

    def _row(self, cells: Sequence[Any]) -> GazetteerRow:
        row = self._plain_row(cells)
        given = self._given.get(row.id)
        return row if given is None else self._override(row.id, given)

    def _plain_row(self, cells: Sequence[Any]) -> GazetteerRow:
        number, code, name, country, province, admin1, lat, lon, kind, population = cells
        if renamed := self._given.get(province or ""):
            admin1 = renamed.name
        return GazetteerRow(
            id=code or f"geonames:{number}",
            name=name,
            country=country,
            admin1=admin1,
            lat=None if lat is None else lat / SCALE,
            lon=None if lon is None else lon / SCALE,
            kind=KINDS[kind],
            population=population or 0,
        )

    # ------------------------------------------------------------ by id, country and extent

    @functools.cache  # noqa: B019 - one gazetteer lives as long as its process
    def get(self, id_: str) -> GazetteerRow | None:
        """The place of an id."""
        if id_ in self._own_rows:
            return self._own_rows[id_]
        cells = self._cells(id_)
        return self._row(cells) if cells is not None else None

    def country(self, code: str) -> GazetteerRow | None:
        """The country of an ISO alpha-3 code, at the point that stands for it."""
        return self.get(f"country:{code}")

    def units(self, country: str, kind: str) -> list[str]:
        """The names of a country's provinces (``admin1``), districts (``admin2``) ..., in their order."""
        asked = "select distinct name from place where country = ? and kind = ? order by name"
        return [str(cells[0]) for cells in self._ask(asked, country, KINDS.index(kind))]

    def unit_at(self, country: str, kind: str, point: Point) -> GazetteerRow | None:
        """The province or district that a point seems to lie in: of those whose box holds it, the one whose middle is nearest,
        measured in the height and width of its box.

        It is a guess, for no outlines ship: 93 in 100 of Syria's sub-districts get their own district so.
        """
        lat, lon = point
        near = []
        for row, (south, north, west, east) in self._boxes(country, kind):
            if south <= lat <= north and west <= lon <= east and row.point:
                off = math.hypot((row.point[0] - lat) / (north - south), (row.point[1] - lon) / (east - west))
                near.append((off, row.id, row))
        return min(near)[2] if near else None

    @functools.cache  # noqa: B019
    def _boxes(self, country: str, kind: str) -> Sequence[tuple[GazetteerRow, Box]]:
        rows = map(self._row, self._ask(_BY_BOX, country, KINDS.index(kind)))
        boxed = ((row, self.extent(row.id)) for row in rows)
        return tuple((row, box) for row, box in boxed if box and box[0] < box[1] and box[2] < box[3])

    @functools.cache  # noqa: B019
    def border(self, one: str, two: str) -> GazetteerRow | None:
        """The border of two countries (ISO alpha-3), at its middle; None where they have none by land."""
        return self.get(f"border:{one}-{two}") or self.get(f"border:{two}-{one}")

    @functools.cache  # noqa: B019
    def extent(self, id_: str) -> Box | None:
        """The box around a country or province (its mainland), or around a named region; None where it is unknown."""
        if area := self.areas.get(id_):
            points = [point for polygon in area.polygons for point in polygon[0]]
            lons, lats = zip(*points, strict=True)
            return min(lats), max(lats), min(lons), max(lons)
        asked = "select south, north, west, east from extent where place = ?"
        for south, north, west, east in self._ask(asked, self._number(id_)):
            return south / SCALE, north / SCALE, west / SCALE, east / SCALE
        return None

    @functools.cache  # noqa: B019
    def part(self, id_: str, compass: str) -> Point | None:
        """Where the people of a compass part of a country live ("north", "southeast", "central")."""
        asked = "select lat, lon from part where place = ? and compass = ?"
        return next(((lat / SCALE, lon / SCALE) for lat, lon in self._ask(asked, self._number(id_), compass)), None)

    def _number(self, id_: str) -> int:
        source, _, number = id_.partition(":")
        if source == "geonames" and number.isdigit():
            return int(number)
        return next((number for (number,) in self._ask("select id from place where code = ?", id_)), 0)

    def _cells(self, id_: str) -> Sequence[Any] | None:
        source, _, number = id_.partition(":")
        found = self._ask(_BY_NUMBER, number) if source == "geonames" and number.isdigit() else self._ask(_BY_CODE, id_)
        return next(iter(found), None)

    def _ask(self, sql: str, *given: object) -> Sequence[Sequence[Any]]:
        # SQLite connections do not outlive a fork, so each process opens its own.
        if self._process != os.getpid():
            address = f"{self._file.as_uri()}?mode=ro&immutable=1"
            self._base = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
            self._process = os.getpid()
        return self._base.execute(sql, given).fetchall()
