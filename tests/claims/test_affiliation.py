"""Whose somebody is: of the body for which he speaks, of the country of those told of with him, or of no single one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, first, triggered


@pytest.mark.parametrize("speaker", ["A spokesman for the Syrian army denied", "The spokesman of the Syrian army said"])
def test_its_is_of_the_body_for_which_somebody_speaks(speaker: str) -> None:
    text = f"The White Helmets said that shells struck a market in Ariha. {speaker} that its artillery had fired on the town."
    assert [party.name for party in coded(text, dt.date(2022, 9, 22))[-1].actors] == ["Syrian Arab Army"]


def test_a_union_of_doctors_is_not_the_armed_group_named_before() -> None:
    text = "The Rapid Support Forces left. At least 30 people were killed in Nyala, the doctors' union said."
    assert coded(text, dt.date(2023, 5, 20))[-1].attributed_to == "the doctors' union"


def test_the_monitors_of_the_osce_are_its_own() -> None:
    (stopped,) = coded("Armed men stopped monitors of the Organisation for Security and Co-operation in Europe (OSCE).")
    assert [(party.actor, party.text[:8]) for party in stopped.recipients] == [("osce", "monitors")]


def test_several_who_each_have_a_country_are_not_of_where_they_meet() -> None:
    (meet,) = coded("The foreign ministers are due to meet in Geneva on Friday.")
    assert [(party.name, party.country) for party in meet.actors] == [("foreign ministers", None)]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The US envoy met the prime minister in Baghdad.", "IRQ"),
        ("The Iranian foreign minister arrived in Beirut for talks with the president.", "LBN"),
        ("The US envoy met the prime minister in Geneva.", "USA"),
    ],
)
def test_who_is_met_in_anothers_capital_is_of_that_country(text: str, country: str) -> None:
    (met,) = coded(text)[0].recipients
    assert met.country == country


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Thai soldiers and police shelled a camp in Myanmar on Monday, Yangon said.", ["THA", "THA"]),
        ("Thai soldiers and the police shelled a camp in Myanmar on Monday, Yangon said.", ["THA", "MMR"]),
        ("Thai soldiers and rebels shelled a camp in Myanmar on Monday, Yangon said.", ["THA", "MMR"]),
    ],
)
def test_police_joined_to_the_soldiers_of_a_country_are_of_it(text: str, countries: list[str]) -> None:
    assert [party.country for party in first(text).actors] == countries


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Israeli military said troops had fired at suspects near Khiam in Lebanon.", ("troops", "ISR")),
        ("The Turkish military said artillery had shelled a ridge near Manbij in Syria.", ("artillery", "TUR")),
        ("The Israeli military said government troops had shelled Sweida in Syria.", ("Syrian Army", "SYR")),
        ("The rebels said troops had shelled Daraa in Syria.", ("troops", "SYR")),
    ],
)
def test_troops_of_which_an_army_tells_are_its_own(text: str, actor: tuple[str, str]) -> None:
    (shot, *_) = coded(text, dt.date(2025, 2, 5))
    assert [(party.name, party.country) for party in shot.actors] == [actor]


@pytest.mark.parametrize(
    ("opening", "actor"),
    [
        ("The Israeli enemy shelled Markaba.", ("Israel Defense Forces", "ISR")),
        ("An Israeli enemy of the deal spoke in Tyre.", ("enemy tanks", None)),
        ("Shells fell on Markaba.", ("enemy tanks", None)),
    ],
)
def test_the_enemy_is_whom_the_report_calls_so_by_his_country(opening: str, actor: tuple[str, str | None]) -> None:
    told = coded(f"{opening} Enemy tanks fired at the hills of Khiam in Lebanon on Monday.", dt.date(2024, 12, 3))
    assert [(party.name, party.country) for party in told[-1].actors] == [actor]


def test_the_united_nations_are_no_group() -> None:
    claims = coded("The UN human rights office documented 47 killings by the group in Ituri.")
    assert not {party.country for claim in claims for party in claim.actors} & {"UNO"}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Some of the attackers killed six civilians in Jerusalem.", ["attackers"]),
        ("Those of the night before killed six civilians in Jerusalem.", []),
        ("Park Geun-hye spoke in Seoul on Monday. Park urged Japan to apologise.", ["Park Geun-hye"]),
        ("EU leaders met in Brussels. The grouping urged Greece to wait.", ["European Union"]),
    ],
)
def test_those_are_told_whom_a_part_a_first_name_or_a_noun_for_a_body_means(text: str, actors: list[str]) -> None:
    claim = next(one for one in coded(text, dt.date(2016, 3, 20)) if one.type in ("ASSAULT", "REQUEST"))
    assert [party.name for party in claim.actors] == actors


def test_a_sentence_that_is_cut_off_names_no_owner() -> None:
    claim = triggered("Omar was killed in clashes between the Brigade of Hama and militants of", "clashes")
    assert "militants" in [party.name for party in (*claim.actors, *claim.recipients)]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("In Khartoum, the opposition criticised a raid by Chadian troops near Tine in Chad.", ("opposition", "SDN")),
        ("In Islamabad, officials accused India of shelling villages in Kashmir.", ("officials", "PAK")),
        ("The opposition criticised a raid by Chadian troops near Tine in Chad.", ("opposition", "TCD")),
    ],
)
def test_those_with_whose_capital_a_sentence_begins_are_of_that_country(text: str, actor: tuple[str, str]) -> None:
    (criticised, *_) = coded(text)
    assert [(party.name, party.country) for party in criticised.actors] == [actor]


@pytest.mark.parametrize(
    ("text", "trigger", "recipient"),
    [
        ("Egypt flew home its soldiers after the RSF captured them at Merowe in Sudan.", "captured", "EGY"),
        ("Turkey mourned its soldiers after Syrian jets bombed them near Idlib.", "bombed", "TUR"),
        ("Uganda withdrew its troops from Congo after rebels attacked them near Beni.", "attacked", "UGA"),
    ],
)
def test_they_are_of_the_country_whose_soldiers_they_were_called(text: str, trigger: str, recipient: str) -> None:
    assert [party.country for party in triggered(text, trigger, dt.date(2023, 5, 20)).recipients] == [recipient]


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels targeted army positions near Kafr Nabl with missiles, destroying a bulldozer and killing its crew.",
        "Turkish jets hit a lorry near Afrin, killing its driver.",
    ],
)
def test_who_is_aboard_is_of_what_was_hit_and_not_of_who_hit_it(sentence: str) -> None:
    claim = first(sentence)
    assert not {"TUR", "REB"} & {part for party in claim.recipients for part in (party.country, party.sector)}


def test_who_acts_is_of_whom_it_is_said_to_be() -> None:
    assert [party.country for party in first("Russia said its pilots had bombed a depot near Homs.").actors] == ["RUS"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Israel struck tanks near the border.", None),
        ("Israel struck Syrian tanks near the border.", "SYR"),
        ("Israel struck tanks near Quneitra.", "SYR"),
    ],
)
def test_whom_a_state_attacks_is_not_guessed_to_be_its_own(text: str, country: str | None) -> None:
    (tanks,) = coded(text)[0].recipients
    assert tanks.country == country
