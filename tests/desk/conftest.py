"""A desk of one's own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from trucewatch.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk in a real file."""
    with Desk.open(tmp_path / "test.desk") as opened:
        yield opened
