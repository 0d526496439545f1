"""The multi-task network: an encoder with a word-casing embedding and linguistic and event heads.

Shapes: B sentences, P word pieces, W words, H the encoder's width. Every head works on words; a word's vector is the mean of
its first and last piece, with the casing embedding added at the input and again at the output.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from labels import DEPRELS, FRAMES, MODES, NAME_TAGS, ROLES, STATUSES, TYPES, UPOS

HEADS, CASINGS = 12, 8
ARC, LABEL, EVENT, ROLE, SAME = 256, 96, 256, 128, 64


class Size(NamedTuple):
    """What an encoder is made of."""

    hidden: int
    layers: int
    feed: int
    pieces: int
    positions: int


SMALL = Size(384, 6, 1536, 30522, 512)
"""MiniLM-L6."""


class Layer(nn.Module):
    """One post-norm transformer layer, written out so that it exports to a plain graph."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        hidden = size.hidden
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, size.feed)
        self.down = nn.Linear(size.feed, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, p, hidden = x.shape
        q, k, v = self.qkv(x).view(b, p, 3, HEADS, hidden // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q @ k.transpose(-1, -2) / math.sqrt(hidden // HEADS) + mask).softmax(-1)
        mixed = (self.drop(weights) @ v).transpose(1, 2).reshape(b, p, hidden)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


def mlp(hidden: int, width: int, dropout: float = 0.3) -> nn.Sequential:
    return nn.Sequential(nn.Linear(hidden, width), nn.GELU(), nn.Dropout(dropout))


class Biaffine(nn.Module):
    """Scores every ordered pair of words for each of n labels: (B, W, d) x 2 -> (B, n, W, W)."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(labels, width + 1, width + 1))

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        right = nn.functional.pad(right, (0, 1), value=1.0).unsqueeze(1)
        return self.half(left) @ right.transpose(-1, -2)

    def half(self, left: Tensor) -> Tensor:
        """(B, W, d) -> (B, n, W, d + 1), as one flat product that can be quantised."""
        labels, width, _ = self.weight.shape
        flat = self.weight.permute(1, 0, 2).reshape(width, labels * width)
        out = nn.functional.pad(left, (0, 1), value=1.0) @ flat
        return out.view(*left.shape[:2], labels, width).transpose(1, 2)


class Network(nn.Module):
    """Encoder and heads; `forward` gives the raw scores that the exported graph gives."""

    def __init__(self, size: Size = SMALL) -> None:
        super().__init__()
        hidden = size.hidden
        self.pieces = nn.Embedding(size.pieces, hidden)
        self.positions = nn.Embedding(size.positions, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.casing_in = nn.Embedding(CASINGS, hidden)
        self.casing_out = nn.Embedding(CASINGS, hidden)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.drop = nn.Dropout(0.1)
        self.upos = nn.Linear(hidden, len(UPOS))
        self.names = nn.Linear(hidden, len(NAME_TAGS))
        self.arc_dep, self.arc_head = mlp(hidden, ARC), mlp(hidden, ARC)
        self.arcs = Biaffine(ARC, 1)
        self.root = nn.Parameter(torch.zeros(hidden))
        self.label_dep, self.label_head = mlp(hidden, LABEL), mlp(hidden, LABEL)
        self.labels = Biaffine(LABEL, len(DEPRELS))
        self.event = mlp(hidden, EVENT)
        self.types = nn.Linear(EVENT, len(TYPES) + 1)
        self.modes = nn.Linear(EVENT, len(MODES) + 1)
        self.frames = nn.Linear(EVENT, len(FRAMES) + 1)
        self.status_hidden = mlp(hidden, EVENT)
        self.statuses = nn.Linear(EVENT, len(STATUSES))
        self.role_trigger, self.role_word = mlp(hidden, ROLE), mlp(hidden, ROLE)
        self.roles = Biaffine(ROLE, len(ROLES))
        self.same = nn.Linear(EVENT, SAME)
        for part in (self.casing_in, self.casing_out):
            nn.init.zeros_(part.weight)

    def encode(self, pieces: Tensor, casing: Tensor, first: Tensor, last: Tensor, word_casing: Tensor) -> Tensor:
        """(B, P) piece ids (0 pads) and casings, (B, W) first and last piece of each word -> (B, W, H)."""
        mask = (pieces == 0).to(torch.float32)[:, None, None, :] * -1e4
        where = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.drop(self.norm(self.pieces(pieces) + self.positions(where)[None] + self.casing_in(casing)))
        for layer in self.layers:
            x = layer(x, mask)
        return self.words(x, first, last, word_casing)

    def words(self, x: Tensor, first: Tensor, last: Tensor, word_casing: Tensor) -> Tensor:
        """(B, P, H) of the pieces -> (B, W, H) of the words."""
        ends = [x.gather(1, at.unsqueeze(-1).expand(-1, -1, x.shape[-1])) for at in (first, last)]
        return (ends[0] + ends[1]) * 0.5 + self.casing_out(word_casing)

    def arc_scores(self, words: Tensor) -> Tensor:
        """(B, W, H) -> (B, W, W+1): every word as head of every word, the last column the root."""
        return self.arcs(self.arc_dep(words), self.arc_head(self._heads(words)))[:, 0]

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """(B, W, H) and each word's head, W the root -> (B, W, n): the labels of these arcs alone."""
        at = self.label_head(self._heads(words))
        at = at.gather(1, heads.unsqueeze(-1).expand(-1, -1, at.shape[-1]))
        right = nn.functional.pad(at, (0, 1), value=1.0).unsqueeze(1)
        return (self.labels.half(self.label_dep(words)) * right).sum(-1).transpose(1, 2)

    def _heads(self, words: Tensor) -> Tensor:
        return torch.cat([words, self.root.expand(words.shape[0], 1, -1)], 1)

    def events(self, words: Tensor) -> dict[str, Tensor]:
        """(B, W, H) -> types, modes, status, same per word and roles (B, n, W trigger, W word)."""
        hidden = self.event(words)
        return {
            "types": self.types(hidden),
            "modes": self.modes(hidden),
            "frames": self.frames(hidden),
            "status": self.statuses(self.status_hidden(words)),
            "roles": self.roles(self.role_trigger(words), self.role_word(words)),
            "same": self.same(hidden),
        }

    def load_public(self, path: Path) -> None:
        """Start from the public MiniLM-L6 weights (safetensors in BERT's naming)."""
        src = {k.removeprefix("bert."): v for k, v in load_file(str(path)).items()}
        self.pieces.weight.data.copy_(src["embeddings.word_embeddings.weight"])
        kind = src["embeddings.token_type_embeddings.weight"][0]
        self.positions.weight.data.copy_(src["embeddings.position_embeddings.weight"] + kind)
        attention = ("attention.self.query", "attention.self.key", "attention.self.value")
        self.load_layers(src, attention, "attention.output.dense", "attention.output.LayerNorm")

    def load_layers(self, src: dict[str, Tensor], attention: Sequence[str], out: str, norm: str) -> None:
        """Weights and biases of every layer and of the first norm; how the source calls query, key and value, the output
        of attention and the norm after it."""
        copy_into(self.norm, src, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).data.copy_(torch.cat([src[f"{at}{name}.{kind}"] for name in attention]))
            copy_into(layer.out, src, at + out)
            copy_into(layer.norm1, src, at + norm)
            copy_into(layer.up, src, at + "intermediate.dense")
            copy_into(layer.down, src, at + "output.dense")
            copy_into(layer.norm2, src, at + "output.LayerNorm")


def copy_into(part: nn.Module, src: dict[str, Tensor], name: str) -> None:
    """Give a part the weight and the bias that the source has under a name."""
    for kind in ("weight", "bias"):
        getattr(part, kind).data.copy_(src[f"{name}.{kind}"])
