"""Rules of status on sentences of our own, parsed by the packaged model."""

import pytest

from tests.claims.made import coded
from trucewatch.claims.status import Reality, reality
from trucewatch.claims.tree import Tree
from trucewatch.language import Engine


def told(sentence: str, trigger: str, type_: str = "ASSAULT") -> Reality | None:
    (passage,) = Engine.load().parse(sentence)
    tree = Tree(passage, sentence)
    return reality(tree, next(i for i, word in enumerate(tree.words) if word.text == trigger), type_)


def given(text: str, trigger: str) -> str:
    """The status that the coder gives in the end."""
    claims = coded(text)
    return next(c.status.value for c in claims if text[c.trigger.start : c.trigger.end] == trigger)


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Rights groups have condemned the arrests since Monday.", "condemned", "ongoing"),
        ("Since taking office he has accused Venezuela of sheltering rebels.", "accused", "ongoing"),
        ("For three years, officials have investigated the network.", "investigated", "ongoing"),
        ("The union has demanded higher pay for months.", "demanded", "ongoing"),
        ("The council has condemned the attack for the second time.", "condemned", "happened"),
        ("The premier has praised the army for its work.", "praised", "happened"),
        ("Cuba said it would not apologise.", "apologise", "denied"),
    ],
)
def test_what_has_been_said_for_long_goes_on(sentence: str, trigger: str, status: str) -> None:
    assert given(sentence, trigger) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Turkey shells Kurdish positions in northern Syria", "shells", "happened"),
        ("Ceasefire holds in Yemen's Hodeidah despite sporadic shelling", "Ceasefire", "ongoing"),
        ("Police arrested three men suspected of planning an attack on the barracks.", "attack", "possible"),
        ("The president suspended a planned visit to Ankara after the killings.", "visit", "denied"),
        ("Turkish forces were preparing to attack Manbij.", "attack", "expected"),
        ("The militants had been preparing an attack on the mall when they were caught.", "attack", "possible"),
        ("The general refused to rule out an invasion.", "invasion", "possible"),
        ("The convoy was to have delivered food to Douma.", "delivered", "denied"),
        ("The talks, which were to have been held in Muscat on Sunday, made no sense, he said.", "talks", "denied"),
        ("The withdrawal had been delayed by the fighting but began on Sunday.", "withdrawal", "happened"),
        ("The army came close to attacking the town.", "attacking", "denied"),
        ("India and Pakistan came close to war in 2002.", "war", "denied"),
        ("The sides came close to a deal in Cairo.", "deal", "denied"),
        ("The army said that it was sending two battalions to the border on Saturday.", "sending", "expected"),
        ("The envoy is urging both armies to pull back.", "urging", "happened"),
        ("The two presidents discussed Libya and reached agreement on absolutely nothing.", "reached", "denied"),
        ("It is possible that Ankara and Tehran have already agreed to divide the town.", "agreed", "possible"),
        ("The agency retracted a report that gunmen killed five people in Marib.", "killed", "denied"),
        ("A claim that rebels had shelled Taiz was withdrawn on Tuesday.", "shelled", "denied"),
        ("The agency wrongly reported that gunmen had killed five people in Marib.", "killed", "denied"),
        ("An earlier version of this report said that gunmen had killed six people in Marib.", "killed", "denied"),
        ("Israel carried out its largest wave of strikes since the ceasefire began.", "strikes", "happened"),
        ("Houthi forces are likely to continue shelling Saudi towns in response.", "shelling", "expected"),
        ("The ministry rejected claims that its units had planted mines on the road.", "planted", "denied"),
        ("Baku spread false reports of shelling by Armenian troops.", "shelling", "denied"),
        ("Eritrea was not invited to the talks, which began on Tuesday in Pretoria.", "talks", "happened"),
        ("The talks, which began on Tuesday, are continuing in Pretoria.", "talks", "ongoing"),
        ("The raids will make life harder for the farmers.", "raids", "ongoing"),
        ("The talks will begin on Monday.", "talks", "expected"),
        ("Either the army shelled the town or the rebels did.", "shelled", "possible"),
        ("The men were either shot on the spot or arrested.", "shot", "happened"),
        ("It is yet to be seen which countries will send troops to Gaza.", "send", "possible"),
        ("It was not clear who would attend the talks in Doha.", "talks", "possible"),
        ("Qassem stopped short of saying that Hezbollah would give up its rockets.", "give up", "denied"),
        ("The president denied that his government had any hand in the ambush at Banjska.", "ambush", "denied"),
        ("The French version said that rebels had shelled Taiz.", "shelled", "happened"),
        ("The army withdrew from Taiz, which rebels had shelled.", "shelled", "happened"),
        ("Jordan did not take part in the strikes on Raqqa.", "strikes", "denied"),
        ("Officials say that Jordan played no part in the raid.", "raid", "denied"),
        ("Turkey did not play a part in the attack on the convoy.", "attack", "denied"),
        ("Rebels did not only attack the base, they seized it.", "attack", "happened"),
        ("The minister did not deny that the army was involved in the raid.", "raid", "happened"),
        ("Officers of the militia stayed in Goma to carry out attacks on the army.", "attacks", "expected"),
        ("This is the only way to achieve the defeat of Islamic State.", "defeat", "possible"),
        ("Ties grew worse because of Turkey's military incursion into Sinjar.", "incursion", "happened"),
        ("Help from Saudi Arabia is less certain.", "Help", "possible"),
        ("A new offensive by the army is uncertain.", "offensive", "possible"),
        (
            "The envoy said the junta had set 20 October as the date for a bombardment of the town.",
            "bombardment",
            "expected",
        ),
        ("The rebels said they would not allow a siege of the town.", "siege", "possible"),
        ("Ankara has warned that it will not stand by and watch an attack on Qatar.", "attack", "possible"),
        ("We would welcome any step by the neighbours.", "welcome", "possible"),
        ("Explosions could be heard across Tripoli on Sunday.", "Explosions", "happened"),
    ],
)
def test_a_rule_gives_way_to_a_model_that_is_sure_unless_it_is_firm(sentence: str, trigger: str, status: str) -> None:
    assert given(sentence, trigger) == status


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The army denied shelling the market.", "shelling"),
        ("Belgrade has denied it wants to build a naval base.", "build"),
        ("The ministers said they are not planning an invasion.", "invasion"),
        ("Aid workers said airdrops were not imminent.", "airdrops"),
    ],
)
def test_what_is_denied_or_not_planned_did_not_happen(sentence: str, trigger: str) -> None:
    said = told(sentence, trigger)
    assert said and said.status == "denied"


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The meeting in Doha is not expected to decide anything.", "meeting"),
        ("The envoy said that the talks were not going well.", "talks"),
    ],
)
def test_a_meeting_of_which_something_is_denied_is_held_all_the_same(sentence: str, trigger: str) -> None:
    said = told(sentence, trigger, "CONSULT")
    assert said is None or said.status != "denied"


@pytest.mark.parametrize(
    "caption",
    [
        "Soldiers search a house in the old town, March 3, 2018.",
        "FILE - Soldiers search a house in the old town.",
    ],
)
def test_a_caption_tells_of_what_is_past(caption: str) -> None:
    assert told(caption, "search", "COERCE") == Reality("happened", "pictured")


def test_of_what_a_caption_only_names_the_model_may_know_better() -> None:
    caption = "FILE - The president speaks of the fight against the insurgents, March 3, 2018."
    assert told(caption, "fight") == Reality("happened", "caption")
    assert given(caption, "fight") == "ongoing"


def test_the_present_tense_alone_says_nothing() -> None:
    assert told("Soldiers search a house in the old town.", "search", "COERCE") is None


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Ankara has long accused the militia of shelling its border towns.", "ongoing"),
        ("The raids have been repeatedly accused of breaking the truce.", "ongoing"),
        ("Ankara has accused the militia of shelling its border towns.", None),
    ],
)
def test_what_is_said_again_and_again_goes_on(sentence: str, status: str | None) -> None:
    said = told(sentence, "accused", "ACCUSE")
    assert (said and said.status) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Western governments accuse Tehran of arming the rebels.", "accuse", "ongoing"),
        ("Kampala, which blames Kigali for the raids, closed the border.", "blames", "ongoing"),
        ("Kyiv will accuse Moscow of breaking the truce.", "accuse", None),
        ("They met to accuse each other of breaking the truce.", "accuse", None),
    ],
)
def test_a_charge_in_the_present_tense_stands(sentence: str, trigger: str, status: str | None) -> None:
    said = told(sentence, trigger, "ACCUSE")
    assert (said and said.status) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "type_", "status"),
    [
        ("The envoy is urging both armies to pull back.", "urging", "REQUEST", "happened"),
        ("Officers are threatening to storm the square.", "threatening", "THREATEN", "happened"),
        ("Residents have been asking for the road to be opened.", "asking", "REQUEST", None),
        ("Residents are still asking for the road to be opened.", "asking", "REQUEST", None),
        ("A committee is investigating the raid.", "investigating", "ACCUSE", None),
    ],
)
def test_what_is_being_said_has_been_said(sentence: str, trigger: str, type_: str, status: str | None) -> None:
    said = told(sentence, trigger, type_)
    assert (said and said.status) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("The army will launch an offensive in the spring.", "offensive", "expected"),
        ("The commission will investigate the killings.", "killings", None),
        ("The minister vowed to avenge the bombing.", "bombing", None),
        ("The shelling may have been a mistake.", "shelling", None),
        ("The rebels may mount an attack on the bridge.", "attack", "possible"),
        ("The rebels may cross the river and attack the bridge.", "attack", "possible"),
        ("The rebels may have fled, and the army shelled the bridge.", "shelled", None),
        ("The spokesman did not condemn the bombing.", "bombing", None),
        ("The army did not carry out any attack.", "attack", "denied"),
    ],
)
def test_what_is_said_of_a_verb_holds_for_a_noun_that_it_only_carries(
    sentence: str, trigger: str, status: str | None
) -> None:
    said = told(sentence, trigger)
    assert (said and said.status) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "type_", "status"),
    [
        ("No soldier will be sent to the front.", "sent", "MOBILIZE", "denied"),
        ("Nobody was killed in the town.", "killed", "ASSAULT", "denied"),
        ("The government has no plans to attack its neighbour.", "attack", "ASSAULT", "denied"),
        ("The president postponed a planned visit to Ankara.", "visit", "CONSULT", "denied"),
        ("The envoy was supposed to have visited Damascus on Friday.", "visited", "CONSULT", "denied"),
        ("The aid workers were not allowed into the camp.", "allowed", "COERCE", None),
        ("Nobody was allowed to leave the town.", "allowed", "COERCE", None),
        ("Nobody may cross the bridge without a permit.", "cross", "COERCE", None),
        ("If the militia does not withdraw, the town will be stormed.", "withdraw", "RETREAT", "possible"),
    ],
)
def test_what_is_not_done_by_anybody_is_denied_and_a_ban_is_a_deed(
    sentence: str, trigger: str, type_: str, status: str | None
) -> None:
    said = told(sentence, trigger, type_)
    assert (said and said.status) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "type_", "status"),
    [
        ("The rebels will leave the town if the army stops shelling it.", "leave", "RETREAT", "possible"),
        ("Aid agencies fear that the army will storm the town.", "storm", "ASSAULT", "possible"),
        ("The rebels are ready to meet the envoy.", "meet", "CONSULT", "possible"),
        ("Three men were accused of plotting an attack.", "attack", "ASSAULT", "possible"),
        ("The opposition is planning a rally on Friday.", "rally", "PROTEST", "expected"),
        ("The envoy had been due to meet the rebels.", "meet", "CONSULT", None),
        ("The governor said that his country could close the strait.", "close", "THREATEN", None),
    ],
)
def test_what_depends_on_others_is_possible_and_not_expected(
    sentence: str, trigger: str, type_: str, status: str | None
) -> None:
    said = told(sentence, trigger, type_)
    assert (said and said.status) == status


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The army has been shelling the town for two months.", "ongoing"),
        ("The army had been shelling the town for two months.", None),
    ],
)
def test_what_had_been_going_on_need_not_go_on(sentence: str, status: str | None) -> None:
    said = told(sentence, "shelling")
    assert (said and said.status) == status


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("No police officers were injured.", False),
        ("There were no military casualties.", False),
        ("The president was not hurt.", False),
        ("No civilians were killed.", False),
        ("The army denied having wounded civilians in Aleppo.", True),
    ],
)
def test_that_nobody_was_hurt_is_no_event(words: str, told: bool) -> None:
    text = f"Rebels fired rockets at the airport of Entebbe. {words}"
    claims = coded(text)
    assert any(claim.status == "denied" for claim in claims if claim.type == "ASSAULT") is told


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_the_present_is_told_whatever_the_apostrophe(apostrophe: str) -> None:
    sentence = f"They{apostrophe}re shelling the town."
    (passage,) = Engine.load().parse(sentence)
    tree = Tree(passage, sentence)
    assert tree.tense(next(i for i, word in enumerate(tree.words) if word.text == "shelling")) == "present"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A new round of talks opened in Geneva on Monday.", "happened"),
        ("The next round of talks opened in Sochi on Tuesday.", "happened"),
        ("A second round of talks will begin in Astana.", "expected"),
        ("The next round of talks was postponed.", "denied"),
    ],
)
def test_what_has_begun_is_not_to_come(text: str, status: str) -> None:
    assert [claim.status.value for claim in coded(text)] == [status]


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Turkey did not only send drones to Libya; it also sent troops.", "send", "happened"),
        ("The rebels did not merely free the hostages but handed back their vehicles.", "free", "happened"),
        ("The court did not only convict the general, it also jailed his aides.", "convict", "happened"),
        ("The two sides did not only agree on a truce but also on a swap.", "agree", "happened"),
        ("The army is not merely besieging the town; it is shelling it every night.", "besieging", "ongoing"),
        ("The army will not only shell the port but also storm it.", "shell", "expected"),
    ],
)
def test_what_is_not_only_done_is_done(text: str, trigger: str, status: str) -> None:
    assert given(text, trigger) == status


@pytest.mark.parametrize(
    "text",
    [
        "Hamas chief denies truce with Israel",
        "Haftar denies ceasefire deal with Tripoli",
        "Kigali denied support for the M23.",
    ],
)
def test_what_is_denied_in_a_noun_is_told(text: str) -> None:
    assert [claim.status for claim in coded(text)] == ["denied"]
