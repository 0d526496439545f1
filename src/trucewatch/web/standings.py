"""How the truces stand that a desk's reports tell of, in short; kept until the desk changes."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import lru_cache
from pathlib import Path

from trucewatch import ledger, truces
from trucewatch.desk import Desk, Mark, Near
from trucewatch.nouns import Incident, Noun
from trucewatch.truces import Breach, Truce, Verdict
from trucewatch.truces.course import Course
from trucewatch.truces.series import COUNTED
from trucewatch.truces.speakers import agreed
from trucewatch.truces.status import Reading
from trucewatch.truces.verdicts import TOLD

ENDED = "ended"
"""What is said of a truce that ended by its table, though nobody declared so."""
DRAWN = 56
"""Days of the small chart."""
SHOWN = 3
"""Incidents that are told of on a card."""
LATE = dt.timedelta(days=14)
"""Where the newest report on a truce is older than this, it is looked at as of that report."""
FRESH = 60.0
"""Seconds for which standings are shown as they are, though the desk changes all the while ..."""
REST = 5
"""... or so many times as long as counting them took, where that is more: most of the time is for who looks."""
PATIENCE = 5.0
"""Seconds that a page waits for them."""
COUNTING = tuple(verdict for verdict in TOLD if verdict in COUNTED)
"""Verdicts that are told of on a card, in this order."""


class Standing(Noun):
    """One truce in short."""

    truce: str
    name: str
    countries: tuple[str, ...]
    effective: dt.date
    until: dt.date
    """The day that it is looked at: today, its last, or that of the last report on it."""
    declared: str
    declared_by: str | None
    events: Reading
    """What is observed by its last day, by events ..."""
    deaths: Reading
    """... and by deaths."""
    window: int
    """The days that they look back on."""
    counted: tuple[tuple[str, int], ...]
    """How many incidents have which verdict."""
    latest: dt.date | None
    """Of the events that count."""
    held: tuple[Breach, ...]
    """The deadliest of the last day on which something was held against it; a row an incident."""
    days: tuple[tuple[dt.date, float, bool], ...]
    """The last days: events, and whether anybody was looking."""

    @property
    def is_over(self) -> bool:
        """Whether it has ended by what is declared."""
        return self.declared in ("declared over", "run out", ENDED)


class Standings:
    """The truces of a desk; safe between threads. They are counted by one thread of their own."""

    def __init__(self, desk: Desk, folder: Path | None) -> None:
        self._desk = desk
        self._folder = folder
        self._lock = threading.Lock()
        self._counter = ThreadPoolExecutor(1, thread_name_prefix="standings")
        self._of: tuple[Mark | None, dt.date] | None = None
        self._kept: tuple[Standing, ...] | None = None
        self._next: Future[tuple[Standing, ...]] | None = None
        self._due = 0.0
        self._is_closed = False

    def every(self, today: dt.date) -> tuple[Standing, ...] | None:
        """Truces that incidents of the desk were held against: those in force first, the newest of each war before its others.

        Those counted last where the desk is changing; None where they are being counted for the first time, and
        that takes long.
        """
        counting = self.begin(today)
        if counting is not None:
            done = not wait([counting], timeout=PATIENCE).not_done
            with self._lock:
                if done and self._next is counting:
                    self._next, self._of = None, None if counting.exception() else self._of
                    self._kept = counting.result()
        return self._kept

    def begin(self, today: dt.date) -> Future[tuple[Standing, ...]] | None:
        """Let them be counted, where they are due, so that who asks later need not wait for it."""
        of = (self._desk.mark(), today)
        with self._lock:
            is_due = self._of != of and (self._of is None or time.monotonic() > self._due)
            if self._next is None and is_due:
                self._next, self._of = self._counter.submit(self._count, today), of
            return self._next

    def close(self) -> None:
        """Count no further truce."""
        self._is_closed = True
        self._counter.shutdown()

    def _count(self, today: dt.date) -> tuple[Standing, ...]:
        begun = time.monotonic()
        found = [self._standing(one, today) for one in truces.load(self._folder).values() if not self._is_closed]
        self._due = rested(begun)
        return tuple(_ordered([one for one in found if one is not None]))

    def _standing(self, truce: Truce, today: dt.date) -> Standing | None:
        until = looked_at(self._desk, truce, today)
        if until is None:
            return None
        course = ledger.measured(self._desk, truce, until)
        short = _short(truce, course) if course else None
        return short if short and (short.counted or short.latest) else None


def rested(begun: float) -> float:
    """When what began at a moment (of ``time.monotonic``) and is done now may be done again."""
    now = time.monotonic()
    return now + max(FRESH, REST * (now - begun))


def incidents_of(desk: Desk, standings: Iterable[Standing]) -> dict[str, Incident]:
    """The incidents that cards tell of, by id."""
    return {one.id: one for one in desk.incidents_named({row.incident for each in standings for row in each.held})}


def looked_at(desk: Desk, truce: Truce, today: dt.date) -> dt.date | None:
    """The day as of which a truce is looked at: today, or its last; that of the last report on it where that is older by ``LATE``.

    What reports tell of its countries once it has ended is not about it. None where none tells of them while it lasted,
    or nobody knows when it took effect. It is kept for as long as the desk is the same: each part of a page asks.
    """
    return _looked_at(desk, desk.mark(), truce, today)


@lru_cache(maxsize=64)
def _looked_at(desk: Desk, mark: Mark | None, truce: Truce, today: dt.date) -> dt.date | None:
    term, last = agreed(truce), last_day(truce, today)
    told = term and desk.days_told(Near(countries=truce.countries, since=term.effective, until=last))
    return (last if last - told[-1] <= LATE else told[-1]) if told else None


def last_day(truce: Truce, today: dt.date) -> dt.date:
    """The last day of a truce by its table, or today."""
    return min(today, truce.end.last) if truce.end else today


def _ordered(told: Sequence[Standing]) -> list[Standing]:
    seen: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for one in sorted(told, key=lambda one: one.effective, reverse=True):
        ranked.append((one.is_over, seen[one.countries], -one.until.toordinal(), one.truce, one))
        seen[one.countries] += 1
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1])]


def _short(truce: Truce, course: Course) -> Standing:
    declared = course.declared[-1]
    over = truce.end is not None and truce.end.first <= course.days.last
    told: dict[str, Verdict] = {}
    for one in sorted(course.breaches, key=lambda one: TOLD.index(one.verdict)):
        told.setdefault(one.incident, one.verdict)
    counts = Counter(told.values())
    first = course.days.count - DRAWN
    tallied = Counter(tally.day for tally in course.counted)
    days = [
        (day, float(tallied[day]), bool(seen))
        for at, (day, seen) in enumerate(zip(course.days, course.watched, strict=True))
        if at >= first
    ]
    return Standing(
        truce=truce.id,
        name=truce.name,
        countries=truce.countries,
        effective=course.days.first,
        until=course.days.last,
        declared=ENDED if over and not declared.by else declared.state.value,
        declared_by=declared.by,
        events=course.events.readings[-1],
        deaths=course.deaths.readings[-1],
        window=course.events.ratio.window.count,
        counted=tuple((verdict.value, counts[verdict]) for verdict in COUNTING if counts[verdict]),
        latest=course.events.tempo.latest,
        held=_last_held(course.breaches),
        days=tuple(days),
    )


def _last_held(breaches: Sequence[Breach]) -> tuple[Breach, ...]:
    held = [(one.day, one) for one in breaches if one.day and one.verdict in COUNTING]
    last = max((day for day, _ in held), default=None)
    its = sorted(
        (one for day, one in held if day == last),
        key=lambda one: (-(one.deaths.high if one.deaths else 0), COUNTING.index(one.verdict)),
    )
    return tuple({one.incident: one for one in reversed(its)}.values())[::-1][:SHOWN]
