"""When a deed was done for which somebody answers, or of which a picture shows the end: not on the day of the arrest or the burial."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, triggered

WRITTEN = dt.date(2020, 2, 27)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("In 1998 a court convicted Ali Hassan of the bombing of a hotel in Nairobi.", "bombing"),
        ("The man was found guilty in December of killing a nurse.", "killing"),
        ("Police arrested four suspects on Monday over the explosion in Lyon.", "explosion"),
        ("Police detained a man on Sunday in connection with the stabbing of a guard in London.", "stabbing"),
        ("A student was charged on Saturday with the bombing of a synagogue in Paris.", "bombing"),
        ("On Tuesday the minister condemned the killing of two teachers in Helmand.", "killing"),
        ("The bombing of the market was condemned on Tuesday by the president of Iraq.", "bombing"),
        ("Thousands protested in Tunis on Sunday against the arrest of a journalist.", "arrest"),
        ("He was pardoned in 2003 for the murder of a judge in Bogota.", "murder"),
        ("The government suspended the truce on Sunday after an attack on a convoy in Cauca.", "attack"),
        ("Turkey closed the border on Sunday following a bombing in Hatay.", "bombing"),
    ],
)
def test_a_deed_is_not_of_the_day_on_which_somebody_answers_for_it(text: str, trigger: str) -> None:
    assert triggered(text, trigger, WRITTEN).time is None


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("On Sunday police arrested a student during clashes in Tunis.", "clashes", dt.date(2020, 2, 23)),
        ("Syria accused Israel of bombing an airport on Monday.", "bombing", dt.date(2020, 2, 24)),
        ("On Tuesday the minister condemned the bombing of a market on Monday.", "bombing", dt.date(2020, 2, 24)),
    ],
)
def test_a_deed_has_the_day_that_its_own_words_tell(text: str, trigger: str, day: dt.date) -> None:
    time = triggered(text, trigger, WRITTEN).time
    assert time is not None
    assert (time.start, time.end) == (day, day)


def test_the_day_of_a_verdict_makes_no_other_deed_of_the_one_that_is_told() -> None:
    text = "In 1998 a court convicted Ali Hassan of the bombing. The bombing killed 12 people in Nairobi in 1995."
    attacks = [claim for claim in coded(text, WRITTEN) if claim.type == "ASSAULT"]
    assert [claim.time and claim.time.start.year for claim in attacks] == [1995]


@pytest.mark.parametrize(
    "text",
    [
        "Shelling destroyed a school in Donetsk on Monday. A school destroyed by shelling is seen in Donetsk, Ukraine, "
        "Feb. 26, 2020.",
        "Soldiers shot dead a farmer in Hebron on Monday. Men bury a farmer who was shot dead by soldiers in Hebron, "
        "West Bank, Feb. 26, 2020.",
    ],
)
def test_the_day_of_a_picture_makes_no_other_deed_of_what_came_before_it(text: str) -> None:
    attacks = [claim for claim in coded(text, WRITTEN) if claim.type == "ASSAULT"]
    assert [claim.time and claim.time.start for claim in attacks] == [dt.date(2020, 2, 24)]


@pytest.mark.parametrize(
    ("text", "trigger", "doers"),
    [
        ("The rebels attacked a convoy to avenge raids on their camps.", "raids", []),
        ("Hezbollah shelled a post to avenge the killing of a commander.", "killing", []),
        ("The army bombed the camp, avenging the ambush of Monday.", "ambush", []),
        ("Troops answered militant shelling, killing six.", "shelling", ["militants"]),
        ("Troops answered militant shelling, killing six.", "answered", ["troops"]),
    ],
)
def test_what_is_avenged_or_answered_was_done_by_others(text: str, trigger: str, doers: list[str]) -> None:
    assert [party.name for party in triggered(text, trigger).actors] == doers


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        (
            "The army entered Homs on Tuesday after two days of clashes between Druze fighters and tribes.",
            ["entered", "clashes"],
        ),
        ("Turkey bombed Qamishli a day after a bomb killed six people in Istanbul.", ["bombed", "killed"]),
        ("Israel's defence minister ordered strikes on Rafah after two soldiers were killed.", ["strikes", "killed"]),
        ("Two soldiers were killed when gunmen attacked their post near Homs.", ["attacked"]),
    ],
)
def test_what_was_done_before_by_others_is_another_deed(text: str, deeds: list[str]) -> None:
    assert [text[claim.trigger.start : claim.trigger.end] for claim in coded(text)] == deeds


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("He was seized on 3 February and freed a day later.", "freed", dt.date(2020, 2, 4)),
        ("Rebels took Goma on 3 February and left it two days later.", "left", dt.date(2020, 2, 5)),
    ],
)
def test_so_long_later_counts_from_the_deed_before(text: str, trigger: str, day: dt.date) -> None:
    time = triggered(text, trigger, WRITTEN).time
    assert time is not None and (time.start, time.end) == (day, day)


def test_who_does_not_speak_of_a_deed_has_not_done_it() -> None:
    (attack,) = coded("Damascus did not comment on the attack.")
    assert attack.actors == ()


def test_what_was_likely_in_the_days_to_come_is_to_come() -> None:
    time = triggered("Analysts said further strikes were likely in the coming days.", "strikes", WRITTEN).time
    assert time is not None and (time.start, time.end) == (WRITTEN, WRITTEN + dt.timedelta(days=7))
