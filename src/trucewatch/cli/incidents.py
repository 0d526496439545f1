"""The commands that look at incidents: ``incidents`` lists them, ``incident`` shows one with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.options import Command, desk_option, form_option, to_first, to_last
from trucewatch.nouns import Status

if TYPE_CHECKING:
    from trucewatch.desk import Desk, IncidentFilter


def incident_options(command: Command) -> Command:
    """The options that choose among incidents."""
    statuses = click.Choice([status.value for status in Status])
    for option in (
        click.option(
            "--sources", type=click.IntRange(1), metavar="N", help="Incidents of N independent sources or more."
        ),
        click.option("--status", type=statuses, help="Incidents held to be of this status."),
        click.option("--until", callback=to_last, metavar="DATE", help="Incidents of that day or earlier."),
        click.option("--since", callback=to_first, metavar="DATE", help="Incidents of that day or later."),
        click.option("--place", metavar="WORDS", help="Incidents that happened there."),
        click.option("--actor", metavar="WORDS", help="Incidents in which this one acts or is acted upon."),
        click.option("--type", "type_", metavar="TYPE", help="Incidents of this type, or TYPE/mode."),
    ):
        command = option(command)
    return command


@click.command()
@desk_option
@incident_options
@form_option
def incidents(desk: str, form: str, **given: Any) -> None:
    """Print what is held to have happened, by day: each incident once, however many reports tell of it.

    A value on which its claims differ is marked with an exclamation mark. Names and dates are given as for
    `claims`.
    """
    from trucewatch import derive
    from trucewatch.desk import Desk

    wanted = _filter(**given)
    with Desk.open(desk, create=False) as opened:
        derive.add(opened)  # what a stop has left
        if form == "json":
            _json(opened.incidents(wanted))
            return
        from rich.console import Console

        from trucewatch.cli.merged import Listed

        Console().print(Listed(opened.incidents(wanted)))
        click.echo(_counted(opened, wanted), err=True)


@click.command()
@click.argument("incident", metavar="INCIDENT-ID")
@click.option("--why", "explained", is_flag=True, help="Print also what holds its claims together, feature by feature.")
@desk_option
@form_option
def incident(incident: str, explained: bool, desk: str, form: str) -> None:
    """Print an incident: what each outlet claims of it, every figure, and where they disagree.

    INCIDENT-ID may be cut short.
    """
    from trucewatch import derive
    from trucewatch.desk import Desk
    from trucewatch.incidents import why
    from trucewatch.judgements import must_and_cannot

    with Desk.open(desk, create=False) as opened:
        derive.add(opened)
        found = opened.incident(incident)
        accounts = derive.accounts(opened, found.claims)
        evidence = why(accounts, *must_and_cannot(opened.judgements())) if explained else None
    if form == "json":
        _json([{"incident": found, "claims": accounts} | ({"why": evidence} if evidence else {})])
        return
    from rich.console import Console

    from trucewatch.cli.merged import Shown

    Console().print(Shown(found, accounts, evidence))


def _filter(type_: str | None, status: str | None, **given: Any) -> IncidentFilter:
    from trucewatch import codebook as tables
    from trucewatch.desk import IncidentFilter

    kind, _, mode = (type_ or "").partition("/")
    types = tables.load().types
    if kind and kind.upper() not in types:
        raise click.BadParameter(f"{kind!r} is none of {', '.join(types)}", param_hint="--type")
    return IncidentFilter(type=kind or None, mode=mode or None, status=Status(status) if status else None, **given)


def _counted(desk: Desk, wanted: IncidentFilter) -> str:
    import msgspec

    from trucewatch.cli.wording import some

    counted = some(desk.count_incidents(wanted), "incident")
    if wanted.since or wanted.until:
        undated = desk.count_incidents(msgspec.structs.replace(wanted, since=None, until=None, undated=True))
        counted += f"; {undated:,} more of an unknown day" if undated else ""
    return counted


def _json(rows: Iterable[Any]) -> None:
    import msgspec

    for row in rows:
        click.echo(msgspec.json.encode(row))
