"""How people come in, and who somebody is."""

from __future__ import annotations

import hashlib
import secrets

from fastapi import Request

from trucewatch.web.access import Person, Role
from trucewatch.web.settings import Settings

COOKIE = "desk"


class Door:
    """Who is signed in."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._link = settings.link
        self._sessions: set[str] = set()

    def known(self, request: Request) -> tuple[Person | None, str]:
        """The person of a request, and the token of its forms."""
        key = request.cookies.get(COOKIE, "")
        if _hashed(key) not in self._sessions:
            return None, ""
        return Person(name=self._settings.owner, role=Role.LEAD), _hashed(f"csrf {key}")

    def enter(self, link: str) -> str | None:
        """The cookie for one who comes by the link; it works once."""
        if self._link is None or not secrets.compare_digest(link.encode(), self._link.encode()):
            return None
        if not self._settings.lasting:
            self._link = None
        key = secrets.token_urlsafe(32)
        self._sessions.add(_hashed(key))
        return key


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
