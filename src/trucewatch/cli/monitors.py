"""The command ``monitors``: bulletins of violation counts, one observer beside another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.options import as_of_option, examples, existing, form_option, words
from trucewatch.cli.printing import json_lines, text_lines
from trucewatch.cli.terminal.wording import folded
from trucewatch.cli.truces import chosen_truce, tables_option
from trucewatch.english import some

if TYPE_CHECKING:
    from trucewatch.truces.bulletins import Layout
    from trucewatch.truces.monitors import Monitored, MonitorSeries

HERE = "trucewatch.desk"


@click.command(epilog=examples("monitors bulletins.csv --layout idlib-bulletins --desk my.desk"))
@click.argument("bulletins", metavar="[FILE.csv]", required=False, type=click.Path(path_type=Path))
@click.option("--layout", metavar="NAME|FILE.toml", help="How the file is laid out: a layout that ships, or your own.")
@click.option(
    "--desk",
    type=words,
    metavar="PATH",
    envvar="TRUCEWATCH_DESK",
    show_envvar=True,
    help=f"With a FILE, the desk that keeps it; without, the one whose bulletins are shown (else {HERE}).",
)
@click.option("--truce", metavar="TRUCE", help="Only what this truce's monitors have counted, over its days.")
@as_of_option("With --truce: the last day looked at; else today.")
@tables_option
@form_option
def monitors(bulletins: Path | None, layout: str | None, desk: str | None, form: str, **of: Any) -> None:
    """Show observers' counts of violations side by side, with how far they disagree.

    The bulletins of a FILE are read, and kept where --desk names a desk; without a FILE those of the desk are shown. Each
    observer is a series of its own; nothing is added or averaged.
    """
    from trucewatch.cli.terminal import monitors as terminal
    from trucewatch.truces.monitors import disagreements

    if (bulletins is None) != (layout is None) or (bulletins is not None and of["truce"]):
        raise click.UsageError("give a FILE with its --layout, or neither and perhaps --truce")
    if of["as_of"] and not of["truce"]:
        raise click.UsageError("--as-of goes with --truce")
    rows: tuple[object, ...]
    if of["truce"]:
        told = _of_truce(desk or HERE, **of)
        rows, beside, series = told.heard, told.beside, tuple(one.series for one in told.heard)
        lines = [*terminal.heard(told.heard)] or [f"the desk holds no bulletin of the monitors of {told.truce}"]
    else:
        series = _read(bulletins, layout, desk) if bulletins and layout else _kept(desk or HERE)
        rows, beside = series, tuple(disagreements(series))
        lines = [line for one in series for line in terminal.listing(one)] or ["the desk holds no bulletin"]
    if form == "json":
        json_lines((*rows, *beside))
    else:
        text_lines(folded([*lines, *terminal.compared(beside, series)]))


def _read(bulletins: Path, layout: str, desk: str | None) -> tuple[MonitorSeries, ...]:
    """The series of a file, kept on a desk where one is named."""
    from trucewatch.desk import Desk
    from trucewatch.ledger import keep_bulletins
    from trucewatch.truces.bulletins import read

    found = read(bulletins, _layouts(layout))
    count = some(sum(len(series.bulletins) for series in found), "bulletin")
    if desk is None:
        click.echo(f"{count} read; --desk keeps them", err=True)
        return found
    with Desk.open(desk) as opened:
        new = keep_bulletins(opened, found)
    click.echo(f"{count} read, {new:,} of them new to {desk}", err=True)
    return found


def _layouts(name: str) -> tuple[Layout, ...]:
    from trucewatch.truces.bulletins import SHIPPED, layouts

    file = SHIPPED / f"{name}.toml" if not name.endswith(".toml") else Path(name)
    if not file.is_file():
        names = ", ".join(sorted(path.stem for path in SHIPPED.glob("*.toml")))
        raise click.BadParameter(f"there is no layout {name!r}; those that ship are {names}", param_hint="--layout")
    return layouts(file)


def _kept(desk: str) -> tuple[MonitorSeries, ...]:
    from trucewatch.ledger import kept_series

    with existing(desk) as opened:
        return kept_series(opened)


def _of_truce(desk: str, truce: str, as_of: dt.date | None, tables: Path | None) -> Monitored:
    from trucewatch.ledger import monitored

    one = chosen_truce(truce, tables)
    with existing(desk) as opened:
        return monitored(opened, one, opened.as_of(as_of))
