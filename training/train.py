"""Train the language model: `python training/train.py [STAGE]`, resumable, on a GPU when there is one.

Stages, each starting from the one before (config.toml says how long and how fast):
  language   syntax, names, frames and PropBank arcs from the public MiniLM-L6 weights
  events     the coded sentences of gold/train, with a share of the language corpora so that nothing is forgotten
  polish     the same at a lower rate, with the weight on status and with factuality corpora
Without a stage it runs both and exports the int8 file that the package ships.
A checkpoint (weights, optimiser, step) is written every few minutes; the same command goes on from it.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

import coded
import gold
from corpora import ANY_OUTSIDE, CORPORA, UNKNOWN, Event, Example, factuality, first_stage
from labels import NAME_TAGS, ROLES, SHARED
from network import SAME, Network
from trucewatch.language.pieces import arrays

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build" / "training"
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
OUTSIDE = [i for i, tag in enumerate(NAME_TAGS) if tag == "O" or tag[2:] in ("NORP", "TIME")]


def batches(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Batches of about `tokens` words, similar lengths together, in random order."""
    order = sorted(examples, key=lambda e: len(e.words) + rng.random() * 4)
    out: list[list[Example]] = [[]]
    for example in order:
        if out[-1] and (len(out[-1]) + 1) * (len(example.words) + 2) > tokens:
            out.append([])
        out[-1].append(example)
    rng.shuffle(out)
    return [batch for batch in out if batch]


def pad(rows: list[list[int]], width: int, value: int = -1) -> Tensor:
    return torch.tensor([row + [value] * (width - len(row)) for row in rows], device=DEVICE)


def cross(scores: Tensor, target: Tensor, smooth: float = 0.0) -> Tensor:
    """Mean cross-entropy over targets >= 0; zero where there is none."""
    if not (target >= 0).any():
        return scores.sum() * 0.0
    return nn.functional.cross_entropy(
        scores.float().flatten(0, -2), target.flatten(), ignore_index=-1, label_smoothing=smooth
    )


def name_loss(scores: Tensor, target: Tensor) -> Tensor:
    logs = scores.float().log_softmax(-1)
    outside = logs[..., OUTSIDE].logsumexp(-1)
    known = logs.gather(-1, target.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    each = torch.where(target == ANY_OUTSIDE, outside, known) * (target != UNKNOWN)
    return -each.sum() / (target != UNKNOWN).sum().clamp(min=1)


def role_loss(
    scores: Tensor, rows: list[tuple[int, int]], arcs: list[list[tuple[int, int]]], mask: Tensor, known: int
) -> Tensor:
    """Binary cross-entropy of arcs from each (sentence, trigger) row to every word; the first `known` roles count."""
    if not rows:
        return scores.sum() * 0.0
    b, w = torch.tensor(rows, device=DEVICE).T
    picked = scores.float()[b, :, w][:, :known]  # (N, roles, W)
    target = torch.zeros_like(picked)
    for i, words in enumerate(arcs):
        for role, word in words:
            target[i, role, word] = 1.0
    each = nn.functional.binary_cross_entropy_with_logits(picked, target, reduction="none")
    return (each * mask[b].unsqueeze(1)).sum() / len(rows)


def loss_of(net: Network, batch: list[Example], config: dict) -> Tensor:
    """Sum of the losses of whatever the batch's examples label; long and short sentences are run apart."""
    total = torch.zeros((), device=DEVICE)
    pictured: list[tuple[Example, Event, Tensor]] = []
    for part in parts(batch):
        loss, vectors = part_loss(net, part, config)
        total = total + loss * len(part) / len(batch)
        pictured += [
            (e, event, vectors[i, event.word]) for i, e in enumerate(part) if e.grouped for event in e.events or []
        ]
    return total + config.get("same_weight", 0.0) * same_loss(pictured) if pictured else total


def parts(batch: list[Example], tokens: int = 400) -> Iterator[list[Example]]:
    """A batch of running sentences in parts of similar length; any other batch is of one length already."""
    if not batch[0].grouped:
        yield batch
        return
    part: list[Example] = []
    for example in sorted(batch, key=lambda e: len(e.words)):
        if part and (len(part) + 1) * len(example.words) > tokens:
            yield part
            part = []
        part.append(example)
    yield part


def padded(sentences: list[list[str]]) -> list[Tensor]:
    """The network's inputs, both widths rounded up to a multiple of 8: kernels are compiled anew for every shape."""
    return [nn.functional.pad(torch.from_numpy(x), (0, -x.shape[1] % 8)).to(DEVICE) for x in arrays(sentences)]


def part_loss(net: Network, batch: list[Example], config: dict) -> tuple[Tensor, Tensor]:
    """The losses of one padded batch, and the event vectors (B, W, SAME) of its words."""
    inputs = padded([e.words for e in batch])
    width = inputs[2].shape[1]
    mask = torch.tensor(np.arange(width)[None] < np.array([[len(e.words)] for e in batch]), device=DEVICE)
    with torch.autocast(DEVICE, dtype=torch.bfloat16):
        words = net.encode(*inputs)
        total = words.sum() * 0.0
        vectors = words
        if any(e.heads for e in batch):
            total = total + syntax_loss(net, words, batch, mask)
        if any(e.names for e in batch):
            target = pad([e.names or [UNKNOWN] * len(e.words) for e in batch], width)
            total = total + name_loss(net.names(words), target)
        if any(e.frames or e.events is not None or e.preds or e.facts for e in batch):
            scores = net.events(words)
            vectors = scores["same"]
            total = total + event_loss(scores, batch, mask, config)
    return total, vectors


def syntax_loss(net: Network, words: Tensor, batch: list[Example], mask: Tensor) -> Tensor:
    width = mask.shape[1]
    none: list[int] = []
    upos = pad([e.upos or none for e in batch], width)
    heads = pad([[width if h == len(e.words) else h for h in e.heads or none] for e in batch], width)
    arcs, labels = net.syntax(words)
    blocked = ~torch.cat([mask, torch.ones_like(mask[:, :1])], 1)
    arcs = arcs.float().masked_fill(blocked[:, None, :], -1e4)
    where = heads.clamp(min=0)[:, None, :, None].expand(-1, labels.shape[1], -1, 1)
    at_head = labels.gather(3, where).squeeze(3).transpose(1, 2)
    rels = pad([e.rels or none for e in batch], width)
    return cross(arcs, heads) + cross(at_head, rels) + cross(net.upos(words), upos)


def event_loss(scores: dict[str, Tensor], batch: list[Example], mask: Tensor, config: dict) -> Tensor:
    width = mask.shape[1]
    total = scores["types"].sum() * 0.0
    if any(e.frames for e in batch):
        total = total + 2.0 * cross(scores["frames"], pad([e.frames or [] for e in batch], width))
    preds = [(i, p) for i, e in enumerate(batch) for p in e.preds or []]
    total = total + 0.5 * role_loss(scores["roles"], [(i, p[0]) for i, p in preds], [p[1] for _, p in preds], mask, 4)
    facts = [(i, word, real) for i, e in enumerate(batch) for word, real in e.facts or []]
    if facts:
        total = total + config["status_weight"] * fact_loss(scores["status"], facts)
    if any(e.events is not None for e in batch):
        total = total + gold_loss(scores, batch, mask, config)
    return total


def gold_loss(scores: dict[str, Tensor], batch: list[Example], mask: Tensor, config: dict) -> Tensor:
    width = mask.shape[1]
    types, modes, status = ([[-1] * len(e.words) for e in batch] for _ in range(3))
    for i, example in enumerate(batch):
        if example.events is not None:
            types[i] = [0] * len(example.words)
            for event in example.events:
                types[i][event.word], modes[i][event.word], status[i][event.word] = (
                    event.type,
                    event.mode,
                    event.status,
                )
    smooth = config.get("smoothing", 0.0)
    events = [(i, e) for i, example in enumerate(batch) for e in example.events or []]
    total = config["type_weight"] * cross(scores["types"], pad(types, width), smooth)
    total = (
        total
        + 0.3 * cross(scores["modes"], pad(modes, width))
        + config["status_weight"] * cross(scores["status"], pad(status, width), smooth)
    )
    total = total + role_loss(
        scores["roles"], [(i, e.word) for i, e in events], [e.arcs for _, e in events], mask, len(ROLES)
    )
    return total


def fact_loss(scores: Tensor, facts: list[tuple[int, int, bool]]) -> Tensor:
    """Real is happened or ongoing, unreal is expected, possible or denied: which of them is left open."""
    b, w, real = (torch.tensor(column, device=DEVICE) for column in zip(*facts, strict=True))
    logs = scores.float()[b, w].log_softmax(-1)
    return -torch.where(real, logs[:, :2].logsumexp(-1), logs[:, 2:].logsumexp(-1)).mean()


def same_loss(pictured: list[tuple[Example, Event, Tensor]]) -> Tensor:
    """Do two events of one text tell of the same event? Only pairs of one type are asked; the few that do weigh more."""
    pairs = [
        (i, j)
        for (i, a), (j, b) in itertools.combinations(enumerate(pictured), 2)
        if a[0] is not b[0] and a[0].text == b[0].text and a[1].type == b[1].type
    ]
    vectors = torch.stack([vector for *_, vector in pictured]).float()
    if not pairs:
        return vectors.sum() * 0.0
    left, right = (vectors[list(side)] for side in zip(*pairs, strict=True))
    groups = [event.group for _, event, _ in pictured]
    target = torch.tensor([float(groups[i] >= 0 and groups[i] == groups[j]) for i, j in pairs], device=DEVICE)
    scores = (left * right).sum(-1) / SAME**0.5
    return nn.functional.binary_cross_entropy_with_logits(scores, target, weight=1 + 5 * target)


def run(net: Network, schedule: list[list[Example]], config: dict, name: str) -> None:
    """AdamW with warm-up and linear decay over the schedule; resumes from its checkpoint."""
    net.pieces.weight.requires_grad_(False)
    net.positions.weight.requires_grad_(False)
    encoder = [p for n, p in net.named_parameters() if n.startswith("layers.") and p.requires_grad]
    known = set(map(id, encoder))
    heads = [p for p in net.parameters() if p.requires_grad and id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": config["encoder_rate"]}, {"params": heads, "lr": config["head_rate"]}],
        betas=(0.9, 0.98),
        weight_decay=config.get("decay", 0.01),
    )
    steps = len(schedule)
    shape = lambda s: min(1.0, (s + 1) / (config["warm_up"] * steps)) * max(0.02, 1 - s / steps)  # noqa: E731
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, shape)
    average = copy.deepcopy(net).eval() if config.get("averaging") else None
    file, begun = BUILD / f"{name}.checkpoint.pt", 0
    if file.exists():
        state = torch.load(file, map_location=DEVICE)
        for part, known in ((net, "net"), (optimiser, "optimiser"), (rates, "rates")):
            part.load_state_dict(state[known])
        begun = state["step"]
        if average:
            average.load_state_dict(state["average"])
    started = saved = time.monotonic()
    smoothed = 0.0
    net.train()
    for step in range(begun, steps):
        loss = loss_of(net, schedule[step], config)
        loss.backward()
        nn.utils.clip_grad_norm_(encoder + heads, 1.0)
        optimiser.step()
        rates.step()
        optimiser.zero_grad(set_to_none=True)
        if average and step > steps // 2:
            average_into(average, net, config["averaging"])
        smoothed = 0.99 * smoothed + 0.01 * loss.item() if smoothed else loss.item()
        if (step + 1) % 100 == 0:
            spent = time.monotonic() - started
            left = spent / (step + 1 - begun) * (steps - step - 1)
            print(f"{name} {step + 1}/{steps} loss {smoothed:.3f} {spent:.0f} s, {left:.0f} s left", flush=True)
        if time.monotonic() - saved > 240:
            saved = time.monotonic()
            state = {
                "net": net.state_dict(),
                "optimiser": optimiser.state_dict(),
                "rates": rates.state_dict(),
                "step": step + 1,
            }
            if average:
                state["average"] = average.state_dict()
            torch.save(state, file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
    torch.save((average or net).state_dict(), BUILD / f"{name}.pt")
    file.unlink(missing_ok=True)


@torch.no_grad()
def average_into(average: Network, net: Network, decay: float) -> None:
    for mean, now in zip(average.parameters(), net.parameters(), strict=True):
        if now.requires_grad:
            mean.lerp_(now, 1 - decay)


@torch.no_grad()
def trees(net: Network, sentences: list[list[str]]) -> list[list[int]]:
    """Greedy heads of each sentence's words; len(words) is the root."""
    net.eval()
    out: list[list[int]] = [[] for _ in sentences]
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    for at in range(0, len(order), 32):
        rows = order[at : at + 32]
        inputs = [torch.from_numpy(x).to(DEVICE) for x in arrays([sentences[i] for i in rows])]
        arcs = net.syntax(net.encode(*inputs))[0].float()
        for row, i in enumerate(rows):
            n = len(sentences[i])
            scores = torch.cat([arcs[row, :n, :n].fill_diagonal_(-1e4), arcs[row, :n, -1:]], 1)
            out[i] = scores.argmax(1).tolist()
    return out


def by_text(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Batches that keep the sentences of a text together, so that mentions of one event meet."""
    texts: dict[str, list[Example]] = {}
    for example in examples:
        texts.setdefault(example.text if example.grouped else f"single {id(example)}", []).append(example)
    grouped = [t for t in texts.values() if t[0].grouped]
    out = batches([t[0] for t in texts.values() if not t[0].grouped], tokens, rng)
    rng.shuffle(grouped)
    batch: list[Example] = []
    for text in grouped:
        for example in text:
            if batch and sum(len(e.words) + 2 for e in [*batch, example]) > tokens:
                out.append(batch)
                batch = []
            batch.append(example)
    return [*out, batch] if batch else out


def event_schedule(config: dict, rng: random.Random, fold: int) -> list[list[Example]]:
    sentences = gold.read()
    sentences = [sentences[i] for i in gold.split(sentences, config["folds"], fold)[0]] + coded.read()
    examples = gold.examples(sentences, trees(start("language"), [[s.text[a:b] for a, b in s.at] for s in sentences]))
    earlier = configuration("language")  # the same sentences again, so that what it never saw stays unseen
    language = language_schedule(earlier, random.Random(earlier["seed"]))
    schedule = []
    for corpus in config.get("factuality", ()):
        schedule += batches(factuality(CORPORA / corpus), config["tokens"], rng)
    for _ in range(config["epochs"]):
        schedule += by_text(examples, config["tokens"], rng)
        schedule += rng.sample(language, int(config["replay"] * len(language)))
    rng.shuffle(schedule)
    return schedule


def language_schedule(config: dict, rng: random.Random) -> list[list[Example]]:
    schedule = []
    for group, examples in first_stage().items():
        share = config["epochs"][group]
        while share > 0:
            part = examples if share >= 1 else rng.sample(examples, int(share * len(examples)))
            schedule += batches(part, config["tokens"], rng)
            share -= 1
    rng.shuffle(schedule)
    return schedule


def configuration(stage: str) -> dict:
    return tomllib.loads((HERE / "config.toml").read_text("utf-8"))[stage]


def start(name: str) -> Network:
    net = Network().to(DEVICE)
    if name == "minilm":
        net.load_minilm(BUILD / "minilm.safetensors")
    else:
        net.load_state_dict(torch.load(BUILD / f"{name}.pt", map_location=DEVICE))
    return net


def stage(name: str, fold: int) -> None:
    """Run one stage to its end, from its checkpoint when it was begun; nothing where it is done."""
    file = name if name == "language" else f"{name}-fold{fold}"
    if (BUILD / f"{file}.pt").exists():
        print(f"{file}: done already")
        return
    config = configuration(name)
    torch.manual_seed(config["seed"])
    rng = random.Random(config["seed"])
    if name == "language":
        run(start("minilm"), language_schedule(config, rng), config, file)
    elif name == "events":
        run(start("language"), event_schedule(config, rng, fold), config, file)
    else:
        run(start(f"events-fold{fold}"), event_schedule(config, rng, fold), config, file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("stage", nargs="?", choices=("all", "language", "events", "polish"), default="all")
    parser.add_argument("--fold", type=int, default=0, help="the part of gold/train that is held out (default 0)")
    args = parser.parse_args()
    if not SHARED.exists():
        raise SystemExit("training needs the corpora in shared/ beside the repository")
    BUILD.mkdir(parents=True, exist_ok=True)
    if args.stage in ("all", "language"):
        stage("language", args.fold)
    if args.stage in ("all", "events"):
        stage("events", args.fold)
    if args.stage in ("all", "polish"):
        stage("polish", args.fold)
    if args.stage == "all":
        from export import PACKAGE, export

        export(BUILD / f"polish-fold{args.fold}.pt", PACKAGE / "model.onnx")


if __name__ == "__main__":
    main()
