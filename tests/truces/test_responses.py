"""What follows what: a planted answer is found, and two parties who take no notice of each other are not called a sequence."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from trucewatch.truces.responses import Null, _turned, among, following

YEAR = 365


def _flags(*days: int, length: int = 60) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    found = np.zeros(length, dtype=bool)
    found[list(days)] = True
    return found


def test_shares_of_a_worked_example() -> None:
    first, second = _flags(3, 13, 23, 33, 43), _flags(3, 14, 25, 38, 41)
    one, three, seven = following(first, second, np.ones(60, dtype=bool))
    # After 13 on the next day; after 23 within three; after 33 within seven; the same day does not count.
    assert [found.cases for found in (one, three, seven)] == [5, 5, 5]
    assert [found.followed for found in (one, three, seven)] == [1, 2, 3]
    # Before 43, on day 41.
    assert (one.preceded, three.preceded) == (0.0, 0.2)


def test_days_whose_aftermath_nobody_watched_are_no_cases() -> None:
    watched = np.ones(60, dtype=bool)
    watched[24] = False
    found = following(_flags(3, 13, 23, 33, 43, 59), _flags(4), watched)
    assert [one.cases for one in found] == [4, 4, 4]
    assert {(one.share, one.p) for one in found} == {(None, None)}


def test_a_case_counts_for_as_many_days_as_were_watched_after_it_and_looking_back_before_it() -> None:
    watched = np.ones(90, dtype=bool)
    watched[[28, 31]] = False  # five days after 23, and five before 36
    found = following(_flags(10, 23, 36, 49, 62, 75, length=90), _flags(24, 34, length=90), watched)
    assert [(one.cases, one.followed) for one in found] == [(6, 1), (6, 1), (5, 0)]
    assert [one.preceded for one in found] == [0.0, pytest.approx(1 / 6), 0.0]


def test_a_planted_answer_is_found_at_its_distance() -> None:
    odds = np.random.default_rng(2)
    first = odds.random(YEAR) < 0.15
    second = np.roll(first, 2) & (odds.random(YEAR) < 0.7)
    one, three, _ = following(first, second, np.ones(YEAR, dtype=bool))
    assert one.p is not None and one.p > 0.2
    assert three.p is not None and three.p <= 0.01
    assert three.share is not None and three.high is not None and three.share > three.high
    assert three.preceded is not None and three.preceded < three.share


def test_common_bad_months_are_no_sequence() -> None:
    odds = np.random.default_rng(3)
    called = {14: 0, YEAR: 0}
    for seed in range(40):
        months = np.repeat(np.exp(odds.normal(size=13)) * 0.3, 30)[:YEAR]
        first, second = odds.poisson(months) > 0, odds.poisson(months) > 0
        for block in called:
            null = Null(block=block, draws=199, seed=seed)
            found = following(first, second, np.ones(YEAR, dtype=bool), null)
            called[block] += sum(one.p is not None and one.p <= 0.05 for one in found)
    # Of 120: a null that does not keep the months calls most of them a sequence.
    assert called[14] <= 18 and called[YEAR] >= 60


def test_the_same_question_has_the_same_answer() -> None:
    odds = np.random.default_rng(7)
    first, second, watched = odds.random(100) < 0.3, odds.random(100) < 0.3, odds.random(100) < 0.97
    assert following(first, second, watched) == following(first, second, watched)


def test_chance_turns_days_around_within_fortnights_and_loses_none() -> None:
    odds = np.random.default_rng(8)
    second, watched = odds.random(100) < 0.3, odds.random(100) < 0.8
    second &= watched
    for row in _turned(second, watched, Null(draws=50)).T:
        assert not (row & ~watched).any()
        assert [part.sum() for part in np.array_split(row, range(14, 100, 14))] == [
            part.sum() for part in np.array_split(second, range(14, 100, 14))
        ]


@pytest.mark.parametrize("length", [0, 1, 6])
def test_a_stretch_shorter_than_a_week_is_too_short_to_say(length: int) -> None:
    flags = np.ones(length, dtype=bool)
    assert [one.p for one in following(flags, flags, flags)][-1] is None


def test_of_many_that_are_asked_some_are_small_by_chance() -> None:
    odds = np.random.default_rng(4)
    flags = [odds.random(YEAR) < 0.2 for _ in range(5)]
    alone = [following(first, second, np.ones(YEAR, dtype=bool)) for first, second in itertools.permutations(flags, 2)]
    told = [one for its in among(alone) for one in its]
    assert min(one.p for one in told) < 0.05 < min(one.among for one in told)
    answered = following(flags[0], np.roll(flags[0], 1), np.ones(YEAR, dtype=bool))
    assert among([*alone[:3], answered])[-1][0].among == pytest.approx(12 * 0.001)  # of four pairs, three each
    assert among([(answered[0],)])[0][0].among == answered[0].p
