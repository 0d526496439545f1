"""Words that a page or a report may repeat without end take a time that grows with their number."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from trucewatch import codebook
from trucewatch.claims import coordination, placewords
from trucewatch.claims.tolls import tolls
from trucewatch.claims.when import find, resolve
from trucewatch.reports import page, wires
from trucewatch.reports.facts import Facts

THURSDAY = dt.date(2021, 9, 30)
ROWS = "<table>" + "<tr><td>a<td>b" * 15_000 + "</table><div>" + "<p>a</p>" * 60_000 + "</div>"


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(
            lambda: coordination.members("envoys " + "of a and b " * 20_000 + ")", codebook.load()), id="sides"
        ),
        pytest.param(lambda: tolls("one, " * 20_000 + "killed"), id="list of figures"),
        pytest.param(lambda: tolls("killed " + "one soldier, " * 20_000), id="list of the dead"),
        pytest.param(lambda: tolls("at least more than about " * 10_000 + "5 killed"), id="words of a figure"),
        pytest.param(lambda: resolve("since the war in the " * 10_000, THURSDAY), id="since"),
        pytest.param(lambda: find("January 1 and " * 20_000), id="days"),
        pytest.param(lambda: find("five years and a half ago " * 10_000), id="ages"),
        pytest.param(lambda: resolve("1," * 50_000, THURSDAY), id="figures of a day"),
        pytest.param(lambda: placewords.offset("1," * 50_000), id="figures"),
        pytest.param(lambda: placewords.between("road from " * 20_000), id="roads"),
        pytest.param(lambda: wires.agency(Facts(byline="a" + " " * 100_000 + "b"), (), None), id="byline"),
        pytest.param(lambda: page.blocks(page.parse(ROWS), None), id="rows"),
    ],
)
def test_it_does_not_grow_with_the_square(read: Callable[[], object]) -> None:
    began = time.process_time()
    read()
    assert time.process_time() - began < 5
