"""Bulletins of monitors: counts of violations, each observer's a series of its own.

Two observers count by two rules, see two pieces of ground and may blame two parties: their counts are shown side by side with
how far they disagree, and are never added, nor averaged. There is no function here that does either.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec
import numpy as np

from trucewatch.day_counts import DAY, Floats
from trucewatch.nouns import Noun
from trucewatch.truces.days import Days

Every = Literal["day", "month"]
PAIRS = 3
"""Periods that both must have counted before a correlation is given."""
EARLIEST = dt.date(1900, 1, 1)
"""From when on a series is looked at whose truce has no day on which it took effect."""
RECENT = 14
"""Days that are told of apart, as of the observed status."""


class Counted(Noun):
    """What one observer counted in one period."""

    days: Days
    count: int
    source: str | None = None
    """Where it was published."""
    corrects: tuple[int, ...] = ()
    """What was told of the same period before it was corrected, the oldest first."""


class Counting(Noun):
    """What one observer counts, in one unit and one area, and whom it can blame for it: the rule of a series."""

    id: str
    observer: str
    unit: str
    """In the observer's own words: ``ceasefire violation``, ``explosion``, ``episode``."""
    area: str
    blames: tuple[str, ...]
    """Parties that this observer lays violations at the door of; one that blames a single side says nothing of shares."""
    every: Every
    """How long a period is."""


class MonitorSeries(Counting):
    """What one observer has told by its rule."""

    bulletins: tuple[Counted, ...] = ()
    """In order of their days; a period without a bulletin is not a period without violations."""


class SideBySide(Noun):
    """Two series over the periods for which both have a bulletin."""

    one: str
    other: str
    periods: int
    only_one: int
    """Periods of which only the first has a bulletin ..."""
    only_other: int
    totals: tuple[int, int] | None
    """Over the periods of both, each by its own rule; None where there are none."""
    gap: float | None
    """Mean absolute difference in a period; None where units or areas differ, or nothing is shared."""
    correlation: float | None
    """Pearson's; None with fewer than ``PAIRS`` periods, or where one of them never changes."""
    note: str | None = None
    """Why a gap is not given, and what keeps the two from being one count."""


class Spell(Noun):
    """What one series tells of some days, by its own rule."""

    bulletins: int
    count: int


class Heard(Noun):
    """What one monitor of a truce has told."""

    series: MonitorSeries
    """Up to the last day that is looked at."""
    within: Spell
    """Of periods that lie in the truce's days as a whole ..."""
    recent: Spell
    """... and in the last ``RECENT`` of them."""
    before: Spell
    """Of periods that had ended before the truce took effect."""


class Monitored(Noun):
    """What the monitors of a truce have told, one beside another; there is no count of them all."""

    truce: str
    days: Days
    """From the effective day to the last that is looked at."""
    heard: tuple[Heard, ...]
    beside: tuple[SideBySide, ...]
    """Over the truce's days."""


def monitored(truce: str, every: Iterable[MonitorSeries], days: Days) -> Monitored:
    """A truce's series over its days, and those of different observers side by side; none without a bulletin by then."""
    known = [_cut(series, Days(first=dt.date.min, last=days.last)) for series in every]
    heard = tuple(_heard(series, days) for series in known if series.bulletins)
    within = [_cut(one.series, days) for one in heard]
    return Monitored(truce=truce, days=days, heard=heard, beside=tuple(disagreements(within)))


def disagreements(every: Sequence[MonitorSeries]) -> Iterator[SideBySide]:
    """Each two series of different observers that tell of a common period, side by side.

    They are of one area, unless one of them has nothing of its own area beside it.
    """
    every_two = itertools.combinations(every, 2)
    pairs = [(one, two) for one, two in every_two if one.every == two.every and one.observer != two.observer]
    paired = {series.id for pair in pairs if pair[0].area == pair[1].area for series in pair}
    for one, other in pairs:
        if one.area == other.area or not {one.id, other.id} <= paired:
            both = side_by_side(one, other)
            if both.periods:
                yield both


def side_by_side(one: MonitorSeries, other: MonitorSeries) -> SideBySide:
    """How far two series disagree, period by period; a gap only where both count one thing in one area.

    Raises ValueError for a series of days beside one of months, which share no period.
    """
    if one.every != other.every:
        raise ValueError(f"{one.id} is told by the {one.every}, {other.id} by the {other.every}")
    ours, theirs = _by_days(one), _by_days(other)
    shared = sorted(ours.keys() & theirs.keys())
    pairs = np.array([(ours[days], theirs[days]) for days in shared], dtype=float).reshape(-1, 2)
    alike = (one.unit, one.area) == (other.unit, other.area)
    return SideBySide(
        one=one.id,
        other=other.id,
        periods=len(shared),
        only_one=len(ours.keys() - theirs.keys()),
        only_other=len(theirs.keys() - ours.keys()),
        totals=(int(pairs[:, 0].sum()), int(pairs[:, 1].sum())) if shared else None,
        gap=float(np.abs(pairs[:, 0] - pairs[:, 1]).mean()) if shared and alike else None,
        correlation=_correlation(pairs),
        note=_note(one, other),
    )


def told_in(series: MonitorSeries, days: Days) -> Spell:
    """What a series tells of the periods that lie in these days as a whole."""
    its = _cut(series, days).bulletins
    return Spell(bulletins=len(its), count=sum(one.count for one in its))


def _cut(series: MonitorSeries, days: Days) -> MonitorSeries:
    """The periods of a series that lie in these days as a whole."""
    inside = (one for one in series.bulletins if one.days.first >= days.first and one.days.last <= days.last)
    return msgspec.structs.replace(series, bulletins=tuple(inside))


def _heard(series: MonitorSeries, days: Days) -> Heard:
    recent = Days(first=max(days.first, days.last - (RECENT - 1) * DAY), last=days.last)
    before = Days(first=dt.date.min, last=days.first - DAY)
    return Heard(
        series=series, within=told_in(series, days), recent=told_in(series, recent), before=told_in(series, before)
    )


def _by_days(series: MonitorSeries) -> dict[dt.date, int]:
    return {bulletin.days.last: bulletin.count for bulletin in series.bulletins}


def _correlation(pairs: Floats) -> float | None:
    if len(pairs) < PAIRS or (pairs == pairs[0]).all(axis=0).any():
        return None
    return float(np.asarray(np.corrcoef(pairs.T))[0, 1])


def _note(one: MonitorSeries, other: MonitorSeries) -> str | None:
    found = []
    if one.unit != other.unit:
        found.append(f"{one.observer} counts by {one.unit}, {other.observer} by {other.unit}")
    if one.area != other.area:
        found.append(f"{one.observer} watches {one.area}, {other.observer} {other.area}")
    if set(one.blames) != set(other.blames):
        found.append(f"{one.observer} blames {_blamed(one)}, {other.observer} {_blamed(other)}")
    return "; ".join(found) or None


def _blamed(series: MonitorSeries) -> str:
    return " and ".join(series.blames) or "nobody"
