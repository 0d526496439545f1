"""Which blocks of a page are its story: the votes of two extractors and of the page's own ``articleBody``."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import msgspec

from trucewatch.reports import plain
from trucewatch.reports.blocks import Block
from trucewatch.reports.hygiene import key

_SHORT = 24
"""A shorter block (in letters) must be a line of the extract, not merely stand somewhere in it."""

_HIDDEN = 2
"""Votes of a paragraph that only ``articleBody`` has: nothing on the page speaks against it."""


def with_votes(blocks: Sequence[Block], html: str, body: str | None, is_live: bool) -> list[Block]:
    """The blocks with the number of extractors (0 to 3) that keep them; None where no extractor finds a story.

    Where a script is to fill the page, or a fee is asked for it, the story stands in its ``articleBody`` alone. Of a live
    blog's posts readability takes one, and ``articleBody`` tells their sum, so that neither is asked.
    """
    if body and _is_hidden(body, blocks):
        told = [msgspec.structs.replace(block, votes=_HIDDEN) for block in plain.blocks(body)]
        return [*(msgspec.structs.replace(block, votes=0) for block in blocks), *told]
    asked = (_resiliparse(html),) if is_live else (_resiliparse(html), _readability(html), body)
    extracts = [extract for extract in asked if extract and len(key(extract)) > _SHORT]
    if not extracts:
        return list(blocks)
    # Where one extractor gives up, the other's word counts for both.
    weight = 2 if len(extracts) == 1 else 1
    ballots = [({key(line) for line in extract.split("\n")}, key(extract)) for extract in extracts]
    return [msgspec.structs.replace(block, votes=_count(block, ballots) * weight) for block in blocks]


def _count(block: Block, ballots: Sequence[tuple[set[str], str]]) -> int:
    """How many extracts hold a block; none, whatever they say, where its very tag says that it is an advertisement."""
    text = "" if block.zone == "advert" else key(block.text)
    return sum(bool(text) and (text in lines if len(text) < _SHORT else text in whole) for lines, whole in ballots)


def _is_hidden(body: str, blocks: Sequence[Block]) -> bool:
    """Does the page show less than half of what its ``articleBody`` says? Some write markup there."""
    shown = sum(len(key(block.text)) for block in blocks if block.is_prose and not block.is_furnished)
    return "</" not in body and shown * 2 < len(key(body))


def _resiliparse(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(html, main_content=True, alt_texts=False, links=False)


def _readability(html: str) -> str | None:
    from lxml.html import fromstring
    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability").setLevel(logging.CRITICAL)  # that it gives up is no news to a user
    try:
        summary = Document(html).summary(html_partial=True)
    except Unparseable:  # control characters, for one
        return None
    return "\n".join(line.strip() for line in fromstring(summary).itertext() if line.strip()) if summary else None
