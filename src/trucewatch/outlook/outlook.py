"""An outlook: what an area's next periods may bring, why, how far it can be trusted, or that there is too little to say.

It is made of a series and of the counts of other areas beside it, and of nothing else: no clock, no store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from trucewatch.day_counts import REACH, Flags, Floats
from trucewatch.nouns import Noun
from trucewatch.outlook import changes, drivers, january, memory, periods
from trucewatch.outlook.distribution import Distribution
from trucewatch.outlook.models import Question, base_rate
from trucewatch.outlook.periods import Size
from trucewatch.outlook.series import Aside, Series

MODEL = "memory 4"
"""Name and version of the model; a change of what it says for the same counts takes a new version."""
WINDOW: Mapping[Size, int] = {"day": 182, "week": 26, "month": 12}
"""Periods whose upper quartile is the area's own, and without which nothing is said."""
LATE = 2
"""Of the last LATE times WINDOW periods, WINDOW must have been looked at, or nothing is said."""
SEEN: Mapping[Size, int] = {"day": 728, "week": 156, "month": 156}
"""Periods of the past that are looked at, at most."""


class Spread(Noun):
    """A distribution over counts."""

    values: tuple[float, ...]
    """Ascending; from the 256th whole number on, each stands for those around it."""
    odds: tuple[float, ...]
    spans: tuple[tuple[float, float], ...] = ()
    """The first and the last number that each stands for; empty where each is one."""

    @classmethod
    def of(cls, known: Distribution) -> Spread:
        """What a distribution says, with six digits of each probability."""
        odds = tuple(float(f"{one:.6g}") for one in known.odds)
        spans = () if known.spans is None else tuple((first, last) for first, last in known.spans.tolist())
        return cls(values=tuple(known.values.tolist()), odds=odds, spans=spans)

    @property
    def distribution(self) -> Distribution:
        """The same, to ask it."""
        odds = np.array(self.odds)
        return Distribution(np.array(self.values), odds / odds.sum(), np.array(self.spans) if self.spans else None)


class Ahead(Noun):
    """What one period may bring, or several together."""

    ahead: int
    """1 is the period after the last that was counted; of several, the last one's."""
    label: str
    first: dt.date
    last: dt.date
    mean: float
    median: float
    half: tuple[float, float]
    """The numbers, both included, between which the middle half of the probability lies."""
    most: tuple[float, float]
    """The same for 90 %."""
    above: float
    """Probability of more than the upper quartile of the area's own WINDOW, a period."""
    at_least: float
    """Probability of ``Outlook.least`` or more."""
    spread: Spread
    base: Spread
    """What the base rate says: the counts of the last year, each as likely."""


class Shift(Noun):
    """A change of the rate, with the days on which the first period of the new rate may have begun."""

    day: dt.date
    earliest: dt.date
    latest: dt.date
    probability: float
    before: float
    after: float


class Outlook(Noun):
    """What may come in an area, or why that is not said."""

    area: str
    indicator: str
    observer: str
    period: Size
    cut_off: dt.date | None
    """The last day that was counted."""
    history: int
    """Periods that were counted, and of which anything was read: the others say nothing."""
    inputs: str
    """Version of what was counted."""
    model: str = MODEL
    refusal: str | None = None
    """Why nothing is said; then there is nothing ahead."""
    now: float | None = None
    """The count of the last period that was looked at."""
    label: str | None = None
    """Its name."""
    quartile: float | None = None
    """The upper quartile of the last WINDOW periods that were looked at."""
    least: float = 1.0
    """What ``at_least`` is asked of: what was asked for, else ``now``, or 1 where that is less."""
    ahead: tuple[Ahead, ...] = ()
    together: Ahead | None = None
    """What all of these bring together; None of one period."""
    drivers: tuple[str, ...] = ()
    """What makes it high or low, in plain words."""
    warnings: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()
    aside: tuple[Aside, ...] = ()
    """What was not simply counted."""
    notes: tuple[str, ...] = ()
    """What else a reader must know of the series."""
    recent: tuple[float, ...] = ()
    """The counts of the last WINDOW periods, the newest last."""


class _Known(NamedTuple):
    """What the models are given."""

    counts: Floats
    """(areas, periods), the one that is asked of first; only the periods that were looked at."""
    raw: Floats
    """Those of the area as they were counted, in all periods, before piles were taken out."""
    looked: Flags
    """Which of those were looked at."""
    first_month: int | None
    """Of the first of them, where there may be January piles."""

    @property
    def now(self) -> int:
        """The last period that was looked at: -1 is the last of all."""
        return int(np.flatnonzero(self.looked)[-1]) - len(self.looked)


def outlook(series: Series, others: Sequence[Series], horizon: int, least: float | None = None) -> Outlook:
    """The outlook of the area of a series, for periods 1 to ``horizon``, with the odds of ``least`` or more.

    ``others`` are series of other areas of the same indicator, observer and period. Those that end with another period, or
    begin later, teach nothing.
    """
    bare = Outlook(
        area=series.area,
        indicator=series.indicator,
        observer=series.observer,
        period=series.period,
        cut_off=series.last if len(series) else None,
        history=int(looked(series).sum()),
        inputs=series.inputs,
        aside=series.aside,
        notes=series.notes,
        refusal=_thin(series),
    )
    if bare.refusal:
        return bare
    known = _known(series, others)
    # What was last looked at may lie farther back; beyond half a WINDOW there is too little to learn such distances from.
    blind = min(-1 - known.now, WINDOW[series.period] // 2)
    unit = memory.UNIT[series.period]
    fits = [memory.fit(known.counts, ahead + blind, unit=unit) for ahead in range(1, horizon + 1)]
    quartile = float(np.quantile(known.counts[0, -WINDOW[series.period] :], 0.75))
    # 0 or more is certain.
    marks = quartile, least or max(float(series.counts[known.now]), 1.0)
    together = _ahead(series, known, memory.fit(known.counts, horizon + blind, horizon, unit), horizon, marks)
    return msgspec.structs.replace(
        bare,
        now=float(series.counts[known.now]),
        label=series.labels[known.now],
        quartile=quartile,
        least=marks[1],
        ahead=tuple(_ahead(series, known, fit, at, marks) for at, fit in enumerate(fits, 1)),
        together=together if horizon > 1 else None,
        drivers=drivers.drivers(known.counts, fits[0], series.period),
        warnings=(*_piled(known, series), *drivers.warnings(series)),
        shifts=_shifts(series, known),
        recent=tuple(series.counts[-WINDOW[series.period] :].tolist()),
    )


def _thin(series: Series) -> str | None:
    """Why there is too little history for an outlook; None where there is enough."""
    needed = WINDOW[series.period]
    late = looked(series)[-LATE * needed :]
    known = int(late.sum())
    if known >= needed:
        return None
    one = series.period if known == 1 else f"{series.period}s"
    blind = "" if late.all() else f" in the last {len(late)} of which any report tells"
    return f"{known} {one} of history{blind}, {needed} needed"


def looked(series: Series) -> Flags:
    """The periods of which an observer could have told anything: where a desk read nothing that may tell of the area, 0 is no count."""
    if series.coverage is None:
        return np.ones(len(series), dtype=bool)
    told = series.coverage > 0
    if series.period != "day":
        return told
    return np.array([told[at : at + REACH + 1].any() for at in range(len(told))], dtype=bool)


def _known(series: Series, others: Sequence[Series]) -> _Known:
    length = min(len(series), SEEN[series.period])
    beside = [one for one in others if one.last == series.last and len(one) >= length]
    counts = np.stack([one.counts[-length:] for one in (series, *beside)])
    raw, seen, month = counts[0], looked(series)[-length:], None
    if series.period == "month" and series.indicator.startswith("deaths"):
        month = series.starts[-length - 1].month
        counts = january.without_piles(counts, month)
    return _Known(counts[:, seen], raw, seen, month)


def _ahead(series: Series, known: _Known, fit: memory.Fit, ahead: int, marks: tuple[float, float]) -> Ahead:
    """The last periods up to ``ahead`` that a fit takes together; ``marks`` are the upper quartile and the least asked of."""
    size = fit.together
    may = memory.forecast(Question(_together(known.counts, size), 0, ahead, series.period), fit)
    if known.first_month is not None:
        for month in range(ahead - size + 1, ahead + 1):
            may = january.allowing(may, known.raw, known.first_month, month)
    base = base_rate(Question(_together(known.raw[None, known.looked], size), 0, ahead, series.period))
    last = periods.number(series.first, series.period) + len(series) + ahead - 1
    first = periods.first_day(last - size + 1, series.period)
    label = periods.label(first, series.period)
    return Ahead(
        ahead=ahead,
        label=label if size == 1 else f"{size} {series.period}s",
        first=first,
        last=periods.last_day(last, series.period),
        mean=round(may.mean, 3),
        median=may.quantile(0.5),
        half=may.interval(0.5),
        most=may.interval(0.9),
        above=round(may.above(marks[0] * size), 4),
        at_least=round(may.at_least(marks[1]), 4),
        spread=Spread.of(may),
        base=Spread.of(base),
    )


def _together(counts: Floats, size: int) -> Floats:
    """What so many periods counted together, wherever they begin."""
    return memory.summed(counts, size)[:, size - 1 :]


def _piled(known: _Known, series: Series) -> Iterator[str]:
    """Warnings of January piles (deaths known by the year alone) in the last two years."""
    if known.first_month is None:
        return
    days = series.starts[-len(known.raw) - 1 :]
    for _, at in january.piles(known.raw[None], known.first_month):
        if at >= len(known.raw) - 2 * WINDOW["month"]:
            yield (
                f"{known.raw[at]:,.0f} deaths in {days[at]:%B %Y} stand out so far that some may be deaths of which only the "
                "year is known; the months before it stand in for it, and the next January may be such a pile again"
            )


def _shifts(series: Series, known: _Known) -> tuple[Shift, ...]:
    starts = series.starts[-len(known.raw) - 1 :]
    days = [day for day, seen in zip(starts, [*known.looked, True], strict=True) if seen]
    return tuple(
        Shift(
            day=days[one.at],
            earliest=days[one.earliest],
            latest=days[one.latest],
            probability=round(one.probability, 3),
            before=round(one.before, 2),
            after=round(one.after, 2),
        )
        for one in changes.changes(known.counts[0])
    )
