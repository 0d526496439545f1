"""Whether attacks are placed where UCDP GED has them: headlines of the war in Syria that GED names as its sources.

    python -m benchmarks.headlines [--headlines 600]

The rows (CC BY 4.0; never learned from) lie in ``shared`` beside the repository; without them the benchmark says so and passes.
Each headline is coded as a report that says it is of Syria. Right is one of which an attack lies within 50 km of the event's
point. GED read that off the text behind the headline, and many headlines tell of several places, so no coder gets them all.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import re
import sys
from collections import Counter

from benchmarks import GED
from benchmarks.compared import rows
from trucewatch import run
from trucewatch.codebook.globe import distance
from trucewatch.nouns import Report

NEAR_KM = 50.0
_SHORTEST = 45
_NOT_ONE = re.compile(r";|http|\(S\d|Breaking News|All News")
"""In what is several headlines, an address, or a list."""
_TAIL = re.compile(r"\s*(?:Comments Off.*|\d\d/\d\d/\d{4}.*)$")
_SEED = 3


def headlines(most: int) -> list[dict[str, str]]:
    """Rows drawn at random but always the same, one for a headline."""
    told_by = {row["source_headline"].strip(): row for row in rows(GED)}
    found = [row for told, row in told_by.items() if len(told) >= _SHORTEST and not _NOT_ONE.search(told)]
    return random.Random(_SEED).sample(found, min(most, len(found)))


def verdict(row: dict[str, str]) -> str:
    """How the attacks of a headline lie to the event's point."""
    told = _TAIL.sub("", row["source_headline"].strip()).rstrip(".")
    number = hashlib.sha256(told.encode()).hexdigest()[:16]
    report = Report(
        id=number, text=f"{told}. This is from Syria.", published=dt.date.fromisoformat(row["date_end"][:10])
    )
    attacks = [claim for claim in run.code(report) if claim.type == "ASSAULT"]
    points = [(one.place.lat, one.place.lon) for one in attacks if one.place]
    event = float(row["latitude"]), float(row["longitude"])
    gaps = [distance(event, (lat, lon)) for lat, lon in points if lat is not None and lon is not None]
    if not gaps:
        return "attack without a point" if attacks else "no attack"
    return "near" if min(gaps) <= NEAR_KM else "elsewhere"


def main() -> int:
    """Print how many headlines fare how."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--headlines", type=int, default=600)
    args = parser.parse_args()
    if not GED.exists():
        print("no GED rows beside the repository: nothing measured")
        return 0
    for told, number in Counter(map(verdict, headlines(args.headlines))).most_common():
        print(f"{told:24}{number:6}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
