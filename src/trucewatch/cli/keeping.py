"""The commands that keep a desk in order: ``rebuild``, ``copy``, ``diff``, ``retry``, ``search``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.options import desk_option, examples, existing, form_option, reading_options, words
from trucewatch.cli.printing import draw, json_lines, screen
from trucewatch.cli.reading import read_into
from trucewatch.english import some

if TYPE_CHECKING:
    from trucewatch.reports import Source


@click.command(epilog=examples("rebuild --desk my.desk"))
@desk_option
def rebuild(desk: str) -> None:
    """Make all stories and incidents again from the desk's reports, claims and judgements.

    The result is the same as before, unless Trucewatch or its tables have changed. After a stop or a new version this
    happens by itself; the command is there to make sure.
    """
    from trucewatch import derive

    with existing(desk) as opened:
        made = derive.rebuild(opened)
        where = opened.where
    stories = f"{made.stories:,} {'story' if made.stories == 1 else 'stories'}"
    made_of = f"{some(made.reports, 'report')}, {some(made.claims, 'claim')}"
    click.echo(f"{stories}, {some(made.incidents, 'incident')} of {made_of}; desk {where}", err=True)


@click.command(epilog=examples("copy backup.desk --desk my.desk"))
@click.argument("to", metavar="TO")
@desk_option
def copy(to: str, desk: str) -> None:
    """Copy a desk as a whole, also while others read and write on it.

    TO is a new file, or the URL of an empty PostgreSQL database. Copying the file by any other means may lose what came
    last.
    """
    from trucewatch.desk.opening import shown

    with existing(desk) as opened:
        opened.copy(to)
        click.echo(f"{shown(to)} is desk {opened.where} as it is now", err=True)


@click.command(epilog=examples("diff --since 3"))
@click.option("--since", required=True, type=click.IntRange(0), metavar="RUN", help="A run's number; 0: an empty desk.")
@desk_option
@form_option
def diff(since: int, desk: str, form: str) -> None:
    """Print what changed since a run, and why: incidents, claims coded again, judgements, new reports.

    `show runs` lists the runs.
    """
    from trucewatch import changes

    with existing(desk) as opened:
        found = changes.since(opened, since)
    if form == "json":
        from trucewatch.cli.terminal.changes import rows

        json_lines(rows(found))
    else:
        from trucewatch.cli.terminal.changes import page

        draw(page(found, screen().width))


@click.command(epilog=examples("retry --desk my.desk"))
@desk_option
@reading_options
@click.option("--quiet", is_flag=True, help="Print only what failed.")
@form_option
@click.pass_context
def retry(ctx: click.Context, /, desk: str, **given: Any) -> None:
    """Read once more the sources that failed and have not been read since.

    --date and --outlet are not remembered: say them again where they are needed.
    """
    with existing(desk) as opened:
        failing, where = opened.failing(), opened.where
    if not failing:
        click.echo(f"nothing to read once more; desk {where}", err=True)
        return
    tally = read_into(ctx, list(dict.fromkeys(map(_again, failing))), desk, given)
    _let_go(desk, [source for source in failing if source not in tally.failing])
    ctx.exit(1 if tally.failed else 0)


@click.command(epilog=examples("search Saraqib shelling", 'search "exchange of prisoners"'))
@click.argument("sought", nargs=-1, required=True, type=words, metavar="WORDS ...")
@desk_option
@form_option
def search(sought: tuple[str, ...], desk: str, form: str) -> None:
    """Find reports that hold all of these words, the newest first.

    Words are found in any spelling of accents and inside longer words, in every script. Words between quotation
    marks are looked for as they stand.
    """
    from trucewatch import derive

    query = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in sought)
    count = 0
    with existing(desk) as opened:
        derive.catch_up(opened)
        for report in opened.search(query):
            count += 1
            if form == "json":
                json_lines([report])
            else:
                from trucewatch.cli.terminal.lists import found

                draw(found(report, query, screen().width))
    click.echo(some(count, "report"), err=True)


def _let_go(desk: str, sources: Sequence[str]) -> None:
    """Note that sources no longer fail: an entry that its file has no more, a file that has entries now."""
    from trucewatch import versions

    with existing(desk) as opened, opened.writer(versions.of_claims()) as writer:
        for source in sources:
            writer.recover(source)


def _again(source: str) -> str | Source:
    """What to read for a source that failed; what is gone says so."""
    from trucewatch.reports.sources import broken
    from trucewatch.run import RECORDS

    name = _input(source)
    if name == "-":
        return broken(name, "standard input cannot be read once more")
    if name == RECORDS and not Path(name).exists():
        return broken(source, "a record at hand cannot be read once more; the program that gave it can give it again")
    return name


def _input(source: str) -> str:
    """The input that a source stands in: of an entry of a file (``file.jsonl#3``, ``all.zip#file.jsonl#3``), the file."""
    if source.startswith(("http://", "https://")):
        return source
    parts = source.split("#")
    files = ["#".join(parts[:end]) for end in range(len(parts), 0, -1)]  # a "#" may stand in a file's name, too
    return next((file for file in files if Path(file).exists()), files[-1])
