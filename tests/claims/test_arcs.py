"""Who stands near an event and takes no part in it, or another part than its grammar says."""

from __future__ import annotations

import datetime as dt

import pytest

from trucewatch import codebook
from trucewatch.claims import coder
from trucewatch.language import Engine
from trucewatch.nouns import Claim, Report


def _coded(text: str, written: dt.date) -> tuple[Claim, ...]:
    return coder.code(Report(id="0", text=text, published=written), Engine.load().parse(text), codebook.load())


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Haftar and Sarraj met in Paris to prevent a war in Libya.", "ASSAULT"),
        ("Hundreds of Lebanese soldiers were in the street to avoid further clashes.", "ASSAULT"),
        ("Prime Minister Nouri al-Maliki was asked for a plan to end sectarian violence.", "ASSAULT"),
        ("A hidden agreement was made of which parliament was not notified.", "AGREE"),
    ],
)
def test_who_averts_or_is_told_of_a_thing_does_not_do_it(sentence: str, event: str) -> None:
    told = [claim for claim in _coded(sentence, dt.date(2017, 7, 25)) if claim.type == event]
    assert [claim.actors for claim in told] == [()]


@pytest.mark.parametrize(
    ("sentence", "recipient"),
    [
        ("The marches began days after Brown's shooting.", "Brown"),
        ("Hariri's killing was followed by marches.", "Rafik Hariri"),
        ("Hariri was killed by a car bomb.", "Rafik Hariri"),
    ],
)
def test_whose_killing_it_is_did_not_do_it_nor_did_the_weapon(sentence: str, recipient: str) -> None:
    (claim,) = [claim for claim in _coded(sentence, dt.date(2005, 3, 1)) if claim.type == "ASSAULT"]
    assert ([*claim.actors], [party.name for party in claim.recipients]) == ([], [recipient])
