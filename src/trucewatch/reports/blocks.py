"""A block: one paragraph, heading, list entry or line of a page, before it is known whether it belongs to the story."""

from __future__ import annotations

import datetime as dt
import re

from trucewatch.nouns import Noun

_FOOTNOTE = re.compile(r"(?:\s?\[\d{1,3}\])+$")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔።।:;][\"'”’»›)\]\s*_]*$")
_FULL_STOP = re.compile(r"[.!…。！۔።।][\"”’»)\]]*$")
_SENTENCE = re.compile(r"[.!?…。！？؟۔።।][\"'”’»)\]]*(?:\s|$)")
_SHORT_SENTENCE = (2, 3)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Block(Noun):
    """One paragraph-like piece of a page, in page order."""

    raw: str
    """Verbatim, with any Markdown."""
    text: str
    """Without markup, white space folded (a list keeps its lines)."""
    tag: str = "line"
    """``line`` of a plain text, or ``title`` ``heading`` ``item`` ``rule`` ``caption`` ``media``, or ``p`` of a page."""
    linked: int = 0
    """Characters of ``text`` inside links."""
    hrefs: tuple[str, ...] = ()
    zone: str = ""
    """The furniture of a page that it stands in (``nav``, ``footer``, ``comments`` ...); empty in the body."""
    votes: int | None = None
    """How many extractors hold it to be story; None where none was asked (plain text)."""
    parent: int = 0
    """Number of the element around it: siblings share it."""
    day: dt.date | None = None
    """Of a page, the day of the time element that stands last before its end."""

    @property
    def size(self) -> int:
        """Words (200 are counted at most); half the characters where a script has no spaces."""
        if not self.text.isascii() and _EAST_ASIAN.search(self.text[:200]):
            return max(len(self.text) // 2, 1)
        return len(self.text.split(None, 200))

    @property
    def is_furnished(self) -> bool:
        """Does it stand in the furniture of the page?"""
        return bool(self.zone)

    @property
    def is_agreed(self) -> bool:
        """Do two extractors hold it to be story?"""
        return (self.votes or 0) > 1

    @property
    def link_share(self) -> float:
        """Share of its characters that are links, 0 to 1."""
        return self.linked / max(len(self.text), 1)

    @property
    def is_prose(self) -> bool:
        """Does it read like sentences: closed by a full stop, or too long for a heading?"""
        size = self.size
        closed = _SENTENCE_END.search(self._foot) is not None
        if self.link_share > 0.8 and not closed:
            return False
        return size >= 20 or (size >= 4 and closed)

    @property
    def is_stopped(self) -> bool:
        """Does it end in a full stop, as a sentence does and a headline does not?"""
        return self.size >= 4 and _FULL_STOP.search(self._foot) is not None

    @property
    def is_short_sentence(self) -> bool:
        """Is it one of two or three words, such as "Nobody was hurt."?"""
        return self.size in _SHORT_SENTENCE and self.text[0].isupper() and _FULL_STOP.search(self._foot) is not None

    @property
    def _foot(self) -> str:
        """Its last characters, without footnote numbers."""
        return _FOOTNOTE.sub("", self.text[-30:])[-10:]

    @property
    def sentences(self) -> int:
        """A rough count of closed sentences."""
        return len(_SENTENCE.findall(self.text[:4000]))
