"""Agreement: alpha against published worked examples, and what is held beside what."""

from __future__ import annotations

import pytest

from tests.judgements.made import claim, on_claim, on_pair, ruled, undo
from trucewatch.judgements import About
from trucewatch.judgements.agreement import (
    Agreement,
    alpha,
    compared,
    interval,
    nominal,
    of_judgements,
    of_lines,
    overlap,
)
from trucewatch.nouns import Count, Entity, Ruling

# The worked examples of K. Krippendorff, Computing Krippendorff's alpha-reliability (2011): data A, B and C.
A = ["01", "11", "01", "00", "00", "01", "00", "00", "10", "00"]
B = ["ab", "aa", "bb", "bb", "db", "cc", "cc", "cc", "ee", "dd", "dd", "ad"]
C = [
    *([1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4]),
    *([4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3]),
]


@pytest.mark.parametrize(("units", "published"), [(A, 0.095), (B, 0.692), (C, 0.743)])
def test_alpha_is_that_of_the_published_examples(units: list[list[int]], published: float) -> None:
    found = alpha(units)
    assert found is not None and round(found, 3) == published


def test_alpha_of_numbers_is_that_of_the_published_example() -> None:
    assert alpha(C, interval) == pytest.approx(0.849, abs=5e-4)


def test_alpha_equals_that_of_the_reference_implementation() -> None:
    krippendorff = pytest.importorskip("krippendorff", reason="the package krippendorff is not installed")
    rows = [[unit[i] if i < len(unit) else float("nan") for unit in C] for i in range(4)]
    for level, difference in (("nominal", nominal), ("interval", interval)):
        theirs = krippendorff.alpha(reliability_data=rows, level_of_measurement=level)
        assert alpha(C, difference) == pytest.approx(theirs)


def test_alpha_is_not_defined_where_nothing_varies_or_nothing_can_be_paired() -> None:
    assert alpha([]) is None
    assert alpha([["a"], ["b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert alpha([["a", "a"], ["b", "b"]]) == 1.0


def test_sets_may_differ_in_part() -> None:
    assert overlap(frozenset("ab"), frozenset("bc")) == pytest.approx(2 / 3)
    assert overlap(frozenset(), frozenset()) == 0.0
    assert overlap(frozenset(), frozenset("a")) == 1.0


def test_two_people_are_compared_on_what_both_judged() -> None:
    one, other, third = claim("r1.aa"), claim("r1.bb"), claim("r2.cc")
    coerce = About(claims=(one.id,), field="type", value='"COERCE"')
    judgements = [
        on_claim(Ruling.ACCEPT, one.id, 1, by="Ann"),
        ruled(Ruling.CORRECT, 2, coerce, by="Ben"),
        on_claim(Ruling.REJECT, other.id, 3, by="Ann"),
        on_claim(Ruling.REJECT, other.id, 4, by="Ben"),
        on_claim(Ruling.REJECT, third.id, 5, by="Ann"),
        taken_back := on_claim(Ruling.ACCEPT, third.id, 6, by="Ben"),
        undo(taken_back, 7, by="Ben"),
    ]
    units = of_judgements([one, other, third], judgements, ("Ann", "Ben"))
    assert [(a["verdict"], b["verdict"]) for a, b in units] == [("accept", "correct"), ("reject", "reject")]
    by_field = {found.field: found for found in compared(units)}
    assert by_field["verdict"].units == 2 and by_field["verdict"].equal == 1
    assert by_field["type"] == Agreement(field="type", units=1, equal=0, alpha=0.0)
    assert by_field["status"] == Agreement(field="status", units=1, equal=1, alpha=None)


def test_a_correction_of_one_coder_is_not_held_against_the_other() -> None:
    one = claim()
    fix = ruled(Ruling.CORRECT, 1, About(claims=(one.id,), field="status", value='"denied"'), by="Ann")
    later = ruled(Ruling.CORRECT, 2, About(claims=(one.id,), field="status", value='"possible"'), by="Ben")
    [(ann, ben)] = of_judgements([one], [fix, later], ("Ann", "Ben"))
    assert (ann["status"], ben["status"]) == ("denied", "possible")


def test_rulings_on_pairs_are_compared_too() -> None:
    judgements = [
        on_pair(Ruling.SAME, "a.1", "b.1", 1),
        ruled(Ruling.UNSURE, 2, About(claims=("b.1", "a.1")), by="Ben"),
    ]
    assert of_judgements([], judgements, ("Ann", "Ben")) == [({"one event": "same"}, {"one event": "unsure"})]


def line(start: int, type_: str = "ASSAULT", **fields: object) -> dict[str, object]:
    span = {"start": start, "end": start + 10}
    return {"report": "r1", "type": type_, "status": "happened", "mentions": [span], "trigger": span} | fields


def test_claims_of_two_files_are_paired_by_their_triggers() -> None:
    ours = [line(0), line(20, killed=[3, 5]), line(100)]
    theirs = [line(25, killed=[4, 4]), line(2, "COERCE"), line(50)]
    found = {one.field: one for one in compared(of_lines(ours, theirs))}
    assert (found["found"].units, found["found"].equal) == (4, 2)
    assert (found["type"].units, found["type"].equal) == (2, 1)
    assert (found["killed"].units, found["killed"].equal) == (2, 2)


def test_claims_without_triggers_are_paired_by_their_sentences() -> None:
    gold = {"report": "r1", "type": "AID", "status": "happened", "mentions": [{"start": 0, "end": 90}]}
    units = of_lines([gold], [line(5, "AID"), line(40, "ASSAULT")])
    assert [(one["found"], other["found"]) for one, other in units] == [(True, True), (False, True)]
    assert units[0][1]["type"] == "AID"


def test_names_are_the_same_in_any_case_and_by_their_row() -> None:
    said = {"actors": [{"name": "The Army"}], "place": {"name": "Sarāqib"}, "attributed_to": "SOHR"}
    other = {"actors": [{"name": "the army"}], "place": {"name": "Saraqib"}, "attributed_to": "sohr"}
    row = {"actors": [{"name": "army", "actor": "sy-saa"}], "place": {"name": "Saraqib", "gazetteer": "geonames:1"}}
    by_field = {one.field: one for one in compared(of_lines([line(0, **said)], [line(0, **other)]))}
    assert all(by_field[field].equal == 1 for field in ("actors", "place", "attributed_to"))
    by_field = {one.field: one for one in compared(of_lines([line(0, **said)], [line(0, **row)]))}
    assert not any(by_field[field].equal for field in ("actors", "place", "attributed_to"))


def test_claims_and_their_lines_give_the_same_values() -> None:
    import msgspec

    from trucewatch.export.jsonl import lines
    from trucewatch.judgements.agreement import values
    from trucewatch.nouns import Record, Report

    one = claim(killed=Count(low=3, high=5), actors=(Entity(text="x", name="X", actor="sy-hts"),))
    record = Record(report=Report(id="r1", text="Shelled again, they said so there."), claims=(one,))
    assert values(msgspec.json.decode(next(lines(record, "r1")))) == values(msgspec.to_builtins(one))
