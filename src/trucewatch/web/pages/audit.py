"""The log of what was done on the desk. For leads."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch.web.view import LeadView

router = APIRouter()

SHOWN = 100


@router.get("/log")
def log(view: LeadView, person: str = "", before: int | None = None) -> Response:
    """The page; ``before`` is the number of the row that the page before ended with."""
    rows = view.desk.people.acts(person or None, before, SHOWN + 1)
    onward = rows[SHOWN - 1][0] if len(rows) > SHOWN else None
    return view.page("log.html", rows=rows[:SHOWN], onward=onward, person=person)
