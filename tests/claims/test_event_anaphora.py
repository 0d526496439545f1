"""What a mention's own words say of the events told before it: the same, another, or what came of one."""

import cProfile
import datetime as dt

import msgspec
import pytest

from tests.claims.made import coded, passages
from trucewatch.claims import event_coreference
from trucewatch.claims.draft import Draft
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Mention


def _attacks(text: str, type_: str = "ASSAULT") -> list[list[str]]:
    """The triggers of every claim of violence, or of another type."""
    claims = coded(text, dt.date(2016, 5, 5))
    told = [claim for claim in claims if claim.type == type_]
    return [
        [text[e.start : e.end] for e in claim.evidence if e.field == "trigger" or e.field.startswith("mentions[")]
        for claim in told
    ]


def test_the_attack_is_the_one_just_told() -> None:
    text = "A mortar shell hit a market in Sarajevo in February 1994. Serb leaders condemned the attack."
    assert [told[-1] for told in _attacks(text)] == ["attack"]


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
    assert [len(told) for told in _attacks(text)] == [1, 1]


def test_the_gunmen_are_those_of_the_attack_that_was_told() -> None:
    text = "Al-Shabaab attacked a hotel in Mogadishu on Friday. The gunmen stormed the hotel."
    assert _attacks(text) == [["attacked", "stormed"]]


@pytest.mark.parametrize(
    "text",
    [
        "Al-Shabaab attacked a hotel in Mogadishu on Friday. The soldiers stormed the hotel.",
        "The army shot a trader in Gao on Friday. The rebels shot at a bus in Gao.",
    ],
)
def test_those_of_another_side_are_not_those_of_the_attack_that_was_told(text: str) -> None:
    assert [len(told) for told in _attacks(text)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The EU condemned the attack on the convoy. It condemned the arrest of the editor.", "ACCUSE"),
        ("The UN welcomed the talks in Doha. It also welcomed the release of the prisoners.", "SUPPORT"),
        ("Iran rejected the talks. It rejected a withdrawal from Syria.", "REJECT"),
    ],
)
def test_what_is_said_of_another_deed_is_said_anew(text: str, type_: str) -> None:
    assert [len(told) for told in _attacks(text, type_)] == [1, 1]


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
    assert len(_attacks(text, type_)) == 2


def test_a_country_and_its_army_are_one_that_is_condemned() -> None:
    text = "The UN condemned Israel on Monday. It condemned the Israeli army for shelling Gaza."
    assert len(_attacks(text, "ACCUSE")) == 1


def test_what_is_said_of_one_deed_in_two_words_is_said_once() -> None:
    text = "Germany condemned the coup in Niger. The German foreign minister denounced the coup."
    assert len(_attacks(text, "ACCUSE")) == 1


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Fighting died down in Aden on Monday. Fresh clashes broke out in Aden.", "ASSAULT"),
        ("The EU imposed sanctions on Minsk. New sanctions on Minsk are planned.", "SANCTION"),
        ("Protests shook Khartoum in May. New protests are planned in Khartoum.", "PROTEST"),
    ],
)
def test_what_is_called_new_was_not_told(text: str, type_: str) -> None:
    assert len(_attacks(text, type_)) == 2


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The US imposed sanctions on Iran on Friday. The new sanctions hit banks.", "SANCTION"),
        ("Rebels launched a new attack on Kidal. The attack killed two men.", "ASSAULT"),
    ],
)
def test_the_new_sanctions_are_those_that_were_told(text: str, type_: str) -> None:
    assert len(_attacks(text, type_)) == 1


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Soldiers arrested a journalist in Asmara on Monday. A trader was arrested in Asmara, too.", "COERCE"),
        ("The army released a teacher. It released a nurse a week later.", "RETREAT"),
    ],
)
def test_who_is_arrested_or_freed_besides_is_another_event(text: str, type_: str) -> None:
    assert len(_attacks(text, type_)) == 2


def test_talks_of_two_of_the_three_who_met_are_those_that_were_told() -> None:
    text = "Russia, Turkey and Iran held talks in Astana. The talks between Russia and Turkey lasted two days."
    assert len(_attacks(text, "CONSULT")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested 40 people at a rally in Minsk. Two journalists were among those arrested.",
        "Soldiers arrested a journalist in Asmara on Monday. The journalist was arrested at his home.",
    ],
)
def test_who_is_one_of_those_arrested_is_of_that_arrest(text: str) -> None:
    assert _attacks(text, "COERCE") == [["arrested", "arrested"]]


def test_another_victim_is_one_of_the_attack_that_was_told() -> None:
    text = "A bomb killed three soldiers near Kidal on Monday. Another ten were wounded in the blast."
    assert _attacks(text) == [["bomb", "blast"]]


@pytest.mark.parametrize(
    "text",
    [
        "The army bombed the town of Hays on Monday in retaliation for the killing of five soldiers.",
        "Azerbaijan said it had taken several heights in answer to the killing of one of its soldiers.",
        "Hezbollah fired mortar shells at an Israeli post after repeated Israeli violations of the ceasefire.",
    ],
)
def test_the_attack_that_is_answered_is_not_the_answer(text: str) -> None:
    assert [len(told) for told in _attacks(text)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers fired on a bus in Crater on Monday. The war has killed thousands of people since 2015.",
        "Army jets bombed a refinery in Bahri. The fighting, which broke out on April 15, has killed at least 459 people.",
        "Two fighters fired shots in the air near Yasynuvata. Kyiv said that eight soldiers had been killed since Friday.",
    ],
)
def test_who_was_killed_in_the_war_was_not_killed_in_the_attack_just_told(text: str) -> None:
    assert [len(told) for told in _attacks(text)] == [1, 1]


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
    assert [len(told) for told in _attacks(text)] == [1, 1]


def test_strikes_of_one_day_are_those_that_were_told() -> None:
    text = "Air strikes have killed nine people in Saraqib. Jets hit a market in Saraqib on Monday."
    assert [len(told) for told in _attacks(text)] == [2]


def test_the_massacre_of_a_town_is_the_attack_on_it() -> None:
    text = (
        "Artillery shelled Ariha on Monday. Rebels shot at a bus in Saraqib. Jets bombed Kansafra. A mine killed two soldiers "
        "near Jableh. Turkey sent a convoy to Idlib. The parliament met. France condemned the Ariha massacre."
    )
    assert _attacks(text)[0] == ["shelled", "Ariha massacre"]


def test_another_town_is_another_attack_though_part_of_the_first_was_told() -> None:
    text = "Artillery shelled the market of Ariha. The shelling hit the town centre. The army fired rockets at Sfuhen."
    assert [len(told) for told in _attacks(text)] == [2, 1]


def test_the_second_attack_is_the_one_that_was_called_so() -> None:
    text = "Rebels shelled the airport in Aden. A second attack hit the port. The second attack killed four soldiers."
    assert [len(told) for told in _attacks(text)] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Militants fired on a bus in Luxor. As a result, four policemen were wounded.",
        "Rebels attacked the town of Goma. Several soldiers were killed and the mayor was injured.",
    ],
)
def test_who_was_killed_or_injured_belongs_to_the_attack_just_told(text: str) -> None:
    assert len(_attacks(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Israeli air strikes on Gaza will continue. A ground offensive by Israel is expected within days.",
        "NATO air strikes on Serb forces will go on. A ground operation by NATO is expected.",
    ],
)
def test_no_air_strike_is_a_ground_offensive(text: str) -> None:
    assert [len(told) for told in _attacks(text)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Nam was assassinated at an airport in Malaysia in 2017. Two women poisoned him.",
        "A suicide bomber attacked a police station in Kirkuk. The bomb exploded at the gate.",
    ],
)
def test_who_was_assassinated_was_poisoned_and_the_bomb_of_a_bomber_exploded(text: str) -> None:
    assert [len(told) for told in _attacks(text)] == [2]


def test_who_hardly_acts_does_not_make_it_another_attack() -> None:
    text = "Soldiers killed protesters in Rangoon in 1988. The opposition leader recalled the killings in her speech."
    assert [told[-1] for told in _attacks(text)] == ["killings"]


ATTACKED = ("Men NOUN 2 nsubj\nattacked VERB 0 root", ())
MENTION = Mention(
    word=1, type="ASSAULT", type_score=0.9, mode=None, mode_score=0.5, status="happened", status_score=0.9
)


@pytest.mark.parametrize(("sentences", "events"), [((0, 3), 1), ((2, 5), 2)], ids=["of the lead", "of another"])
def test_what_opens_a_report_is_what_it_tells_of_again(sentences: tuple[int, int], events: int) -> None:
    text, told = passages(*[ATTACKED] * 6)
    drafts = [Draft(Tree(told[at], text), MENTION) for at in sentences]
    assert len(event_coreference.group(drafts)) == events


@pytest.mark.parametrize(("score", "events"), [(0.9, 2), (0.3, 1)], ids=["sure", "unsure"])
def test_only_a_sure_mode_tells_of_another_event(score: float, events: int) -> None:
    text, told = passages(*[ATTACKED] * 2)
    modes = [("explosives", 0.9), ("beat", score)]
    mentions = [
        msgspec.structs.replace(MENTION, mode=mode, mode_score=sure, vector=(0.5,) * 64) for mode, sure in modes
    ]
    drafts = [Draft(Tree(passage, text), mention) for passage, mention in zip(told, mentions, strict=True)]
    assert len(event_coreference.group(drafts)) == events


def test_raids_that_will_go_on_are_foretold_and_none_of_those_told() -> None:
    raids = "The raids are likely to continue, a commander of a Turkish-backed faction said."
    told = coded(f"Russian warplanes bombed Binnish on Monday. {raids}", dt.date(2021, 9, 30))
    happened, foretold = (one for one in told if one.type == "ASSAULT")
    assert (happened.status, foretold.status, foretold.actors) == ("happened", "expected", ())


def test_whose_raids_go_on_is_told_where_they_were_told_of() -> None:
    may = "The Syrian army may launch a ground operation."
    told = coded(
        f"Russian jets have stepped up raids on Idlib. {may} If no solution is found, the raids are likely to continue.",
        dt.date(2021, 9, 30),
    )
    went, may_come, foretold = (one for one in told if one.type == "ASSAULT")
    assert [one.status for one in (went, may_come, foretold)] == ["ongoing", "possible", "expected"]
    assert [one.actor for one in foretold.actors] == [one.actor for one in went.actors] == ["ru-vks"]


def test_whom_the_answer_struck_did_not_suffer_what_was_answered() -> None:
    told = coded("Hezbollah fired shells at an Israeli post after repeated Israeli attacks.", dt.date(2024, 12, 4))
    assert {(one.actors[0].country, one.recipients[0].country if one.recipients else None) for one in told} == {
        ("LBN", "ISR"),
        ("ISR", None),
    }


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Two Israeli soldiers were killed in an attack near Tyre. Israeli forces struck three targets.", "ISR"),
        ("Three Turkish soldiers died in an attack in Idlib. Turkish forces immediately struck the area.", "TUR"),
    ],
)
def test_who_was_attacked_and_struck_back_has_not_attacked_himself(text: str, whose: str) -> None:
    suffered, answer = (claim for claim in coded(text, dt.date(2021, 9, 11)) if claim.type == "ASSAULT")
    assert not suffered.actors and [party.country for party in suffered.recipients] == [whose]
    assert [party.country for party in answer.actors] == [whose]


def test_the_dead_of_a_clash_are_none_of_one_sides_shells() -> None:
    told = coded(
        "Government forces shelled the hills of Jabal al-Zawiya on Friday. Clashes between the government forces and rebels "
        "in Jabal al-Zawiya left 15 dead on Friday.",
        dt.date(2020, 3, 6),
    )
    assert [claim.killed is not None for claim in told if claim.type == "ASSAULT"] == [False, True]


def test_who_violated_a_truce_by_what_is_told_beside_it_has_not_done_what_was_told_before() -> None:
    before = "Three Ukrainian soldiers were killed on Sunday when an explosive device went off near Novoluhanske."
    told = coded(f"{before} The enemy violated the ceasefire, firing mortars at Avdiivka.", dt.date(2021, 2, 14))
    (blast,) = (claim for claim in told if claim.killed)
    assert not blast.actors


def test_the_army_is_not_that_of_who_says_that_others_struck() -> None:
    said = "Saudi Arabia and the United States said that both the army and the RSF had violated the ceasefire in Sudan."
    told = coded(f"{said} The army kept carrying out air strikes in Khartoum, they said.", dt.date(2023, 5, 28))
    assert {party.country for claim in told if claim.mode == "aerial" for party in claim.actors} == {"SDN"}


@pytest.mark.parametrize(("again", "counts"), [("The breaches were all at night.", 1), ("A man died in shelling.", 2)])
def test_what_is_only_counted_is_none_of_the_deeds_told_beside_it(again: str, counts: int) -> None:
    told = coded(f"In Donetsk region, monitors recorded 335 ceasefire violations. {again}", dt.date(2021, 10, 28))
    assert len([claim for claim in told if claim.type == "ASSAULT"]) == counts


def test_the_military_of_who_struck_is_its_own() -> None:
    struck = "Israel carried out strikes in southern Lebanon."
    told = coded(f"{struck} The military said it had hit launchers.", dt.date(2024, 12, 4))
    assert {one.country for claim in told for one in claim.actors} == {"ISR"}
    told = coded(f"{struck} The army said it had sent reinforcements to Tyre.", dt.date(2024, 12, 4))
    assert [one.country for claim in told if claim.type == "MOBILIZE" for one in claim.actors] == ["LBN"]


def test_a_list_of_strikes_tells_of_as_many_events_as_it_has_lines() -> None:
    text = (
        "Coalition forces conducted 17 strikes in Syria and Iraq on Tuesday. In Syria, they conducted six strikes. "
        "Near Palmyra, two strikes destroyed a tank. Near Raqqa, four strikes hit a bridge. "
        "Near Mosul, a strike destroyed a weapons cache."
    )
    assert [len(told) for told in _attacks(text)] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    "text",
    [
        # a later sentence counts more dead
        "Rebels have attacked a police post in Kasese, killing five policemen. They attacked the post at dawn on Tuesday. "
        "A doctor put the death toll at nine.",
        # or names the town, where the first had only a side of the country
        "Gunmen have attacked an army base in eastern Mali. The assault took place at Indelimane.",
    ],
)
def test_what_is_told_more_closely_later_is_one_attack(text: str) -> None:
    assert len(_attacks(text)) == 1


@pytest.mark.parametrize(("whose", "kind", "events"), [("Friday", "TIME", 1), ("Kyiv", "LOC", 2)])
def test_the_attack_of_a_day_is_the_one_told(whose: str, kind: str, events: int) -> None:
    barrage = (f"{whose} PROPN 3 nmod:poss\n's PART 1 case\nbarrage NOUN 0 root", ((whose, kind),))
    text, told = passages(ATTACKED, ATTACKED, ATTACKED, barrage)
    drafts = [Draft(Tree(told[at], text), msgspec.structs.replace(MENTION, word=word)) for at, word in ((1, 1), (3, 2))]
    assert len(event_coreference.group(drafts)) == events


@pytest.mark.parametrize(("second", "events"), [("cars NOUN 4 obj", 2), ("them PRON 4 obj", 1)])
def test_deeds_that_are_listed_with_what_they_were_done_to_are_several(second: str, events: int) -> None:
    text, (told,) = passages(
        (f"robbed VERB 0 root\nshops NOUN 1 obj\nand CCONJ 4 cc\ntorched VERB 1 conj\n{second}", ())
    )
    mentions = [msgspec.structs.replace(MENTION, word=word, vector=(0.5,) * 64) for word in (0, 3)]
    tree = Tree(told, text)
    assert len(event_coreference.group([Draft(tree, mention) for mention in mentions])) == events


def test_a_mention_is_compared_with_few_of_an_event_that_is_told_without_end() -> None:
    text, told = passages(*[ATTACKED] * 100)
    drafts = [Draft(Tree(passage, text), MENTION) for passage in told]
    with cProfile.Profile() as profile:
        assert len(event_coreference.group(drafts)) == 1
    calls = {one.code.co_name: one.callcount for one in profile.getstats() if not isinstance(one.code, str)}
    assert calls["features"] <= 100 * event_coreference.MOST


@pytest.mark.parametrize(
    ("second", "claims"),
    [
        ("Russian jets also struck in the east of the province.", 2),
        ("Russian jets also carried out strikes in the east of the province.", 2),
        ("Three people were also killed.", 1),
    ],
)
def test_what_somebody_also_did_is_another_event(second: str, claims: int) -> None:
    told = coded(f"Government helicopters bombed villages in the south of the province. {second}")
    assert len([claim for claim in told if claim.type == "ASSAULT"]) == claims
