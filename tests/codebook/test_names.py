"""Names fold to one key however they are spelled."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.codebook.names import fold, is_acronym, spelled_alike

CASES = Path(__file__).parents[1] / "cases" / "names.csv"


def _cases() -> list[tuple[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return [(row["name"], row["folded"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("name", "folded"), _cases())
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_a_folded_name_is_lower_case_single_spaced_and_bare(name: str) -> None:
    key = fold(name)
    assert key == " ".join(key.split())
    assert not set(key) & set("-'’.,&")
    assert not key.startswith("the ") or name.lower().count("the ") > 1


@pytest.mark.parametrize("name", ["", "  ", "'", "--", "..."])
def test_what_holds_nothing_folds_to_nothing(name: str) -> None:
    assert fold(name) == ""


def test_acronyms() -> None:
    assert is_acronym("US")
    assert is_acronym("U.S.")
    assert is_acronym("FACT")
    assert not is_acronym("UNICEF")
    assert not is_acronym("Mali")


@pytest.mark.parametrize(
    ("alias", "name", "alike"),
    [
        ("US", "US", True),
        ("US", "U.S.'s", True),
        ("US", "us", False),
        ("WHO", "Who", False),
        ("LeT", "let", False),
        ("LeT", "LeT", True),
        ("Iran", "iran", False),
        ("Iran", "IRAN", True),
        ("إدلب", "إدلب", True),
    ],
)
def test_capitals_tell_acronyms_from_words(alias: str, name: str, alike: bool) -> None:
    assert spelled_alike(alias, name) is alike
