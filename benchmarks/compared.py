"""How often `compare` pairs an incident with the very row that it comes from: UCDP's own headlines of Syria, read and compared.

    python -m benchmarks.compared [--headlines 700]

Each report is the headline that a row of UCDP GED names as its source, and nothing else; so the row, and every row that
names the same headline, is the right one. It is a hard case: thirty rows a day fall on the same towns, and a headline
tells of several. What is counted is the pairs made, by what was the same, and how many of them are right.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import GED
from trucewatch import comparisons, dataset_imports, run
from trucewatch.desk import Desk
from trucewatch.reports import Source

YEAR = "2017"
SHORTEST = 60
"""Characters of a headline that tells enough to be coded."""


def rows(file: Path) -> Iterator[dict[str, str]]:
    """UCDP's rows."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def headlines(file: Path) -> list[dict[str, str]]:
    """Rows of a day and a district or finer that have one headline, each headline once."""
    found: dict[str, dict[str, str]] = {}
    for row in rows(file):
        told = row["source_headline"].strip()
        fine = float(row["date_prec"]) == 1 and float(row["where_prec"]) <= 3 and row["date_start"][:4] == YEAR
        if fine and len(told) >= SHORTEST and ";" not in told:
            found.setdefault(told, row)
    return list(found.values())


def report(row: dict[str, str]) -> Source:
    """A row's headline as a report."""
    day = dt.date.fromisoformat(row["source_date"][:10])
    told = f"{row['source_headline'].strip()}."
    return Source(name=row["id"], form="story", content=told, date=day, outlet=row["source_office"])


def measure(file: Path, where: str, count: int) -> tuple[comparisons.Compared, Counter[tuple[str, bool]]]:
    """What was compared, and its pairs by what is the same and whether they are right."""
    some = random.Random(3).sample(headlines(file), count)
    right = {row["id"].removesuffix(".0"): row["source_headline"].strip() for row in rows(file)}
    with Desk.open(where) as desk:
        list(run.keep(map(report, some), desk, run.Options(jobs=1)))
        list(dataset_imports.take_in(desk, file))
        found = comparisons.compare(desk, comparisons.Wish(dataset="ged"))
        counted: Counter[tuple[str, bool]] = Counter()
        for pair in found.matched:
            told = {desk.report(claim.partition(".")[0]).text.rstrip(".") for claim in pair.incident.claims}
            counted[" ".join(pair.agree), bool(told & set(right[pair.entry.id].split(";")))] += 1
    return found, counted


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--headlines", type=int, default=700, help="reports on the desk")
    options = parser.parse_args(arguments)
    if not GED.exists():
        raise SystemExit(f"{GED.name} is not beside the repository")
    with tempfile.TemporaryDirectory() as folder:
        found, counted = measure(GED, f"{folder}/compared.desk", options.headlines)
    right = sum(number for (_, is_right), number in counted.items() if is_right)
    print(f"{len(found.matched)} pairs, {right} of them right; {len(found.only_ours) + found.beyond} of ours unpaired")
    for agree in sorted({agree for agree, _ in counted}):
        print(f"  {agree:<24} {counted[agree, True]:>4} right {counted[agree, False]:>4} not")


if __name__ == "__main__":
    main()
