"""Our incidents beside a dataset's rows, for people: how many there are of each kind, and the first of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.text import Text

from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.claims import folded
from trucewatch.comparisons import Compared, Pair
from trucewatch.nouns import Entry, Incident, Toll

_VIOLENCE = {"1": "state-based", "2": "non-state", "3": "one-sided"}
"""UCDP's types of violence."""
_TOLLS = ("the same", "ranges touch", "ours lower", "ours higher", "ours untold")


def tolls(found: Compared) -> dict[str, int]:
    """How the two tolls of the pairs stand to each other."""
    return dict.fromkeys(_TOLLS, 0) | Counter(map(_stand, found.matched))


def _stand(pair: Pair) -> str:
    ours, theirs = pair.incident.killed, pair.entry.deaths
    if ours is None or theirs is None:
        return "ours untold"
    if ours == theirs:
        return "the same"
    if ours.high < theirs.low:
        return "ours lower"
    return "ours higher" if ours.low > theirs.high else "ranges touch"


def page(found: Compared, show: int, width: int) -> Iterator[Text]:
    """The summary, then the three lists, each cut short, on lines of a width."""
    for line in _page(found, show):
        yield from folded(line, width) if line else [line]


def _page(found: Compared, show: int) -> Iterator[Text]:
    days = f"{wording.day(found.since)} to {wording.day(found.until)}"
    where = ", ".join(filter(None, (wording.line(found.place) if found.place else "", *found.countries)))
    yield Text(f"{found.dataset} ({found.form}) beside our incidents, {days}, {where}", style="bold")
    told = ", ".join(f"{what} {number:,}" for what, number in tolls(found).items() if number)
    beyond = f"; {found.beyond:,} more that it would not have by its own rules" if found.beyond else ""
    yield Text(f"    {len(found.matched):,} in both" + (f"; tolls: {told}" if told else ""))
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
    place = wording.line(one.place.name) if one.place else wording.UNKNOWN
    kind = " ".join(
        filter(None, (_VIOLENCE.get(one.type, one.type), getattr(one, "mode", getattr(one, "subtype", None))))
    )
    return Text(f"{wording.period(one.time)}  {place}  {wording.line(kind)}")


def _toll(toll: Toll | None) -> str:
    if toll is None:
        return wording.UNKNOWN
    return f"{toll.low}" if toll.low == toll.high else f"{toll.best} ({toll.low}–{toll.high})"
