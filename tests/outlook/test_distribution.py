"""Distributions over counts, and their scores, held against what scipy and plain sums give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.rivals import poisson
from trucewatch.outlook import scores
from trucewatch.outlook.distribution import blend, ensemble, negative_binomial
from trucewatch.outlook.outlook import Spread


@pytest.mark.parametrize(("mean", "dispersion"), [(0.02, 1.02), (0.7, 3.0), (12.0, 1.5), (60.0, 9.0)])
def test_the_negative_binomial_is_scipys(mean: float, dispersion: float) -> None:
    ours = negative_binomial(mean, dispersion)
    theirs = stats.nbinom(mean / (dispersion - 1), 1 / dispersion)
    small = ours.values[ours.values < 256]
    assert ours.odds[: len(small)] == pytest.approx(theirs.pmf(small), abs=2e-6)
    assert ours.odds.sum() == pytest.approx(1)
    assert ours.mean == pytest.approx(mean, rel=1e-3)
    assert poisson(3).above(4) == pytest.approx(stats.poisson(3).sf(4), abs=1e-5)


@pytest.mark.parametrize(("mean", "dispersion"), [(3_000.0, 700.0), (20_000.0, 40_000.0), (5e7, 1e4)])
def test_large_counts_are_put_together_without_a_loss_that_matters(mean: float, dispersion: float) -> None:
    ours = negative_binomial(mean, dispersion)
    theirs = stats.nbinom(mean / (dispersion - 1), 1 / dispersion)
    assert len(ours.values) <= 512
    assert ours.mean == pytest.approx(mean, rel=0.01)
    for share in (0.25, 0.5, 0.75, 0.95):
        assert theirs.cdf(ours.quantile(share)) == pytest.approx(share, abs=0.02)
    assert ours.above(0) == pytest.approx(theirs.sf(0), abs=1e-3)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(0, 40))
def test_the_crps_is_the_integral_of_the_squared_distance(seen: list[int], came: int) -> None:
    steps = np.arange(0, 60)
    upto = np.array([np.mean(np.array(seen) <= step) for step in steps])
    assert scores.crps(ensemble(seen), came) == pytest.approx(((upto - (came <= steps)) ** 2).sum())


def test_of_a_certain_forecast_the_crps_is_the_absolute_error() -> None:
    assert scores.crps(ensemble([4]), 9) == 5


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(0, 9))
def test_quantiles_tails_and_pits_agree(seen: list[int], number: int) -> None:
    known = ensemble(seen)
    assert known.above(number) == pytest.approx(np.mean(np.array(seen) > number))
    assert known.at_least(number) == pytest.approx(np.mean(np.array(seen) >= number))
    low, high = scores.pit(known, number)
    assert low == pytest.approx(np.mean(np.array(seen) < number))
    assert high == pytest.approx(np.mean(np.array(seen) <= number))
    for share in (0.05, 0.5, 0.95):
        assert known.quantile(share) == np.quantile(seen, share, method="inverted_cdf")


def test_a_mixture_has_the_odds_of_its_parts() -> None:
    mixed = blend(((0.25, ensemble([2])), (0.75, ensemble([2, 5]))))
    assert mixed.values.tolist() == [2, 5]
    assert mixed.odds.tolist() == pytest.approx([0.625, 0.375])


@pytest.mark.parametrize("mean", [0.3, 2.0, 40.0, 900.0])
def test_who_is_right_is_covered_as_often_as_he_says_and_no_oftener(mean: float) -> None:
    forecast = poisson(mean)
    came = np.random.default_rng(3).poisson(mean, 4000)
    pits = [scores.pit(forecast, number) for number in came]
    for share in (0.5, 0.9):
        assert scores.covered(pits, share) == pytest.approx(share, abs=0.015)
    # An interval of whole numbers holds at least its share.
    assert scores.held([forecast.interval(0.5)] * len(came), came) > 0.5


def test_who_is_too_sure_is_covered_too_seldom() -> None:
    came = np.random.default_rng(4).negative_binomial(2, 0.1, 2000)
    pits = [scores.pit(poisson(18), number) for number in came]
    assert scores.covered(pits, 0.9) < 0.7


def test_brier_skill_and_reliability() -> None:
    said, came = [0.1] * 10 + [0.9] * 10, [False] * 9 + [True] + [True] * 9 + [False]
    assert scores.brier(said, came) == pytest.approx(0.09)
    assert scores.skill(scores.brier(said, came), scores.brier([0.5] * 20, came)) == pytest.approx(0.64)
    assert scores.skill(0.0, 0.0) is None
    low, high = scores.reliability(said, came)
    assert (low.forecasts, low.said, low.came) == pytest.approx((10, 0.1, 0.1))
    assert (high.forecasts, high.said, high.came) == pytest.approx((10, 0.9, 0.9))
    assert low.low < 0.1 < low.high


def test_the_log_score_is_that_of_what_came_and_has_a_floor() -> None:
    assert scores.log_score(ensemble([1, 1, 2, 3]), 1) == pytest.approx(np.log(2))
    assert scores.log_score(ensemble([1]), 7) == pytest.approx(-np.log(scores.FLOOR))


@pytest.mark.parametrize(("mean", "dispersion"), [(260.0, 2.0), (1000.0, 30.0), (5000.0, 200.0)])
def test_of_large_counts_each_number_has_its_share_of_its_block(mean: float, dispersion: float) -> None:
    for known in (
        negative_binomial(mean, dispersion),
        blend(((0.5, negative_binomial(mean, dispersion)), (0.5, negative_binomial(mean, dispersion)))),
        Spread.of(negative_binomial(mean, dispersion)).distribution,
    ):
        low, high = scores.pit(known, round(mean))
        assert high - low == pytest.approx(1 / np.sqrt(2 * np.pi * mean * dispersion), rel=0.2)
        around = [scores.pit(known, number) for number in range(round(mean) - 50, round(mean) + 50)]
        assert [low for low, _ in around[1:]] == pytest.approx([high for _, high in around[:-1]])
