"""The commands that take in much at a time: ``ingest`` and ``watch``."""

from __future__ import annotations

from typing import Any

import click

from trucewatch.cli.options import desk_option, intake_options, reading_options
from trucewatch.cli.reading import Shown, take_in


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL|- ...")
@desk_option
@reading_options
@intake_options
@click.pass_context
def ingest(ctx: click.Context, /, inputs: tuple[str, ...], desk: str, **given: Any) -> None:
    """Read whole archives into the desk: the same as ``read``, with a summary instead of the records.

    Takes folders, text, HTML, PDF, JSON, JSONL, CSV, Parquet, WARC, Telegram exports, mail, feeds, and these
    packed by gzip or zip. The same command goes on where it was stopped.
    """
    from trucewatch.cli.progress import Progress
    from trucewatch.desk import Desk
    from trucewatch.run import Options, keep

    with Desk.open(desk) as opened, Progress(inputs, lines=True) as progress:
        tally = take_in(ctx, keep(inputs, opened, Options(**given)), Shown(progress, opened, "none"))
        click.echo(f"{tally}; {progress.rate}; desk {opened.where}")
    ctx.exit(1 if tally.failed else 0)
