"""Trigger rows are found in sentences, and keep their word on texts coded by hand."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.codebook import TriggerHit, load
from trucewatch.codebook.rows import TriggerRow
from trucewatch.codebook.triggers import Matcher, read_patterns, split_words
from trucewatch.errors import TableError
from trucewatch.language.words import words as model_words

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "train"


def _row(id: str, words: str, **more: str) -> TriggerRow:
    values = {"effect": "add", "type": "ASSAULT", "example": "-", "counterexample": "-"} | more
    return TriggerRow(where="triggers.csv:2", id=id, words=words, **values)


def _found(words: str, sentence: str, **more: str) -> list[tuple[int, int, int]]:
    hits = Matcher([_row("a", words, **more)]).match(sentence.split())
    return [(hit.word, *hit.phrase) for hit in hits]


@pytest.mark.parametrize(
    ("words", "sentence", "found"),
    [
        ("air strike/strikes", "Two Air Strikes hit", [(2, 1, 2)]),
        ("air strike/strikes", "the air - strikes hit", [(3, 1, 3)]),
        ("air strike/strikes", "the air-strike hit", [(1, 1, 1)]),
        ("air strike", "the air , strike", []),
        ("cease-fire/truce", "a cease - fire and a truce and a cease fire", [(3, 1, 3), (6, 6, 6), (10, 9, 10)]),
        ("accuse+", "accuse accuses accused accusing accuser", [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 3, 3)]),
        ("deny+", "denies denied denying denys", [(0, 0, 0), (1, 1, 1), (2, 2, 2)]),
        ("^impose/imposed * curfew", "they imposed a strict night curfew", [(1, 1, 5)]),
        ("imposed * curfew", "they imposed a very strict night curfew", []),  # four words apart
        ("imposed * curfew", "they imposed order , then curfew", []),  # a gap crosses no comma
        ("imposed * curfew", "they imposed curfew", [(2, 1, 2)]),
        ("^entered * airspace", "they entered Estonia 's own airspace", [(1, 1, 5)]),  # "'s" is no mark
        ("no man's land", "in no man 's land", [(4, 1, 4)]),
        ("set ^fire to", "they set fire to it", [(2, 1, 3)]),
        ("gas|tear gas", "the tear gas", [(2, 1, 2)]),  # the longer alternative
        ("clashes with/near", "the clashes near town", [(1, 1, 2)]),  # a preposition carries no event
        ("gunned down", "he gunned down two", [(1, 1, 2)]),
    ],
)
def test_patterns(words: str, sentence: str, found: list[tuple[int, int, int]]) -> None:
    assert _found(words, sentence) == found


@given(
    st.lists(st.sampled_from(["", "-", "air-strikes", "’", "The", "refused", "to", "release", ",", "men"]), max_size=12)
)
def test_any_words_can_be_matched(words: list[str]) -> None:
    for hit in load().match_triggers(words):
        assert 0 <= hit.phrase[0] <= hit.first <= hit.word <= hit.last <= hit.phrase[1] < len(words)


@pytest.mark.parametrize("words", ["", "* fire", "fire *", "a||b", "a/|b", "fire ^* out x", "+", "y/ z"])
def test_patterns_that_cannot_be_read(words: str) -> None:
    with pytest.raises(TableError, match=r"^triggers.csv:9: the words .* cannot be read"):
        read_patterns(words, "triggers.csv:9")


def test_the_stretch_of_a_hit_stops_at_a_gap() -> None:
    (hit,) = Matcher([_row("a", "^refused to * release")]).match("he refused to ever release us".split())
    assert (hit.first, hit.last, hit.phrase) == (1, 2, (1, 4))


def test_a_row_with_a_status_speaks_for_its_whole_phrase() -> None:
    rows = [_row("a", "^failed * agreement", type="AGREE", status="denied"), _row("b", "agreement", type="AGREE")]
    (hit,) = Matcher(rows).match("they failed to reach an agreement".split())
    assert (hit.id, hit.first, hit.last) == ("a", 1, 5)


def test_a_forbidding_row_silences_shorter_ones_inside_it() -> None:
    rows = [_row("a", "attack"), TriggerRow(
        where="triggers.csv:3", id="b", words="heart attack", effect="forbid", example="-", counterexample="-",
    )]  # fmt: skip
    hits = Matcher(rows).match("a heart attack , not an attack".split())
    assert [(hit.id, hit.word) for hit in hits] == [("b", 2), ("a", 6)]


def test_a_mode_is_not_lost_to_a_longer_row_without_one() -> None:
    rows = [_row("a", "^attack on * base"), _row("b", "suicide attack", mode="suicide-attack", effect="refine")]
    (hit,) = Matcher(rows).match("a suicide attack on the base".split())
    assert (hit.id, hit.row.mode, hit.row.effect) == ("b", "suicide-attack", "add")


def test_a_part_of_speech_can_be_asked_for() -> None:
    matcher = Matcher([_row("a", "shells", pos="VERB")])
    assert matcher.match(["it", "shells", "us"], ["PRON", "VERB", "PRON"])
    assert not matcher.match(["the", "shells", "fell"], ["DET", "NOUN", "VERB"])
    assert matcher.match(["it", "shells", "us"])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A suicide bombing killed nine clerks.", "ASSAULT/suicide-attack"),
        ("The air strikes went on.", "ASSAULT/aerial"),
        ("Mortar fire hit the mill.", "ASSAULT/heavy-weapons"),
        ("A drone strike hit the mill.", "ASSAULT/drone"),
        ("Two nurses were abducted from the clinic.", "ASSAULT/abduct"),
        ("Police arrested the miller.", "COERCE/arrest"),
        ("The chiefs spoke by telephone.", "CONSULT/phone"),
        ("The militia released ninety prisoners.", "RETREAT/release"),
        ("The brigade withdrew its troops.", "RETREAT/withdraw"),
        ("The ceasefire has been repeatedly broken.", "ASSAULT/None"),
        ("The hill fell to the rebels.", "ASSAULT/None"),
        ("The junta gave French troops a month to leave.", "THREATEN/None"),
        ("The clan gave the front until Tuesday to withdraw.", "THREATEN/None"),
        ("The band said it would not renew the truce.", "REJECT/yield"),
        ("The junta no longer considers itself bound by the truce.", "SANCTION/withdraw"),
        ("The truce, due to expire at noon, has been extended.", "CONCEDE/None"),
        ("Russia launched 112 drones against Ukraine overnight.", "ASSAULT/drone"),
        ("The governor imposed a curfew.", "COERCE/curfew"),
        ("The court sentenced the miller to death.", "SANCTION/convict"),
        ("Bakers staged a demonstration.", "PROTEST/demo"),
        ("The inmates began a hunger strike.", "PROTEST/hunger"),
        ("The king deployed troops to the ford.", "MOBILIZE/troops"),
        ("The king came under fire from lawmakers.", "ACCUSE/disapprove"),
        ("Raiders hacked four herders to death near Jos.", "ASSAULT/primitive"),
        ("Two men were killed in a machete attack in Beni.", "ASSAULT/primitive"),
        ("Six soldiers were killed by an IED near Gao.", "ASSAULT/explosives"),
        ("Two porters were wounded by gunfire in Goma.", "ASSAULT/firearms"),
        ("A nurse was killed by a stray shell in Sloviansk.", "ASSAULT/heavy-weapons"),
        ("Soldiers recovered two AK-47 rifles in Shopian.", "COERCE/seize"),
        ("Three pistols and a radio were recovered from the house.", "COERCE/seize"),
        ("The fighters extorted money from truckers in Sambisa.", "COERCE/seize"),
        ("The junta extended the state of emergency in Myanmar.", "COERCE/martial-law"),
        ("Police in Lahore lodged an FIR against nine men.", "ACCUSE/investigate"),
        ("An appeals court overturned his conviction.", "CONCEDE/None"),
        ("Washington designated the Houthis as a terrorist organization.", "SANCTION/None"),
        ("Washington removed the FARC from its terrorism list.", "CONCEDE/None"),
        ("Pyongyang fired two short-range ballistic missiles into the Sea of Japan.", "MOBILIZE/weapons"),
        ("Pyongyang launched a missile that fell into the sea.", "MOBILIZE/weapons"),
        ("Ten Chinese jets crossed the median line of the Taiwan Strait.", "MOBILIZE/None"),
        ("Planes airdropped food over Deir ez-Zor.", "AID/None"),
        ("A driver plowed a van into pedestrians in Barcelona.", "ASSAULT/primitive"),
        ("Mattarella vowed to bring the killers to justice.", "THREATEN/arrest"),
        ("The brigade in Derna swore allegiance to Baghdadi.", "SUPPORT/None"),
        ("The accord was signed in Arusha.", "SUPPORT/None"),
        ("Gunners intercepted thirty drones over Kyiv.", "ASSAULT/None"),
        ("Police in Dhaka lathi-charged the crowd.", "ASSAULT/crowd-control"),
        ("Traders in Srinagar observed a hartal.", "PROTEST/strike"),
        ("A Red Crescent convoy reached the town of Douma.", "AID/None"),
        ("Doctors treated dozens of people for breathing difficulties.", "AID/None"),
        ("Madrid imposed direct rule on Catalonia.", "COERCE/martial-law"),
        ("Hungary erected a fence along its border with Serbia.", "COERCE/restrict"),
        ("Hackers broke into the emails of the party.", "COERCE/cyber"),
        ("The envoys sat down at the negotiating table in Geneva.", "CONSULT/None"),
        ("Theresa May would not bow to pressure.", "REJECT/yield"),
        ("The spies were given 48 hours to leave.", "SANCTION/expel"),
        ("A court in Dhaka awarded life imprisonment to two militants.", "SANCTION/convict"),
        ("The Council extended restrictive measures against Syria.", "SANCTION/None"),
        ("Merkel threw her weight behind the plan.", "SUPPORT/None"),
        ("Trump said that all options were on the table.", "THREATEN/violence"),
        ("Assad would pay a heavy price for it.", "THREATEN/None"),
        ("Mugabe finally stood down.", "RETREAT/None"),
        ("Corbyn hit out at the ministry over the arms sales.", "ACCUSE/disapprove"),
        ("Trump ripped up the accord with Tehran.", "SANCTION/withdraw"),
        ("Duque put the talks with the ELN on hold.", "REJECT/meet"),
        ("Ministers backed down over the fuel tax.", "CONCEDE/None"),
        ("The Taliban said they were open to talks.", "AGREE/None"),
        ("There will be consequences for Moscow, she said.", "THREATEN/None"),
        ("Any attack would be met with a harsh response.", "THREATEN/None"),
        ("Farmers in Marib live under threat of eviction.", "THREATEN/None"),
        ("Neighbours pulled a child from the rubble in Taiz.", "AID/None"),
        ("Jordan hosts 650,000 Syrian refugees.", "AID/None"),
        ("Prosecutors spoke of collusion between guards and smugglers.", "COOPERATE/None"),
        ("Thousands of Yazidis sought refuge in Dohuk.", "REQUEST/assist"),
        ("The council tasked the observers with monitoring the truce.", "REQUEST/None"),
        ("Troops began a combing operation in Kupwara.", "COERCE/None"),
        ("A US destroyer sailed close to Mischief reef.", "MOBILIZE/weapons"),
        ("Abiy lifted the state of emergency in June.", "CONCEDE/None"),
        ("A lorry ploughed into the market in Berlin.", "ASSAULT/primitive"),
        ("Ankara would not hesitate to use force, he said.", "THREATEN/None"),
        ("Isis gave the villagers two days to hand over the men.", "THREATEN/None"),
        ("A court in Cairo condemned 25 men to death.", "SANCTION/convict"),
        ("The ministry ordered the consul to leave.", "SANCTION/expel"),
        ("Thousands of Uighurs were sent to re-education camps.", "COERCE/arrest"),
        ("Troops busted a hideout in Poonch.", "COERCE/seize"),
        ("The navy turned back a tanker off Hodeidah.", "COERCE/restrict"),
        ("Isis used the villagers as human shields.", "COERCE/None"),
        ("Medics treated 900 patients in Idlib.", "AID/None"),
        ("Two jets were scrambled over the Baltic.", "MOBILIZE/None"),
        ("Traders in Srinagar observed a complete shutdown.", "PROTEST/strike"),
        ("The African Union gave its blessing to the mission.", "SUPPORT/None"),
        ("Netanyahu snubbed the German minister.", "REJECT/None"),
        ("The raid drew the ire of Paris.", "ACCUSE/disapprove"),
        ("Masked men bundled the reporter into a van.", "ASSAULT/abduct"),
        ("Trump leaned on the Saudis to pump more oil.", "REQUEST/None"),
        ("The envoys were threatened with immediate expulsion.", "THREATEN/None"),
        ("The raiders snatched four rifles from the guards.", "COERCE/seize"),
        ("Police conducted searches in Shopian.", "COERCE/None"),
        ("Dissidents were interned on an island.", "COERCE/arrest"),
        ("The bishops challenged the ban in court.", "REJECT/None"),
        ("A judge ordered the site blocked.", "REQUEST/None"),
        ("Obama brought home the last troops from Iraq.", "RETREAT/withdraw"),
        ("The army held live-fire drills near Yeonpyeong.", "MOBILIZE/None"),
        ("Nato began patrols in the Aegean.", "MOBILIZE/troops"),
        ("A lifeboat picked up 40 migrants off Kos.", "AID/None"),
        ("Diplomatic efforts to free the sailors went on.", "CONSULT/None"),
        ("A UN panel found evidence of war crimes in Yemen.", "ACCUSE/investigate"),
        ("The government gave in to the protesters' demands.", "CONCEDE/None"),
        ("The ruling was overturned on appeal.", "CONCEDE/None"),
        ("London stands shoulder-to-shoulder with Paris.", "SUPPORT/None"),
        ("The spies tapped the phones of reporters.", "COERCE/None"),
        ("The navy plucked 300 people from the water.", "AID/None"),
        ("The airport was ringed by soldiers.", "MOBILIZE/None"),
        ("China flew four bombers around Taiwan.", "MOBILIZE/weapons"),
        ("Teachers walked out over their pay.", "PROTEST/strike"),
        ("A blockade would be seen as an act of war.", "THREATEN/violence"),
        ("The carrier group is heading for the Gulf.", "MOBILIZE/None"),
        ("France sent doctors to Mogadishu.", "AID/None"),
        ("The regime dropped chlorine on Saraqeb.", "ASSAULT/unconventional"),
        ("The regime was responsible for the release of sarin in Douma.", "ASSAULT/unconventional"),
        ("The UN security council met behind closed doors.", "CONSULT/multilateral"),
        ("An IED planted by militants hit a vehicle near Shuhayl.", "ASSAULT/explosives"),
        ("The minister announced a further £5 million for refugees in Jordan.", "AGREE/None"),
        ("Since 2011 the UK has committed £2.81 billion to Syria.", "AGREE/None"),
        ("Shells rained on the market of Ariha.", "ASSAULT/heavy-weapons"),
        ("A drone slammed into a depot in Marib.", "ASSAULT/drone"),
        ("The rebels swept into the town of Afrin.", "ASSAULT/None"),
        ("South Africa lost nine soldiers near Goma.", "ASSAULT/None"),
        ("Both sides have abided by the truce.", "RETREAT/ceasefire"),
        ("Israel allowed some fuel into the Strip.", "RETREAT/access"),
        ("The army lifted its siege of the town.", "RETREAT/None"),
        ("The two sides hammered out a truce.", "AGREE/None"),
        ("Russia sided with Damascus.", "SUPPORT/None"),
        ("Rubio worked the phones all night.", "CONSULT/phone"),
        ("Armenia called up more reservists.", "MOBILIZE/troops"),
        ("Nurses handed out rice and tents.", "AID/None"),
        ("Israel halted the entry of aid.", "COERCE/withhold"),
        ("The rebels tightened their noose around Goma.", "COERCE/restrict"),
        ("The council stripped him of his rank.", "SANCTION/None"),
        ("India put the water treaty in abeyance.", "SANCTION/withdraw"),
        ("The president fired his deputy.", "SANCTION/expel"),
        ("All their bases are legitimate targets.", "THREATEN/violence"),
        ("The general declared all-out war on the militia.", "THREATEN/violence"),
        ("Lavrov poured cold water on the plan.", "REJECT/None"),
        ("Hamas is holding out for a seaport.", "REQUEST/None"),
        ("The post was targeted with a drone.", "ASSAULT/drone"),
        ("A drone destroyed a howitzer near Hranitne.", "ASSAULT/drone"),
        ("Two guards were fatally wounded near Goris.", "ASSAULT/None"),
        ("Turkey neutralised nine YPG members.", "ASSAULT/None"),
        ("The two sides swapped the bodies of the fallen.", "RETREAT/release"),
        ("The two sides came to terms on a freeze.", "AGREE/None"),
        ("The White House gave the green light to the raid.", "SUPPORT/None"),
        ("The services pass on intelligence to the army.", "COOPERATE/None"),
        ("Iran bankrolls the brigade.", "AID/None"),
        ("Gunmen threw the families out of their homes.", "COERCE/deport"),
        ("The bishops took issue with the decree.", "ACCUSE/disapprove"),
        ("The rebels would not agree to the terms.", "REJECT/yield"),
        ("The army halted its offensive.", "RETREAT/ceasefire"),
        ("The battalion was moved back to barracks.", "RETREAT/withdraw"),
        ("Tokyo scrapped the ban on grain.", "CONCEDE/None"),
        ("A Kenyan contingent landed in Port-au-Prince.", "MOBILIZE/troops"),
        ("The verdict was unjust, the bishop said.", "ACCUSE/disapprove"),
        ("The president ordered troops to the border.", "MOBILIZE/troops"),
        ("Lawmakers passed a law banning rallies.", "COERCE/restrict"),
        ("The treasury doubled tariffs on steel.", "SANCTION/None"),
        ("Beijing scrapped tariffs on wine.", "CONCEDE/None"),
        ("The ambassador was summoned to the foreign ministry.", "REQUEST/meet"),
        ("Two parties pulled out of the election.", "PROTEST/boycott"),
        ("Mali announced the withdrawal of its ambassador to Chad.", "SANCTION/None"),
        ("India buys most of its oil from Russia.", "COOPERATE/None"),
        ("Soldiers demolished a house in Silwan.", "COERCE/seize"),
        ("Japan pledged aid to Gaza.", "AGREE/None"),
        ("The bishop chided the judges.", "ACCUSE/disapprove"),
        ("The two states restored diplomatic ties.", "SUPPORT/None"),
        ("The governor was relieved of his post.", "SANCTION/None"),
        ("Drivers in Dakar stopped work.", "PROTEST/strike"),
        ("Tehran will not negotiate under pressure.", "REJECT/meet"),
        ("Their request for bail was denied.", "REJECT/None"),
        ("Athens passed information about the suspects to Interpol.", "COOPERATE/None"),
        ("The navy received intelligence from Oman.", "COOPERATE/None"),
        ("Militiamen backed by Iran left Kirkuk.", "AID/None"),
        ("Reception centres for migrants will be constructed on Lesbos.", "AID/None"),
        ("A group of gunmen slipped into Mindanao.", "MOBILIZE/None"),
        ("The insurgents created a new base in the jungle.", "MOBILIZE/None"),
        ("The guerrillas fled as soldiers closed in.", "RETREAT/withdraw"),
        ("Washington transferred four prisoners from Bagram to Kabul.", "RETREAT/release"),
        ("No aid has reached Madaya since March.", "AID/None"),
        ("The protests have claimed the lives of two students.", "ASSAULT/None"),
        ("The column beat a hasty retreat.", "RETREAT/withdraw"),
        ("Troops carried out searches in Hebron.", "COERCE/None"),
        ("Envoys worked out a deal on the ship.", "AGREE/None"),
        ("Delivery of flour to the camp resumed.", "AID/None"),
        ("We will avenge our dead, the commander said.", "THREATEN/violence"),
        ("Iran is interfering in the affairs of Bahrain.", "COERCE/None"),
        ("Iraqi troops seized a weapons depot.", "ASSAULT/None"),
        ("The hospital received medicine from Italy.", "AID/None"),
        ("A carrier is patrolling the strait alongside two French ships.", "COOPERATE/None"),
        ("Villagers were armed by the government.", "AID/None"),
        ("Sudan acquired twelve fighter jets.", "MOBILIZE/weapons"),
        ("The exit of the last French soldier from Mali was marked with a parade.", "RETREAT/withdraw"),
        ("Israel opened the crossing at Kerem Shalom.", "RETREAT/access"),
    ],
)
def test_what_the_table_is_for(sentence: str, expected: str) -> None:
    hits = load().match_triggers(split_words(sentence))
    assert expected in {f"{hit.row.type}/{hit.row.mode}" for hit in hits}


def test_who_is_hacked_to_death_is_no_computer() -> None:
    hits = load().match_triggers(split_words("Raiders hacked four herders to death near Jos."))
    assert {hit.row.type for hit in hits} == {"ASSAULT"}


@pytest.mark.parametrize(
    "sentence",
    [
        "He died of a heart attack.",
        "Nine people died in a car crash.",
        "Her speech struck a chord.",
        "Many farmers were opposed to the reform.",
        "Two helicopters crashed near Tessalit.",
        "The judges will hear his appeal in May.",
        "The Security Council has fifteen seats.",
        "The film was shot on location.",
        "The office released a statement.",
        "Amnesty International has an office.",
        "A tsunami warning was in force.",
        "The ministry ignored a request for comment.",
        "They were within striking distance of the port.",
        "The ministry refuses to comment on it.",
        "The officer died while disarming a device.",
    ],
)
def test_what_the_table_forbids(sentence: str) -> None:
    hits = load().match_triggers(split_words(sentence))
    assert hits
    assert {hit.row.effect for hit in hits} == {"forbid"}


def test_the_table_is_large_and_every_effect_is_in_it() -> None:
    rows = load().triggers.values()
    assert len(rows) >= 400
    assert {row.effect for row in rows} == {"add", "refine", "opinion", "forbid"}
    assert {row.type for row in rows} - {None} == set(load().types)


Event = tuple[int, int, str, str | None]
"""First and last word of a coded trigger, its type and its mode."""


def _coded() -> list[tuple[list[str], list[Event]]]:
    sentences = []
    for file in sorted(GOLD.glob("t??.in.txt")):
        lines = defaultdict(list)
        for line in file.with_name(file.name.replace(".in.txt", ".tsv")).read_text("utf-8").splitlines():
            cells = line.split("\t")
            lines[cells[0]].append(cells[1:3])
        for line in file.read_text("utf-8").splitlines():
            id, tab, sentence = line.partition("\t")
            if not tab:
                continue
            spans = model_words(sentence)
            events: list[Event] = []
            for trigger, label in lines[id]:
                at = sentence.find(trigger)
                inside = [n for n, (a, b) in enumerate(spans) if a < at + len(trigger) and b > at]
                if at >= 0 and inside:
                    type_, _, mode = label.partition("/")
                    events.append((inside[0], inside[-1], type_, mode or None))
            sentences.append(([sentence[a:b] for a, b in spans], events))
    return sentences


def _verdict(hit: TriggerHit, events: list[Event]) -> tuple[bool, bool]:
    """Whether an event stands where the row says, and whether it is the row's."""
    at = [event for event in events if event[0] <= hit.word <= event[1]]
    at = at or [event for event in events if event[0] <= hit.phrase[1] and event[1] >= hit.phrase[0]]
    row = hit.row
    return bool(at), any(kind == row.type and row.mode in (None, mode) for _, _, kind, mode in at)


@pytest.mark.skipif(not GOLD.exists(), reason="no coded sentences (shared/gold beside the repository)")
def test_rows_keep_their_word_on_coded_sentences() -> None:
    """But for the row of bare denials, whose type is that of the deed which is denied (claims/inheritance.py)."""
    sentences = _coded()
    tally: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    found = [(load().match_triggers(words), events) for words, events in sentences]
    for hits, events in found:
        for hit in hits:
            if hit.id != "assault-denied-bare":
                tally[hit.id].append(_verdict(hit, events))
    pools: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    low = []
    for id, verdicts in tally.items():
        effect = load().triggers[id].effect
        pools[effect] += verdicts
        share = _share(effect, verdicts)
        if share is not None and share < (0.85 if effect == "add" else 0.88):
            low.append((id, effect, len(verdicts), round(share, 2)))
    shares = {effect: _share(effect, verdicts) for effect, verdicts in pools.items()}
    assert low == []
    assert (shares["add"] or 0) >= 0.9
    assert (shares["refine"] or 0) >= 0.94
    assert (shares["forbid"] or 0) >= 0.95


def _share(effect: str, verdicts: list[tuple[bool, bool]]) -> float | None:
    """How often a row is right: of all hits where it adds, of those at an event where it refines; None below ten."""
    if effect == "refine":
        verdicts = [verdict for verdict in verdicts if verdict[0]]
    if len(verdicts) < 10:
        return None
    right = sum(not event if effect == "forbid" else its_own for event, its_own in verdicts)
    return right / len(verdicts)
