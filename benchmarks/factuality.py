"""Status on UW factuality (Lee et al. 2015, development part): is what a sentence tells of real, uncertain, or said not to be?

    python -m benchmarks.factuality [FILE]

Each marked word has a rating from -3 (certainly not) to 3 (certainly). Our status is asked of that word as if it were an
event's trigger: happened and ongoing stand for real, denied for not, expected and possible for uncertain. Ratings from 1.5
on are taken for real, from -1.5 down for not. The corpus measures; no model or rule learned from it. Deeds of every
kind are marked, most of them no event of ours.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import SHARED
from trucewatch.claims.status import reality
from trucewatch.claims.tree import Tree
from trucewatch.language import Engine
from trucewatch.language.engine import MOST_WORDS
from trucewatch.language.labels import TYPES
from trucewatch.language.words import words

FILE = SHARED / "corpora" / "factuality" / "uw-dev.jsonl"
CERTAIN = 1.5
CLASS = {"happened": "real", "ongoing": "real", "denied": "not", "expected": "uncertain", "possible": "uncertain"}
RATING = {"happened": 3.0, "ongoing": 3.0, "denied": -3.0, "expected": 1.0, "possible": 0.5}
"""What a status says as a rating: fixed beforehand, not fitted."""


def ratings(path: Path) -> Iterator[tuple[str, list[tuple[int, int, float]]]]:
    """Sentences, with the character spans of their marked words and the ratings of these."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        starts = np.cumsum([0, *(len(word) + 1 for word in row["text"].split(" "))])
        marked = [
            (int(starts[one["span1"][0]]), int(starts[one["span1"][1]]) - 1, float(one["label"]))
            for one in row["targets"]
        ]
        yield row["text"], marked


def told(path: Path) -> list[tuple[str, float]]:
    """Our status of each marked word that is a word of ours too, and its rating."""
    engine, found = Engine.load(), []
    for text, marked in ratings(path):
        cut = words(text)[:MOST_WORDS]
        read = engine.run([[text[start:end] for start, end in cut]])[0]
        tree = Tree(engine._passage(0, text, cut, read), text)
        for start, end, label in marked:
            at = next((at for at, (first, last) in enumerate(cut) if first < end and last > start), None)
            if at is None:
                continue
            type_ = TYPES[int(read["types"][at, 1:].argmax())]
            said = reality(tree, at, type_)
            found.append((said.status if said else engine.mention(at, type_, 1.0, len(cut), read).status, label))
    return found


def class_of(rating: float) -> str:
    """Real, not or uncertain."""
    return "real" if rating >= CERTAIN else "not" if rating <= -CERTAIN else "uncertain"


def main(path: Path) -> None:
    if not path.is_file():
        raise SystemExit(f"no {path.name} here: it lies in shared/ beside the repository")
    found = told(path)
    pairs = Counter((class_of(label), CLASS[status]) for status, label in found)
    total = sum(pairs.values())
    right = sum(count for (is_, said), count in pairs.items() if is_ == said)
    most = max(Counter(class_of(label) for _, label in found).values())
    print(f"{total} words: right {right / total:.3f}; all taken for the commonest class {most / total:.3f}")
    for name in ("real", "uncertain", "not"):
        is_ = sum(count for (label, _), count in pairs.items() if label == name)
        said = sum(count for (_, status), count in pairs.items() if status == name)
        hit = pairs[name, name]
        print(f"    {name:<10} {is_:>5} rated so: recall {hit / max(is_, 1):.3f}, precision {hit / max(said, 1):.3f}")
    ours = [RATING[status] for status, _ in found]
    error = float(np.abs(np.array(ours) - [label for _, label in found]).mean())
    print(f"    as ratings: r = {np.corrcoef(ours, [label for _, label in found])[0, 1]:.3f}, mean error {error:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
