"""The commands that take in much at a time: ``ingest`` and ``watch``."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.options import cluster_option, desk_option, either, examples, intake_options, reading_options, words
from trucewatch.cli.reading import Shown, take_in
from trucewatch.errors import TableError

if TYPE_CHECKING:
    from trucewatch.desk import Desk
    from trucewatch.run import Options, Outcome
    from trucewatch.watch import Watch, Watchlist


@click.command(
    epilog=examples(
        "ingest archive/ crawl.warc.gz --desk my.desk", "ingest news.csv --map Body=text --map Day=published"
    )
)
@click.argument("inputs", nargs=-1, required=True, type=words, metavar="FILE|FOLDER|URL|- ...")
@desk_option
@reading_options
@intake_options
@click.pass_context
def ingest(ctx: click.Context, /, inputs: tuple[str, ...], desk: str, **given: Any) -> None:
    """Read whole archives into the desk: the same as `read`, with a summary instead of the records.

    Takes folders, text, HTML, PDF, Word, JSON, JSONL, CSV, Parquet, WARC, WACZ, Telegram exports, mail, feeds,
    and these packed by gzip, bzip2, xz, zip or tar. The same command goes on where it was stopped.
    """
    from trucewatch.cli.terminal.progress import Progress
    from trucewatch.desk import Desk
    from trucewatch.run import Options, keep

    with Desk.open(desk) as opened, Progress(inputs, lines=True) as progress:
        shown = Shown(progress, opened, "none")
        tally = take_in(ctx, keep(inputs, opened, Options(**given)), shown, given["again"])
        shown.warn()
        click.echo(f"{tally}; {progress.rate}; desk {opened.where}")
    ctx.exit(1 if tally.failed else 0)


@click.command(epilog=examples("watch sources.toml --desk my.desk", "watch sources.toml --once"))
@click.argument("sources", metavar="SOURCES.toml", type=click.Path(path_type=Path))
@desk_option
@click.option("--once", is_flag=True, help="Look once at everything that is due, and stop.")
@click.option(
    "--frontier", type=words, metavar="PATH", help="Where the addresses are kept; by default beside the desk."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), callback=either, metavar="N", help="Code in N processes; 1 by default."
)
@cluster_option
@click.pass_context
def watch(ctx: click.Context, /, sources: Path, desk: str, once: bool, frontier: str | None, **given: Any) -> None:
    """Watch feeds, sitemaps and lists of addresses, and keep what is new in them on the desk.

    Goes on until Ctrl-C, looking at each source as often as SOURCES.toml says; the file is read again before
    each look. What was found and not visited yet is kept, and the same command goes on where it was stopped.
    """
    from trucewatch.cli.terminal.progress import Progress
    from trucewatch.desk import Desk
    from trucewatch.run import Options
    from trucewatch.watch import Frontier, Watch, load

    listed, options = load(sources), Options(jobs=given["jobs"] or 1, cluster=given["cluster"])
    with Desk.open(desk) as opened, Frontier(frontier or _beside(desk, sources)) as addresses:
        while True:
            looking = Watch(listed, addresses)
            with Progress(lines=True) as progress:
                outcomes = _kept(looking, opened, options)
                tally = take_in(ctx, outcomes, Shown(progress, opened, "none"))
            due = looking.due()
            said = f"{tally}; {addresses.waiting():,} to be visited; desk {opened.where}"
            if once or due is None:
                click.echo(said if due is None else f"{said}; next look due {_clock(due)}")
                ctx.exit(1 if tally.failed else 0)
            click.echo(f"{_clock(None)} {said}; next look {_clock(due)}")
            time.sleep(max(due - time.time(), 1.0))
            listed = _read_anew(sources, listed)


def _beside(desk: str, sources: Path) -> Path:
    """Where the frontier is kept: beside a desk that is a file, else beside the list of sources."""
    return sources.with_suffix(".frontier") if "://" in desk else Path(f"{desk}.frontier")


def _kept(looking: Watch, desk: Desk, options: Options) -> Generator[Outcome, None, None]:
    """The outcomes of one look; an address is done when all that came of it is on the desk, and not before."""
    from trucewatch.run import keep

    with contextlib.closing(keep(looking.sources(), desk, options)) as outcomes:
        for source, its in itertools.groupby(outcomes, key=lambda outcome: outcome.source):
            yield from its
            looking.kept(source)


def _read_anew(sources: Path, listed: Watchlist) -> Watchlist:
    from trucewatch.watch import load

    try:
        return load(sources)
    except TableError as error:
        click.echo(f"the sources stay as they were: {error}", err=True)
        return listed


def _clock(moment: float | None) -> str:
    """``30 Sep 14:05``, of now or of a moment in seconds since 1970."""
    return time.strftime("%d %b %H:%M", time.localtime(moment))
