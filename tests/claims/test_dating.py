"""Which words of time date an event, and what dates one that has none: read by the packaged model on Thursday, 27 February 2020."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.claims.made import triggered
from trucewatch.nouns import Status


@pytest.mark.parametrize(
    ("text", "trigger", "start", "end"),
    [
        # since another event, which has a day of its own
        ("Rebels have shelled two towns since talks collapsed on January 20.", "shelled", "01-20", "02-27"),
        ("Gunmen have killed six mediators since the talks began two weeks ago.", "killed", "02-10", "02-27"),
        ("At least 14 soldiers have died in clashes since the January 20 ceasefire.", "clashes", "01-20", "02-27"),
        ("Nine men were arrested since the January 20 bombing of the port.", "20 bombing", "01-20", "01-20"),
        # a toll of all the time since an event
        ("They put their losses at 710 dead since fighting broke out on 27 January.", "fighting", "01-27", "02-27"),
        (
            "Some 300 people have been killed since clashes erupted in the port on 15 February.",
            "clashes",
            "02-15",
            "02-27",
        ),
        ("Ten died on Sunday, the worst toll since fighting broke out on 15 February.", "fighting", "02-15", "02-15"),
        ("Clashes that killed 300 people erupted in the port on 15 February.", "Clashes", "02-15", "02-15"),
        # counted from another event of the sentence
        ("The sailors were freed on Wednesday, a day after they were detained.", "freed", "02-26", "02-26"),
        ("The sailors were freed on Wednesday, a day after they were detained.", "detained", "02-25", "02-25"),
        (
            "Eight days after both sides signed the truce, rebels attacked the town on Wednesday.",
            "signed",
            "02-18",
            "02-18",
        ),
        (
            "Eight days after both sides signed the truce, rebels attacked the town on Wednesday.",
            "attacked",
            "02-26",
            "02-26",
        ),
        ("The truce took hold on Tuesday, hours after rebels shelled the port.", "shelled", "02-24", "02-25"),
        ("Rebels shelled the port on Tuesday, hours before the army seized the town.", "seized", "02-25", "02-26"),
        ("It was the deadliest attack since January, when rebels bombed the port.", "bombed", "01-01", "01-31"),
        # counted on from another event's day, told in the same breath
        (
            "Police arrested 20 men a day after protesters stormed the parliament on Saturday.",
            "arrested",
            "02-23",
            "02-23",
        ),
        ("Two days after rebels shelled the town on Monday, troops attacked a camp.", "attacked", "02-26", "02-26"),
        ("The army shelled a camp a day before rebels signed a truce on Feb. 12.", "shelled", "02-11", "02-11"),
        ("A month after they signed a truce on Feb. 3, rebels attacked a convoy.", "signed", "02-03", "02-03"),
        ("Gunfire was heard minutes after a week-long truce began at 9:45 pm on Monday.", "Gunfire", "02-24", "02-24"),
        # counted from what was just told, of which the sentence goes on
        (
            "Rebels attacked a base on Monday. The assault came two days after troops had shelled a village.",
            "shelled",
            "02-22",
            "02-22",
        ),
        # counted on from a time that dates no event
        (
            "Rebels shelled a port in January. A school opened on Feb. 3; two days later troops attacked it.",
            "attacked",
            "02-05",
            "02-05",
        ),
        # a day that says more closely what loose words before it tell
        ("Last week, on Tuesday, rebels shelled the port.", "shelled", "02-18", "02-18"),
        (
            "Rebels left on Feb. 3. Two days later, on the evening of Feb. 5, troops attacked.",
            "attacked",
            "02-05",
            "02-05",
        ),
        ("Rebels left on Feb. 3. A day later, on Tuesday, troops attacked.", "attacked", "02-04", "02-04"),
        # days after one in a month are in it, as far as can be told
        ("Rebels left the town in January and troops attacked it three days later.", "attacked", "01-01", "01-31"),
        (
            "The council condemned in the strongest terms the shelling of the town since 3 February.",
            "shelling",
            "02-03",
            "02-27",
        ),
        # the words of what is spoken of, in a clause of its own or by the model
        ("The council welcomed the accord signed by rebels and the army on 3 February.", "welcomed", "02-26", "02-27"),
        (
            "The council condemned in the strongest terms the killing of four men on 3 February.",
            "condemned",
            "02-26",
            "02-27",
        ),
        # until when it is to last says nothing of when it was agreed on
        ("The government extended the truce until 3 March.", "extended", "02-26", "02-27"),
        ("The government extended the truce to 3 March.", "extended", "02-26", "02-27"),
        # the same words mean one day to all that they date
        (
            "Rebels seized the port on Monday. The next day the army shelled the port and attacked a base in the north.",
            "attacked",
            "02-25",
            "02-25",
        ),
        # told in the very words from which another event counts
        ("The town has been under siege since Monday, when troops attacked it.", "siege", "02-24", "02-27"),
        ("The town has been under siege since Monday, when troops attacked it.", "attacked", "02-24", "02-24"),
        ("The town has been under siege since January, when troops attacked it.", "attacked", "01-01", "01-31"),
        # "since then" goes on past the day of one mention
        (
            "The siege began on 3 February. Rebels have attacked the town since then. They attacked the town on Monday.",
            "attacked",
            "02-03",
            "02-27",
        ),
        ("Hundreds have fled since rebels attacked the town in January.", "attacked", "01-01", "01-31"),
        ("Thousands have been killed since the war began in January.", "war", "01-01", "02-27"),
        # what is said was said since the last news
        ("The ministry has accused the rebels of shelling the town.", "accused", "02-26", "02-27"),
        # what goes on has gone on since it began
        ("The army's offensive, which began in January, is continuing around the town.", "offensive", "01-01", "02-27"),
        ("The embargo, imposed on 3 February, is still in force.", "embargo", "02-03", "02-27"),
        # what was to be may have been since
        ("The rebels were to leave the port by 20 January.", "leave", "01-20", "01-20"),
        # a present that goes on
        ("The president is meeting rebel leaders on Saturday.", "meeting", "02-29", "02-29"),
        # when it was said is not when it will be
        ("The general told reporters Tuesday that troops are guarding the camps.", "guarding", "02-25", "02-25"),
        # how long it has gone on, also before its noun
        ("Residents lived through a six-week-long siege of the town.", "siege", "01-16", "02-27"),
        ("Two soldiers were wounded in more than three weeks of clashes around the town.", "clashes", "02-06", "02-27"),
        # counted back from the deed that it went before, or that ended it
        ("The general was ousted on Monday after three weeks of protests.", "protests", "02-03", "02-24"),
        ("On 15 February the army ended a two-week siege of the town.", "two-week siege", "02-01", "02-15"),
        (
            "In early February rebels ambushed a convoy and the army shelled villages for five days.",
            "shelled",
            "02-05",
            "02-10",
        ),
        # of a year no more is told than that it was in it
        ("In 2019 some 200 people were killed in four days of clashes.", "clashes", "01-01", "12-31"),
        # what has not come about has not on the day of the report
        ("The rebels have not attacked the town.", "attacked", "02-27", "02-27"),
        # the finest of several mentions
        (
            "Rebels attacked the port last week. The attack on the port last Friday killed ten soldiers.",
            "attacked",
            "02-21",
            "02-21",
        ),
        # the scene, three sentences on
        (
            "Rebels attacked a base on Monday. It was dark. The streets were empty. They killed ten soldiers.",
            "killed",
            "02-24",
            "02-24",
        ),
        # a report that knows one time alone
        (
            "Rebels attacked a base on Monday. It was dark. The streets were empty. Shops were shut. The town was quiet. "
            "They killed ten soldiers.",
            "killed",
            "02-24",
            "02-24",
        ),
        # what can only be past dates what was asked for, not what is to be done
        ("The government invited the party to rejoin talks two weeks ago.", "invited", "02-10", "02-16"),
        ("The junta had set 20 March as the date for an attack on the town.", "attack", "03-20", "03-20"),
        # how often is no time
        (
            "Jets have struck the town almost daily since the rebels agreed to a truce in January.",
            "struck",
            "01-01",
            "02-27",
        ),
        # what is said belongs to a fresh scene, else to the news
        ("Rebels attacked a base on Monday. The ministry accused them of terrorism.", "accused", "02-24", "02-24"),
        ("Rebels attacked a base on 3 January. The ministry accused them of terrorism.", "accused", "02-26", "02-27"),
        ("The envoys who met in Goma on 3 February agreed to exchange prisoners.", "agreed", "02-03", "02-03"),
    ],
)
def test_an_event_has_its_own_time(text: str, trigger: str, start: str, end: str) -> None:
    time = triggered(text, trigger).time
    assert time is not None
    assert (f"{time.start:%m-%d}", f"{time.end:%m-%d}") == (start, end)
    assert time.start.year == time.end.year


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army shelled the town within a day of the vote.", "shelled"),
        ('"We now call on the rebels to leave," the army said. Troops shelled the town.', "shelled"),
        (
            "Rebels took the town in 2018. Troops shelled a base on Monday. It was dark. The streets were empty. Shops were "
            "shut. They killed ten soldiers.",
            "killed",
        ),
        ("The ministry said on Monday that it would impose sanctions on the rebels.", "impose"),
        ("It was the worst attack since the accord was signed in 2013.", "attack"),
        ("It was the worst attack in more than a decade.", "attack"),
        ("The government invited the party to rejoin talks two weeks ago.", "talks"),
        ("The ministry once accused the rebels of shelling the town.", "accused"),
        ("Rebels attacked a base on Monday. The army previously shelled the town.", "shelled"),
        (
            "Rebels left the town on Monday. Amnesty said troops had seized medicine and arrested ten volunteers.",
            "arrested",
        ),
        ("Rebels seized the town after three years of siege.", "seized"),
        ("Troops shelled the town for three months. A day earlier rebels stormed a base.", "stormed"),
        ("Troops withdrew from the town following three weeks of protests.", "withdrew"),
        ("Warplanes bombed the airport, where a cargo plane had landed on Saturday.", "bombed"),
        ("Rebels attacked a base that was set up in 2019 near Goma.", "attacked"),
    ],
)
def test_a_time_that_is_not_told_stays_unknown(text: str, trigger: str) -> None:
    assert triggered(text, trigger).time is None


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Rebels shelled the port of Aden, officials said on Monday, 13 July 2015. Troops seized the airport on Friday.",
         "seized", dt.date(2015, 7, 10)),
        ("On 13 July 2015 rebels shelled the port of Aden. Troops seized the airport on July 16.",
         "seized", dt.date(2015, 7, 16)),
        # the year goes on with the story
        ("Rebels seized Aden on 13 July 2015. On 10 May 2016 troops shelled the port. Both sides signed a truce on May 14.",
         "signed", dt.date(2016, 5, 14)),
        # a year that is far off, or the day of something else, settles nothing
        ("On 13 July 2015 rebels shelled the port of Aden. Troops seized the airport on March 2.", "seized", None),
        ("The July 13, 2015, agreement has failed. Troops seized the airport on Friday.", "seized", None),
    ],
)  # fmt: skip
def test_a_report_without_a_date_is_dated_by_the_day_that_its_head_names(
    text: str, trigger: str, day: dt.date | None
) -> None:
    time = triggered(text, trigger, published=None).time
    assert (time.start if time else None) == day


def test_what_has_happened_was_not_in_a_month_to_come() -> None:
    time = triggered("Rebels attacked the base on 15 May, the army says.", "attacked").time
    assert time is not None
    assert time.start == time.end == dt.date(2019, 5, 15)


def test_the_evidence_points_to_the_words_that_date() -> None:
    text = "The sailors were freed on Wednesday, a day after they were detained."
    evidence = next(e for e in triggered(text, "detained").evidence if e.field == "time")
    assert (evidence.because, text[evidence.start : evidence.end]) == ("rule so long after", "a day after")


def test_the_eve_of_a_day_that_is_told_on_it_is_that_day() -> None:
    time = triggered("Separatists shelled Mariupol on the eve of Friday's peace talks in Minsk.", "shelled").time
    assert time is not None
    assert time.start == time.end == dt.date(2020, 2, 27)


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        # the day of which a vote or an announcement is told is not that of what it is about
        ("Parliament voted on Tuesday to send 400 troops to Mali.", "send", None),
        ("Unions have called a general strike for Tuesday.", "called", dt.date(2020, 3, 3)),
        ("Turkey refused to attend talks set for January.", "talks", dt.date(2020, 1, 1)),
        ("Experts say that a war with Iran could last for years.", "war", None),
        # what is condemned has come about
        ("We condemn the attacks this weekend on two mosques in Kabul.", "attacks", dt.date(2020, 2, 22)),
    ],
)
def test_what_is_to_come_has_no_day_that_is_over_and_what_has_happened_none_to_come(
    text: str, trigger: str, day: dt.date | None
) -> None:
    time = triggered(text, trigger).time
    assert (time.start if time else None) == day


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        # what is condemned was then, but it is condemned now
        ("The European Union strongly condemns the bombing of a mosque in Kabul on 12 February.", "condemns"),
        ("We deplore the execution of 20 prisoners last week.", "deplore"),
        # what is said is named, and a verb says that it is
        ("The ministry reiterates its support for the unity of Ukraine.", "support"),
        ("The three powers issued an urgent call for a truce.", "call"),
        ("The foreign minister said that his government is ready to talk to the rebels.", "ready"),
    ],
)
def test_what_is_said_is_said_on_the_day_of_the_report_or_the_day_before(text: str, trigger: str) -> None:
    time = triggered(text, trigger).time
    assert time is not None
    assert (time.start, time.end) == (dt.date(2020, 2, 26), dt.date(2020, 2, 27))


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The group had issued a threat against the embassy.", "threat"),
        ("The president has made similar offers of talks before.", "offers"),
        ("The government had said that it was ready to sign a truce.", "ready"),
    ],
)
def test_what_was_said_before_is_no_news_of_the_day(text: str, trigger: str) -> None:
    assert triggered(text, trigger).time is None


@pytest.mark.parametrize(
    ("text", "trigger", "start"),
    [
        ("More than 150 British soldiers were killed in the Iraq war.", "Iraq war", dt.date(2003, 3, 20)),
        ("Israel captured the Golan Heights in the Six-Day War.", "captured", dt.date(1967, 6, 5)),
        ("Al-Qaida planned the September 11 attacks in Kandahar.", "11 attacks", dt.date(2001, 9, 11)),
        ("He was jailed for the 7/7 bombings.", "bombings", dt.date(2005, 7, 7)),
        # of what war it is said is not when
        ("The president compared the siege to the Vietnam war.", "siege", None),
    ],
)
def test_a_war_with_a_name_has_its_years(text: str, trigger: str, start: dt.date | None) -> None:
    time = triggered(text, trigger).time
    assert (time.start if time else None) == start


def test_a_war_that_has_ended_does_not_go_on() -> None:
    claim = triggered("The lessons of the Gulf war are being ignored.", "Gulf war")
    assert claim.time is not None
    assert claim.time.end == dt.date(1991, 2, 28)
    assert claim.status == Status.HAPPENED


def test_a_war_that_is_named_is_not_the_scene_of_what_is_told_next() -> None:
    text = "Rebels attacked a base on Monday. The general was wounded in the Gulf war. Troops arrested two men."
    time = triggered(text, "arrested").time
    assert time is not None
    assert time.start == time.end == dt.date(2020, 2, 24)


def test_what_is_said_leaves_the_scene_sooner_than_what_is_done() -> None:
    scene = "On Saturday rebels shelled the port, and troops seized a hill on Friday. Many roofs caved in. Glass lay about. "
    said = triggered(scene + "The mayor condemned the rebels.", "condemned").time
    done = triggered(scene + "Troops arrested two men.", "arrested").time
    assert said is not None
    assert said.end == dt.date(2020, 2, 27)
    assert done is not None
    assert done.end < dt.date(2020, 2, 24)


def test_an_attack_is_not_the_one_by_which_it_is_measured() -> None:
    text = (
        "Troops shot dead 58 Palestinians on the border with Gaza. It was the bloodiest day there since the 2014 war."
    )
    time = triggered(text, "shot").time
    assert time is not None and time.start.year == 2020


def test_easter_sunday_is_found_in_its_year() -> None:
    time = triggered("Bombers attacked churches in Colombo on Easter Sunday.", "attacked", dt.date(2019, 4, 23)).time
    assert time is not None
    assert time.start == time.end == dt.date(2019, 4, 21)


def test_the_length_of_what_is_agreed_on_is_not_how_long_it_was_said() -> None:
    said = "The cabinet announced an extension of the truce for two months."
    assert triggered(said, "extension").time is None
    assert triggered("The coalition has bombed the town for two months.", "bombed").time is not None


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The king refused for years to meet them. Iran cut ties with Qatar on the same day.", "cut"),
        (
            "The town has been besieged for 500 days. The army repelled an assault on the airport in the early hours.",
            "assault",
        ),
    ],
)
def test_no_day_is_told_by_the_years_or_days_told_before(text: str, trigger: str) -> None:
    assert triggered(text, trigger).time is None


def test_the_hour_at_which_an_entry_was_written_dates_nothing() -> None:
    text = (
        "2.00pm The envoy will fly to Cairo on Saturday for talks. 3.30pm Protesters in Paris have clashed with police."
    )
    assert triggered(text, "clashed").time in (
        None,
        triggered("Protesters in Paris have clashed with police.", "clashed").time,
    )


def test_an_hour_of_a_day_to_come_is_none_of_what_has_happened() -> None:
    text = "The envoy will fly to Cairo on Saturday for talks. At 8:05 am rebels shelled the port of Aden."
    assert triggered(text, "shelled").time is None
