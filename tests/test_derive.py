"""Stories and incidents follow the facts: step by step or all at once, in any order, they come out the same."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.conftest import DATABASES, fresh
from tests.desk import made
from tests.desk.made import V1, V2
from tests.shellings import LINES, TOWNS, History, derived, groups, report, shelling, store
from trucewatch import derive, how_far, rulings
from trucewatch.desk import ClaimFilter, Desk, IncidentFilter
from trucewatch.errors import DeskError, WrongCallError
from trucewatch.nouns import Ruling, Span, Status


@pytest.fixture
def desk(either: Desk) -> Desk:
    """An empty desk on each of the two databases."""
    return either


@pytest.fixture(scope="module", params=DATABASES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Three incidents of one report, the last of them undated and without parties."""
    with fresh(request, tmp_path_factory.mktemp("filled")) as where, Desk.open(where) as opened:
        of = report(1)
        talks = made.claim(of, 3, type="CONSULT", mode=None, trigger=Span(start=7, end=14))
        store(opened, of, shelling(of, 1), shelling(of, 2, town=2, day=3), talks)
        yield opened


def test_two_reports_of_one_event_are_one_incident_of_two_sources(desk: Desk) -> None:
    one, two = report(1), report(2, LINES[1])
    ours, theirs, other = shelling(one), shelling(two), shelling(two, 1, town=2)
    store(desk, one, ours)
    first = desk.incidents_of(ours.id)[0]
    assert (first.claims, first.sources) == ((ours.id,), 1)
    store(desk, two, theirs, other)
    (merged,) = desk.incidents_of(theirs.id)
    assert (merged.id, merged.claims, merged.sources) == (first.id, (ours.id, theirs.id), 2)
    assert groups(desk) == {frozenset({ours.id, theirs.id}), frozenset({other.id})}
    assert [incident.id for incident in desk.incidents(IncidentFilter(sources=2))] == [first.id]
    assert desk.incident(first.id[:6]) == merged


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (IncidentFilter(), [1, 2, 3]),
        (IncidentFilter(type="assault"), [1, 2]),
        (IncidentFilter(mode="heavy-weapons", status=Status.HAPPENED), [1, 2]),
        (IncidentFilter(actor="sy-saa"), [1, 2]),
        (IncidentFilter(actor="saa"), [1, 2]),
        (IncidentFilter(actor="sa"), []),
        (IncidentFilter(actor="Syria"), [1, 2]),
        (IncidentFilter(actor="the rebels"), [1, 2]),
        (IncidentFilter(actor="%"), []),
        (IncidentFilter(place="saraqib"), [1]),
        (IncidentFilter(place="town:Homs"), [2]),
        (IncidentFilter(since=dt.date(2021, 9, 3)), [2]),
        (IncidentFilter(until=dt.date(2021, 9, 2)), [1]),
        (IncidentFilter(undated=True), [3]),
        (IncidentFilter(sources=2), []),
        (IncidentFilter(outlet="outl"), [1, 2, 3]),
        (IncidentFilter(outlet="utlet"), []),
    ],
    ids=str,
)
def test_incidents_are_found_by_what_they_say_by_day(filled: Desk, wanted: IncidentFilter, found: list[int]) -> None:
    ids = [filled.incidents_of(made.claim(report(1), number).id)[0].id for number in found]
    assert [incident.id for incident in filled.incidents(wanted)] == ids
    assert filled.count_incidents(wanted) == len(ids)


def test_the_filter_of_something_else_is_refused(filled: Desk) -> None:
    claims, incidents = ClaimFilter(), IncidentFilter(sources=2)
    for ask in (
        lambda: list(filled.incidents(claims)),
        lambda: filled.count_incidents(claims),
        lambda: list(filled.claims(incidents)),
        lambda: filled.count_claims(incidents),
        lambda: list(rulings.claims(filled, incidents)),
    ):
        with pytest.raises(WrongCallError, match=r"are asked for by \w+Filter, not by \w+Filter"):
            ask()


def test_incidents_are_found_by_their_report(filled: Desk) -> None:
    assert len(list(filled.incidents(IncidentFilter(report=report(1).id)))) == 3
    with pytest.raises(DeskError, match="no report here"):
        next(filled.incidents(IncidentFilter(report=report(2).id)))


def test_an_incident_that_is_not_there_is_said_so(filled: Desk) -> None:
    with pytest.raises(DeskError, match=r"no incident here has an id that begins with 'i00'"):
        filled.incident("i00")


def test_a_copy_counts_once_and_is_kept(desk: Desk) -> None:
    one, copy = report(1, " ".join(LINES)), report(2, " ".join(LINES), original_outlet="Outlet 1")
    store(desk, one, shelling(one))
    store(desk, copy, shelling(copy))
    assert [story.reports for story in desk.stories()] == [(one.id, copy.id)]
    assert desk.story(copy.id) == desk.story(one.id)
    ((incident),) = desk.incidents()
    assert len(incident.claims) == 2
    assert incident.sources == 1


def test_a_late_report_joins_the_incident_of_its_day(desk: Desk) -> None:
    first, second, late = report(1), report(2), report(3, LINES[1], published=dt.date(2021, 9, 20))
    store(desk, first, shelling(first, day=2))
    store(desk, second, shelling(second, day=12))
    store(desk, late, shelling(late, day=2))
    assert groups(desk) == {frozenset({shelling(first).id, shelling(late).id}), frozenset({shelling(second).id})}


def test_judgements_act_at_once_and_so_do_their_ends(desk: Desk) -> None:
    one, two = report(1), report(2, LINES[1])
    ours, theirs = shelling(one), shelling(two)
    store(desk, one, ours)
    store(desk, two, theirs)
    together, apart = {frozenset({ours.id, theirs.id})}, {frozenset({ours.id}), frozenset({theirs.id})}
    assert groups(desk) == together

    different = made.judgement(ours, theirs, ruling=Ruling.DIFFERENT)
    undo = made.judgement(ruling=Ruling.UNDO, undoes=different.id)
    again = made.judgement(ruling=Ruling.UNDO, undoes=undo.id)
    same = made.judgement(ours, theirs, ruling=Ruling.SAME)
    moved = made.judgement(theirs, ruling=Ruling.CORRECT, field="place", value=msgspec.json.encode(TOWNS[2]).decode())
    for judgement, expected in ((different, apart), (undo, together), (again, apart), (same, together)):
        assert rulings.adopt(desk, [judgement]).kept
        assert groups(desk) == expected
    assert rulings.adopt(desk, [made.judgement(ruling=Ruling.UNDO, undoes=same.id)]).kept
    assert rulings.adopt(desk, [made.judgement(ruling=Ruling.UNDO, undoes=different.id)]).kept
    assert groups(desk) in (together, apart)  # both undo and its undo are gone over by the newest

    reject = made.judgement(ours, ruling=Ruling.REJECT)
    assert rulings.adopt(desk, [reject]).kept
    assert groups(desk) == {frozenset({theirs.id})}
    assert rulings.adopt(desk, [moved]).kept
    (incident,) = desk.incidents_of(theirs.id)
    assert incident.place == TOWNS[2]
    assert rulings.adopt(desk, [made.judgement(ruling=Ruling.UNDO, undoes=reject.id)]).kept
    assert groups(desk) == apart
    assert [account.claim.place for account in derive.accounts(desk, [ours.id, theirs.id])] == [TOWNS[0], TOWNS[2]]


def test_a_claim_that_was_coded_away_leaves_its_incident(desk: Desk) -> None:
    one, two = report(1), report(2, LINES[1])
    store(desk, one, shelling(one))
    store(desk, two, shelling(two))
    with desk.writer(V2) as writer:
        writer.store(one, (shelling(one, 5, town=1),), again=True)
    derive.catch_up(desk)
    assert groups(desk) == {frozenset({shelling(two).id}), frozenset({shelling(one, 5).id})}
    assert desk.incidents_of(shelling(one).id) == []


def test_facts_left_behind_by_a_stop_are_taken_in_by_the_next(desk: Desk) -> None:
    told = [report(number) for number in range(3)]
    with desk.writer(V1) as writer:
        for of in told:
            writer.store(of, (shelling(of),))
    assert list(desk.incidents()) == []
    assert derive.catch_up(desk)
    assert not derive.catch_up(desk)
    assert len(list(desk.stories())) >= 1
    assert sum(len(incident.claims) for incident in desk.incidents()) == 3


def test_a_crowd_of_claims_is_taken_in_by_few_steps_that_are_told_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    derive.catch_up(desk)
    told = [report(number) for number in range(50)]
    with desk.writer(V1) as writer:
        for of in told:
            writer.store(of, (shelling(of),))
    steps, take_in = [], derive._take_in
    monkeypatch.setattr(derive, "CROWDED", 1)
    monkeypatch.setattr(how_far, "SLOW", 0.0)
    monkeypatch.setattr(derive, "_take_in", lambda derived, step: steps.append(step) or take_in(derived, step))
    derive.catch_up(desk)
    assert steps == [derive.STEP, derive.STEP, 2 * derive.STEP]
    assert caplog.messages == [f"merging: {left} reports are left" for left in (35, 20)]
    stepwise = derived(desk)
    caplog.clear()
    derive.rebuild(desk)
    assert derived(desk) == stepwise
    steps_told = {f"made again: {done}" for done in ("3 of 50 reports are read", "7 of 50 claims are read")}
    steps_told |= {
        f"made again: {done}" for done in ("0 of 1 different claims are compared", "0 of 50 claims are merged")
    }
    assert steps_told <= set(caplog.messages)


def test_what_another_version_made_is_made_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one = report(1)
    store(desk, one, shelling(one))
    before = derived(desk)
    monkeypatch.setattr(derive.versions, "of_incidents", lambda: "another")
    assert derive.catch_up(desk)
    after = derived(desk)
    assert after.pop("derivations") != before.pop("derivations")
    assert after == before


def test_all_code_that_merges_is_of_the_version_that_it_makes_incidents_by() -> None:
    folder = Path(derive.__file__).with_name("incidents")
    imported = {
        name for file in folder.glob("*.py") for name in re.findall(r"from trucewatch\.(\w+)", file.read_text())
    }
    assert imported - {"nouns"} <= set(derive.versions.MERGING)


def test_a_change_to_code_that_only_checks_codes_or_explains_makes_no_incident_anew() -> None:
    package = Path(derive.__file__).parent
    merging = {file for file in package.rglob("*.py") if derive.versions._merges(file.relative_to(package))}
    beside = {package / name for name in derive.versions.NOT_MERGING}
    assert all(file.is_file() for file in beside)
    assert merging.isdisjoint(beside)
    for file in beside:
        folder, name = file.parent.name, file.stem
        used = re.compile(rf"trucewatch\.{folder}\.{name} import|trucewatch\.{folder} import.*\b{name}\b")
        # the coder's triggers and the checks belong to the book that ``lookup`` loads, to no lookup that merging makes
        assert {one.name for one in merging if used.search(one.read_text())} <= {"__init__.py", "lookup.py"}


def test_step_by_step_gives_what_all_at_once_gives(desk: Desk) -> None:
    history = History(random.Random(1))
    for _ in range(25):
        history.step(desk)
    derive.catch_up(desk)
    stepwise = derived(desk)
    counts = derive.rebuild(desk)
    assert derived(desk) == stepwise
    assert counts.incidents == desk.count_incidents()
    assert counts.stories == len(list(desk.stories()))
    assert counts.claims == sum(len(incident.claims) for incident in desk.incidents())
    assert counts.incidents < counts.claims  # or nothing was merged, and nothing was tested


def test_what_is_foreseen_takes_no_room_from_what_happened(desk: Desk) -> None:
    of = report(1)  # of 3 September
    happened = [shelling(of, number, town=number, day=number) for number in (1, 2)]
    foreseen = [
        msgspec.structs.replace(shelling(of, 10 + day, day=day, dead=None), status=Status.EXPECTED)
        for day in (2, 9, 7, 30)
    ]
    store(desk, of, *happened, *foreseen)
    come = desk.come(None, shown=3)
    assert [one.time and one.time.start.day for one in come.told] == [2, 1]
    assert [one.time and one.time.start.day for one in come.ahead] == [7, 9, 30]
