"""Things that a page describes in its own markup, as the objects that JSON-LD gives: microdata (``itemscope``, ``itemprop``)
and the like of it that Drupal writes (RDFa: ``typeof``, ``property``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trucewatch.reports.hygiene import one_line

_LINKING = frozenset(("link", "img", "video", "audio", "source", "iframe", "embed"))
_BY_OTHERS = {
    "dc:date": "datePublished", "dc:created": "datePublished", "schema:dateCreated": "datePublished",
    "dc:title": "headline", "dcterms:title": "headline",
}  # fmt: skip
"""Names of other vocabularies for what JSON-LD has, and those under which Drupal gives it."""
_DEEP = 5
_LONG = 300
"""Characters from which a value is the text of the story itself, which its paragraphs give."""


def things(tree: Any) -> Iterator[dict[str, Any]]:
    """Every thing with a type, in page order; what is inside a thing of its own is that one's."""
    for element in tree.iter():
        if isinstance(element.tag, str) and _kind(element):
            yield _thing(element, _DEEP)


def _thing(scope: Any, deep: int) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    waiting = list(reversed(scope))
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if (value := _value(element, deep)) is not None:
            for name in _names(element):
                found.setdefault(name, []).append(value)
        if not _is_thing(element):
            waiting.extend(reversed(element))
    return {"@type": _kind(scope)} | {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _is_thing(element: Any) -> bool:
    return element.get("itemscope") is not None or bool(element.get("typeof"))


def _kind(element: Any) -> str:
    """The type of a thing; "" where it has none."""
    if element.get("itemscope") is not None:
        return str((element.get("itemtype") or "").rstrip("/").rpartition("/")[2])
    kinds = (element.get("typeof") or "").split()
    return "Article" if "sioc:Item" in kinds else kinds[0].removeprefix("schema:") if kinds else ""


def _names(element: Any) -> list[str]:
    """What the value of an element is of the thing around it."""
    said = (element.get("itemprop") or element.get("property") or "").split()
    return list(dict.fromkeys(_BY_OTHERS.get(name, name).removeprefix("schema:") for name in said))


def _value(element: Any, deep: int) -> Any:
    if not _names(element):
        return None
    if _is_thing(element):
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
