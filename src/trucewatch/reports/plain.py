"""Plain text, as copied from a page or a wire, with or without Markdown: lines and paragraphs to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.reports.blocks import Block
from trucewatch.reports.hygiene import one_line

_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((<?[^()\s]*(?:\([^()\s]*\))?>?)(?:\s+\"[^\"]*\")?\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\((<?[^()\s]+>?)(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"^\W*(?:[*\-_=~#•·—–+]\s*){1,}$|^\W*-\s*30\s*-\W*$")
_BULLET = re.compile(r"^\s*(?:[-*•·▪●◦‣–]|\d{1,2}[.)])\s+(?=\S)")
_QUOTED = re.compile(r"^>\s?")
_WRAP = (45, 110)
"""Lines of a text that was wrapped to a width are this long, in characters."""


def blocks(text: str) -> list[Block]:
    """The blocks of a plain text (already tidied), in order."""
    return [block for paragraph in _paragraphs(text) for block in _blocks_of(paragraph)]


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


def _blocks_of(paragraph: list[str]) -> Iterator[Block]:
    if _is_wrapped(paragraph):
        yield block("\n".join(paragraph), " ".join(line.strip() for line in paragraph))
    else:
        for line in paragraph:
            yield block(line.strip(), line.strip())


def _is_wrapped(lines: list[str]) -> bool:
    """Was one paragraph broken to a width? Then all lines but the last are of like length and few end a sentence."""
    if len(lines) < 2 or any(_BULLET.match(line) or _HEADING.match(line) for line in lines):
        return False
    body = lines[:-1]
    lengths = [len(line.strip()) for line in body]
    if min(lengths) < _WRAP[0] or max(lengths) > _WRAP[1] or len(lines[-1].strip()) > max(lengths) + 12:
        return False
    ends = sum(bool(re.search(r"[.!?…:؟۔][\"”’»)]*$", line)) for line in body)
    return ends * 2 <= len(body)


def block(raw: str, text: str) -> Block:
    """One block of a text that may hold Markdown."""
    text = _QUOTED.sub("", text)
    if _RULE.match(text):
        return Block(raw=raw, text=text, tag="rule")
    tag = "line"
    if (heading := _HEADING.match(text)) is not None:
        tag, text = ("title" if len(heading[1]) == 1 else "heading"), heading[2]
    elif (bullet := _BULLET.match(text)) is not None:
        tag, text = "item", (text if bullet[0].strip()[0].isdigit() else text[bullet.end() :])
    pictures = tuple(found[2].strip("<>") for found in _PICTURE.finditer(text))
    text = _PICTURE.sub(r"\1", text)
    text, linked, hrefs = _unlinked(text)
    text = one_line(_STRONG.sub(r"\2", text))
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
