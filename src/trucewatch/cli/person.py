"""The commands of people: ``person add``, ``list``, ``role``, ``password``, ``close``, ``token``."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.options import Commands, desk_option, examples, existing, form_option, words
from trucewatch.cli.printing import json_lines
from trucewatch.errors import MissingExtraError

if TYPE_CHECKING:
    from trucewatch.desk import Desk

ROLES = ("reader", "coder", "lead")
"""As ``desk.Role`` has them; a test holds the two together, for importing it here would slow every command."""

role_option = click.option(
    "--role", type=click.Choice(ROLES), required=True, help="Readers look; coders also judge; leads also keep accounts."
)


@click.group(cls=Commands)
def person() -> None:
    """Accounts of the people who share a desk through `serve --team`."""


@person.command(epilog=examples('person add "Lea Haddad" --role lead --desk my.desk'))
@click.argument("name", type=words)
@role_option
@click.option(
    "--openid", is_flag=True, help="No password: NAME is an e-mail address that the OpenID provider vouches for."
)
@desk_option
def add(name: str, role: str, openid: bool, desk: str) -> None:
    """Open an account; its password is asked for."""
    from trucewatch.desk import Person, Role
    from trucewatch.desk.people import name_fault

    if fault := name_fault(name):
        raise click.ClickException(fault)
    with existing(desk) as opened:
        kept = None if openid else _password()
        opened.people.add(Person(name=name, role=Role(role)), kept, _now())
        _log(opened, "person add", f"{name} {role}")
    click.echo(f"{name} is a {role} of {opened.where}", err=True)


@person.command("list", epilog=examples("person list --desk my.desk"))
@desk_option
@form_option
def list_(desk: str, form: str) -> None:
    """List the accounts."""
    with existing(desk) as opened:
        every = opened.people.every()
        if not every:
            click.echo(f"no account on {opened.where}", err=True)
    if form == "json":
        json_lines(every)
        return
    for one in every:
        closed = f"  closed {one.closed:%Y-%m-%d}" if one.closed else ""
        click.echo(f"{one.role.value:<7} {one.name}{'  OpenID' if one.subject else ''}{closed}")


@person.command("role", epilog=examples('person role "Lea Haddad" --role coder --desk my.desk'))
@click.argument("name", type=words)
@role_option
@desk_option
def role_(name: str, role: str, desk: str) -> None:
    """Give somebody another role."""
    _change(desk, name, f"person role {role}", role=role)


@person.command(epilog=examples('person password "Lea Haddad" --desk my.desk'))
@click.argument("name", type=words)
@desk_option
def password(name: str, desk: str) -> None:
    """Set somebody's password, which is asked for; they are signed out everywhere."""
    with existing(desk) as opened:
        opened.people.person(name)
    _change(desk, name, "person password", password=_password())


@person.command(epilog=examples('person close "Lea Haddad" --desk my.desk'))
@click.argument("name", type=words)
@desk_option
def close(name: str, desk: str) -> None:
    """Close an account: nobody comes in by it any more. What was done in its name stays."""
    _change(desk, name, "person close", closed=_now())


@person.command(epilog=examples('person token "Lea Haddad" --desk my.desk'))
@click.argument("name", type=words)
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How long it is valid.")
@click.option("--note", default="", metavar="WORDS", help="What it is for.")
@desk_option
def token(name: str, days: int, note: str, desk: str) -> None:
    """Print a token with which a program may do what this person may: `Authorization: Bearer TOKEN`."""
    with existing(desk) as opened:
        opened.people.person(name)
        key = opened.people.issue(name, dt.timedelta(days=days), "token", note)
        _log(opened, "person token", name)
    click.echo(key)


def _change(desk: str, name: str, act: str, **fields: Any) -> None:
    with existing(desk) as opened:
        opened.people.change(name, **fields)
        _log(opened, act, name)


def _password() -> str:
    """The hash of a password that is asked for, twice, or that a script gives."""
    try:
        from trucewatch.web import passwords
    except ModuleNotFoundError as error:
        raise MissingExtraError("accounts need the web desk: pip install 'trucewatch[web]'") from error
    if _has_terminal():
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    elif not (given := sys.stdin.readline().rstrip("\r\n")):
        raise click.ClickException("no password came: without a terminal it is the first line of standard input")
    if fault := passwords.fault(given):
        raise click.ClickException(f"{fault} It takes {passwords.SHORTEST} characters or more.")
    return passwords.hashed(given)


def _has_terminal() -> bool:
    """Whether a password can be typed unseen, as ``getpass`` does it: on the terminal, wherever standard input comes from."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except (OSError, AttributeError):  # a system without the flag has no such file either
        return sys.stdin.isatty()
    return True


def _log(desk: Desk, act: str, about: str) -> None:
    from trucewatch.desk import Act

    desk.people.log(Act(at=_now(), act=act, person=getpass.getuser(), about=about))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
