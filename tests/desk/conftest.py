"""A desk of the tests of desks is on each of the two databases."""

from __future__ import annotations

import pytest

from trucewatch.desk import Desk


@pytest.fixture
def desk(either: Desk) -> Desk:
    """An empty desk on each of the two databases."""
    return either
