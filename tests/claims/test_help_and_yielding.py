"""Joint work, help, threats and yielding in the plain words of news, each told as what it is."""

from __future__ import annotations

import pytest

from tests.claims.made import coded


def types(sentence: str) -> set[str]:
    return {claim.type for claim in coded(sentence)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Brazil and Argentina opened a common customs post.",
        "Police in Kenya worked with British detectives on the case.",
        "Spain handed the murder suspect over to Morocco.",
        "The agencies pooled their data on smugglers.",
        "Israel passes intelligence to Jordan.",
        "Some 200 villagers have joined the insurgents.",
        "Montenegro joined NATO.",
        "There is close coordination between Kigali and Goma.",
        "Chad shared data on the bombers with Niger.",
        "The defector gave information on the camps to Seoul.",
    ],
)
def test_a_word_of_joint_work_tells_of_cooperation(sentence: str) -> None:
    assert types(sentence) == {"COOPERATE"}


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("A convoy of 30 lorries brought flour to El Fasher.", ("AID", None)),
        ("Helicopters evacuated patients from the flooded clinic.", ("AID", None)),
        ("Ukraine received the first jets from Denmark in July.", ("AID", None)),
        ("Turkish rescuers dug survivors out of the ruins in Aleppo.", ("AID", None)),
        ("Brazil welcomed 3,000 Haitians after the earthquake.", ("AID", None)),
        ("American officers advise the Iraqi army.", ("AID", None)),
        ("The last French soldiers flew out of Niamey on Friday.", ("RETREAT", "withdraw")),
        ("Turkish tanks moved back from the border.", ("RETREAT", "withdraw")),
        ("Kosovo removed its barriers from the bridge.", ("RETREAT", "access")),
        ("The group turned in 40 rifles to the UN mission.", ("RETREAT", "disarm")),
        ("Iran destroyed the last of its stock of gas under the eyes of inspectors.", ("RETREAT", "disarm")),
        ("Libya destroyed its Scud missiles.", ("RETREAT", "disarm")),
        ("The judge withdrew from the case.", ("RETREAT", "resign")),
        ("Ankara ended its veto on Sweden's bid.", ("CONCEDE", None)),
        ("Washington removed the bank from its blacklist.", ("CONCEDE", None)),
        ("Colombia's president announced the end of the offensive.", ("CONCEDE", None)),
        ("Georgia scrapped the law on foreign agents.", ("CONCEDE", None)),
        ("Egypt proposed a prisoner exchange.", ("AGREE", None)),
        ("Israel and Lebanon settled on a line for the gas field.", ("AGREE", None)),
        ("Iran held naval manoeuvres in the gulf.", ("MOBILIZE", "troops")),
        ("Libya's eastern commander gathered his forces at Sirte.", ("MOBILIZE", "troops")),
        ("The rebels set the governor a deadline of two days.", ("THREATEN", "violence")),
        ("The siege ended in May.", ("COERCE", None)),
    ],
)
def test_a_word_of_help_or_yielding_tells_of_its_type(sentence: str, first: tuple[str, str | None]) -> None:
    claim = coded(sentence)[0]
    assert (claim.type, claim.mode) == first


def test_of_what_somebody_is_suspected_only_says_who_is_meant() -> None:
    assert types("The army arrested a man suspected of planting a bomb.").isdisjoint({"ACCUSE"})


@pytest.mark.parametrize(
    "sentence",
    [
        "No aid has reached the besieged quarter of Homs since March.",
        "The camp in Darfur has received no food since May.",
        "Aid has not reached Madaya for two months.",
    ],
)
def test_help_that_does_not_come_is_denied(sentence: str) -> None:
    assert ("AID", "denied") in {(claim.type, claim.status) for claim in coded(sentence)}
