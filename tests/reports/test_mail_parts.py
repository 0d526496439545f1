"""Messages with large attachments: these are left out line by line, and what is read of the rest stays the same."""

from __future__ import annotations

import io
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.reports.made import STORY
from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.nouns import Failure, Report
from trucewatch.reports.mail import eml_entry
from trucewatch.reports.mail_parts import without_attachments

HEAD = (
    b'From: "Tihama Herald" <news@tihama.example>\r\nSubject: Taiz\r\nMIME-Version: 1.0\r\n'
    b'Content-Type: multipart/mixed;\r\n boundary="=_a b"\r\n\r\n--=_a b\r\nContent-Type: text/plain\r\n\r\n'
)
FILM = (
    b"\r\n--=_a b\r\nContent-Type: video/mp4\r\nContent-Transfer-Encoding: base64\r\n"
    b'Content-Disposition: attachment; filename="film.mp4"\r\n\r\n'
)
LINES = (b"QUJD" * 19 + b"\r\n") * 10_000
END = b"--=_a b--\r\n"


def _write(path: Path, megabytes: int) -> None:
    with path.open("wb") as out:
        if path.suffix == ".mbox":
            out.write(b"From news@tihama.example Tue Apr  5 07:00:00 2022\r\n")
        out.write(HEAD + STORY.encode() + FILM)
        for _ in range(megabytes):
            out.write(LINES)
        out.write(END)


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_a_message_with_a_large_attachment_takes_the_memory_of_its_words(name: str, tmp_path: Path) -> None:
    short, path = tmp_path / f"short-{name}", tmp_path / name
    _write(short, 0)
    _write(path, 10)
    assert isinstance(next(outcomes([short])), Report)  # with it whatever reads them is loaded
    tracemalloc.start()
    (report,) = outcomes([path])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(report, Report)
    assert (report.text, report.title, report.outlet) == (STORY, "Taiz", "Tihama Herald")
    assert "attachments not read: film.mp4" in report.notes
    assert most < 5_000_000


def test_words_are_kept_wherever_they_stand() -> None:
    inner, message = EmailMessage(), EmailMessage()
    inner["Subject"] = "of the one that is passed on"
    inner.set_content(STORY)
    message.set_content(b"\x89PNG" * 100, maintype="image", subtype="png", cid="<x>")
    message.make_mixed()
    message.add_attachment(inner)
    message.add_attachment(b"%PDF" * 100, maintype="application", subtype="pdf", filename="a.pdf")
    raw = message.as_bytes()
    short = without_attachments(io.BytesIO(raw), len(raw))
    assert len(short) < len(raw) / 2
    assert eml_entry(short) == eml_entry(raw)
    assert eml_entry(short).content.strip() == STORY


def test_words_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(HEAD + LINES + END)
    (outcome,) = outcomes([path], reports.ReadOptions(max_bytes=100_000))
    reason = "larger than 100,000 bytes without what is attached"
    assert outcome == Failure(source=str(path), stage="read", reason=reason)


@pytest.mark.parametrize("foot", ["", "<p>" * 70_000], ids=["usual", "in a process of its own"])
def test_a_newsletter_with_a_story_in_each_cell_keeps_them_all(foot: str, tmp_path: Path) -> None:
    other = "Two mortar rounds hit the market of Hodeidah on Friday, a shopkeeper told the Herald."
    cells = (
        "Here is what happened in the night.",
        "<a href='https://t.example/'>View in browser</a>",
        "<h1>The Daily Herald</h1><p>Good morning, readers.</p>",
        f"<h2>Taiz</h2><p>{STORY}</p>",
        f"<h2>Hodeidah</h2><p>{other}</p>",
        "<p>You received this email because you subscribed. <a href='https://t.example/u'>Unsubscribe</a></p>",
    )
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells).replace("<td>", "<td style='display:none'>", 1)
    message = EmailMessage()
    message["From"] = "Tihama Herald <news@tihama.example>"
    message.set_content(f"<html><body><table>{rows}</table>{foot}</body></html>", subtype="html")
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    (report,) = outcomes([path])
    assert isinstance(report, Report)
    assert report.text == f"{STORY}\n\n{other}"
