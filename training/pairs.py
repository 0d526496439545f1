"""Learn the weights and thresholds of incidents/score.py on pairs made from UCDP GED.

    python -m training.pairs [--write]

Logistic regression on the pairs of the months that are not held out. A weight whose sign would speak against sense
(agreement that counts against one event) is held at zero. Rows of weights.csv whose ``source`` is "set" stay as they
are: GED tells nothing of them. The thresholds are read off the same pairs.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence

import numpy as np

from benchmarks.ged import events
from benchmarks.pairs import ANY_OTHER, POSITIVE, RECALL, Pair, Sample, log_odds, lowest_for, pairs
from trucewatch.incidents import keys
from trucewatch.incidents.face import face
from trucewatch.incidents.score import THRESHOLDS, WEIGHTS, Thresholds, apart, features

PRECISION = 0.95
"""Of the pairs from ``sure`` on, among all that blocking lets through."""
LOST = 0.1
"""Share of true pairs that may be called different."""
NOT_LEARNED = frozenset({"nothing telling agrees", "neither place nor day"})
"""Bars for real texts, of which they are truer than of tellings made from GED: other weights would make up for them."""
RIDGE = 1e-4
STEPS = 1500
LEARNED = {POSITIVE: 1.0, ANY_OTHER: 20.0, "other dyad": 3.0}
"""How much each kind weighs. Blocking lets 20 pairs of two events through for each pair of one, counted in GED told twice
or more; among them the rivals of another dyad are few, and would teach little of who did it."""
SEEDS = (1,)
"""Tellings of the events that are learned on."""


def table() -> list[dict[str, str]]:
    """The rows of weights.csv."""
    with WEIGHTS.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def learn(rows: list[dict[str, str]], judged: Sequence[Pair]) -> np.ndarray:
    """The weights, in the order of the rows."""
    names = [row["feature"] for row in rows]
    at = {name: index for index, name in enumerate(names)}
    given, truth, kinds = [], [], []
    for pair in judged:
        one, two = face(pair.one), face(pair.two)
        if keys(pair.one).isdisjoint(keys(pair.two)) or apart(one, two):
            continue
        line = np.zeros(len(names))
        for name, value in features(one, two).items():
            line[at[name]] = value if name not in NOT_LEARNED else 0.0
        given.append(line)
        truth.append(pair.same)
        kinds.append(pair.kind)
    x, y = np.array(given), np.array(truth, dtype=float)
    often = Counter(kinds)
    share = np.array([LEARNED[kind] * often[POSITIVE] / often[kind] for kind in kinds])
    fixed = np.array([row["source"] == "set" for row in rows])
    low = np.array([0.0 if row["sign"] == "+" else -np.inf for row in rows])
    high = np.array([0.0 if row["sign"] == "-" else np.inf for row in rows])
    weights = np.array([float(row["weight"]) if row["source"] == "set" else 0.0 for row in rows])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (chance - y)) / share.sum() + RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        pace = 0.05 * (1 - step / STEPS) + 0.001
        moved = weights - pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = np.where(fixed, weights, np.clip(moved, low, high))
    return weights


def limits(judged: Sequence[Pair]) -> Thresholds:
    """For the weights in the table: the lowest ``sure`` that is precise enough, the ``same`` that as many true pairs reach
    as are asked for, and the ``different`` that loses few.
    """
    told = (pair for pair in judged if pair.kind in (POSITIVE, ANY_OTHER))
    scored = [(value, pair.same) for pair in told if (value := log_odds(pair)) is not None]
    scored.sort(key=lambda one: -one[0])
    values, same = np.array([value for value, _ in scored]), np.array([true for _, true in scored])
    right, wrong = np.cumsum(same), np.cumsum(~same) * LEARNED[ANY_OTHER] * same.sum() / (~same).sum()
    precise = np.flatnonzero(right / (right + wrong) >= PRECISION)
    same_from = lowest_for(RECALL, judged)
    return Thresholds(float(values[precise[-1]]), same_from, float(np.quantile(values[same], LOST)), whole=same_from)


def main() -> None:
    """Learn, print, and write with ``--write``."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    known = events()
    rows, judged = (
        table(),
        [pair for seed in SEEDS for pair in pairs(known, Sample(held=False, seed=seed)) if pair.kind in LEARNED],
    )
    for row, weight in zip(rows, learn(rows, judged), strict=True):
        row["weight"] = f"{weight:.2f}"
        print(f"{row['feature']:<24}{row['weight']:>7}  {row['source']}")
    if not given.write:
        return
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    from trucewatch.incidents import score

    score.weights.cache_clear()
    found = limits(judged)
    with THRESHOLDS.open("w", encoding="utf-8", newline="") as file:
        file.writelines(["verdict,log_odds\n", *(f"{name},{value:.2f}\n" for name, value in found._asdict().items())])
    print(found)


if __name__ == "__main__":
    main()
