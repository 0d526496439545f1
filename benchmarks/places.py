"""How well names of places are told from their namesakes: GeoVirus, LGL and the development gold.

    python -m benchmarks.places [--errors]

GeoVirus (Wikinews, CC BY) and LGL (local newspapers) give toponyms with coordinates: a place within 161 km
(100 miles) of the gold point is right. For the gold reports, the place of each claim is looked up from its own words
and held against the scorer's ``same_place``. The corpora lie in ``shared`` beside the repository; without them the
benchmark says so and passes.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import statistics
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import SHARED
from trucewatch import codebook
from trucewatch.claims.placewords import chunks, normal
from trucewatch.claims.where import Scene, locate
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.globe import distance
from trucewatch.nouns import Place

NEAR_KM = 161.0


class Toponym(NamedTuple):
    """A name in a text with the point that it stands for."""

    name: str
    lat: float
    lon: float


def geovirus(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    """Text and toponyms of each article of GeoVirus."""
    for article in ET.fromstring(gzip.decompress(path.read_bytes())).iter("article"):
        found = [
            Toponym(_text(place, "name"), float(_text(place, "lat")), float(_text(place, "lon")))
            for place in article.iter("location")
        ]
        yield _text(article, "text"), found


def lgl(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    """Text and toponyms of each article of LGL; toponyms without coordinates are left out."""
    for article in ET.fromstring(gzip.decompress(path.read_bytes())).iter("article"):
        found = []
        for place in article.iter("toponym"):
            tag = place.find("gaztag")
            lat, lon = place.findtext("lat"), place.findtext("lon")
            if tag is not None:
                lat, lon = tag.findtext("lat"), tag.findtext("lon")
            if lat and lon:
                found.append(Toponym(_text(place, "phrase"), float(lat), float(lon)))
        yield _text(article, "text"), found


def _text(node: ET.Element, tag: str) -> str:
    return node.findtext(tag) or ""


def report_names(text: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Names of a text without a parser: capitalised runs that the tables or the gazetteer know."""
    book = codebook.load()
    for sentence in re.split(r"(?<=[.!?”])\s+", text):
        for chunk in chunks(normal(sentence)):
            word = book.find_country(chunk.text)
            if word is not None:
                yield ("NORP" if word.kind == "demonym" else "LOC"), chunk.text
            elif chunk.start and gazetteer.find(chunk.text):
                yield "LOC", chunk.text


def measure(articles: Iterable[tuple[str, Sequence[Toponym]]], errors: bool) -> dict[str, float]:
    """Accuracy within 161 km on located names and on all, mean and median error, microseconds a look-up."""
    book, gazetteer = codebook.load(), Gazetteer.open()
    gaps: list[float] = []
    total, spent = 0, 0.0
    for text, toponyms in articles:
        demonyms = [pair for pair in report_names(text, gazetteer) if pair[0] == "NORP"]
        names = [("LOC", toponym.name) for toponym in toponyms]
        scene = Scene.of([*names, *demonyms], book, gazetteer, text=text)
        for toponym in toponyms:
            total += 1
            start = time.perf_counter()
            found = locate(toponym.name, scene, gazetteer)
            spent += time.perf_counter() - start
            if found is None or found.place.lat is None or found.place.lon is None:
                if errors:
                    print(f"  not found  {toponym.name}")
                continue
            gaps.append(distance((found.place.lat, found.place.lon), (toponym.lat, toponym.lon)))
            if errors and gaps[-1] > NEAR_KM:
                print(f"  {gaps[-1]:7.0f} km  {toponym.name}: {found.place.name} {found.place.country} {found.because}")
    right = sum(gap <= NEAR_KM for gap in gaps)
    return {
        "toponyms": total,
        "located": len(gaps) / total,
        "accuracy@161km of located": right / len(gaps),
        "accuracy@161km of all": right / total,
        "mean error km": statistics.mean(gaps),
        "median error km": statistics.median(gaps),
        "us a name": spent / total * 1e6,
    }


def gold(path: Path, scorer: Path, errors: bool) -> dict[str, float]:
    """Share of the gold places that are found again from their own words in their report."""
    same_place = _scorer(scorer).same_place
    book, gazetteer = codebook.load(), Gazetteer.open()
    right = total = 0
    for report in json.loads(path.read_text(encoding="utf-8")):
        text = " ".join(report["sentences"])
        scene = Scene.of(report_names(text, gazetteer), book, gazetteer, text=text)
        before: list[Place] = []
        for claim in sorted(report["claims"], key=lambda claim: min(claim["mentions"])):
            wanted = claim["place"]
            if not wanted:
                continue
            found = locate(wanted["text"], scene, gazetteer, before)
            got = {"name": found.place.name, **_point(found.place)} if found else None
            total += 1
            right += bool(same_place(got, wanted))
            if errors and not same_place(got, wanted):
                print(f"  {report['id']}  {wanted['text']!r}: {got} for {wanted} {found.because if found else ''}")
            if found:
                before.append(found.place)
    return {"places": total, "same place": right / total}


def _point(place: Place) -> dict[str, Any]:
    return {"country": place.country, "lat": place.lat, "lon": place.lon}


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("gold_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    """Prints the figures of every corpus that is there."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    options.add_argument("--errors", action="store_true", help="list what was missed or put elsewhere")
    errors = options.parse_args().errors
    if not SHARED.is_dir():
        print("places: no shared folder beside the repository, nothing measured")
        return 0
    folder = SHARED / "corpora/places"
    runs: dict[str, Callable[[], dict[str, float]]] = {
        "GeoVirus": lambda: measure(geovirus(folder / "geovirus.xml.gz"), errors),
        "LGL": lambda: measure(lgl(folder / "lgl.xml.gz"), errors),
        "gold dev": lambda: gold(SHARED / "gold/dev.json", SHARED / "gold/score.py", errors),
    }
    for name, run in runs.items():
        figures = run()
        print(name, "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
