"""Arc scores always become one tree, and the best one where the greedy arcs are none."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.language.tree import tree


def is_tree(heads: list[int]) -> bool:
    if heads.count(-1) != 1:
        return False
    for start in range(len(heads)):
        seen, at = set(), start
        while at != -1:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at]
    return True


def best(scores: np.ndarray) -> float:
    n = len(scores)
    choices = itertools.product(*[[h for h in range(n + 1) if h != i] for i in range(n)])
    return max(
        sum(scores[i, h] for i, h in enumerate(heads))
        for heads in choices
        if is_tree([-1 if h == n else h for h in heads])
    )


@given(st.integers(1, 12), st.integers(0, 10_000))
def test_always_a_tree_with_one_root(n: int, seed: int) -> None:
    heads = tree(np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32))
    assert is_tree(heads)


@pytest.mark.parametrize("seed", range(60))
def test_with_a_sure_root_the_tree_is_the_best_one(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 6)).astype(np.float32)
    scores[1:, 5] = -50  # only word 0 may be the root
    heads = tree(scores)
    total = sum(scores[i, 5 if h < 0 else h] for i, h in enumerate(heads))
    assert total == pytest.approx(best(scores), abs=1e-4)
