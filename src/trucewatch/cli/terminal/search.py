"""A report that a search found, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from trucewatch.cli.terminal import wording
from trucewatch.desk import words
from trucewatch.nouns import Report


def entry(report: Report, query: str, width: int) -> Iterator[Text]:
    """One line of what the report is, one of the words that the search is about."""
    parts = (report.id, wording.day(report.published), wording.line(report.outlet))
    head = Text("  ".join(parts))
    if report.title:
        head.append(f"  {wording.line(report.title)}", style="bold")
    said = Text("    ").append(wording.line(words.excerpt(report.text, words.keys(query))))
    for line in (head, said):
        line.truncate(width, overflow="ellipsis")
        yield line
