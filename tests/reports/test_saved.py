"""Pages that a browser or a web archive saved, and what stands beside them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.nouns import Report

SENTENCE = "Russian warplanes bombed a camp near Kafr Takharim on Monday and killed five people."
PAGE = f"<!DOCTYPE html><html><head><title>Camp bombed</title></head><body><article><p>{SENTENCE}</p></article></body></html>"


@pytest.mark.parametrize(
    ("above", "head"),
    [
        ("<!-- saved from url=(0034)https://desk.example/camp -->", ""),
        ("<!--\n Page saved with SingleFile \n url: https://desk.example/camp \n-->", ""),
        ("", "<link rel='canonical' href='https://web.archive.org/web/20200505101010/https://desk.example/camp'>"),
    ],
)
def test_a_saved_page_is_of_the_address_that_it_was_saved_from(above: str, head: str) -> None:
    title, body = "<title>Hit | The Desk</title>", f"<body><h1>Hit</h1><p>{SENTENCE}</p></body>"
    report = reports.from_text(f"<!DOCTYPE html>{above}<html><head>{head}{title}</head>{body}</html>")
    assert (report.url, report.title, report.outlet) == ("https://desk.example/camp", "Hit", "The Desk")


@pytest.mark.parametrize("packed", [False, True])
def test_what_a_browser_saved_beside_a_page_is_no_report(tmp_path: Path, packed: bool) -> None:
    folder = tmp_path / "saved"
    frames = folder / "story_files"
    frames.mkdir(parents=True)
    (folder / "story.html").write_text(PAGE, encoding="utf-8")
    (frames / "frame.html").write_text("<html><body><p>x</p></body></html>", encoding="utf-8")
    if packed:
        with zipfile.ZipFile(tmp_path / "saved.zip", "w") as archive:
            for inner in sorted(folder.rglob("*.html")):
                archive.write(inner, inner.relative_to(tmp_path))
    (report,) = outcomes([tmp_path / "saved.zip" if packed else folder])
    assert isinstance(report, Report)
