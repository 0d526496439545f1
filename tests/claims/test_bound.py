"""To whom and to which place words are bound, where another stands nearer: what readers of a report notice first."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim


def _coded(text: str, written: dt.date = dt.date(2022, 11, 3)) -> tuple[Claim, ...]:
    return coded(text, written)


def _last(text: str, type_: str) -> Claim:
    return [claim for claim in _coded(text) if claim.type == type_][-1]


@pytest.mark.parametrize(
    ("text", "type_", "actors"),
    [
        ("Ethiopia's government and Tigrayan rebels agreed to a truce. The government bombed a school on Monday.", "ASSAULT",
         ["Ethiopian government"]),
        ("The Houthis welcomed the truce. The coalition halted its raids on Tuesday, but the group rejected it.", "REJECT",
         ["Houthis"]),
        ("The deal was struck in Sweden by the government of Yemen and the Houthis. Both were to pull back.", "RETREAT",
         ["Government of Yemen", "Houthis"]),
        ("Angela Kocharyan, a teacher, said that she saw soldiers. Samvel Petrosyan lives there. He attacked a soldier.", "ASSAULT",
         ["Samvel Petrosyan"]),
        ("DUBAI - Yemen's warring sides have agreed to a two-month truce, the United Nations said.", "AGREE",
         ["Yemen's warring sides"]),
        ("On Sunday Dbeibah, in combat jacket, toured the burnt streets and ordered the arrest of his rivals in Libya.",
         "REQUEST", ["Abdul Hamid Dbeibah"]),
        ("Two Russian peacekeepers were killed when their car came under fire near the village, the ministry said, and Aliyev "
         "later apologised to Putin by telephone.", "ASSAULT", []),
        ("The OLA attacked Kiremu town in Ethiopia on Tuesday. It denied this and accused Amhara militias of the attack.",
         "ASSAULT", ["Oromo Liberation Army"]),
    ],
)  # fmt: skip
def test_who_did_it(text: str, type_: str, actors: list[str]) -> None:
    assert [party.name for party in _last(text, type_).actors] == actors


@pytest.mark.parametrize(
    ("text", "type_", "recipients"),
    [
        ("The coalition responded with air strikes on Sanaa that killed eight people.", "ASSAULT", ["people"]),
        ("Clashes between the 444 Brigade, which is loyal to Dbeibah, and Rada began in Tripoli on Monday.", "ASSAULT", []),
        ("Protesters gathered to demand Pashinyan's resignation, and riot police detained at least 16.", "COERCE", []),
        ("Prime Minister Abdul Hamid Dbeibah spoke in Tripoli. Prosecutors charged the former interior minister.", "ACCUSE",
         ["former interior minister"]),
        ("The mercenaries committed nine violations of the Stockholm agreement in Hudaydah.", "ASSAULT", []),
    ],
)  # fmt: skip
def test_to_whom_it_was_done(text: str, type_: str, recipients: list[str]) -> None:
    assert [party.name for party in _last(text, type_).recipients] == recipients


def test_soldiers_who_block_a_road_do_not_protest() -> None:
    (claim,) = _coded("Soldiers blocked the coast road near Zliten in Libya on Friday.")
    assert (claim.type, claim.mode) == ("COERCE", "restrict")


@pytest.mark.parametrize(
    ("text", "type_", "place"),
    [
        (
            "Rebels shelled Hays in Yemen on Monday. Marib: Clashes between soldiers and rebels left nine dead.",
            "ASSAULT",
            "Marib",
        ),
        ("Azerbaijan sent troops. Soldiers were killed near the village of Janyatag on Monday.", "ASSAULT", "Janyatag"),
    ],
)
def test_where_it_was(text: str, type_: str, place: str) -> None:
    found = _last(text, type_).place
    assert (found and found.name) == place


def test_a_war_is_not_fought_in_the_town_that_was_shelled() -> None:
    text = "Rebels agreed on a truce after two years of war that has killed thousands. Soldiers shelled Hays in Yemen on Monday."
    war, shelling = (claim.place and claim.place.name for claim in _coded(text) if claim.type == "ASSAULT")
    assert (war, shelling) == ("Yemen", "Hays")


def test_the_square_of_a_town_is_not_that_of_another() -> None:
    place = _last("Nine men were shot in Sanaa's Tahrir Square in September.", "ASSAULT").place
    assert place is not None
    assert place.country != "EGY"


def test_a_name_that_was_cut_at_a_hyphen_is_nobody() -> None:
    text = (
        "Armed men stopped monitors of the Organization for Security and Co-operation in Europe (OSCE) on the road to "
        "Debaltseve on Monday. The organisation demanded free access at once."
    )
    demand = next(claim for claim in coded(text) if claim.type == "REQUEST")
    assert [party.name for party in demand.actors] == ["Organization for Security and Cooperation in Europe"]


@pytest.mark.parametrize(
    ("body", "country"),
    [("foreign ministry in Moscow", "RUS"), ("government in Ankara", "TUR"), ("local council in Ankara", "SYR")],
)
def test_a_body_of_state_is_of_the_country_in_whose_capital_it_sits(body: str, country: str) -> None:
    charge = _last(
        f"Syrian jets struck Idlib in Syria. Syrian troops shelled Ariha. The {body} condemned the attack.", "ACCUSE"
    )
    assert [party.country for party in charge.actors] == [country]
