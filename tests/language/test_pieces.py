"""Words become the pieces of BERT's uncased vocabulary, and every word points at its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.language.pieces import LONGEST, arrays
from trucewatch.language.wordpiece import UNKNOWN, pieces, vocabulary


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Troops", ["troops"]),
        ("warplanes", ["warp", "##lane", "##s"]),
        ("Erdoğan", ["er", "##dog", "##an"]),
        ("Mu'tasim", ["mu", "'", "ta", "##si", "##m"]),
        ("1,200", ["1", ",", "200"]),
        ("ᎣᏏᏲ", ["[UNK]"]),
        ("\u200b", []),
    ],
)
def test_pieces_of_a_word(word: str, expected: list[str]) -> None:
    names = {number: piece for piece, number in vocabulary().items()}
    assert [names[number] for number in pieces(word)] == expected


def test_vocabulary_is_complete() -> None:
    assert len(vocabulary()) == 30522
    assert vocabulary()["[UNK]"] == UNKNOWN


@given(st.lists(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=40), min_size=1, max_size=4))
def test_every_word_points_into_its_sentence(batch: list[list[str]]) -> None:
    made = arrays(batch)
    assert made.pieces.shape == made.casing.shape
    assert made.pieces.shape[1] <= LONGEST
    for row, words in enumerate(batch):
        size = int((made.pieces[row] != 0).sum())
        first, last = made.first[row, : len(words)], made.last[row, : len(words)]
        assert (first <= last).all()
        assert (last < size - 1).all()
