"""Step 3, where: the words of a place phrase -> a place of the gazetteer, no finer than the words allow."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from trucewatch.claims import placewords
from trucewatch.claims.geometry import middle, moved, within
from trucewatch.claims.phrase import listed
from trucewatch.claims.place_anaphora import Located, Pointing, Spot, pointing_noun
from trucewatch.claims.placewords import ADJECTIVE, BACK_WORDS, COMPASS, KIND_WORDS, Chunk
from trucewatch.claims.scene import HARDLY, Scene
from trucewatch.claims.toponym_resolution import Candidate, Names, is_initials
from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow, Point
from trucewatch.codebook.globe import distance
from trucewatch.codebook.rows import PRECISIONS
from trucewatch.nouns import Place

__all__ = ["Located", "Scene", "locate"]

_IN_SAME = re.compile(rf" (?:in|of) the (?:same |said )?(?P<noun>{'|'.join(BACK_WORDS)})$", re.IGNORECASE)
""" "Bandra village *in the District*": that told of before."""
_ENDS = listed("after", "ends") | {"for", "along", "belonging"}
"""Words behind the name of a place that lead to something else: "Bokob *for* an offensive"."""
_PLACED = listed("after", "places") | {"of"}
_TOGETHER_KM = 60.0
_HALFWAY_KM = 200.0


def locate(words: str, scene: Scene, gazetteer: Gazetteer, before: Sequence[Place] = ()) -> Located | None:
    """The place of a phrase; ``before`` are the places named so far, the last one last.

    None where the words name no place of their own and point to none of ``before``. A name that the gazetteer
    lacks gives a Place with ``precision`` None. A list of places has the country of its first, and a position only
    where they are neighbours; a border and what lies between countries has country None.
    """
    text = placewords.normal(words)
    if text.removeprefix("the ") == "West":  # the countries, not a side of one
        return None
    if placewords.without_lead(text).lower() in BACK_WORDS and text.startswith("the "):  # "the District"
        text = text.lower()
    found = _Sought(text, scene, gazetteer, before).locate() if text else None
    if found is None or (found.place.precision == "country" and placewords.leads_there(text)):
        return None
    lat, lon = (None if axis is None else round(axis, 4) for axis in (found.place.lat, found.place.lon))
    return found._replace(place=msgspec.structs.replace(found.place, text=words, lat=lat, lon=lon))


def _without_rest(words: Sequence[str]) -> Sequence[str]:
    """The words of a place up to those that lead to something else, or to nothing: "Sarokai area *on*"."""
    ends = (at for at, word in enumerate(words) if at and (word in _ENDS or (word in _PLACED and at + 1 == len(words))))
    return words[: next(ends, len(words))]


def _apart(one: Place, two: Place) -> float:
    """Kilometres from one place to another; without end where that is not known."""
    points = _points((one, two))
    return distance(*points) if len(points) == 2 else math.inf


def _points(places: Iterable[Place | GazetteerRow]) -> list[Point]:
    """Where they lie; those are left out of which nobody knows."""
    return [one.point for one in places if one.point]


class _Sought(Pointing):
    """The place of a phrase, as it is looked for."""

    def __init__(self, text: str, scene: Scene, gazetteer: Gazetteer, before: Sequence[Place]) -> None:
        super().__init__(text, scene, gazetteer, before)
        self.bare = placewords.without_lead(text)
        self.names = Names(self.bare, self.chunks, scene, gazetteer)

    def locate(self) -> Located | None:
        """The first reading that gives a place."""
        named = (self._whole, self._offset, self._between, self._border, self._named, self._owned, self._unresolved)
        for reading in named if self.chunks else (self._plain_region, self._seat, self._pointing, self._uncapitalised):
            if located := reading():
                return located
        return None

    def _again(self, words: str) -> Located | None:
        """The place of other words, with the same scene and the same places before."""
        return _Sought(placewords.normal(words), self.scene, self.gazetteer, self.before).locate()

    # ------------------------------------------------------------ names

    def _whole(self) -> Located | None:
        """Phrases that are a name as they stand: "the Gaza Strip", "Democratic Republic of Congo"."""
        name = self.text if self.names.known(self.text) else self.bare
        word = self.scene.codebook.find_country(name)
        if word is not None and word.kind == "demonym":
            return None
        rows = () if re.search(r"[,;(]", name) or is_initials(name, self.scene) else self.names.known(name)
        if not rows:
            return None
        row, reasons = self.scene.choose(name, rows)
        if not self.names.is_likely(name, row):
            return None
        return self._located(row, self._spot(row), [reason.feature for reason in reasons])

    def _named(self) -> Located | None:
        """The finest of the phrase's places; of several equally fine ones, the first."""
        told = list(self.names.candidates())
        found = [one for at, one in enumerate(told) if not self._is_reference(one, told[:at])]
        if not found:
            return None
        ranks = [PRECISIONS.index(self._spot(candidate.row).precision) for candidate in found]
        same = [candidate for candidate, rank in zip(found, ranks, strict=True) if rank == min(ranks)]
        best = next((other for other in same[1:] if self._is_in(other, same[0])), same[0])
        listed = [other for other in same if other.row.id != best.row.id and self._is_listed(best.chunk, other.chunk)]
        return self._list([best, *listed]) if listed else self._single(best)

    def _is_reference(self, one: Candidate, before: Sequence[Candidate]) -> bool:
        """Whether it only says where the place named before it lies, which is no province or country."""
        last = before[-1] if before else None
        if last is None or self._spot(last.row).precision in ("region", "country"):
            return False
        return placewords.only_beside(self.bare[last.chunk.end : one.chunk.start])

    def _is_in(self, one: Candidate, whole: Candidate) -> bool:
        """Whether a place says where in another: "the Idlib town of *Binnish*"; a province, where in a region."""
        noun, *of = placewords.plain_words(self.bare[whole.chunk.end : one.chunk.start]) or [""]
        if KIND_WORDS.get(noun) == "town" and of == ["of"] and one.chunk.kind != "district":
            return one.row.population < whole.row.population
        box = self.gazetteer.extent(one.row.id) if (one.row.kind, whole.row.kind) == ("admin1", "region") else None
        linked = " in " in self.bare[whole.chunk.end : one.chunk.start + 1]
        return bool(box and linked and whole.row.point and not within(box, whole.row.point))

    def _is_listed(self, one: Chunk, two: Chunk) -> bool:
        """Whether two names are told as two of a list, and neither says where the other is."""
        parted = self.bare[one.end : two.start]
        beside = any(word in COMPASS for word in placewords.plain_words(parted))  # "Baquba, north of Baghdad"
        return bool(re.search(r"\b(?:and|or)\b|,|&", parted)) and " in " not in parted and not beside

    def _list(self, members: Sequence[Candidate]) -> Located:
        """Several places at once: the country of the first, and their middle where they are neighbours."""
        rows = [member.row for member in members]
        points = _points(rows)
        together = len(points) == len(rows) and all(distance(points[0], p) <= _TOGETHER_KM for p in points)
        lat, lon = middle(points) if together else (None, None)
        names = [f"{ADJECTIVE[m.side]} {m.row.name}" if m.side else m.row.name for m in members]
        precision = self._spot(rows[0]).precision
        if precision != "country":
            precision = "district" if together else "region"
        spot = Spot(", ".join(names[:-1]) + " and " + names[-1], lat, lon, precision)
        return self._located(rows[0], spot, [f"rule list of {len(rows)}"])

    def _single(self, best: Candidate) -> Located:
        """One place, as fine as the words around its name allow."""
        row, chunk = best.row, best.chunk
        spot = self._spot(row)
        if best.side and spot.precision != "site":
            spot = self._part(row, best.side)
        elif spot.precision == "town":
            spot = self._in_town(spot, chunk)
        elif spot.precision == "region" and chunk.noun in ("province", "governorate", "oblast"):
            named = row.name.lower().endswith(chunk.noun)
            spot = spot._replace(name=row.name if named else f"{row.name} {chunk.noun}")
        unknown = self.names.unknown_in(chunk) or self.names.part_of(chunk)
        if unknown and spot.precision not in ("site", "country"):
            fine = "district" if spot.precision == "town" else spot.precision
            spot = spot._replace(name=f"{unknown}, {spot.name}", precision=fine)
        return self._located(row, spot, [reason.feature for reason in best.reasons])

    def _in_town(self, spot: Spot, chunk: Chunk) -> Spot:
        """A mosque in a town is a site, what lies about it a district; a province may be known by its town only."""
        if chunk.kind == "region":
            return spot._replace(precision="region")
        if self._is_near(chunk) or chunk.kind == "district":
            return spot._replace(precision="district")
        itself = f"{chunk.noun} of {chunk.text}" in self.text  # "the island of Biak"
        ahead, behind = self.bare[: chunk.end], self.bare[chunk.end :].partition(",")[0]
        if not itself and any(KIND_WORDS.get(word) == "site" for word in placewords.plain_words(ahead + behind)):
            return spot._replace(name=self.bare, precision="site")
        return spot

    def _is_near(self, chunk: Chunk) -> bool:
        """Whether what lies about the place is meant, and it does not itself lie near another: "Naqoura, near the barracks"."""
        start = len(self.text) - len(self.bare) + chunk.start
        return placewords.is_near(self.text[:start]) or chunk.noun in placewords.WORDS["near"]

    def _unresolved(self) -> Located | None:
        """A name that the gazetteer lacks is kept, without a position; "the Gulf Arab kingdom" is the one spoken of."""
        if BACK_WORDS.get(pointing_noun(self.text) or "") == "country":
            return self._pointing()
        book = self.scene.codebook
        if all(book.find_country(chunk.text) or book.find_actor(chunk.text) for chunk in self.chunks):
            return None
        if all(word in KIND_WORDS for chunk in self.chunks for word in chunk.text.lower().split()):
            return None  # "Parliament": any country's
        country = next(iter(self.names.context), None)
        whole = self._again(f"the {told['noun'].lower()}") if (told := _IN_SAME.search(self.bare)) else None
        country = whole.place.country if whole else country
        return Located(Place(text=self.text, name=self._called(), country=country), "name not in the gazetteer")

    def _called(self) -> str:
        """The words without what only says that it is a town or a quarter: "the village of *Abbas*"."""
        lead, name = self.bare[: self.chunks[0].start], self.bare[self.chunks[0].start :]
        *_, noun, of = ["", "", *lead.split()]
        named = len(self.chunks) == 1 and of == "of" and noun in placewords.WORDS["named"]
        return " ".join(_without_rest(_IN_SAME.sub("", name if named else self.bare).split())).rstrip(",")

    def _plain_region(self) -> Located | None:
        """Of "the country's tribal areas": a region that has a name of common nouns, in a country that the report speaks of."""
        words = self.text.lower().split()
        names = (" ".join(words[start:]) for start in range(len(words) - 1))
        rows = (row for name in names for row in self.gazetteer.find(name) if row.source == "areas")
        row = next((row for row in rows if self.scene.countries.get(row.country or "", 0.0) >= HARDLY), None)
        return self._by_rule("rule its plain name", row) if row else None

    def _uncapitalised(self) -> Located | None:
        """Names in a text without capitals: only those of countries, named regions and large places."""
        first = self.bare.split(",")[0]
        if self.bare != self.bare.lower():
            return None
        if self.scene.codebook.find_country(first.title()):
            return self._again(self.bare.title())
        rows = () if self.bare != self.text else self.gazetteer.find(first)
        if any(row.population >= 100_000 or row.source == "areas" for row in rows):
            return self._again(self.bare.title())
        return None

    # ------------------------------------------------------------ relations

    def _offset(self) -> Located | None:
        """Of "30 km south of Idlib": so far on that side of the place."""
        found = placewords.offset(self.text)
        base = self._again(found.rest) if found else None
        if found is None or base is None or base.place.precision in (None, "country", "region"):
            return None
        place, exact = base.place, False
        itself = self._again(found.ahead) if placewords.chunks(found.ahead) else None
        if (
            itself
            and itself.place.precision in ("site", "town", "district")
            and _apart(itself.place, place) <= _HALFWAY_KM
        ):
            return itself
        if found.km and found.side and place.point:
            lat, lon = moved(place.point, found.km, found.side)
            place, exact = msgspec.structs.replace(place, lat=lat, lon=lon), found.km <= _TOGETHER_KM
        # "north of the Litani and Israel": from one place, unless "and" is in its name
        name = self.bare if " and " in place.name else self.bare.partition(" and ")[0]
        place = msgspec.structs.replace(place, name=name, precision="town" if exact else "district")
        return Located(place, f"rule distance and side; {base.because}")

    def _between(self) -> Located | None:
        """Of "between X and Y", "the X-Y highway": half-way, where both are known and near each other."""
        told = [(self._again(one), self._again(two)) for one, two in placewords.between(self.text)]
        both = ((one, two) for one, two in told if one and two and one.place.point and two.place.point)
        one, two = next(both, told[0] if told else (None, None))
        if one is None or two is None:
            return one or two
        apart = _apart(one.place, two.place)
        lat, lon = middle(_points((one.place, two.place))) if apart <= _HALFWAY_KM else (None, None)
        place = msgspec.structs.replace(
            one.place,
            name=self.bare,
            country=one.place.country if one.place.country == two.place.country else None,
            lat=lat,
            lon=lon,
            precision="district" if apart <= _TOGETHER_KM else "region",
        )
        return Located(place, f"rule half-way; {one.because}; {two.because}")

    def _border(self) -> Located | None:
        """Of "the Turkish border", "the border between X and Y": the middle of that border."""
        if not placewords.is_border(self.text):
            return None
        named = list(dict.fromkeys(self._border_countries()))
        finer = {self._spot(candidate.row).precision for candidate in self.names.candidates()} - {"country"}
        if finer:
            return None  # "the town of X near the Turkish border"
        others = [code for code in self.scene.countries if code not in named]
        pairs = [(named[0], named[1])] if len(named) > 1 else [(one, two) for one in named for two in others]
        for one, two in pairs:
            if row := self.gazetteer.border(one, two):
                return self._by_rule("rule border", row)
        return None

    def _border_countries(self) -> Iterator[str]:
        """The countries whose border the words speak of, by their own names or by provinces."""
        for part in re.findall(r"[A-Z][\w.]*(?: [A-Z][\w.]*)*", re.sub(r"['’]s\b", "", self.text)):
            if word := self.scene.codebook.find_country(part):
                yield word.country
            elif rows := self.gazetteer.find(part):
                row, _ = self.scene.choose(part, rows)
                if row.country and row.kind in ("region", "admin1"):
                    yield row.country
