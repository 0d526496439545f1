"""What a report's words say of the hour, on the day on which a truce begins."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from tests.truces.labelled import account, cases, incident
from trucewatch import codebook, truces
from trucewatch.nouns import Period
from trucewatch.truces import Ledger, Verdict


def test_an_hour_that_is_not_told_leaves_the_first_day_open() -> None:
    evening = dict(cases()[0], day="2016-09-12", place="Homs", at="34.73 36.71")
    assert (
        next(
            row.verdict
            for row in Ledger(truces.load()["syria-cessation-2016-09"], codebook.load()).hold(incident(evening))
        )
        is Verdict.NO_VERDICT
    )
    midnight = dict(evening, day="2016-02-27")
    assert (
        next(
            row.verdict
            for row in Ledger(truces.load()["syria-cessation-2016-02"], codebook.load()).hold(incident(midnight))
        )
        is Verdict.ALLEGED
    )


@pytest.mark.parametrize(
    ("sentences", "verdict"),
    [
        (("Shells hit Marib on Saturday, hours after a two-month truce took effect.",), Verdict.ALLEGED),
        (("Shells hit Marib on Saturday after the truce had begun.",), Verdict.ALLEGED),
        (("Shells hit Marib an hour before the truce.",), Verdict.OUT_OF_SCOPE),
        (("Shells hit Marib before the truce was due to start.", "Marib was shelled after it."), Verdict.OUT_OF_SCOPE),
        (("Shells hit Marib before the truce began.", "Marib was hit after the truce began."), Verdict.NO_VERDICT),
        (("Shells hit Marib hours after another truce had expired.",), Verdict.NO_VERDICT),
        (("Shells hit Marib after the truce, doctors said.",), Verdict.ALLEGED),
        (("Shells hit Marib after the truce talks failed.",), Verdict.NO_VERDICT),
        (("Shells hit Marib around 9 p.m. on Saturday.",), Verdict.ALLEGED),
        (("Shells hit Marib at 21:40.",), Verdict.ALLEGED),
        (("Shells hit Marib before dawn on Saturday.",), Verdict.OUT_OF_SCOPE),
        (("Shells hit Marib on Saturday morning.",), Verdict.OUT_OF_SCOPE),
        (("Shells hit Marib on Saturday evening.",), Verdict.NO_VERDICT),
        (("Shells hit Marib at 7 p.m., when the truce began.",), Verdict.NO_VERDICT),
        (("Shells had hit Marib, the governor said on Saturday morning.",), Verdict.NO_VERDICT),
        (("Shells hit Marib at noon and at 8 pm.",), Verdict.NO_VERDICT),
    ],
)
def test_words_of_the_hour_tell_of_the_first_day(sentences: tuple[str, ...], verdict: Verdict) -> None:
    case = next(case for case in cases() if case["what"] == "on its first evening")
    one = incident(dict(case, sources=f"{len(sentences)}"))
    its = [account(one, at, sentence=sentence, actors=()) for at, sentence in enumerate(sentences)]
    row = Ledger(truces.load()["yemen-2022"], codebook.load(), told=its).hold(one)[0]
    assert row.verdict is verdict


def test_an_hour_tells_nothing_of_what_was_done_on_two_days() -> None:
    case = next(case for case in cases() if case["what"] == "on its first evening")
    one = incident(case)
    days = Period(start=dt.date(2022, 4, 1), end=dt.date(2022, 4, 2), precision="span")
    one = msgspec.structs.replace(one, time=days)
    its = [account(one, sentence="Shells hit Marib between Friday and Saturday morning.")]
    (row, *_) = Ledger(truces.load()["yemen-2022"], codebook.load(), told=its).hold(one)
    assert row.verdict is Verdict.NO_VERDICT
