"""Stretches of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from trucewatch.nouns import Noun, Period


class Days(Noun):
    """Days from ``first`` to ``last``, both included; none where ``last`` is before ``first``."""

    first: dt.date
    last: dt.date

    @property
    def count(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def __iter__(self) -> Iterator[dt.date]:
        return (self.first + dt.timedelta(days=at) for at in range(self.count))

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


class Stretch(Noun):
    """Days from ``first`` on, to ``last`` where there is a last one."""

    first: dt.date
    last: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def around(time: Period | None, spans: Iterable[Days]) -> Days | None:
    """The first of several stretches of days in which a time lies as a whole."""
    return next((span for span in spans if time and time.start in span and time.end in span), None)
