"""The seed report, which lies outside the repository: exactly its story sentences, and everything else told apart."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.reports.outcomes import outcomes
from trucewatch.nouns import Report

SEED = Path(__file__).parents[3] / "shared" / "seed" / "idlib-2021-10-01.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed report (shared/ beside the repository) is not here")


@pytest.fixture(scope="module")
def report() -> Report:
    (found,) = outcomes([SEED])
    assert isinstance(found, Report)
    return found


def test_story_is_exactly_its_paragraphs(report: Report) -> None:
    lines = [line.strip() for line in SEED.read_text(encoding="utf-8").splitlines()]
    first = next(i for i, line in enumerate(lines) if line.startswith("Russian President Vladimir Putin and"))
    last = next(i for i, line in enumerate(lines) if line.endswith("SAA and VKS response will be."))
    story = [line for line in lines[first : last + 1] if line and not line.startswith("https://")]
    assert report.text == "\n\n".join(story)


def test_facts(report: Report) -> None:
    assert report.title == "War on Syria: Greater Idlib Moving Towards a Cliff after Failed Putin Erdogan Meeting"
    assert (report.byline, report.outlet, report.original_outlet) == (
        "South Front",
        "Global Research",
        "South Front",
    )
    assert report.published == dt.date(2021, 10, 1)
    assert report.written == report.original_published == dt.date(2021, 9, 30)
    assert report.regions == ("Middle East & North Africa", "Russia and FSU")
    assert (report.themes, report.series) == (("Intelligence",), ("SYRIA",))
    assert len(report.media) == 1
    assert report.media[0].endswith("_IMR_Syria.mp4")
    assert report.licence is not None
    assert '"fair use"' in report.licence
    assert "Disclaimer" in report.licence
    assert (report.language, report.notes) == ("en", ('the title says "Video"',))


def test_nothing_is_lost(report: Report) -> None:
    kept = "\n".join((*report.boilerplate, report.text, report.title or ""))
    lost = [
        line
        for line in SEED.read_text(encoding="utf-8").splitlines()
        if any(map(str.isalnum, line)) and line.strip().removeprefix("Video: ") not in kept
    ]
    assert lost == []
