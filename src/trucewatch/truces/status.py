"""The observed status of a truce, day by day: holding, eroding, collapsed, or too little seen to say.

What was counted in the last 14 days is held against the 56 days before the truce took effect. The ratio of the two rates
has a posterior (odds.py); on each day only what was counted up to that day is used, so that the status is the one
that could have been known then. A first violation is no failure: nothing is said before a week was watched, and a
collapse takes seven days and more than one day of violence.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from trucewatch.day_counts import DAY, Flags, Floats
from trucewatch.english import Said, said
from trucewatch.nouns import Noun
from trucewatch.truces import odds
from trucewatch.truces.days import Days
from trucewatch.truces.odds import Contrast
from trucewatch.truces.series import Series, Tally, by_day


class Observed(enum.StrEnum):
    """What the counts say of a truce."""

    HOLDING = "holding"
    ERODING = "eroding"
    COLLAPSED = "collapsed"
    INSUFFICIENT = "insufficient observation"


class Rule(Noun):
    """By what the observed status is told."""

    baseline: int = 56
    """Days before the truce took effect."""
    left_out: int = 0
    """Final days of the baseline that stay out: 14, where parties fought for ground in the last days before."""
    window: int = 14
    """Days up to the one that is read, none before the truce."""
    eroding: tuple[float, float] = (0.5, 0.5)
    """Eroding where the probability that the ratio is over the first is over the second."""
    collapsed: tuple[float, float] = (0.8, 0.8)
    """Collapsed where the same holds of these ..."""
    run: int = 7
    """... on so many days in a row ..."""
    spread: float = 0.5
    """... while the probability without the window's worst day is over this: no single deed ends a truce."""
    least_window: int = 7
    """Watched days that the window needs, 2 or more ..."""
    least_baseline: int = 28
    """... and the baseline ..."""
    least_count: float = 5.0
    """... and what must have been counted in it, divided by the dispersion: with less, a rate is known to no better
    than a factor of four or so ..."""
    least_violent: int = 5
    """... and a status is told only where so many days of the window have any, and ``collapsed`` is over its probability."""


RULE = Rule()


class Reading(Noun):
    """The observed status on one day, from what had been counted by then."""

    day: dt.date
    status: Observed
    count: float
    """In the window."""
    watched: int
    """Days of the window."""
    ratio: float | None = None
    """Count a watched day by the baseline's; None where the baseline has none."""
    over_eroding: float | None = None
    """Probability that the ratio is over 0.5 (``Rule.eroding``); None where nothing is said."""
    over_collapsed: float | None = None
    """The same of 0.8."""
    since: dt.date | None = None
    """Of a collapse: the first day of the run by which it is told. It was not known then ..."""
    known: dt.date | None = None
    """... but on this day, when the run was long enough."""
    because: str | None = None
    """Why observation is insufficient."""


class Change(Noun):
    """A day on which the status became another, and what had come into and gone out of the window."""

    day: dt.date
    """On which the new status is known."""
    before: Observed | None
    after: Observed
    entered: tuple[str, ...]
    """Incidents of the window that were not in it at the change before this, or a week ago where that is nearer; those
    with most deaths first, then the latest."""
    left: tuple[str, ...]
    """Incidents that were in the window then and are no more."""
    since: dt.date | None = None
    """Of a collapse: the first day of its run."""


def baseline(effective: dt.date, rule: Rule = RULE) -> Days:
    """The days before the truce that it is held against."""
    return Days(first=effective - rule.baseline * DAY, last=effective - (rule.left_out + 1) * DAY)


def observed(series: Series, effective: dt.date, rule: Rule = RULE) -> tuple[Reading, ...]:
    """The status on each day of the series from the effective day on, for events or for deaths.

    Before the effective day the series counts what would have been a breach, had the truce been in force.
    """
    truce = Days(first=effective, last=series.days.last)
    if not truce.count:
        return ()
    measured = _measure(series, effective, rule)
    return tuple(_reading(day, at, measured, rule) for at, day in enumerate(truce))


def changes(readings: Sequence[Reading], counted: Sequence[Tally], rule: Rule = RULE) -> tuple[Change, ...]:
    """The days on which the status changed, each with the incidents that moved it; the first reading is a change too."""
    ours = by_day(counted)
    found: list[Change] = []
    for reading in readings:
        if found and found[-1].after is reading.status:
            continue
        window = _days(reading.day, readings[0].day, rule.window)
        then = max(found[-1].day, reading.day - rule.run * DAY) if found else None
        earlier = _days(then, readings[0].day, rule.window) if then else None
        change = Change(
            day=reading.day,
            before=found[-1].after if found else None,
            after=reading.status,
            entered=_incidents(ours, window, earlier),
            left=_incidents(ours, earlier, window) if earlier else (),
            since=reading.since,
        )
        found.append(change)
    return tuple(found)


class _Measured(NamedTuple):
    """What the readings are made of: a value a day of the truce."""

    counts: Floats
    watched: Floats
    base_rate: float
    """0 where nothing was counted."""
    thin: str
    """Why the baseline bears no ratio, if so."""
    enough: Flags
    eroding: Floats
    collapsed: Floats
    """Probabilities; 0 where there is not enough."""
    runs: list[int]


def _measure(series: Series, effective: dt.date, rule: Rule) -> _Measured:
    base = series.part(baseline(effective, rule))
    truce = series.part(Days(first=effective, last=series.days.last))
    counts, watched = _window(truce.counts, rule.window), _window(truce.watched.astype(float), rule.window)
    base_days, base_count = int(base.watched.sum()), float(base.counts.sum())
    dispersion = odds.dispersion(base.counts, base.watched)
    thin = str(_thin(base_days, base_count / dispersion, rule) or "")
    seen = (watched >= rule.least_window) & (base_days >= rule.least_baseline)

    def over(ratio: float, counts: Floats, watched: Floats) -> Floats:
        found = np.zeros(len(counts))
        found[seen] = odds.above(Contrast(counts[seen], watched[seen], base_count, base_days, dispersion), ratio)
        return found

    collapsed = over(rule.collapsed[0], counts, watched)
    rest = over(rule.collapsed[0], counts - _worst(truce.counts, rule.window), watched - 1)
    eroding = over(rule.eroding[0], counts, watched)
    enough = seen
    if thin:
        violent = _window((truce.counts > 0).astype(float), rule.window) >= rule.least_violent
        enough = seen & violent & (collapsed > rule.collapsed[1])
    runs = _runs(enough & (collapsed > rule.collapsed[1]) & (rest > rule.spread))
    rate = base_count / base_days if base_days else 0.0
    return _Measured(counts, watched, rate, thin, enough, eroding, collapsed, runs)


def _reading(day: dt.date, at: int, measured: _Measured, rule: Rule) -> Reading:
    count, watched, run = float(measured.counts[at]), int(measured.watched[at]), measured.runs[at]
    ratio = count / watched / measured.base_rate if watched and measured.base_rate else None
    if not measured.enough[at]:
        because = measured.thin or str(_unseen(watched, rule))
        status = Observed.INSUFFICIENT
        return Reading(day=day, status=status, count=count, watched=watched, ratio=ratio, because=because)
    eroding, collapsed = float(measured.eroding[at]), float(measured.collapsed[at])
    lesser = Observed.ERODING if eroding > rule.eroding[1] else Observed.HOLDING
    return Reading(
        day=day,
        status=Observed.COLLAPSED if run >= rule.run else lesser,
        count=count,
        watched=watched,
        ratio=ratio,
        over_eroding=eroding,
        over_collapsed=collapsed,
        since=day - (run - 1) * DAY if run >= rule.run else None,
        known=day - (run - rule.run) * DAY if run >= rule.run else None,
    )


def untold(days: int, count: float, watched: int, rule: Rule = RULE) -> Said | None:
    """Why nothing can be said of a day, where nothing can: by the baseline's watched days and its count divided by its
    dispersion, and by the window's watched days."""
    return _thin(days, count, rule) or (_unseen(watched, rule) if watched < rule.least_window else None)


def _unseen(watched: int, rule: Rule) -> Said:
    return said(
        "{n} days of the window watched, {least} needed",
        "{n} day of the window watched, {least} needed",
        n=watched,
        least=rule.least_window,
    )


def _thin(days: int, count: float, rule: Rule) -> Said | None:
    """Why the baseline cannot be compared with, if so."""
    if days < rule.least_baseline:
        return said(
            "{n} days of the baseline watched, {least} needed",
            "{n} day of the baseline watched, {least} needed",
            n=days,
            least=rule.least_baseline,
        )
    if count < rule.least_count:
        return said(
            "the baseline counts {count} by its dispersion, {least} needed",
            count=round(count, 1),
            least=f"{rule.least_count:g}",
        )
    return None


def _window(values: Floats, length: int) -> Floats:
    """The sum of each day and those before it, so many in all, as far as there are any."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    upto = np.arange(1, len(values) + 1)
    return np.asarray(sums[upto] - sums[np.maximum(upto - length, 0)])


def _worst(values: Floats, length: int) -> Floats:
    """The largest of each day and those before it, so many in all, as far as there are any."""
    padded = np.concatenate([np.zeros(length - 1), values])
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, length).max(axis=1))


def _runs(flags: Flags) -> list[int]:
    """How many days in a row the flag has been up."""
    found: list[int] = []
    for flag in flags.tolist():
        found.append((found[-1] if found else 0) + 1 if flag else 0)
    return found


def _days(last: dt.date, earliest: dt.date, length: int) -> Days:
    return Days(first=max(earliest, last - (length - 1) * DAY), last=last)


def _incidents(ours: dict[dt.date, tuple[Tally, ...]], days: Days, but: Days | None) -> tuple[str, ...]:
    """Incidents of these days and not of those."""
    those = [tally for day in days if but is None or day not in but for tally in ours.get(day, ())]
    those.sort(key=lambda tally: (tally.deaths.best if tally.deaths else 0, tally.day), reverse=True)
    return tuple(tally.incident for tally in those)
