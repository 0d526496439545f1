"""Who may do what: the role that a route asks for.

Every route takes a ``View`` by one of the four annotations of ``view.py``; the app refuses to start with one that
does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from trucewatch.desk import Role


class Needs:
    """What a route asks for: a role, or None where it is open to all. A dependency; see ``view.py``."""

    def __init__(self, role: Role | None) -> None:
        self.role = role


def needed(route: BaseRoute) -> Needs:
    """The role that a route needs. Raises LookupError where it names none, so that no route is open by mistake."""
    if isinstance(route, Mount) and route.path == "/static":
        return Needs(None)
    found = list(_needs(route.dependant)) if isinstance(route, APIRoute) else []
    if len(found) != 1:
        raise LookupError(f"route {getattr(route, 'path', route)} does not say who may call it: take a View of view.py")
    return found[0]


def asked(route: APIRoute) -> frozenset[str]:
    """The fields that the addresses of a route may have."""
    return frozenset(_fields(route.dependant))


def _fields(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for child in dependant.dependencies:
        yield from _fields(child)


def _needs(dependant: Dependant) -> Iterator[Needs]:
    if isinstance(dependant.call, Needs):
        yield dependant.call
    for child in dependant.dependencies:
        yield from _needs(child)
