"""Areas that are counted in: countries, provinces, districts, named regions, cells of the PRIO-GRID, drawn outlines."""

from __future__ import annotations

import re
from pathlib import Path

from trucewatch import codebook
from trucewatch.codebook.areas import Ring
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.names import has_capital
from trucewatch.codebook.units import Area, Country, Drawn, Spot, Unit
from trucewatch.errors import WrongCallError
from trucewatch.outlook import outlines

COLUMNS, ROWS = 720, 360
CELL = 0.5
"""Degrees of a cell's side."""
_COUNTRY = re.compile(r"[A-Z]{3}")
_CELL = re.compile(r"grid:([0-9]{1,6})")


class Region(Drawn):
    """A region of areas.geojson: what is told to have been in it, or at a place that lies in it."""

    notes = ("the outline of the region is drawn by us, coarsely",)

    def __init__(self, id_: str) -> None:
        super().__init__(Gazetteer.open().areas[id_].polygons)
        self._id = id_

    def holds(self, spot: Spot) -> bool | None:
        """Whether a place is the region itself, or lies in it."""
        return True if spot.place.gazetteer == self._id else super().holds(spot)


def area(written: str) -> Area:
    """The area that is written ``SYR``, ``SYR/Idlib``, ``SYR/Idlib/Harim``, ``areas:donbas``, ``grid:180427``, or as the path
    of a GeoJSON or WKT file.

    Raises WrongCallError for what is none, UnreadableError or TableError for a file that holds no outline.
    """
    if written.startswith("grid:"):
        return Drawn(((cell(written),),))
    if written in Gazetteer.open().areas:
        return Region(written)
    if outlines.is_file(written):
        return Drawn(outlines.read(Path(written)))
    code, *units = (part.strip() for part in written.split("/"))
    if not _COUNTRY.fullmatch(code) or code not in codebook.load().countries or len(units) > 2 or not all(units or [1]):
        raise WrongCallError(
            f"{written!r} is no area; write SYR, SYR/Idlib, SYR/Idlib/Harim, areas:ID or the name of one, grid:180427, "
            "truce:ID or a .geojson file"
        )
    return Unit(code, *units) if units else Country(code)


def meant(words: str) -> tuple[str, ...]:
    """The areas that a plain name may mean, as ``area`` reads them: a country, else provinces, else districts, else
    named regions.

    A country behind the name, "Punjab, PAK", leaves only those in it. What is written as an area already means itself, and
    so does what bears no such name: ``area`` says what is wrong with it.
    """
    name, _, land = (part.strip() for part in words.partition(","))
    typed = name if has_capital(name) else name.title()
    if not name or set(words) & set("/:") or _COUNTRY.fullmatch(name) or outlines.is_file(words):
        return (words,)
    book = codebook.load()
    country, within = book.find_country(typed), book.find_country(land)
    if country is not None and country.kind == "name" and not land:
        return (country.country,)
    code = within.country if within is not None else land.upper()
    rows = [row for row in Gazetteer.open(book).find(typed) if code in ("", row.country)]
    provinces = [f"{row.country}/{row.name}" for row in rows if row.kind == "admin1"]
    districts = [f"{row.country}/{row.admin1}/{row.name}" for row in rows if row.kind == "admin2" and row.admin1]
    regions = [row.id for row in rows if row.source == "areas"]
    return tuple(dict.fromkeys(provinces or districts or regions or [words]))


def one_meant(words: str) -> str:
    """The one area that a plain name means, see ``meant``. Raises WrongCallError where it may mean several, and names them."""
    first, *others = meant(words)
    if others:
        raise WrongCallError(f"{words!r} may be {', '.join((first, *others[:-1]))} or {others[-1]}; write one of these")
    return first


def cell(written: str) -> Ring:
    """The outline of a cell of the PRIO-GRID, ``grid:180427``: rows of 720 cells of half a degree, from the south-west."""
    said = _CELL.fullmatch(written)
    number = int(said[1]) if said else 0
    if not 1 <= number <= ROWS * COLUMNS:
        raise WrongCallError(f"{written!r} is no cell; write grid: and a number from 1 to {ROWS * COLUMNS}")
    row, column = divmod(number - 1, COLUMNS)
    south, west = row * CELL - 90, column * CELL - 180
    north, east = south + CELL, west + CELL
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def cell_of(lat: float, lon: float) -> int:
    """The number of the cell that holds a point; one on a border is in the cell north and east of it."""
    row, column = min(ROWS - 1, int((lat + 90) // CELL)), min(COLUMNS - 1, int((lon + 180) // CELL))
    return row * COLUMNS + column + 1
