"""Word files: the words that a reader sees in one, as far as it is whole, and nothing of what it packs besides."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from tests.reports.made import STORY
from tests.reports.outcomes import outcomes
from trucewatch.nouns import Failure, Report

OTHER = "Two mortar rounds hit the market of Hodeidah on Friday. Nobody was hurt, a shopkeeper said."
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _p(words: str, style: str = "") -> str:
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{looks}<w:r><w:t>{words}</w:t></w:r></w:p>"


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def _docx(path: Path, body: str, head: str = "", **more: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("word/document.xml", f"{head}<w:document {_SPACE}><w:body>{body}</w:body></w:document>")
        for name, content in more.items():
            out.writestr(f"docProps/{name}.xml", content)
    return path


def _only(path: Path) -> Report | Failure:
    (outcome,) = outcomes([path])
    return outcome


def test_a_word_file_is_a_report(tmp_path: Path) -> None:
    changed = (
        "<w:p><w:r><w:t>Armed men</w:t><w:tab/><w:t>took </w:t></w:r><w:del><w:r><w:delText>two</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>three aid workers near Lawdar.</w:t></w:r></w:ins></w:p>"
    )
    body = _p("Shells on Taiz", "Title") + _p("Tihama Herald, 5 April 2022") + _p("What happened", "Heading1")
    table = (
        f"<w:tbl>{_row(_p('3 April'), _p('Marib'), _p('A drone struck a bus.'))}{_row(_p(OTHER) + _p(STORY))}</w:tbl>"
    )
    made = '<x xmlns:d="http://purl.org/dc/terms/"><d:created>2022-04-06T07:00:00Z</d:created></x>'
    report = _only(_docx(tmp_path / "a.docx", body + _p(STORY) + changed + table, core=made))
    assert isinstance(report, Report)
    assert (report.title, report.outlet) == ("Shells on Taiz", "Tihama Herald")
    assert report.published == dt.date(2022, 4, 5)
    lines = [
        STORY,
        "Armed men took three aid workers near Lawdar.",
        "3 April – Marib – A drone struck a bus.",
        OTHER,
        STORY,
    ]
    assert report.text == "\n\n".join(lines)
    assert report.notes == ("Word file, made 2022-04-06",)


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{_p(OTHER)}</w:txbxContent>"
    twice = (
        f"<w:p><w:r><a><Choice>{box}</Choice><Fallback>{box}</Fallback></a></w:r><w:r><w:t>{STORY}</w:t></w:r></w:p>"
    )
    report = _only(_docx(tmp_path / "a.docx", twice))
    assert isinstance(report, Report)
    assert report.text == f"{STORY}\n\n{OTHER}"


def test_a_row_is_read_with_the_cells_that_are_fields_of_a_form(tmp_path: Path) -> None:
    field = f"<w:sdt><w:sdtPr/><w:sdtContent><w:tc>{_p('3 April')}</w:tc></w:sdtContent></w:sdt>"
    table = f"<w:tbl><w:tr>{field}<w:tc>{_p('A drone struck a bus.')}</w:tc></w:tr></w:tbl>"
    report = _only(_docx(tmp_path / "a.docx", _p(STORY) + table))
    assert isinstance(report, Report)
    assert report.text == f"{STORY}\n\n3 April – A drone struck a bus."


def test_of_several_titles_the_first_is_the_title_and_none_is_lost(tmp_path: Path) -> None:
    body = _p("Shells on Taiz", "Title") + _p("Report 5 of the mission", "Title") + _p(STORY)
    report = _only(_docx(tmp_path / "a.docx", body))
    assert isinstance(report, Report)
    assert (report.title, report.text) == ("Shells on Taiz", STORY)
    assert report.boilerplate == ("## Report 5 of the mission",)


_BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    ("body", "head", "reason"),
    [
        (_p("&j;"), f"{_BOMB}]>", "no story found: nothing in it reads like a sentence"),
        (_p("&x;"), '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "a Word file without text"),
        (" " * 20_000_000, "", "larger than 20,000,000 bytes"),
        ("<w:p/>" * 2_000_001, "", "refused: a Word file of more than 2,000,000 tags"),
        ("<w:p>" * 100_000, "", "a Word file without text"),
    ],
    ids=["entities", "a file of ours", "blanks", "tags", "depth"],
)
def test_a_hostile_word_file(body: str, head: str, reason: str, tmp_path: Path) -> None:
    path = _docx(tmp_path / "a.docx", body, head)
    assert _only(path) == Failure(source=str(path), stage="read", reason=reason)


def test_what_is_no_word_file(tmp_path: Path) -> None:
    whole = _docx(tmp_path / "whole.docx", _p(STORY)).read_bytes()
    for name, raw in (("cut", whole[:-40]), ("locked", b"\xd0\xcf\x11\xe0" * 400), ("empty", b"")):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(raw)
        outcome = _only(path)
        assert isinstance(outcome, Failure) and "\n" not in outcome.reason
        assert outcome.reason.startswith(("no Word file that could be read", "empty"))
