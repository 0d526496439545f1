"""The title of a page and the outlet behind it, from its data, its headings and its title element."""

from __future__ import annotations

import re
from typing import Any

from trucewatch.reports.hygiene import key, one_line, tidy
from trucewatch.reports.tables import listed

_BREAK = re.compile(r"｜|\s+[|–—·»•]\s+|\s+-\s+|:\s+")
_BARS = tuple("|｜–—·»•-:")
_PLATFORMS = listed("platforms")
_LEAST_WORDS = 3
_MOST = 1000


def find(tree: Any, title: str | None, outlet: str | None) -> tuple[str | None, str | None]:
    """The title and the outlet, given what the page's data says of both; None for what can't be told."""
    if outlet is not None and key(outlet) in _PLATFORMS:
        # A post has no title of its own: there the data gives the name of the channel.
        return (None, title) if key(outlet) == "telegram" else (title, None)
    whole = _text(next(tree.iter("title"), None))
    headings = [text for tag in ("h1", "h2", "h3", "h4") for element in tree.iter(tag) if (text := _text(element))]
    if title is None:
        title = _title(whole, headings, outlet)
    elif headings and _goes_on(title, headings[0]):
        title = headings[0]
    return title, outlet or _behind(whole, title)


def _text(element: Any) -> str:
    return one_line(tidy(element.text_content()[:_MOST])) if element is not None else ""


def _title(whole: str, headings: list[str], outlet: str | None) -> str | None:
    """The heading that the title element repeats; else the first heading, if long or a part of the element; else the element."""
    repeated = [heading for heading in headings if len(heading.split()) >= _LEAST_WORDS and key(heading) in key(whole)]
    if repeated:
        return max(repeated, key=len)
    if headings and (_goes_on(whole, headings[0]) or len(headings[0].split()) >= _LEAST_WORDS):
        return headings[0]
    pieces = _BREAK.split(whole)
    if outlet and len(pieces) > 1 and key(pieces[-1]) == key(outlet):
        return whole[: whole.rfind(pieces[-1])].rstrip(" -|–—·»•:")
    first_is_title = len(pieces) > 1 and len(pieces[0].split()) > _LEAST_WORDS
    return (pieces[0] if first_is_title else whole) or None


def _goes_on(title: str, heading: str) -> bool:
    """Is a title a heading, with something more behind a bar or a dash?"""
    rest = title.removeprefix(heading)
    return rest[:1] == " " and rest.lstrip()[:1] in _BARS[:-1]


def _behind(whole: str, title: str | None) -> str | None:
    """The outlet in "Truce holds in Marib | Border Desk": what stands beside the title behind a bar, dash or colon."""
    at = whole.casefold().find(title.casefold()) if title else -1
    if at < 0 or title is None:
        return None
    before, after = whole[:at].rstrip(), whole[at + len(title) :].lstrip()
    outlet = after[1:] if after[:1] in _BARS else before[:-1] if before[-1:] in _BARS else ""
    pieces = [piece.strip() for piece in _BREAK.split(outlet.strip()) if piece.strip()]
    return pieces[-1] if pieces and len(pieces[-1].split()) <= 6 else None
