"""Step 1, the report: a date alone in its line, which dates all that is told below it until the next."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trucewatch.claims import when
from trucewatch.claims.draft import Sourced
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Period


class Dated(NamedTuple):
    """A time, and the words and the reason behind it."""

    period: Period
    source: Sourced


_DATES = frozenset({"date", "days of a month", "figures", "iso", "month of a year", "part of", "year"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENING = re.compile(r"\W{0,3}(?:\d{1,2} [A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.? \d{1,2},) ((?:19|20)\d\d)\b")
"""A whole date before what happened: "2 November 2022 - ..."."""
_LEAST = 4  # words of a sentence below such a line, which is not "Updated" or another one


def headings(trees: Sequence[Tree], written: dt.date | None) -> Mapping[int, Dated]:
    """The passages that are dates over others, and what they mean; none where there are no two, for one may be the text's own date."""
    found, year = {}, ""
    for at, tree in enumerate(trees):
        if date := _alone(tree):
            words = tree.text[date.start : date.end]
            own = _YEAR.search(words)
            year = own[0] if own else year
            seen = when.resolve(words if own or not year else f"{words} {year}", written, "past")
            below = trees[at + 1] if at + 1 < len(trees) else tree
            if seen and len(below.words) >= _LEAST and _alone(below) is None:
                start = tree.passage.start + date.start
                why = Sourced(start, start + len(words), f"rule {seen.rule} over its lines")
                found[at] = Dated(seen.period, why)
        elif opening := _OPENING.match(tree.text):
            year = opening[1]
    return found if len({one.period for one in found.values()}) > 1 else {}


def _alone(tree: Tree) -> when.TimeWords | None:
    """The date of which a passage consists, marks aside."""
    dates = when.find(tree.text) if len(tree.words) <= 2 * _LEAST else []
    if len(dates) != 1 or dates[0].rule not in _DATES:
        return None
    rest = tree.text[: dates[0].start] + tree.text[dates[0].end :]
    return None if any(char.isalnum() for char in rest) else dates[0]
