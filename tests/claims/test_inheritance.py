"""What one mention has of another: lines of a list their striker, a bare denial its deed, what is said at talks their place."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim

LIST = (
    "Coalition forces conducted 12 strikes against the Islamic State on Tuesday. "
    "Near Palmyra, two strikes destroyed a tank. Fighter aircraft conducted six strikes in Iraq. "
    "Near Rawah, a strike destroyed three vehicles. Near Mosul, five strikes killed nine civilians."
)


def _strikes(text: str) -> list[Claim]:
    return [one for one in coded(text, dt.date(2016, 10, 19)) if one.type == "ASSAULT"]


def test_each_line_is_an_event_of_its_own_with_its_place() -> None:
    assert [one.place and one.place.name for one in _strikes(LIST)][1:] == ["Palmyra", "Iraq", "Rawah", "Mosul"]


def test_who_struck_before_strikes_in_the_lines_that_name_nobody() -> None:
    told = _strikes(LIST)
    assert {party.name for one in told for party in one.actors} == {"Coalition forces"}
    assert [[party.name for party in one.recipients] for one in told] == [["Islamic State"]] * 4 + [["civilians"]]


def test_an_attack_that_is_not_counted_may_be_anybodys() -> None:
    text = "Coalition forces conducted 12 strikes in Syria on Tuesday. In Palmyra, shelling hit a market."
    assert _strikes(text)[-1].actors == ()


def test_what_is_said_at_talks_is_said_where_they_are_held() -> None:
    told = coded(
        "Envoys gathered in Geneva. The Syrian envoy rejected the proposal at the talks.", dt.date(2016, 10, 19)
    )
    (rejected,) = [one for one in told if one.type == "REJECT"]
    assert rejected.place and rejected.place.name == "Geneva"
    assert [one.because for one in rejected.evidence if one.field == "place"]


def test_what_those_who_met_say_together_they_say_where_they_met() -> None:
    told = coded(
        "Vladimir Putin met Recep Tayyip Erdogan in Sochi on Tuesday. Both presidents called for calm.",
        dt.date(2021, 9, 30),
    )
    (called,) = [one for one in told if one.type == "REQUEST"]
    assert called.place and called.place.name == "Sochi"
    assert called.time and called.time.start == dt.date(2021, 9, 28)


def denials(text: str) -> list[Claim]:
    return [claim for claim in coded(text, dt.date(2022, 6, 7)) if claim.status == "denied"]


@pytest.mark.parametrize(
    ("text", "kind", "by"),
    [
        ("The army said the Houthis had shelled Hays. The Houthis denied it.", "ASSAULT/heavy-weapons", "Houthis"),
        ("Moscow said Ukraine had bombed a school. Kyiv denied it.", "ASSAULT/aerial", "Ukrainian government"),
        ("Kabul said Pakistani forces bombed Khost. Pakistan denied that.", "ASSAULT/aerial", "Pakistan"),
        ("Kabul said Pakistani forces bombed Khost, a charge Pakistan denied.", "ASSAULT/aerial", "Pakistan"),
        ("Kabul said Pakistani forces bombed Khost, a claim denied by Pakistan.", "ASSAULT/aerial", "Pakistan"),
        ("Kabul said Pakistani forces bombed Khost. Pakistan called the claim baseless.", "ASSAULT/aerial", "Pakistan"),
        ("Ankara agreed to withdraw its troops, Damascus said. Turkey denied it.", "RETREAT/withdraw", "Turkey"),
        (
            "Gunmen kidnapped two nurses in Gao. JNIM denied any involvement.",
            "ASSAULT/abduct",
            "Jama'at Nusrat al-Islam wal-Muslimin",
        ),
    ],
)
def test_a_bare_denial_is_of_the_deed_told_last(text: str, kind: str, by: str) -> None:
    (claim,) = denials(text)
    assert (f"{claim.type}/{claim.mode}", claim.attributed_to) == (kind, by)


def test_it_has_the_place_and_day_of_the_deed() -> None:
    (claim,) = denials(
        "The army said the Houthis had shelled Hays on Monday. The Houthis denied responsibility, and left."
    )
    assert claim.place is not None
    assert (claim.place.name, claim.time and claim.time.start) == ("Hays", dt.date(2022, 6, 6))


@pytest.mark.parametrize(
    "text", ["The minister resigned. His aide denied it.", "Israel bombed a camp. Cyprus denied it."]
)
def test_who_denies_what_is_laid_to_others_denies_no_deed(text: str) -> None:
    assert not denials(text)


@pytest.mark.parametrize("said", ["denied the attack", "said that its forces had not attacked any civilians"])
def test_what_another_denies_is_a_claim_of_its_own(said: str) -> None:
    claims = coded(f"Pakistani forces attacked a house in Khost, the Taliban said. Pakistan {said}.")
    assert sorted((claim.status, claim.attributed_to) for claim in claims) == [
        ("denied", "Pakistan"),
        ("happened", "Taliban government"),
    ]


def test_who_denies_a_part_in_a_deed_says_that_he_did_not_do_it() -> None:
    (claim,) = denials("Israel denied involvement in the strike.")
    assert [party.name for party in claim.actors] == ["Israel"]


def test_what_a_ministry_denies_was_laid_to_its_forces() -> None:
    text = "Azerbaijan said that Armenian forces had fired on its positions. Armenia's defence ministry called the claim false."
    denied = next(one for one in coded(text) if one.status == "denied")
    assert ([party.name for party in denied.actors], denied.attributed_to) == (
        ["Armenian Armed Forces"],
        "Armenia's defence ministry",
    )


@pytest.mark.parametrize(
    ("denial", "day"),
    [
        ("The army denied that it had shelled the town.", dt.date(2021, 10, 18)),
        ("The army denied that it had shelled a post near Palmyra.", None),
    ],
)
def test_who_denies_a_deed_just_told_denies_it_of_its_day(denial: str, day: dt.date | None) -> None:
    text = f"The Syrian army shelled Ariha on Monday, rescuers said. {denial}"
    (denied,) = (claim for claim in coded(text, dt.date(2021, 10, 20)) if claim.status == "denied")
    assert (denied.time and denied.time.start) == day


@pytest.mark.parametrize(
    ("what", "denied"), [("the truce announcement as false", 0), ("the report as false", 1), ("the suggestion", 0)]
)
def test_who_dismisses_an_announcement_denies_no_deed(what: str, denied: int) -> None:
    told = coded(f"Government troops shelled Goma on Sunday. The government dismissed {what}.", dt.date(2025, 2, 5))
    assert len([one for one in told if one.type == "ASSAULT" and one.status == "denied"]) == denied


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The two presidents met in Sochi on Monday. They signed a deal on grain.", "Sochi"),
        ("Regional leaders gathered in Abuja on Sunday. They condemned the junta.", "Abuja"),
        ("The envoys held talks in Oslo. They praised Norway.", "Oslo"),
        ("Ministers met in Accra. Protesters demanded their release.", None),
    ],
)
def test_those_who_have_met_say_there_what_they_say_together(text: str, place: str | None) -> None:
    _, said, *_ = coded(text)
    assert (said.place.name if said.place else None) == place


@pytest.mark.parametrize(
    "denial",
    [
        "The rebels denied any part in it.",
        "The rebels denied any link with it.",
        "The rebels condemned the attack and denied any link with it.",
        "The rebels said they had nothing to do with it.",
        "The rebels said they had no hand in it.",
        "The rebels disclaimed responsibility.",
        "The rebels said that they had nothing to do with the attack.",
        "The rebels said they were not behind the attack.",
    ],
)
def test_who_will_have_had_no_part_in_it_denies_it_and_has_not_done_it(denial: str) -> None:
    bomb = "A bomb killed five people in Trincomalee on Wednesday. The government blamed the Tamil Tigers."
    claims = [claim for claim in coded(f"{bomb} {denial}", dt.date(2006, 4, 13)) if claim.type == "ASSAULT"]
    told = [
        (claim.status, [party.name for party in claim.actors], claim.place and claim.place.name) for claim in claims
    ]
    tigers = ["Liberation Tigers of Tamil Eelam"]
    assert told == [("happened", [], "Trincomalee"), ("denied", tigers, "Trincomalee")]


def test_what_is_denied_may_be_by_one_of_whom_the_model_is_not_sure() -> None:
    text = (
        "A car bomb exploded outside the headquarters of Russian forces in Tskhinvali on Friday, killing seven Russian soldiers, "
        "officials said. Eduard Kokoity blamed Georgian special services. Georgia's interior ministry denied it."
    )
    assert [claim.status for claim in coded(text, dt.date(2008, 10, 3)) if claim.type == "ASSAULT"] == [
        "happened",
        "denied",
    ]


def test_of_two_to_whom_a_deed_is_laid_only_who_denies_it_denies_it() -> None:
    text = "The UN accused both the army and the FDLR of raping women in Walikale. The rebels denied the charge."
    denied = [one for one in coded(text, dt.date(2012, 7, 13)) if one.status == "denied"]
    assert [[party.name for party in one.actors] for one in denied] == [
        ["Democratic Forces for the Liberation of Rwanda"]
    ]


def test_nobody_denies_a_part_in_a_truce() -> None:
    text = (
        "A truce between Armenia and Azerbaijan is hanging by a thread. Azerbaijan says seven people died when a missile hit a "
        "house in Ganja on Sunday. The defence ministry in Yerevan denied any involvement."
    )
    denied = coded(text, dt.date(2020, 10, 12))[-1]
    assert (denied.type, denied.status, denied.place and denied.place.name) == ("ASSAULT", "denied", "Ganja")


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        (
            "Rebels shelled the airport in Goma on Monday. The government described it as a breach of the truce.",
            "rebels",
        ),
        ("Turkish jets bombed a village near Dohuk. Iraq denounced it.", "Turkish Air Force"),
        (
            "The mission said that a Turkish army bulldozer had razed a watchtower near Afrin. Damascus called it an aggression.",
            "Turkish Armed Forces",
        ),
    ],
)
def test_who_did_what_it_means_is_condemned(text: str, blamed: str) -> None:
    (claim,) = (one for one in coded(text, dt.date(2025, 1, 7)) if one.type == "ACCUSE")
    assert [party.name for party in claim.recipients] == [blamed]


def test_it_is_somebody_where_it_is_called_somebody() -> None:
    text = "Russia shelled a market in Kherson. Ukraine called it a war criminal."
    (claim,) = (one for one in coded(text, dt.date(2025, 1, 7)) if one.type == "ACCUSE")
    assert [party.country for party in claim.recipients] == ["RUS"]
