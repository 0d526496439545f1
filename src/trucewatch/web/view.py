"""What a page is given: the desk, the person, the language; and how it answers.

A route says who may call it by the ``View`` that it takes:

    @router.get("/truces")
    def truces(view: ReaderView) -> Response:
        return view.page("truces.html", truces=...)
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from trucewatch.desk import Desk, Person, Role
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Report
from trucewatch.translation import Language, languages
from trucewatch.web.access import Needs, asked
from trucewatch.web.atlases import Atlases
from trucewatch.web.ledgers import Ledgers
from trucewatch.web.negotiation import negotiated
from trucewatch.web.outlooks import Foreseen
from trucewatch.web.refusals import API, FEEDS, NO_TOKEN, UNFIT, Refused
from trucewatch.web.settings import Settings
from trucewatch.web.signing import is_program

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
THEMES = ("auto", "light", "dark")
UPDATE = "x-update"
"""The header by which ``static/desk.js`` asks for one element of a page: its id."""


class View:
    """One request, and what a page needs to answer it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.settings: Settings = request.app.state.settings
        self.desk: Desk = request.app.state.desk
        """Each of its methods takes a connection of its own from one pool: call it from ``def`` routes, not ``async`` ones."""
        self.atlases: Atlases = request.app.state.atlases
        self.ledgers: Ledgers = request.app.state.ledgers
        self.foreseen: Foreseen = request.app.state.foreseen
        self.language = _language(request)
        self.t = self.language.t
        """Translate a text: ``view.t("{n} sources", n=3)``."""
        self.person: Person | None = None
        """None only where the route is open to all."""
        self.csrf = ""
        """What every unsafe request must carry, as the field ``csrf`` or the header ``X-CSRF``."""
        self.form: FormData = FormData()
        """The fields of an unsafe request."""
        self.is_program = False
        """Whether it carries a program's token, which no browser sends by itself, instead of a cookie."""
        self.act = ""
        """What the log calls this request, where its route does not tell; it makes the log keep one that is not unsafe."""
        self.about = ""
        """What the log says of it: the ids that were ruled on, for instance. Else its path."""

    @property
    def someone(self) -> Person:
        """The person, where the route asks for one."""
        assert self.person is not None  # for the type checker: `Needs` has seen to it
        return self.person

    @property
    def is_unsafe(self) -> bool:
        """Whether the request may change something."""
        return self.request.method not in SAFE

    @property
    def updating(self) -> str | None:
        """The id of the element that the browser wants, where it wants one and no whole page."""
        return self.request.headers.get(UPDATE)

    @property
    def theme(self) -> str:
        """``light``, ``dark``, or ``auto``: as the system has it."""
        chosen = self.request.query_params.get("theme") or self.request.cookies.get("theme", "")
        return chosen if chosen in THEMES else "auto"

    def is_at(self, path: str) -> bool:
        """Whether the page is that one, or one below it."""
        here = self.request.url.path
        return here == path or (path != "/" and here.startswith(f"{path}/"))

    def url(self, path: str, name: str) -> str:
        """The address of something below a path that is called by any name: ``/actors/Hay%27at%20Tahrir``."""
        return f"{path}/{quote(name, safe='')}"

    def may(self, role: str) -> bool:
        """Whether the person has this role or a higher one."""
        return self.person is not None and self.person.role.covers(Role(role))

    def need_team(self, status: int = 404) -> None:
        """Refuse where there are no accounts."""
        if not self.settings.team:
            raise Refused(status, "This desk has no accounts; it is served to one person by a link.")

    def field(self, name: str) -> str:
        """A field of the form, without blanks around it; empty where it has none."""
        return str(self.form.get(name, "")).strip()

    def reports(self, ids: Collection[str]) -> dict[str, Report]:
        """The reports of these ids that are here, by id."""
        return {one.id: one for one in self.desk.reports_named(ids)}

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """A template, filled in; only its main part where the browser wants no more."""
        shared: Mapping[str, Any] = {
            "view": self,
            "t": self.t,
            "language": self.language,
            "languages": languages(),
            "layout": "part.html" if self.updating else "base.html",
        }
        made = self.request.app.state.templates.get_template(template)
        response = HTMLResponse(made.render({**shared, **context}), status_code=status)
        response.headers["Vary"] = "Cookie, Accept-Language, X-Update"
        return response

    def go(self, path: str) -> Response:
        """On to another page, after a form was taken."""
        return RedirectResponse(path, status_code=303)


def _check_asked(request: Request) -> None:
    """Refuse what a program misspells, or asks twice: a filter that was passed over in silence would answer with more than is meant."""
    known = asked(request.scope["route"])
    names = [name for name, _ in request.query_params.multi_items()]
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise WrongCallError(f"{doubled!r} stands there twice, and a field has one value")
    for name in request.query_params:
        if name not in known:
            raise WrongCallError(
                f"{name!r} is none of the fields of this address: {', '.join(sorted(known)) or 'it has none'}"
            )
    if request.query_params.get("verdict") and not request.query_params.get("truce"):
        raise WrongCallError("a verdict is one under a truce: say which with 'truce'")


def _language(request: Request) -> Language:
    cookies = request.cookies
    return negotiated(request.query_params.get("lang"), cookies.get("lang"), request.headers.get("accept-language", ""))


class Opens(Needs):
    """The dependency itself: finds the person, checks role and token, and makes the view."""

    async def __call__(self, request: Request) -> View:
        view = request.state.view = View(request)
        door = request.app.state.door
        view.person, view.csrf = await run_in_threadpool(door.known, request)
        view.is_program = view.person is not None and is_program(request)
        if self.role is not None and view.person is None:
            view.need_team(401)
            if request.url.path.startswith(API) or is_program(request):
                raise Refused(401, NO_TOKEN)
            raise Refused(401, "Sign in first.")
        if self.role is not None and not view.may(self.role):
            raise Refused(403, "Your role does not allow this.")
        if request.url.path.startswith((API, FEEDS)):
            _check_asked(request)
        if view.is_unsafe:
            view.form = await request.form()
            given = request.headers.get("x-csrf") or view.form.get("csrf")
            fits = isinstance(given, str) and secrets.compare_digest(given.encode(), view.csrf.encode())
            if not (view.csrf and fits) and not view.is_program:
                raise Refused(403, "This page is too old. Load it again and retry.")
        return view


AnyoneView = Annotated[View, Depends(Opens(None))]
ReaderView = Annotated[View, Depends(Opens(Role.READER))]
CoderView = Annotated[View, Depends(Opens(Role.CODER))]
LeadView = Annotated[View, Depends(Opens(Role.LEAD))]


def given_back(
    page: Callable[[View, str], Response],
) -> Callable[[Callable[[View], Response]], Callable[[View], Response]]:
    """Has a form that is refused as ``UNFIT`` come back with what it lacks: ``page`` shows it, given the fault."""

    def around(route: Callable[[View], Response]) -> Callable[[View], Response]:
        @functools.wraps(route)
        def tried(view: View) -> Response:
            try:
                return route(view)
            except Refused as refused:
                if refused.status_code != UNFIT:
                    raise
                return page(view, str(refused.detail))

        return tried

    return around
