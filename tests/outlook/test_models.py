"""The models: what each says of plain pasts, and that ours learns what is there to be learned."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import rivals
from trucewatch.day_counts import Floats
from trucewatch.outlook import memory, models, scores
from trucewatch.outlook.january import allowing, piles, without_piles
from trucewatch.outlook.models import Question

STEADY = np.tile([4.0, 5.0, 6.0, 5.0], 20)


def _asked(*rows: Floats, ahead: int = 1, period: str = "week") -> Question:
    return Question(np.stack(rows), 0, ahead, period)


def test_the_simple_models_say_what_their_names_say() -> None:
    asked = _asked(np.concatenate([np.zeros(40), np.arange(1.0, 41.0)]))
    assert rivals.zero(asked).mean == 0
    assert rivals.last_value(asked).mean == pytest.approx(40, rel=1e-3)
    assert rivals.last_four(asked).values.tolist() == [37, 38, 39, 40]
    assert rivals.twelve(asked).mean == pytest.approx(np.arange(29, 41).mean())
    assert models.base_rate(asked).above(0) == pytest.approx(40 / 52)
    assert rivals.weighted_past(asked).mean > rivals.twelve(asked).mean


def test_the_reference_for_weeks_is_centred_on_the_weighted_mean() -> None:
    past = np.random.default_rng(5).poisson(6, 100).astype(float)
    weights = 0.5 ** (np.arange(100)[::-1] / 3)
    assert rivals.weighted_mean(_asked(past)).mean == pytest.approx((past @ weights) / weights.sum(), rel=0.01)


def test_a_fifth_of_the_reference_for_months_is_its_peers() -> None:
    own, like, unlike = np.full(40, 3.0), np.full(40, 4.0), np.full(40, 900.0)
    said = models.resampled(_asked(own, *[like] * models.LIKE, unlike, period="month"))
    assert said.values.tolist() == [3, 4]
    assert said.odds.tolist() == pytest.approx([0.8, 0.2])
    assert models.resampled(_asked(own, period="month")).values.tolist() == [3]


def test_running_means_forget_by_half() -> None:
    means = models.running_means(np.array([[8.0, 0.0, 0.0]]), 1.0)
    assert means[0].tolist() == pytest.approx([8, 8 / 3, 8 / 7])


def test_dispersion_is_large_where_counts_burst_and_near_one_where_they_are_random() -> None:
    random = np.random.default_rng(6)
    plain = random.poisson(8, (1, 150)).astype(float)
    bursts = random.negative_binomial(8 / 5, 1 / 6, (1, 150)).astype(float)
    level = np.full((1, 150), 8.0)
    assert models.dispersion(plain, level, 1)[0] < 1.6
    assert 3.5 < models.dispersion(bursts, level, 1)[0] < 9


def _walks(areas: int, periods: int, seed: int) -> Floats:
    """Counts whose level wanders from week to week."""
    random = np.random.default_rng(seed)
    level = 10 * np.exp(np.cumsum(random.normal(0, 0.25, (areas, periods)), axis=1))
    return random.poisson(np.clip(level, 0.1, 60)).astype(float)


def test_memory_is_short_where_levels_wander_and_long_where_they_stay() -> None:
    wandering = memory.fit(_walks(8, 150, 7), 1).weights
    steady = memory.fit(np.random.default_rng(8).poisson(10, (8, 150)).astype(float), 1).weights
    assert wandering[:2].sum() > 0.7 * wandering.sum()
    assert steady[3:].sum() > 2 * wandering[3:].sum()


@pytest.mark.parametrize("ahead", [1, 4])
def test_ours_beats_the_reference_and_the_base_rate_where_both_memories_matter(ahead: int) -> None:
    counts = _walks(6, 120, 9)
    ours, reference, base = [], [], []
    for end in range(80, 120 - ahead):
        known, came = counts[:, :end], counts[:, end + ahead - 1]
        fit = memory.fit(known, ahead)
        for row in range(len(counts)):
            asked = Question(known, row, ahead, "week")
            ours.append(scores.crps(memory.forecast(asked, fit), came[row]))
            reference.append(scores.crps(rivals.weighted_mean(asked), came[row]))
            base.append(scores.crps(models.base_rate(asked), came[row]))
    assert np.mean(ours) < np.mean(reference) < np.mean(base)


def test_ours_speaks_of_one_area_alone_and_of_one_where_nothing_happened() -> None:
    assert memory.ours(_asked(STEADY)).mean == pytest.approx(5, abs=0.5)
    assert memory.ours(_asked(np.zeros(30))).above(0) < 0.05
    few = memory.ours(_asked(STEADY[:9]))
    assert few.mean == pytest.approx(5 * memory.prior(1).sum(), abs=0.8)


def test_a_forecast_changes_with_nothing_that_comes_after_it() -> None:
    counts = _walks(4, 100, 10)
    said = memory.ours(Question(counts[:, :90], 2, 1, "week"))
    changed = counts.copy()
    changed[:, 90:] = 999
    again = memory.ours(Question(changed[:, :90], 2, 1, "week"))
    assert said.odds.tolist() == again.odds.tolist()


def test_a_few_enormous_counts_do_not_make_a_quiet_week_likely() -> None:
    bursts = np.tile([1.0, 2.0, 1.0, 90.0, 1.0, 2.0], 12)
    said = memory.ours(_asked(bursts))
    assert said.at_least(1) > 0.75 and sum(said.odds) == pytest.approx(1)


def test_one_quiet_day_does_not_swing_it() -> None:
    days = np.random.default_rng(1).poisson(5, 200).astype(float)
    before, after = (memory.ours(_asked(those, period="day")) for those in (days, np.append(days, 0.0)))
    assert after.mean > 0.8 * before.mean and before.at_least(1) - after.at_least(1) < 0.03


def test_what_weeks_bring_together_varies_more_than_were_they_independent() -> None:
    counts = _walks(6, 150, 11)
    together = memory.summed(counts, 4)
    assert together[:, 3:].tolist() == (counts[:, 3:] + counts[:, 2:-1] + counts[:, 1:-2] + counts[:, :-3]).tolist()
    held = []
    for end in range(90, 146, 2):
        fit, past = memory.fit(counts[:, :end], 4, 4), together[:, 3:end]
        for row in range(len(counts)):
            low, high = memory.forecast(Question(past, row, 4, "week"), fit).interval(0.9)
            held.append(low <= together[row, end + 3] <= high)
    assert 0.8 < np.mean(held) < 0.98


def test_what_weeks_bring_together_is_the_sum_of_what_each_is_expected_to() -> None:
    counts = _walks(6, 150, 12)
    each = np.sum([memory.fit(counts, ahead).means for ahead in (1, 2, 3, 4)], axis=0)
    assert memory.fit(counts, 4, 4).means == pytest.approx(each)


def test_an_area_that_was_quiet_for_long_is_as_likely_to_stay_so_as_others_were() -> None:
    random = np.random.default_rng(13)
    rare = (random.random((12, 156)) < 0.02).astype(float)
    rare[0, -60:] = 0
    fit = memory.fit(rare, 8, 8)
    assert fit.often[0] < 0.01 and 0.08 < fit.some[0] < 0.22  # of eight weeks together 15 % have any
    busy = random.poisson(5, (12, 156)).astype(float)
    assert memory.fit(busy, 8, 8).some == pytest.approx(0.99)
    assert memory.fit(np.zeros((3, 60)), 8, 8).some == pytest.approx(memory.RARE)


def test_half_of_a_month_is_drawn_from_the_past() -> None:
    past = np.tile([0.0, 500.0], 20)
    said = memory.ours(_asked(past, period="month"))
    assert said.odds[said.values == 500].sum() > 0.15


def test_a_january_that_nothing_explains_is_taken_out_and_may_come_again() -> None:
    deaths = np.full(48, 50.0)
    deaths[[12, 24]] = 900  # of months from a January on
    assert piles(deaths[None], 1) == [(0, 12), (0, 24)]
    assert without_piles(deaths[None], 1).max() == 50
    said = rivals.twelve(_asked(deaths, period="month"))
    january, february = allowing(said, deaths, 1, 1), allowing(said, deaths, 1, 2)
    assert january.above(800) == pytest.approx(2 / 4)
    assert february is said


def test_a_january_within_a_bloody_winter_stays() -> None:
    deaths = np.full(48, 50.0)
    deaths[22:27] = (600, 700, 900, 800, 700)
    assert piles(deaths[None], 1) == []
