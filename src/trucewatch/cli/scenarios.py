"""The commands of scenarios: ``scenario list``, ``show``, ``check``, ``new`` and ``weigh``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucewatch.cli.options import Commands, as_of_option, desk_option, examples, existing, form_option
from trucewatch.cli.printing import begin, json_lines, say_faults, text_lines
from trucewatch.cli.terminal.wording import folded
from trucewatch.cli.truces import tables_option, to_id
from trucewatch.english import some

if TYPE_CHECKING:
    from trucewatch.outlook.scenarios import Scenario


@click.group(cls=Commands)
def scenario() -> None:
    """Scenarios: rival readings of a situation, weighed against what is counted."""


@scenario.command("list", epilog=examples("scenario list"))
@tables_option
@form_option
def list_(tables: Path | None, form: str) -> None:
    """List the scenarios that ship, and your own."""
    from trucewatch.outlook import scenarios

    every = list(scenarios.load(tables).values())
    if form == "json":
        json_lines(every)
        return
    for one in every:
        readings = some(len(one.readings), "reading")
        about = f"    {one.area}, {one.since} to {one.until}, {readings}"
        click.echo("\n".join(folded([f"{one.id}  {one.question}", about])))


@scenario.command(epilog=examples("scenario show idlib-after-sochi"))
@click.argument("name", metavar="SCENARIO")
@tables_option
@form_option
def show(name: str, tables: Path | None, form: str) -> None:
    """Print a scenario: its question, its readings, what each predicts, and what would count as evidence.

    SCENARIO is an id, or the path of a .toml file.
    """
    from trucewatch.cli.terminal.weighings import shown

    one = chosen_scenario(name, tables)
    if form == "json":
        json_lines([one])
    else:
        text_lines(shown(one))


@scenario.command(epilog=examples("scenario check our-question.toml"))
@click.argument("paths", nargs=-1, metavar="[FILE.toml]...", type=click.Path(path_type=Path))
@tables_option
@click.pass_context
def check(ctx: click.Context, paths: Sequence[Path], tables: Path | None) -> None:
    """Check scenarios: these files, or all that ship and those of --tables."""
    from trucewatch.outlook import scenarios

    files = list(paths) or [*sorted(scenarios.HERE.glob("*.toml")), *scenarios.files(tables)]
    say_faults(ctx, (fault for path in files for fault in scenarios.faults(path)), some(len(files), "scenario"))


@scenario.command(epilog=examples("scenario new our-question"))
@click.argument("name", metavar="ID", callback=to_id)
@tables_option
def new(name: str, tables: Path | None) -> None:
    """Begin a scenario: ID.toml, with a question mark for all that has to be answered."""
    from trucewatch.outlook import scenarios

    begin(scenarios.folder(tables) / f"{name}.toml", scenarios.blank(name, dt.date.today()), "scenario check")


@scenario.command(
    epilog=examples(
        "scenario weigh idlib-after-sochi", "scenario weigh our-question.toml --as-of 2021-10-12 --format json"
    )
)
@click.argument("name", metavar="SCENARIO")
@desk_option
@as_of_option("Only what reports of that day or earlier tell; else all that the desk holds.")
@tables_option
@form_option
def weigh(name: str, desk: str, as_of: dt.date | None, tables: Path | None, form: str) -> None:
    """Weigh the readings of a scenario: their odds day by day, what moved them, and how far that can be relied on.

    SCENARIO is an id, or the path of a .toml file.
    """
    from trucewatch.cli.terminal.weighings import page
    from trucewatch.outlooks.weighings import plain, weighed

    one = chosen_scenario(name, tables)
    with existing(desk) as opened:
        found = weighed(opened, one, as_of, tables)
    if form == "json":
        json_lines([plain(found)])
    else:
        text_lines(page(found))


def chosen_scenario(name: str, tables: Path | None = None) -> Scenario:
    """The scenario of an id, or of a file."""
    from trucewatch.outlook import scenarios

    if name.endswith(".toml"):
        return scenarios.read(Path(name))
    every = scenarios.load(tables)
    if name not in every:
        raise click.ClickException(f"no scenario has the id {name!r}; `scenario list` shows them all")
    return every[name]
