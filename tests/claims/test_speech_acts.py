"""What is done in words: a threat, a concession, a promise of one's own; commands to others; of what others will do one only tells."""

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim

THURSDAY = dt.date(2025, 6, 12)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Houthis said they would strike any Israeli ship in the Red Sea.", "THREATEN"),
        ("“We will bomb their airports,” the leader of the Houthis said.", "THREATEN"),
        ("Defence Minister Israel Katz said Israel would withdraw from the five hills.", "CONCEDE"),
        ("The Houthis said they would resume attacks.", "THREATEN"),
        ("The United States said it would stop bombing the Houthis.", "CONCEDE"),
        ("Norway said it would send ten ambulances to Kharkiv.", "AGREE"),
        ("Kenya said it would share intelligence with Somalia.", "AGREE"),
        ("Lula said he would pursue closer ties with Peru.", "AGREE"),
        ("“We will open a new chapter with Ethiopia,” the president of Eritrea said.", "AGREE"),
        ("The minister said Serbia would extradite the general to Croatia.", "AGREE"),
        ("President Recep Tayyip Erdogan said they are going to bomb the camps.", "THREATEN"),
        ("Any ship that turns off its transponder will be sunk, the Houthi navy said.", "THREATEN"),
        ("Hezbollah said it would not disarm.", "REJECT"),
        ("Kyiv said it would not sign the deal.", "REJECT"),
        ("Netanyahu said Israel would not stop bombing Gaza.", "REJECT"),
        ("Berlin said it would not supply Taurus missiles to Ukraine.", "REJECT"),
        ("Russia said it would not attack Kharkiv.", "ASSAULT"),
        ("Kyiv said Russia would strike the power grid again.", "ASSAULT"),
        ("Residents said the rebels would leave the town.", "RETREAT"),
        ("Ankara said it would send back refugees if Brussels did not pay.", "THREATEN"),
        ("Moscow said it would close its airspace to British planes if London did not give way.", "THREATEN"),
        ("Washington said that it would cut ties with the junta unless the vote was held.", "THREATEN"),
        ("Moscow said it would close its airspace to British planes.", "COERCE"),
        ("Poland said it would send 3,000 soldiers to the border.", "MOBILIZE"),
        ("The RSF said it would respect the truce.", "AGREE"),
        ("The army has not respected the truce.", "RETREAT"),
    ],
)
def test_what_one_says_one_will_do(sentence: str, expected: str) -> None:
    assert [claim.type for claim in coded(sentence, THURSDAY)] == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Kremlin announced the withdrawal of its troops from Kherson.", "CONCEDE"),
        ("The army announced plans to pull its troops out of the town.", "CONCEDE"),
        ("Germany announced a new aid package for Sudan.", "AGREE"),
        ("Hamas announced the release of two hostages.", "RETREAT"),
        ("The army announced the killing of a commander.", "ASSAULT"),
    ],
)
def test_what_one_announces(sentence: str, expected: str) -> None:
    assert [claim.type for claim in coded(sentence, THURSDAY)] == [expected]


def test_a_word_is_given_when_it_is_said() -> None:
    (claim,) = coded("Hamas said on Monday that it would release three hostages by Saturday.", THURSDAY)
    assert claim.time and claim.time.start == dt.date(2025, 6, 9)
    assert claim.attributed_to is None


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


@pytest.mark.parametrize(
    "text",
    [
        "The rebels must hand over their heavy weapons, Congo's government demanded.",
        '"Stop the raids and leave the town," the minister said.',
    ],
)
def test_a_demand_is_told_once(text: str) -> None:
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


def test_who_is_to_answer_for_it_is_threatened() -> None:
    (threat,) = coded('"The leadership of Armenia will answer for this," Ilham Aliyev said on television.')
    assert (threat.type, [party.name for party in threat.actors]) == ("THREATEN", ["Ilham Aliyev"])
    assert [party.country for party in threat.recipients] == ["ARM"]


def test_what_somebody_calls_a_truce_is_no_call_for_one() -> None:
    assert not [one for one in coded('Emmanuel Macron called the truce "unconditional".') if one.type == "REQUEST"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Barak promised to withdraw his troops from Lebanon.", ["CONCEDE"]),
        ("The FARC said it was willing to release its hostages and to disarm.", ["CONCEDE"]),
        ("The sides agreed to withdraw their troops from the ridge.", ["AGREE", "RETREAT"]),
        ("Ethiopia pledged to eliminate the Tigrayan commanders.", ["THREATEN"]),
        ("The governor pledged to shut down the opposition radio stations.", ["THREATEN"]),
        ("Duterte promised to wipe out the gangs.", ["THREATEN"]),
        ("The mayor vowed to deport them.", ["THREATEN"]),
        ("Sudan promised Washington to arrest the militants.", ["AGREE", "COERCE"]),
        ("The government promised to curb the militias.", ["AGREE"]),
        ("Lula said Brazil would work closely with Peru.", ["AGREE"]),
    ],
)
def test_a_promise_is_what_is_promised_and_no_second_event(sentence: str, expected: list[str]) -> None:
    assert [claim.type for claim in coded(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("The rebels promised to burn the polling stations.", "violence"),
        ("The candidate promised to tear up the trade treaty with Mexico.", "relations"),
        ("The minister pledged to expel the envoys of Sweden.", "expel"),
    ],
)
def test_a_promise_of_force_threatens_with_what_is_promised(sentence: str, mode: str) -> None:
    assert [(claim.type, claim.mode) for claim in coded(sentence)] == [("THREATEN", mode)]
