"""The ledger of a desk: its incidents held against a truce, with what people ruled, what was not carried out, and the
measures of it all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from trucewatch import codebook, derive
from trucewatch.desk import Bulletin, Desk
from trucewatch.judgements import in_force
from trucewatch.nouns import Account, Incident, Noun
from trucewatch.truces import Breach, Ledger, Performance, Truce, monitors, performances
from trucewatch.truces.course import Course, Known, course
from trucewatch.truces.monitors import Counted, Monitored, MonitorSeries
from trucewatch.truces.series import Days
from trucewatch.truces.speakers import agreed


class Held(Noun):
    """What a desk's incidents are to a truce."""

    truce: str
    as_of: dt.date
    breaches: tuple[Breach, ...]
    """Also those incidents that are no breach, with the verdict that says why: by day, undated ones last."""
    performances: tuple[Performance, ...]


def held(desk: Desk, truce: Truce, as_of: dt.date) -> Held:
    """A truce's ledger at the end of a day, from what the desk holds now."""
    derive.add(desk)  # what a stop has left
    book, rulings = codebook.load(), in_force(desk.judgements())
    glance = Ledger(truce, book)
    near = [one for one in desk.incidents() if glance.is_near(one)]
    ledger = Ledger(truce, book, _told(desk, truce, near), rulings)
    return Held(
        truce=truce.id,
        as_of=as_of,
        breaches=tuple(ledger.rows(near)),
        performances=tuple(performances(truce, book, near, as_of)),
    )


def measured(desk: Desk, truce: Truce, until: dt.date) -> Course | None:
    """What is measured of a truce up to a day; None where it had not begun, or nobody knows when it did.

    A day was watched where a report of that day, or of the next three, tells of anything in the truce's countries.
    """
    derive.add(desk)  # what a stop has left
    book, rulings = codebook.load(), in_force(desk.judgements())
    there = [one for one in desk.incidents() if _country(one) is None or _country(one) in truce.countries]
    told = derive.accounts(desk, [claim for one in there for claim in one.claims])
    looked = {
        account.published
        for account in told
        if account.published and account.claim.place and account.claim.place.country in truce.countries
    }
    known = Known(until=until, incidents=tuple(there), accounts=tuple(told), published=tuple(sorted(looked)))
    return course(truce, book, Ledger(truce, book, told, rulings), known)


def _country(incident: Incident) -> str | None:
    return incident.place.country if incident.place else None


def _told(desk: Desk, truce: Truce, incidents: Sequence[Incident]) -> list[Account]:
    """The accounts of incidents where it matters who told of them, for a monitor's word verifies, or when."""
    watched = any(monitor.verifies for monitor in truce.monitors)
    return derive.accounts(desk, [claim for one in incidents if watched or one.time is None for claim in one.claims])


# ---------------------------------------------------------------- monitors


def keep(desk: Desk, told: Iterable[MonitorSeries]) -> int:
    """Keep what monitors have told; how many bulletins said anything new. Raises DeskError."""
    return desk.keep_bulletins(_bulletin(series, one) for series in told for one in series.bulletins)


def kept(desk: Desk, ids: Collection[str] | None = None) -> tuple[MonitorSeries, ...]:
    """The series of these ids (all, without) that a desk holds, as they are told now, in the order of their ids."""
    found: dict[str, dict[Days, Counted]] = {}
    of: dict[str, Bulletin] = {}
    for one in (row.bulletin for row in desk.bulletins(ids)):
        days, its = Days(first=one.first, last=one.last), found.setdefault(one.series, {})
        before = its.get(days)
        corrects = before.corrects if before else ()
        if before and before.count != one.count:
            corrects = (*corrects, before.count)
        its[days] = Counted(days=days, count=one.count, source=one.source, corrects=corrects)
        of[one.series] = one
    return tuple(_series(of[name], found[name].values()) for name in sorted(found))


def monitored(desk: Desk, truce: Truce, until: dt.date) -> Monitored:
    """What the monitors of a truce have told up to a day, each by its own rule; nothing is added or averaged."""
    term = agreed(truce)
    days = Days(first=term.effective if term else dt.date.min, last=until)
    found = {series.id: series for series in kept(desk, truce.series)}
    return monitors.monitored(truce.id, [found[name] for name in truce.series if name in found], days)


def _bulletin(series: MonitorSeries, one: Counted) -> Bulletin:
    return Bulletin(
        series=series.id,
        observer=series.observer,
        unit=series.unit,
        area=series.area,
        blames=series.blames,
        first=one.days.first,
        last=one.days.last,
        count=one.count,
        source=one.source,
    )


def _series(last: Bulletin, told: Iterable[Counted]) -> MonitorSeries:
    return MonitorSeries(
        id=last.series,
        observer=last.observer,
        unit=last.unit,
        area=last.area,
        blames=last.blames,
        every="day" if last.first == last.last else "month",
        bulletins=tuple(sorted(told, key=lambda one: one.days.last)),
    )
