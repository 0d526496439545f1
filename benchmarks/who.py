"""How well phrases that name somebody are understood: every entity of the gold reports, identified from its own words.

    python -m benchmarks.who [--errors]

The phrase is the gold one, so this measures claims/who.py alone, not which phrase was found. The reports measure; no
rule or table row was written for one of them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks import SHARED
from trucewatch import codebook
from trucewatch.claims.cast import Cast
from trucewatch.claims.scene import Scene
from trucewatch.claims.who import Identified, identify
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.language import Engine
from trucewatch.nouns import Entity, Report

GOLD = SHARED / "gold"


class Judged(NamedTuple):
    """A gold entity, what we took it for, and in which points that is right."""

    report: str
    gold: dict[str, Any]
    found: Identified
    country: bool
    sector: bool
    alike: bool
    same: bool
    """By name, or by country and sector, the words themselves left aside."""


def casts() -> Iterator[tuple[dict[str, Any], Cast]]:
    """Every gold report with its cast, from a parse by the packaged model."""
    engine, book, gazetteer = Engine.load(), codebook.load(), Gazetteer.open()
    for gold in json.loads((GOLD / "dev.json").read_text("utf-8")):
        date = dt.date.fromisoformat(gold["date"]) if gold["date"] else None
        report = Report(id=gold["id"], text=" ".join(gold["sentences"]), title=gold["title"], published=date)
        passages = engine.parse(report.text)
        scene = Scene.build(report, passages, book, gazetteer)
        yield gold, Cast.build(report, passages, book, scene.countries)


def judge() -> list[Judged]:
    """Every distinct entity of every gold report."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    out = []
    for report, cast in casts():
        parties = [party for claim in report["claims"] for party in claim["actors"] + claim["recipients"]]
        for gold in {(party["text"], party["name"]): party for party in parties}.values():
            found = identify(gold["text"], cast)
            ours: Entity = found.entity
            country, sector = ours.country == gold["country"], ours.sector == gold["sector"]
            alike = score.alike(ours.name, gold["name"])
            same = alike or bool(gold["country"] and country and sector)
            out.append(Judged(report["id"], gold, found, country, sector, alike, same))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--errors", action="store_true", help="list every entity whose country or sector is not the gold one"
    )
    errors = parser.parse_args().errors
    if not GOLD.exists():
        sys.exit("benchmarks.who: skipped, there is no shared/gold beside the repository")
    judged = judge()
    for one in judged if errors else ():
        if not (one.country and one.sector and one.same):
            ours, gold = one.found.entity, one.gold
            print(
                f"{one.report}: {gold['text']!r}\n    ours {ours.name} {ours.country} {ours.sector} {dict(one.found.because)}"
            )
            print(f"    gold {gold['name']} {gold['country']} {gold['sector']}")
    shares = {
        "country": [one.country for one in judged],
        "sector": [one.sector for one in judged],
        "country and sector": [one.country and one.sector for one in judged],
        "name alike": [one.alike for one in judged],
        "same entity, by name or country and sector": [one.same for one in judged],
    }
    for name, hits in shares.items():
        print(f"{name:<44} {sum(hits)}/{len(hits)} = {sum(hits) / len(hits):.3f}")
    print(f"time an entity {_milliseconds([one.gold['text'] for one in judged]):.3f} ms")


def _milliseconds(phrases: list[str]) -> float:
    """Mean time of one phrase, tables loaded."""
    cast = Cast(codebook.load(), dt.date(2018, 1, 1), "SYR")
    for phrase in phrases:
        identify(phrase, cast)
    start = time.process_time()
    for phrase in phrases * 5:
        identify(phrase, cast)
    return (time.process_time() - start) * 200 / len(phrases)


if __name__ == "__main__":
    main()
