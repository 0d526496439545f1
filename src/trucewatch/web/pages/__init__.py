"""The pages, a module each, and the navigation that leads to them."""

from __future__ import annotations

from typing import NamedTuple


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
