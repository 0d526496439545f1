"""One's own account: the password, where one is signed in, and the end of it all."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch.desk.people import hashed
from trucewatch.desk.schema import now
from trucewatch.web import passwords
from trucewatch.web.signing import key_of, let_in
from trucewatch.web.view import ReaderView, View

router = APIRouter()


@router.get("/account")
def account(view: ReaderView) -> Response:
    """The page."""
    return _page(view)


@router.post("/account/password")
def password(view: ReaderView) -> Response:
    """Set another password; all other sessions end."""
    view.act, people, name = "change password", view.desk.people, _member(view)
    old, new = str(view.form.get("old", "")), str(view.form.get("new", ""))
    door = view.request.app.state.door
    if not door.knows(name, old, view.request):
        return _page(view, fault="The present password is another one.", status=422)
    if fault := passwords.fault(new):
        return _page(view, fault=fault, status=422)
    people.change(name, password=passwords.hashed(new))
    return let_in(view.go("/account"), door.begin(name, view.request), view.settings)


@router.post("/account/sign-out-everywhere")
def sign_out_everywhere(view: ReaderView) -> Response:
    """End all sessions and tokens, this one too."""
    view.act = "sign out everywhere"
    view.desk.people.end_all(_member(view))
    return view.go("/sign-in")


def _member(view: View) -> str:
    """The name of one who has an account."""
    view.need_team()
    return view.someone.name


def _page(view: View, *, fault: str = "", status: int = 200) -> Response:
    sessions = view.desk.people.sessions_of(view.someone.name, now()) if view.settings.team else []
    has_password = view.settings.team and view.desk.people.secret(view.someone.name) is not None
    mine = hashed(key_of(view.request))
    return view.page(
        "account.html", status=status, fault=fault, sessions=sessions, mine=mine, has_password=has_password,
        shortest=passwords.SHORTEST,
    )  # fmt: skip
