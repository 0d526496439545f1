"""The kill test in its short form, on both databases: a few kills, the whole comparison. TRUCEWATCH_KILLS sets how many."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.kills import Killing, kill_test, write
from tests.desk import made
from trucewatch import derive
from trucewatch.desk import Desk

KILLS = int(os.environ.get("TRUCEWATCH_KILLS", "2"))


@pytest.mark.parametrize(("database", "kills"), [("sqlite", KILLS), ("postgresql", -(-KILLS // 2))])
def test_a_desk_killed_again_and_again_ends_as_one_that_never_was(
    database: str, kills: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file = tmp_path / "reports.jsonl"
    write(file, 5 * kills)
    if database == "sqlite":
        found = kill_test(file, str(tmp_path / "killed.desk"), kills)
    else:
        with request.getfixturevalue("postgres").fresh() as url:
            found = kill_test(file, url, kills)
    assert found.faults == []
    assert found.kills == kills
    assert found.claims > 0


def test_the_kill_test_sees_what_is_lost_and_what_is_broken(tmp_path: Path) -> None:
    whole, partly = made.report("One. Two."), made.report("Three.")
    file = tmp_path / "reports.jsonl"
    file.write_text("")
    with Desk.open(tmp_path / "a.desk") as desk, Desk.open(tmp_path / "b.desk") as undisturbed:
        for one, reports in ((desk, [whole]), (undisturbed, [whole, partly])):
            with one.writer(made.V1) as writer:
                for report in reports:
                    writer.store(report, (made.claim(report),))
            derive.catch_up(one)
        killing = Killing(file, [whole.id, partly.id], desk.where, 1)
        killing.said.update((whole.id, partly.id))
        killing.check(1, {whole.id: 2, partly.id: 1})
        killing.compare(desk, undisturbed)
    assert [fault.partition(": ")[2].split(" ")[1] for fault in killing.faults[:2]] == ["reports", "reports"]
    assert any("were lost" in fault for fault in killing.faults)
    assert any("without all their claims" in fault for fault in killing.faults)
    assert any("other reports than" in fault for fault in killing.faults)
