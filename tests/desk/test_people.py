"""Accounts, sessions, visits and the log, on both databases."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sql

from trucewatch.desk import Act, Desk, Person, Role, Session
from trucewatch.desk.opening import connect
from trucewatch.desk.people import IDLE, PAUSE
from trucewatch.errors import DeskError

NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def session(key: str, person: str, kind: str = "browser") -> Session:
    return Session(key=key, person=person, kind=kind, begun=NOON, seen=NOON, ends=NOON + 14 * 24 * HOUR)


def test_a_name_is_given_once_and_one_lead_stays(desk: Desk) -> None:
    desk.people.add(Person(name="Lea", role=Role.LEAD), "hash", NOON)
    with pytest.raises(DeskError, match="already"):
        desk.people.add(Person(name="Lea", role=Role.READER), None, NOON)
    for fields in ({"role": "coder"}, {"closed": NOON}):
        with pytest.raises(DeskError, match="only lead"):
            desk.people.change("Lea", **fields)
    assert [(one.name, one.role, one.closed) for one in desk.people.every()] == [("Lea", Role.LEAD, None)]
    desk.people.add(Person(name="Ana", role=Role.LEAD), None, NOON)
    desk.people.change("Lea", closed=NOON)
    assert desk.people.secret("Lea") is None
    with pytest.raises(DeskError, match="no account"):
        desk.people.change("Nobody", role="lead")


def test_a_session_ends_by_time_by_rest_and_with_its_password(desk: Desk) -> None:
    desk.people.add(Person(name="Cem", role=Role.CODER), "hash", NOON)
    for key, kind in (("a", "browser"), ("b", "browser"), ("c", "token")):
        desk.people.begin(session(key, "Cem", kind))
    assert desk.people.known("x", NOON) is None
    found = desk.people.known("a", NOON + HOUR)
    assert found is not None and found.role is Role.CODER
    later = NOON + IDLE + HOUR / 2
    assert desk.people.known("a", later), "used since"
    assert desk.people.known("b", later) is None, "not used since"
    assert desk.people.known("c", later), "a program may rest"
    assert desk.people.known("c", NOON + 15 * 24 * HOUR) is None
    desk.people.end("a")
    assert [one.key for one in desk.people.sessions_of("Cem", later)] == ["c", "b"]
    desk.people.change("Cem", password="another")
    assert desk.people.sessions_of("Cem", later) == []


def test_a_visit_is_what_comes_after_a_pause(desk: Desk) -> None:
    assert desk.people.visit("Cem", NOON) is None
    assert desk.people.visit("Cem", NOON + PAUSE / 2) is None
    evening = NOON + 6 * HOUR
    assert desk.people.visit("Cem", evening) == NOON + PAUSE / 2
    assert desk.people.visit("Cem", evening + PAUSE / 2) == NOON + PAUSE / 2
    assert desk.people.visit("Lea", evening) is None


def test_two_first_pages_at_once_are_one_visit(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pages:
        assert set(pages.map(lambda _: desk.people.visit("Cem", NOON), range(8))) == {None}
    assert desk.people.visit("Cem", NOON + HOUR) == NOON


def test_who_only_looks_may_look_where_nobody_can_write(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "a.desk") as desk:
        desk.people.add(Person(name="Cem", role=Role.READER), None, NOON)
        desk.people.begin(session("a", "Cem"))
        desk.people.visit("Cem", NOON)
        desk._engine.dispose()
        sql.event.listen(desk._engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
        assert desk.people.known("a", NOON + HOUR)
        assert desk.people.visit("Cem", NOON + HOUR) == NOON
        with pytest.raises(DeskError, match="cannot be written"):
            desk.people.end("a")


def test_who_only_looks_does_not_wait_for_who_writes(desk: Desk) -> None:
    desk.people.add(Person(name="Cem", role=Role.READER), None, NOON)
    desk.people.begin(session("a", "Cem"))
    desk.people.visit("Cem", NOON)
    with desk.deriving():
        assert desk.people.known("a", NOON + HOUR)
        assert desk.people.visit("Cem", NOON + HOUR) == NOON
        assert [one.seen for one in desk.people.sessions_of("Cem", NOON)] == [NOON]
    assert desk.people.known("a", NOON + HOUR)
    assert [one.seen for one in desk.people.sessions_of("Cem", NOON)] == [NOON + HOUR]


def test_the_log_is_read_backwards_and_never_changed(place: str) -> None:
    with Desk.open(place) as desk:
        for minute in range(5):
            desk.people.log(Act(at=NOON + minute * HOUR / 60, act="merge", person="AB"[minute % 2], about=str(minute)))
        newest = desk.people.acts(shown=2)
        assert [act.about for _, act in newest] == ["4", "3"]
        assert [act.about for _, act in desk.people.acts(before=newest[-1][0])] == ["2", "1", "0"]
        assert [act.about for _, act in desk.people.acts(person="B")] == ["3", "1"]
    engine = connect(place, create=False)
    for deed in ("UPDATE acts SET about = 'x'", "DELETE FROM acts"):
        with pytest.raises(sql.exc.DBAPIError, match="never changed"), engine.begin() as connection:
            connection.exec_driver_sql(deed)
    engine.dispose()
