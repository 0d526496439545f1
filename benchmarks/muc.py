"""How reports of MUC-4 are coded: texts in capitals alone, each with templates of its attacks (stage, perpetrator, target).

    python -m benchmarks.muc [--reports 200] [--as-it-stands]

The development messages (1989 to 1991, Latin America) lie in ``shared`` beside the repository; without them the benchmark
says so and passes. Nothing was learned from them. A template is found where a claim of violence, coercion or a threat has
one of its perpetrators or targets among its parties, by the head word; its place is right by name. Its stage is right
where the first such claim's status says as much: what was accomplished has happened or goes on, what was attempted or
threatened has not. ``--as-it-stands`` codes the text as it is, without reading its capitals as small letters.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks import SHARED
from trucewatch import codebook, run
from trucewatch.claims import coder
from trucewatch.language import Engine
from trucewatch.nouns import Claim, Entity, Report
from trucewatch.reports import from_text

FILE = SHARED / "corpora/records/muc4-dev.jsonl.gz"
_SEED = 4
_TYPES = ("ASSAULT", "COERCE", "THREATEN")
_DONE = ("happened", "ongoing")
_PERPETRATORS = ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID")
_TARGETS = ("HUM TGT: NAME", "HUM TGT: DESCRIPTION", "PHYS TGT: ID")
_MARKS = re.compile(r"\[[A-Z ,.]*\](?= )")
"""The service's own marks, "[TEXT]" and the like."""


def read(row: dict[str, Any]) -> Report:
    """A message as a report: its lines joined to paragraphs."""
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", _MARKS.sub(" ", row["text"]))
    return from_text(text, outlet="FBIS")


def heads(template: dict[str, list[str]], slots: tuple[str, ...]) -> set[str]:
    """The head words of what fills some slots: the last of each quoted phrase, before any "of"."""
    filled = (
        phrase for slot in slots for value in template.get(slot, ()) for phrase in re.findall(r'"([^"]+)"', value)
    )
    return {phrase.lower().split(" of ")[0].split()[-1] for phrase in filled}


def words(parties: tuple[Entity, ...]) -> set[str]:
    """The words of some parties, as told and as named."""
    return {word for one in parties for word in re.findall(r"\w+", f"{one.text} {one.name}".lower())}


def measure(count: Counter[str], templates: list[dict[str, list[str]]], claims: tuple[Claim, ...]) -> None:
    """Count what of a message's templates the claims have."""
    told = [claim for claim in claims if claim.type in _TYPES]
    for template in templates:
        stage = template["INCIDENT: STAGE OF EXECUTION"][0]
        by, to = heads(template, _PERPETRATORS), heads(template, _TARGETS)
        if not by | to or "/" in stage:
            continue
        count["templates"] += 1
        of = [claim for claim in told if by & words(claim.actors) or to & words(claim.recipients)]
        if not of:
            continue
        count["found"] += 1
        first = "accomplished" if stage == "ACCOMPLISHED" else "not accomplished"
        count[first] += 1
        done = of[0].status.value in _DONE and of[0].type != "THREATEN"
        count[f"{first}, right"] += done == (stage == "ACCOMPLISHED")
        where = " ".join(template["INCIDENT: LOCATION"])
        count["with a place"] += ":" in where
        count["place right"] += ":" in where and any(placed(claim, where) for claim in of)
        count["with a perpetrator"] += bool(by)
        count["perpetrator right"] += any(by & words(claim.actors) for claim in of)


def placed(claim: Claim, where: str) -> bool:
    """Whether a claim's place is among the names of a location, "COUNTRY: PROVINCE (DEPARTMENT): TOWN (TOWN)", below the country."""
    names = {codebook.fold(re.sub(r"\(.*?\)", "", name)) for name in re.split("[:-]", where.partition(":")[2])}
    return claim.place is not None and codebook.fold(claim.place.name.partition(",")[0]) in names


def messages(most: int) -> Iterator[dict[str, Any]]:
    """Messages with templates, drawn at random but always the same."""
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["templates"]]
    yield from random.Random(_SEED).sample(rows, min(most, len(rows)))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--reports", type=int, default=200)
    ask.add_argument("--as-it-stands", action="store_true")
    given = ask.parse_args()
    if not FILE.exists():
        sys.exit(print("MUC-4 is not at hand"))
    engine, book = Engine.load(), codebook.load()
    count: Counter[str] = Counter()
    for row in messages(given.reports):
        report = read(row)
        claims = coder.code(report, engine.parse(report.text), book) if given.as_it_stands else run.code(report)
        measure(count, row["templates"], claims)
        count["claims"] += len(claims)
    for name, number in sorted(count.items()):
        print(f"{name:<28}{number:>7,}")


if __name__ == "__main__":
    main()
