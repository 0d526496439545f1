"""Coming in and going out: the link that works once, name and password, an OpenID provider."""

from __future__ import annotations

import secrets

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from trucewatch.web.openid import Provider, Started, person_of
from trucewatch.web.refusals import Refused
from trucewatch.web.signing import VISITOR, Locally, Team, let_in, token_of
from trucewatch.web.view import AnyoneView, ReaderView, View

router = APIRouter()

_AWAY = "openid"
"""The cookie of one who is at the provider."""
_AWAY_SECONDS = 600


@router.get("/enter")
def enter(view: AnyoneView, link: str = "") -> Response:
    """Take the link for a session."""
    view.act = "enter"
    door = view.request.app.state.door
    key = door.enter(link) if isinstance(door, Locally) else None
    if key is None:
        raise Refused(
            403, "This link has been used, or is none of this server's. Start `trucewatch serve` for a new one."
        )
    view.person = door.owner
    return let_in(view.go("/"), key, view.settings)


@router.get("/sign-in")
def form(view: AnyoneView, next: str = "/") -> Response:
    """The form; a desk of one person's has none."""
    if view.person is not None or not view.settings.team:
        return view.go(_onward(next))
    return _form(view, next)


@router.post("/sign-in")
def sign_in(view: AnyoneView) -> Response:
    """Take name and password for a session."""
    door = _team(view)
    name, password, onward = (str(view.form.get(field, "")) for field in ("name", "password", "next"))
    view.act, view.about = "sign in", name[:200]
    try:
        key = door.sign_in(name.strip(), password, view.request)
    except Refused as refused:
        return _form(view, onward, fault=str(refused.detail), status=refused.status_code, name=name)
    view.person = view.desk.people.person(name.strip())
    response = let_in(view.go(_onward(onward)), key, view.settings)
    response.delete_cookie(VISITOR)
    return response


@router.post("/sign-out")
def sign_out(view: ReaderView) -> Response:
    """End this session."""
    view.act = "sign out"
    view.request.app.state.door.leave(view.request)
    return view.go("/sign-in" if view.settings.team else "/")


@router.get("/openid")
def away(view: AnyoneView, next: str = "/") -> Response:
    """Off to the provider."""
    address, started = _provider(view).start(_back(view), _onward(next))
    response = view.go(address)
    kept = msgspec.json.encode(started).hex()
    response.set_cookie(
        _AWAY, kept, max_age=_AWAY_SECONDS, path="/openid", httponly=True, samesite="lax", secure=view.settings.secure
    )
    return response


@router.get("/openid/back")
def back(view: AnyoneView, code: str = "", state: str = "") -> Response:
    """Back from the provider, with a code."""
    view.act = "sign in by OpenID"
    door = _team(view)
    try:
        started = msgspec.json.decode(bytes.fromhex(view.request.cookies.get(_AWAY, "")), type=Started)
    except (ValueError, msgspec.MsgspecError) as error:
        raise Refused(403, "That took too long. Sign in again.") from error
    if not code or not secrets.compare_digest(state.encode(), started.state.encode()):
        raise Refused(403, "That took too long. Sign in again.")
    claims = _provider(view).finish(code, _back(view), started)
    view.about = f"{claims['iss']} {claims['sub']}"[:200]
    person = person_of(claims, view.desk.people)
    view.person = person
    response = let_in(view.go(_onward(started.next)), door.begin(person.name, view.request), view.settings)
    response.delete_cookie(_AWAY, path="/openid")
    return response


def _form(view: View, onward: str, *, fault: str = "", status: int = 200, name: str = "") -> Response:
    visitor = view.request.cookies.get(VISITOR) or secrets.token_urlsafe(24)
    view.csrf = token_of(visitor)
    response = view.page(
        "sign-in.html", status=status, next=_onward(onward), fault=fault, name=name, openid=view.settings.openid
    )
    response.set_cookie(VISITOR, visitor, httponly=True, samesite="lax", secure=view.settings.secure)
    return response


def _team(view: View) -> Team:
    view.need_team()
    door: Team = view.request.app.state.door
    return door


def _provider(view: View) -> Provider:
    _team(view)
    if view.settings.openid is None:
        raise Refused(404, "There is no such page.")
    return Provider(view.settings.openid)


def _back(view: View) -> str:
    return f"{view.settings.url.rstrip('/')}/openid/back"


def _onward(path: str) -> str:
    """A page of this desk: what comes with an address could lead elsewhere."""
    inside = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if inside else "/"
