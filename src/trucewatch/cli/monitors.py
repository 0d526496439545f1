"""The command ``monitors``: bulletins of violation counts, one observer beside another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucewatch.cli.options import form_option
from trucewatch.cli.wording import some

if TYPE_CHECKING:
    from trucewatch.truces.monitors import MonitorSeries, SideBySide


@click.command()
@click.argument("bulletins", metavar="FILE.csv", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--layout", required=True, metavar="NAME|FILE.toml", help="Where in the file the series stand.")
@form_option
def monitors(bulletins: Path, layout: str, form: str) -> None:
    """Read bulletins of violation counts, and show observers side by side with how far they disagree.

    Each observer is a series of its own; nothing is added or averaged.
    """
    import msgspec

    from trucewatch.truces import monitors as table

    file = table.SHIPPED / f"{layout}.toml" if not layout.endswith(".toml") else Path(layout)
    if not file.is_file():
        names = ", ".join(sorted(path.stem for path in table.SHIPPED.glob("*.toml")))
        raise click.ClickException(f"there is no layout {layout!r}; those that ship are {names}")
    found = table.bulletins(bulletins, table.layouts(file))
    beside = list(table.disagreements(found))
    if form == "json":
        for row in (*found, *beside):
            click.echo(msgspec.json.encode(row).decode())
        return
    for line in (*_series(found), *_beside(found, beside)):
        click.echo(line)


def _series(found: Sequence[MonitorSeries]) -> Iterator[str]:
    for one in found:
        told = one.bulletins
        when = f"{told[0].days.first} to {told[-1].days.last}" if told else "none"
        yield f"{one.id}: {one.observer}, {one.unit}, {one.area}"
        yield f"    can blame {' and '.join(one.blames) or 'nobody'}; {some(len(told), 'bulletin')} by the {one.every}: {when}"


def _beside(found: Sequence[MonitorSeries], beside: Sequence[SideBySide]) -> Iterator[str]:
    every = {one.id: one.every for one in found}
    for both in beside:
        yield ""
        yield f"{both.one} beside {both.other}: {some(both.periods, every[both.one])} of both"
        if both.totals:
            yield f"    {both.totals[0]} and {both.totals[1]}, each by its own rule"
        gap = "no gap can be told" if both.gap is None else f"{both.gap:.1f} apart in the mean"
        together = "no correlation" if both.correlation is None else f"correlation {both.correlation:.2f}"
        yield f"    {gap}; {together}"
        if both.note:
            yield f"    {both.note}"
