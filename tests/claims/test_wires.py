"""What agencies tell in a few sentences: whose deed it was, whose people were hit, and on which day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded


def test_an_army_that_says_what_its_troops_did_is_no_other_one() -> None:
    text = (
        "Israeli troops are to leave southern Lebanon within 60 days as the Lebanese army deploys there. "
        "The Israeli military said that its troops had fired at several suspects near Kfar Kila. It said it had seized rifles."
    )
    claims = coded(text, dt.date(2024, 11, 28))
    assert [one.country for claim in claims if claim.type in ("ASSAULT", "COERCE") for one in claim.actors] == [
        "ISR",
        "ISR",
    ]


def test_what_is_called_a_raid_is_nobody_s_deed() -> None:
    text = (
        "Two farmers were killed near Ariha, the White Helmets said in a statement. It was the heaviest raid in a week."
    )
    claims = coded(text, dt.date(2021, 9, 3))
    assert [claim.actors for claim in claims if claim.type == "ASSAULT"] == [()]


@pytest.mark.parametrize(
    "text",
    [
        "Israel denied that it was behind the explosion in Beirut.",
        "Israel said it had hit a tanker. It was responsible for another attack in May.",
    ],
)
def test_who_is_behind_it_is_not_what_is_called_so(text: str) -> None:
    assert [one.country for one in coded(text)[-1].actors] == ["ISR"]


def test_those_killed_in_clashes_have_not_fought_them() -> None:
    text = (
        "The UN mission in Afghanistan, UNAMA, said on Monday that at least 50 civilians had been killed and 447 wounded in the "
        "clashes between October 10 and 17, most of them in Spin Boldak on October 15."
    )
    (claim,) = coded(text, dt.date(2025, 10, 27))
    assert (claim.actors, [one.name for one in claim.recipients]) == ((), ["civilians"])


def test_whoever_is_hit_where_no_gazetteer_knows_is_of_the_land_where_the_rest_is_told() -> None:
    text = (
        "Israeli strikes killed five people in Nabatieh on Monday, said the army of Israel, and Israel vowed to go on. "
        "An Israeli drone hit a car in Wadi Nowhere and killed a corporal."
    )
    claims = coded(text, dt.date(2024, 12, 2))
    hit = [
        one.country
        for claim in claims
        for one in claim.recipients
        if claim.place and claim.place.name == "Wadi Nowhere"
    ]
    assert hit and {*hit} == {"LBN"}


def test_the_day_since_which_it_is_the_first_is_not_that_of_what_follows() -> None:
    text = (
        "Russian warplanes bombed Sarmin on Tuesday, the first raids since the presidents of Russia and Turkey met last "
        "Wednesday, a war monitor and rescuers said. A boy was killed and three of his relatives were hurt when a house was hit."
    )
    claims = coded(text, dt.date(2021, 10, 5))
    assert {claim.time and claim.time.start for claim in claims if claim.type == "ASSAULT"} == {dt.date(2021, 10, 5)}


def test_from_whose_positions_it_is_shelled_shells() -> None:
    text = (
        "Over the past 24 hours, 21 shellings from the positions of the Jabhat al-Nusra terrorist group were recorded in the "
        "Idlib de-escalation zone: 11 in Idlib province, five in Latakia province, three in Aleppo province and two in Hama "
        "province. One Syrian serviceman was killed by sniper fire near the settlement of Dadikh in Idlib province. No shelling "
        "by illegal armed formations controlled by Turkey was recorded. The Russian military police patrolled in the provinces "
        "of Aleppo, Raqqa and Hasakah. The centre again calls on the commanders of illegal armed groups to give up provocations."
    )
    claims = coded(text, dt.date(2021, 9, 11))
    assert [one.name for one in claims[0].actors] == ["Hay'at Tahrir al-Sham"]
    assert claims[0].recipients == ()


def test_those_killed_in_a_raid_did_not_die_of_what_it_answered() -> None:
    text = (
        "Israel carried out its largest wave of strikes since the ceasefire in Lebanon on Monday night, killing 11 people, "
        "according to Lebanese officials, after Hezbollah mortar fire at Mount Dov."
    )
    claims = coded(text, dt.date(2024, 12, 3))
    assert [[one.country for one in claim.actors] for claim in claims if claim.killed] == [["ISR"]]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The joint patrol on the M4 planned for Sunday did not take place.", 10),
        ("Talks scheduled for Monday in Astana did not take place.", 11),
        ("The withdrawal of the army due on Friday did not happen.", 8),
        ("The withdrawal of the army did not start as planned on Friday.", 8),
    ],
)
def test_what_was_planned_and_did_not_take_place_is_no_forecast(text: str, day: int) -> None:
    (claim,) = coded(text, dt.date(2021, 10, 11))
    assert (claim.status, claim.time and claim.time.start) == ("denied", dt.date(2021, 10, day))


def test_they_said_at_the_end_is_whoever_spoke_last() -> None:
    text = (
        "No air strikes were recorded in Idlib on Friday, the White Helmets said. Syrian government artillery shelled the village "
        "of Kansafra, wounding a woman, they said."
    )
    claims = coded(text, dt.date(2021, 10, 2))
    assert claims[-1].attributed_to == "White Helmets"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The offensive has not begun.", "denied"),
        ("The minister said that the talks would not take place.", "denied"),
        ("He said that the truce was no peace and that talks on one would not begin soon.", "denied"),
        ("The truce will not come into force until Monday.", "expected"),
        ("The talks would not have taken place without Qatar.", "possible"),
        ("The withdrawal was delayed by a week.", "denied"),
        ("The ceasefire, reached in Moscow, has never fully held.", "denied"),
        ("The withdrawal has been put off until Friday.", "expected"),
    ],
)
def test_what_did_not_begin_is_not_done(text: str, status: str) -> None:
    (claim,) = coded(text, dt.date(2021, 10, 11))
    assert claim.status == status
