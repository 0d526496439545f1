"""Judgements: which are in force, and what they do to claims and to pairs of claims."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judgements.made import claim, on_claim, on_pair, ruled, undo
from trucewatch.errors import JudgementError
from trucewatch.judgements import About, in_force, judged, made, must_and_cannot
from trucewatch.nouns import Count, Entity, Evidence, Judgement, Ruling, Status

NOW = dt.datetime(2021, 10, 2, 12, tzinfo=dt.UTC)


def test_the_same_ruling_has_the_same_id_and_any_other_has_another() -> None:
    about = About(claims=("a.1", "b.1"))
    one = made(Ruling.SAME, "Ann", NOW, "one shelling", about)
    assert one.id == made(Ruling.SAME, "Ann", NOW, "one shelling", about).id
    assert len(one.id) == 12
    others = [
        made(Ruling.DIFFERENT, "Ann", NOW, "one shelling", about),
        made(Ruling.SAME, "Ben", NOW, "one shelling", about),
        made(Ruling.SAME, "Ann", NOW + dt.timedelta(seconds=1), "one shelling", about),
        made(Ruling.SAME, "Ann", NOW, "", about),
        made(Ruling.SAME, "Ann", NOW, "one shelling", About(claims=("a.1", "b.2"))),
    ]
    assert len({one.id, *(other.id for other in others)}) == 6


@pytest.mark.parametrize(
    ("ruling", "about", "says"),
    [
        (Ruling.SAME, About(claims=("a.1",)), "same takes 2 claims"),
        (Ruling.SAME, About(claims=("a.1", "a.1")), "same takes 2 claims"),
        (Ruling.ACCEPT, About(claims=("a.1", "b.1")), "accept takes 1 claim"),
        (Ruling.UNDO, About(claims=("a.1",), undoes="x"), "undo takes no claims"),
        (Ruling.UNDO, About(), "names the judgement"),
        (Ruling.ACCEPT, About(claims=("a.1",), undoes="x"), "names the judgement"),
        (Ruling.CORRECT, About(claims=("a.1",)), "names a field"),
        (Ruling.REJECT, About(claims=("a.1",), field="type", value='"AID"'), "names a field"),
        (Ruling.CORRECT, About(claims=("a.1",), field="id", value='"x"'), "no field that can be corrected"),
        (Ruling.CORRECT, About(claims=("a.1",), field="killed", value='"many"'), "does not fit killed"),
        (Ruling.CORRECT, About(claims=("a.1",), field="killed", value='{"low":3,"high":1}'), "from 3 to 1"),
        (Ruling.CORRECT, About(claims=("a.1",), field="status"), "does not fit status"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_one_line(ruling: Ruling, about: About, says: str) -> None:
    with pytest.raises(JudgementError, match=says) as error:
        made(ruling, "Ann", NOW, "", about)
    assert "\n" not in str(error.value)


def test_a_judgement_needs_a_name_and_a_time_zone() -> None:
    with pytest.raises(JudgementError, match="name"):
        made(Ruling.ACCEPT, " ", NOW, "", About(claims=("a.1",)))
    with pytest.raises(JudgementError, match="time zone"):
        made(Ruling.ACCEPT, "Ann", NOW.replace(tzinfo=None), "", About(claims=("a.1",)))


def test_an_undo_ends_a_judgement_and_an_undo_of_the_undo_restores_it() -> None:
    one = on_pair(Ruling.SAME, "a.1", "b.1", 1)
    undone = undo(one, 2)
    restored = undo(undone, 3)
    again = undo(restored, 4)
    assert in_force([one]) == (one,)
    assert in_force([one, undone]) == ()
    assert in_force([one, undone, restored]) == (one,)
    assert in_force([one, undone, restored, again]) == ()
    assert in_force([one, undone, restored, again, undo(undone, 5)]) == (one,)


def test_undoings_of_undoings_may_be_thousands_deep() -> None:
    every = [one := on_pair(Ruling.SAME, "a.1", "b.1", 0)]
    for minute in range(1, 3001):
        every.append(undo(every[-1], minute))
    assert in_force(every) == (one,)
    assert in_force(every[:-1]) == ()


def test_two_people_undo_the_same_judgement_and_one_of_them_takes_it_back() -> None:
    one = on_pair(Ruling.SAME, "a.1", "b.1", 1)
    first, second = undo(one, 2, by="Ann"), undo(one, 3, by="Ben")
    assert in_force([one, first, second, undo(second, 4)]) == ()


def test_of_several_rulings_on_a_pair_the_newest_counts_whichever_way_round_it_names_them() -> None:
    same, different = on_pair(Ruling.SAME, "a.1", "b.1", 1), on_pair(Ruling.DIFFERENT, "b.1", "a.1", 2)
    pair = frozenset({("a.1", "b.1")})
    assert must_and_cannot([same]) == (pair, frozenset())
    assert must_and_cannot([different, same]) == (frozenset(), pair)
    assert must_and_cannot([same, different, undo(different, 3)]) == (pair, frozenset())
    assert must_and_cannot([same, on_pair(Ruling.UNSURE, "a.1", "b.1", 2)]) == (frozenset(), frozenset())


def test_a_claim_that_nobody_judged_stays_as_it_is() -> None:
    one = claim()
    assert judged(one, []) is one
    assert judged(one, [on_claim(Ruling.REJECT, "other.1", 1), on_claim(Ruling.ACCEPT, one.id, 2)]) == one


def test_the_last_word_on_a_claim_counts() -> None:
    one = claim()
    reject, accept = on_claim(Ruling.REJECT, one.id, 1), on_claim(Ruling.ACCEPT, one.id, 2)
    correct = ruled(Ruling.CORRECT, 3, About(claims=(one.id,), field="status", value='"denied"'))
    assert judged(one, [reject]) is None
    assert judged(one, [accept, reject]) == one
    assert judged(one, [reject, undo(reject, 5)]) == one
    corrected = judged(one, [reject, correct])
    assert corrected is not None and corrected.status is Status.DENIED
    assert judged(one, [correct, on_claim(Ruling.REJECT, one.id, 4)]) is None


def test_a_corrected_value_says_who_corrected_it() -> None:
    one = claim(
        evidence=(
            Evidence(field="killed", because="rule toll", start=3, end=9),
            Evidence(field="type", because="model"),
        )
    )
    fix = ruled(Ruling.CORRECT, 1, About(claims=(one.id,), field="killed", value='{"low":3,"high":5}'), by="Ann")
    found = judged(one, [fix])
    assert found is not None
    assert (found.id, found.killed) == (one.id, Count(low=3, high=5))
    assert found.evidence == (
        Evidence(field="type", because="model"),
        Evidence(field="killed", because="correction by Ann"),
    )


def test_of_two_corrections_of_a_field_the_newer_counts_and_those_of_other_fields_stand() -> None:
    one = claim()
    fixes = [
        ruled(Ruling.CORRECT, at, About(claims=(one.id,), field=field, value=value))
        for at, field, value in (
            (1, "status", '"denied"'),
            (3, "status", '"possible"'),
            (2, "injured", '{"low":1,"high":1}'),
        )
    ]
    found = judged(one, fixes)
    assert found is not None
    assert (found.status, found.injured) == (Status.POSSIBLE, Count(low=1, high=1))


def test_a_corrected_list_of_actors_has_a_line_of_evidence_for_each() -> None:
    one = claim(actors=(Entity(text="x", name="x"),), evidence=(Evidence(field="actors[0].country", because="model"),))
    value = '[{"text":"NATO","name":"NATO"},{"text":"the army","name":"the army"}]'
    found = judged(one, [ruled(Ruling.CORRECT, 1, About(claims=(one.id,), field="actors", value=value))])
    assert found is not None
    assert [line.field for line in found.evidence] == ["actors[0]", "actors[1]"]
    assert {line.because for line in found.evidence} == {"correction by Ann"}
    none = judged(one, [ruled(Ruling.CORRECT, 1, About(claims=(one.id,), field="actors", value="[]"))])
    assert none is not None and none.evidence == (Evidence(field="actors", because="correction by Ann"),)


def test_a_new_type_drops_the_mode_of_the_old_one_unless_that_is_corrected_too() -> None:
    one = claim()
    type_ = ruled(Ruling.CORRECT, 1, About(claims=(one.id,), field="type", value='"COERCE"'))
    mode = ruled(Ruling.CORRECT, 2, About(claims=(one.id,), field="mode", value='"arrest"'))
    for fixes, wanted in (([type_], None), ([type_, mode], "arrest"), ([mode, type_], "arrest")):
        found = judged(one, fixes)
        assert found is not None and (found.type, found.mode) == ("COERCE", wanted)


@given(st.data())
def test_the_order_in_which_judgements_are_read_does_not_matter(data: st.DataObject) -> None:
    ids = ("a.1", "b.1", "c.1")
    judgements: list[Judgement] = []
    for at in range(data.draw(st.integers(1, 7))):
        if judgements and data.draw(st.booleans()):
            judgements.append(undo(data.draw(st.sampled_from(judgements)), at))
        else:
            pair = data.draw(st.sampled_from(list(itertools.permutations(ids, 2))))
            ruling = data.draw(st.sampled_from([Ruling.SAME, Ruling.DIFFERENT, Ruling.UNSURE]))
            judgements.append(on_pair(ruling, *pair, at))
    mixed = data.draw(st.permutations(judgements))
    assert in_force(mixed) == in_force(judgements)
    assert in_force(in_force(judgements)) == in_force(judgements)
    must, cannot = must_and_cannot(mixed)
    assert (must, cannot) == must_and_cannot(judgements)
    assert not must & cannot
