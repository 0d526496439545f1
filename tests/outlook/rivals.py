"""A small scenario for the tests, and counts to weigh it by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from trucewatch.outlook.chances import Counted
from trucewatch.outlook.scenarios import Range, Rate, Reading, Scenario, Stated
from trucewatch.outlook.weighing import Evidence

NOTHING = (0.999, 1.001)
"""A range that is as good as a number."""


def scenario(calm: Range = (0.04, 0.33), same: Range = (0.6, 1.6), **other: object) -> Scenario:
    """Two readings of air strikes: a calm (prior 1), or the same as before (prior 2)."""
    given: dict[str, object] = {
        "id": "made",
        "question": "Will it be calm?",
        "area": "SYR",
        "since": dt.date(2021, 3, 1),
        "until": dt.date(2021, 3, 31),
        "readings": (
            Reading(id="calm", name="it is calm", prior=1, evidence="no raids"),
            Reading(id="same", name="nothing changed", prior=2, evidence="raids"),
        ),
        "rates": (
            Rate(reading="calm", indicator="air-strikes", times=calm),
            Rate(reading="same", indicator="air-strikes", times=same),
        ),
        "sources": ("made",),
        "baselines": (Stated(indicator="air-strikes", daily=(0.5, 1.5), source="made"),),
    }
    return Scenario(**(given | other))  # type: ignore[arg-type]


def counted(counts: Sequence[float], watched: Sequence[bool] | None = None) -> Counted:
    """Counts from day to day; all watched where nothing else is said."""
    return Counted(np.array(counts, dtype=float), np.array(watched or [True] * len(counts), dtype=float))


def evidence(since: Counted, before: Counted | None = None) -> Evidence:
    """Of air strikes alone; without ``before`` nobody watched the weeks before."""
    return Evidence({"air-strikes": since}, {"air-strikes": before or counted([0] * 56, [False] * 56)})
