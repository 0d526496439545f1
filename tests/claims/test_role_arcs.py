"""Who stands near an event and takes no part in it, or another part than its grammar says."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, first, triggered


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Haftar and Sarraj met in Paris to prevent a war in Libya.", "ASSAULT"),
        ("Hundreds of Lebanese soldiers were in the street to avoid further clashes.", "ASSAULT"),
        ("Prime Minister Nouri al-Maliki was asked for a plan to end sectarian violence.", "ASSAULT"),
        ("A hidden agreement was made of which parliament was not notified.", "AGREE"),
        ("Israel thwarted a suicide bombing.", "ASSAULT"),
        ("Russian peacekeepers reported a violation of the ceasefire near Askeran.", "ASSAULT"),
        # nor who says so at the end
        ("At least 17 people were killed in Dnipro, the governor, Serhiy Lysak, said.", "ASSAULT"),
        # nor who holds the place
        ("Two soldiers were killed in the Israeli-occupied Golan Heights on Friday.", "ASSAULT"),
        ("Clashes broke out in the Turkish-occupied town of Ras al-Ain.", "ASSAULT"),
        # nor who receives those whom others have taken
        ("The Red Cross received three hostages.", "ASSAULT"),
        ("Five kidnapped schoolgirls were found by troops.", "ASSAULT"),
    ],
)
def test_who_averts_or_is_told_of_a_thing_does_not_do_it(sentence: str, event: str) -> None:
    told = [claim for claim in coded(sentence, dt.date(2017, 7, 25)) if claim.type == event]
    assert [claim.actors for claim in told] == [()]


@pytest.mark.parametrize(
    ("sentence", "recipient"),
    [
        ("The marches began days after Brown's shooting.", "Brown"),
        ("Hariri's killing was followed by marches.", "Rafik Hariri"),
        ("Hariri was killed by a car bomb.", "Rafik Hariri"),
    ],
)
def test_whose_killing_it_is_did_not_do_it_nor_did_the_weapon(sentence: str, recipient: str) -> None:
    (claim,) = [claim for claim in coded(sentence, dt.date(2005, 3, 1)) if claim.type == "ASSAULT"]
    assert ([*claim.actors], [party.name for party in claim.recipients]) == ([], [recipient])


def test_who_tells_of_the_dead_has_not_killed_them() -> None:
    text = "More than 900 people have been killed since May in the conflict, according to the United Nations."
    (killed,) = coded(text, dt.date(2019, 9, 30))
    assert not killed.actors


def test_who_is_asked_for_something_did_not_do_what_is_condemned() -> None:
    text = "Government forces shelled Ariha. Turkey condemned the attack and called on Russia to keep the ceasefire."
    claims = coded(text, dt.date(2021, 10, 21))
    assert "Russia" not in {party.name for claim in claims if claim.type == "ASSAULT" for party in claim.actors}
    assert [party.name for claim in claims if claim.type == "ACCUSE" for party in claim.recipients] == [
        "Syrian Arab Army"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "An INSAS rifle was recovered from the spot. Two rebels had been killed in Sukma on March 13.",
        "EFPs killed two soldiers in Basra on Friday.",
        "Shells fell on Hodeidah in Yemen. Artillery fire was heard in the east of the city for an hour, and then it was quiet.",
    ],
)
def test_a_weapon_does_nothing(text: str) -> None:
    assert not first(text).actors


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Nadia Haddad fled Homs before her arrest in 2011.", [], ["Nadia Haddad"]),
        ("The captain went into hiding before the coup, and his detention angered Homs.", [], ["captain"]),
        ("The dispute in Homs was over houses taken from shopkeepers.", [], ["shopkeepers"]),
        ("The army's killing of six civilians in Homs caused outrage.", ["Syrian Army"], ["civilians"]),
    ],
)
def test_whose_arrest_it_is_suffers_it(text: str, actors: list[str], recipients: list[str]) -> None:
    claim = next(claim for claim in coded(text) if claim.type in ("COERCE", "ASSAULT"))
    assert [party.name for party in claim.actors] == actors
    assert [party.name for party in claim.recipients] == recipients


def test_who_is_killed_beside_others_does_not_kill_them() -> None:
    claim = first("Seventy people were killed yesterday including 11 members of the army and militiamen loyal to them.")
    assert not claim.actors
    assert "militiamen" in {party.name for party in claim.recipients}


def test_an_attack_in_support_of_somebody_is_none_on_him() -> None:
    text = "Coalition forces conducted ten strikes coordinated with and in support of the Government of Iraq."
    (strikes,) = [claim for claim in coded(text, dt.date(2016, 10, 19)) if claim.type == "ASSAULT"]
    assert strikes.recipients == ()


def test_who_is_asked_by_another_in_the_same_breath_is_not_who_is_blamed() -> None:
    text = "France also denounced the attacks, while the UN Security Council called on all Libyans to preserve national unity."
    (denounced,) = [claim for claim in coded(text, dt.date(2013, 8, 23)) if claim.type == "ACCUSE"]
    assert not denounced.recipients


def test_on_whom_something_is_blamed_is_the_accused() -> None:
    text = "Two aid workers were shot dead in Juba in May, a crime South Sudan blamed on the rebels."
    (blamed,) = [claim for claim in coded(text, dt.date(2016, 8, 1)) if claim.type == "ACCUSE"]
    assert [party.text for party in blamed.recipients] == ["the rebels"]


def test_no_group_that_says_so_is_nobody() -> None:
    text = "No group has yet said that it carried out the attack in Nice."
    (attack,) = coded(text, dt.date(2016, 7, 15))
    assert (attack.actors, attack.attributed_to) == ((), None)


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        (
            "Clashes broke out between two units of the Hamza Division in Afrin.",
            (["Hamza Division"], ["Hamza Division"]),
        ),
        (
            "Clashes broke out between the Hamza Division and the army in Afrin.",
            (["Hamza Division"], ["Syrian Arab Army"]),
        ),
        ("Infighting within the Hamza Division has erupted in Afrin.", (["Hamza Division"], ["Hamza Division"])),
        ("Units of the Hamza Division fought each other in Afrin.", (["Hamza Division"], ["Hamza Division"])),
    ],
)
def test_those_of_one_group_who_clash_are_both_sides(sentence: str, sides: tuple[list[str], list[str]]) -> None:
    claim = first(sentence)
    assert ([one.name for one in claim.actors], [one.name for one in claim.recipients]) == sides


def test_a_ceasefire_of_two_peoples_is_of_both_and_not_of_who_brokered_it() -> None:
    claim = first("The Iranian-Saudi ceasefire, brokered by Iraq, is holding.")
    assert {one.country for one in claim.actors} == {"IRN", "SAU"}


def test_who_wants_an_end_to_a_war_does_not_make_it() -> None:
    text = (
        "The general appointed the former rebel Malik Agar in his place. Agar promised to work for an end to the war."
    )
    assert all("Agar" not in party.name for claim in coded(text) if claim.type == "ASSAULT" for party in claim.actors)


def test_a_patron_does_not_fight_for_those_whom_he_backs() -> None:
    found = coded("Most of the rebels in the north being backed by Turkey, clashes between them are common.")
    actors = {claim.type: [one.name for one in claim.actors] for claim in found}
    assert actors == {"AID": ["Turkey"], "ASSAULT": []}


def test_who_is_accused_is_not_the_one_who_accuses_in_a_clause_without_a_subject() -> None:
    cut = "Sudan's government cut ties with the United Arab Emirates"
    charge = f"{cut}, accusing it of arming the RSF with the drones that hit Port Sudan."
    (aid,) = (claim for claim in coded(charge, dt.date(2025, 6, 3)) if claim.type == "AID")
    assert [one.country for one in aid.actors] == ["ARE"]


@pytest.mark.parametrize("them", ["the army in Bara, forcing it", "troops in Bara, forcing them"])
def test_who_forces_another_to_withdraw_does_not_withdraw(them: str) -> None:
    (retreat,) = (
        one for one in coded(f"Rebels fought {them} to withdraw.", dt.date(2025, 6, 3)) if one.type == "RETREAT"
    )
    assert [one.sector for one in retreat.actors] == ["MIL"]


@pytest.mark.parametrize("deed", ["them to retaliate", "them to shell the hill"])
def test_who_forces_another_to_shoot_does_not_shoot(deed: str) -> None:
    claims = coded(f"Rebels ambushed the soldiers near Garhwa, forcing {deed}.")
    assert [party.name for party in claims[-1].actors] == ["soldiers"]


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        (
            "A priest who was abducted by al-Shabaab in May is alive, and work for his release goes on.",
            "RETREAT",
            ["al-Shabaab"],
        ),
        ("Before the visit, many hope that Cuba, still led by Raul Castro, can open up.", "CONSULT", []),
        (
            "Killings of elders shook the east of Deir ez-Zor, which is controlled by the Syrian Democratic Forces.",
            "ASSAULT",
            [],
        ),
    ],
)
def test_who_does_something_may_do_what_else_is_told_but_not_who_only_holds_something(
    text: str, kind: str, actors: list[str]
) -> None:
    (claim,) = (claim for claim in coded(text) if claim.type == kind and claim.mode != "abduct")
    assert [one.name for one in claim.actors] == actors


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The opposition leader recalled the killings.", "killings"),
        ("The rebels said that they would not withdraw until the shelling stopped.", "shelling"),
        ("Seven prisoners were released to the custody of the government.", "released"),
    ],
)
def test_who_recalls_outwaits_or_takes_over_has_not_done_it(text: str, trigger: str) -> None:
    (claim,) = (one for one in coded(text) if text[one.trigger.start : one.trigger.end] == trigger)
    assert claim.actors == ()


def test_the_dead_do_not_speak() -> None:
    (claim,) = coded('Two children were among the dead. "They hit the same street twice," he said.')
    assert claim.attributed_to is None


def test_who_puts_the_number_of_dead_has_not_killed_them() -> None:
    (died,) = coded("The ministry said five soldiers had died; the rebels put the number at 20.")
    assert died.actors == ()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Hezbollah confirmed the death of the commander in the strike.", []),
        ("Hamas confirmed the killing of its leader.", []),
        ("The rebels reported the loss of two fighters in clashes near Raqqa.", []),
        ("Israel confirmed the killing of a Hezbollah commander.", ["Israel"]),
    ],
)
def test_who_only_confirms_a_death_has_killed_nobody(text: str, actors: list[str]) -> None:
    (claim,) = (one for one in coded(text) if one.type == "ASSAULT")
    assert [one.name for one in claim.actors] == actors


@pytest.mark.parametrize(("whom", "recipients"), [("the army", ["army"]), ("the east", [])])
def test_whom_ground_is_taken_from_suffers_it(whom: str, recipients: list[str]) -> None:
    (taken,) = coded(f"The rebels captured two villages from {whom}.")
    assert [party.name for party in taken.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Kyiv rejected the call, and said that it might ask the Security Council for peacekeepers.", "UNO"),
        ("Serbia rejected the demand and said it would ask the European Union for help.", "EUR"),
        ("Iran dismissed the warning and said it would urge China to send an envoy.", "CHN"),
        ("Sudan condemned the attack and said it would ask Egypt for doctors.", "EGY"),
    ],
)
def test_who_is_asked_for_something_beside_it_has_no_part_in_what_is_rejected_or_condemned(
    text: str, asked: str
) -> None:
    told = [(one.type, party.country) for one in coded(text) for party in (*one.actors, *one.recipients)]
    assert {type_ for type_, country in told if country == asked} & {"REJECT", "ACCUSE", "ASSAULT", "THREATEN"} == set()
    assert ("REQUEST", asked) in told


def test_who_backs_somebody_does_not_fight_him() -> None:
    claims = coded("Militiamen, who back the government, and the general's fighters skirmished.")
    (skirmish,) = (claim for claim in claims if claim.type == "ASSAULT")
    assert "government" not in {party.name for party in (*skirmish.actors, *skirmish.recipients)}


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("The hostages whom the militants plan to release were seized in 2014.", "release", "militants"),
        ("The envoys named 40 prisoners whom the rebels agreed to hand over.", "hand over", "rebels"),
        ("The soldiers whom the rebels forced to surrender were executed.", "surrender", "soldiers"),
    ],
)
def test_whom_somebody_means_to_free_frees_nobody(text: str, trigger: str, actor: str) -> None:
    assert [party.name for party in triggered(text, trigger).actors] == [actor]


def test_whom_somebody_helps_is_in_the_clause_that_says_so() -> None:
    claims = coded("The militiamen, who back the government, clashed with the general's fighters.")
    helps = next(one for one in claims if one.type in ("AID", "SUPPORT"))
    assert [party.name for party in helps.recipients] == ["government"]
