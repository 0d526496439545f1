"""Whatever bytes come in, a report or one clear line comes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Failure, Report
from trucewatch.reports import Source

PAGE = (Path(__file__).parent / "pages" / "news-sidebar.html").read_text(encoding="utf-8")
_SCRAPS = st.sampled_from(
    ["<", ">", "</p>", "<p", "<!--", "-->", "<script>", "</article>", '"', "'", "&#0;", "&#xD800;", "<svg>", "<table><tr>", "\x00", "http://[",
     "<base href='http://['>", "<a href='http://[::1'>", "<title>", "<meta charset=x>", "<html lang=''>", "<li>", "]]>", "\u202e"]
)  # fmt: skip


def _told(reading: Callable[[], Report]) -> bool:
    """Did a reading give a story or one clear line?"""
    try:
        return bool(reading().text.strip())
    except UnreadableError as error:
        return bool(str(error)) and "\n" not in str(error)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, len(PAGE)), st.integers(0, 400), _SCRAPS), max_size=6))
def test_broken_pages(cuts: list[tuple[int, int, str]]) -> None:
    page = PAGE
    for at, width, scrap in cuts:
        page = page[:at] + scrap + page[at + width :]
    assert _told(lambda: reports.from_text("<!DOCTYPE html>" + page))


@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    for form in ("text", "html"):
        source = Source(name="x", form=form, content=raw)
        assert _told(lambda source=source: reports.read_source(source)[0])


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    assert _told(lambda: reports.from_text(text))


def test_outcomes_are_reports_or_failures(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Shells fell on Taiz on Monday and killed two men.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    bad, good = outcomes([tmp_path])
    assert isinstance(good, Report)
    assert bad == Failure(source=str(tmp_path / "bad.txt"), stage="read", reason="empty: there is no text in it")
