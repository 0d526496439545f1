"""What a party denies of what is laid to it: in a report of the deed, or in one of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from tests.truces.labelled import account, cases, incident
from trucewatch import codebook, truces
from trucewatch.nouns import Account, Claim, Entity, Period, Place, Status
from trucewatch.truces import Ledger, Verdict

TAIZ = Place(text="Taiz", name="Taiz", country="YEM", lat=13.58, lon=44.02, precision="town")
MARIB = Place(text="Marib", name="Marib", country="YEM", lat=15.46, lon=45.33, precision="town")
HOUTHIS = Entity(text="the Houthis", name="Houthis", country="YEM", sector="REB", actor="ye-houthis")
ARMY_OF_YEMEN = Entity(text="the army", name="Yemeni Armed Forces", country="YEM", sector="MIL", actor="ye-mil")


@pytest.mark.parametrize(
    ("denied", "report", "verdict"),
    [
        ({"attributed_to": "Houthi officials"}, "r0", Verdict.DISPUTED),
        ({"attributed_to": "Houthis", "actors": (HOUTHIS,), "place": TAIZ}, "r0", Verdict.DISPUTED),
        ({"attributed_to": "Houthis", "place": MARIB}, "r0", Verdict.ALLEGED),
        ({"attributed_to": "Houthis", "type": "COERCE"}, "r0", Verdict.ALLEGED),
        ({"attributed_to": "Houthis", "actors": (ARMY_OF_YEMEN,)}, "r0", Verdict.ALLEGED),
        ({"attributed_to": "residents"}, "r0", Verdict.ALLEGED),
        ({"attributed_to": "Houthis"}, "r9", Verdict.ALLEGED),
    ],
)
def test_a_deed_that_its_party_denies_in_a_report_of_it_is_disputed(
    denied: dict[str, Any], report: str, verdict: Verdict
) -> None:
    case = dict(cases()[0], day="2022-08-29", actors="ye-houthis YEM REB", recipients="", sources="1")
    one = msgspec.structs.replace(incident(case), place=TAIZ, claims=("r0.1",))
    its = account(one, attributed_to="Government of Yemen", outlet="Reuters")
    known: dict[str, Any] = {"id": f"{report}.2", "report": report, "status": Status.DENIED, "actors": ()} | denied
    denial = Account(claim=msgspec.structs.replace(its.claim, **known), order=1, outlet="Reuters")
    (row,) = Ledger(truces.load()["yemen-2022"], codebook.load(), told=[its, denial]).hold(one)
    assert row.verdict is verdict
    assert ("denied by Houthis" in row.reason) == (verdict is Verdict.DISPUTED)


MONDAY = Period(start=dt.date(2022, 8, 29), end=dt.date(2022, 8, 29), precision="day")


@pytest.mark.parametrize(
    ("denied", "beside", "verdict"),
    [
        ({}, {}, Verdict.DISPUTED),
        ({"place": TAIZ}, {}, Verdict.DISPUTED),
        ({"place": MARIB}, {}, Verdict.ALLEGED),
        ({"mode": "drone"}, {}, Verdict.ALLEGED),
        ({"time": None}, {}, Verdict.ALLEGED),
        ({"actors": ()}, {}, Verdict.ALLEGED),
        ({"attributed_to": "residents"}, {}, Verdict.ALLEGED),
        ({}, {"place": MARIB}, Verdict.ALLEGED),
        ({}, {"place": MARIB, "actors": (ARMY_OF_YEMEN,)}, Verdict.DISPUTED),
        ({}, {"id": "r9.2", "report": "r9"}, Verdict.ALLEGED),
        ({}, {"id": "r9.2", "report": "r9", "actors": (ARMY_OF_YEMEN,)}, Verdict.DISPUTED),
    ],
)
def test_a_party_may_deny_in_a_report_of_its_own_the_only_deed_of_a_day_that_it_can_mean(
    denied: dict[str, Any], beside: dict[str, Any], verdict: Verdict
) -> None:
    case = dict(cases()[0], day="2022-08-29", actors="ye-houthis YEM REB", recipients="", sources="1")
    one = msgspec.structs.replace(incident(case), place=TAIZ, mode="heavy-weapons", claims=("r0.1",))
    its = account(one, attributed_to="Government of Yemen", outlet="Reuters")
    deed = msgspec.structs.replace(its.claim, time=MONDAY, place=TAIZ)
    said: dict[str, Any] = {"id": "r9.1", "report": "r9", "status": Status.DENIED, "mode": None, "place": None}
    said |= {"attributed_to": "Houthis"} | denied
    told = [
        msgspec.structs.replace(its, claim=deed),
        Account(claim=msgspec.structs.replace(deed, **said), order=1, outlet="Saba"),
    ]
    if beside:
        another = msgspec.structs.replace(deed, **{"id": "r2.1", "report": "r2"} | beside)
        told.append(Account(claim=another, order=2, outlet="AFP"))
    (row,) = Ledger(truces.load()["yemen-2022"], codebook.load(), told=told).hold(one)
    assert row.verdict is verdict


@pytest.mark.parametrize(
    ("said", "beside", "verdict"),
    [
        (1, {}, Verdict.DISPUTED),
        (2, {}, Verdict.ALLEGED),
        (1, {"id": "r2.1", "report": "r2", "day": 1}, Verdict.ALLEGED),
        (1, {"id": "r2.1", "report": "r2", "day": 1, "actors": (ARMY_OF_YEMEN,)}, Verdict.DISPUTED),
        (1, {"id": "r9.2", "report": "r9", "day": 0, "attributed_to": "Houthis"}, Verdict.DISPUTED),
    ],
)
def test_a_denial_of_the_day_after_is_of_the_deed_of_which_alone_it_can_be(
    said: int, beside: dict[str, Any], verdict: Verdict
) -> None:
    case = dict(cases()[0], day="2022-08-29", actors="ye-houthis YEM REB", recipients="", sources="1")
    one = msgspec.structs.replace(incident(case), place=TAIZ, claims=("r0.1",))
    its = account(one, attributed_to="Government of Yemen", outlet="Reuters")
    deed = msgspec.structs.replace(its.claim, time=MONDAY, place=TAIZ)
    denial = msgspec.structs.replace(deed, id="r9.1", report="r9", attributed_to="Houthis", status=Status.DENIED)
    told = [msgspec.structs.replace(its, claim=deed), Account(claim=later(denial, said), order=1, outlet="Saba")]
    if beside:
        values = dict(beside)
        another = later(msgspec.structs.replace(deed, **{"id": values.pop("id")}), values.pop("day"))
        told.append(Account(claim=msgspec.structs.replace(another, **values), order=2, outlet="AFP"))
    held = Ledger(truces.load()["yemen-2022"], codebook.load(), told=told)
    assert held.hold(one)[0].verdict is verdict
    alone = msgspec.structs.replace(
        one, id="i9", claims=("r9.1",), status=Status.DENIED, time=told[1].claim.time, place=TAIZ
    )
    assert bool(list(held.rows([alone]))) == (said == 2)  # else the row of a deed tells of it


def later(claim: Claim, days: int) -> Claim:
    """A claim of Monday, of so many days later."""
    on = dt.date(2022, 8, 29) + dt.timedelta(days=days)
    return msgspec.structs.replace(claim, time=Period(start=on, end=on, precision="day"))


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Mawza, Taiz province", Verdict.DISPUTED),
        ("Taiz airport", Verdict.DISPUTED),
        ("Taizan", Verdict.ALLEGED),
        ("Bab Taiz", Verdict.ALLEGED),
    ],
)
def test_a_denial_that_names_no_more_than_the_town_or_province_is_of_the_deed_in_it(
    name: str, verdict: Verdict
) -> None:
    town = msgspec.structs.replace(TAIZ, name=name)
    case = dict(cases()[0], day="2022-08-29", actors="ye-houthis YEM REB", recipients="", sources="1")
    one = msgspec.structs.replace(incident(case), place=town, claims=("r0.1",))
    its = account(one, attributed_to="Government of Yemen", outlet="Reuters")
    deed = msgspec.structs.replace(its.claim, time=MONDAY, place=town)
    denial = msgspec.structs.replace(
        deed, id="r9.1", report="r9", attributed_to="Houthis", status=Status.DENIED, place=TAIZ
    )
    told = [msgspec.structs.replace(its, claim=deed), Account(claim=denial, order=1, outlet="Saba")]
    (row,) = Ledger(truces.load()["yemen-2022"], codebook.load(), told=told).hold(one)
    assert row.verdict is verdict


def test_a_denial_in_another_report_has_no_row_beside_that_of_the_deed() -> None:
    deed = incident(dict(cases()[0], sources="1"))
    denial = msgspec.structs.replace(deed, id="i1", claims=("r9.1",), status=Status.DENIED)
    its = account(deed)
    claim = msgspec.structs.replace(its.claim, time=deed.time)
    said = msgspec.structs.replace(claim, id="r9.1", report="r9", status=Status.DENIED, attributed_to="Syrian army")
    told = [msgspec.structs.replace(its, claim=claim), Account(claim=said, order=1)]
    held = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=told)
    rows = list(held.rows([deed, denial]))
    assert {(row.incident, row.verdict) for row in rows} == {(deed.id, Verdict.DISPUTED)}


def test_a_denial_of_what_has_a_row_has_none() -> None:
    deed = incident(dict(cases()[0], sources="1"))
    denial = msgspec.structs.replace(incident(dict(cases()[0], sources="1"), 1), status=Status.DENIED)
    of = account(denial)
    claims = [account(deed), msgspec.structs.replace(of, claim=msgspec.structs.replace(of.claim, status=Status.DENIED))]
    held = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=claims)
    assert {row.incident for row in held.rows([deed, denial])} == {deed.id}
    alone = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=claims[1:])
    assert {row.verdict for row in alone.rows([denial])} == {Verdict.DENIED}


@pytest.mark.parametrize(
    ("sentence", "trigger", "said_by", "rows"),
    [
        ("No violations of the ceasefire were recorded in Taiz on Monday.", "violations", "monitors", 0),
        ("No violations of the ceasefire were recorded in Taiz on Monday.", "violations", "Houthis", 0),
        ("There was no shelling in Taiz on Monday, residents said.", "shelling", "residents", 0),
        ("No shells were fired at Taiz on Monday, the Houthis said.", "shells", "Houthis", 1),
        ("A spokesman denied that Taiz was shelled on Monday.", "shelled", "a spokesman", 1),
        ("No shelling of Taiz was reported on Monday, the Houthis said.", "shelling", "Houthis", 0),
        ("The Houthis said that they recorded no shelling of Taiz on Monday.", "shelling", "Houthis", 0),
        ("The Houthis denied shelling Taiz, and no victims were reported.", "shelling", "Houthis", 1),
    ],
)
def test_a_word_that_all_was_quiet_denies_nothing(sentence: str, trigger: str, said_by: str, rows: int) -> None:
    case = dict(cases()[0], day="2022-08-29", actors="", recipients="", sources="1")
    one = msgspec.structs.replace(incident(case), place=TAIZ, status=Status.DENIED)
    its = account(one, attributed_to=said_by, outlet="Reuters", trigger=trigger, sentence=sentence)
    its = msgspec.structs.replace(its, claim=msgspec.structs.replace(its.claim, status=Status.DENIED))
    found = list(Ledger(truces.load()["yemen-2022"], codebook.load(), told=[its]).rows([one]))
    assert [row.verdict for row in found] == [Verdict.DENIED] * rows


def test_a_word_that_nothing_was_seen_of_a_party_denies_nothing() -> None:
    one = msgspec.structs.replace(incident(dict(cases()[0], sources="1")), status=Status.DENIED)
    its = account(
        one, attributed_to="an observer", sentence="No army raids were recorded in Idlib on Monday.", trigger="raids"
    )
    its = msgspec.structs.replace(its, claim=msgspec.structs.replace(its.claim, status=Status.DENIED))
    assert one.actors and not list(Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=[its]).rows([one]))
