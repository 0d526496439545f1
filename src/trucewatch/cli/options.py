"""What several commands share: the options, the kinds of their values, and how an error ends a command."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from trucewatch.errors import TrucewatchError, WrongCallError

if TYPE_CHECKING:
    from trucewatch.desk import Desk

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Command], Command]
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

_WHOLE = 300
"""Characters: longer than any first sentence of a help."""


class Day(click.ParamType):  # type: ignore[type-arg]  # older ones of click take none
    """A day as it is written; with an ``edge`` also the first or the last one of a month or year."""

    name = "date"

    def __init__(self, edge: Literal["first", "last"] | None = None) -> None:
        self._edge = edge

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day; fails for words that are none."""
        from trucewatch.codebook.dates import day

        try:
            return day(value, self._edge)
        except WrongCallError as error:
            self.fail(str(error), param, ctx)


def words(value: str) -> str:
    """The words of an argument: empty ones come of a variable that is not set, and mean nothing here."""
    if not value.strip():
        raise click.BadParameter("it is empty")
    return value


def kept(value: str) -> str:
    """Words that the desk keeps: bytes of another charset, which may stand in the name of a file, may not stand there."""
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise click.BadParameter(f"{value!r} is no UTF-8")
    return words(value)


_SHARED = ("by", "reason", "desk", "tables", "form")
"""Options that several commands have: they come last, in this order."""


class Commands(click.Group):
    """A group whose commands end with one clear line where something is wrong, and quietly on Ctrl-C."""

    sections: Mapping[str, Sequence[click.Command]] = {}
    """What the help lists the commands under; else they stand in the order of the alphabet."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a command in, its options in the order that all have."""
        cmd.params.sort(key=lambda option: _SHARED.index(option.name) if option.name in _SHARED else -1)
        super().add_command(cmd, name)

    def add_sections(self, sections: Mapping[str, Sequence[click.Command]]) -> None:
        """Take in the commands of all sections."""
        self.sections = sections
        for command in itertools.chain.from_iterable(sections.values()):
            self.add_command(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their first sentences, whole."""
        sections = self.sections or {"Commands": [self.commands[name] for name in self.list_commands(ctx)]}
        for title, its in sections.items():
            with formatter.section(title):
                formatter.write_dl([(command.name or "", command.get_short_help_str(limit=_WHOLE)) for command in its])

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program. Where the caller has closed standard input or an output, it is empty, or goes nowhere."""
        for name, how in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
            if getattr(sys, name) is None:
                setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), how, encoding="utf-8"))
        try:
            return super().main(*args, **extra)
        except OSError as error:  # of a help: what a command raises is told below
            click.echo(f"Error: the output cannot be written: {error.strerror or error}", err=True)
            sys.exit(1)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the command's name; an option of a command that stands before it is told its place."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            name = error.option_name
            if any(name in option.opts for command in self.commands.values() for option in command.params):
                place = f"{ctx.command_path} COMMAND {name} ..."
                raise click.UsageError(f"{name} belongs behind the command: {place}", ctx) from error
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a console's charset may have no arrows
        try:
            return super().invoke(ctx)
        except WrongCallError as error:
            raise click.UsageError(str(error)) from error
        except TrucewatchError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise  # nobody reads on, which click ends in silence
        except OSError as error:
            what = error.filename or "the output cannot be written"
            raise click.ClickException(f"{what}: {error.strerror or error}") from error
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


def existing(desk: str) -> Desk:
    """The desk at a path, which has to be there."""
    from trucewatch.desk import Desk

    return Desk.open(desk, create=False)


def to_file(ctx: click.Context, option: click.Parameter, out: Path | None) -> Path | None:
    """None for ``-``, which is standard output wherever ``--out`` is taken, and no file of that name."""
    return None if out == Path("-") else out


def examples(*lines: str) -> str:
    """Calls of the program, for the end of a command's help."""
    return "\n".join(("\b", "Examples:", *(f"  trucewatch {line}" for line in lines)))


def together(*options: Option[Any]) -> Option[Any]:
    """Several options as one decorator, in the order in which the help lists them."""

    def added(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return added


class Hinted(click.types.StringParamType):
    """Words that have to be given; where they are not, a hint says what they may be."""

    def __init__(self, hint: str) -> None:
        self._hint = hint

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The hint."""
        return self._hint


truce_argument = click.argument("name", metavar="TRUCE", type=Hinted("`trucewatch truce list` shows the truces"))
desk_option = click.option(
    "--desk",
    type=words,
    metavar="PATH",
    default="trucewatch.desk",
    envvar="TRUCEWATCH_DESK",
    show_default=True,
    show_envvar=True,
    help="The desk: a file, or the URL of a database.",
)


def formats(told: str, *forms: str) -> Option[Any]:
    """``--format``: text for people, and what else there is."""
    every = click.Choice(["text", *forms])
    return click.option("--format", "form", type=every, default="text", show_default=True, help=told)


form_option = formats("For people, or a line of JSON for each.", "json")
observer_option = click.option(
    "--observer", default="desk", show_default=True, metavar="NAME", help="The desk, or a dataset's name."
)


def as_of_option(told: str, name: str = "as_of") -> Option[Any]:
    """The last day that is looked at; of a month or a year its last."""
    return click.option("--as-of", name, type=Day("last"), metavar="DATE", help=told)


def indicator_option(required: bool) -> Option[Any]:
    """What series and outlooks count."""
    told = "What is counted: air-strikes, clashes, deaths ... A wrong name lists all."
    return click.option("--indicator", required=required, metavar="NAME", help=told)


def either(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """A value of --jobs or --cluster, of which one says who codes."""
    other = "cluster" if param.name == "jobs" else "jobs"
    if value is not None and ctx.params.get(other) is not None:
        raise click.BadParameter(f"the reports are coded by processes or by a cluster; leave --{other} out")
    return value


cluster_option = click.option(
    "--cluster",
    type=words,
    callback=either,
    metavar="ADDRESS",
    help="Code on the workers of a Dask scheduler: tcp://scheduler:8786.",
)
reading_options = together(
    click.option("--date", type=Day(), metavar="DATE", help="The date of the reports, whatever they say."),
    click.option("--outlet", type=kept, metavar="NAME", help="The outlet of the reports, whatever they say."),
    click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        callback=either,
        metavar="N",
        help="Code in N processes; by default 1, or 2 from 16 inputs on.",
    ),
    cluster_option,
)


def to_columns(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of a column and the field that it fills: ``Body=text``."""
    from trucewatch.reports.columns import fields, filled

    pairs: list[tuple[str, str]] = []
    for value in values:
        column, _, field = (part.strip() for part in value.rpartition("="))
        try:
            pairs += filled([(column, field)])
        except WrongCallError:
            told = f"{value!r}: write COLUMN=FIELD, where the field is one of {', '.join(fields())}"
            raise click.BadParameter(told) from None
    return tuple(pairs)


intake_options = together(
    click.option("--again", is_flag=True, help="Code again what is on the desk, with the present version and tables."),
    click.option(
        "--map",
        "columns",
        multiple=True,
        callback=to_columns,
        metavar="COLUMN=FIELD",
        help="Of CSV, Parquet and JSON: what a column holds, such as Body=text. May be given several times.",
    ),
)
