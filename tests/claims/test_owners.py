"""Who is meant where one word only says whose another is, or of what kind; who holds, or lost, what is told of; who is told not to be
the one."""

from __future__ import annotations

import pytest

from tests.claims.test_bystanders import sides


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("In retaliation, Pakistan's artillery pounded Indian posts.", "pounded", ["Pakistan Armed Forces"]),
        ("The regime's helicopters dropped barrel bombs on Daraya.", "dropped", ["regime's helicopters"]),
        ("The general whose men burned the village was promoted.", "burned", ["general's soldiers"]),
        ("A rebel leader whose fighters killed a priest was arrested.", "killed", ["fighters"]),
        ("Kenya sent soldiers to fight the rebels in Somalia.", "fight", ["Kenya"]),
        (
            "Armed groups such as Boko Haram and Ansaru have abducted pupils in Nigeria.",
            "abducted",
            ["Boko Haram", "Ansaru"],
        ),
    ],
)
def test_who_only_says_whose_or_of_what_kind_others_are_is_none_beside_them(
    text: str, trigger: str, actors: list[str]
) -> None:
    assert sides(text, trigger)[0] == actors


@pytest.mark.parametrize(
    ("text", "trigger", "recipients"),
    [
        ("Drones struck a camp run by Boko Haram.", "struck", ["Boko Haram"]),
        ("Rebels shelled a checkpoint manned by Turkish soldiers.", "shelled", ["Turkish Armed Forces"]),
        ("Guerrillas attacked a post manned by policemen.", "attacked", ["policemen"]),
        ("Planes bombed hospitals run by nuns in Rumbek.", "bombed", ["hospitals"]),
    ],
)
def test_who_holds_a_post_suffers_what_strikes_it_and_has_not_done_it(
    text: str, trigger: str, recipients: list[str]
) -> None:
    actors, suffer = sides(text, trigger)
    assert suffer == recipients
    assert not {*actors} & {*recipients}


@pytest.mark.parametrize(
    ("text", "trigger", "recipients"),
    [
        ("The army lost 12 men in an attack by al-Qaeda in Yemen.", "attack", ["Yemeni Armed Forces"]),
        ("The Houthis said they had lost six men in air strikes.", "air strikes", ["Houthis"]),
        ("The village lost 12 men in an attack by al-Qaeda in Yemen.", "attack", ["men"]),
    ],
)
def test_the_men_whom_an_armed_body_lost_are_its_own(text: str, trigger: str, recipients: list[str]) -> None:
    assert sides(text, trigger)[1] == recipients


def test_whose_president_soldiers_arrest_is_their_country_s() -> None:
    assert sides("Niger's soldiers arrested their own president.", "arrested")[1] == ["Niger's own president"]


@pytest.mark.parametrize(
    ("text", "trigger", "told"),
    [
        (
            "Mortar rounds fired by the Arakan Army landed in a Bangladeshi village.",
            "Mortar rounds",
            (["Arakan Army"], []),
        ),
        ("Islamic State overran the Iraqi city on Monday.", "overran", (["Islamic State"], [])),
    ],
)
def test_a_village_of_some_country_is_nobody(text: str, trigger: str, told: tuple[list[str], list[str]]) -> None:
    assert sides(text, trigger) == told


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("The UN said rebels had fired at its peacekeepers.", "UN peacekeepers"),
        ("The African Union said rebels had fired at its observers.", "African Union's observers"),
    ],
)
def test_peacekeepers_are_whose_they_are_said_to_be(text: str, recipient: str) -> None:
    assert sides(text, "fired")[1] == [recipient]


@pytest.mark.parametrize(
    ("text", "trigger", "told"),
    [
        (
            "Instead of Hamas, it was Islamic Jihad that Israel bombed.",
            "bombed",
            (["Israel"], ["Palestinian Islamic Jihad"]),
        ),
        ("Neither the rebels nor the army claimed the raid, in which six nuns died.", "raid", ([], ["nuns"])),
        ("Turkey said that they had beaten three migrants on Samos.", "beaten", ([], ["migrants"])),
        (
            "Qatar brokered a deal between the army and rebels in Darfur.",
            "deal",
            (["Sudanese Armed Forces"], ["rebels"]),
        ),
        ("India and Pakistan shelled each other's posts.", "shelled", (["India", "Pakistan"], [])),
        ("The Turkish side recorded 7 shellings, the Russian side 5.", "shellings", ([], [])),
        ("The Thai side recorded nine violations, the Cambodian side four.", "violations", ([], [])),
        (
            "Nepalese Maoists bombed a bus carrying policemen and prisoners.",
            "bombed",
            (["Communist Party of Nepal (Maoist)"], ["policemen", "prisoners"]),
        ),
        ("Kenya sent 200 policemen to the border on Monday.", "sent", (["Kenya"], [])),
    ],
)
def test_who_is_named_beside_it_takes_no_part_in_it(text: str, trigger: str, told: tuple[list[str], list[str]]) -> None:
    assert sides(text, trigger) == told


def test_neither_of_two_who_deny_it_is_left_out() -> None:
    assert sides("Neither Israel nor Hamas attacked the convoy.", "attacked")[0] == ["Israel", "Hamas"]
