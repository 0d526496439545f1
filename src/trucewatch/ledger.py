"""The ledger of a desk: its incidents held against a truce, with what people ruled, what was not carried out, and the
measures of it all.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from trucewatch import changes, codebook, derive
from trucewatch.day_counts import DAY, REACH
from trucewatch.desk import Bulletin, Desk, Mark, Near
from trucewatch.desk.rows import to_incident
from trucewatch.nouns import Account, Incident, Noun, reports_of
from trucewatch.truces import Breach, Ledger, Performance, Truce, Verdict, monitors, performances
from trucewatch.truces.breach import KeptRows
from trucewatch.truces.course import Answers, Course, Known, answers, course, said_of
from trucewatch.truces.days import Days
from trucewatch.truces.declared import lapsed
from trucewatch.truces.monitors import Counted, Monitored, MonitorSeries
from trucewatch.truces.speakers import agreed
from trucewatch.truces.status import baseline

INCIDENTS = 65536
"""That are remembered by what the desk holds of each: most truces ask for those that another asks for, and after a change for
most of the same again."""


class Held(Noun):
    """A truce's ledger: the verdict on each incident of a desk, and what was carried out."""

    truce: str
    as_of: dt.date
    breaches: tuple[Breach, ...]
    """Also those incidents that are no breach, with the verdict that says why: by day, undated ones last."""
    performances: tuple[Performance, ...]


@dataclass(frozen=True, eq=False)
class Overview:
    """All that a desk has to show of a truce at the end of a day."""

    truce: Truce
    """Its clauses among the rest."""
    held: Held
    course: Course | None
    """None where it had not begun, or nobody knows when it did."""
    answers: tuple[Answers, ...]
    monitored: Monitored


def overview(desk: Desk, truce: Truce, as_of: dt.date) -> Overview:
    """Verdicts, non-performance, both status channels over time, what followed what, and the monitors' series.

    What is made of incidents is kept for as long as the desk's facts are the same.
    """
    derive.catch_up(desk)
    its, found, followed = _computed(desk, desk.mark(), truce, as_of)
    return Overview(truce, its, found, followed, monitored(desk, truce, as_of))


def held(desk: Desk, truce: Truce, as_of: dt.date) -> Held:
    """A truce's ledger at the end of a day, from what the desk holds now of the time up to then."""
    derive.catch_up(desk)
    since = truce.start.first if truce.start else dt.date.min
    until = min(as_of, truce.end.last) if truce.end else as_of
    incidents = _near(desk, Near(countries=truce.countries, since=since, until=until))
    told, ledger = _told(desk, truce, incidents)
    near = [one for one in _told_by(incidents, told, as_of) if ledger.is_near(one)]
    over = lapsed(said_of(truce, codebook.load(), told, as_of), as_of)
    return _held(truce, as_of, tuple(ledger.rows(near, over)), near, told)


def inside(ledger: Held, verdict: Verdict | None = None) -> frozenset[str]:
    """The ids of the incidents that a ledger holds against a clause: of its truce's area and time, with this or any verdict."""
    wanted = {verdict} if verdict else {*Verdict} - {Verdict.OUT_OF_SCOPE}
    return frozenset(row.incident for row in ledger.breaches if row.verdict in wanted)


def beside(desk: Desk, truce: Truce, incidents: Sequence[Incident]) -> frozenset[str]:
    """The ids of those incidents that are violence, and none of what the truce is about: infighting, or of strangers to it."""
    _, its = _told(desk, truce, incidents)
    return frozenset(one.id for one in incidents if its.is_beside(one))


def measured(desk: Desk, truce: Truce, until: dt.date) -> Course | None:
    """What is measured of a truce up to a day; None where it had not begun, or nobody knows when it did.

    A day was watched where a report of that day, or of the next three, tells of anything in the truce's countries.
    """
    derive.catch_up(desk)
    return _measured(desk, truce, until)[0]


@lru_cache(maxsize=16)
def _computed(
    desk: Desk, mark: Mark | None, truce: Truce, as_of: dt.date
) -> tuple[Held, Course | None, tuple[Answers, ...]]:
    """Ledger, course and answers of a truce, kept for as long as the mark, and so the desk's facts, is the same."""
    found, known = _measured(desk, truce, as_of)
    if found is None or known is None:
        return held(desk, truce, as_of), None, ()
    ledger = Ledger(truce, codebook.load())
    near = [one for one in known.incidents if ledger.is_near(one)]
    return _held(truce, as_of, found.breaches, near, known.accounts), found, tuple(answers(found))


def _measured(desk: Desk, truce: Truce, until: dt.date) -> tuple[Course | None, Known | None]:
    """A course and what it is made of: incidents from the baseline on, and accounts of what the truce was in force for."""
    term = agreed(truce)
    if term is None or term.effective > until:
        return None, None
    near = Near(countries=truce.countries, since=baseline(term.effective).first, until=until)
    incidents = _near(desk, near)
    since = [one for one in incidents if one.time is None or one.time.end >= term.effective]
    told, ledger = _told(desk, truce, since)
    looked = desk.days_told(msgspec.structs.replace(near, until=until + REACH * DAY))
    known = Known(
        until=until, incidents=tuple(_told_by(incidents, told, until)), accounts=tuple(told), published=tuple(looked)
    )
    return course(truce, codebook.load(), ledger, known), known


def _told_by(incidents: Iterable[Incident], told: Iterable[Account], until: dt.date) -> Iterator[Incident]:
    """Incidents, without those of no known day that nobody had told by a day: nothing says that they lie before it."""
    days = {one.claim.id: one.published for one in told if one.published}
    for one in incidents:
        if (
            one.time
            or not days.keys() & {*one.claims}
            or any(days.get(claim, dt.date.max) <= until for claim in one.claims)
        ):
            yield one


class _Kept:
    """What was read of a desk for its ledgers, and judged: after a change little of it is other. Safe between threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._mark: Mark | None = None
        self._accounts: dict[str, Account | None] = {}
        """By claim; None for one that was rejected."""
        self.rows = lru_cache(maxsize=64)(lambda truce: KeptRows())
        self.incident = lru_cache(maxsize=INCIDENTS)(to_incident)

    def accounts(self, ids: Sequence[str]) -> list[Account]:
        """The same as of ``derive``."""
        with self._lock:
            mark = self._desk.mark()
            if mark != self._mark:
                anew = changes.told_anew(self._desk, self._mark)
                same = () if anew is None else (id_ for id_ in self._accounts if reports_of([id_]).isdisjoint(anew))
                self._accounts = {id_: self._accounts[id_] for id_ in same}
                self._mark = mark
            missing = [one for one in ids if one not in self._accounts]
            self._accounts |= dict.fromkeys(missing)
            self._accounts |= {one.claim.id: one for one in derive.accounts(self._desk, missing)}
            found = [one for id_ in ids if (one := self._accounts[id_])]
        return sorted(found, key=lambda account: account.order)


_kept = lru_cache(maxsize=4)(_Kept)


def _near(desk: Desk, wanted: Near) -> tuple[Incident, ...]:
    return tuple(desk.incidents_near(wanted, _kept(desk).incident))


def _told(desk: Desk, truce: Truce, incidents: Sequence[Incident]) -> tuple[list[Account], Ledger]:
    """The accounts of incidents, and the ledger that judges by them: a denial or announcement may stand in any of them."""
    kept = _kept(desk)
    told = kept.accounts([claim for one in incidents for claim in one.claims])
    return told, Ledger(truce, codebook.load(), told, derive.ruled(desk).force, kept.rows(truce))


def _held(
    truce: Truce, as_of: dt.date, breaches: tuple[Breach, ...], near: Sequence[Incident], told: Iterable[Account]
) -> Held:
    rows = tuple(performances(truce, codebook.load(), near, as_of, told))
    return Held(truce=truce.id, as_of=as_of, breaches=breaches, performances=rows)


# ---------------------------------------------------------------- monitors


def keep_bulletins(desk: Desk, told: Iterable[MonitorSeries]) -> int:
    """Keep what monitors have told; how many bulletins said anything new. Raises DeskError."""
    return desk.keep_bulletins(_bulletin(series, one) for series in told for one in series.bulletins)


def kept_series(desk: Desk, ids: Collection[str] | None = None) -> tuple[MonitorSeries, ...]:
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
    days = Days(first=term.effective if term else monitors.EARLIEST, last=until)
    found = {series.id: series for series in kept_series(desk, truce.series)}
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
