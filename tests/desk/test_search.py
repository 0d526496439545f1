"""Reports are found by their words, in any script and spelling, on both databases alike."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.desk import made
from tests.desk.made import V1
from trucewatch import derive
from trucewatch.desk import Desk, words
from trucewatch.errors import WrongCallError

TEXTS = {
    "saraqib": "Shells fell on Saraqib, residents said. Nobody was hurt.",
    "arabic": "قصفت الطائرات مدينة سراقب صباح اليوم، وقال الأهالي إن القصف استمر ساعات.",
    "joined": "وصلت القافلة إلى المدينة بسراقبيين من الشمال.",
    "russian": "Обстрел города продолжался всю ночь, сообщили в Идлибе.",
    "accents": "Hay’at Tahrir al-Shām denied it; Müller's convoy turned back at the exchange of prisoners.",
    "marks": 'Percent signs (100%) and under_scores are no wild cards; "quoted" words are words.',
    "chinese": "停火协议在凌晨生效，双方互相指责。",
}


@pytest.fixture(scope="module")
def filled(lasting: Desk) -> Desk:
    """A desk with the texts of above, the later ones newer."""
    with lasting.writer(V1) as writer:
        for number, (name, text) in enumerate(TEXTS.items()):
            writer.store(made.report(text, title=f"Piece {name}", published=dt.date(2021, 9, 1 + number)), ())
        writer.store(made.report("A report without a date on Saraqib.", title=None), ())
    derive.catch_up(lasting)
    return lasting


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("saraqib", ["saraqib", ""]),
        ("SARAQIB shells", ["saraqib"]),
        ("raqi", ["saraqib", ""]),
        ("سراقب", ["joined", "arabic"]),
        ("الأهالي", ["arabic"]),
        ("الاهالي", ["arabic"]),
        ("идлиб", ["russian"]),
        ("hayat tahrir", ["accents"]),
        ('"tahrir al-sham"', ["accents"]),
        ('"al-sham tahrir"', []),
        ("muller", ["accents"]),
        ('"exchange of prisoners"', ["accents"]),
        ('convoy "of prisoners"', ["accents"]),
        ("100%", ["marks"]),
        ("under_scores", ["marks"]),
        ("un%er", []),
        ("quoted", ["marks"]),
        ("停火协议", ["chinese"]),
        ("piece arabic", ["arabic"]),
        ("nowhere", []),
        ("saraqib nowhere", []),
    ],
)
def test_reports_are_found_by_all_of_the_words_the_newest_first(filled: Desk, query: str, found: list[str]) -> None:
    names = [(report.title or "").removeprefix("Piece ") for report in filled.search(query)]
    assert names == found


@pytest.mark.parametrize("query", ["", "a", "  ", '"', "%", "at night"])
def test_what_no_index_can_find_is_said_so(filled: Desk, query: str) -> None:
    with pytest.raises(WrongCallError, match=r"a search takes words of at least 3 letters"):
        list(filled.search(query))


def test_a_rebuild_indexes_each_report_once(filled: Desk) -> None:
    derive.rebuild(filled)
    assert len(list(filled.search("saraqib"))) == 2


def test_an_excerpt_is_a_sentence_that_holds_a_word() -> None:
    text = "First things first.\nThe convoy turned back at Saraqib. Nobody was hurt."
    assert words.excerpt(text, words.keys("saraqib")) == "The convoy turned back at Saraqib."
    assert words.excerpt(text, words.keys("nowhere hurt")) == "Nobody was hurt."
    assert words.excerpt(text, words.keys("nowhere")) == "First things first."
    assert words.excerpt("", words.keys("nowhere")) == ""
