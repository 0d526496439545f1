"""The command ``stories``: which reports are one text, who published it first and who after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from trucewatch.cli.options import desk_option, examples, existing, form_option, words
from trucewatch.cli.printing import draw, json_lines, screen
from trucewatch.cli.terminal import wording
from trucewatch.nouns import Report, Story

if TYPE_CHECKING:
    from rich.text import Text

    from trucewatch.desk import Desk

_AT_ONCE = 100


@click.command(epilog=examples("stories 78175912 --desk my.desk"))
@click.argument("report", metavar="[REPORT-ID]", type=words, required=False)
@desk_option
@form_option
def stories(report: str | None, desk: str, form: str) -> None:
    """Print which reports are copies of one text: each chain, from the first publication on.

    Without REPORT-ID, which may be cut short, all texts that several reports share.
    """
    from trucewatch import derive

    with existing(desk) as opened:
        derive.catch_up(opened)
        found = _wanted(opened, report)
        if form == "json":
            json_lines(found)
            return
        empty = True
        for story, reports in _told(opened, found):
            empty = False
            draw([*_chain(story, reports, screen().width), ""])
        if empty:
            click.echo(f"no report on {opened.where} is a copy of another", err=True)


def _wanted(desk: Desk, report: str | None) -> Iterator[Story]:
    if report is None:
        yield from (story for story in desk.stories() if len(story.reports) > 1)
    elif story := desk.story(desk.report(report).id):
        yield story


def _told(desk: Desk, found: Iterator[Story]) -> Iterator[tuple[Story, list[Report]]]:
    """Stories with their reports, which are read for many at once."""
    from trucewatch.batches import batches

    for some in batches(found, _AT_ONCE):
        by_id = {one.id: one for one in desk.reports_named([id_ for story in some for id_ in story.reports])}
        yield from ((story, [by_id[id_] for id_ in story.reports]) for story in some)


def _chain(story: Story, reports: Iterable[Report], width: int) -> Iterator[Text]:
    """The reports of a story, one a row: the first publication on top."""
    from rich.text import Text

    from trucewatch.cli.terminal.lists import titled

    first = wording.line(story.outlet) if story.outlet else "an outlet that is not known"
    yield Text(f"first published by {first}", style="bold")
    rows = [("published", "outlet", "after", "report", "title")]
    for report in reports:
        after = wording.line(report.original_outlet) if report.original_outlet else ""
        title = wording.line(report.title) if report.title else ""
        rows.append((wording.day(report.published), wording.line(report.outlet), after, report.id, title))
    yield from titled(rows, width)
