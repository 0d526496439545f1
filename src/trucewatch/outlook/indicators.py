"""Named indicators: what of an incident, or of a dataset's row, a series counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trucewatch import codebook
from trucewatch.codebook import Indicator
from trucewatch.codebook.rows import NONE
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Toll


class Kind(NamedTuple):
    """An event type with a mode."""

    type: str
    mode: str | None
    """None for any, ``-`` for none at all."""


def indicator(name: str) -> Indicator:
    """The row of indicators.csv. Raises WrongCallError for an invalid name."""
    every = codebook.load().indicators
    if name not in every:
        raise WrongCallError(f"no indicator is called {name!r}; there are {', '.join(every)}")
    return every[name]


def kinds(row: Indicator) -> tuple[Kind, ...]:
    """The kinds of incidents that it counts."""
    return tuple(Kind(type_, mode or None) for type_, _, mode in (told.partition("/") for told in row.types))


def in_dataset(row: Indicator, form: str, dataset: str) -> tuple[str, ...]:
    """The types and subtypes of a dataset's rows that it counts.

    Raises WrongCallError where the form of the dataset (``ged``, ``acled``) does not tell them apart.
    """
    told = of_form(row, form)
    if not told:
        others = ", ".join(other.id for other in codebook.load().indicators.values() if of_form(other, form))
        raise WrongCallError(f"{dataset!r} does not tell {row.id} apart; it has {others}")
    return told


def of_form(row: Indicator, form: str) -> tuple[str, ...]:
    """What it counts in datasets of a form; empty where they do not tell it apart."""
    return row.ucdp if form == "ged" else row.acled


def is_meant(row: Indicator, recipients: Iterable[str | None]) -> bool:
    """Whether recipients of these sectors (None: not known) are among those that it asks for."""
    if not row.recipients:
        return True
    sectors = [sector or NONE for sector in recipients] or [NONE]
    return any(sector in row.recipients for sector in sectors)


def number(row: Indicator, deaths: Toll | None) -> float | None:
    """What one deed adds: 1, or its deaths; None where nobody says how many died."""
    if row.unit == "deeds":
        return 1.0
    return None if deaths is None else float(getattr(deaths, row.unit.removeprefix("deaths ")))


def overlap(row: Indicator, other: Indicator) -> bool:
    """Whether an incident that one of the two counts may be what the other counts, too."""
    meant = not row.recipients or not other.recipients or bool(set(row.recipients) & set(other.recipients))
    return meant and any(_shared(one, its) for one in kinds(row) for its in kinds(other))


def _shared(one: Kind, other: Kind) -> bool:
    return one.type == other.type and (one.mode is None or other.mode is None or one.mode == other.mode)
