"""The pages, a module each, and the navigation that leads to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from starlette.routing import BaseRoute


class Entry(NamedTuple):
    """A page in the navigation."""

    path: str
    label: str
    key: str
    """Pressed after ``g``, it leads there."""


NAVIGATION = (
    Entry("/", "Today", "t"),
    Entry("/incidents", "Incidents", "i"),
    Entry("/queue", "Review", "r"),
    Entry("/truces", "Truces", "u"),
    Entry("/outlook", "Outlook", "o"),
    Entry("/actors", "Actors", "a"),
    Entry("/sources", "Sources", "s"),
    Entry("/search", "Search", "/"),
)


def served(routes: Iterable[BaseRoute]) -> list[Entry]:
    """The entries whose pages are there."""
    paths = {getattr(route, "path", None) for route in routes}
    return [entry for entry in NAVIGATION if entry.path in paths]
