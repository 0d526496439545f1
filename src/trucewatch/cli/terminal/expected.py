"""The forecasts that reports make, as lines: each with what became of it, then who has been right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from trucewatch.cli.terminal.wording import kind, line, place, wrapped
from trucewatch.english import some
from trucewatch.outlook.expected import Settled
from trucewatch.outlook.tellers import TellerRecord, every_record


def page(found: Sequence[Settled], until: dt.date | None) -> Iterator[str]:
    """All of them, as known on a day."""
    yield from _listed(found)
    yield from _scored(found, until)


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
    every = list(every_record(found))
    for of, row in every:
        if not row.note:
            yield ""
            yield from wrapped(_whose(of, row), rest="  ")
            for said in (_counted(row), *_record(row)):
                yield from wrapped(said, "  ")
    few = [(of, row) for of, row in every if row.note]
    if few:
        yield from ("", few[0][1].note or "")
    for of, row in few:
        yield from wrapped(f"{_whose(of, row)}: {_counted(row)}", "  ")
        for said in _record(row):
            yield from wrapped(said, "    ", "      ")


def _whose(of: str, row: TellerRecord) -> str:
    what = "what it expected" if row.status == "expected" else "what it held possible"
    return f"{of} {line(row.name) if row.name else 'not known'}, {what}"


def _counted(row: TellerRecord) -> str:
    """``3 forecasts: 1 came true, 2 open``."""
    counts = ((row.came, "came true"), (row.missed, "did not"), (row.open, "open"), (row.untold, "cannot be told"))
    return f"{some(row.made, 'forecast')}: {', '.join(f'{count} {what}' for count, what in counts if count)}"


def _record(row: TellerRecord) -> Iterator[str]:
    if row.sided:
        share = f"a share of {row.low:.0%} to {row.high:.0%} with a probability of 0.9"
        yield f"right in {row.right} of {row.sided} that say it either way: {share}"
    if row.with_base:
        chance = f"by the days before them {row.by_chance:.1f} would have come in any case"
        yield f"of {row.with_base} with a base rate {row.with_base_came} came true; {chance}"
    if row.brier is not None and row.brier_base is not None:
        yield f"Brier of {row.worded} with a word for how likely: {row.brier:.3f}; of their base rates: {row.brier_base:.3f}"
