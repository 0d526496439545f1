"""Merging is a function of the accounts and the rulings: in any order, whole or step by step."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.incidents.told import (
    ARMY,
    CIVILIANS,
    FSA,
    GUNMEN,
    HTS,
    REBELS,
    RUSSIA,
    TOWNS,
    account,
    on,
    party,
    region,
    town,
)
from trucewatch.incidents import Merged, keys, merge, touched, why
from trucewatch.incidents.blocking import near
from trucewatch.incidents.face import face
from trucewatch.incidents.partition import COMPARED
from trucewatch.incidents.score import NEIGHBOURS, apart
from trucewatch.nouns import Account, Incident, Place, Status

Pairs = frozenset[tuple[str, str]]
NOBODY: Pairs = frozenset()
SIDES = st.sampled_from([(), (ARMY,), (RUSSIA,), (HTS,), (FSA,), (GUNMEN,), (CIVILIANS,), (ARMY, RUSSIA)])
PLACES = st.sampled_from([None, region(), *map(town, TOWNS)])
TIMES = st.sampled_from([None, on(19), on(20), on(21), on(18, 21), on(1, 30)])
DAYS = st.sampled_from([None, *(dt.date(2021, 10, day) for day in (19, 20, 22))])
SENTENCES = (
    "",
    "Planes bombed the market of Ariha and killed nine traders",
    "Shells hit a school as pupils left it at noon",
)


@st.composite
def accounts(draw: st.DrawFn, most: int = 14) -> list[Account]:
    """Accounts of a few crowded days, some of one report, some alike."""
    made = []
    for number in range(draw(st.integers(1, most))):
        made.append(
            account(
                number,
                report=f"report{draw(st.integers(0, most))}",
                type=draw(st.sampled_from(["ASSAULT", "ASSAULT", "COERCE"])),
                mode=draw(st.sampled_from([None, "aerial", "firearms"])),
                status=draw(st.sampled_from([Status.HAPPENED] * 4 + [Status.DENIED, Status.EXPECTED])),
                actors=draw(SIDES),
                recipients=draw(SIDES),
                place=draw(PLACES),
                time=draw(TIMES),
                killed=draw(st.sampled_from([None, 1, 9, 12])),
                published=draw(DAYS),
                sentence=draw(st.sampled_from(SENTENCES)),
            )
        )
    return made


@st.composite
def ruled(draw: st.DrawFn) -> tuple[list[Account], Pairs, Pairs]:
    """Accounts with rulings that may contradict each other only through others."""
    made = draw(accounts())
    ids = sorted(one.claim.id for one in made)
    pairs = [(one, two) for at, one in enumerate(ids) for two in ids[at + 1 :]]
    some = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=5)) if pairs else []
    parted = draw(st.integers(0, len(some)))
    return made, frozenset(some[:parted]), frozenset(some[parted:])


def together(merged: Iterable[Merged]) -> dict[str, frozenset[str]]:
    """The claims of each claim's incident."""
    return {claim: frozenset(one.claims) for group in merged for one in group.incidents for claim in one.claims}


@given(ruled(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_accounts_does_not_matter(
    given_: tuple[list[Account], Pairs, Pairs], chance: random.Random
) -> None:
    made, must, cannot = given_
    whole = list(merge(made, must, cannot))
    chance.shuffle(made)
    assert list(merge(made, must, cannot)) == whole


@given(accounts(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_arrival_changes_no_incident_but_in_its_id(made: list[Account], chance: random.Random) -> None:
    orders = [one.order for one in made]
    chance.shuffle(orders)
    again = [msgspec.structs.replace(one, order=order) for one, order in zip(made, orders, strict=True)]
    assert together(merge(made, NOBODY, NOBODY)) == together(merge(again, NOBODY, NOBODY))


@given(ruled())
@settings(max_examples=40, deadline=None)
def test_every_claim_is_in_one_incident_and_rulings_hold(given_: tuple[list[Account], Pairs, Pairs]) -> None:
    made, must, cannot = given_
    merged = list(merge(made, must, cannot))
    claims = [claim for group in merged for one in group.incidents for claim in one.claims]
    assert sorted(claims) == sorted(one.claim.id for one in made)
    of = together(merged)
    for one, two in cannot:
        assert of[one] != of[two]
    if not cannot:
        for one, two in must:
            assert of[one] == of[two]


@given(accounts())
@settings(max_examples=40, deadline=None)
def test_no_incident_holds_two_claims_of_one_report_or_of_days_that_cannot_be_one(made: list[Account]) -> None:
    by_id = {one.claim.id: one for one in made}
    for group in merge(made, NOBODY, NOBODY):
        for incident in group.incidents:
            its = [by_id[claim] for claim in incident.claims]
            assert len({one.claim.report for one in its}) == len(its)
            days = [one.claim.time for one in its if one.claim.time is not None]
            if days:
                assert (max(day.start for day in days) - min(day.end for day in days)).days <= NEIGHBOURS


def test_a_large_incident_holds_no_two_claims_that_are_apart() -> None:
    words = "Twelve people died when shells of the army hit the market and the school of the village before the night"

    def at(number: int, km: float) -> Account:
        where = Place(text="x", name=f"x{number}", country="SYR", lat=35.9 + km / 111.2, lon=36.7, precision="town")
        return account(number, place=where, sentence=words, killed=12, trigger="hit")

    # All like those in the middle; of the last two each is as near to them as may be, and too far from the other.
    made = [*(at(number, number / 10) for number in range(COMPARED + 2)), at(20, 14.1), at(21, -14.1)]
    found = [one.claims for group in merge(made, NOBODY, NOBODY) for one in group.incidents]
    assert sorted(map(len, found)) == [1, COMPARED + 3]


@given(ruled(), st.integers(0, 14))
@settings(max_examples=50, deadline=None)
def test_step_by_step_gives_what_the_whole_gives(given_: tuple[list[Account], Pairs, Pairs], cut: int) -> None:
    made, must, cannot = given_
    known: dict[str, Account] = {}
    components: dict[str, list[Incident]] = {}
    for new in (made[:cut], *([one] for one in made[cut:])):
        hit = touched(new, known.values(), must, cannot)
        before = {name: its for name, its in components.items() if hit & {c for one in its for c in one.claims}}
        members = [known[claim] for its in before.values() for one in its for claim in one.claims]
        for name in before:
            del components[name]
        components |= {one.component: list(one.incidents) for one in merge([*members, *new], must, cannot)}
        known |= {one.claim.id: one for one in new}
    assert components == {one.component: list(one.incidents) for one in merge(made, must, cannot)}


@given(
    st.floats(-70, 70),
    st.floats(-180, 179.9),
    st.floats(-0.25, 0.25),
    st.floats(-0.25, 0.25),
    st.sampled_from([(19, 19), (19, 20), (20, 19)]),
)
@example(35.379, 36.6, 0.242, 0.0, (20, 20))
def test_places_as_near_as_the_score_allows_share_a_key(
    lat: float, lon: float, north: float, east: float, days: tuple[int, int]
) -> None:
    def at(number: int, here: tuple[float, float], day: int) -> Account:
        where = Place(text="x", name="x", lat=here[0], lon=(here[1] + 180) % 360 - 180, precision="town")
        return account(number, place=where, time=on(day))

    one, two = at(1, (lat, lon), days[0]), at(2, (lat + north, lon + east), days[1])
    if apart(face(one), face(two)) is None:
        assert not keys(one).isdisjoint(keys(two))
        assert not set(near(face(one))).isdisjoint(near(face(two)))


def test_an_undated_claim_joins_one_of_two_dated_incidents_and_never_both() -> None:
    first = account(1, time=on(19), killed=9, published=dt.date(2021, 10, 19))
    second = account(2, time=on(21), killed=9, published=dt.date(2021, 10, 21))
    undated = account(3, time=None, killed=9, published=dt.date(2021, 10, 21))
    (group,) = merge([first, second, undated], NOBODY, NOBODY)
    assert sorted(len(one.claims) for one in group.incidents) == [1, 2]


def test_a_late_report_lands_on_the_day_that_it_tells_of() -> None:
    late = account(2, published=dt.date(2022, 3, 1), killed=9)
    (group,) = merge([account(1, killed=9), late], NOBODY, NOBODY)
    (one,) = group.incidents
    assert one.time == on(20)
    assert one.sources == 2


def test_copies_count_once_and_are_all_kept() -> None:
    copies = [account(at, story="0" * 16, outlet=f"Copier {at}") for at in range(1, 40)]
    (group,) = merge([account(0, story="0" * 16), *copies], NOBODY, NOBODY)
    (one,) = group.incidents
    assert (one.sources, len(one.claims), len(one.outlets)) == (1, 40, 40)


def test_two_events_of_one_report_and_their_copies_stay_two() -> None:
    told = [
        account(number, report=f"report{number // 2}", place=town(name), killed=killed, story="report0")
        for number, (name, killed) in enumerate([("Ariha", 9), ("Saraqib", 2)] * 3)
    ]
    merged = [one for group in merge(told, NOBODY, NOBODY) for one in group.incidents]
    assert sorted(len(one.claims) for one in merged) == [3, 3]
    assert all(one.sources == 1 for one in merged)


def test_two_claims_of_one_report_stay_two_though_a_third_is_like_both() -> None:
    told = [account(0, report="one"), account(1, report="one", killed=9), account(2, report="two")]
    (group,) = merge(told, NOBODY, NOBODY)
    assert sorted(len(one.claims) for one in group.incidents) == [1, 2]


@pytest.mark.parametrize(
    ("second", "events"), [({"trigger": "captured"}, 2), ({"trigger": "captured", "sentence": ""}, 3)]
)
def test_one_deed_in_two_words_of_a_report_is_no_choice_between_two(second: dict[str, Any], events: int) -> None:
    bare: dict[str, Any] = {"mode": None, "recipients": (), "sentence": SENTENCES[1]}
    first = {"report": "one", "trigger": "stormed", "actors": (HTS,)} | bare
    vague = {"actors": (REBELS,), "sentence": ""}
    told = [account(0, **first), account(1, **(first | second)), account(2, **(bare | vague))]
    merged = [one for group in merge(told, NOBODY, NOBODY) for one in group.incidents]
    assert len(merged) == events


def _village(lat: float) -> Place:
    where = {"country": "SYR", "lat": lat, "lon": 36.61, "precision": "town"}
    return Place(text="Urum", name="Urum al-Jawz", gazetteer="town:Urum", **where)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "events"),
    [
        ({"place": _village(35.87)}, 2),  # a town 7 km away
        ({"place": _village(35.84)}, 1),
        ({"place": region()}, 1),
        ({"time": on(21)}, 2),
        ({"time": on(20, 21)}, 1),
        ({"time": on(21), "killed": 9, "sentence": SENTENCES[1]}, 1),  # much else agrees: a night between two days
    ],
)
def test_two_towns_or_two_days_are_two_events_unless_much_else_agrees(other: dict[str, Any], events: int) -> None:
    first = {key: value for key, value in other.items() if key in ("killed", "sentence")}
    told = [account(1, recipients=(), **first), account(2, recipients=(), **other)]
    assert sum(len(group.incidents) for group in merge(told, NOBODY, NOBODY)) == events


SCHOOL, CAR = party("school", "SYR", "EDU"), party("car", "SYR", "CVL")
MET = {"type": "CONSULT", "mode": None, "recipients": ()}


@pytest.mark.parametrize(
    ("first", "other", "events"),
    [
        ({"recipients": (SCHOOL,)}, {"recipients": (CAR,)}, 2),
        ({"recipients": (SCHOOL,)}, {"recipients": (SCHOOL, CAR)}, 1),
        ({"recipients": (SCHOOL,)}, {"recipients": (CIVILIANS,)}, 1),
        ({"recipients": (SCHOOL,), "killed": 11}, {"recipients": (CAR,), "killed": 11}, 1),
        (MET | {"actors": (RUSSIA, HTS)}, MET | {"actors": (RUSSIA, FSA)}, 2),
        (MET | {"actors": (RUSSIA, HTS)}, MET | {"actors": (RUSSIA, HTS, FSA)}, 1),
        (MET | {"actors": (RUSSIA, HTS)}, MET | {"actors": (RUSSIA,)}, 1),
    ],
)
def test_two_things_hit_or_two_guests_met_are_two_events(
    first: dict[str, Any], other: dict[str, Any], events: int
) -> None:
    told = [account(1, **first), account(2, **other)]
    assert sum(len(group.incidents) for group in merge(told, NOBODY, NOBODY)) == events


def test_a_claim_of_which_nothing_is_known_stays_alone() -> None:
    nothing = {"actors": (), "recipients": (), "place": None, "time": None, "mode": None, "published": None}
    merged = list(merge([account(at, **nothing) for at in range(5)], NOBODY, NOBODY))
    assert len(merged) == 5


def test_two_claims_of_one_type_by_one_party_without_place_or_time_are_not_one_event() -> None:
    vague = {"recipients": (), "place": None, "time": None, "mode": None}
    assert len(list(merge([account(at, **vague) for at in range(3)], NOBODY, NOBODY))) == 3


@pytest.mark.parametrize("kind", ["must", "cannot"])
def test_why_says_what_holds_an_incident_together_and_what_people_ruled(kind: str) -> None:
    made = [account(1), account(2, actors=(RUSSIA,)), account(3, place=town("Saraqib"), killed=12)]
    pair = frozenset({(made[0].claim.id, made[2].claim.id)})
    found = why(made, pair if kind == "must" else NOBODY, pair if kind == "cannot" else NOBODY)
    assert [link.two for link in found.held_by] == [made[1].claim.id, made[2].claim.id]
    first = found.held_by[0]
    assert first.log_odds == pytest.approx(sum(feature.points for feature in first.features))
    assert {feature.name for feature in first.features} >= {"same place", "same mode", "other actor"}
    ruled_on = [link.ruled for link in (*found.held_by, *found.doubts) if link.ruled]
    assert ruled_on == (["same"] if kind == "must" else ["different"])


@pytest.mark.parametrize(
    ("other", "number"),
    [
        ({}, 1),
        ({"attributed_to": "the Observatory"}, 2),  # its own figure of another attack
        ({"mode": "heavy-weapons"}, 2),
        ({"actors": (HTS,)}, 2),
        ({"sentence": "Rescuers say that 13 people were killed in Ariha."}, 2),
        ({"time": on(21)}, 2),
    ],
)
def test_a_second_voice_s_figure_in_one_report_is_no_second_event(other: dict[str, Any], number: int) -> None:
    told = {"report": "r", "recipients": (CIVILIANS,)}
    first = account(1, **told, killed=12, attributed_to="the Observatory", sentence="Bombs hit Ariha.")
    figure = {
        "mode": None,
        "actors": (),
        "killed": 13,
        "attributed_to": "rescuers",
        "sentence": "They say that 13 died.",
    }
    found = list(merge([first, account(2, **told | figure | other)], NOBODY, NOBODY))
    assert sum(len(one.incidents) for one in found) == number


def test_a_denial_does_not_keep_the_deed_that_it_denies_from_another_telling_of_it() -> None:
    bomb: dict[str, Any] = {"mode": "explosives", "recipients": (CIVILIANS,)}
    told = [
        account(1, actors=(HTS,), killed=13, **bomb),
        account(2, actors=(), killed=8, **bomb),
        account(3, actors=(HTS,), status=Status.DENIED, **bomb),
    ]
    denial = msgspec.structs.replace(told[2], claim=msgspec.structs.replace(told[2].claim, report=told[0].claim.report))
    parts = [one.claims for merged in merge([*told[:2], denial], NOBODY, NOBODY) for one in merged.incidents]
    assert parts == [(told[0].claim.id, told[1].claim.id), (told[2].claim.id,)]


def test_who_was_hit_on_two_sides_was_not_hit_at_once() -> None:
    told = [
        account(1, actors=(), recipients=(ARMY,), mode=None, killed=11),
        account(2, actors=(), recipients=(HTS,), mode="aerial"),
    ]
    assert len([one for merged in merge(told, NOBODY, NOBODY) for one in merged.incidents]) == 2
