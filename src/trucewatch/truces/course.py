"""The course of a truce: all that is measured of it, from incidents and from the days on which somebody was looking."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trucewatch.codebook import Codebook, sources
from trucewatch.day_counts import DAY, Flags
from trucewatch.english import Said
from trucewatch.nouns import Account, Incident, Noun, Status
from trucewatch.truces import status
from trucewatch.truces.breach import Breach, Ledger, conduct
from trucewatch.truces.days import Days, around
from trucewatch.truces.declared import Declared, State, announcements, declared, lapsed
from trucewatch.truces.fights import is_two_sided
from trucewatch.truces.meant import is_of_another
from trucewatch.truces.metrics import (
    Attribution,
    Compliance,
    Lifetime,
    RateRatio,
    Share,
    Tempo,
    compliance,
    quiet,
    rate_ratio,
    shares,
    tempo,
)
from trucewatch.truces.parties import Roll
from trucewatch.truces.responses import Following, among, following
from trucewatch.truces.series import COUNTED, Series, Tally, by_day, deaths, events, tallies, watch
from trucewatch.truces.speakers import agreed, speakers, tabled
from trucewatch.truces.status import RULE, Change, Reading, Rule
from trucewatch.truces.terms import Clause, Truce

TRIMMED = Rule(left_out=14)


class Known(Noun):
    """What a desk knows, up to a day."""

    until: dt.date
    """The last day that is looked at."""
    incidents: tuple[Incident, ...] = ()
    accounts: tuple[Account, ...] = ()
    """Of the incidents' claims."""
    published: tuple[dt.date, ...] = ()
    """Days of the reports on the truce's countries: they tell which days were watched."""


class Track(Noun):
    """Events of a truce, or deaths; never both."""

    counted: str
    tempo: Tempo
    """From the effective day on."""
    ratio: RateRatio
    """The last 14 days by the 56 before the truce ..."""
    trimmed: RateRatio
    """... and by those without their final 14."""
    lately: RateRatio | None
    """The same 14 by the 56 before them: whether it gets worse, also where nobody watched before the truce. None where the
    truce is younger."""
    readings: tuple[Reading, ...]
    """The observed status, day by day."""
    changes: tuple[Change, ...]

    @property
    def untold(self) -> Said | None:
        """Why the status of the last day cannot be told, where it cannot."""
        base = self.ratio
        return status.untold(base.base_watched, base.base_count / base.dispersion, self.readings[-1].watched)


class Answers(Noun):
    """How often days with deeds of one party were followed by days with deeds of another: sequence, not cause."""

    first: str
    then: str
    within: tuple[Following, ...]


@dataclass(frozen=True, eq=False)
class Course:
    """What is measured of one truce."""

    truce: str
    days: Days
    """From the effective day to the last that is looked at."""
    breaches: tuple[Breach, ...]
    """What was held against its clauses while it was in force."""
    counted: tuple[Tally, ...]
    """The incidents that count, those before the truce and after its end among them."""
    watched: Flags
    """A flag for each of the days."""
    undated: int
    """Incidents of the truce that count but stand on no day: they are in no series."""
    untold: int
    """Incidents whose toll nobody gives: they add nothing to deaths, which does not make it 0."""
    events: Track
    deaths: Track
    declared: tuple[Declared, ...]
    quiet: tuple[Lifetime, ...]
    """How long after each day with events the next one came."""
    kept: tuple[Compliance, ...]
    """Clause by clause."""
    shares: Mapping[str, tuple[Share, ...]]
    """Source by source."""
    lapsed: tuple[Days, ...] = ()
    """Those on which it had run out, and nobody had brought it back."""
    last: dt.date | None = None
    """The last day of a truce that was over before ``days`` are: what came later is measured as if it held on."""

    @property
    def blamed(self) -> list[tuple[str, tuple[Share, ...]]]:
        """At whose door each source lays what it tells of, the sources that tell of most first."""
        return sorted(self.shares.items(), key=lambda pair: (-pair[1][0].of, pair[0]))


def course(truce: Truce, book: Codebook, ledger: Ledger, known: Known) -> Course | None:
    """Everything measured of a truce; None for one that has no day on which it took effect, or lies ahead.

    Violence before the truce took effect, and after it ended, is counted by the same test of deed, parties and place,
    as if it had been in force: a truce that somebody declared over is observed on.
    """
    term = agreed(truce)
    if term is None or term.effective > known.until:
        return None
    days = Days(first=term.effective, last=known.until)
    whole = Days(first=status.baseline(term.effective).first, last=known.until)
    watched = watch(known.published, whole)
    if truce.start and truce.start.is_late:
        # Of its first day nobody knows which deeds came after the hour, so that they have no verdict.
        watched[(term.effective - whole.first).days] = False
    incidents = [one for one in known.incidents if one.time is None or one.time.start <= known.until]
    states = said_of(truce, book, known.accounts, known.until)
    over = lapsed(states, known.until)
    breaches = tuple(ledger.rows(incidents, over))
    counted = tally_up(truce, ledger, incidents, breaches, over)
    within = [tally for tally in counted if tally.day is not None and tally.day in days]
    seen = events(counted, whole, watched)
    return Course(
        truce=truce.id,
        days=days,
        breaches=breaches,
        counted=counted,
        watched=seen.part(days).watched,
        undated=sum(tally.day is None for tally in tallies(breaches)),
        untold=sum(tally.deaths is None for tally in within),
        events=_track(seen, counted, days),
        deaths=_track(deaths(counted, whole, watched), counted, days),
        declared=states,
        quiet=quiet(seen.part(days)),
        kept=tuple(_kept(truce, breaches, seen.part(days))),
        shares=shares(attributions(known, breaches, Roll(truce, book))),
        lapsed=over,
        last=_last(truce, states, known.until),
    )


def said_of(truce: Truce, book: Codebook, accounts: Iterable[Account], until: dt.date) -> tuple[Declared, ...]:
    """The declared status of a truce by its own table and by what claims say; none of one that has not begun by then."""
    term = agreed(truce)
    if term is None or term.effective > until:
        return ()
    heard = announcements(accounts, speakers(truce, book), Days(first=term.effective, last=until))
    said = (*tabled(truce, book), *(one for one in heard if not is_of_another(truce, book, one)))
    return declared(said, term, until)


def tally_up(
    truce: Truce, ledger: Ledger, incidents: Sequence[Incident], breaches: Iterable[Breach], lapsed: Sequence[Days] = ()
) -> tuple[Tally, ...]:
    """The incidents that count: as they were held in the truce's time, and at other times as if it had been in force."""
    beside = [one for one in incidents if not _in_time(truce, one, lapsed) and _in_country(truce, one)]
    return tallies([*breaches, *ledger.as_if_in_force(beside)])


def answers(of: Course) -> list[Answers]:
    """What follows what, for each ordered pair of parties that did something in the days of a course."""
    ours = by_day(of.counted)
    parties = sorted({tally.party for day in of.days for tally in ours.get(day, ()) if tally.party is not None})
    acted = {party: _acted(party, ours, of.days) for party in parties}
    pairs = list(itertools.permutations(parties, 2))
    found = among([following(acted[first], acted[then], of.watched) for first, then in pairs])
    return [Answers(first=first, then=then, within=within) for (first, then), within in zip(pairs, found, strict=True)]


def attributions(known: Known, breaches: Iterable[Breach], roll: Roll) -> Iterator[Attribution]:
    """Who lays which counted breach at whose door: whom a claim is attributed to, else its outlet.

    A mere kind of people ("a military source") speaks with the voice of its outlet. A claim that names nobody, a
    stranger to the truce, or both sides of a clash, lays it at no door; one that denies it, or is without source or
    outlet, is left out.
    """
    counted = {row.incident for row in breaches if row.verdict in COUNTED}
    of = {claim: one.id for one in known.incidents if one.id in counted for claim in one.claims}
    for account in known.accounts:
        claim = account.claim
        source = _voice(account)
        if claim.id not in of or source is None or claim.status is Status.DENIED:
            continue
        on = claim.time.start if claim.time else account.published
        acting, facing = (
            [one for entity in side if (one := roll.find(entity, on))] for side in (claim.actors, claim.recipients)
        )
        both = is_two_sided(account) and len({one.side for one in (*acting, *facing)}) > 1
        named = sorted({one.actor for one in acting})
        for party in named if named and not both else (None,):
            yield Attribution(source=source, party=party, incident=of[claim.id])


def _voice(account: Account) -> str | None:
    """The one name of whom a claim is attributed to, else of its outlet."""
    named = sources.named(account.claim.attributed_to or "")
    return named or (sources.outlet(account.outlet) if account.outlet else None)


def _last(truce: Truce, states: Sequence[Declared], until: dt.date) -> dt.date | None:
    """The last day of a truce that has ended by its table or run out by ``until``."""
    lasts = [truce.end.last] if truce.end is not None else []
    if states and states[-1].state is State.EXPIRED:
        lasts.append(states[-1].day - DAY)
    return min((last for last in lasts if last < until), default=None)


def _in_time(truce: Truce, incident: Incident, lapsed: Sequence[Days]) -> bool:
    """Whether the ledger has judged the incident by its time; one without a day it has."""
    start, time = truce.start, incident.time
    if time is None or start is None:
        return True
    if around(time, lapsed):
        return False
    return time.end >= start.first and (truce.end is None or time.start <= truce.end.last)


def _in_country(truce: Truce, incident: Incident) -> bool:
    place = incident.place
    return place is None or place.country is None or place.country in truce.countries


def _track(series: Series, counted: Sequence[Tally], days: Days) -> Track:
    readings = status.observed(series, days.first)
    seen = {day for day, flag in zip(series.days, series.watched, strict=True) if flag}
    window = Days(first=max(days.first, days.last - (RULE.window - 1) * DAY), last=days.last)
    before = Days(first=window.first - RULE.baseline * DAY, last=window.first - DAY)
    return Track(
        counted=series.counted,
        tempo=tempo(series.part(days)),
        ratio=rate_ratio(series, window, status.baseline(days.first)),
        trimmed=rate_ratio(series, window, status.baseline(days.first, TRIMMED)),
        lately=rate_ratio(series, window, before) if before.first >= days.first else None,
        readings=readings,
        changes=status.changes(readings, [tally for tally in counted if tally.day in seen]),
    )


def _kept(truce: Truce, breaches: Sequence[Breach], seen: Series) -> Iterator[Compliance]:
    """Of each clause that an act can break, over the days on which it was in force; not of those that ask for something
    to be done, which no quiet day keeps."""
    for clause in (one for one in truce.clauses if conduct(one) and not one.performed_by):
        days = _force(truce, clause, seen.days)
        its = tallies(row for row in breaches if row.clause == clause.id)
        yield compliance(clause.id, its, days, seen.part(days).watched)


def _force(truce: Truce, clause: Clause, days: Days) -> Days:
    """The days of a truce on which a clause was in force."""
    ends = [moment.last for moment in (clause.until, truce.end) if moment is not None]
    first = max(days.first, clause.effective.first) if clause.effective else days.first
    return Days(first=first, last=min([days.last, *ends]))


def _acted(party: str, ours: Mapping[dt.date, tuple[Tally, ...]], days: Days) -> Flags:
    return np.array([any(tally.party == party for tally in ours.get(day, ())) for day in days], dtype=bool)
