"""How a truce stands, as lines: what is declared of it, what is observed, and what is measured beside."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from trucewatch import codebook
from trucewatch.cli.terminal.wording import line
from trucewatch.day_counts import REACH
from trucewatch.english import some
from trucewatch.truces import Truce
from trucewatch.truces.course import Course, Track, answers
from trucewatch.truces.metrics import RateRatio, median_survival, survival
from trucewatch.truces.parties import Roll

SOURCES = 10
"""That are shown, those that tell of most."""
LATE = REACH
"""Days that nobody watched at the end, after which it is said from when on: a report of the next three may still tell of them."""


def page(truce: Truce, found: Course, daily: bool) -> Iterator[str]:
    """All of it but what the monitors told; ``daily``: also every day, not only those on which the status changed."""
    tracks = (_track(track, found.last, daily) for track in (found.events, found.deaths))
    rest = (_quiet(found), _kept(found), _blamed(found, truce), _unseen(found))
    return itertools.chain(_head(truce, found), _declared(found), *tracks, *rest)


def _head(one: Truce, found: Course) -> Iterator[str]:
    yield f"{one.name}, {found.days.first} to {found.days.last}"
    if one.end is not None and one.end.first <= found.days.last:
        yield f"ended {one.end}, by its table{f': {one.ended}' if one.ended else ''}"
    if found.last:
        yield f"the days after its end are measured as if it held on; --as-of {found.last} tells how it stood then"
    watched = found.watched.nonzero()[0]
    if len(watched) and len(found.watched) - 1 - watched[-1] > LATE:
        last = found.days.first + dt.timedelta(days=int(watched[-1]))
        yield f"no report tells of a later day than {last}: --as-of {last} tells how it stood then"


def _declared(found: Course) -> Iterator[str]:
    yield ""
    yield "declared"
    for row in found.declared:
        who = f", by {row.by} ({row.capacity})" if row.by else ""
        claim = f"  {row.claim}" if row.claim else ""
        until = f" until {row.until}" if row.until else ""
        others = "".join(f"; {one.state} by {one.by} on {one.day}" for one in row.otherwise)
        yield f"  {row.day}  {row.state}{until}{who}{others}{claim}"


def _track(track: Track, over: dt.date | None, daily: bool) -> Iterator[str]:
    now, tempo = track.readings[-1], track.tempo
    yield ""
    more = now.because or (f"since {now.since}, known since {now.known}" if now.since else "")
    yield f"observed, by {track.counted}{', as if it held on' if over else ''}: {now.status}{f' ({more})' if more else ''}"
    rate = f"{tempo.a_day:.2f} a watched day" if tempo.a_day is not None else "no day was watched"
    apart = f", with {tempo.apart:g} in no rate" if tempo.apart else ""
    yield f"  {tempo.total:g} in all, {rate}; {some(tempo.watched, 'day')} watched, {tempo.unwatched:,} not{apart}"
    if tempo.latest:
        since = (
            f"{some(tempo.since, 'day')} before {tempo.days.last}, {tempo.since_watched} of them watched"
            if tempo.since
            else ""
        )
        yield f"  last on {tempo.latest}, {since or 'the last day that is looked at'}"
    against = [(track.ratio, "the 56 days before the truce"), (track.trimmed, "those days without their final 14")]
    pairs = [(one, said) for one, said in [*against, (track.lately, "the 56 days before them")] if one]
    if pairs and not any(one.watched and one.base_watched for one, _ in pairs):
        yield f"  last {pairs[0][0].window.count} days: no ratio to any days before; too few were watched"
    else:
        yield from (f"  last {one.window.count} days against {said}: {_ratio(one)}" for one, said in pairs)
    for change in track.changes:
        since = f" since {change.since}" if change.since else ""
        yield f"  {change.day}  {change.after}{since}{_moved('came', change.entered)}{_moved('went', change.left)}"
    if daily:
        yield from (f"  {reading.day}  {reading.status}  {reading.count:g}" for reading in track.readings)


def _ratio(ratio: RateRatio) -> str:
    if ratio.ratio is None or ratio.low is None or ratio.high is None:
        return f"no ratio ({ratio.base_count:g} in {ratio.base_watched} watched days)"
    return f"{ratio.ratio:.2f}, from {ratio.low:.2f} to {ratio.high:.2f} with a probability of 0.9"


def _moved(how: str, incidents: tuple[str, ...]) -> str:
    more = f" and {len(incidents) - 3} more" if len(incidents) > 3 else ""
    return f"; {how}: {', '.join(incidents[:3])}{more}" if incidents else ""


def _quiet(found: Course) -> Iterator[str]:
    """How long it stays quiet after a day with events."""
    if found.quiet:
        median = median_survival(survival(found.quiet))
        half = f"half of them over by day {median}" if median else "fewer than half seen to end"
        cut = sum(not one.ended for one in found.quiet)
        yield ""
        yield f"quiet after a day with events: {some(len(found.quiet), 'spell')}, {half}; {cut} cut off unseen or by the end"


def _kept(found: Course) -> Iterator[str]:
    """How far each clause was kept that anything was told of."""
    told = [one for one in found.kept if one.kept is not None]
    if told:
        yield ""
        yield "days without a breach of a clause, of the watched days on which it was in force"
    for one in told:
        undated = f", {one.undated} more on no single day" if one.undated else ""
        yield f"  {one.clause}: {one.kept:.0%} of {one.watched}; breaches: {one.breaches}{undated}"


def _blamed(found: Course, truce: Truce) -> Iterator[str]:
    """Source by source, of the breaches that it tells of, how many it lays at whose door."""
    roll = Roll(truce, codebook.load())
    ordered = found.blamed
    if ordered:
        yield ""
        yield "who blames whom, source by source"
    for source, its in ordered[:SOURCES]:
        parts = [
            f"{one.incidents} of {one.of} {roll.name(one.party) if one.party else 'nobody named, or both sides'}"
            for one in its
        ]
        yield f"  {line(source)}: {', '.join(parts)}"
    if len(ordered) > SOURCES:
        yield f"  {some(len(ordered) - SOURCES, 'source')} more: --format json"


def _unseen(found: Course) -> Iterator[str]:
    """What the series leave out."""
    told = []
    if found.undated:
        told.append(f"{some(found.undated, 'incident')} of no single day: in no series")
    if found.untold:
        told.append(f"{some(found.untold, 'incident')} without a toll: not in deaths")
    yield from ["", *told] if told else []


def followed(found: Course) -> Iterator[str]:
    """What followed what: sequence, and never cause."""
    yield ""
    yield "what followed what, which says nothing of causes"
    for one in answers(found):
        yield f"  {one.first}, then {one.then}"
        for told in one.within:
            said = f"    within {some(told.within, 'day')}: {told.followed} of {told.cases}"
            if told.share is None or told.expected is None:
                yield f"{said}; too few to say"
            else:
                odds = f"p = {told.p:.3f} ({told.among:.2g} among all that is asked)"
                yield f"{said}; by chance {told.expected * told.cases:.1f}, as many or more with {odds}"
