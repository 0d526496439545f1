"""Forecasts that reports make: each with its window, settled by what happened in it, and scored beside the base rate.

A forecast is a claim of what is expected, or held possible. It came true where an incident of its type and mode, by one of
its actors, at its place, lies in its window. It did not where the window is over, was watched, and holds no such incident.
"""

from __future__ import annotations

import csv
import datetime as dt
import enum
import functools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

from trucewatch.nouns import Account, Entity, Incident, Noun, Place, Status

HERE = Path(__file__).parent
SETTLES = frozenset({Status.HAPPENED, Status.ONGOING})
WATCHED = 0.75
"""Share of a window's days that must have been watched before nothing in it means that nothing happened."""
LEAST_BEFORE = 14
"""Watched days before a forecast without which there is no base rate."""
LEAST_RANKED = 10
"""Settled forecasts without which nobody is ranked."""
NEAR = 60
"""Characters from the trigger within which words say how likely it is."""
UNSAID = (0.3, 0.55)
"""Between these probabilities nothing is said either way."""
LEVEL = 0.9
"""Probability inside an interval."""
_STATE = frozenset({"GOV", "MIL"})
_IF = re.compile(r"\b(?:if|unless|whether|provided that|in case)\b", re.IGNORECASE)


class Outcome(enum.StrEnum):
    """What became of a forecast."""

    TRUE = "came true"
    FALSE = "did not"
    OPEN = "open"
    UNTOLD = "cannot be told"


class Forecast(Noun):
    """What one voice in one report says will, or may, come."""

    claim: str
    report: str
    outlet: str | None
    speaker: str | None
    """None where the outlet itself says so."""
    made: dt.date
    status: Status
    """``expected`` or ``possible``."""
    type: str
    mode: str | None
    sentence: str
    first: dt.date
    last: dt.date
    """The window: from the day after it was made, or when the words say."""
    horizon: str
    """Where the window comes from."""
    actors: tuple[Entity, ...] = ()
    place: Place | None = None
    conditional: bool = False
    """Whether its sentence has a condition, of which nothing here tells whether it held."""
    word: str | None = None
    """The word of its sentence that says how likely ..."""
    probability: float | None = None
    """... and what it is taken for."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Settled(Noun):
    """A forecast and what became of it."""

    forecast: Forecast
    outcome: Outcome
    because: str
    """A sentence without its full stop."""
    incidents: tuple[str, ...] = ()
    """Those in its window that fit it, the earliest first."""
    base: float | None = None
    """How often a window as long would have held such an incident by the days before; None where too few were watched."""

    @property
    def right(self) -> bool | None:
        """Whether what was said is what came; None where it is not settled, or was not said either way ("may").

        Who says "unlikely" is right if nothing came.
        """
        if self.outcome not in (Outcome.TRUE, Outcome.FALSE):
            return None
        worth = self.forecast.probability
        if worth is None:
            return self.outcome is Outcome.TRUE if self.forecast.status is Status.EXPECTED else None
        return None if UNSAID[0] < worth < UNSAID[1] else (worth >= UNSAID[1]) == (self.outcome is Outcome.TRUE)


class Record(Noun):
    """How one outlet's or speaker's forecasts fared; what was expected and what was held possible are apart."""

    name: str | None
    status: Status
    made: int
    open: int
    untold: int
    came: int
    """Those that came true ..."""
    missed: int
    """... and those that did not."""
    sided: int
    """Those of both that were said either way ..."""
    right: int
    """... and those of them that were right."""
    low: float
    high: float
    """Between which their share is, with 90 % (Wilson)."""
    with_base: int
    """Those of both that have a base rate ..."""
    with_base_came: int
    by_chance: float
    """... how many of them came true, and how many would have by it."""
    worded: int
    """Those with a base rate that have a word for how likely ..."""
    brier: float | None
    """... the mean squared distance of the word from what came (0 is best), and of the base rate."""
    brier_base: float | None
    note: str | None
    """Why they are not ranked."""


class Ground(NamedTuple):
    """What the desk can hold against forecasts."""

    incidents: Sequence[Incident]
    holds: Callable[[Place, Place], bool | None]
    """Whether the second place lies in the first; None where that cannot be told."""
    published: Callable[[Place], Sequence[dt.date]]
    """The days of the reports that tell of a place's surroundings."""
    until: dt.date
    """The last day that is known of."""
    reach: int = 3
    """Days after which a deed is no longer news."""


def forecasts(accounts: Iterable[Account]) -> Iterator[Forecast]:
    """The forecasts among accounts; what copies of one story say counts once, and what has no date not at all."""
    seen: set[tuple[str, ...]] = set()
    for account in accounts:
        claim = account.claim
        if claim.status not in (Status.EXPECTED, Status.POSSIBLE) or account.published is None:
            continue
        key = (account.story or claim.report, claim.type, claim.mode or "", account.trigger, account.sentence)
        if key not in seen:
            seen.add(key)
            yield _forecast(account, account.published)


def settle(forecast: Forecast, ground: Ground) -> Settled:
    """What became of a forecast by the end of what is known."""
    if forecast.place is None:
        return Settled(forecast=forecast, outcome=Outcome.UNTOLD, because="no report says where")
    alike = [one for one in ground.incidents if _is_alike(forecast, one, ground)]
    watched = _watched(forecast, ground)
    base = _base(forecast, alike, watched)
    within = [one for one in alike if _is_within(one, forecast.first, forecast.last)]
    named = [one for one in within if _by_whom(forecast, one)]
    outcome, because = _outcome(forecast, named, within, watched, ground.until)
    ids = tuple(one.id for one in (named or within))
    return Settled(forecast=forecast, outcome=outcome, because=because, incidents=ids, base=base)


def records(settled: Iterable[Settled], by: Callable[[Forecast], str | None]) -> tuple[Record, ...]:
    """The record of each name, those with most settled forecasts first; of each, what was expected goes first."""
    found: dict[tuple[str | None, Status], list[Settled]] = {}
    for one in settled:
        found.setdefault((by(one.forecast), one.forecast.status), []).append(one)
    made = [_record(name, status, those) for (name, status), those in found.items()]
    return tuple(sorted(made, key=lambda one: (one.status is not Status.EXPECTED, -one.sided, one.name or "")))


def _forecast(account: Account, made: dt.date) -> Forecast:
    claim = account.claim
    first, last, horizon = _window(account, made)
    word, probability = _likelihood(account)
    return Forecast(
        claim=claim.id,
        report=claim.report,
        outlet=account.outlet,
        speaker=claim.attributed_to,
        made=made,
        status=claim.status,
        type=claim.type,
        mode=claim.mode,
        sentence=account.sentence,
        first=first,
        last=last,
        horizon=horizon,
        actors=claim.actors,
        place=claim.place,
        conditional=_IF.search(account.sentence) is not None,
        word=word,
        probability=probability,
    )


def _window(account: Account, made: dt.date) -> tuple[dt.date, dt.date, str]:
    """From the words where they reach past the day on which it was said, else the default of its type."""
    time, tomorrow = account.claim.time, made + dt.timedelta(days=1)
    if time is not None and time.end > made:
        return max(time.start, tomorrow), time.end, "from its words"
    days = _horizons()[account.claim.type]
    return tomorrow, made + dt.timedelta(days=days), f"no time is said: {days} days, as for all of {account.claim.type}"


def _likelihood(account: Account) -> tuple[str | None, float | None]:
    """The words that say how likely, nearest to the trigger, and what they are taken for.

    Words that go with another status ("will reveal whether they agreed") belong to another event.
    """
    sentence = account.sentence[:1].lower() + account.sentence[1:]
    start = max(0, sentence.lower().find(account.trigger.lower()))
    end = start + len(account.trigger)
    found = [
        (max(start - hit.end(), hit.start() - end, 0), -len(hit[0]), hit[0], row.probability)
        for row in _likelihoods()
        if row.status in (None, account.claim.status)
        for hit in row.form.finditer(sentence)
    ]
    gap, _, word, worth = min(found, default=(NEAR + 1, 0, "", 0.0))
    return (word, worth) if gap <= NEAR else (None, None)


def _is_alike(forecast: Forecast, one: Incident, ground: Ground) -> bool:
    """Whether an incident is of the kind and place, whenever it was and whoever did it."""
    return (
        one.status in SETTLES
        and one.type == forecast.type
        and (forecast.mode is None or one.mode == forecast.mode)
        and one.time is not None
        and one.place is not None
        and any(not claim.startswith(f"{forecast.report}.") for claim in one.claims)
        and ground.holds(forecast.place or one.place, one.place) is True
    )


def _by_whom(forecast: Forecast, one: Incident) -> bool:
    return not forecast.actors or any(_is_same(said, did) for said in forecast.actors for did in one.actors)


def _is_same(said: Entity, did: Entity) -> bool:
    """Whether one may be the other: a state's army is its government's."""
    if said.actor and said.actor == did.actor:
        return True
    if said.country is None or said.country != did.country:
        return False
    return said.sector == did.sector or {said.sector, did.sector} <= _STATE


def _is_within(one: Incident, first: dt.date, last: dt.date) -> bool:
    return one.time is not None and first <= one.time.start and one.time.end <= last


def _watched(forecast: Forecast, ground: Ground) -> frozenset[dt.date]:
    """The days on which somebody looked there: each report's own and the few before."""
    published = ground.published(forecast.place) if forecast.place else ()
    days = {day - dt.timedelta(days=back) for day in published for back in range(ground.reach + 1)}
    return frozenset(day for day in days if day <= ground.until)


def _outcome(
    forecast: Forecast,
    named: Sequence[Incident],
    within: Sequence[Incident],
    watched: frozenset[dt.date],
    until: dt.date,
) -> tuple[Outcome, str]:
    if named:
        more = f" and {len(named) - 1} more" if len(named) > 1 else ""
        return Outcome.TRUE, f"{named[0].id}{more}"
    if forecast.last > until:
        return Outcome.OPEN, f"until {forecast.last}; known until {until}"
    if within:
        return Outcome.UNTOLD, f"{len(within)} of the kind by a side that is not named, or another"
    seen = sum(forecast.first <= day <= forecast.last for day in watched)
    if seen < WATCHED * forecast.days:
        return Outcome.UNTOLD, f"{seen} of {forecast.days} days were watched"
    return Outcome.FALSE, f"nothing of the kind on {seen} watched days of {forecast.days}"


def _base(forecast: Forecast, alike: Sequence[Incident], watched: frozenset[dt.date]) -> float | None:
    """From the share of watched days, up to the one on which it was made, that hold such an incident."""
    before = [day for day in watched if day <= forecast.made]
    if len(before) < LEAST_BEFORE:
        return None
    ours = {one.time.start for one in alike if one.time and one.time.start == one.time.end and _by_whom(forecast, one)}
    daily = (len(ours & set(before)) + 0.5) / (len(before) + 1)
    return float(1 - (1 - daily) ** forecast.days)


def _record(name: str | None, status: Status, those: Sequence[Settled]) -> Record:
    told = [one for one in those if one.outcome in (Outcome.TRUE, Outcome.FALSE)]
    sided = [one for one in told if one.right is not None]
    based = [one for one in told if one.base is not None]
    worded = [one for one in based if one.forecast.probability is not None]
    right, came = sum(one.right is True for one in sided), sum(one.outcome is Outcome.TRUE for one in told)
    low, high = _wilson(right, len(sided))
    return Record(
        name=name,
        status=status,
        made=len(those),
        open=sum(one.outcome is Outcome.OPEN for one in those),
        untold=sum(one.outcome is Outcome.UNTOLD for one in those),
        came=came,
        missed=len(told) - came,
        sided=len(sided),
        right=right,
        low=low,
        high=high,
        with_base=len(based),
        with_base_came=sum(one.outcome is Outcome.TRUE for one in based),
        by_chance=sum(one.base or 0.0 for one in based),
        worded=len(worded),
        brier=_brier(worded, lambda one: one.forecast.probability),
        brier_base=_brier(worded, lambda one: one.base),
        note=None if len(sided) >= LEAST_RANKED else f"too few to rank: {LEAST_RANKED} settled ones are needed",
    )


def _brier(those: Sequence[Settled], said: Callable[[Settled], float | None]) -> float | None:
    if not those:
        return None
    return sum(((said(one) or 0.0) - (one.outcome is Outcome.TRUE)) ** 2 for one in those) / len(those)


def _wilson(right: int, of: int) -> tuple[float, float]:
    """The interval of a share; (0, 1) where there is none."""
    if not of:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share, room = right / of, z * z / of
    middle = (share + room / 2) / (1 + room)
    spread = z * math.sqrt(share * (1 - share) / of + room / (4 * of)) / (1 + room)
    return max(0.0, middle - spread), min(1.0, middle + spread)


class _Likelihood(NamedTuple):
    """A row of likelihoods.csv."""

    form: re.Pattern[str]
    status: Status | None
    """The only one that it goes with; None for both."""
    probability: float


@functools.cache
def _likelihoods() -> tuple[_Likelihood, ...]:
    with (HERE / "likelihoods.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            _Likelihood(
                re.compile(rf"\b(?:{row['words']})\b"),
                Status(row["status"]) if row["status"] else None,
                float(row["probability"]),
            )
            for row in csv.DictReader(file)
        )


@functools.cache
def _horizons() -> dict[str, int]:
    """Days that a forecast without a time is held open for, by its type."""
    with (HERE / "horizons.csv").open(encoding="utf-8", newline="") as file:
        return {row["type"]: int(row["days"]) for row in csv.DictReader(file)}
