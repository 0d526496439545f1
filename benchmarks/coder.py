"""Text to claims by the package's own parts, without reading a page and without a desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from trucewatch.export import lines
from trucewatch.nouns import Claim, Record, Report
from trucewatch.run import code

__all__ = ["code", "report", "scored"]


def report(text: str, *, id: str, title: str | None, outlet: str | None, written: str | None) -> Report:
    """A report of a text that is all story; ``written`` is an ISO date."""
    published = date.fromisoformat(written) if written else None
    return Report(id=id, text=text, title=title, outlet=outlet, published=published, language="en")


def scored(told: Report, claims: tuple[Claim, ...]) -> Iterator[dict[str, Any]]:
    """The claims in the form that ``shared/gold/score.py`` reads."""
    yield from map(msgspec.json.decode, lines(Record(report=told, claims=claims), told.id))
