"""Who publishes a statement speaks in it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch import codebook
from trucewatch.claims import coder
from trucewatch.language import Engine
from trucewatch.nouns import Report


@pytest.mark.parametrize(
    ("outlet", "actors"), [("UNIFIL", [("We", "UNO")]), ("The Guardian", []), (None, []), ("Agency of News", [])]
)
def test_who_publishes_a_statement_is_we(outlet: str | None, actors: list[tuple[str, str]]) -> None:
    text = "We condemn the attack on the post in Lebanon."
    told = Report(id="0", text=text, published=dt.date(2021, 9, 30), outlet=outlet)
    found = coder.code(told, Engine.load().parse(text), codebook.load())[0]
    assert [(one.text, one.country) for one in found.actors] == actors


def test_a_statement_without_quotation_marks_is_its_publishers_whoever_spoke_before() -> None:
    text = "The rebels' chief negotiator said that they were ready for talks. We urge both parties to resume the talks."
    told = Report(id="0", text=text, published=dt.date(2021, 9, 30), outlet="UN Verification Mission in Colombia")
    found = coder.code(told, Engine.load().parse(text), codebook.load())
    assert [one.country for c in found if c.type == "REQUEST" for one in c.actors] == ["UNO"]


def test_a_vote_of_no_confidence_is_no_support() -> None:
    (claim,) = coded("Parliament passed a vote of no confidence in the prime minister.")
    assert claim.type == "REJECT"


@pytest.mark.parametrize(("outlet", "actors"), [("US State Department", ["USA"]), ("The Guardian", []), (None, [])])
def test_who_publishes_a_statement_is_i(outlet: str | None, actors: list[str]) -> None:
    text = "The group fled from Dabiq. I welcome the news that Syrian rebels took the town."
    told = Report(id="0", text=text, published=dt.date(2021, 9, 30), outlet=outlet)
    found = coder.code(told, Engine.load().parse(text), codebook.load())
    assert [one.country for c in found if c.type == "SUPPORT" for one in c.actors] == actors


def test_a_statement_is_of_the_person_named_before_the_verb() -> None:
    head = "Foreign Secretary statement on the chemical weapons report"
    text = (
        f"{head} The Foreign Secretary, Jane Miller, said: This inquiry is clear. Daesh has used mustard gas in Marea."
    )
    (used,) = (claim for claim in coded(text) if claim.mode == "unconventional")
    assert used.attributed_to == "Jane Miller"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Israel's offensive has displaced thousands. It said it had killed a commander.", "Israel"),
        ("Turkey's invasion of northern Syria began on Wednesday. It said it had captured Ras al-Ain.", "Turkey"),
        ("Ethiopia's blockade of Tigray was condemned by the UN. It said it would let convoys in.", "Ethiopia"),
    ],
)
def test_no_deed_speaks_nor_the_place_of_one(text: str, source: str) -> None:
    assert coded(text)[-1].attributed_to == source
