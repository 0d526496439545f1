"""What the name of a place takes in: the country, provinces, districts, named regions and towns that bear it.

A place lies where its row of the gazetteer lies: in the province that the row names, within the outline of a region, and,
where the gazetteer knows no unit of it, in the one whose box and middle fit best. Whoever searches by place asks here, so
that the same name finds the same everywhere.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow
from trucewatch.codebook.lookup import load
from trucewatch.codebook.names import fold, has_capital, searchable
from trucewatch.codebook.units import KINDS, WIDE, Area, Country, Drawn, Spot, Unit

CALLED = {
    **{"country": "country", "admin1": "province", "region": "region", "admin2": "district", "admin3": "subdistrict"},
    **{"city": "town", "village": "town", "site": "site"},
}
"""What people call the gazetteer's kinds, the widest first."""
SHOWN = 4
_LEVELS = {"district": "admin2", "county": "admin2", "raion": "admin2", "subdistrict": "admin3"}
"""The kinds of the words that may stand behind a unit's name; the others are of provinces."""


class Meaning(NamedTuple):
    """What a name was taken for."""

    kind: str
    """As ``CALLED`` has it."""
    name: str
    country: str | None
    """ISO 3166 alpha-3; None for what lies in several, and for a country itself."""

    def __str__(self) -> str:
        return f"the {self.kind} {self.name}{f' ({self.country})' if self.country else ''}"


class Region(NamedTuple):
    """Somewhere that other places lie in."""

    area: Area
    unit: GazetteerRow | None = None
    """The province or district that it is."""

    def holds(self, spot: Spot) -> bool:
        """Whether a place lies in it, as far as that can be told."""
        inside, place, unit = self.area.holds(spot), spot.place, self.unit
        if inside is not None or unit is None or place.precision in WIDE or unit.country is None:
            return bool(inside)
        if place.point is None or place.country != unit.country:
            return False
        found = Gazetteer.open().unit_at(unit.country, unit.kind, place.point)
        return found is not None and found.id == unit.id


class Within:
    """What was understood by a name, and whether places are there."""

    def __init__(self, words: str, rows: Iterable[GazetteerRow], *, named: bool = True, around: bool = True) -> None:
        """``named``: whether a place that only bears the words in its name is one too; ``around``: whether what lies in the
        rows is there too."""
        self.words = words
        self.key = fold(words) if named else ""
        """The folded words that make a place one of these by its name alone; empty where names do not matter."""
        self.meanings: list[Meaning] = []
        """The widest first; what lies in one of them is not named again."""
        self._ids = {words}
        self._regions: list[Region] = []
        self._known: dict[str, bool] = {}
        lands: list[str] = []
        for row in sorted(rows, key=lambda row: list(CALLED).index(row.kind)):
            self._ids.add(row.id)
            if not self._lies(row):
                country = None if row.kind == "country" else row.country
                self.meanings.append(Meaning(CALLED[row.kind], row.name, country))
                lands += [row.country] if row.kind == "country" and row.country and around else []
                self._regions += _regions(row) if around else ()
        self.countries = frozenset(lands)
        """ISO 3166 alpha-3 codes: all that is in one of them is there."""

    @property
    def told(self) -> str:
        """What is taken for it, in one line: "Idlib is taken for the province Idlib (SYR)"."""
        if not self.meanings:
            return f"no place of the gazetteer is called {self.words}: places whose names have these words are taken"
        more = [f"{len(self.meanings) - SHOWN} more"] if len(self.meanings) > SHOWN else []
        *first, last = [*map(str, self.meanings[:SHOWN]), *more]
        return f"{self.words} is taken for {' and '.join(filter(None, (', '.join(first), last)))}"

    def has(self, gazetteer: str) -> bool:
        """Whether the place of a gazetteer id is meant itself, or lies there."""
        if gazetteer in self._ids or not self._regions:
            return gazetteer in self._ids
        if gazetteer not in self._known:
            row = Gazetteer.open().get(gazetteer)
            self._known[gazetteer] = row is not None and self._lies(row)
        return self._known[gazetteer]

    def says(self, search: str) -> bool:
        """Whether folded names, each after a space, have the words, the last perhaps cut short: not "oman" in "woman"."""
        return self.key != "" and f" {self.key}" in search

    def holds(self, spot: Spot) -> bool:
        """Whether a place that a dataset tells of lies there, by its own units and its point, or bears the name."""
        names = (spot.place.name, spot.admin1, spot.admin2)
        return (
            spot.place.country in self.countries
            or any(region.holds(spot) for region in self._regions)
            or self.says(searchable(*filter(None, names)))
        )

    def _lies(self, row: GazetteerRow) -> bool:
        spot = Spot(row.place(row.name))
        return any(region.holds(spot) for region in self._regions)


@functools.lru_cache(maxsize=64)  # each keeps what it found of all places of a desk
def within(words: str) -> Within:
    """What words mean: a place's name, with its country behind it where others share it ("Tripoli, LBN"), a country's name
    or code, or an id of the gazetteer, which means that row alone."""
    book, gazetteer = load(), Gazetteer.open()
    name, country = _parted(words)
    code = country_code(name)
    if not country and code in book.countries:
        row = gazetteer.country(code) or GazetteerRow(id=f"country:{code}", name=code, country=code, kind="country")
        return Within(words, [row])
    if ":" in words and (exact := gazetteer.get(words)):
        return Within(words, [exact], named=False, around=False)
    rows = [row for row in _rows(_spelled(name), gazetteer) if country in ("", row.country)]
    return Within(words, rows, named=not (country and rows))


def country_code(words: str) -> str:
    """The code of a country that is called by its name, in any case; anything else in capitals, for it may be a code."""
    named = load().find_country(_spelled(words))
    return named.country if named is not None and named.kind == "name" else words.upper()


def _spelled(name: str) -> str:
    """A name with the capitals that one who searches seldom types."""
    return " ".join(word if has_capital(word) else word.capitalize() for word in name.split())


def _parted(words: str) -> tuple[str, str]:
    """A name, and the code of the country that stands behind it; an empty text where none does."""
    name, _, land = (part.strip() for part in words.rpartition(","))
    book = load()
    named = book.find_country(land) if name else None
    code = named.country if named is not None else land.upper()
    return (name, code) if name and code in book.countries else (words, "")


def _rows(name: str, gazetteer: Gazetteer) -> list[GazetteerRow]:
    """The rows of a name: those that are usually called so, else those for which it is another name."""
    found = list(gazetteer.find(name))
    bare, _, kind = name.rpartition(" ")
    if not found and kind.lower() in KINDS:
        units = [row for row in gazetteer.find(bare) if row.kind.startswith("admin")]
        found = [row for row in units if row.kind == _LEVELS.get(kind.lower(), "admin1")] or units
        name = bare
    key = fold(name).removeprefix("al ")
    usual = [row for row in found if key in (fold(one).removeprefix("al ") for one in (row.name, *row.aliases))]
    return usual or found


def _regions(row: GazetteerRow) -> Iterator[Region]:
    """What other places may lie in; nothing for a town."""
    gazetteer = Gazetteer.open()
    if row.id in gazetteer.areas:
        yield Region(Drawn(gazetteer.areas[row.id].polygons))
    elif row.country is None:
        return
    elif row.kind == "country":
        yield Region(Country(row.country))
    elif row.kind == "admin1":
        yield Region(Unit(row.country, row.name), row)
    elif row.kind == "admin2" and row.admin1 is not None:
        yield Region(Unit(row.country, row.admin1, row.name), row)
