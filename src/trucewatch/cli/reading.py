"""The commands that take reports in: ``read`` and ``code``."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.options import (
    INTERRUPTED,
    desk_option,
    examples,
    form_option,
    intake_options,
    reading_options,
    words,
)
from trucewatch.cli.printing import draw, json_lines, screen, text_lines
from trucewatch.cli.terminal.wording import day, line
from trucewatch.english import some
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Record, Report

if TYPE_CHECKING:
    from trucewatch.cli.terminal.progress import Progress
    from trucewatch.desk import Desk
    from trucewatch.reports import Source
    from trucewatch.run import Outcome

_ASKED = 500
"""Reports that the desk is asked for at once."""
_A_DAY = dt.timedelta(days=1)
"""Where it is morning already, it may be tomorrow."""
_WARNED = 5
"""Reports that are named one by one as being there already."""


class Tally:
    """What came of the inputs so far."""

    def __init__(self, again: bool = False) -> None:
        self._again = again
        """Whether reports that are on the desk were coded too."""
        self.new = self.known = self.failed = self.claims = 0
        self.failing: set[str] = set()

    def add(self, outcome: Outcome) -> None:
        """Count one in."""
        if outcome.record is None:
            self.failed += 1
            self.failing.add(outcome.source)
            return
        self.new += outcome.new
        self.known += not outcome.new
        self.claims += len(outcome.record.claims)

    def __str__(self) -> str:
        failed = f"; {some(self.failed, 'input')} failed" if self.failed else ""
        count = f"{some(self.new, 'new report')}, {self.known:,} known"
        if self._again:
            count = f"{some(self.new, 'report')} coded, {self.known:,} as before"
        return f"{count}; {some(self.claims, 'claim')}{failed}"


class Shown:
    """What a user sees of each outcome: its record in some form, or ``none`` of it, and always why an input failed."""

    def __init__(self, progress: Progress, desk: Desk, form: str) -> None:
        self._progress = progress
        self._desk = desk
        self._form = form
        self._new: dict[str, str] = {}
        self._undated = self._unsure = self._ahead = 0

    @property
    def where(self) -> str:
        """The desk that all of it is on."""
        return self._desk.where

    def show(self, outcome: Outcome) -> None:
        """Count one in and print it."""
        self._progress.count(outcome.source, outcome.failure is not None)
        if outcome.new and outcome.record is not None:
            self._note(outcome.record.report)
        if outcome.failure is not None:
            with self._progress.aside():
                _say_failed(outcome)
        elif outcome.record is not None and self._form != "none":
            with self._progress.aside():
                self._print(outcome.record, outcome.new)

    def warn(self) -> None:
        """Say which of the new reports are on the desk already under another id, for their outlet or date is another.

        Where no record is shown with its notes, say also how many have no sure date: all their days hang on it.
        """
        from trucewatch.batches import batches

        if self._form != "text":
            self._warn_of_dates()
        found: list[tuple[str, str]] = []
        for asked in batches(self._new.items(), _ASKED):
            found += self._desk.twins(dict(asked)).items()
        with self._progress.aside():
            for new, old in found[:_WARNED]:
                click.echo(f"the same text twice: {new} and {old}{self._apart(new, old)}", err=True)
            if len(found) > _WARNED:
                click.echo(f"the same text twice: {len(found) - _WARNED:,} more; see `trucewatch stories`", err=True)

    def _warn_of_dates(self) -> None:
        with self._progress.aside():
            if self._undated:
                click.echo(f"{some(self._undated, 'new report')} without a date; --date gives one", err=True)
            if self._ahead:
                click.echo(f"{some(self._ahead, 'new report')} dated in the future; --date gives another", err=True)
            if self._unsure:
                told = "dated by figures that may be month first, and are read day first; write such dates 2021-09-30"
                click.echo(f"{some(self._unsure, 'new report')} {told}", err=True)

    def _note(self, report: Report) -> None:
        from trucewatch.reports import syndication
        from trucewatch.reports.facts import DAY_FIRST

        self._undated += report.published is None
        self._unsure += DAY_FIRST in report.notes
        self._ahead += report.published is not None and report.published > dt.date.today() + _A_DAY
        self._new[report.id] = syndication.same_text(syndication.print_of(report, 0))

    def _apart(self, new: str, old: str) -> str:
        """``; outlet ? and South Front``: what is another in two reports of one text."""
        one, other = self._desk.report(new), self._desk.report(old)
        said = (("outlet", line(one.outlet), line(other.outlet)), ("date", day(one.published), day(other.published)))
        return "".join(f"; {what} {ours} and {theirs}" for what, ours, theirs in said if ours != theirs)

    def _print(self, record: Record, new: bool) -> None:
        if self._form == "json":
            json_lines([record])
            return

        from trucewatch.cli.terminal.claims import page

        draw(page(record, screen(), None if new else _earlier(self._desk, record.report.id)))


def take_in(ctx: click.Context, outcomes: Generator[Outcome, None, None], shown: Shown, again: bool = False) -> Tally:
    """Let the outcomes come, each shown; Ctrl-C ends the command with a line that says how much is kept."""
    tally = Tally(again)
    with contextlib.closing(outcomes):
        try:
            for outcome in outcomes:
                tally.add(outcome)
                shown.show(outcome)
        except KeyboardInterrupt:
            click.echo(f"stopped: {tally}; all of it is on {shown.where}", err=True)
            ctx.exit(INTERRUPTED)
    return tally


@click.command(
    epilog=examples("read story.html news/ --desk my.desk", 'read story.txt --date 2021-09-30 --outlet "South Front"')
)
@click.argument("inputs", nargs=-1, required=True, type=words, metavar="FILE|FOLDER|URL|- ...")
@desk_option
@reading_options
@intake_options
@click.option("--quiet", is_flag=True, help="Print only what failed.")
@form_option
@click.pass_context
def read(ctx: click.Context, /, inputs: tuple[str, ...], desk: str, **given: Any) -> None:
    """Read reports, print their record, and keep it on the desk.

    An input that cannot be read is named with the reason and kept as a failure; the others are still read. A report
    that is on the desk is not coded twice. Ctrl-C keeps everything that has been read.
    """
    ctx.exit(1 if read_into(ctx, inputs, desk, given).failed else 0)


def read_into(ctx: click.Context, inputs: Sequence[str | Source], desk: str, given: dict[str, Any]) -> Tally:
    """Do what ``read`` does, with its options; what came of it."""
    from trucewatch.cli.terminal.progress import Progress
    from trucewatch.desk import Desk
    from trucewatch.run import Options, keep

    quiet, form = given.pop("quiet"), given.pop("form")
    names = [one if isinstance(one, str) else one.name for one in inputs]
    with Desk.open(desk) as opened, Progress(names) as progress:
        shown = Shown(progress, opened, "none" if quiet else form)
        tally = take_in(ctx, keep(inputs, opened, Options(**given)), shown, given.get("again", False))
        if not quiet:
            shown.warn()
            click.echo(f"{tally}; desk {opened.where}", err=True)
    return tally


@click.command(epilog=examples("code story.txt --date 2021-09-30 > claims.jsonl"))
@click.argument("inputs", nargs=-1, required=True, type=words, metavar="FILE ...")
@click.option(
    "--jsonl", is_flag=True, hidden=True, expose_value=False
)  # no other form: it stays for scripts that say it
@reading_options
@click.pass_context
def code(ctx: click.Context, /, inputs: tuple[str, ...], **given: Any) -> None:
    """Print the claims of reports as JSON lines, storing nothing.

    Each line names its report by the file's name without suffix. Offsets count in the text of the file (for
    a web page, in its story) with every run of white space as one space.
    """
    from trucewatch.cli.terminal.progress import Progress
    from trucewatch.export import lines
    from trucewatch.run import Options, coded

    failed = False
    with Progress(inputs) as progress, contextlib.closing(coded(inputs, Options(**given))) as outcomes:
        for outcome in outcomes:
            progress.count(outcome.source, outcome.failure is not None)
            with progress.aside():
                if outcome.failure is not None:
                    failed = True
                    _say_failed(outcome)
                elif outcome.record is not None:
                    name, page = _origin(outcome.record.report.source or outcome.source)
                    text_lines(lines(outcome.record, name, page))
    ctx.exit(1 if failed else 0)


def _say_failed(outcome: Outcome) -> None:
    if outcome.failure is not None:
        click.echo(f"failed: {line(outcome.source)}: {line(outcome.failure.reason)}", err=True)


def _earlier(desk: Desk, report: str) -> str | None:
    """When the record that the desk already had was made, and whether by the present version and tables."""
    from trucewatch import versions

    coding = desk.coding(report)
    if coding is None:
        return None
    other = "" if coding.run.versions == versions.of_claims() else ", by another version or other tables"
    return f"coded {day(coding.at.date())} in run {coding.run.number}{other}; --again codes it again"


def _origin(source: str) -> tuple[str, str | None]:
    """What a report's lines call it, and the plain text that it was read from, if that is what it was."""
    from trucewatch.reports import unpack
    from trucewatch.reports.decode import decode
    from trucewatch.reports.sources import form

    path = Path(source)
    if not path.is_file():
        name, mark, entry = source.rpartition("#")
        return (f"{Path(name).stem}#{entry}" if mark else path.stem), None
    if form(path.name) not in (None, "text"):
        return path.stem, None
    try:
        with unpack.opened(path) as stream:
            text = decode(stream.read()).text
    except UnreadableError:  # a PDF by another name
        return path.stem, None
    return path.stem, None if text.lstrip("\ufeff \t\r\n").startswith("<") else text
