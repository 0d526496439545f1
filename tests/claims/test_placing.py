"""Where the events of a report happened: what hangs on them, what is struck, what is near, what the report tells of most."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import coded
from trucewatch.nouns import Claim


def _coded(text: str) -> tuple[Claim, ...]:
    return coded(text, dt.date(2018, 5, 20))


def where(text: str, trigger: str) -> str | None:
    """The place of the event that a word tells of."""
    (claim,) = (one for one in _coded(text) if trigger in text[one.trigger.start : one.trigger.end])
    return claim.place and claim.place.name


def places(text: str) -> list[str | None]:
    return [claim.place and claim.place.name for claim in _coded(text)]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        (
            "Air raids hit several areas in the Idlib countryside and fighting in Yarmouk Basin left ten dead.",
            "Yarmouk Basin",
        ),
        (
            "Warplanes carried out strikes on towns in Daraa countryside and clashes in Quneitra countryside.",
            "Quneitra",
        ),
        ("There were raids on the Raqqa countryside and an explosion in the countryside of Hasakah.", "Hasakah"),
        ("Fresh clashes in Raqqa and a bombardment of Damascus.", "Damascus"),
    ],
)
def test_two_events_of_one_sentence_have_their_own_places(sentence: str, named: str) -> None:
    assert places(sentence)[-1] == named


def test_a_village_within_a_countryside_is_there() -> None:
    text = "Warplanes killed five people in a village in the eastern countryside of Deir Ezzor."
    assert places(text) == ["eastern Deir ez-Zor"]


def test_initials_of_who_fights_are_no_place() -> None:
    assert places("Clashes continue in the Raqqa countryside between SDF and IS.") == ["Raqqa"]


def test_a_desert_is_named_after_its_town() -> None:
    assert places("Clashes continued in the Palmyra Desert in Syria.") == ["Palmyra"]


FILLING = "The price of bread rose. The harvest was good. Schools opened again. The weather was fine. "
"""Sentences in which nothing happens, more of them than a place is carried over."""


def test_what_is_far_from_it_is_not_there() -> None:
    far = _coded(
        f"Gunmen killed two men in Mosul. {FILLING} A fair opened in Basra. Rebels shelled the soldiers again."
    )[-1]
    near = _coded("Gunmen killed two men in Mosul. Rebels shelled the soldiers again.")[-1]
    assert (far.place and far.place.name, near.place and near.place.name) == ("Iraq", "Mosul")


def test_where_a_report_tells_of_most_is_far_enough() -> None:
    told = "Gunmen killed two men in Mosul on Monday. A bomb killed a woman in Mosul on Tuesday. Police shot a boy in Mosul."
    assert places(f"{told} {FILLING} Rebels shelled the soldiers again.")[-1] == "Mosul"


@pytest.mark.parametrize(
    ("site", "named"),
    [
        ("on Tariq Road", "Tariq Road, Karachi"),
        ("near Medina restaurant", "Medina restaurant, Karachi"),  # nor is it called after a town of the report
    ],
)
def test_a_street_or_a_hotel_that_no_table_knows_is_in_the_town_told_of(site: str, named: str) -> None:
    fighting, blast = coded(f"Fighting raged in Karachi on Monday. A bomb exploded {site}.")
    assert fighting.place and blast.place
    assert (blast.place.name, blast.place.point, blast.place.precision) == (named, fighting.place.point, "town")


def test_what_is_told_of_half_a_continent_is_no_scene() -> None:
    text = "Violence has spread across the Middle East this year, analysts say. Soldiers shot dead three protesters."
    assert places(text) == ["Middle East", None]


def test_what_is_long_over_is_no_scene_of_what_is_told_beside_it() -> None:
    text = "In 1964 the army attacked farmers in Marquetalia. The ELN kidnapped two oil workers this year."
    assert places(text) == ["Marquetalia", "Colombia"]
    lately = text.replace("In 1964", "Last month").replace(" this year", "")
    assert places(lately) == ["Marquetalia", "Marquetalia"]


def test_people_act_in_their_own_country_rather_than_in_the_last_one() -> None:
    text = "Gunmen killed a judge in Kabul. A bomb wounded a priest in Peshawar. Afghan police arrested three men."
    assert places(text)[-1] == "Kabul"


def test_where_all_that_a_report_tells_was_is_far_enough() -> None:
    told = "Gunmen killed a judge in Kandahar. Rebels fired a rocket at a school in Kandahar."
    assert places(f"{told} {FILLING} Afghan police arrested three men.")[-1] == "Kandahar"


@pytest.mark.parametrize(
    "text",
    [
        "A gunman killed four people in Christchurch. An Australian was sentenced to life in prison for the attack.",
        "Gunmen seized a Briton in Kano. He was freed on Friday.",
    ],
)
def test_nobody_is_tried_where_he_killed_or_freed_where_he_was_seized(text: str) -> None:
    told = {claim.type: claim.place for claim in _coded(text)}
    assert told["ASSAULT"] is not None
    assert told.get("SANCTION") is None and told.get("RETREAT") is None


def test_a_side_may_be_a_letter() -> None:
    assert places("Suicide bombers attacked a police station in S. Afghanistan.") == ["southern Afghanistan"]


def test_what_a_row_adds_is_where_the_model_says() -> None:
    text = "Artillery hit Sarmin. On Wednesday morning a bomb went off under a military bus in Damascus."
    assert places(text)[-1] == "Damascus"


def test_a_later_mention_may_tell_where_in_the_country() -> None:
    text = "A suicide bombing killed 12 people in Iraq on Friday. Police said the suicide bomber blew himself up in Ramadi."
    assert places(text) == ["Ramadi"]


def test_a_group_that_the_model_takes_for_no_name_speaks_for_its_country() -> None:
    text = "Houthi fighters shelled the town of Hays on Monday, killing three civilians."
    assert [claim.place and claim.place.country for claim in _coded(text)] == ["YEM"]


def test_what_is_told_in_the_same_breath_happened_there() -> None:
    text = "Rebels shelled Aleppo on Monday. The general fled from prison in Homs after he had been tortured for weeks."
    assert places(text) == ["Aleppo", "Homs"]


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("Egypt hosted a fresh round of talks between Fatah and Hamas on Tuesday.", "Egypt"),
        ("The peace talks, which were hosted by Qatar, ended on Friday.", "Qatar"),
        ("Oman hosted talks between the ministers in Muscat.", "Muscat"),
        ("Envoys of five powers resumed peace talks on Syria yesterday.", None),
    ],
)
def test_talks_are_held_where_their_host_is_and_not_where_their_matter_lies(sentence: str, where: str | None) -> None:
    assert places(sentence)[0] == where


def test_a_person_is_no_place() -> None:
    text = "Ivory Coast's President Laurent Gbagbo spoke on television. Rebels had tried to oust Gbagbo in 2002."
    assert places(text) == ["Ivory Coast"]


def test_a_country_of_two_words_is_not_cut() -> None:
    assert places("Sri Lankan troops shelled the north of the island, killing nine Tamils in Sri Lanka.") == [
        "northern Sri Lanka"
    ]


@pytest.mark.parametrize(
    "said",
    [
        "In London, the foreign minister said the siege was a crime.",
        "Staffan de Mistura told reporters in Geneva that people were starving.",
    ],
)
def test_the_city_is_none_in_which_somebody_only_spoke(said: str) -> None:
    text = f"Rebels have surrounded Aleppo for two months. {said} On Tuesday jets bombed the city."
    assert places(text)[-1] == "Aleppo"


def test_what_is_fought_over_is_not_where_talks_were_held() -> None:
    text = (
        "Fighting went on in Debaltseve, days after a ceasefire was agreed in Minsk. "
        "Separatists said that they had shelled army positions in the town."
    )
    assert where(text, "shelled") == "Debaltseve"


def test_the_region_is_none_whose_militiamen_are_spoken_of() -> None:
    text = "Aid reached Tigray on Tuesday. Officials accused Amhara militias of killing civilians in the west of the region."
    assert where(text, "killing") == "western Tigray"


def test_a_capital_that_does_something_is_no_place() -> None:
    text = "The commander said that his forces would withdraw their artillery only if Kyiv did the same."
    assert where(text, "withdraw") != "Kyiv"


def test_what_is_struck_in_a_town_is_struck_there() -> None:
    text = "At least 55 civilians were killed in strikes on a fish market and the entrance to a hospital in the port of Hudaydah."
    assert places(text) == ["Hodeidah"]


def test_a_town_that_is_struck_is_nobody() -> None:
    text = "Russia shelled Kharkiv. Ukraine struck Belgorod with drones."
    assert (places(text), [claim.recipients for claim in coded(text)]) == (["Kharkiv", "Belgorod"], [(), ()])


def test_who_flees_from_a_town_does_so_there() -> None:
    text = "Falluja was the first city to fall, in January 2014, months before the army fled from Mosul."
    assert places(text)[-1] == "Mosul"


def test_what_is_intercepted_is_not_where_it_came_from() -> None:
    assert where("Israel's army intercepted two drones launched from Yemen near Eilat.", "intercepted") == "Eilat"


def test_what_is_done_to_those_in_a_place_is_done_there() -> None:
    text = (
        "Russian jets bombed Ariha on Monday. With most rebel groups in northern Aleppo and eastern Idlib being backed by "
        "Ankara, quarrels are common."
    )
    assert where(text, "backed") == "northern Aleppo"


def test_the_city_is_no_outlet_that_somebody_told() -> None:
    told = "A soldier was shot dead in Taiz on Monday, an official told Xinhua. On Sunday a shell killed a boy in the city."
    assert places(told) == ["Taiz", "Taiz"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The army bombed Loikaw in Kayah state.", "Loikaw"),
        ("Israel bombed Haris in Lebanon hours after Hezbollah fired at a position in Shebaa.", "Haris"),
        ("Russian jets bombed Khan Sheikhoun in Idlib on Sunday.", "Khan Shaykhun"),
        ("The army bombed Beit Lahia in the northern Gaza Strip.", "Beit Lahia"),
        ("Turkish artillery bombed Ain Issa on Monday.", "Ayn Issa"),  # none of Turkey's towns
        ("Rockets bombed Nikopol on Monday.", "Nikopol"),
    ],
)
def test_a_struck_town_is_finer_than_what_it_lies_in(text: str, place: str) -> None:
    assert where(text, "bombed") == place


@pytest.mark.parametrize("town", ["Khan Younis", "Jisr al-Shughur", "Bint Jbeil"])
def test_a_struck_town_is_nobody(town: str) -> None:
    (claim,) = _coded(f"Jets bombed {town} on Thursday.")  # which the model takes for somebody, or cuts in two
    assert claim.place is not None
    assert claim.place.text == town
    assert not claim.recipients


@pytest.mark.parametrize(
    ("words", "name", "precision"),
    [
        ("Israeli missiles hit the Mezzeh air base outside Damascus.", "Mezzeh Airbase", "site"),
        ("Fighters attacked a checkpoint on the outskirts of Salamiyah.", "Salamiyah", "district"),
        (
            "A tanker was attacked in the Red Sea, 50 miles west of Hodeidah.",
            "Red Sea, 50 miles west of Hodeidah",
            "district",
        ),
    ],
)
def test_a_place_is_as_fine_as_what_stands_beside_it_says(words: str, name: str, precision: str) -> None:
    place = coded(words)[0].place
    assert place is not None and (place.name, place.precision) == (name, precision)


def test_a_dateline_gives_way_to_what_is_told() -> None:
    clashes = "TRIPOLI, Libya: Rival Libyan factions exchanged fire, officials said. Clashes broke out in Tripoli's Abu Salim district."
    assert places(clashes) == ["Abu Salim, Tripoli"]
    assert places("BEIRUT — Jets bombed a building on Monday. Soldiers later fired on a crowd.") == ["Beirut", "Beirut"]


@pytest.mark.parametrize("where", ["Ariha in Idlib", "Ariha, a town south of Idlib,"])
def test_the_town_is_what_was_told_of_and_not_where_that_lies(where: str) -> None:
    assert places(f"Government forces shelled {where} on Monday. Rebels later left the town.") == ["Ariha", "Ariha"]


def test_who_meets_on_the_sidelines_does_so_where_the_talks_are() -> None:
    talks = "Leaders of NATO gathered in Vilnius on Friday. Macron met the Turkish president on the sidelines."
    assert places(talks) == ["Vilnius", "Vilnius"]


@pytest.mark.parametrize(("road", "where"), [("to Burundi", "Uvira"), ("to Damascus", "road to Damascus")])
def test_a_road_to_a_country_is_not_in_it(road: str, where: str) -> None:
    assert places(f"Gunmen fired on a crowd in Uvira and blocked the road {road}.")[-1] == where


def test_a_missile_lands_somewhere() -> None:
    assert places("A missile landed in Kryvyi Rih on Monday.") == ["Kryvyi Rih"]


def test_its_capital_is_none_of_the_country_in_which_two_others_talk() -> None:
    war = "Afghan troops fought Pakistani troops near Khost in Afghanistan. Pakistan shelled Kandahar in Afghanistan. "
    talks = "Pakistan and Afghanistan will meet in Istanbul on Saturday. "
    assert (
        places(f"{war}{talks}Afghan troops later shelled a Pakistani base after air strikes on its capital.")[-1]
        == "Kabul"
    )


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (
            "Insurgents clashed with a patrol near Mbau, in Mocímboa da Praia district.",
            "Mbau, Mocímboa da Praia",
            "MOZ",
        ),
        ("Soldiers shot two people at Kani in Sagaing region.", "Kani", "MMR"),
        ("Troops ambushed fighters near Awasse, in Cabo Delgado province.", "Awasse, Cabo Delgado province", "MOZ"),
    ],
)
def test_a_place_lies_in_the_district_named_behind_it(text: str, name: str, country: str) -> None:
    place = coded(text)[0].place
    assert place is not None
    assert (place.name, place.country) == (name, country)


def test_the_heading_of_an_entry_is_not_where_the_one_before_it_was() -> None:
    text = (
        "An attack on Zamzam camp killed ten people. The Sudanese air force dropped supplies by parachute to the garrison. "
        "Nyala: Sudanese warplanes bombed the airport."
    )
    assert [claim.place and claim.place.name for claim in coded(text)] == ["Zamzam camp", "Zamzam camp", "Nyala"]


@pytest.mark.parametrize(
    ("where_", "country"),
    [
        ("at Iqbal Market in Sopore town of Baramulla District", "IND"),
        ("on Chagla Street in Kharadar area of Karachi", "PAK"),
        ("on Sunehri Road in the jurisdiction of Daudzai Police Station in Peshawar", "PAK"),
    ],
)
def test_a_street_is_in_the_town_that_the_text_goes_on_with(where_: str, country: str) -> None:
    claim = _coded(f"Militants opened fire at a tea stall {where_}.")[0]
    assert claim.place is not None
    assert (claim.place.country, claim.place.lat is not None) == (country, True)


def test_a_village_of_the_same_district_is_called_by_its_own_name() -> None:
    text = "Maoists attacked a camp in Sukma District on Monday. Two villagers were killed in Bandra village in the District."
    assert _coded(text)[-1].place is not None
    assert places(text)[-1] == "Bandra village"


def test_what_drove_somebody_away_was_not_where_he_went() -> None:
    text = "The army captured Palmyra. The militants retreated towards Sukhnah after clashes and air strikes."
    assert set(places(text)) == {"Palmyra"}


@pytest.mark.parametrize(
    ("said", "name", "place"),
    [
        ("Al-Qaeda in the Islamic Maghreb attacked", "al-Qaeda in the Islamic Maghreb", None),
        ("Fighters of the Islamic State in the Greater Sahara attacked", "Islamic State in the Greater Sahara", None),
        ("Police in the Greater Sahara attacked", "police", "Sahara"),
    ],
)
def test_a_place_in_the_name_of_a_listed_body_is_no_place(said: str, name: str, place: str | None) -> None:
    (claim,) = coded(f"{said} the villagers.", dt.date(2017, 2, 17))
    assert ([party.name for party in claim.actors], claim.place and claim.place.name) == ([name], place)


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("The truce has largely held since April. A sniper killed a woman in Taiz on Tuesday.", "truce", None),
        ("Shells hit a market in Ariha. The ceasefire in force since March has never held.", "ceasefire", None),
        (
            "A ceasefire with rebels expired last week. A car bomb exploded in Jamundi on Sunday.",
            "ceasefire",
            "Colombia",
        ),
    ],
)
def test_a_truce_is_not_that_of_the_town_told_of_beside_it(text: str, trigger: str, place: str | None) -> None:
    assert where(text, trigger) == place


def test_talks_are_not_where_something_was_done_before_them() -> None:
    text = "The presidents of Russia and Turkey met in Sochi on Wednesday. Turkey deployed troops in Idlib before the meeting."
    assert [(one.type, one.place and one.place.name) for one in _coded(text)] == [
        ("CONSULT", "Sochi"),
        ("MOBILIZE", "Idlib"),
    ]
    assert where("Turkey deployed troops in Idlib before the meeting in Sochi.", "meeting") == "Sochi"


def test_the_long_name_of_a_country_is_one_name() -> None:
    claim = coded("Soldiers of the Republic of the Congo shot two men.")[0]
    assert claim.place is not None and claim.place.country == "COG"
