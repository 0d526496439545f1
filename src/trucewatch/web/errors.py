"""What is told when something goes wrong: one clear page, or a line of JSON, never a traceback."""

from __future__ import annotations

import logging
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Match

from trucewatch.errors import ChangedError, DeskError, TrucewatchError
from trucewatch.web.refusals import API, Refused
from trucewatch.web.signing import is_program
from trucewatch.web.view import View

_log = logging.getLogger(__name__)
GONE = 499
"""What the log keeps for a request that its sender left; nobody reads the answer."""
ADVICE = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "10"}}
"""What programs are told beside the status."""


def handle(app: FastAPI) -> None:
    """Answer every error by a page, or by JSON below ``/api/``. Before any other middleware is added."""

    async def stopped(request: Request, error: Exception) -> Response:
        if request.scope.get("route") is None and not hasattr(request.state, "view"):
            await run_in_threadpool(_greeted, request)
        if isinstance(error, HTTPException):
            if error.status_code == 404 and not isinstance(error, Refused):
                error = Refused(404, "There is no such page.")
            if error.status_code == 405:
                error.headers = {"Allow": ", ".join(_taken(request))}
            return answer(request, error.status_code, str(error.detail), dict(error.headers or {}))
        if isinstance(error, RequestValidationError):
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"][1:])
            return answer(request, 422, f"{where}: {first['msg']}")
        if isinstance(error, ChangedError):
            return answer(request, 503, str(error))
        if isinstance(error, TrucewatchError):
            status = _status(error)
            if status == 503:  # what the database says may name the server's paths: it is for its log alone
                _log.error("%s %s: %s", request.method, request.url.path, error)
                return answer(request, status, "The desk's database does not answer.")
            return answer(request, status, str(error))
        return answer(request, 500, "Something went wrong here; the server's log says what.")

    async def left(request: Request, error: Exception) -> Response:
        return Response(status_code=GONE)

    app.add_exception_handler(ClientDisconnect, left)
    for kind in (HTTPException, RequestValidationError, TrucewatchError):
        app.add_exception_handler(kind, stopped)
    # A handler of every exception would stand before all middleware, and its answer would lack their headers. The
    # server's log gets the traceback in either case.
    app.add_middleware(ServerErrorMiddleware, handler=stopped)


def _taken(request: Request) -> list[str]:
    """The methods that an address takes, by whichever route."""
    there = [route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE]
    found = {method for route in there for method in getattr(route, "methods", None) or ()}
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def _greeted(request: Request) -> None:
    """Where no route took a request, make its view with the person, who needs the menu on a page that says so."""
    view = request.state.view = View(request)
    try:
        view.person, view.csrf = request.app.state.door.known(request)
    except TrucewatchError:  # what is told is the first error, not this one
        return


def _status(error: TrucewatchError) -> int:
    if not isinstance(error, DeskError):
        return 400
    # The database refused, or what an address names by its id is not there, or is several.
    return 503 if isinstance(error.__cause__, SQLAlchemyError) else 404


def answer(request: Request, status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    """What is wrong, for people as a page, for programs as JSON."""
    if request.url.path.startswith(API) or is_program(request):
        return JSONResponse({"detail": text}, status_code=status, headers=ADVICE.get(status, {}) | (headers or {}))
    if status == 401 and request.method == "GET" and request.app.state.settings.team:
        here = quote(f"{request.url.path}?{request.url.query}".rstrip("?"))
        return RedirectResponse(f"/sign-in?next={here}", status_code=303)
    view: View = getattr(request.state, "view", None) or View(request)
    response = view.page("error.html", status=status, code=status, text=text)
    response.headers.update(headers or {})
    if seconds := response.headers.get("retry-after"):
        response.headers["Refresh"] = seconds
    return response
