"""Who is on a side where the model is sure of nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        (
            "The bombing of Quetta began on Monday, months after NATO left. The attack came a year after the vote, and opponents "
            "were blamed for it, Colombia said.",
            ["opponents"],
            [],
        ),
        (
            "A blast tore through Quetta on Monday while traders were praying. The attack worried the United Nations, and a rebel "
            "was seen.",
            [],
            ["traders"],
        ),
    ],
)
def test_where_no_mention_is_sure_the_surest_tells_who_took_part(
    text: str, actors: list[str], recipients: list[str]
) -> None:
    (attack,) = (claim for claim in coded(text, dt.date(2018, 3, 20)) if claim.type == "ASSAULT")
    assert ([one.name for one in attack.actors], [one.name for one in attack.recipients]) == (actors, recipients)


def test_nobody_is_taken_to_attack_his_own_state_unless_it_is_sure() -> None:
    (attack,) = (
        one for one in coded("Turkey warned that an attack on its troops would be answered.") if one.type == "ASSAULT"
    )
    assert ([party.name for party in attack.recipients], attack.actors) == (["Turkish Armed Forces"], ())


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        (
            "One man was killed and four others were arrested in a clash with Pakistani security forces in Quetta.",
            "COERCE",
            ["Pakistan Armed Forces"],
            ["man"],
        ),
        (
            "In a worrying sign for Nicolas Maduro, people have blocked streets in Caracas this week.",
            "PROTEST",
            ["people"],
            ["Nicolas Maduro"],
        ),
        (
            "Armenia and Azerbaijan accuse each other of breaking the truce, reached after John Kerry and Sergei Lavrov spoke "
            "by telephone.",
            "CONSULT",
            ["John Kerry", "Sergei Lavrov"],
            [],
        ),
    ],
)
def test_a_state_that_is_not_unlikely_is_the_side_of_which_nobody_is_told(
    text: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    (claim,) = (one for one in coded(text, dt.date(2015, 6, 10)) if one.type == kind)
    assert ([one.name for one in claim.actors], [one.name for one in claim.recipients]) == (actors, recipients)


@pytest.mark.parametrize(
    "text",
    [
        "Two bombs went off in the port while a lorry burned.",
        "Under the agreement both forces must leave homes, let aid through and stop seizing vehicles.",
        "Fighting in the hills has gone on for a week, and many families have fled.",
    ],
)
def test_property_and_who_has_no_name_suffer_nothing_where_the_model_is_hardly_sure(text: str) -> None:
    told = [one for one in coded(text, dt.date(2018, 3, 20)) if one.type in ("ASSAULT", "RETREAT")]
    assert told and all(one.recipients == () for one in told)
