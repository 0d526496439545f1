"""Outlooks of a desk: made from what it holds, issued as facts, and scored when their time has come."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from trucewatch import truces
from trucewatch.desk import Desk, Forecast
from trucewatch.errors import TrucewatchError, WrongCallError
from trucewatch.nouns import Noun
from trucewatch.outlook import periods, record
from trucewatch.outlook.drivers import LATELY
from trucewatch.outlook.outlook import SEEN, Outlook, outlook
from trucewatch.outlook.record import Said, Scored, Tally
from trucewatch.outlook.series import Asked, Series
from trucewatch.outlooks import desk_series

_Kind = tuple[str, str, str, bool]
"""Indicator, period, observer, and whether a forecast was issued in time."""


class TrackRecord(Noun):
    """What past forecasts were worth."""

    tallies: tuple[Tally, ...]
    unsettled: tuple[str, ...] = ()
    """Series that cannot be counted any more, and why: their forecasts stay unscored."""


class Prospect(NamedTuple):
    """An outlook and what it was made from."""

    series: Series
    outlook: Outlook


def ahead(
    desk: Desk, asked: Asked, horizon: int, tables: Path | None = None, at_least: float | None = None
) -> Prospect:
    """The outlook of an area, of periods 1 to ``horizon`` after the last whole one, with the odds of ``at_least`` or more.

    Raises what ``desk_series.beside`` does, and WrongCallError for a horizon that there is not.
    """
    if not 1 <= horizon <= periods.MOST_AHEAD:
        raise WrongCallError(f"{horizon} periods ahead will not do; it is 1 to {periods.MOST_AHEAD}")
    own, *others = desk_series.beside(desk, msgspec.structs.replace(asked, most=SEEN[asked.period]), tables)
    one = outlook(own, others, horizon, at_least)
    return Prospect(own, msgspec.structs.replace(one, warnings=(*one.warnings, *_turns(one, tables))))


def _turns(one: Outlook, tables: Path | None) -> Iterator[str]:
    """A warning for each truce of the area's countries that began or ended lately: the model knows only counts."""
    if one.refusal or one.cut_off is None:
        return
    since = periods.first_day(periods.number(one.cut_off, one.period) - LATELY + 1, one.period)
    countries = set(desk_series.area(one.area, tables).countries or ())
    for truce in truces.load(tables).values():
        if countries.isdisjoint(truce.countries):
            continue
        for moment, turned, much in ((truce.start, "took effect", "much"), (truce.end, "ended", "little")):
            if moment and since <= moment.first <= one.cut_off:
                yield f"{truce.name} {turned} on {moment.first}: what was counted before may say too {much} of what comes"


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


def past(desk: Desk, tables: Path | None = None) -> TrackRecord:
    """The record of the forecasts that were issued, by indicator, period and observer, as things are counted now."""
    issued: Counter[_Kind] = Counter()
    scored: dict[_Kind, list[Scored]] = defaultdict(list)
    unsettled = []
    for theirs in _by_series(_first(desk.forecasts())):
        one, series = theirs[0], None
        try:
            series = _series(desk, one, tables)
        except TrucewatchError as error:
            unsettled.append(f"{one.area}, {one.indicator} by {one.observer}: {error}")
        for forecast in theirs:
            said = msgspec.convert(forecast.content, Said)
            kind = one.indicator, one.period, one.observer, forecast.at.date() <= said.last
            issued[kind] += 1
            if series and (known := record.settled(said, series)):
                scored[kind].append(known)
    return TrackRecord(
        tallies=tuple(_tally(kind, issued[kind], scored[kind]) for kind in sorted(issued)), unsettled=tuple(unsettled)
    )


def _tally(kind: _Kind, issued: int, found: Sequence[Scored]) -> Tally:
    indicator, period, observer, in_time = kind
    bare = Tally(indicator=indicator, period=period, observer=observer, in_time=in_time, issued=issued, scored=0)
    return record.tally(bare, found)


def _first(forecasts: Sequence[Forecast]) -> list[Forecast]:
    """The first of the forecasts of each period from each cut-off; they are given in the order in which they were issued."""
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
    return desk_series.series(desk, asked, tables)
