"""Step 3, where: a phrase without a name ("the province", "the city's east", "the Syrian capital") -> the place, named before, that it
points to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec

from trucewatch.claims import placewords
from trucewatch.claims.geometry import diagonal, third
from trucewatch.claims.placewords import ADJECTIVE, BACK_WORDS, COMPASS
from trucewatch.claims.scene import HARDLY, Scene
from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow
from trucewatch.nouns import Place

_OF_REPORT = 0.3  # least share, of the most told country's, of one whose capital is meant without its name
_SMALL_AREA_KM = 50.0

_POINTS_BACK: dict[str, list[set[str]]] = {
    "site": [{"site"}],
    "town": [{"town"}, {"site"}],
    "district": [{"district"}],
    "region": [{"region"}, {"district"}],
    "large": [{"region"}, {"district"}, {"town"}],
    "wide": [{"region"}, {"district"}],
    "any": [{"region", "district", "town", "site"}],
}
"""The finenesses that a noun of ``BACK_WORDS`` points back to, step by step: of the places of one step the last is meant."""


_INDEFINITE = re.compile(r"(?:(?:in|at|on|near|to|from|into|inside|outside) )?(?:an?|another) ", re.IGNORECASE)
"""How a phrase begins that speaks of a place for the first time."""


_SEAT = re.compile(rf"\b(?:{'|'.join(placewords.WORDS['seats'])})\b", re.IGNORECASE)


class Located(NamedTuple):
    """A place and why it was taken for the one that the words mean."""

    place: Place
    because: str


class Spot(NamedTuple):
    """What a place is called, where it lies and how fine that is."""

    name: str
    lat: float | None
    lon: float | None
    precision: str


def points_back(words: str) -> bool:
    """Whether a phrase may point by a noun to any place named before it: "the Syrian province"; not "there", nor "the country"."""
    noun = pointing_noun(words)
    by_noun = noun not in (None, "there", "here", "elsewhere", "capital") and BACK_WORDS[noun] != "country"
    return by_noun or _names_road(words)


def pointing_noun(text: str) -> str | None:
    """The last noun of a phrase that may point back: a side only where nothing says of what ("the *city*'s south")."""
    nouns = [word for word in reversed(placewords.plain_words(text)) if word in BACK_WORDS]
    return next((noun for noun in nouns if noun not in COMPASS), nouns[0] if nouns else None)


def _names_road(text: str) -> bool:
    """Whether words speak of a road."""
    return not placewords.WORDS["road"].isdisjoint(placewords.plain_words(text))


def _is_of_other_kind(place: Place, noun: str) -> bool:
    """Whether the name of a site says that it is none such: "Zamzam *camp*" is not "the airport"."""
    kinds = {word for word in placewords.plain_words(place.name) if placewords.KIND_WORDS.get(word) == "site"}
    return noun in placewords.KIN and bool(kinds) and kinds.isdisjoint(placewords.KIN[noun])


class Pointing:
    """A phrase being placed by what was named before it."""

    def __init__(self, text: str, scene: Scene, gazetteer: Gazetteer, before: Sequence[Place]) -> None:
        self.text, self.scene, self.gazetteer, self.before = text, scene, gazetteer, before
        self.chunks = placewords.chunks(placewords.without_lead(text))

    def _owned(self) -> Located | None:
        """Of "the Syrian capital", "Iraqi soil", "the Afghan city": a demonym and a common noun."""
        words = (self.scene.codebook.find_country(chunk.text) for chunk in self.chunks)
        word = next((word for word in words if word is not None), None)
        if word is None or placewords.mission_at(self.text):
            return None  # "the Australian embassy": whose it is, not where it is
        noun, side = pointing_noun(self.text), placewords.side_in(self.text)
        if noun == "capital":
            return self._capital(word.country)
        level = BACK_WORDS.get(noun or "")
        side = None if level == "town" else side
        for place in reversed(self.before):
            if level in ("town", "region", "district") and (place.country, place.precision) == (word.country, level):
                return Located(place, f"rule {noun} = {place.name}")
        return self._side_of_country(word.country, side, word.where)

    def _pointing(self) -> Located | None:
        """Of "the region", "the city's eastern half": the last fitting place, or a side of it."""
        noun, side = pointing_noun(self.text), placewords.side_in(self.text)
        if road := self._last_road(side):
            return road
        if noun is None:
            return self._scene_border()
        if noun in COMPASS and placewords.offset(self.text):
            return None  # "south of the river"
        if _INDEFINITE.match(self.text):
            return None
        of_country = any(BACK_WORDS.get(word) == "country" for word in placewords.plain_words(self.text))
        if noun in COMPASS or noun == "capital" or of_country:  # "the north", "the capital", "the country's north"
            return self._of_last_country(noun, side)
        if noun == "island" and (home := self._main_country()) and home in placewords.ISLANDS:
            return self._side_of_country(home, side, "rule island")
        if side and re.search(rf"\b{side}(?:ern)? {noun}\b", self.text.lower()):
            side = None  # "the northwestern province" is one of the country's, whole
        border = self._scene_border() if noun == "border" else None
        province = self._last_province(noun, side) if noun in placewords.WORDS["province"] else None
        return border or province or self._last_fitting(noun, side)

    def _of_last_country(self, noun: str, side: str | None) -> Located | None:
        """Of "the north", "the capital", "the country's east": of the country named last, if the report speaks of it, else of its
        own."""
        last = self.before[-1] if self.before else None
        row = self.gazetteer.get(last.gazetteer or "") if last else None
        sides = [f"{adjective} {row.name}" for adjective in ADJECTIVE.values()] if row else []
        if noun in COMPASS and side and last and row and last.name in sides:  # "northern Gaza ... in the south"
            return self._by_rule(f"rule {noun} beside {last.name}", row, side)
        told = (place.country for place in reversed(self.before) if place.country)
        least = _OF_REPORT * max(self.scene.countries.values(), default=0.0)  # not of where somebody only went to talk
        told = (code for code in told if self.scene.countries.get(code, 0.0) >= least)
        country = next(told, self._main_country())
        if country is None:
            return None
        return self._capital(country) if noun == "capital" else self._side_of_country(country, side, f"rule {noun}")

    def _last_fitting(self, noun: str, side: str | None) -> Located | None:
        """The place named last that is as fine as a noun says: a town for "the town"."""
        for wanted in _POINTS_BACK[BACK_WORDS[noun]]:
            for place in reversed(self.before):
                is_border = (place.gazetteer or "").startswith("border:")
                fits = place.precision in wanted and not (place.precision == "site" and _is_of_other_kind(place, noun))
                if fits and place.lat is not None and not is_border:
                    return self._side_of_place(place, side, f"rule {noun} = {place.name}")
        return None

    def _last_road(self, side: str | None) -> Located | None:
        """Of "south of the highway": what lies along the road named last."""
        if not _names_road(self.text) or "the " not in self.text:
            return None
        along = (place for place in reversed(self.before) if _names_road(place.name))
        return next((self._side_of_place(place, side, f"rule road = {place.name}") for place in along), None)

    def _last_province(self, noun: str, side: str | None) -> Located | None:
        """The province named last; where none is, that in which the place named last lies."""
        told = [(place, self.gazetteer.get(place.gazetteer or "")) for place in reversed(self.before)]
        for place, row in told:
            if row and row.kind == "admin1":
                return self._side_of_place(place, side, f"rule {noun} = {place.name}")
        for _, town in told:
            for unit in self.gazetteer.find(town.admin1) if town and town.admin1 else ():
                if town and (unit.kind, unit.country) == ("admin1", town.country):
                    return self._by_rule(f"rule {noun} of {town.name}", unit, side)
        return None

    def _scene_border(self) -> Located | None:
        """Of "the border": that of the two neighbours that the report speaks of most."""
        told = [code for code, share in self.scene.countries.items() if share >= HARDLY]
        pairs = combinations(told, 2) if placewords.is_border(self.text) else ()
        row = next(filter(None, (self.gazetteer.border(*pair) for pair in pairs)), None)
        return self._by_rule("rule border of the scene", row) if row else None

    def _main_country(self) -> str | None:
        """The country of which the report speaks more than of all others."""
        code = self.scene.country
        return code if code and self.scene.countries[code] > 0.5 else None

    def _seat(self) -> Located | None:
        """Of "outside the presidential palace", "at the defence ministry": what a state has in its capital."""
        at = _SEAT.search(self.text)
        home = self._main_country()
        capital = self._capital(home) if at and home and not _INDEFINITE.match(self.text) else None
        if capital is None:
            return None
        place = msgspec.structs.replace(
            capital.place, name=f"{placewords.without_lead(self.text)}, {capital.place.name}", precision="site"
        )
        return Located(place, f"rule seat of the state; {capital.because}")

    def _capital(self, code: str) -> Located | None:
        """The capital of a country, as a place."""
        country = self.scene.codebook.countries.get(code)
        for name in country.capital if country else ():
            for row in self.gazetteer.find(name):
                if row.country == code and row.kind == "city":
                    return self._by_rule(f"capital of {code}", row)
        return None

    def _side_of_country(self, code: str, side: str | None, why: str) -> Located | None:
        """A side of a country, or all of it."""
        row = self.gazetteer.country(code)
        return self._by_rule(why, row, side) if row else None

    def _side_of_place(self, place: Place, side: str | None, why: str) -> Located:
        """A side of a place named before, or all of it."""
        row = self.gazetteer.get(place.gazetteer or "")
        return self._by_rule(why, row, side) if side and row else Located(place, why)

    # ------------------------------------------------------------ places

    def _spot(self, row: GazetteerRow) -> Spot:
        """The place itself; small named regions count as districts."""
        precision = row.precision
        if row.source == "areas" and (box := self.gazetteer.extent(row.id)) and diagonal(box) <= _SMALL_AREA_KM:
            precision = "district"
        return Spot(row.name, row.lat, row.lon, precision)

    def _part(self, row: GazetteerRow, side: str | None) -> Spot:
        """One side of a place, or all of it; the side of a town has the town's own point."""
        spot = self._spot(row)
        if side is None:
            return spot
        lat, lon, precision = spot.lat, spot.lon, spot.precision
        if precision == "country":
            lat, lon = self.gazetteer.part(row.id, side) or (lat, lon)
            precision = "region"
        elif precision == "town":
            precision = "district"
        elif box := self.gazetteer.extent(row.id):
            lat, lon = third(box, side)
        return Spot(f"{ADJECTIVE[side]} {row.name}", lat, lon, precision)

    def _by_rule(self, why: str, row: GazetteerRow, side: str | None = None) -> Located:
        """A place, or one side of it, that a rule tells."""
        return self._located(row, self._part(row, side), [why])

    def _located(self, row: GazetteerRow, spot: Spot, reasons: Sequence[str]) -> Located:
        """A row of the gazetteer as the place that the words mean."""
        place = Place(text=self.text, country=row.country, gazetteer=row.id, **spot._asdict())
        return Located(place, "; ".join([f"gazetteer:{row.id}", *reasons[:3]]))
