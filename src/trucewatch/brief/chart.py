"""The chart of a brief: what was counted day by day, on which days nobody looked, and the status of each day."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from trucewatch.brief.drawing import INK, SOFT, STRONG, Drawing, round_up, width
from trucewatch.brief.page import Brief, Chart
from trucewatch.brief.spoken import day_of_year, drawn, head, say
from trucewatch.day_counts import DAY
from trucewatch.english import joined, rendered, said

if TYPE_CHECKING:
    from trucewatch.translation import Language

WIDTH, PANEL, GAP, LEFT, RIGHT = 300.0, 62.0, 28.0, 20.0, 2.0
STRIP = 5.0
COLOURS = {"holding": "#3f7d5a", "eroding": "#e0a030", "collapsed": "#b3261e", "insufficient observation": "#c3c9ce"}
_UNWATCHED, _WEEK = "#f0f2f4", "#fbeecb"
_LINE = 12.0
_Value = TypeVar("_Value")


def chart(brief: Brief, language: Language | None = None) -> str | None:
    """Events over deaths as SVG, on one axis of days; None where the truce has no day yet."""
    charts = [one for one in brief.charts if one.counts]
    if not charts:
        return None
    keys = _lines([(colour, say(said(name), language)) for colour, name in _keys(charts)])
    foot = 20.0 + _LINE * len(keys)
    title = f"Series: {', '.join(one.counted for one in charts)} by day, up to {brief.week.days.last}"
    counted = tuple(said(one.counted) for one in charts)
    named = rendered(title, "{what}: {words}", what=said("Series"), words=joined(*counted))
    drawing = Drawing(WIDTH, (PANEL + GAP) * len(charts) + foot, say(named, language))
    for number, one in enumerate(charts):
        _panel(drawing, one, brief, (PANEL + GAP) * number + 16, language)
    bottom = (PANEL + GAP) * (len(charts) - 1) + 16 + PANEL
    for day in _ticks(charts[0]):
        x = LEFT + (day - charts[0].first).days * (WIDTH - LEFT - RIGHT) / len(charts[0].counts)
        drawing.line([(x, bottom + STRIP), (x, bottom + STRIP + 3)], SOFT)
        drawing.words((x + 1, bottom + STRIP + 12), day_of_year(day, language), 8.5, colour=SOFT)
    _legend(drawing, keys, bottom + STRIP + 27)
    return drawing.svg()


def _panel(drawing: Drawing, one: Chart, brief: Brief, top: float, language: Language | None) -> None:
    base = top + PANEL
    step = (WIDTH - LEFT - RIGHT) / len(one.counts)
    highest = round_up(max(*one.counts, one.before or 0.0, 1.0), (1, 2, 5))
    for is_watched, first, count in _runs(one.watched):
        if not is_watched:
            drawing.box((LEFT + first * step, top), count * step, PANEL, _UNWATCHED)
    week = (brief.week.days.first - one.first).days
    if week + 7 > 0:
        first_day = max(0, week)
        drawing.box((LEFT + first_day * step, top), (week + 7 - first_day) * step, 4, _WEEK)
        drawing.words((LEFT + (week + 7) * step, top - 2), brief.week.name, 8.5, "end", SOFT)
    for at, value in enumerate(one.counts):
        if value:
            height = value / highest * (PANEL - 6)
            drawing.box((LEFT + at * step + step * 0.12, base - height), step * 0.76, height, INK)
    if not any(one.counts):
        none = say(rendered("none counted", "none"), language)
        drawing.words((LEFT + (WIDTH - LEFT) / 2, top + PANEL / 2 + 3), none, 9, "middle", SOFT)
    if one.before:
        y = base - one.before / highest * (PANEL - 6)
        drawing.line([(LEFT, y), (WIDTH - RIGHT, y)], STRONG, 0.9, "3 2")
    for status, first, count in _runs(one.statuses):
        drawing.box((LEFT + first * step, base + 1), count * step, STRIP, COLOURS[status])
    drawing.line([(LEFT, top), (LEFT, base), (WIDTH - RIGHT, base)], SOFT, 0.8)
    drawing.words((LEFT - 4, base), "0", 8.5, "end", SOFT)
    drawing.words((LEFT - 4, top + 12), f"{highest:g}", 8.5, "end", SOFT)
    counted = f"{one.counted.capitalize()} a day"
    title = rendered(counted, "{what}, {per}", what=said(one.counted), per=said("a day"))
    drawing.words((LEFT, top - 3), drawn(head(title, language), language), 9.5)


def _legend(drawing: Drawing, keys: list[list[tuple[str | None, str]]], y: float) -> None:
    """Only what is there to be seen, on as many lines as it takes."""
    for number, line in enumerate(keys):
        x, base = LEFT, y + _LINE * number
        for colour, name in line:
            if colour is None:
                drawing.line([(x, base - 3), (x + 9, base - 3)], STRONG, 0.9, "3 2")
            else:
                drawing.swatch((x, base), colour)
            drawing.words((x + 12, base), name, 8.5, colour=SOFT)
            x += _width(name)


def _keys(charts: list[Chart]) -> list[tuple[str | None, str]]:
    """Colours with what they mean; None is the dashed line."""
    keys: list[tuple[str | None, str]] = []
    keys += [(colour, name) for name, colour in COLOURS.items() if any(name in one.statuses for one in charts)]
    if not all(all(one.watched) for one in charts):
        keys.append((_UNWATCHED, "not watched"))
    if any(one.before for one in charts):
        keys.append((None, "mean before the truce"))
    return keys


def _lines(keys: list[tuple[str | None, str]]) -> list[list[tuple[str | None, str]]]:
    lines: list[list[tuple[str | None, str]]] = [[]]
    for key in keys:
        if lines[-1] and sum(_width(name) for _, name in (*lines[-1], key)) > WIDTH - LEFT:
            lines.append([])
        lines[-1].append(key)
    return lines


def _width(name: str) -> float:
    """Roughly: letters of a proportional font, with their key in front."""
    return 22 + width(name)


def _ticks(one: Chart) -> Iterator[dt.date]:
    """Every second Monday, so that there is room for the words; each day of a chart that is shorter than that."""
    days = [one.first + at * DAY for at in range(len(one.counts))]
    mondays = [day for day in days if day.weekday() == 0]
    yield from mondays[::2] if len(mondays) > 6 else mondays or days[:1]


def _runs(values: tuple[_Value, ...]) -> Iterator[tuple[_Value, int, int]]:
    """Each value with where its run begins and how long it is."""
    at = 0
    for value, those in itertools.groupby(values):
        count = len(list(those))
        yield value, at, count
        at += count
