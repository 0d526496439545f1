"""Words -> word pieces: the arrays that the network reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from trucewatch.language.wordpiece import BEGIN, END, pieces
from trucewatch.language.words import casing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

LONGEST = 256
"""Pieces of a sentence that are read; what comes after is cut off."""


class Arrays(NamedTuple):
    """A batch: B sentences, P pieces (0 pads), W words (padded ones point at piece 0)."""

    pieces: Ints  # (B, P)
    casing: Ints  # (B, P)
    first: Ints  # (B, W)
    last: Ints  # (B, W)
    word_casing: Ints  # (B, W)


class _Line(NamedTuple):
    """One sentence: piece ids and casings, first and last piece and casing of each word."""

    pieces: list[int]
    casing: list[int]
    first: list[int]
    last: list[int]
    word_casing: list[int]


def arrays(batch: Sequence[Sequence[str]]) -> Arrays:
    """Cut a batch of word lists into padded arrays."""
    import numpy as np

    lines = [_line(words) for words in batch]
    longest, width = max(len(line.pieces) for line in lines), max(map(len, batch))
    made = []
    for field, size in zip(_Line._fields, (longest, longest, width, width, width), strict=True):
        array = np.zeros((len(batch), size), np.int64)
        for row, line in enumerate(lines):
            values = getattr(line, field)
            array[row, : len(values)] = values
        made.append(array)
    return Arrays(*made)


def _line(words: Sequence[str]) -> _Line:
    """A word that vanishes in normalisation, or comes after `LONGEST` pieces, borrows the piece before it."""
    line = _Line([BEGIN], [0], [], [], [casing(word) for word in words])
    for word, kind in zip(words, line.word_casing, strict=True):
        ids = pieces(word)
        at = len(line.pieces)
        if not ids or at + len(ids) >= LONGEST:
            line.first.append(at - 1)
            line.last.append(at - 1)
            continue
        line.pieces.extend(ids)
        line.casing.extend([kind] * len(ids))
        line.first.append(at)
        line.last.append(at + len(ids) - 1)
    line.pieces.append(END)
    line.casing.append(0)
    return line
