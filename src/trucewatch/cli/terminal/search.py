"""A report that a search found, on a terminal."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from trucewatch.cli.terminal import wording
from trucewatch.desk import words
from trucewatch.nouns import Report


class Found:
    """A report and the sentence of it that a search is about, for a rich console."""

    def __init__(self, report: Report, query: str) -> None:
        self._report = report
        self._keys = words.keys(query)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """One line of what it is, one of its words."""
        report, width = self._report, options.max_width
        parts = (report.id, wording.day(report.published), wording.line(report.outlet))
        head = Text("  ".join(parts))
        if report.title:
            head.append(f"  {wording.line(report.title)}", style="bold")
        head.truncate(width, overflow="ellipsis")
        yield head
        said = Text("    ").append(wording.line(words.excerpt(report.text, self._keys)))
        said.truncate(width, overflow="ellipsis")
        yield said
