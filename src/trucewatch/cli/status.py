"""The command ``status``: whether a truce holds, as declared and as observed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from msgspec import to_builtins

from trucewatch.cli.options import as_of_option, desk_option, examples, existing, form_option, truce_argument
from trucewatch.cli.printing import json_lines, text_lines
from trucewatch.cli.terminal.wording import folded
from trucewatch.cli.truces import chosen_truce, tables_option

if TYPE_CHECKING:
    from trucewatch.truces.course import Course


@click.command(epilog=examples("status syria-idlib-2020 --as-of 2021-10-24"))
@truce_argument
@desk_option
@tables_option
@as_of_option("The last day that is looked at; today by default.")
@click.option("--daily", is_flag=True, help="Print every day, not only those on which the status changed.")
@click.option("--answers", is_flag=True, help="Print also how often attacks by one party followed those by another.")
@form_option
def status(name: str, desk: str, tables: Path | None, as_of: dt.date | None, form: str, **more: bool) -> None:
    """Tell whether a truce holds: what is declared of it, and what is observed of events and of deaths.

    TRUCE is an id of `truce list`, or enough of its beginning.
    """
    from trucewatch.ledger import measured, monitored

    one = chosen_truce(name, tables)
    with existing(desk) as opened:
        until = opened.as_of(as_of)
        found, told = measured(opened, one, until), monitored(opened, one, until)
    if found is None:
        raise click.ClickException(f"{one.id} was not in force by {until}, as far as its table says")
    if form == "json":
        json_lines(_rows(found, more))
        json_lines({"row": "monitor", **msgspec.to_builtins(its)} for its in told.heard)
        return
    from trucewatch.cli.terminal.monitors import in_short
    from trucewatch.cli.terminal.status import followed, page

    answers = followed(found) if more["answers"] else ()
    text_lines(folded([*page(one, found, more["daily"]), *in_short(told), *answers]))


def _rows(found: Course, more: Mapping[str, bool]) -> Iterator[dict[str, object]]:
    """A line of JSON each: what is declared, then of events and of deaths the measures and what is observed."""
    from trucewatch.truces.metrics import survival

    for row in found.declared:
        yield {"row": "declared", **to_builtins(row)}
    for track in (found.events, found.deaths):
        for name, measure in (("tempo", track.tempo), ("ratio", track.ratio), ("trimmed", track.trimmed)):
            yield {"row": name, **to_builtins(measure)}
        if track.lately:
            yield {"row": "lately", **to_builtins(track.lately)}
        for change in track.changes:
            yield {"row": "change", "counted": track.counted, **to_builtins(change)}
        for reading in track.readings if more["daily"] else track.readings[-1:]:
            yield {"row": "observed", "counted": track.counted, **to_builtins(reading)}
    for step in survival(found.quiet):
        yield {"row": "quiet", **to_builtins(step)}
    for kept in found.kept:
        yield {"row": "kept", **to_builtins(kept)}
    for share in (share for its in found.shares.values() for share in its):
        yield {"row": "share", **to_builtins(share)}
    if more["answers"]:
        from trucewatch.truces.course import answers

        for one in answers(found):
            yield {"row": "answers", **to_builtins(one)}
