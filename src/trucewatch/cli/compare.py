"""The command ``compare``: our incidents beside a dataset that others coded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from trucewatch.cli.choosing import in_order, say_where
from trucewatch.cli.options import Day, desk_option, examples, existing, words
from trucewatch.cli.printing import draw, json_lines
from trucewatch.cli.terminal import wording
from trucewatch.nouns import Entry, Incident, Toll

if TYPE_CHECKING:
    from rich.text import Text

    from trucewatch.comparison_pairs import Pair
    from trucewatch.comparisons import Compared
    from trucewatch.export.delimited import Cell

COLUMNS = (
    *("what", "start", "end", "place", "kilometres", "agree", "differ", "incident", "type", "mode"),
    *("our_low", "our_best", "our_high", "row", "their_type", "their_subtype", "their_low", "their_best", "their_high"),
)
_VIOLENCE = {"1": "state-based", "2": "non-state", "3": "one-sided"}
"""UCDP's types of violence."""
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
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="For people; or all of it as JSON lines, or as CSV.",
)
@desk_option
def compare(
    dataset: str, since: dt.date | None, until: dt.date | None, place: str | None, show: int, form: str, desk: str
) -> None:
    """Hold our incidents against the rows of DATASET, which `import` has taken in.

    What both tell of, with both tolls side by side; what only we have; what only they have. Nothing is added up,
    and nothing is taken over.
    """
    from trucewatch.comparisons import Wish
    from trucewatch.comparisons import compare as compared

    in_order(since, until)
    say_where(place)
    with existing(desk) as opened:
        found = compared(opened, Wish(dataset=dataset, since=since, until=until, place=place))
    if form == "text":
        draw(_text(found, show))
    elif form == "json":
        json_lines(_rows(found))
    else:
        for line in _csv(found):
            click.echo(line, nl=False)


def _rows(found: Compared) -> Iterator[dict[str, object]]:
    """What was compared and how many there are of each, then each."""
    summary = msgspec.to_builtins(found)
    lists = {name: summary.pop(name) for name in ("matched", "only_ours", "only_theirs")}
    yield summary | {name: len(some) for name, some in lists.items()} | _deaths(found)
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


def _deaths(found: Compared) -> dict[str, dict[str, int]]:
    """How the two tolls of the pairs stand to each other."""
    counted = dict.fromkeys(_TOLLS, 0)
    for pair in found.matched:
        counted[_stand(pair)] += 1
    return {"tolls": counted}


_TOLLS = ("the same", "ranges touch", "ours lower", "ours higher", "ours untold")


def _stand(pair: Pair) -> str:
    ours, theirs = pair.incident.killed, pair.entry.deaths
    if ours is None or theirs is None:
        return "ours untold"
    if ours == theirs:
        return "the same"
    if ours.high < theirs.low:
        return "ours lower"
    return "ours higher" if ours.low > theirs.high else "ranges touch"


def _text(found: Compared, show: int) -> Iterator[Text]:
    """The summary, then the three lists, each cut short."""
    from rich.text import Text

    days = f"{wording.day(found.since)} to {wording.day(found.until)}"
    where = ", ".join(filter(None, (wording.line(found.place) if found.place else "", *found.countries)))
    yield Text(f"{found.dataset} ({found.form}) beside our incidents, {days}, {where}", style="bold")
    tolls = ", ".join(f"{what} {number:,}" for what, number in _deaths(found)["tolls"].items() if number)
    beyond = f"; {found.beyond:,} more that it would not have by its own rules" if found.beyond else ""
    yield Text(f"    {len(found.matched):,} in both" + (f"; tolls: {tolls}" if tolls else ""))
    yield Text(f"    {len(found.only_ours):,} only ours{beyond}")
    sums = f", {found.sums:,} of them of more than ten days" if found.sums else ""
    yield Text(f"    {len(found.only_theirs):,} only theirs{sums}")
    if found.untold:
        yield Text(f"    {found.untold:,} of ours cannot be compared: no day told, or no place within a country")
    if found.unplaced:
        yield Text(f"    {found.unplaced:,} of {found.dataset} cannot be compared: no point told")
    lists = (("in both", found.matched), ("only ours", found.only_ours), ("only theirs", found.only_theirs))
    for title, some in lists:
        if some and show:
            yield Text()
            yield Text(title, style="bold")
            yield from (_line(one) for one in some[:show])
            if len(some) > show:
                yield Text(f"    and {len(some) - show:,} more; --format csv has them all", style="dim")


def _line(one: Pair | Incident | Entry) -> Text:
    """One line, or two: when and where, the tolls, the ids; of a pair also what agrees and what differs."""
    from rich.text import Text

    from trucewatch.comparison_pairs import Pair

    if isinstance(one, Pair):
        told = Text("    ").append_text(_head(one.entry))
        told.append(f"   ours: {wording.line(one.incident.place.name if one.incident.place else None)}")
        told.append(f"\n        theirs {_toll(one.entry.deaths)} killed  {wording.line(one.entry.id)}")
        told.append(f"   ours {_toll(one.incident.killed)} killed  {one.incident.id}")
        km = f" ({one.kilometres:g} km)" if one.kilometres else ""
        told.append(f"\n        the same: {', '.join(one.agree) or wording.UNKNOWN}{km}", style="dim")
        return told.append(f"; differ: {', '.join(one.differ)}", style="bold yellow") if one.differ else told
    toll = one.killed if isinstance(one, Incident) else one.deaths
    return Text("    ").append_text(_head(one)).append(f"  {_toll(toll)} killed  {wording.line(one.id)}")


def _head(one: Incident | Entry) -> Text:
    from rich.text import Text

    place = wording.line(one.place.name) if one.place else wording.UNKNOWN
    kind = " ".join(
        filter(None, (_VIOLENCE.get(one.type, one.type), getattr(one, "mode", getattr(one, "subtype", None))))
    )
    return Text(f"{wording.period(one.time)}  {place}  {wording.line(kind)}")


def _toll(toll: Toll | None) -> str:
    if toll is None:
        return wording.UNKNOWN
    return f"{toll.low}" if toll.low == toll.high else f"{toll.best} ({toll.low}–{toll.high})"
