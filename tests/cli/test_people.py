"""Accounts by the command line, and what ``serve`` refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import calling
from trucewatch.cli.person import ROLES
from trucewatch.desk import Desk, Role
from trucewatch.desk.people import hashed
from trucewatch.desk.schema import now
from trucewatch.web import passwords

PASSWORD = "correct horse battery"


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> str:
    return str(shutil.copy(empty, tmp_path / "team.desk"))


def call(*words: str, given: str = "") -> tuple[int, str]:
    result = calling.call(*words, given=given)
    return result.exit_code, result.output


def test_the_roles_are_those_of_the_desk() -> None:
    assert tuple(role.value for role in Role) == ROLES


def test_a_script_without_a_terminal_gives_the_password_on_a_line(desk: str) -> None:
    def added(given: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "trucewatch", "person", "add", "Lea", "--role", "lead", "--desk", desk]
        return subprocess.run(command, input=given, capture_output=True, text=True, check=False, start_new_session=True)

    none = added("")
    assert (none.returncode, none.stderr[:24]) == (1, "Error: no password came:")
    given = added(f"{PASSWORD}\n")
    assert (given.returncode, given.stderr) == (0, f"Lea is a lead of {desk}\n")
    with Desk.open(desk) as opened:
        assert passwords.fits(opened.people.secret("Lea"), PASSWORD)


def test_a_desk_without_accounts_or_hooks_says_so(desk: str) -> None:
    assert call("person", "list", "--desk", desk) == (0, f"no account on {desk}\n")
    assert call("hooks", "--desk", desk) == (0, f"no hook on {desk}\n")


def test_an_account_from_its_opening_to_its_end(desk: str) -> None:
    assert call("person", "add", "Lea", "--role", "lead", "--desk", desk, given=f"{PASSWORD}\n{PASSWORD}\n")[0] == 0
    assert call("person", "add", "ana@example.org", "--role", "reader", "--openid", "--desk", desk)[0] == 0
    assert call("person", "role", "ana@example.org", "--role", "coder", "--desk", desk)[0] == 0
    token = call("person", "token", "ana@example.org", "--desk", desk, "--note", "nightly export")[1].strip()
    with Desk.open(desk) as opened:
        assert passwords.fits(opened.people.secret("Lea"), PASSWORD)
        person = opened.people.known(hashed(token), now())
        assert person is not None and (person.name, person.role) == ("ana@example.org", Role.CODER)
    assert call("person", "close", "ana@example.org", "--desk", desk)[0] == 0
    listed = [json.loads(line) for line in call("person", "list", "--desk", desk, "--format", "json")[1].splitlines()]
    assert [(one["name"], one["role"], "closed" in one) for one in listed] == [
        ("Lea", "lead", False),
        ("ana@example.org", "coder", True),
    ]
    with Desk.open(desk) as opened:
        assert opened.people.known(hashed(token), now()) is None
        acts = [act.act for _, act in opened.people.acts()]
    assert acts == ["person close", "person token", "person role coder", "person add", "person add"]


@pytest.mark.parametrize("name", ["Lea/Ana", " Lea", "Lea\n", "L" * 101])
def test_a_name_that_no_form_takes_is_none_here_either(desk: str, name: str) -> None:
    status, said = call("person", "add", name, "--role", "lead", "--openid", "--desk", desk)
    assert (status, said) == (1, "Error: A name has up to 100 letters, and no slash.\n")


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa"])
def test_a_poor_password_is_refused(desk: str, password: str) -> None:
    status, said = call("person", "add", "Lea", "--role", "lead", "--desk", desk, given=f"{password}\n{password}\n")
    assert status == 1 and "The password is too" in said


def test_the_only_lead_stays(desk: str) -> None:
    call("person", "add", "Lea", "--role", "lead", "--openid", "--desk", desk)
    status, said = call("person", "close", "Lea", "--desk", desk)
    assert status == 1 and "only lead" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--host", "0.0.0.0"], "--team"),
        (["--host", "192.0.2.7", "--url", "https://desk.example"], "--team"),
        (["--url", "https://desk.example"], "--team"),
        (["--team", "--host", "0.0.0.0"], "--url"),
        (["--team", "--url", "desk.example"], "no address of a site"),
        (["--team", "--openid", "https://id.example", "--url", "https://desk.example"], "--openid-client"),
        (["--team"], "nobody leads"),
    ],
)
def test_what_would_leave_a_desk_open_is_refused(desk: str, words: list[str], said: str) -> None:
    status, printed = call("serve", "--desk", desk, "--no-open", *words)
    assert status and said in printed.splitlines()[-1]
