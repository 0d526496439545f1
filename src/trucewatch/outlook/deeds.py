"""Deeds: incidents, and rows of others' datasets, each as a series counts it."""

from __future__ import annotations

from typing import NamedTuple

from trucewatch.codebook import Indicator
from trucewatch.codebook.units import Spot
from trucewatch.nouns import Entry, Period
from trucewatch.outlook import indicators

BESIDE = "not between the sides of the truce"
"""Why a deed in its area does not count: infighting, or violence of strangers to it."""


class Deed(NamedTuple):
    """One incident, or one row of a dataset, as a series counts it."""

    number: float | None
    """What it adds: 1, or its deaths; None where nobody gives a figure."""
    time: Period | None
    spot: Spot | None
    reports: tuple[str, ...] | int
    """The ids of the reports that tell of it; a dataset gives only how many, 0 where it does not say."""
    is_beside: bool = False
    """Whether it lies in the area of a truce and is none of what the truce is about."""


def of_entry(entry: Entry, row: Indicator) -> Deed:
    """A dataset's row, of a type that the indicator counts."""
    return Deed(
        number=indicators.number(row, entry.deaths),
        time=entry.time,
        spot=Spot(entry.place, entry.admin1, entry.admin2),
        reports=entry.reports or 0,
    )
