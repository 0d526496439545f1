"""What a desk gives away is kept, ended and never changed, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sql

from trucewatch.desk import Desk, Share, ShareKind, Try, TryOutcome
from trucewatch.desk.opening import connect
from trucewatch.errors import DeskError

NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def test_a_share_is_found_by_its_key_until_it_ends(desk: Desk) -> None:
    made = Share(number=0, kind=ShareKind.FEED, by="Lea", at=NOON, content={"path": "/feeds/reports.atom"})
    number = desk.shares.make(made, "a" * 64)
    found = desk.shares.keyed("a" * 64, ShareKind.FEED)
    assert found is not None and (found.number, found.content) == (number, made.content)
    assert desk.shares.keyed("a" * 64, ShareKind.EMBED) is None
    desk.shares.end(number, NOON + MINUTE, "Lea")
    desk.shares.end(number, NOON + 2 * MINUTE, "Cem")
    assert desk.shares.keyed("a" * 64, ShareKind.FEED) is None
    assert [(one.ended, one.ended_by) for one in desk.shares.every()] == [(NOON + MINUTE, "Lea")]
    with pytest.raises(DeskError, match="given away"):
        desk.shares.share(number + 1)


def test_one_sender_at_a_time_has_a_batch_and_no_row_is_changed(place: str) -> None:
    with Desk.open(place) as desk:
        number = desk.shares.make(Share(number=0, kind=ShareKind.HOOK, by="Lea", at=NOON, content={}), "b" * 64)
        begun = Try(share=number, at=NOON, outcome=TryOutcome.BEGUN, coding=3, judgement=0, incidents=1)
        assert desk.shares.done(number) is None
        assert desk.shares.begin(begun, NOON - MINUTE)
        assert not desk.shares.begin(begun, NOON - MINUTE)
        assert desk.shares.begin(begun, NOON + MINUTE), "the other one is long gone"
        done = Try(share=number, at=NOON, outcome=TryOutcome.DELIVERED, coding=3, judgement=0, said="204")
        desk.shares.note(done)
        assert desk.shares.done(number) == done == desk.shares.tries(number)[0]
        desk.shares.end(number, NOON, None, "it failed 12 times on end")
    engine = connect(place, create=False)
    for table, column in (("shares", "by"), ("share_ends", "why"), ("hook_tries", "said")):
        for deed in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sql.exc.DBAPIError, match="never changed"), engine.begin() as connection:
                connection.exec_driver_sql(deed.replace(" by ", ' "by" '))
    engine.dispose()
