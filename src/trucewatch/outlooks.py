"""Outlooks of a desk: made from what it holds, issued as facts, and scored when their time has come."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from trucewatch import counted
from trucewatch.desk import Desk, Forecast
from trucewatch.errors import TrucewatchError
from trucewatch.nouns import Noun
from trucewatch.outlook import record
from trucewatch.outlook.memory import KEPT
from trucewatch.outlook.outlook import Outlook, outlook
from trucewatch.outlook.record import Said, Scored, Tally
from trucewatch.outlook.series import Asked, Series


class Record(Noun):
    """What past forecasts were worth."""

    tallies: tuple[Tally, ...]
    unsettled: tuple[str, ...] = ()
    """Series that cannot be counted any more, and why: their forecasts stay unscored."""


def made(desk: Desk, asked: Asked, horizon: int, tables: Path | None = None) -> Outlook:
    """The outlook of an area, of periods 1 to ``horizon`` after the last whole one.

    Raises what ``counted.series`` does.
    """
    own, *others = counted.beside(desk, msgspec.structs.replace(asked, most=KEPT), tables)
    return outlook(own, others, horizon)


def issue(desk: Desk, one: Outlook, at: dt.datetime) -> int:
    """Keep an outlook as forecasts, one for each period ahead; how many were new."""
    return desk.issue(_forecasts(one, at))


def _forecasts(one: Outlook, at: dt.datetime) -> Iterator[Forecast]:
    for ahead in one.ahead:
        assert one.cut_off is not None and one.quartile is not None  # for the type checker: nothing is ahead without
        named = (one.area, one.indicator, one.period, one.observer, f"{one.cut_off}", f"{ahead.ahead}")
        mark = "\n".join((*named, one.model, one.inputs))
        yield Forecast(
            id=f"f{hashlib.sha256(mark.encode()).hexdigest()[:12]}",
            at=at,
            area=one.area,
            indicator=one.indicator,
            period=one.period,
            observer=one.observer,
            as_of=one.cut_off,
            horizon=ahead.ahead,
            model=one.model,
            inputs=one.inputs,
            content=msgspec.to_builtins(Said.of(ahead, one.quartile)),
        )


def past(desk: Desk, tables: Path | None = None) -> Record:
    """The record of the forecasts that were issued, by indicator, period and observer, as things are counted now."""
    tallies: dict[tuple[str, str, str, bool], tuple[int, list[Scored]]] = defaultdict(lambda: (0, []))
    unsettled = []
    for theirs in _by_series(_first(desk.forecasts())):
        one = theirs[0]
        try:
            series = _series(desk, one, tables)
        except TrucewatchError as error:
            unsettled.append(f"{one.area}, {one.indicator} by {one.observer}: {error}")
            series = None
        for forecast in theirs:
            said = msgspec.convert(forecast.content, Said)
            in_time = forecast.at.date() <= said.last
            key = forecast.indicator, forecast.period, forecast.observer, in_time
            number, found = tallies[key]
            scored = record.settled(said, series) if series else None
            tallies[key] = number + 1, [*found, *([scored] if scored else [])]
    kinds = (
        record.tally(Tally(indicator=i, period=p, observer=o, in_time=t, issued=number, scored=0), found)
        for (i, p, o, t), (number, found) in sorted(tallies.items())
    )
    return Record(tallies=tuple(kinds), unsettled=tuple(unsettled))


def _first(forecasts: Sequence[Forecast]) -> list[Forecast]:
    """Of forecasts of one period from one cut-off the first; they come in the order in which they were issued."""
    kept: dict[tuple[object, ...], Forecast] = {}
    for one in forecasts:
        kept.setdefault((one.area, one.indicator, one.period, one.observer, one.as_of, one.horizon), one)
    return list(kept.values())


def _by_series(forecasts: Sequence[Forecast]) -> list[list[Forecast]]:
    groups: dict[tuple[str, str, str, str], list[Forecast]] = defaultdict(list)
    for one in forecasts:
        groups[one.area, one.indicator, one.period, one.observer].append(one)
    return list(groups.values())


def _series(desk: Desk, one: Forecast, tables: Path | None) -> Series:
    asked = msgspec.convert(
        {"area": one.area, "indicator": one.indicator, "observer": one.observer, "period": one.period}, Asked
    )
    return counted.series(desk, asked, tables)
