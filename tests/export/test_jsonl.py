"""Claims as JSON lines: the scorer's form, and offsets that point at the same words in the text it has."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk import made
from trucewatch.export import lines
from trucewatch.export.jsonl import Offsets
from trucewatch.nouns import Count, Record, Span, Status

SENTENCES = [
    "Fighters shelled the town on Monday.",
    "The army  answered with air strikes.",
    "Nobody claimed either, said a medic.",
]
STORY = "\n\n".join(SENTENCES)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _words(span: Span, page: str) -> str:
    return _folded(page)[span.start : span.end]


def _span(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


@pytest.mark.parametrize(
    "page",
    [
        STORY,
        " ".join(SENTENCES),
        f"\n\n  A headline of its own\n\nBy Somebody\n\nADEN (Agency) - {STORY}\n\nShare this story",
        STORY.replace("\n\nThe army", "\n\nREAD MORE: something else\n\nThe army"),
        STORY.replace("town", "[town](#)").replace("army", "**army**"),
        f"{STORY}\n\n{STORY}",
    ],
    ids=["as it is", "one line", "around it", "between", "marked up", "twice"],
)
@pytest.mark.parametrize("words", ["shelled", "Fighters shelled", SENTENCES[1], "air strikes", SENTENCES[2], "a medic"])
def test_the_same_words_are_found_in_the_page(page: str, words: str) -> None:
    found = _words(Offsets(STORY, page).of(_span(words, STORY)), page)
    assert found.replace("*", "") in (_folded(words), _folded(words).replace("The army", "The army"))


def test_a_sentence_goes_on_where_its_last_words_are_not_on_the_page() -> None:
    page = STORY.replace("on Monday.", "on Mon-\nday.")
    found = _words(Offsets(STORY, page).of(_span(SENTENCES[0], STORY)), page)
    assert found == "Fighters shelled the town on"


def test_what_is_not_on_the_page_at_all_has_no_place_there() -> None:
    assert Offsets(STORY, "something else").of(_span("shelled", STORY)) == Span(start=0, end=0)


@given(st.lists(st.text(alphabet="abé \n\t\xa0", max_size=8), max_size=8), st.data())
def test_folding_keeps_every_word(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    words = text.split()
    offsets = Offsets(text, text)
    at = 0
    for word in words:
        at = text.index(word, at)
        end = at + data.draw(st.integers(1, len(word)))
        assert _words(offsets.of(Span(start=at, end=end)), text) == text[at:end]
        at += len(word)


def test_a_line_is_what_the_scorer_reads() -> None:
    report = made.report(STORY)
    claim = made.claim(
        report,
        trigger=_span("air strikes", STORY),
        mentions=(_span(SENTENCES[1], STORY), _span(SENTENCES[2], STORY)),
        actors=(made.entity("army", "YEM"),),
        time=made.day(2021, 9, 27),
        status=Status.DENIED,
        attributed_to="a medic",
        killed=Count(low=1, high=3),
    )
    made_lines = [json.loads(line) for line in lines(Record(report=report, claims=(claim,)), "story", STORY)]
    folded = _folded(STORY)
    (line,) = made_lines
    assert [folded[m["start"] : m["end"]] for m in line["mentions"]] == [_folded(s) for s in SENTENCES[1:]]
    assert folded[line["trigger"]["start"] : line["trigger"]["end"]] == line["trigger"]["text"] == "air strikes"
    del line["mentions"], line["trigger"]
    assert line == {
        "report": "story",
        "id": claim.id,
        "type": "ASSAULT",
        "mode": "heavy-weapons",
        "actors": [{"text": "the army", "name": "army", "country": "YEM", "sector": "MIL"}],
        "recipients": [],
        "place": None,
        "time": {"start": "2021-09-27", "end": "2021-09-27", "precision": "day"},
        "status": "denied",
        "attributed_to": "a medic",
        "killed": [1, 3],
        "injured": None,
    }
