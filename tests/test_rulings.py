"""Rulings of one act are kept together or not at all, and not where somebody else was quicker."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from tests.desk import made
from tests.desk.made import V1, day
from trucewatch import rulings
from trucewatch.desk import ClaimFilter, Desk
from trucewatch.errors import DeskError, JudgementError, OvertakenError
from trucewatch.judgements import About, judged, meant
from trucewatch.nouns import Ruling
from trucewatch.rulings import Hand, Seen

ANN, BOB = Hand(by="Ann", reason="read it"), Hand(by="Bob")


@pytest.fixture
def desk(either: Desk) -> Desk:
    """A desk with one report of two claims, on each of the two databases."""
    report = made.report()
    with either.writer(V1) as writer:
        writer.store(report, [made.claim(report, 1), made.claim(report, 2)])
    return either


def test_who_comes_second_is_told_and_nothing_of_his_is_kept(desk: Desk) -> None:
    one, two = (claim.id for claim in desk.claims())
    seen = Seen(claims=(one,))
    [first] = rulings.judge(desk, Ruling.REJECT, [About(claims=(one,))], ANN, seen)
    assert [claim.id for claim in rulings.claims(desk)] == [two]
    with pytest.raises(OvertakenError):
        rulings.judge(desk, Ruling.ACCEPT, [About(claims=(two,)), About(claims=(one,))], BOB, seen)
    assert [judgement.id for judgement in desk.judgements()] == [first.id]
    now = Seen(claims=(one,), judgements=frozenset({first.id}))
    assert len(rulings.judge(desk, Ruling.ACCEPT, [About(claims=(one,))], BOB, now)) == 1


def test_what_somebody_types_is_kept_without_invisible_characters(desk: Desk) -> None:
    one, *_ = (claim.id for claim in desk.claims())
    about = rulings.correcting(desk, one, "actors", "the\x00 fourth\x1b brigade (SYR REB)\u202e")
    [kept] = rulings.judge(desk, Ruling.CORRECT, about, Hand(by="Ann", reason="the hospital\x00 says so"))
    [party] = meant("actors", kept.value or "")
    assert (party.name, kept.reason) == ("the fourth brigade", "the hospital says so")
    assert desk.judgements() == [kept]


def test_an_act_is_kept_whole_or_not_at_all(desk: Desk) -> None:
    one, *_ = (claim.id for claim in desk.claims())
    with pytest.raises(DeskError):
        rulings.judge(desk, Ruling.ACCEPT, [About(claims=(one,)), About(claims=("none.here",))], ANN)
    assert desk.judgements() == []


def test_of_two_at_the_same_moment_one_is_kept(desk: Desk) -> None:
    one, *_ = (claim.id for claim in desk.claims())
    start, outcomes = threading.Barrier(4), []

    def ruling(name: str) -> None:
        start.wait()
        try:
            rulings.judge(desk, Ruling.REJECT, [About(claims=(one,))], Hand(by=name), Seen(claims=(one,)))
            outcomes.append(True)
        except OvertakenError:
            outcomes.append(False)

    people = [threading.Thread(target=ruling, args=(f"person {n}",)) for n in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(outcomes) == [False, False, False, True]
    assert len(desk.judgements()) == 1


def test_a_mode_is_one_of_its_type_and_goes_with_it(desk: Desk) -> None:
    one, *_ = desk.claims()

    def correct(field: str, typed: str) -> tuple[str, str | None]:
        rulings.judge(desk, Ruling.CORRECT, rulings.correcting(desk, one.id, field, typed), ANN)
        now = judged(one, desk.judgements())
        assert now is not None
        return now.type, now.mode

    with pytest.raises(JudgementError, match="'arrest' is no mode of ASSAULT, which has abduct, "):
        rulings.correcting(desk, one.id, "mode", "arrest")
    with pytest.raises(JudgementError, match="3 is no text: a value is given as it is typed"):
        rulings.correcting(desk, one.id, "killed", 3)  # type: ignore[arg-type]
    assert correct("mode", "aerial") == ("ASSAULT", "aerial")
    assert correct("type", "COERCE") == ("COERCE", None)
    assert correct("mode", "arrest") == ("COERCE", "arrest")
    assert correct("type", "COERCE") == ("COERCE", "arrest")
    assert correct("type", "AGREE") == ("AGREE", None)
    with pytest.raises(JudgementError, match="AGREE, which has none"):
        rulings.correcting(desk, one.id, "mode", "arrest")


def test_a_merge_is_undone_as_one_act(desk: Desk) -> None:
    one, two = (claim.id for claim in desk.claims())
    apart = rulings.judge(desk, Ruling.DIFFERENT, rulings.splitting(desk, one, [two]), ANN)
    merged = rulings.judge(desk, Ruling.SAME, rulings.merging(desk, [one, two]), ANN)
    assert {incident.id for claim in (one, two) for incident in desk.incidents_of(claim)} == {
        desk.incidents_of(one)[0].id
    }
    assert rulings.first_of_acts([*apart, *merged]) == (apart[0], merged[0])
    rulings.judge(desk, Ruling.UNDO, rulings.undoing(desk, [merged[0].id]), ANN)
    assert desk.incidents_of(one) != desk.incidents_of(two)


def test_two_beginnings_of_one_id_are_one_claim(desk: Desk) -> None:
    report = made.report("A bridge was hit on Monday.")
    with desk.writer(V1) as writer:
        writer.store(report, [made.claim(report)])
    one, *_ = (claim.id for claim in desk.claims())
    twice = [made.claim(report).id, report.id]
    with pytest.raises(JudgementError, match="two incidents or claims"):
        rulings.merging(desk, twice)
    with pytest.raises(JudgementError, match="nothing would be left"):
        rulings.splitting(desk, twice[0], twice)
    assert len(rulings.splitting(desk, one, twice)) == 1


def test_claims_page_by_page_are_those_by_day_as_people_have_them(either: Desk) -> None:
    wires, paper = made.report("One.", outlet="AFP"), made.report("Two.", outlet="Kite")
    told = [made.claim(wires, at, time=day(2021, 9, 9 - at)) for at in range(4)]
    told += [made.claim(paper, at) for at in range(3)]
    with either.writer(V1) as writer:
        writer.store(wires, told[:4])
        writer.store(paper, told[4:])
    for claim, field, value in ((told[1], "time", "2021-10-05"), (told[2], "type", "AID"), (told[5], "killed", "3")):
        rulings.judge(either, Ruling.CORRECT, rulings.correcting(either, claim.id, field, value), ANN)
    rulings.judge(either, Ruling.REJECT, [About(claims=(told[4].id,))], BOB)

    def paged(wanted: ClaimFilter) -> list[str]:
        found, number = list[str](), 0
        while some := rulings.claims_after(either, wanted, number, 2):
            found += [claim.id for _, claim in some]
            number = some[-1][0]
        return found

    for asked, held in (
        (ClaimFilter(), [0, 1, 2, 3, 5, 6]),
        (ClaimFilter(type="AID"), [2]),
        (ClaimFilter(type="ASSAULT", outlet="afp"), [0, 1, 3]),
        (ClaimFilter(outlet="kite"), [5, 6]),
        (ClaimFilter(until=dt.date(2021, 9, 8)), [2, 3]),
        (ClaimFilter(since=dt.date(2021, 10, 1)), [1]),
        (ClaimFilter(undated=True), [5, 6]),
        (ClaimFilter(report=wires.id), [0, 1, 2, 3]),
    ):
        assert paged(asked) == [told[at].id for at in held]
        assert {claim.id for claim in rulings.claims(either, asked)} == set(paged(asked))
