"""A series on a terminal, with bars; and as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from trucewatch.cli.terminal.wording import folded, line
from trucewatch.codebook import load
from trucewatch.english import some
from trucewatch.outlook.deeds import BESIDE
from trucewatch.outlook.series import DESK, Aside, Series

BAR = 40
"""Cells of the longest bar, at most."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
_WHY = {
    "date too coarse": "dated more coarsely than a {period}",
    "date unknown": "of an unknown day",
    "place too coarse": "whose place is known too coarsely to say whether it lies in the area",
    "place unknown": "of an unknown place",
    "no figure": "of which nobody says how many died",
    BESIDE: "within one side of the truce, or of strangers to it",
}


def page(series: Series, shown: int | None, width: int) -> Iterator[RenderableType]:
    """Head, a bar for each of the last ``shown`` periods (None: of all), then what was left out."""
    hidden = 0 if shown is None else max(0, len(series) - shown)
    yield from map(Text, folded(_head(series)))
    if hidden:
        yield Text(f"{some(hidden, series.period)} before these: --since shows them", style="dim")
    if len(series):
        yield _table(series, hidden, width)
    yield from map(Text, folded(_notes(series)))


def csv_lines(series: Series) -> Iterator[str]:
    """A line for each period, after the names of the columns."""
    yield "period,first,count,reports"
    rows = zip(series.labels, series.starts, series.counts.tolist(), series.reports.tolist(), strict=False)
    yield from (f"{label},{first},{count:g},{reports:g}" for label, first, count, reports in rows)


def _head(series: Series) -> Iterator[str]:
    row = load().indicators[series.indicator]
    who = "the desk's incidents" if series.observer == DESK else f"the dataset {series.observer}"
    yield f"{row.name} in {line(series.area)}, by {series.period}, from {who}"
    if len(series):
        yield f"{series.first} to {series.last}: {_plain(float(series.counts.sum()))} in all; data up to {series.cut_off}"
    else:
        yield f"no whole {series.period} is covered; data up to {series.cut_off}"
    yield ""


def _table(series: Series, hidden: int, width: int) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column(series.period)
    table.add_column("", min_width=1)
    table.add_column("count", justify="right")
    table.add_column("reports", justify="right")
    room = min(BAR, width - 34)
    most = max(1.0, float(series.counts[hidden:].max(initial=0.0)))
    for at in range(hidden, len(series)):
        count, reports = float(series.counts[at]), _plain(float(series.reports[at]))
        of = "" if series.coverage is None else f" of {_plain(float(series.coverage[at]))}"
        table.add_row(series.labels[at], Text(_bar(count / most, room), style="cyan"), _plain(count), reports + of)
    return table


def _bar(share: float, room: int) -> str:
    whole, part = divmod(round(share * room * 8), 8)
    return "█" * whole + (_EIGHTHS[part] if part else "")


def _notes(series: Series) -> Iterator[str]:
    yield ""
    for one in series.aside:
        yield aside(one, series.indicator, series.period)
    if series.coverage is not None and (unseen := int((series.coverage == 0).sum())):
        yield f"{some(unseen, series.period)} without any report on its countries: a 0 there says nothing"
    yield from series.notes
    yield f"inputs: {series.inputs}"


def aside(one: Aside, indicator: str, period: str) -> str:
    """What was not simply counted, and why."""
    what = "spread" if one.spread else "left out"
    counts_deaths = load().indicators[indicator].unit != "deeds" and one.number
    toll = f" with {_plain(one.number)} deaths," if counts_deaths else ""
    return f"{what}: {some(one.deeds, 'deed')}{toll} {_WHY[one.why].format(period=period)}"


def _plain(number: float) -> str:
    """``3``, or ``2.4`` where something was spread."""
    return f"{number:,.0f}" if number == round(number) else f"{number:,.1f}"
