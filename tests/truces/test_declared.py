"""The declared status: who may say what of a truce, and how it is read from a sentence."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from tests.truces.made import EFFECTIVE, day, days
from trucewatch import codebook, truces
from trucewatch.nouns import Account, Claim, Entity, Period, Span, Status
from trucewatch.truces.declared import Agreed, Announcement, State, announcements, declared, lapsed, read
from trucewatch.truces.prolonged import Length
from trucewatch.truces.speakers import speakers
from trucewatch.truces.terms import Act

STANDING = {"Army": "signatory", "Guarantor": "guarantor", "Envoy": "mediator", "Jihad": "excluded"}


def _who(entity: Entity, on: dt.date) -> tuple[str, str] | None:
    return (entity.name, STANDING[entity.name]) if entity.name in STANDING else None


def _said(
    number: int, act: Act, by: str = "Army", until: dt.date | None = None, days: int | None = None
) -> Announcement:
    longer = Length(days=days) if days else None
    return Announcement(day=day(number), act=act, by=by, capacity=STANDING.get(by), until=until, by_length=longer)


def _lasts(*said: Announcement, last: int = 9) -> list[tuple[int, str, int | None]]:
    """Day, state and last day agreed on of each row."""
    rows = declared(said, Agreed(effective=EFFECTIVE, last=day(last)), day(100))
    number = [((row.day - EFFECTIVE).days, row.until and (row.until - EFFECTIVE).days) for row in rows]
    return [(on, row.state.value, until) for (on, until), row in zip(number, rows, strict=True)]


def _account(sentence: str, actors: tuple[str, ...] = (), **fields: object) -> Account:
    known: dict[str, object] = {"id": "r.1", "report": "r", "type": "REJECT", "mode": None, "status": Status.HAPPENED}
    people = tuple(Entity(text=name, name=name) for name in actors)
    span = Span(start=0, end=4)
    claim = Claim(**(known | {"trigger": span, "mentions": (span,), "actors": people} | fields))  # type: ignore[arg-type]
    return Account(claim=claim, order=0, published=day(9), sentence=sentence)


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("The army declared an end to a week-long cease-fire.", "end"),
        ("The command said that its freeze on fighting was over.", "end"),
        ("The movement said it was pulling out of the truce.", "withdrawal"),
        ("The group said it would withdraw from the truce.", "withdrawal"),
        ("The front suspended the unilateral ceasefire until further notice.", "suspension"),
        ("Both sides agreed to extend the truce by two months.", "extension"),
        ("The two armies recommitted to the 2003 ceasefire.", "resumption"),
        ("Kabul and Islamabad agreed to maintain the truce during talks in Istanbul.", "resumption"),
        ("The generals pledged to uphold the July ceasefire.", "resumption"),
        ("Malaysia urged both sides to agree to uphold the ceasefire.", None),
        ("The group did not commit to respecting the truce.", None),
        ("The rebels called off the truce.", "end"),
        ("The ceasefire between the two countries was prolonged until 18 February.", "extension"),
        ("The mediators said the humanitarian pause would be extended by two days.", "extension"),
        ("The cessation of hostilities is over, the command said.", "end"),
        ("The alliance said that the ceasefire was no longer in force.", "end"),
        ("The army said it had resumed enforcing the truce.", "resumption"),
        ("The army announced the renewed enforcement of the ceasefire.", "resumption"),
        ("The president gave no order to prolong the Easter truce.", None),
        ("The president did not order an extension of the truce.", None),
        ("The mediators hope that the truce will be extended.", None),
        ("Nobody knows whether the truce will be extended.", None),
        ("The truce may be extended on Friday.", None),
        ("The group did not extend the truce.", None),
        ("The parties agreed to the envoy's proposal to renew the truce.", "extension"),
        ("The government has accepted an American proposal to extend the truce until April.", None),
        ("The envoy proposed to extend the truce by six months.", None),
        ("The front rejected a proposal to extend the ceasefire.", None),
        ("The movement rejected on Friday an extension of the truce.", None),
        ("The army accused the rebels of ending the truce.", None),
        ("The minister warned that the ceasefire could end.", None),
        ("The envoy called for an extension of the ceasefire.", None),
        ("Fighting resumed after the ceasefire collapsed.", None),
        ("The army accused the rebels of violating the ceasefire.", None),
        ("The army ended its campaign before the ceasefire.", None),
        ("The guns fell silent after the truce took effect.", None),
        ("The ceasefire is not over.", None),
    ],
)
def test_what_a_sentence_says_of_a_truce(sentence: str, act: Act | None) -> None:
    told = read(sentence)
    assert (told[0] if told else None) == act


def test_a_truce_runs_out_unless_it_is_extended() -> None:
    term = Agreed(effective=EFFECTIVE, last=day(9))
    assert [(row.day, row.state) for row in declared([], term, day(40))] == [
        (day(0), State.IN_FORCE),
        (day(10), State.EXPIRED),
    ]
    longer = declared([_said(8, "extension", "Envoy", until=day(19))], term, day(40))
    assert [(row.day, row.state, row.by) for row in longer][1:] == [
        (day(8), State.EXTENDED, "Envoy"),
        (day(20), State.EXPIRED, None),
    ]


def test_between_its_last_day_and_an_extension_a_truce_has_run_out() -> None:
    rows = declared((_said(14, "extension", days=5),), Agreed(effective=EFFECTIVE, last=day(9)), day(30))
    assert lapsed(rows, day(30)) == (days(10, 13), days(15, 30))


def test_while_it_is_extended_in_time_a_truce_has_not_run_out() -> None:
    rows = declared((_said(7, "extension", days=5),), Agreed(effective=EFFECTIVE, last=day(9)), day(30))
    assert lapsed(rows, day(30)) == (days(15, 30),)


def test_what_is_said_on_the_last_day_that_is_looked_at_is_heard() -> None:
    told = [declared([_said(7, "end")], Agreed(effective=EFFECTIVE), day(until))[-1].state for until in (6, 7)]
    assert told == [State.IN_FORCE, State.ENDED]


def test_who_declares_a_truce_over_that_had_run_out_does_not_bring_it_back() -> None:
    rows = declared((_said(14, "end"), _said(20, "resumption")), Agreed(effective=EFFECTIVE, last=day(9)), day(30))
    assert lapsed(rows, day(30)) == (days(10, 19),)


def test_one_voices_word_of_a_day_is_one_row_by_whatever_it_is_known() -> None:
    table, claims = _said(8, "extension", "Envoy", until=day(19)), [_said(8, "extension", "Envoy") for _ in range(2)]
    told = [msgspec.structs.replace(one, claim=f"r{number}.1") for number, one in enumerate(claims)]
    rows = declared([*told, table], Agreed(effective=EFFECTIVE, last=day(9)), day(10))
    assert [(row.day, row.by, row.until, row.claim) for row in rows[1:]] == [(day(8), "Envoy", day(19), "r0.1")]


def test_a_word_said_again_is_no_new_one_unless_another_was_heard_between() -> None:
    report = msgspec.structs.replace(_said(9, "suspension"), claim="r.1")
    rows = declared([_said(8, "suspension"), report], Agreed(effective=EFFECTIVE), day(40))
    assert [(row.day, row.state, row.claim) for row in rows[1:]] == [(day(8), State.SUSPENDED, "r.1")]
    said = [_said(8, "suspension"), _said(9, "resumption", "Envoy"), _said(10, "suspension")]
    rows = declared(said, Agreed(effective=EFFECTIVE), day(40))
    assert [row.state for row in rows[1:]] == [State.SUSPENDED, State.IN_FORCE, State.SUSPENDED]


def test_nobody_says_otherwise_of_a_truce_that_has_run_out() -> None:
    said = [_said(8, "extension", "Envoy", until=day(19)), _said(12, "suspension"), _said(25, "end", "Guarantor")]
    rows = declared(said, Agreed(effective=EFFECTIVE, last=day(9)), day(40))
    assert [(row.state.value, row.contested) for row in rows[2:]] == [
        ("suspended", True),
        ("run out", False),
        ("declared over", False),
    ]
    assert {one.by for one in rows[3].voices} == {"Army"}


def test_an_extension_by_so_much_moves_the_last_day() -> None:
    assert _lasts(_said(9, "extension", days=20)) == [(0, "in force", 9), (9, "extended", 29), (30, "run out", None)]


def test_one_extension_told_again_is_one_and_the_next_is_another() -> None:
    again = [_said(9, "extension", days=20), _said(10, "extension", "Envoy", days=20), _said(17, "extension")]
    assert _lasts(*again)[1:] == [(9, "extended", 29), (10, "extended", 29), (30, "run out", None)]
    then = [*again, _said(28, "extension", "Guarantor", days=20)]
    assert _lasts(*then)[-2:] == [(28, "extended", 49), (50, "run out", None)]


def test_days_added_one_after_another() -> None:
    said = [_said(3, "extension", days=2), _said(4, "extension", "Envoy", days=2), _said(6, "extension", days=1)]
    assert [row[2] for row in _lasts(*said, last=3)] == [3, 5, 5, None, 6, None]


def test_who_says_until_when_goes_before_who_does_not() -> None:
    assert [row[2] for row in _lasts(_said(8, "extension"), _said(9, "extension", "Envoy", days=20))] == [
        9,
        None,
        29,
        None,
    ]
    assert _lasts(_said(8, "extension"))[-1] == (8, "extended", None)


def test_an_extension_that_comes_when_the_truce_has_run_out_brings_it_back() -> None:
    assert _lasts(_said(10, "extension", days=20)) == [
        (0, "in force", 9),
        (10, "run out", None),
        (10, "extended", 29),
        (30, "run out", None),
    ]


def test_no_voice_makes_a_truce_shorter_and_one_without_an_end_does_not_run_out() -> None:
    assert _lasts(_said(2, "extension", until=day(5)))[1] == (2, "extended", 9)
    rows = declared([_said(2, "extension", until=day(5))], Agreed(effective=EFFECTIVE), day(40))
    assert [(row.state, row.until) for row in rows] == [(State.IN_FORCE, None), (State.EXTENDED, day(5))]


def test_the_new_end_is_read_from_the_sentence_of_the_claim() -> None:
    said = [
        _account("The Army agreed to extend the truce by two months.", ("Army",), type="AGREE", id="r.1"),
        _account("The truce was extended until 2 October.", type="CONCEDE", attributed_to="Envoy", id="r.2"),
    ]
    term = Agreed(effective=EFFECTIVE, last=day(9))
    rows = declared(announcements(said, _who, days(0, 40)), term, day(40))
    # The tenth of March 2021, by two months; then a day that is later than that.
    assert [(row.claim, row.until) for row in rows[1:]] == [
        ("r.1", dt.date(2021, 5, 10)),
        ("r.2", dt.date(2021, 10, 2)),
    ]


def test_an_end_that_is_not_in_sight_yet_is_not_told() -> None:
    assert len(declared([_said(30, "end")], Agreed(effective=EFFECTIVE, last=day(9)), day(5))) == 1
    assert declared([], Agreed(effective=EFFECTIVE), day(-1)) == ()


def test_neither_the_excluded_nor_strangers_speak_for_a_truce() -> None:
    said = [_said(3, "end", "Jihad"), _said(4, "end", "A newspaper")]
    assert [row.state for row in declared(said, Agreed(effective=EFFECTIVE), day(40))] == [State.IN_FORCE]


def test_two_voices_that_differ_both_stand() -> None:
    said = [_said(8, "extension", "Guarantor"), _said(7, "end", "Army")]
    rows = declared(said, Agreed(effective=EFFECTIVE), day(40))
    assert [(row.state, row.contested) for row in rows] == [
        (State.IN_FORCE, False),
        (State.ENDED, False),
        (State.EXTENDED, True),
    ]
    assert {(voice.by, voice.act) for voice in rows[-1].voices} == {("Army", "end"), ("Guarantor", "extension")}
    assert [(one.by, one.state, one.day) for one in rows[-1].otherwise] == [("Army", State.ENDED, day(7))]
    assert rows[-2].otherwise == ()


def test_a_suspension_ends_with_a_resumption() -> None:
    said = [_said(3, "suspension"), _said(6, "resumption")]
    rows = declared(said, Agreed(effective=EFFECTIVE), day(40))
    assert [(row.day, row.state) for row in rows] == [
        (EFFECTIVE, State.IN_FORCE),
        (day(3), State.SUSPENDED),
        (day(6), State.IN_FORCE),
    ]


def test_an_announcement_is_read_from_the_sentence_and_its_voice_from_the_claim() -> None:
    said = "The Army said on Monday that the ceasefire was over."
    (found,) = announcements([_account(said, ("Army",))], _who, days(0, 40))
    assert (found.day, found.act, found.by, found.capacity, found.claim) == (
        day(9),
        "end",
        "Army",
        "signatory",
        "r.1",
    )
    monday = Period(start=day(7), end=day(7), precision="day")
    (dated,) = announcements([_account(said, ("Army",), time=monday)], _who, days(0, 40))
    assert dated.day == day(7)
    (told,) = announcements([_account(said, attributed_to="Army")], _who, days(0, 40))
    assert told.by == "Army"


def test_a_mediator_may_tell_what_the_parties_agreed_on_and_a_ceasefire_that_is_no_more_is_at_its_end() -> None:
    said = "The Army has extended the truce, the envoy said."
    told = announcements([_account(said, ("Army",), type="CONCEDE", attributed_to="Envoy")], _who, days(0, 40))
    assert {one.by for one in told} == {"Army", "Envoy"}
    over = {"type": "RETREAT", "mode": "ceasefire", "status": Status.DENIED, "attributed_to": "Army"}
    (told_over,) = announcements([_account("The ceasefire is over, the Army said.", **over)], _who, days(0, 40))
    assert told_over.act == "end"


@pytest.mark.parametrize("said", ["Hans Grundberg", "UN special envoy for Yemen", "United Nations"])
def test_the_envoy_speaks_by_name_by_office_and_for_the_body_that_sent_him(said: str) -> None:
    who = speakers(truces.load()["yemen-2022"], codebook.load())
    assert who(Entity(text=said, name=said), dt.date(2022, 6, 2)) == ("UN special envoy for Yemen", "mediator")


def test_one_report_announces_a_thing_once() -> None:
    said = "The Army said that the ceasefire was over."
    twice = [_account(said, ("Army",)), _account(said, ("Army",), id="r.2")]
    assert [one.claim for one in announcements(twice, _who, days(0, 40))] == ["r.1"]


@pytest.mark.parametrize(
    "account",
    [
        _account("The Army said that the ceasefire was over.", ("Army",), status=Status.DENIED),
        _account("The Army said that the ceasefire was over.", ("Army",), status=Status.POSSIBLE),
        _account("The Army shelled the town, and the ceasefire was over.", ("Army",), type="ASSAULT"),
        _account("The Army warned that the ceasefire was over.", ("Army",), type="ACCUSE"),
        _account("The ceasefire is over, a newspaper said.", ("A newspaper",)),
        _account("The Army pulled out of the truce, the guarantor said.", ("Army",), attributed_to="Guarantor"),
        _account("The Army held the ceasefire.", ("Army",)),
        _account("The Army rejected on Monday a mediator's plan to extend the ceasefire.", ("Army",)),
    ],
    ids=["denied", "possible", "a deed", "a charge", "a stranger", "another party's word", "nothing said", "a refusal"],
)
def test_what_is_no_announcement(account: Account) -> None:
    assert announcements([account], _who, days(0, 40)) == ()
