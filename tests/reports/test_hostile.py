"""Hostile input: each ends in a report or in one clear line within twenty seconds, and the next input is still read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Failure, Report
from trucewatch.reports import isolate
from trucewatch.reports.decode import decode

STORY = "Army units shelled the village of Kansafra on Monday and killed three people, residents said. " * 3
GOOD = f"<p>{STORY}</p>"
_SECONDS = 20.0


def _attributes(count: int) -> str:
    return " ".join(f"a{number}=1" for number in range(count))


HOSTILE = {
    "nested.html": "<div>" * 10_000 + GOOD + "</div>" * 10_000,
    "unclosed.html": "<b>" * 10_000 + GOOD,
    "tables.html": "<a href=x><table>" * 10_000 + GOOD,
    "attributes.html": f"<div {_attributes(200_000)}>{GOOD}</div>",
    "comment.html": "<!--" + "-" * 1_000_000 + GOOD,
    "title.html": "<title>" + "a - " * 100_000 + "</title>" + GOOD,
    "json.html": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + GOOD,
    "stamps.html": '<script type="application/ld+json">{"@type":"Article","datePublished":"'
    + "2021-01-01 " * 60_000
    + f'"}}</script>{GOOD}',
    "comments.xml": "<!---->" * 28 + GOOD,
    "links.txt": "[a](" * 200_000 + " The army left the town on Friday, he said.",
    "stars.txt": "**a " * 200_000 + " The army left the town on Friday, he said.",
    "dates.txt": "1 may " * 200_000 + " The army left the town on Friday, he said.",
    "mails.txt": "a@" * 200_000 + " The army left the town on Friday, he said.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_within_twenty_seconds_and_the_next_is_read(name: str, tmp_path: Path) -> None:
    page = HOSTILE[name]
    hostile, good = tmp_path / name, tmp_path / "z-good.txt"
    hostile.write_text(f"<!DOCTYPE html><html><body>{page}" if name.endswith("html") else page, encoding="utf-8")
    good.write_text(STORY, encoding="utf-8")
    began = time.monotonic()
    outcome, after = outcomes([hostile, good], reports.ReadOptions(page_seconds=2))
    assert time.monotonic() - began < _SECONDS
    assert isinstance(after, Report)
    assert isinstance(outcome, Report | Failure)
    if isinstance(outcome, Failure):
        assert "\n" not in outcome.reason


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)  # a sparse file: reading it would find NULs, not the size
    (outcome,) = outcomes([path])
    assert outcome == Failure(source=str(path), stage="read", reason="larger than 20,000,000 bytes")


def test_the_size_limit_is_an_option(tmp_path: Path) -> None:
    path = tmp_path / "small.txt"
    path.write_text(STORY, encoding="utf-8")
    (outcome,) = outcomes([path], reports.ReadOptions(max_bytes=100))
    assert outcome == Failure(source=str(path), stage="read", reason="larger than 100 bytes")


def test_a_page_that_runs_out_of_time_is_killed() -> None:
    page = f"<html><body><div {_attributes(200_000)}>{GOOD}</div>"
    assert isolate.looks_hostile(page)
    began = time.monotonic()
    (outcome,) = _read_bytes(page, reports.ReadOptions(page_seconds=0.2))
    assert isinstance(outcome, Failure)
    assert outcome.reason == "the page could not be parsed within 0.2 seconds"
    assert time.monotonic() - began < 5


def _read_bytes(page: str, options: reports.ReadOptions) -> list[Report | Failure]:
    try:
        return list(reports.read_source(reports.Source(name="x", form="html", content=page), options))
    except UnreadableError as error:
        return [Failure(source="x", stage="read", reason=str(error).removeprefix("x: "))]


def test_a_hostile_page_with_a_story_is_still_read() -> None:
    page = f"<html><body><div data-state='{'x' * 30_000}'></div>{GOOD}"
    assert isolate.looks_hostile(page)
    (outcome,) = _read_bytes(page, reports.ReadOptions(page_seconds=60))
    assert isinstance(outcome, Report)
    assert outcome.text.startswith(STORY.strip())
    assert outcome.language == "en"


@pytest.mark.parametrize("page", sorted((Path(__file__).parent / "pages").glob("*.html")), ids=lambda page: page.stem)
def test_usual_pages_need_no_process(page: Path) -> None:
    assert not isolate.looks_hostile(decode(page.read_bytes()).text)
