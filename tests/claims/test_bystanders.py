"""Who takes part beside others, and who is only told of in the same sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded, first, sides, triggered


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The rebels said that their men had killed 20 soldiers near Homs.", ("rebels' fighters", "REB")),
        ("The Islamic State said its men had killed four soldiers in Homs.", ("Islamic State", "REB")),
        ("The police chief said his men had killed four burglars in Homs.", ("police chief's policemen", "COP")),
        ("RSF men killed two women in Nyala on Friday.", ("Rapid Support Forces", "PRM")),
        ("Two Syrian men killed a shepherd near Homs.", ("Syrian men", "CVL")),
    ],
)
def test_the_men_of_an_armed_body_are_its_fighters(text: str, actor: tuple[str, str]) -> None:
    (party,) = coded(text)[0].actors
    assert (party.name, party.sector) == actor


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Two soldiers were killed in Homs on Friday while four others were hurt.", ["soldiers"]),
        ("A policeman and three others were killed in Homs on Friday.", ["policeman", "others"]),
        ("A policeman was killed and three others were hurt in Homs on Friday.", ["policeman"]),
    ],
)
def test_others_are_more_of_those_told_of_before(text: str, recipients: list[str]) -> None:
    assert [party.name for party in coded(text)[0].recipients] == recipients


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The Kyrgyz side said it was under attack again.", []),
        ("Chad said its garrison had come under attack on Monday.", []),
        ("Chad said its garrison had come under attack from Boko Haram.", ["Boko Haram"]),
        ("Rebels kept Homs under bombardment on Monday.", ["rebels"]),
    ],
)
def test_who_comes_under_attack_or_says_so_has_not_made_it(text: str, actors: list[str]) -> None:
    assert [party.name for party in coded(text)[0].actors] == actors


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("A drone hit the Saudi Hospital in El Fasher overnight.", ("Saudi Hospital", None)),
        ("Rebels shelled the French Embassy in Khartoum.", ("French Embassy", "FRA")),
        ("Gunmen stormed Kabul University on Monday.", ("Kabul University", "AFG")),
    ],
)
def test_a_house_may_only_be_called_after_a_country(text: str, recipient: tuple[str, str | None]) -> None:
    (party,) = coded(text)[0].recipients
    assert (party.name, party.country) == recipient


def test_the_regimes_jets_are_one_party() -> None:
    (claim,) = coded("On Monday regime jets bombed a school in Kanbalu.")
    assert [party.name for party in claim.actors] == ["regime jets"]


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        (
            "A town administrator appointed by the junta was gunned down near Homs by two men on Monday.",
            "gunned down",
            ["men"],
            ["town administrator"],
        ),
        (
            "In Kawlin, which resistance forces captured in November, an official was shot dead.",
            "captured",
            ["resistance forces"],
            [],
        ),
        ("The 33rd Front attacked a police station in Tibú.", "attacked", ["33rd Front"], ["police station"]),
    ],
)
def test_who_acts_or_suffers_in_another_clause_does_not_in_this_one(
    text: str, trigger: str, actors: list[str], recipients: list[str]
) -> None:
    assert sides(text, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        ("Sweden thanked Norway and condemned Denmark.", "thanked", ["Sweden"], ["Norway"]),
        ("Sweden thanked Norway and condemned Denmark.", "condemned", ["Sweden"], ["Denmark"]),
        ("The vote was welcomed by Russia but rejected by Ukraine.", "rejected", ["Ukraine"], []),
        ("Rebels killed three soldiers and wounded two policemen.", "killed", ["rebels"], ["soldiers", "policemen"]),
    ],
)
def test_each_of_two_joined_events_has_whom_it_is_about(
    text: str, trigger: str, actors: list[str], recipients: list[str]
) -> None:
    assert sides(text, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The arrests came as the president left for Rome.", "arrests"),
        ("The bombing in Aleppo came hours after rebels signed a truce with the government.", "bombing"),
        ("The U.N. has joined an investigation into the killing of the mayor.", "killing"),
    ],
)
def test_who_does_something_else_then_or_looks_into_it_has_not_done_it(text: str, trigger: str) -> None:
    assert triggered(text, trigger).actors == ()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Venezuelan President Hugo Chavez has endorsed the candidate.", ["Hugo Chavez"]),
        ("The two Koreas exchanged fire across their border.", ["North Korea", "South Korea"]),
        ("Sudanese President Omar al-Bashir is ill. Mr. Bashir met the pope on Friday.", ["Omar al-Bashir"]),
    ],
)
def test_words_beside_a_name_and_the_halves_of_a_land(text: str, actors: list[str]) -> None:
    assert [party.name for party in coded(text, dt.date(2009, 5, 1))[0].actors] == actors


def test_whom_somebody_urges_is_another_though_his_verb_is_joined() -> None:
    claim = triggered("Mr. Obama called Mr. Putin and urged him to stop backing the separatists.", "backing")
    assert [party.name for party in claim.actors] == ["Vladimir Putin"]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("As officials gathered at the market, another blast took place in Quetta.", "blast"),
        ("The convoy was attacked at a time when elders of the tribes were planning to hold talks.", "attacked"),
    ],
)
def test_unarmed_people_who_are_near_by_have_not_done_it(text: str, trigger: str) -> None:
    assert triggered(text, trigger).actors == ()


def test_whom_strikes_support_is_not_struck() -> None:
    claims = coded("Syrian troops backed by Russian air strikes captured the town of Sarmin.")
    (strikes,) = (claim for claim in claims if claim.mode == "aerial")
    assert strikes.recipients == ()


def test_who_demands_that_others_disarm_does_not_disarm() -> None:
    claims = coded("The Druze factions rejected the regime's demand to hand over weapons.")
    (disarm,) = (claim for claim in claims if claim.mode == "disarm")
    assert disarm.actors == ()


@pytest.mark.parametrize(
    ("said", "actors"),
    [
        ("The president fled the country amid mass protests.", []),
        ("Police fired tear gas during protests.", []),
        ("Judges in Guinea went on strike on Monday.", ["judges"]),
    ],
)
def test_those_of_the_state_who_act_beside_a_protest_do_not_protest(said: str, actors: list[str]) -> None:
    (protest,) = (claim for claim in coded(said) if claim.type == "PROTEST")
    assert [party.name for party in protest.actors] == actors


@pytest.mark.parametrize(
    "said", ["sent a convoy of 30 vehicles across the border", "withdrew its artillery from the line"]
)
def test_what_is_moved_gets_nothing(said: str) -> None:
    assert coded(f"Turkey {said}.")[0].recipients == ()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Sudan has taken in 40,000 refugees since the war began.", []),
        ("The president resigned after clashes broke out in the capital.", []),
        ("The rebels agreed to a truce after a week of fighting.", ["rebels"]),
    ],
)
def test_who_does_something_else_when_fighting_begins_does_not_fight(text: str, actors: list[str]) -> None:
    (fight,) = (one for one in coded(text) if one.type == "ASSAULT")
    assert [party.name for party in fight.actors] == actors


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Cuba accused American warships of entering its waters.", ["Cuba"], ["US Navy"]),
        ("American warships accused Cuba.", [], ["Cuba"]),
    ],
)
def test_warships_may_be_accused_but_accuse_nobody(text: str, actors: list[str], recipients: list[str]) -> None:
    claim = first(text)
    assert ([one.name for one in claim.actors], [one.name for one in claim.recipients]) == (actors, recipients)


def test_harmless_people_do_no_violence_unless_it_is_sure() -> None:
    text = "Residents of Donetsk said they had slept through a night without shelling."
    assert triggered(text, "shelling").actors == ()


def test_a_bridge_beside_a_town_is_struck() -> None:
    (strike,) = coded("The strike destroyed a bridge near Homs.")
    assert [party.name for party in strike.recipients] == ["bridge"]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("Two children were among the dead. “They hit the same street twice,” he said.", "hit", []),
        ("The army bombed Homs. Two civilians were killed. They shelled it again on Monday.", "shelled", ["Syrian Arab Army"]),
        ("Nine farmers were killed by gunmen. They burned the village, too.", "burned", ["gunmen"]),
        ("Villagers were angry. They attacked the police station.", "attacked", ["villagers"]),
        ("Nurses were killed in the raid. They had treated the wounded.", "treated", ["nurses"]),
    ],
)  # fmt: skip
def test_they_who_strike_are_not_those_who_died(text: str, trigger: str, actors: list[str]) -> None:
    assert sides(text, trigger)[0] == actors


@pytest.mark.parametrize(
    ("text", "trigger", "recipients"),
    [
        (
            "Residents said jets bombed the town while delegates were signing a truce and that the rebels fired back.",
            "fired",
            [],
        ),
        ("Gunmen opened fire as worshippers left the mosque.", "opened", ["worshippers"]),
    ],
)
def test_who_does_something_when_another_thing_comes_does_not_suffer_this(
    text: str, trigger: str, recipients: list[str]
) -> None:
    assert sides(text, trigger)[1] == recipients


@pytest.mark.parametrize(
    ("before", "actors"),
    [
        ("Rebels attacked the base on March 3, 2012.", ["rebels"]),
        ("Soldiers guard a road in Homs, Syria, on March 3, 2012.", []),
        ("Policemen were seen near a mosque in Homs, Syria, March 3, 2012.", []),
    ],
)
def test_they_are_told_of_on_a_day_and_not_under_a_picture(before: str, actors: list[str]) -> None:
    assert sides(f"{before} They shelled a town on Monday.", "shelled")[0] == actors


def test_an_adjective_before_arms_says_whose_they_are() -> None:
    text = "Israeli tanks shelled the Lebanese village of Markaba on Thursday, wounding two people, state media said."
    assert [party.name for party in first(text).actors] == ["Israel Defense Forces"]


def test_who_was_hurt_before_a_raid_is_not_whom_it_hit() -> None:
    text = "Thailand carried out air strikes along its border with Cambodia after a Thai soldier was killed in Ubon Ratchathani."
    raid, killing = coded(text, dt.date(2025, 12, 8))
    assert (raid.mode, raid.recipients) == ("aerial", ())
    assert [party.name for party in killing.recipients] == ["Royal Thai Armed Forces"]


@pytest.mark.parametrize(
    "text",
    [
        "The Border Observer Team visited Prey Chan. A man was killed by gunfire, it confirmed. The team could not say who fired.",
        "The Border Observer Team visited Poipet and spoke with residents. The team was not able to establish who fired first.",
    ],
)
def test_who_asks_who_did_it_has_not_done_it(text: str) -> None:
    assert not any(claim.actors for claim in coded(text, dt.date(2025, 11, 13)) if claim.type == "ASSAULT")


def test_who_is_said_to_have_killed_has_killed() -> None:
    text = "Police named the attacker who killed four people near Parliament in London as a man of 52."
    assert [party.name for party in coded(text, dt.date(2017, 3, 23))[-1].actors] == ["attacker"]


def test_to_whom_one_apologises_for_a_death_has_not_caused_it() -> None:
    text = "Ilham Aliyev apologised to Vladimir Putin for the death of six Russian peacekeepers."
    assert triggered(text, "death").actors == ()


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Reporters were beaten by soldiers. They shot two of them.", "shot", (["soldiers"], ["reporters"])),
        ("Protesters were chased by police. They arrested forty of them.", "arrested", (["police"], ["protesters"])),
        ("Villagers were abducted by rebels. They released two of them.", "released", (["rebels"], ["villagers"])),
        ("Villagers captured two soldiers. They released them a day later.", "released", (["villagers"], ["soldiers"])),
        ("Police detained the journalists. They were freed a day later.", "freed", ([], ["journalists"])),
        ("Police questioned the men. Most of them were freed.", "freed", ([], ["men"])),
        ("Police arrested three men. They are suspected of arson.", "suspected", ([], ["men"])),
        ("Students were dispersed by police. They threw stones.", "threw", (["students"], [])),
        ("Turkey and Russia agreed on a truce in Idlib. It has been violated daily since.", "violated", ([], [])),
        (
            "Shells fell on Avdiivka. Ukraine's army said separatists fired them; they said Ukraine had shelled its own troops.",
            "fell",
            ([], ["Armed Forces of Ukraine"]),
        ),
    ],
)
def test_they_are_those_who_can_be_by_what_was_done_before(
    text: str, trigger: str, expected: tuple[list[str], list[str]]
) -> None:
    assert sides(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Israel said rockets had been fired at Beersheba.", "fired", ([], [])),
        ("The rebels said a depot had been blown up.", "blown up", ([], [])),
        ("The army said it had responded to fire from the rebels.", "fire", (["rebels"], [])),
        ("Turkey responded to shelling from Syrian territory.", "shelling", ([], [])),
        ("Israel retaliated after rocket fire from Gaza.", "rocket fire", ([], [])),
        ("Houthi forces retaliated for the air strikes with missiles.", "air strikes", ([], [])),
        ("Residents said they heard shelling from the army base.", "shelling", ([], [])),
    ],
)
def test_who_tells_of_fire_or_answers_it_has_not_opened_it(
    text: str, trigger: str, expected: tuple[list[str], list[str]]
) -> None:
    assert sides(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        (
            "Fighting pitted the army against M23 rebels near Sake.",
            "Fighting",
            (["Armed Forces of the Democratic Republic of the Congo"], ["March 23 Movement"]),
        ),
        ("Two soldiers were killed by Armenian sniper fire near Kalbajar.", "killed", (["Armenia"], ["soldiers"])),
        (
            "Police-gang clashes in Port-au-Prince killed five.",
            "Police-gang clashes",
            (["Haitian National Police", "gangs"], []),
        ),
        ("Qatar hosted talks between Hamas and Fatah.", "hosted", (["Qatar"], ["Hamas", "Fatah"])),
        ("Iran denied that it had armed the Houthis.", "armed", (["Iran"], ["Houthis"])),
    ],
)
def test_a_side_is_whom_fighting_pits_or_talks_are_between_or_a_hyphen_joins_but_no_fire(
    text: str, trigger: str, expected: tuple[list[str], list[str]]
) -> None:
    assert sides(text, trigger) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Ukraine asked for arms after Russia shelled Kharkiv.",
        "Armenia asked for weapons after Azerbaijan struck Vardenis.",
        "Villagers begged for help after gunmen burned their homes.",
        "The governor asked for more troops following an attack by Boko Haram.",
    ],
)
def test_who_struck_before_is_not_asked_for_help(sentence: str) -> None:
    assert first(sentence).recipients == ()


def test_who_is_asked_for_help_after_an_attack_stays() -> None:
    claim = first("Baghdad asked for American air strikes after the Islamic State seized Mosul.")
    assert [party.country for party in claim.recipients] == ["USA"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Israel closed its airspace after a missile hit Eilat.",
        "Lebanon shut its southern border after rockets hit Tyre.",
    ],
)
def test_who_only_does_something_after_it_has_not_fired(sentence: str) -> None:
    assert sides(sentence, "hit")[0] == []


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Two factions clashed over a checkpoint in Homs on Sunday.", "clashed"),
        ("Turkish artillery answered the shelling by hitting three army positions near Saraqib.", "shelling"),
        ("The truce is barely holding as Russian jets pound Idlib every day.", "truce"),
        ("Talks in Istanbul ended without a result, and Pakistan's defence minister spoke of open war.", "Talks"),
    ],
)
def test_what_they_fight_over_answer_or_do_meanwhile_is_no_party_of_it(text: str, trigger: str) -> None:
    claim = triggered(text, trigger)
    assert not claim.recipients and {party.sector for party in claim.actors} <= {"UAF"}
