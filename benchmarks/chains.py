"""Coreference scores with the semantics of the reference scorer: MUC, B-cubed, CEAF-e, and CoNLL, their mean F1.

Vilain et al. 1995; Bagga and Baldwin 1998; Luo 2005; Pradhan et al. 2014. With gold mentions both sides partition the same
mentions; singletons count in B-cubed and CEAF-e, and cannot count in MUC, which counts links. Over several
texts (or folds) hits and totals are summed before they are divided, as the reference scorer does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

Chains = Sequence[frozenset[Hashable]]
"""A partition of mentions."""


class Share(NamedTuple):
    """Hits over totals, of what was predicted and of the key."""

    hit_predicted: float = 0.0
    predicted: float = 0.0
    hit_key: float = 0.0
    key: float = 0.0

    def __add__(self, other: object) -> Share:
        if not isinstance(other, Share):
            return NotImplemented
        return Share(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.hit_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hit_key / self.key if self.key else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Scores(NamedTuple):
    """The three measures of one prediction."""

    muc: Share = Share()
    b_cubed: Share = Share()
    ceaf_e: Share = Share()

    def __add__(self, other: object) -> Scores:
        if not isinstance(other, Scores):
            return NotImplemented
        return Scores(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def conll(self) -> float:
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def chains(labels: Iterable[tuple[Hashable, Hashable]]) -> list[frozenset[Hashable]]:
    """The partition that pairs of mention and label make."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, label in labels:
        found[label].add(mention)
    return [frozenset(members) for members in found.values()]


def score(key: Chains, predicted: Chains) -> Scores:
    """All three measures. Raises ValueError where the two do not hold the same mentions."""
    if set().union(*key) != set().union(*predicted):
        raise ValueError("key and prediction hold different mentions")
    return Scores(muc(key, predicted), b_cubed(key, predicted), ceaf_e(key, predicted))


def muc(key: Chains, predicted: Chains) -> Share:
    """Links kept: of a chain of n mentions that the other side cuts into p parts, n - p of n - 1."""
    return Share(*_links(predicted, key), *_links(key, predicted))


def b_cubed(key: Chains, predicted: Chains) -> Share:
    """Of each mention, the part of its chain that is in its chain on the other side."""
    return Share(*_shares(predicted, key), *_shares(key, predicted))


def ceaf_e(key: Chains, predicted: Chains) -> Share:
    """Chains aligned one to one so that the sum of 2 |K and P| / (|K| + |P|) is greatest, over their numbers."""
    common: Counter[tuple[int, int]] = Counter()
    of = _of(predicted)
    for number, chain in enumerate(key):
        common.update((number, of[mention]) for mention in chain)
    alike = {(k, p): 2 * n / (len(key[k]) + len(predicted[p])) for (k, p), n in common.items()}
    hit = sum(_aligned(block) for block in _blocks(alike))
    return Share(hit, len(predicted), hit, len(key))


def _links(chains: Chains, other: Chains) -> tuple[float, float]:
    of = _of(other)
    kept = sum(len(chain) - len({of[mention] for mention in chain}) for chain in chains)
    return float(kept), float(sum(len(chain) - 1 for chain in chains))


def _shares(chains: Chains, other: Chains) -> tuple[float, float]:
    of = _of(other)
    hit = sum(n * n / len(chain) for chain in chains for n in Counter(of[mention] for mention in chain).values())
    return hit, float(sum(map(len, chains)))


def _of(chains: Chains) -> dict[Hashable, int]:
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


def _blocks(alike: dict[tuple[int, int], float]) -> Iterable[dict[tuple[int, int], float]]:
    """The alignment falls apart into those of chains that share mentions, directly or through others."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if not alike:
        return ()
    rows, columns = np.array(list(alike)).T
    first = int(rows.max()) + 1
    size = first + int(columns.max()) + 1
    graph = coo_matrix((np.ones(len(rows)), (rows, columns + first)), shape=(size, size))
    block_of = connected_components(graph, directed=False)[1]
    blocks: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for pair, value in alike.items():
        blocks[int(block_of[pair[0]])][pair] = value
    return blocks.values()


def _aligned(block: dict[tuple[int, int], float]) -> float:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rows, columns = (sorted({pair[side] for pair in block}) for side in (0, 1))
    table = np.zeros((len(rows), len(columns)))
    at = [{number: i for i, number in enumerate(numbers)} for numbers in (rows, columns)]
    for (k, p), value in block.items():
        table[at[0][k], at[1][p]] = value
    return float(table[linear_sum_assignment(table, maximize=True)].sum())
