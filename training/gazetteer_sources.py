"""The open sources of the gazetteer, each read into ``Found`` records."""

from __future__ import annotations

import csv
import functools
import gzip
import json
import re
import statistics
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from training.gazetteer_shapes import Outline, geopackage, shapefile
from trucewatch.codebook.names import fold
from trucewatch.codebook.spelling import likeness, skeleton

HERE = Path(__file__).parent
CODEBOOK = HERE.parent / "src/trucewatch/codebook"


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


SCRIPTS = {row["code"]: row["script"] for row in _table(HERE / "country_scripts.csv")}
"""How names are written in countries whose names reach us transliterated, so that Latin spellings vary."""
VILLAGE = 2_000
"""People below which a populated place is called a village."""


@dataclass
class Found:
    """One place of one source, before it gets its number."""

    code: str | None
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    kind: str
    population: int = 0
    names: set[str] = field(default_factory=set)
    admin1: Found | None = None
    outline: Outline | None = None
    number: int = 0
    region: str = ""
    parent: str = ""


def script(name: str) -> str:
    """``latin``, ``arabic`` or ``cyrillic`` where all letters are of that script, else an empty text."""
    if name.isascii():
        return "latin" if any(letter.isalpha() for letter in name) else ""
    scripts = {_script_of(letter) for letter in name if letter.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""


@functools.cache
def _script_of(letter: str) -> str:
    first = unicodedata.name(letter, "?").split()[0].lower()
    return first if first in ("latin", "arabic", "cyrillic") else ""


def readable(name: str, country: str) -> str:
    """A transliterated name as English reports print it: "Ra’s al ‘Ayn" -> "Ras al Ayn"."""
    if SCRIPTS.get(country) not in ("arabic", "indic") or script(name) != "latin":
        return name
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "‘’ʿʾʻʼ`")


def worth_keeping(name: str, place: Found) -> bool:
    """Whether an alternate name of GeoNames is one that a report may write.

    Machine transliterations start with a small letter; airport and port codes are in capitals.
    """
    if len(name) > 40 or any(letter.isdigit() for letter in name) or "," in name or "(" in name:
        return False
    kind, large = script(name), place.population >= 100_000
    if place.country not in SCRIPTS and place.population < (50_000 if place.country == "CHN" else 15_000):
        return False
    if kind == "arabic":
        return large or SCRIPTS.get(place.country or "") == "arabic"
    if kind == "cyrillic":
        return large or SCRIPTS.get(place.country or "") == "cyrillic"
    if kind != "latin" or (name.isupper() and len(name) <= 5):
        return False
    first = next(letter for letter in name if letter.isalpha())
    return len(fold(name)) >= 3 and (first.isupper() or name.startswith(("al-", "el-", "ar-", "as-", "'s")))


# ---------------------------------------------------------------- GeoNames


def geonames(path: Path, alpha3: Mapping[str, str]) -> list[Found]:
    """Populated places of 500 people and more, and seats of districts, with the names worth keeping."""
    cities = []
    for number, entry in sorted(json.loads(path.read_bytes()).items(), key=lambda pair: int(pair[0])):
        country = alpha3.get(entry["countrycode"])
        if country is None:
            continue
        people = entry["population"]
        kind = "village" if 0 < people < VILLAGE else "city"
        point = entry["latitude"], entry["longitude"]
        place = Found(None, readable(entry["name"], country), country, *point, kind, people)
        place.number, place.region = int(number), entry["admin1code"]
        place.names = {name for name in entry["alternatenames"] if worth_keeping(name, place)}
        cities.append(place)
    return cities


def geonames_regions(cities: list[Found]) -> list[Found]:
    """Large regions that Natural Earth parts into counties: at the middle of their towns (geonames_regions.csv)."""
    members: dict[tuple[str | None, str], list[Found]] = defaultdict(list)
    for city in cities:
        members[city.country, city.region].append(city)
    regions = []
    for row in _table(HERE / "geonames_regions.csv"):
        towns = members[row["country"], row["code"]]
        lat, lon = (statistics.mean(v for t in towns if (v := getattr(t, axis)) is not None) for axis in ("lat", "lon"))
        region = Found(f"geonames:{row['country']}.{row['code']}", row["name"], row["country"], lat, lon, "admin1")
        region.population = sum(town.population for town in towns)
        region.names = {alias for alias in row["aliases"].split("|") if alias}
        regions.append(region)
    return regions


# ---------------------------------------------------------------- Natural Earth

_OWN_CODES = {
    "KOS": "XKX",
    "SDS": "SSD",
    "SAH": "ESH",
    "PSX": "PSE",
    "ALD": "ALA",
    "CYN": "CYP",
    "SOL": "SOM",
}
# Countries whose "provinces" in Natural Earth are counties or communes.
_COUNTIES = {"GBR", "FRA", "ITA", "ESP", "PHL", "SVN", "LVA", "UGA", "MKD", "MLT", "AZE", "BFA"}


_OFFICE = re.compile(
    r"^(?:Muhafazat|Wilayat-e|Wilayat|Velayat-e|Wilaya de|Gouvernorat de|Provincia de|Provincia del|Departamento de"
    r"|Departamento del|Estado de|Region of|Province of|State of|Union Territory of|Ostan-e|Il|County of|Viloyati"
    r"|Mintaqat|Oblast'|Respublika|Province de|Région de|Changwat|Tinh)\s+"
    r"|\s+(?:Province|Governorate|Oblast'?|State|Region|County|District|Prefecture|Department|Krai|Kray|Republic|Sheng"
    r"|Municipality|Voivodeship|Viloyati|Velayat|Parish|Raion|Autonomous Okrug|Territory|Shi)$",
    re.IGNORECASE,
)


def _natural_earth(shared: Path) -> Path:
    return shared / "data/geo/naturalearth_4.1_simplified_world_map.gpkg"


def country_codes(shared: Path) -> dict[str, str]:
    """ISO alpha-2 to alpha-3."""
    rows = geopackage(_natural_earth(shared), "countries", ("iso_a2", "ISO_A3"))
    codes = {row["iso_a2"]: row["ISO_A3"] for row, _ in rows if len(row["ISO_A3"]) == 3}
    codes.pop("XK", None)
    return codes | {"XK": "XKX", "GF": "GUF", "GP": "GLP", "MQ": "MTQ", "RE": "REU", "YT": "MYT", "TK": "TKL"}


def countries(shared: Path, alpha3: Mapping[str, str]) -> list[Found]:
    """Countries with their outline, at the point that the World Factbook gives, else at the mainland's centroid."""
    points = {row["code"]: (float(row["lat"]), float(row["lon"])) for row in _table(HERE / "country_points.csv")}
    own = {row["code"]: row for row in _table(CODEBOOK / "countries.csv")}
    found: dict[str, Found] = {}
    for row, outline in geopackage(_natural_earth(shared), "countries", ("iso_a2", "NAME", "ISO_A3")):
        code = alpha3.get(row["iso_a2"])
        if code is None or code in found:
            continue
        lat, lon = points.get(code) or outline.centroid()
        name = own[code]["name"] if code in own else row["NAME"]
        found[code] = Found(f"country:{code}", name, code, lat, lon, "country", names={row["NAME"]}, outline=outline)
    for code in own.keys() & found.keys():
        found[code].names |= {alias for alias in own[code]["aliases"].split("|") if _long_enough(alias)}
    for code in (points.keys() & own.keys()) - found.keys():
        found[code] = Found(f"country:{code}", own[code]["name"], code, *points[code], "country")
    return [found[code] for code in sorted(found)]


def _long_enough(alias: str) -> bool:
    return bool(alias) and (len(alias) > 3 or alias.isupper())


def provinces(shared: Path, alpha3: Mapping[str, str]) -> list[Found]:
    """First-level divisions with their outlines; Syria's come from OCHA, which draws and names them better."""
    found: dict[str, Found] = {}
    columns = ("iso_a2", "name", "woe_label", "woe_name", "gn_name", "adm0_a3")
    for row, outline in geopackage(_natural_earth(shared), "states_provinces", columns):
        country = alpha3.get(row["iso_a2"]) or _OWN_CODES.get(row["adm0_a3"], row["adm0_a3"])
        spelled = [row["name"], row["woe_label"].split(",")[0], row["woe_name"], row["gn_name"]]
        names = {plain for name in spelled for plain in _plain(name)}
        if not names or country == "SYR" or len(country) != 3:
            continue
        name = next(iter(_plain(row["name"])), "") or min(names)
        code = f"ne:{country}/{_slug(name)}"
        while code in found:
            code += "-2"
        kind = "admin2" if country in _COUNTIES else "admin1"
        found[code] = Found(code, name, country, *outline.centroid(), kind, names=names, outline=outline)
    folder = shared / "data/geo/syr_admin_ocha_2018"
    return [*found.values(), *_ocha(folder / "syr_admin1.shp", "admin1")]


def _plain(name: str) -> list[str]:
    """A province's name without its office, and what its brackets hold: "Homs (Hims)" -> Homs, Hims."""
    names = []
    for part in re.split(r"[()]", name):
        part = _OFFICE.sub("", part.strip()).strip()
        if part and len(fold(part)) >= 3:
            names.append(part)
    return names


# ---------------------------------------------------------------- OCHA


def _ocha(path: Path, kind: str) -> list[Found]:
    rows = []
    for row, outline in shapefile(path):
        place = Found(f"ocha:{row['PCODE']}", row["NAME_EN"], "SYR", *outline.centroid(), kind, outline=outline)
        place.names = {row["NAME_EN"], row["NAM_EN_REF"], row["NAME_AR"]} - {""}
        place.parent = row.get("ADM1_PCODE", "")
        rows.append(place)
    return rows


def syria_districts(shared: Path) -> list[Found]:
    """Syria's districts and sub-districts, English and Arabic names.

    The set's humanitarian locations come without their table of names, so they cannot be used.
    """
    folder = shared / "data/geo/syr_admin_ocha_2018"
    return [*_ocha(folder / "syr_admin2.shp", "admin2"), *_ocha(folder / "syr_admin3.shp", "admin3")]


# Lists of wards and islands, of no use in a report on a conflict.
_LEFT_OUT = {"BRA", "MEX", "ARG", "MDV", "LCA", "MHL", "JAM", "URY"}


def admin_names(shared: Path, cities: list[Found], provinces: list[Found], known: list[Found]) -> list[Found]:
    """Districts of OCHA's list of p-codes that have no town of their name: known to exist, not where.

    A district is mostly named after its seat, which the gazetteer then has with its coordinates. A province that
    Natural Earth spells otherwise gives it its name.
    """
    have: dict[str | None, set[str]] = defaultdict(set)
    for place in [*cities, *provinces, *known]:
        have[place.country] |= {fold(name) for name in {place.name, *place.names}}
    found: dict[str, Found] = {}
    with (shared / "data/geo/global-pcodes-adm-1-2.csv").open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            key, country = fold(row["Name"]), row["Location"]
            if len(key) < 4 or key in have[country] or country in _LEFT_OUT or any(c.isdigit() for c in key):
                continue
            have[country].add(key)
            if row["Admin Level"] == "1":
                alike = [p for p in provinces if p.country == country and _spelled_alike(key, p)]
                if len(alike) == 1:
                    alike[0].names.add(row["Name"])
                continue
            code = f"ocha:{row['P-Code']}"
            found[code] = Found(code, row["Name"], country, None, None, "admin2")
    return list(found.values())


def _spelled_alike(key: str, province: Found) -> bool:
    keys = (fold(name) for name in province.names)
    return any(skeleton(key) == skeleton(other) and likeness(key, other) >= 0.8 for other in keys)


# ---------------------------------------------------------------- UCDP

_KIND_WORD = re.compile(r"^(?P<name>.+?)\s+(?P<kind>village|town|city|district|commune|suburb|neighbou?rhood)$", re.I)
_SITE = re.compile(
    r"\b(?:air\s?base|base|airport|camp|dam|field|oilfield|oil field|gas field|checkpoint|mountain|mountains|hill|plain"
    r"|crossing|forest|prison|hospital|station|complex|plant|island|valley|area)$",
    re.I,
)
_NO_NAME = re.compile(
    r"\b(?:between|near|around|north|south|east|west|northern|southern|eastern|western|border|road|known|location|the"
    r"|unknown|region|km|countryside|confluence|from)\b|\d",
    re.I,
)


def ucdp(shared: Path) -> list[Found]:
    """Towns, villages, districts and sites of fighting, each at the median of the points that its events carry."""
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for label, precision, country, lat, lon in _ged(shared / "data/ucdp"):
        if precision <= 3:
            points[country, " ".join(label.split())].append((lat, lon))
    found: dict[str, Found] = {}
    for (country, label), where in sorted(points.items()):
        if (place := _ucdp_place(country, label)) is not None and place.code is not None:
            place.lat = statistics.median(lat for lat, _ in where)
            place.lon = statistics.median(lon for _, lon in where)
            if place.code in found:  # another spelling, or a namesake elsewhere
                place.code += f"-{place.lat:.1f}"
            found[place.code] = place
    return list(found.values())


def _ged(folder: Path) -> Iterator[tuple[str, int, str, float, float]]:
    codes = {fold(name): row["code"] for row in _table(CODEBOOK / "countries.csv")
             for name in (row["name"], *row["aliases"].split("|"))}  # fmt: skip
    for name in ("ged-syria-2016-2018.csv.gz", "ucdp_ged231_sample1000.csv.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                country = codes.get(fold(re.sub(r"\s*\(.*", "", row["country"])))
                if country:
                    point = float(row["latitude"]), float(row["longitude"])
                    yield row["where_coordinates"], int(float(row["where_prec"])), country, *point
    with gzip.open(folder / "ged-central-african-republic.geojson.gz", "rt", encoding="utf-8") as text:
        for feature in json.load(text)["features"]:
            about, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
            yield about["where_coordinates"], int(about["where_prec"]), "CAF", lat, lon


def _ucdp_place(country: str, label: str) -> Found | None:
    label, _, bracket = label.partition("(")
    label = label.strip()
    if match := _KIND_WORD.match(label):
        stem, word = match["name"], match["kind"].lower()
        kind = {"village": "village", "district": "admin2", "commune": "admin2"}.get(word, "city")
    elif _SITE.search(label):
        stem, kind = label, "site"
    else:
        return None
    if _NO_NAME.search(stem) or not stem[0].isupper() or len(stem) > 40:
        return None
    names = {part.strip() for part in stem.split("/")}
    if bracket and "," not in bracket and not _NO_NAME.search(bracket):
        names.add(bracket.strip(" )"))
    names = {name for name in names if len(fold(name)) >= 3 and name[:1].isupper()}
    name = stem.split("/")[0].strip()
    return Found(f"ucdp:{country}/{_slug(stem)}", name, country, None, None, kind, names=names) if names else None


# ---------------------------------------------------------------- all


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")
