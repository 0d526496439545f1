"""Which words of a sentence are taken for events, and of what type, by the packaged model and tables."""

import datetime as dt

import msgspec
import pytest

from tests.claims.made import coded, passages
from trucewatch import codebook
from trucewatch.claims import what
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Claim, Mention


def claims(sentence: str) -> list[Claim]:
    return list(coded(sentence, dt.date(2020, 2, 27)))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Syria has denied any role in the assault.", {"assault": ("ASSAULT", "denied")}),
        ("Damascus and Moscow have denied targeting civilians.", {"targeting": ("ASSAULT", "denied")}),
        ("Government soldiers freed the hostages held by gunmen.", {"held": ("ASSAULT", "happened")}),
        ("A spy plane had flown over the island.", {"flown": ("MOBILIZE", "happened")}),
        ("Army engineers defused two bombs near the market.", {}),
        ("Soldiers backed by tanks stood outside the town.", {"backed": None}),
        ("Inspectors noted no breaches of the building code.", {}),
        (
            "A convoy of 40 Turkish vehicles, among them tanks, entered Idlib through the Kafr Lusin crossing.",
            {"entered": ("MOBILIZE", "happened")},
        ),
        ("Protesters attacked the French embassy a week ago.", {"attacked": ("PROTEST", "happened")}),
        ("The official declined to say when the inspectors would arrive.", {"declined": None}),
        ("The accused smiled at the clerk.", {"accused": None}),
        ("The company extended its tender offer for the shares.", {"offer": None}),
        ("The law forbids attacks on hospitals.", {"attacks": None}),
        ("The envoy called the offer sufficient on Monday.", {"called": None}),
        ("The league rallied behind the president on Monday.", {"rallied": ("SUPPORT", "happened")}),
        ("The airline offered an apology on Monday.", {"offered": None, "apology": ("CONCEDE", "happened")}),
        ("The plan met with fierce opposition in Cairo.", {"met": None}),
        ("The operation of the power plant was resumed in Aleppo on Monday.", {"operation": None}),
    ],
)
def test_what_is_told_and_what_is_none(sentence: str, expected: dict[str, tuple[str, str] | None]) -> None:
    found = {sentence[c.trigger.start : c.trigger.end]: (c.type, c.status.value) for c in claims(sentence)}
    assert {word: found.get(word) for word in expected or found} == expected
    assert "ASSAULT" not in {kind for word, (kind, _) in found.items() if word not in expected}
    assert not {"denied", "backed"} & found.keys()


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("The ceasefire that Cairo brokered is largely holding, residents said.", "ceasefire", ("RETREAT", "ongoing")),
        ("The truce between Baku and Yerevan appeared to be holding.", "truce", ("RETREAT", "ongoing")),
        ("The ceasefire in Sudan collapsed within hours.", "ceasefire", ("RETREAT", "denied")),
        ("Israel will strike again if the truce collapses.", "truce", ("RETREAT", "ongoing")),
        ("The sides blamed each other for the breakdown of the truce.", "truce", ("RETREAT", "denied")),
        ("The truce in Yemen expired on 2 October.", "truce", ("RETREAT", "denied")),
        ("The envoy said that the truce had been extended for two months.", "extended", ("CONCEDE", "happened")),
        ("The army suspended its unilateral ceasefire with the rebels.", "suspended", ("SANCTION", "happened")),
        ("The rebels called off the truce on Monday.", "called off", ("SANCTION", "happened")),
        ("The Houthis declared on Friday that the truce in Yemen was over.", "declared", ("SANCTION", "happened")),
        ("Saudi Arabia announced a unilateral ceasefire in Yemen.", "announced", ("CONCEDE", "happened")),
        ("No violations were reported in the first hours of the truce.", "violations", ("ASSAULT", "denied")),
        ("The committee counted nine breaches of the truce in Taiz.", "breaches", ("ASSAULT", "happened")),
        ("The committee registered 27 truce violations in Taiz.", "truce violations", ("ASSAULT", "happened")),
        ("The Nasib crossing was partly reopened on Monday.", "reopened", ("RETREAT", "happened")),
        ("The guns fell silent in Aleppo on Tuesday.", "fell", ("RETREAT", "happened")),
    ],
)
def test_what_becomes_of_a_truce_is_told(sentence: str, word: str, expected: tuple[str, str]) -> None:
    found = {sentence[c.trigger.start : c.trigger.end]: (c.type, c.status.value) for c in claims(sentence)}
    assert found.get(word) == expected


def test_a_charge_that_is_repelled_is_no_attack() -> None:
    found = {claim.type for claim in claims("The high court has repelled the accusation that the raids were unlawful.")}
    assert "REJECT" in found


def test_the_calm_that_prevails_is_nobody() -> None:
    (claim,) = claims("Calm prevailed in Idlib on Friday.")
    assert claim.mode == "ceasefire" and claim.place and claim.place.name == "Idlib"
    assert not claim.actors


def test_that_a_charge_is_denied_is_told() -> None:
    assert "REJECT" in {claim.type for claim in claims("The minister denied the allegations.")}


def test_a_verb_and_its_noun_are_one_event() -> None:
    (claim,) = claims("Rebels killed five soldiers in an attack in Homs.")
    assert claim.type == "ASSAULT"
    assert any("verb and its noun" in evidence.because for evidence in claim.evidence)


@pytest.mark.parametrize(
    "sentence", ["A peace deal was signed in Doha in 2020.", "The chiefs signed a peace deal in Pretoria in 2022."]
)
def test_the_signing_of_a_deal_is_one_event(sentence: str) -> None:
    assert [claim.type for claim in claims(sentence)] == ["SUPPORT"]


def test_the_lines_of_a_list_tell_of_blasts_at_several_sites() -> None:
    text = "Blasts shook Baghdad on Monday. 10:00 - Blast at a bus station in the Mansour district. 11:00 - Blast at Adnan hotel."
    places = [claim.place.name for claim in claims(text) if claim.place]
    assert "Adnan hotel, Baghdad" in places
    assert len(claims(text)) == 2


def test_what_happened_in_two_towns_are_two_events_however_near() -> None:
    text = "The army and the rebels fought in Deir Sunbul on Thursday. Helicopters dropped barrel bombs on Marayan."
    assert len(claims(text)) == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A car bomb killed nine people in Anbar province on Monday. The bomb exploded in Haditha.", "Haditha"),
        ("An air strike killed nine in Yemen's Hajjah province on Monday. The air strike hit a wedding in Abs.", "Abs"),
    ],
)
def test_what_happened_in_a_province_and_in_a_town_of_it_is_one_event_in_the_town(text: str, place: str) -> None:
    assert [claim.place.name for claim in claims(text) if claim.place] == [place]


def test_a_strike_near_a_town_that_is_the_first_in_the_province_is_one() -> None:
    said = "Russian jets bombed a mill near Jisr al-Shughur on Friday, rescuers said, the first air strike in Idlib in days."
    assert [claim.place.name for claim in claims(said) if claim.place] == ["Jisr al-Shughur"]


def test_arms_that_are_recovered_are_seized_and_kill_nobody() -> None:
    text = "Soldiers came under fire in Shopian. The body of one militant was recovered along with two rifles."
    found = {claim.mode: claim for claim in claims(text)}
    assert found["seize"].type == "COERCE"
    assert found["seize"].killed is None


@pytest.mark.parametrize(
    "sentence",
    ["The sides failed to reach a deal on reopening the airport.", "Egypt has offered to mediate between the sides."],
)
def test_a_row_tells_of_one_event(sentence: str) -> None:
    assert [claim.type for claim in claims(sentence)].count("AGREE") == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The rebels threatened to attack the port.",
        "The army warned that it would bomb the port.",
        "The union threatened sanctions against the junta.",
        "Al-Shabaab threatened to step up its raids on Kenyan police.",
        "The rebels threatened to resume their armed struggle.",
        "Trump warned that Iran would pay a heavy price.",
    ],
)
def test_a_threat_is_no_second_event(sentence: str) -> None:
    assert [claim.type for claim in claims(sentence)] == ["THREATEN"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Israel refused to withdraw its troops and release the prisoners.", ["REJECT"]),
        ("Russia supports the refusal of Serbia to recognise Kosovo.", ["SUPPORT", "REJECT"]),
        ("The army failed to capture the town.", ["ASSAULT"]),
    ],
)
def test_what_is_refused_is_no_second_event(sentence: str, expected: list[str]) -> None:
    assert [claim.type for claim in claims(sentence)] == expected


def test_who_calls_for_a_strike_asks_for_it() -> None:
    assert "REQUEST" in {claim.type for claim in claims("The opposition called for a general strike on Monday.")}


def test_what_others_may_do_is_no_threat() -> None:
    found = claims("Officials warned that insurgents could step up attacks before the vote.")
    assert "ASSAULT" in {claim.type for claim in found}


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        ("The minister said the Islamic State was behind the attack.", [(["minister"], ["Islamic State"])]),
        ("May told parliament it was likely that Russia was responsible for the poisoning.", [(["May"], ["Russia"])]),
        ("The group said it was behind the bombing.", []),
        ("A spokesman for the Taliban said the group was responsible for the attacks.", []),
        ("It is unclear who was behind the bombing.", []),
    ],
)
def test_who_is_said_to_be_behind_a_deed_is_accused(sentence: str, sides: list[tuple[list[str], list[str]]]) -> None:
    found = [claim for claim in claims(sentence) if claim.type == "ACCUSE"]
    assert [([one.name for one in c.actors], [one.name for one in c.recipients]) for c in found] == sides


def test_another_event_may_stand_between_the_words_of_a_row() -> None:
    found = claims("Aid lorries reached the besieged town of Madaya for the first time in months.")
    assert [claim.type for claim in found] == ["AID", "COERCE"]


@pytest.mark.parametrize(
    ("sentence", "unwanted"),
    [
        ("India lodged a strong protest over the ceasefire violation.", "PROTEST"),
        ("Any use of chemical weapons would be met with a swift response.", "CONSULT"),
        ("The government would not bow to the hijackers' demands.", "CONCEDE"),
        ("Mugabe finally stood down as impeachment proceedings began.", "REJECT"),
        ("The government backed down over the fuel tax.", "AID"),
        ("The council charged the observers with monitoring the truce.", "ACCUSE"),
    ],
)
def test_words_that_mean_something_else_together(sentence: str, unwanted: str) -> None:
    assert unwanted not in {claim.type for claim in claims(sentence)}


def test_a_deed_and_its_dead_are_one_event() -> None:
    (claim,) = claims(
        "Shells fired by the artillery hit a market in Ariha on Wednesday and killed at least ten people."
    )
    assert claim.killed and claim.killed.low == 10


@pytest.mark.parametrize(
    ("story", "tolls"),
    [
        (
            "Artillery shelled a market in Ariha on Wednesday and killed ten people. The attack was the worst in months. "
            "Two soldiers were killed in the province when a bomb struck their convoy.",
            [10, 2],
        ),
        (
            "Army shelling of Ariha killed ten people on Wednesday. Army shelling of the town killed three people on Thursday.",
            [10, 3],
        ),
    ],
    ids=["another mode and toll", "another toll"],
)
def test_what_no_mention_of_an_event_has_told_is_another_event(story: str, tolls: list[int]) -> None:
    assert [claim.killed.low for claim in claims(story) if claim.killed] == tolls


@pytest.mark.parametrize(
    "text",
    [
        "Jo Cox was murdered in Birstall on Thursday. A man was arrested. He had stabbed Cox outside the library.",
        "Boris Nemtsov was murdered in Moscow on Friday. Gunmen had opened fire on Nemtsov as he walked home.",
    ],
)
def test_violence_against_one_known_by_name_is_one_event_however_it_is_told(text: str) -> None:
    (claim,) = (claim for claim in claims(text) if claim.type == "ASSAULT")
    assert claim.mode == "targeted"


def test_two_verbs_done_to_two_parties_are_two_events() -> None:
    found = claims("The opposition was accused of helping the rebels, a group blamed for attacks on the army.")
    assert [[one.name for one in claim.recipients] for claim in found if claim.type == "ACCUSE"] == [
        ["opposition"],
        ["rebels"],
    ]


def test_a_style_is_no_event() -> None:
    assert claims("Analysts watched a gruesome execution-style video.") == []


def test_nouns_joined_by_and_are_two_events() -> None:
    found = [claim for claim in claims("The rebels were accused of killings and rapes.") if claim.type == "ASSAULT"]
    assert [claim.mode for claim in found] == [None, "sexual"]


SENTENCE = (
    """
    Two NUM 2 nummod
    men NOUN 4 nsubj:pass
    were AUX 4 aux:pass
    hurt VERB 0 root
    in ADP 7 case
    the DET 7 det
    bang NOUN 4 obl
    """,
    (),
)


def _found(*scored: tuple[int, str, float]) -> list[tuple[int, str]]:
    text, (passage,) = passages(SENTENCE)
    mentions = tuple(
        Mention(word=word, type=kind, type_score=score, mode=None, mode_score=0.5, status="happened", status_score=0.9)
        for word, kind, score in scored
    )
    tree = Tree(msgspec.structs.replace(passage, mentions=mentions), text)
    return [(mention.word, dict(why)["type"]) for mention, why in what.mentions(tree, codebook.load())]


def test_belief_parted_between_two_words_is_one_event() -> None:
    assert _found((3, "ASSAULT", 0.4), (6, "ASSAULT", 0.45)) == [(6, "model 0.45 of 0.85")]


@pytest.mark.parametrize(
    "scored",
    [
        [(3, "ASSAULT", 0.15), (6, "ASSAULT", 0.45)],
        [(3, "AID", 0.4), (6, "ASSAULT", 0.45)],
        [(0, "ASSAULT", 0.4), (6, "ASSAULT", 0.45)],
        [(6, "ASSAULT", 0.5)],
    ],
    ids=["too little", "two types", "far apart", "alone"],
)
def test_doubtful_words_are_no_event(scored: list[tuple[int, str, float]]) -> None:
    assert _found(*scored) == []


def test_an_event_that_is_told_is_not_told_again_beside_it() -> None:
    assert _found((3, "ASSAULT", 0.9), (6, "ASSAULT", 0.5), (1, "ASSAULT", 0.4)) == [(3, "model 0.90")]


def test_who_does_two_things_does_both() -> None:
    found = claims("The towns were shelled and bombed by Russian warplanes.")
    assert [[one.country for one in claim.actors] for claim in found] == [["RUS"], ["RUS"]]


def test_nobody_who_does_it_has_it_done_to_him() -> None:
    lines = """the DET 2 det
    alliance NOUN 0 root
    , PUNCT 5 punct
    which PRON 5 nsubj
    arms VERB 2 acl:relcl
    the DET 7 det
    rebels NOUN 5 obj"""
    _, (passage,) = passages((lines, ()))
    assert [(role.kind, role.word) for role in what.agents(Tree(passage, ""), 4)] == [("actor", 1)]
    passive = passages(
        (lines.replace("arms VERB", "armed VERB").replace(", PUNCT", "is AUX").replace("punct", "aux:pass"), ())
    )
    assert list(what.agents(Tree(passive[1][0], ""), 4)) == []


@pytest.mark.parametrize(("preposition", "kind"), [("on", "recipient"), ("by", "actor"), ("of", None)])
def test_a_long_name_that_the_parse_cut_in_two_still_takes_part(preposition: str, kind: str | None) -> None:
    lines = f"raids NOUN 0 root\n{preposition} ADP 3 case\nHay'at PROPN 4 compound\nTahrir PROPN 1 flat\nal-Sham PROPN 3 flat"
    text, made = passages((lines, [("Hay'at Tahrir al-Sham", "ORG")]))
    found = what.parsed_roles(Tree(made[0], text), 0)
    assert [(role.kind, role.word) for role in found] == ([(kind, 3)] if kind else [])


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Arab militiamen looted the market and burned displacement camps in El Geneina.", "COERCE"),
        ("Rioters looted shops in Kenosha.", "PROTEST"),
    ],
)
def test_who_loots_takes_what_is_not_his_unless_he_riots(sentence: str, type_: str) -> None:
    assert {sentence[c.trigger.start : c.trigger.end]: c.type for c in claims(sentence)}["looted"] == type_


def test_a_report_of_none_is_no_mention_of_those_counted() -> None:
    text = (
        "Over the past 24 hours, 28 attacks by terrorists were recorded in Idlib, the admiral said. According to the Syrian "
        "side, the number of shellings stood at 24. No shellings by formations controlled by Turkey were registered."
    )
    assert [c.status.value for c in claims(text)] == ["happened", "denied"]


def test_what_was_not_found_is_none_of_what_was() -> None:
    """ "No breach" beside an abduction: two claims, and only one denied."""
    text = "The committee said that no breach was recorded in May. It noted the abduction of an official in Sabha."
    assert [(text[c.trigger.start : c.trigger.end], c.status.value) for c in claims(text)] == [
        ("breach", "denied"),
        ("abduction", "happened"),
    ]


@pytest.mark.parametrize(
    "sentence", ["Iranian-Saudi talks resumed in Baghdad on Thursday.", "Turkish-Syrian talks were held in Moscow."]
)
def test_talks_of_two_that_nobody_is_told_to_mediate_are_no_mediation(sentence: str) -> None:
    (claim,) = claims(sentence)
    assert (claim.type, claim.mode) == ("CONSULT", None)
