"""The accuracy gate: our coder on the gold development reports, held against floors that cannot slip.

    python -m benchmarks.gate [--predictions FILE] [--errors] [--raise]

The gold reports and their scorer lie in ``shared/gold`` beside the repository; without them the gate says so
and passes. It fails when a figure is below its floor in ``floors.json``, or when the cases are not the ones
that the floors were set on. The development reports measure; no rule may be written from them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks import SHARED, coder

HERE = Path(__file__).parent
GOLD = SHARED / "gold"
FLOORS = HERE / "floors.json"
MARGIN = 0.015
"""How far below the reached figure ``--raise`` puts a floor: two claims of the gold, since processors round int8
products differently; no room for a loss."""

_F1_LINE = re.compile(r"^(\D.*?)\s+P [\d.]+\s+R [\d.]+\s+F1 ([\d.]+)")
_SHARE_LINE = re.compile(r"^(\w+)\s+\d+/\d+ = ([\d.]+)$")


class Floors(msgspec.Struct, frozen=True):
    """What ``floors.json`` holds."""

    cases: str
    """SHA-256 of the gold file that the floors were set on."""
    floors: dict[str, float]


def figures(scored: str) -> dict[str, float]:
    """The scorer's printed report as {metric: figure}; its per-type lines (indented) are left out."""
    found = {}
    for line in scored.splitlines():
        match = _F1_LINE.match(line) or _SHARE_LINE.match(line)
        if match and not line.startswith(" "):
            found[match[1]] = float(match[2])
    return found


def coded(gold: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Our claims on the gold reports, in the form that the scorer reads."""
    for case in gold:
        told = coder.report(
            " ".join(case["sentences"]),
            id=case["id"],
            title=case["title"],
            outlet=case["source"],
            written=case["date"],
        )
        yield from coder.scored(told, coder.code(told))


def score(predictions: Path, gold: Path = GOLD / "dev.json", *, errors: bool = False) -> str:
    """What the scorer prints."""
    command = [sys.executable, str(GOLD / "score.py"), str(gold), str(predictions)]
    done = subprocess.run([*command, *["--errors"] * errors], capture_output=True, text=True, check=True)
    return done.stdout


def shortfalls(reached: Mapping[str, float], wanted: Mapping[str, float]) -> list[str]:
    """The metrics below their floor; one that the scorer did not print counts as 0."""
    return [name for name, floor in wanted.items() if reached.get(name, 0.0) < floor]


def table(reached: Mapping[str, float], wanted: Mapping[str, float]) -> str:
    """A line a metric: what was reached, its floor, and a mark where it is below."""
    lines = [f"{'':<24} reached   floor"]
    for name, figure in reached.items():
        floor = wanted.get(name)
        mark = "  BELOW" if floor is not None and figure < floor else ""
        lines.append(f"{name:<24}   {figure:.3f}   {'    -' if floor is None else f'{floor:.3f}'}{mark}")
    return "\n".join(lines)


def raised(old: Floors, reached: Mapping[str, float], cases: str) -> Floors:
    """Floors lifted to what was reached, never lowered."""
    lifted = {name: max(old.floors.get(name, 0.0), round(value - MARGIN, 3)) for name, value in reached.items()}
    return Floors(cases=cases, floors=old.floors | lifted)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; the exit status is 0 when it holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--predictions", type=Path, help="score this JSONL file instead of coding the reports")
    parser.add_argument("--errors", action="store_true", help="list what was missed, invented or mistyped")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached")
    options = parser.parse_args(arguments)
    if not (GOLD / "dev.json").exists():
        print("gate skipped: the gold reports (shared/gold beside the repository) are not here")
        return 0

    raw = (GOLD / "dev.json").read_bytes()
    cases = hashlib.sha256(raw).hexdigest()
    floors = msgspec.json.decode(FLOORS.read_bytes(), type=Floors)
    with tempfile.TemporaryDirectory() as folder:
        predictions = options.predictions
        if predictions is None:
            predictions = Path(folder) / "predictions.jsonl"
            predictions.write_text("".join(json.dumps(claim) + "\n" for claim in coded(json.loads(raw))))
        scored = score(predictions, errors=options.errors)
    reached = figures(scored)
    if options.errors:
        print(scored)
    print(table(reached, floors.floors))

    if options.lift:
        lifted = msgspec.json.format(msgspec.json.encode(raised(floors, reached, cases)), indent=2)
        FLOORS.write_bytes(lifted + b"\n")
        return 0
    if cases != floors.cases:
        print("gate failed: the cases are not those that the floors were set on; see what changed, then --raise")
        return 1
    short = shortfalls(reached, floors.floors)
    print(f"gate failed: below the floor in {', '.join(short)}" if short else "gate holds")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
