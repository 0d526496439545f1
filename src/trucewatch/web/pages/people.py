"""People: who has an account, in which role. For leads."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch.desk import Person, Role
from trucewatch.desk.people import name_fault
from trucewatch.desk.schema import now
from trucewatch.errors import DeskError
from trucewatch.web import passwords
from trucewatch.web.refusals import Refused
from trucewatch.web.view import LeadView, View

router = APIRouter()


@router.get("/people")
def people(view: LeadView) -> Response:
    """The page."""
    return _page(view)


@router.post("/people")
def add(view: LeadView) -> Response:
    """Open an account; without a password for one whom the OpenID provider knows by that e-mail address."""
    view.need_team()
    name, password = view.field("name"), str(view.form.get("password", ""))
    view.act, view.about = "person add", name[:200]
    if fault := name_fault(name) or (passwords.fault(password) if password else ""):
        return _page(view, fault=fault, status=422)
    try:
        kept = passwords.hashed(password) if password else None
        view.desk.people.add(Person(name=name, role=_role(view)), kept, now())
    except DeskError as error:
        return _page(view, fault=str(error), status=409)
    return view.go("/people")


@router.post("/people/{name}")
def change(view: LeadView, name: str) -> Response:
    """Give somebody another role or password, or close the account."""
    view.need_team()
    deed, people = view.form.get("deed"), view.desk.people
    view.act, view.about = f"person {deed if deed in _DEEDS else '?'}", name[:200]
    password = str(view.form.get("password", ""))
    try:
        if deed == "role":
            people.change(name, role=_role(view).value)
        elif deed == "password":
            if fault := passwords.fault(password):
                return _page(view, fault=fault, status=422)
            people.change(name, password=passwords.hashed(password))
        elif deed == "close":
            people.change(name, closed=now())
        elif deed == "open":
            people.change(name, closed=None)
        else:
            raise Refused(422, "There is nothing of that kind to do.")
    except DeskError as error:
        return _page(view, fault=str(error), status=409)
    return view.go("/people")


_DEEDS = ("role", "password", "close", "open")


def _role(view: View) -> Role:
    try:
        return Role(view.field("role"))
    except ValueError as error:
        raise Refused(422, "There is nothing of that kind to do.") from error


def _page(view: View, *, fault: str = "", status: int = 200) -> Response:
    return view.page(
        "people.html", status=status, fault=fault, people=view.desk.people.every(), roles=list(Role),
        shortest=passwords.SHORTEST,
    )  # fmt: skip
