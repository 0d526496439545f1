"""Learn the weights of benchmarks/alike.csv: which mentions of two texts tell of one event.

`python training/alike.py` reads gold/train (ours; its texts are cut in two, even sentences and odd ones, so that
mentions of one event stand in two texts) and MEANTIME (CC BY 4.0), and writes a column of weights from all, and one
without each topic of MEANTIME, by which that topic is measured. A logistic regression; MEANTIME has a constant of its
own, since only few of its events are annotated, and counts thrice. The constant is then moved to where the mean CoNLL
of the two corpora is greatest, no farther than it must. ECB+ is never read.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

import gold
from benchmarks import mentions
from benchmarks.alike import FEATURES, WEIGHTS, Corpus, joined, members, odds
from benchmarks.chains import chains, score
from benchmarks.mentions import Gold, Text

RIDGE = 2.0
MEANTIME_COUNTS = 3.0
LEVEL = 0.006
"""Constants that score this nearly as well as the best are as good; the one that is moved least is taken."""


def ours() -> list[Text]:
    """gold/train's texts of running sentences that are grouped by event."""
    rows: dict[str, list[gold.Sentence]] = defaultdict(list)
    for sentence in gold.read():
        if sentence.grouped:
            rows[sentence.text_id].append(sentence)
    return [_text(name, sentences) for name, sentences in rows.items()]


def _text(name: str, sentences: Sequence[gold.Sentence]) -> Text:
    found = []
    for number, sentence in enumerate(sentences):
        for line_number, line in enumerate(sentence.lines):
            words = [i for i, (a, b) in enumerate(sentence.at) if a < line.trigger[1] and b > line.trigger[0]]
            chain = f"{line.group}" if line.group >= 0 else f"{name} {number} {line_number}"
            if words:
                found.append(Gold(name, number, words[0], words[-1], chain))
    cut = tuple(tuple(sentence.text[a:b] for a, b in sentence.at) for sentence in sentences)
    return Text(name, name, name, cut, tuple(dict.fromkeys(found)))


def pairs(corpus: Corpus, blocks: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Features of the pairs within a block, and whether each is of one event; the block ``""`` and words of saying are left out."""
    rows, labels = [], []
    chains = np.array(corpus.chains)
    for block in sorted(set(blocks) - {""}):
        at = np.array([i for i, one in enumerate(blocks) if one == block and not corpus.statement[i]])
        if len(at) > 1:
            upper = np.triu_indices(len(at), 1)
            rows.append(corpus.features(at)[upper])
            labels.append((chains[at][:, None] == chains[at])[upper])
    return np.concatenate(rows), np.concatenate(labels).astype(float)


def fit(x: np.ndarray, y: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Logistic regression with a ridge on all but the first column, by Newton's method."""
    weight, ridge = np.zeros(x.shape[1]), RIDGE * (np.arange(x.shape[1]) > 0)
    for _ in range(40):
        share = 1 / (1 + np.exp(-(x @ weight)))
        slope = x.T @ (counts * (share - y)) + ridge * weight
        curve = (x * (counts * share * (1 - share))[:, None]).T @ x + np.diag(ridge + 1e-6)
        step = np.linalg.solve(curve, slope)
        weight -= step
        if np.abs(step).max() < 1e-6:
            break
    return weight


def shift(corpora: Sequence[tuple[Corpus, Sequence[object]]], weight: np.ndarray) -> float:
    """How far the constant is moved."""
    told = [
        (corpus, [(rows, odds(corpus, weight, rows)) for rows in members(blocks).values()])
        for corpus, blocks in corpora
    ]
    reached = {}
    for moved in np.arange(-1, 1.01, 0.1):
        figures = []
        for corpus, blocks in told:
            labels = [
                (corpus_row, (number, group))
                for number, (rows, found) in enumerate(blocks)
                for corpus_row, group in zip(rows.tolist(), joined(found + moved), strict=True)
            ]
            figures.append(score(chains(enumerate(corpus.chains)), chains(labels)).conll)
        reached[round(float(moved), 1)] = sum(figures) / len(figures)
    return min((one for one in reached if reached[one] >= max(reached.values()) - LEVEL), key=abs)


def main() -> None:
    own = Corpus(ours(), part=lambda one: f"{one.text} {one.sentence % 2}")
    blocks = [one.text for one in own.mentions]
    x, y = pairs(own, blocks)
    theirs = Corpus(list(mentions.meantime()))
    topics = [one.text.split("/")[0] for one in theirs.mentions]
    columns = {}
    for left_out in ("", *sorted(set(topics))):
        mx, my = pairs(theirs, [topic if topic != left_out else "" for topic in topics])
        wide = np.vstack([np.hstack([x, np.zeros((len(x), 1))]), np.hstack([mx, np.ones((len(mx), 1))])])
        counts = np.concatenate([np.ones(len(x)), np.full(len(mx), MEANTIME_COUNTS)])
        columns[f"without {left_out}" if left_out else "all"] = fit(wide, np.concatenate([y, my]), counts)[:-1]
    group = theirs.groups()
    moved = shift([(own, blocks), (theirs, [group[one.text] for one in theirs.mentions])], columns["all"])
    columns["all"][0] += moved
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", *columns])
        writer.writerows(
            [name, *(f"{column[i]:.2f}" for column in columns.values())] for i, name in enumerate(FEATURES)
        )
    print(f"{len(y):,} pairs of ours, {int(y.sum()):,} of one event; constant moved by {moved}")


if __name__ == "__main__":
    main()
