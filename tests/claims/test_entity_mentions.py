"""Whom names, questions and titles speak of, where the model or the parse cuts or crosses them."""

from __future__ import annotations

import datetime as dt

from tests.claims.made import coded


def test_who_denied_it_spoke_last() -> None:
    text = (
        "A girl was taken to hospital in Mekelle, a nurse said. Getnet Adane, a military spokesman, denied that civilians "
        "had been targeted. He said that rebels had shelled the market."
    )
    assert [claim.attributed_to for claim in coded(text, dt.date(2021, 6, 23))][-1] == "Getnet Adane"


def test_who_is_asked_about_is_named_in_the_question() -> None:
    text = "What is Hezbollah? The Shia organisation fought a war with Israel in 2006."
    (fought,) = coded(text, dt.date(2024, 9, 24))
    assert [party.name for party in fought.actors] == ["Hezbollah"]


def test_a_title_that_is_parsed_as_a_second_subject_is_nobody_else() -> None:
    told = coded("Aid agency MSF says it has treated 92 people with gunshot wounds.", dt.date(2013, 12, 6))
    (treated,) = [claim for claim in told if claim.type == "AID"]
    assert [party.name for party in treated.actors] == ["Doctors Without Borders"]
    assert treated.attributed_to == "Doctors Without Borders"


def test_a_name_that_the_model_cuts_at_a_hyphen_is_one() -> None:
    text = (
        "Government forces bombed Douma after talks with the rebel group Jaish al-Islam broke down. "
        "State news agency Sana says that the group asked for new negotiations."
    )
    (asked,) = [claim for claim in coded(text, dt.date(2018, 4, 8)) if claim.type == "REQUEST"]
    assert [party.text for party in asked.actors] == ["Jaish al-Islam"]


def test_fighters_of_a_group_whose_name_the_parse_cuts_are_the_groups() -> None:
    text = (
        "Fighters of Jama'at Nusrat al-Islam wal-Muslimin (JNIM), al-Qaeda's affiliate in the Sahel, burned more than forty "
        "tankers on the road from Senegal this month, traders and officials said on Thursday."
    )
    burned = next(claim for claim in coded(text, dt.date(2025, 10, 30)) if claim.type == "ASSAULT")
    assert [party.sector for party in burned.actors] == ["REB"]


def test_it_is_who_claims_it() -> None:
    text = "An ambush killed two drivers, a police source said; JNIM claimed that it had destroyed a dozen vehicles in Mali."
    destroyed = [claim for claim in coded(text) if text[claim.trigger.start :].startswith("destroyed")]
    assert [party.text for claim in destroyed for party in claim.actors] == ["JNIM"]


def test_the_group_is_no_centre_of_an_army() -> None:
    told = coded(
        "The Russian Reconciliation Centre recorded 14 shellings by terrorists of Jabhat al-Nusra in Idlib on Sunday. Eleven "
        "attacks were carried out from positions of the group.",
        dt.date(2021, 10, 4),
    )
    assert {party.sector for one in told for party in one.actors} == {"REB"}


def test_the_mission_is_that_of_a_body_of_states() -> None:
    told = coded("MONUSCO evacuated 20 aid workers from Sake. The Mission will keep supporting the Congolese army.")
    assert [party.name for party in told[-1].actors] == ["MONUSCO"]


def test_a_general_staff_is_one_that_its_aircraft_are_of() -> None:
    text = "Five people were killed, the Dutch foreign ministry said. The Russian general staff denied that its aircraft had hit Gori."
    denied = coded(text, dt.date(2008, 8, 12))[-1]
    assert (denied.status, [party.country for party in denied.actors]) == ("denied", ["RUS"])
