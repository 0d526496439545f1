"""Who may call what: every route, as every role, with and without the token of its forms."""

from __future__ import annotations

import http.client
import re
import secrets
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from fastapi.routing import APIRoute

from tests.web.conftest import served
from trucewatch.desk import Desk, Person, Role, Session
from trucewatch.desk.people import hashed
from trucewatch.desk.schema import now
from trucewatch.web import Settings, access, create_app
from trucewatch.web.signing import LASTS, token_of

ROLES = ("nobody", *Role)
TABLE = {
    "GET /": "reader",
    "GET /account": "reader",
    "POST /account/password": "reader",
    "POST /account/sign-out-everywhere": "reader",
    "GET /actors": "reader",
    "GET /actors/{who:path}": "reader",
    "GET /api/v1": "reader",
    "GET /api/v1/bundle.zip": "reader",
    "GET /api/v1/claims/{id}/judgements": "reader",
    "GET /api/v1/compare/{dataset}": "reader",
    "GET /api/v1/datasets": "reader",
    "GET /api/v1/expected": "reader",
    "GET /api/v1/expected/record": "reader",
    "GET /api/v1/incidents/{id}/judgements": "reader",
    "GET /api/v1/outlook": "reader",
    "GET /api/v1/outlook/record": "reader",
    "GET /api/v1/scenarios": "reader",
    "GET /api/v1/scenarios/{id}": "reader",
    "GET /api/v1/search": "reader",
    "GET /api/v1/series": "reader",
    "GET /api/v1/stories": "reader",
    "POST /api/v1/judgements": "coder",
    "GET /api/v1/claims": "reader",
    "GET /api/v1/claims/{id}": "reader",
    "GET /api/v1/incidents": "reader",
    "GET /api/v1/incidents.{form}": "reader",
    "GET /api/v1/incidents/{id}": "reader",
    "GET /api/v1/judgements": "reader",
    "GET /api/v1/openapi.json": "reader",
    "GET /api/v1/reports": "reader",
    "GET /api/v1/reports/{id}": "reader",
    "GET /api/v1/truces": "reader",
    "GET /api/v1/truces/{id}": "reader",
    "GET /api/v1/truces/{id}/ledger": "reader",
    "GET /api/v1/truces/{id}/monitors": "reader",
    "GET /api/v1/truces/{id}/status": "reader",
    "GET /embed/{key}": "nobody",
    "GET /enter": "nobody",
    "GET /feeds/breaches.atom": "reader",
    "GET /feeds/incidents.atom": "reader",
    "GET /feeds/reports.atom": "reader",
    "GET /incidents": "reader",
    "GET /incidents/{incident}": "reader",
    "POST /incidents/{incident}": "coder",
    "GET /incidents/{incident}/why": "reader",
    "GET /log": "lead",
    "GET /map/cities": "reader",
    "GET /map/ground/{name}": "reader",
    "GET /map/incidents": "reader",
    "GET /map/zones": "reader",
    "GET /openid": "nobody",
    "GET /openid/back": "nobody",
    "GET /people": "lead",
    "POST /people": "lead",
    "POST /people/{name}": "lead",
    "GET /queue": "reader",
    "POST /queue": "coder",
    "GET /reports": "reader",
    "GET /reports/{report}": "reader",
    "POST /reports/{report}": "coder",
    "GET /search": "reader",
    "GET /share": "reader",
    "POST /share/embeds": "lead",
    "POST /share/feeds": "reader",
    "POST /share/hooks": "lead",
    "POST /share/tokens": "reader",
    "POST /share/tokens/end": "reader",
    "POST /share/{number}/end": "reader",
    "GET /sign-in": "nobody",
    "POST /sign-in": "nobody",
    "POST /sign-out": "reader",
    "GET /sources": "reader",
    "GET /sources/{outlet:path}": "reader",
    "GET /today/truces": "reader",
    "GET /upload": "coder",
    "POST /upload": "coder",
    "GET /outlook": "reader",
    "GET /scenarios/{name}": "reader",
    "GET /truces": "reader",
    "GET /truces/{name}": "reader",
    "POST /truces/{name}": "coder",
    "GET /truces/{name}/brief": "reader",
}
"""Every route with the lowest role that may call it. Who adds a route adds a line, in the order of paths."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with an account for each role."""
    with Desk.open(tmp_path_factory.mktemp("team") / "team.desk") as desk:
        for name in (*Role, "other lead"):
            desk.people.add(Person(name=str(name), role=Role(name.split()[-1])), None, now())
        yield desk


@pytest.fixture(scope="module")
def team(desk: Desk) -> Iterator[str]:
    """Its address."""
    with served(Settings(desk=desk.where, team=True)) as address:
        yield address


def routes(desk: Desk) -> dict[str, str]:
    """What the application's routes ask for."""
    app = create_app(Settings(desk=desk.where, team=True))
    found = {}
    for route in app.routes:
        if isinstance(route, APIRoute):
            role = access.needed(route).role
            for method in route.methods:
                found[f"{method} {route.path}"] = "nobody" if role is None else role.value
    app.state.desk.close()
    return found


def test_every_route_is_in_the_table_and_asks_for_its_role(desk: Desk) -> None:
    assert routes(desk) == TABLE


def session(desk: Desk, role: str) -> str:
    """A key for one of that role; empty for nobody."""
    if role == "nobody":
        return ""
    key = secrets.token_urlsafe()
    desk.people.begin(Session(key=hashed(key), person=role, begun=now(), seen=now(), ends=now() + LASTS))
    return key


def call(site: str, what: str, key: str = "", token: str = "") -> int:
    """The status that a request is answered with."""
    method, path = what.split()
    headers = {"Cookie": f"desk={key}"} if key else {}
    body = None
    if method != "GET":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({"csrf": token})
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    connection.request(method, re.sub(r"{\w+(?::\w+)?}", "x", path), body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("what", TABLE)
def test_each_role_gets_what_the_table_says(team: str, desk: Desk, what: str) -> None:
    needed = ROLES.index(TABLE[what])
    for order, role in enumerate(ROLES):
        key = session(desk, role)
        status = call(team, what, key, token_of(key))
        if order >= needed:
            # Refused for what it asks, perhaps, but not for who asks. A stranger's token hangs on a cookie of its own.
            assert status != 500 and (status not in (401, 403) or TABLE[what] == "nobody")
        elif role == "nobody":
            # A browser that only looks is led to the form; whoever sends something, or is a program, is told.
            assert status == (303 if re.match("GET /(?!api/)", what) else 401)
        else:
            assert status == 403


@pytest.mark.parametrize("what", [what for what in TABLE if not what.startswith("GET")])
def test_no_form_is_taken_without_its_token(team: str, desk: Desk, what: str) -> None:
    key = session(desk, "lead")
    assert call(team, what, key) == 403
    assert call(team, what, key, token_of(session(desk, "lead"))) == 403
