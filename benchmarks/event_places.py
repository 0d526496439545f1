"""Whether an event is placed by its own words: sentences in which people marked a verb and the place where it happened, if it is told.

    python -m benchmarks.event_places [--sentences 2000] [--errors]

The sentences (development measurement only; never learned from) lie in ``shared`` beside the repository; without them the
benchmark says so and passes. Each is coded as a report of one sentence. Counted are those whose verb is the trigger of a claim,
or of a further mention of one: its place is right where its words overlap a marked place, or where neither has one.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks import SHARED
from trucewatch import run
from trucewatch.nouns import Claim, Report

FILE = SHARED / "corpora/places/event-location-dev.jsonl.gz"
_SEED = 16


class Case(NamedTuple):
    """A sentence with its verb and the places where that happened, as spans of characters."""

    text: str
    verb: tuple[int, int]
    places: tuple[tuple[int, int], ...]


def cases(most: int) -> list[Case]:
    """Sentences drawn at random but always the same."""
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        found = [case for row in map(json.loads, lines) for case in _case(row)]
    return random.Random(_SEED).sample(found, min(most, len(found)))


def _case(row: dict[str, Any]) -> Iterator[Case]:
    spans = [(one["label"], (one["start"], one["end"])) for one in row["spans"] if one["start"] < one["end"]]
    verbs = [span for label, span in spans if label == "VERB"]
    if len(verbs) == 1:
        yield Case(row["text"], verbs[0], tuple(span for label, span in spans if label == "LOCATION"))


def coded(case: Case) -> Claim | None:
    """The claim whose trigger the verb is."""
    number = hashlib.sha256(case.text.encode()).hexdigest()[:16]
    for claim in run.code(Report(id=number, text=case.text)):
        if any(_overlap(case.verb, trigger) for trigger in _words(claim, "trigger", "mentions")):
            return claim
    return None


def verdict(case: Case, claim: Claim) -> str:
    """How the claim's place stands to the marked ones."""
    words = _words(claim, "place")
    if not case.places:
        return "none told, one given" if words else "none told, none given"
    if not words:
        return "told, none given"
    right = any(_overlap(place, given) for place in case.places for given in words)
    return "told, right" if right else "told, another given"


def _words(claim: Claim, *fields: str) -> list[tuple[int, int]]:
    """Where the words stand that values rest on."""
    found = [one for one in claim.evidence if one.field.partition("[")[0] in fields]
    return [(one.start, one.end) for one in found if one.start is not None and one.end is not None]


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sentences", type=int, default=2000)
    ask.add_argument("--errors", action="store_true")
    given = ask.parse_args()
    if not FILE.exists():
        sys.exit(print("the verbs with their places are not at hand"))
    count: Counter[str] = Counter()
    for case in cases(given.sentences):
        claim = coded(case)
        found = "no claim" if claim is None else verdict(case, claim)
        count[found] += 1
        if given.errors and found.endswith(("another given", "one given", "told, none given")):
            print(
                f"{found}: {case.text[slice(*case.verb)]} {[case.text[slice(*place)] for place in case.places]}: {case.text}"
            )
    for name, number in count.most_common():
        print(f"{name:<24}{number:>6,}")


if __name__ == "__main__":
    main()
