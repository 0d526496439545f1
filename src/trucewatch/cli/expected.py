"""The command ``expected``: the forecasts that reports make, what became of them, and who has been right."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click
import msgspec

from trucewatch.cli.options import as_of_option, desk_option, examples, existing, form_option, words
from trucewatch.cli.printing import json_lines, text_lines
from trucewatch.nouns import Status

if TYPE_CHECKING:
    from trucewatch.outlook.expected import Settled

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
def expected(desk: str, as_of: dt.date | None, form: str, **wanted: str | bool | None) -> None:
    """List what reports expect: what is said to come, by whom, until when, and what became of it.

    A forecast came true where an incident of its type and mode, by one of its actors and at its place, lies in its
    window. Beside what somebody got right stands how much the days before made likely.
    """
    from trucewatch.cli.terminal.expected import every_record, page
    from trucewatch.outlooks.reported import settled

    with existing(desk) as opened:
        until, every = settled(opened, as_of)
    found = [one for one in every if _is_wanted(one, wanted)]
    if form == "json":
        json_lines({"row": "forecast", **msgspec.to_builtins(one), "right": one.right} for one in found)
        json_lines({"row": "record", "of": of, **msgspec.to_builtins(row)} for of, row in every_record(found))
    else:
        text_lines(page(found, until))


def _is_wanted(one: Settled, wanted: dict[str, str | bool | None]) -> bool:
    from trucewatch.codebook import fold
    from trucewatch.codebook.sources import is_outlet
    from trucewatch.outlook.expected import Outcome

    forecast = one.forecast
    if forecast.status is Status.POSSIBLE and not wanted["possible"]:
        return False
    if (outlet := wanted["outlet"]) and not is_outlet(forecast.outlet, str(outlet)):
        return False
    if (speaker := wanted["speaker"]) and fold(str(speaker)) not in fold(forecast.speaker or ""):
        return False
    state = {Outcome.OPEN: "open", Outcome.UNTOLD: "no"}.get(one.outcome, "yes")
    return wanted["settled"] in (None, state)
