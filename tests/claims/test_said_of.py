"""What people say of others: who blames, backs or threatens whom by it, and when."""

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim, Entity

DAY = dt.date(2025, 5, 14)


def told(text: str, type_: str) -> Claim | None:
    return next((claim for claim in coded(text, DAY) if claim.type == type_), None)


def countries(entities: tuple[Entity, ...]) -> list[str | None]:
    return [entity.country for entity in entities]


@pytest.mark.parametrize(
    ("text", "type_", "actor", "recipient"),
    [
        ("Qatar's minister said that Hamas was dragging its feet on the release of hostages.", "ACCUSE", "QAT", "PSE"),
        (
            "The United States has failed to live up to its obligations, Iran's foreign minister said.",
            "ACCUSE",
            "IRN",
            "USA",
        ),
        ("The Kremlin said that Kyiv was buying time.", "ACCUSE", "RUS", "UKR"),
        ("Pakistan said India had crossed a red line.", "ACCUSE", "PAK", "IND"),
        ("Israel has the right to defend itself, a British minister said.", "SUPPORT", "GBR", "ISR"),
        (
            "Serbia would regret any attempt to change the border, Kosovo's prime minister said.",
            "THREATEN",
            "XKX",
            "SRB",
        ),
        ("Russia will have to answer for its crimes, the Ukrainian president said.", "THREATEN", "UKR", "RUS"),
        ("India will suffer the consequences, Pakistan's defence minister said.", "THREATEN", "PAK", "IND"),
        ("India held Pakistan responsible for the massacre.", "ACCUSE", "IND", "PAK"),
        ("Rome recalled its envoy and said that Cairo was behind the blast.", "ACCUSE", "ITA", "EGY"),
    ],
)
def test_who_says_of_whom(text: str, type_: str, actor: str, recipient: str) -> None:
    claim = told(text, type_)
    assert claim and (countries(claim.actors), countries(claim.recipients)) == ([actor], [recipient])
    assert claim.status.value == "happened"
    assert claim.attributed_to is None


@pytest.mark.parametrize(
    "text",
    [
        "Hamas is dragging its feet on the release of the hostages.",
        "Qatar said it would not turn a blind eye to the killings.",
        "Qatar said that nobody should turn a blind eye to the killings.",
        "The right to defend itself was all that it had.",
    ],
)
def test_what_nobody_says_of_another_is_no_opinion(text: str) -> None:
    assert not {"ACCUSE", "SUPPORT"} & {claim.type for claim in coded(text, DAY)}


def test_our_finger_on_the_trigger_is_the_speakers() -> None:
    claim = told("Our finger is on the trigger, said the Houthi leader.", "THREATEN")
    assert claim and [entity.country for entity in claim.actors] == ["YEM"]


def test_what_is_ruled_out_is_told_by_the_refusal_alone() -> None:
    assert [claim.type for claim in coded("The Turkish prime minister ruled out talks with the rebels.", DAY)] == [
        "REJECT"
    ]


@pytest.mark.parametrize(
    ("text", "type_", "first"),
    [
        ("Pakistan's minister said on Monday that India would pay a heavy price.", "THREATEN", dt.date(2025, 5, 12)),
        ("Pakistan said on Monday that India had crossed a red line.", "ACCUSE", dt.date(2025, 5, 12)),
        ("The truce that Qatar mediated in November expired on Friday.", "RETREAT", dt.date(2025, 5, 9)),
        ("The rebels may withdraw from Taiz in July.", "RETREAT", dt.date(2025, 7, 1)),
    ],
)
def test_when_it_was_said_or_done(text: str, type_: str, first: dt.date) -> None:
    claim = told(text, type_)
    assert claim and claim.time and claim.time.start == first


def test_the_chief_of_a_group_is_its_secretary_general() -> None:
    text = "The Secretary General of Hezbollah, Hassan Nasrallah, spoke on Thursday. The Hezbollah chief praised Iran."
    claim = told(text, "SUPPORT")
    assert claim and [entity.name for entity in claim.actors] == ["Hassan Nasrallah"]


def test_who_goes_on_speaking_is_not_whom_he_spoke_of() -> None:
    text = (
        "Albin Kurti, the prime minister of Kosovo, told deputies that Aleksandar Vucic was playing with fire. "
        "He demanded sanctions on Serbia."
    )
    claim = told(text, "REQUEST")
    assert claim and [entity.name for entity in claim.actors] == ["Albin Kurti"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The Palestinian envoy bemoaned the failure of the council to act.", "ACCUSE"),
        ("Moscow promised a tit-for-tat response to the sanctions.", "THREATEN"),
        ("Zelenskiy said that he would not cede an inch of Donbas.", "REJECT"),
        ("The foreign ministers exchanged views on Gaza in Amman.", "CONSULT"),
        ("Egypt brokered a truce between the clans in Rafah.", "CONSULT"),
        ("The marshal said that there would be no talks until the militias laid down their arms.", "REJECT"),
    ],
)
def test_idioms_of_diplomacy_are_done_when_they_are_said(text: str, type_: str) -> None:
    claim = told(text, type_)
    assert claim and claim.status.value == "happened"


def test_who_begs_to_differ_asks_for_nothing() -> None:
    assert not coded("Turkey begged to differ.", DAY)


def test_a_threat_of_the_army_by_its_minister_is_his() -> None:
    text = "Israel's defence minister said that the Israeli army would strike Tyre again on Friday."
    claim = told(text, "THREATEN")
    assert claim and countries(claim.actors) == ["ISR"]
