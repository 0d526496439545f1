"""The outlet that a sentence says it is taken from, by its words, since the parse seldom knows it for a name."""

from __future__ import annotations

import re

from trucewatch.claims.tree import Tree

_REPORTS = "(?:reports|reported)"
_OUTLET = r"(?P<outlet>(?:the )?[A-Z][\w&’'-]*(?: (?:of|and|the|[A-Z][\w&’'-]*)){0,5}|[\w-]+\.(?:com|in|net|org))"
_DATE = r"(?: (?:on )?[A-Z][a-z]+(?: \d+)?(?:, \d{4})?)?(?: \(today\))?"
_AT_END = (
    re.compile(rf"[\w,)\]] {_REPORTS} {_OUTLET}{_DATE}\W*$"),
    re.compile(rf", {_OUTLET} {_REPORTS}{_DATE}\W*$"),
)
""" "Two officers were killed in Quetta on Friday, reports *The Express Tribune* on June 4"; "..., *Reuters* reported"."""
_AT_START = re.compile(rf"{_OUTLET}{_DATE} reports that\b")
"""How a digest begins: "*Sify.com* reports that ..."."""


def outlet(tree: Tree) -> tuple[int, int] | None:
    """First and last word of the outlet's name."""
    found = next(filter(None, (pattern.search(tree.text) for pattern in _AT_END)), None)
    if found is None and tree.passage.index == 0:
        found = _AT_START.match(tree.text)
    if found is None:
        return None
    start, end = (tree.passage.start + at for at in found.span("outlet"))
    inside = [i for i, word in enumerate(tree.words) if start <= word.start and word.end <= end]
    return (inside[0], inside[-1]) if inside else None
