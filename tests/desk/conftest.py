"""A desk of one's own for each test, or for the tests of a module that only look at it, on each of the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from trucewatch.desk import Desk

DATABASES = ["sqlite", "postgresql"]


@contextmanager
def fresh(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where an empty desk is: a real file, or a database of a real server."""
    if request.param == "sqlite":
        yield str(folder / "test.desk")
        return
    with request.getfixturevalue("postgres").fresh() as url:
        yield url


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty desk is."""
    with fresh(request, tmp_path) as where:
        yield where


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    """An empty desk."""
    with Desk.open(place) as opened:
        yield opened


@pytest.fixture(scope="module", params=DATABASES)
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that the tests of a module share; what one puts on it, the others find."""
    with fresh(request, tmp_path_factory.mktemp("lasting")) as where, Desk.open(where) as opened:
        yield opened
