"""Whose deed it is where the words turn it round."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, triggered


@pytest.mark.parametrize(
    ("sentence", "hurt"),
    [
        ("Two soldiers were killed when their vehicle hit a mine.", "soldiers"),
        ("A farmer died after stepping on a landmine in Hama.", "farmer"),
        ("Two police officers were killed when their car hit a roadside bomb.", "police officers"),
    ],
)
def test_whoever_meets_a_mine_is_hurt_by_it(sentence: str, hurt: str) -> None:
    (claim,) = coded(sentence)
    assert (claim.type, claim.mode, claim.actors) == ("ASSAULT", "explosives", ())
    assert hurt in {party.name for party in claim.recipients}


def test_whoever_hits_with_a_bomb_is_not_hurt_by_it() -> None:
    (claim,) = coded("Rebels hit a bridge with a bomb.")
    assert [party.name for party in claim.actors] == ["rebels"]


@pytest.mark.parametrize(
    ("sentence", "taker", "from_whom"),
    [
        ("Goma fell to the M23 rebels on Monday.", "March 23 Movement", []),
        ("The port of Marsa fell to Islamist fighters after a week.", "Islamist fighters", []),
        ("The fall of Raqqa to the Islamic State surprised the embassies.", "Islamic State", []),
        ("The Malian army lost the town to Tuareg rebels last month.", "Tuareg rebels", ["Malian Armed Forces"]),
    ],
)
def test_what_falls_or_is_lost_to_somebody_is_taken_by_him(sentence: str, taker: str, from_whom: list[str]) -> None:
    (claim,) = coded(sentence)
    assert (claim.type, [party.name for party in claim.actors]) == ("ASSAULT", [taker])
    assert [party.name for party in claim.recipients] == from_whom


def test_who_loses_men_in_an_ambush_has_not_made_it() -> None:
    (claim,) = coded("The Malian army lost 14 soldiers in an ambush near Menaka.")
    assert claim.actors == ()
    assert "Malian Armed Forces" in {party.name for party in claim.recipients}


def test_who_loses_men_with_no_more_said_has_not_made_it() -> None:
    (_, claim) = coded("Rebels shelled Goma in Congo on Monday. South Africa lost nine soldiers in two days.")
    assert (claim.type, claim.actors) == ("ASSAULT", ())
    assert claim.place is None or claim.place.country == "COD"


def test_what_men_are_lost_in_is_told_once() -> None:
    (claim,) = coded("Armenia lost 135 soldiers in clashes with Azerbaijan.")
    assert {party.name for party in claim.actors + claim.recipients} == {"Armenia", "Azerbaijan"}


@pytest.mark.parametrize(
    ("text", "hurt"),
    [
        ("The army lost 14 soldiers in the battle for the city.", ["army"]),
        ("The troops, who lost 14 soldiers in the battle for the city, withdrew.", ["troops"]),
        ("Hezbollah, which lost 12 men, shelled on.", []),
    ],
)
def test_who_loses_men_in_a_fight_has_not_attacked_them(text: str, hurt: list[str]) -> None:
    claims = coded(text)
    (fight,) = (claim for claim in claims if claim.type == "ASSAULT")
    assert [party.name for party in fight.recipients] == hurt
    assert not any(claim.recipients for claim in claims if claim.type == "RETREAT")


def test_who_loses_men_in_its_own_bombardment_made_it() -> None:
    (claim,) = coded("The Malian army lost two soldiers in its bombardment of Kidal.")
    assert [party.name for party in claim.actors] == ["Malian Armed Forces"]


@pytest.mark.parametrize(
    ("sentence", "released_by", "to"),
    [
        ("The Red Cross received three hostages.", [], "International Committee of the Red Cross"),
        ("Ukraine received 1,200 bodies from Russia.", ["Russia"], "Ukraine"),
        ("The hostages were handed over to the Red Cross.", [], "International Committee of the Red Cross"),
    ],
)
def test_whoever_receives_captives_does_not_release_them(sentence: str, released_by: list[str], to: str) -> None:
    (claim,) = (one for one in coded(sentence) if one.type == "RETREAT")
    assert [party.name for party in claim.actors] == released_by
    assert to in {party.name for party in claim.recipients}


@pytest.mark.parametrize(
    ("sentence", "parties", "place"),
    [
        ("The Astana talks ended without agreement.", [], "Astana"),
        ("The Riyadh meeting between Rubio and Lavrov lasted four hours.", ["Marco Rubio", "Sergei Lavrov"], "Riyadh"),
        ("Moscow-Ankara talks resumed.", ["Russia", "Turkey"], None),
    ],
)
def test_a_capital_before_talks_is_where_they_are_held(sentence: str, parties: list[str], place: str | None) -> None:
    (claim,) = coded(sentence)
    assert [party.name for party in claim.actors] == parties
    assert (claim.place and claim.place.name) == place


def test_whoever_something_is_taken_from_suffers_the_seizure() -> None:
    claims = coded("The distribution of houses forcibly taken from locals caused a quarrel.")
    (claim,) = (one for one in claims if one.mode == "seize")
    assert ([party.name for party in claim.actors], [party.name for party in claim.recipients]) == ([], ["locals"])


def test_whoever_flees_from_an_attack_has_no_part_in_it() -> None:
    (claim,) = coded("Thousands of Kurds fled the fighting in Ras al-Ain.")
    assert claim.actors == ()


def test_what_was_theirs_is_not_struck_beside_them() -> None:
    (claim,) = coded("The army said two of its soldiers were killed in an attack on their vehicle near Binnish.")
    assert len(claim.recipients) == 1


def test_who_accepts_a_resignation_does_not_resign() -> None:
    (claim,) = coded("The president accepted the resignation of his interior minister.")
    assert [party.name for party in claim.actors] == ["interior minister"]
    assert [party.name for party in claim.recipients] == ["president"]


@pytest.mark.parametrize(
    "words", ["Germany said it hoped that the fighting would stop.", "Germany hopes that shelling will not resume."]
)
def test_who_hopes_for_an_end_of_violence_has_no_part_in_it(words: str) -> None:
    told = [claim for claim in coded(words, dt.date(2021, 3, 26)) if claim.type == "ASSAULT"]
    assert told and not any(claim.actors for claim in told)


def test_who_fires_after_a_truce_began_has_not_ceased_to() -> None:
    claims = coded("The army shelled Saraqib hours after the truce took effect on Friday.", dt.date(2021, 3, 26))
    (truce,) = (claim for claim in claims if claim.mode == "ceasefire")
    assert not truce.actors and not truce.recipients


@pytest.mark.parametrize(
    "text",
    [
        "The militants pulled out of Douma under heavy bombardment.",
        "The militants retreated towards Sukhnah after several days of heavy air strikes.",
    ],
)
def test_who_retreats_from_strikes_has_not_made_them(text: str) -> None:
    strikes = coded(text)[-1]
    assert (strikes.actors, [party.name for party in strikes.recipients]) == ((), ["militants"])


def test_who_is_to_ask_another_is_asked_himself() -> None:
    text = "Angela Merkel spoke to Vladimir Putin on Sunday and urged him to press the rebels to halt the shelling."
    (urged,) = (one for one in coded(text) if text[one.trigger.start : one.trigger.end] == "urged")
    assert [party.name for party in urged.recipients] == ["Vladimir Putin"]


def test_who_has_lost_men_in_a_clause_about_him_suffers_it() -> None:
    text = "Hezbollah, which has lost more than 1,000 fighters in Syria, sent reinforcements to Homs."
    (lost,) = (one for one in coded(text) if text[one.trigger.start : one.trigger.end] == "lost")
    assert (lost.actors, lost.recipients[0].name) == ((), "Hezbollah")


def test_alongside_whom_somebody_bombs_bombs_too() -> None:
    (raids,) = coded("Russia will step up its bombardments alongside the Syrian government against Aleppo.")
    assert [party.country for party in raids.actors] == ["RUS", "SYR"]


@pytest.mark.parametrize("how", ["in concert with", "in partnership with"])
def test_who_bombs_with_others_does_not_bomb_them(how: str) -> None:
    (raids,) = coded(f"Jordan bombed the depot {how} French aircraft.")
    assert [party.country for party in raids.actors] == ["JOR", "FRA"]


def test_who_speaks_of_a_violation_has_not_committed_it() -> None:
    fired = "Pakistan Rangers fired at a Border Security Force patrol in the Ramgarh sector of Samba district on Monday morning"
    said = "officials said, the first violation of the ceasefire since the February agreement."
    told = coded(f"JAMMU: {fired}, {said}", dt.date(2021, 5, 3))
    assert {party.country for claim in told if claim.type == "ASSAULT" for party in claim.actors} == {"PAK"}


def test_nobody_is_told_to_have_taken_what_was_lost_nor_to_surround_himself() -> None:
    told = coded("Kyiv admitted that part of the town had been lost, but denied that its troops were surrounded.")
    assert [(one.type, one.actors) for one in told] == [("ASSAULT", ()), ("COERCE", ())]
    assert [party.country for party in told[1].recipients] == ["UKR"]


def test_who_sends_fighters_acts_and_not_they() -> None:
    told = coded("Turkey has rejected accusations that it sent Syrian fighters to the front.")
    (sent,) = [one for one in told if one.type == "MOBILIZE"]
    assert [party.name for party in sent.actors] == ["Turkey"]


def test_beside_whom_somebody_fights_is_not_fought() -> None:
    told = coded("Eritrea, which fought beside the Ethiopian army, was not at the talks.")
    assert told[0].type == "COOPERATE"
    told = coded("Hezbollah bombed Aleppo beside the Syrian army.")
    assert {party.country for party in told[0].actors} == {"LBN", "SYR"}


def test_between_whom_somebody_brokers_a_truce_are_the_sides() -> None:
    (brokered,) = [
        one
        for one in coded("It is the truce that the United Nations brokered between Yemen's government and the Houthis.")
        if one.type == "CONSULT"
    ]
    assert [party.name for party in brokered.actors] == ["United Nations"]
    assert [party.name for party in brokered.recipients] == ["Government of Yemen", "Houthis"]


def test_for_whom_somebody_mediates_is_no_side() -> None:
    (mediated,) = coded("Olusegun Obasanjo, who mediated for the African Union, told reporters.")
    assert ([party.name for party in mediated.actors], mediated.recipients) == (["Olusegun Obasanjo"], ())


def test_who_besieges_in_a_clause_suffers_no_siege() -> None:
    (siege,) = coded("In Taiz, which Houthi forces have besieged for seven years, nothing has changed.")
    assert ([party.name for party in siege.actors], siege.recipients) == (["Houthis"], ())


def test_both_between_whom_a_truce_was_brokered_are_told_where_the_model_sees_one() -> None:
    told = coded(
        "A tanker with fuel reached the port of Hodeidah on Monday under the two-month truce that the United Nations brokered "
        "between Yemen's government and the Houthi movement."
    )
    (brokered,) = [one for one in told if one.type == "CONSULT"]
    assert {party.name for party in brokered.recipients} == {"Government of Yemen", "Houthis"}


@pytest.mark.parametrize(
    ("sentence", "losers"),
    [
        ("The LTTE said that it had lost four fighters.", "Liberation Tigers of Tamil Eelam"),
        ("The rebels said that they had lost four fighters in a sea battle off Jaffna.", "rebels"),
    ],
)
def test_who_says_of_himself_that_he_lost_men_suffered_it(sentence: str, losers: str) -> None:
    (claim,) = coded(sentence)
    assert (claim.type, claim.actors) == ("ASSAULT", ())
    assert [party.name for party in claim.recipients] == [losers]


def test_who_is_only_told_of_a_withdrawal_does_not_withdraw() -> None:
    text = "Sri Lanka's government notified Norway on Thursday that it was withdrawing from the ceasefire of 2002."
    (claim,) = coded(text, dt.date(2008, 1, 4))
    assert [party.name for party in claim.actors] == ["Sri Lankan government"]


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        (
            "A mine killed six Indian soldiers near Uri on Monday, the army said. Pakistan said that India had staged the attack.",
            [],
        ),
        (
            "A mine killed six Indian soldiers near Uri on Monday, the army said. India said that Pakistan had staged the attack.",
            ["Pakistan"],
        ),
    ],
)
def test_nobody_hits_his_own_by_the_word_of_another(text: str, doers: list[str]) -> None:
    attack = next(claim for claim in coded(text, dt.date(2019, 11, 5)) if claim.type == "ASSAULT")
    assert [party.name for party in attack.actors] == doers


@pytest.mark.parametrize(
    "sentence",
    [
        "Mortar fire came from the direction of army positions.",
        "A Georgian policeman was killed by shots from the direction of a Russian checkpoint at Karaleti.",
    ],
)
def test_from_what_direction_it_came_tells_of_nobody(sentence: str) -> None:
    (claim,) = coded(sentence)
    assert (claim.type, claim.actors) == ("ASSAULT", ())


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        (
            "Israel said that Hezbollah fighters had crossed the line and that it had struck them.",
            [("Hezbollah", []), ("Israel", ["Hezbollah"])],
        ),
        (
            "The army said that rebels had attacked its post and that it returned fire.",
            [("rebels", ["army's post"]), ("army", [])],
        ),
        (
            "Ukraine's army said that Russian troops had shelled Kharkiv and that it had destroyed two guns.",
            [("Russian Armed Forces", []), ("Armed Forces of Ukraine", [])],
        ),
    ],
)
def test_it_is_not_many_who_act_in_the_clause_beside(sentence: str, sides: list[tuple[str, list[str]]]) -> None:
    told = coded(sentence)
    assert [([a.name for a in one.actors], [b.name for b in one.recipients]) for one in told] == [
        ([a], b) for a, b in sides
    ]


def test_of_two_who_agree_on_a_truce_both_have_fought() -> None:
    text = (
        "Thailand and Cambodia agreed on Monday to an immediate and unconditional ceasefire from midnight, Malaysian Prime Minister "
        "Anwar Ibrahim said after talks, five days after fighting broke out along their border."
    )
    (fought,) = (claim for claim in coded(text, dt.date(2025, 7, 28)) if claim.type == "ASSAULT")
    assert {party.name for party in fought.actors} == {"Thailand", "Cambodia"}


@pytest.mark.parametrize(
    ("text", "trigger", "sides"),
    [
        ("A bomb blamed on the Shabab killed two Kenyan policemen.", "blamed", ([], ["al-Shabaab"])),
        ("The minister blamed the explosion on Sweden.", "blamed", (["minister"], ["Sweden"])),
        ("Mali recalled its ambassador to France.", "recalled", (["Mali"], ["France"])),
        ("Spain recalled its ambassador from Managua on Monday.", "recalled", (["Spain"], ["Nicaragua"])),
        (
            "Kazakh police fired on rioters with the support of Russian paratroopers.",
            "support",
            (["Russian Armed Forces"], ["Kazakh police"]),
        ),
    ],
)
def test_on_whom_it_is_blamed_with_whose_help_it_is_done_and_from_whom_an_envoy_is_recalled(
    text: str, trigger: str, sides: tuple[list[str], list[str]]
) -> None:
    claim = triggered(text, trigger)
    assert ([one.name for one in claim.actors], [one.name for one in claim.recipients]) == sides


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        (
            "President Obama accused Russia of arming the separatists but ruled out military action.",
            "action",
            "Barack Obama",
        ),
        ("The White House blamed Iran for the attack but ruled out air strikes.", "air strikes", "White House"),
        ("Macron condemned the raid by Malian troops but ruled out a French intervention.", "intervention", "France"),
    ],
)
def test_what_somebody_rules_out_is_a_deed_of_his_own(text: str, trigger: str, actor: str) -> None:
    claim = triggered(text, trigger, dt.date(2014, 8, 29))
    assert [party.name for party in claim.actors] == [actor]
    assert claim.recipients == ()


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("France told Israel that it had breached the ceasefire 52 times.", "Israel"),
        ("The mediators told the rebels that they had broken the truce.", "rebels"),
        ("The mission told reporters that the army had violated the truce.", "army"),
    ],
)
def test_who_is_told_of_a_breach_broke_the_truce(sentence: str, actor: str) -> None:
    (claim,) = (one for one in coded(sentence, dt.date(2024, 12, 3)) if one.type == "ASSAULT")
    assert [party.name for party in claim.actors] == [actor]
