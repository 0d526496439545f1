"""What speaks against a mention being of the event that others tell of: its mode, sides, words, what it was done to."""

import cProfile
import datetime as dt

import msgspec
import pytest

from tests.claims.made import attacks, coded, passages
from trucewatch.claims import event_coreference
from trucewatch.claims.draft import Draft
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Mention


@pytest.mark.parametrize(
    "text",
    [
        "Israeli air strikes on Gaza will continue. A ground offensive by Israel is expected within days.",
        "NATO air strikes on Serb forces will go on. A ground operation by NATO is expected.",
    ],
)
def test_no_air_strike_is_a_ground_offensive(text: str) -> None:
    assert [len(told) for told in attacks(text)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Nam was assassinated at an airport in Malaysia in 2017. Two women poisoned him.",
        "A suicide bomber attacked a police station in Kirkuk. The bomb exploded at the gate.",
    ],
)
def test_who_was_assassinated_was_poisoned_and_the_bomb_of_a_bomber_exploded(text: str) -> None:
    assert [len(told) for told in attacks(text)] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "The minister was convicted of fraud. He was sentenced to four years in jail.",
        "The court convicted a banker. Judges sentenced the banker to three years.",
    ],
)
def test_who_is_found_guilty_is_not_yet_sentenced(text: str) -> None:
    assert [len(told) for told in attacks(text, "SANCTION")] == [1, 1]


def test_a_sentence_told_twice_is_one() -> None:
    text = "The court sentenced a banker to three years on Monday. The sentence was read in Accra."
    assert [len(told) for told in attacks(text, "SANCTION")] == [2]


def test_who_hardly_acts_does_not_make_it_another_attack() -> None:
    text = "Soldiers killed protesters in Rangoon in 1988. The opposition leader recalled the killings in her speech."
    assert [told[-1] for told in attacks(text)] == ["killings"]


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


def test_what_some_are_said_to_do_by_habit_is_not_the_fight_of_a_day() -> None:
    text = (
        "Two Malawian peacekeepers were killed in fighting near Goma on Friday. Rwanda denies backing the rebels. "
        "Kinshasa says Rwandan troops fight beside them."
    )
    fight, habit = (claim for claim in coded(text, dt.date(2025, 1, 24)) if claim.type == "ASSAULT")
    assert (fight.status, fight.actors) == ("happened", ())
    assert (habit.status, [party.country for party in habit.actors]) == ("ongoing", ["RWA"])


def test_a_list_of_strikes_tells_of_as_many_events_as_it_has_lines() -> None:
    text = (
        "Coalition forces conducted 17 strikes in Syria and Iraq on Tuesday. In Syria, they conducted six strikes. "
        "Near Palmyra, two strikes destroyed a tank. Near Raqqa, four strikes hit a bridge. "
        "Near Mosul, a strike destroyed a weapons cache."
    )
    assert [len(told) for told in attacks(text)] == [1, 1, 1, 1, 1]


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
    assert len(attacks(text)) == 1


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


@pytest.mark.parametrize(("hour", "attacks"), [("In the evening", 2), ("At first light", 1)])
def test_what_was_done_at_dawn_is_not_what_was_done_in_the_evening(hour: str, attacks: int) -> None:
    told = coded(f"The convoy was attacked at dawn. {hour}, helicopters bombed the village.", dt.date(2020, 3, 20))
    assert len(told) == attacks


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("The envoy flew to Sanaa, where he held talks with the rebels.", 1),
        ("The minister will travel to Moroto to meet the rebel leader.", 1),
        ("The union sent a delegation to Bamako, where it met the president.", 1),
        ("The envoy visited Cairo after meeting the king in Amman.", 2),
        ("The king arrived in Washington seeking to mediate in the crisis.", 2),
        ("The president visited Paris and spoke by phone with the king of Jordan.", 2),
    ],
)
def test_a_journey_and_the_talks_that_it_is_made_for_are_one_event(text: str, events: int) -> None:
    assert len([claim for claim in coded(text) if claim.type == "CONSULT"]) == events


@pytest.mark.parametrize(
    ("later", "mentions"),
    [
        ("Agar promised to work for an end to the war.", [1, 1]),
        ("He warned that the conflict may become an ethnic one.", [1, 1]),
        ("The attack was condemned by the governor.", [2]),
    ],
)
def test_a_war_is_not_the_one_killing_in_a_town(later: str, mentions: list[int]) -> None:
    told = attacks(f"Militias killed 280 people in El Geneina on Saturday. {later}")
    assert [len(one) for one in told] == mentions


def test_what_is_done_in_protest_is_one_protest() -> None:
    told = coded("Farmers blocked roads across the land on Wednesday in protest against imports of Ukrainian grain.")
    assert [claim.mode for claim in told if claim.type == "PROTEST"] == ["obstruct"]


@pytest.mark.parametrize(
    ("second", "events"),
    [
        ("A letter bomb injured a judge.", 2),
        ("The letter bomb went off at noon.", 1),  # "the" may be a slip of who tells it again
        ("A suicide car bomb struck the gate, police said.", 1),
    ],
)
def test_a_bomb_of_another_kind_that_is_told_as_new_is_another(second: str, events: int) -> None:
    assert len(attacks(f"A car bomb killed four people in Baghdad. {second}")) == events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "The mission ruled that the attack on the army headquarters was a violation by the LTTE and that the air raids of 25 and "
            "26 April were violations by the government.",
            [["attack"], ["air raids"]],
        ),
        (
            "The attack was the worst this year and the shelling of the town was heard for miles.",
            [["attack", "shelling"]],
        ),
    ],
)
def test_what_is_told_of_in_clauses_side_by_side_each_described_is_two(text: str, events: list[list[str]]) -> None:
    assert attacks(text) == events


@pytest.mark.parametrize(
    "text",
    [
        "The UN calls on all parties to stop fighting. It urges Rwanda to withdraw its troops.",
        "The EU condemned the junta for shelling villages. It also condemned the rebels for using child soldiers.",
        "Human Rights Watch accused the coalition of bombing hospitals. It accused the Houthis of laying mines.",
    ],
)
def test_what_is_asked_of_or_held_against_two_in_two_sentences_is_two_claims(text: str) -> None:
    told = [claim for claim in coded(text) if claim.type in ("REQUEST", "ACCUSE")]
    assert [len(claim.recipients) for claim in told] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Missiles fired by Hezbollah wounded seven soldiers. The ground invasion began on October 27.",
        "Rockets were fired at Sderot. The ground offensive in Gaza started a week later.",
        "The Houthis have fired missiles at Saudi cities. Residents reported exchanges of artillery fire in Hodeidah.",
    ],
)
def test_fire_from_afar_is_no_invasion_and_no_exchange(text: str) -> None:
    assert len(attacks(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Government artillery has pounded districts of Donetsk for weeks. Fifteen civilians died on Wednesday when shells hit a bus.",
        "The army has been shelling Douma for days. On Monday a rocket hit a school, killing nine.",
    ],
)
def test_what_has_been_done_for_weeks_is_not_what_hit_on_a_day(text: str) -> None:
    assert len(attacks(text)) == 2


def test_the_night_attack_is_that_of_the_night_and_not_of_the_day_told_last() -> None:
    text = (
        "The rebels attacked Bunia on Friday night. The army fired shells at a camp on Saturday. In the night attack, the rebels "
        "used machetes."
    )
    assert attacks(text) == [["attacked", "night attack"], ["fired"]]


@pytest.mark.parametrize(
    "text",
    [
        "A man set fire to a casino in Manila on Friday. The Islamic State claimed the attack on the casino.",
        "Masked men killed four policemen in Lima on Friday. The Shining Path claimed responsibility for the ambush.",
    ],
)
def test_who_claims_the_attack_may_be_those_who_were_called_by_no_name(text: str) -> None:
    assert len(attacks(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed three guards in Mopti on Monday. The army carried out the attack on a camp.",
        "The ETA killed three guards in Irun on Monday. The IRA claimed the attack on a camp.",
    ],
)
def test_an_army_or_another_group_is_not_those_who_were_told_of(text: str) -> None:
    assert len(attacks(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded outside a school near Zinjibar on Monday. The building was destroyed.",
        "Jets bombed a hospital in Saada on Monday. The operating theatre was destroyed, doctors said.",
    ],
)
def test_what_is_destroyed_after_bombs_was_destroyed_by_them(text: str) -> None:
    assert len(attacks(text)) == 1


def test_bullets_destroy_no_hospital() -> None:
    assert len(attacks("Gunmen shot a guard in Saada on Monday. The hospital was destroyed.")) == 2
