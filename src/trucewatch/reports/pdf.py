"""A PDF to blocks: its lines, by where and how large they stand on the page, joined to paragraphs and headings.

PDFium gives the characters in reading order, also of scripts written from right to left. Runs in a process of its
own (``isolate``), for a hostile file must not take ours with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any

from trucewatch.english import some
from trucewatch.errors import MissingExtraError, UnreadableError
from trucewatch.nouns import Noun, Report
from trucewatch.reports import apart, dates
from trucewatch.reports.assemble import ReadOptions, assemble
from trucewatch.reports.blocks import Block
from trucewatch.reports.facts import Facts, merge
from trucewatch.reports.hygiene import key, one_line, tidy

_PAGES = 300
_SENTENCE_END = re.compile(r"[.!?…:؟۔][\"”’»)\d]*$")
_BULLET = re.compile(r"^[•·▪●◦‣–*-]\s+(?=\S)")
_HYPHENS = ("\x02", "\ufffe", "\u00ad")
"""What PDFium makes of a hyphen at a line's end that only divides a word."""
_EDGE = 0.08
"""Share of a page's height at its head and foot where running titles and page numbers stand."""


class Line(Noun):
    """One line of a page, or two between which a word is divided; lengths in points, from the page's lower left corner."""

    text: str
    left: float
    right: float
    head: float
    """Where its first character stands."""
    foot: float
    """Where its last one does."""
    size: float
    """Of its letters."""
    at_edge: bool
    page: int


def require() -> None:
    """Raises MissingExtraError where the library is not installed."""
    if find_spec("pypdfium2") is None:
        raise MissingExtraError("PDF needs pypdfium2: pip install 'trucewatch[pdf]'")


def read_pdf(content: bytes, known: Facts, options: ReadOptions) -> Report:
    """The report in a PDF. Raises UnreadableError where it is locked, damaged, a book, or pictures of pages."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
        if count > _PAGES:
            raise UnreadableError(f"a PDF of {count:,} pages is no report (at most {_PAGES})")
        lines = [line for number in range(count) for line in _lines(document[number], number)]
        made = dates.first(_iso(document.get_metadata_dict().get("CreationDate", "")))
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        raise UnreadableError(
            "a PDF locked with a password" if locked else f"no PDF that could be read: {error}"
        ) from None
    if not lines:
        raise UnreadableError("no text in this PDF: its pages are pictures, or empty")
    note = f"PDF of {some(count, 'page')}" + (f", made {made.isoformat()}" if made else "")
    facts = merge(known, Facts(notes=(note,)))
    return assemble(apart.sort_out(list(blocks(lines)), facts.title), facts, options)


def _iso(made: str) -> str:
    """``2021-09-30`` of ``D:20210930120000Z``."""
    digits = made.removeprefix("D:")[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _lines(page: Any, number: int) -> Iterator[Line]:
    from pypdfium2 import raw

    text = page.get_textpage()
    height = page.get_height()
    characters: list[str] = []
    places: list[int] = []
    for index in range(text.count_chars() + 1):
        code = raw.FPDFText_GetUnicode(text, index) if index < text.count_chars() else 10
        if code not in (10, 13):
            characters.append(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd")
            places.append(index)
            continue
        words = [place for character, place in zip(characters, places, strict=True) if not character.isspace()]
        if words:
            boxes = [text.get_charbox(place, loose=True) for place in (words[0], words[-1])]
            middle = (boxes[0][1] + boxes[0][3]) / 2
            yield Line(
                text="".join(characters).strip(),
                left=min(box[0] for box in boxes),
                right=max(box[2] for box in boxes),
                head=boxes[0][1],
                foot=boxes[-1][1],
                size=round(raw.FPDFText_GetFontSize(text, words[0]) or boxes[0][3] - boxes[0][1], 1),
                at_edge=not _EDGE * height < middle < (1 - _EDGE) * height,
                page=number,
            )
        characters, places = [], []


def blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks of a PDF's lines, in reading order."""
    running = _running(lines)
    body = [line for line in lines if not _runs(line, running)]
    usual = median(line.size for line in body for _ in line.text) if body else 0.0
    largest = max((line.size for line in body if line.page == 0), default=usual)
    width = max((line.right - line.left for line in body), default=0.0)
    titled = False
    for paragraph in _paragraphs(body, width):
        text = one_line(tidy(_joined(paragraph)))
        size = paragraph[0].size
        tag = "line"
        if size > 1.12 * usual and not _SENTENCE_END.search(text):
            tag = "title" if size == largest and not titled else "heading"
            titled = titled or tag == "title"
        elif bullet := _BULLET.match(text):
            tag, text = "item", text[bullet.end() :]
        if text:
            yield Block(raw=text, text=text, tag=tag)
    for text in dict.fromkeys(line.text for line in lines if _runs(line, running)):
        yield Block(raw=text, text=one_line(tidy(text)), zone="footer")


def _pattern(line: Line) -> str:
    return key(re.sub(r"\d+", "0", line.text))


def _running(lines: Sequence[Line]) -> frozenset[str]:
    """What stands at the edge of several pages, numbers aside."""
    edges = {(line.page, _pattern(line)) for line in lines if line.at_edge}
    counts = Counter(pattern for _, pattern in edges)
    return frozenset(pattern for pattern, pages in counts.items() if pages > 1)


def _runs(line: Line, running: frozenset[str]) -> bool:
    return line.at_edge and (_pattern(line) in running or line.text.strip(" -–|").isdigit())


def _paragraphs(lines: Sequence[Line], width: float) -> Iterator[list[Line]]:
    """Lines that belong together; ``width`` is that of a full line."""
    steps = sorted(down for above, below in pairwise(lines) if (down := above.foot - below.head) > 0)
    step = steps[len(steps) // 4] if steps else 0.0  # a short text has more steps between paragraphs than within
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and _parts(paragraph[-1], line, step, width):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _parts(above: Line, below: Line, step: float, width: float) -> bool:
    """Does a new paragraph begin between two lines?"""
    if abs(above.size - below.size) > 0.08 * above.size or _BULLET.match(below.text):
        return True
    ended = _SENTENCE_END.search(above.text) is not None
    down = above.foot - below.head
    if down <= 0 or above.page != below.page:
        return ended or not below.text[:1].islower()  # a new column or page
    short = above.right - above.left < 0.85 * width
    indented = below.left > above.left + 0.8 * below.size
    return down > 1.35 * step or (ended and (short or indented))


def _joined(paragraph: Sequence[Line]) -> str:
    """The text of a paragraph, words that its lines divide made whole."""
    text = ""
    for line in paragraph:
        text = text[:-1] + line.text if text.endswith(_HYPHENS) else f"{text} {line.text}"
    return text
