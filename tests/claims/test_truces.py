"""What is told of a truce, whatever stands between it and its verb, and who keeps it."""

import datetime as dt

import pytest

from tests.claims.made import coded, triggered
from trucewatch.nouns import Claim, Status


def kept(sentence: str) -> list[Claim]:
    return [one for one in coded(sentence, dt.date(2025, 6, 24)) if one.mode == "ceasefire"]


@pytest.mark.parametrize(
    ("truce", "status"),
    [
        ("The truce mediated by Qatar came into force on 19 January.", Status.HAPPENED),
        ("The ceasefire, brokered by Egypt and the United States, took effect on Sunday.", Status.HAPPENED),
        ("A 60-day truce brokered by Washington and Paris took hold on Wednesday.", Status.HAPPENED),
        ("The truce brokered by Egypt collapsed on Friday.", Status.DENIED),
        ("The truce that Qatar mediated in November expired on Friday.", Status.DENIED),
        ("The ceasefire signed in Pretoria has largely held.", Status.ONGOING),
    ],
)
def test_what_becomes_of_it_is_told_behind_who_brought_it_about_and_is_no_side_of_it(
    truce: str, status: Status
) -> None:
    assert [(one.status, one.actors) for one in kept(truce)] == [(status, ())]


def test_what_happened_since_it_began_counts_from_its_day() -> None:
    text = "A truce took effect on 27 January. Troops have killed 57 people since the ceasefire began."
    (killed,) = (one for one in coded(text, dt.date(2025, 6, 24)) if one.type == "ASSAULT")
    assert killed.time and (killed.time.start, killed.time.end) == (dt.date(2025, 1, 27), dt.date(2025, 6, 24))


def test_its_day_is_none_of_what_is_joined_to_the_verb_above() -> None:
    text = "Rebels rejected the truce that began on 3 February and the army vowed to fight on."
    (threat,) = (one for one in coded(text, dt.date(2025, 6, 24)) if one.type == "THREATEN")
    assert threat.time and threat.time.end == dt.date(2025, 6, 24)


def test_a_violation_of_it_is_not_when_it_took_effect() -> None:
    text = "Israel accused Hezbollah of a violation of the truce that took effect on 27 November."
    told = {one.type: one.time for one in coded(text, dt.date(2025, 6, 24))}
    assert told["ASSAULT"] is None
    assert (taken := told["RETREAT"]) and taken.start == dt.date(2024, 11, 27)


def test_who_records_breaches_since_it_began_keeps_none() -> None:
    assert [one.actors for one in kept("Since the truce began, UNIFIL has recorded dozens of air violations.")] == [()]


def test_what_was_done_hours_after_a_truce_began_was_on_that_day_or_the_next() -> None:
    words = "Rebels fired on posts with guns two hours after a ceasefire began on Monday, police said."
    (fired,) = (claim for claim in coded(words, dt.date(2020, 2, 27)) if claim.type == "ASSAULT")
    assert fired.time and (fired.time.start, fired.time.end) == (dt.date(2020, 2, 24), dt.date(2020, 2, 25))


def test_an_armed_coalition_may_keep_a_truce() -> None:
    (paused,) = coded("The Saudi-led coalition suspended its operations inside Yemen.")
    assert (paused.mode, [party.name for party in paused.actors]) == ("ceasefire", ["Saudi-led coalition"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The truce lapsed on Sunday.", ["denied"]),
        ("The truce has not expired.", ["ongoing"]),
        ("The ceasefire has not broken down, the envoy said.", ["ongoing"]),
        ("Hamas said the truce was over.", ["denied"]),
        ("The government said the ceasefire was null and void.", ["denied"]),
        ("The ceasefire is no longer in force.", ["denied"]),
        ("The ceasefire is still in force.", ["ongoing"]),
        ("The ceasefire lies in ruins.", ["denied"]),
        ("The truce is hanging by a thread.", ["ongoing"]),
        ("The ceasefire failed to take hold.", ["denied"]),
        ("A ceasefire was to take effect at noon but fighting went on.", ["expected"]),
        ("The truce, which expired on Friday, was not renewed.", ["denied"]),
        ("The ceasefire was restored after a day of fighting.", ["happened"]),
        ("The ceasefire held for a week but collapsed on Sunday.", ["happened", "denied"]),
        ("The truce expired on Monday and fighting resumed.", ["denied"]),
        ("Israel will strike again if the truce collapses.", ["ongoing"]),
        ("The fighting stopped at midnight.", ["happened"]),
        ("Shelling of the town ceased on Monday.", ["happened"]),
        ("Both sides held their fire.", ["happened"]),
        ("Fighting has not stopped.", []),
        ("Shelling will stop at noon.", []),
        ("The ceasefire ended the war.", []),
        ("He hopes that the truce will hold.", []),
        ("The truce will expire on Friday.", []),
        ("The truce expires on Friday.", []),
        ("Rebels will attack once the truce ends.", []),
        ("Fighting is expected to resume when the truce expires on Friday.", []),
        ("Gaza truce expires", ["denied"]),
        ("The truce begins on Friday.", ["expected"]),
        ("Ceasefire begins in Sudan", ["happened"]),
    ],
)
def test_what_becomes_of_it_is_told_by_its_verb_however_it_is_denied(text: str, told: list[str]) -> None:
    assert [one.status.value for one in kept(text)] == told


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The rebels withdrew from the talks.", "REJECT"),
        ("The delegation withdrew from peace talks in Doha.", "REJECT"),
        ("The rebels withdrew from the town during talks.", "RETREAT"),
        ("Russia withdrew from the treaty.", "SANCTION"),
    ],
)
def test_who_withdraws_from_talks_breaks_them_off(text: str, type_: str) -> None:
    assert triggered(text, "withdrew").type == type_


@pytest.mark.parametrize(
    "text",
    [
        "The Houthis announced a three-day ceasefire beginning on Saturday.",
        "Moscow announced a ceasefire of 36 hours that is to start on Saturday.",
        "The two armies agreed to a truce from Saturday.",
        "Hamas agreed to release two men by Saturday.",
    ],
)
def test_what_is_announced_for_a_day_is_announced_before(text: str) -> None:
    time = coded(text, dt.date(2025, 3, 20))[0].time
    assert time is not None and (time.start, time.end) == (dt.date(2025, 3, 19), dt.date(2025, 3, 20))


@pytest.mark.parametrize(
    "sentence",
    [
        "The rebels said that the shelling was a breach of the truce.",
        "Ukraine said the attack was a gross violation of the truce.",
    ],
)
def test_who_calls_a_deed_a_breach_has_not_done_it(sentence: str) -> None:
    (deed,) = (one for one in coded(sentence, dt.date(2024, 12, 3)) if one.type == "ASSAULT")
    assert not deed.actors
