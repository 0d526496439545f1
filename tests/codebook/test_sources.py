"""One name for each source, and none for a mere kind of people."""

from __future__ import annotations

import pytest

from trucewatch.codebook import sources


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("SOHR", "Syrian Observatory for Human Rights"),
        ("the White Helmets", "White Helmets"),
        ("AFP", "Agence France-Presse"),
        ("Martin Griffiths", "Martin Griffiths"),
        ("Nebenzia", "Nebenzia"),
        ("الدفاع المدني", "الدفاع المدني"),
        ("medics", None),
        ("Witnesses", None),
        ("Sources", None),
        ("a military source", None),
        ("Yemeni security officials", None),
        ("", None),
    ],
)
def test_whom_a_source_names(said: str, name: str | None) -> None:
    assert sources.named(said) == name


@pytest.mark.parametrize(
    ("spelled", "name"),
    [("AFP", "Agence France-Presse"), ("reuters.com", "Reuters"), ("Harbour Post", "Harbour Post")],
)
def test_what_an_outlet_is_called(spelled: str, name: str) -> None:
    assert sources.outlet(spelled) == name


@pytest.mark.parametrize(
    ("name", "words", "fits"),
    [
        ("AFP", "Agence France-Presse", True),
        ("Agence France-Presse", "AFP", True),
        ("Agence France-Presse", "france", True),
        ("Reuters", "AFP", False),
        ("The Border Desk", "border desk", True),
        ("The Morning Express", "press", False),
        (None, "AFP", False),
    ],
)
def test_an_outlet_is_asked_for_by_any_of_its_names(name: str | None, words: str, fits: bool) -> None:
    assert sources.is_outlet(name, words) is fits
