"""What commands print: lines of JSON for programs, for people lines and what rich draws; and the files that they begin."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def json_lines(rows: Iterable[Any]) -> None:
    """Print each as a line of JSON."""
    for row in rows:
        click.echo(msgspec.json.encode(row))


def text_lines(said: Iterable[str | bytes]) -> None:
    """Print each as it is."""
    for one in said:
        click.echo(one)


def screen() -> Console:
    """The terminal: how wide it is, and whether it has colours."""
    from rich.console import Console

    return Console()


def draw(shown: Iterable[RenderableType]) -> None:
    """Print what rich draws, one under the other, without the blanks with which it fills lines."""
    console = screen()
    for one in shown:
        with console.capture() as drawn:
            console.print(one)
        for line in drawn.get().removesuffix("\n").split("\n"):
            click.echo(line.rstrip(" "), color=True)


def say_faults(ctx: click.Context, faults: Iterable[object], whole: str) -> None:
    """Say what is wrong with tables, which ends the command; else that they are whole."""
    found = [str(fault) for fault in faults]
    for fault in found:
        click.echo(fault, err=True)
    if found:
        ctx.exit(1)
    click.echo(f"{whole}, no fault", err=True)


@contextlib.contextmanager
def writing(path: Path | None = None) -> Iterator[None]:
    """Work on a file, or on several; one line says which is there already, or cannot be written, and ends the command."""
    try:
        yield
    except FileExistsError as error:
        raise click.ClickException(f"{path or error.filename} is there already; it was left as it is") from error
    except OSError as error:
        raise click.ClickException(f"{path or error.filename} cannot be written: {error.strerror}") from error


def begin(path: Path, text: str, command: str) -> None:
    """Write a draft to a file that is not there yet, and say which command asks what it lacks."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    click.echo(f"{path}: answer its question marks, then `trucewatch {command} {path}`")
