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


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        (
            "Gunmen killed nine people in Bangui, a day after a grenade attack there killed three.",
            {"killed": (9, None), "grenade attack": (3, None)},
        ),
        (
            "The bombing in Pattani, which killed a monk, came after a year in which 300 people died in violence.",
            {"bombing": (1, None), "died": (300, None)},
        ),
    ],
)
def test_a_toll_is_of_what_tells_it_or_has_those_victims(text: str, tolls: dict[str, tuple[int, None]]) -> None:
    assert suffered(text) == tolls


def test_a_death_that_came_before_is_none_of_an_attacks() -> None:
    assert suffered("Since the death of President Lansana, soldiers have fired on protesters in Conakry.") == {}


def test_who_died_besides_is_added() -> None:
    text = "Fourteen people were killed on Monday in the mortar attack on Zepa, and three more died on Tuesday."
    assert suffered(text) == {"mortar attack": (17, None)}


@pytest.mark.parametrize(
    "text",
    [
        "A bomb in Cali killed 12 people on Friday. The toll rose to 15 on Sunday.",
        "A bomb in Cali killed 12 people on Friday. Three more died overnight, bringing the toll to 15.",
        "The toll from Friday's bombing in Cali has risen to 15. The bombing, in a market, killed 12 people at first.",
    ],
)
def test_what_a_toll_rose_to_goes_before_what_it_was(text: str) -> None:
    assert list(suffered(text).values()) == [(15, None)]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb in Cali killed 12 people on Friday. The toll for the year rose to 300.",
        "Soldiers shot dead 12 people in Cali on Friday, bringing the toll to 300.",
        "Twelve more rebels were shot dead near Cali on Friday, bringing the rebel toll to 300.",
    ],
)
def test_a_toll_of_more_than_one_deed_is_none_of_its(text: str) -> None:
    assert list(suffered(text).values()) == [(12, None)]


def test_a_toll_in_another_town_is_none_of_the_attack_told_before() -> None:
    assert suffered("Shells hit the port of Beira on Monday. The toll in Nampula stands at 12.") == {}


def test_the_dead_of_both_sides_are_one_toll() -> None:
    assert suffered("The army said it lost four men and killed 20 guerrillas in a battle near San Vicente.") == {
        "battle": (24, None)
    }


def test_the_dead_of_riots_are_none_of_the_shooting_that_set_them_off() -> None:
    text = "The shooting of two students in Gondar on Friday set off riots in which 14 people were killed."
    assert suffered(text) == {"riots": (14, None)}


@pytest.mark.parametrize(
    ("told", "later", "killed"),
    [
        ("More than 20 people were killed", "Doctors counted 24 dead.", 24),
        ("Dozens of people were killed", "Doctors counted 42 dead.", 42),
        ("More than 20 people were killed", "Twelve children died.", 20),
        ("More than 20 people were killed", "The toll in the whole province is 400.", 20),
        ("Exactly 20 people were killed", "Doctors counted 24 dead.", 20),
    ],
)
def test_how_many_at_least_so_many_were_is_told_later(told: str, later: str, killed: int) -> None:
    assert list(suffered(f"{told} in a bombing in Lahore on Monday. {later}").values()) == [(killed, None)]


def test_others_who_were_hurt_are_not_added_to_one_of_them() -> None:
    text = (
        "Twenty people were killed and 50 others wounded in the blast, including the mayor, who was slightly injured."
    )
    assert suffered(text) == {"blast": (20, 50)}


def test_others_of_one_sentence_are_added_where_it_tells_of_no_attack() -> None:
    text = (
        "Gunmen fired on a car near Wageasi on Friday. "
        "A trader sustained grave injuries and another trader sustained minor injuries."
    )
    assert suffered(text) == {"fired": (None, 2)}


@pytest.mark.parametrize(
    ("text", "trigger", "killed"),
    [
        ("Rebels responded to army fire, killing two civilians.", "responded", 2),
        ("Turkish jets responded to a rebel attack on a post, killing five rebels.", "responded", 5),
        ("Israel responded to rocket fire with air strikes, killing a farmer.", "air strikes", 1),
    ],
)
def test_who_is_killed_in_answer_died_of_the_answer(text: str, trigger: str, killed: int) -> None:
    told = {text[one.trigger.start : one.trigger.end]: one for one in coded(text)}
    assert [word for word, one in told.items() if one.killed] == [trigger]
    count = told[trigger].killed
    assert count is not None and count.low == killed


@pytest.mark.parametrize(
    ("later", "killed"),
    [("The strike killed five people, the hospital said.", 5), ("The strike killed the commander on his way home.", 1)],
)
def test_a_deed_that_killed_somebody_who_matters_and_then_several_killed_several(later: str, killed: int) -> None:
    text = f"An air strike killed the rebel commander Musa Idris in Nyala on Sunday. {later}"
    assert suffered(text)["air strike"] == (killed, None)
