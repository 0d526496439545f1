"""What observers of truces have counted, as lines of text: each by its own rule, one beside another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from trucewatch.english import some

if TYPE_CHECKING:
    from trucewatch.truces.monitors import Heard, Monitored, MonitorSeries, SideBySide, Spell

SHOWN = 5
"""Periods of two observers that are shown; ``--format json`` has all."""


def in_short(told: Monitored) -> Iterator[str]:
    """What those monitors have told who told anything of late; of the rest, since when they are silent."""
    if not told.heard:
        return
    yield ""
    yield "monitors, each by its own rule"
    yield from (f"  {line}" for line in heard(one for one in told.heard if one.recent.bulletins))
    silent: dict[str, list[str]] = {}
    for one in told.heard:
        if not one.recent.bulletins:
            silent.setdefault(_period(one.series, -1), []).append(one.series.id)
    for last, names in silent.items():
        yield f"  nothing since {last}: {', '.join(names)}"


def heard(told: Iterable[Heard]) -> Iterator[str]:
    """What each monitor of a truce has told, in two lines."""
    for one in told:
        series = one.series
        latest = series.bulletins[-1]
        yield f"{series.observer}: {_rule(series)}"
        spells = ((one.within, "in the truce's days"), (one.before, "before it"))
        counts = [f"{_spell(spell)} {when}" for spell, when in spells if spell.bulletins]
        recent = f"in the last 14 days {_spell(one.recent)}" if one.recent.bulletins else "none in the last 14 days"
        yield f"    {'; '.join(counts)}; {recent}; the last of {_period(series, -1)}: {latest.count:,}"


def compared(beside: Iterable[SideBySide], every: Iterable[MonitorSeries]) -> Iterator[str]:
    """Two series each, side by side: the last periods that both tell of, and how far they disagree."""
    of = {one.id: {told.days: told.count for told in one.bulletins} for one in every}
    for both in beside:
        one, other = of[both.one], of[both.other]
        yield ""
        yield f"{both.one} beside {both.other}: {some(both.periods, 'period')} of both"
        if both.totals:
            yield f"    {both.totals[0]:,} and {both.totals[1]:,}, each by its own rule"
        gap = "no gap can be told" if both.gap is None else f"{both.gap:.1f} apart in the mean"
        together = "no correlation" if both.correlation is None else f"correlation {both.correlation:.2f}"
        yield f"    {gap}; {together}"
        shared = sorted(one.keys() & other.keys(), key=lambda days: days.last)
        for days in shared[-SHOWN:]:
            yield f"    {days.last}  {one[days]:>5,}  {other[days]:>5,}"
        if both.note:
            yield f"    {both.note}"


def listing(one: MonitorSeries) -> Iterator[str]:
    """A series: who counts what, over which days, and what was corrected."""
    yield f"{one.id}: {one.observer}, {_rule(one)}"
    when = f": {_period(one, 0)} to {_period(one, -1)}" if one.bulletins else ""
    yield f"    {some(len(one.bulletins), 'bulletin')} by the {one.every}{when}"
    corrected = [(told.days.last, (*told.corrects, told.count)) for told in one.bulletins if told.corrects]
    for day, counts in corrected:
        yield f"    corrected, of {day}: {' → '.join(map(str, counts))}"


def _rule(one: MonitorSeries) -> str:
    return f"{one.unit}, {one.area}; can blame {' and '.join(one.blames) or 'nobody'}"


def _period(one: MonitorSeries, at: int) -> str:
    days = one.bulletins[at].days
    return f"{days.first}" if one.every == "day" else f"{days.first:%Y-%m}"


def _spell(spell: Spell) -> str:
    return f"{spell.count:,} in {some(spell.bulletins, 'bulletin')}"
