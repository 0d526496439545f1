"""What is on a desk, as lists on a terminal: claims, reports, what a search finds, failures, runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.claims import INDENT, claim_lines, flow, hanging
from trucewatch.cli.terminal.marks import excerpt, has_colours, marks
from trucewatch.desk import Run, words
from trucewatch.nouns import Claim, Failure, Report

_GAP = "  "
_NAMED = ("outlet", "after")
"""Columns of outlets."""


def claim_entry(claim: Claim, report: Report, console: Console) -> Iterator[Text]:
    """A claim in a list: what it says and in which report, in two or three lines, and its sentence on one."""
    within = f"in {wording.line(report.outlet)}, {wording.day(report.published)}"
    yield from claim_lines(claim, report, console.width, within=within)
    quote = Text(" " * INDENT).append("│ ", style="dim")
    for span in claim.mentions[:1]:
        room = console.width - quote.cell_len
        quote.append_text(excerpt(report, span, list(marks(claim)), has_colours(console), room))
    yield quote
    yield Text()


def found(report: Report, query: str, width: int) -> Iterator[Text]:
    """One line of what the report is, one of the words that the search is about."""
    parts = (report.id, wording.day(report.published), wording.line(report.outlet))
    head = Text("  ".join(parts))
    if report.title:
        head.append(f"  {wording.line(report.title)}", style="bold")
    said = Text("    ").append(wording.line(words.excerpt(report.text, words.keys(query))))
    for line in (head, said):
        line.truncate(width, overflow="ellipsis")
        yield line


def reports(listed: Iterable[Report], counts: Mapping[str, int], width: int) -> Iterator[Text]:
    """The reports of a desk, one a row; nothing where there is none."""
    rows = []
    for report in listed:
        title = wording.line(report.title) if report.title else _opening(report)
        day, outlet = wording.day(report.published), wording.line(report.outlet)
        rows.append((report.id, day, outlet, f"{counts.get(report.id, 0)}", title))
    if rows:
        yield from titled([("report", "published", "outlet", "claims", "title"), *rows], width)


def titled(rows: Sequence[Sequence[str]], width: int) -> Iterator[Text]:
    """Rows under a header, of which the last cell is a title: where one has no room in its row, all stand below theirs.

    The columns of outlets take what the others leave them.
    """
    *widths, longest = (max(map(cell_len, column)) for column in zip(*rows, strict=True))
    loose = [at for at, name in enumerate(rows[0][:-1]) if name in _NAMED]
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    for at in loose:
        widths[at] = max(widths[at] - max(over, 0) // len(loose) - (over > 0), cell_len(rows[0][at]))
    beside = sum(widths) + len(_GAP) * len(widths) + longest <= width
    for number, (*cells, title) in enumerate(rows):
        fitted = [
            _fitted(cell, wide, rows[0][at] == "claims")
            for at, (cell, wide) in enumerate(zip(cells, widths, strict=True))
        ]
        line = Text(_GAP.join((*fitted, title) if beside else fitted), style="" if number else "bold")
        line.rstrip()
        yield line
        if number and title and not beside:
            yield from hanging(" " * INDENT + title, INDENT, width)


def _fitted(cell: str, width: int, right: bool) -> str:
    told = Text(cell)
    told.truncate(width, overflow="ellipsis", pad=not right)
    return told.plain.rjust(width)


def failures(listed: Iterable[tuple[dt.datetime, Failure]], width: int) -> Iterator[Text]:
    """What could not be read or coded: when, in which stage, which source, whole where it fits; then why."""
    for at, failure in listed:
        head = [moment(at), Text(failure.stage), Text(wording.line(failure.source))]
        *above, reason = flow([head, [Text(wording.line(failure.reason))]], width)
        yield from above
        yield from hanging(reason.plain, INDENT, width) if above else [reason]


def runs(listed: Sequence[Run]) -> Table:
    """The runs that added something, one a row."""
    table = rows_of("run", "started", "ended", "version", "tables", "model")
    for run in listed:
        ended = Text("never") if run.finished is None else moment(run.finished)
        if run.stopped:
            ended.append(" (stopped)")
        version = run.versions
        table.add_row(
            Text(f"{run.number}"), moment(run.started), ended, *map(Text, (version.code, version.tables, version.model))
        )
    return table


def rows_of(*columns: str) -> Table:
    """An empty table of these columns."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for column in columns:
        fixed = column in ("run", "started")
        table.add_column(column, overflow="fold", no_wrap=fixed)
    return table


def moment(at: dt.datetime) -> Text:
    """``2021-09-30 12:05Z``."""
    return Text(f"{at:%Y-%m-%d %H:%M}Z")


def _opening(report: Report) -> str:
    told = report.text.split()
    return f"({' '.join(told[:8])}{' ...' if len(told) > 8 else ''})"
