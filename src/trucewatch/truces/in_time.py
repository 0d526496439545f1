"""Whether an incident fell into the time of a clause, as far as its reports tell."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.english import joined, said
from trucewatch.nouns import REAL, Account, Incident, Status
from trucewatch.truces import hours
from trucewatch.truces.terms import Clause, Moment, Truce
from trucewatch.truces.verdicts import Finding, Verdict

_SETTLED = frozenset({*REAL, Status.DENIED})


def in_time(incident: Incident, told: Sequence[Account], clause: Clause, truce: Truce) -> Finding:
    """What is found of its time; ``told`` are the accounts of its claims."""
    start, time = clause.effective or truce.start, incident.time
    end = min((one for one in (clause.until, truce.end) if one), key=lambda moment: moment.last, default=None)
    if start is None:
        return Finding(Verdict.NO_VERDICT, said("it is not known when the truce took effect"))
    if time is None:
        return _undated(incident, told, start)
    own = clause.effective is not None and clause.effective != truce.effective
    facts = {"when": time, "start": start, "end": end, "clause": clause.id}
    before = said(
        "{when}, before clause {clause} took effect ({start})"
        if own
        else "{when}, before the truce took effect ({start})",
        **facts,
    )
    if time.end < start.first:
        return Finding(Verdict.OUT_OF_SCOPE, before)
    if end and time.start > end.last:
        over = said(
            "{when}, after the truce had ended ({end})"
            if end == truce.end
            else "{when}, after clause {clause} had ended ({end})",
            **facts,
        )
        return Finding(Verdict.OUT_OF_SCOPE, over)
    sentences, one_day = [account.sentence for account in told], time.start == time.end
    if time.start < start.last or (time.start == start.last and start.is_late):
        begun = hours.told(sentences, "begin", start.clock if one_day else None)
        if begun == "before":
            return Finding(Verdict.OUT_OF_SCOPE, joined(before, said("as is told")))
        if begun is None:
            untold = said(
                "{when}: whether after clause {clause} took effect ({start}) is not told"
                if own
                else "{when}: whether after the truce took effect ({start}) is not told",
                **facts,
            )
            return Finding(Verdict.NO_VERDICT, untold)
    if end and (time.end > end.first or (time.end == end.first and end.is_early)):
        ended = hours.told(sentences, "end", end.clock if one_day else None)
        if ended == "after":
            over = joined(said("{when}, after its end ({end})", **facts), said("as is told"))
            return Finding(Verdict.OUT_OF_SCOPE, over)
        if ended is None:
            return Finding(Verdict.NO_VERDICT, said("{when}: whether before its end ({end}) is not told", **facts))
    return Finding(Verdict.ALLEGED)


def _undated(incident: Incident, told: Sequence[Account], start: Moment) -> Finding:
    """Nobody says when; but what was told before the truce, and had happened by then, was before it."""
    days = [account.published for account in told if account.published is not None]
    if days and incident.status in _SETTLED and min(days) < start.first:
        words = said(
            "no report says when, but it was told on {day}, before the truce took effect ({start})",
            day=min(days),
            start=start,
        )
        return Finding(Verdict.OUT_OF_SCOPE, words)
    return Finding(Verdict.NO_VERDICT, said("no report says when"))
