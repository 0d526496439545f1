"""The benchmark of imports runs; nothing is timed here, so that a busy machine fails no test."""

from __future__ import annotations

from pathlib import Path

from benchmarks.imports import measure
from trucewatch.desk import Desk
from trucewatch.outlook.series import Asked
from trucewatch.outlooks.desk_series import series


def test_a_small_desk_is_measured(tmp_path: Path) -> None:
    where = str(tmp_path / "bench.desk")
    assert measure(where, 200, tmp_path).rows == 200
    with Desk.open(where) as desk:
        totals = [
            series(desk, Asked(area="SYR", indicator="violence", observer=observer)).counts.sum()
            for observer in ("desk", "ged", "acled")
        ]
    assert all(100 < total <= 200 for total in totals)
