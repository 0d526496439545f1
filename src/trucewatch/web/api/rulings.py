"""A ruling as a program sends it."""

from __future__ import annotations

from typing import Literal

from trucewatch.nouns import Noun


class Ruled(Noun, forbid_unknown_fields=True):
    """What is ruled, on what, and what was seen when it was decided."""

    ruling: Literal["accept", "correct", "reject", "same", "different", "undo", "overrule"]
    on: tuple[str, ...]
    """Ids: claims; incidents or claims that are one event (``same``); claims that leave ``of`` (``different``); judgements
    (``undo``); one incident (``overrule``)."""
    of: str | None = None
    """The incident, or the claim, that ``different`` parts them from."""
    field: str | None = None
    """What ``correct`` corrects; what ``overrule`` rules under: ``TRUCE`` or ``TRUCE/CLAUSE``."""
    value: str | None = None
    """The right value, typed plainly or as JSON; the right verdict."""
    reason: str = ""
    seen: tuple[str, ...] | None = None
    """Ids of the judgements in force on it that were seen; where they are others now, nothing is kept."""
