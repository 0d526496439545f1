"""Who speaks: one name for each outlet and each source, however reports spell it."""

from __future__ import annotations

import functools

from trucewatch.codebook.lookup import load


@functools.lru_cache(maxsize=8192)
def outlet(name: str) -> str:
    """The name that its row in outlets.csv gives an outlet; its own where it has no row."""
    row = load().find_outlet(name)
    return row.name if row else name
