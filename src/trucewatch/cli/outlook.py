"""The command ``outlook``: what may come next in an area, and what past outlooks were worth."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from trucewatch.cli.briefing import write
from trucewatch.cli.options import (
    as_of_option,
    desk_option,
    examples,
    existing,
    formats,
    indicator_option,
    observer_option,
)
from trucewatch.cli.printing import json_lines, text_lines
from trucewatch.cli.truces import tables_option
from trucewatch.english import some
from trucewatch.outlook.periods import MOST_AHEAD

if TYPE_CHECKING:
    from trucewatch.outlook.outlook import Outlook
    from trucewatch.outlook.series import Asked


@click.command(epilog=examples("outlook SYR/Idlib --indicator air-strikes", "outlook --record"))
@click.argument("area", metavar="[AREA]", required=False)
@indicator_option(required=False)
@click.option(
    "--weeks",
    "--ahead",
    "ahead",
    type=click.IntRange(1, MOST_AHEAD),
    default=4,
    show_default=True,
    help="Periods to come.",
)
@click.option(
    "--at-least", "least", type=click.IntRange(1), metavar="N", help="The odds of N or more; else of the last count."
)
@click.option("--period", type=click.Choice(["day", "week", "month"]), help="By default a plain table's own, or week.")
@as_of_option("Only from what was counted up to that day.", "until")
@observer_option
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE.csv",
    help="From a file alone, without a desk: UCDP GED, ACLED's shape, or area, period and count.",
)
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg", help="Draw a chart, too.")
@click.option("--record", "past", is_flag=True, help="Instead: how good the forecasts issued from this desk have been.")
@desk_option
@tables_option
@formats("For people, or one JSON object with the whole distribution of each period.", "json")
def outlook(
    area: str | None, ahead: int, least: int | None, file: Path | None, chart: Path | None, past: bool, desk: str, tables: Path | None,
    form: str, **how: str | dt.date | None,
) -> None:  # fmt: skip
    """Say what the next weeks, or months, may bring in an area, with odds.

    AREA is written as for `series`: SYR, SYR/Idlib, Idlib, areas:donbas, grid:180427, truce:syria-idlib-2020, a .geojson
    file; for a plain table, as it stands there. A forecast from a desk is kept on it, and `--record` scores it once its
    period is over.
    """
    if past:
        if area or file or chart:
            raise click.UsageError("--record goes without an AREA, --from and --chart")
        _record(desk, tables, form)
        return
    if chart is not None and chart.suffix != ".svg":
        raise click.BadParameter(f"{chart} does not end in .svg", param_hint="--chart")
    if area is None or how["indicator"] is None:
        raise click.UsageError(
            "say of which AREA and which --indicator (a wrong name lists all), or ask for the --record"
        )
    if file is not None and how["observer"] != "desk":
        raise click.UsageError("--from goes without --observer: the file is the observer")
    from trucewatch.outlook.series import Asked

    asked = Asked(area=area, **{name: value for name, value in how.items() if value is not None})  # type: ignore[arg-type]
    by_its_period = how["period"] is None
    made = (
        _of_desk(desk, asked, ahead, tables, least)
        if file is None
        else _of_file(file, asked, ahead, by_its_period, least)
    )
    if form == "json":
        json_lines([made])
    else:
        from trucewatch.cli.terminal.outlook import page

        text_lines(page(made))
    if chart is not None:
        _draw(made, chart)


def _of_desk(desk: str, asked: Asked, ahead: int, tables: Path | None, least: int | None) -> Outlook:
    from trucewatch import outlooks

    with existing(desk) as opened:
        made = outlooks.ahead(opened, asked, ahead, tables, least).outlook
        if new := outlooks.issue(opened, made, dt.datetime.now(dt.UTC)):
            click.echo(
                f"kept on {opened.where} as {some(new, 'forecast')}; `trucewatch outlook --record` scores them",
                err=True,
            )
    return made


def _of_file(file: Path, asked: Asked, ahead: int, by_its_period: bool, least: int | None) -> Outlook:
    from trucewatch.outlook.outlook import outlook as foresee
    from trucewatch.outlooks import file_series

    if by_its_period:
        asked = msgspec.structs.replace(asked, period=file_series.period(file))
    own, *others = file_series.beside(file, asked)
    return foresee(own, others, ahead, least)


def _record(desk: str, tables: Path | None, form: str) -> None:
    from trucewatch import outlooks
    from trucewatch.cli.terminal import outlook

    with existing(desk) as opened:
        found = outlooks.past(opened, tables)
    if form == "json":
        json_lines([found])
    else:
        text_lines(outlook.past(found))


def _draw(made: Outlook, path: Path) -> None:
    from trucewatch.brief.fan import fan
    from trucewatch.cli.terminal.outlook import named

    write([(path, fan(made, named(made.indicator)).encode())], "chart")
