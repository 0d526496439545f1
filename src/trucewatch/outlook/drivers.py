"""What makes an outlook high or low, and what speaks against trusting it, in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from trucewatch.day_counts import Floats
from trucewatch.outlook import memory
from trucewatch.outlook.periods import Size
from trucewatch.outlook.series import Series

LATELY, BEFORE = 4, 22
"""Periods that are held against those before them."""
UP = 1.25
"""Rising is what is over so many times what it was before ..."""
NOTABLE = 8.0
"""... where so much was counted lately."""
_SPANS: Mapping[Size, tuple[str, str, str]] = {
    "day": ("the last few days", "the last weeks", "the last months"),
    "week": ("the last few weeks", "the last two or three months", "the last year"),
    "month": ("the last few months", "the last year", "the years before"),
}


def drivers(counts: Floats, fit: memory.Fit, period: Size) -> tuple[str, ...]:
    """Sentences without their full stops; ``counts`` has the area in its first row, and ``fit`` is one period ahead."""
    own = counts[0]
    lately, before = float(own[-LATELY:].mean()), float(own[-LATELY - BEFORE : -LATELY].mean())
    expected = float(fit.means[0])
    said = [
        f"the last {period} counted {own[-1]:,g}, the last {LATELY} {period}s {lately:,.1f} a {period}, "
        f"the {len(own[-LATELY - BEFORE : -LATELY])} before them {before:,.1f}: {_trend(lately, before)}",
        _memories(fit, period),
        _lean(own[-LATELY - BEFORE :], expected, period),
        f"what came used to lie about {math.sqrt(expected * fit.dispersions[0]):,.1f} from what was expected; "
        f"chance alone would make that {math.sqrt(expected):,.1f}",
    ]
    often, some = float(fit.often[0]), float(fit.some[0])
    if some < 0.9:
        where = "here and elsewhere" if len(counts) > 1 else "here"
        alike = f", and in {some:.0%} after {period}s as quiet, {where}" if some - often >= 0.005 else ""
        said.append(
            f"anything at all was counted in {often:.0%} of late {period}s{alike}: half of the odds of any hang on that"
        )
    others = len(counts) - 1
    if share := memory.RESAMPLED[period]:
        like = ", with a fifth from areas of like level," if others else ""
        said.append(f"{share:.0%} of the forecast is the area's own past{like} drawn again")
    if others:
        many = "other area helps" if others == 1 else "other areas help"
        said.append(f"{others} {many} to tell how fast the past loses its weight")
    return tuple(said)


def warnings(series: Series) -> Iterator[str]:
    """What speaks against trusting the outlook of a series."""
    # A desk knows all that it was told; of a dataset only the reports behind its rows are known.
    reports = series.reports if series.coverage is None else series.coverage
    counted, told = _ratio(series.counts), _ratio(reports)
    if series.counts[-LATELY:].sum() >= NOTABLE and counted > UP and told > UP:
        yield (
            f"reports rising, cannot be told from coverage: in the last {LATELY} {series.period}s there were "
            f"{_times(told)} as many reports a {series.period} as in the {BEFORE} before, "
            f"and {_times(counted)} as much was counted"
        )
    elif series.coverage is not None and told < 1 / UP**2 and reports[-LATELY - BEFORE : -LATELY].sum() >= NOTABLE:
        yield (
            f"reports falling: in the last {LATELY} {series.period}s there were {told:.0%} of the reports a {series.period} "
            f"of the {BEFORE} before, so that a fall of the count may be one of coverage"
        )
    if not series.counts[-LATELY - BEFORE :].any():
        yield f"nothing was counted in {LATELY + BEFORE} {series.period}s; that nothing is told need not mean that nothing happened"
    if series.coverage is not None and series.coverage[-1] == 0:
        yield f"no report on its countries is of the last {series.period}; what it counts may be what was not told yet"


def _ratio(values: Floats) -> float:
    """The mean of late by that of before, drawn to 1 by one count."""
    lately, before = values[-LATELY:].mean(), values[-LATELY - BEFORE : -LATELY].mean()
    return float((lately + 1 / LATELY) / (before + 1 / LATELY))


def _times(ratio: float) -> str:
    return f"{ratio:.1f} times"


def _trend(lately: float, before: float) -> str:
    if not before:
        return "new" if lately else "nothing"
    ratio = lately / before
    if 1 / 1.15 < ratio < 1.15:
        return "much as before"
    if ratio > 3:
        return f"{ratio:,.0f} times as much"
    return f"up by {ratio - 1:.0%}" if ratio > 1 else f"down by {1 - ratio:.0%}"


def _memories(fit: memory.Fit, period: Size) -> str:
    parts = fit.parts[0].reshape(3, 2).sum(axis=1)
    told = [f"{part:,.1f} from {span}" for part, span in zip(parts, _SPANS[period], strict=True) if part >= 0.05]
    return (
        f"running means make it {fit.means[0]:,.1f} next {period}: {', '.join(told)}"
        if told
        else "next to nothing is expected"
    )


def _lean(late: Floats, expected: float, period: Size) -> str:
    """How what is expected lies to the last count, and that it was lower or higher before, where it was."""
    now, before = float(late[-1]), float(late[:-1].mean())
    if abs(expected - now) < max(0.5, 0.1 * now):
        return f"that is about what the last {period} counted"
    how = "less" if expected < now else "more"
    was = "lower" if expected < now else "higher"
    said = f"that is {how} than the last {period} counted"
    return f"{said}: before it was {was}" if (before < now) == (expected < now) and before != now else said
