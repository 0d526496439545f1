"""The larger network that teaches ours: MPNet-base with the same heads, and what it says of every word of a sentence.

It learns from the coded sentences (config.toml, [teacher] and [tutor]) and is not shipped. Ours learns from what it says: how likely it
holds each class tells more than the one class that was coded, and it says it of sentences that nobody coded too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from corpora import Example, Soft
from losses import padded
from network import HEADS, Network, Size

LARGE = Size(768, 12, 3072, 30527, 514)
"""MPNet-base."""
FROZEN = 4
"""Layers that stay as they are: the lowest."""
BUCKETS, FAR = 32, 128
CLS, SEP, SHIFT = 101, 102, 4
"""Its vocabulary is that of MiniLM, four places on, with marks of its own for beginning, padding and end."""
LIKELY = 0.2
"""Probability of being a trigger from which a word's roles are asked for."""


class Teacher(Network):
    """MPNet adds to every attention a bias by how far two pieces are apart."""

    def __init__(self) -> None:
        super().__init__(LARGE)
        self.apart = nn.Embedding(BUCKETS, HEADS)
        for norm in (self.norm, *(norm for layer in self.layers for norm in (layer.norm1, layer.norm2))):
            norm.eps = 1e-5
        for part in (self.norm, self.casing_in, self.apart, *self.layers[:FROZEN]):
            part.requires_grad_(False)

    def encode(self, pieces: Tensor, casing: Tensor, first: Tensor, last: Tensor, word_casing: Tensor) -> Tensor:
        """As Network.encode, of the same inputs."""
        marks = torch.where(pieces == 0, 1, torch.where(pieces == CLS, 0, 2))
        ids = torch.where((pieces == 0) | (pieces == CLS) | (pieces == SEP), marks, pieces + SHIFT)
        at = torch.arange(pieces.shape[1], device=pieces.device)
        apart = self.apart(bucket(at[None] - at[:, None])).permute(2, 0, 1)[None]
        mask = (pieces == 0).float()[:, None, None, :] * -1e4 + apart
        x = self.drop(self.norm(self.pieces(ids) + self.positions(at + 2)[None]))
        for layer in self.layers:
            x = layer(x, mask)
        return self.words(x, first, last, word_casing)

    def load_public(self, path: Path) -> None:
        """Start from the public MPNet-base weights."""
        src = load_file(str(path))
        self.pieces.weight.data.copy_(src["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(src["embeddings.position_embeddings.weight"])
        self.apart.weight.data.copy_(src["encoder.relative_attention_bias.weight"])
        attention = ("attention.attn.q", "attention.attn.k", "attention.attn.v")
        self.load_layers(src, attention, "attention.attn.o", "attention.LayerNorm")


def bucket(steps: Tensor) -> Tensor:
    """Which bias a distance has: each near one its own, far ones by their logarithm; half of them are for each side."""
    half, near = BUCKETS // 2, BUCKETS // 4
    size = steps.abs()
    far = near + (torch.log(size.clamp(min=1) / near) / math.log(FAR / near) * (half - near)).long()
    return (steps > 0) * half + torch.where(size < near, size, far.clamp(max=half - 1))


@torch.no_grad()
def softened(net: Network, sentences: Sequence[list[str]]) -> list[Soft]:
    """What it says of each sentence, in order."""
    out: dict[int, Soft] = {}
    for i, shares, roles in _said(net, sentences):
        triggers = (shares[0][:, 0] < 1 - LIKELY).nonzero()[0]
        out[i] = Soft(*(share.astype(np.float16) for share in shares), triggers, roles[:, triggers].astype(np.float16))
    return [out[i] for i in range(len(sentences))]


@torch.no_grad()
def mixed(net: Network, sentences: Sequence[list[str]], softs: Sequence[Soft]) -> list[Soft]:
    """What a teacher said of each sentence, with what another network says for a third of it."""
    out = list(softs)
    for i, shares, roles in _said(net, sentences):
        said = softs[i]
        both = [
            ((2 * one.astype(np.float32) + other) / 3).astype(np.float16)
            for one, other in zip(
                (said.types, said.status, said.modes, said.roles), (*shares, roles[:, said.triggers]), strict=True
            )
        ]
        out[i] = Soft(*both[:3], said.triggers, both[3])
    return out


def half_coded(example: Example) -> Example:
    """With what was coded for half of what the teacher says: of sentences unlike all that it has learned from."""
    soft = example.soft
    assert soft is not None and example.events is not None
    types, status, modes, roles = (
        part.astype(np.float32) for part in (soft.types, soft.status, soft.modes, soft.roles)
    )
    said = np.zeros_like(types)
    said[:, 0] = 1
    columns = {int(word): column for column, word in enumerate(soft.triggers)}
    for event in example.events:
        at = event.word
        said[at, [0, event.type]] = 0, 1
        for shares, coded in ((status, event.status), (modes, event.mode)):
            shares[at] /= 2
            shares[at, coded] += 0.5
        if at in columns:
            roles[:, columns[at]] /= 2
            for role, word in event.arcs:
                roles[role, columns[at], word] += 0.5
    halves = [part.astype(np.float16) for part in ((types + said) / 2, status, modes, roles)]
    return replace(example, soft=Soft(*halves[:3], soft.triggers, halves[3]))


def _said(
    net: Network, sentences: Sequence[list[str]], words: int = 900
) -> Iterator[tuple[int, list[NDArray[np.float32]], NDArray[np.float32]]]:
    """Each sentence's number, its probabilities of type, status and mode, and of roles; so many words at once."""
    net.eval()
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    while order:
        rows = order[: max(1, words // len(sentences[order[0]]))]
        order = order[len(rows) :]
        inputs = padded([sentences[i] for i in rows])
        with torch.autocast(inputs[0].device.type, dtype=torch.bfloat16):
            scores = net.events(net.encode(*inputs))
        shares = [scores[part].float().softmax(-1).cpu().numpy() for part in ("types", "status", "modes")]
        roles = scores["roles"].float().sigmoid().cpu().numpy()
        for row, i in enumerate(rows):
            n = len(sentences[i])
            yield i, [share[row, :n] for share in shares], roles[row, :, :n, :n]
