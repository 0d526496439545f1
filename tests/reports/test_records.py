"""JSON, and columns, as servers and programs write them rather than as the table of columns would have them."""

from __future__ import annotations

import datetime as dt
import gc
import json
from pathlib import Path

import pytest

from tests.reports.made import STORY
from tests.reports.outcomes import outcomes
from trucewatch.nouns import Failure, Report


def _read(path: Path) -> list[Report | Failure]:
    return list(outcomes([path]))


def _report(path: Path) -> Report:
    (report,) = _read(path)
    assert isinstance(report, Report), report
    return report


RECORD = {"title": "Taiz hit", "body": STORY, "date": "2022-04-05"}


@pytest.mark.parametrize(
    "answer",
    [
        {"count": 1, "description": "Answers of a server.", "items": [RECORD]},
        {"status": "ok", "response": {"total": 1, "results": [RECORD]}},
        {"data": [{"id": "7", "score": 1, "fields": RECORD}]},
    ],
)
def test_the_answer_of_a_server_holds_a_list_of_records(answer: object, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    report = _report(path)
    assert (report.title, report.text, report.published) == ("Taiz hit", STORY, dt.date(2022, 4, 5))


def test_objects_in_the_place_of_words_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "objects.jsonl"
    record = {
        "title": {"rendered": "Taiz&#8217;s market hit"},
        "content": {"rendered": f"<p>{STORY}</p>", "protected": False},
        "date": {"created": "2022-04-07T06:00:00+00:00", "original": "2022-04-05T00:00:00+00:00"},
        "source": [{"id": 5, "name": "Tihama Herald"}],
        "authors": [{"name": "Omar Said"}, {"name": "Huda Nasser"}],
        "country": [{"id": 255, "name": "Yemen", "primary": True}],
        "tags": [12, 15],
    }
    path.write_text(json.dumps(record), encoding="utf-8")
    report = _report(path)
    assert (report.title, report.text, report.published) == ("Taiz’s market hit", STORY, dt.date(2022, 4, 5))
    assert (report.outlet, report.byline) == ("Tihama Herald", "Omar Said, Huda Nasser")
    assert (report.regions, report.themes) == (("Yemen",), ())


@pytest.mark.parametrize("mark", ["… [+812 chars]", "... [+812 chars]", " [+812 chars]\n"])
def test_a_text_that_a_server_cuts_short_says_so(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    cut = {"title": "Taiz hit", "content": f"{STORY} Shells also hi{mark}", "description": "Shells hit Taiz."}
    path.write_text(json.dumps({"status": "ok", "articles": [cut]}), encoding="utf-8")
    report = _report(path)
    assert (report.text, report.notes[0]) == (f"{STORY} Shells also hi…", "cut short: 812 characters are not there")


def test_columns_as_programs_that_fetch_pages_name_them(tmp_path: Path) -> None:
    path = tmp_path / "scraped.csv"
    row = f'https://t.example/a,"[\'Omar Said\', ""Huda Al-Na\'ami""]","[\'Yemen\', \'shelling\']",2022-04-05 07:00:00,"{STORY}"'
    path.write_text(f"source,authors,keywords,date_publish,maintext\n{row}\n", encoding="utf-8")
    report = _report(path)
    assert (report.outlet, report.byline, report.published) == (
        "t.example",
        "Omar Said, Huda Al-Na'ami",
        dt.date(2022, 4, 5),
    )
    assert (report.regions, report.themes, report.text) == (("Yemen",), ("shelling",), STORY)


def test_a_dump_of_a_search_engine(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps({"_index": "news", "_id": "7", "_source": RECORD}), encoding="utf-8")
    report = _report(path)
    assert (report.text, report.published, report.outlet) == (STORY, dt.date(2022, 4, 5), None)


def test_a_json_feed_tells_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Border Desk",
        "items": [{"id": "2", "content_text": STORY}],
    }
    path.write_text(json.dumps(feed), encoding="utf-8")
    assert _report(path).outlet == "Border Desk"


def test_names_of_columns_with_brackets_and_numbers_for_authors(tmp_path: Path) -> None:
    path = tmp_path / "table.jsonl"
    told = {"Title of article": "Taiz hit", "Full_Text": STORY, "Date Published (UTC)": "2022-04-05 09:15", "author": 3}
    path.write_text(json.dumps(told), encoding="utf-8")
    report = _report(path)
    assert (report.title, report.published, report.byline) == ("Taiz hit", dt.date(2022, 4, 5), None)
    path.write_text(json.dumps(told | {"author": "By Lena Voss"}), encoding="utf-8")
    assert _report(path).byline == "Lena Voss"


def test_tags_of_one_column_are_parted(tmp_path: Path) -> None:
    path = tmp_path / "tags.csv"
    path.write_text(f'tags,text\n"Yemen; shelling, markets","{STORY}"\n', encoding="utf-8")
    report = _report(path)
    assert (report.regions, report.themes) == (("Yemen",), ("shelling", "markets"))


@pytest.mark.parametrize("between", ["\n", ", ", "\n\n"])
def test_records_one_behind_the_other_are_read_as_far_as_they_are_whole(between: str, tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    one = json.dumps({"text": STORY, "score": float("nan")}, indent=1)
    path.write_text(f'{one}{between}{one}{between}{{"text": "Two mor', encoding="utf-8")
    first, second, third = _read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.text, second.text) == (STORY, STORY)
    assert isinstance(third, Failure)
    assert third.source == f"{path}#3"
    assert third.reason.startswith("no valid JSON from here on: ")


def test_a_line_of_json_with_a_number_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "frame.jsonl"
    path.write_text(f'{{"text": "{STORY}", "outlet": NaN, "deaths": -Infinity}}\n', encoding="utf-8")
    assert _report(path).text == STORY


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_file_is_closed_once_it_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(f'text\n"{STORY}"\n' if name == "a.csv" else json.dumps({"text": STORY}), encoding="utf-8")
    assert _report(path).text == STORY
    gc.collect()  # what is left open is told of, and so fails
