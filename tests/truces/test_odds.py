"""The posterior of a ratio of rates, held against scipy, and the dispersion, held against counts made to have it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from trucewatch.truces.odds import Contrast, above, beta_below, dispersion, quantile

SHAPES = st.floats(min_value=0.5, max_value=20_000)
COUNTS = st.integers(min_value=0, max_value=3_000)


@settings(max_examples=40, deadline=None)
@given(SHAPES, SHAPES, st.floats(min_value=0.0, max_value=1.0))
def test_incomplete_beta_is_that_of_scipy(one: float, other: float, x: float) -> None:
    assert beta_below(one, other, x) == pytest.approx(special.betainc(one, other, x), abs=1e-9)


def test_incomplete_beta_near_the_mean_of_large_shapes() -> None:
    x = np.linspace(0.7, 0.8, 200)
    assert beta_below(30_000.0, 10_000.0, x) == pytest.approx(special.betainc(30_000.0, 10_000.0, x), abs=1e-9)


def test_ratio_is_that_of_two_gamma_posteriors() -> None:
    # Without dispersion, 7 events in 14 days against 40 in 56: by simulation.
    odds = np.random.default_rng(4)
    ratios = odds.gamma(7.5, 1 / 14, 400_000) / odds.gamma(40.5, 1 / 56, 400_000)
    contrast = Contrast(7, 14, 40, 56)
    assert above(contrast, 0.5) == pytest.approx((ratios > 0.5).mean(), abs=0.005)
    assert quantile(contrast, 0.95) == pytest.approx(np.quantile(ratios, 0.95), rel=0.01)


@settings(max_examples=25, deadline=None)
@given(COUNTS, COUNTS, st.floats(min_value=1.0, max_value=80.0), st.floats(min_value=0.02, max_value=0.98))
def test_quantile_undoes_above(count: int, base: int, spread: float, probability: float) -> None:
    contrast = Contrast(count, 14, base, 56, spread)
    assert above(contrast, float(quantile(contrast, probability))) == pytest.approx(1 - probability, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(COUNTS, COUNTS, st.floats(min_value=1.0, max_value=80.0))
def test_more_counted_is_never_less_probable(count: int, base: int, spread: float) -> None:
    fewer, more = Contrast(count, 14, base, 56, spread), Contrast(count + 1, 14, base, 56, spread)
    assert above(more, 0.8) >= above(fewer, 0.8) - 1e-9
    assert above(fewer, 0.5) >= above(fewer, 0.8)


def test_clustering_widens_what_is_known() -> None:
    plain, clustered = (Contrast(10, 14, 40, 56, spread) for spread in (1.0, 8.0))
    assert quantile(clustered, 0.05) < quantile(plain, 0.05) < quantile(plain, 0.95) < quantile(clustered, 0.95)


def test_dispersion_of_poisson_counts_is_near_one_and_of_bursts_their_size() -> None:
    odds, watched = np.random.default_rng(5), np.ones(5_600, dtype=bool)
    single = odds.poisson(3.0, 5_600).astype(float)
    assert dispersion(single, watched) == pytest.approx(1.0, abs=0.1)
    fives = 5.0 * odds.poisson(0.6, 5_600)
    assert dispersion(fives, watched) == pytest.approx(5.0, abs=0.8)
    binomial = stats.nbinom.rvs(2, 2 / (2 + 6), size=5_600, random_state=6).astype(float)
    assert dispersion(binomial, watched) == pytest.approx(1 + 6 / 2, abs=0.6)


def test_dispersion_sees_bursts_that_last_for_days() -> None:
    # Weeks of 0 and weeks of 2 a day: from day to day the counts look steady in their weeks.
    weeks = np.repeat([0.0, 2.0] * 8, 7)
    assert dispersion(weeks, np.ones(len(weeks), dtype=bool)) > 7.0


def test_dispersion_leaves_unwatched_days_out_and_is_one_without_counts() -> None:
    counts, watched = np.array([2.0, 2.0, 9.0, 2.0, 2.0, 2.0, 2.0]), np.array([1, 1, 0, 1, 1, 1, 1], dtype=bool)
    assert dispersion(counts, watched) == 1.0
    assert dispersion(np.zeros(56), np.ones(56, dtype=bool)) == 1.0
    assert dispersion(np.zeros(0), np.zeros(0, dtype=bool)) == 1.0
