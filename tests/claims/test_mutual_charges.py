"""What two sides lay to each other: "accused each other of attacks"."""

import datetime as dt

import pytest

from tests.claims.made import coded, triggered

BLAME = [
    ("Armenia and Azerbaijan accused each other of breaking the truce.", "breaking", ["Armenia", "Azerbaijan"]),
    ("Kyiv and the separatists blamed one another for shelling a school.", "shelling", ["Ukraine", "separatists"]),
    (
        "The RSF and the army accused each other of attacks.",
        "attacks",
        ["Rapid Support Forces", "Sudanese Armed Forces"],
    ),
]


@pytest.mark.parametrize(("text", "trigger", "both"), BLAME)
def test_what_two_lay_to_each_other_is_laid_to_both_and_said_by_both(text: str, trigger: str, both: list[str]) -> None:
    claim = triggered(text, trigger)
    assert [one.name for one in claim.actors] == both
    assert claim.attributed_to == " and ".join(both)


@pytest.mark.parametrize(("text", "trigger", "both"), BLAME)
def test_it_is_no_deed_of_which_the_rest_tells(text: str, trigger: str, both: list[str]) -> None:
    told = coded(f"{text} A missile struck a house, killing seven people.", dt.date(2020, 10, 10))
    attacks = [(one.killed and one.killed.low, one.attributed_to) for one in told if one.type == "ASSAULT"]
    assert attacks == [(None, " and ".join(both)), (7, None)]


def test_who_attacks_by_word_of_two_is_none_of_them() -> None:
    claim = triggered("Turkey and Russia blamed each other for attacks by militants.", "attacks")
    assert [one.name for one in claim.actors] == ["militants"]


@pytest.mark.parametrize(
    "text",
    [
        "Armenia and Azerbaijan accused each other of breaking the truce.",
        "Armenia and Azerbaijan each accused the other of breaking the truce.",
        "Armenia and Azerbaijan traded accusations over the shelling of a bridge.",
    ],
)
def test_who_accuse_each_other_are_accused(text: str) -> None:
    charge = next(claim for claim in coded(text) if claim.type == "ACCUSE")
    both = ["Armenia", "Azerbaijan"]
    assert [[one.name for one in side] for side in (charge.actors, charge.recipients)] == [both, both]


def test_what_each_lays_to_the_other_is_laid_to_both() -> None:
    claim = triggered("Moscow and Kyiv each accused the other of striking the nuclear plant.", "striking")
    assert [one.name for one in claim.actors] == ["Russia", "Ukraine"]
    assert claim.attributed_to == "Russia and Ukraine"


def test_what_one_side_charges_is_not_what_both_charge_each_other_with() -> None:
    text = "Russia spoke of a truce, but Armenia accused Azerbaijan of breaking it. Both sides blamed each other for the violence."
    charges = [claim for claim in coded(text, dt.date(2022, 9, 13)) if claim.type == "ACCUSE"]
    assert [[party.country for party in one.recipients] for one in charges] == [["AZE"], ["ARM", "AZE"]]
