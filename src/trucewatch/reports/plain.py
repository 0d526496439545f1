"""Plain text, as copied from a page or a wire, with or without Markdown: lines and paragraphs to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from trucewatch.language import wordpiece
from trucewatch.reports.blocks import Block
from trucewatch.reports.hygiene import one_line

# Every span is bounded: a page of unclosed marks must not cost a search to its end for each of them.
_INNER = r"[^\[\]]{0,400}(?:\[[^\[\]]{0,200}\][^\[\]]{0,400})?"
_TARGET = r"<?[^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?>?"
_CAPTION = r"(?:\s+\"[^\"]{0,200}\")?"
_LINK = re.compile(rf"(?<!!)\[({_INNER})\]\(({_TARGET}){_CAPTION}\)")
_PICTURE = re.compile(rf"!\[({_INNER})\]\(({_TARGET}){_CAPTION}\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,2000})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])(.{1,300}?)(?<=[^\s*_])\1(?![\w*_])")
_HEADING = re.compile(r"^(#{1,6})\s+(\S.*)$")
_THIRTY = re.compile(r"^\W{0,5}-\s*30\s*-\W{0,5}$")
_BULLET = re.compile(r"^\s*(?:[-*•·▪●◦‣–]|\d{1,2}[.)])\s+(?=\S)")
_QUOTED = re.compile(r"^>\s?")
_SENTENCE_END = re.compile(r"[.!?…:؟۔][\"”’»)]*$")
_WORD = re.compile(r"\w+")
_DIVIDED = re.compile(r"(?<!\w)(\w{0,40}[^\W\d_])-$")
_LEAST_WIDTH = 45
"""No text is wrapped narrower, in characters."""
_MARKED_UP = 50_000
"""A longer line is no paragraph that somebody marked up."""
_SLACK = 12
"""Characters that an editor of a wrapped text may leave empty at a line's end."""


def blocks(text: str) -> list[Block]:
    """The blocks of a plain text (already tidied), in order."""
    paragraphs = list(_paragraphs(text))
    width = max((len(line) for lines in paragraphs if _flows_on(lines) for line in lines[:-1]), default=0)
    return [block for paragraph in paragraphs for block in _blocks_of(paragraph, width)]


def _paragraphs(text: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _blocks_of(paragraph: list[str], width: int) -> Iterator[Block]:
    if width and _is_wrapped(paragraph, width):
        yield block("\n".join(paragraph), _joined(paragraph))
    else:
        for line in paragraph:
            yield block(line.strip(), line.strip())


def _joined(lines: list[str]) -> str:
    """The lines of a paragraph in one; of a word that a line's end divides the hyphen goes, of a compound it stays."""
    pieces = [lines[0].strip()]
    for line in map(str.strip, lines[1:]):
        divided, rest = _DIVIDED.search(pieces[-1]), _WORD.match(line)
        if divided is None or rest is None or not line[0].islower():
            pieces.append(" ")
        elif _is_a_word(divided[1] + rest[0]):
            pieces[-1] = pieces[-1][:-1]
        pieces.append(line)
    return "".join(pieces)


def _is_a_word(letters: str) -> bool:
    """Does the vocabulary of the language model have these letters as one word?"""
    return len(wordpiece.pieces(letters)) == 1


def _flows_on(lines: list[str]) -> bool:
    """Does a sentence run on over the line's end, so that the text must be wrapped to a width?"""
    return any(
        len(line) >= _LEAST_WIDTH
        and not _SENTENCE_END.search(line)
        and below.lstrip()[:1].islower()
        and not below.lstrip().startswith(("http", "www"))
        for line, below in pairwise(lines)
    )


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Are the lines of a paragraph broken to a width? Then no line had room for the next one's first word."""
    if len(lines) < 2 or any(_BULLET.match(line) or _HEADING.match(line) for line in lines):
        return False
    if min(len(line) for line in lines[:-1]) < _LEAST_WIDTH:
        return False
    full = all(len(line) + 1 + len(below.split()[0]) > width - _SLACK for line, below in pairwise(lines))
    return full or _flows_on(lines)


def block(raw: str, text: str) -> Block:
    """One block of a text that may hold Markdown."""
    if len(text) > _MARKED_UP:
        return Block(raw=raw, text=one_line(text))
    text = _QUOTED.sub("", text)
    if not any(map(str.isalnum, text)) or _THIRTY.match(text):
        return Block(raw=raw, text=text, tag="rule")
    tag = "line"
    if (heading := _HEADING.match(text)) is not None:
        tag, text = ("title" if len(heading[1]) == 1 else "heading"), heading[2].rstrip("# ")
    elif (bullet := _BULLET.match(text)) is not None:
        tag, text = "item", (text if bullet[0].strip()[0].isdigit() else text[bullet.end() :])
    pictures = tuple(found[2].strip("<>") for found in _PICTURE.finditer(text))
    text = _PICTURE.sub(r"\1", text)
    text, linked, hrefs = _unlinked(text)
    text = one_line(_EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text)))
    if pictures and (not text or len(text.split()) < 25):
        tag = "caption"
    return Block(raw=raw, text=text, tag=tag, linked=linked, hrefs=(*pictures, *hrefs))


def _unlinked(text: str) -> tuple[str, int, tuple[str, ...]]:
    """The text without link marks, the characters that were links, and where they lead."""
    hrefs = [found[2].strip("<>") for found in _LINK.finditer(text)]
    linked = sum(len(found[1]) for found in _LINK.finditer(text))
    text = _LINK.sub(r"\1", text)
    hrefs += [found[1] for found in _AUTOLINK.finditer(text)]
    linked += sum(len(found[1]) for found in _AUTOLINK.finditer(text))
    return _AUTOLINK.sub(r"\1", text), linked, tuple(hrefs)
