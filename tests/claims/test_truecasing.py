"""Text in capitals alone is read as others would write it, and its claims still point into the report's own text."""

from __future__ import annotations

import pytest

from trucewatch import codebook, run
from trucewatch.claims import truecasing
from trucewatch.language import Engine
from trucewatch.nouns import Report
from trucewatch.reports import from_text

WIRE = """IDLIB, 20 OCT 2021 -- SYRIAN ARMY UNITS SHELLED THE TOWN OF ARIHA ON WEDNESDAY AND KILLED TEN CIVILIANS.

HAYAT TAHRIR AL-SHAM SAID THAT ITS FIGHTERS HAD ATTACKED AN ARMY POST NEAR SARAQIB. THE US ENVOY CALLED FOR A CEASEFIRE."""


def told(text: str) -> str:
    """The text as the coder reads it."""
    report = Report(id="0" * 16, text=text)
    return truecasing.read(report, Engine.load(), codebook.load()).text


def test_names_begin_large_and_all_else_is_small() -> None:
    read = told(WIRE)
    assert len(read) == len(WIRE)
    assert read.lower() == WIRE.lower()
    for name in ("Idlib, 20 Oct 2021", "Syrian", "Ariha", "Wednesday", "Hayat Tahrir", "Saraqib", "The US"):
        assert name in read
    for words in ("shelled the town of", "killed ten civilians", "that its fighters had", "called for a ceasefire"):
        assert words in read


@pytest.mark.parametrize(
    "text",
    [
        "Syrian army units shelled Ariha on Wednesday, SANA said.",
        "HTS, SNA",
        "",
        "20/10/2021 -- 10:45",
        "قصف الجيش بلدة أريحا",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert told(text) == text


def test_only_the_lines_in_capitals_are_read_so() -> None:
    line = "Two people were hurt, SANA said."
    assert told(f"TEN CIVILIANS KILLED IN IDLIB AIR STRIKES\n\n{line}").endswith(f"Idlib air strikes\n\n{line}")


def test_letters_that_have_no_single_small_one_keep_their_place() -> None:
    assert len(told("TROOPS ENTERED İDLİB PROVINCE IN THE EVENING")) == len(
        "TROOPS ENTERED İDLİB PROVINCE IN THE EVENING"
    )


def test_claims_of_a_wire_in_capitals_point_into_its_own_words() -> None:
    report = from_text(WIRE)
    claims = run.code(report)
    shelling = next(c for c in claims if report.text[c.trigger.start : c.trigger.end] == "SHELLED")
    assert (shelling.type, shelling.mode) == ("ASSAULT", "heavy-weapons")
    assert [one.actor for one in shelling.actors] == ["sy-saa"]
    assert shelling.place is not None and shelling.place.name == "Ariha"
    assert shelling.killed is not None and shelling.killed.low == 10
