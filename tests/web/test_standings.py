"""How truces stand in short: counted once, by the verdict that counts, as of a day on which reports tell of them."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.asking import asked
from trucewatch import brief, rulings, truces
from trucewatch.desk import Desk
from trucewatch.ledger import held
from trucewatch.nouns import Ruling
from trucewatch.truces import Verdict
from trucewatch.web.standings import Standings, looked_at, rested

TRUCE = "syria-idlib-2020"
DAY = dt.date(2021, 10, 31)


@pytest.fixture(scope="module")
def desk(sampled: Path) -> Iterator[Desk]:
    """The samples, to compare pages with."""
    with Desk.open(sampled, create=False) as opened:
        yield opened


def test_truces_that_are_being_counted_are_not_counted_again(desk: Desk) -> None:
    standings = Standings(desk, None)
    begun = standings.begin(DAY)
    assert begun is not None and standings.begin(DAY) is begun
    told = begun.result()  # however long it takes here
    assert standings.every(DAY) == told
    assert standings.begin(DAY) is None
    assert standings.begin(DAY + dt.timedelta(days=1)) is None, "it rests"
    standings.close()
    now = time.monotonic()
    assert rested(now - 100) - now >= 500, "what takes long leaves most of the time to others"


def test_an_incident_counts_by_the_verdict_that_the_brief_tells_too(own: Path) -> None:
    truce = truces.load()[TRUCE]
    with Desk.open(own, create=False) as desk:
        of = Counter(row.incident for row in held(desk, truce, DAY).breaches)
        incident = desk.incident(next(one for one, rows in of.items() if rows > 1))
        about = rulings.overruling(truce, truce.clauses[0].id, incident, Verdict.VERIFIED)
        rulings.judge(desk, Ruling.OVERRULE, about, rulings.Hand(by="Ana"))
        standings = Standings(desk, None)
        (told,) = (one for one in standings.begin(DAY).result() if one.truce == TRUCE)  # type: ignore[union-attr]
        standings.close()
        assert dict(told.counted)["verified"] == 1
        week = brief.written(desk, truce, brief.week(f"{incident.time.start:%G-W%V}"))  # type: ignore[union-attr]
    assert {one.incident: one.verdict for one in week.happened}[incident.id] == "verified"


def test_the_day_that_is_looked_at_is_found_once(desk: Desk) -> None:
    truce = truces.load()[TRUCE]
    first = looked_at(desk, truce, DAY)
    with asked() as times:
        assert looked_at(desk, truce, DAY) == first is not None
    assert sum(times.values()) == 1, "whether the desk has changed"


def test_a_truce_that_has_ended_is_looked_at_while_it_lasted(desk: Desk) -> None:
    every, today = truces.load(), dt.date(2024, 1, 1)
    # A report of 2023 tells of Jeddah, and those of 2021 of Syria: neither is about a truce that was over by then.
    assert looked_at(desk, every["yemen-2022"], today) == dt.date(2022, 4, 5)
    assert looked_at(desk, every["yemen-2022"], dt.date(2022, 4, 10)) == dt.date(2022, 4, 10)
    assert looked_at(desk, every["syria-cessation-2016-02"], today) is None
