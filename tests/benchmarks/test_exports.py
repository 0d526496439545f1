"""The exports benchmark runs on a small desk; nothing is timed here."""

from __future__ import annotations

from pathlib import Path

from benchmarks.desk import PER_REPORT, World, fill
from benchmarks.exports import measure
from trucewatch import derive
from trucewatch.desk import Desk
from trucewatch.export import FORMS


def test_every_form_and_a_bundle_are_measured(tmp_path: Path) -> None:
    where = str(tmp_path / "bench.desk")
    fill(where, World().records(), 100 // PER_REPORT)
    with Desk.open(where) as desk:
        derive.rebuild(desk)
    found = {one.form: one for one in measure(where)}
    assert [*FORMS] == list(found)[1:-1]
    assert all(one.incidents == found["(listed)"].incidents > 0 for one in found.values())
    assert all(one.size > 0 for name, one in found.items() if name != "(listed)")
