"""The accuracy gate: the scorer's print is read, figures meet their floors; whole runs where the gold is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from benchmarks import gate

needs_gold = pytest.mark.skipif(
    not (gate.GOLD / "dev.json").exists(), reason="no gold reports (shared/gold beside the repository)"
)

PRINTED = """\
mistyped a s0 'talks': AGREE for CONSULT
reports 2  gold claims 10  predicted 9
event found (any type)   P 0.889  R 0.800  F1 0.842
event + type             P 0.778  R 0.700  F1 0.737
who                      P 0.900  R 0.818  F1 0.857   (of typed claims)
place                    5/7 = 0.714
killed                   1/1 = 1.000
whole record             P 0.444  R 0.400  F1 0.421   (type, who, place and status all right)
  ASSAULT    gold   6 pred   5  P 0.80 R 0.67 F1 0.73
"""


def test_figures_are_read_from_the_scorers_print() -> None:
    assert gate.figures(PRINTED) == {
        "event found (any type)": 0.842,
        "event + type": 0.737,
        "who": 0.857,
        "place": 0.714,
        "killed": 1.0,
        "whole record": 0.421,
    }


def test_a_figure_below_its_floor_and_one_that_is_missing_both_fall_short() -> None:
    assert gate.shortfalls({"who": 0.7, "place": 0.5}, {"who": 0.7, "place": 0.51, "status": 0.1}) == [
        "place",
        "status",
    ]


def test_raising_lifts_floors_and_never_lowers_one() -> None:
    old = gate.Floors(cases="old", floors={"who": 0.8, "place": 0.6, "gone": 0.3})
    lifted = gate.raised(old, {"who": 0.7, "place": 0.9}, "new")
    assert lifted == gate.Floors(cases="new", floors={"who": 0.8, "place": 0.885, "gone": 0.3})


def test_without_the_gold_reports_the_gate_says_so_and_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "GOLD", tmp_path)
    assert gate.main([]) == 0
    assert capsys.readouterr().out.startswith("gate skipped")


def _gold_as_predictions(file: Path, keep_every: int) -> None:
    """The gold claims themselves, or every second one of them, as predictions."""
    lines = []
    for report in json.loads((gate.GOLD / "dev.json").read_bytes()):
        spans, at = [], 0
        for sentence in report["sentences"]:
            spans.append({"start": at, "end": at + len(sentence)})
            at += len(sentence) + 1
        for claim in report["claims"][::keep_every]:
            mentions = [spans[i] for i in claim["mentions"]]
            lines.append(json.dumps(claim | {"report": report["id"], "mentions": mentions}) + "\n")
    file.write_text("".join(lines))


@needs_gold
def test_the_gold_itself_passes_and_a_thin_part_of_it_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _gold_as_predictions(tmp_path / "all.jsonl", 1)
    _gold_as_predictions(tmp_path / "few.jsonl", 9)
    assert gate.main(["--predictions", str(tmp_path / "all.jsonl")]) == 0
    assert "gate holds" in capsys.readouterr().out
    assert gate.main(["--predictions", str(tmp_path / "few.jsonl")]) == 1
    failed = capsys.readouterr().out.splitlines()[-1]
    assert failed.startswith("gate failed: below the floor in")
    assert "event + type" in failed


@needs_gold
def test_other_cases_than_those_of_the_floors_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = msgspec.json.decode(gate.FLOORS.read_bytes(), type=gate.Floors)
    assert floors.cases == hashlib.sha256((gate.GOLD / "dev.json").read_bytes()).hexdigest()
    other = tmp_path / "floors.json"
    other.write_bytes(msgspec.json.encode(gate.Floors(cases="0" * 64, floors={})))
    monkeypatch.setattr(gate, "FLOORS", other)
    _gold_as_predictions(tmp_path / "all.jsonl", 1)
    assert gate.main(["--predictions", str(tmp_path / "all.jsonl")]) == 1
    assert "the cases are not those" in capsys.readouterr().out


@needs_gold
def test_our_coder_holds_the_floors(capsys: pytest.CaptureFixture[str]) -> None:
    status = gate.main([])
    assert status == 0, capsys.readouterr().out
