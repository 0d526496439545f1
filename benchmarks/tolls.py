"""How often the words of a sentence give the toll that a reader coded (gold/train, beside the repository).

    python -m benchmarks.tolls [--errors]

A coded line is right when one toll of its sentence has the same kind and range; a toll found is right when
one line of its sentence has it. Several tolls of a sentence are not matched to their events here: the coder
does that.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import ROOT, SHARED
from trucewatch.claims.tolls import Toll, tolls

TRAIN = SHARED / "gold" / "train"
_COUNT = re.compile(r"([ki])=(\d+)-(\d+)")

Count = tuple[str, int, int]
"""killed or injured, at least, at most"""


def sentences(folder: Path) -> Iterator[tuple[str, str, Mapping[str, Sequence[Count]]]]:
    """Id, sentence and its coded lines (trigger -> counts), for every sentence."""
    for coded in sorted(folder.glob("t*.tsv")):
        lines: dict[str, dict[str, list[Count]]] = defaultdict(dict)
        for line in coded.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) == 10:
                kinds = {"k": "killed", "i": "injured"}
                counts = [(kinds[kind], int(low), int(high)) for kind, low, high in _COUNT.findall(fields[9])]
                lines[fields[0]][fields[1]] = counts
        for line in coded.with_suffix(".in.txt").read_text(encoding="utf-8").splitlines():
            if "\t" in line:
                id, sentence = line.split("\t", 1)
                yield id, sentence, lines.get(id, {})


def _counts(found: Sequence[Toll]) -> list[Count]:
    return [(toll.kind, toll.low, toll.high) for toll in found]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print recall of the coded counts, precision of those found, and the time it takes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was invented")
    options = parser.parse_args(arguments)
    if not TRAIN.is_dir():
        sys.exit(f"skipped: no {TRAIN.relative_to(ROOT.parent)} beside the repository")
    hit: dict[str, int] = defaultdict(int)
    of: dict[str, int] = defaultdict(int)
    told, began = list(sentences(TRAIN)), time.process_time()
    for _, sentence, _ in told:
        tolls(sentence)
    micros = (time.process_time() - began) / len(told) * 1e6
    for id, sentence, lines in told:
        found = _counts(tolls(sentence))
        coded = [count for counts in lines.values() for count in counts]
        for count in coded:
            of[count[0]] += 1
            hit[count[0]] += count in found
            if options.errors and count not in found:
                print(f"missed {count} of {found}: {id} {sentence}")
        for count in found:
            of["found"] += 1
            hit["found"] += count in coded
            of["told"] += bool(lines)
            hit["told"] += count in coded
            if options.errors and count not in coded:
                print(f"invented {count} of {coded}: {id} {sentence}")
    for name, label in (
        ("killed", "killed, recall"),
        ("injured", "injured, recall"),
        ("found", "precision"),
        ("told", "- where an event is coded"),
    ):
        print(f"{label:<28} {hit[name]}/{of[name]} = {hit[name] / of[name]:.3f}")
    print(f"{len(told)} sentences, {micros:.0f} µs each")


if __name__ == "__main__":
    main()
