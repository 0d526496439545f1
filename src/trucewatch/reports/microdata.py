"""Things that a page describes in its own markup (``itemscope``, ``itemprop``), as the objects that JSON-LD gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trucewatch.reports.hygiene import one_line

_LINKING = frozenset(("link", "img", "video", "audio", "source", "iframe", "embed"))
_DEEP = 5
_LONG = 300
"""Characters from which a value is the text of the story itself, which its paragraphs give."""


def things(tree: Any) -> Iterator[dict[str, Any]]:
    """Every thing with a type, in page order; what is inside a thing of its own is that one's."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.get("itemscope") is not None and element.get("itemtype"):
            yield _thing(element, _DEEP)


def _thing(scope: Any, deep: int) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    waiting = list(reversed(scope))
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if (value := _value(element, deep)) is not None:
            for name in (element.get("itemprop") or "").split():
                found.setdefault(name, []).append(value)
        if element.get("itemscope") is None:
            waiting.extend(reversed(element))
    kind = (scope.get("itemtype") or "").rstrip("/").rpartition("/")[2]
    return {"@type": kind} | {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _value(element: Any, deep: int) -> Any:
    if not element.get("itemprop"):
        return None
    if element.get("itemscope") is not None:
        return _thing(element, deep - 1) if deep else None
    if said := element.get("content") or element.get("datetime"):
        return said
    if element.tag in _LINKING:
        return element.get("href") or element.get("src")
    words = ""
    for piece in element.itertext():
        words += piece
        if len(words) > _LONG:
            return None
    return one_line(words) or None
