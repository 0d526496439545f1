"""Pages of many layouts, in our own words: the story whole and alone, every fact, and the furniture set apart."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.reports.outcomes import outcomes
from trucewatch.nouns import Report

PAGES = Path(__file__).parent / "pages"
CASES = sorted(page for page in PAGES.iterdir() if page.suffix != ".toml")
FACTS = ("title", "byline", "outlet", "original_outlet", "published", "original_published", "url")
LISTS = ("regions", "themes", "series", "media")


@pytest.fixture(params=CASES, ids=lambda page: page.stem)
def case(request: pytest.FixtureRequest) -> tuple[Report, dict[str, Any]]:
    page: Path = request.param
    (report,) = outcomes([page])
    assert isinstance(report, Report), report
    return report, tomllib.loads(page.with_suffix(".toml").read_text(encoding="utf-8"))


def test_story(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    paragraphs = report.text.split("\n\n")
    assert paragraphs[0].startswith(expected["first"]), report.text
    assert paragraphs[-1].endswith(expected["last"]), report.text
    assert len(paragraphs) == expected["paragraphs"], report.text
    for words in expected.get("holds", ()):
        assert words in report.text
    for words in expected["apart"]:
        assert words not in report.text
        assert words in "\n".join(report.boilerplate)


def test_facts(case: tuple[Report, dict[str, Any]]) -> None:
    report, expected = case
    found = {name: getattr(report, name) for name in FACTS}
    assert found == {name: expected.get(name, None if name != "url" else report.url) for name in FACTS}
    for name in LISTS:
        assert getattr(report, name) == tuple(expected.get(name, ())), name
    assert report.language == expected["language"]
    assert report.notes == tuple(expected.get("notes", report.notes))
    assert report.licence == expected.get("licence", report.licence)
