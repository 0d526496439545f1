"""How the truce stands at the end of a week, in both channels, and who is blamed for what: measures as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from trucewatch import english
from trucewatch.brief import wording
from trucewatch.brief.page import Chart, Line, Observed, Week
from trucewatch.day_counts import DAY
from trucewatch.english import listed
from trucewatch.truces import Truce
from trucewatch.truces.course import Course, Track
from trucewatch.truces.days import Days
from trucewatch.truces.declared import State
from trucewatch.truces.metrics import RateRatio
from trucewatch.truces.monitors import RECENT, Monitored, Spell, told_in
from trucewatch.truces.parties import Roll
from trucewatch.truces.series import deaths, events
from trucewatch.truces.status import RULE

WEEKS = 12
"""That the charts reach back."""
_SOURCES = 4
_PARTIES = 3
_MOVERS = 3


def declared(found: Course, truce: Truce) -> tuple[str, tuple[Line, ...]]:
    """The declared status at the end of the week, and the words by which it came to it."""
    if not found.declared:
        return "not yet in force", ()
    last = found.declared[-1]
    rows = []
    for row in found.declared[-_MOVERS:]:
        by = f" by {row.by} ({row.capacity})" if row.by else ""
        other = "".join(f"; {one.state.value} by {one.by} on {english.day(one.day)}" for one in row.otherwise)
        claims = tuple(filter(None, (row.claim, *(one.claim for one in row.otherwise))))
        until = f" until {english.day(row.until)}" if row.until else ""
        rows.append(Line(text=f"{english.day(row.day)}: {row.state.value}{until}{by}{other}.", claims=claims))
    if len(found.declared) == 1 and last.by is None:
        said = f"{last.state.value.capitalize()} since {english.day(last.day)}"
        rows = [Line(text=f"{said}; nobody who may speak for it is known to say otherwise.")]
    if truce.end is None or truce.end.first > found.days.last:
        return last.state.value, tuple(rows)
    rows.append(Line(text=f"By its table it ended {truce.end}{f': {truce.ended}' if truce.ended else ''}."))
    is_held = last.state in (State.IN_FORCE, State.EXTENDED)  # nobody said otherwise, but its table does
    return f"ended {truce.end}" if is_held else f"{last.state.value}; ended {truce.end}", tuple(rows)


Moved = Callable[[Track], tuple[Line, ...]]


def moved(week: Week, claims_of: Callable[[str], tuple[str, ...]]) -> Moved:
    """What changed the observed status within the week, with a claim of each of the incidents that did."""

    def lines(track: Track) -> tuple[Line, ...]:
        made = []
        for change in track.changes:
            if change.day not in week.days or change.before is None:
                continue
            cited = tuple(claims_of(incident)[0] for incident in change.entered[:_MOVERS])
            by = f", with {english.some(len(change.entered), 'incident')} new in the window" if cited else ""
            since = f" since {english.day(change.since)}" if change.since else ""
            text = f"{english.day(change.day)}: from {change.before.value} to {change.after.value}{since}{by}."
            made.append(Line(text=text, claims=cited))
        return tuple(made)

    return lines


def observed(track: Track, changes: Moved, beyond: bool = False) -> Observed:
    """One channel of what is observed; ``beyond`` says that the truce was over by then."""
    now, tempo = track.readings[-1], track.tempo
    why = now.because or ""
    if now.since and now.known:
        why = f"since {english.day(now.since)}, known since {english.day(now.known)}"
    lines = [Line(text=english.sentence(why))] if why else []
    recent = f"{_some(now.count, track)} in {english.some(now.watched, 'watched day')}; {_ratio(track.ratio)}"
    rate = f", {tempo.a_day:.2f} a watched day" if tempo.a_day is not None else ""
    looked = f"{tempo.watched:,} of {tempo.days.count:,} days watched"
    if tempo.apart:
        looked += f", {_some(tempo.apart, track)} on others and in no rate"
    last = f"; the last on {english.day(tempo.latest)}" if tempo.latest else ""
    lines += [
        Line(text=f"Last {track.ratio.window.count} days: {recent}."),
        Line(text=f"Since {english.day(tempo.days.first)}: {_some(tempo.total, track)}{rate}; {looked}{last}."),
        *changes(track),
    ]
    return Observed(counted=track.counted, status=now.status.value, lines=tuple(lines), beyond=beyond)


def blame(found: Course, roll: Roll) -> Iterator[Line]:
    """Of each source, at whose door it lays the breaches that it tells of; the sources that tell of most first."""
    for source, its in found.blamed[:_SOURCES]:
        parts = [
            f"{share.incidents} of {share.of} laid to {roll.name(share.party) if share.party else 'nobody named, or both sides'}"
            for share in its
        ]
        yield Line(text=f"{wording.plain(source)}: {', '.join(parts[:_PARTIES])}.")


def monitors(told: Monitored, week: Week) -> Iterator[Line]:
    """Of each series with a bulletin of late what it tells of the week and of 14 days; then two beside each other, and the silent."""
    heard = [one for one in told.heard if one.recent.bulletins]
    for one in heard:
        series = one.series
        spells = ((told_in(series, week.days), "of the week"), (one.recent, f"of the last {RECENT} days"))
        counts = ", ".join(f"{_spell(its)} {of}" for its, of in spells)
        blames = f"can blame {listed(series.blames) or 'nobody'}"
        yield Line(text=f"{series.observer} ({series.unit}, {series.area}; {blames}): {counts}.")
    names = {one.series.id: one.series.observer for one in heard}
    for both in (both for both in told.beside if both.one in names and both.other in names and both.totals):
        gap = f", {both.gap:.1f} apart in the mean" if both.gap is not None else ""
        together = f", correlation {both.correlation:.2f}" if both.correlation is not None else ""
        first, second = both.totals or (0, 0)
        pair = f"{names[both.one]} beside {names[both.other]}"
        yield Line(
            text=f"{pair}: {first:,} and {second:,} in the {both.periods:,} periods since "
            f"{english.day(told.days.first)} that both tell of{gap}{together}."
        )
    newest: dict[str, dt.date] = {}
    for series in (one.series for one in told.heard if one.series.observer not in names.values()):
        last = series.bulletins[-1].days.last
        newest[series.observer] = max(last, newest.get(series.observer, last))
    for observer, last in newest.items():
        yield Line(text=f"{observer}: nothing since {english.day(last)}.")


def charts(found: Course) -> Iterator[Chart]:
    """Events and deaths of the last weeks, as far as the truce goes back."""
    last = found.days.last
    days = Days(first=max(found.days.first, last - (7 * WEEKS - 1) * DAY), last=last)
    watched = found.watched[(days.first - found.days.first).days :]
    for track, counted in ((found.events, events), (found.deaths, deaths)):
        series = counted(found.counted, days, watched)
        readings = track.readings[-days.count :]
        ratio = track.ratio
        yield Chart(
            counted=track.counted,
            first=days.first,
            counts=tuple(map(float, series.told)),
            watched=tuple(map(bool, series.watched)),
            statuses=tuple(reading.status.value for reading in readings),
            before=ratio.base_count / ratio.base_watched if ratio.base_watched >= RULE.least_baseline else None,
        )


def _spell(its: Spell) -> str:
    return f"{its.count:,} in {english.some(its.bulletins, 'bulletin')}" if its.bulletins else "no bulletin"


def _some(number: float, track: Track) -> str:
    return f"{number:,.0f} {track.counted.removesuffix('s') if number == 1 else track.counted}"


def _ratio(ratio: RateRatio) -> str:
    """None is given for a baseline that too few days were watched of: the status has none either."""
    known = ratio.base_watched >= RULE.least_baseline
    if not known or ratio.ratio is None or ratio.low is None or ratio.high is None:
        watched = english.some(ratio.base_watched, "watched day")
        return f"no ratio to the 56 days before the truce ({ratio.base_count:g} in {watched})"
    within = f"{ratio.low:.2f} to {ratio.high:.2f} with a probability of 0.9"
    return f"{ratio.ratio:.2f} times the 56 days before the truce ({within})"
