"""``trucewatch ingest``: one call with every kind of input, the hostile ones among them."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from tests.calling import call
from tests.reports.made import PAGE, STORY, lines, pdf, warc
from trucewatch.cli.terminal import progress
from trucewatch.desk import Desk


def _ingest(*arguments: object) -> tuple[int, str, str]:
    done = call("ingest", *arguments)
    return done.exit_code, done.stdout, done.stderr


def _told(number: int) -> str:
    return f"Report number {number}. {STORY}"


def _archive(folder: Path) -> Path:
    """A folder of ten good reports and thirteen inputs that give none."""
    folder.mkdir()
    (folder / "a.txt").write_text(_told(1))
    (folder / "b.html").write_text(PAGE)
    (folder / "c.jsonl").write_text(
        json.dumps({"text": _told(3)}) + "\n{broken\n" + json.dumps({"text": _told(4)}) + "\n"
    )
    (folder / "d.csv").write_text(f'id,text\n1,"{_told(5)}"\n2,\n')
    (folder / "e.warc.gz").write_bytes(
        gzip.compress(warc(("https://a.example/", "text/plain", _told(6).encode())))[:-8]
    )
    (folder / "f.pdf").write_bytes(pdf([lines(_told(7))]))
    (folder / "g.pdf").write_bytes(b"%PDF-1.7 junk")
    (folder / "h.eml").write_bytes(b"Subject: Taiz\n\n" + _told(8).encode())
    (folder / "i.mbox").write_bytes(b"no box")
    (folder / "j.json").write_text(json.dumps({"name": "Wire", "id": 1, "messages": [{"id": 1, "text": _told(9)}]}))
    (folder / "k.txt.gz").write_bytes(gzip.compress(_told(10).encode()))
    (folder / "l.txt.gz").write_bytes(b"no gzip")
    with zipfile.ZipFile(folder / "m.zip", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("in.txt", _told(11))
        out.writestr("bomb.jsonl", b" " * 51_000_000)
    (folder / "n.html").write_text("<!DOCTYPE html><p>" + "<div " + "a=1 " * 9000 + ">" + "</p>")
    (folder / "o.txt").write_bytes(b"")
    (folder / "p.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "q.parquet").write_bytes(b"PAR1PAR1")
    (folder / "r.xml").write_text("<rss><channel><item><title>x</title></item></channel></rss>")
    (folder / "s.zip").write_bytes(b"PK\x03\x04")
    return folder


def test_every_kind_of_input_in_one_call(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    archive, desk = _archive(tmp_path / "archive"), tmp_path / "a.desk"
    inputs = [archive, tmp_path / "gone", "http://127.0.0.1/", "--desk", desk, "--jobs", 1]
    status, out, err = _ingest(*inputs)
    assert status == 1
    with Desk.open(desk, create=False) as opened:
        texts = {report.text for report in opened.reports()}
        failures = {failure.source.rpartition("/")[2]: failure.reason for _, failure in opened.failures()}
    good = {_told(number) for number in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11)} | {STORY}
    assert texts == good
    assert set(failures) == {
        "c.jsonl#2", "d.csv#2", "e.warc.gz", "g.pdf", "i.mbox", "l.txt.gz", "m.zip#bomb.jsonl", "n.html", "o.txt", "p.txt",
        "q.parquet", "r.xml", "s.zip", "gone", "",
    }  # fmt: skip
    assert out.startswith(f"{len(good)} new reports, 0 known; ")
    assert f"; {len(failures)} inputs failed; " in out and out.count("failed") == 1
    assert out.endswith(f"desk {desk}\n")
    assert err.count("failed: ") == len(failures)
    again, out, _ = _ingest(archive / "a.txt", archive / "d.csv", archive / "m.zip", "--desk", desk)
    assert again == 1
    assert out.startswith("0 new reports, 3 known; ")


def test_columns_of_the_call(tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text(f'Was,Wann\n"{STORY}",2022-04-05\n')
    status, _, err = _ingest(table, "--desk", tmp_path / "a.desk")
    assert (status, "no column that holds a text" in err) == (1, True)
    status, out, _ = _ingest(table, "--map", "Was=text", "--map", "Wann=date", "--desk", tmp_path / "a.desk")
    assert (status, out.startswith("1 new report,")) == (0, True)
    with Desk.open(tmp_path / "a.desk", create=False) as desk:
        (report,) = desk.reports()
    assert str(report.published) == "2022-04-05"
    for wrong in ("Was", "Was=colour", "=text"):
        status, _, err = _ingest(table, "--map", wrong)
        assert (status, "write COLUMN=FIELD" in " ".join(err.split())) == (2, True)


def test_a_line_now_and_then_where_there_is_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(_told(number))
    _, _, err = _ingest(tmp_path / "in", "--desk", tmp_path / "a.desk", "--date", "2021-09-30")
    assert [line.split(" so far")[0] for line in err.splitlines()] == ["1 report", "2 reports", "3 reports"]
    assert all(line.endswith(" reports a second, 0 failed") for line in err.splitlines())
