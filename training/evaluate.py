"""Measure exported weights as they ship (int8, through the package's own engine): `python training/evaluate.py [FOLDER] [--fold K]`.

Without --fold the language figures: UPOS, UAS, LAS on the dev parts of EWT and GUM, names on Universal NER dev and on the
GMB sentences that training never drew. With --fold K the event figures on the held-out part K of gold/train.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from pathlib import Path

import corpora
import gold
from labels import ROLES, TYPES
from train import configuration, language_schedule
from trucewatch.language import engine
from trucewatch.language.tree import tree

PACKAGE = Path(engine.__file__).parent


def f1(hit: int, pred: int, gold_: int) -> tuple[float, float, float]:
    p, r = hit / max(pred, 1), hit / max(gold_, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def run(model: engine.Engine, sentences: list[list[str]]):
    """Raw outputs per sentence, in order."""
    out: list = [None] * len(sentences)
    for rows in engine.batches([len(words) for words in sentences]):
        for i, read in zip(rows, model.run([sentences[i] for i in rows]), strict=True):
            out[i] = read
    return out


def heads_of(read: dict, n: int) -> list[int]:
    import numpy as np

    return [n if h < 0 else h for h in tree(np.concatenate([read["arcs"][:n, :n], read["arcs"][:n, -1:]], 1))]


def syntax(model: engine.Engine, path: Path) -> None:
    examples = [e for e in corpora.parsed(path).values() if len(e.words) <= 100]
    right = Counter()
    for e, read in zip(examples, run(model, [e.words for e in examples]), strict=True):
        n = len(e.words)
        heads = heads_of(read, n)
        right["words"] += n
        right["upos"] += sum(a == b for a, b in zip(e.upos, read["upos"][:n].tolist(), strict=True))
        both = [
            (h == g, h == g and r == t)
            for h, g, r, t in zip(heads, e.heads, read["rels"][:n].tolist(), e.rels, strict=True)
        ]
        right["uas"] += sum(a for a, _ in both)
        right["las"] += sum(b for _, b in both)
    n = right.pop("words")
    print(f"{path.name:<28}" + "  ".join(f"{k.upper()} {100 * v / n:.1f}" for k, v in right.items()))


def spans(tags: list[int], ignore: set[int] = frozenset()) -> set[tuple[str, int, int]]:  # type: ignore[assignment]
    return {(n.kind, n.first, n.last) for n in engine.names(tags) if not ignore & set(range(n.first, n.last + 1))}


def names(model: engine.Engine, title: str, examples: list[corpora.Example], kinds: set[str]) -> None:
    count: dict[str, Counter] = defaultdict(Counter)
    for e, read in zip(examples, run(model, [e.words for e in examples]), strict=True):
        unknown = {i for i, t in enumerate(e.names) if t == corpora.UNKNOWN}
        want = spans([max(t, 0) for t in e.names], unknown)
        got = {s for s in spans(read["names"][: len(e.words)].tolist(), unknown) if s[0] in kinds}
        for part, rows in (("hit", want & got), ("pred", got), ("gold", want)):
            for kind, *_ in rows:
                count[kind][part] += 1
                count["all"][part] += 1
    print(
        f"{title:<28}"
        + "  ".join(f"{k} {100 * f1(c['hit'], c['pred'], c['gold'])[2]:.1f}" for k, c in sorted(count.items()))
    )


def language(model: engine.Engine) -> None:
    syntax(model, corpora.CORPORA / "syntax/ewt-dev.conllu.gz")
    syntax(model, corpora.CORPORA / "syntax/gum-nonnc-dev.conllu.gz")
    dev = corpora.parsed(corpora.CORPORA / "syntax/ewt-dev.conllu.gz")
    corpora.add_uner(dev, corpora.CORPORA / "names/uner-dev.iob2.gz")
    names(
        model,
        "Universal NER dev",
        [e for e in dev.values() if e.names and len(e.words) <= 100],
        {"PER", "LOC", "ORG"},
    )
    config = configuration("language")
    drawn = {tuple(e.words) for batch in language_schedule(config, random.Random(config["seed"])) for e in batch}
    unseen = [e for e in corpora.gmb(corpora.CORPORA / "names/gmb.csv.gz") if tuple(e.words) not in drawn][:3000]
    names(model, f"GMB, {len(unseen)} undrawn", unseen, {"PER", "LOC", "ORG", "NORP", "TIME"})


def events(model: engine.Engine, fold: int, thresholds: tuple[float, ...] = (0.3, 0.4, 0.5, 0.6)) -> None:
    """Trigger, type, mode, status and role figures on a held-out part, per threshold; types at 0.5."""
    sentences = gold.read()
    held = [sentences[i] for i in gold.split(sentences, configuration("events")["folds"], fold)[1]]
    reads = run(model, [[s.text[a:b] for a, b in s.at] for s in held])
    coded = gold.examples(held, [heads_of(r, len(s.at)) for r, s in zip(reads, held, strict=True)])
    for threshold in thresholds:
        count: Counter = Counter()
        per_type: dict[str, Counter] = defaultdict(Counter)
        for example, read in zip(coded, reads, strict=True):
            want = {e.word: e for e in example.events}
            types = read["types"][: len(example.words)]
            got = {int(w): int(types[w, 1:].argmax()) + 1 for w in (types[:, 0] <= 1 - threshold).nonzero()[0]}
            count["pred"] += len(got)
            count["gold"] += len(want)
            for w, t in got.items():
                per_type[TYPES[t - 1]]["pred"] += 1
                count["trigger"] += w in want
                count["typed"] += w in want and want[w].type == t
            for w, event in want.items():
                per_type[TYPES[event.type - 1]]["gold"] += 1
                if got.get(w) != event.type:
                    continue
                per_type[TYPES[event.type - 1]]["hit"] += 1
                status_and_roles(count, event, read, len(example.words))
        line = {k: f1(count[k], count["pred"], count["gold"]) for k in ("trigger", "typed")}
        print(
            f"threshold {threshold}: "
            + "  ".join(f"{k} P {p:.3f} R {r:.3f} F1 {f:.3f}" for k, (p, r, f) in line.items())
        )
        roles = {r: f1(count[r, "hit"], count[r, "pred"], count[r, "gold"])[2] for r in (*ROLES, "all")}
        print(
            f"   status {count['status'] / count['typed']:.3f}  mode {count['mode'] / max(count['moded'], 1):.3f}  roles "
            + "  ".join(f"{k} {v:.3f}" for k, v in roles.items())
        )
        if threshold == 0.5:
            for name, c in sorted(per_type.items(), key=lambda p: -p[1]["gold"]):
                p, r, f = f1(c["hit"], c["pred"], c["gold"])
                print(f"   {name:<10} gold {c['gold']:>4}  P {p:.2f} R {r:.2f} F1 {f:.2f}")


def status_and_roles(count: Counter, event: corpora.Event, read: dict, n: int) -> None:
    count["status"] += int(read["status"][event.word].argmax()) == event.status
    if event.mode:
        allowed = [0, *engine.MODES_AT[TYPES[event.type - 1]]]
        count["moded"] += 1
        count["mode"] += allowed[int(read["modes"][event.word, allowed].argmax())] == event.mode
    want = set(event.arcs)
    got = {(int(r), int(w)) for r, w in zip(*(read["roles"][:, event.word, :n] >= 0.5).nonzero(), strict=True)}
    for part, rows in (("hit", want & got), ("pred", got), ("gold", want)):
        for role, _ in rows:
            count[ROLES[role], part] += 1
            count["all", part] += 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=PACKAGE)
    parser.add_argument("--fold", type=int)
    args = parser.parse_args()
    loaded = engine.Engine(args.folder / "model.onnx", args.folder / "model.json")
    if args.fold is None:
        language(loaded)
    else:
        events(loaded, args.fold)
