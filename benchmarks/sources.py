"""Attribution on PolNeAR (Newell et al. 2018, development part): is whoever says so found, and nobody else?

    python -m benchmarks.sources [POLNEAR.tar.gz]

Each of our claims stands with its trigger in the content of an annotated attribution, or in none. In one: right where our
source shares half of its words with the annotated source (a pronoun's antecedent counts where it is named); where our
codebook makes the speaker the actor (a demand, an accusation), the actor is asked. In none: right where we name nobody.
The corpus measures; no model or rule learned from it. It tells of an American election: little of it is our matter.
"""

from __future__ import annotations

import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.gate import GOLD
from trucewatch import reports, run
from trucewatch.codebook import fold

FILE = GOLD.parent / "corpora" / "attribution" / "polnear-dev.tar.gz"
_LINE = re.compile(r"(T\d+)\t(\S+) (\d+) (\d+)\t")
_ATTRIBUTION = re.compile(r"E\d+\t(.+)")
PRONOUNS = frozenset("he she they it his her their we i who".split())


class Said(NamedTuple):
    """The content of an attribution, and who is given as its source; "" for none."""

    start: int
    end: int
    source: str


def attributions(annotated: str, text: str) -> Iterator[Said]:
    """The attributions of one article."""
    spans = {m[1]: (int(m[3]), int(m[4])) for m in map(_LINE.match, annotated.splitlines()) if m}
    for found in map(_ATTRIBUTION.match, annotated.splitlines()):
        if found is None:
            continue
        parts = [part.split(":") for part in found[1].split()]
        sources = [text[slice(*spans[id_])] for kind, id_ in parts if kind.startswith("Source") and id_ in spans]
        for kind, id_ in parts:
            if kind.startswith("Content") and id_ in spans:
                yield Said(*spans[id_], " ".join(sources))


def articles(path: Path) -> Iterator[tuple[str, list[Said]]]:
    """Texts with their attributions."""
    with tarfile.open(path) as packed:
        read = {member.name: packed.extractfile(member) for member in packed.getmembers() if member.isfile()}
        texts = {Path(name).stem: file.read().decode() for name, file in read.items() if file and name.endswith(".txt")}
        for name, file in read.items():
            if file and name.endswith(".ann"):
                stem = Path(name).stem
                text = texts.get(stem) or texts.get(stem.rpartition("_")[0])
                if text:
                    yield text, list(attributions(file.read().decode(), text))


def alike(ours: Sequence[str], theirs: str) -> bool:
    """Whether one of our names shares half of its words with theirs."""
    wanted = set(fold(theirs).split())
    return any(len(wanted & (its := set(fold(one).split()))) >= 0.5 * min(len(its), len(wanted)) > 0 for one in ours)


def tally(path: Path) -> Counter[tuple[str, bool]]:
    """How many claims of each kind are right."""
    count: Counter[tuple[str, bool]] = Counter()
    for text, said in articles(path):
        report = reports.from_text(text)
        for claim in run.code(report):
            words = report.text[claim.trigger.start : claim.trigger.end]
            near = text.find(report.text[max(0, claim.trigger.start - 30) : claim.trigger.end + 10])
            at = text.find(words, near) if near >= 0 else -1
            if at < 0:
                continue
            inside = min(
                (one for one in said if one.start <= at < one.end), key=lambda one: one.end - one.start, default=None
            )
            if inside is None:
                count["told by the outlet itself", claim.attributed_to is None] += 1
            elif not inside.source or fold(inside.source) in PRONOUNS:
                count["source unnamed or a pronoun", claim.attributed_to is not None] += 1
            else:
                ours = [
                    claim.attributed_to or "",
                    *(party.text for party in claim.actors),
                    *(p.name for p in claim.actors),
                ]
                exact = alike([claim.attributed_to or ""], inside.source)
                by_actor = alike(ours, inside.source)
                count["source named", exact or by_actor] += 1
                count["    as the source, not as the actor", exact] += 1
    return count


def main(path: Path) -> None:
    if not path.is_file():
        raise SystemExit(f"no {path.name} here: it lies in shared/ beside the repository")
    count = tally(path)
    for kind in dict.fromkeys(kind for kind, _ in count):
        right, wrong = count[kind, True], count[kind, False]
        print(f"{kind:<36} {right:>5} of {right + wrong:>5} right: {right / (right + wrong):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
