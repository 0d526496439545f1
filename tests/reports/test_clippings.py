"""Texts that hold several reports: the documents of a press database, the messages of a chat."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from tests.reports.made import STORY
from tests.reports.outcomes import outcomes
from trucewatch.nouns import Failure, Report
from trucewatch.reports.facts import DAY_FIRST

OTHER = "UN officials said that two mortar rounds had hit the market of Hodeidah on Friday. Nobody was hurt."
NEXIS = f"""\ufeff



                               1 of 2 DOCUMENTS


                        Tihama Herald (Aden)

                     April 5, 2022 Tuesday

Shells fall on Taiz, a day after
the talks

BYLINE: Salma Idris

SECTION: NEWS; Pg. 3

LENGTH: 61 words

DATELINE: TAIZ

 BODY:
{STORY}

LOAD-DATE: April 6, 2022

Copyright 2022 Tihama Herald
All Rights Reserved


                               2 of 2 DOCUMENTS


                        Sanaa Post

                     April 9, 2022 Saturday

Rounds hit a market

LENGTH: 30 words

{OTHER}

Copyright 2022 Sanaa Post
"""
FACTIVA = """HD
Shells fall on Taiz
BY
By Salma Idris
WC
61 words
PD
5 April 2022
SN
Tihama Herald
LA
English
CY
(c) 2022 Tihama Herald. All rights reserved.
LP
{}
TD
{}
NS
gcat : Political/General News
AN
Document TIHH000020220405ei4500001
"""


def read(path: Path, text: str) -> list[Report]:
    """The reports in a file of this text; none may fail."""
    path.write_text(text, encoding="utf-8")
    found = list(outcomes([path]))
    assert all(isinstance(one, Report) for one in found), found
    return [one for one in found if isinstance(one, Report)]


def test_each_document_of_nexis_is_a_report(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.txt", NEXIS)
    assert (first.title, first.outlet, first.byline) == (
        "Shells fall on Taiz, a day after the talks",
        "Tihama Herald",
        "Salma Idris",
    )
    assert (first.published, first.themes, first.text) == (dt.date(2022, 4, 5), ("NEWS", "Pg. 3"), STORY)
    assert first.licence == "Copyright 2022 Tihama Herald\n\nAll Rights Reserved"
    assert (second.title, second.outlet, second.published) == ("Rounds hit a market", "Sanaa Post", dt.date(2022, 4, 9))
    assert second.text == OTHER and second.source == f"{tmp_path / 'a.txt'}#2"


def test_each_document_of_factiva_is_a_report(tmp_path: Path) -> None:
    both = FACTIVA.format(STORY, OTHER) + FACTIVA.format(STORY, OTHER).replace("AN\nDocument", "AN Document")
    first, second = read(tmp_path / "a.txt", both.replace("Taiz", "Ibb", 1))
    assert (first.title, second.title) == ("Shells fall on Ibb", "Shells fall on Taiz")
    assert (first.outlet, first.byline, first.published) == ("Tihama Herald", "Salma Idris", dt.date(2022, 4, 5))
    assert first.text == f"{STORY}\n\n{OTHER}"


@pytest.mark.parametrize(
    ("days", "found", "is_sure"),
    [
        (("23/01/2025", "24/01/2025"), (dt.date(2025, 1, 23), dt.date(2025, 1, 24)), True),
        (("1/23/25", "1/24/25"), (dt.date(2025, 1, 23), dt.date(2025, 1, 24)), True),
        (("02/03/2025", "03.03.2025"), (dt.date(2025, 3, 2), dt.date(2025, 3, 3)), False),
    ],
)
@pytest.mark.parametrize("stamp", ["[{}, 18:05:11] {}: ", "{}, 6:05\u202fPM - {}: "])
def test_each_message_of_a_chat_is_a_report_of_its_day(
    tmp_path: Path, stamp: str, days: tuple[str, str], found: tuple[dt.date, dt.date], is_sure: bool
) -> None:
    own, other = (
        stamp.format(day, sender) for day, sender in zip(days, ("Salma Idris", "~\u202f+967 1 000 000"), strict=True)
    )
    joined = stamp.format(days[0], "").removesuffix(": ") + "Salma Idris joined\n"
    chat = f"{own}{STORY}\nMore later.\n{joined}{own}<Media omitted>\n{other}{OTHER}\n"
    first, second = read(tmp_path / "chat.txt", chat)
    assert (first.published, second.published) == found
    assert (first.byline, second.byline) == ("Salma Idris", None)
    assert first.text.startswith(STORY) and second.text == OTHER
    assert (DAY_FIRST in first.notes) is not is_sure


@pytest.mark.parametrize(("above", "name"), [("", "Front Diary, "), ("Front Diary\n", ""), ("", "")])
def test_each_post_that_was_copied_from_telegram_is_a_report(tmp_path: Path, above: str, name: str) -> None:
    stamps = [f"{name}[{when}]" for when in ("28.09.2021 21:14", "29.09.2021 08:02", "29.09.2021 08:05")]
    posts = f"{stamps[0]}\n{STORY}\n\n{stamps[1]}\n[Forwarded from Lake Post]\n{OTHER}\n\n{stamps[2]}\nok\n"
    first, second = read(tmp_path / "a.txt", above + posts)
    assert (first.text, first.published, second.published) == (STORY, dt.date(2021, 9, 28), dt.date(2021, 9, 29))
    assert (second.text, second.original_outlet) == (OTHER, "Lake Post")
    assert first.outlet == second.outlet == ("Front Diary" if above or name else None)


def test_a_text_with_a_time_before_a_paragraph_is_no_chat(tmp_path: Path) -> None:
    (one,) = read(
        tmp_path / "a.txt", f"Tihama Herald\n\n05.04.2022, 18:05 - {STORY}\n\nTwo of 3 documents were found: {OTHER}"
    )
    assert STORY in one.text and OTHER in one.text


@pytest.mark.parametrize(
    "head", ["[05/04/2022, 18:05] ", "1 of 2 DOCUMENTS\n\n", "HD x\nAN Document a\n", "[05/04/2022, 18:05] a: b\n" * 2]
)
def test_a_hostile_text_takes_no_longer_than_another(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.txt"
    for filler in (" ", "\n", "(", "~\u202f", "HD "):
        path.write_text(head + filler * 200_000, encoding="utf-8")
        began = time.process_time()
        list(outcomes([path]))
        assert time.process_time() - began < 5


def test_what_cannot_be_read_of_them_is_a_failure_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    stamp = "Front Diary, [28.09.2021 21:14]"
    path.write_text(f"{stamp}\n{STORY}\n\n{stamp}\nnone of any use\n", encoding="utf-16")
    report, failure = outcomes([path])
    assert isinstance(report, Report) and isinstance(failure, Failure)
    assert failure.source == f"{path}#2" and "no story found" in failure.reason
