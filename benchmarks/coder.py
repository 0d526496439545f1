"""Text to claims by the package's own parts, without reading a page and without a desk."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from trucewatch.nouns import Claim, Count, Report


def report(text: str, *, id: str, title: str | None, outlet: str | None, written: str | None) -> Report:
    """A report of a text that is all story; ``written`` is an ISO date."""
    published = date.fromisoformat(written) if written else None
    return Report(id=id, text=text, title=title, outlet=outlet, published=published, language="en")


def code(told: Report) -> tuple[Claim, ...]:
    """The claims of a report."""
    from trucewatch.claims import code as claims_of

    from trucewatch import codebook
    from trucewatch.language import Engine

    return claims_of(told, Engine.load().parse(told.text), codebook.load())


def scored(claim: Claim) -> dict[str, Any]:
    """A claim in the form that ``shared/gold/score.py`` reads."""
    plain: dict[str, Any] = msgspec.to_builtins(claim)
    return plain | {"killed": _pair(claim.killed), "injured": _pair(claim.injured)}


def _pair(count: Count | None) -> list[int] | None:
    return None if count is None else [count.low, count.high]
