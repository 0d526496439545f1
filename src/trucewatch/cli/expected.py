"""The command ``expected``: the forecasts that reports make, what became of them, and who has been right."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click
import msgspec

from trucewatch.cli.options import as_of_option, desk_option, examples, existing, form_option, words
from trucewatch.cli.printing import json_lines, text_lines

SETTLED = ("yes", "no", "open")


@click.command(epilog=examples("expected --settled yes", 'expected --outlet "South Front" --possible'))
@desk_option
@click.option("--outlet", type=words, metavar="WORDS", help="Only those of outlets with these words in their name.")
@click.option("--speaker", type=words, metavar="WORDS", help="Only those of speakers with these words in their name.")
@click.option(
    "--settled",
    type=click.Choice(SETTLED),
    help="yes: came true or did not; no: over, but it cannot be told; open: not over yet.",
)
@click.option("--possible", is_flag=True, help="Also what is only called possible; it is scored apart.")
@as_of_option("The day by which they are settled; else the newest report's.")
@form_option
def expected(desk: str, as_of: dt.date | None, form: str, **wanted: Any) -> None:
    """List what reports expect: what is said to come, by whom, until when, and what became of it.

    A forecast came true where an incident of its type and mode, by one of its actors and at its place, lies in its
    window. Beside what somebody got right stands how much the days before made likely.
    """
    from trucewatch.cli.terminal.expected import page
    from trucewatch.outlook.tellers import every_record
    from trucewatch.outlooks.reported import Wanted, settled

    asked = Wanted(**wanted)
    with existing(desk) as opened:
        until, every = settled(opened, as_of)
    found = [one for one in every if asked.fits(one)]
    if form == "json":
        json_lines({"row": "forecast", **msgspec.to_builtins(one), "right": one.right} for one in found)
        json_lines({"row": "record", "of": of, **msgspec.to_builtins(row)} for of, row in every_record(found))
    else:
        text_lines(page(found, until))
