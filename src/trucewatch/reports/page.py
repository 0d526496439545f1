"""A web page to blocks: every paragraph-like piece in page order, with its links, its zone and its neighbours."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import lxml.html
import msgspec
from lxml import etree

from trucewatch.errors import UnreadableError
from trucewatch.reports import dates, links, plain, signs
from trucewatch.reports.blocks import Block
from trucewatch.reports.hygiene import one_line, tidy
from trucewatch.reports.tables import rows

_SKIPPED = frozenset(
    (
        "script style noscript template svg head select option button input textarea canvas math map object meta "
        "link title datalist"
    ).split()
)
_INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small "
        "span strike strong sub sup time tt u var wbr nobr amp-link"
    ).split()
)
_IN_CELLS = _INLINE | {"img"}
"""What stands in a cell that holds words alone."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ZONES_BY_TAG = {
    "nav": "nav",
    "footer": "footer",
    "aside": "aside",
    "menu": "nav",
    "dialog": "banner",
    "figcaption": "caption",
    "amp-sidebar": "nav",
    "amp-ad": "advert",
    "amp-sticky-ad": "advert",
    "amp-consent": "advert",
    "amp-user-notification": "advert",
}
_ZONES_BY_ROLE = {
    "navigation": "nav", "contentinfo": "footer", "complementary": "aside", "search": "nav", "dialog": "banner",
    "alertdialog": "banner", "menu": "nav", "menubar": "nav", "toolbar": "nav",
}  # fmt: skip
_PLAYERS = frozenset(["iframe", "video", "audio", "source", "embed", "amp-video", "amp-youtube", "amp-iframe"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_TITLE = re.compile(r"<title\b[^<>]*>", re.IGNORECASE)
_TITLE_OR_BODY = re.compile(r"</title|</head|<body", re.IGNORECASE)
_WHOLE = frozenset(["html", "body", "main", "article"])
_LISTS = frozenset(["ul", "ol", "li"])
_CELLS = ("td", "th")
_BETWEEN_CELLS = " – "
_STOPPED = re.compile(r"[.!?…](?:[\"”’»)\]]|\[…\]|\s)*$")


@functools.cache
def _zones() -> dict[str, str]:
    return {row["token"]: row["zone"] for row in rows("zones.csv")}


def with_title_closed(html: str) -> str:
    """The page with an end to a title that has none before its body: a parser takes all that follows for the title."""
    title = _TITLE.search(html)
    end = title and _TITLE_OR_BODY.search(html, title.end())
    if title is None or (end and end[0].lower() == "</title"):
        return html
    words, tag, rest = html[title.end() :].partition("<")
    return f"{html[: title.end()]}{words}</title>{tag}{rest}"


def parse(html: str) -> Any:
    """The lxml tree of a page; raises UnreadableError where there is nothing to parse."""
    # A declaration of an encoding in a text already decoded is refused by lxml.
    html = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", html, count=1)
    try:
        tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("no HTML that could be parsed") from error
    return tree


def blocks(tree: Any, base: str | None) -> list[Block]:
    """The blocks of a parsed page in page order; links are made absolute against `base`."""
    walk = _Walk(base)
    walk.run(tree)
    return list(_runs(walk.blocks))


class _Walk:
    """One pass over a tree that collects text up to the next block-level boundary."""

    def __init__(self, base: str | None) -> None:
        self.blocks: list[Block] = []
        self._base = base
        self._zones: list[str] = [""]
        self._tags: list[str] = ["p"]
        self._parents: list[int] = [0]
        self._elements = 0
        self._text: list[tuple[str, bool]] = []
        """Pieces of text, and whether each is part of a link."""
        self._links = 0
        self._hrefs: list[str] = []
        self._after = ""
        """The inline element that was closed last, if no words followed: buttons, labels and dates side by side."""
        self._gap = ""
        """The same, at the beginning of a span."""
        self._day: dt.date | None = None
        """The day of the last time element outside the furniture."""

    def run(self, tree: Any) -> None:
        walk = etree.iterwalk(tree, events=("start", "end"))
        row = None
        for event, element in walk:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                if tag in _SKIPPED:
                    walk.skip_subtree()
                elif tag == "tr" and _is_row(element):
                    self._row(element)
                    walk.skip_subtree()
                    row = element
                else:
                    self._open(element, tag)
            else:
                if tag not in _SKIPPED and element is not row:
                    self._close(tag)
                self._add(element.tail)
        self._flush()

    def _open(self, element: Any, tag: str) -> None:
        if tag == "br":
            self._text.append(("\n", False))
        elif tag in _PLAYERS:
            self._media(element.get("src") or element.get("data-src") or _youtube(element))
        elif tag in ("img", "amp-img"):
            if self._tags[-1] in ("figure", "caption"):
                self._media(element.get("src") or element.get("data-src"))
        elif tag in _INLINE:
            self._gap = self._after if tag == "span" else ""
            if tag == "time" and not self._zones[-1]:
                self._day = dates.first(element.get("datetime")) or self._day
            if tag == "a":
                self._links += 1
                if self._after == "a" or (self._after == "span" and self._begins_anew(element)):
                    self._text.append((" ", False))  # buttons, and labels before them, have no blank between them
                if href := element.get("href"):
                    self._hrefs.append(self._absolute(href))
        else:
            self._open_block(element, tag)
        self._add(element.text)

    def _open_block(self, element: Any, tag: str) -> None:
        self._flush()
        self._elements += 1
        zone = self._zones[-1] or _zone(element, tag)
        self._zones.append("" if zone == "caption" else zone)
        inherited = self._tags[-1] if self._tags[-1] in ("caption", "figure", "item", "heading", "title") else "p"
        kinds = {"li": "item", "h1": "title", "figure": "figure", "pre": "pre"}
        self._tags.append(
            "caption" if zone == "caption" else "heading" if tag in _HEADINGS - {"h1"} else kinds.get(tag, inherited)
        )
        # A list stands beside the paragraphs around it, and so do its entries.
        self._parents.append(self._parents[-1] if tag in _LISTS else self._elements)

    def _row(self, element: Any) -> None:
        """A row of a table as a line; what stands in its cells apart says nothing."""
        self._flush()
        cells = [cell for one in element if (cell := one_line(tidy("".join(one.itertext()))))]
        links = list(element.iter("a"))
        linked = sum(len(one_line("".join(link.itertext()))) for link in links)
        hrefs = tuple(self._absolute(href) for link in links if (href := link.get("href")))
        if text := _BETWEEN_CELLS.join(cells):
            block = Block(raw=text, text=text, tag="item", linked=min(linked, len(text)), hrefs=hrefs)
            zone, parent = self._zones[-1], self._parents[-1]
            self.blocks.append(msgspec.structs.replace(block, zone=zone, parent=parent, day=self._day))

    def _close(self, tag: str) -> None:
        self._after = tag if tag == "a" else (self._after or tag) if tag == "span" else ""
        if tag == "a":
            self._links = max(self._links - 1, 0)
        elif tag not in _INLINE and tag != "br" and tag not in _PLAYERS and tag not in ("img", "amp-img"):
            self._flush()
            self._zones.pop()
            self._tags.pop()
            self._parents.pop()

    def _add(self, text: str | None) -> None:
        if text:
            if self._is_apart(text):
                self._text.append((" ", False))
            self._after = self._gap = ""
            # Line ends of the source are blanks on the page; only <br> and <pre> break a line.
            self._text.append((text if self._tags[-1] == "pre" else text.replace("\n", " "), self._links > 0))

    def _begins_anew(self, link: Any) -> bool:
        """Does a link right behind a label begin with a word of its own?"""
        before = self._text[-1][0][-1:] if self._text else ""
        return before.isalpha() and (link.text or "")[:1].isupper()

    def _is_apart(self, text: str) -> bool:
        """Does a span hold another label than the link before it ("Sudan" "Tagged truce"), or a date once more?"""
        before = self._text[-1][0][-1:] if self._text else ""
        if self._gap == "a":
            return text[0].isupper() or text[0].isdigit()
        return self._gap == "span" and text[0].isdigit() and before.isdigit()

    def _flush(self) -> None:
        text, self._text = _last_link_apart(self._text), []
        hrefs, self._hrefs = tuple(self._hrefs), []
        tag = "caption" if self._tags[-1] == "figure" else self._tags[-1]
        if tag == "pre":
            self._flush_pre("".join(piece for piece, _ in text))
            return
        pieces = [(piece, linked) for line, linked in _lines(text) if (piece := one_line(tidy(line)))]
        parent = self._parents[-2] if len(pieces) == 1 and len(self._parents) > 1 else self._parents[-1]
        for piece, linked in pieces:
            self.blocks.append(
                Block(
                    raw=piece,
                    text=piece,
                    tag=tag if any(map(str.isalnum, piece)) else "rule",
                    linked=min(linked, len(piece)),
                    hrefs=hrefs,
                    zone=self._zones[-1],
                    parent=parent,
                    day=self._day,
                )
            )

    def _flush_pre(self, text: str) -> None:
        """Text that was set before it was put on a page: its lines and paragraphs are those of a plain text."""
        for block in plain.blocks(tidy(text)):
            zone, parent = self._zones[-1], self._parents[-1]
            tag = "p" if block.tag == "line" else block.tag
            self.blocks.append(msgspec.structs.replace(block, zone=zone, parent=parent, tag=tag))

    def _media(self, src: str | None) -> None:
        if src and not src.startswith("data:") and not self._zones[-1]:
            self._flush()
            url = self._absolute(src)
            self.blocks.append(Block(raw=url, text=url, tag="media", hrefs=(url,)))

    def _absolute(self, link: str) -> str:
        return links.absolute(self._base, link)


def _lines(pieces: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, int]]:
    """The lines in pieces of text, each with its characters inside links."""
    line, linked = "", 0
    for piece, is_link in pieces:
        head, *rest = piece.split("\n")
        line, linked = line + head, linked + (len(head.strip()) if is_link else 0)
        for below in rest:
            yield line, linked
            line, linked = below, len(below.strip()) if is_link else 0
    yield line, linked


def _last_link_apart(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The pieces, the link behind the last sentence in a line of its own where it only leads on: "... he said. Read more"."""
    at = len(pieces)
    while at and (pieces[at - 1][1] or not any(map(str.isalnum, pieces[at - 1][0]))):
        at -= 1
    before, link = ("".join(piece for piece, _ in some).strip() for some in (pieces[:at], pieces[at:]))
    if not (_STOPPED.search(before) and signs.leads_on(link)):
        return pieces
    return [*pieces[:at], ("\n", False), *pieces[at:]]


def _is_row(element: Any) -> bool:
    """Is it a row of a table that tells something, as the row before or behind it does, and does not lay a page out?"""
    if not _is_plain(element):
        return False
    return any(beside is not None and _is_plain(beside, len(element)) for beside in _beside(element))


def _is_plain(row: Any, cells: int | None = None) -> bool:
    """Has a row several cells, as many as there should be, with nothing but words in them?"""
    if row.tag != "tr" or len(row) < 2 or len(row) != (cells or len(row)):
        return False
    return all(cell.tag in _CELLS and all(inner.tag in _IN_CELLS for inner in cell.iterdescendants()) for cell in row)


def _beside(row: Any) -> tuple[Any, ...]:
    """The rows before and behind one, also where that is the only one of a table's head."""
    below = row.getparent().getnext() if row.getparent() is not None else None
    return row.getprevious(), row.getnext(), next(iter(below), None) if below is not None else None


def _youtube(element: Any) -> str | None:
    video = element.get("data-videoid")
    return f"https://www.youtube.com/watch?v={video}" if video else None


def _zone(element: Any, tag: str) -> str:
    """The zone that an element opens, by its tag, role, and the words in its class and id; "" for none."""
    if tag in _WHOLE:
        return ""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return "hidden"
    zone = _ZONES_BY_TAG.get(tag) or _ZONES_BY_ROLE.get((element.get("role") or "").lower())
    if zone:
        return zone
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if names == " ":
        return ""
    zone = next((found for token in _TOKENS.findall(names) if (found := _zones().get(token.lower()))), "")
    return zone if zone and not _holds_the_story(element) else ""


def _holds_the_story(element: Any) -> bool:
    """Themes call their whole page "has-sidebar" or "menu-open": an element around the headline is no furniture."""
    return next(element.iter("h1", "article", "main"), None) is not None


def _runs(every: Sequence[Block]) -> Iterator[Block]:
    run: list[Block] = []
    for block in every:
        if run and not (_is_link(block) and block.zone == run[0].zone):
            yield _joined(run)
            run = []
        if _is_link(block):
            run.append(block)
        else:
            yield block
    if run:
        yield _joined(run)


def _is_link(block: Block) -> bool:
    return block.tag in ("item", "p") and block.link_share > 0.8 and block.size < 20 and not block.is_prose


def _joined(run: Sequence[Block]) -> Block:
    if len(run) == 1:
        return run[0]
    text = "\n".join(block.text for block in run)
    return Block(raw=text, text=text, tag=run[0].tag, linked=len(text), zone=run[0].zone, parent=run[0].parent)
