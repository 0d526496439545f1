"""Today: what is new since the last visit, how the truces stand, what needs a ruling, what may come."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch.desk.schema import now
from trucewatch.nouns import Incident
from trucewatch.web.standings import DRAWN, incidents_of
from trucewatch.web.view import ReaderView

router = APIRouter()

SHOWN = 24
REPORTS = 12
TRUCES = 3


@router.get("/")
def today(view: ReaderView, since: dt.date | None = None, all: bool = False) -> Response:
    """The page; ``since`` looks from another day on, ``all`` at everything."""
    visited = view.desk.people.visit(view.someone.name, now())
    start = None if all else dt.datetime.combine(since, dt.time(), dt.UTC) if since else visited
    come = view.desk.come(start, SHOWN)
    is_quiet = start is not None and not come.reports
    shown = view.desk.come(None, SHOWN) if is_quiet else come
    return view.page(
        "today.html", come=come, shown=shown, is_quiet=is_quiet, since=start, visited=visited,
        days=by_day(shown.told), reports=shown.latest[:REPORTS],
    )  # fmt: skip


@router.get("/today/truces")
def standings(view: ReaderView) -> Response:
    """How the truces stand: apart, for it may take seconds."""
    found = view.request.app.state.standings.every(dt.date.today())
    shown = found and found[:TRUCES]
    return view.page("today-truces.html", standings=shown, incidents=incidents_of(view.desk, shown or ()), drawn=DRAWN)


def by_day(told: Iterable[Incident]) -> list[tuple[dt.date | None, list[Incident]]]:
    """Incidents under the days on which they began, the deadliest of a day first."""
    return [
        (day, sorted(its, key=lambda one: (-(one.killed.high if one.killed else 0), -one.sources)))
        for day, its in itertools.groupby(told, key=lambda one: one.time.start if one.time else None)
    ]
