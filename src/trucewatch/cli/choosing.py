"""What the commands that list claims and incidents have in common: the options that choose, and how many there were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from trucewatch.cli.options import Day, Option, together, words
from trucewatch.english import some
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Status

if TYPE_CHECKING:
    from trucewatch.desk.search import Filter

_Filter = TypeVar("_Filter")


def choosing(what: str) -> Option[Any]:
    """The options that choose among ``what``, claims as well as incidents, as the help calls them: "Claims"."""
    statuses = click.Choice([status.value for status in Status])
    return together(
        click.option("--type", "type_", type=words, metavar="TYPE", help=f"{what} of this type, TYPE/mode or class."),
        click.option("--actor", type=words, metavar="WORDS", help=f"{what} in which this one acts or is acted upon."),
        click.option(
            "--place",
            type=words,
            metavar="WORDS",
            help=f"{what} of what happened there: in a country, province, district, region or town.",
        ),
        click.option("--since", type=Day("first"), metavar="DATE", help=f"{what} of that day or later."),
        click.option("--until", type=Day("last"), metavar="DATE", help=f"{what} of that day or earlier."),
        click.option("--status", type=statuses, metavar="STATUS", help=f"{what} of this status: {', '.join(Status)}."),
        click.option("--outlet", type=words, metavar="WORDS", help=f"{what} of which an outlet of this name tells."),
        click.option("--report", type=words, metavar="ID", help=f"{what} of which this report tells."),
        click.option("--undated", is_flag=True, help=f"{what} of an unknown day, which no dates find."),
    )


sources_option = click.option(
    "--sources", type=click.IntRange(1), metavar="N", help="Incidents of N independent sources or more."
)


def chosen(form: Callable[..., _Filter], type_: str | None, status: str | None, **given: Any) -> _Filter:
    """A filter made of the options. Raises BadParameter for an unknown type, UsageError for days that make no sense."""
    in_order(given.get("since"), given.get("until"))
    try:
        form(type=type_)
    except WrongCallError as error:
        raise click.BadParameter(str(error), param_hint="--type") from error
    wanted = form(type=type_, status=Status(status) if status else None, **given)
    say_where(given["place"])
    return wanted


def in_order(since: dt.date | None, until: dt.date | None) -> None:
    """Raises for days the wrong way round."""
    if since and until and until < since:
        raise click.UsageError(f"--until {until} is before --since {since}")


def say_where(place: str | None) -> None:
    """Say what is taken for a place that is asked for."""
    from trucewatch.codebook.within import within

    if place is not None:
        click.echo(within(place).told, err=True)


def counted(shown: int, what: str, wanted: Filter, count: Callable[[Any], int]) -> str:
    """``2 claims; 1 more of an unknown day``, where days were asked for; ``count`` tells how many fit a filter."""
    undated = 0
    if wanted.since or wanted.until:
        undated = count(msgspec.structs.replace(wanted, since=None, until=None, undated=True))
    return some(shown, what) + (f"; {undated:,} more of an unknown day" if undated else "")
