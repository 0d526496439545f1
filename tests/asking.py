"""What databases are asked while something is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sql


@contextmanager
def asked() -> Iterator[Counter[str]]:
    """How often each statement is asked meanwhile, by any desk of this process."""
    found: Counter[str] = Counter()

    def keep(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement != "BEGIN":  # a transaction is no question
            found[statement] += 1

    sql.event.listen(sql.Engine, "before_cursor_execute", keep)
    try:
        yield found
    finally:
        sql.event.remove(sql.Engine, "before_cursor_execute", keep)
