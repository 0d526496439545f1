"""The benchmarks of merging: what they measure is what they say, in small."""

from __future__ import annotations

import pytest

from benchmarks import merging, pairs
from benchmarks.ged import GED, Centres, events, invented
from benchmarks.tellings import PLAIN, VAGUE, Telling, tellings
from trucewatch.nouns import Account


@pytest.mark.parametrize("kind", ["archive", "flood"])
def test_every_claim_is_merged_and_counted(kind: str) -> None:
    size = merging.measure(kind, 140)
    assert size.claims == 140
    assert 20 <= size.incidents < 140
    assert size.cpu > 0
    assert f"{size.incidents:,}" in merging.table([size])


def test_claims_that_are_compared_grow_with_the_days_not_with_their_square() -> None:
    def compared(days: int) -> int:
        told = invented(days * 4, days, seed=3)
        how = Telling(Centres(told))
        accounts = [account for event in told for account in tellings(event, 3, how)]
        return sum(1 for _ in pairs.Seen(accounts).pairs())

    assert compared(200) < 3 * compared(100)


def test_an_event_is_told_alike_for_one_seed_and_otherwise_for_another() -> None:
    known = invented(40, 5)
    centres = Centres(known)

    def told(how: Telling) -> list[Account]:
        return [account for event in known for account in tellings(event, 2, how)]

    assert told(Telling(centres)) == told(Telling(centres))
    assert told(Telling(centres)) != told(Telling(centres, seed=1))
    places = [sum(a.claim.place is None for a in told(Telling(centres, odds))) for odds in (PLAIN, VAGUE)]
    assert places[0] < places[1]


def test_pairs_of_one_event_rank_above_pairs_of_two() -> None:
    known = invented(600, 90, seed=2)
    judged = list(pairs.pairs(known, pairs.Sample(held=True)))
    kinds = pairs.table(judged)
    true, others = kinds[pairs.POSITIVE], kinds[pairs.ANY_OTHER]
    assert true["same"] > 0.3 * true.total()
    assert others["same"] < 0.25 * others.total()
    recall, precision = pairs.on_a_desk(known, pairs.Sample(held=True))
    assert recall > 0.4
    assert precision > 0.6
    assert "recall" in pairs.report(kinds)


@pytest.mark.skipif(not GED.exists(), reason="UCDP GED is not at hand: it lies in shared/ beside the repository")
def test_ged_is_read_with_its_articles_and_precisions() -> None:
    known = events()
    assert len(known) == 14_522
    assert sum(len(event.articles) > 1 for event in known) > 2_000
    assert {event.precision for event in known} == {1, 2, 3, 4, 5, 6}
