"""Tolls: how many were killed and injured, by the words alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.claims.tolls import tolls

ROOT = Path(__file__).parents[2]


def _rows() -> list[dict[str, str]]:
    with (ROOT / "tests" / "cases" / "tolls.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["sentence"])
def test_a_sentence_gives_its_tolls(row: dict[str, str]) -> None:
    assert "; ".join(f"{toll.kind} {toll.low}-{toll.high}" for toll in tolls(row["sentence"])) == row["tolls"]


def test_who_was_not_hurt_is_not_counted() -> None:
    assert tolls("Two ministers were not injured.") == []


def test_the_words_of_a_toll_are_its_evidence() -> None:
    sentence = "Rockets killed at least 34 people, and dozens were wounded."
    assert [sentence[toll.start : toll.end] for toll in tolls(sentence)] == [
        "killed at least 34 people",
        "dozens were wounded",
    ]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("12", 12, 12),
        ("1,200", 1200, 1200),
        ("2,00,000", 200000, 200000),
        ("1.5 million", 1500000, 1500000),
        ("a dozen", 12, 12),
        ("two dozen", 24, 24),
        ("half a dozen", 6, 6),
        ("several dozen", 36, 108),
        ("a hundred", 100, 100),
        ("two hundred and fifty", 250, 250),
        ("ninety-nine", 99, 99),
        ("several hundred", 300, 900),
        ("dozens of", 24, 99),
        ("scores of", 40, 99),
        ("hundreds of", 200, 999),
        ("thousands of", 2000, 9999),
        ("tens of thousands of", 20000, 99999),
        ("hundreds of thousands of", 200000, 999999),
        ("more than 30", 30, 30),
        ("nearly 30", 30, 30),
        ("up to 30", 0, 30),
        ("between 20 and 30", 20, 30),
        ("20 to 30", 20, 30),
        ("five or six", 5, 6),
    ],
)
def test_words_of_number_stand_for_their_range(words: str, low: int, high: int) -> None:
    (toll,) = tolls(f"The strikes killed {words} people.")
    assert (toll.kind, toll.low, toll.high) == ("killed", low, high)


_WORDS = st.sampled_from(
    "killed killing wounded dead died injured two five dozens of soldiers policeman a the his and , . including 12 1,200 people "
    "at least up to between no one casualties toll lives bodies Omar Abu who were was been 2011 half dozen hundred ( ) - another".split(
        " "
    )
)


@given(st.lists(_WORDS, max_size=25))
def test_any_words_of_killing_give_ranges_inside_the_sentence(words: list[str]) -> None:
    sentence = " ".join(words)
    for toll in tolls(sentence):
        assert 0 <= toll.low <= toll.high
        assert 0 <= toll.start < toll.end <= len(sentence)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    tolls(text)
