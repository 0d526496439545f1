"""The commands that look at incidents: ``incidents`` lists them, ``incident`` shows one with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from trucewatch.cli.choosing import choosing, chosen, counted, sources_option
from trucewatch.cli.options import desk_option, examples, existing, form_option, words
from trucewatch.cli.printing import draw, json_lines, screen
from trucewatch.cli.truces import in_ledger, ledger_options, of_ledger
from trucewatch.nouns import Incident


@click.command(
    epilog=examples(
        "incidents --since 2021-09 --place Idlib",
        "incidents --type ASSAULT/aerial --sources 2",
        "incidents --truce syria-idlib-2020 --verdict corroborated",
    )
)
@desk_option
@choosing("Incidents")
@sources_option
@ledger_options
@form_option
def incidents(desk: str, form: str, name: str | None, verdict: str | None, tables: Path | None, **given: Any) -> None:
    """Print what is held to have happened, by day: each incident once, however many reports tell of it.

    A value on which its claims differ is marked with an exclamation mark. Names are words in any case ("aerospace
    forces"), countries also codes (RUS), dates also months or years (2021-09).
    """
    from trucewatch import derive
    from trucewatch.desk import IncidentFilter

    wanted, truce = chosen(IncidentFilter, **given), of_ledger(name, verdict, tables)
    with existing(desk) as opened:
        derive.catch_up(opened)
        ids = in_ledger(opened, truce, verdict)

        def found(some: IncidentFilter) -> Iterator[Incident]:
            return (one for one in opened.incidents(some) if ids is None or one.id in ids)

        if form == "json":
            json_lines(found(wanted))
            return
        from trucewatch.cli.terminal.incidents import listing

        draw(listing(found(wanted), screen().width))
        count = opened.count_incidents if ids is None else lambda some: sum(1 for _ in found(some))
        click.echo(counted(count(wanted), "incident", wanted, count), err=True)


@click.command(epilog=examples("incident i5b1c03a9e2 --why"))
@click.argument("of", metavar="INCIDENT-ID|CLAIM-ID", type=words)
@click.option("--why", "explained", is_flag=True, help="Print also what holds its claims together, feature by feature.")
@desk_option
@form_option
def incident(of: str, explained: bool, desk: str, form: str) -> None:
    """Print an incident, or that of a claim: what each outlet claims of it, every figure, and where they disagree.

    Ids may be cut short; those of incidents begin with i.
    """
    from trucewatch import derive
    from trucewatch.incidents import why
    from trucewatch.judgements import must_and_cannot
    from trucewatch.rulings import incident_of

    with existing(desk) as opened:
        derive.catch_up(opened)
        found = incident_of(opened, of)
        accounts = derive.accounts(opened, found.claims)
        papers = {one.id: one.outlet for one in opened.reports_named({account.claim.report for account in accounts})}
        evidence = why(accounts, *must_and_cannot(opened.judgements())) if explained else None
    if form == "json":
        json_lines([{"incident": found, "claims": accounts} | ({"why": evidence} if evidence else {})])
    else:
        from trucewatch.cli.terminal.incidents import page

        draw(page(found, accounts, papers, evidence, screen().width))
