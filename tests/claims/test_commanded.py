"""What somebody tells others to do, and with what he threatens them, in words of his own."""

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim


def claims(text: str) -> tuple[Claim, ...]:
    return coded(text, dt.date(2026, 2, 10))


@pytest.mark.parametrize(
    ("sentence", "mode", "actor", "recipients"),
    [
        (
            '"Open the crossings now," the World Food Programme told Israel.',
            "yield",
            "World Food Program",
            ["Israel"],
        ),
        ('"Lay down your weapons," the general told the rebels.', "yield", "general", ["rebels"]),
        ('"Do not shell the city," the mayor begged.', "yield", "mayor", []),
        ('"Talk to us," the union leader told the government.', "meet", "union leader", ["government"]),
        ('"Please send us food," the villagers told the soldiers.', "assist", "villagers", ["soldiers"]),
        ('"Return to your barracks," the chairman urged the officers.', "yield", "chairman", ["officers"]),
        ('"Stop the bloodshed in Kosovo," the protesters chanted.', "yield", "protesters", []),
        ("Lift the siege, Iran tells the junta", "yield", "Iran", ["junta"]),
    ],
)
def test_who_commands_demands(sentence: str, mode: str, actor: str, recipients: list[str]) -> None:
    (claim,) = (claim for claim in claims(sentence) if claim.type == "REQUEST")
    assert (claim.mode, claim.status.value) == (mode, "happened")
    assert [party.name for party in claim.actors] == [actor]
    assert [party.name for party in claim.recipients] == recipients
    assert claim.attributed_to is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Police say they are trying to free the hostages and restore order.",
        "The statement added that anyone who tries to enter, access the site or leave the country would be watched.",
        "Soldiers withdrew, the minister said.",
    ],
)
def test_no_other_bare_verb_is_a_command(sentence: str) -> None:
    assert "REQUEST" not in {claim.type for claim in claims(sentence)}


def test_a_demand_is_told_once() -> None:
    text = "The rebels must hand over their heavy weapons, Congo's government demanded."
    assert [claim.type for claim in claims(text)].count("REQUEST") == 1


@pytest.mark.parametrize(
    ("sentence", "actor", "recipients"),
    [
        ("The attack on the consulate will not go unanswered, Iran's foreign ministry said.", "IRN", []),
        ("Companies that trade with Cuba would face consequences, the US State Department said.", "USA", ["companies"]),
        ("India would give a befitting reply to any misadventure, its defence minister said.", "IND", []),
        ("Any ship that turns off its transponder will be sunk, the Houthi navy said.", "YEM", ["ship"]),
        ("Trump gave Hamas 48 hours to accept the plan.", "USA", ["Hamas"]),
        ("Britain said Russia would pay for the attack on the hospital.", "GBR", ["Russia"]),
    ],
)
def test_whoever_is_to_suffer_it_makes_no_threat(sentence: str, actor: str, recipients: list[str]) -> None:
    (claim,) = (claim for claim in claims(sentence) if claim.type == "THREATEN")
    assert claim.status.value == "happened"
    assert [party.country for party in claim.actors] == [actor]
    assert [party.name for party in claim.recipients] == recipients


def test_a_state_that_protests_does_so_in_words() -> None:
    (claim, *_) = claims("Beijing protested against the sale of missiles to Taiwan.")
    assert (claim.type, claim.mode) == ("ACCUSE", "disapprove")
