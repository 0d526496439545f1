"""Incidents held against clauses: the verdicts that the agreements' texts demand, and the words that say why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from tests.truces.labelled import ARMY, RSF, WIRES, account, cases, incident
from trucewatch import codebook, truces
from trucewatch.judgements import About, in_force, made
from trucewatch.nouns import Account, Entity, Judgement, Place, Ruling
from trucewatch.truces import Breach, Ledger, Verdict
from trucewatch.truces.days import Days


def ledger(truce: str) -> Ledger:
    return Ledger(truces.load()[truce], codebook.load())


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['truce']}: {case['what']}")
def test_verdicts_that_the_text_demands(case: dict[str, str]) -> None:
    rows = {row.clause: row for row in ledger(case["truce"]).hold(incident(case))}
    row = rows[case["clause"]]
    assert (row.verdict.value, row.reason) == (case["verdict"], row.reason)
    assert case["reason"].lower() in row.reason.lower()
    assert row.reason[0].isupper() or row.reason[0].isdigit()
    assert row.reason.endswith(".")


def test_the_cases_hold_every_verdict_but_the_monitors() -> None:
    assert {case["verdict"] for case in cases()} == {verdict.value for verdict in Verdict} - {"verified"}


def test_an_incident_in_scope_of_one_clause_shows_no_row_of_those_it_is_out_of() -> None:
    case = next(case for case in cases() if case["place"] == "Sarmada")
    rows = list(ledger("syria-idlib-2020").rows([incident(case)]))
    assert [row.clause for row in rows] == ["1"]


def test_one_row_says_why_an_incident_is_out_of_scope() -> None:
    case = next(case for case in cases() if case["place"] == "Ras al-Ain")
    (row,) = ledger("syria-idlib-2020").rows([incident(case)])
    assert (row.verdict, row.party, row.day) == (Verdict.OUT_OF_SCOPE, "sy-nfl", dt.date(2021, 9, 28))


def test_another_war_and_another_time_are_passed_over() -> None:
    of = ledger("syria-idlib-2020")
    here = incident(cases()[0])
    assert here.place is not None and here.time is not None
    abroad = msgspec.structs.replace(here, place=msgspec.structs.replace(here.place, country="YEM"))
    before = dt.date(2019, 1, 1)
    earlier = msgspec.structs.replace(here, time=msgspec.structs.replace(here.time, start=before, end=before))
    assert list(of.rows([abroad, earlier])) == []
    assert len(list(of.rows([here]))) == 2


@pytest.mark.parametrize(
    ("day", "near"), [("2020-11-09", False), ("2020-11-10", True), ("2023-09-20", True), ("2023-09-21", False)]
)
def test_the_first_and_the_last_day_are_of_the_truce(day: str, near: bool) -> None:
    one = incident(dict(cases()[0], day=day, country="AZE"))
    assert ledger("karabakh-2020").is_near(one) is near


def test_what_would_have_been_a_breach_before_the_truce() -> None:
    case = next(case for case in cases() if case["what"] == "before it took effect")
    of, one = ledger("syria-idlib-2020"), incident(case)
    assert [row.verdict for row in of.hold(one)] == [Verdict.OUT_OF_SCOPE, Verdict.OUT_OF_SCOPE]
    assert next(of.as_if_in_force([one])).verdict is Verdict.CORROBORATED


def test_talk_is_held_against_nothing() -> None:
    talk = msgspec.structs.replace(incident(cases()[0]), type="CONSULT", mode="visit")
    assert ledger("syria-idlib-2020").hold(talk) == ()


def test_beatings_are_no_hostilities() -> None:
    beating = msgspec.structs.replace(incident(cases()[0]), mode="beat")
    assert ledger("syria-idlib-2020").hold(beating) == ()


def overruling(claim: str, verdict: str, at: int = 1, clause: str = "/1") -> Judgement:
    moment = dt.datetime(2021, 10, at, tzinfo=dt.UTC)
    about = About(claims=(claim,), field=f"syria-idlib-2020{clause}", value=f'"{verdict}"')
    return made(Ruling.OVERRULE, "A. Analyst", moment, "seen on the video", about)


def held(*judgements: Judgement) -> list[Breach]:
    of = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), judgements=in_force(judgements))
    return list(of.rows([incident(cases()[0])]))


def test_a_person_overrules_a_verdict_with_a_reason() -> None:
    claim = incident(cases()[0]).claims[0]
    ruling = overruling(claim, "verified")
    row, other = held(ruling)
    assert (row.verdict, row.judgement, other.verdict) == (Verdict.VERIFIED, ruling.id, Verdict.ALLEGED)
    assert row.reason.startswith("Ruled by A. Analyst on 1 Oct 2021: seen on the video (before: alleged, ")
    undone = made(Ruling.UNDO, "A. Analyst", dt.datetime(2021, 10, 9, tzinfo=dt.UTC), "", About(undoes=ruling.id))
    assert held(ruling, undone)[0].verdict is Verdict.ALLEGED


def test_the_newest_overruling_counts_and_one_without_a_clause_counts_for_all() -> None:
    claim = incident(cases()[0]).claims[0]
    newer = overruling(claim, "disputed", at=2, clause="")
    rows = held(newer, overruling(claim, "verified"))
    assert [row.verdict for row in rows] == [Verdict.DISPUTED, Verdict.DISPUTED]
    assert held(overruling("another.claim", "verified"))[0].verdict is Verdict.ALLEGED


TAIZ = Place(text="Taiz", name="Taiz", country="YEM", lat=13.58, lon=44.02, precision="town")
MARIB = Place(text="Marib", name="Marib", country="YEM", lat=15.46, lon=45.33, precision="town")
HOUTHIS = Entity(text="the Houthis", name="Houthis", country="YEM", sector="REB", actor="ye-houthis")
ARMY_OF_YEMEN = Entity(text="the army", name="Yemeni Armed Forces", country="YEM", sector="MIL", actor="ye-mil")


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("The coalition kept the first commercial flight from taking off.", "flights"),
        ("Fighters closed the main road into Taiz.", "roads"),
        ("The coalition held a fuel tanker off Hodeidah.", "fuel"),
    ],
)
def test_a_restriction_breaks_the_clause_that_is_about_it(sentence: str, clause: str) -> None:
    place = Place(text="Taiz", name="Taiz", country="YEM", lat=13.58, lon=44.02, precision="town")
    case = dict(cases()[0], day="2022-05-02", actors="ye-houthis YEM REB", recipients="", event="COERCE/restrict")
    one = msgspec.structs.replace(incident(case), place=place)
    of = Ledger(truces.load()["yemen-2022"], codebook.load(), told=[account(one, sentence=sentence)])
    assert [(row.clause, row.verdict) for row in of.rows([one])] == [(clause, Verdict.ALLEGED)]


@pytest.mark.parametrize("truce", ["yemen-2022", "yemen-hodeidah-2018"])
def test_a_state_that_leads_a_coalition_acts_for_it(truce: str) -> None:
    one = incident(dict(cases()[0], day="2022-05-02", actors="Saudi_Arabia - SAU GOV", recipients=""))
    hodeidah = Place(text="Hodeidah", name="Hodeidah", country="YEM", lat=14.8, lon=42.95, precision="town")
    (row, *_) = Ledger(truces.load()[truce], codebook.load()).hold(msgspec.structs.replace(one, place=hodeidah))
    assert (row.party, row.verdict) == ("ye-coalition", Verdict.ALLEGED)


def test_a_coalition_without_a_name_is_the_one_in_that_war() -> None:
    place = Place(text="Saada", name="Saada", country="YEM", lat=16.94, lon=43.76, precision="town")
    one = incident(dict(cases()[0], day="2022-05-02", actors="coalition - IGO MIL", recipients=""))
    row = ledger("yemen-2022").hold(msgspec.structs.replace(one, place=place))[0]
    assert (row.party, row.verdict) == ("ye-coalition", Verdict.ALLEGED)


@pytest.mark.parametrize(
    ("trigger", "place", "beside", "verdict"),
    [
        ("violated", TAIZ, {"type": "ACCUSE"}, Verdict.NO_VERDICT),
        ("violated", TAIZ, {"type": "ASSAULT", "mode": "firearms"}, Verdict.NO_VERDICT),
        ("violated", TAIZ, {"type": "ASSAULT", "actors": (ARMY_OF_YEMEN,)}, Verdict.ALLEGED),
        ("violated", None, {"type": "CONSULT"}, Verdict.NO_VERDICT),
        ("shelled", TAIZ, {"type": "ACCUSE"}, Verdict.ALLEGED),
    ],
)
def test_who_only_calls_it_a_breach_tells_of_no_second_deed(
    trigger: str, place: Place | None, beside: dict[str, Any], verdict: Verdict
) -> None:
    case = dict(cases()[0], day="2022-08-29", event="ASSAULT", actors="ye-houthis YEM REB", recipients="")
    one = msgspec.structs.replace(incident(case), place=TAIZ, claims=("r0.1",))
    its = account(one, trigger=trigger)
    its = msgspec.structs.replace(its, claim=msgspec.structs.replace(its.claim, place=place))
    other = Account(claim=msgspec.structs.replace(its.claim, id="r0.2", **beside), order=1, trigger="fired")
    (row,) = Ledger(truces.load()["yemen-2022"], codebook.load(), told=[its, other]).hold(one)
    assert row.verdict is verdict


def test_factions_of_one_side_that_fight_break_nothing_and_a_side_that_is_alone_may() -> None:
    case = dict(cases()[0], actors="sy-hts SYR REB", recipients="")
    one = incident(case)
    assert ledger("syria-idlib-2020").hold(one)[0].verdict is Verdict.ALLEGED
    (hts,) = one.actors
    rivals = msgspec.structs.replace(one, actors=(msgspec.structs.replace(hts, text="rival factions of HTS"),))
    assert ledger("syria-idlib-2020").hold(rivals)[0].verdict is Verdict.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("trigger", "target", "sentence", "verdict"),
    [
        ("shot down", "a Turkish drone", "", Verdict.NO_VERDICT),
        ("fired", "a drone", "", Verdict.NO_VERDICT),
        ("struck", "a Turkish drone", "", Verdict.ALLEGED),
        ("fired", "a missile battery", "", Verdict.ALLEGED),
        ("shot down", "a TB2", "They shot down a drone, a TB2.", Verdict.NO_VERDICT),
        ("shot down", "a Su-24", "They shot down a Su-24 with a missile.", Verdict.ALLEGED),
        ("shot", "a man", "They shot a man while a drone circled.", Verdict.ALLEGED),
    ],
)
def test_who_shoots_down_a_drone_attacks_nobody(trigger: str, target: str, sentence: str, verdict: Verdict) -> None:
    one = incident(cases()[0])
    drone = Entity(text=target, name="Turkey", country="TUR", sector="MIL")
    one = msgspec.structs.replace(one, recipients=(drone,))
    its = account(one, trigger=trigger, sentence=sentence)
    of = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=[its])
    assert of.hold(one)[0].verdict is verdict


@pytest.mark.parametrize(
    ("actor", "sentence", "verdict"),
    [
        ("air defence units", "Air defence units engaged a few drones near Idlib.", Verdict.NO_VERDICT),
        ("anti-aircraft guns", "Anti-aircraft guns opened fire at drones over Idlib.", Verdict.NO_VERDICT),
        ("air defence units", "Air defence units fired missiles at a school in Idlib.", Verdict.ALLEGED),
        ("artillery", "Artillery opened fire while drones circled over Idlib.", Verdict.ALLEGED),
    ],
)
def test_air_defence_that_fires_at_drones_attacks_nobody(actor: str, sentence: str, verdict: Verdict) -> None:
    guns = Entity(text=actor, name=actor, country="SYR", sector="MIL")
    one = msgspec.structs.replace(incident(cases()[0]), actors=(guns,), recipients=())
    its = account(one, trigger="engaged" if "engaged" in sentence else "fire", sentence=sentence)
    of = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=[its])
    assert of.hold(one)[0].verdict is verdict


@pytest.mark.parametrize(("trigger", "verdict"), [("Fighting", Verdict.OUT_OF_SCOPE), ("shelling", Verdict.ALLEGED)])
def test_two_of_one_side_who_fight_each_other_break_nothing_whoever_was_hurt(trigger: str, verdict: Verdict) -> None:
    case = dict(cases()[0], day="2022-08-09", actors="ye-giants YEM PRM|ye-islah YEM PTY", sources="1")
    one = msgspec.structs.replace(incident(case | {"recipients": "people - YEM CVL"}), place=TAIZ)
    (row,) = Ledger(truces.load()["yemen-2022"], codebook.load(), told=[account(one, trigger=trigger)]).hold(one)
    assert row.verdict is verdict and ("infighting" in row.reason) == (verdict is Verdict.OUT_OF_SCOPE)


@pytest.mark.parametrize(
    ("triggers", "actors", "party", "words"),
    [
        (("Clashes", "fighting"), ARMY, None, "both sides took part, and who began is not told"),
        (("bombed", "shelled"), ARMY, "sd-saf", "2 independent sources."),
        (("Clashes", "bombed"), ARMY, "sd-saf", "2 independent sources, of which 1 names who did it"),
        (("clashed", "clashes"), "gunmen - SDN UAF", None, "on whose side gunmen stood is not told"),
    ],
)
def test_a_clash_is_laid_at_neither_door(triggers: tuple[str, str], actors: str, party: str | None, words: str) -> None:
    place = Place(text="Omdurman", name="Omdurman", country="SDN", lat=15.64, lon=32.48, precision="town")
    other = RSF if actors == ARMY else ARMY
    one = incident(dict(cases()[0], day="2023-05-24", actors=actors, recipients=other, sources="2"))
    one = msgspec.structs.replace(one, place=place)
    its = [account(one, at, outlet=WIRES[at], trigger=trigger) for at, trigger in enumerate(triggers)]
    (row,) = Ledger(truces.load()["sudan-jeddah-2023"], codebook.load(), told=its).hold(one)
    assert row.party == party and words in row.reason


@pytest.mark.parametrize(("trigger", "party"), [("Clashes", None), ("shelled", "sd-saf")])
def test_a_clash_of_which_one_side_is_named_is_laid_at_no_door(trigger: str, party: str | None) -> None:
    one = incident(dict(cases()[0], day="2023-05-24", actors=ARMY, recipients="", sources="1"))
    its = account(one, outlet=WIRES[0], trigger=trigger)
    (row,) = Ledger(truces.load()["sudan-jeddah-2023"], codebook.load(), told=[its]).hold(one)
    assert row.party == party


def test_a_charge_that_two_papers_print_of_one_agency_is_one_source_beside_a_clash() -> None:
    place = Place(text="Omdurman", name="Omdurman", country="SDN", lat=15.64, lon=32.48, precision="town")
    case = dict(cases()[0], day="2023-05-24", actors=ARMY, recipients=RSF, sources="3")
    one = msgspec.structs.replace(incident(case), place=place, sources=2, named_by=2)
    printed = [account(one, at, outlet=f"Paper {at}", trigger="bombed", story="r0") for at in (0, 1)]
    clash = account(one, 2, outlet="Reuters", trigger="Clashes")
    (row,) = Ledger(truces.load()["sudan-jeddah-2023"], codebook.load(), told=[*printed, clash]).hold(one)
    assert row.verdict is Verdict.ALLEGED and "of which 1 names who did it" in row.reason


def test_nothing_breaks_a_truce_that_has_run_out() -> None:
    one = incident(dict(cases()[0], day="2021-09-30"))
    span = Days(first=dt.date(2021, 9, 1), last=dt.date(2021, 10, 31))
    (row,) = ledger("syria-idlib-2020").rows([one], [span])
    assert row.verdict is Verdict.OUT_OF_SCOPE
    assert row.reason == "On 30 Sep 2021, when the truce had run out (31 Aug 2021 was its last day)."


def test_a_persons_verdict_goes_before_that_the_truce_had_run_out() -> None:
    one = incident(dict(cases()[0], day="2021-09-30"))
    ruling = overruling(one.claims[0], "verified", clause="")
    of = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), judgements=in_force([ruling]))
    row, *_ = of.rows([one], [Days(first=dt.date(2021, 9, 1), last=dt.date(2021, 10, 31))])
    assert (row.verdict, row.judgement) == (Verdict.VERIFIED, ruling.id)
    assert "(before: out of scope, on 30 Sep 2021, when the truce had run out" in row.reason


def test_what_was_told_before_the_truce_was_before_it_though_nobody_says_when() -> None:
    case = dict(cases()[0], day="")
    one = incident(case)
    rows = []
    for published in (dt.date(2020, 2, 1), dt.date(2021, 9, 30)):
        told_then = [account(one, published=published)]
        rows += Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=told_then).hold(one)[:1]
    assert [row.verdict for row in rows] == [Verdict.OUT_OF_SCOPE, Verdict.NO_VERDICT]
    assert "told on 1 Feb 2020, before the truce took effect" in rows[0].reason


def test_an_incident_without_a_place_is_near_where_somebody_of_the_truce_is_in_it() -> None:
    here = msgspec.structs.replace(incident(cases()[0]), place=None)
    assert ledger("syria-idlib-2020").is_near(here)
    assert not ledger("yemen-hodeidah-2018").is_near(here)


@pytest.mark.parametrize(("country", "near"), [("SYR", False), ("UKR", True)])
def test_what_a_guarantor_did_nobody_knows_where_is_near_where_its_report_is_of_the_country(
    country: str, near: bool
) -> None:
    case = dict(cases()[0], actors="ru-vks RUS MIL", recipients="")
    one = msgspec.structs.replace(incident(case), place=None)
    its = account(one)
    its = msgspec.structs.replace(its, claim=msgspec.structs.replace(its.claim, report="report"))
    army = Entity(text="the army", name="army", country=country, sector="MIL")
    beside = msgspec.structs.replace(its.claim, id="r0.beside", actors=(army,))
    told = [its, msgspec.structs.replace(its, claim=beside)]
    assert Ledger(truces.load()["ukraine-minsk-2015"], codebook.load(), told=told).is_near(one) is near


def test_a_stretch_of_days_over_the_first_one_leaves_it_open() -> None:
    one = incident(cases()[0])
    assert one.time is not None
    over = msgspec.structs.replace(one.time, start=dt.date(2020, 3, 1), end=dt.date(2020, 3, 9), precision="span")
    row = ledger("syria-idlib-2020").hold(msgspec.structs.replace(one, time=over))[0]
    assert (row.verdict, row.day) == (Verdict.NO_VERDICT, None)
    assert "whether after the truce took effect (00:01 on 6 Mar 2020) is not told" in row.reason


def test_who_fights_those_of_his_side_breaks_nothing_though_bystanders_die() -> None:
    case = dict(
        cases()[0], day="2022-08-09", actors="ye-giants YEM PRM", recipients="ye-islah YEM PTY|people - YEM CVL"
    )
    one = msgspec.structs.replace(incident(case), place=TAIZ)
    (row,) = Ledger(truces.load()["yemen-2022"], codebook.load(), told=[account(one, trigger="fought")]).hold(one)
    assert row.verdict is Verdict.OUT_OF_SCOPE


@pytest.mark.parametrize(("trigger", "verdict"), [("clashed", Verdict.OUT_OF_SCOPE), ("shelled", Verdict.ALLEGED)])
def test_factions_fight_each_other_only_where_the_deed_is_a_fight(trigger: str, verdict: Verdict) -> None:
    one = incident(dict(cases()[0], recipients="", sources="1"))
    factions = Entity(text="Rebel factions", name="Rebel factions", country="SYR", sector="REB")
    one = msgspec.structs.replace(one, actors=(factions,))
    of = Ledger(truces.load()["syria-idlib-2020"], codebook.load(), told=[account(one, trigger=trigger)])
    assert of.hold(one)[0].verdict is verdict


def test_where_those_of_both_sides_fell_in_a_clash_both_took_part() -> None:
    case = dict(
        cases()[0], day="2023-06-01", country="SDN", place="Omdurman", at="15.64 32.48", gazetteer="", sources="1"
    )
    for hit, verdict in ((f"{ARMY}|{RSF}", Verdict.ALLEGED), (ARMY, Verdict.NO_VERDICT)):
        one = incident(case | {"actors": "", "recipients": hit})
        (row, *_) = Ledger(
            truces.load()["sudan-jeddah-2023"], codebook.load(), told=[account(one, trigger="clash")]
        ).hold(one)
        assert row.verdict is verdict


@pytest.mark.parametrize(("name", "verb"), [("warplanes", "are no parties"), ("convoy", "is no party")])
def test_a_stranger_is_named_as_one_or_as_several(name: str, verb: str) -> None:
    case = dict(cases()[0], actors=f"{name} - LBN MIL", recipients="")
    (row,) = [row for row in ledger("syria-idlib-2020").hold(incident(case)) if row.clause == "1"]
    assert verb in row.reason
