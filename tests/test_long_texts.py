"""Words that a page or a report may repeat without end take a time that grows with their number."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from trucewatch import codebook
from trucewatch.claims import coordination, placewords
from trucewatch.reports import page, wires
from trucewatch.reports.facts import Facts

ROWS = "<table>" + "<tr><td>a<td>b" * 15_000 + "</table><div>" + "<p>a</p>" * 60_000 + "</div>"


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(
            lambda: coordination.members("envoys " + "of a and b " * 20_000 + ")", codebook.load()), id="sides"
        ),
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
