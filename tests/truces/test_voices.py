"""On whose word an incident is held against a clause: independent sources, one voice behind many, and monitors."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from tests.truces.labelled import ARMY, RSF, WIRES, account, cases, incident
from trucewatch import codebook, truces
from trucewatch.nouns import Disagreement, Entity, Place
from trucewatch.truces import Breach, Ledger, Verdict

MISSION = "OSCE Special Monitoring Mission to Ukraine"


def told(by: str | None, outlet: str | None = None, **values: Any) -> list[Breach]:
    """What shelling at Debaltseve is to Minsk II when somebody tells of it."""
    place = Place(text="Debaltseve", name="Debaltseve", country="UKR", lat=48.34, lon=38.41, precision="town")
    case = dict(cases()[0], day="2015-02-17", actors="separatists - UKR REB", recipients="")
    one = msgspec.structs.replace(incident(case), place=place)
    its = account(one, attributed_to=by, outlet=outlet, published=dt.date(2015, 2, 18), **values)
    of = Ledger(truces.load()["ukraine-minsk-2015"], codebook.load(), told=[its])
    return [row for row in of.hold(one) if row.clause == "1"]


def test_the_truces_monitor_verifies_and_nobody_else() -> None:
    for by, verdict in (
        (MISSION, Verdict.VERIFIED),
        ("the Ukrainian General Staff", Verdict.ALLEGED),
        (None, Verdict.ALLEGED),
    ):
        assert [row.verdict for row in told(by)] == [verdict]


@pytest.mark.parametrize("by", ["Monitoring and Coordination Committee", "the ceasefire monitoring mechanism"])
def test_a_monitor_is_known_by_what_it_is_called(by: str) -> None:
    place = Place(text="Khartoum", name="Khartoum", country="SDN", lat=15.55, lon=32.53, precision="town")
    one = incident(dict(cases()[0], day="2023-05-24", actors=ARMY, recipients=""))
    one = msgspec.structs.replace(one, place=place)
    its = account(one, attributed_to=by, outlet="US Department of State", published=dt.date(2023, 5, 26))
    (row,) = Ledger(truces.load()["sudan-jeddah-2023"], codebook.load(), told=[its]).hold(one)
    assert row.verdict is Verdict.VERIFIED


def test_a_monitor_that_does_not_say_whose_deed_it_was_verifies_nobodys() -> None:
    (row,) = told(MISSION, actors=())
    assert row.verdict is Verdict.ALLEGED
    assert "found that it happened, and does not say who did it" in row.reason


@pytest.mark.parametrize(
    ("outlets", "verdict"),
    [
        (("SANA", "Tishreen"), Verdict.ALLEGED),
        (("SANA", "Reuters"), Verdict.CORROBORATED),
        (("SANA", None), Verdict.CORROBORATED),
    ],
)
def test_ties_are_asked_of_those_who_name_whose_it_is(outlets: tuple[str | None, ...], verdict: Verdict) -> None:
    case = dict(cases()[0], sources="3", outlets="SANA|Tishreen|Reuters")
    one = msgspec.structs.replace(incident(case), named_by=2)
    accounts = [account(one, at, outlet=outlet) for at, outlet in enumerate(outlets)]
    accounts.append(account(one, 2, actors=(), outlet="Reuters"))
    of = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=accounts)
    assert of.hold(one)[0].verdict is verdict


@pytest.mark.parametrize(
    ("who", "said", "outlets", "verdict", "words"),
    [
        (ARMY, ("Rapid Support Forces", "RSF officials"), WIRES, Verdict.ALLEGED, "party (Rapid Support Forces)"),
        (
            RSF,
            ("Sudanese Armed Forces", None),
            ("Reuters", "SUNA"),
            Verdict.ALLEGED,
            "party (the Sudanese Armed Forces)",
        ),
        (ARMY, ("Sudanese Armed Forces",) * 2, WIRES, Verdict.CORROBORATED, "2 independent sources."),
        (ARMY, ("Darfur Bar Association",) * 2, WIRES, Verdict.ALLEGED, "on the word of Darfur Bar Association"),
        (RSF, ("Sudan's defence ministry", "Sudanese state television"), WIRES, Verdict.ALLEGED, "party (the Sudanese"),
        (RSF, ("SUNA", "SUNA"), WIRES, Verdict.ALLEGED, "party (the Sudanese Armed Forces)"),
        (RSF, ("Sudanese doctors", "Sudanese residents"), WIRES, Verdict.CORROBORATED, "2 independent sources."),
        (ARMY, ("residents", "residents"), WIRES, Verdict.CORROBORATED, "2 independent sources."),
        (ARMY, ("Rapid Support Forces", "residents"), WIRES, Verdict.CORROBORATED, "2 independent sources."),
    ],
)
def test_many_who_quote_one_voice_corroborate_nothing_unless_it_admits_its_own_deed(
    who: str, said: tuple[str | None, ...], outlets: tuple[str, ...], verdict: Verdict, words: str
) -> None:
    place = Place(text="Omdurman", name="Omdurman", country="SDN", lat=15.64, lon=32.48, precision="town")
    case = dict(cases()[0], day="2023-05-24", actors=who, recipients="", sources="2")
    one = msgspec.structs.replace(incident(case), place=place)
    its = [account(one, at, attributed_to=by, outlet=outlets[at]) for at, by in enumerate(said)]
    (row,) = Ledger(truces.load()["sudan-jeddah-2023"], codebook.load(), told=its).hold(one)
    assert row.verdict is verdict and words in row.reason


def test_who_names_a_kind_of_people_names_the_party_that_they_count_to() -> None:
    place = Place(text="Debaltseve", name="Debaltseve", country="UKR", lat=48.34, lon=38.41, precision="town")
    case = dict(cases()[0], day="2015-02-17", actors="ua-dpr UKR REB", recipients="", sources="2")
    one = msgspec.structs.replace(incident(case), place=place, named_by=1)
    rebels = Entity(text="rebels", name="rebels", country="UKR", sector="REB")
    its = [account(one, 0, outlet="Reuters"), account(one, 1, actors=(rebels,), outlet="AFP")]
    row = Ledger(truces.load()["ukraine-minsk-2015"], codebook.load(), told=its).hold(one)[0]
    assert row.verdict is Verdict.CORROBORATED


def test_two_parties_of_one_side_are_one_voice_under_both_names() -> None:
    strike = incident(next(case for case in cases() if case["what"] == "the offensive of 2023"))
    its = [account(strike, 0, attributed_to="Artsakh Defence Army"), account(strike, 1, outlet="Armenpress")]
    row = Ledger(truces.load()["karabakh-2020"], codebook.load(), told=its).hold(strike)[0]
    assert row.verdict is Verdict.ALLEGED
    assert "tied to one state or party (the Republic of Artsakh and the Armenian government)" in row.reason


def test_outlets_of_two_guarantors_are_two_voices() -> None:
    place = Place(text="Rafah", name="Rafah", country="PSE", lat=31.29, lon=34.25, precision="town")
    case = dict(cases()[0], day="2025-10-19", actors="il-idf ISR MIL", recipients="", sources="2")
    one = msgspec.structs.replace(incident(case), place=place)
    for outlets, verdict in (
        (("Al Jazeera", "Anadolu Agency"), Verdict.CORROBORATED),
        (("TRT World", "Anadolu Agency"), Verdict.ALLEGED),
    ):
        its = [account(one, at, outlet=outlet) for at, outlet in enumerate(outlets)]
        row = Ledger(truces.load()["gaza-2025-10"], codebook.load(), told=its).hold(one)[0]
        assert row.verdict is verdict


@pytest.mark.parametrize(
    ("other", "verdict", "party"),
    [("ua-dpr UKR REB", Verdict.ALLEGED, "ru-gov"), ("ua-zsu UKR MIL", Verdict.DISPUTED, None)],
)
def test_who_did_it_is_disputed_between_the_sides_alone(other: str, verdict: Verdict, party: str | None) -> None:
    place = Place(text="Avdiivka", name="Avdiivka", country="UKR", lat=48.14, lon=37.75, precision="town")
    case = dict(cases()[0], day="2021-03-26", sources="2")
    one, two = (incident(dict(case, actors=actors, recipients="")) for actors in ("ru-mil RUS MIL", other))
    told = Disagreement(field="actors", sides=(("Russian army", one.claims[:1]), ("the other", one.claims[1:])))
    one = msgspec.structs.replace(one, place=place, named_by=1, disagreements=(told,))
    its = [account(one, 0, outlet="Reuters"), account(one, 1, actors=two.actors, outlet="AFP")]
    row, *_ = Ledger(truces.load()["ukraine-minsk-2015"], codebook.load(), told=its).hold(one)
    assert row.verdict is verdict and row.party == party


def test_who_names_nobody_beside_a_clash_does_not_name_who_did_it() -> None:
    place = Place(text="Omdurman", name="Omdurman", country="SDN", lat=15.64, lon=32.48, precision="town")
    case = dict(cases()[0], day="2023-05-24", actors=ARMY, recipients=RSF, sources="3")
    one = msgspec.structs.replace(incident(case), place=place, sources=3, named_by=2)
    clash, named, unnamed = (
        account(one, at, outlet=f"Paper {at}", trigger="clashed" if not at else "bombed") for at in range(3)
    )
    unnamed = msgspec.structs.replace(unnamed, claim=msgspec.structs.replace(unnamed.claim, actors=()))
    (row,) = Ledger(truces.load()["sudan-jeddah-2023"], codebook.load(), told=[clash, named, unnamed]).hold(one)
    assert row.verdict is Verdict.ALLEGED and "3 independent sources, of which 1 names who did it" in row.reason


HARIS = Place(text="Haris", name="Haris", country="LBN", lat=33.18, lon=35.37, precision="town")


@pytest.mark.parametrize(
    ("said", "outlet", "words"),
    [
        ("the Health Ministry", "L'Orient Today", "tied to one state or party (the Lebanese government)"),
        ("the Lebanese Ministry of Public Health", "Reuters", "tied to one state or party (the Lebanese government)"),
        (
            "the Lebanese Ministry of National Defence",
            "Reuters",
            "tied to one state or party (the Lebanese government)",
        ),
        ("the Lebanese Ministry of Information", "Reuters", "tied to one state or party (the Lebanese government)"),
        ("the Health Ministry", "Reuters", "one source."),
        ("residents", "L'Orient Today", "one source."),
    ],
)
def test_an_organ_without_its_state_is_of_the_country_of_a_paper_that_tells_of_its_own(
    said: str, outlet: str, words: str
) -> None:
    case = dict(cases()[0], day="2024-12-02", actors="il-idf ISR MIL", recipients="")
    one = msgspec.structs.replace(incident(case), place=HARIS)
    its = account(one, attributed_to=said, outlet=outlet, published=dt.date(2024, 12, 3))
    its = msgspec.structs.replace(its, claim=msgspec.structs.replace(its.claim, place=HARIS))
    (row,) = Ledger(truces.load()["lebanon-2024"], codebook.load(), told=[its]).hold(one)
    assert words in row.reason


@pytest.mark.parametrize("said", ["Khalifa Haftar", "Haftar's spokesman", "the Libyan National Army"])
def test_who_leads_an_armed_body_speaks_for_it(said: str) -> None:
    ubari = Place(text="Ubari", name="Ubari", country="LBY", lat=26.59, lon=12.78, precision="town")
    case = dict(cases()[0], day="2020-12-06", actors="ly-gna LBY GOV", recipients="")
    one = msgspec.structs.replace(incident(case), place=ubari)
    its = account(one, attributed_to=said, outlet="Reuters", published=dt.date(2020, 12, 7))
    (row, *_) = Ledger(truces.load()["libya-2020"], codebook.load(), told=[its]).hold(one)
    assert "tied to one state or party (Libyan National Army)" in row.reason
