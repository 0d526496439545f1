"""Who is named after he was told of, and what he is called."""

from __future__ import annotations

import pytest

from tests.claims.made import coded


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        (
            "Two labourers, identified as Ravi Kumar and Mohan Das, were shot dead in Sukma.",
            ["Ravi Kumar", "Mohan Das"],
        ),
        (
            "Gunmen killed two men in Quetta on Friday. The deceased were identified as Ali Raza, a resident of Pishin, "
            "and Ahmed Shah.",
            ["Ali Raza", "Ahmed Shah"],
        ),
        ("Gunmen killed a trader in Quetta. The victim was identified as Asif Baloch alias Kaka.", ["Asif Baloch"]),
        ("Militants abducted two engineers in Kech. They are Imran Khan and Sajid Ali.", ["Imran Khan", "Sajid Ali"]),
        (
            "Police arrested a suspect in Quetta. The deceased was identified as Ali Raza.",
            ["suspect"],
        ),  # not of his fate
        ("Gunmen killed three men in Quetta. The dead were identified as Ali Raza and Ahmed Shah.", ["men"]),
        ("A bomb killed a Hamas fighter, identified as Ahmed Saleh, in Gaza.", ["Hamas"]),  # the group stays itself
    ],
)
def test_those_who_are_identified_are_called_by_their_names(text: str, recipients: list[str]) -> None:
    claim, *_ = coded(text)
    assert [party.name for party in claim.recipients] == recipients


def test_who_did_it_is_not_who_is_identified_as_its_victim() -> None:
    text = (
        "Two soldiers were killed when gunmen attacked them in Quetta. They were identified as Ali Raza and Ahmed Shah."
    )
    claims = coded(text)
    assert {party.name for claim in claims for party in claim.actors} == {"gunmen"}
    assert {"Ali Raza", "Ahmed Shah"} <= {party.name for claim in claims for party in claim.recipients}


def test_a_name_keeps_the_country_and_sector_of_whom_it_names() -> None:
    text = "Two policemen, identified as Ali Raza and Ahmed Shah, were shot dead by gunmen in Quetta."
    (claim,) = coded(text)
    assert {(party.country, party.sector) for party in claim.recipients} == {("PAK", "COP")}


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Arabs and Kurds clashed.", ["Arabs", "Kurds"]),
        ("The Kurds were beaten.", ["Kurds"]),
        ("Militants attacked the post.", ["militants"]),
        ("Masked men attacked the post.", ["masked men"]),
        ("Heavily armed gunmen attacked the post.", ["heavily armed gunmen"]),
        ("Warplanes bombed Sarmin on Tuesday.", ["warplanes"]),
        ("Rebel fighters bombed Sarmin on Tuesday.", ["rebel fighters"]),
        ("Muslims were lynched in Bangui.", ["Muslims"]),
    ],
)
def test_a_people_has_a_capital_and_a_common_noun_none(sentence: str, parties: list[str]) -> None:
    (claim,) = coded(sentence)
    assert [party.name for party in (*claim.actors, *claim.recipients)][: len(parties)] == parties
