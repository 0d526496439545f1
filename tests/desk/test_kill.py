"""A process killed while it writes: what it had said was stored is there and whole, and nothing else is."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.desk import made
from trucewatch.desk import Desk

ROOT = Path(__file__).parent.parent.parent
CLAIMS = 40
WRITING = f"""
import sys
from tests.desk import made
from trucewatch.desk import Desk
with Desk.open(sys.argv[1]) as desk, desk.writer(made.V1) as writer:
    for number in range(100_000):
        report = made.report(f"Report {{number}}.")
        army = (made.entity("army"),)
        writer.store(report, [made.claim(report, at, actors=army) for at in range({CLAIMS})])
        print(report.id, flush=True)
"""


def test_a_kill_loses_nothing_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "killed.desk"
    command = [sys.executable, "-c", WRITING, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _ in range(5)]
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.read().split()
    assert writer.returncode == -signal.SIGKILL

    with Desk.open(path, create=False) as desk:
        stored = [report.id for report in desk.reports()]
        assert said == stored[: len(said)]
        assert len(stored) <= len(said) + 1  # one may have been stored before it could be said
        for record in map(desk.record, stored):
            assert len(record.claims) == CLAIMS
            assert all(claim.actors == (made.entity("army"),) for claim in record.claims)
        assert [run.finished for run in desk.runs()] == [None]
        with desk.writer(made.V1) as again:
            assert not again.store(made.report("Report 0."), ())
