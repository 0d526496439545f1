"""Words of time: found where they stand, taken for the period that they mean, and never for what they do not say."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.claims.timegrammar import Tense, lexicon, tables
from trucewatch.claims.when import RULES, default_period, find, resolve
from trucewatch.errors import TableError
from trucewatch.nouns import Period, Status

ROOT = Path(__file__).parents[2]
THURSDAY = dt.date(2021, 9, 30)


def _rows() -> list[dict[str, str]]:
    with (ROOT / "tests" / "cases" / "times.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _on(date: dt.date) -> Period:
    return Period(start=date, end=date, precision="day")


def _tense(text: str) -> Tense | None:
    return {"past": "past", "present": "present", "future": "future"}.get(text)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "row", _rows(), ids=lambda row: f"{row['words']}|{row['written']}|{row['tense']}|{row['previous']}"
)
def test_words_mean_their_period(row: dict[str, str]) -> None:
    previous = _day(row["previous"])
    told = resolve(row["words"], _day(row["written"]), _tense(row["tense"]), _on(previous) if previous else None)
    if not row["start"]:
        assert told is None
        return
    assert told is not None
    period = told.period
    assert (period.start.isoformat(), period.end.isoformat(), period.precision) == (
        row["start"],
        row["end"],
        row["precision"],
    )


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Shells fell on the town on Tuesday and again late Monday.", ["Tuesday", "late Monday"]),
        ("The truce has held since March 2020.", ["since March 2020"]),
        ("For nearly a week, clashes went on overnight.", ["For nearly a week", "overnight"]),
        (
            "In the last two months strikes grew; in recent days they stopped.",
            ["In the last two months", "in recent days"],
        ),
        ("It was signed on 5 March 2020, two days after the summit.", ["5 March 2020", "two days after"]),
        ("On the 28th of September clashes broke out.", ["the 28th of September"]),
        ("Talks are due by the end of the month or next week.", ["by the end of the month", "next week"]),
        ("Between 3 and 7 May nothing was heard.", ["Between 3 and 7 May"]),
        ("They met from Monday to Wednesday in mid-January.", ["from Monday to Wednesday", "mid-January"]),
        ("The base, shelled daily, was hit every Friday.", ["daily", "every Friday"]),
        ("No raid was seen over the day, he said this morning.", ["over the day", "this morning"]),
        ("After seven years of war, the 1990s seem far away.", ["After seven years of", "the 1990s"]),
        ("Hours later, at dawn, a convoy left.", ["Hours later", "at dawn"]),
        ("It was quiet on Christmas Eve and during Ramadan.", ["Christmas Eve", "Ramadan"]),
        ("Since the ceasefire two posts were hit.", ["Since the ceasefire"]),
        ("The failed July coup and the 2016 referendum came up.", ["July", "2016"]),
        ("On Sunday, Oct. 9, 2016, a strike hit a hall.", ["Sunday, Oct. 9, 2016"]),
        (
            "In the third quarter it fell, as in the first half of 2018.",
            ["the third quarter", "in the first half of 2018"],
        ),
        ("Tuesday's attack was the worst since 2019.", ["Tuesday", "since 2019"]),
        ("It was built in the spring and left last summer.", ["the spring", "last summer"]),
    ],
)
def test_words_of_time_are_found_where_they_stand(sentence: str, words: list[str]) -> None:
    assert [sentence[found.start : found.end] for found in find(sentence)] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "The rebels may march on the capital.",
        "May they rest in peace.",
        "March on the palace, the crowd cried.",
        "A second attack hit the second largest city.",
        "He told the Sunday Times of it.",
        "A 12-year-old boy, 30 years old, was there.",
        "Some 2011 people fled.",
        "It asks for Resolution 2254 to be kept.",
        "Theresa May spoke.",
        "The Russia Today reporter left.",
        "He paid $2000 for it.",
        "Flight 1999 was late.",
        "The fall of Aleppo was near.",
        "He sprang from his seat, and the monitors saw it.",
        "Jets hit a bridge near Mar'a and an outpost at Sa'dan.",
    ],
)
def test_what_only_looks_like_time_is_left_alone(sentence: str) -> None:
    assert [sentence[found.start : found.end] for found in find(sentence)] == []


def test_a_number_before_people_is_no_day_of_a_month() -> None:
    sentence = "In January 14 soldiers died."
    assert [sentence[found.start : found.end] for found in find(sentence)] in ([], ["January"])


@pytest.mark.parametrize("words", sorted({row["words"] for row in _rows() if row["start"]}))
def test_without_a_day_of_writing_only_words_that_need_none_are_resolved(words: str) -> None:
    told = resolve(words, None)
    for written in (THURSDAY, dt.date(1999, 12, 31)) if told else ():
        seen = resolve(words, written)
        assert seen == told or (seen is None and told.rule == "era" and written < told.period.start)  # type: ignore[union-attr]


def test_a_pattern_that_names_a_class_without_words_says_so() -> None:
    with pytest.raises(TableError, match="fortnightly"):
        lexicon().compile("<fortnightly>")


def test_the_day_of_writing_never_stands_in_for_words_that_give_nothing() -> None:
    for words in ("", "the attack", "several times", "recently", "since the ceasefire", "seven years", "then"):
        assert resolve(words, THURSDAY) is None


@pytest.mark.parametrize("unit", sorted({*tables().units, *tables().classes["daypart"]}))
@pytest.mark.parametrize("words", ["the next {}", "the following {}", "the previous {}", "the {} before"])
def test_a_neighbour_of_any_unit(words: str, unit: str) -> None:
    for tense in ("past", "future", ""):
        told = resolve(words.format(unit), THURSDAY, _tense(tense), _on(dt.date(2021, 9, 20)))
        assert told is None or told.period.start <= told.period.end
        resolve(words.format(unit), THURSDAY, _tense(tense))  # no error


def test_the_time_last_spoken_of_is_counted_from() -> None:
    told = resolve("three days later", THURSDAY, "past", _on(dt.date(2021, 9, 20)))
    assert told is not None
    assert (told.rule, told.period) == ("so long after", _on(dt.date(2021, 9, 23)))


def test_the_day_after_one_in_a_month_is_of_that_month() -> None:
    february = Period(start=dt.date(2021, 2, 1), end=dt.date(2021, 2, 28), precision="month")
    told = resolve("the following day", THURSDAY, "past", february)
    assert told is not None
    assert told.period == february


def test_every_rule_has_a_case_or_is_never_resolved() -> None:
    used = set()
    for row in _rows():
        previous = _day(row["previous"])
        told = resolve(row["words"], _day(row["written"]), _tense(row["tense"]), _on(previous) if previous else None)
        used |= {told.rule} if told else set()
    assert {rule.id for rule in RULES if rule.resolve} - used == set()


def test_every_rule_is_documented() -> None:
    page = (ROOT / "docs" / "times.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
    assert {rule.id for rule in RULES} | {"carried", "words of the news", "under way"} == rows


@pytest.mark.parametrize("status", [Status.HAPPENED, Status.DENIED])
def test_the_scene_carries_its_day(status: Status) -> None:
    scene = _on(dt.date(2021, 9, 28))
    told = default_period(status, "past", THURSDAY, scene)
    assert told is not None
    assert (told.rule, told.period) == ("carried", scene)


def test_the_days_of_a_bulletin_are_carried() -> None:
    """ "Over the past 24 hours"; not a span that begins today, nor a longer one."""
    day = dt.timedelta(days=1)
    spans = [Period(start=a, end=b, precision="span") for a, b in
             ((THURSDAY - day, THURSDAY), (THURSDAY, THURSDAY + day), (THURSDAY - 9 * day, THURSDAY))]  # fmt: skip
    told = [default_period(Status.HAPPENED, "past", THURSDAY, span) for span in spans]
    assert [one.period if one else None for one in told] == [spans[0], None, None]


@pytest.mark.parametrize(
    ("status", "tense", "previous"),
    [
        (Status.EXPECTED, "past", _on(dt.date(2021, 9, 28))),
        (Status.POSSIBLE, "past", _on(dt.date(2021, 9, 28))),
        (Status.ONGOING, "present", _on(dt.date(2021, 9, 28))),
        (Status.HAPPENED, None, _on(dt.date(2021, 9, 28))),
        (Status.HAPPENED, "present", _on(dt.date(2021, 9, 28))),
        (Status.HAPPENED, "past", None),
        (Status.HAPPENED, "past", _on(dt.date(2021, 10, 2))),
        (Status.HAPPENED, "past", Period(start=dt.date(2020, 1, 1), end=dt.date(2020, 12, 31), precision="year")),
    ],
)
def test_nothing_else_is_carried(status: Status, tense: Tense | None, previous: Period | None) -> None:
    assert default_period(status, tense, THURSDAY, previous) is None


_WORDS = st.sampled_from(
    "last next this the past two five of in since for March May 5 28th 2020 Tuesday week months years ago later early mid - , . "
    "from to between and first end half quarter New Year's Eve Christmas 30 31 February today overnight before after".split(
        " "
    )
)
_TENSES = st.sampled_from(["past", "present", "future", None])
_DATES = st.one_of(st.none(), st.dates())


@given(st.lists(_WORDS, max_size=12), _DATES, _TENSES, _DATES)
def test_any_words_of_time_end_no_earlier_than_they_start(
    words: list[str], written: dt.date | None, tense: Tense | None, previous: dt.date | None
) -> None:
    text = " ".join(words)
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
    told = resolve(text, written, tense, _on(previous) if previous else None)
    assert told is None or told.period.start <= told.period.end


@given(st.text(max_size=200), _DATES, _TENSES)
def test_any_text_is_read(text: str, written: dt.date | None, tense: Tense | None) -> None:
    ends = 0
    for found in find(text):
        assert ends <= found.start < found.end
        ends = found.end
    told = resolve(text, written, tense)
    assert told is None or told.period.start <= told.period.end
