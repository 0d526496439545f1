"""Ceasefires in Syria by UCDP GED: first lethal event, 14-day ratios and observed status, as docs/ledger.md has them.

    python -m benchmarks.ceasefires [--placebo] [--sequences] [--variants] [--alarms]

GED 2016-2018 (CC BY 4.0; Sundberg and Melander 2013) holds events with at least one death. Each becomes an incident, side
A against side B, for GED does not say who began, and is held against the ceasefire's own table by the ledger. Every day
counts as watched.

``--placebo`` asks how often the 90 % interval of a ratio leaves out 1 on days on which nothing was agreed, and
``--sequences`` how often chance is called a sequence (responses.py) on made-up series. ``--variants`` tells when each
ceasefire collapses by other ways to count, and ``--alarms`` how often a collapse is told where violence falls to a part
of what it was, or does not fall.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks import GED
from benchmarks.ged import Event
from benchmarks.ged import events as read_events
from trucewatch import codebook, truces
from trucewatch.codebook import Codebook
from trucewatch.day_counts import DAY, Floats
from trucewatch.nouns import Entity, Incident, Period, Place, Status, Toll
from trucewatch.truces import Ledger, Verdict, odds
from trucewatch.truces.course import Course, Known, Track, course
from trucewatch.truces.days import Days
from trucewatch.truces.metrics import RateRatio
from trucewatch.truces.odds import Contrast
from trucewatch.truces.responses import WITHIN, Null, following
from trucewatch.truces.series import Tally, deaths, events
from trucewatch.truces.speakers import agreed
from trucewatch.truces.status import RULE, Observed, Reading, Rule, baseline, observed

HORIZON = 60
"""Days of a truce that are looked at."""
SHOWN = (6, 13, 20, 27, 41, 55)
DYADS = frozenset(
    {
        ("Government of Syria", "Syrian insurgents"),
        ("Civilians", "Government of Syria"),
        ("Civilians", "Syrian insurgents"),
    }
)
"""Of the placebo: fighting between the government and the insurgents, and attacks of either on civilians."""
PRECISIONS = {1: "site", 2: "town", 3: "district", 4: "region", 5: "region", 6: "country", 7: "country"}
SIDES = {
    "Government of Syria": ("GOV", "sy-gov"),
    "Syrian insurgents": ("REB", None),
    "Civilians": ("CVL", None),
}
"""Sector and actor of GED's names; other sides are looked up by name."""
CEASEFIRES = {
    "27 February 2016": "syria-cessation-2016-02",
    "12 September 2016": "syria-cessation-2016-09",
    "30 December 2016": "syria-ceasefire-2016-12",
    "zones, 6 May 2017": "syria-de-escalation-2017",
}
"""Ids of their tables."""


def _by_day(base: Floats) -> float:
    return max(1.0, odds.by_blocks(base, np.ones(len(base), dtype=bool), 1))


def _as_used(base: Floats) -> float:
    return odds.dispersion(base, np.ones(len(base), dtype=bool))


VARIANTS: tuple[tuple[str, int, Callable[[Floats], float]], ...] = (
    ("as used, but for the worst day", 0, _as_used),
    ("dispersion from day to day", 0, _by_day),
    ("no dispersion", 0, lambda base: 1.0),
    ("baseline without its final 14 days", 14, _as_used),
)
"""Ways to count: how much of the baseline's end is left out, and the dispersion."""


class Found(NamedTuple):
    """What one ceasefire looks like."""

    after: dict[int, Course]
    """What is measured of it up to day 13, day 27 and the horizon; the effective day is 0."""
    undecided: int
    """Events of day 0 of which nobody knows whether they came before the hour."""

    @property
    def effective(self) -> dt.date:
        return self.after[HORIZON].days.first

    def number(self, day: dt.date | None) -> int | None:
        """A day by its number."""
        return (day - self.effective).days if day else None


def imported(event: Event, book: Codebook) -> Incident:
    """An event as an incident."""
    one, other = (_side(name, event.first, book) for name in event.sides)
    (lat, lon), name = event.point, event.town or event.governorate or "Syria"
    precision = PRECISIONS[event.precision]
    return Incident(
        id=f"ged:{event.id}",
        claims=(f"ged.{event.id}",),
        type="ASSAULT",
        mode=event.mode,
        status=Status.HAPPENED,
        actors=(one,),
        recipients=(other,),
        place=Place(text=name, name=name, country="SYR", lat=lat, lon=lon, precision=precision),
        time=Period(start=event.first, end=event.last, precision="day" if event.first == event.last else "span"),
        killed=Toll(low=event.low, best=event.best, high=event.high),
    )


def _side(name: str, on: dt.date, book: Codebook) -> Entity:
    """A side of GED, which may be several groups: the first that the codebook knows."""
    if name in SIDES:
        sector, actor = SIDES[name]
        return Entity(text=name, name=name, country="SYR", sector=sector, actor=actor)
    known = [row for part in name.split(", ") if (row := book.find_actor(part, on))]
    if not known:
        return Entity(text=name, name=name)
    return Entity(text=name, name=known[0].name, country=known[0].country, sector=known[0].sector, actor=known[0].id)


def measured(every: Sequence[Event], table: str, upto: Sequence[int] = (13, 27, HORIZON)) -> Found:
    """A ceasefire up to each of these days, the horizon among them."""
    book, truce = codebook.load(), truces.load()[table]
    ledger, term = Ledger(truce, book), agreed(truce)
    assert term is not None
    whole = Days(first=term.effective - 56 * DAY, last=term.effective + HORIZON * DAY)
    near = [imported(event, book) for event in every if event.last >= whole.first and event.first <= whole.last]
    after = {}
    for number in upto:
        until = term.effective + number * DAY
        incidents = tuple(one for one in near if one.time and one.time.end <= until)
        found = course(truce, book, ledger, Known(until=until, incidents=incidents, published=tuple(whole)))
        assert found is not None
        after[number] = found
    rows = after[HORIZON].breaches
    open_ = [row for row in rows if row.day == term.effective and row.verdict is Verdict.NO_VERDICT]
    return Found(after, sum("took effect" in row.reason and "carved out" not in row.reason for row in open_))


def collapse(readings: Sequence[Reading], effective: dt.date) -> tuple[int, int] | None:
    """Day on which the first run of seven began by which a collapse is told, and the day on which it was complete."""
    for reading in readings:
        if reading.status is Observed.COLLAPSED and reading.since:
            return (reading.since - effective).days, (reading.day - effective).days
    return None


def variants(found: Found) -> Iterator[tuple[str, str, tuple[int, int] | None]]:
    """When a ceasefire collapses by other ways to count than the one that is used, for events and for deaths."""
    of = found.after[HORIZON]
    whole = Days(first=baseline(found.effective).first, last=of.days.last)
    for make in (events, deaths):
        series = make(of.counted, whole)
        for name, trim, spread in VARIANTS:
            base, truce = series.counts[: 56 - trim], series.counts[56:]
            over = odds.above(Contrast(*_windows(truce), base.sum(), len(base), spread(base)), 0.8)
            yield make.__name__, name, _run_of((over > 0.8).tolist())
        counts, days = _windows(series.counts[56:])
        yield make.__name__, "the ratio itself is over 0.8", _run_of((counts / days > 0.8 * base.mean()).tolist())


def _windows(truce: Floats) -> tuple[Floats, Floats]:
    """What was counted in the 14 days up to each day, none before the truce, and how many days these are."""
    days = np.minimum(np.arange(len(truce)) + 1.0, 14)
    return np.convolve(truce, np.ones(14))[: len(truce)], days


def _run_of(flags: Sequence[bool], length: int = 7) -> tuple[int, int] | None:
    """The first and last day of the first run of so many, none of them before the seventh day of the truce."""
    run = 0
    for day, flag in enumerate(flags):
        run = run + 1 if flag and day >= 6 else 0
        if run == length:
            return day - length + 1, day
    return None


def alarms(every: Sequence[Event], kept: float, rule: Rule = RULE, seed: int = 1) -> Iterator[tuple[str, float, float]]:
    """For events and deaths: the share of made-up truces that are told to have collapsed within 60 days.

    As for the placebo, but each event from the made-up start on is kept with the probability ``kept`` only. Also the
    share of those made-up truces for which enough is observed to tell a status at all.
    """
    odd = np.random.default_rng(seed)
    counted = [one for one in every if one.dyad in DYADS and one.first == one.last]
    for make in (events, deaths):
        fell, told = [], []
        for area in sorted({one.governorate for one in counted} - {""}):
            ours = [_tally(one) for one in counted if one.governorate == area]
            for start in _starts():
                span = Days(first=start - 56 * DAY, last=start + HORIZON * DAY)
                near = [one for one in ours if one.day is not None and one.day in span]
                thinned = [one for one in near if one.day and (one.day < start or odd.random() < kept)]
                statuses = {reading.status for reading in observed(make(thinned, span), start, rule)}
                told.append(statuses != {Observed.INSUFFICIENT})
                fell.append(Observed.COLLAPSED in statuses)
        seen = np.array(told)
        yield make.__name__, float(np.array(fell)[seen].mean()), float(seen.mean())


def _starts() -> Iterator[dt.date]:
    """Every fourth week of 2016 to 2018 that has its baseline and its 60 days in them."""
    first, last = dt.date(2016, 1, 1) + 56 * DAY, dt.date(2018, 12, 31) - HORIZON * DAY
    return (first + at * DAY for at in range(0, (last - first).days, 28))


def _tally(one: Event) -> Tally:
    return Tally(incident=one.id, day=one.first, deaths=Toll(low=one.low, best=one.best, high=one.high))


def placebo(every: Sequence[Event]) -> Iterator[tuple[str, float, float, float]]:
    """For events and deaths: how often the interval of 14 days against the 56 before leaves out 1, by dispersion.

    Every seventh day of 2016 to 2018 is taken for the start of a truce, in each governorate that has 20 events in the 56
    days before: by plain Poisson counts, by dispersion from day to day, and by dispersion as it is used.
    """
    counted = [_tally(one) for one in every if one.dyad in DYADS and one.first == one.last]
    where = {event.id: event.governorate for event in every}
    days = Days(first=dt.date(2016, 1, 1), last=dt.date(2018, 12, 31))
    for make in (events, deaths):
        outside: list[tuple[bool, bool, bool]] = []
        for area in sorted(set(where.values()) - {""}):
            ours = [tally for tally in counted if where[tally.incident] == area]
            frequent, series = events(ours, days).counts, make(ours, days).counts
            for start in range(56, days.count - 14, 7):
                if frequent[start - 56 : start].sum() >= 20:
                    outside.append(_outside(series[start - 56 : start], series[start : start + 14]))
        shares = np.array(outside).mean(axis=0)
        yield make.__name__, float(shares[0]), float(shares[1]), float(shares[2])


def _outside(base: Floats, window: Floats) -> tuple[bool, bool, bool]:
    watched = np.ones(len(base), dtype=bool)
    by_day = max(1.0, odds.by_blocks(base, watched, 1))
    spread = np.array([1.0, by_day, odds.dispersion(base, watched)])
    over = odds.above(Contrast(window.sum(), len(window), base.sum(), len(base), spread), 1.0)
    one, day, used = ((over < 0.05) | (over > 0.95)).tolist()
    return one, day, used


def sequences(times: int = 200) -> Iterator[tuple[str, int, tuple[float, ...]]]:
    """How often p <= 0.05 comes out within 1, 3 and 7 days for two parties who take no notice of each other.

    Their violence rises and falls together, as a wave that forgets itself in so many days, or not at all; a year long.
    """
    odd = np.random.default_rng(1)
    watched = np.ones(365, dtype=bool)
    for name, memory in (("a steady rate", 0), ("90 days", 90), ("30 days", 30), ("10 days", 10)):
        for block in (14, 28):
            called = np.zeros(len(WITHIN))
            for at in range(times):
                rate = np.exp(0.8 * _wave(odd, memory) - 1.2)
                first, second = odd.poisson(rate) > 0, odd.poisson(rate / 2)
                bursts = np.convolve(second, [1, 1])[:365] > 0
                null = Null(block=block, draws=199, seed=at)
                called += [one.p is not None and one.p <= 0.05 for one in following(first, bursts, watched, null)]
            yield name, block, tuple((called / times).tolist())


def _wave(odd: np.random.Generator, memory: int) -> Floats:
    if not memory:
        return np.zeros(365)
    keep = np.exp(-1 / memory)
    steps, found = odd.normal(size=365), np.zeros(365)
    found[0] = steps[0]
    for day in range(1, 365):
        found[day] = keep * found[day - 1] + np.sqrt(1 - keep**2) * steps[day]
    return found


def _ratio(one: RateRatio) -> str:
    return "-" if one.ratio is None else f"{one.ratio:.2f} ({one.low:.2f} to {one.high:.2f})"


def _report(every: Sequence[Event]) -> None:
    told = {name: measured(every, table) for name, table in CEASEFIRES.items()}
    print("| ceasefire | counted | a day before | dispersion | first | days 0-13 | trimmed | days 14-27 |")
    print("|---|---|---|---|---|---|---|---|")
    for name, found in told.items():
        for early, later, last in zip(*(tracks(found.after[day]) for day in (13, 27, HORIZON)), strict=True):
            ratio = early.ratio
            before = f"{ratio.base_count / ratio.base_watched:.1f}"
            cells = [name, early.counted, before, f"{ratio.dispersion:.1f}", f"day {found.number(last.tempo.first)}"]
            print("|", " | ".join([*cells, *map(_ratio, (ratio, early.trimmed, later.ratio))]), "|")
    print("\n| ceasefire | counted |", " | ".join(f"day {day}" for day in SHOWN), "| changes | collapse |")
    print("|---|---|" + "---|" * (len(SHOWN) + 2))
    for name, found in told.items():
        for track in tracks(found.after[HORIZON]):
            fell = collapse(track.readings, found.effective)
            cells = [name, track.counted, *(track.readings[day].status.value for day in SHOWN)]
            fall = f"since day {fell[0]}, known day {fell[1]}" if fell else "none"
            print("|", " | ".join([*cells, str(len(track.changes) - 1), fall]), "|")
    print()
    for name, found in told.items():
        course_ = found.after[HORIZON]
        states = "; ".join(f"day {found.number(row.day)} {row.state}" for row in course_.declared)
        verdicts = Counter(row.verdict.value for row in course_.breaches)
        print(f"{name}: declared: {states}; {dict(verdicts)}; of several days: {course_.undated}")
        print(f"    of day 0, before or after the hour nobody knows: {found.undecided}")


def tracks(found: Course) -> tuple[Track, Track]:
    """Events and deaths."""
    return found.events, found.deaths


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--placebo", action="store_true")
    parser.add_argument("--sequences", action="store_true")
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--alarms", action="store_true")
    asked = parser.parse_args()
    if asked.sequences:
        for name, block, shares in sequences():
            print(f"{name}, blocks of {block} days:", *(f"{share:.3f}" for share in shares))
        return
    if not GED.exists():
        raise SystemExit(f"{GED.name} is not at hand")
    every = read_events()
    if asked.placebo:
        for kind, poisson, daily, used in placebo(every):
            print(f"{kind}: Poisson {poisson:.2f}, from day to day {daily:.2f}, as used {used:.2f}")
        return
    if asked.variants:
        for name, table in CEASEFIRES.items():
            for counted, how, fell in variants(measured(every, table, (HORIZON,))):
                print(f"{name}, {counted}, {how}:", f"since day {fell[0]}, known day {fell[1]}" if fell else "none")
        return
    if asked.alarms:
        for how, rule in (("as used", RULE), ("one day is enough", Rule(run=1)), ("worst day counts", Rule(spread=0))):
            for kept in (0.25, 0.5, 1.0):
                for counted, share, seen in alarms(every, kept, rule):
                    print(f"{how}; {kept:g} of {counted} stay: {share:.3f} collapse, of {seen:.2f} observed enough")
        return
    _report(every)


if __name__ == "__main__":
    main()
