"""How people come in, and who somebody is: by a link that works once, or with accounts.

A browser holds a random key in a cookie; the server keeps its hash. The token that forms carry is another hash of
it, so that a page may show it.
"""

from __future__ import annotations

import datetime as dt
import secrets
import threading

from fastapi import Request
from starlette.responses import Response

from trucewatch.desk import Person, Role
from trucewatch.desk.people import People, hashed
from trucewatch.desk.schema import now
from trucewatch.web import passwords
from trucewatch.web.rate_limits import Limit
from trucewatch.web.refusals import Refused
from trucewatch.web.settings import Settings

VISITOR = "visitor"
"""The cookie that the token of the sign-in form hangs on, before there is a session."""
LASTS = dt.timedelta(days=14)
"""After so long one signs in again."""
BEARER = "bearer "
QUARTER = 15 * 60.0


class Locally:
    """One person, on the machine that the desk is on."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._link = settings.link
        self.owner = Person(name=settings.owner, role=Role.LEAD)
        self._sessions: set[str] = set()
        self._lock = threading.Lock()

    def known(self, request: Request) -> tuple[Person | None, str]:
        """The owner, in a browser that came by the link."""
        key = key_of(request)
        if hashed(key) not in self._sessions:
            return None, ""
        return self.owner, token_of(key)

    def enter(self, link: str) -> str | None:
        """A key for one who comes by the link; it works once."""
        with self._lock:
            if self._link is None or not secrets.compare_digest(link.encode(), self._link.encode()):
                return None
            if not self._settings.lasting:
                self._link = None
            key = secrets.token_urlsafe(32)
            self._sessions.add(hashed(key))
            return key

    def leave(self, request: Request) -> None:
        """End the session."""
        self._sessions.discard(hashed(key_of(request)))


class Team:
    """People with accounts."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._by_name = Limit(10, QUARTER)
        self._by_address = Limit(30, QUARTER)

    def known(self, request: Request) -> tuple[Person | None, str]:
        """The person whose session, or whose token of a program, a request carries."""
        if is_program(request):
            return self._people.known(hashed(request.headers["authorization"][len(BEARER) :]), now()), ""
        key = key_of(request)
        person = self._people.known(hashed(key), now()) if key else None
        visitor = request.cookies.get(VISITOR, "")
        return person, token_of(key) if person else token_of(visitor) if visitor else ""

    def sign_in(self, name: str, password: str, request: Request) -> str:
        """A key for one who knows the password. Raises Refused."""
        if not self.knows(name, password, request):
            raise Refused(401, "That name and password do not fit.")
        return self.begin(name, request)

    def knows(self, name: str, password: str, request: Request) -> bool:
        """Whether it is the password. Raises Refused where too many were tried."""
        address = address_of(request)
        # Of a name from everywhere, strangers could use up the tries of whoever bears it.
        there = f"{address} {name}"
        if self._by_name.is_reached(there) or self._by_address.is_reached(address):
            raise Refused(429, "Too many tries. Wait a quarter of an hour.")
        # Counted before the slow check, so that many at once are counted too.
        self._by_name.count(there)
        self._by_address.count(address)
        fits = passwords.fits(self._people.secret(name), password)
        if fits:
            self._by_name.forget(there)
        return fits

    def begin(self, name: str, request: Request) -> str:
        """A key for one who is known to be that person."""
        return self._people.issue(name, LASTS, note=request.headers.get("user-agent", "")[:200])

    def leave(self, request: Request) -> None:
        """End the session."""
        self._people.end(hashed(key_of(request)))


def is_program(request: Request) -> bool:
    """Whether it shows a token that was made for a program; no browser does so by itself."""
    return request.headers.get("authorization", "").lower().startswith(BEARER)


def cookie(secure: bool) -> str:
    """The name of the session's cookie; by https one that no other host can set."""
    return "__Host-desk" if secure else "desk"


def key_of(request: Request) -> str:
    """What the browser holds; empty where it holds nothing."""
    return request.cookies.get(cookie(request.app.state.settings.secure), "")


def let_in(response: Response, key: str, settings: Settings) -> Response:
    """Give the browser its key."""
    # Lax, not Strict: a link to the desk in a message must find its reader signed in. Forms carry a token besides.
    response.set_cookie(cookie(settings.secure), key, httponly=True, samesite="lax", secure=settings.secure)
    return response


def token_of(key: str) -> str:
    """The token of the forms of whoever holds a key."""
    return hashed(f"form {key}")


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""
