"""Who may do what: roles, and what a route asks of the person who calls it.

Every route takes a ``View`` by one of the four annotations of ``view.py``; the app refuses to start with one that
does not.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from trucewatch.nouns import Noun


class Role(enum.StrEnum):
    """What a person may do: look; also judge and upload; also see to people."""

    READER = "reader"
    CODER = "coder"
    LEAD = "lead"

    def covers(self, needed: Role) -> bool:
        """Whether one of this role may do what another role may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Person(Noun):
    """One who is signed in."""

    name: str
    role: Role


class Needs:
    """What a route asks for: a role, or None where it is open to all. A dependency; see ``view.py``."""

    def __init__(self, role: Role | None) -> None:
        self.role = role


def needed(route: BaseRoute) -> Needs:
    """What a route asks for. Raises LookupError where it says nothing, so that none is open by mistake."""
    if isinstance(route, Mount) and route.path == "/static":
        return Needs(None)
    found = list(_needs(route.dependant)) if isinstance(route, APIRoute) else []
    if len(found) != 1:
        raise LookupError(f"route {getattr(route, 'path', route)} does not say who may call it: take a View of view.py")
    return found[0]


def _needs(dependant: Dependant) -> Iterator[Needs]:
    if isinstance(dependant.call, Needs):
        yield dependant.call
    for child in dependant.dependencies:
        yield from _needs(child)
