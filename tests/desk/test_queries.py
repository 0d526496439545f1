"""What is asked of a desk and what it answers."""

from __future__ import annotations

import contextlib
import datetime as dt
import inspect
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sql

from tests.desk import made
from tests.desk.made import V1, day, entity
from trucewatch.desk import ClaimFilter, Desk, IncidentFilter
from trucewatch.desk.search import fits
from trucewatch.errors import DeskError, WrongCallError
from trucewatch.nouns import Claim, Period, Place, Status

VKS = entity("Russian Aerospace Forces", "RUS", "ru-vks")
HTS = entity("Hay’at Tahrir al-Shām", "SYR", "sy-hts")
WOMEN = entity("women", None)
IDLIB = Place(text="greater Idlib", name="Greater Idlib", country="SYR", precision="region", gazetteer="area:idlib")
ADEN = Place(text="the port of Aden", name="Aden", country="YEM", precision="town", gazetteer="415189")
MONTH = Period(start=dt.date(2021, 9, 1), end=dt.date(2021, 9, 30), precision="month")


@pytest.fixture(scope="module")
def claims(lasting: Desk) -> list[Claim]:
    """Five claims of two reports, on the desk that lasts."""
    one, two = made.report("One."), made.report("Two.")
    told = [
        made.claim(one, 1, mode="aerial", actors=(VKS,), recipients=(HTS,), place=IDLIB, time=MONTH),
        made.claim(one, 2, type="AGREE", mode=None, status=Status.DENIED, actors=(HTS,), time=day(2021, 10, 2)),
        made.claim(one, 3, actors=(WOMEN,), recipients=(VKS, HTS)),
        made.claim(two, 4, place=ADEN, time=day(2020, 1, 31)),
        made.claim(two, 5, type="AGREE", mode=None, status=Status.EXPECTED),
    ]
    with lasting.writer(V1) as writer:
        writer.store(one, told[:3])
        writer.store(two, told[3:])
    return told


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ClaimFilter(), [4, 1, 2, 3, 5]),
        (ClaimFilter(type="AGREE"), [2, 5]),
        (ClaimFilter(type="agree"), [2, 5]),
        (ClaimFilter(mode="aerial"), [1]),
        (ClaimFilter(type="assault/aerial"), [1]),
        (ClaimFilter(status="denied"), [2]),  # type: ignore[arg-type]
        (ClaimFilter(status=Status.DENIED), [2]),
        (ClaimFilter(type="AGREE", status=Status.EXPECTED), [5]),
        (ClaimFilter(actor="aerospace forces"), [1, 3]),
        (ClaimFilter(actor="Aerospace For"), [1, 3]),
        (ClaimFilter(actor="hayat tahrir"), [1, 2, 3]),
        (ClaimFilter(actor="Hay'at Tahrir al-Sham"), [1, 2, 3]),
        (ClaimFilter(actor="ru-vks"), [1, 3]),
        (ClaimFilter(actor="RUS"), [1, 3]),
        (ClaimFilter(actor="rus"), [1, 3]),
        (ClaimFilter(actor="Russia"), [1, 3]),
        (ClaimFilter(actor="russia"), [1, 3]),
        (ClaimFilter(actor="HTS"), [1, 2, 3]),
        (ClaimFilter(actor="hayat tahrir al-sham (hts)"), []),
        (ClaimFilter(actor="men"), []),
        (ClaimFilter(actor="wom"), [3]),
        (ClaimFilter(actor="%"), []),
        (ClaimFilter(actor=""), []),
        (ClaimFilter(place="idlib"), [1]),
        (ClaimFilter(place="Syria"), [1]),
        (ClaimFilter(place="YEM"), [4]),
        (ClaimFilter(place="415189"), [4]),
        (ClaimFilter(place="den"), []),
        (ClaimFilter(since=dt.date(2021, 9, 30)), [1, 2]),
        (ClaimFilter(since=dt.date(2021, 10, 1)), [2]),
        (ClaimFilter(until=dt.date(2021, 9, 1)), [4, 1]),
        (ClaimFilter(until=dt.date(2021, 8, 31)), [4]),
        (ClaimFilter(since=dt.date(2021, 9, 10), until=dt.date(2021, 9, 11)), [1]),
        (ClaimFilter(undated=True), [3, 5]),
        (ClaimFilter(report=made.report("Two.").id), [4, 5]),
        (ClaimFilter(report=made.report("Two.").id[:7].upper()), [4, 5]),
        (ClaimFilter(type="material conflict"), [4, 1, 3]),
        (ClaimFilter(type="verbal cooperation"), [2, 5]),
        (ClaimFilter(type="verbal conflict"), []),
    ],
    ids=lambda value: " ".join(map(str, msgspec.to_builtins(value).items())) if isinstance(value, ClaimFilter) else "",
)
def test_claims_are_found_by_day_and_then_by_text(
    lasting: Desk, claims: list[Claim], wanted: ClaimFilter, found: list[int]
) -> None:
    assert list(lasting.claims(wanted)) == [claims[number - 1] for number in found]
    assert lasting.count_claims(wanted) == len(found)
    assert [one for one in claims if fits(wanted, one)] == [claims[number - 1] for number in sorted(found)]


def test_a_piece_that_an_outlet_prints_of_another_is_the_others(desk: Desk) -> None:
    wires, papers = made.report("A.", outlet="Agence France-Presse"), made.report("B.", outlet="Kite")
    printed = made.report("C.", outlet="Kite", original_outlet="Example News")
    with desk.writer(V1) as writer:
        for report in (wires, papers, printed):
            writer.store(report, [made.claim(report, 1)])
    told = {
        words: [one.report for one in desk.claims(ClaimFilter(outlet=words))] for words in ("AFP", "kite", "News", "x")
    }
    assert told == {"AFP": [wires.id], "kite": [papers.id], "News": [printed.id], "x": []}


@pytest.mark.parametrize("prefix", ["ffff", ""])
def test_a_report_that_is_not_there_is_said_so(lasting: Desk, claims: list[Claim], prefix: str) -> None:
    with pytest.raises(DeskError, match="no report here"):
        list(lasting.claims(ClaimFilter(report=prefix)))
    with pytest.raises(DeskError, match="no report here"):
        list(lasting.incidents(IncidentFilter(report=prefix)))


def test_what_a_desk_is_asked_tells_what_it_takes() -> None:
    asked = {name: inspect.signature(value) for name, value in vars(Desk).items() if inspect.isfunction(value)}
    assert {"bulletins", "incidents", "published"} <= asked.keys()
    assert {next(iter(its.parameters)) for its in asked.values()} == {"self"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "NOPE"},
        {"type": "ASSAULT/nope"},
        {"mode": "nope"},
        {"type": "material conflict", "mode": "nope"},
        {"status": "nope"},
        {"since": "autumn"},
        {"since": "2021-09-02", "until": "2021-09-01"},
        {"since": "2021-09-02", "undated": True},
    ],
)
def test_a_filter_of_what_there_is_not_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongCallError):
        ClaimFilter(**wrong)


@pytest.mark.parametrize("number", [0, -1])
def test_no_incident_is_told_by_fewer_sources_than_one(number: int) -> None:
    with pytest.raises(WrongCallError, match="sources"):
        IncidentFilter(sources=number)


def test_who_misspells_a_class_is_told_all() -> None:
    with pytest.raises(WrongCallError, match="nor a class: verbal cooperation, "):
        ClaimFilter(type="material")
    with pytest.raises(WrongCallError) as refused:
        ClaimFilter(type="ASSAULT/nope")
    assert "suicide-attack" in str(refused.value) and "class" not in str(refused.value)


def test_a_mode_is_asked_for_alone_or_of_a_class() -> None:
    assert ClaimFilter(mode="Aerial") == ClaimFilter(type="/aerial") == ClaimFilter(mode="aerial")
    both = ClaimFilter(type="material conflict", mode="AERIAL")
    assert (both.type, both.mode) == ("material conflict", "aerial")


def test_ids_may_be_cut_short(lasting: Desk, claims: list[Claim]) -> None:
    report = made.report("One.")
    assert lasting.report(report.id) == lasting.report(report.id[:6].upper()) == report
    assert lasting.record(report.id[:6]).claims == tuple(claims[:3])
    assert lasting.claim(claims[1].id) == claims[1]


def test_an_id_that_several_begin_with_names_them(lasting: Desk, claims: list[Claim]) -> None:
    with pytest.raises(DeskError, match=rf"begins the ids of several claims: .*{claims[1].id}"):
        lasting.claim(claims[0].report)


@pytest.mark.parametrize("prefix", ["ffffffffffff", "", " ", "%", "_"])
def test_an_id_that_nothing_has_is_said_so(lasting: Desk, claims: list[Claim], prefix: str) -> None:
    with pytest.raises(DeskError, match=r"no report here has an id that begins with"):
        lasting.report(prefix)


def test_a_whole_id_goes_before_longer_ones(desk: Desk) -> None:
    short, long = made.report(id="abcd"), made.report("Other.", id="abcdef")
    with desk.writer(V1) as writer:
        writer.store(long, ())
        writer.store(short, ())
    assert desk.report("abcd") == short


def test_a_whole_id_is_found_without_reading_every_report(desk: Desk) -> None:
    report, asked = made.report(), list[str]()
    with desk.writer(V1) as writer:
        writer.store(report, ())
    sql.event.listen(desk._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert desk.report(report.id) == report
    assert not any("LIKE" in statement for statement in asked)
    assert desk.report(report.id[:6]) == report
    assert any("LIKE" in statement for statement in asked)


def test_every_beginning_of_an_id_is_enough_where_no_other_begins_so(desk: Desk) -> None:
    told = [made.report(f"Report {number}.") for number in range(9)]
    with desk.writer(V1) as writer:
        for one in told:
            writer.store(one, (made.claim(one, 1),))
    ids = [f"{made.claim(one, 1).id}" for one in told]
    for id_ in ids:
        cuts = (id_[:end] for end in range(1, len(id_)) if sum(one.startswith(id_[:end]) for one in ids) == 1)
        assert {desk.claim(cut).id for cut in cuts} == {id_}


def test_a_beginning_is_looked_up_in_the_index(tmp_path: Path) -> None:
    asked = list[tuple[str, Any]]()
    with Desk.open(tmp_path / "a.desk") as desk:
        with desk.writer(V1) as writer:
            writer.store(made.report(), ())
        sql.event.listen(desk._engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
        desk.report(made.report().id[:6])
        ((statement, values),) = [one for one in asked if "LIKE" in one[0]]
        with desk._reading() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert [row[-1].split(" USING")[0] for row in plan] == ["SEARCH reports"]


def test_many_claims_stream_with_their_parties(desk: Desk) -> None:
    report = made.report()
    claims = tuple(made.claim(report, number, actors=(entity(f"unit {number}"),)) for number in range(1203))
    with desk.writer(V1) as writer:
        writer.store(report, claims)
    stream = desk.claims()
    assert next(stream) == claims[0]
    assert desk.report(report.id) == report  # another query, while the first is not at its end
    assert tuple(stream) == claims[1:]


def test_an_empty_desk_answers_with_nothing(desk: Desk) -> None:
    assert list(desk.reports()) == list(desk.claims()) == desk.failures() == desk.runs() == []
    assert desk.count_by_report() == {}
    assert desk.coding("0123456789abcdef") is None


def test_a_character_that_no_text_holds_is_no_fault_of_the_database(desk: Desk) -> None:
    with contextlib.suppress(WrongCallError):  # PostgreSQL cannot even look for it
        assert list(desk.claims(ClaimFilter(actor="a\x00b"))) == []
    with pytest.raises(WrongCallError, match="a character or a number is none that a desk can hold"):
        desk.report("ab\udcff")


def test_a_number_that_no_column_holds_is_no_fault_of_the_database(desk: Desk) -> None:
    with pytest.raises(WrongCallError, match="a character or a number is none that a desk can hold"):
        desk.reports_after(10**30, 1)
