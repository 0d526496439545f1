"""What one mention has of another: the lines of a list their striker, what is said at talks their place."""

from __future__ import annotations

import datetime as dt

from tests.claims.made import coded
from trucewatch.nouns import Claim

LIST = (
    "Coalition forces conducted 12 strikes against the Islamic State on Tuesday. "
    "Near Palmyra, two strikes destroyed a tank. Fighter aircraft conducted six strikes in Iraq. "
    "Near Rawah, a strike destroyed three vehicles. Near Mosul, five strikes killed nine civilians."
)


def _strikes(text: str) -> list[Claim]:
    return [one for one in coded(text, dt.date(2016, 10, 19)) if one.type == "ASSAULT"]


def test_each_line_is_an_event_of_its_own_with_its_place() -> None:
    assert [one.place and one.place.name for one in _strikes(LIST)][1:] == ["Palmyra", "Iraq", "Rawah", "Mosul"]


def test_who_struck_before_strikes_in_the_lines_that_name_nobody() -> None:
    told = _strikes(LIST)
    assert {party.name for one in told for party in one.actors} == {"Coalition forces"}
    assert [[party.name for party in one.recipients] for one in told] == [["Islamic State"]] * 4 + [["civilians"]]


def test_an_attack_that_is_not_counted_may_be_anybodys() -> None:
    text = "Coalition forces conducted 12 strikes in Syria on Tuesday. In Palmyra, shelling hit a market."
    assert _strikes(text)[-1].actors == ()


def test_what_is_said_at_talks_is_said_where_they_are_held() -> None:
    told = coded(
        "Envoys gathered in Geneva. The Syrian envoy rejected the proposal at the talks.", dt.date(2016, 10, 19)
    )
    (rejected,) = [one for one in told if one.type == "REJECT"]
    assert rejected.place and rejected.place.name == "Geneva"
    assert [one.because for one in rejected.evidence if one.field == "place"]


def test_what_those_who_met_say_together_they_say_where_they_met() -> None:
    told = coded(
        "Vladimir Putin met Recep Tayyip Erdogan in Sochi on Tuesday. Both presidents called for calm.",
        dt.date(2021, 9, 30),
    )
    (called,) = [one for one in told if one.type == "REQUEST"]
    assert called.place and called.place.name == "Sochi"
    assert called.time and called.time.start == dt.date(2021, 9, 28)
