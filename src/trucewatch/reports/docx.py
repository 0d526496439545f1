"""Word files (``.docx``), each a report: its paragraphs in order, text boxes and rows of tables among them.

What was deleted while changes were tracked, headers, footers and notes are left out. Runs in a process of its own (``isolate``).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from lxml import etree

from trucewatch.reports import dates, feeds, unpack
from trucewatch.reports.entry import Entry, broken
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import one_line, tidy

_STORY = re.compile(r"word/document\d*\.xml")
_PROPERTIES = "docProps/core.xml"
_NOT_SHOWN = frozenset(("del", "moveFrom", "Fallback", "pPr", "rPr", "instrText"))
"""Deleted, moved away, the same once more for old programs, how it looks, and what a field is made from."""
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def docx_entry(raw: bytes, max_bytes: int) -> Entry:
    """The entry of a Word file: the words in it, its title where a paragraph is marked as such, the first of several."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            story = next((name for name in archive.namelist() if _STORY.fullmatch(name)), None)
            if story is None:
                return broken("1", "no Word file: there is no document in it")
            budget = unpack.Budget(len(raw), unpack.FREE)
            tree = feeds.parse_xml(_part(archive, story, budget, max_bytes), "Word file")
            made = _made(archive, budget, max_bytes)
    except unpack.DAMAGE as error:
        return broken("1", f"no Word file that could be read: {error}")
    paragraphs = list(_paragraphs(tree))
    title = next((one for one in paragraphs if one[0] == "Title"), None)
    text = "\n\n".join(_marked(*one) for one in paragraphs if one is not title)
    if not text.strip():
        return broken("1", "a Word file without text")
    known = Facts(title=one_line(title[1]) if title else None, notes=made)
    return Entry(name="1", content=text, form="text", known=known)


def _part(archive: zipfile.ZipFile, name: str, budget: unpack.Budget, max_bytes: int) -> bytes:
    with unpack.bounded(cast(BinaryIO, archive.open(name)), budget) as stream:
        return unpack.whole(stream, max_bytes)


def _made(archive: zipfile.ZipFile, budget: unpack.Budget, max_bytes: int) -> tuple[str, ...]:
    """A note of the day on which the file was made, which need not be the report's."""
    if _PROPERTIES not in archive.namelist():
        return ()
    properties = feeds.parse_xml(_part(archive, _PROPERTIES, budget, max_bytes), "Word file")
    day = dates.first(feeds.child(properties, "created"))
    return (f"Word file, made {day.isoformat()}",) if day else ()


def _paragraphs(tree: Any) -> Iterator[tuple[str, str]]:
    """The style of each paragraph with words, and the words."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        name = feeds.local(element)
        if name in _NOT_SHOWN:
            walk.skip_subtree()
        elif name == "tr" and (row := _row(element)):
            walk.skip_subtree()
            yield "", row
        elif name == "p" and (text := _text(element)):
            yield _style(element), text


def _row(row: Any) -> str | None:
    """A row of a table as one line; None where a cell holds paragraphs, as where a table only lays a page out."""
    cells = (
        [text for inner in cell.iter() if feeds.local(inner) == "p" and (text := _text(inner))] for cell in _cells(row)
    )
    filled = [cell for cell in cells if cell]
    return " – ".join(cell[0] for cell in filled) if all(len(cell) == 1 for cell in filled) else None


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, also those that a form puts into fields of its own."""
    for inner in row:
        if feeds.local(inner) == "tc":
            yield inner
        else:
            yield from _cells(inner)


def _text(paragraph: Any) -> str:
    return tidy("".join(_words(paragraph))).strip()


def _words(element: Any) -> Iterator[str]:
    """The words of a paragraph; those of a text box that hangs on it are paragraphs of their own."""
    for inner in element:
        name = feeds.local(inner)
        if name == "t":
            yield inner.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name != "p" and name not in _NOT_SHOWN:
            yield from _words(inner)


def _style(paragraph: Any) -> str:
    styles = (e for part in paragraph if feeds.local(part) == "pPr" for e in part if feeds.local(e) == "pStyle")
    return next((value for e in styles for key, value in e.items() if key.rpartition("}")[2] == "val"), "")


def _marked(style: str, text: str) -> str:
    """A paragraph, a heading with the mark that headings have in plain text."""
    return f"## {one_line(text)}" if style.startswith(("Heading", "Title")) else text
