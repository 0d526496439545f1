"""What may come, by a desk's own counts: outlooks, scenarios and their records, kept until the desk changes.

Nothing that is looked at here is issued: a forecast is kept on the desk by the command ``outlook`` alone.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar, cast

from trucewatch import derive, outlooks
from trucewatch.desk import Desk
from trucewatch.outlook.scenarios import Scenario
from trucewatch.outlook.series import Asked
from trucewatch.outlooks import Prospect, TrackRecord, reported, weighings
from trucewatch.outlooks.reported import Settling
from trucewatch.outlooks.weighings import Weighed

MOST = 32
"""Answers of a kind that are kept."""
SETTLED = 2
"""The same of forecasts settled: each of these has all that a desk's reports make."""
Made = TypeVar("Made")


class Foreseen:
    """Safe between threads: what is asked for twice at once is made once, and keeps nobody from what is quicker."""

    def __init__(self, desk: Desk, folder: Path | None) -> None:
        self._desk = desk
        self._folder = folder
        self._lock = threading.Lock()
        self._kept: dict[object, OrderedDict[object, Future[object]]] = {}
        """By kind, those asked for last at the end."""

    def observers(self) -> tuple[str, ...]:
        """Who counts: the desk, and the datasets on it."""
        with self._desk.datasets() as datasets:
            return ("desk", *dict.fromkeys(one.dataset for one in datasets.imports()))

    def ahead(self, asked: Asked, horizon: int, least: int | None = None) -> Prospect:
        """The outlook of an area; raises what ``desk_series.beside`` does."""
        return self._of(
            ("ahead", asked, horizon, least),
            lambda: outlooks.ahead(self._desk, asked, horizon, self._folder, least),
        )

    def weighed(self, scenario: Scenario, as_of: dt.date | None) -> Weighed:
        """A scenario weighed by what was known on a day, or is now."""
        return self._of(
            ("weighed", scenario, as_of), lambda: weighings.weighed(self._desk, scenario, as_of, self._folder)
        )

    def settled(self, as_of: dt.date | None) -> Settling:
        """The forecasts of the desk's reports, and what became of them."""
        return self._of(("settled", as_of), lambda: reported.settled(self._desk, as_of), SETTLED)

    def past(self) -> TrackRecord:
        """What the forecasts were worth that were issued from the desk."""
        return self._of(("past",), lambda: outlooks.past(self._desk, self._folder))

    def _of(self, what: tuple[object, ...], make: Callable[[], Made], most: int = MOST) -> Made:
        derive.catch_up(self._desk)
        key = (self._desk.state(), *what)
        with self._lock:
            kept = self._kept.setdefault(what[0], OrderedDict())
            is_first = key not in kept
            answer = kept.setdefault(key, Future())
            kept.move_to_end(key)
            while len(kept) > most:
                kept.popitem(last=False)
        if is_first:
            try:
                answer.set_result(make())
            except BaseException as error:
                with self._lock:
                    kept.pop(key, None)
                answer.set_exception(error)
        return cast(Made, answer.result())
