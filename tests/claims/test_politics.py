"""Ordinary words of courts, parliaments, votes and borders, and the type that each tells of."""

from __future__ import annotations

import pytest

from tests.claims.made import coded


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("The president promised to veto the bill.", ("THREATEN", None)),
        ("The mayor promised to repair the bridge.", ("AGREE", None)),
        ("Kenya's parliament passed an amnesty law for the rebels.", ("CONCEDE", None)),
        ("Germany halted deportations to Afghanistan.", ("CONCEDE", None)),
        ("Her lawyers said they would appeal against the verdict.", ("REQUEST", "yield")),
        ("The party lodged an appeal with the Supreme Court.", ("REQUEST", "yield")),
        ("Observers said the vote was marred by fraud.", ("ACCUSE", "allege")),
        ("The opposition contested the result in court.", ("REJECT", None)),
        ("The opposition challenged the result before the Supreme Court.", ("REJECT", None)),
        ("The former minister appeared in court in Accra.", ("ACCUSE", "investigate")),
        ("Greece pushed back a boat with migrants.", ("COERCE", "deport")),
        ("The governor warned protesters that they would be arrested.", ("THREATEN", "arrest")),
        ("The president vetoed the spending bill.", ("REJECT", "change")),
        ("The upper house voted down the reform.", ("REJECT", "change")),
        ("Parliament voted to remove the speaker.", ("SANCTION", "expel")),
        ("Libya's coast guard returned 90 migrants to Tripoli.", ("COERCE", "deport")),
        ("The ambassador handed a protest note to the ministry.", ("ACCUSE", "disapprove")),
        ("The president vowed to stay in office.", ("REJECT", "yield")),
        ("The army suspended peace talks with the rebels.", ("REJECT", "meet")),
        ("The EU approved 18 billion euros for Ukraine.", ("AID", None)),
    ],
)
def test_a_word_of_politics_tells_of_its_type(sentence: str, first: tuple[str, str | None]) -> None:
    claim = coded(sentence)[0]
    assert (claim.type, claim.mode) == first


def test_who_appeals_a_conviction_was_convicted() -> None:
    assert {claim.type for claim in coded("The guard is appealing his conviction for fraud.")} >= {
        "REQUEST",
        "SANCTION",
    }


def test_a_strike_that_is_suspended_after_talks_breaks_off_none() -> None:
    told = {claim.type: claim.status for claim in coded("The unions suspended the strike after talks with the mayor.")}
    assert "REJECT" not in told
    assert told["PROTEST"] == "denied"


def test_lists_of_prisoners_free_nobody() -> None:
    assert coded("The two sides exchanged lists of prisoners.") == ()
