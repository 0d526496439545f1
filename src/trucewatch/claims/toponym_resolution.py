"""Step 3, where: the names of a place phrase looked up, each told from its namesakes by the other names and the scene."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch.claims.geometry import within
from trucewatch.claims.placewords import COMPASS, KIND_WORDS, WORDS, Chunk, mission_at, only_beside, without_office
from trucewatch.claims.scene import HARDLY, Reason, Scene, is_unsure
from trucewatch.codebook import fold
from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow
from trucewatch.codebook.globe import distance

_LARGE = 50_000  # people from which on a town is no village
_FEW, _GREAT, _FAR_KM, _BESIDE_KM, _MUCH = 20_000, 1_000_000, 300.0, 100.0, 0.3

_CITY_WITH_SIDES = 500_000
"""People of a city whose parts are spoken of by their side: "eastern Aleppo", but "southern Idlib" is the province."""


def is_initials(name: str, scene: Scene) -> bool:
    """Whether a name is an actor's initials ("the U.N."), which small towns are called, too."""
    name = name.removeprefix("the ")
    letters = name.replace(".", "")
    of_country = scene.codebook.find_country(name) is not None
    return letters.isalpha() and letters.isupper() and not of_country and scene.codebook.find_actor(name) is not None


class Candidate(NamedTuple):
    """A name of the phrase with the place that it was told to be."""

    chunk: Chunk
    row: GazetteerRow
    side: str | None
    reasons: tuple[Reason, ...]


class _Option(NamedTuple):
    chunk: Chunk
    name: str
    side: str | None
    kind: str | None
    rows: Sequence[GazetteerRow]


class Names:
    """The names of one phrase."""

    def __init__(self, text: str, chunks: Sequence[Chunk], scene: Scene, gazetteer: Gazetteer) -> None:
        self.text, self.chunks, self.scene, self.gazetteer = text, chunks, scene, gazetteer
        self._owner_until = mission_at(text)
        self.context = tuple(dict.fromkeys(self._context()))
        """Countries that the phrase names beside its place: "Iraq's Anbar province", "the Syrian town of X"."""

    def candidates(self) -> Iterator[Candidate]:
        """Every name that the gazetteer knows, in text order."""
        chunks = (chunk for chunk in self.chunks if not self.is_no_place(chunk))
        parts = (part for chunk in chunks for part in self._split(chunk) if not self.is_no_place(part))
        options = [self._option(part) for part in parts]
        for at, option in enumerate(options):
            before, later = options[:at], options[at + 1 :]
            held = self._held(option, later) or self._beside(option, later)
            if not option.rows or (not held and (self._is_elsewhere(option, later) or _is_anothers(option, before))):
                continue
            row, reasons = self.scene.choose(option.name, held or option.rows, option.kind, self.context)
            if _is_too_large(option, row) or self._is_business_elsewhere(option, row):
                continue
            others = [other for one in (*before, *later) for other in one.rows]
            if held or _any_near(row, others) or self.is_likely(option.name, row, option.kind):
                yield Candidate(option.chunk._replace(text=option.name, kind=option.kind), row, option.side, reasons)

    def _held(self, option: _Option, later: Sequence[_Option]) -> list[GazetteerRow]:
        """The places of a name that lie within one that is told behind them: "*Manbij*, in Aleppo province"."""
        holders = [row for one in later for row in one.rows if row.kind in _HOLDERS]
        return [row for row in option.rows if any(self._holds(holder, row) for holder in holders)]

    def _beside(self, option: _Option, later: Sequence[_Option]) -> list[GazetteerRow]:
        """The places of a name that lie near the one that they are told to lie near, or in: "*Duma*, south of Nablus"."""
        other, between = self._next(option, later)
        if other is None or not (only_beside(between) or {"in", "of"} & {*between.split()}):
            return []
        return [row for row in option.rows if _any_near(row, other.rows, _BESIDE_KM)]

    def _next(self, option: _Option, later: Sequence[_Option]) -> tuple[_Option | None, str]:
        """The next name that the gazetteer knows, and the words up to it."""
        other = next((one for one in later if one.rows), None)
        return other, self.text[option.chunk.end : other.chunk.start] if other else ""

    def unknown_in(self, chunk: Chunk) -> str | None:
        """The place that the gazetteer lacks and that the phrase tells to lie in or near a known one: "*Wali Kor* area of Safi"."""
        before = chunk.start > self.chunks[0].start
        known = {candidate.chunk.start for candidate in self.candidates()} if before else set()
        for one in self.chunks:
            if not before or one.end > chunk.start or one.start in known:
                return None
            book = self.scene.codebook
            somebody = book.find_actor(one.text) or book.find_country(one.text) or one.noun in WORDS["dwelling"]
            linked = re.search(r"(?:^| )(?:of|in|at|near)(?: |$)|,", self.text[one.end : chunk.start])
            if linked and not somebody and not self.is_no_place(one):
                return one.whole or one.text
        return None

    def part_of(self, chunk: Chunk) -> str | None:
        """The same of what belongs to a known place: "Aden's *Al-Tawila* district"."""
        others = (one for one in self.chunks if one.start >= chunk.end)
        return next((one.text for one in others if chunk.possessive and one.kind == "district"), None)

    def is_no_place(self, chunk: Chunk) -> bool:
        """Demonyms are no places, nor are initials of actors, "Police Station" and the owners of houses, embassies and bases."""
        if is_initials(chunk.text, self.scene):
            return True
        find = self.scene.codebook.find_country
        word = (find(chunk.whole) if chunk.whole else None) or find(chunk.text)
        if word is not None:
            alone = chunk.possessive and len(self.chunks) == 1 and word.kind != "capital"  # "Ramallah's main square"
            owner = chunk.start < self._owner_until or alone
            return word.kind == "demonym" or owner
        role = self.scene.codebook.find_role
        plain = all(word.lower() in KIND_WORDS or role(word) for word in chunk.text.split())
        if plain and chunk.kind in ("town", "district"):  # "Tank district"
            return not self.known(without_office(chunk.text))
        return plain or (chunk.possessive and chunk.noun in WORDS["dwelling"])

    def is_likely(self, name: str, row: GazetteerRow, kind: str | None = None) -> bool:
        """Whether a place far from all that the report speaks of is meant, and no namesake or mere word ("Opera House", "Rose"): by its
        size, its usual name beside what it is ("Basilan province"), and whether its country is named at all."""
        share = self.scene.share_beside(name, row)
        if row.kind in _HOLDERS or row.source in ("places", "areas") or share is None:
            return True
        near, usual = self.scene.nearest(name, row), fold(name) in map(fold, (row.name, *row.aliases))
        if not usual and kind == "district" and row.country != self.scene.country:
            # "the Poonch sector" of two armies' border
            spoken_of = self.scene.countries.get(row.country or "", 0.0) >= _MUCH
            return spoken_of and row in self.gazetteer.find(name)
        # with no other place to lie far from
        at_hand = usual or self._is_next_door(row) if near is None else near[0] <= _FAR_KM
        if row.country in self.context or share >= HARDLY or at_hand:
            return True
        if kind == "site":
            return row.population >= _GREAT
        if not usual:
            return share > 0 and row.population >= _GREAT
        told = kind not in (None, "district", "town") or (
            kind == "town" and name == row.name
        )  # not Sålanda for "Salanda"
        return told or row.population >= _FEW or share > 0

    def _is_next_door(self, row: GazetteerRow) -> bool:
        """Whether a place lies near the country of which most is told: "an *Israeli* strike on Bint Jubayl"."""
        land = self.gazetteer.country(self.scene.country or "")
        if land is None or land.point is None or row.point is None:
            return False
        return distance(land.point, row.point) <= _FAR_KM

    def _is_elsewhere(self, option: _Option, later: Sequence[_Option]) -> bool:
        """Whether a name's places all lie far from the place that it is said to be in or near: "Eagle Base in Tuzla"."""
        other, between = self._next(option, later)
        if other is None:
            return False
        province = between.strip() == "," and other.kind == "region"
        if not (province or {"in", "of", "near"} & {*between.split()}):
            return False
        near = _BESIDE_KM if option.kind == "district" else _FAR_KM  # "the Doura district of Baghdad"
        return not any(_any_near(row, other.rows, near) for row in option.rows)

    def known(self, name: str) -> Sequence[GazetteerRow]:
        """The places of a name; other spellings too, where none of the very name lies in the scene's countries."""
        if name.lower() in KIND_WORDS:
            return ()
        word = self.scene.codebook.find_country(name)
        if word is not None and word.kind == "name":
            row = self.gazetteer.country(word.country)
            sure = not is_unsure(name, word, self.scene.codebook, self.gazetteer)
            if row is not None and sure:
                return (row,)
            others = [other for other in self.gazetteer.find(name) if other.kind != "country"]
            return [row, *others] if row is not None else others
        rows = self.gazetteer.find(name)
        return self._with_alike(name, rows) if rows else ()

    # ------------------------------------------------------------ inside

    def _context(self) -> Iterator[str]:
        """The countries that stand beside the place in the phrase."""
        if len(self.chunks) < 2:
            return
        for chunk in self.chunks:
            word = self.scene.codebook.find_country(chunk.text)
            if word is None or word.kind not in ("name", "demonym") or chunk.start < self._owner_until:
                continue
            if not is_unsure(chunk.text, word, self.scene.codebook, self.gazetteer):
                yield word.country

    def _split(self, chunk: Chunk) -> Iterator[Chunk]:
        """ "Korengal Valley of Kunar" is two names, "University of Mosul" may be one."""
        first, of, second = chunk.text.partition(" of ")
        if not of or self.known(chunk.whole or chunk.text):
            yield chunk
            return
        cut = chunk.start + self.text[chunk.start :].index(of)
        yield chunk._replace(text=first, end=cut, whole=None, noun=None, kind=None)
        yield chunk._replace(text=second, start=cut + len(of), whole=None, side=None)

    def _option(self, chunk: Chunk) -> _Option:
        """The places of a chunk: as a whole, without its office, by its longest known part, spelled otherwise."""
        plain = without_office(chunk.text)
        if rows := self._with_noun(chunk):
            return _Option(chunk, rows[0].name, chunk.side, None, rows)
        for name, side in ((chunk.whole, None), (chunk.text, chunk.side), (plain, chunk.side)):
            if name and (rows := self.known(name)):
                titled = name == plain != chunk.text
                kind = KIND_WORDS[chunk.text.split()[-1].lower()] if titled else chunk.kind
                if any(row.kind == "admin1" for row in rows) and self._is_wide(chunk, side, kind, rows):
                    kind = "region"
                return _Option(chunk, name, side, kind, rows)
        for name in self._parts(chunk.text.split()):
            if rows := [row for row in self.known(name) if not self._is_called_after(chunk, row)]:
                return _Option(chunk, name, chunk.side, chunk.kind, rows)
        return _Option(chunk, chunk.text, chunk.side, chunk.kind, self._with_alike(chunk.text, ()))

    def _with_noun(self, chunk: Chunk) -> Sequence[GazetteerRow]:
        """The places of a name with the noun behind it ("*Masnaa crossing*"), or the river that "the" says it is: "the *Dnipro*"."""
        behind = self.text[chunk.end :].split()[:1]
        if behind and behind == [chunk.noun] and chunk.kind in ("site", "district"):
            return [
                row for row in self.gazetteer.find(f"{chunk.text} {chunk.noun}") if row.source in ("places", "areas")
            ]
        article = self.text[: chunk.start].endswith("the ") and chunk.noun is None and not chunk.possessive
        return [row for row in self.gazetteer.find(f"{chunk.text} River") if row.source == "areas"] if article else ()

    def _is_business_elsewhere(self, option: _Option, row: GazetteerRow) -> bool:
        """Whether a business is called after a city of a country hardly told of: "Medina *restaurant*" in a report on Karachi."""
        noun = option.chunk.noun or option.chunk.text.split()[-1].lower()
        share = self.scene.share_beside(option.name, row)
        return noun in WORDS["business"] and share is not None and share < _MUCH

    def _is_wide(self, chunk: Chunk, side: str | None, kind: str | None, rows: Sequence[GazetteerRow]) -> bool:
        """Whether the province of a city is meant: by its side, "the Idlib countryside", or "the border in Idlib"."""
        before = self.text[: chunk.start].lower().split()
        if chunk.noun in WORDS["rural"] or (kind is None and before[-1:] == ["in"] and WORDS["long"] & {*before}):
            return True
        sides = side and kind is None
        return bool(sides) and all(row.population < _CITY_WITH_SIDES for row in rows if row.kind == "city")

    def _is_called_after(self, chunk: Chunk, row: GazetteerRow) -> bool:
        """Whether what a chunk names only bears a place's name: "Oxford Street", "Qatar Hospital" in another country."""
        last = chunk.text.split()[-1].lower()
        if row.kind == "country":
            return KIND_WORDS.get(last) == "site" and row.country != self.scene.country
        return last in WORDS["street"]

    def _parts(self, words: Sequence[str]) -> Iterator[str]:
        """Shorter stretches of a name whose other words are no part of it: "Mosul" of "Mosul International Airport"."""
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length + 1):
                if all(self._is_aside(word) for word in (*words[:start], *words[start + length :])):
                    yield " ".join(words[start : start + length])

    def _is_aside(self, word: str) -> bool:
        """Whether a word is no part of a name: a kind, a side, a country, "international"."""
        lower = word.lower()
        if lower in KIND_WORDS or lower in COMPASS or lower in WORDS["aside"]:
            return True
        return self.scene.codebook.find_country(word) is not None

    def _with_alike(self, name: str, rows: Sequence[GazetteerRow]) -> Sequence[GazetteerRow]:
        """The places of a name, with those of other spellings where none lies in a country that is spoken of."""
        near = self.context or tuple(code for code, share in self.scene.countries.items() if share >= HARDLY)
        if any(row.country in near or row.kind in ("country", "region") for row in rows):
            return rows
        return (*rows, *self.gazetteer.find_alike(name, near)) if near else rows

    def _holds(self, holder: GazetteerRow, row: GazetteerRow) -> bool:
        """Whether a coarser place that is named after a place has it inside: "Manbij, in Aleppo province"."""
        if holder.id == row.id or row.kind == "country":
            return False
        if holder.kind == "country":
            return holder.country == row.country
        if row.kind in ("admin1", "region"):
            return False
        if holder.kind == "admin1" and holder.country == row.country and holder.name == row.admin1:
            return True
        box = self.gazetteer.extent(holder.id)
        return box is not None and row.point is not None and within(box, row.point)


def _is_too_large(option: _Option, row: GazetteerRow) -> bool:
    """Whether a village is meant and this is a large town of another name: "the village of *al-Majdal*" is not Ashkelon."""
    village = option.chunk.noun in WORDS["village"] and row.population >= _LARGE
    return village and fold(option.name) != fold(row.name)


def _is_anothers(option: _Option, before: Sequence[_Option]) -> bool:
    """Whether a name's places all lie far from the town whose it is said to be: "*Sanaa's* Tahrir Square"."""
    owner = before[-1] if before else None
    if owner is None or not owner.chunk.possessive or not owner.rows:
        return False
    return not any(_any_near(row, owner.rows) for row in option.rows)


def _any_near(one: GazetteerRow, others: Sequence[GazetteerRow], within_km: float = _FAR_KM) -> bool:
    """Whether a place lies in or near one of several others."""
    return any((gap := _gap(one, other)) is not None and gap <= within_km for other in others)


def _gap(one: GazetteerRow, two: GazetteerRow) -> float | None:
    """Kilometres between two places; none from a place in a country to that country."""
    if two.kind == "country":
        return 0.0 if one.country == two.country else None
    return distance(one.point, two.point) if one.point and two.point else None


_HOLDERS = ("country", "region", "admin1", "admin2")
