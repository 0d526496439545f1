"""Learn the weights of claims/event_coreference.csv: which mentions of a text tell of one event.

`python training/same.py FOLDER --fold K [--write]`: FOLDER holds weights that never saw part K of gold/train
(`train.py events --fold K`, `export.py events-foldK FOLDER`). Pairs of drafts of one type in the held-out texts are
labelled by the groups of gold/train/*.same; a logistic regression gives the weights, and the constant is then moved to
where the clusters match the grouped events best (one cluster, one event, as the scorer counts).
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

import gold
from train import configuration
from trucewatch import codebook
from trucewatch.claims import coder, event_coreference
from trucewatch.claims.draft import Draft
from trucewatch.language.engine import Engine
from trucewatch.nouns import Report

LEVEL = 0.006
"""Constants whose clusters match this nearly as well as the best are as good; the one that merges most is taken, since
people grouped the mentions of these texts sparingly."""

FIXED = {"verb and its noun": 6.0}
"""What is a rule and not learned: the texts hold one trigger an event and sentence, so that there are next to no such pairs."""

Text = tuple[list[Draft], list[int]]
"""A text's drafts and the event each tells of; numbers are unique in the text."""


def texts(engine: Engine, fold: int) -> list[Text]:
    """Held-out grouped texts, coded and matched to their gold lines by trigger."""
    sentences = gold.read()
    held = [sentences[i] for i in gold.split(sentences, configuration("events")["folds"], fold)[1]]
    by_id: dict[str, list[gold.Sentence]] = defaultdict(list)
    for sentence in held:
        if sentence.grouped:
            by_id[sentence.text_id].append(sentence)
    out = []
    for name, rows in by_id.items():
        text = "\n".join(s.text for s in rows)
        report = Report(id=name, text=text, published=dt.date(2010, 6, 30))
        lines, base, alone = [], 0, -1
        for sentence in rows:
            for line in sentence.lines:
                alone -= line.group < 0
                lines.append((base + line.trigger[0], base + line.trigger[1], line.group if line.group >= 0 else alone))
            base += len(sentence.text) + 1
        drafts, events = [], []
        for draft in coder.drafts(report, engine.parse(text), codebook.load()):
            at = draft.tree.words[draft.mention.word]
            event = next((e for s, t, e in lines if s < at.end and t > at.start), None)
            if event is not None:
                drafts.append(draft)
                events.append(event)
        out.append((drafts, events))
    return out


def pairs(data: list[Text]) -> tuple[list[str], np.ndarray, np.ndarray]:
    names: list[str] = []
    rows, labels = [], []
    for drafts, events in data:
        for j, b in enumerate(drafts):
            for i, a in enumerate(drafts[:j]):
                if a.mention.type == b.mention.type:
                    values = event_coreference.features(a, b, event_coreference.likeness(a, b))
                    fixed = [values.pop(name) for name in FIXED]
                    if any(fixed):
                        continue
                    names = list(values)
                    rows.append(list(values.values()))
                    labels.append(events[i] == events[j])
    return names, np.array(rows), np.array(labels, dtype=float)


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression with a ridge, by Newton's method in torch's LBFGS."""
    inputs, target = torch.tensor(x, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)
    weight = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(inputs @ weight, target, reduction="sum")
        loss = loss + 2.0 * (weight[1:] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return weight.detach().numpy()


def matched(data: list[Text]) -> float:
    """F1 of clusters against events, one to one."""
    hit = predicted = wanted = 0
    for drafts, events in data:
        of = {id(d): e for d, e in zip(drafts, events, strict=True)}
        clusters = event_coreference.group(drafts)
        taken: set[int] = set()
        for cluster in sorted(clusters, key=len, reverse=True):
            free = [of[id(d)] for d in cluster if of[id(d)] not in taken]
            if free:
                taken.add(max(set(free), key=free.count))
        hit += len(taken)
        predicted += len(clusters)
        wanted += len(set(events))
    return 2 * hit / max(predicted + wanted, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    data = texts(Engine(args.folder / "model.onnx", args.folder / "model.json"), args.fold)
    names, x, y = pairs(data)
    weights = dict(zip(names, fit(x, y), strict=True)) | FIXED
    right = ((x @ np.array([weights[name] for name in names]) > 0) == (y > 0)) & (y > 0)
    print(f"{len(y)} pairs, {int(y.sum())} of one event, recall at 0: {right.sum() / y.sum():.2f}")
    event_coreference.weights.cache_clear()
    event_coreference.JOINS = 0.0  # chosen on whole reports, on top of the constant that is found here
    learned = dict(weights)
    scores = {}
    for shift in np.arange(-1.5, 3.01, 0.25):
        learned["always"] = weights["always"] + shift
        event_coreference.weights = lambda: learned  # type: ignore[assignment]
        scores[float(shift)] = matched(data)
    learned["always"] = -99.0
    print(f"no merging {matched(data):.3f}  " + "  ".join(f"{s:+.2f}: {v:.3f}" for s, v in scores.items()))
    weights["always"] += max(shift for shift, value in scores.items() if value >= max(scores.values()) - LEVEL)
    for name, weight in weights.items():
        print(f"{name:<24} {weight:+.2f}")
    if args.write:
        with event_coreference.WEIGHTS.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("feature", "weight"), *((n, f"{w:.2f}") for n, w in weights.items())])


if __name__ == "__main__":
    main()
