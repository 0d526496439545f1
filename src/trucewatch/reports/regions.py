"""Which tags of a page name a region: countries and areas of the codebook, and the parts of the world that desks use."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from trucewatch import codebook
from trucewatch.reports.tables import rows


def split(tags: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags that name regions, and the others, each in page order."""
    every = list(tags)
    regions = tuple(tag for tag in every if _is_region(tag))
    return regions, tuple(tag for tag in every if tag not in regions)


@functools.cache
def _names() -> frozenset[str]:
    areas = codebook.load().areas.values()
    names = {codebook.fold(name) for area in areas for name in (area.name, *area.aliases)}
    return frozenset(names | {codebook.fold(row["name"]) for row in rows("regions.csv")})


def country(words: str) -> str | None:
    """The code of the country whose name these words are, also in capitals; None where they are none."""
    found = (codebook.load().find_country(spelled) for spelled in (words, words.title()))
    return next((word.country for word in found if word is not None and word.kind == "name"), None)


def _is_region(tag: str) -> bool:
    return country(tag) is not None or codebook.fold(tag) in _names()
