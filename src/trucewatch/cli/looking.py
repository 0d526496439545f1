"""The commands that look at what is there: ``show``, ``claims``, ``explain``, and ``codebook check``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
import msgspec

from trucewatch.cli.choosing import choosing, chosen, counted
from trucewatch.cli.options import desk_option, examples, existing, form_option, words
from trucewatch.cli.printing import draw, json_lines, screen

if TYPE_CHECKING:
    from trucewatch.desk import ClaimFilter, Desk

TABLES = (
    *("types", "modes", "triggers", "roles", "countries", "leaders"),
    *("actors", "aliases", "outlets", "places", "areas"),
)
TOGETHER = 100
"""Claims that are printed at once, with their reports in memory."""
LISTS = ("claims", "reports", "failures", "runs")


@click.command(epilog=examples("show", "show be4af3", "show failures"))
@click.argument("what", metavar="REPORT-ID|claims|reports|failures|runs", type=words, default="reports")
@desk_option
@choosing("Claims")
@form_option
def show(what: str, desk: str, form: str, **given: Any) -> None:
    """Print a report's record from the desk, or a list of what is there.

    REPORT-ID may be cut short. The options choose among claims, as those of `claims` do.
    """
    from trucewatch.desk import ClaimFilter

    if what != "claims" and any(given.values()):
        raise click.UsageError("the options that choose go with `show claims`")
    with existing(desk) as opened:
        if what == "claims":
            _claims(opened, chosen(ClaimFilter, **given), form)
        elif what in LISTS:
            _list(opened, what, form)
        else:
            _record(opened, what, form)


@click.command(
    epilog=examples('claims --actor "aerospace forces" --since 2021-09', "claims --place Idlib --status denied")
)
@desk_option
@choosing("Claims")
@form_option
@click.pass_context
def claims(ctx: click.Context, /, **given: Any) -> None:
    """Print claims from the desk: short for `show claims`.

    Names are words in any case ("aerospace forces"), countries also codes (RUS), dates also months or years (2021-09).
    """
    ctx.invoke(show, what="claims", **given)


@click.command(epilog=examples("explain 55c0456e34be0459.eb89af6f"))
@click.argument("claim", metavar="CLAIM-ID", type=words)
@desk_option
@form_option
def explain(claim: str, desk: str, form: str) -> None:
    """Print every value of a claim with its words and the table row, rule or model score behind it."""
    from trucewatch import derive

    with existing(desk) as opened:
        coded = opened.claim(claim)
        report = opened.report(coded.report)
        held = next(derive.as_judged(opened, [coded]), None)
    found = held or coded
    if held is None:
        click.echo("rejected: it counts for nothing; `trucewatch judgements` says by whom and why", err=True)
    if form == "json":
        json_lines([found])
    else:
        from trucewatch.cli.terminal.explanation import page

        draw(page(found, report, screen()))


@click.group()
def codebook() -> None:
    """The tables that an analyst may edit."""


@codebook.command(epilog=examples("codebook check"))
@click.pass_context
def check(ctx: click.Context, /) -> None:
    """Check all tables: every fault with its file and line, or else the number of rows of each."""
    from trucewatch import codebook as tables
    from trucewatch import versions

    faults = tables.check()
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        ctx.exit(1)
    book = tables.load()
    for name in TABLES:
        click.echo(f"{name:<10} {len(getattr(book, name)):>7,}")
    click.echo(f"all hold; version {versions.of_claims().tables}")


def _record(desk: Desk, prefix: str, form: str) -> None:
    from trucewatch import derive

    record = desk.record(prefix)
    record = msgspec.structs.replace(record, claims=tuple(derive.as_judged(desk, record.claims)))
    if form == "json":
        json_lines([record])
    else:
        from trucewatch.cli.terminal.claims import page

        draw(page(record, screen()))


def _claims(desk: Desk, wanted: ClaimFilter, form: str) -> None:
    from trucewatch import rulings

    if form == "json":
        json_lines(rulings.claims(desk, wanted))
        return
    from trucewatch.batches import batches
    from trucewatch.cli.terminal.lists import claim_entry

    console, shown = screen(), 0
    for some in batches(rulings.claims(desk, wanted), TOGETHER):
        told = {report.id: report for report in desk.reports_named({claim.report for claim in some})}
        draw(line for claim in some for line in claim_entry(claim, told[claim.report], console))
        shown += len(some)
    click.echo(counted(shown, "claim", wanted, desk.count_claims), err=True)


def _list(desk: Desk, what: str, form: str) -> None:
    if form == "json":
        json_lines(_plainly(desk, what))
        return
    from rich.console import RenderableType

    from trucewatch.cli.terminal import lists

    shown: list[RenderableType]
    if what == "failures":
        shown = list(lists.failures(desk.failures(), screen().width))
    elif what == "reports":
        shown = list(lists.reports(desk.reports(), desk.count_by_report(), screen().width))
    else:
        table = lists.runs(desk.runs())
        shown = [table] if table.row_count else []
    if not shown:
        click.echo(f"no {what} on {desk.where}", err=True)
    draw(shown)


def _plainly(desk: Desk, what: str) -> Iterable[Any]:
    if what == "failures":
        return ({"at": at, "source": f.source, "stage": f.stage, "reason": f.reason} for at, f in desk.failures())
    return desk.reports() if what == "reports" else desk.runs()
