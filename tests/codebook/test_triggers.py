"""Trigger rows are found in sentences, and keep their word on texts coded by hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.codebook import TriggerHit, load
from trucewatch.codebook.rows import TriggerRow
from trucewatch.codebook.triggers import Matcher, read_patterns, split_words
from trucewatch.errors import TableError
from trucewatch.language.words import words as model_words

CASES = list(csv.DictReader((Path(__file__).parents[1] / "cases" / "triggers.csv").read_text("utf-8").splitlines()))
"""Sentences, and an event that a row tells in each."""
GOLD = Path(__file__).parents[3] / "shared" / "gold" / "train"


def _row(id: str, words: str, **more: str) -> TriggerRow:
    values = {"effect": "add", "type": "ASSAULT", "example": "-", "counterexample": "-"} | more
    return TriggerRow(where="triggers.csv:2", id=id, words=words, **values)


def _found(words: str, sentence: str, **more: str) -> list[tuple[int, int, int]]:
    hits = Matcher([_row("a", words, **more)]).match(sentence.split())
    return [(hit.word, *hit.phrase) for hit in hits]


@pytest.mark.parametrize(
    ("words", "sentence", "found"),
    [
        ("air strike/strikes", "Two Air Strikes hit", [(2, 1, 2)]),
        ("air strike/strikes", "the air - strikes hit", [(3, 1, 3)]),
        ("air strike/strikes", "the air-strike hit", [(1, 1, 1)]),
        ("air strike", "the air , strike", []),
        ("cease-fire/truce", "a cease - fire and a truce and a cease fire", [(3, 1, 3), (6, 6, 6), (10, 9, 10)]),
        ("accuse+", "accuse accuses accused accusing accuser", [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 3, 3)]),
        ("deny+", "denies denied denying denys", [(0, 0, 0), (1, 1, 1), (2, 2, 2)]),
        ("^impose/imposed * curfew", "they imposed a strict night curfew", [(1, 1, 5)]),
        ("imposed * curfew", "they imposed a very strict night curfew", []),  # four words apart
        ("imposed * curfew", "they imposed order , then curfew", []),  # a gap crosses no comma
        ("imposed * curfew", "they imposed curfew", [(2, 1, 2)]),
        ("^entered * airspace", "they entered Estonia 's own airspace", [(1, 1, 5)]),  # "'s" is no mark
        ("no man's land", "in no man 's land", [(4, 1, 4)]),
        ("set ^fire to", "they set fire to it", [(2, 1, 3)]),
        ("gas|tear gas", "the tear gas", [(2, 1, 2)]),  # the longer alternative
        ("clashes with/near", "the clashes near town", [(1, 1, 2)]),  # a preposition carries no event
        ("gunned down", "he gunned down two", [(1, 1, 2)]),
    ],
)
def test_patterns(words: str, sentence: str, found: list[tuple[int, int, int]]) -> None:
    assert _found(words, sentence) == found


@given(
    st.lists(st.sampled_from(["", "-", "air-strikes", "’", "The", "refused", "to", "release", ",", "men"]), max_size=12)
)
def test_any_words_can_be_matched(words: list[str]) -> None:
    for hit in load().match_triggers(words):
        assert 0 <= hit.phrase[0] <= hit.first <= hit.word <= hit.last <= hit.phrase[1] < len(words)


@pytest.mark.parametrize("words", ["", "* fire", "fire *", "a||b", "a/|b", "fire ^* out x", "+", "y/ z"])
def test_patterns_that_cannot_be_read(words: str) -> None:
    with pytest.raises(TableError, match=r"^triggers.csv:9: the words .* cannot be read"):
        read_patterns(words, "triggers.csv:9")


def test_the_stretch_of_a_hit_stops_at_a_gap() -> None:
    (hit,) = Matcher([_row("a", "^refused to * release")]).match("he refused to ever release us".split())
    assert (hit.first, hit.last, hit.phrase) == (1, 2, (1, 4))


def test_a_row_with_a_status_speaks_for_its_whole_phrase() -> None:
    rows = [_row("a", "^failed * agreement", type="AGREE", status="denied"), _row("b", "agreement", type="AGREE")]
    (hit,) = Matcher(rows).match("they failed to reach an agreement".split())
    assert (hit.id, hit.first, hit.last) == ("a", 1, 5)


def test_a_forbidding_row_silences_shorter_ones_inside_it() -> None:
    rows = [_row("a", "attack"), TriggerRow(
        where="triggers.csv:3", id="b", words="heart attack", effect="forbid", example="-", counterexample="-",
    )]  # fmt: skip
    hits = Matcher(rows).match("a heart attack , not an attack".split())
    assert [(hit.id, hit.word) for hit in hits] == [("b", 2), ("a", 6)]


def test_a_mode_is_not_lost_to_a_longer_row_without_one() -> None:
    rows = [_row("a", "^attack on * base"), _row("b", "suicide attack", mode="suicide-attack", effect="refine")]
    (hit,) = Matcher(rows).match("a suicide attack on the base".split())
    assert (hit.id, hit.row.mode, hit.row.effect) == ("b", "suicide-attack", "add")


def test_a_part_of_speech_can_be_asked_for() -> None:
    matcher = Matcher([_row("a", "shells", pos="VERB")])
    assert matcher.match(["it", "shells", "us"], ["PRON", "VERB", "PRON"])
    assert not matcher.match(["the", "shells", "fell"], ["DET", "NOUN", "VERB"])
    assert matcher.match(["it", "shells", "us"])


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"] for case in CASES])
def test_what_the_table_is_for(case: dict[str, str]) -> None:
    rows = [hit.row for hit in load().match_triggers(split_words(case["sentence"]))]
    assert case["event"] in {f"{row.type}/{row.mode}" if row.mode else row.type for row in rows}


def test_refuelling_aircraft_refuel_nobody_yet() -> None:
    assert not load().match_triggers(split_words("Only refuelling aircraft remained at the base."))


def test_who_is_hacked_to_death_is_no_computer() -> None:
    hits = load().match_triggers(split_words("Raiders hacked four herders to death near Jos."))
    assert {hit.row.type for hit in hits} == {"ASSAULT"}


@pytest.mark.parametrize(
    "sentence",
    [
        "He died of a heart attack.",
        "Nine people died in a car crash.",
        "Her speech struck a chord.",
        "Many farmers were opposed to the reform.",
        "Two helicopters crashed near Tessalit.",
        "The judges will hear his appeal in May.",
        "The Security Council has fifteen seats.",
        "The film was shot on location.",
        "The office released a statement.",
        "Amnesty International has an office.",
        "A tsunami warning was in force.",
        "The ministry ignored a request for comment.",
        "They were within striking distance of the port.",
        "The ministry refuses to comment on it.",
        "The officer died while disarming a device.",
        "The internationally recognised government has its seat in Aden.",
        "Many activists have gone into hiding.",
    ],
)
def test_what_the_table_forbids(sentence: str) -> None:
    hits = load().match_triggers(split_words(sentence))
    assert hits
    assert {hit.row.effect for hit in hits} == {"forbid"}


def test_the_table_is_large_and_every_effect_is_in_it() -> None:
    rows = load().triggers.values()
    assert len(rows) >= 400
    assert {row.effect for row in rows} == {"add", "refine", "opinion", "forbid"}
    assert {row.type for row in rows} - {None} == set(load().types)


Event = tuple[int, int, str, str | None]
"""First and last word of a coded trigger, its type and its mode."""


def _coded() -> list[tuple[list[str], list[Event]]]:
    sentences = []
    for file in sorted(GOLD.glob("t??.in.txt")):
        lines = defaultdict(list)
        for line in file.with_name(file.name.replace(".in.txt", ".tsv")).read_text("utf-8").splitlines():
            cells = line.split("\t")
            lines[cells[0]].append(cells[1:3])
        for line in file.read_text("utf-8").splitlines():
            id, tab, sentence = line.partition("\t")
            if not tab:
                continue
            spans = model_words(sentence)
            events: list[Event] = []
            for trigger, label in lines[id]:
                at = sentence.find(trigger)
                inside = [n for n, (a, b) in enumerate(spans) if a < at + len(trigger) and b > at]
                if at >= 0 and inside:
                    type_, _, mode = label.partition("/")
                    events.append((inside[0], inside[-1], type_, mode or None))
            sentences.append(([sentence[a:b] for a, b in spans], events))
    return sentences


def _verdict(hit: TriggerHit, events: list[Event]) -> tuple[bool, bool]:
    """Whether an event stands where the row says, and whether it is the row's."""
    at = [event for event in events if event[0] <= hit.word <= event[1]]
    at = at or [event for event in events if event[0] <= hit.phrase[1] and event[1] >= hit.phrase[0]]
    row = hit.row
    return bool(at), any(kind == row.type and row.mode in (None, mode) for _, _, kind, mode in at)


@pytest.mark.skipif(not GOLD.exists(), reason="no coded sentences (shared/gold beside the repository)")
def test_rows_keep_their_word_on_coded_sentences() -> None:
    """But for the row of bare denials, whose type is that of the deed which is denied (claims/inheritance.py)."""
    sentences = _coded()
    tally: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    found = [(load().match_triggers(words), events) for words, events in sentences]
    for hits, events in found:
        for hit in hits:
            if hit.id != "assault-denied-bare":
                tally[hit.id].append(_verdict(hit, events))
    pools: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    low = []
    for id, verdicts in tally.items():
        effect = load().triggers[id].effect
        pools[effect] += verdicts
        share = _share(effect, verdicts)
        if share is not None and share < (0.85 if effect == "add" else 0.88):
            low.append((id, effect, len(verdicts), round(share, 2)))
    shares = {effect: _share(effect, verdicts) for effect, verdicts in pools.items()}
    assert low == []
    assert (shares["add"] or 0) >= 0.9
    assert (shares["refine"] or 0) >= 0.94
    assert (shares["forbid"] or 0) >= 0.95


def _share(effect: str, verdicts: list[tuple[bool, bool]]) -> float | None:
    """How often a row is right: of all hits where it adds, of those at an event where it refines; None below ten."""
    if effect == "refine":
        verdicts = [verdict for verdict in verdicts if verdict[0]]
    if len(verdicts) < 10:
        return None
    right = sum(not event if effect == "forbid" else its_own for event, its_own in verdicts)
    return right / len(verdicts)
