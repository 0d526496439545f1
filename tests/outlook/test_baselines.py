"""What an indicator's rate was before: counted where that is enough, else as stated, else nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from trucewatch.outlook.baselines import Baseline, Thin, baseline, sigma
from trucewatch.outlook.chances import Counted
from trucewatch.outlook.scenarios import Stated

NOTHING = Counted(np.zeros(0), np.zeros(0))


def counted(counts: list[int]) -> Counted:
    """So many on each day, all of them watched."""
    return Counted(np.array(counts, dtype=float), np.ones(len(counts)))


@pytest.mark.parametrize(
    ("days", "deeds", "is_enough"), [(28, 28, True), (27, 27, False), (28, 5, True), (28, 4, False)]
)
def test_four_weeks_and_five_deeds_are_enough(days: int, deeds: int, is_enough: bool) -> None:
    counts = [0] * days
    for at in range(deeds):
        counts[at * days // deeds] += 1
    found = baseline(counted(counts), NOTHING, None)
    assert isinstance(found, Baseline) is is_enough
    if isinstance(found, Thin):
        assert found.why.startswith(f"{deeds} counted on {days} watched days before, 28 days and 5 for each 1.0")
    else:
        assert (found.shape, found.days, found.dispersion) == (0.5 + deeds, days, 1.0)


@pytest.mark.parametrize("a_day", [1, 400])
def test_the_middle_is_that_of_the_rates_gamma_distribution(a_day: int) -> None:
    found = baseline(counted([a_day] * 365), NOTHING, None)
    assert isinstance(found, Baseline) and found.shape is not None
    assert found.daily == pytest.approx(stats.gamma.ppf((0.05, 0.95), found.shape, scale=1 / found.days), rel=0.01)


def test_what_is_stated_is_log_normal_between_its_ends() -> None:
    found = baseline(counted([0] * 27), NOTHING, Stated(indicator="clashes", daily=(1.0, 4.0), source="made"))
    assert isinstance(found, Baseline) and (found.daily, found.shape) == ((1.0, 4.0), None)
    assert stats.norm.cdf(math.log(4.0 / 2.0) / sigma((1.0, 4.0))) == pytest.approx(0.95)
