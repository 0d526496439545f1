"""The commands that take reports in: ``read`` and ``code``."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.options import INTERRUPTED, desk_option, form_option, reading_options

if TYPE_CHECKING:
    from trucewatch.desk import Desk
    from trucewatch.run import Outcome


class Tally:
    """What came of the inputs so far."""

    def __init__(self) -> None:
        self.new = self.known = self.failed = self.claims = 0

    def add(self, outcome: Outcome) -> None:
        """Count one in."""
        if outcome.record is None:
            self.failed += 1
            return
        self.new += outcome.new
        self.known += not outcome.new
        self.claims += len(outcome.record.claims)

    def __str__(self) -> str:
        from trucewatch.cli.wording import some

        failed = f"; {some(self.failed, 'input')} failed" if self.failed else ""
        count = f"{some(self.new, 'new report')}, {self.known:,} known"
        return f"{count}; {some(self.claims, 'claim')}{failed}"


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL|- ...")
@desk_option
@reading_options
@click.option("--again", is_flag=True, help="Code anew what is on the desk, by the present version and tables.")
@click.option("--quiet", is_flag=True, help="Print only what failed.")
@form_option
@click.pass_context
def read(ctx: click.Context, /, inputs: tuple[str, ...], desk: str, **given: Any) -> None:
    """Read reports, print their record, and keep it on the desk.

    An input that cannot be read is said to be so and kept as a failure, and the others are still read. A
    report that is on the desk is not coded twice. Ctrl-C keeps everything that has been read.
    """
    from trucewatch.cli.progress import Progress
    from trucewatch.desk import Desk
    from trucewatch.run import Options, keep

    quiet, form = given.pop("quiet"), given.pop("form")
    tally = Tally()
    with Desk.open(desk) as opened:
        try:
            with (
                Progress(inputs) as progress,
                contextlib.closing(keep(inputs, opened, Options(**given))) as outcomes,
            ):
                for outcome in outcomes:
                    tally.add(outcome)
                    with progress.aside(outcome.source):
                        _show(outcome, opened, "none" if quiet else form)
        except KeyboardInterrupt:
            click.echo(f"stopped: {tally}; all of it is on {opened.where}", err=True)
            ctx.exit(INTERRUPTED)
        if not quiet:
            click.echo(f"{tally}; desk {opened.where}", err=True)
    ctx.exit(1 if tally.failed else 0)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE ...")
@click.option("--jsonl", is_flag=True, default=True, help="A line of JSON for each claim (the only form so far).")
@reading_options
@click.pass_context
def code(ctx: click.Context, /, inputs: tuple[str, ...], jsonl: bool, **given: Any) -> None:
    """Print the claims of reports as JSON lines, storing nothing.

    Each line names its report by the file's name without suffix. Offsets count in the text of the file (for
    a web page, in its story) with every run of white space as one space.
    """
    from trucewatch.cli.progress import Progress
    from trucewatch.export import lines
    from trucewatch.run import Options, coded

    failed = False
    with Progress(inputs) as progress, contextlib.closing(coded(inputs, Options(**given))) as outcomes:
        for outcome in outcomes:
            with progress.aside(outcome.source):
                if outcome.failure is not None:
                    failed = True
                    _say_failed(outcome)
                elif outcome.record is not None:
                    name, page = _origin(outcome.source)
                    for line in lines(outcome.record, name, page):
                        click.echo(line)
    ctx.exit(1 if failed else 0)


def _show(outcome: Outcome, desk: Desk, form: str) -> None:
    if outcome.failure is not None:
        _say_failed(outcome)
    elif outcome.record is not None and form == "json":
        import msgspec

        click.echo(msgspec.json.encode(outcome.record))
    elif outcome.record is not None and form == "text":
        from rich.console import Console

        from trucewatch.cli.printed import Printed

        note = None if outcome.new else _earlier(desk, outcome.record.report.id)
        Console().print(Printed(outcome.record, note))


def _say_failed(outcome: Outcome) -> None:
    from trucewatch.cli.wording import line

    if outcome.failure is not None:
        click.echo(f"failed: {line(outcome.source)}: {line(outcome.failure.reason)}", err=True)


def _earlier(desk: Desk, report: str) -> str | None:
    """When the record of a report that the desk had was made, and whether in the way of today."""
    from trucewatch import versions
    from trucewatch.cli.wording import day

    coding = desk.coding(report)
    if coding is None:
        return None
    other = "" if coding.run.versions == versions.of_claims() else ", by another version or other tables"
    return f"coded {day(coding.at.date())} in run {coding.run.number}{other}; --again codes it anew"


def _origin(source: str) -> tuple[str, str | None]:
    """What a report's lines call it, and the plain text that it was read from, if that is what it was."""
    from trucewatch.reports.decode import decode

    path = Path(source)
    if not path.is_file():
        name, mark, entry = source.rpartition("#")
        return (f"{Path(name).stem}#{entry}" if mark else path.stem), None
    text = decode(path.read_bytes()).text
    return path.stem, None if text.lstrip("\ufeff \t\r\n").startswith("<") else text
