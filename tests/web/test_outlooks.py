"""What may come, as pages ask for it: made once, and never waited for by who asks for something else."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from trucewatch import outlooks
from trucewatch.desk import Desk
from trucewatch.errors import WrongCallError
from trucewatch.outlooks import Asked, TrackRecord
from trucewatch.web.outlooks import SETTLED, Foreseen


def test_what_is_slow_is_made_once_and_keeps_nobody_from_the_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow(*given: object) -> TrackRecord:
        asked.append(given)
        begun.set()
        assert go_on.wait(30)
        return TrackRecord(tallies=())

    monkeypatch.setattr(outlooks, "past", slow)
    foreseen = Foreseen(desk, None)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(foreseen.past)
        assert begun.wait(30)
        second = threads.submit(foreseen.past)
        assert foreseen.settled(None).forecasts == ()
        assert not first.done()
        go_on.set()
        assert first.result() is second.result() is foreseen.past()
    assert len(asked) == 1


def test_what_fails_is_asked_for_again(desk: Desk) -> None:
    foreseen = Foreseen(desk, None)
    for _ in range(2):
        with pytest.raises(WrongCallError, match="is no area"):
            foreseen.ahead(Asked(area="Nowhere", indicator="clashes"), 4)
    assert not any(foreseen._kept.values())


def test_few_settlings_are_kept_for_each_holds_all_forecasts_of_a_desk(desk: Desk) -> None:
    foreseen = Foreseen(desk, None)
    whole = foreseen.settled(None)
    assert foreseen.settled(None) is whole
    for day in range(1, 9):
        foreseen.settled(dt.date(2021, 10, day))
    assert len(foreseen._kept["settled"]) == SETTLED
    assert foreseen.past() is foreseen.past()
