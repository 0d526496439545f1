"""What changed since a run, and why: the facts of then give the incidents of then."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sql

from tests.desk import made
from tests.desk.made import V1, V2
from tests.shellings import LINES, History, report, shelling, store
from trucewatch import changes, derive, rulings
from trucewatch.desk import Desk
from trucewatch.errors import DeskError
from trucewatch.nouns import Incident, Ruling


def kinds(found: changes.Changes) -> list[str]:
    return sorted(change.kind for change in found.incidents)


def test_nothing_changed_since_the_last_run(desk: Desk) -> None:
    store(desk, report(1), shelling(report(1)))
    assert changes.since(desk, 1) == changes.Changes(since=1)


def test_since_the_empty_desk_everything_is_new(desk: Desk) -> None:
    store(desk, report(1), shelling(report(1)))
    found = changes.since(desk, 0)
    (change,) = found.incidents
    assert (change.kind, change.before) == ("new", None)
    assert change.now == next(desk.incidents())
    assert found.reports == (report(1).id,)
    assert change.because == (f"report {report(1).id} came in",)


def test_a_report_that_joins_an_incident_changes_it_and_says_so(desk: Desk) -> None:
    one, two, other = report(1), report(2, LINES[1]), report(3, LINES[2])
    store(desk, one, shelling(one))
    store(desk, other, shelling(other, town=2, day=1))
    before = desk.incidents_of(shelling(one).id)[0]
    store(desk, two, shelling(two))
    (change,) = changes.since(desk, 2).incidents
    assert (change.kind, change.before) == ("changed", before)
    assert change.now is not None
    assert (change.now.id, change.now.sources) == (before.id, 2)
    assert change.because == (f"report {two.id} came in",)


def test_claims_coded_anew_name_the_versions_that_differ(desk: Desk) -> None:
    one, two = report(1), report(2, LINES[1])
    store(desk, one, shelling(one))
    store(desk, two, shelling(two))
    with desk.writer(V2) as writer:
        writer.store(one, (shelling(one, 5, town=1),), again=True)
    found = changes.since(desk, 2)
    (recoded,) = found.recoded
    assert [claim.id for claim in recoded.gone] == [shelling(one).id]
    assert [claim.id for claim in recoded.new] == [shelling(one, 5).id]
    assert recoded.by == "again in run 3 (tables aaa → bbb)"
    assert kinds(found) == ["gone", "new", "new"]  # the incident of both went by the id of the claim that is gone
    reasons = {change.kind: " ".join(change.because) for change in found.incidents if len(change.because) == 2}
    assert (
        f"claim {shelling(one).id} is gone: its report was coded again in run 3 (tables aaa → bbb)" in reasons["gone"]
    )
    assert "claims of it are now in i" in reasons["gone"]


def test_a_desk_coded_anew_is_compared_without_an_errand_for_every_report(desk: Desk) -> None:
    told = [report(number, f"Report {number} tells of shells on a town.") for number in range(1, 61)]
    for versions in (V1, V2):
        with desk.writer(versions) as writer:
            for one in told:
                writer.store(one, (shelling(one),), again=True)
    with desk.writer(V2) as writer:
        writer.store(told[0], (shelling(told[0], 5),), again=True)
    derive.catch_up(desk)
    errands: list[object] = []
    sql.event.listen(desk._engine, "before_cursor_execute", lambda *given: errands.append(given[2]))
    found = changes.since(desk, 1)
    assert [one.report for one in found.recoded] == [told[0].id]
    assert len(errands) < len(told)


def test_the_same_claims_by_other_versions_are_no_change(desk: Desk) -> None:
    store(desk, report(1), shelling(report(1)))
    with desk.writer(V2) as writer:
        assert writer.store(report(1), (shelling(report(1)),), again=True)
    assert changes.since(desk, 1) == changes.Changes(since=1)


def test_judgements_are_named_and_so_is_what_they_did(desk: Desk) -> None:
    one, two = report(1), report(2, LINES[1])
    store(desk, one, shelling(one))
    store(desk, two, shelling(two))
    store(desk, report(3, LINES[2]))
    split = made.judgement(shelling(one), shelling(two), ruling=Ruling.DIFFERENT)
    rulings.adopt(desk, [split])
    found = changes.since(desk, 3)
    assert found.judgements == (split,)
    assert kinds(found) == ["changed", "new"]
    reason = f"judgement {split.id}: different, by A. Analyst"
    assert all(reason in change.because for change in found.incidents)


def test_a_copy_that_comes_later_is_no_new_source_and_joins_its_story(desk: Desk) -> None:
    text = " ".join(LINES)
    one, copy = report(1, text), report(2, text, original_outlet="Outlet 1")
    store(desk, one, shelling(one))
    store(desk, copy, shelling(copy))
    (change,) = changes.since(desk, 1).incidents
    assert change.now is not None
    assert (change.kind, change.now.sources, len(change.now.claims)) == ("changed", 1, 2)


def test_a_run_that_never_was_is_said_so(desk: Desk) -> None:
    store(desk, report(1), shelling(report(1)))
    with pytest.raises(DeskError, match=r"there is no run 7 on .*; `trucewatch show runs` lists them"):
        changes.since(desk, 7)


def test_the_incidents_of_then_are_those_that_stood_then(either: Desk) -> None:
    desk = either
    history = History(random.Random(100))
    for _ in range(14):
        history.step(desk)
    derive.catch_up(desk)
    run = max(one.number for one in desk.runs())
    with desk.writer(V1) as writer:  # judgements after it belong to what comes
        writer.store(report(99, "The day ended."), ())
    derive.catch_up(desk)
    run = max(one.number for one in desk.runs())
    before = {incident.id: incident for incident in desk.incidents()}
    for _ in range(12):
        history.step(desk)
    found = changes.since(desk, run)
    now = {incident.id: incident for incident in desk.incidents()}
    assert _applied(before, found) == now
    assert {change.before.id: change.before for change in found.incidents if change.before}.items() <= before.items()
    assert all(change.because for change in found.incidents)


def _applied(before: dict[str, Incident], found: changes.Changes) -> dict[str, Incident]:
    """The incidents of then with the changes made to them."""
    after = dict(before)
    for change in found.incidents:
        if change.before is not None:
            del after[change.before.id]
        if change.now is not None:
            after[change.now.id] = change.now
    return after
