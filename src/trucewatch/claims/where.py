"""Where an event happened: the words of a place phrase -> a place of the gazetteer, no finer than the words allow."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch.claims import placewords
from trucewatch.claims.placewords import ADJECTIVE, COMPASS, KIND_WORDS, Chunk
from trucewatch.claims.scene import Anchor, Reason, Scene, distance
from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow
from trucewatch.nouns import Place

__all__ = ["Anchor", "Located", "Scene", "distance", "is_generic", "locate"]

PRECISION_OF_KIND = {
    "city": "town", "village": "town", "admin1": "region", "admin2": "district", "admin3": "district",
    "country": "country", "region": "region", "site": "site",
}  # fmt: skip
FINENESS = ("site", "town", "district", "region", "country")
_GENERIC = {
    "there": None, "here": None, "area": None, "place": None, "zone": None, "scene": None, "location": None, "areas": None,
    "territory": None, "enclave": None, "island": None, "peninsula": None, "region": None, "elsewhere": None,
    "site": "site", "camp": "site", "base": "site", "airport": "site", "bridge": "site", "bridges": "site",
    "city": "town", "town": "town", "village": "town", "capital": "town", "settlement": "town", "suburb": "town",
    "district": "district", "neighborhood": "district", "neighbourhood": "district", "countryside": "district",
    "province": "region", "governorate": "region", "state": "region", "north": "region", "south": "region",
    "east": "region", "west": "region", "northeast": "region", "northwest": "region", "southeast": "region",
    "southwest": "region", "country": "country", "nation": "country", "kingdom": "country", "homeland": "country",
    "countryside's": "district", "republic": "country", "soil": "country", "border": None,
}  # fmt: skip
"""Nouns that point back to a place named before, and how fine that place must be."""
_POINTS_BACK = {
    "town": ("town", "site"), "district": ("district",), "region": ("region", "district"), "country": FINENESS,
    "site": ("site",), None: ("region", "district", "town"),
}  # fmt: skip
_HOUSES = frozenset("house home residence apartment office compound car villa estate".split())
_MISSION = re.compile(r"\b(?:embassy|embassies|consulate|consular|mission|forces?|troops|army|base|checkpoint|soldiers)\b", re.I)
_KM_OF_DEGREE = 111.2
_TITLED = re.compile(
    r"\s+(?:Province|Governorate|Oblast|State|Region|County|District|Prefecture|City|Town|Village|Valley|Area)$", re.I
)


class Located(NamedTuple):
    """A place and why it was taken for the one that the words mean."""

    place: Place
    because: str


class Candidate(NamedTuple):
    """A name of the phrase with the place that it was told to be."""

    chunk: Chunk
    row: GazetteerRow
    side: str | None
    reasons: tuple[Reason, ...]


def locate(words: str, scene: Scene, gazetteer: Gazetteer, before: Sequence[Place] = ()) -> Located | None:
    """The place of a phrase; ``before`` are the places named so far, the last one last.

    None where the words name no place of their own and point to none of ``before``. A name that the gazetteer
    lacks gives a Place with ``precision`` None. Places of several countries have ``country`` None.
    """
    text = placewords.normal(words)
    if not text:
        return None
    place = _Phrase(text, scene, gazetteer, tuple(before)).locate()
    return place._replace(place=_said(place.place, words)) if place else None


def is_generic(words: str) -> bool:
    """Whether a phrase names no place but points to one named elsewhere: "the region", "the city's eastern half"."""
    text = placewords.normal(words)
    return not placewords.chunks(text) and _pointing_noun(text) is not None


def _said(place: Place, words: str) -> Place:
    return Place(
        text=words, name=place.name, country=place.country, lat=place.lat, lon=place.lon,
        precision=place.precision, gazetteer=place.gazetteer,
    )  # fmt: skip


def _pointing_noun(text: str) -> str | None:
    """The last noun of a phrase that points back, before any "of"."""
    found = [word for word in re.findall(r"[a-z]+", text.lower()) if word in _GENERIC]
    return found[-1] if found else None


class _Phrase:
    """One phrase being placed."""

    def __init__(self, text: str, scene: Scene, gazetteer: Gazetteer, before: tuple[Place, ...]) -> None:
        self.text, self.scene, self.gazetteer, self.before = text, scene, gazetteer, before
        self.bare = placewords.without_lead(text)
        self.chunks = placewords.chunks(text)
        self.near = placewords.is_near(text)

    def locate(self) -> Located | None:
        """The first reading that gives a place."""
        if not self.chunks:
            return self._pointing() or self._uncapitalised()
        readings = (self._whole, self._offset, self._between, self._border, self._named, self._country_only)
        for reading in readings:
            if located := reading():
                return located
        return self._unresolved()

    def _again(self, words: str) -> Located | None:
        return _Phrase(placewords.normal(words), self.scene, self.gazetteer, self.before).locate()

    # ------------------------------------------------------------ the whole phrase

    def _whole(self) -> Located | None:
        """Phrases that are a name as they stand: "the Gaza Strip", "Democratic Republic of Congo"."""
        name = self.bare if self.bare[:1].isupper() else self.text
        word = self.scene.codebook.find_country(name)
        if word is not None and word.kind == "name":
            return self._country(word.country, word.where)
        rows = self.gazetteer.find(name)
        if not rows or (word is not None and word.kind == "demonym"):
            return None
        if len(self.chunks) > 1 and not any(row.source in ("areas", "places") for row in rows):
            return None
        rows = self._with_alike(name, rows, ())
        row, reasons = self.scene.choose(name, rows)
        return _located(row, row.name, PRECISION_OF_KIND[row.kind], (row.lat, row.lon), reasons)

    def _country(self, code: str, why: str) -> Located | None:
        row = self.gazetteer.country(code)
        if row is None:
            return None
        place = Place(
            text=self.text, name=row.name, country=code, lat=row.lat, lon=row.lon, precision="country", gazetteer=row.id
        )
        return Located(place, f"{why}; gazetteer:{row.id}")

    # ------------------------------------------------------------ relations

    def _offset(self) -> Located | None:
        """ "30 km south of Idlib": that far on that side of the place."""
        found = placewords.offset(self.text)
        base = self._again(found.rest) if found else None
        if found is None or base is None or base.place.precision in (None, "country", "region"):
            return None
        place, lat, lon = base.place, base.place.lat, base.place.lon
        if found.km and found.side and lat is not None and lon is not None:
            lat, lon = _moved(lat, lon, found.km, found.side)
        exact = found.km is not None and found.side is not None and found.km <= 60
        moved = Place(
            text=self.text, name=self.bare, country=place.country, lat=lat, lon=lon,
            precision="town" if exact else "district", gazetteer=place.gazetteer,
        )  # fmt: skip
        return Located(moved, f"rule distance and side; {base.because}")

    def _between(self) -> Located | None:
        """ "between X and Y": half-way, where both are known and near each other."""
        ends = placewords.between(self.text)
        if ends is None or placewords.BORDER.search(self.text):
            return None
        one, two = self._again(ends[0]), self._again(ends[1])
        if one is None or two is None:
            return one or two
        points = [(p.lat, p.lon) for p in (one.place, two.place) if p.lat is not None and p.lon is not None]
        country = one.place.country if one.place.country == two.place.country else None
        apart = distance(*points) if len(points) == 2 else math.inf
        lat, lon = _middle(points) if apart <= 200 else (None, None)
        place = Place(
            text=self.text, name=self.bare, country=country, lat=lat, lon=lon,
            precision="district" if apart <= 60 else "region", gazetteer=one.place.gazetteer,
        )  # fmt: skip
        return Located(place, f"rule half-way; {one.because}; {two.because}")

    def _border(self) -> Located | None:
        """ "the Turkish border", "the border between X and Y": the middle of that border."""
        if not placewords.BORDER.search(self.text):
            return None
        named = list(dict.fromkeys(self._border_countries()))
        if any(True for _ in self._candidates(finer_than="country")) and len(named) < 2:
            return None
        others = [code for code in self.scene.countries if code not in named]
        pairs = [(named[0], named[1])] if len(named) > 1 else [(a, b) for a in named for b in others]
        for one, two in pairs:
            if row := self.gazetteer.border(one, two):
                return _located(row, row.name, "region", (row.lat, row.lon), (Reason("rule border", 1.0),))
        return None

    def _border_countries(self) -> Iterator[str]:
        for part in re.findall(r"[A-Z][\w.]*(?: [A-Z][\w.]*)*", self.text.replace("’s", "").replace("'s", "")):
            if word := self.scene.codebook.find_country(part):
                yield word.country
            elif rows := self.gazetteer.find(part):
                row, _ = self.scene.choose(part, rows)
                if row.country and row.kind in ("region", "admin1"):
                    yield row.country

    # ------------------------------------------------------------ names

    def _candidates(self, finer_than: str | None = None) -> Iterator[Candidate]:
        """Every name of the phrase that the gazetteer knows, told from its namesakes with the others' help."""
        context = tuple(self._context())
        options = [(chunk, *self._rows(chunk, context)) for chunk in self.chunks if not self._is_word(chunk)]
        for at, (chunk, name, side, kind, rows) in enumerate(options):
            if not rows:
                continue
            inside = _inside_of(rows, [row for _, _, _, _, more in options[at + 1 :] for row in more], self.gazetteer)
            row, reasons = self.scene.choose(name, inside or rows, kind, context)
            if finer_than is None or FINENESS.index(PRECISION_OF_KIND[row.kind]) < FINENESS.index(finer_than):
                yield Candidate(chunk._replace(text=name, kind=kind), row, side, reasons)

    def _is_word(self, chunk: Chunk) -> bool:
        """Demonyms and metonyms are no places, nor are the owners of houses."""
        word = self.scene.codebook.find_country(chunk.whole or chunk.text) or self.scene.codebook.find_country(chunk.text)
        if word is not None and word.kind == "demonym":
            return True
        return word is None and chunk.possessive and chunk.noun in _HOUSES

    def _context(self) -> Iterator[str]:
        """Countries that the phrase names beside its place: "Iraq's Anbar province", "the Syrian town of X"."""
        if _MISSION.search(self.text):
            words = [chunk for chunk in self.chunks if not self._is_word(chunk)]
        else:
            words = list(self.chunks)
        for chunk in words:
            if len(self.chunks) > 1 and (word := self.scene.codebook.find_country(chunk.text)):
                if word.kind in ("name", "demonym"):
                    yield word.country

    def _rows(
        self, chunk: Chunk, context: tuple[str, ...]
    ) -> tuple[str, str | None, str | None, Sequence[GazetteerRow]]:
        """Name, side, kind and places of a chunk: the whole, without its office, then its longest known part."""
        plain = _TITLED.sub("", chunk.text)
        for name, side in ((chunk.whole, None), (chunk.text, chunk.side), (plain, chunk.side)):
            if name and (rows := self._known(name, context)):
                kind = chunk.kind
                if name == plain != chunk.text:
                    kind = KIND_WORDS[chunk.text.split()[-1].lower()]
                return name, side, kind, rows
        parts = chunk.text.split()
        for length in range(len(parts) - 1, 0, -1):
            for start in range(len(parts) - length + 1):
                rest = [*parts[:start], *parts[start + length :]]
                name = " ".join(parts[start : start + length])
                if all(self._is_aside(word) for word in rest) and (rows := self._known(name, context)):
                    return name, chunk.side, chunk.kind, rows
        return chunk.text, chunk.side, chunk.kind, self._with_alike(chunk.text, (), context)

    def _is_aside(self, word: str) -> bool:
        lower = word.lower()
        return lower in KIND_WORDS or lower in COMPASS or lower in ("international", "military", "air", "of", "the", "army",
            "downtown", "greater", "rural", "naval", "refugee", "police", "national", "main") or self.scene.codebook.find_country(word) is not None  # fmt: skip

    def _known(self, name: str, context: tuple[str, ...]) -> Sequence[GazetteerRow]:
        word = self.scene.codebook.find_country(name)
        if word is not None and word.kind == "name":
            row = self.gazetteer.country(word.country)
            return (row,) if row else ()
        rows = self.gazetteer.find(name)
        return self._with_alike(name, rows, context) if rows else ()

    def _with_alike(
        self, name: str, rows: Sequence[GazetteerRow], context: tuple[str, ...]
    ) -> Sequence[GazetteerRow]:
        """Adds other spellings in the countries of the scene, where no place of the very name lies in them."""
        near = context or tuple(code for code, share in self.scene.countries.items() if share >= 0.1)
        if not near or any(row.country in near or row.kind in ("country", "region") for row in rows):
            return rows
        return (*rows, *self.gazetteer.find_alike(name, near))

    def _named(self) -> Located | None:
        """The finest of the phrase's places; of several equally fine ones, the first."""
        found = list(self._candidates())
        if not found:
            return None
        best = min(found, key=lambda c: FINENESS.index(PRECISION_OF_KIND[c.row.kind]))
        same = [c for c in found if PRECISION_OF_KIND[c.row.kind] == PRECISION_OF_KIND[best.row.kind] and c.row.id != best.row.id]
        listed = [c for c in same if _listed(self.text, best.chunk, c.chunk)]
        return self._list([best, *listed]) if listed else self._single(best)

    def _list(self, members: Sequence[Candidate]) -> Located:
        """Several places at once: the country of the first, and their middle where they are neighbours."""
        rows = [member.row for member in members]
        points = [(row.lat, row.lon) for row in rows if row.lat is not None and row.lon is not None]
        together = len(points) == len(rows) and all(distance(points[0], point) <= 60 for point in points)
        lat, lon = _middle(points) if together else (None, None)
        names = [f"{ADJECTIVE[m.side]} {m.row.name}" if m.side else m.row.name for m in members]
        name = ", ".join(names[:-1]) + " and " + names[-1]
        precision = PRECISION_OF_KIND[rows[0].kind]
        if precision != "country":
            precision = "district" if together else "region"
        place = Place(
            text=self.text, name=name, country=rows[0].country, lat=lat, lon=lon, precision=precision, gazetteer=rows[0].id
        )
        return Located(place, f"rule list of {len(rows)}; gazetteer:{rows[0].id}")

    def _single(self, best: Candidate) -> Located:
        row, chunk = best.row, best.chunk
        precision, name, point = PRECISION_OF_KIND[row.kind], row.name, (row.lat, row.lon)
        if best.side and precision != "site":
            name, point, precision = self._part(row, best.side)
        elif precision == "town":
            precision, name = self._town(row, chunk)
        elif chunk.kind == "region" and precision != "country" and chunk.noun in ("province", "governorate", "oblast"):
            name = f"{row.name} {chunk.noun}" if not row.name.lower().endswith(chunk.noun) else row.name
        return _located(row, name, precision, point, best.reasons)

    def _town(self, row: GazetteerRow, chunk: Chunk) -> tuple[str, str]:
        """How fine a phrase about a town is, and what it then is called."""
        nouns = [word for word in re.findall(r"[a-z]+", self.text.lower()) if KIND_WORDS.get(word) == "site"]
        if chunk.kind == "region":
            return "region", row.name
        if nouns and not self.near:
            return "site", self.bare
        if self.near or chunk.kind == "district":
            return "district", row.name
        return "town", row.name

    def _part(self, row: GazetteerRow, side: str) -> tuple[str, tuple[float | None, float | None], str]:
        """Name, point and precision of one side of a place."""
        name, precision = f"{ADJECTIVE[side]} {row.name}", PRECISION_OF_KIND[row.kind]
        if precision == "country":
            return name, self.gazetteer.part(row.id, side) or (row.lat, row.lon), "region"
        if precision == "town":
            return name, (row.lat, row.lon), "district"
        box = self.gazetteer.extent(row.id)
        return name, _third(box, side) if box else (row.lat, row.lon), precision

    # ------------------------------------------------------------ no name of its own

    def _country_only(self) -> Located | None:
        """ "the Syrian capital", "Iraqi soil", "the Afghan city": a demonym and a common noun."""
        if _MISSION.search(self.text):
            return None  # whose it is, not where it is
        for chunk in self.chunks:
            word = self.scene.codebook.find_country(chunk.text)
            if word is None:
                continue
            noun = _pointing_noun(self.text)
            if noun == "capital":
                return self._capital(word.country)
            level = _GENERIC.get(noun or "")
            for place in reversed(self.before):
                if level in ("town", "region", "district") and place.country == word.country and place.precision == level:
                    return Located(place, f"rule {noun} = {place.name}")
            side = next((COMPASS[w] for w in re.findall(r"[a-z]+", self.text.lower()) if w in COMPASS), None)
            row = self.gazetteer.country(word.country)
            if row and side and level in ("region", "town", None):
                name, point, precision = self._part(row, side)
                return _located(row, name, precision, point, (Reason(word.where, 1.0),))
            return self._country(word.country, word.where)
        return None

    def _capital(self, code: str) -> Located | None:
        country = self.scene.codebook.countries.get(code)
        for name in country.capital if country else ():
            rows = [row for row in self.gazetteer.find(name) if row.country == code and row.kind == "city"]
            if rows:
                return _located(rows[0], rows[0].name, "town", (rows[0].lat, rows[0].lon), (Reason(f"capital of {code}", 1.0),))
        return None

    def _pointing(self) -> Located | None:
        """ "the region", "the city's eastern half": the last fitting place, or a side of it."""
        noun = _pointing_noun(self.text)
        if noun is None:
            return None
        side = next((COMPASS[word] for word in re.findall(r"[a-z]+", self.text.lower()) if word in COMPASS), None)
        country = next((p.country for p in reversed(self.before) if p.country), None) or self._sure_country()
        if noun == "capital":
            return self._capital(country) if country else None
        if _GENERIC[noun] == "country" or noun in COMPASS:
            row = self.gazetteer.country(country) if country else None
            if row is None:
                return None
            name, point, precision = self._part(row, side) if side else (row.name, (row.lat, row.lon), "country")
            return _located(row, name, precision, point, (Reason(f"rule {noun}", 1.0),))
        for fineness in _POINTS_BACK[_GENERIC[noun]]:
            for place in reversed(self.before):
                if place.precision == fineness:
                    return self._side_of(place, side, noun)
        return None

    def _side_of(self, place: Place, side: str | None, noun: str) -> Located:
        because = f"rule {noun} = {place.name}"
        rows = [row for row in self.gazetteer.find(place.name) if row.id == place.gazetteer]
        if side is None or not rows or side in place.name:
            return Located(place, because)
        name, (lat, lon), precision = self._part(rows[0], side)
        part = Place(
            text=self.text, name=name, country=place.country, lat=lat, lon=lon, precision=precision, gazetteer=place.gazetteer
        )
        return Located(part, because)

    def _sure_country(self) -> str | None:
        code = self.scene.country
        return code if code and self.scene.countries[code] >= 0.5 else None

    def _uncapitalised(self) -> Located | None:
        """Names in a text without capitals: only those of large places."""
        if re.match(r"(?:the|a|an|its|their)\b", self.text):
            return None
        rows = self.gazetteer.find(self.bare.split(",")[0])
        if not any(row.population >= 100_000 or row.kind == "country" for row in rows):
            return None
        return self._again(self.bare.title())

    def _unresolved(self) -> Located | None:
        """A name that the gazetteer lacks is kept, without a position."""
        names = [chunk for chunk in self.chunks if self.scene.codebook.find_country(chunk.text) is None]
        if not names:
            return None
        countries = tuple(self._context())
        place = Place(text=self.text, name=self.bare, country=countries[0] if countries else None)
        return Located(place, "name not in the gazetteer")


def _located(
    row: GazetteerRow,
    name: str,
    precision: str,
    point: tuple[float | None, float | None],
    reasons: Sequence[Reason],
) -> Located:
    place = Place(
        text=name, name=name, country=row.country, lat=point[0], lon=point[1], precision=precision, gazetteer=row.id
    )
    return Located(place, "; ".join([f"gazetteer:{row.id}", *(reason.feature for reason in reasons[:3])]))


def _inside_of(rows: Sequence[GazetteerRow], others: Sequence[GazetteerRow], gazetteer: Gazetteer) -> list[GazetteerRow]:
    """The rows that lie in one of the coarser places named after them: "Manbij, in Aleppo province"."""
    holders = [row for row in others if row.kind in ("admin1", "admin2", "region", "country")]
    found = []
    for row in rows:
        if any(_holds(holder, row, gazetteer) for holder in holders if holder.id != row.id):
            found.append(row)
    return found


def _holds(holder: GazetteerRow, row: GazetteerRow, gazetteer: Gazetteer) -> bool:
    if holder.kind == "country":
        return holder.country == row.country and row.kind != "country"
    if row.kind in ("country", "admin1", "region"):
        return False
    if holder.kind == "admin1" and holder.country == row.country and row.admin1 == holder.name:
        return True
    box = gazetteer.extent(holder.id)
    if box is None or row.lat is None or row.lon is None:
        return False
    return box[0] <= row.lat <= box[1] and box[2] <= row.lon <= box[3]


def _listed(text: str, one: Chunk, two: Chunk) -> bool:
    first, second = sorted((one, two), key=lambda chunk: chunk.start)
    return bool(re.search(r"\b(?:and|or)\b|,|&", text[first.end : second.start])) and " in " not in text[first.end : second.start]


def _moved(lat: float, lon: float, km: float, side: str) -> tuple[float, float]:
    north = ("north" in side) - ("south" in side)
    east = ("east" in side) - ("west" in side)
    length = math.hypot(north, east) or 1.0
    up = km * north / length / _KM_OF_DEGREE
    return lat + up, lon + km * east / length / (_KM_OF_DEGREE * math.cos(math.radians(lat)))


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)


def _third(box: tuple[float, float, float, float], side: str) -> tuple[float, float]:
    """The middle of that third of a box."""
    south, north, west, east = box
    up = ("north" in side) - ("south" in side)
    right = ("east" in side) - ("west" in side)
    return (south + north) / 2 + up * (north - south) / 3, (west + east) / 2 + right * (east - west) / 3
