"""What the network is taught by: the losses of whatever a batch's examples label."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn

from corpora import ANY_OUTSIDE, UNKNOWN, Event, Example
from labels import NAME_TAGS, ROLES
from network import SAME, Network
from trucewatch.language.pieces import arrays

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
OUTSIDE = [i for i, tag in enumerate(NAME_TAGS) if tag == "O" or tag[2:] in ("NORP", "TIME")]


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
    """The network's inputs, both widths rounded up to a multiple of 8: kernels are compiled again for every shape."""
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
        if any(e.frames or e.events is not None or e.preds or e.facts or e.soft for e in batch):
            scores = net.events(words)
            vectors = scores["same"]
            total = total + event_loss(scores, batch, mask, config)
    return total, vectors


def syntax_loss(net: Network, words: Tensor, batch: list[Example], mask: Tensor) -> Tensor:
    width = mask.shape[1]
    none: list[int] = []
    upos = pad([e.upos or none for e in batch], width)
    heads = pad([[width if h == len(e.words) else h for h in e.heads or none] for e in batch], width)
    blocked = ~torch.cat([mask, torch.ones_like(mask[:, :1])], 1)
    arcs = net.arc_scores(words).float().masked_fill(blocked[:, None, :], -1e4)
    rels = pad([e.rels or none for e in batch], width)
    return cross(arcs, heads) + cross(net.relations(words, heads.clamp(min=0)), rels) + cross(net.upos(words), upos)


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
    taught = any(e.soft for e in batch)
    if any(e.events is not None for e in batch):
        share = 1 - config["soft"] if taught else 1.0
        total = total + share * gold_loss(scores, batch, mask, config)
    if taught:
        share = config["soft"] if any(e.events is not None for e in batch) else 1.0
        total = total + share * soft_loss(scores, batch, mask, config)
    return total


def soft_loss(scores: dict[str, Tensor], batch: list[Example], mask: Tensor, config: dict) -> Tensor:
    """Cross-entropy with what the teacher says: of status and mode as far as it takes a word for a trigger."""
    softs = [e.soft for e in batch if e.soft]  # all or none of a batch

    def apart(part: str) -> Tensor:
        logs = scores[part].float().log_softmax(-1)
        target = torch.zeros_like(logs)
        for row, soft in enumerate(softs):
            values = torch.from_numpy(getattr(soft, part)).to(target)
            target[row, : len(values)] = values
        return -(target * logs).sum(-1)

    trigger = torch.zeros_like(mask, dtype=torch.float32)
    for row, soft in enumerate(softs):
        trigger[row, : len(soft.types)] = 1 - torch.from_numpy(soft.types[:, 0]).to(trigger)
    roles = [
        nn.functional.binary_cross_entropy_with_logits(
            scores["roles"][row].float()[:, soft.triggers, : len(soft.types)],
            torch.from_numpy(soft.roles).to(trigger),
            reduction="sum",
        )
        for row, soft in enumerate(softs)
    ]
    triggers = trigger.sum().clamp(min=1e-3)
    return (
        config["type_weight"] * (apart("types") * mask).sum() / mask.sum()
        + 0.5 * config["status_weight"] * (apart("status") * trigger).sum() / triggers
        + 0.3 * (apart("modes") * trigger).sum() / triggers
        + sum(roles) / max(sum(len(soft.triggers) for soft in softs), 1)
    )


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
        + config.get("mode_weight", 0.3) * cross(scores["modes"], pad(modes, width))
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
