"""Where something was only agreed or said is no scene of what is told beside it."""

from __future__ import annotations

import pytest

from tests.claims.made import coded, triggered


@pytest.mark.parametrize(
    ("text", "trigger", "where"),
    [
        # what was agreed there
        ("Warplanes bombed three towns, breaking the truce reached in Geneva.", "bombed", None),
        ("The army has repeatedly violated the truce brokered in Astana, activists said.", "violated", None),
        (
            "The M23 rebels attacked three villages, though a truce had been negotiated in Luanda.",
            "attacked",
            "Democratic Republic of the Congo",
        ),
        ("Shelling resumed after talks in Cairo ended without a deal.", "Shelling", None),
        (
            "Under the deal signed in Doha, the two sides were to swap prisoners, but shelling went on.",
            "shelling",
            None,
        ),
        # where others talk meanwhile
        ("Rebels attacked Taiz as envoys met in Muscat.", "attacked", "Taiz"),
        ("Two envoys were killed as they met elders in Kunduz.", "killed", "Kunduz"),
        # but what strikes talks happens there
        ("A bomb killed six elders during a meeting in Kandahar.", "bomb", "Kandahar"),
        # whence somebody speaks
        ("The rebel said by telephone from Paris that his fighters had captured an army base.", "captured", None),
        ("The FARC said in a statement issued in Havana that soldiers had killed two men.", "killed", "Colombia"),
        ("The commander, reached by satellite phone in Nairobi, said his men had killed 12 soldiers.", "killed", None),
        ("The foreign minister told reporters in New York that rebels had shot down a helicopter.", "shot down", None),
    ],
)
def test_where_it_was_agreed_or_said_is_not_where_it_happened(text: str, trigger: str, where: str | None) -> None:
    place = triggered(text, trigger).place
    assert (place and place.name) == where


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army has repeatedly violated the truce brokered in Astana, activists said.", "violated"),
        ("Speaking by phone from Istanbul, the opposition leader said troops had shelled a hospital.", "shelled"),
        ("From his exile in Cairo the politician said that police had tortured his sons.", "tortured"),
        ("A spokesman for the rebels said in Doha that government jets had bombed a school.", "bombed"),
    ],
)
def test_nobody_is_of_the_country_where_it_was_only_agreed_or_said(text: str, trigger: str) -> None:
    claim = triggered(text, trigger)
    assert {party.country for party in (*claim.actors, *claim.recipients)} == {None}


def test_where_a_truce_is_agreed_is_no_party_to_it() -> None:
    claim = triggered("A truce was agreed in Sweden last year.", "agreed")
    assert (claim.actors, claim.place and claim.place.name) == ((), "Sweden")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Qatar brokered a deal between the government and rebels.", "deal"),
        ("A truce brokered by Egypt between the army and the militants was signed on Monday.", "brokered"),
    ],
)
def test_those_whom_a_country_brings_together_are_not_its_own(text: str, trigger: str) -> None:
    claim = triggered(text, trigger)
    others = [party.country for party in (*claim.actors, *claim.recipients) if party.name not in ("Qatar", "Egypt")]
    assert others == [None, None]


def test_a_checkpoint_near_a_village_is_near_it() -> None:
    text = "A boy died in Yasynuvata. A mission patrol was denied passage at a checkpoint of the armed formations near Olenivka."
    claim = next(one for one in coded(text) if one.type == "COERCE")
    assert claim.place is not None and claim.place.name == "Olenivka"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("UNIFIL said its peacekeepers came under fire near Blida.", "LBN"),
        ("UNMISS peacekeepers came under fire near Malakal.", "SSD"),
        ("Peacekeepers came under fire near Blida.", "DZA"),
    ],
)
def test_a_mission_is_where_its_full_name_says(text: str, country: str) -> None:
    (claim,) = coded(text)
    assert claim.place is not None and claim.place.country == country


def test_at_whose_will_they_left_says_not_whence_and_the_fighters_are_those_of_the_group() -> None:
    text = (
        "The M23 pulled out of Uvira on Wednesday. A spokesman said the fighters had left at the request of Washington."
    )
    (left,) = (claim for claim in coded(text) if claim.type == "RETREAT")
    assert left.place is not None and left.place.name == "Uvira"
