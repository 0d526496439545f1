"""A desk of one's own for each test, on each of the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from trucewatch.desk import Desk


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty desk is: a real file, or a database of a real server."""
    if request.param == "sqlite":
        yield str(tmp_path / "test.desk")
        return
    with request.getfixturevalue("postgres").fresh() as url:
        yield url


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    """An empty desk."""
    with Desk.open(place) as opened:
        yield opened
