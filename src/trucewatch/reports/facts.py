"""What is known of a report besides its story, from the page's own data, its visible lines and the caller's options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from trucewatch.nouns import Noun
from trucewatch.reports.hygiene import key
from trucewatch.reports.lines import Fact

DAY_FIRST = "the page's date is read day first; its form allows both"
"""The note on a date whose day and month could be the other way round."""


class Facts(Noun):
    """Everything of a Report except its story, its boilerplate and its id; ``modified`` is told in a note."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    original_outlet: str | None = None
    published: dt.date | None = None
    modified: dt.date | None = None
    original_published: dt.date | None = None
    timed: dt.date | None = None
    """The one date in the page's time elements: used where nothing else tells it."""
    url: str | None = None
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    licence: str | None = None
    notes: tuple[str, ...] = ()


def gather(facts: Iterable[Fact]) -> Facts:
    """One record of the facts of a page's lines, in page order.

    Two dated outlets in a header are this copy and the one it was taken from: the later date is this copy's.
    """
    every = list(facts)
    stamps = [fact for fact in every if fact.field == "published" and fact.date is not None]
    own, original = _own_and_original(stamps)
    said_original = _first(every, "original")
    original_date = next((f.date for f in every if f.field in ("original", "original_published") and f.date), None)
    outlet = _value(own) or _first(every, "outlet")
    unsure = any(fact.unsure for fact in (own, original) if fact)
    return Facts(
        title=_first(every, "title"),
        byline=_first(every, "byline"),
        outlet=outlet,
        original_outlet=(said_original if said_original and key(said_original) != key(outlet or "") else None)
        or _value(original),
        published=own.date if own else None,
        modified=next((fact.date for fact in every if fact.field == "modified" and fact.date), None),
        original_published=original_date or (original.date if original else None),
        regions=_all(every, "region"),
        themes=_all(every, "theme"),
        series=_all(every, "series"),
        media=_all(every, "media"),
        licence=_first(every, "licence"),
        notes=(DAY_FIRST,) if unsure else (),
    )


def _own_and_original(stamps: Sequence[Fact]) -> tuple[Fact | None, Fact | None]:
    named = [fact for fact in stamps if fact.values]
    if len(named) >= 2 and key(named[0].values[0]) != key(named[1].values[0]):
        earlier, later = sorted(named[:2], key=lambda fact: fact.date or dt.date.min)
        # On one day the page's own line stands first.
        return (named[0], named[1]) if earlier.date == later.date else (later, earlier)
    own = stamps[0] if stamps else None
    if own is not None and named and not own.values and own.date == named[0].date:
        own = named[0]
    elif own is not None and named and not own.values:
        own = Fact(field="published", values=named[0].values, date=own.date, unsure=own.unsure)
    return own, None


def _value(fact: Fact | None) -> str | None:
    return fact.values[0] if fact and fact.values else None


def _first(facts: Sequence[Fact], field: str) -> str | None:
    return next((fact.values[0] for fact in facts if fact.field == field and fact.values), None)


def _all(facts: Sequence[Fact], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for fact in facts if fact.field == field for value in fact.values))


def merge(first: Facts, second: Facts) -> Facts:
    """Both records in one; where both have a value the first counts, lists and notes are joined."""
    values: dict[str, object] = {}
    for field in msgspec.structs.fields(Facts):
        mine, other = getattr(first, field.name), getattr(second, field.name)
        both = isinstance(mine, tuple)
        values[field.name] = tuple(dict.fromkeys((*mine, *other))) if both else (other if mine is None else mine)
    return msgspec.convert(values, Facts)
