"""Whom "the militants", "its neighbour" and "its troops" mean in what news says, and where a report does not play."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded


@pytest.mark.parametrize(
    ("text", "type_", "names"),
    [
        (
            "Colombia accused Venezuela of harbouring rebels. Its neighbour rejected the charge.",
            "REJECT",
            ["Venezuela"],
        ),
        ("Islamic State fighters stormed the town. The militants shot the mayor.", "ASSAULT", ["Islamic State"]),
        (
            "The FARC released a general. The guerrillas had taken a bishop hostage in Choco.",
            "ASSAULT",
            ["Revolutionary Armed Forces of Colombia"],
        ),
        ("Boko Haram and Ansaru made peace in Bama. The militants shot the mayor.", "ASSAULT", ["militants"]),
    ],
)
def test_the_neighbour_is_the_other_country_and_the_militants_the_only_group(
    text: str, type_: str, names: list[str]
) -> None:
    told = [one for one in coded(text, dt.date(2022, 6, 15)) if one.type == type_]
    assert [party.name for party in told[-1].actors] == names


def test_nobody_does_harm_to_his_own_but_where_it_is_said() -> None:
    told = coded("The president dissolved parliament. The army had arrested two of its members.", dt.date(2022, 6, 15))
    assert [party.name for party in told[-1].recipients] == ["parliament's members"]


def test_the_army_is_none_of_two() -> None:
    text = "Ukrainian and Russian troops fought near Izyum. The army said it had retaken two villages."
    retaken = next(one for one in coded(text, dt.date(2022, 6, 15)) if text[one.trigger.start :].startswith("retaken"))
    assert [party.name for party in retaken.actors] == ["Armed Forces of Ukraine"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The army, backed by Russian jets, took the hill.", {None}),
        ("Turkish-backed fighters shelled the town.", {None}),
        ("Qatar brokered a deal between the government and rebels in Darfur.", {"QAT", "SDN"}),
    ],
)
def test_a_report_does_not_play_where_who_stands_behind_or_between_others_is_at_home(
    text: str, countries: set[str | None]
) -> None:
    claims = coded(text, dt.date(2022, 6, 15))
    assert {party.country for one in claims for party in (*one.actors, *one.recipients)} == countries


def test_a_mission_that_speaks_has_its_own_troops() -> None:
    claims = coded("The United Nations mission in the Congo said that its troops had exchanged fire with militiamen.")
    assert [party.country for party in claims[0].actors] == ["UNO"]
