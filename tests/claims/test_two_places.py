"""One sentence that tells of harm at two places tells of two events, each with its own dead."""

from __future__ import annotations

import pytest

from tests.claims.made import coded


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Nine people were killed in Gaza, while rockets wounded two in Sderot.", ["Gaza Strip", "Sderot"]),
        ("Two soldiers were killed in Agdam and three wounded in Martuni.", ["Aghdam", "Khojavend"]),
        ("Shells killed three in Donetsk, while a mine wounded two near Luhansk.", ["Donetsk", "Luhansk"]),
        ("Five people were shot dead in Gao and nine wounded in Kidal.", ["Gao", "Kidal"]),
        ("Four people were killed in Idlib and six hurt in Aleppo on Monday.", ["Idlib", "Aleppo"]),
    ],
)
def test_each_place_has_its_own_toll(text: str, places: list[str]) -> None:
    died, hurt = coded(text)
    assert [claim.place and claim.place.name for claim in (died, hurt)] == places
    assert died.killed
    assert hurt.injured
    assert (died.injured, hurt.killed) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "The shelling killed three people and wounded five in Kherson.",
        "Two men were killed near Goma in Congo and four wounded.",
    ],
)
def test_one_place_has_one_event(text: str) -> None:
    (claim,) = coded(text)
    assert claim.killed
    assert claim.injured


def test_harm_that_nobody_did_stays_untold() -> None:
    assert not coded("A bus crash killed four in Lagos and injured nine in Ibadan.")
