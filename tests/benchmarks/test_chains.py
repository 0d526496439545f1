"""The coreference scorer against worked examples."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.chains import Chains, Share, b_cubed, ceaf_e, chains, muc, score

pytest.importorskip("scipy", reason="scipy is not installed")


def of(*texts: str) -> Chains:
    """``of("abc", "d")``: a chain of three mentions and a singleton."""
    return [frozenset(text) for text in texts]


def figures(share: Share) -> tuple[float, float, float]:
    return round(share.precision, 4), round(share.recall, 4), round(share.f1, 4)


KEY = of("abc", "defg")
"""The key of the example in Pradhan et al. (2014)."""


def test_muc_counts_links() -> None:
    # Vilain et al.: a chain of four cut in two keeps two of three links.
    assert figures(muc(of("abcd"), of("ab", "cd"))) == (1.0, 0.6667, 0.8)
    assert figures(muc(of("abcd", *"ef"), of("abcd", *"ef"))) == (1.0, 1.0, 1.0)
    assert figures(muc(of("a", "b"), of("a", "b"))) == (0.0, 0.0, 0.0)


def test_b_cubed_of_the_classic_example() -> None:
    # Bagga and Baldwin: 1-5, 6-7, 8-12; the first response joins the two large chains, the second a large and the small one.
    key = of("12345", "67", "89ABC")
    assert figures(b_cubed(key, of("1234589ABC", "67"))) == (0.5833, 1.0, 0.7368)
    assert figures(b_cubed(key, of("12345", "6789ABC"))) == (0.7619, 1.0, 0.8649)
    assert figures(muc(key, of("1234589ABC", "67"))) == (0.9, 1.0, 0.9474)
    assert figures(muc(key, of("12345", "6789ABC"))) == (0.9, 1.0, 0.9474)


def test_ceaf_e_aligns_chains_one_to_one() -> None:
    # Luo: of two key chains that a response joins, only one is aligned with it.
    key = of("12345", "67", "89ABC")
    # 12345 with the joined chain: 10/15; 67 with 67: 1.
    assert figures(ceaf_e(key, of("1234589ABC", "67"))) == (0.8333, 0.5556, 0.6667)
    # 12345: 1; the joined chain with 89ABC: 10/12.
    assert figures(ceaf_e(key, of("12345", "6789ABC"))) == (0.9167, 0.6111, 0.7333)


def test_all_measures_of_an_example_worked_by_hand() -> None:
    response = of("ab", "cd", "fg", "e")
    scores = score(KEY, response)
    # Links kept: ab of abc; fg of defg.
    assert figures(scores.muc) == (0.6667, 0.4, 0.5)
    # a, b: 2/2 and 2/3; c: 1/2 and 1/3; d: 1/2 and 1/4; f, g: 2/2 and 2/4; e: 1 and 1/4.
    assert figures(scores.b_cubed) == (0.8571, 0.4524, 0.5922)
    # abc with ab: 4/5; defg with fg: 4/6.
    assert figures(scores.ceaf_e) == (0.3667, 0.7333, 0.4889)
    assert round(scores.conll, 4) == round((0.5 + 0.5922 + 0.4889) / 3, 4)


def test_singletons_count_in_b_cubed_and_ceaf_and_not_in_muc() -> None:
    alone = score(of(*"abcd"), of(*"abcd"))
    assert (alone.muc.f1, alone.b_cubed.f1, alone.ceaf_e.f1) == (0.0, 1.0, 1.0)
    lumped = score(of(*"abcd"), of("abcd"))
    assert figures(lumped.b_cubed) == (0.25, 1.0, 0.4)
    assert figures(lumped.ceaf_e) == (0.4, 0.1, 0.16)
    assert lumped.muc.precision == 0.0


def test_texts_are_summed_before_they_are_divided() -> None:
    one, other = (of("ab", "c"), of("ab", "c")), (of("xyz"), of("x", "y", "z"))
    both = score(*one) + score(*other)
    assert figures(both.muc) == (1.0, 0.3333, 0.5)
    assert both.b_cubed.recall == pytest.approx((3 + 1) / 6)
    whole = score([*one[0], *other[0]], [*one[1], *other[1]])
    assert both == whole


def test_other_mentions_are_refused() -> None:
    with pytest.raises(ValueError, match="different mentions"):
        score(of("ab"), of("ac"))


_labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=7)


@given(_labels)
def test_the_alignment_is_the_best_of_all(labels: list[tuple[int, int]]) -> None:
    key = chains((number, one) for number, (one, _) in enumerate(labels))
    predicted = chains((number, other) for number, (_, other) in enumerate(labels))
    short, long = sorted((key, predicted), key=len)
    best = max(
        sum(2 * len(one & other) / (len(one) + len(other)) for one, other in zip(short, chosen, strict=True))
        for chosen in itertools.permutations(long, len(short))
    )
    assert ceaf_e(key, predicted).hit_key == pytest.approx(best)


@given(_labels)
def test_what_equals_the_key_is_perfect_and_swapping_sides_swaps_precision_and_recall(
    labels: list[tuple[int, int]],
) -> None:
    key = chains((number, one) for number, (one, _) in enumerate(labels))
    predicted = chains((number, other) for number, (_, other) in enumerate(labels))
    assert score(key, key).b_cubed.f1 == 1.0 == score(key, key).ceaf_e.f1
    for there, back in zip(score(key, predicted), score(predicted, key), strict=True):
        assert (there.precision, there.recall) == pytest.approx((back.recall, back.precision))
