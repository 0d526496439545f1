"""Word pieces of BERT's uncased vocabulary: normalise, part at punctuation, then longest match first."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

PAD, UNKNOWN, BEGIN, END = 0, 100, 101, 102
LONGEST_WORD = 24
"""Characters of a word that are read: a link or a line of dashes tells nothing more with its hundredth piece."""

_CJK = (
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@cache
def vocabulary() -> Mapping[str, int]:
    """Piece -> id; a piece that goes on within a word begins with ``##``."""
    lines = Path(__file__).with_name("vocab.txt").read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines)}


@lru_cache(maxsize=200_000)
def pieces(word: str) -> tuple[int, ...]:
    """The piece ids of one word; none where nothing is left of it after normalisation."""
    return tuple(piece for part in _parts(word[:LONGEST_WORD]) for piece in _longest(part))


def _parts(word: str) -> list[str]:
    """Lower case without accents and control characters; punctuation and CJK characters stand alone."""
    kept = []
    for c in word:
        kind = unicodedata.category(c)
        if c in "\t\n\r" or kind == "Zs":
            kept.append(" ")
        elif c != "\ufffd" and kind not in ("Cc", "Cf", "Cn", "Co", "Cs"):
            kept.append(f" {c} " if any(a <= ord(c) <= b for a, b in _CJK) else c)
    apart = unicodedata.normalize("NFD", "".join(kept))
    plain = "".join(c for c in apart if unicodedata.category(c) != "Mn").lower()
    return "".join(f" {c} " if _is_punctuation(c) else c for c in plain).split()


def _is_punctuation(c: str) -> bool:
    return (c.isascii() and not c.isalnum() and c.isprintable()) or unicodedata.category(c)[0] == "P"


def _longest(part: str) -> list[int]:
    known = vocabulary()
    found: list[int] = []
    start = 0
    while start < len(part):
        for end in range(len(part), start, -1):
            number = known.get(("##" if start else "") + part[start:end])
            if number is not None:
                break
        else:
            return [UNKNOWN]
        found.append(number)
        start = end
    return found
