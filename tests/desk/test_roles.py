"""The roles that the page on PostgreSQL gives to people are enough for what each does, and for no more."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sql

from tests.desk import made
from tests.postgres import Server
from trucewatch import derive, rulings
from trucewatch.desk import Desk
from trucewatch.desk.people import Person, Role, Session
from trucewatch.errors import DeskError

PAGE = Path(__file__).parents[2] / "docs" / "postgresql.md"
MOMENT = dt.datetime(2021, 9, 3, 12, tzinfo=dt.UTC)


@pytest.fixture
def places(postgres: Server) -> Iterator[tuple[str, str]]:
    """One desk, as an analyst and as a keeper come to it."""
    with postgres.fresh() as owner:
        found = re.search(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        assert found
        postgres.execute(
            owner, f"{found[1]} CREATE ROLE ana LOGIN IN ROLE analysts; CREATE ROLE lea LOGIN IN ROLE keepers"
        )
        yield owner.replace("postgres@", "ana@"), owner.replace("postgres@", "lea@")
        postgres.execute(owner, "DROP OWNED BY analysts, keepers; DROP ROLE ana, lea, keepers, analysts")


def test_an_analyst_reads_judges_and_rebuilds_but_opens_no_account(places: tuple[str, str]) -> None:
    report = made.report()
    claim = made.claim(report)
    with Desk.open(places[0], create=False) as desk:
        with desk.writer(made.V1) as writer:
            assert writer.store(report, (claim,))
        assert derive.catch_up(desk)
        assert rulings.adopt(desk, [made.judgement(claim)]).kept
        assert derive.rebuild(desk).incidents == 1
        assert [one.claims for one in desk.incidents()] == [(claim.id,)]
        with pytest.raises(DeskError, match="permission denied for table people"):
            desk.people.add(Person(name="Eve", role=Role.LEAD), None, MOMENT)


def test_a_copy_holds_accounts_and_takes_a_keeper(places: tuple[str, str], tmp_path: Path) -> None:
    with Desk.open(places[0], create=False) as desk:
        with pytest.raises(DeskError) as refused:
            desk.copy(str(tmp_path / "ana.desk"))
        assert str(refused.value) == f"desk {desk.where}: permission denied for table people"
    with Desk.open(places[1], create=False) as desk:
        desk.copy(str(tmp_path / "lea.desk"))
    assert [path.name for path in tmp_path.glob("*.desk")] == ["lea.desk"]


def test_no_role_changes_a_fact(places: tuple[str, str]) -> None:
    with Desk.open(places[1], create=False) as desk, desk.writer(made.V1) as writer:
        writer.store(made.report(), ())
    for place in places:
        engine = sql.create_engine(sql.make_url(place).set(drivername="postgresql+psycopg"))
        for deed in ("DELETE FROM reports", "TRUNCATE reports CASCADE", "ALTER TABLE reports DISABLE TRIGGER ALL"):
            with engine.connect() as connection, pytest.raises(sql.exc.ProgrammingError, match=r"denied|must be owner"):
                connection.execute(sql.text(deed))
        engine.dispose()


def test_a_keeper_sees_to_accounts(places: tuple[str, str]) -> None:
    with Desk.open(places[1], create=False) as desk:
        desk.people.add(Person(name="Lea", role=Role.LEAD), None, MOMENT)
        desk.people.begin(Session(key="0" * 64, person="Lea", begun=MOMENT, seen=MOMENT, ends=MOMENT + dt.timedelta(1)))
        desk.people.end("0" * 64)
