"""What the commands that list claims and incidents have in common: the options that choose, and lines of JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from trucewatch.cli.options import Command, to_first, to_last, words
from trucewatch.errors import WrongCallError
from trucewatch.nouns import Status

_Filter = TypeVar("_Filter")


def choosing(what: str) -> Callable[[Command], Command]:
    """The options that choose among ``what``, as the help calls them: "Claims"."""

    def added(command: Command) -> Command:
        statuses = click.Choice([status.value for status in Status])
        for option in (
            click.option(
                "--status", type=statuses, metavar="STATUS", help=f"{what} of this status: {', '.join(Status)}."
            ),
            click.option("--until", callback=to_last, metavar="DATE", help=f"{what} of that day or earlier."),
            click.option("--since", callback=to_first, metavar="DATE", help=f"{what} of that day or later."),
            click.option(
                "--place",
                type=words,
                metavar="WORDS",
                help=f"{what} of what happened there: in a country, province, district, region or town.",
            ),
            click.option(
                "--actor", type=words, metavar="WORDS", help=f"{what} in which this one acts or is acted upon."
            ),
            click.option("--type", "type_", type=words, metavar="TYPE", help=f"{what} of this type, or TYPE/mode."),
        ):
            command = option(command)
        return command

    return added


def chosen(form: Callable[..., _Filter], type_: str | None, status: str | None, **given: Any) -> _Filter:
    """A filter of that form from what the options gave; a type that is none, or days the wrong way round, are the caller's fault."""
    from trucewatch.desk import asking

    try:
        kind, mode = asking.kind(type_ or "")
    except WrongCallError as error:
        raise click.BadParameter(str(error), param_hint="--type") from error
    in_order(given.get("since"), given.get("until"))
    say_where(given.get("place"))
    return form(type=kind, mode=mode, status=Status(status) if status else None, **given)


def in_order(since: dt.date | None, until: dt.date | None) -> None:
    """Raises for days the wrong way round."""
    if since and until and until < since:
        raise click.UsageError(f"--until {until} is before --since {since}")


def say_where(place: str | None) -> None:
    """Say what is taken for a place that is asked for."""
    from trucewatch.codebook.within import within

    if place is not None:
        click.echo(within(place).told, err=True)


def json_lines(rows: Iterable[Any]) -> None:
    """Print each as a line of JSON."""
    import msgspec

    for row in rows:
        click.echo(msgspec.json.encode(row))
