"""What changed since a run: on a terminal, and as lines of JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
from rich.padding import Padding
from rich.text import Text

from trucewatch import english
from trucewatch.changes import Change, Changes, Recoded
from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.claims import flow
from trucewatch.cli.terminal.judgements import listing
from trucewatch.judgements import undone
from trucewatch.nouns import Incident, Toll

SIGNS = {"new": ("+", "green"), "changed": ("~", "yellow"), "gone": ("-", "red")}
_COMPARED = ("type", "mode", "status", "actors", "recipients", "place", "time", "sources", "killed", "injured")


def page(changes: Changes, width: int) -> Iterator[Text | Padding]:
    """A summary; then incidents, reports coded again, judgements, each with its reasons."""
    yield Text(summary(changes), style="bold")
    for change in changes.incidents:
        sign, style = SIGNS[change.kind]
        first, *others = _incident(change)
        yield from flow([[Text(f"{sign} ", style=style).append(first), *map(Text, others)]], width)
        for reason in (*_differences(change), *change.because):
            yield Padding.indent(Text(wording.line(reason), style="dim"), 4)
    for one in changes.recoded:
        yield from _recoded(one)
    yield from listing(changes.judgements, undone(changes.judgements), width)


def rows(changes: Changes) -> Iterator[dict[str, object]]:
    """A row for each change, named by its ``what``: ``report``, ``recoded``, ``judgement``, ``incident``."""
    for report in changes.reports:
        yield {"what": "report", "report": report}
    for one in changes.recoded:
        yield {"what": "recoded", **msgspec.structs.asdict(one)}
    for judgement in changes.judgements:
        yield {"what": "judgement", **msgspec.structs.asdict(judgement)}
    for change in changes.incidents:
        yield {"what": "incident", "change": change.kind, **msgspec.structs.asdict(change)}


def summary(changes: Changes) -> str:
    """What changed, in numbers."""
    kinds = Counter(change.kind for change in changes.incidents)
    facts = (
        english.some(len(changes.reports), "new report"),
        f"{english.some(len(changes.recoded), 'report')} coded otherwise",
        english.some(len(changes.judgements), "judgement"),
    )
    incidents = ", ".join(f"{kinds[kind]:,} {kind}" for kind in SIGNS)
    return f"since run {changes.since}: {', '.join(facts)}; incidents: {incidents}"


def _incident(change: Change) -> tuple[str, ...]:
    one = change.now or change.before
    assert one is not None  # for the type checker: a change has one of the two
    return (
        one.id,
        wording.kind(one),
        wording.place(one.place),
        wording.period(one.time),
        english.some(one.sources, "source"),
    )


def _differences(change: Change) -> Iterator[str]:
    """Each field of an incident that is another now: ``killed 3 → 3–5, best 4``."""
    if change.before is None or change.now is None:
        return
    for field in _COMPARED:
        before, now = _value(change.before, field), _value(change.now, field)
        if before != now:
            yield f"{field} {before} → {now}"
    more = [claim for claim in change.now.claims if claim not in change.before.claims]
    fewer = [claim for claim in change.before.claims if claim not in change.now.claims]
    if more or fewer:
        yield "claims " + " ".join([*(f"+{claim}" for claim in more), *(f"-{claim}" for claim in fewer)])


def _value(incident: Incident, field: str) -> str:
    value = getattr(incident, field)
    if field == "place":
        return wording.place(value)
    if field == "time":
        return wording.period(value)
    if field in ("actors", "recipients"):
        return ", ".join(map(wording.entity, value)) or wording.UNKNOWN
    if isinstance(value, Toll):
        return f"{value.best}" if value.low == value.high else f"{value.low}–{value.high}, best {value.best}"
    return wording.UNKNOWN if value is None else str(value)


def _recoded(one: Recoded) -> Iterator[Text | Padding]:
    yield Text(f"report {one.report} was coded {one.by}")
    for sign, claims in (("+", one.new), ("~", one.changed), ("-", one.gone)):
        for claim in claims:
            yield Padding.indent(Text(f"{sign} {claim.id}  {wording.kind(claim)}", style="dim"), 4)
