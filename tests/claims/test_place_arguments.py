"""Which words of a sentence tell where: borders, whence something was shot, the town of a hotel, and what is no place."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim


def _coded(text: str) -> tuple[Claim, ...]:
    return coded(text, dt.date(2023, 3, 20))


def places(text: str) -> list[str | None]:
    return [claim.place.name if claim.place else None for claim in _coded(text)]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Niger closed its border with Benin.", "Benin–Niger border"),
        ("Pakistan sealed the border with Afghanistan on Friday.", "Afghanistan–Pakistan border"),
        ("Turkey has shelled Kurdish posts across its border with Syria.", "Syria–Turkey border"),
    ],
)
def test_a_border_with_another_country_is_that_border(sentence: str, named: str) -> None:
    assert places(sentence) == [named]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Militants in Gaza fired rockets at Israel.", "Israel"),
        ("Houthi fighters fired missiles from Hodeidah at a tanker in the Red Sea.", "Red Sea"),
        ("Hezbollah fighters in southern Lebanon fired missiles at Safed.", "Safed"),
        ("Rockets were fired from Gaza on Sunday.", "Gaza Strip"),  # where nothing tells what they struck
        ("Rebels in Tigray shelled the army.", "Tigray"),
    ],
)
def test_what_is_shot_from_afar_happens_where_it_strikes(sentence: str, named: str) -> None:
    assert places(sentence) == [named]


def test_who_shoots_from_afar_is_of_where_he_shoots() -> None:
    (claim,) = _coded("Militants in Gaza fired rockets at Israel.")
    assert [party.country for party in (*claim.actors, *claim.recipients)] == ["PSE", "ISR"]


def test_a_listed_body_that_is_struck_is_no_unknown_place() -> None:
    (claim,) = _coded("Jets struck Nusra on Monday.")
    assert ([party.country for party in claim.recipients], claim.place) == (["SYR"], None)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "On Monday in Lyon a bomb exploded near the rue Berlioz market. In Munich, police arrested a man.",
            ["rue Berlioz market, Lyon", "Munich"],
        ),
        (
            "In Lagos, gunmen shot two men on Adeniyi Road. In Abuja, two men were shot on Sani Street.",
            ["Adeniyi Road, Lagos", "Sani Street, Abuja"],
        ),
    ],
)
def test_a_street_is_in_the_town_that_its_own_sentence_tells(text: str, named: list[str]) -> None:
    assert places(text) == named


def test_a_people_is_no_place() -> None:
    assert places("The bombers targeted a cafe of Alawites.") == [None]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Egyptian police killed a dozen people in clashes outside the presidential palace.",
            "presidential palace, Cairo",
        ),
        ("Protesters in Georgia threw stones outside parliament.", "parliament, Tbilisi"),
        (
            "Kurdish police in Iraq fired at protesters outside the regional parliament in Irbil.",
            "regional parliament in Irbil",
        ),
    ],
)
def test_what_a_state_has_one_of_is_in_its_capital(text: str, named: str) -> None:
    assert places(text) == [named]


def test_who_visits_the_scene_is_where_it_happened() -> None:
    bombed = "Rebels bombed Taiz on Thursday."
    assert places(f"{bombed} The president visited the site of the explosion on Friday.")[-1] == "Taiz"
    assert places(f"{bombed} The president visited the site of a new dam on Friday.")[-1] is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The judge had come from Nagpur. Gunmen shot him dead on Monday.", "Nagpur"),
        ("The judge had come from Nagpur. Gunmen may shoot him.", "India"),  # it has not happened
        ("The two sides signed a deal in Doha. Within a week the Taliban attacked 43 checkpoints.", "Afghanistan"),
        ("The judge had come from Nagpur by way of Pune. Gunmen shot him dead on Monday.", "India"),
    ],
)
def test_the_only_town_of_a_report_is_where_it_happened(text: str, place: str | None) -> None:
    assert places(text)[-1] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Iran's eight-year war with Iraq ended in 1988.", None),
        ("India fought three wars with Pakistan.", None),
        ("Thai troops clashed with rebels in Pattani.", "Pattani"),
    ],
)
def test_whom_a_war_was_with_is_not_where_it_was(text: str, place: str | None) -> None:
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Chad closed its border after rebels attacked Zouar.", "Chad"),
        ("Kenya closed its airspace after the attack in Lamu.", "Kenya"),
        ("Niger shut its borders after the coup in Niamey.", "Niger"),
        ("Niger closed its border with Nigeria.", "Niger–Nigeria border"),
    ],
)
def test_a_state_closes_its_own_borders_in_all_its_land(sentence: str, place: str) -> None:
    claim, *_ = coded(sentence)
    assert claim.type == "COERCE"
    assert claim.place and claim.place.name == place
