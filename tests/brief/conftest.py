"""A desk that the tests of briefs share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.brief.made import IDLIB, RAS, REBELS, desk, told
from tests.desk.made import day
from trucewatch.nouns import Count, Status


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week with a breach told twice with two tolls, one out of scope, one denied, one of a region, and one foreseen."""
    return desk(
        tmp_path_factory.mktemp("mixed") / "test.desk",
        told("The army shelled rebels at Ariha on Wednesday, and two died."),
        told("Five rebels died on Wednesday when the army shelled Ariha.", outlet="AFP", killed=Count(low=5, high=5)),
        told("Rebels fought among themselves at Ras al-Ain.", actors=(REBELS,), place=RAS, time=day(2021, 9, 28)),
        told("No air strike fell on Idlib.", mode="aerial", status=Status.DENIED, place=IDLIB, time=day(2021, 9, 30)),
        told("An attack on Idlib is near.", mode=None, status=Status.EXPECTED, place=IDLIB, time=day(2021, 10, 1)),
        told("The army shelled a market the week after.", published=dt.date(2021, 10, 9), time=day(2021, 10, 7)),
    )
