"""The desk benchmark runs and its world holds what it says; nothing is timed here, so that a busy machine fails no test."""

from __future__ import annotations

import itertools
from pathlib import Path

from benchmarks.desk import PER_REPORT, World, measure


def test_a_small_desk_is_measured(tmp_path: Path) -> None:
    figures = measure(str(tmp_path / "bench.desk"), 200, 2)
    assert (figures.claims, figures.reports) == (200, 200 // PER_REPORT)
    assert figures.incidents < figures.claims  # events are told more than once
    assert 0 < figures.median <= figures.longest


def test_the_same_world_twice() -> None:
    ours, theirs = (list(itertools.islice(World().records(), 50)) for _ in range(2))
    assert ours == theirs
    assert len({claim.id for record in ours for claim in record.claims}) == 50 * PER_REPORT
