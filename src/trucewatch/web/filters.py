"""The filters of an address: one name and one meaning for each, of incidents and of claims, on pages and in the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from pydantic import BeforeValidator, WithJsonSchema

from trucewatch.codebook.dates import span
from trucewatch.desk import ClaimFilter, IncidentFilter
from trucewatch.nouns import Status
from trucewatch.truces import Verdict
from trucewatch.web.atlas import Choice
from trucewatch.web.days import DAY, SHAPE
from trucewatch.web.refusals import one_of

Type = Annotated[str, Query(max_length=60, description="`ASSAULT`, `ASSAULT/aerial`, or a class: `material conflict`.")]
Words = Annotated[str, Query(max_length=200, description="Words of a name; see the page of commands.")]
StatusWord = Annotated[str, WithJsonSchema({"type": "string", "enum": ["", *Status]}), Query()]
VerdictWord = Annotated[
    str,
    WithJsonSchema({"type": "string", "enum": ["", *Verdict]}),
    Query(description="Under the truce, by its ledger."),
]
Day = Annotated[str, SHAPE, Query(description=DAY)]
Report = Annotated[str, Query(max_length=80, description="An id, or its beginning: what this report tells of.")]
_FILLED = BeforeValidator(lambda written: written or None)
"""A form sends its empty fields too."""
Undated = Annotated[bool | None, _FILLED, Query(description="Only what has no known time, which no days can find.")]
Sources = Annotated[int | None, _FILLED, Query(description="At least so many independent ones.")]


def told(
    type: Type = "", actor: Words = "", place: Words = "", status: StatusWord = "", outlet: Words = "",
    report: Report = "", since: Day = "", until: Day = "", undated: Undated = None,
) -> ClaimFilter:  # fmt: skip
    """What claims and incidents are asked for alike, as the terminal takes it; an empty field filters nothing."""
    first, last = span(since.strip(), until.strip())
    return ClaimFilter(
        type=type.strip() or None,
        actor=actor.strip() or None,
        place=place.strip() or None,
        status=one_of(Status, status),
        outlet=outlet.strip() or None,
        report=report.strip() or None,
        since=first,
        until=last,
        undated=bool(undated),
    )


def choice(
    asked: Annotated[ClaimFilter, Depends(told)], sources: Sources = None, truce: str = "", verdict: VerdictWord = ""
) -> Choice:
    """Which incidents a view is of."""
    IncidentFilter(sources=sources)  # refuses what is no number of them
    return Choice(
        type="/".join(filter(None, (asked.type, asked.mode))) or None,
        actor=asked.actor,
        place=asked.place,
        status=asked.status,
        outlet=asked.outlet,
        report=asked.report,
        since=asked.since,
        until=asked.until,
        undated=asked.undated,
        sources=sources,
        truce=truce or None,
        verdict=one_of(Verdict, verdict),
    )


Told = Annotated[ClaimFilter, Depends(told)]
Chosen = Annotated[Choice, Depends(choice)]
