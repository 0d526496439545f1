"""The commands that look at incidents: ``incidents`` lists them, ``incident`` shows one with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.choosing import choosing, chosen, json_lines
from trucewatch.cli.options import desk_option, examples, form_option, words

if TYPE_CHECKING:
    from trucewatch.desk import Desk, IncidentFilter


@click.command(
    epilog=examples("incidents --since 2021-09 --place Idlib", "incidents --type ASSAULT/aerial --sources 2")
)
@desk_option
@choosing("Incidents")
@click.option("--sources", type=click.IntRange(1), metavar="N", help="Incidents of N independent sources or more.")
@form_option
def incidents(desk: str, form: str, **given: Any) -> None:
    """Print what is held to have happened, by day: each incident once, however many reports tell of it.

    A value on which its claims differ is marked with an exclamation mark. Names and dates are given as for
    `claims`.
    """
    from trucewatch import derive
    from trucewatch.desk import Desk, IncidentFilter

    wanted = chosen(IncidentFilter, **given)
    with Desk.open(desk, create=False) as opened:
        derive.add(opened)  # what a stop has left
        if form == "json":
            json_lines(opened.incidents(wanted))
            return
        from rich.console import Console

        from trucewatch.cli.terminal.incidents import Listed

        Console().print(Listed(opened.incidents(wanted)))
        click.echo(_counted(opened, wanted), err=True)


@click.command(epilog=examples("incident i5b1c03a9e2 --why"))
@click.argument("incident", metavar="INCIDENT-ID", type=words)
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
        papers = {id_: opened.report(id_).outlet for id_ in {account.claim.report for account in accounts}}
        evidence = why(accounts, *must_and_cannot(opened.judgements())) if explained else None
    if form == "json":
        json_lines([{"incident": found, "claims": accounts} | ({"why": evidence} if evidence else {})])
        return
    from rich.console import Console

    from trucewatch.cli.terminal.incidents import Shown

    Console().print(Shown(found, accounts, papers, evidence))


def _counted(desk: Desk, wanted: IncidentFilter) -> str:
    import msgspec

    from trucewatch.cli.terminal.wording import some

    counted = some(desk.count_incidents(wanted), "incident")
    if wanted.since or wanted.until:
        undated = desk.count_incidents(msgspec.structs.replace(wanted, since=None, until=None, undated=True))
        counted += f"; {undated:,} more of an unknown day" if undated else ""
    return counted
