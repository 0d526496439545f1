"""What is measured of a truce: rates, ratios, shares, compliance and survival, from plain series and lists.

Rates are by watched day. Events and deaths are counted apart, sources are never pooled, and what is not known is None.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import NormalDist

from trucewatch.day_counts import Flags
from trucewatch.nouns import Noun
from trucewatch.truces import odds
from trucewatch.truces.days import Days
from trucewatch.truces.odds import Contrast
from trucewatch.truces.series import Series, Tally

LEVEL = 0.9
"""Probability inside an interval."""


class Tempo(Noun):
    """How much of one thing was counted in a stretch of days."""

    counted: str
    """``events`` or ``deaths``."""
    days: Days
    total: float
    watched: int
    """The exposure: days on which somebody was looking."""
    unwatched: int
    apart: float
    """How much of the total is of days that were not watched: it is in no rate."""
    a_day: float | None
    """The rest by watched day; None where none was."""
    first: dt.date | None
    """The first day that has any ..."""
    latest: dt.date | None
    """... and the last."""
    since: int | None
    """Days from the latest to the end of the stretch; None where there was none."""
    since_watched: int | None
    """How many of them were watched: quiet that somebody heard."""


class RateRatio(Noun):
    """The rate of a stretch of days by that of a baseline, with an interval."""

    counted: str
    window: Days
    baseline: Days
    count: float
    watched: int
    base_count: float
    base_watched: int
    dispersion: float
    """How many times their mean the counts of the baseline vary, 1 or more."""
    ratio: float | None
    """Count a watched day by that of the baseline; None where that is 0 or unwatched."""
    low: float | None
    """0 where nothing was counted; None where either stretch was not watched."""
    high: float | None
    """None where the baseline counts nothing, so that nothing bounds the ratio, or was not watched."""


class Attribution(Noun):
    """One source lays one incident at a party's door."""

    source: str
    party: str | None
    """None where the source names nobody."""
    incident: str


class Share(Noun):
    """How many of the incidents that a source tells of it lays at one party's door."""

    source: str
    party: str | None
    incidents: int
    of: int
    """Incidents that the source tells of. One laid at two doors counts for both, so shares may exceed 1 together."""
    share: float


class Compliance(Noun):
    """On how many watched days a clause that forbids something was kept."""

    clause: str
    watched: int
    unwatched: int
    breached: int
    """Watched days with a breach of it."""
    breaches: int
    """On whatever days."""
    undated: int
    """Breaches whose day is not known: they are on no day, and not among ``breaches``."""
    kept: float | None
    """Share of watched days without a breach; None where none was watched."""


class Lifetime(Noun):
    """How long a truce, or a spell of quiet, lasted."""

    days: int
    """From its start to its end, or to the last day that is known of."""
    ended: bool
    """False where it had not ended by then, or nobody knows (censored)."""


class Step(Noun):
    """The share that survives a day on which some ended (Kaplan and Meier 1958)."""

    day: int
    at_risk: int
    ended: int
    censored: int
    """Those that left without an end since the step before."""
    surviving: float
    low: float
    high: float


def tempo(series: Series) -> Tempo:
    """Total, rate, exposure, and the days since the last."""
    watched = int(series.watched.sum())
    count, apart = float(series.counts.sum()), float(series.apart.sum())
    at = series.told.nonzero()[0]
    first, latest = (series.first + dt.timedelta(days=int(at[end])) if len(at) else None for end in (0, -1))
    quiet = series.watched[int(at[-1]) + 1 :] if len(at) else None
    return Tempo(
        counted=series.counted,
        days=series.days,
        total=count + apart,
        watched=watched,
        unwatched=len(series.watched) - watched,
        apart=apart,
        a_day=count / watched if watched else None,
        first=first,
        latest=latest,
        since=None if quiet is None else len(quiet),
        since_watched=None if quiet is None else int(quiet.sum()),
    )


def rate_ratio(series: Series, window: Days, baseline: Days) -> RateRatio:
    """The ratio of two rates with the interval that holds it with probability ``LEVEL``.

    The interval is cut from the posterior by which the observed status is told (odds.py), half of what is left out on
    either side; so that the two never contradict each other, and days that cluster widen it. Where nothing was
    counted it reaches down to 0.
    """
    recent, base = series.part(window), series.part(baseline)
    count, watched = float(recent.counts.sum()), int(recent.watched.sum())
    base_count, base_watched = float(base.counts.sum()), int(base.watched.sum())
    dispersion = odds.dispersion(base.counts, base.watched)
    low = high = None
    if watched and base_watched:
        contrast = Contrast(count, watched, base_count, base_watched, dispersion)
        low = float(odds.quantile(contrast, (1 - LEVEL) / 2)) if count else 0.0
        high = float(odds.quantile(contrast, (1 + LEVEL) / 2)) if base_count else None
    return RateRatio(
        counted=series.counted,
        window=window,
        baseline=baseline,
        count=count,
        watched=watched,
        base_count=base_count,
        base_watched=base_watched,
        dispersion=dispersion,
        ratio=count / watched / (base_count / base_watched) if watched and base_count else None,
        low=low,
        high=high,
    )


def shares(attributions: Iterable[Attribution]) -> dict[str, tuple[Share, ...]]:
    """Source -> the share of each party, the largest first; there is no sum over sources."""
    told: dict[str, set[tuple[str | None, str]]] = {}
    for one in attributions:
        told.setdefault(one.source, set()).add((one.party, one.incident))
    found = {}
    for source, pairs in sorted(told.items()):
        of = len({incident for _, incident in pairs})
        counts = Counter(party for party, _ in pairs)
        found[source] = tuple(
            Share(source=source, party=party, incidents=count, of=of, share=count / of)
            for party, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] or ""))
        )
    return found


def compliance(clause: str, breaches: Iterable[Tally], days: Days, watched: Flags) -> Compliance:
    """How far a clause was kept on the days that it was in force. ``watched``: one flag for each of the days."""
    all_days = [tally.day for tally in {tally.incident: tally for tally in breaches}.values()]
    dated = [day for day in all_days if day is not None and day in days]
    seen = {day for day, flag in zip(days, watched.tolist(), strict=True) if flag}
    breached = len(seen & set(dated))
    return Compliance(
        clause=clause,
        watched=len(seen),
        unwatched=days.count - len(seen),
        breached=breached,
        breaches=len(dated),
        undated=all_days.count(None),
        kept=1.0 - breached / len(seen) if seen else None,
    )


def quiet(series: Series) -> tuple[Lifetime, ...]:
    """How many days after each day with any the next one came, day by day of a series.

    A spell is censored where it meets a day that was not watched, or the end of the series.
    """
    found: list[Lifetime] = []
    since: int | None = None
    for at, (count, seen) in enumerate(zip(series.counts.tolist(), series.watched.tolist(), strict=True)):
        if since is not None and (count or not seen):
            found.append(Lifetime(days=at - since, ended=bool(count)))
        since = at if count else since if seen else None
    if since is not None and since < len(series.counts) - 1:
        found.append(Lifetime(days=len(series.counts) - 1 - since, ended=False))
    return tuple(found)


def survival(lifetimes: Sequence[Lifetime]) -> tuple[Step, ...]:
    """The Kaplan-Meier curve: a step for each day on which one ended.

    One that is censored on the day of a step was at risk in it. The interval is Greenwood's on the scale of log(-log),
    which keeps it between 0 and 1; where all or none survive it is (0, 1).
    """
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    surviving, greenwood, found = 1.0, 0.0, list[Step]()
    before = -1
    for day in sorted({life.days for life in lifetimes if life.ended}):
        at_risk = sum(life.days >= day for life in lifetimes)
        ended = sum(life.days == day and life.ended for life in lifetimes)
        censored = sum(before <= life.days < day and not life.ended for life in lifetimes)
        surviving *= 1 - ended / at_risk
        greenwood += ended / (at_risk * (at_risk - ended)) if at_risk > ended else math.inf
        low, high = _log_log(surviving, greenwood, z)
        found.append(
            Step(day=day, at_risk=at_risk, ended=ended, censored=censored, surviving=surviving, low=low, high=high)
        )
        before = day
    return tuple(found)


def median_survival(steps: Sequence[Step]) -> int | None:
    """The first day by which no more than half survive; None where more than half survive all that is known of."""
    return next((step.day for step in steps if step.surviving <= 0.5), None)


def _log_log(surviving: float, greenwood: float, z: float) -> tuple[float, float]:
    if not 0.0 < surviving < 1.0:
        return 0.0, 1.0
    spread = math.exp(z * math.sqrt(greenwood) / abs(math.log(surviving)))
    low: float = surviving**spread
    high: float = surviving ** (1 / spread)
    return low, high
