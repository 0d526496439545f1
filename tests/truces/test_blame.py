"""Whom a report blames for a deed of which it does not itself say who did it: from words to verdicts."""

from __future__ import annotations

import datetime as dt

import pytest

import trucewatch
from trucewatch import codebook, truces
from trucewatch.incidents import merge
from trucewatch.nouns import Account
from trucewatch.truces import Breach, Ledger, Verdict

DAY = dt.date(2006, 6, 16)


def accounts(*reports: str, day: dt.date = DAY) -> list[Account]:
    """The claims of short reports, of as many outlets."""
    told: list[Account] = []
    for number, text in enumerate(reports):
        record = trucewatch.read(text, date=day.isoformat(), outlet=f"Outlet {number}")
        said = record.report.text
        for claim in record.claims:
            words = {"trigger": said[claim.trigger.start : claim.trigger.end], "story": record.report.id}
            first = claim.mentions[0]
            sentence = said[first.start : first.end]
            told.append(
                Account(
                    claim=claim,
                    order=len(told),
                    published=day,
                    outlet=record.report.outlet,
                    sentence=sentence,
                    **words,
                )
            )
    return told


def rows(told: list[Account], truce: str = "sri-lanka-2002") -> list[Breach]:
    """What a truce's ledger makes of them."""
    incidents = [one for merged in merge(told, frozenset(), frozenset()) for one in merged.incidents]
    return list(Ledger(truces.load()[truce], codebook.load(), told).rows(incidents))


BOMB = "A mine killed eleven sailors near Trincomalee on Thursday."


@pytest.mark.parametrize(
    ("after", "party"),
    [
        ("The navy blamed the Tamil Tigers.", "lk-ltte"),
        ("The navy condemned the attack. It blamed the Tamil Tigers.", "lk-ltte"),
        ("The navy blamed the Tamil Tigers for an attack in Jaffna on Tuesday.", None),
        ("The navy condemned the Tamil Tigers.", None),
        ("Two soldiers shot a priest in Jaffna on Friday. The church blamed the army.", None),
    ],
)
def test_a_deed_by_nobody_is_laid_to_whom_the_next_words_blame(after: str, party: str | None) -> None:
    (row,) = (row for row in rows(accounts(f"{BOMB} {after}")) if row.deaths and row.deaths.best == 11)
    assert row.party == party
    assert row.verdict is (Verdict.ALLEGED if party else Verdict.NO_VERDICT)
    assert ("blamed on Liberation Tigers of Tamil Eelam by Sri Lanka Navy" in row.reason) == bool(party)


def test_what_the_blamed_deny_is_disputed() -> None:
    text = f"{BOMB} The navy blamed the Tamil Tigers. The rebels denied involvement in the attack."
    assert [row.verdict for row in rows(accounts(text))] == [Verdict.DISPUTED]


@pytest.mark.parametrize(
    "after",
    [
        "The navy blamed the Tamil Tigers. The rebels blamed the army.",
        "The navy and the Tamil Tigers blamed each other.",
    ],
)
def test_a_deed_that_each_side_lays_to_the_other_is_disputed_and_nobodys(after: str) -> None:
    (row,) = rows(accounts(f"{BOMB} {after}"))
    assert (row.verdict, row.party) == (Verdict.DISPUTED, None)
    assert "who did it is disputed: " in row.reason


def test_two_of_one_side_who_are_blamed_are_one_side() -> None:
    (row,) = rows(accounts(f"{BOMB} The navy blamed the Tamil Tigers. The government blamed the Tamil Tigers, too."))
    assert (row.verdict, row.party) == (Verdict.ALLEGED, "lk-ltte")


def test_gunmen_are_whom_another_report_names() -> None:
    told = accounts(
        "Gunmen attacked an army post at Koch on Thursday night and killed five soldiers.",
        "SPLM-IO fighters attacked an army post at Koch on Thursday night and killed five soldiers.",
        day=dt.date(2018, 1, 5),
    )
    (row,) = rows(told, "south-sudan-2017")
    assert (row.party, row.verdict) == ("ss-splm-io", Verdict.ALLEGED)
    assert "of which 1 names who did it" in row.reason


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "Air force jets bombed the village of Elavankulam on Thursday and killed two Sri Lankan civilians.",
            "alleged",
        ),
        ("Air force jets of Sri Lanka bombed Kilinochchi and the hamlet of Elavankulam on Thursday.", "alleged"),
    ],
)
def test_a_village_that_no_gazetteer_has_is_in_the_country_of_which_its_report_tells(text: str, verdict: str) -> None:
    assert {row.verdict for row in rows(accounts(text))} == {verdict}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Tamil Tigers attacked an army camp near Jaffna on Thursday.", Verdict.ALLEGED),
        (
            "Tamil Tigers repelled Sri Lankan soldiers near Jaffna on Thursday and killed ten of them.",
            Verdict.NO_VERDICT,
        ),
    ],
)
def test_who_repels_an_attack_attacks_nobody(text: str, verdict: Verdict) -> None:
    assert {row.verdict for row in rows(accounts(text)) if row.party == "lk-ltte"} == {verdict}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Russian forces still held Akhalgori, Georgia's interior ministry said.", Verdict.NO_VERDICT),
        ("Russian forces seized Akhalgori on Thursday, Georgia's interior ministry said.", Verdict.ALLEGED),
    ],
)
def test_who_goes_on_holding_ground_attacks_nobody_that_day(text: str, verdict: Verdict) -> None:
    found = rows(accounts(text, day=dt.date(2008, 10, 8)), "georgia-2008")
    assert {row.verdict for row in found if row.clause == "1-2"} == {verdict}
