"""How something is done says what it is: what two do "together" is cooperation."""

from __future__ import annotations

import pytest

from tests.claims.made import coded


def types(sentence: str) -> set[str]:
    return {claim.type for claim in coded(sentence)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Indonesian and Australian ships patrolled the strait together.",
        "Serbia and Hungary run the power plant together.",
        "Algeria and Italy are building a gas pipeline together.",
    ],
)
def test_what_two_do_together_is_cooperation(sentence: str) -> None:
    assert types(sentence) == {"COOPERATE"}


def test_who_does_it_alone_does_not_cooperate() -> None:
    assert types("The ships patrolled the strait.") == {"MOBILIZE"}


def test_two_persons_at_one_job_are_no_event() -> None:
    assert coded("Omar Diallo and Peter Novak worked as lifeguards together at the pool.") == ()
