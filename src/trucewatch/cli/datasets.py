"""The commands of others' datasets: ``import`` takes a file in, ``datasets`` lists what was; ``series`` counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucewatch.cli.choosing import in_order
from trucewatch.cli.options import (
    Day,
    desk_option,
    examples,
    existing,
    form_option,
    formats,
    indicator_option,
    observer_option,
)
from trucewatch.cli.printing import draw, json_lines, screen, text_lines
from trucewatch.cli.terminal.wording import day, folded, line
from trucewatch.cli.truces import tables_option
from trucewatch.english import some

if TYPE_CHECKING:
    from trucewatch.dataset_imports import Step
    from trucewatch.desk import Import

LISTED = 10
"""Bad rows of a file that are shown as it is imported; ``datasets NAME --bad`` has all."""
SHOWN = 53
"""Periods that are printed where no ``--since`` asks for more."""


@click.command("import", epilog=examples("import GEDEvent_v25_1.csv", "import syria.csv --as acled-syria"))
@click.argument("files", nargs=-1, required=True, metavar="FILE.csv...", type=click.Path(path_type=Path))
@click.option("--as", "name", metavar="NAME", help="Its name here; by default `ged` or `acled`, by its columns.")
@desk_option
@click.pass_context
def import_(ctx: click.Context, files: Sequence[Path], name: str | None, desk: str) -> None:
    """Import rows of UCDP GED or of ACLED's shape, plain or gzip; the columns tell which.

    A row that the desk has under the same name and id is left as it is; where it has changed, the new one counts from
    then on and the old one stays. Rows that cannot be read are listed with their line, and the exit status is 1.
    """
    from trucewatch.cli.terminal.progress import Loading
    from trucewatch.dataset_imports import take_in
    from trucewatch.desk import Desk

    failed = 0
    with Desk.open(desk) as opened:
        for path in files:
            bad = 0
            with Loading(str(path)) as loading:
                for step in take_in(opened, path, name):
                    for one in step.bad:
                        bad += 1
                        if bad <= LISTED:
                            with loading.aside():
                                click.echo(f"{path}:{one.line}: {line(one.reason)}", err=True)
                    loading.show(step.done, step.size, step.added + step.same)
            text_lines(_came(path, step, bad))
            failed += bad
    ctx.exit(1 if failed else 0)


@click.command(epilog=examples("datasets acled-yemen --bad --desk my.desk"))
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--bad", is_flag=True, help="List the rows of NAME that could not be read, of its last import.")
@desk_option
@form_option
def datasets(name: str | None, bad: bool, desk: str, form: str) -> None:
    """List the imports of others' datasets: which days and countries they cover, what was new, what could not be read."""
    if bad and name is None:
        raise click.UsageError("--bad goes with the NAME of a dataset")
    with existing(desk) as opened, opened.datasets() as found:
        imports = found.imports(name)
        faults = found.faults(imports[-1].number) if bad and imports else []
    if name is not None and not imports:
        raise click.ClickException(f"no dataset {name!r} is on {desk}")
    if not imports:
        click.echo(f"no dataset on {desk}", err=True)
    if bad and form == "json":
        json_lines({"source": imports[-1].source, "line": number, "reason": reason} for number, reason in faults)
    elif bad:
        text_lines(f"{imports[-1].source}:{number}: {line(reason)}" for number, reason in faults)
    elif form == "json":
        json_lines(imports)
    else:
        text_lines(folded(words for one in imports for words in _import(one)))


@click.command(epilog=examples("series Idlib --indicator air-strikes", "series SYR --indicator deaths --period month"))
@click.argument("area", metavar="AREA")
@indicator_option(required=True)
@observer_option
@click.option("--period", type=click.Choice(["day", "week", "month"]), default="week", show_default=True)
@click.option("--since", type=Day("first"), metavar="DATE", help="Periods that begin on that day or later.")
@click.option("--until", type=Day("last"), metavar="DATE", help="Periods that end on that day or earlier.")
@click.option("--known", type=Day("last"), metavar="DATE", help="Only what had come in by the end of that day.")
@click.option("--spread", is_flag=True, help="Spread what is dated more coarsely than a period; else it is left out.")
@desk_option
@tables_option
@formats("For people; or all of it as one JSON object, or as CSV.", "json", "csv")
def series(area: str, desk: str, tables: Path | None, form: str, **how: str | dt.date | bool | None) -> None:
    """Print how much of one kind was counted in an area, period by period, and what was left out of it.

    AREA is written SYR, SYR/Idlib, SYR/Idlib/Harim, areas:donbas (a named region), or as the name of one of these
    (Idlib), grid:180427 (a cell of the PRIO-GRID), truce:syria-idlib-2020, or as the path of a .geojson or .wkt file.
    Observers are never added together.
    """
    from trucewatch.outlook.series import Asked
    from trucewatch.outlooks.desk_series import series as counted

    in_order(how["since"], how["until"])  # type: ignore[arg-type]  # as options have them
    asked = Asked(area=area, **how)  # type: ignore[arg-type]  # click hands over what the options say
    with existing(desk) as opened:
        found = counted(opened, asked, tables)
    from trucewatch.cli.terminal import series

    if form == "text":
        draw(series.page(found, SHOWN if asked.since is None else None, screen().width))
    elif form == "csv":
        text_lines(series.csv_lines(found))
    else:
        json_lines([found.plain()])


def _came(path: Path, step: Step, bad: int) -> Iterator[str]:
    if step.before is not None:
        yield f"{path}: imported as {step.dataset!r} on {day(step.before.date())}; nothing to do"
        return
    yield f"{path}: {step.form}, as {step.dataset!r}"
    yield f"  {some(step.added, 'row')} new or changed, {step.same:,} as they were, {bad:,} that could not be read"
    if bad > LISTED:
        yield f"  {bad - LISTED:,} more of those: trucewatch datasets {step.dataset} --bad"
    if step.unknown:
        yield f"  not in countries.csv, and so in no country: {', '.join(map(line, step.unknown))}"


def _import(one: Import) -> Iterator[str]:
    yield f"{one.dataset}  {one.form}  imported {one.at:%Y-%m-%d %H:%M}Z  {line(one.source)}"
    counted = one.counted
    if counted is None:
        yield "  was stopped, or is still at work: the rows that came in count; import it again for the rest"
        return
    days = f"{counted.first} to {counted.last}" if counted.first else "no day known"
    yield f"  {days}; {counted.added:,} new or changed, {counted.same:,} as they were, {counted.bad:,} not read"
    yield f"  {', '.join(counted.countries) or 'no country known'}"
