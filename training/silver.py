"""Syntax and names of sentences that nobody parsed, as the first stage's network reads them.

The coded sentences carry them through the later stages, so that learning events costs no syntax: the treebanks that are
read again beside them hold few of the words of war, of which the parser would forget what it once knew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch

from losses import padded
from network import Network


class Silver(NamedTuple):
    """What is said of a sentence of W words, each a list of W numbers as Example has them."""

    upos: list[int]
    heads: list[int]
    rels: list[int]
    names: list[int]


@torch.no_grad()
def silver(net: Network, sentences: Sequence[list[str]]) -> list[Silver]:
    """Greedy heads and the likeliest tags of each sentence, in order; `len(words)` is the root."""
    net.eval()
    out: dict[int, Silver] = {}
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    for at in range(0, len(order), 32):
        rows = order[at : at + 32]
        inputs = padded([sentences[i] for i in rows])
        with torch.autocast(inputs[0].device.type, dtype=torch.bfloat16):
            words = net.encode(*inputs)
            arcs, upos, names = net.arc_scores(words), net.upos(words), net.names(words)
        width = words.shape[1]
        heads = torch.full((len(rows), width), width)
        for row, i in enumerate(rows):
            n = len(sentences[i])
            known = torch.cat([arcs[row, :n, :n].fill_diagonal_(-1e4), arcs[row, :n, -1:]], 1).argmax(1)
            heads[row, :n] = torch.where(known == n, width, known)
        rels = net.relations(words.float(), heads.to(words.device)).argmax(-1)
        for row, i in enumerate(rows):
            n = len(sentences[i])
            tops = [n if head == width else head for head in heads[row, :n].tolist()]
            out[i] = Silver(
                upos[row, :n].argmax(-1).tolist(), tops, rels[row, :n].tolist(), names[row, :n].argmax(-1).tolist()
            )
    return [out[i] for i in range(len(sentences))]
