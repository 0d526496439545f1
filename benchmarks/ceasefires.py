"""Ceasefires in Syria by UCDP GED: first lethal event, 14-day ratios and observed status, as docs/ledger.md has them.

    python -m benchmarks.ceasefires [--placebo] [--sequences]

GED 2016-2018 (CC BY 4.0; Sundberg and Melander 2013) holds events with at least one death. What counts is fighting
between the government and the insurgents, and attacks of either on civilians; not the wars with the Islamic State and
among insurgents, which the truces leave out. An event of several days stands on no day, and is left out and counted.

``--placebo`` asks how often the 90 % interval of a ratio leaves out 1 on days on which nothing was agreed, and
``--sequences`` how often chance is called a sequence (responses.py) on made-up series.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.ged import GED, Event
from benchmarks.ged import events as read_events
from trucewatch import codebook, truces
from trucewatch.nouns import Toll
from trucewatch.truces import odds
from trucewatch.truces.declared import Agreed, Declared, declared
from trucewatch.truces.metrics import RateRatio, rate_ratio
from trucewatch.truces.odds import Contrast, Floats
from trucewatch.truces.responses import WITHIN, Null, following
from trucewatch.truces.series import Days, Series, Tally, deaths, events
from trucewatch.truces.speakers import tabled
from trucewatch.truces.status import DAY, Observed, Reading, Rule, baseline, changes, observed

DYADS = frozenset(
    {
        ("Government of Syria", "Syrian insurgents"),
        ("Civilians", "Government of Syria"),
        ("Civilians", "Syrian insurgents"),
    }
)
ZONES = frozenset(
    f"{name} Governorate" for name in "Idlib,Hamah,Aleppo,Latakia,Homs,Rif Dimashq,Daraa,Quneitra".split(",")
)
"""The governorates in which the zones of May 2017 lie: a coarser area than the zones themselves."""
HORIZON = 60
"""Days of a truce that are looked at."""
SHOWN = (6, 13, 20, 27, 41, 55)
UNTRIMMED, TRIMMED = Rule(), Rule(left_out=14)


class Ceasefire(NamedTuple):
    """A ceasefire of the window."""

    table: str
    """Id of its table, in which stands what was declared."""
    effective: dt.date
    governorates: frozenset[str] | None = None


CEASEFIRES = {
    "27 February 2016": Ceasefire("syria-cessation-2016-02", dt.date(2016, 2, 27)),
    "12 September 2016": Ceasefire("syria-cessation-2016-09", dt.date(2016, 9, 12)),
    "30 December 2016": Ceasefire("syria-ceasefire-2016-12", dt.date(2016, 12, 30)),
    "zones, 6 May 2017": Ceasefire("syria-de-escalation-2017", dt.date(2017, 5, 6), ZONES),
}


class Found(NamedTuple):
    """What one ceasefire looks like in one series."""

    first: int | None
    """Day of the first lethal event; the effective day is 0."""
    ratios: tuple[RateRatio, RateRatio, RateRatio]
    """Days 0 to 13 against the baseline, and against it without its final 14 days; days 14 to 27 against the whole."""
    readings: tuple[Reading, ...]
    changes: int
    """How often the status changed within the horizon."""


def tallied(every: Iterable[Event], ceasefire: Ceasefire) -> list[Tally]:
    """The events that would breach the ceasefire, were it in force; those of several days without a day."""
    return [
        Tally(
            incident=event.id,
            day=event.first if event.first == event.last else None,
            deaths=Toll(low=event.low, best=event.best, high=event.high),
            party=event.sides[0],
        )
        for event in every
        if event.dyad in DYADS and (ceasefire.governorates is None or event.governorate in ceasefire.governorates)
    ]


def found(series: Series, counted: Sequence[Tally], effective: dt.date) -> Found:
    """First event, ratios and readings of one series."""
    truce = series.part(Days(first=effective, last=series.days.last))
    lethal = truce.counts.nonzero()[0]
    early = Days(first=effective, last=effective + 13 * DAY)
    later = Days(first=effective + 14 * DAY, last=effective + 27 * DAY)
    whole, trimmed = baseline(effective, UNTRIMMED), baseline(effective, TRIMMED)
    ratios = rate_ratio(series, early, whole), rate_ratio(series, early, trimmed), rate_ratio(series, later, whole)
    readings = observed(series, effective)
    first = int(lethal[0]) if len(lethal) else None
    return Found(first, ratios, readings, len(changes(readings, counted)) - 1)


def both(every: Sequence[Event], ceasefire: Ceasefire) -> tuple[dict[str, Found], int]:
    """Events and deaths, each by itself; and how many events of these days lasted for several, and stand on none."""
    counted = tallied(every, ceasefire)
    days = Days(first=ceasefire.effective - 56 * DAY, last=ceasefire.effective + HORIZON * DAY)
    made = (events(counted, days), deaths(counted, days))
    begun = {event.id: event.first for event in every}
    undated = sum(tally.day is None and begun[tally.incident] in days for tally in counted)
    return {series.counted: found(series, counted, ceasefire.effective) for series in made}, undated


def said(ceasefire: Ceasefire) -> tuple[Declared, ...]:
    """The declared status by the ceasefire's table."""
    truce, book = truces.load()[ceasefire.table], codebook.load()
    return declared(tabled(truce, book), Agreed(effective=ceasefire.effective), ceasefire.effective + HORIZON * DAY)


def collapse(readings: Sequence[Reading], effective: dt.date) -> tuple[int, int] | None:
    """Day on which the first run of seven began by which a collapse is told, and the day on which it was complete."""
    for reading in readings:
        if reading.status is Observed.COLLAPSED and reading.since:
            return (reading.since - effective).days, (reading.day - effective).days
    return None


def placebo(every: Sequence[Event]) -> Iterator[tuple[str, float, float, float]]:
    """For events and deaths: how often the interval of 14 days against the 56 before leaves out 1, by dispersion.

    Every seventh day of 2016 to 2018 is taken for the start of a truce, in each governorate that has 20 events in the 56
    days before: by plain Poisson counts, by dispersion from day to day, and by dispersion as it is used.
    """
    counted = [tally for tally in tallied(every, CEASEFIRES["27 February 2016"]) if tally.day]
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
    print("| ceasefire | counted | a day before | dispersion | first | days 0-13 | trimmed | days 14-27 |")
    print("|---|---|---|---|---|---|---|---|")
    told = [(name, ceasefire, *both(every, ceasefire)) for name, ceasefire in CEASEFIRES.items()]
    for name, _, kinds, _ in told:
        for kind, one in kinds.items():
            whole = one.ratios[0]
            before = f"{whole.base_count / whole.base_watched:.1f}"
            cells = [name, kind, before, f"{whole.dispersion:.1f}", f"day {one.first}"]
            print("|", " | ".join(cells + [_ratio(ratio) for ratio in one.ratios]), "|")
    print("\n| ceasefire | counted |", " | ".join(f"day {day}" for day in SHOWN), "| changes | collapse |")
    print("|---|---|" + "---|" * (len(SHOWN) + 2))
    for name, ceasefire, kinds, _ in told:
        for kind, one in kinds.items():
            fell = collapse(one.readings, ceasefire.effective)
            cells = [name, kind, *(one.readings[day].status.value for day in SHOWN), str(one.changes)]
            print("|", " | ".join([*cells, f"day {fell[0]}, known on day {fell[1]}" if fell else "none"]), "|")
    print()
    for name, ceasefire, _, undated in told:
        states = "; ".join(f"day {(row.day - ceasefire.effective).days} {row.state}" for row in said(ceasefire))
        print(f"{name}: declared: {states}; events of several days, left out: {undated}")


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--placebo", action="store_true")
    parser.add_argument("--sequences", action="store_true")
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
    _report(every)


if __name__ == "__main__":
    main()
