"""Text hygiene: one normal form for characters, spaces and line ends, before anything looks at the words."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, zero-width spaces, joiners, byte-order marks, and the marks that steer bidirectional text.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
# Zero-width (non-)joiners carry spelling in Arabic and Indic scripts, and build emoji: there they stay.
_JOINER = re.compile("(?<![\u0600-\u0dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NO_WORD = re.compile(r"[\W_]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def tidy(text: str) -> str:
    """The text in NFC with plain spaces and ``\\n`` line ends and without invisible characters; quotes stay as they are."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text  # the usual block of an English page, which needs none of the below
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _SPACES.sub(" ", text)
    text = _JOINER.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """The text with every run of white space folded to one blank."""
    return " ".join(text.split())


def key(text: str) -> str:
    """What two copies of one text have in common: its letters and digits, lower case."""
    return _NO_WORD.sub("", text.casefold())
