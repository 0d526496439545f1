"""Where a report plays: how much it speaks of each country, and the places that are already told from their namesakes."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from trucewatch.claims.placewords import KIND_WORDS, normal
from trucewatch.codebook import Codebook, fold
from trucewatch.codebook.gazetteer import Gazetteer, GazetteerRow
from trucewatch.nouns import Noun, Passage, Report

_SAYS_COUNTRY = {"name": 1.0, "demonym": 0.5, "capital": 0.3, "metonym": 0.2}
_TAG_WEIGHT = 2.0
_ANCHORS = 60
_EARTH_KM = 12742
# What speaks for one of several places of a name, in natural-log units of odds, set by hand and checked on GeoVirus.
_SCENE, _NEAR, _NEAR_KM = 4.0, 2.5, 150.0
_OWN_NAME, _GIVEN, _NO_POINT, _SIZE, _KIND_RIGHT, _KIND_WRONG = 1.0, 1.5, -2.0, 0.6, 2.0, -1.5
_OF_KIND = {"country": 5.0, "region": 2.5, "admin1": 1.0, "admin2": -0.3, "admin3": -0.5, "site": 0.0}
_UNKNOWN_SIZE = 300
_FITS = {
    "town": ("city", "village"),
    "district": ("admin2", "admin3", "region", "city"),
    "region": ("admin1", "region", "admin2"),
    "country": ("country",),
    "site": ("site",),
}
_OF_OR_AFTER = re.compile(
    r"\b(?P<before>[a-z]+) of (?P<one>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)|(?P<two>[A-Z][\w'’-]+) (?P<after>[a-z]+|Province)\b"
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
    """Share of the report's country words by ISO alpha-3, the greatest first; they add up to 1, or there are none."""
    anchors: tuple[Anchor, ...] = ()
    kinds: Mapping[str, str] = {}
    """What the report calls a place of a (folded) name: ``region`` where it says "Idlib province"."""

    @classmethod
    def build(
        cls, report: Report, passages: Sequence[Passage], codebook: Codebook, gazetteer: Gazetteer
    ) -> Scene:
        """The scene of a parsed report: from its place names, demonyms, organisations' countries and region tags."""
        names = []
        for passage in passages:
            for name in passage.names:
                if name.kind in ("LOC", "NORP", "ORG"):
                    words = passage.words[name.first : name.last + 1]
                    names.append((name.kind, report.text[words[0].start : words[-1].end]))
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
        counts: Counter[str] = Counter()
        places: Counter[str] = Counter()
        for kind, name in names:
            name = normal(name)
            if word := codebook.find_country(name):
                counts[word.country] += _SAYS_COUNTRY[word.kind]
            elif kind == "ORG":
                for part in name.split():
                    if word := codebook.find_country(part):
                        counts[word.country] += 0.3
                continue
            if kind == "LOC" and (word is None or word.kind != "name"):
                places[name] += 1
        for tag in tags:
            if word := codebook.find_country(tag.title() if tag.isupper() and len(tag) > 3 else tag):
                counts[word.country] += _TAG_WEIGHT if word.kind == "name" else _SAYS_COUNTRY[word.kind]
        scene = cls(codebook=codebook, countries=_shares(counts), kinds=_kinds(text))
        return scene._with_places(places, counts, gazetteer)

    def _with_places(self, places: Counter[str], counts: Counter[str], gazetteer: Gazetteer) -> Scene:
        """Two rounds: places told by country alone become anchors, which then tell the others by nearness."""
        scene = self
        for _ in range(2):
            anchors, more = [], Counter(counts)
            for name, times in places.most_common(_ANCHORS):
                rows = gazetteer.find(name)
                if not rows:
                    continue
                best, _ = scene.choose(name, rows)
                anchors.append(Anchor(name, best))
                if best.country:
                    more[best.country] += times
            scene = Scene(
                codebook=self.codebook, countries=_shares(more), anchors=tuple(anchors), kinds=self.kinds
            )
        return scene

    def choose(
        self, name: str, rows: Sequence[GazetteerRow], kind: str | None = None, context: Iterable[str] = ()
    ) -> tuple[GazetteerRow, tuple[Reason, ...]]:
        """The likeliest place of a name among ``rows`` (not empty), and what speaks for it, weightiest first.

        ``kind`` is what the words beside it say it is; ``context`` the countries that they name.
        """
        context = tuple(context)
        kind = kind or self.kinds.get(fold(name))
        best = max(rows, key=lambda row: sum(r.weight for r in self._reasons(name, row, kind, context, rows)))
        return best, tuple(sorted(self._reasons(name, best, kind, context, rows), key=lambda r: -abs(r.weight)))

    def _reasons(
        self,
        name: str,
        row: GazetteerRow,
        kind: str | None,
        context: tuple[str, ...],
        rows: Sequence[GazetteerRow],
    ) -> list[Reason]:
        size = row.population or (200_000 if row.source == "areas" else _UNKNOWN_SIZE)
        found = [Reason(f"population {size:,}" if row.population else "size unknown", _SIZE * math.log10(size))]
        if row.kind in _OF_KIND:
            found.append(Reason(f"is a {row.kind}", _OF_KIND[row.kind]))
        if _same_name(fold(name), row):
            found.append(Reason("its usual name", _OWN_NAME))
        if row.source in ("places", "areas"):
            found.append(Reason("given in the tables", _GIVEN))
        if row.lat is None:
            found.append(Reason("position unknown", _NO_POINT))
        if kind:
            fits = row.kind in _FITS.get(kind, ())
            found.append(Reason(f"called a {kind}", _KIND_RIGHT if fits else _KIND_WRONG))
        elif row.kind == "admin1" and any(r.country == row.country and r.kind == "city" and r.population > 30_000 for r in rows):
            found.append(Reason("a city bears the name too", -2.0))
        if context:
            right = row.country in context
            found.append(Reason(f"in {row.country}, which the words name" if right else "in another country", 6.0 if right else -6.0))
        elif row.country and (share := self.countries.get(row.country, 0.0)):
            found.append(Reason(f"scene {row.country} {share:.2f}", _SCENE * math.sqrt(share)))
        if nearest := self._nearest(name, row):
            away, anchor = nearest
            found.append(Reason(f"{away:.0f} km from {anchor}", _NEAR * math.exp(-away / _NEAR_KM)))
        return found

    def _nearest(self, name: str, row: GazetteerRow) -> tuple[float, str] | None:
        if row.lat is None or row.lon is None or row.kind == "country":
            return None
        gaps = [
            (distance((row.lat, row.lon), (a.row.lat, a.row.lon)), a.name)
            for a in self.anchors
            if a.row.lat is not None and a.row.lon is not None and a.name != name and a.row.id != row.id
        ]
        return min(gaps, default=None)

    @property
    def country(self) -> str | None:
        """The country that the report speaks of most; None where it names none."""
        return next(iter(self.countries), None)


def distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Kilometres between two (latitude, longitude) points in degrees."""
    la, lb = math.radians(one[0]), math.radians(two[0])
    half = math.sin((lb - la) / 2) ** 2
    half += math.cos(la) * math.cos(lb) * math.sin(math.radians(two[1] - one[1]) / 2) ** 2
    return _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = sum(counts.values())
    return {code: count / total for code, count in counts.most_common() if count > 0}


@functools.lru_cache(maxsize=20_000)
def _same_name(key: str, row: GazetteerRow) -> bool:
    return fold(row.name).removeprefix("al ") == key.removeprefix("al ")


def _kinds(text: str) -> dict[str, str]:
    """What the text most often calls each name, where it says it at all."""
    said: dict[str, Counter[str]] = {}
    for match in _OF_OR_AFTER.finditer(text):
        name, noun = match["one"] or match["two"], (match["before"] or match["after"]).lower()
        kind = KIND_WORDS.get(noun)
        if kind in ("town", "region") or noun in ("district", "enclave"):
            said.setdefault(fold(name), Counter())[kind or "district"] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in said.items()}
