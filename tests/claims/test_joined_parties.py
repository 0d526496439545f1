"""Several who take part together: those joined by "and", told of in a list, alongside others or as one of many."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, first


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Envoys of Hamas and Fatah met in Cairo.", ["ps-hamas", "ps-fatah"]),
        ("Delegations from the Syrian government and the SDF met in Damascus.", ["sy-gov", "sy-sdf"]),
        ("Lawmakers from Ohio and Texas met in Denver.", [None]),
    ],
)
def test_those_who_speak_for_several_sides_are_as_many_parties(text: str, actors: list[str | None]) -> None:
    assert [party.actor for party in first(text).actors] == actors


def test_those_alongside_whom_somebody_fights_are_a_party_of_their_own() -> None:
    claim = first("Turkish troops alongside Syrian militias stormed Afrin on Friday.")
    assert [party.name for party in claim.actors] == ["Turkish Armed Forces", "Syrian militias"]


def test_both_names_that_are_joined_take_part_though_the_model_sees_the_second() -> None:
    shelter = "Kabul accuses Pakistan of giving shelter to the Afghan Taliban and the Haqqani Network"
    text = f"{shelter} for staging attacks against its forces."
    (attacks,) = (claim for claim in coded(text, dt.date(2016, 8, 12)) if claim.type == "ASSAULT")
    assert {party.actor for party in attacks.actors} == {"af-taliban", "af-haqqani"}


def test_everybody_on_a_list_of_who_several_are_takes_part() -> None:
    claim = first("The three lawmakers, Ali Hasan, Omar Said and Nadia Haddad, met the families in Homs.")
    assert [party.name for party in claim.actors] == ["Ali Hasan", "Omar Said", "Nadia Haddad"]


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Airstrikes on Raqqa caused civilian casualties.", [], ["civilians"]),
        ("A rebel attack killed two soldiers in Homs on Friday.", ["rebels"], ["soldiers"]),
    ],
)
def test_the_singular_before_an_event_tells_of_many(text: str, actors: list[str], recipients: list[str]) -> None:
    claim = first(text)
    assert ([one.name for one in claim.actors], [one.name for one in claim.recipients]) == (actors, recipients)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Police arrested Ahmed Salim, Omar Farouk, Hassan Ali and Karim Nader.", 4),
        ("Police detained Carlos Vega, Maria Lopez, Juan Ortiz and Elena Ruiz.", 4),
        ("A court jailed Nguyen Van Hai, Ta Phong Tan and Phan Thanh Hai for blogging.", 3),
        ("Prosecutors charged Pedro Sanz, Luis Gil, Ana Mora, Carmen Sol and Jose Paz with sedition.", 5),
    ],
)
def test_of_a_list_of_names_everybody_takes_part(sentence: str, names: int) -> None:
    (claim,) = coded(sentence)
    assert len(claim.recipients) == names
    assert all(party.name in sentence for party in claim.recipients)


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("The army attacked towns controlled by the M23.", ["March 23 Movement"]),
        ("Turkey shelled villages held by Kurdish fighters near Afrin.", ["Kurdish fighters"]),
        ("Artillery hit a district of Taiz that is held by the Houthis.", ["Houthis"]),
        ("Gunmen raided a village inhabited by Yazidis.", ["Yazidis"]),
    ],
)
def test_who_holds_what_is_struck_or_lives_there_suffers_it(text: str, recipients: list[str]) -> None:
    assert [party.name for party in first(text).recipients] == recipients


def test_who_occupies_a_town_does_not_suffer_that() -> None:
    occupied, shelled = coded("Towns occupied by Russian troops were shelled by Ukraine.")
    assert occupied.recipients == ()
    assert [party.country for party in shelled.recipients] == ["RUS"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The leaders of five countries, including Kenya, Uganda and Rwanda, met in Arusha.", ["KEN", "UGA", "RWA"]),
        ("Officials from six nations, among them Egypt, Qatar and Turkey, met in Doha.", ["EGY", "QAT", "TUR"]),
    ],
)
def test_of_those_who_are_only_some_the_first_is_told_too(text: str, countries: list[str]) -> None:
    assert [party.country for party in first(text).actors] == countries


def test_whose_counterpart_is_named_is_one_with_his_name() -> None:
    text = "Ramaphosa spoke by phone to Paul Kagame, his Rwandan counterpart, and the pair agreed on a ceasefire."
    assert [party.name for party in first(text).recipients] == ["Paul Kagame"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iraqi and Kurdish forces retook a dozen villages near Mosul.", ["Iraqi Armed Forces", "Kurdish forces"]),
        ("Ten Hezbollah and Hamas fighters in Lebanon fired rockets at a barracks.", ["Hezbollah", "Hamas"]),
        (
            "Clashes between army and RSF soldiers in Khartoum killed ten people.",
            ["Sudanese Armed Forces", "Rapid Support Forces"],
        ),
        ("Syrian rebel and government forces traded fire near Saraqib.", ["rebels", "Syrian Arab Army"]),
        ("Dozens of Fulani and Dogon herders attacked a Malian army post.", ["Fulani herders", "Dogon herders"]),
    ],
)
def test_those_who_share_a_noun_are_as_many_parties(text: str, names: list[str]) -> None:
    assert [party.name for party in first(text).actors] == names


def test_the_president_of_a_body_behind_a_name_is_he() -> None:
    claim = coded("The EU imposed sanctions on Ali Hassan, the president of the Houthis, and two firms.")[0]
    assert [party.name for party in claim.recipients] == ["Ali Hassan", "firms"]


def test_a_wife_behind_a_name_is_another() -> None:
    claim = coded("Gunmen shot at Ali Hassan, his wife and two guards.")[0]
    assert len(claim.recipients) == 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The armies of Thailand and Cambodia had agreed to a truce on Monday.", ["THA MIL", "KHM MIL"]),
        ("The foreign ministers of Egypt and Jordan had condemned the raid after they met in Cairo.", ["EGY GOV", "JOR GOV"]),
    ],
)  # fmt: skip
def test_the_people_of_two_countries_are_of_either(text: str, names: list[str]) -> None:
    assert [f"{party.country} {party.sector}" for party in coded(text)[0].actors] == names
    assert all(party.name not in ("Cambodia", "Jordan") for party in coded(text)[0].actors)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("A suicide bomber killed six soldiers in Quetta. The Pakistani Taliban claimed the attack.", ["pk-ttp"]),
        ("Two suicide bombers hit a post. Tehrik-i-Taliban Pakistan said it was behind the attack.", ["pk-ttp"]),
        ("A suicide bomber killed six soldiers in Quetta. The attack was the third this year.", [None]),
    ],
)
def test_a_group_that_a_deed_is_told_of_by_name_is_the_fighters_who_did_it(text: str, actors: list[str | None]) -> None:
    deed = next(claim for claim in coded(text, dt.date(2025, 11, 24)) if claim.type == "ASSAULT")
    assert [party.actor for party in deed.actors] == actors


def test_who_says_that_he_did_it_did() -> None:
    text = "The army said it had responded to an attack on a police base in Khartoum. The RSF said later that it had taken the base."
    deed = next(one for one in coded(text, dt.date(2023, 6, 12)) if one.type == "ASSAULT")
    assert [party.name for party in deed.actors] == ["Rapid Support Forces"]
