"""The command ``expected``: the forecasts that reports make, what became of them, and who has been right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from trucewatch.cli.options import Day, desk_option, examples, existing, form_option, words
from trucewatch.cli.printing import json_lines, text_lines
from trucewatch.cli.terminal.wording import kind, line, place, wrapped
from trucewatch.english import some
from trucewatch.nouns import Status

if TYPE_CHECKING:
    from trucewatch.outlook.expected import Settled
    from trucewatch.outlook.tellers import TellerRecord

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
@click.option(
    "--as-of", type=Day(), metavar="DATE", help="The day by which they are settled; else the newest report's."
)
@form_option
def expected(desk: str, as_of: dt.date | None, form: str, **wanted: str | bool | None) -> None:
    """List what reports expect: what is said to come, by whom, until when, and what became of it.

    A forecast came true where an incident of its type and mode, by one of its actors and at its place, lies in its
    window. Beside what somebody got right stands how much the days before made likely.
    """
    from trucewatch.reported_forecasts import settled

    with existing(desk) as opened:
        until, every = settled(opened, as_of)
    found = [one for one in every if _is_wanted(one, wanted)]
    if form == "json":
        json_lines({"row": "forecast", **msgspec.to_builtins(one), "right": one.right} for one in found)
        json_lines({"row": "record", "of": of, **msgspec.to_builtins(row)} for of, row in _records(found))
        return
    text_lines((*_listed(found), *_scored(found, until)))


def _is_wanted(one: Settled, wanted: dict[str, str | bool | None]) -> bool:
    from trucewatch.codebook import fold
    from trucewatch.outlook.expected import Outcome

    forecast = one.forecast
    if forecast.status is Status.POSSIBLE and not wanted["possible"]:
        return False
    for said, name in ((wanted["outlet"], forecast.outlet), (wanted["speaker"], forecast.speaker)):
        if said and fold(str(said)) not in fold(name or ""):
            return False
    state = {Outcome.OPEN: "open", Outcome.UNTOLD: "no"}.get(one.outcome, "yes")
    return wanted["settled"] in (None, state)


def _records(found: Sequence[Settled]) -> Iterator[tuple[str, TellerRecord]]:
    from trucewatch.outlook.tellers import records

    for row in records(found, lambda one: one.outlet):
        yield "outlet", row
    for row in records([one for one in found if one.forecast.speaker], lambda one: one.speaker):
        yield "speaker", row


def _listed(found: Sequence[Settled]) -> Iterator[str]:
    within = "    ", "      "
    for one in found:
        forecast = one.forecast
        actors = ", ".join(line(actor.name) for actor in forecast.actors) or "?"
        yield from wrapped(f"{forecast.made}  {one.outcome.upper()}: {one.because}", rest="  ")
        yield from wrapped(f"{kind(forecast)} ({forecast.status}) by {actors}; {place(forecast.place)}", *within)
        yield from wrapped(f"until {forecast.last}: {forecast.horizon}", *within)
        said = f"{line(forecast.speaker)}, in {line(forecast.outlet)}" if forecast.speaker else line(forecast.outlet)
        yield from wrapped(f"says {said}: {line(forecast.sentence)}", *within)
        words = [f"{forecast.word!r} is taken for {forecast.probability:.0%}"] if forecast.word else []
        words += (
            [f"by the days before, {one.base:.0%} likely"]
            if one.base is not None
            else ["no base rate: too few days before"]
        )
        words += ["said on a condition, of which nothing here tells whether it held"] if forecast.conditional else []
        yield from wrapped("; ".join(words), *within)
        yield from wrapped(f"claim {forecast.claim}", *within)
        yield ""


def _scored(found: Sequence[Settled], until: dt.date | None) -> Iterator[str]:
    if until is None:
        yield "the desk holds no dated report that tells of a place"
        return
    yield f"who has been right, as known on {until}" if found else f"no forecast of this kind, as known on {until}"
    for of, row in _records(found):
        yield ""
        what = "what it expected" if row.status == "expected" else "what it held possible"
        yield from wrapped(f"{of} {line(row.name) if row.name else 'not known'}, {what}", rest="  ")
        for said in _record(row):
            yield from wrapped(said, "  ")


def _record(row: TellerRecord) -> Iterator[str]:
    made = some(row.made, "forecast")
    yield f"{made}: {row.came} came true, {row.missed} did not, {row.open} open, {row.untold} cannot be told"
    if row.sided:
        share = f"a share of {row.low:.0%} to {row.high:.0%} with a probability of 0.9"
        yield f"right in {row.right} of {row.sided} that say it either way: {share}"
    if row.with_base:
        chance = f"by the days before them {row.by_chance:.1f} would have come in any case"
        yield f"of {row.with_base} with a base rate {row.with_base_came} came true; {chance}"
    if row.brier is not None and row.brier_base is not None:
        yield f"Brier of {row.worded} with a word for how likely: {row.brier:.3f}; of their base rates: {row.brier_base:.3f}"
    if row.note:
        yield row.note
