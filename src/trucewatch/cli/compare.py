"""The command ``compare``: our incidents beside a dataset that others coded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from trucewatch.cli.choosing import in_order, say_where
from trucewatch.cli.options import Day, desk_option, examples, existing, formats, words
from trucewatch.cli.printing import draw, json_lines, screen
from trucewatch.nouns import Entry, Incident, Toll

if TYPE_CHECKING:
    from trucewatch.comparisons import Compared
    from trucewatch.export.delimited import Cell

COLUMNS = (
    *("what", "start", "end", "place", "kilometres", "agree", "differ", "incident", "type", "mode"),
    *("our_low", "our_best", "our_high", "row", "their_type", "their_subtype", "their_low", "their_best", "their_high"),
)
_NONE: tuple[None, None, None] = (None, None, None)


@click.command(
    epilog=examples("compare ged --since 2017-03 --until 2017-03", "compare acled --format csv > beside.csv")
)
@click.argument("dataset", type=words)
@click.option("--since", type=Day("first"), metavar="DATE", help="From that day on; by default from where both begin.")
@click.option("--until", type=Day("last"), metavar="DATE", help="Up to that day; by default to where both end.")
@click.option("--place", type=words, metavar="WORDS", help="Only what happened there, as for `incidents`.")
@click.option(
    "--show", type=click.IntRange(0), default=20, show_default=True, metavar="N", help="Lines of each list, as text."
)
@formats("For people; or all of it as JSON lines, or as CSV.", "json", "csv")
@desk_option
def compare(
    dataset: str, since: dt.date | None, until: dt.date | None, place: str | None, show: int, form: str, desk: str
) -> None:
    """Hold our incidents against the rows of DATASET, which `import` has taken in.

    What both tell of, with both tolls side by side; what only we have; what only they have. Nothing is added up,
    and nothing is taken over.
    """
    from trucewatch.cli.terminal.comparison import page
    from trucewatch.comparisons import Wish
    from trucewatch.comparisons import compare as compared

    in_order(since, until)
    say_where(place)
    with existing(desk) as opened:
        found = compared(opened, Wish(dataset=dataset, since=since, until=until, place=place))
    if form == "text":
        draw(page(found, show, screen().width))
    elif form == "json":
        json_lines(_rows(found))
    else:
        for line in _csv(found):
            click.echo(line, nl=False)


def _rows(found: Compared) -> Iterator[dict[str, object]]:
    """What was compared and how many there are of each, then each."""
    from trucewatch.cli.terminal.comparison import tolls

    summary = msgspec.to_builtins(found)
    lists = {name: summary.pop(name) for name in ("matched", "only_ours", "only_theirs")}
    yield summary | {name: len(some) for name, some in lists.items()} | {"tolls": tolls(found)}
    for name, some in lists.items():
        for one in some:
            yield {"what": name} | (one if name == "matched" else {_NAMES[name]: one})


_NAMES = {"only_ours": "incident", "only_theirs": "entry"}


def _csv(found: Compared) -> Iterator[bytes]:
    from trucewatch.export.delimited import lines

    def rows() -> Iterator[tuple[Cell, ...]]:
        yield COLUMNS
        for pair in found.matched:
            how = (pair.kilometres, " ".join(pair.agree), " ".join(pair.differ))
            yield ("matched", *_where(pair.entry), *how, *_ours(pair.incident), *_theirs(pair.entry))
        for one in found.only_ours:
            yield ("only ours", *_where(one), *_NONE, *_ours(one), *_NONE, *_NONE)
        for entry in found.only_theirs:
            yield ("only theirs", *_where(entry), *_NONE, *_NONE, *_NONE, *_theirs(entry))

    return lines(rows())


def _where(one: Incident | Entry) -> tuple[Cell, ...]:
    place, time = one.place, one.time
    days = (time.start.isoformat(), time.end.isoformat()) if time else (None, None)
    return *days, place.name if place else None


def _ours(one: Incident) -> tuple[Cell, ...]:
    return one.id, one.type, one.mode, *_figures(one.killed)


def _theirs(entry: Entry) -> tuple[Cell, ...]:
    return entry.id, entry.type, entry.subtype, *_figures(entry.deaths)


def _figures(toll: Toll | None) -> tuple[Cell, ...]:
    return (toll.low, toll.best, toll.high) if toll else _NONE
