"""A desk for the tests of exports: one incident of every kind that a form must be honest about."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from tests.desk import made
from tests.desk.made import V1
from tests.incidents.told import ARMY, CIVILIANS, HTS, RUSSIA, on, party, region, town
from trucewatch import codebook, derive, export
from trucewatch.desk import Desk
from trucewatch.nouns import Claim, Count, Period, Place, Report, Status

Where = TypeVar("Where", Path, str)
BOOK = codebook.load()
HOSTILE = '=HYPERLINK("x")<b>&\x07 "قوات", two\nlines'
IDLIB = Place(
    text="Greater Idlib",
    name="Greater Idlib",
    country="SYR",
    lat=35.8,
    lon=36.5,
    precision="region",
    gazetteer="areas:greater-idlib",
)
OCTOBER = Period(start=dt.date(2021, 10, 1), end=dt.date(2021, 10, 31), precision="month")
LONG = Period(start=dt.date(2021, 9, 1), end=dt.date(2021, 10, 20), precision="span")
STRANGER = party(HOSTILE, None, "UAF")
FREE = "This text is in the public domain."

TOLD: tuple[tuple[str, str, dict[str, object], dict[str, object]], ...] = (
    ("Reuters", "Aircraft bombed Ariha.", {"killed": Count(low=5, high=5)}, {"url": "https://reuters.example/1"}),
    ("AFP", "Bombs on the market of Ariha.", {"killed": Count(low=9, high=9)}, {"licence": FREE}),
    (
        "SANA",
        "Who bombed Ariha?",
        {"actors": (RUSSIA,), "killed": Count(low=9, high=9), "attributed_to": "residents"},
        {},
    ),
    ("TASS", "Ariha was not bombed.", {"place": town("Afrin"), "status": Status.DENIED}, {}),
    (
        "VOA",
        "Soldiers and fighters shot at each other.",
        {"mode": "firearms", "place": town("Saraqib"), "recipients": (HTS,), "killed": Count(low=2, high=4)},
        {"licence": FREE},
    ),
    (
        "AFP",
        "Shells fell on Idlib in October.",
        {"mode": "heavy-weapons", "place": IDLIB, "time": OCTOBER, "actors": (STRANGER,), "recipients": ()},
        {},
    ),
    ("AFP", "Shells fell in the province.", {"mode": "heavy-weapons", "place": region(), "time": on(3)}, {}),
    ("AP", "They met.", {"type": "CONSULT", "mode": None, "place": None, "time": None, "recipients": ()}, {}),
    ("AP", "An offensive is near.", {"status": Status.EXPECTED, "time": on(28)}, {}),
    ("UN", "Sixty-one have died since September.", {"mode": None, "time": LONG, "killed": Count(low=61, high=61)}, {}),
    ("AP", "Police arrested a reporter.", {"type": "COERCE", "mode": "arrest", "place": town("Kafranbel")}, {}),
)
"""Outlet, text, what the claim says besides, what the report says besides."""


def report(number: int) -> Report:
    """A report of the desk."""
    outlet, text, _, given = TOLD[number]
    more = {"outlet": outlet, "published": dt.date(2021, 10, 21), "title": f"Dispatch, {number}", **given}
    return made.report(text, source=f"private/inbox/{number}.txt", **more)


def claim(number: int) -> Claim:
    """The claim of a report of the desk: unless it says otherwise, the army's air strike on Ariha on 20 October."""
    told = report(number)
    usual: dict[str, object] = {"mode": "aerial", "actors": (ARMY,), "recipients": (CIVILIANS,)}
    usual |= {"place": town("Ariha"), "time": on(20)}
    return made.claim(told, 0, **(usual | TOLD[number][2]))


def desk(path: Where) -> Where:
    """The desk at a path or URL, derived."""
    with Desk.open(path) as opened:
        with opened.writer(V1) as writer:
            for number in range(len(TOLD)):
                writer.store(report(number), (claim(number),))
        derive.catch_up(opened)
    return path


def cases(path: Path | str) -> list[export.Case]:
    """All incidents of a desk with what they rest on."""
    with Desk.open(path, create=False) as opened:
        return list(export.incidents(opened))


def exported(path: Path | str, form: str) -> bytes:
    """All incidents of a desk in a form."""
    return b"".join(export.FORMS[form].write(cases(path), BOOK))


def rows(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of CSV by column."""
    yield from csv.DictReader(io.StringIO(content.decode(), newline=""))
