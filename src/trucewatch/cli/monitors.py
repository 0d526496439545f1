"""The command ``monitors``: bulletins of violation counts, one observer beside another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.options import existing, form_option, to_day, words
from trucewatch.cli.printing import json_lines, text_lines
from trucewatch.cli.terminal.wording import some
from trucewatch.cli.truces import tables_option

if TYPE_CHECKING:
    from trucewatch.truces.bulletins import Layout
    from trucewatch.truces.monitors import Heard, Monitored, MonitorSeries, SideBySide, Spell

HERE = "trucewatch.desk"
SHOWN = 5
"""Periods of two observers that are shown; --format json has all."""


@click.command()
@click.argument("bulletins", metavar="[FILE.csv]", required=False, type=click.Path(path_type=Path))
@click.option("--layout", metavar="NAME|FILE.toml", help="Where in the file the series stand.")
@click.option(
    "--desk",
    type=words,
    metavar="PATH",
    envvar="TRUCEWATCH_DESK",
    show_envvar=True,
    help=f"With a FILE, the desk that keeps it; without, the one whose bulletins are shown (else {HERE}).",
)
@click.option("--truce", metavar="TRUCE", help="What this truce's monitors have told on the desk, over its days.")
@click.option("--as-of", callback=to_day, metavar="DATE", help="With --truce: the last day that is looked at.")
@tables_option
@form_option
def monitors(bulletins: Path | None, layout: str | None, desk: str | None, form: str, **of: Any) -> None:
    """Show observers' counts of violations side by side, with how far they disagree.

    The bulletins of a FILE are read, and kept where --desk names a desk; without a FILE those of the desk are shown. Each
    observer is a series of its own; nothing is added or averaged.
    """
    from trucewatch.cli.terminal.truces import folded
    from trucewatch.truces.monitors import disagreements

    if (bulletins is None) != (layout is None) or (bulletins is not None and of["truce"]):
        raise click.UsageError("give a FILE with its --layout, or neither and perhaps --truce")
    if of["as_of"] and not of["truce"]:
        raise click.UsageError("--as-of goes with --truce")
    rows: tuple[object, ...]
    if of["truce"]:
        told = _of_truce(desk or HERE, **of)
        rows, beside, series = told.heard, told.beside, tuple(one.series for one in told.heard)
        lines = [*heard(told.heard)] or [f"the desk holds no bulletin of the monitors of {told.truce}"]
    else:
        series = _read(bulletins, layout, desk) if bulletins and layout else _kept(desk or HERE)
        rows, beside = series, tuple(disagreements(series))
        lines = [line for one in series for line in _series(one)] or ["the desk holds no bulletin"]
    if form == "json":
        json_lines((*rows, *beside))
    else:
        text_lines(folded([*lines, *compared(beside, series)]))


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


def _read(bulletins: Path, layout: str, desk: str | None) -> tuple[MonitorSeries, ...]:
    """The series of a file, kept on a desk where one is named."""
    from trucewatch.desk import Desk
    from trucewatch.ledger import keep
    from trucewatch.truces.bulletins import read

    found = read(bulletins, _layouts(layout))
    count = some(sum(len(series.bulletins) for series in found), "bulletin")
    if desk is None:
        click.echo(f"{count} read; --desk keeps them", err=True)
        return found
    with Desk.open(desk) as opened:
        new = keep(opened, found)
    click.echo(f"{count} read, {new:,} of them new to {desk}", err=True)
    return found


def _layouts(name: str) -> tuple[Layout, ...]:
    from trucewatch.truces.bulletins import SHIPPED, layouts

    file = SHIPPED / f"{name}.toml" if not name.endswith(".toml") else Path(name)
    if not file.is_file():
        names = ", ".join(sorted(path.stem for path in SHIPPED.glob("*.toml")))
        raise click.BadParameter(f"there is no layout {name!r}; those that ship are {names}", param_hint="--layout")
    return layouts(file)


def _kept(desk: str) -> tuple[MonitorSeries, ...]:
    from trucewatch.ledger import kept

    with existing(desk) as opened:
        return kept(opened)


def _of_truce(desk: str, truce: str, as_of: dt.date | None, tables: Path | None) -> Monitored:
    from trucewatch.cli.truces import chosen_truce
    from trucewatch.ledger import monitored

    one = chosen_truce(truce, tables)
    with existing(desk) as opened:
        return monitored(opened, one, opened.as_of(as_of))


def _series(one: MonitorSeries) -> Iterator[str]:
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
