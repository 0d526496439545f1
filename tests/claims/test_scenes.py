"""What leaves or keeps the time last told, how long something went on, when it was by a clause: told on 27 February 2020."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, triggered


@pytest.mark.parametrize(
    ("text", "trigger", "start", "end"),
    [
        # when it was, in a clause
        (
            "The president suspended talks with the rebels when he took office in January.",
            "suspended",
            "01-01",
            "01-31",
        ),
        ("Troops fired on civilians as they overran the town in January.", "fired", "01-01", "01-31"),
        # the day of a sentence that tells no event
        ("On Sunday police found a cache of rifles in a barn. They arrested two men.", "arrested", "02-23", "02-23"),
        # a year that only holds the day last told
        (
            "Rebels seized the port on 3 February. It was the worst raid of 2020. They killed nine guards there.",
            "killed",
            "02-03",
            "02-03",
        ),
        # a length is no other time
        (
            "Envoys flew to Aden on Monday. After a two-hour meeting they called for a truce.",
            "two-hour meeting",
            "02-24",
            "02-24",
        ),
        # a length has its first or last day
        (
            "In two days of attacks that began on 12 February, gunmen killed 40 people near the port.",
            "killed",
            "02-12",
            "02-14",
        ),
        ("In five days of clashes that ended on Sunday, 30 fighters died in the port.", "clashes", "02-18", "02-23"),
        # "N years of" date what they count, not what is told beside
        (
            "Just this week, the senator was reminded of thirteen years of war when a man killed two soldiers.",
            "killed",
            "02-24",
            "02-27",
        ),
        # some days before what has a day, in its clause or told before
        ("Days before the peace talks opened on Monday, militiamen killed 12 villagers.", "killed", "02-17", "02-23"),
        (
            "A meeting of the rivals took place on Monday. Just days before the meeting, militiamen killed 12 villagers.",
            "killed",
            "02-17",
            "02-23",
        ),
        ("Rebels left the port on 3 February. Days later troops shelled it.", "shelled", "02-04", "02-11"),
        # what a day is, said closer
        ("On the first day of the offensive, 2 February, drones destroyed three tanks.", "destroyed", "02-02", "02-02"),
        # how often, and for how long
        (
            "Every Friday for six weeks, women have marched in the capital against the junta.",
            "marched",
            "01-16",
            "02-27",
        ),
        # what somebody says should be done is asked for in the news
        ("Foreign troops should withdraw from the villages at once, said the envoy.", "should", "02-26", "02-27"),
        # a day, not a number of people
        ("On Friday, February 14 rebels shelled the port.", "shelled", "02-14", "02-14"),
        ("Rebels stormed a camp late in the night of February 3, killing two men.", "stormed", "02-03", "02-03"),
        # since what went before
        ("Scores of officers have been arrested following the failed coup on Friday.", "arrested", "02-21", "02-27"),
        # a deed with which a report opens is its news
        ("Soldiers clashed with marchers in the capital. The unions called for a strike.", "clashed", "02-26", "02-27"),
        ("Troops have surrounded the port, a spokesman of the army said.", "surrounded", "02-26", "02-27"),
        # what is to be
        ("The council is to vote on sanctions against the general on Friday.", "sanctions", "02-28", "02-28"),
        # or is somewhere in a month
        ("Jets bombed the port for eleven days in January.", "bombed", "01-01", "01-31"),
    ],
)
def test_a_time_is_told_around_it(text: str, trigger: str, start: str, end: str) -> None:
    time = triggered(text, trigger).time
    assert time is not None
    assert (f"{time.start:%m-%d}", f"{time.end:%m-%d}") == (start, end)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        # of a sentence before the last nothing is known to go on
        ("On Sunday police found rifles in a barn. It was dark. They arrested two men.", "arrested"),
        # a participle only says who is meant
        ("Troops shelled the port on Monday. The town buried a boy killed by a mine.", "killed"),
        # what a report tells later, or beside other times, is as often old
        ("The port is quiet. Ships lie at its quays. Rebels shelled it.", "shelled"),
        ("The port was built in 1950. Rebels shelled it.", "shelled"),
        ("The general led the men who shelled the port.", "shelled"),
        # what is to be was not on the day on which that was said
        ("The general is to go on trial for the raid, his lawyer said on Tuesday.", "go"),
        ("Rebels left the port on Monday. They have closed the road, arresting six men.", "arresting"),
    ],
)
def test_a_time_is_not_told_around_it(text: str, trigger: str) -> None:
    assert triggered(text, trigger).time is None


def test_what_was_supposed_to_begin_on_a_day_lies_no_year_ahead() -> None:
    (claim,) = coded("Disarmament was supposed to begin on 15 November, but nothing happened.", dt.date(2022, 11, 16))
    assert claim.time and claim.time.start == dt.date(2022, 11, 15)


@pytest.mark.parametrize("written", [dt.date(2018, 10, 20), dt.date(2018, 12, 10)])
def test_what_was_due_on_a_day_was_due_in_that_year(written: dt.date) -> None:
    for what in ("withdrawal", "prisoner swap"):
        (claim,) = coded(f"The {what} was due to begin on 14 November.", written)
        assert (claim.status, claim.time and claim.time.start) == ("expected", dt.date(2018, 11, 14))


def test_a_day_without_a_year_lies_no_year_ahead() -> None:
    told = coded("The mediator said that talks would begin in Luanda on 18 March.", dt.date(2025, 3, 21))
    assert [one.time and one.time.start for one in told if one.type == "CONSULT"] == [dt.date(2025, 3, 18)]


def test_days_of_attacks_are_counted_from_when_they_began_whatever_the_parse_hangs_them_on() -> None:
    text = "Militias have killed more than 280 people in two days of attacks that began on 12 May, according to the doctors' union."
    (claim,) = coded(text, dt.date(2023, 5, 20))
    assert claim.time and claim.time.start == dt.date(2023, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the airport on Tuesday, for the first time since the truce began last month. The army then bombed a village.",
        "Rebels shelled a post on Tuesday, their first attack since the truce began last week. Hours later jets bombed Haris.",
    ],
)
def test_a_day_goes_on_behind_a_truce_since_which_it_is_counted(text: str) -> None:
    claim = triggered(text, "bombed")
    assert claim.time is not None and claim.time.start == claim.time.end == dt.date(2020, 2, 25)
