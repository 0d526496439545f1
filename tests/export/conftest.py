"""What the tests of exports share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export import made


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of ``made``, which no test changes."""
    return made.desk(tmp_path_factory.mktemp("exports") / "test.desk")
