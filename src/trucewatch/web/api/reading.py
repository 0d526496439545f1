"""What programs can read: reports, claims, incidents in every export form, truces with their ledgers, judgements."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from trucewatch import derive, export, ledger, rulings
from trucewatch.web.api.answers import (
    Cursor,
    Id,
    Limit,
    counted,
    cut,
    gone,
    numbered,
    page,
    place_of,
    record,
    tagged,
    written,
)
from trucewatch.web.api.exports import incidents_in, sent, wished
from trucewatch.web.api.openapi import described
from trucewatch.web.atlas import Rows
from trucewatch.web.days import LastDay
from trucewatch.web.filters import Chosen, Told
from trucewatch.web.pages.incidents import matched
from trucewatch.web.refusals import Refused
from trucewatch.web.view import ReaderView

V1 = "/api/v1"
router = APIRouter()
Coded = Annotated[bool, Query(description="As they were coded, before anybody judged them; rejected ones too.")]


@router.get(V1, tags=["about"], summary="What there is")
def index(view: ReaderView) -> Response:
    """The paths that can be read, each with what it holds."""
    paths = described(view.request.app.routes)["paths"].items()
    return record({path: its["get"]["summary"] for path, its in paths if "get" in its})


@router.get(f"{V1}/openapi.json", tags=["about"], summary="This description")
def openapi(view: ReaderView) -> Response:
    """The OpenAPI description of all routes below /api."""
    return record(described(view.request.app.routes))


@router.get(f"{V1}/reports", tags=["reports"], summary="Reports, in the order in which they came in")
def reports(view: ReaderView, limit: Limit = 100, after: Cursor = None) -> Response:
    """A page of reports."""
    number = numbered(after)
    return tagged(view, lambda: page(*cut(view.desk.reports_after(number, limit + 1), limit)))


@router.get(f"{V1}/reports/{{id}}", tags=["reports"], summary="A report with its claims")
def report(view: ReaderView, id: Id, coded: Coded = False) -> Response:
    """A record: the report, and the claims of its newest coding, without those that were rejected."""

    def made() -> Response:
        found = view.desk.record(id)
        held = found.claims if coded else tuple(derive.as_judged(view.desk, found.claims))
        return record(msgspec.structs.replace(found, claims=held))

    return tagged(view, made)


@router.get(
    f"{V1}/claims", tags=["claims"], summary="Claims as people have judged them, in the order in which they came in"
)
def claims(view: ReaderView, wanted: Told, coded: Coded = False, limit: Limit = 100, after: Cursor = None) -> Response:
    """A page of claims that fit all that is asked for. The Accept header may ask for all of them as a file, as for incidents."""
    number = numbered(after)

    def made() -> Response:
        if form := wished(view.request.headers.get("accept", "")):
            if coded:
                raise Refused(400, "Files hold claims as people have judged them: leave 'coded' out.")
            return sent(form, "claims", lambda: export.claims(view.desk, rulings.claims(view.desk, wanted)))
        if coded:
            return page(*cut(view.desk.claims_after(wanted, number, limit + 1), limit))
        return page(*cut(rulings.claims_after(view.desk, wanted, number, limit + 1), limit))

    return tagged(view, made)


@router.get(f"{V1}/claims/{{id}}", tags=["claims"], summary="A claim, with the words behind each value")
def claim(view: ReaderView, id: Id, coded: Coded = False) -> Response:
    """A claim as people have judged it. One that was rejected is there as it was coded alone."""

    def made() -> Response:
        found = view.desk.claim(id)
        held = found if coded else next(derive.as_judged(view.desk, [found]), None)
        if held is None:
            raise Refused(404, "It was rejected; 'coded=true' gives it as it was coded.")
        return record(held)

    return tagged(view, made)


@router.get(f"{V1}/incidents", tags=["incidents"], summary="Incidents, the latest first")
def incidents(view: ReaderView, chosen: Chosen, limit: Limit = 100, after: Cursor = None) -> Response:
    """A page of incidents that fit all that is asked for; those of an unknown day come last.

    The Accept header may ask for all of them as a file: CSV, GeoJSON, KML, Parquet or an Arrow stream.
    """

    def made() -> Response:
        atlas, mask = matched(view, chosen)
        if form := wished(view.request.headers.get("accept", "")):
            return incidents_in(view, form, (atlas, mask))
        rows = atlas.latest(mask)
        if after:
            rows = rows[_behind(rows, atlas.rows.get(place_of(after))) :]
        ids = [atlas.ids[row] for row in rows[:limit]]
        more = written(ids[-1]) if len(rows) > limit else None
        return page(view.desk.incidents_named(ids), more)

    return tagged(view, made)


def _behind(rows: Rows, row: int | None) -> int:
    at = (rows == (-1 if row is None else row)).nonzero()[0]
    if not len(at):
        raise gone()
    return int(at[0]) + 1


@router.get(f"{V1}/incidents/{{id}}", tags=["incidents"], summary="An incident")
def incident(view: ReaderView, id: Id) -> Response:
    """An incident: its claims' ids, figures, disagreements, sources. A claim's id gives the one that it is in."""
    return tagged(view, lambda: record(rulings.incident_of(view.desk, id)))


@router.get(f"{V1}/truces", tags=["truces"], summary="All truces")
def all_truces(view: ReaderView) -> Response:
    """The tables of all truces."""
    return tagged(view, lambda: page(list(view.ledgers.every().values()), None))


@router.get(f"{V1}/truces/{{id}}", tags=["truces"], summary="A truce: parties, clauses, zones")
def truce(view: ReaderView, id: Id) -> Response:
    """The table of a truce."""
    return tagged(view, lambda: record(view.ledgers.truce(id)))


@router.get(f"{V1}/truces/{{id}}/ledger", tags=["truces"], summary="What incidents are to a truce's clauses")
def truce_ledger(view: ReaderView, id: Id, as_of: LastDay = None) -> Response:
    """Verdicts with their reasons, and what was not carried out, at the end of a day."""
    its, day = view.ledgers.truce(id), view.desk.as_of(as_of)
    return tagged(view, lambda: record(ledger.overview(view.desk, its, day).held))


@router.get(f"{V1}/truces/{{id}}/status", tags=["truces"], summary="Whether a truce holds, in both channels")
def truce_status(view: ReaderView, id: Id, as_of: LastDay = None) -> Response:
    """What was declared, and what was observed day by day; events and deaths apart. `null` before the truce began."""
    its, day = view.ledgers.truce(id), view.desk.as_of(as_of)

    def made() -> Response:
        course = ledger.overview(view.desk, its, day).course
        if course is None:
            return record(None)
        observed = {"events": course.events, "deaths": course.deaths}
        return record({"truce": its.id, "days": course.days, "declared": course.declared, "observed": observed})

    return tagged(view, made)


@router.get(f"{V1}/truces/{{id}}/monitors", tags=["truces"], summary="A truce's monitors, side by side")
def truce_monitors(view: ReaderView, id: Id, as_of: LastDay = None) -> Response:
    """Each monitor's own series, never added or averaged, and how far they disagree."""
    its, day = view.ledgers.truce(id), view.desk.as_of(as_of)
    return tagged(view, lambda: record(ledger.monitored(view.desk, its, day)))


@router.get(f"{V1}/judgements", tags=["judgements"], summary="All judgements, the oldest first")
def judgements(view: ReaderView, limit: Limit = 100, after: Cursor = None) -> Response:
    """A page of judgements, whether in force or not."""
    start = numbered(after)
    return tagged(view, lambda: counted(view.desk.judgements(), start, limit))
