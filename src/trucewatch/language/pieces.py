"""Words -> word pieces: the arrays that the network reads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trucewatch.language.words import casing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

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


@cache
def tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(Path(__file__).with_name("tokenizer.json")))
    made.no_padding()
    made.enable_truncation(LONGEST)
    return made


def arrays(batch: Sequence[Sequence[str]]) -> Arrays:
    """Cut a batch of word lists into padded arrays; words past `LONGEST` pieces share the last piece."""
    import numpy as np

    encoded = tokenizer().encode_batch(list(map(list, batch)), is_pretokenized=True)
    size, longest = len(batch), max(len(e.ids) for e in encoded)
    width = max(map(len, batch))
    pieces, cases = np.zeros((size, longest), np.int64), np.zeros((size, longest), np.int64)
    first, last, word_cases = (np.zeros((size, width), np.int64) for _ in range(3))
    for row, (words, line) in enumerate(zip(batch, encoded, strict=True)):
        pieces[row, : len(line.ids)] = line.ids
        classes = [casing(word) for word in words]
        word_cases[row, : len(words)] = classes
        starts, ends = [-1] * len(words), [-1] * len(words)
        for at, word in enumerate(line.word_ids):
            if word is not None:
                cases[row, at] = classes[word]
                ends[word] = at
                if starts[word] < 0:
                    starts[word] = at
        before = 0
        for word in range(len(words)):  # a word that vanishes in normalisation borrows its neighbour's piece
            if starts[word] < 0:
                starts[word] = ends[word] = before
            before = ends[word]
        first[row, : len(words)] = starts
        last[row, : len(words)] = ends
    return Arrays(pieces, cases, first, last, word_cases)
