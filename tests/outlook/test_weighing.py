"""Readings weighed: against scipy's distributions, and what must hold of any weighing."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from msgspec.structs import replace
from scipy import stats

from tests.outlook.rivals import NOTHING, counted, evidence, scenario
from trucewatch.outlook import chances
from trucewatch.outlook.baselines import Baseline, Thin, baseline
from trucewatch.outlook.chances import Counted
from trucewatch.outlook.scenarios import Rate, Stated
from trucewatch.outlook.weighing import Verdict, weigh


def test_a_count_has_the_negative_binomial_chance_of_its_mean_and_spread() -> None:
    means = np.array([0.05, 0.8, 3.0, 40.0])
    for spread in (1.3, 2.0, 6.0):
        for count in (0, 1, 5, 60):
            ours = chances.log_chance(count, means, spread)
            theirs = stats.nbinom.logpmf(count, means / (spread - 1), 1 / spread)
            assert ours == pytest.approx(theirs)
    assert chances.log_chance(4, means, 1.0) == pytest.approx(stats.poisson.logpmf(4, means))


def test_readings_of_one_rate_each_are_weighed_by_plain_likelihoods() -> None:
    counts = [0, 2, 1, 0, 0, 3, 0, 1]
    sharp = scenario(
        coverage=NOTHING,
        rates=(
            Rate(reading="calm", indicator="air-strikes", daily=(0.3 * 0.999, 0.3 * 1.001)),
            Rate(reading="same", indicator="air-strikes", daily=(0.999, 1.001)),
        ),
    )
    found = weigh(sharp, evidence(counted(counts)))
    chances = [stats.nbinom.pmf(counts, rate / (2.0 - 1), 0.5).prod() for rate in (0.3, 1.0)]
    weights = np.array(chances) * [1 / 3, 2 / 3]
    assert found.posterior[-1] == pytest.approx(weights / weights.sum(), abs=0.01)
    assert found.prior == pytest.approx([1 / 3, 2 / 3])


def test_quiet_days_speak_for_the_calm_and_busy_ones_against_it() -> None:
    quiet = weigh(scenario(), evidence(counted([0] * 21)))
    assert [float(row[0]) for row in quiet.posterior] == sorted(float(row[0]) for row in quiet.posterior)
    assert (quiet.verdict, quiet.leader) == (Verdict.FAVOURED, 0)
    busy = weigh(scenario(), evidence(counted([1, 0, 2] * 7)))
    assert (busy.verdict, busy.leader) == (Verdict.FAVOURED, 1)
    assert "nothing changed: " in busy.because


def test_a_day_that_nobody_watched_tells_nothing() -> None:
    seen = weigh(scenario(), evidence(counted([0, 1, 0])))
    longer = weigh(scenario(), evidence(counted([0, 1, 0, 0, 0], [True] * 3 + [False] * 2)))
    assert longer.posterior[-1] == pytest.approx(seen.posterior[-1])
    assert longer.moved[3:] == pytest.approx(0)
    unseen = weigh(scenario(), evidence(counted([0] * 30, [False] * 30)))
    assert unseen.posterior[-1] == pytest.approx(unseen.prior)
    assert unseen.verdict is Verdict.TOO_LITTLE
    assert "0 watched days" in unseen.because


def test_the_quiet_of_few_reports_says_less_and_their_raids_more() -> None:
    raids = [1.0 if day % 5 == 3 else 0.0 for day in range(27)]
    full, thin = (weigh(scenario(), evidence(Counted(np.array(raids), np.full(27, seen)))) for seen in (1.0, 0.5))
    assert (full.leader, thin.leader) == (0, 1)
    assert full.moved[0, 0] - full.moved[0, 1] > thin.moved[0, 0] - thin.moved[0, 1] > 0
    assert full.watched == thin.watched == 27


def test_few_days_and_close_odds_decide_nothing() -> None:
    few = weigh(scenario(), evidence(counted([0] * 6)))
    assert (few.verdict, few.because) == (Verdict.TOO_LITTLE, "6 watched days since 2021-03-01, 7 are needed")
    close = weigh(scenario(calm=(0.4, 1.0)), evidence(counted([0, 1] * 5)))
    assert close.verdict is Verdict.TOO_LITTLE
    assert "short of the 80% that decide" in close.because


def test_no_baseline_means_no_odds() -> None:
    bare = scenario(baselines=())
    found = weigh(bare, evidence(counted([0] * 20), counted([1] * 20 + [0] * 36, [True] * 20 + [False] * 36)))
    assert found.verdict is Verdict.TOO_LITTLE
    assert isinstance(found.baselines["air-strikes"], Thin)
    assert "20 counted on 20 watched days" in found.baselines["air-strikes"].why
    assert found.posterior[-1] == pytest.approx(found.prior)


def test_counts_before_go_before_what_is_stated() -> None:
    before = counted([1, 0, 2, 1, 1, 0, 2] * 8)
    base = baseline(before, counted([]), Stated(indicator="air-strikes", daily=(9, 10), source="made"))
    assert isinstance(base, Baseline)
    assert base.daily[0] < 1 < base.daily[1]
    low, high = stats.gamma.ppf((0.05, 0.95), base.shape, scale=1 / base.days)
    assert base.daily == pytest.approx((low, high), rel=0.03)
    spread = stats.gamma.std(base.shape, scale=1 / base.days)
    burst = baseline(counted(([0] * 6 + [7]) * 8), counted([]), None)
    assert isinstance(burst, Baseline)
    assert burst.dispersion > 3
    assert burst.clustering == 1
    assert burst.shape is not None
    assert stats.gamma.std(burst.shape, scale=1 / burst.days) > spread


def test_clusters_are_told_from_the_days_before_and_since_whatever_their_rates() -> None:
    even, more = counted([1] * 28), counted([5] * 28)
    assert chances.dispersion((even, more), 1) == chances.dispersion((even, more), 7) == 1.0
    weeks = counted([2] * 7 + [0] * 21)
    assert chances.dispersion((weeks,), 7) == pytest.approx(14.0)
    assert 1.0 < chances.dispersion((even, weeks), 7) < 14.0
    bursts, apart = (weigh(scenario(), evidence(since)) for since in (weeks, counted([1, 0] * 14)))
    assert isinstance(bursts.baselines["air-strikes"], Baseline)
    assert bursts.baselines["air-strikes"].clustering > 6
    assert bursts.posterior[-1, 1] < apart.posterior[-1, 1]


def test_what_is_not_known_of_the_baseline_and_of_reporting_holds_the_odds_back() -> None:
    quiet = evidence(counted([0] * 21))
    odds = [float(weigh(scenario(coverage=range_), quiet).posterior[-1, 0]) for range_ in (NOTHING, (0.5, 2), (0.2, 5))]
    assert all(one > other for one, other in pairwise(odds))
    stated = [Stated(indicator="air-strikes", daily=daily, source="made") for daily in ((0.9, 1.1), (0.3, 3.0))]
    sure, unsure = (float(weigh(scenario(baselines=(one,)), quiet).posterior[-1, 0]) for one in stated)
    assert sure > unsure


def test_the_prior_that_would_flip_the_leader_flips_it() -> None:
    since = evidence(counted([0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]))
    found = weigh(scenario(), since)
    (flip,) = found.flips
    assert (found.leader, flip.reading, flip.stated) == (0, "same", pytest.approx(2.0))

    def led(odds: float) -> int:
        calm, same = scenario().readings
        return weigh(scenario(readings=(replace(calm, prior=1), replace(same, prior=odds))), since).leader

    assert (led(flip.needed * 0.98), led(flip.needed * 1.02)) == (0, 1)


def test_quiet_tells_less_where_less_is_reported() -> None:
    found = weigh(scenario(), evidence(counted([0] * 14)))
    calm = [each.posterior[0] for each in found.missing]
    assert calm == sorted(calm)
    assert calm[0] < float(found.posterior[-1, 0]) < calm[-1]
    (as_is,) = [each for each in found.missing if each.share == 1]
    assert as_is.posterior == pytest.approx(found.posterior[-1])


def test_days_add_up_to_the_whole() -> None:
    found = weigh(scenario(), evidence(counted([0, 1, 0, 3, 0, 0, 1])))
    step = found.moved.sum(axis=0)
    odds = math.log(found.posterior[-1, 0] / found.posterior[-1, 1]) - math.log(found.prior[0] / found.prior[1])
    assert step[0] - step[1] == pytest.approx(odds)
    assert found.moved_by["air-strikes"] == pytest.approx(found.moved)


def test_counts_that_no_reading_predicts_favour_none() -> None:
    for many in ([14] * 20, [400] * 20):
        found = weigh(scenario(), evidence(counted(many)))
        assert found.verdict is Verdict.NO_READING
        assert set(found.surprised.values()) == {("air-strikes too many",)}


def test_no_day_at_all_leaves_the_prior() -> None:
    found = weigh(scenario(), evidence(counted([])))
    assert found.posterior.shape == (0, 2)
    assert found.verdict is Verdict.TOO_LITTLE
    assert found.flips == ()
