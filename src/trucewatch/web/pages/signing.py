"""Coming in by the link that works once."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch.web.door import COOKIE
from trucewatch.web.errors import Refused
from trucewatch.web.view import AnyoneView

router = APIRouter()


@router.get("/enter")
def enter(view: AnyoneView, link: str = "") -> Response:
    """Take the link for a cookie."""
    key = view.request.app.state.door.enter(link)
    if key is None:
        raise Refused(
            403, "This link has been used, or is none of this server's. Start `trucewatch serve` for a new one."
        )
    response = view.go("/")
    response.set_cookie(COOKIE, key, httponly=True, samesite="lax", secure=view.settings.secure)
    return response
