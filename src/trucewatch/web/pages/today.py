"""Today: what is new since the last visit, how the truces stand, what needs a ruling."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch.web.view import ReaderView

router = APIRouter()


@router.get("/")
def today(view: ReaderView) -> Response:
    """The page."""
    return view.page("today.html", come=view.desk.come(None), since=None)
