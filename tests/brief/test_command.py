"""The command ``brief``: its forms, its files, and what it refuses."""

from __future__ import annotations

import datetime as dt
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.brief.made import TRUCE, call, desk, needs_typst, told, written
from trucewatch import brief
from trucewatch.brief import standing
from trucewatch.cli import main
from trucewatch.cli.briefing import write
from trucewatch.desk import Desk
from trucewatch.errors import MissingExtraError
from trucewatch.ledger import keep_bulletins
from trucewatch.truces.days import Days
from trucewatch.truces.monitors import Counted, MonitorSeries, monitored


def test_the_command_writes_each_form(mixed: Path, tmp_path: Path) -> None:
    usual = ("syria-idlib", "--week", "2021-W39", "--desk", str(mixed))
    assert call(*usual).stdout.startswith("# Additional Protocol on the Idlib de-escalation area\n")
    assert call(*usual, "--format", "html").stdout.startswith("<!doctype html>")
    assert call(*usual, "--format", "html", "-o", "-").stdout == call(*usual, "--format", "html").stdout
    assert call(*usual, "--out", str(tmp_path / "week.html")).exit_code == 0
    assert (tmp_path / "week.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert call(*usual, "-o", str(tmp_path / "week.md")).exit_code == 0
    text = (tmp_path / "week.md").read_text(encoding="utf-8")
    for name in re.findall(r"!\[\w+\]\(<(.+?)>\)", text):
        ET.parse(tmp_path / name)
    assert "![Map](<week-map.svg>)" in text and "![Series](<week-series.svg>)" in text


def test_monitors_stand_beside_each_other_and_the_silent_say_so(mixed: Path, tmp_path: Path) -> None:
    path = tmp_path / "monitors.desk"
    path.write_bytes(mixed.read_bytes())
    assert written(path).monitors == ()

    def series(name: str, observer: str, blames: str, counts: dict[dt.date, int]) -> MonitorSeries:
        told = tuple(Counted(days=Days(first=day, last=day), count=count) for day, count in counts.items())
        fields = {"unit": "shelling", "area": "Idlib", "blames": (blames,), "every": "day"}
        return MonitorSeries(id=name, observer=observer, bulletins=told, **fields)  # type: ignore[arg-type]

    days = [dt.date(2021, 9, number) for number in (1, 21, 30)]
    with Desk.open(path) as opened:
        keep_bulletins(
            opened, [series("idlib-centre-ru", "Centre", "opposition", dict(zip(days, (20, 17, 28), strict=True)))]
        )
        keep_bulletins(
            opened, [series("idlib-centre-sy", "Syrian side", "opposition", dict(zip(days, (20, 12, 15), strict=True)))]
        )
        keep_bulletins(opened, [series("idlib-tr", "Turkish part", "damascus", {dt.date(2020, 12, 29): 4})])
    lines = [line.text for line in written(path).monitors]
    assert lines == [
        "Centre (shelling, Idlib; can blame opposition): 28 in 1 bulletin of the week, 45 in 2 bulletins of the last 14 days.",
        "Syrian side (shelling, Idlib; can blame opposition): 15 in 1 bulletin of the week, 27 in 2 bulletins of the last 14 days.",
        "Centre beside Syrian side: 65 and 47 in the 3 periods since 6 Mar 2020 that both tell of, 6.0 apart in the mean, "
        "correlation 0.12.",
        "Turkish part: nothing since 29 Dec 2020.",
    ]
    assert "Monitors, each by its own rule" in brief.markdown(written(path))


def test_a_monitor_is_silent_since_the_last_day_of_any_of_its_series() -> None:
    ends = {"violations": dt.date(2021, 2, 20), "explosions": dt.date(2021, 1, 10)}
    every = [
        MonitorSeries(
            id=name,
            observer="Mission",
            unit=name,
            area="Donetsk",
            blames=(),
            every="day",
            bulletins=(Counted(days=Days(first=day, last=day), count=3),),
        )
        for name, day in ends.items()
    ]
    told = monitored("made", every, Days(first=dt.date(2020, 7, 27), last=dt.date(2021, 4, 4)))
    lines = [line.text for line in standing.monitors(told, brief.week("2021-W13"))]
    assert lines == ["Mission: nothing since 20 Feb 2021."]


@needs_typst
def test_a_brief_is_written_over_and_nothing_else_is(mixed: Path, tmp_path: Path) -> None:
    usual = ("syria-idlib", "--week", "2021-W39", "--desk", str(mixed))
    for ending in ("html", "md", "pdf"):
        out = tmp_path / f"week.{ending}"
        assert call(*usual, "--out", str(out)).exit_code == 0
        before = out.read_bytes()
        assert call(*usual, "--out", str(out)).exit_code == 0
        assert brief.is_brief(out.read_bytes()) and len(out.read_bytes()) == len(before)
        out.write_bytes(b"my own notes")
        refused = call(*usual, "--out", str(out))
        assert (refused.exit_code, out.read_bytes()) == (1, b"my own notes")
        assert "is no brief; it was left as it is" in refused.output
    (tmp_path / "other-map.svg").write_bytes(b"<svg/>")
    assert call(*usual, "--out", str(tmp_path / "other.md")).exit_code == 1
    assert not (tmp_path / "other.md").exists() and not (tmp_path / "other-series.svg").exists()


def test_a_form_and_a_file_of_another_do_not_go_together(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "week.html"
    asked = call("syria-idlib", "--week", "2021-W39", "--desk", str(mixed), "--format", "markdown", "--out", str(out))
    assert asked.exit_code == 2 and not out.exists()


@needs_typst
def test_from_a_report_to_its_brief(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "samples" / "idlib-2021-10-21.txt"
    where, out = str(tmp_path / "sample.desk"), tmp_path / "week.pdf"
    assert CliRunner().invoke(main, ["read", str(sample), "--desk", where]).exit_code == 0
    assert call(TRUCE, "--week", "2021-W42", "--desk", where, "--out", str(out)).exit_code == 0
    page = written(Path(where), "2021-W42")
    assert [one.status for one in page.observed] == ["insufficient observation"] * 2
    assert page.happened and page.marks and any(one.counts for one in page.happened)
    assert {one.outlet for one in page.cited} == {"Orontes Courier"}


@needs_typst
def test_the_command_writes_pdf(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "week.pdf"
    assert call(TRUCE, "--week", "2021-W39", "--desk", str(mixed), "--out", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_pdf_without_typst_is_one_clear_line(mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    result = call(TRUCE, "--week", "2021-W39", "--desk", str(mixed), "--out", str(tmp_path / "week.pdf"))
    assert result.exit_code == 1
    assert result.stderr == "Error: a brief as PDF needs typst: pip install 'trucewatch[brief]'\n"
    with pytest.raises(MissingExtraError):
        brief.pdf(written(mixed))


@pytest.mark.parametrize(
    ("week", "status", "words"),
    [("2021-39", 2, "is no week"), ("2021-W54", 2, "is no week"), ("2019-W10", 1, "was not in force by 2019-03-10")],
)
def test_what_cannot_be_written_is_one_clear_line(mixed: Path, week: str, status: int, words: str) -> None:
    result = call(TRUCE, "--week", week, "--desk", str(mixed))
    assert result.exit_code == status
    assert words in result.stderr and result.stderr.count("\n") == 1


def test_a_file_of_another_kind_is_not_written_over(tmp_path: Path) -> None:
    path = desk(tmp_path / "my.desk", told("Shells fell on Ariha."))
    before = path.read_bytes()
    result = CliRunner().invoke(main, ["brief", TRUCE, "--week", "2021-W39", "--desk", str(path), "--out", str(path)])
    assert result.exit_code == 2
    assert path.read_bytes() == before


def test_a_full_disk_leaves_the_earlier_brief_whole(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    out, limit = tmp_path / "week.svg", resource.getrlimit(resource.RLIMIT_FSIZE)
    write([(out, brief_like := b"<svg><!-- Trucewatch brief --></svg>")])
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))
    try:
        with pytest.raises(click.ClickException, match=r"week-map.svg cannot be written: \w"):
            write([(out, b"short"), (tmp_path / "week-map.svg", b"long" * 100)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert out.read_bytes() == brief_like
    assert list(tmp_path.iterdir()) == [out]
