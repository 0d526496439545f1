"""Whoever speaks for several sides, demands something of others, stands beside them, or is no group."""

import datetime as dt

import pytest

from tests.claims.made import coded, first


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Envoys of Hamas and Fatah met in Cairo.", ["ps-hamas", "ps-fatah"]),
        ("Delegations from the Syrian government and the SDF met in Damascus.", ["sy-gov", "sy-sdf"]),
        ("Lawmakers from Ohio and Texas met in Denver.", [None]),
    ],
)
def test_those_who_speak_for_several_sides_are_as_many_parties(text: str, actors: list[str | None]) -> None:
    assert [party.actor for party in first(text).actors] == actors


def test_both_delegations_are_those_of_the_sentence_before() -> None:
    text = "Envoys of Ethiopia and Eritrea met in Nairobi. Both delegations agreed to reopen the road."
    (agreed,) = (claim for claim in coded(text) if claim.type == "AGREE")
    assert [party.name for party in agreed.actors] == ["envoys of Ethiopia", "envoys of Eritrea"]


def test_who_demands_that_others_disarm_does_not_disarm() -> None:
    claims = coded("The Druze factions rejected the regime's demand to hand over weapons.")
    (disarm,) = (claim for claim in claims if claim.mode == "disarm")
    assert disarm.actors == ()


def test_the_united_nations_are_no_group() -> None:
    claims = coded("The UN human rights office documented 47 killings by the group in Ituri.")
    assert not {party.country for claim in claims for party in claim.actors} & {"UNO"}


@pytest.mark.parametrize("speaker", ["A spokesman for the Syrian army denied", "The spokesman of the Syrian army said"])
def test_its_is_of_the_body_for_which_somebody_speaks(speaker: str) -> None:
    text = f"The White Helmets said that shells struck a market in Ariha. {speaker} that its artillery had fired on the town."
    assert [party.name for party in coded(text, dt.date(2022, 9, 22))[-1].actors] == ["Syrian Arab Army"]


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
    ("text", "names"),
    [
        # those who face each other, not the last two told of
        (
            "Sudan's army shelled the Rapid Support Forces. Qatar and Egypt called for calm.",
            ["Rapid Support Forces", "Sudanese Armed Forces"],
        ),
        (
            "A truce between Sudan and the Rapid Support Forces began. Qatar welcomed it with Egypt.",
            ["Rapid Support Forces", "Sudan"],
        ),
        (
            "Rebels captured dozens of Sudanese soldiers. The leaders of Kenya, Egypt and Chad spoke.",
            ["Sudanese Armed Forces", "rebels"],
        ),
        (
            "Sudanese and Chadian troops exchanged fire. A minister resigned.",
            ["Chadian National Army", "Sudanese Armed Forces"],
        ),
        ("Kinshasa accuses Kigali of lying. Angola mediates.", ["Democratic Republic of the Congo", "Rwanda"]),
        ("Israeli jets bombed Tyre. Hezbollah fired rockets at Haifa.", ["Hezbollah", "Israeli Air Force"]),
    ],
)
@pytest.mark.parametrize("said", ["Both sides", "The warring parties", "Each side"])
def test_the_sides_are_those_who_face_each_other(text: str, names: list[str], said: str) -> None:
    claims = coded(f"{text} {said} rejected a call for talks.", dt.date(2023, 5, 20))
    (rejected,) = (claim for claim in claims if claim.type == "REJECT")
    assert sorted(party.name for party in rejected.actors) == names


def test_who_is_told_of_alone_is_not_both_sides() -> None:
    (rejected,) = (
        one for one in coded("Sudan's army attacked Nyala. Both sides rejected talks.") if one.type == "REJECT"
    )
    assert [(party.name, party.country) for party in rejected.actors] == [("sides", None)]


def test_both_groups_may_be_of_one_side() -> None:
    text = "Police clashed with the ELN and the FARC in Cali. Hamas and Fatah condemned it. Both groups rejected talks."
    (rejected,) = (claim for claim in coded(text) if claim.type == "REJECT")
    assert [party.name for party in rejected.actors] == ["Hamas", "Fatah"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Erdogan met with Putin in Sochi.", ["Recep Tayyip Erdogan", "Vladimir Putin"]),
        ("Merkel spoke by phone with Putin and Poroshenko.", ["Angela Merkel", "Vladimir Putin", "Petro Poroshenko"]),
        ("Kerry met with rebel commanders in Geneva.", ["rebel commanders"]),
    ],
)
def test_they_are_those_who_met_where_each_is_one_alone(text: str, names: list[str]) -> None:
    (agreed,) = (one for one in coded(f"{text} They agreed to a truce.", dt.date(2015, 2, 17)) if one.type == "AGREE")
    assert [party.name for party in agreed.actors] == names


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


def test_a_union_of_doctors_is_not_the_armed_group_named_before() -> None:
    text = "The Rapid Support Forces left. At least 30 people were killed in Nyala, the doctors' union said."
    assert coded(text, dt.date(2023, 5, 20))[-1].attributed_to == "the doctors' union"


def test_the_monitors_of_the_osce_are_its_own() -> None:
    (stopped,) = coded("Armed men stopped monitors of the Organisation for Security and Co-operation in Europe (OSCE).")
    assert [(party.actor, party.text[:8]) for party in stopped.recipients] == [("osce", "monitors")]


def test_several_who_each_have_a_country_are_not_of_where_they_meet() -> None:
    (meet,) = coded("The foreign ministers are due to meet in Geneva on Friday.")
    assert [(party.name, party.country) for party in meet.actors] == [("foreign ministers", None)]


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


def test_those_alongside_whom_somebody_fights_are_a_party_of_their_own() -> None:
    claim = first("Turkish troops alongside Syrian militias stormed Afrin on Friday.")
    assert [party.name for party in claim.actors] == ["Turkish Armed Forces", "Syrian militias"]


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


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Airstrikes on Raqqa caused civilian casualties.", [], ["civilians"]),
        ("A rebel attack killed two soldiers in Homs on Friday.", ["rebels"], ["soldiers"]),
    ],
)
def test_the_singular_before_an_event_tells_of_many(text: str, actors: list[str], recipients: list[str]) -> None:
    claim = first(text)
    assert ([one.name for one in claim.actors], [one.name for one in claim.recipients]) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Some of the attackers killed six civilians in Jerusalem.", ["attackers"]),
        ("Those of the night before killed six civilians in Jerusalem.", []),
        ("Park Geun-hye spoke in Seoul on Monday. Park urged Japan to apologise.", ["Park Geun-hye"]),
        ("EU leaders met in Brussels. The grouping urged Greece to wait.", ["European Union"]),
    ],
)
def test_those_are_told_whom_a_part_a_first_name_or_a_noun_for_a_body_means(text: str, actors: list[str]) -> None:
    claim = next(one for one in coded(text, dt.date(2016, 3, 20)) if one.type in ("ASSAULT", "REQUEST"))
    assert [party.name for party in claim.actors] == actors


def test_both_names_that_are_joined_take_part_though_the_model_sees_the_second() -> None:
    shelter = "Kabul accuses Pakistan of giving shelter to the Afghan Taliban and the Haqqani Network"
    text = f"{shelter} for staging attacks against its forces."
    (attacks,) = (claim for claim in coded(text, dt.date(2016, 8, 12)) if claim.type == "ASSAULT")
    assert {party.actor for party in attacks.actors} == {"af-taliban", "af-haqqani"}


def test_everybody_on_a_list_of_who_several_are_takes_part() -> None:
    claim = first("The three lawmakers, Ali Hasan, Omar Said and Nadia Haddad, met the families in Homs.")
    assert [party.name for party in claim.actors] == ["Ali Hasan", "Omar Said", "Nadia Haddad"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Thai soldiers and police shelled a camp in Myanmar on Monday, Yangon said.", ["THA", "THA"]),
        ("Thai soldiers and the police shelled a camp in Myanmar on Monday, Yangon said.", ["THA", "MMR"]),
        ("Thai soldiers and rebels shelled a camp in Myanmar on Monday, Yangon said.", ["THA", "MMR"]),
    ],
)
def test_police_joined_to_the_soldiers_of_a_country_are_of_it(text: str, countries: list[str]) -> None:
    assert [party.country for party in first(text).actors] == countries


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        (
            "The bombing of Quetta began on Monday, months after NATO left. The attack came a year after the vote, and opponents "
            "were blamed for it, Colombia said.",
            ["opponents"],
            [],
        ),
        (
            "A blast tore through Quetta on Monday while traders were praying. The attack worried the United Nations, and a rebel "
            "was seen.",
            [],
            ["traders"],
        ),
    ],
)
def test_where_no_mention_is_sure_the_surest_tells_who_took_part(
    text: str, actors: list[str], recipients: list[str]
) -> None:
    (attack,) = (claim for claim in coded(text, dt.date(2018, 3, 20)) if claim.type == "ASSAULT")
    assert ([one.name for one in attack.actors], [one.name for one in attack.recipients]) == (actors, recipients)


def test_nobody_is_taken_to_attack_his_own_state_unless_it_is_sure() -> None:
    (attack,) = (
        one for one in coded("Turkey warned that an attack on its troops would be answered.") if one.type == "ASSAULT"
    )
    assert ([party.name for party in attack.recipients], attack.actors) == (["Turkish Armed Forces"], ())


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        (
            "One man was killed and four others were arrested in a clash with Pakistani security forces in Quetta.",
            "COERCE",
            ["Pakistan Armed Forces"],
            ["man"],
        ),
        (
            "In a worrying sign for Nicolas Maduro, people have blocked streets in Caracas this week.",
            "PROTEST",
            ["people"],
            ["Nicolas Maduro"],
        ),
        (
            "Armenia and Azerbaijan accuse each other of breaking the truce, reached after John Kerry and Sergei Lavrov spoke "
            "by telephone.",
            "CONSULT",
            ["John Kerry", "Sergei Lavrov"],
            [],
        ),
    ],
)
def test_a_state_that_is_not_unlikely_is_the_side_of_which_nobody_is_told(
    text: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    (claim,) = (one for one in coded(text, dt.date(2015, 6, 10)) if one.type == kind)
    assert ([one.name for one in claim.actors], [one.name for one in claim.recipients]) == (actors, recipients)
