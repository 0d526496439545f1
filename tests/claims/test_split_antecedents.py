"""Which two are meant by "both sides", "the warring parties" or "they", in plain sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded


def test_both_delegations_are_those_of_the_sentence_before() -> None:
    text = "Envoys of Ethiopia and Eritrea met in Nairobi. Both delegations agreed to reopen the road."
    (agreed,) = (claim for claim in coded(text) if claim.type == "AGREE")
    assert [party.name for party in agreed.actors] == ["envoys of Ethiopia", "envoys of Eritrea"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # those who face each other, not the last two told of
        (
            "Sudan's army shelled the Rapid Support Forces. Qatar and Egypt called for calm.",
            ["Rapid Support Forces", "Sudanese Armed Forces"],
        ),
        (
            "A truce between Sudan and the Rapid Support Forces began. Qatar welcomed it with Egypt.",
            ["Rapid Support Forces", "Sudan"],
        ),
        (
            "Rebels captured dozens of Sudanese soldiers. The leaders of Kenya, Egypt and Chad spoke.",
            ["Sudanese Armed Forces", "rebels"],
        ),
        (
            "Sudanese and Chadian troops exchanged fire. A minister resigned.",
            ["Chadian National Army", "Sudanese Armed Forces"],
        ),
        ("Kinshasa accuses Kigali of lying. Angola mediates.", ["Democratic Republic of the Congo", "Rwanda"]),
        ("Israeli jets bombed Tyre. Hezbollah fired rockets at Haifa.", ["Hezbollah", "Israeli Air Force"]),
        ("The Saudi-led coalition fought the Houthis near Marib.", ["Houthis", "Saudi-led coalition"]),
        # a town that is struck is no side
        ("Israel struck Damascus. Iran fired missiles at Tel Aviv.", ["Iran", "Israel"]),
        # rebels whom no table knows, where no others fight
        ("Mali's army attacked Kidal. The Tuareg rebels fought back.", ["Malian Armed Forces", "Tuareg rebels"]),
    ],
)
@pytest.mark.parametrize("said", ["Both sides", "The warring parties", "Each side"])
def test_the_sides_are_those_who_face_each_other(text: str, names: list[str], said: str) -> None:
    claims = coded(f"{text} {said} rejected a call for talks.", dt.date(2023, 5, 20))
    (rejected,) = (claim for claim in claims if claim.type == "REJECT")
    assert sorted(party.name for party in rejected.actors) == names


def test_who_is_told_of_alone_is_not_both_sides() -> None:
    (rejected,) = (
        one for one in coded("Sudan's army attacked Nyala. Both sides rejected talks.") if one.type == "REJECT"
    )
    assert [(party.name, party.country) for party in rejected.actors] == [("sides", None)]


def test_both_groups_may_be_of_one_side() -> None:
    text = "Police clashed with the ELN and the FARC in Cali. Hamas and Fatah condemned it. Both groups rejected talks."
    (rejected,) = (claim for claim in coded(text) if claim.type == "REJECT")
    assert [party.name for party in rejected.actors] == ["Hamas", "Fatah"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Erdogan met with Putin in Sochi.", ["Recep Tayyip Erdogan", "Vladimir Putin"]),
        ("Merkel spoke by phone with Putin and Poroshenko.", ["Angela Merkel", "Vladimir Putin", "Petro Poroshenko"]),
        ("Kerry met with rebel commanders in Geneva.", ["rebel commanders"]),
    ],
)
def test_they_are_those_who_met_where_each_is_one_alone(text: str, names: list[str]) -> None:
    (agreed,) = (one for one in coded(f"{text} They agreed to a truce.", dt.date(2015, 2, 17)) if one.type == "AGREE")
    assert [party.name for party in agreed.actors] == names


FOUGHT = "The army clashed with the RSF in Khartoum."


@pytest.mark.parametrize(
    ("before", "met", "actors"),
    [
        (
            "Armenia and Azerbaijan fought over Karabakh.",
            "The foreign ministers of both countries met in Prague.",
            [("foreign ministers", "ARM"), ("foreign ministers", "AZE")],
        ),
        (
            "Russia and Turkey agreed on a truce.",
            "Officials from the two countries met in Sochi.",
            [("officials", "RUS"), ("officials", "TUR")],
        ),
        (FOUGHT, "Commanders of both sides met in Nairobi.", [("commanders", "SDN"), ("commanders", "SDN")]),
        (FOUGHT, "Negotiators of the two sides met in Jeddah.", [("negotiators", "SDN"), ("negotiators", "SDN")]),
        (FOUGHT, "Negotiators met in Jeddah.", [("negotiators", None)]),
    ],
)
def test_those_of_both_sides_are_those_of_each(before: str, met: str, actors: list[tuple[str, str | None]]) -> None:
    claim = next(one for one in coded(f"{before} {met}", dt.date(2022, 2, 10)) if one.place and one.type == "CONSULT")
    assert [(one.name.lower().split(" of ")[0].split(" from ")[0], one.country) for one in claim.actors] == actors


def test_the_two_sides_are_those_who_signed_last() -> None:
    text = (
        "Sudan's army says that it only strikes terrorists. The RSF and the army signed a truce in Khartoum. "
        "Cairo urged the two sides to show restraint."
    )
    (claim,) = (one for one in coded(text, dt.date(2024, 1, 15)) if one.type == "REQUEST")
    assert {one.name for one in claim.recipients} == {"Rapid Support Forces", "Sudanese Armed Forces"}


def test_both_sides_are_called_by_name_where_only_their_soldiers_fought() -> None:
    told = coded(
        "Israel bombed Gaza on Sunday. Two of its soldiers had been killed by Hamas in Rafah. Qatar urged both sides to stop.",
        dt.date(2025, 10, 20),
    )
    (urged,) = [one for one in told if one.type == "REQUEST"]
    assert {party.name for party in urged.recipients} == {"Hamas", "Israel"}


def test_who_says_that_a_truce_holds_keeps_none() -> None:
    told = coded(
        "JD Vance visited Kiryat Gat on Tuesday and said that the ceasefire was holding.", dt.date(2025, 11, 6)
    )
    assert [one.actors for one in told if one.type == "RETREAT"] == [()]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Putin, Erdogan and Rouhani met in Sochi. The three leaders", ["Putin", "Erdogan", "Rouhani"]),
        ("Putin, Erdogan and Rouhani met in Sochi. All three", ["Putin", "Erdogan", "Rouhani"]),
        ("Egypt, Sudan and Ethiopia held talks. The three countries", ["Egypt", "Sudan", "Ethiopia"]),
        ("The presidents of Egypt, Chad and Niger met. The three leaders", ["presidents", "presidents", "presidents"]),
        ("The presidents of Egypt and Chad met. The two leaders", ["presidents", "presidents"]),
        ("Merkel, Macron, Orban and Putin met. The three leaders", ["leaders"]),  # of four nobody knows which
        ("Gunmen killed two soldiers. The three lawmakers", ["lawmakers"]),
    ],
)
def test_three_are_those_of_whom_three_were_told(text: str, names: list[str]) -> None:
    (condemned,) = (
        one for one in coded(f"{text} condemned the drilling.", dt.date(2019, 2, 14)) if one.type == "ACCUSE"
    )
    assert [party.name.split()[-1] for party in condemned.actors] == names


def test_whose_jets_were_shot_down_is_a_side_by_name() -> None:
    told = coded(
        "India has spoken. Pakistan shot down five Indian jets on Wednesday. Washington urged both sides to stop."
    )
    assert {party.name for one in told if one.type == "REQUEST" for party in one.recipients} == {"Pakistan", "India"}


def test_of_three_who_speak_of_both_sides_none_is_one() -> None:
    claims = coded("The United States, Britain and Norway condemned violations of the ceasefire by both sides.")
    (condemned,) = (claim for claim in claims if claim.type == "ACCUSE")
    assert [party.country for party in condemned.actors] == ["USA", "GBR", "NOR"]
    assert not [party for claim in claims if claim.type == "ASSAULT" for party in claim.actors if party.country]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The army and the RSF fought near Nyala. Each accused the other of breaking the truce.",
            ["Sudanese Armed Forces", "Rapid Support Forces"],
        ),
        ("India and Pakistan traded fire. Each blamed the other.", ["India", "Pakistan"]),
        ("Hamas and Fatah signed a truce. Later the groups blamed each other.", ["Hamas", "Fatah"]),
    ],
)
def test_each_of_whom_it_is_said_of_the_other_are_both(text: str, names: list[str]) -> None:
    (accused,) = (one for one in coded(text, dt.date(2024, 2, 14)) if one.type == "ACCUSE")
    assert [party.name for party in accused.actors] == [party.name for party in accused.recipients] == names


def test_the_warring_sides_of_a_country_are_those_who_fight_in_it() -> None:
    text = "Sudan's warring parties signed a deal in Jeddah. The Sudanese army has fought the Rapid Support Forces for a month."
    (signed, *_) = coded(text, dt.date(2023, 5, 20))
    assert [party.name for party in signed.actors] == ["Sudanese Armed Forces", "Rapid Support Forces"]


def test_two_are_rather_those_told_before_than_those_who_trade_behind() -> None:
    text = (
        "Yemen's warring sides agreed to a truce. The government's delegates met the Houthis in Stockholm. The United States has sold "
        "bombs to Saudi Arabia, shared intelligence with it and refueled its jets."
    )
    (agreed, *_) = coded(text, dt.date(2018, 12, 14))
    assert {party.country for party in agreed.actors} == {"YEM"}


def test_two_states_are_meant_though_a_ministry_of_one_accused_the_other() -> None:
    text = (
        "Russia launched drones at Odesa on Friday, ten days after both sides agreed to a pause. The Russian defence ministry accused "
        "Kyiv of attacking a station in Kursk. The two sides exchanged 150 prisoners with the United Arab Emirates as mediator."
    )
    (swap,) = (one for one in coded(text, dt.date(2025, 4, 4)) if one.mode == "release")
    assert [party.name for party in swap.actors] == ["Russia", "Ukraine"]
    assert "United Arab Emirates" not in [party.name for party in swap.recipients]


def test_both_leaders_are_the_two_of_whom_the_two_sentences_before_tell() -> None:
    text = "Hun Manet blamed Thailand. Anutin Charnvirakul blamed Cambodia. Anwar Ibrahim spoke with both leaders by phone."
    (call,) = (one for one in coded(text, dt.date(2025, 12, 15)) if one.mode == "phone")
    assert [party.name for party in call.recipients] == ["Hun Manet", "Anutin Charnvirakul"]
