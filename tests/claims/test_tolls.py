"""Whose toll it is: which claim gets the dead and injured that a text tells of, by the packaged model's parse."""

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Count


def suffered(text: str) -> dict[str, tuple[int | None, int | None]]:
    """Of every claim with a toll, by its trigger: the most that were killed and injured."""
    claims = coded(text)
    return {
        text[c.trigger.start : c.trigger.end]: (_most(c.killed), _most(c.injured))
        for c in claims
        if c.killed or c.injured
    }


def _most(count: Count | None) -> int | None:
    return count.high if count else None


def test_a_toll_is_of_what_its_verb_hangs_on_and_not_of_what_stands_near() -> None:
    text = (
        "Guerrillas set off a truck bomb outside the Bogota club, killing 36 people and wounding 198, but damage from "
        "Friday's raid was far smaller."
    )
    assert suffered(text) == {"set off": (36, 198)}


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Two militants were killed and a third was arrested during a gun battle in Sopore.", "gun battle"),
        ("Rioting in Kano killed two people on Sunday.", "Rioting"),
        (
            "Troops exchanged fire with rebels near Sukma. The bodies of two rebels were recovered with a rifle.",
            "exchanged",
        ),
    ],
)
def test_nobody_dies_of_an_arrest_or_a_march_but_of_violence(text: str, trigger: str) -> None:
    assert suffered(text) == {trigger: (2, None)}


def test_of_two_figures_the_nearer_one_stays() -> None:
    text = "Doctors counted 64 dead in the blasts at Sharm el-Sheikh, but a ministry says the death toll is 88."
    assert suffered(text) == {"blasts": (64, None)}


def test_a_toll_told_afterwards_is_of_the_attack_and_not_of_what_it_destroyed() -> None:
    text = "A bomb went off outside the courthouse in Charsadda. The front gate was destroyed. No casualties were reported."
    assert suffered(text) == {"bomb": (0, 0)}
