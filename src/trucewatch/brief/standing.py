"""How the truce stands at the end of a week, in both channels, and who is blamed for what: measures as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction

from trucewatch import english
from trucewatch.brief import wording
from trucewatch.brief.page import Chart, Line, Observed, Week
from trucewatch.day_counts import DAY
from trucewatch.english import Said, instead, joined, listed, rendered, said, stated
from trucewatch.truces import Truce
from trucewatch.truces.course import Course, Track
from trucewatch.truces.days import Days
from trucewatch.truces.declared import Declared, State
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


def declared(found: Course, truce: Truce) -> tuple[Said, tuple[Line, ...]]:
    """The declared status at the end of the week, and the words by which it came to it."""
    if not found.declared:
        return rendered("not yet in force", "not in force"), ()
    last = found.declared[-1]
    rows = []
    for row in found.declared[-_MOVERS:]:
        by = f" by {row.by} ({row.capacity})" if row.by else ""
        other = "".join(f"; {one.state.value} by {one.by} on {english.day(one.day)}" for one in row.otherwise)
        claims = tuple(filter(None, (row.claim, *(one.claim for one in row.otherwise))))
        until = f" until {english.day(row.until)}" if row.until else ""
        text = f"{english.day(row.day)}: {row.state.value}{until}{by}{other}."
        rows.append(Line(text=instead(text, *_remarks(row)), claims=claims))
    if len(found.declared) == 1 and last.by is None:
        since = f"{last.state.value.capitalize()} since {english.day(last.day)}"
        text = rendered(
            f"{since}; nobody who may speak for it is known to say otherwise.",
            "{since} {nobody}",
            since=stated(joined(said(last.state.value), said("since {day}", day=last.day))),
            nobody=said("Nobody who may speak for it is known to say otherwise."),
        )
        rows = [Line(text=text)]
    if truce.end is None or truce.end.first > found.days.last:
        return said(last.state.value), tuple(rows)
    how = f": {truce.ended}" if truce.ended else ""
    by_table = said("By its table it ended:")
    text = rendered(f"By its table it ended {truce.end}{how}.", "{by} {end}{how}", by=by_table, end=truce.end, how=how)
    rows.append(Line(text=text))
    ended = rendered(f"ended {truce.end}", "{ended}: {end}", ended=said("ended"), end=truce.end)
    is_held = last.state in (State.IN_FORCE, State.EXTENDED)  # nobody said otherwise, but its table does
    both = rendered(f"{last.state.value}; {ended}", "{state}; {ended}", state=said(last.state.value), ended=ended)
    return ended if is_held else both, tuple(rows)


def _remarks(row: Declared) -> Iterator[Said]:
    """What a row says: the day, the state, until when, and who says so; then who says otherwise."""
    until = [said("until {day}", day=row.until)] if row.until else []
    who = said("{name} ({capacity})", name=row.by, capacity=said(row.capacity or ""))
    by = [said("says {who}", who=who)] if row.by else []
    yield joined(said("{day}: {state}", day=row.day, state=said(row.state.value)), *until, *by)
    for one in row.otherwise:
        yield joined(said("{day}: {state}", day=one.day, state=said(one.state.value)), said("says {who}", who=one.by))


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
            states = {"before": said(change.before.value), "after": said(change.after.value)}
            parts = [said("{day}: {before} → {after}", day=change.day, **states)]
            parts += [said("since {day}", day=change.since)] if change.since else []
            parts += [_counted("came into the window", len(change.entered))] if cited else []
            made.append(Line(text=instead(text, *parts), claims=cited))
        return tuple(made)

    return lines


def observed(track: Track, changes: Moved, beyond: bool = False) -> Observed:
    """One channel of what is observed; ``beyond`` says that the truce was over by then."""
    now, tempo = track.readings[-1], track.tempo
    lines = [Line(text=stated(track.untold))] if now.because and track.untold else []
    if now.since and now.known:
        text = english.sentence(f"since {english.day(now.since)}, known since {english.day(now.known)}")
        parts = said("since {day}", day=now.since), said("known since {day}", day=now.known)
        lines = [Line(text=instead(text, joined(*parts)))]
    recent = f"{_some(now.count, track)} in {english.some(now.watched, 'watched day')}; {_ratio(track.ratio)}"
    rate = f", {tempo.a_day:.2f} a watched day" if tempo.a_day is not None else ""
    looked = f"{tempo.watched:,} of {tempo.days.count:,} days watched"
    if tempo.apart:
        looked += f", {_some(tempo.apart, track)} on others and in no rate"
    last = f"; the last on {english.day(tempo.latest)}" if tempo.latest else ""
    within = track.ratio.window.count
    late = said(
        "{n} in the last {days} days, {watched} of them watched",
        n=round(now.count, 1),
        days=within,
        watched=now.watched,
    )
    ever = f"Since {english.day(tempo.days.first)}: {_some(tempo.total, track)}{rate}; {looked}{last}."
    lines += [
        Line(text=instead(f"Last {within} days: {recent}.", late, _in_words(track.ratio))),
        Line(text=instead(ever, *_since(track))),
        *changes(track),
    ]
    return Observed(counted=track.counted, status=now.status.value, lines=tuple(lines), beyond=beyond)


def _since(track: Track) -> Iterator[Said]:
    """What was counted since the truce took effect."""
    tempo = track.tempo
    yield joined(said("since {day}", day=tempo.days.first), _counted(track.counted, tempo.total))
    if tempo.a_day is not None:
        yield _counted("per watched day", round(tempo.a_day, 2))
    days = said("days watched / not watched")
    yield said("{what}: {seen} / {unseen}", what=days, seen=tempo.watched, unseen=tempo.days.count - tempo.watched)
    if tempo.apart:
        yield _counted("not watched", tempo.apart)
    if tempo.latest:
        yield said("the last on {day}", day=tempo.latest)


def blame(found: Course, roll: Roll) -> Iterator[Line]:
    """Of each source, at whose door it lays the breaches that it tells of; the sources that tell of most first."""
    for source, its in found.blamed[:_SOURCES]:
        parts = [
            rendered(
                f"{share.incidents} of {share.of} laid to {roll.name(share.party) if share.party else 'nobody named, or both sides'}",
                "{who} {n}/{all}",
                who=roll.name(share.party) if share.party else said("nobody named, or both sides"),
                n=share.incidents,
                all=share.of,
            )
            for share in its[:_PARTIES]
        ]
        name = wording.plain(source)
        text = f"{name}: {', '.join(parts)}."
        yield Line(text=instead(text, said("{source}: {parts}", source=name, parts=joined(*parts))))


def monitors(told: Monitored, week: Week) -> Iterator[Line]:
    """Of each series with a bulletin of late what it tells of the week and of 14 days; then two beside each other, and the silent."""
    heard = [one for one in told.heard if one.recent.bulletins]
    for one in heard:
        series = one.series
        spells = ((told_in(series, week.days), "of the week"), (one.recent, f"of the last {RECENT} days"))
        counts = ", ".join(f"{_spell(its)} {of}" for its, of in spells)
        blames = f"can blame {listed(series.blames) or 'nobody'}"
        who = said("{observer} ({unit}, {area})", observer=series.observer, unit=series.unit, area=series.area)
        whom = said("{can} {whom}", can=said("can blame"), whom=tuple(series.blames) or said("nobody"))
        theirs = [said("{when}: {spell}", when=week.name, spell=_spelled(spells[0][0]))]
        theirs += [said("{n} in the last 14 days", n=one.recent.count)]
        text = f"{series.observer} ({series.unit}, {series.area}; {blames}): {counts}."
        yield Line(text=instead(text, who, whom, *theirs))
    names = {one.series.id: one.series.observer for one in heard}
    for both in (both for both in told.beside if both.one in names and both.other in names and both.totals):
        gap = f", {both.gap:.1f} apart in the mean" if both.gap is not None else ""
        together = f", correlation {both.correlation:.2f}" if both.correlation is not None else ""
        first, second = both.totals or (0, 0)
        pair = f"{names[both.one]} beside {names[both.other]}"
        text = (
            f"{pair}: {first:,} and {second:,} in the {both.periods:,} periods since "
            f"{english.day(told.days.first)} that both tell of{gap}{together}."
        )
        both_of = {"one": names[both.one], "other": names[both.other], "first": first, "second": second}
        parts = [said("{one}, {other}: {first}, {second}", **both_of), _counted("periods of both", both.periods)]
        parts += [_counted("apart in the mean", round(both.gap, 1))] if both.gap is not None else []
        parts += [_counted("correlation", round(both.correlation, 2))] if both.correlation is not None else []
        yield Line(text=instead(text, joined(said("since {day}", day=told.days.first), parts[0]), *parts[1:]))
    newest: dict[str, dt.date] = {}
    for series in (one.series for one in told.heard if one.series.observer not in names.values()):
        last = series.bulletins[-1].days.last
        newest[series.observer] = max(last, newest.get(series.observer, last))
    for observer, last in newest.items():
        text = f"{observer}: nothing since {english.day(last)}."
        yield Line(
            text=instead(text, said("{observer}: {last}", observer=observer, last=said("the last on {day}", day=last)))
        )


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


def _spelled(its: Spell) -> Said:
    return said("{n} in {bulletins} bulletins", n=its.count, bulletins=its.bulletins) if its.bulletins else said("none")


def _counted(what: str, number: float) -> Said:
    """``events: 12``."""
    return said("{what}: {n}", what=said(what), n=number)


def _some(number: float, track: Track) -> str:
    return f"{number:,.0f} {track.counted.removesuffix('s') if number == 1 else track.counted}"


def _in_words(ratio: RateRatio) -> Said:
    """The same as a remark."""
    known = ratio.base_watched >= RULE.least_baseline
    if not known or ratio.ratio is None or ratio.low is None or ratio.high is None:
        return said("no ratio: {n} in {days} watched days", n=ratio.base_count, days=ratio.base_watched)
    shares = {"low": round(ratio.low, 2), "high": round(ratio.high, 2), "share": Fraction(9, 10)}
    times = said("{ratio} times the rate before the truce", ratio=round(ratio.ratio, 2))
    return said("{times} ({within})", times=times, within=said("{low} to {high} with {share}", **shares))


def _ratio(ratio: RateRatio) -> str:
    """None is given for a baseline that too few days were watched of: the status has none either."""
    known = ratio.base_watched >= RULE.least_baseline
    if not known or ratio.ratio is None or ratio.low is None or ratio.high is None:
        watched = english.some(ratio.base_watched, "watched day")
        return f"no ratio to the 56 days before the truce ({ratio.base_count:g} in {watched})"
    within = f"{ratio.low:.2f} to {ratio.high:.2f} with a probability of 0.9"
    return f"{ratio.ratio:.2f} times the 56 days before the truce ({within})"
