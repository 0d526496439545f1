"""What goes onto a desk comes back as it was, and stays as it is."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sql
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from tests.asking import asked
from tests.desk import made
from tests.desk.made import V1, V2
from trucewatch.desk import Desk, Writer
from trucewatch.desk.opening import connect
from trucewatch.desk.schema import FACTS
from trucewatch.errors import DeskError, WrongCallError
from trucewatch.nouns import Failure, Ruling


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_report_and_its_claims_come_back_as_they_were(desk: Desk, data: st.DataObject) -> None:
    report = data.draw(made.reports)
    claims = data.draw(made.claims(report))
    known = desk.coding(report.id) is not None
    with desk.writer(V1) as writer:
        assert writer.store(report, claims) is not known
    if not known:
        assert desk.record(report.id).report == report
        assert desk.record(report.id).claims == claims


def test_storing_again_changes_nothing(desk: Desk) -> None:
    report = made.report()
    claims = (made.claim(report, 1), made.claim(report, 2))
    failure = Failure(source="a.txt", stage="read", reason="empty")
    with desk.writer(V1) as writer:
        assert writer.store(report, claims)
        assert writer.fail(failure)
    before = made.dump(desk.where)
    with desk.writer(V1) as writer:
        assert not writer.store(report, claims)
        assert not writer.store(report, (), again=False)
        assert not writer.store(report, claims, again=True)
        assert not writer.fail(failure)
    assert made.dump(desk.where) == before


def test_a_source_that_fails_otherwise_is_a_new_failure(desk: Desk) -> None:
    reasons = ["empty", "too large", "empty"]
    with desk.writer(V1) as writer:
        for reason in reasons:
            assert writer.fail(Failure(source="a.txt", stage="read", reason=reason))
        assert writer.fail(Failure(source="b.txt", stage="read", reason="empty"))
    assert [failure.reason for _, failure in desk.failures()] == [*reasons, "empty"]


def test_a_file_name_that_is_no_text_can_fail_too(desk: Desk) -> None:
    with desk.writer(V1) as writer:
        assert writer.fail(Failure(source="caf\udce9.txt", stage="read", reason="\udcff"))
        assert not writer.fail(Failure(source="caf\udce9.txt", stage="read", reason="\udcff"))
    assert [failure.source for _, failure in desk.failures()] == ["caf\\udce9.txt"]


def test_coding_again_adds_and_the_newest_counts(desk: Desk) -> None:
    report = made.report()
    first, second = made.claim(report, 1), made.claim(report, 2)
    with desk.writer(V1) as writer:
        writer.store(report, (first,))
    with desk.writer(V2) as writer:
        assert writer.store(report, (second,), again=True)
    assert desk.record(report.id).claims == (second,)
    assert list(desk.claims()) == [second]
    assert desk.count_by_report() == {report.id: 1}
    coding = desk.coding(report.id)
    assert coding is not None
    assert coding.run.versions == V2
    with pytest.raises(DeskError, match=r"no claim here has an id that begins with"):
        desk.claim(first.id)
    assert len(list(desk.reports())) == 1


def test_a_run_codes_a_report_once(desk: Desk) -> None:
    report = made.report()
    first, second = made.claim(report, 1), made.claim(report, 2)
    with desk.writer(V1) as writer:
        assert writer.store(report, (first,))
        assert not writer.store(report, (second,), again=True)
        assert writer.store(made.report("Another."), ())
    assert desk.record(report.id).claims == (first,)


def test_coding_again_alike_by_other_tables_is_kept_once(desk: Desk) -> None:
    report = made.report()
    claims = (made.claim(report),)
    with desk.writer(V1) as writer:
        writer.store(report, claims)
    for added in (True, False):
        with desk.writer(V2) as writer:
            assert writer.store(report, claims, again=True) is added
    assert [run.versions for run in desk.runs()] == [V1, V2]


def test_a_run_without_facts_leaves_no_trace(desk: Desk) -> None:
    with desk.writer(V1):
        pass
    assert desk.runs() == []


def test_a_run_says_how_it_ended(desk: Desk) -> None:
    with desk.writer(V1) as writer:
        writer.store(made.report("One."), ())
    with pytest.raises(KeyboardInterrupt):
        _stopped(desk.writer(V1))
    unfinished = desk.writer(V1)
    unfinished.store(made.report("Three."), ())
    ended = [(run.finished is not None, run.stopped) for run in desk.runs()]
    assert ended == [(True, False), (True, True), (False, False)]
    assert all(run.started.tzinfo is not None for run in desk.runs())


@pytest.mark.parametrize("table", FACTS, ids=str)
def test_the_database_itself_refuses_to_change_a_fact(desk: Desk, table: sql.Table) -> None:
    report = made.report()
    claim = made.claim(report, actors=(made.entity("army"),))
    with desk.writer(V1) as writer:
        writer.fail(Failure(source="a", stage="read", reason="b"))
        writer.store(report, (claim,))
        writer.recover("a")
    desk.judge([made.judgement(claim)])
    engine = connect(desk.where, create=False)
    column = next(iter(table.c))
    for deed in (sql.update(table).values({column: column}), sql.delete(table)):
        with engine.connect() as connection:
            assert connection.execute(sql.select(sql.func.count()).select_from(table)).scalar_one() == 1
            with pytest.raises(DBAPIError, match=r"facts are never changed or deleted"):
                connection.execute(deed)
    engine.dispose()


def test_a_report_that_fails_half_way_leaves_nothing(desk: Desk) -> None:
    report = made.report()
    sound, unsound = made.claim(report, 1), made.claim(report, 2, attributed_to="no text: \udcff")
    with desk.writer(V1) as writer, pytest.raises(WrongCallError):
        writer.store(report, (sound, unsound))
    assert list(desk.reports()) == list(desk.claims()) == []
    assert desk.runs() == []
    with desk.writer(V1) as writer:
        assert writer.store(report, (sound,))


def test_claims_that_cannot_be_told_apart_are_refused(desk: Desk) -> None:
    report = made.report()
    with desk.writer(V1) as writer, pytest.raises(DeskError, match=r"two claims of report .* the same id"):
        writer.store(report, (made.claim(report, 1), made.claim(report, 1, mode=None)))
    assert list(desk.reports()) == []


def _stopped(writer: Writer) -> None:
    with writer:
        writer.store(made.report("Two."), ())
        raise KeyboardInterrupt


def test_judgements_come_back_as_they_were_and_count_once(desk: Desk) -> None:
    report = made.report()
    one, two = made.claim(report, 1), made.claim(report, 2)
    with desk.writer(V1) as writer:
        writer.store(report, (one, two))
    same = made.judgement(one, two, ruling=Ruling.SAME)
    undo = made.judgement(ruling=Ruling.UNDO, undoes=same.id)
    correct = made.judgement(one, ruling=Ruling.CORRECT, field="killed", value='{"low":3,"high":3}')
    for judgement in (same, undo, correct):
        assert desk.judge([judgement]) == 1
        assert desk.judge([judgement]) == 0
    assert desk.judgements() == [same, undo, correct]


def test_judgements_are_read_once_and_those_of_others_come_behind(desk: Desk, place: str) -> None:
    report = made.report()
    claims = [made.claim(report, n) for n in range(3)]
    with desk.writer(V1) as writer:
        writer.store(report, claims)
    every = [made.judgement(claim) for claim in claims]
    desk.judge(every[:1])
    (first,) = desk.judgements()
    with Desk.open(place) as other:
        other.judge(every[1:])
    assert desk.judgements() == every
    assert desk.judgements()[0] is first


def test_a_judgement_on_what_was_never_here_is_refused(desk: Desk) -> None:
    report = made.report()
    claim = made.claim(report, 1)
    with pytest.raises(DeskError, match=rf"no claim here has the id '{claim.id}'"):
        desk.judge([made.judgement(claim)])
    with pytest.raises(DeskError, match=r"no judgement here has the id 'abc'"):
        desk.judge([made.judgement(ruling=Ruling.UNDO, undoes="abc")])
    assert desk.judgements() == []


def test_a_claim_that_is_no_longer_current_may_still_be_judged(desk: Desk) -> None:
    report = made.report()
    old = made.claim(report, 1)
    for versions, claims in ((V1, (old,)), (V2, ())):
        with desk.writer(versions) as writer:
            writer.store(report, claims, again=True)
    assert desk.judge([made.judgement(old)])


def test_a_source_is_failing_until_it_is_read(desk: Desk) -> None:
    failure = Failure(source="a.txt", stage="read", reason="empty")
    with desk.writer(V1) as writer:
        assert not writer.recover("a.txt")
        writer.fail(failure)
        writer.fail(Failure(source="b.txt", stage="read", reason="empty"))
    assert desk.failing() == ["a.txt", "b.txt"]
    with desk.writer(V1) as writer:
        assert writer.recover("a.txt")
        assert not writer.recover("a.txt")
    assert desk.failing() == ["b.txt"]
    with desk.writer(V1) as writer:
        assert writer.fail(failure)  # the same as before, but it had been read meanwhile
    assert desk.failing() == ["b.txt", "a.txt"]


def test_two_writers_take_turns(place: str) -> None:
    texts = [f"Report {number}." for number in range(40)]
    with Desk.open(place) as one, Desk.open(place) as two, ThreadPoolExecutor(2) as pool:
        added = list(pool.map(_store_all, (one, two), (texts, texts)))
        assert sorted(report.text for report in one.reports()) == sorted(texts)
        numbers = {run.number for run in two.runs()}
    assert sum(added) == len(texts)
    assert len(numbers) in (1, 2)


def _store_all(desk: Desk, texts: list[str]) -> int:
    with desk.writer(V1) as writer:
        return sum(writer.store(made.report(text), ()) for text in texts)


def test_a_moment_is_utc_on_every_database(desk: Desk) -> None:
    with desk.writer(V1) as writer:
        writer.store(made.report(), ())
    with desk.news() as news:
        newest = news.newest()
    assert newest is not None and newest.tzinfo is desk.runs()[0].started.tzinfo is dt.UTC


def test_the_claims_of_a_report_are_kept_together(desk: Desk) -> None:
    of = made.report()
    told = tuple(made.claim(of, number) for number in reversed(range(30)))
    with desk.writer(V1) as writer, asked() as times:
        assert writer.store(of, told)
    assert max(times.values()) < 3, times.most_common(3)
    assert desk.record(of.id).claims == told
