"""The whole story: inputs of every kind go in, and what came of each is on the desk."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import trucewatch
from trucewatch import reports, run
from trucewatch.desk import ClaimFilter, Desk
from trucewatch.errors import DeskError, TrucewatchError, UnreadableError, WrongCallError
from trucewatch.nouns import Record
from trucewatch.outlooks import Asked
from trucewatch.run import Options, Outcome, keep

STORY = (
    "Rebels shelled the town of Saraqib on Tuesday and killed three soldiers, the army said. "
    "The army's warplanes bombed rebel positions near Idlib on Wednesday. "
    "The two sides signed a ceasefire in Moscow in March 2020."
)
OTHER = "Hundreds of people protested in Khartoum on Sunday against military rule. Police fired tear gas at them."


def _stories(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = f"Report number {number} from the front. {STORY if number % 2 else OTHER}"
        (folder / f"story-{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def _keep(inputs: list[Path], desk: Desk, **options: object) -> list[Outcome]:
    return list(keep(inputs, desk, Options(**options)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def record() -> Record:
    """What comes of the story at hand."""
    return trucewatch.read(STORY, date="2021-09-30", outlet="Example News")


def test_a_text_gives_claims_with_their_words(record: Record) -> None:
    assert record.report.text == STORY
    assert (record.report.published, record.report.outlet) == (dt.date(2021, 9, 30), "Example News")
    assert record.claims
    for claim in record.claims:
        assert claim.report == record.report.id
        assert claim.evidence
        assert all(STORY[span.start : span.end].strip() for span in (claim.trigger, *claim.mentions))


def test_what_is_imported_late_is_seen_before_it_is_asked_for() -> None:
    assert set(trucewatch.__all__) <= set(dir(trucewatch))
    assert trucewatch.keep is keep


def test_a_claim_is_kept_without_a_toll_beyond_all_people() -> None:
    read = trucewatch.read("On 3 May 2021 rebels killed 3,000,000,000 soldiers near Idlib.")
    claims = [claim for claim in read.claims if claim.type == "ASSAULT"]
    assert [claim.killed for claim in claims] == [None]
    assert "killed" not in {why.field for why in claims[0].evidence}


def test_a_text_a_path_and_a_date_may_be_written_in_several_ways(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    for source in (path, str(path)):
        other = trucewatch.read(source, date=dt.date(2021, 9, 30), outlet="Example News")
        assert other.report.id == record.report.id
        assert other.claims == record.claims


@pytest.mark.parametrize("source", ["missing.txt", "", "https://127.0.0.1/", Path("missing.txt")])
def test_what_cannot_be_read_is_one_clear_line(source: str | Path) -> None:
    with pytest.raises(TrucewatchError) as caught:
        trucewatch.read(source)
    assert "\n" not in str(caught.value)


def test_no_text_is_not_the_folder_that_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for source in ("", " \n"):
        with pytest.raises(UnreadableError, match=r"^empty: there is no text in it$"):
            trucewatch.read(source)
    with pytest.raises(TrucewatchError, match="'yesterday' is no date; write 2021-09-30"):
        trucewatch.read(STORY, date="yesterday")


@pytest.mark.parametrize(
    ("source", "given", "said"),
    [
        (STORY, {"date": 5}, "5 is no date; write 2021-09-30"),
        (STORY, {"date": SimpleNamespace(year=float("nan"), month=1, day=1)}, "is no date; write 2021-09-30"),
        (STORY, {"outlet": 3}, "3 is no outlet; write its name"),
        (STORY, {"outlet": " "}, "' ' is no outlet; write its name"),
        (None, {}, "a report is a text, a path or a URL, and no NoneType"),
        (STORY.encode(), {}, "a report is a text, a path or a URL, and no bytes"),
    ],
)
def test_a_call_that_is_none_is_one_clear_line(source: Any, given: dict[str, Any], said: str) -> None:
    with pytest.raises(WrongCallError) as caught:
        trucewatch.read(source, **given)
    assert str(caught.value).endswith(said)


def test_a_text_in_a_script_without_blanks_is_no_path() -> None:
    told = "土耳其军队星期二炮击了曼比季附近的阵地。"
    assert trucewatch.read(told, outlet="Border\nDesk").report.text == told
    with pytest.raises(UnreadableError, match="nothing in it reads like a sentence"):
        trucewatch.read("x" * 1000)


def test_a_file_of_several_reports_is_not_one_report(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text("".join(f'{{"text": "{text}"}}\n' for text in (STORY, OTHER)), encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"holds 2 reports"):
        trucewatch.read(path)


def test_reading_twice_changes_nothing(tmp_path: Path) -> None:
    stories = _stories(tmp_path / "in", 3)
    (stories / "empty.txt").write_text("")
    with Desk.open(tmp_path / "a.desk") as desk:
        first = _keep([stories], desk)
        facts = _facts(desk)
        second = _keep([stories, stories / "story-01.txt"], desk)
        assert _facts(desk) == facts
    assert [outcome.new for outcome in first] == [False, True, True, True]
    assert [outcome.new for outcome in second] == [False] * 5
    assert [outcome.record for outcome in second[:4]] == [outcome.record for outcome in first]
    assert len(facts[2]) == 1


def test_a_failed_input_is_kept_and_the_others_are_read(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(STORY, encoding="utf-8")
    bad = {"empty.txt": b"", "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(500), "words.txt": b"one two"}
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    inputs = [tmp_path / "missing.txt", *(tmp_path / name for name in bad), good, tmp_path / "missing.txt"]
    with Desk.open(tmp_path / "a.desk") as desk:
        outcomes = _keep(inputs, desk)
        failures = [failure for _, failure in desk.failures()]
        assert len(list(desk.reports())) == 1
    assert [outcome.failure is None for outcome in outcomes] == [False] * 4 + [True, False]
    assert [Path(failure.source).name for failure in failures] == ["missing.txt", *bad]
    assert {failure.stage for failure in failures} == {"read"}
    assert not any(str(tmp_path) in failure.reason for failure in failures)


def test_a_fault_of_ours_in_one_report_does_not_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = run.code

    def faulty(report: trucewatch.Report) -> tuple[trucewatch.Claim, ...]:
        if "number 1" in report.text:
            raise RecursionError("too deep\nfor words")
        return code(report)

    monkeypatch.setattr(run, "code", faulty)
    with Desk.open(tmp_path / "a.desk") as desk:
        _keep([_stories(tmp_path / "in", 3)], desk)
        ((_, failure),) = desk.failures()
        assert len(list(desk.reports())) == 2
    assert (failure.stage, failure.reason) == ("code", "RecursionError: too deep")


def test_a_fault_of_ours_while_inputs_are_listed_ends_that_input_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = reports.sources

    def faulty(paths: list[Path], how: reports.ReadOptions) -> Iterator[reports.Source]:
        if paths[0].name == "faulty":
            raise KeyError("no such thing")
        yield from sources(paths, how)

    monkeypatch.setattr(reports, "sources", faulty)
    with Desk.open(tmp_path / "a.desk") as desk:
        outcomes = _keep([tmp_path / "faulty", _stories(tmp_path / "in", 1)], desk)
    assert [outcome.new for outcome in outcomes] == [False, True]
    assert outcomes[0].failure is not None
    assert outcomes[0].failure.reason == "KeyError: 'no such thing'"


def test_one_path_alone_is_one_input(tmp_path: Path) -> None:
    folder = _stories(tmp_path / "in", 2)
    with Desk.open(tmp_path / "a.desk") as desk:  # as a row of letters it would be "/", too: all that the machine holds
        assert len(list(keep(str(folder), desk))) == len(list(keep(folder, desk))) == 2
    assert len(list(reports.sources(str(folder)))) == 2


class Unknown:
    """As pandas has it: whether it is anything is unknown, too."""

    def __eq__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")


def test_records_at_hand_are_read_by_their_columns(tmp_path: Path) -> None:
    day, empty = dt.datetime(2021, 9, 30), float("nan")
    rows: list[dict[str, Any]] = [
        {"id": "a5", "body": STORY, "Date": day, "outlet": "Example News", "headline": empty, "byline": Unknown()},
        {"words": OTHER, "date": empty},
        {"words": empty},
    ]
    with Desk.open(tmp_path / "a.desk") as desk:
        first, second, third = keep(rows, desk, Options(columns=(("words", "text"),)))
        (again,) = keep(rows[0], desk)
        assert len(list(desk.reports())) == 2
    assert first.record is not None and second.record is not None
    one, other = first.record.report, second.record.report
    assert (one.published, one.outlet, one.title, one.source) == (day.date(), "Example News", None, "records#a5")
    assert (other.text, other.published, other.source) == (OTHER, None, "records#2")
    assert third.failure is not None and third.failure.reason == "a record whose text is empty"
    assert (again.new, again.record) == (False, first.record)


def test_what_is_no_input_ends_the_call(tmp_path: Path, record: Record) -> None:
    with Desk.open(tmp_path / "a.desk") as desk:
        with pytest.raises(WrongCallError, match="an input is a path, a URL or a record of columns, and no Record"):
            list(keep([record], desk))  # type: ignore[list-item]
        with pytest.raises(WrongCallError, match="an input is a path, a URL or a record of columns, and no NoneType"):
            list(keep(None, desk))  # type: ignore[arg-type]
        with pytest.raises(WrongCallError, match="an input is empty"):
            list(keep("", desk))
        assert desk.failures() == []


def test_values_of_options_are_put_right_or_refused() -> None:
    moment = dt.datetime(2021, 9, 30, 4)
    assert Options(date="2021-09-30") == Options(date=moment) == Options(date=dt.date(2021, 9, 30))  # type: ignore[arg-type]
    wrongs: tuple[dict[str, Any], ...] = ({"jobs": "2"}, {"jobs": 0}, {"columns": {"Body": "text"}})
    for wrong in wrongs:
        with pytest.raises(WrongCallError, match=next(iter(wrong))):
            Options(**wrong)


def test_columns_are_given_as_on_the_command_line() -> None:
    assert Options(columns=(("Tag", "date"),)).columns == (("Tag", "published"),)
    with pytest.raises(WrongCallError, match=r"columns: \('Tag', 'day'\) will not do; the field is one of id, text, "):
        Options(columns=(("Tag", "day"),))


def test_a_refused_value_is_told_how_it_is_written() -> None:
    with pytest.raises(WrongCallError, match="date: 'Tuesday' will not do; write 2021-09-30"):
        Options(date="Tuesday")  # type: ignore[arg-type]
    with pytest.raises(WrongCallError, match="it is one of happened, ongoing, expected, possible, denied"):
        ClaimFilter(status="done")  # type: ignore[arg-type]
    with pytest.raises(WrongCallError, match="period: 'year' will not do; it is one of day, week, month"):
        Asked(area="SYR", indicator="deaths", period="year")  # type: ignore[arg-type]


def test_a_desk_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    with Desk.open(tmp_path / "a.desk") as desk:
        for file in tmp_path.glob("a.desk*"):
            file.write_bytes(b"overwritten by something else" * 500)
        with pytest.raises(DeskError):
            _keep([story], desk)


def test_two_processes_that_many_inputs_get_give_the_same_as_none(tmp_path: Path) -> None:
    stories = _stories(tmp_path / "in", run.MANY)
    with Desk.open(tmp_path / "one.desk") as one, Desk.open(tmp_path / "two.desk") as two:
        alone, together = _keep([stories], one), _keep([stories], two, jobs=None)
        assert [outcome.record for outcome in together] == [outcome.record for outcome in alone]
        assert list(one.reports()) == list(two.reports())
        assert list(one.claims()) == list(two.claims())


def test_stopping_early_keeps_what_was_given(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "a.desk") as desk:
        with contextlib.closing(keep([_stories(tmp_path / "in", 5)], desk, Options())) as outcomes:
            taken = [next(outcomes).record, next(outcomes).record]
        assert [desk.record(report.id) for report in desk.reports()] == taken
        (stopped,) = desk.runs()
        assert stopped.stopped
        assert len(_keep([tmp_path / "in"], desk)) == 5
        assert len(list(desk.reports())) == 5


def test_again_by_the_same_version_adds_nothing(tmp_path: Path) -> None:
    stories = _stories(tmp_path / "in", 2)
    with Desk.open(tmp_path / "a.desk") as desk:
        _keep([stories], desk)
        outcomes = _keep([stories], desk, again=True)
        assert [outcome.new for outcome in outcomes] == [False, False]
        assert len(desk.runs()) == 1


def test_given_date_and_outlet_hold_for_all(tmp_path: Path) -> None:
    stories = _stories(tmp_path / "in", 2)
    with Desk.open(tmp_path / "a.desk") as desk:
        _keep([stories], desk, date=dt.date(2021, 9, 30), outlet="Example News")
        told = {(report.published, report.outlet) for report in desk.reports()}
    assert told == {(dt.date(2021, 9, 30), "Example News")}


def test_ctrl_c_ends_workers_and_keeps_what_was_read(tmp_path: Path) -> None:
    stories, desk = _stories(tmp_path / "in", 40), tmp_path / "a.desk"
    command = [sys.executable, "-m", "trucewatch", "read", str(stories), "--desk", str(desk), "--jobs", "2"]
    process = subprocess.Popen(
        [*command, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(2)]
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    rest, error = process.communicate(timeout=60)
    assert time.monotonic() - began < 30
    said += rest.splitlines()
    assert process.returncode == 130
    assert error.startswith(f"stopped: {len(said)} new report")
    assert "Traceback" not in error
    with Desk.open(desk, create=False) as opened:
        assert len(list(opened.reports())) in (len(said), len(said) + 1)


def _facts(desk: Desk) -> tuple[object, ...]:
    return list(desk.reports()), list(desk.claims()), desk.failures(), desk.runs()
