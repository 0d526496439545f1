"""Our incidents beside the rows of a dataset that others coded: which tell of one event, and which only one side has.

Tolls stand side by side and are never added; nothing is taken over from a dataset. What makes one event of two stands in
``pairs``.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from trucewatch import derive
from trucewatch.checked import Checked
from trucewatch.codebook.units import Spot
from trucewatch.codebook.within import within
from trucewatch.comparisons.pairs import FORMS, Form, Judge, Pair, is_long, is_told, paired
from trucewatch.desk import Desk, Entries, EntryFilter, IncidentFilter
from trucewatch.errors import DeskError
from trucewatch.nouns import REAL, Entry, Incident, Noun, Period

TOGETHER = 200
"""Rows of a dataset whose cells are read at once."""
_One = TypeVar("_One", Incident, Entry)


class Wish(Checked):
    """What to compare; what is None does not matter."""

    dataset: str
    since: dt.date | None = None
    """Else the later of both first days."""
    until: dt.date | None = None
    """Else the earlier of both last days."""
    place: str | None = None
    """As in ``IncidentFilter``."""


class Compared(Noun, omit_defaults=False):
    """Our incidents beside a dataset's rows, between two days and in the dataset's countries."""

    dataset: str
    form: str
    """``ged`` or ``acled``."""
    since: dt.date
    until: dt.date
    place: str | None
    countries: tuple[str, ...]
    matched: tuple[Pair, ...]
    only_ours: tuple[Incident, ...]
    """That the dataset's own rules would have."""
    beyond: int
    """Unmatched incidents of ours that its rules would not have: UCDP counts only those in which somebody died."""
    untold: int
    """Incidents of ours that cannot be compared: no day is told, or no place finer than a country that was found."""
    only_theirs: tuple[Entry, ...]
    unplaced: int
    """Rows that cannot be compared, for they have no point."""
    sums: int
    """How many of ``only_theirs`` are of more than ten days: only an incident as long could be their match."""


def compare(desk: Desk, wish: Wish) -> Compared:
    """Hold incidents against a dataset's rows; raises DeskError where there is no such dataset, or no day in common."""
    derive.catch_up(desk)
    with desk.datasets() as held:
        name = _form(held, wish.dataset)
    form = FORMS[name]
    found = list(_deeds(desk, form, wish.place))
    mine = _span(one.time for one in found if is_told(one.place))
    with desk.datasets() as held:
        days, every = _theirs(held, wish, form, mine)
        rows = [entry for entry in every if entry.place.lat is not None]
        countries = {entry.place.country for entry in every if entry.place.country}
        near = [one for one in found if one.place is None or one.place.country in countries]
        ours = [one for one in near if one.time is not None and one.time.touches(days) and is_told(one.place)]
        judge = Judge(form, _cells(held, wish.dataset, rows))
        pairs = tuple(paired(ours, rows, judge))
    left = _without(ours, {one.incident.id for one in pairs})
    only_ours = tuple(one for one in left if form.would_have(one, judge.book))
    only_theirs = _without(rows, {one.entry.id for one in pairs})
    return Compared(
        dataset=wish.dataset,
        form=name,
        since=days.start,
        until=days.end,
        place=wish.place,
        countries=tuple(sorted(countries)),
        matched=pairs,
        only_ours=only_ours,
        beyond=len(left) - len(only_ours),
        untold=sum(one.time is None or (one.time.touches(days) and not is_told(one.place)) for one in near),
        only_theirs=only_theirs,
        unplaced=len(every) - len(rows),
        sums=sum(is_long(entry.time) for entry in only_theirs),
    )


def _form(held: Entries, dataset: str) -> str:
    imports = held.imports(dataset)
    if not imports:
        raise DeskError(f"no dataset {dataset!r} is here; `trucewatch import` takes one in")
    return imports[0].form


def _theirs(held: Entries, wish: Wish, form: Form, mine: Period | None) -> tuple[Period, list[Entry]]:
    """The days that are compared, and the dataset's rows of them; ``mine`` is of which days we have something."""
    rows = [entry for entry in held.entries(_wanted(wish, form, mine)) if _is_there(wish.place, entry)]
    days = _days(wish, mine, _span(entry.time for entry in rows))
    inside = (entry for entry in rows if entry.time.touches(days))
    return days, sorted(inside, key=lambda entry: (is_long(entry.time), entry.time.start, entry.id))


def _cells(held: Entries, dataset: str, rows: Sequence[Entry]) -> Callable[[Entry], Mapping[str, str]]:
    """A function that gives a row's cells. It reads a block of neighbours at a time: rows come by day, and all would not fit."""
    at = {row.id: number // TOGETHER for number, row in enumerate(rows)}

    @functools.lru_cache(maxsize=8)
    def of(block: int) -> Mapping[str, Mapping[str, str]]:
        return held.contents(dataset, [row.id for row in rows[block * TOGETHER : (block + 1) * TOGETHER]])

    return lambda entry: of(at[entry.id])[entry.id]


def _deeds(desk: Desk, form: Form, place: str | None) -> Iterator[Incident]:
    wanted = IncidentFilter(type=form.ours, place=place)
    return (one for one in desk.incidents(wanted) if one.status in REAL)


def _wanted(wish: Wish, form: Form, mine: Period | None) -> EntryFilter:
    """Which rows to look for: of the days that are wished, else of those of which we have something."""
    since = wish.since or (mine.start if mine else None)
    until = wish.until or (mine.end if mine else None)
    return EntryFilter(dataset=wish.dataset, types=form.types, since=since, until=until)


def _is_there(words: str | None, entry: Entry) -> bool:
    return words is None or within(words).holds(Spot(entry.place, entry.admin1, entry.admin2))


def _span(times: Iterable[Period | None]) -> Period | None:
    """From the first day to the last. Long times are used only where there are no others: sums reach back for years."""
    known = [time for time in times if time is not None]
    some = [time for time in known if not is_long(time)] or known
    if not some:
        return None
    return Period(start=min(time.start for time in some), end=max(time.end for time in some), precision="span")


def _days(wish: Wish, mine: Period | None, its: Period | None) -> Period:
    """The days that are compared: as wished, else those on which both sides have something."""
    if mine is None or its is None:
        lacking = f"the dataset {wish.dataset}" if mine else "the desk"
        raise DeskError(f"nothing to compare: {lacking} has nothing of that place and those days")
    start, end = wish.since or max(mine.start, its.start), wish.until or min(mine.end, its.end)
    if start > end:
        raise DeskError(f"nothing to compare: the desk and {wish.dataset} have no day in common")
    return Period(start=start, end=end, precision="span")


def _without(some: Sequence[_One], ids: set[str]) -> tuple[_One, ...]:
    return tuple(one for one in some if one.id not in ids)
