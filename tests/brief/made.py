"""Reports, desks and briefs for the tests."""

from __future__ import annotations

import datetime as dt
import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import calling
from tests.desk import made
from tests.desk.made import V1, day
from trucewatch import brief, derive, truces
from trucewatch.brief import Brief
from trucewatch.desk import Desk
from trucewatch.nouns import Claim, Count, Entity, Place, Report

TRUCE = "syria-idlib-2020"
EFFECTIVE = dt.date(2020, 3, 6)
ARMY = Entity(text="the army", name="Syrian Arab Army", country="SYR", sector="MIL", actor="sy-saa")
REBELS = Entity(text="rebels", name="National Front for Liberation", country="SYR", sector="REB", actor="sy-nfl")
ARIHA = Place(text="Ariha", name="Ariha", country="SYR", lat=35.81, lon=36.61, precision="town", gazetteer="v:Ariha")
RAS = Place(text="Ras", name="Ras al-Ain", country="SYR", lat=36.85, lon=40.07, precision="town", gazetteer="v:Ras")
IDLIB = Place(text="Idlib", name="Greater Idlib", country="SYR", lat=35.9, lon=36.6, precision="region")
HOSTILE = "<script>alert(1)</script> #panic() *a* [b](c) $x$ إدلب \u202egnorw"

needs_typst = pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="typst is not installed")


def told(
    text: str, published: dt.date = dt.date(2021, 9, 30), outlet: str = "Reuters", **fields: object
) -> list[object]:
    """A report with one claim: the army shells rebels at Ariha on 29 September 2021, two are killed."""
    report = made.report(text, outlet=outlet, published=published, title=text[:40])
    usual = {"actors": (ARMY,), "recipients": (REBELS,), "place": ARIHA, "time": day(2021, 9, 29)}
    return [report, made.claim(report, 0, **(usual | {"killed": Count(low=2, high=2)} | fields))]


def desk(path: Path, *records: Sequence[object]) -> Path:
    with Desk.open(path) as opened:
        with opened.writer(V1) as writer:
            for report, claim in records:
                assert isinstance(report, Report) and isinstance(claim, Claim)
                writer.store(report, (claim,))
        derive.catch_up(opened)
    return path


def written(path: Path, week: str = "2021-W39", truce: str = TRUCE) -> Brief:
    with Desk.open(path) as opened:
        return brief.written(opened, truces.load()[truce], brief.week(week))


call = functools.partial(calling.call, "brief")
