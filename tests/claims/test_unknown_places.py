"""How places that the gazetteer lacks are called, and common nouns that are no towns."""

from __future__ import annotations

import pytest

from trucewatch import codebook
from trucewatch.claims.where import Scene, locate
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.nouns import Place


def place(words: str) -> Place | None:
    """The place of a phrase in a report on India."""
    scene = Scene.of([("LOC", "India")], codebook.load(), Gazetteer.open(), text="")
    found = locate(words, scene, Gazetteer.open())
    return found.place if found else None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Bokob for a raid", "Bokob"),
        ("Sarokai area on", "Sarokai area"),
        ("Kachlaram between the two camps", "Kachlaram"),
        ("Khuro village in the hills", "Khuro village in the hills"),
    ],
)
def test_the_name_of_an_unknown_place_ends_before_something_else(words: str, name: str) -> None:
    found = place(words)
    assert found is not None and found.name == name


def test_a_common_noun_behind_of_is_no_town() -> None:
    found = place("camp of the Special Branch of Police")
    assert found is None or found.country != "POL"
