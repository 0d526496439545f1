"""A brief from a desk: what its ledger and its measures say of a truce at the end of a week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from trucewatch import codebook, derive, english, versions
from trucewatch.brief import mapped, standing, wording
from trucewatch.brief.page import Brief, Cited, Line, Sentence, Told, Week
from trucewatch.codebook.sources import source
from trucewatch.desk import Desk, IncidentFilter
from trucewatch.english import Said, instead, joined, rendered, said
from trucewatch.errors import BriefError
from trucewatch.ledger import overview
from trucewatch.nouns import Account, Incident
from trucewatch.truces import Breach, Performance, Truce
from trucewatch.truces.course import Course
from trucewatch.truces.days import Days
from trucewatch.truces.parties import Roll
from trucewatch.truces.series import COUNTED
from trucewatch.truces.verdicts import TOLD

ROOM = 10
"""Incidents that the page tells of ..."""
ASIDE = 2
"""... and among them those that no clause speaks of."""
CITES = 4
"""Claims that one sentence cites: of each source the first, then others."""
_DISAGREEMENTS = 6
_CODED = frozenset({"type", "mode", "status"})
"""Fields whose values are words of the codebook."""
_METHOD = (
    said(
        "Incidents are claims of one event, merged; a source is a story, and its copies count once. Each incident is held "
        "against each clause; alleged, corroborated, verified and disputed ones count as breaches, and everything else is "
        "shown without being counted."
    ),
    said(
        "Observed: the last 14 days against the 56 before the truce, by watched day, events and deaths apart. Eroding: the "
        "ratio is over 0.5 with a probability over 0.5; collapsed: over 0.8 with a probability over 0.8, for 7 days on end. "
        "A day on which nobody looked is not a quiet day."
    ),
    said(
        "Declared: what parties, guarantors and mediators say of the truce, and never a deed. Tolls and blame stay with "
        "those who tell them; nothing is added or averaged over sources."
    ),
)


class _Seen(NamedTuple):
    """The incidents of a week with their rows in the ledger and their accounts."""

    incidents: dict[str, Incident]
    rows: dict[str, list[Breach]]
    accounts: dict[str, Account]
    days: Days

    def of(self, incident: Incident) -> list[Account]:
        """The accounts of an incident's claims."""
        return [self.accounts[claim] for claim in incident.claims if claim in self.accounts]


def written(desk: Desk, truce: Truce, week: Week) -> Brief:
    """The brief of a truce for a week, from all that the desk holds now; raises BriefError.

    What was published after the week is used too: a report that comes late lands on the day that it tells of.
    """
    if desk.as_of(week.days.first) != week.days.first:
        raise BriefError(f"{week.name} has not come yet")
    whole = overview(desk, truce, week.days.last)
    found, book = whole.course, codebook.load()
    if found is None:
        raise BriefError(f"{truce.id} was not in force by {week.days.last}, as far as its table says")
    seen = _seen(desk, whole.held.breaches, week.days, Roll(truce, book))
    chosen = _chosen(seen)
    happened = tuple(_told(number, one, seen) for number, one in enumerate(chosen, 1))
    declared, declared_lines = standing.declared(found, truce)
    performances = tuple(_performances(desk, truce, whole.held.performances))
    moved = standing.moved(week, lambda incident: desk.incident(incident).claims)
    observed = tuple(standing.observed(track, moved, found.last is not None) for track in (found.events, found.deaths))
    disagreements = tuple(_disagreements(chosen, seen))[:_DISAGREEMENTS]
    told = ([one.sentence for one in happened], disagreements, performances, declared_lines)
    return Brief(
        truce=truce.id,
        title=truce.name,
        week=week,
        declared=declared,
        declared_lines=declared_lines,
        observed=observed,
        tally=_tally(seen),
        happened=happened,
        left_out=len(seen.incidents) - len(chosen),
        disagreements=disagreements,
        blame=tuple(standing.blame(found, Roll(truce, book))),
        performances=performances,
        monitors=tuple(standing.monitors(whole.monitored, week)),
        charts=tuple(standing.charts(found)),
        outlines=mapped.outlines(truce, book),
        marks=mapped.marks(chosen, happened),
        method=tuple(Line(text=one) for one in _METHOD),
        basis=tuple(_basis(desk, found, week)),
        cited=_cited(desk, *told, *(channel.lines for channel in observed)),
    )


def _seen(desk: Desk, breaches: Iterable[Breach], days: Days, roll: Roll) -> _Seen:
    """What touches the week: all that the ledger holds, and what else the truce's parties did."""
    rows: dict[str, list[Breach]] = {}
    for row in breaches:
        rows.setdefault(row.incident, []).append(row)
    incidents = {
        one.id: one
        for one in desk.incidents(IncidentFilter(since=days.first, until=days.last))
        if one.id in rows or _is_ours(one, roll)
    }
    told = derive.accounts(desk, [claim for one in incidents.values() for claim in one.claims])
    return _Seen(incidents, rows, {account.claim.id: account for account in told}, days)


def _is_ours(one: Incident, roll: Roll) -> bool:
    """Whether two parties to the truce, or one in the truce's countries, take part in it."""
    day = one.time.start if one.time else None
    standing = [roll.find(entity, day) for entity in (*one.actors, *one.recipients)]
    parties = {party.actor for party in standing if party}
    there = one.place is not None and one.place.country in roll.truce.countries
    return len(parties) > 1 or (bool(parties) and there)


def _chosen(seen: _Seen) -> list[Incident]:
    """Those that the page has room for: breaches first, then by what is known of them; at last in order of days."""
    ranked = sorted(seen.incidents.values(), key=lambda one: _rank(one, seen))
    clauses = [one for one in ranked if one.id in seen.rows]
    others = [one for one in ranked if one.id not in seen.rows]
    aside = others[: max(ASIDE, ROOM - len(clauses))]
    return [*clauses[: ROOM - min(len(aside), ASIDE)], *aside][:ROOM]


def _rank(one: Incident, seen: _Seen) -> tuple[bool, bool, int, int, int, dt.date, str]:
    """Breaches first, then what lies within the week before longer stretches; then by verdict, deaths, sources and day."""
    assert one.time is not None
    verdicts = [TOLD.index(row.verdict) for row in seen.rows.get(one.id, ())]
    wide = one.time.start not in seen.days or one.time.end not in seen.days
    deaths = one.killed.best if one.killed else 0
    counts = any(row.verdict in COUNTED for row in seen.rows.get(one.id, ()))
    return not counts, wide, min(verdicts, default=len(TOLD)), -deaths, -one.sources, one.time.start, one.id


def _told(number: int, one: Incident, seen: _Seen) -> Told:
    accounts, rows = seen.of(one), seen.rows.get(one.id, [])
    gravest = min(rows, key=lambda row: TOLD.index(row.verdict), default=None)
    counts = any(row.verdict in COUNTED for row in rows)
    dayless = bool(gravest and counts and gravest.day is None)
    return Told(
        number=number,
        incident=one.id,
        sentence=Sentence(text=wording.sentence(one, accounts), claims=_cites(accounts)),
        verdict=gravest.verdict.value if gravest else None,
        clauses=tuple(row.clause for row in rows if row.clause and gravest and row.verdict is gravest.verdict),
        reason=_reason(gravest, dayless) if gravest else "",
        counts=counts,
    )


def _reason(row: Breach, dayless: bool) -> Said:
    """Why, with the days as a brief writes them."""
    more = said("It is told of more than a day, so that it is in no series.") if dayless else ""
    text = wording.dated(f"{row.reason} {more}".rstrip())
    return rendered(text, "{reason} {more}" if dayless else "{reason}", reason=row.worded("reason"), more=more)


def _cites(accounts: Sequence[Account]) -> tuple[str, ...]:
    """The claims that a sentence cites: the first of each story, then further ones."""
    firsts: dict[str, str] = {}
    for account in accounts:
        firsts.setdefault(source(account), account.claim.id)
    return tuple(dict.fromkeys([*firsts.values(), *(account.claim.id for account in accounts)]))[:CITES]


def _disagreements(chosen: Sequence[Incident], seen: _Seen) -> Iterator[Sentence]:
    for number, one in enumerate(chosen, 1):
        for point in one.disagreements:
            sides = tuple(_side(point.field, value, claims, seen) for value, claims in point.sides)
            cited = tuple(claim for _, claims in point.sides for claim in claims[:1] if claim in seen.accounts)
            what = said("({number}) {field}: {sides}", number=number, field=said(point.field), sides=sides)
            yield Sentence(text=instead(f"({number}) {point.field}: {'; '.join(sides)}.", what), claims=cited)


def _side(field: str, value: str, claims: Sequence[str], seen: _Seen) -> Said:
    """A value on which claims differ, and who says so."""
    told = [seen.accounts[claim] for claim in claims if claim in seen.accounts]
    written = wording.plain(wording.dated(value) if field == "time" else value)
    shown = said(value) if field in _CODED else wording.plain(value)
    return rendered(f"{written} ({wording.voices(told)})", "{value} ({says})", value=shown, says=wording.says(told))


def _tally(seen: _Seen) -> Line:
    """Of all incidents that touch the week, also of those that the page has no room for."""
    held = (seen.rows[one] for one in seen.incidents if one in seen.rows)
    verdicts = Counter(min(rows, key=lambda row: TOLD.index(row.verdict)).verdict for rows in held)
    counts = sum(verdicts[verdict] for verdict in TOLD if verdict in COUNTED)
    parts = ", ".join(f"{verdicts[verdict]} {verdict.value}" for verdict in TOLD if verdicts[verdict])
    against = f"; held against the clauses: {parts}" if parts else ""
    many = english.some(len(seen.incidents), "incident")
    breaches = f"{counts} count as breaches" if counts > 1 else f"{'one' if counts else 'none'} counts as a breach"
    text = f"Of {many} on the desk that touch{'es' if len(seen.incidents) == 1 else ''} the week, {breaches}{against}."
    shares = [said("{what}: {n}", what=said("breaches"), n=counts)]
    shares += [said("{what}: {n}", what=one, n=verdicts[one]) for one in TOLD if verdicts[one]]
    return Line(text=instead(text, said("{n} incidents", n=len(seen.incidents)), joined(*shares)))


def _performances(desk: Desk, truce: Truce, rows: Iterable[Performance]) -> Iterator[Line]:
    asked = {clause.id: clause.text for clause in truce.clauses}
    for row in rows:
        claims = tuple(desk.incident(incident).claims[0] for incident in row.incidents[:1])
        # The state of a duty that comes round is that of its last period: the reason has them all.
        state = "" if row.rounds and row.rounds.periods else f": {row.state.value}"
        what = f"Clause {row.clause} ({asked[row.clause]}){state}."
        text = rendered(
            wording.dated(f"{what} {row.reason}"),
            "{clause} ({asks}): {state}. {reason}" if state else "{clause} ({asks}). {reason}",
            clause=said("clause {id}", id=row.clause),
            asks=asked[row.clause],
            state=row.state,
            reason=row.worded("reason"),
        )
        yield Line(text=text, claims=claims)


def _basis(desk: Desk, found: Course, week: Week) -> Iterator[Line]:
    """The cut-off and the versions."""
    number, newest, later = desk.cut_off(week.days.last)
    cut = f"the newest of {english.day(newest)}" if newest else "none of them dated"
    after = f"; {later:,} of them published after the week" if later else ""
    held = f"{english.some(number, 'report')} on the desk, {cut}{after}"
    text = f"Data cut-off: {held}. Days are counted up to {english.day(found.days.last)}."
    parts = [said("{n} reports", n=number)]
    parts += [said("data up to {day}", day=newest)] if newest else []
    parts += [said("{n} of them published after the week", n=later)] if later else []
    upto = joined(said("counted"), said("until {day}", day=found.days.last))
    yield Line(text=instead(text, *parts, upto))
    made = versions.of_claims()
    merged = versions.of_incidents()
    text = f"Trucewatch {made.code}; tables {made.tables}; model {made.model}; merging {merged}; truce {found.truce}."
    yield Line(text=text)


def _cited(desk: Desk, *parts: Sequence[Line | Sentence]) -> tuple[Cited, ...]:
    """The list of claims, in the order in which the parts of the page cite them."""
    order = list(dict.fromkeys(claim for part in parts for line in part for claim in line.claims))
    of = {account.claim.id: account for account in desk.accounts(order)} if order else {}
    return tuple(
        Cited(number=number, claim=claim, outlet=of[claim].outlet, published=of[claim].published)
        for number, claim in enumerate(order, 1)
    )
