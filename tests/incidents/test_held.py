"""What is held to have happened: by most independent sources, nothing averaged, nothing filled in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from tests.incidents.told import AIR_FORCE, ARMY, CIVILIANS, GUNMEN, HTS, RUSSIA, account, on, region, town
from trucewatch.incidents.figures import toll
from trucewatch.incidents.held import incident
from trucewatch.nouns import Account, Count, Entity, Place, Status, Toll


def told(*rows: dict[str, Any]) -> list[Account]:
    """An account for each row."""
    return [account(at, **row) for at, row in enumerate(rows)]


def says(outlet: str, killed: int | Count, day: int, **more: Any) -> dict[str, Any]:
    """An outlet's figure of a day of October."""
    return {"outlet": outlet, "killed": killed, "published": dt.date(2021, 10, day), **more}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([says("A", 5, 20)], (5, 5, 5)),
        ([says("A", 5, 20), says("A", 9, 21)], (9, 9, 9)),
        ([says("A", 5, 20), says("B", 9, 21)], (5, 9, 9)),
        ([says("A", 5, 20), says("B", 5, 20), says("C", 9, 21)], (5, 5, 9)),
        ([says("A", 5, 20), says("B", 5, 20), says("C", 5, 20), says("D", 9, 21), says("E", 9, 22)], (5, 9, 9)),
        ([*(says(one, 5, 20) for one in "ABC"), says("D", 9, 20), says("E", 9, 20)], (5, 5, 9)),  # not later
        ([*(says(one, 9, 20) for one in "ABC"), says("D", 5, 21), says("E", 5, 22)], (5, 9, 9)),  # not higher
        ([*(says(one, Count(low=8, high=12), 20) for one in "ABC"), says("D", 12, 21), says("E", 12, 21)], (8, 10, 12)),
        ([says("A", 9, 20), says("B", 2, 21), says("C", 2, 21)], (2, 2, 9)),
        ([says("A", Count(low=8, high=12), 20)], (8, 10, 12)),
        ([says("A", Count(low=24, high=99), 20)], (24, 24, 99)),  # dozens
        ([says("A", Count(low=10, high=20), 20)], (10, 15, 20)),
        ([says("A", Count(low=24, high=99), 20), says("B", 30, 20)], (24, 30, 99)),
        ([says("A", Count(low=0, high=30), 20)], (0, 15, 30)),  # up to 30
        ([says("A", 5, 20), says("A", 7, 20)], (5, 7, 7)),
        (
            [says("A", 9, 20, story="s")]
            + [says(f"C{at}", 9, 20, story="s") for at in range(5)]
            + [says("B", 4, 20), says("D", 4, 20)],
            (4, 4, 9),
        ),
        ([says("A", 3, 20), says("A", 3, 20), says("A", 10, 21)], (10, 10, 10)),
        ([says("A", 3, 20), says("A", 3, 20), says("A", 3, 20), says("B", 12, 20), says("C", 12, 20)], (3, 12, 12)),
        ([says("A", 12, 20), says("B", 15, 21), says("B", 20, 21), says("A", 12, 22)], (12, 12, 20)),
        ([says("A", 9, 20, story="s"), says("A", 12, 21), says("B", 9, 22, story="s")], (12, 12, 12)),
        ([says("A", 5, 20), says("B", 0, 20, status=Status.DENIED)], (5, 5, 5)),
        ([says("B", 0, 20, status=Status.DENIED)], (0, 0, 0)),
    ],
)
def test_tolls(rows: list[dict[str, Any]], expected: tuple[int, int, int]) -> None:
    low, best, high = expected
    assert toll(told(*rows), "killed") == Toll(low=low, best=best, high=high)


def test_a_toll_that_rises_keeps_its_history_and_is_no_disagreement_with_oneself() -> None:
    one = incident(told(says("A", 5, 20), says("A", 9, 21), says("A", 11, 22)))
    assert [figure.count.low for figure in one.figures] == [5, 9, 11]
    assert one.killed == Toll(low=11, best=11, high=11)
    assert one.disagreements == ()


def test_a_source_that_is_named_is_the_claimant_whoever_reports_it() -> None:
    monitor = "Syrian Observatory for Human Rights"
    rows = [says("A", 5, 20, attributed_to=monitor), says("B", 9, 21, attributed_to=monitor)]
    one = incident(told(*rows))
    assert {figure.claimant for figure in one.figures} == {monitor}
    assert one.killed == Toll(low=9, best=9, high=9)


@pytest.mark.parametrize("source", ["medics", "Officials", "Yemeni security officials", "a military source"])
def test_a_mere_kind_of_people_is_a_claimant_of_each_outlet(source: str) -> None:
    one = incident(told(says("A", 5, 20, attributed_to=source), says("B", 8, 21, attributed_to=source)))
    assert one.killed == Toll(low=5, best=8, high=8)
    assert [disagreement.field for disagreement in one.disagreements] == ["killed"]
    again = incident(told(says("A", 5, 20, attributed_to=source), says("A", 8, 21, attributed_to=source)))
    assert again.killed == Toll(low=8, best=8, high=8)


def test_a_source_is_one_claimant_under_each_of_its_names() -> None:
    rows = [says("A", 5, 20, attributed_to="SOHR"), says("B", 9, 21, attributed_to="the Syrian Observatory")]
    assert incident(told(*rows)).killed == Toll(low=9, best=9, high=9)


def test_nobody_gives_a_figure() -> None:
    assert incident(told({})).killed is None


def test_values_of_most_sources() -> None:
    rows = [
        {"actors": (RUSSIA,), "place": region(), "time": on(18, 21), "mode": None, "story": "s"},
        {"actors": (RUSSIA,), "place": region(), "time": on(18, 21), "mode": None, "story": "s"},
        {"actors": (ARMY,), "place": town("Ariha"), "time": on(20)},
        {"actors": (AIR_FORCE,), "place": town("Saraqib"), "time": on(20)},
        {"actors": (), "place": town("Ariha"), "time": on(21)},
    ]
    one = incident(told(*rows))
    assert one.sources == 4
    assert one.named_by == 2  # the army and its air force are one camp; two tell of Russia, and are one story
    assert one.actors == (ARMY,)
    assert one.place == town("Ariha")
    assert one.time == on(20)
    assert one.mode == "aerial"


def test_those_of_no_camp_are_told_apart_by_what_kind_of_people_they_are() -> None:
    one = incident(told({"recipients": (GUNMEN,)}, {"recipients": (CIVILIANS,)}, {"recipients": (CIVILIANS,)}))
    assert one.recipients == (CIVILIANS,)


@pytest.mark.parametrize(
    ("outlets", "sources"),
    [
        (("AFP", "Agence France-Presse"), 1),
        (("REUTERS", "reuters.com"), 1),
        (("Harbour Post", "HARBOUR POST"), 1),
        (("AFP", "Reuters"), 2),
    ],
)
def test_an_outlet_is_one_source_however_it_is_spelled(outlets: tuple[str, ...], sources: int) -> None:
    assert incident(told(*({"outlet": outlet} for outlet in outlets))).sources == sources


def test_who_quotes_an_agency_adds_nothing_to_it() -> None:
    told = [
        account(1, outlet="AFP"),
        account(2, outlet="Al Jazeera", attributed_to="Agence France-Presse"),
        account(3, outlet="National News Agency"),
        account(4, outlet="Reuters", attributed_to="Lebanon's state-run National News Agency"),
        account(5, outlet="AP", attributed_to="medics"),
    ]
    assert incident(told).sources == 3


def test_an_outlet_has_one_vote_for_a_value_however_often_it_tells_it() -> None:
    state = {"outlet": "SANA", "actors": (HTS,), "mode": "heavy-weapons", "status": Status.DENIED}
    others = [{"outlet": outlet, "actors": (ARMY,), "mode": "aerial"} for outlet in ("AP", "AFP")]
    one = incident(told(state, state, state, *others))
    assert (one.actors, one.mode, one.status) == ((ARMY,), "aerial", Status.HAPPENED)


def test_who_denies_the_deed_does_not_name_who_did_it() -> None:
    denial = {"status": Status.DENIED, "actors": (RUSSIA,)}
    found = incident(told(denial, {}, denial))
    assert ([one.actor for one in found.actors], found.sources, found.named_by) == ([ARMY.actor], 3, 1)
    assert [one.actor for one in incident(told(denial)).actors] == [RUSSIA.actor]


def test_what_nobody_says_stays_unknown() -> None:
    one = incident(told({"place": None, "time": None, "actors": (), "recipients": (), "mode": None}))
    assert (one.place, one.time, one.actors, one.recipients, one.mode) == (None, None, (), (), None)


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([{}, {"actors": (AIR_FORCE,)}], []),
        ([{}, {"actors": (RUSSIA,)}], ["actors"]),
        ([{}, {"actors": (GUNMEN,)}], []),
        ([{}, {"actors": ()}], []),
        ([{}, {"recipients": (HTS,)}], ["recipients"]),
        ([{}, {"recipients": (HTS, CIVILIANS)}], []),
        ([{"recipients": (ARMY,)}, {"recipients": (HTS,)}], ["recipients"]),
        ([{}, {"status": Status.DENIED}], ["status"]),
        ([{}, {"status": Status.DENIED, "actors": (RUSSIA,)}], ["status"]),
        ([{}, {"status": Status.ONGOING}], []),
        ([{}, {"mode": "heavy-weapons"}], ["mode"]),
        ([{}, {"type": "COERCE", "mode": None}], ["type"]),
        ([{}, {"place": region()}], []),
        ([{}, {"place": town("Kafranbel")}], ["place"]),
        ([{}, {"place": msgspec.structs.replace(town("Ariha"), name="Urum", lat=35.87)}], ["place"]),  # 7 km away
        ([{}, {"place": msgspec.structs.replace(town("Ariha"), name="Urum", lat=35.84)}], []),
        ([{}, {"place": Place(text="Ghouta", name="Ghouta", country="LBN")}], ["place"]),
        ([{}, {"time": on(18, 21)}], []),
        ([{}, {"time": on(21)}], ["time"]),
        ([{"killed": 5}, {"killed": 9}], ["killed"]),
        ([{"killed": 5}, {"killed": Count(low=4, high=9)}], []),
        ([{"injured": Count(low=5, high=5)}, {"injured": Count(low=7, high=7)}], ["injured"]),
    ],
)
def test_disagreements(rows: list[dict[str, Any]], fields: list[str]) -> None:
    assert [one.field for one in incident(told(*rows)).disagreements] == fields


def test_a_disagreement_names_each_value_with_its_claims() -> None:
    accounts = told({}, {"actors": (RUSSIA,)}, {"actors": (AIR_FORCE,)}, {"recipients": (CIVILIANS,)})
    (one,) = incident(accounts).disagreements
    ids = [account.claim.id for account in accounts]
    assert one.sides == (("Syrian Arab Army", (ids[0], ids[2], ids[3])), ("Russia", (ids[1],)))


@pytest.mark.parametrize(
    ("rows", "recipients"),
    [
        ([(ARMY, HTS), (ARMY, None), (HTS, ARMY)], (HTS,)),
        ([(ARMY, None), (ARMY, None), (HTS, ARMY)], ()),
        ([(ARMY, None), (ARMY, None), (HTS, CIVILIANS)], (CIVILIANS,)),
    ],
)
def test_nobody_does_it_to_himself_because_another_lays_it_to_the_other_side(
    rows: list[tuple[Entity, Entity | None]], recipients: tuple[Entity, ...]
) -> None:
    sides = [
        {"actors": (one,), "recipients": (two,) if two else (), "outlet": f"Paper {at}"}
        for at, (one, two) in enumerate(rows)
    ]
    held = incident(told(*sides))
    assert held.actors == (ARMY,) and held.recipients == recipients
