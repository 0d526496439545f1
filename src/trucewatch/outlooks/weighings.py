"""Scenarios weighed by what a desk holds: its incidents, or a dataset on it, day by day since the scenario's first."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from msgspec import to_builtins

from trucewatch import derive, ledger
from trucewatch.codebook.units import Area, Spot
from trucewatch.day_counts import DAY, Flags, shares_told
from trucewatch.desk import Desk, Near
from trucewatch.nouns import Incident, Noun, Period, reports_of
from trucewatch.outlook import deeds, indicators
from trucewatch.outlook.baselines import Baseline
from trucewatch.outlook.chances import Counted
from trucewatch.outlook.scenarios import Scenario
from trucewatch.outlook.series import DESK, Asked
from trucewatch.outlook.weighing import Evidence, Verdict, Weighing, weigh
from trucewatch.outlooks import desk_series

COARSEST = 7
"""An incident is spread over at most so many days; one whose date is coarser is left out."""


class Sighted(Noun):
    """An incident that an indicator counts, on a day or spread over a few."""

    indicator: str
    incident: str
    number: float
    """What it adds: 1, or its deaths."""
    first: dt.date
    last: dt.date

    @property
    def days(self) -> list[dt.date]:
        return _days(self.first, self.last)


@dataclass(frozen=True, eq=False)
class Weighed:
    """A scenario, what was counted for it, and what that says."""

    scenario: Scenario
    until: dt.date
    """The last day that is counted."""
    known: dt.date
    """The day up to which reports are taken into account."""
    counted: Mapping[str, Counted]
    """By indicator, from the scenario's first day on."""
    sighted: tuple[Sighted, ...]
    """Since the first day, by day; none where a dataset counts."""
    aside: tuple[str, ...]
    """What is not counted, and why."""
    warning: str | None
    """Where reporting changed by more than the scenario allows for, or whoever stated the level before may have seen more."""
    weighing: Weighing

    @property
    def days(self) -> list[dt.date]:
        """Those that were counted."""
        return _days(self.scenario.since, self.until)

    @property
    def watched(self) -> Flags:
        """Which of them were watched for any of what is counted."""
        return np.asarray(np.any([counted.watched for counted in self.counted.values()], axis=0))

    def is_told(self, at: int) -> bool:
        """Whether anything was counted on the day of that number."""
        return any(counted.counts[at] for counted in self.counted.values())

    def on(self, day: dt.date) -> tuple[Sighted, ...]:
        """What was counted on a day."""
        return tuple(one for one in self.sighted if one.first <= day <= one.last)


def weighed(desk: Desk, scenario: Scenario, as_of: dt.date | None = None, tables: Path | None = None) -> Weighed:
    """A scenario weighed by what is known: all of it, or what reports of ``as_of`` or earlier tell.

    ``tables`` is a folder of truces beside those that ship, one of which may be its area.
    Raises WrongCallError for an invalid area, or an indicator that a dataset does not tell apart; DeskError for a
    dataset that is not here.
    """
    before = scenario.since - DAY * 7 * scenario.weeks
    span = Period(start=before, end=as_of or dt.date.max, precision="span")
    watch = (_of_desk if scenario.observer == DESK else _of_dataset)(desk, scenario, span, tables)
    until = min(watch.until, scenario.until)
    evidence = Evidence(
        since={name: watch.part(name, scenario.since, until) for name in scenario.indicators},
        before={name: watch.part(name, before, scenario.since - DAY) for name in scenario.indicators},
    )
    weighing = weigh(scenario, evidence)
    known = {name: base for name, base in weighing.baselines.items() if isinstance(base, Baseline)}
    counts_before = any(base.shape is not None for base in known.values())
    return Weighed(
        scenario=scenario,
        until=until,
        known=watch.until,
        counted=evidence.since,
        sighted=tuple(one for one in watch.sighted if scenario.since <= one.last and one.first <= until),
        aside=watch.aside,
        warning=_warning(scenario, watch.reports, before, until) if counts_before else _stated(known),
        weighing=weighing,
    )


def plain(found: Weighed) -> dict[str, object]:
    """A weighing with every day of it."""
    one, weighing = found.scenario, found.weighing
    named = functools.partial(_named, one)
    return {
        "scenario": one.id,
        "question": one.question,
        "area": one.area,
        "observer": one.observer,
        "since": one.since,
        "until": found.until,
        "known": found.known,
        "verdict": weighing.verdict,
        "because": weighing.because,
        "favoured": one.readings[weighing.leader].id if weighing.verdict is Verdict.FAVOURED else None,
        "watched": weighing.watched,
        "prior": named(weighing.prior.tolist()),
        "posterior": named(current_odds(found)),
        "baselines": to_builtins(weighing.baselines),
        "days": [_plain_day(found, at, day) for at, day in enumerate(found.days)],
        "alone": {name: named(posterior) for name, posterior in weighing.alone.items()},
        "flips": to_builtins(weighing.flips),
        "missing": [{"share": each.share, "posterior": named(each.posterior)} for each in weighing.missing],
        "surprised": to_builtins(weighing.surprised),
        "not_counted": list(found.aside),
        "warning": found.warning,
    }


def _plain_day(found: Weighed, at: int, day: dt.date) -> dict[str, object]:
    """What was counted on a day, and how it moved the odds."""
    weighing, named = found.weighing, functools.partial(_named, found.scenario)
    return {
        "day": day,
        "watched": any(bool(counted.watched[at]) for counted in found.counted.values()),
        "counts": {name: float(counted.counts[at]) for name, counted in found.counted.items()},
        "posterior": named(weighing.posterior[at].tolist()),
        "log_likelihood": named(weighing.moved[at].tolist()),
        "by_indicator": {name: named(moved[at].tolist()) for name, moved in weighing.moved_by.items()},
        "incidents": [to_builtins(sighted) for sighted in found.on(day)],
    }


def _named(scenario: Scenario, values: Sequence[float]) -> dict[str, float]:
    """Values by the id of the reading that each is of."""
    return {reading.id: value for reading, value in zip(scenario.readings, values, strict=True)}


def current_odds(found: Weighed) -> Sequence[float]:
    """The odds of the readings after the last day that was counted; before any, as the file has them."""
    return [float(value) for value in (found.weighing.posterior[-1] if found.days else found.weighing.prior)]


def likeliest(found: Weighed) -> list[int]:
    """The places of the readings in their file, the likeliest by now first."""
    order: list[int] = np.argsort(-np.array(current_odds(found)), kind="stable").tolist()
    return order


def flipping_share(found: Weighed) -> float | None:
    """The change of the reported share of deeds, as a factor, by which another reading would lead; None where none does."""
    weighing = found.weighing
    gone = [each.share for each in weighing.missing if int(np.argmax(each.posterior)) != weighing.leader]
    return min(gone, key=lambda share: abs(math.log(share)), default=None)


@dataclass(frozen=True)
class _Watch:
    """What an observer saw, and on which days it was looking."""

    until: dt.date
    """The last day of which anything can be known."""
    numbers: Mapping[str, Mapping[dt.date, float]]
    """By indicator and day."""
    seen: Mapping[dt.date, float]
    """The share of a day's deeds that is told, of each watched day."""
    reports: Mapping[dt.date, int]
    """How many there are of each day on the area, copies of one day as one; none of a dataset."""
    sighted: tuple[Sighted, ...] = ()
    aside: tuple[str, ...] = ()

    def part(self, name: str, first: dt.date, last: dt.date) -> Counted:
        """The counts of an indicator from day to day; what is told later of an unwatched day is in none."""
        days = _days(first, last)
        counts = np.array([self.numbers[name].get(day, 0.0) for day in days])
        seen = np.array([self.seen.get(day, 0.0) for day in days])
        return Counted(np.where(seen > 0, counts, 0.0), seen)


def _of_desk(desk: Desk, scenario: Scenario, span: Period, tables: Path | None) -> _Watch:
    """What the desk's reports tell within a span, at the end of which they are cut off."""
    derive.catch_up(desk)
    where = desk_series.area(scenario.area, tables)
    inside = functools.cache(lambda place: where.holds(Spot(place)) if place else None)
    with desk.telling() as telling:
        dates = {report: day for report, day in telling.dates().items() if day and day <= span.end}
        copies = telling.copies()
    told = _told(desk, where, dates.keys(), span.end)
    here = {report for one in told if inside(one.place) for report in reports_of(one.claims)}
    looks = {(copies.get(report, report), dates[report]) for report in here & dates.keys()}
    looked = Counter(day for _, day in looks)
    seen = shares_told(looked)
    counted = Period(start=span.start, end=min(span.end, scenario.until), precision="span")
    near = [one for one in told if inside(one.place) is not False and (one.time is None or one.time.touches(counted))]
    kinds = {name: list(desk_series.of_kind(near, indicators.indicator(name))) for name in scenario.indicators}
    among = _beside(desk, where, [one for its in kinds.values() for one in its])
    sighted, aside = list[Sighted](), Counter[str]()
    for name, its in kinds.items():
        for one in its:
            if one.id in among:
                aside[f"{name}: {deeds.BESIDE}"] += 1
            elif isinstance(found := _sighted(name, one, inside(one.place), seen.keys()), str):
                aside[f"{name}: {found}"] += 1
            else:
                sighted.append(found)
    return _Watch(
        until=span.end if span.end < dt.date.max else max(dates.values(), default=scenario.since - DAY),
        numbers={name: _daily(one for one in sighted if one.indicator == name) for name in scenario.indicators},
        seen=seen,
        reports=looked,
        sighted=tuple(sorted(sighted, key=lambda one: (one.first, one.indicator, one.incident))),
        aside=tuple(f"{number} of {said}" for said, number in sorted(aside.items())),
    )


def _told(desk: Desk, where: Area, reports: Collection[str], until: dt.date) -> list[Incident]:
    """What dated reports tell of that may be in an area; up to a day, of all places: earlier reports may tell of another one."""
    if until < dt.date.max:
        return derive.told_by(desk, desk.incidents(), reports)
    around = Near(countries=where.countries or (), since=dt.date.min, until=until)
    every = desk.incidents_near(around) if where.countries else desk.incidents()
    return [one for one in every if not reports_of(one.claims).isdisjoint(reports)]


def _beside(desk: Desk, where: Area, near: Sequence[Incident]) -> frozenset[str]:
    """The ids of those that lie in the area of a truce and are none of what it is about."""
    return ledger.beside(desk, where.truce, near) if isinstance(where, desk_series.TruceArea) else frozenset()


def _of_dataset(desk: Desk, scenario: Scenario, span: Period, tables: Path | None) -> _Watch:
    """What a dataset counts within a span; on the days that it covers, its silence is quiet."""
    numbers, covered, aside = dict[str, dict[dt.date, float]](), set[dt.date](), list[str]()
    for name in scenario.indicators:
        asked = Asked(
            area=scenario.area,
            indicator=name,
            observer=scenario.observer,
            period="day",
            since=span.start,
            until=min(span.end, scenario.until),
        )
        series = desk_series.series(desk, asked, tables)
        numbers[name] = dict(zip(series.starts[:-1], series.counts.tolist(), strict=True))
        covered.update(numbers[name])
        aside += [f"{each.deeds} of {name}: {each.why}" for each in series.aside]
    until = max(covered, default=scenario.since - DAY)
    return _Watch(until=until, numbers=numbers, seen=dict.fromkeys(covered, 1.0), reports={}, aside=tuple(aside))


def _warning(scenario: Scenario, reports: Mapping[dt.date, int], before: dt.date, until: dt.date) -> str | None:
    """Reports that became more, or fewer, cannot be told from deeds that did."""
    was, now = (
        sum(reports.get(day, 0) for day in days) / len(days) if days else 0.0
        for days in (_days(before, scenario.since - DAY), _days(scenario.since, until))
    )
    low, high = scenario.coverage
    if not was or not now or low <= now / was <= high:
        return None
    return f"reports on the area went from {was:.1f} to {now:.1f} a day, by more than the coverage that the file allows for"


def _stated(known: Mapping[str, Baseline]) -> str | None:
    """The level before that nobody has counted here: a desk of few reports then sees quiet where there was none."""
    told = ", ".join(f"{name} {base.daily[0]:g} to {base.daily[1]:g}" for name, base in known.items())
    if not told:
        return None
    return (
        f"what was usual before is stated in the file ({told} a day) and was not counted on this desk: where its reports tell of "
        "fewer deeds than whoever stated it saw, the odds lean to the readings that expect few"
    )


def _sighted(name: str, one: Incident, inside: bool | None, watched: Collection[dt.date]) -> Sighted | str:
    """What an indicator counts an incident as, which is inside or may be, or why it is not counted."""
    number = indicators.number(indicators.indicator(name), one.killed)
    if inside is None:
        return "place unknown or too coarse"
    if one.time is None:
        return "date unknown"
    if one.time.days > COARSEST:
        return "date too coarse"
    if number is None:
        return "no figure"
    if not any(day in watched for day in _days(one.time.start, one.time.end)):
        return "told late, of an unwatched day"
    return Sighted(indicator=name, incident=one.id, number=number, first=one.time.start, last=one.time.end)


def _daily(sighted: Iterable[Sighted]) -> dict[dt.date, float]:
    """What is counted on each day, an incident of several days spread over them."""
    found = dict[dt.date, float]()
    for one in sighted:
        days = one.days
        for day in days:
            found[day] = found.get(day, 0.0) + one.number / len(days)
    return found


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + DAY * at for at in range((last - first).days + 1)]
