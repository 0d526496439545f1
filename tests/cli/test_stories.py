"""The command ``stories``: chains of republication on a real desk."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
from pathlib import Path

import pytest

from tests import calling
from tests.asking import asked
from tests.desk.made import V1, report
from trucewatch.desk import Desk
from trucewatch.nouns import Report

WIRE = " ".join(f"Sentence {number} of the wire tells of the bridge at kilometre {number}." for number in range(20))


@pytest.fixture
def shelf(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a desk that holds a copy, its original, and another report."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUCEWATCH_DESK", raising=False)
    with Desk.open(shutil.copy(empty, "trucewatch.desk")) as desk, desk.writer(V1) as writer:
        for one in (copy(), original(), other()):
            writer.store(one, ())
    return tmp_path


def copy() -> Report:
    return report(
        WIRE[:700],
        outlet="Daily",
        original_outlet="Wire",
        published=dt.date(2021, 10, 2),
        title="Bridges \x1b[31mof old",
    )


def original() -> Report:
    return report(WIRE, outlet="Wire", published=dt.date(2021, 10, 1))


def other() -> Report:
    return report("Nobody tells of the bridges here.", outlet="Evening")


def call(*arguments: str) -> tuple[int, str]:
    result = calling.call("stories", *arguments, columns=120)
    return result.exit_code, result.output


def test_a_chain_is_printed_from_the_first_publication_on(shelf: Path) -> None:
    status, printed = call()
    lines = printed.splitlines()
    assert status == 0
    assert lines[0].strip() == "first published by Wire"
    assert lines[2].split() == ["1", "Oct", "2021", "Wire", original().id]
    assert lines[3].split()[:6] == ["2", "Oct", "2021", "Daily", "Wire", copy().id]
    assert "\x1b" not in printed
    assert other().id not in printed


def test_all_chains_are_asked_for_together(shelf: Path) -> None:
    with Desk.open(shelf / "trucewatch.desk") as desk, desk.writer(V1) as writer:
        for number in range(30):
            letters = random.Random(number).choices("abcdefgh", k=700)
            text = " ".join("".join(letters[at : at + 7]) for at in range(0, 700, 7))
            for outlet in ("Wire", "Daily"):
                writer.store(report(f"{text} {outlet}", outlet=outlet), ())
    with asked() as times:
        assert call()[1].count("first published by") == 31
    assert max(times.values()) < 10, times.most_common(3)


def test_the_story_of_one_report_is_printed_even_where_nobody_copied_it(shelf: Path) -> None:
    assert call(other().id[:8])[1].splitlines()[2].split() == ["?", "Evening", other().id]
    assert json.loads(call(copy().id, "--format", "json")[1])["reports"] == [original().id, copy().id]


def test_a_story_of_no_outlet_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one = report("Nobody tells of the bridges here.")
    with Desk.open("trucewatch.desk") as desk, desk.writer(V1) as writer:
        writer.store(one, ())
    assert call(one.id)[1].splitlines()[0].strip() == "first published by an outlet that is not known"


def test_a_desk_without_copies_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Desk.open("trucewatch.desk") as desk, desk.writer(V1) as writer:
        writer.store(other(), ())
    assert call("--desk", "trucewatch.desk") == (0, "no report on trucewatch.desk is a copy of another\n")
