"""What a mention's own words say of the events told before it: the same, another, or what came of one."""

import datetime as dt

import pytest

from tests.claims.made import attacks, coded


def test_the_attack_is_the_one_just_told() -> None:
    text = "A mortar shell hit a market in Sarajevo in February 1994. Serb leaders condemned the attack."
    assert [told[-1] for told in attacks(text)] == ["attack"]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded at a market in Jos. Another blast hit a hospital.",
        "Soldiers shot dead a rebel in Caqueta. In another incident, rebels shot dead a soldier.",
        "The IRA bombed a pub in Guildford in 1974. A similar attack hit a pub in Woolwich.",
        "The blast struck the Taj hotel in Mumbai. The second blast struck the Oberoi hotel.",
        "The Taliban attacked a post in Ghazni. There was a further attack on a bridge.",
        "A drone hit a fuel depot in Belgorod on Friday. Another drone hit a factory in Belgorod.",
        "Gunmen shot a policeman dead in Sidi Bouzid. Other gunmen shot a farmer dead in the same town.",
    ],
)
def test_another_attack_is_none_that_was_told(text: str) -> None:
    assert [len(told) for told in attacks(text)] == [1, 1]


def test_the_gunmen_are_those_of_the_attack_that_was_told() -> None:
    text = "Al-Shabaab attacked a hotel in Mogadishu on Friday. The gunmen stormed the hotel."
    assert attacks(text) == [["attacked", "stormed"]]


@pytest.mark.parametrize(
    "text",
    [
        "Al-Shabaab attacked a hotel in Mogadishu on Friday. The soldiers stormed the hotel.",
        "The army shot a trader in Gao on Friday. The rebels shot at a bus in Gao.",
    ],
)
def test_those_of_another_side_are_not_those_of_the_attack_that_was_told(text: str) -> None:
    assert [len(told) for told in attacks(text)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The EU condemned the attack on the convoy. It condemned the arrest of the editor.", "ACCUSE"),
        ("The UN welcomed the talks in Doha. It also welcomed the release of the prisoners.", "SUPPORT"),
        ("Iran rejected the talks. It rejected a withdrawal from Syria.", "REJECT"),
    ],
)
def test_what_is_said_of_another_deed_is_said_anew(text: str, type_: str) -> None:
    assert [len(told) for told in attacks(text, type_)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The UN condemned Israel on Monday. It condemned Syria, too.", "ACCUSE"),
        ("The president praised Egypt for its help. He praised Qatar for its help.", "SUPPORT"),
        ("The EU gave 20 million euros to Chad. It gave 10 million euros to Niger.", "AID"),
        ("The US imposed sanctions on Iran. It imposed sanctions on Syria.", "SANCTION"),
        ("Russia and Belarus held a joint exercise. Russia and Serbia held a joint exercise.", "COOPERATE"),
        ("India and China agreed on a truce. India and Nepal agreed on trade.", "AGREE"),
        ("Kofi Annan met Saddam Hussein in Baghdad. Kofi Annan met Tariq Aziz.", "CONSULT"),
    ],
)
def test_what_is_said_of_or_done_with_another_is_another_event(text: str, type_: str) -> None:
    assert len(attacks(text, type_)) == 2


def test_a_country_and_its_army_are_one_that_is_condemned() -> None:
    text = "The UN condemned Israel on Monday. It condemned the Israeli army for shelling Gaza."
    assert len(attacks(text, "ACCUSE")) == 1


def test_what_is_said_of_one_deed_in_two_words_is_said_once() -> None:
    text = "Germany condemned the coup in Niger. The German foreign minister denounced the coup."
    assert len(attacks(text, "ACCUSE")) == 1


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Fighting died down in Aden on Monday. Fresh clashes broke out in Aden.", "ASSAULT"),
        ("The EU imposed sanctions on Minsk. New sanctions on Minsk are planned.", "SANCTION"),
        ("Protests shook Khartoum in May. New protests are planned in Khartoum.", "PROTEST"),
    ],
)
def test_what_is_called_new_was_not_told(text: str, type_: str) -> None:
    assert len(attacks(text, type_)) == 2


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The US imposed sanctions on Iran on Friday. The new sanctions hit banks.", "SANCTION"),
        ("Rebels launched a new attack on Kidal. The attack killed two men.", "ASSAULT"),
    ],
)
def test_the_new_sanctions_are_those_that_were_told(text: str, type_: str) -> None:
    assert len(attacks(text, type_)) == 1


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Soldiers arrested a journalist in Asmara on Monday. A trader was arrested in Asmara, too.", "COERCE"),
        ("The army released a teacher. It released a nurse a week later.", "RETREAT"),
        ("A man was arrested in Lyon on Monday. Police later said a second man had been detained.", "COERCE"),
        ("Troops arrested a suspect at the scene. Two more suspects were arrested later.", "COERCE"),
        ("The army released a nun. Three more captives were freed in June.", "RETREAT"),
        ("Militants kidnapped an engineer in Kano. A third engineer was kidnapped near the river.", "ASSAULT"),
        ("Rebels seized a village. They seized two more villages at the weekend.", "ASSAULT"),
    ],
)
def test_who_is_arrested_or_freed_besides_is_another_event(text: str, type_: str) -> None:
    assert len(attacks(text, type_)) == 2


def test_talks_of_two_of_the_three_who_met_are_those_that_were_told() -> None:
    text = "Russia, Turkey and Iran held talks in Astana. The talks between Russia and Turkey lasted two days."
    assert len(attacks(text, "CONSULT")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested 40 people at a rally in Minsk. Two journalists were among those arrested.",
        "Soldiers arrested a journalist in Asmara on Monday. The journalist was arrested at his home.",
        "Police arrested hundreds in Minsk on Sunday. More than 900 people were arrested, a rights group said.",
    ],
)
def test_who_is_one_of_those_arrested_is_of_that_arrest(text: str) -> None:
    assert attacks(text, "COERCE") == [["arrested", "arrested"]]


def test_another_victim_is_one_of_the_attack_that_was_told() -> None:
    text = "A bomb killed three soldiers near Kidal on Monday. Another ten were wounded in the blast."
    assert attacks(text) == [["bomb", "blast"]]


@pytest.mark.parametrize(
    "text",
    [
        "The army bombed the town of Hays on Monday in retaliation for the killing of five soldiers.",
        "Azerbaijan said it had taken several heights in answer to the killing of one of its soldiers.",
        "Hezbollah fired mortar shells at an Israeli post after repeated Israeli violations of the ceasefire.",
    ],
)
def test_the_attack_that_is_answered_is_not_the_answer(text: str) -> None:
    assert [len(told) for told in attacks(text)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers fired on a bus in Crater on Monday. The war has killed thousands of people since 2015.",
        "Army jets bombed a refinery in Bahri. The fighting, which broke out on April 15, has killed at least 459 people.",
        "Two fighters fired shots in the air near Yasynuvata. Kyiv said that eight soldiers had been killed since Friday.",
    ],
)
def test_who_was_killed_in_the_war_was_not_killed_in_the_attack_just_told(text: str) -> None:
    assert [len(told) for told in attacks(text)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels carried out a series of attacks in Ituri this month. On Monday they attacked a village near Bunia.",
        "A wave of bombings has shaken Quetta since January. On Monday a bomb exploded in a market in Quetta.",
        "Israel has carried out hundreds of air strikes in Syria. On Sunday its jets struck an arms depot near Homs.",
        "Clashes have gone on in Tripoli for weeks. On Tuesday fighters clashed at the airport of Tripoli.",
    ],
)
def test_a_deed_of_one_day_is_not_the_series_that_was_told(text: str) -> None:
    assert [len(told) for told in attacks(text)] == [1, 1]


def test_strikes_of_one_day_are_those_that_were_told() -> None:
    text = "Air strikes have killed nine people in Saraqib. Jets hit a market in Saraqib on Monday."
    assert [len(told) for told in attacks(text)] == [2]


def test_the_massacre_of_a_town_is_the_attack_on_it() -> None:
    text = (
        "Artillery shelled Ariha on Monday. Rebels shot at a bus in Saraqib. Jets bombed Kansafra. A mine killed two soldiers "
        "near Jableh. Turkey sent a convoy to Idlib. The parliament met. France condemned the Ariha massacre."
    )
    assert attacks(text)[0] == ["shelled", "Ariha massacre"]


def test_another_town_is_another_attack_though_part_of_the_first_was_told() -> None:
    text = "Artillery shelled the market of Ariha. The shelling hit the town centre. The army fired rockets at Sfuhen."
    assert [len(told) for told in attacks(text)] == [2, 1]


def test_the_second_attack_is_the_one_that_was_called_so() -> None:
    text = "Rebels shelled the airport in Aden. A second attack hit the port. The second attack killed four soldiers."
    assert [len(told) for told in attacks(text)] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Militants fired on a bus in Luxor. As a result, four policemen were wounded.",
        "Rebels attacked the town of Goma. Several soldiers were killed and the mayor was injured.",
    ],
)
def test_who_was_killed_or_injured_belongs_to_the_attack_just_told(text: str) -> None:
    assert len(attacks(text)) == 1


def test_the_killing_of_one_is_no_attack_told_before() -> None:
    text = "A mortar shell hit a market in Sarajevo on Monday. Serb leaders condemned the killing of a journalist."
    assert [told[-1] for told in attacks(text)] == ["hit", "killing"]


@pytest.mark.parametrize("since", ["since", "since then"])
def test_those_killed_since_are_not_the_dead_of_the_first_day(since: str) -> None:
    text = f"Clashes erupted in Juba on 15 December 2013. About 400,000 people have been killed {since}."
    first, since_then = coded(text, dt.date(2018, 3, 20))
    assert first.killed is None
    assert since_then.killed and since_then.killed.low == 400_000
    assert since_then.time and (since_then.time.start, since_then.time.end) == (
        dt.date(2013, 12, 15),
        dt.date(2018, 3, 20),
    )


@pytest.mark.parametrize(
    ("text", "type_", "events"),
    [
        (
            "Gunmen shot a vendor in Pulwama on Sunday. A carpenter was beaten to death. The vendor was attacked near a park.",
            "ASSAULT",
            [["shot", "attacked"], ["beaten"]],
        ),
        (
            "Gunmen shot a bus driver in Pulwama on Sunday. A carpenter was beaten to death. The bus driver was attacked near a park.",
            "ASSAULT",
            [["shot", "attacked"], ["beaten"]],
        ),
        (
            "The army captured a pilot near Taiz on Wednesday. The pilot was seized by villagers.",
            "COERCE",
            [["captured", "seized"]],
        ),
        (
            "Soldiers arrested Mali's president Bah Ndaw on Monday. In August 2020, the officers had detained President Ibrahim "
            "Boubacar Keita. Bah Ndaw was taken to Kati.",
            "COERCE",
            [["arrested", "taken"], ["detained"]],
        ),
    ],
)
def test_what_was_done_to_the_same_is_one_event(text: str, type_: str, events: list[list[str]]) -> None:
    assert attacks(text, type_) == events


@pytest.mark.parametrize(
    "text",
    [
        "The blast near Gao killed six soldiers. The attack was the worst this year.",
        "The battle for Gao lasted a day. Clashes broke out at the bridge.",
    ],
)
def test_the_clashes_of_a_battle_are_of_that_battle(text: str) -> None:
    assert len(attacks(text)) == 1


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Gunmen shot people in a church in Jos. Others attacked a farm in Kano. The church shooting was the worst this year.",
            [["shot", "church shooting"], ["attacked"]],
        ),
        (
            "A bomb went off on a bus in London on Sunday. A lorry bomb exploded in the Docklands in May. The bus explosion wounded "
            "eight.",
            [["went off", "bus explosion"], ["lorry bomb", "exploded"]],
        ),
        (
            "A shell struck a hospital in Kunduz on Monday. Rebels shelled a bridge in Herat. The hospital attack killed nine.",
            [["shell", "struck", "hospital attack"], ["shelled"]],
        ),
    ],
)
def test_the_bus_bombing_is_the_one_that_struck_a_bus(text: str, events: list[list[str]]) -> None:
    assert attacks(text) == events


def test_lines_that_are_headed_by_two_names_tell_of_two_events() -> None:
    text = (
        "Djugu: Fighters killed 51 civilians near Djaiba.\nKalehe: The army and rebels exchanged heavy fire at Ihusi."
    )
    assert len(attacks(text)) == 2


def test_two_lines_of_one_heading_may_tell_of_one_event() -> None:
    text = "Djugu: A bomb killed 51 civilians in the market.\nDjugu: The blast in the market was the worst this year."
    assert len(attacks(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Rebels fired two rockets at an army post near Gao on Monday, their first attack since the truce began.",
        "Turkey bombed a village near Kobani on Tuesday, its first strike there since March.",
    ],
)
def test_what_a_deed_is_called_behind_a_comma_is_that_deed(text: str) -> None:
    assert len(attacks(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The group warned of a response to repeated Turkish violations. Turkish air strikes killed five people in Afrin.",
        "The rebels complained of daily drone strikes. A drone hit a market in Ariha, killing four people.",
    ],
)
def test_one_told_after_what_happens_again_and_again_is_another(text: str) -> None:
    assert len(attacks(text)) == 2
