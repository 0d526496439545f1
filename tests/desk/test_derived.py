"""What is derived goes into both databases alike, and into a server's without an errand for every row."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sql

from tests.desk import made
from tests.desk.made import V1
from trucewatch.desk import Desk
from trucewatch.desk.schema import print_keys


def test_a_thousand_keys_are_one_errand(desk: Desk) -> None:
    text = made.report("Shells fell on Saraqib.", title=None)
    with desk.writer(V1) as writer:
        writer.store(text, ())
    executed: list[int] = []

    def count(*given: Any) -> None:
        _, _, _, parameters, _, many = given
        executed.append(len(parameters) if many else 1)

    sql.event.listen(desk._engine, "before_cursor_execute", count)
    keys = {f"key {number}" for number in range(1000)}
    with desk.deriving() as derived:
        derived.put_prints([(text.id, b"\x00a print\xff", keys)])
        if derived._connection.dialect.name == "postgresql":
            assert sum(executed) < 10
        assert list(derived.prints({text.id})) == [b"\x00a print\xff"]
        assert set(derived._connection.execute(sql.select(print_keys.c.key)).scalars()) == keys
