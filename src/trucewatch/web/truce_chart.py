"""The course of a truce as a picture: events and deaths apart, days that nobody watched, what is observed and declared."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from trucewatch.day_counts import DAY
from trucewatch.truces.course import Course, Track
from trucewatch.truces.days import Days
from trucewatch.truces.declared import Declared
from trucewatch.truces.monitors import MonitorSeries
from trucewatch.truces.series import Series, deaths, events
from trucewatch.truces.status import RULE
from trucewatch.web.charts import Axis, Bar, Run, bands, round_up

TALL = 92.0
"""Pixels of a panel of bars."""
LOW = 30.0
"""Of those of a monitor's."""
ALL = "all"
SPANS = {"12w": 84, "1y": 365, ALL: None}
"""Days that are shown, by the names that stand in the address."""


class Panel(NamedTuple):
    """Events, or deaths."""

    counted: str
    bars: tuple[Bar, ...]
    highest: float
    before: float | None
    """Height at which the mean before the truce lies; None where too few days of then were watched, or it lies beyond."""
    statuses: tuple[Run[str], ...]
    bands: tuple[str, ...]
    """Between the probabilities that the ratio is over 0.8 and over 0.5."""
    top: float
    """Where it begins in the picture."""


class Spell(NamedTuple):
    """The days of one bar, for the table."""

    days: Days
    events: float
    deaths: float
    watched: int
    by_events: str
    """The observed status at the end."""
    by_deaths: str


class Picture(NamedTuple):
    """What is drawn of a course."""

    span: str
    """Which of ``SPANS`` it is."""
    axis: Axis
    panels: tuple[Panel, Panel]
    unseen: tuple[Run[bool], ...]
    said: tuple[tuple[float, Declared], ...]
    """Where declared changes lie."""
    spells: tuple[Spell, ...]


class Told(NamedTuple):
    """A monitor's bulletins over the days of a truce."""

    bars: tuple[Bar, ...]
    highest: int


def picture(found: Course, span: str = "") -> Picture:
    """The course over the last days of a span; without one, of the shortest that holds all days that somebody watched."""
    last = found.days.last
    span = span or _fitting(found)
    size = SPANS[span]
    days = Days(first=max(found.days.first, last - (size - 1) * DAY) if size else found.days.first, last=last)
    axis, cut = Axis(days), -days.count
    watched = found.watched[cut:]
    series = (events(found.counted, days, watched), deaths(found.counted, days, watched))
    tracks = (found.events, found.deaths)
    sums = [axis.sums(one.told.tolist()) for one in series]
    ends = [(spell.last - days.first).days + cut for spell in axis.spells()]
    statuses = [[track.readings[end].status.value for end in ends] for track in tracks]
    return Picture(
        span=span,
        axis=axis,
        panels=(_panel(axis, series[0], tracks[0], 22), _panel(axis, series[1], tracks[1], 22 + TALL + 78)),
        unseen=tuple(run for run in axis.runs(watched.tolist()) if not run.value),
        said=tuple((axis.x(one.day), one) for one in found.declared if one.day in days),
        spells=tuple(
            Spell(
                days=spell,
                events=sums[0][at],
                deaths=sums[1][at],
                watched=int(watched[at * axis.step : (at + 1) * axis.step].sum()),
                by_events=statuses[0][at],
                by_deaths=statuses[1][at],
            )
            for at, spell in enumerate(axis.spells())
        ),
    )


def told(series: MonitorSeries, axis: Axis) -> Told:
    """A bar for each bulletin of a truce's days, as wide as its period."""
    within = [one for one in series.bulletins if one.days.first in axis.days and one.days.last in axis.days]
    highest = max((one.count for one in within), default=0)
    bars = []
    for one in within:
        x, width = axis.x(one.days.first), max(one.days.count * 100 / axis.count * 0.9, 0.25)
        tall = one.count / (highest or 1) * LOW
        bars.append(Bar(x, round(width, 3), round(LOW - tall, 2), tall, one.days.first, one.days.last, one.count))
    return Told(tuple(bars), highest)


def since(track: Track) -> dt.date:
    """The day since which the observed status is what it is."""
    now = track.readings[-1]
    return now.since or track.changes[-1].day


def _fitting(found: Course) -> str:
    first = int(found.watched.argmax()) if found.watched.any() else 0
    return next((name for name, size in SPANS.items() if size and found.days.count - first <= size), ALL)


def _panel(axis: Axis, series: Series, track: Track, top: float) -> Panel:
    readings = track.readings[-axis.days.count :]
    sums, ratio = axis.sums(series.told.tolist()), track.ratio
    highest = round_up(max(sums, default=1.0))
    known = ratio.base_watched >= RULE.least_baseline
    mean = ratio.base_count / ratio.base_watched * axis.step if known else 0.0
    return Panel(
        counted=series.counted,
        bars=axis.bars(sums, highest, TALL),
        highest=highest,
        before=round(TALL - mean / highest * TALL, 2) if 0 < mean <= highest else None,
        statuses=axis.runs(reading.status.value for reading in readings),
        bands=bands(
            [
                (one.over_collapsed, one.over_eroding)
                if one.over_collapsed is not None and one.over_eroding is not None
                else None
                for one in readings
            ]
        ),
        top=top,
    )
