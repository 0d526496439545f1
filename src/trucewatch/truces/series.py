"""Daily series: what was counted on each day, and on which days somebody was looking.

A day without an incident tells something only where it was watched, and then a day with one tells no more: whether a
day was watched must not hang on what came, or rates would rise where few look. An incident without a day stands on none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from trucewatch.day_counts import Flags, Floats, watched_by
from trucewatch.nouns import Noun, Toll
from trucewatch.truces.breach import Breach
from trucewatch.truces.days import Days
from trucewatch.truces.verdicts import Verdict

COUNTED = frozenset({Verdict.ALLEGED, Verdict.CORROBORATED, Verdict.VERIFIED, Verdict.DISPUTED})
"""Verdicts that count as a breach where nothing else is asked for; a breach that is only denied does not."""


class Tally(Noun):
    """What one incident adds to the series of a truce, once, however many clauses it breaks."""

    incident: str
    day: dt.date | None
    deaths: Toll | None = None
    """None where nobody says; that is not 0."""
    party: str | None = None
    """Who is held to have done it."""


@dataclass(frozen=True, eq=False)
class Series:
    """One thing counted day by day: events or deaths, never both."""

    counted: str
    """``events`` or ``deaths``."""
    first: dt.date
    counts: Floats
    """One value a day from ``first`` on; 0 on a day that was not watched."""
    watched: Flags
    """Whether the day was watched, whatever came; of the same length."""
    apart: Floats
    """What was told later of days that were not watched: it is in no rate."""

    @property
    def told(self) -> Floats:
        """All that was counted, of watched days and others."""
        return self.counts + self.apart

    @property
    def days(self) -> Days:
        return Days(first=self.first, last=self.first + dt.timedelta(days=len(self.counts) - 1))

    def part(self, days: Days) -> Series:
        """The series within these days; shorter where it does not reach so far."""
        start = max(0, (days.first - self.first).days)
        stop = max(start, (days.last - self.first).days + 1)
        first = self.first + dt.timedelta(days=start)
        within = slice(start, stop)
        return Series(self.counted, first, self.counts[within], self.watched[within], self.apart[within])


def tallies(breaches: Iterable[Breach], verdicts: Collection[str] = COUNTED) -> tuple[Tally, ...]:
    """The incidents behind the breaches with these verdicts, each once, in order of their days, the undated last."""
    found: dict[str, Tally] = {}
    for one in breaches:
        if one.verdict in verdicts and one.incident not in found:
            found[one.incident] = Tally(incident=one.incident, day=one.day, deaths=one.deaths, party=one.party)
    return tuple(sorted(found.values(), key=lambda tally: (tally.day or dt.date.max, tally.incident)))


def events(counted: Iterable[Tally], days: Days, watched: Flags | None = None) -> Series:
    """Incidents a day. Without ``watched`` (a flag a day) every day counts as watched."""
    return _series("events", ((tally.day, 1) for tally in counted), days, watched)


def deaths(counted: Iterable[Tally], days: Days, watched: Flags | None = None) -> Series:
    """Deaths a day by the best figure of each incident; one without a figure adds none."""
    told = ((tally.day, tally.deaths.best if tally.deaths else 0) for tally in counted)
    return _series("deaths", told, days, watched)


def _series(counted: str, told: Iterable[tuple[dt.date | None, int]], days: Days, watched: Flags | None) -> Series:
    within = [((day - days.first).days, number) for day, number in told if day is not None and day in days]
    at = np.array([place for place, _ in within], dtype=np.int64)
    numbers = np.array([number for _, number in within], dtype=float)
    counts = np.bincount(at, weights=numbers, minlength=days.count).astype(float)
    seen = np.ones(days.count, dtype=bool) if watched is None else watched
    return Series(counted, days.first, np.where(seen, counts, 0.0), seen, np.where(seen, 0.0, counts))


def watch(published: Iterable[dt.date], days: Days) -> Flags:
    """Which days were watched, from the dates of the reports that a desk holds on the area: one flag a day."""
    watched = watched_by(published)
    return np.array([day in watched for day in days], dtype=bool)


def by_day(counted: Sequence[Tally]) -> dict[dt.date, tuple[Tally, ...]]:
    """The dated incidents of each day that has any."""
    found: dict[dt.date, list[Tally]] = {}
    for tally in counted:
        if tally.day is not None:
            found.setdefault(tally.day, []).append(tally)
    return {day: tuple(those) for day, those in found.items()}
