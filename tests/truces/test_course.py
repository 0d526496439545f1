"""A truce from reports on a desk to its status: the Idlib protocol of March 2020, on a war made up day by day."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from tests.desk import made
from tests.desk.made import V1
from trucewatch import codebook, derive, truces
from trucewatch.cli import main
from trucewatch.cli.terminal.status import page
from trucewatch.day_counts import DAY
from trucewatch.desk import Desk, Near
from trucewatch.ledger import held, measured, overview
from trucewatch.nouns import Count, Entity, Period, Place, Span, Status
from trucewatch.truces.breach import Ledger
from trucewatch.truces.course import Course, Known, answers, course
from trucewatch.truces.declared import State
from trucewatch.truces.speakers import speakers
from trucewatch.truces.status import Observed
from trucewatch.truces.terms import Moment
from trucewatch.truces.verdicts import Verdict

TRUCE = "syria-idlib-2020"
EFFECTIVE = dt.date(2020, 3, 6)
ARMY = Entity(text="the army", name="Syrian Arab Army", country="SYR", sector="MIL", actor="sy-saa")
REBELS = Entity(text="rebels", name="National Front for Liberation", country="SYR", sector="REB", actor="sy-nfl")
UNTIL = EFFECTIVE + dt.timedelta(days=40)


def _day(number: int) -> dt.date:
    return EFFECTIVE + dt.timedelta(days=number)


def _place(number: int) -> Place:
    """One of twelve places of the area; those of neighbouring days lie far apart, so that no two days are one event."""
    spot = number * 5 % 12
    name = f"Village {spot}"
    lat, lon = 35.68 + 0.12 * (spot % 4), 36.45 + 0.12 * (spot // 4)
    return Place(text=name, name=name, country="SYR", lat=lat, lon=lon, precision="town", gazetteer=f"v:{name}")


def shelled(path: Path, days: Sequence[int], outlet: str = "Paper") -> Path:
    """The army shells the rebels on each of these days, a day and a place a report; two are killed each time."""
    with Desk.open(path) as opened, opened.writer(V1) as writer:
        for number in days:
            day = _day(number)
            text = f"The army shelled rebels at {_place(number).name} on {day:%A}, the {day.isoformat()}."
            report = made.report(text, outlet=f"{outlet} {number % 3}", published=day, title=text[:40])
            fields = {"actors": (ARMY,), "recipients": (REBELS,), "place": _place(number)}
            fields |= {"time": Period(start=day, end=day, precision="day"), "killed": Count(low=2, high=2)}
            writer.store(report, (made.claim(report, 0, **fields),))
    return path


def _told(path: Path, days: range) -> int:
    """How many incidents the desk holds of these days: how many reports tell of one is not what is tested here."""
    with Desk.open(path) as opened:
        starts = [one.time.start for one in opened.incidents() if one.time]
    return sum((start - EFFECTIVE).days in days for start in starts)


def _measured(path: Path, until: dt.date = UNTIL) -> Course:
    with Desk.open(path) as opened:
        found = measured(opened, truces.load()[TRUCE], until)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shelling on every day before the truce, on its first and its fifth day, and again from day 20 to day 30."""
    return shelled(tmp_path_factory.mktemp("war") / "test.desk", [*range(-56, 1), 5, 10, 15, *range(20, 31), 38])


def test_a_desk_with_one_report_says_insufficient_observation(tmp_path: Path) -> None:
    found = _measured(shelled(tmp_path / "one.desk", [3]))
    for track in (found.events, found.deaths):
        assert track.untold == track.readings[-1].because
        assert {reading.status for reading in track.readings} == {Observed.INSUFFICIENT}
        assert [change.after for change in track.changes] == [Observed.INSUFFICIENT]
    assert found.events.tempo.total == 1
    assert (found.events.tempo.watched, found.events.tempo.unwatched) == (4, 37)


def test_from_reports_to_the_status_of_each_day(war: Path) -> None:
    found = _measured(war)
    before, after = _told(war, range(-56, 0)), _told(war, range(41))
    assert before > 40 and after > 10
    assert (found.events.ratio.base_count, found.events.ratio.base_watched) == (before, 56)
    assert (found.events.tempo.total, found.deaths.tempo.total) == (after, 2 * after)
    assert found.events.tempo.first == EFFECTIVE
    by_day = {reading.day: reading.status for reading in found.events.readings}
    assert by_day[_day(0)] is Observed.INSUFFICIENT
    assert by_day[_day(10)] is Observed.HOLDING
    assert by_day[_day(29)] is Observed.ERODING
    assert {track.counted for track in (found.events, found.deaths)} == {"events", "deaths"}


def test_a_change_leads_to_incidents_on_the_desk(war: Path) -> None:
    found = _measured(war)
    worse = next(change for change in found.events.changes if change.after is Observed.ERODING)
    with Desk.open(war) as opened:
        days = {opened.incident(one).time.start for one in worse.entered}  # type: ignore[union-attr]
    assert days and all(worse.day - dt.timedelta(days=13) <= day <= worse.day for day in days)


def test_rebuilding_gives_the_same_course(war: Path) -> None:
    before = _measured(war)
    with Desk.open(war) as opened:
        derive.rebuild(opened)
    after = _measured(war)
    assert (after.events, after.deaths, after.declared) == (before.events, before.deaths, before.declared)
    assert (after.breaches, after.kept, after.shares) == (before.breaches, before.kept, before.shares)


def test_clauses_and_shares_are_those_of_the_rows(war: Path) -> None:
    found = _measured(war)
    (ceasefire,) = [one for one in found.kept if one.clause == "1"]
    assert ceasefire.breaches == ceasefire.breached == _told(war, range(41))
    assert ceasefire.kept == pytest.approx(1 - ceasefire.breached / ceasefire.watched)
    assert set(found.shares) == {"Paper 0", "Paper 1", "Paper 2"}
    assert {(one.party, one.share) for its in found.shares.values() for one in its} == {("sy-gov", 1.0)}
    assert list(answers(found)) == []


@pytest.mark.parametrize(
    ("said", "sources"),
    [
        ("a military source", {"Saba News Agency", "Al-Masirah"}),
        ("the Syrian Observatory", {"Syrian Observatory for Human Rights"}),
    ],
)
def test_a_mere_kind_of_people_speaks_with_the_voice_of_its_outlet(
    tmp_path: Path, said: str, sources: set[str]
) -> None:
    path = tmp_path / "said.desk"
    with Desk.open(path) as opened, opened.writer(V1) as writer:
        for number, outlet in enumerate(("Saba", "Al-Masirah")):
            time = Period(start=_day(number * 3), end=_day(number * 3), precision="day")
            report = made.report(f"The army shelled {_place(number).name}, {said} said.", outlet=outlet)
            fields = {"actors": (ARMY,), "recipients": (REBELS,), "place": _place(number), "attributed_to": said}
            writer.store(report, (made.claim(report, 0, time=time, **fields),))
    assert set(_measured(path).shares) == sources


def test_a_source_that_tells_of_a_clash_blames_neither_side(tmp_path: Path) -> None:
    path = tmp_path / "clash.desk"
    time = Period(start=_day(3), end=_day(3), precision="day")
    with Desk.open(path) as opened, opened.writer(V1) as writer:
        for outlet, word in (("Reuters", "Clashes"), ("Saba", "Shelling")):
            report = made.report(
                f"{word} by the army hit rebels at {_place(3).name}.", outlet=outlet, published=_day(4)
            )
            fields = {"actors": (ARMY,), "recipients": (REBELS,), "place": _place(3), "time": time}
            writer.store(report, (made.claim(report, 0, trigger=Span(start=0, end=len(word)), **fields),))
    shares = {source: [one.party for one in its] for source, its in _measured(path).shares.items()}
    assert shares == {"Reuters": [None], "Saba News Agency": ["sy-gov"]}


def test_a_source_that_denies_a_deed_lays_it_at_no_door(tmp_path: Path) -> None:
    path = tmp_path / "denied.desk"
    time = Period(start=_day(3), end=_day(3), precision="day")
    with Desk.open(path) as opened, opened.writer(V1) as writer:
        for outlet, status in (("Reuters", Status.HAPPENED), ("Saba", Status.DENIED)):
            report = made.report(f"{outlet}: the army shelled rebels at {_place(3).name}.", outlet=outlet)
            fields = {"actors": (ARMY,), "recipients": (REBELS,), "place": _place(3), "time": time, "status": status}
            writer.store(report, (made.claim(report, 0, **fields),))
    found = _measured(path)
    (row,) = [one for one in found.breaches if one.clause == "1"]
    assert row.verdict is Verdict.DISPUTED
    assert "2 independent sources, of which 1 names who did it" in row.reason
    assert set(found.shares) == {"Reuters"}


def test_nothing_after_the_last_day_is_held_against_the_truce(war: Path) -> None:
    early = _day(12)
    found = _measured(war, early)
    with Desk.open(war) as opened:
        rows = held(opened, truces.load()[TRUCE], early).breaches
    assert found.breaches == rows
    assert rows and all(row.day is not None and row.day <= early for row in rows)
    its = {share.of for source in found.shares.values() for share in source}
    assert sum(its) <= len(rows) < len(_measured(war).breaches)


def test_an_overview_is_all_that_is_measured_and_is_made_once_for_the_same_facts(war: Path, tmp_path: Path) -> None:
    path = shutil.copy(war, tmp_path / "copy.desk")
    truce = truces.load()[TRUCE]
    with Desk.open(path) as opened:
        found = overview(opened, truce, UNTIL)
        assert found.held == held(opened, truce, UNTIL)
        whole = measured(opened, truce, UNTIL)
        assert whole is not None and found.course is not None
        assert (found.course.events, found.course.declared) == (whole.events, whole.declared)
        assert (found.answers, found.monitored.heard) == ((), ())
        assert overview(opened, truce, UNTIL).course is found.course
    shelled(Path(path), [39])
    with Desk.open(path) as opened:
        later = overview(opened, truce, UNTIL)
        assert later.course is not None and later.course.events.tempo.total == found.course.events.tempo.total + 1
        ahead = overview(opened, truce, EFFECTIVE - DAY)
        assert ahead.course is None and ahead.held.breaches == ()


def test_the_ledger_alone_says_of_a_truce_that_has_run_out_what_the_overview_says(tmp_path: Path) -> None:
    rafah = Place(text="Rafah", name="Rafah", country="PSE", lat=31.29, lon=34.25, precision="town")
    israel = Entity(text="Israel", name="Israel", country="ISR", sector="MIL", actor="il-gov")
    hamas = Entity(text="Hamas", name="Hamas", country="PSE", sector="REB", actor="ps-hamas")
    last = Moment(first=dt.date(2025, 3, 1), last=dt.date(2025, 3, 1))
    truce = msgspec.structs.replace(truces.load()["gaza-2025"], runs_until=last)
    with Desk.open(tmp_path / "gaza.desk") as opened:
        with opened.writer(V1) as writer:
            for day in (dt.date(2025, 2, 10), dt.date(2025, 3, 10)):
                report = made.report(f"Tanks fired at Hamas near Rafah on {day}.", outlet="Paper 1", published=day)
                time = Period(start=day, end=day, precision="day")
                fields = {"actors": (israel,), "recipients": (hamas,), "place": rafah, "time": time}
                writer.store(report, (made.claim(report, 0, **fields),))
        alone = held(opened, truce, dt.date(2025, 3, 31))
        assert alone == overview(opened, truce, dt.date(2025, 3, 31)).held
    assert [row.verdict for row in alone.breaches] == [Verdict.ALLEGED, Verdict.OUT_OF_SCOPE]


def test_incidents_of_other_lands_and_times_are_not_looked_at(tmp_path: Path) -> None:
    path = shelled(tmp_path / "near.desk", [-60, -57, 1, 50])
    text = "The army fought rebels near the lake on the third day, in the other country."
    report = made.report(text, outlet="Paper 1", published=_day(3))
    lake = Place(text="the lake", name="Lake", country="TCD", lat=13.0, lon=14.0, precision="town", gazetteer="v:Lake")
    undated = made.report("Rebels were shelled once, nobody says when.", outlet="Paper 2", published=_day(4))
    with Desk.open(path) as opened:
        with opened.writer(V1) as writer:
            time = Period(start=_day(3), end=_day(3), precision="day")
            writer.store(report, (made.claim(report, 0, actors=(ARMY,), recipients=(REBELS,), place=lake, time=time),))
            writer.store(undated, (made.claim(undated, 0, actors=(ARMY,), recipients=(REBELS,), place=_place(3)),))
        derive.catch_up(opened)
        near = Near(countries=("SYR",), since=_day(-57), until=_day(40))
        found = [one.time.start if one.time else None for one in opened.incidents_near(near)]
        assert found == [_day(-57), _day(1), None]
        assert opened.days_told(near) == [_day(-57), _day(1), _day(4)]


def test_no_quiet_day_keeps_a_clause_that_asks_for_something_to_be_done() -> None:
    yemen, until = truces.load()["yemen-2022"], dt.date(2022, 5, 31)
    looked = tuple(dt.date(2022, 4, 2) + number * DAY for number in range(60))
    known = Known(until=until, incidents=(), accounts=(), published=looked)
    found = course(yemen, codebook.load(), Ledger(yemen, codebook.load()), known)
    assert found and [(one.clause, one.kept) for one in found.kept] == [("operations", 1), ("fuel", 1), ("roads", 1)]


def test_a_truce_that_has_run_out_is_measured_on_as_if_it_held() -> None:
    jeddah, book = truces.load()["sudan-jeddah-2023"], codebook.load()
    lasts = []
    for until in (dt.date(2023, 6, 3), dt.date(2023, 6, 10)):
        found = course(jeddah, book, Ledger(jeddah, book), Known(until=until, incidents=(), accounts=(), published=()))
        lasts.append(found and found.last)
    assert lasts == [None, dt.date(2023, 6, 3)]


def test_a_report_of_a_declared_end_ends_it_by_declaration_alone(tmp_path: Path) -> None:
    path = shelled(tmp_path / "over.desk", [1])
    with Desk.open(path) as opened, opened.writer(V1) as writer:
        text = "The army said on Friday that the ceasefire in Idlib was over."
        report = made.report(text, outlet="Paper 1", published=_day(7))
        fields = {"type": "CONSULT", "mode": None, "actors": (ARMY,), "mentions": (Span(start=0, end=len(text)),)}
        claim = made.claim(report, 0, **fields)
        writer.store(report, (claim,))
    found = _measured(path)
    assert [(row.day, row.state, row.claim) for row in found.declared] == [
        (EFFECTIVE, State.IN_FORCE, None),
        (_day(7), State.ENDED, claim.id),
    ]
    assert {reading.status for reading in found.events.readings} == {Observed.INSUFFICIENT}


def test_the_day_on_which_a_truce_begins_at_an_hour_is_not_watched() -> None:
    book, evening = codebook.load(), truces.load()["syria-cessation-2016-09"]
    assert evening.effective is not None and evening.effective.clock == dt.time(19)
    first = evening.effective.first
    known = Known(until=first + DAY, published=(first, first + DAY))
    found = course(evening, book, truces.Ledger(evening, book), known)
    assert found is not None and found.watched.tolist() == [False, True]


def test_a_truce_that_lies_ahead_has_no_course(war: Path) -> None:
    with Desk.open(war) as opened:
        assert measured(opened, truces.load()[TRUCE], EFFECTIVE - dt.timedelta(days=1)) is None


def test_who_speaks_of_a_truce_is_found_by_actor_by_name_and_by_state() -> None:
    book = codebook.load()
    who = speakers(truces.load()[TRUCE], book)
    assert who(ARMY, EFFECTIVE) == ("the Syrian government", "claimed bound")
    assert who(Entity(text="Russia", name="Russia"), EFFECTIVE) == ("the Russian government", "guarantor")
    assert who(Entity(text="Turkey", name="Turkey", country="TUR", sector="GOV"), EFFECTIVE) == (
        "the Turkish government",
        "guarantor",
    )
    assert who(Entity(text="Putin", name="Vladimir Putin"), EFFECTIVE) == ("the Russian government", "guarantor")
    assert who(Entity(text="a baker", name="a baker"), EFFECTIVE) is None


def test_a_mediator_speaks_under_its_name_and_that_of_its_state() -> None:
    who = speakers(truces.load()["gaza-2023"], codebook.load())
    qatar = ("the Qatari government", "mediator")
    on = dt.date(2023, 11, 27)
    assert who(Entity(text="Qatar", name="Qatar", country="QAT", sector="GOV"), on) == qatar
    assert who(Entity(text="Qatar", name="Qatar"), on) == qatar
    assert who(Entity(text="officials", name="officials", actor="qa-gov"), on) == qatar
    assert who(Entity(text="Jordan", name="Jordan", country="JOR", sector="GOV"), on) is None
    envoy = speakers(truces.load()["yemen-2022"], codebook.load())
    assert envoy(Entity(text="the envoy", name="UN special envoy for Yemen"), on) == (
        "UN special envoy for Yemen",
        "mediator",
    )


def test_whether_it_gets_worse_is_told_where_nobody_watched_before_the_truce(tmp_path: Path) -> None:
    path = shelled(tmp_path / "late.desk", range(120, 190))
    young, found = (_measured(path, _day(last)).events for last in (30, 189))
    assert young.lately is found.ratio.ratio is None and found.lately and found.lately.ratio == pytest.approx(1.0)


def test_of_days_that_were_watched_and_quiet_it_is_said_that_nothing_was_counted() -> None:
    truce, book = truces.load()[TRUCE], codebook.load()
    known = Known(until=_day(20), published=tuple(_day(number) for number in range(-56, 18)))
    found = course(truce, book, Ledger(truce, book), known)
    assert found is not None
    told = list(page(truce, found, daily=False))
    assert "  last 14 days against the 56 days before the truce: no ratio (0 in 56 watched days)" in told
    assert not any("too few were watched" in line or "no report tells of a later day" in line for line in told)
    late = course(truce, book, Ledger(truce, book), msgspec.structs.replace(known, until=_day(21)))
    assert late is not None
    assert "no report tells of a later day than 2020-03-23: --as-of 2020-03-23 tells how it stood then" in list(
        page(truce, late, daily=False)
    )


def test_the_command_tells_both_channels(war: Path) -> None:
    call = ["status", TRUCE, "--desk", str(war), "--as-of", UNTIL.isoformat()]
    told = CliRunner().invoke(main, call)
    assert told.exit_code == 0, told.output
    assert f"{EFFECTIVE}  {State.IN_FORCE}" in told.stdout
    assert "observed, by events: " in told.stdout and "observed, by deaths: " in told.stdout
    assert "last on 2020-04-13, 2 days before 2020-04-15, 0 of them watched" in told.stdout
    that_day = CliRunner().invoke(main, [*call[:-1], "2020-04-13"]).stdout
    assert "last on 2020-04-13, the last day that is looked at\n" in that_day
    assert "days without a breach of a clause, of the watched days" in told.stdout
    assert f"; breaches: {_told(war, range(41))}\n" in told.stdout and "  2-parameters: " not in told.stdout
    assert "  Paper 0: " in told.stdout and "the Syrian government" in told.stdout
    assert "quiet after a day with events: " in told.stdout
    daily = CliRunner().invoke(main, [*call, "--daily", "--format", "json"])
    rows = [json.loads(line) for line in daily.stdout.splitlines()]
    assert sum(row["row"] == "observed" for row in rows) == 2 * 41
    kinds = set("declared tempo ratio trimmed change observed quiet kept share".split())
    assert {row["row"] for row in rows} == kinds


def test_what_follows_what_is_told_when_asked_for(tmp_path: Path) -> None:
    path = shelled(tmp_path / "both.desk", range(0, 40, 3))
    with Desk.open(path) as opened, opened.writer(V1) as writer:
        for number in range(1, 40, 3):
            report = made.report(f"Rebels shelled the army, number {number}.", outlet="Paper 9", published=_day(number))
            fields = {"actors": (REBELS,), "recipients": (ARMY,), "place": _place(number), "mode": "aerial"}
            fields |= {"time": Period(start=_day(number), end=_day(number), precision="day")}
            writer.store(report, (made.claim(report, 0, **fields),))
    call = ["status", TRUCE, "--desk", str(path), "--as-of", UNTIL.isoformat(), "--answers"]
    told = CliRunner().invoke(main, call)
    assert told.exit_code == 0, told.output
    assert "sy-gov, then sy-nfl" in told.stdout and "sy-nfl, then sy-gov" in told.stdout
    lines = CliRunner().invoke(main, [*call, "--format", "json"]).stdout.splitlines()
    rows = next(row for row in map(json.loads, lines) if row["row"] == "answers")
    assert rows["first"] == "sy-gov" and rows["within"][0]["followed"] >= 10


def test_the_command_says_so_where_a_truce_lies_ahead(war: Path) -> None:
    told = CliRunner().invoke(main, ["status", TRUCE, "--desk", str(war), "--as-of", "2020-01-01"])
    assert told.exit_code == 1
    assert "was not in force by 2020-01-01" in told.output
