"""Step 1, the report: where it plays, by how much it speaks of each country, and its places told from their namesakes."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from trucewatch.claims.phrase import listed
from trucewatch.claims.place_arguments import venues
from trucewatch.claims.placewords import COMPASS, KIND_WORDS, normal
from trucewatch.claims.tree import HYPHENS, Tree, surely
from trucewatch.codebook import Codebook, CountryWord, fold
from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow
from trucewatch.codebook.globe import distance
from trucewatch.codebook.spelling import smooth
from trucewatch.nouns import Name, Noun, Passage, Report

_BACKED = listed("after", "backed")
_SAYS_COUNTRY = {"name": 1.0, "demonym": 0.5, "capital": 0.3, "metonym": 0.2}
_TAG = 2.0
_IN_ORGANISATION = 0.3
_UNSURE = 0.3  # weight of a country word that is also a large place elsewhere ("Georgia")
_LONGEST = 3
"""Words of a country's name in that of a body: "Central African Republic"."""
_ANCHORS = 60
_LARGE = 100_000
HARDLY = 0.15
"""Share of a report from which on it speaks of a country."""

# What speaks for one of several places of a name, in units of log odds: set by hand, checked on GeoVirus and LGL.
_SIZE = 0.8  # for every tenfold of its people
_OF_KIND = {"country": 5.0, "region": 2.5, "admin1": 0.5, "admin2": -0.3, "admin3": -0.5}
_KIND_RIGHT = 2.0  # it is what the words beside the name call it
_KIND_WRONG = -1.5  # it is not
_CONTEXT_RIGHT = 6.0  # it lies in a country that the words name
_CONTEXT_WRONG = -6.0  # they name countries, and it lies in none of them
_SCENE = 6.0  # the report speaks of its country alone; as much less as it speaks of others
_NEAR = 4.0  # it lies at another place of the report; a third of it _NEAR_KM away
_OWN_NAME = 1.0  # it is usually called so
_ALIAS_OF_COUNTRY = -5.0  # a country that is usually not
_BEST_KNOWN = 2.0  # it outshines all others of the name
_OVERSHADOWED = -8.0  # it is only also called so, and a capital or a city of a million abroad usually is
_ALSO_CALLED = -2.0  # it is only also called so, and another of its country usually is
_CAPITAL = 2.0  # it is known as a capital
_SHARED_WITH_TOWN = -2.0  # a province, where a town bears the name too and nothing says which is meant
_GIVEN = 1.5  # it stands in our own tables
_NO_POINT = -2.0  # nobody knows where it lies

_PEOPLED = ("city", "village")
_NEAR_KM, _FAR_KM = 150.0, 600.0
_OUTSHINES = 8  # how many times the people of the next of its name a place has that outshines it
_GREAT = 1_000_000  # the people of a city that all know, at least
_UNKNOWN_SIZE, _AREA_SIZE = 2_000, 200_000
"""The people of a place, or of a region of ours, that are not counted."""
_FITS = {
    "town": ("city", "village"),
    "district": ("admin2", "admin3", "region", "city"),
    "region": ("admin1", "region", "admin2"),
    "country": ("country",),
    "site": ("site",),
}
_OF_OR_AFTER = re.compile(
    r"\b(?P<before>[a-z]+) of (?P<one>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r"|(?P<two>[A-Z][\w'’-]+) (?P<after>[a-z]+|Province)\b"
)


class Anchor(NamedTuple):
    """A place that the report speaks of, told from its namesakes."""

    name: str
    row: GazetteerRow


class Reason(NamedTuple):
    """One thing that speaks for a place (weight above 0) or against it."""

    feature: str
    weight: float


class Scene(Noun, frozen=True, kw_only=True):
    """What the rest of the report says about where it plays."""

    codebook: Codebook
    countries: Mapping[str, float] = {}
    """Share of the report's country words by ISO alpha-3, the greatest first; together 1, or empty."""
    told: float = 0.0
    """How much is told of countries in all: what the shares are shares of."""
    anchors: tuple[Anchor, ...] = ()
    kinds: Mapping[str, str] = {}
    """What the report calls a place of a (folded) name: ``region`` where it says "Idlib province"."""

    @classmethod
    def build(cls, report: Report, passages: Sequence[Passage], codebook: Codebook, gazetteer: Gazetteer) -> Scene:
        """The scene of a parsed report: its place names, demonyms, organisations' countries and region tags."""
        names = []
        for passage in passages:
            tree = Tree(passage, report.text)
            aside = {*venues(tree), *_patrons(tree)}
            for name in passage.names:
                if name.kind in ("LOC", "NORP", "ORG") and name not in aside:
                    start, end = passage.words[name.first].start, passage.words[name.last].end
                    after = passage.words[name.last + 1 : name.last + 2]
                    whole = report.text[start : after[0].end] if after and after[0].text[:1].isupper() else ""
                    cut = codebook.find_country(whole)  # "Sri" of "Sri Lankan"
                    names.append((name.kind, whole if cut else report.text[start:end]))
            names += [("ORG", passage.words[at].text) for at in unnamed_groups(passage, codebook)]
        tags = [*report.regions, *report.series, *re.findall(r"[A-Z][\w'’-]+", report.title or "")]
        return cls.of(names, codebook, gazetteer, text=report.text, tags=tags)

    @classmethod
    def of(
        cls,
        names: Iterable[tuple[str, str]],
        codebook: Codebook,
        gazetteer: Gazetteer,
        *,
        text: str = "",
        tags: Iterable[str] = (),
    ) -> Scene:
        """The scene of (kind, name) pairs as they occur in a report; kinds are those of ``nouns.Name``."""
        counts: defaultdict[str, float] = defaultdict(float)
        places: Counter[str] = Counter()
        for kind, name in ((kind, normal(name)) for kind, name in names):
            if word := codebook.find_country(name):
                unsure = is_unsure(name, word, codebook, gazetteer)
                counts[word.country] += _UNSURE if unsure else _SAYS_COUNTRY[word.kind]
                is_place = unsure or word.kind == "capital"
            else:
                is_place = name.lower() not in COMPASS and name.lower() not in KIND_WORDS  # "the West", "Republic"
                for country in _of_organisation(name, codebook) if kind == "ORG" else ():
                    counts[country] += _IN_ORGANISATION
            if kind == "LOC" and is_place:
                places[name] += 1
        for tag in tags:
            word = codebook.find_country(tag.title() if tag.isupper() and len(tag) > 3 else tag)
            if word is not None:
                counts[word.country] += _TAG if word.kind == "name" else _SAYS_COUNTRY[word.kind]
        scene = cls(codebook=codebook, countries=_shares(counts), told=sum(counts.values()), kinds=_kinds(text))
        return scene._with_places(places, counts, gazetteer)

    def _with_places(self, places: Counter[str], counts: Mapping[str, float], gazetteer: Gazetteer) -> Scene:
        """Two rounds: places told by country alone become anchors, which then tell the others by nearness."""
        scene = self
        for _ in range(2):
            anchors, more = [], defaultdict(float, counts)
            for name, times in places.most_common(_ANCHORS):
                if rows := gazetteer.find(name):
                    best, _ = scene.choose(name, rows)
                    anchors.append(Anchor(name, best))
                    if best.country:
                        more[best.country] += times
            scene = msgspec.structs.replace(
                self, countries=_shares(more), told=sum(more.values()), anchors=tuple(anchors)
            )
        return scene

    @property
    def country(self) -> str | None:
        """The country that the report speaks of most; None where it names none."""
        return next(iter(self.countries), None)

    def share_beside(self, name: str, row: GazetteerRow) -> float | None:
        """The share of a place's country in all else that is told, for a name is no evidence for itself; None where nothing is."""
        own = any(one.name == name and one.row.country == row.country for one in self.anchors)
        if own >= self.told:
            return None
        return (self.countries.get(row.country or "", 0.0) * self.told - own) / (self.told - own)

    # ------------------------------------------------------------ telling namesakes apart

    def choose(
        self, name: str, rows: Sequence[GazetteerRow], kind: str | None = None, context: Sequence[str] = ()
    ) -> tuple[GazetteerRow, tuple[Reason, ...]]:
        """The likeliest place of a name among ``rows`` (not empty), and what speaks for it, weightiest first.

        ``kind`` is what the words beside it say it is; ``context`` the countries that they name.
        """
        kind = kind or self.kinds.get(fold(name))
        reasons = [self._reasons(name, row, kind, context) for row in rows]
        known = {row.country for row in rows if self._is_known(name, row)}
        called = {row.country for row in rows if row.kind in _PEOPLED and _same_name(fold(name), row)}
        for row, found in zip(rows, reasons, strict=True):
            seats = self._seats(name, row, rows)
            if seats and kind in (None, "site"):
                found.append(Reason("a town bears the name too", _SHARED_WITH_TOWN))
            if not _same_name(fold(name), row):
                if known - {row.country}:
                    found.append(Reason("a city that all know is usually called so", _OVERSHADOWED))
                elif row.source == "geonames" and row.kind == "city" and row.country in called:
                    found.append(Reason("another place there is usually called so", _ALSO_CALLED))
            elif self._is_best_known(name, row, rows):
                found.append(Reason("the best known of the name", _BEST_KNOWN))
        best = max(range(len(rows)), key=lambda at: sum(reason.weight for reason in reasons[at]))
        return rows[best], tuple(sorted(reasons[best], key=lambda reason: -abs(reason.weight)))

    def _seats(self, name: str, row: GazetteerRow, rows: Sequence[GazetteerRow]) -> list[GazetteerRow]:
        """The towns of a name in the province, or district, that bears it too; capitals wherever they are."""
        towns = rows if row.kind.startswith("admin") else ()
        return [town for town in towns if _is_seat(town, row) or self._is_capital(name, town)]

    def _is_best_known(self, name: str, row: GazetteerRow, rows: Sequence[GazetteerRow]) -> bool:
        """Whether a place outshines its namesakes: no province whose seat bears its name, nor one abroad beside one that is not."""
        if row.kind == "region" and row.country is None:  # "the Middle East"
            return True
        others = (other.population for other in rows if other.id != row.id)
        if row.population < max(_LARGE, _OUTSHINES * max(others, default=0)):
            return False
        here = row.country in self.countries or not any(one.country in self.countries for one in rows)
        own_seat = any(_same_name(fold(name), seat) for seat in self._seats(name, row, rows))
        return not own_seat and (here or not row.kind.startswith("admin"))

    def _reasons(self, name: str, row: GazetteerRow, kind: str | None, context: Sequence[str]) -> list[Reason]:
        """What speaks for and against one place of a name, apart from its namesakes."""
        size = row.population or (_AREA_SIZE if row.source == "areas" else _UNKNOWN_SIZE)
        found = [Reason(f"population {size:,}" if row.population else "size unknown", _SIZE * math.log10(size))]
        if row.kind in _OF_KIND:
            found.append(Reason(f"is a {row.kind}", _OF_KIND[row.kind]))
        if _same_name(fold(name), row):
            found.append(Reason("its usual name", _OWN_NAME))
        elif row.kind == "country":
            found.append(Reason("by another name", _ALIAS_OF_COUNTRY))
        ours = row.kind == "city" and row.aliases and fold(name) in map(fold, (row.name, *row.aliases))
        if row.source in ("places", "areas") or ours:
            found.append(Reason("given in the tables", _GIVEN))
        if row.lat is None:
            found.append(Reason("position unknown", _NO_POINT))
        if kind:
            fits = row.kind in _FITS.get(kind, ())
            found.append(Reason(f"fits a {kind}" if fits else f"is no {kind}", _KIND_RIGHT if fits else _KIND_WRONG))
        if self._is_capital(name, row):
            found.append(Reason("a capital", _CAPITAL))
        return [*found, *self._country_reasons(row, context), *self._near_reasons(name, row)]

    def _is_capital(self, name: str, row: GazetteerRow) -> bool:
        """Whether it is the city that is known by the name as a capital."""
        word = self.codebook.find_country(name)
        return word is not None and word.kind == "capital" and row.country == word.country and row.kind == "city"

    def _is_known(self, name: str, row: GazetteerRow) -> bool:
        """Whether all know a city by its usual name: "New York" is not Niu-York, and "Islamabad" not Anantnag."""
        great = row.kind == "city" and (row.population >= _GREAT or self._is_capital(name, row))
        return great and _same_name(fold(name), row)

    def _country_reasons(self, row: GazetteerRow, context: Sequence[str]) -> list[Reason]:
        """What its country says: whether the words name it, else how much the report speaks of it."""
        if context:
            right = row.country in context
            feature = f"in {row.country}, which the words name" if right else "not in the country that the words name"
            return [Reason(feature, _CONTEXT_RIGHT if right else _CONTEXT_WRONG)]
        share = self.countries.get(row.country or "", 0.0)
        return [Reason(f"scene {row.country} {share:.2f}", _SCENE * share)] if share else []

    def _near_reasons(self, name: str, row: GazetteerRow) -> list[Reason]:
        """How near it lies to another place of the report."""
        near = self.nearest(name, row)
        if near is None or near[0] > _FAR_KM:
            return []
        return [Reason(f"{near[0]:.0f} km from {near[1]}", _NEAR * math.exp(-near[0] / _NEAR_KM))]

    def nearest(self, name: str, row: GazetteerRow) -> tuple[float, str] | None:
        """Kilometres to the nearest of the report's other places, and its name."""
        if row.point is None or row.kind == "country":
            return None
        gaps = [
            (distance(row.point, anchor.row.point), anchor.name)
            for anchor in self.anchors
            if anchor.row.point and anchor.name != name and anchor.row.id != row.id
        ]
        return min(gaps, default=None)


def _patrons(tree: Tree) -> Iterator[Name]:
    """The names of those who only stand behind others, or between them: "backed by *Rwandan* guns", "*Qatar* brokered a deal"."""
    backed = {by for word in range(len(tree.words)) if tree.form(word) in _BACKED for by in tree.hung(word, "by")}
    between = {at for one in tree.events("CONSULT") if one.mode == "third-party" for at in surely(one, "actor")}
    for name in tree.passage.names:
        top = tree.top(name)
        if top in between or not backed.isdisjoint((top, tree.words[top].head)) or _is_behind(tree, name):
            yield name


def _is_behind(tree: Tree, name: Name) -> bool:
    """Whether a hyphen says that those of a name only stand behind others: "*Turkish*-backed"."""
    after = [tree.form(at) for at in range(name.last + 1, min(name.last + 3, len(tree.words)))]
    return len(after) == 2 and after[0] in HYPHENS and after[1] in _BACKED


def unnamed_groups(passage: Passage, codebook: Codebook) -> Iterator[int]:
    """The words of armed groups that the language model does not take for names: "*Houthi* fighters"."""
    named = {at for name in passage.names for at in range(name.first, name.last + 1)}
    for at, word in enumerate(passage.words):
        if at not in named and word.text[:1].isupper():
            actor = codebook.find_actor(word.text)
            if actor and actor.kind == "armed-group":
                yield at


@functools.lru_cache(maxsize=5_000)
def is_unsure(name: str, word: CountryWord, codebook: Codebook, gazetteer: Gazetteer) -> bool:
    """Whether a country's name is as well that of a large place elsewhere, or of a part of it: "Georgia", "England"."""
    if word.kind != "name":
        return False
    alias = fold(codebook.countries[word.country].name) != fold(name)
    return any(
        _same_name(fold(name), row)
        and (row.country != word.country or alias)
        and (row.kind == "admin1" or row.population >= _LARGE)
        for row in gazetteer.find(name)
        if row.kind in ("admin1", "city")
    )


def _of_organisation(name: str, codebook: Codebook) -> list[str]:
    """The countries in an organisation's name, in their order; without any, that of the listed one, or where its full name says it
    is: UNIFIL is the interim force *in Lebanon*."""
    if fold(name).removeprefix("the ") in listed("names", "common"):
        return []
    if told := _lands(name, codebook):
        return told
    actor = codebook.find_actor(name)
    if actor and actor.country and actor.country in codebook.countries:
        return [actor.country]
    return _lands(f"{actor.name} {actor.note or ''}", codebook) if actor and actor.kind == "igo" else []


def _lands(words: str, codebook: Codebook) -> list[str]:
    """The countries that a name's words name, in their order: of "South Sudan" not Sudan."""
    tokens, found = words.split(), dict[str, None]()
    while tokens:
        names = ((size, codebook.find_country(" ".join(tokens[:size]))) for size in range(_LONGEST, 0, -1))
        size, word = next(((size, word) for size, word in names if word), (1, None))
        if word:
            found[word.country] = None
        tokens = tokens[size:]
    return list(found)


def _shares(counts: Mapping[str, float]) -> dict[str, float]:
    """Counts as shares of their sum, the greatest first."""
    total = sum(counts.values())
    return {code: count / total for code, count in sorted(counts.items(), key=lambda pair: -pair[1])}


@functools.lru_cache(maxsize=20_000)
def _same_name(key: str, row: GazetteerRow) -> bool:
    """Whether a folded name is the usual one of a place, small differences of spelling aside."""
    return smooth(fold(row.name)) == smooth(key)


def _is_seat(town: GazetteerRow, of: GazetteerRow) -> bool:
    """Whether a town lies in the province of its name, or a town or village in the district."""
    if town.kind not in ("city", "village") or town.country != of.country:
        return False
    return of.kind != "admin1" or (town.kind == "city" and town.admin1 == of.name)


def _kinds(text: str) -> dict[str, str]:
    """What the text most often calls each name, where it says it at least every other time."""
    said: dict[str, Counter[str]] = {}
    for match in _OF_OR_AFTER.finditer(text):
        name, noun = match["one"] or match["two"], (match["before"] or match["after"]).lower()
        kind = KIND_WORDS.get(noun)
        if kind in ("town", "region") or noun in ("district", "enclave"):
            said.setdefault(name, Counter())[kind or "district"] += 1
    return {
        fold(name): counts.most_common(1)[0][0]
        for name, counts in said.items()
        if 2 * counts.total() >= len(re.findall(rf"\b{re.escape(name)}\b", text))
    }
