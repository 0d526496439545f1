"""The multi-task network: a MiniLM-L6 encoder with a word-casing embedding and linguistic and event heads.

Shapes: B sentences, P word pieces, W words, H = 384. Every head works on words; a word's vector is the mean of
its first and last piece, with the casing embedding added at the input and again at the output.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from labels import DEPRELS, FRAMES, MODES, NAME_TAGS, ROLES, STATUSES, TYPES, UPOS
from trucewatch.language.wordpiece import BEGIN, END

HEADS, VOCAB, POSITIONS, CASINGS = 12, 30522, 512, 8
ARC, LABEL, EVENT, ROLE, SAME = 256, 96, 256, 128, 64


class Shape(NamedTuple):
    """The sizes of an encoder."""

    hidden: int
    layers: int
    distances: int = 0
    """Classes of distance that attention is biased by; 0 for none."""


SHIPPED = Shape(384, 6)
"""MiniLM-L6."""
TEACHER = Shape(768, 12, 32)
"""mpnet-base, which teaches the shipped one."""


class Layer(nn.Module):
    """One post-norm transformer layer, written out so that it exports to a plain graph."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, 4 * hidden)
        self.down = nn.Linear(4 * hidden, hidden)
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

    def __init__(self, shape: Shape = SHIPPED) -> None:
        super().__init__()
        hidden = shape.hidden
        self.pieces = nn.Embedding(VOCAB, hidden)
        self.positions = nn.Embedding(POSITIONS, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.casing_in = nn.Embedding(CASINGS, hidden)
        self.casing_out = nn.Embedding(CASINGS, hidden)
        self.distances = nn.Embedding(shape.distances, HEADS) if shape.distances else None
        self.layers = nn.ModuleList(Layer(hidden) for _ in range(shape.layers))
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
        if self.distances is not None:
            mask = mask + self.distances(distance(where)).permute(2, 0, 1)[None]
        x = self.drop(self.norm(self.pieces(pieces) + self.positions(where)[None] + self.casing_in(casing)))
        for layer in self.layers:
            x = layer(x, mask)
        wide = first.unsqueeze(-1).expand(-1, -1, x.shape[-1]), last.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        return (x.gather(1, wide[0]) + x.gather(1, wide[1])) * 0.5 + self.casing_out(word_casing)

    def syntax(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """(B, W, H) -> arcs (B, W, W+1), the last column the root; labels' halves as (B, n, W, W+1)."""
        heads = torch.cat([words, self.root.expand(words.shape[0], 1, -1)], 1)
        arcs = self.arcs(self.arc_dep(words), self.arc_head(heads))[:, 0]
        return arcs, self.labels(self.label_dep(words), self.label_head(heads))

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
        """Start from public weights (safetensors): MiniLM-L6 in BERT's naming, or mpnet-base in its own."""
        src = {k.removeprefix("bert."): v for k, v in load_file(str(path)).items()}
        at = "attention.attn" if self.distances is not None else "attention.self"
        query = ("q", "k", "v") if self.distances is not None else ("query", "key", "value")
        names = {
            "out": f"{at}.o" if self.distances is not None else "attention.output.dense",
            "norm1": "attention.LayerNorm" if self.distances is not None else "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        pairs = {"norm": "embeddings.LayerNorm"}
        for i, layer in enumerate(self.layers):
            base = f"encoder.layer.{i}"
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).data.copy_(torch.cat([src[f"{base}.{at}.{n}.{kind}"] for n in query]))
            pairs |= {f"layers.{i}.{ours}": f"{base}.{theirs}" for ours, theirs in names.items()}
        own = dict(self.named_parameters())
        for ours, theirs in pairs.items():
            for kind in ("weight", "bias"):
                own[f"{ours}.{kind}"].data.copy_(src[f"{theirs}.{kind}"])
        words, places = src["embeddings.word_embeddings.weight"], src["embeddings.position_embeddings.weight"]
        if self.distances is None:
            self.pieces.weight.data.copy_(words)
            self.positions.weight.data.copy_(places + src["embeddings.token_type_embeddings.weight"][0])
            return
        # Its vocabulary is BERT's behind four of its own: its beginning, padding and end stand in for BERT's.
        self.pieces.weight.data.copy_(words[4 : 4 + VOCAB])
        self.pieces.weight.data[[BEGIN, 0, END]] = words[[0, 1, 2]]
        self.positions.weight.data.copy_(places[2:])
        self.distances.weight.data.copy_(src["encoder.relative_attention_bias.weight"])


def distance(where: Tensor, classes: int = 32, farthest: int = 128) -> Tensor:
    """(P,) -> (P, P) the class of each pair's distance: exact when near, by logarithm when far, apart by direction."""
    apart = where[None] - where[:, None]
    half, exact = classes // 2, classes // 4
    away = apart.abs().clamp(min=1)
    far = exact + ((away / exact).log() / math.log(farthest / exact) * (half - exact)).long()
    return torch.where(apart.abs() < exact, apart.abs(), far.clamp(max=half - 1)) + (apart > 0) * half
