"""A digest is read entry by entry: what one tells lends no other its parties and places."""

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch import codebook
from trucewatch.claims.digests import MOST, entries
from trucewatch.language import Engine
from trucewatch.nouns import Report
from trucewatch.run import code

SYRIA = "Rebels shelled the presidential palace in Damascus on Monday. The army bombed the suburb of Jobar."
KENYA = "Riots broke out in Mombasa after a cleric was shot dead by gunmen. One person was killed when police fired tear gas."
HEADS = [
    ("SYRIA: ", "KENYA: "), ("Syria: ", "- Kenya: "), ("BEIRUT, Lebanon (AP) - ", "NAIROBI (Reuters) – "),
    ("SYRIA\n\n", "\n\nKenya\n\n"),
]  # fmt: skip


@pytest.mark.parametrize("heads", HEADS)
def test_the_police_of_an_entry_are_those_of_its_country(heads: tuple[str, str]) -> None:
    claims = coded(f"{heads[0]}{SYRIA} {heads[1]}{KENYA}", dt.date(2012, 8, 26))
    gas = next(claim for claim in claims if claim.mode == "crowd-control")
    assert [(party.country, party.sector) for party in gas.actors] == [("KEN", "COP")]
    assert gas.place is not None
    assert gas.place.name == "Mombasa"


@pytest.mark.parametrize(
    "text", [SYRIA, f"SYRIA: {SYRIA}", f"SYRIA: {SYRIA} Syria: {SYRIA}", " ".join(["SYRIA: Rain. KENYA: Rain."] * MOST)]
)
def test_what_is_headed_by_no_two_countries_or_by_too_many_is_one(text: str) -> None:
    report = Report(id="0" * 16, text=text)
    assert len(entries(report, Engine.load().parse(text), codebook.load())) == 1


@pytest.mark.parametrize("heads", HEADS[2:])
def test_what_is_alike_in_two_entries_is_two_events(heads: tuple[str, str]) -> None:
    told = "Gunmen killed three soldiers in an attack on a checkpoint on Monday."
    claims = coded(f"{heads[0]}{told}{heads[1]}{told}".replace(".N", ". N"), dt.date(2012, 8, 26))
    assert len(claims) == 2


LIVE = """14:05 GMT - Israeli forces have shot dead two men near Gaza City, a nurse says.

13:20 GMT - Sirens sounded in northern Israel. The army says it struck Hezbollah posts in response to a rocket.

12:10 GMT - Five men were killed overnight in a raid on Jenin.
"""


def test_entries_of_a_live_blog_are_events_of_their_own_and_their_clocks_nobody() -> None:
    claims = code(Report(id="0" * 16, text=LIVE, published=dt.date(2023, 11, 25), language="en"))
    attacks = [claim for claim in claims if claim.type == "ASSAULT"]
    assert [[party.name for party in one.actors] for one in attacks] == [["Israel Defense Forces"]] * 2 + [[]]
    assert [one.killed and one.killed.low for one in attacks] == [2, None, 5]
    assert all(LIVE[one.trigger.start : one.trigger.end] in ("shot", "struck", "raid") for one in attacks)
