"""The commands of truces: ``truce list``, ``show``, ``check``, ``new``, ``import``; ``ledger`` and ``overrule``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch.cli.choosing import in_order
from trucewatch.cli.judging import judging_options, rule
from trucewatch.cli.options import (
    Commands,
    Day,
    as_of_option,
    desk_option,
    examples,
    existing,
    form_option,
    together,
    truce_argument,
    words,
)
from trucewatch.cli.printing import begin, draw, json_lines, say_faults, screen, text_lines
from trucewatch.cli.terminal.wording import folded, line
from trucewatch.english import some
from trucewatch.nouns import Ruling

if TYPE_CHECKING:
    from trucewatch.desk import Desk
    from trucewatch.truces import Breach, Truce
    from trucewatch.truces.draft import Agreement

VERDICTS = ("alleged", "corroborated", "verified", "denied", "disputed", "carved out", "out of scope", "no verdict")
"""As ``truces.Verdict`` has them; a test holds the two together, for importing it here would slow every command."""

DRAFTING = frozenset({"new", "import", "check"})
"""The commands that work on drafts."""


def say_drafts(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """Say which files of a folder of truces are drafts, and left out; commands that work on drafts know."""
    if value is not None and value.is_dir() and ctx.command.name not in DRAFTING:
        from trucewatch.truces import drafts

        for path in drafts(value):
            click.echo(f"{path} is a draft, and left out: `trucewatch truce check {path}` asks what it lacks", err=True)
    return value


tables_option = click.option(
    "--tables",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    envvar="TRUCEWATCH_TRUCES",
    show_envvar=True,
    callback=say_drafts,
    help="A folder with truces of your own, and scenarios in its folder `scenarios`.",
)
verdict_option = click.option(
    "--verdict",
    type=click.Choice(VERDICTS),
    metavar="VERDICT",
    help=f"Those that have it under the truce: {', '.join(VERDICTS)}.",
)
ledger_options = together(
    click.option(
        "--truce",
        "name",
        type=words,
        metavar="TRUCE",
        help="Those that its ledger holds against a clause.",
    ),
    verdict_option,
    tables_option,
)


def to_id(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """An id that a truce may have: it names a file."""
    from trucewatch.codebook.names import is_slug

    if is_slug(value):
        return value
    raise click.BadParameter(f"{value!r} is no id; write lower-case words and numbers joined by hyphens: mali-2015")


@click.group(cls=Commands)
def truce() -> None:
    """Truces: what they say, whom they bind, and drafts of new ones."""


@truce.command("list", epilog=examples("truce list"))
@tables_option
@form_option
def list_(tables: Path | None, form: str) -> None:
    """List the truces, the oldest first."""
    from trucewatch import truces

    every = sorted(truces.load(tables).values(), key=_begun)
    if form == "json":
        json_lines(every)
        return
    from trucewatch.cli.terminal import truces as terminal

    text_lines(folded(terminal.listing(every)))
    for told in folded([terminal.lasting(every, dt.date.today())]):
        click.echo(told, err=True)


@truce.command(epilog=examples("truce show syria-idlib-2020"))
@truce_argument
@tables_option
@form_option
def show(name: str, tables: Path | None, form: str) -> None:
    """Print a truce: its dates, who stands to it in which capacity, its clauses, carve-outs and monitors.

    TRUCE is an id, or enough of its beginning.
    """
    one = chosen_truce(name, tables)
    if form == "json":
        json_lines([one])
    else:
        from trucewatch.cli.terminal import truces as terminal

        draw(terminal.page(one))


@truce.command(epilog=examples("truce check our-truce.toml"))
@click.argument("paths", nargs=-1, metavar="[FILE.toml]...", type=click.Path(path_type=Path))
@tables_option
@click.pass_context
def check(ctx: click.Context, paths: Sequence[Path], tables: Path | None) -> None:
    """Check tables of truces: these files, or all that ship and those of --tables."""
    from trucewatch import truces
    from trucewatch.truces.tables import HERE

    folders = [HERE, *([tables] if tables else [])]
    files = list(paths) or [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    say_faults(ctx, (fault for path in files for fault in truces.faults(path)), some(len(files), "truce"))


@truce.command(epilog=examples("truce new our-truce"))
@click.argument("name", metavar="ID", callback=to_id)
@tables_option
def new(name: str, tables: Path | None) -> None:
    """Begin the table of a truce: ID.toml, with a question mark for all that has to be answered."""
    from trucewatch.truces import draft

    _begin(tables, name, draft.blank(name))


@truce.command("import", epilog=examples("truce import pax.csv --agreement 2338"))
@click.argument("source", metavar="PA-X.csv", type=click.Path(path_type=Path))
@click.option("--agreement", "numbers", type=int, multiple=True, metavar="N", help="Number of an agreement in PA-X.")
@tables_option
def import_(source: Path, numbers: Sequence[int], tables: Path | None) -> None:
    """Begin tables of truces from PA-X's list of agreements; without --agreement, list its ceasefires.

    What PA-X knows (name, day, countries, parties) is filled in; the rest is left to be answered.
    """
    from trucewatch import codebook
    from trucewatch.truces import draft

    every = list(draft.agreements(source))
    if not numbers:
        _listed([one for one in every if one.stage == draft.CEASEFIRES])
        return
    known = {one.number: one for one in every}
    if unknown := [str(number) for number in numbers if number not in known]:
        raise click.ClickException(f"{source} has no agreement {', '.join(unknown)}")
    for number in numbers:
        one = known[number]
        _begin(tables, draft.identity(one), draft.drafted(one, codebook.load()))


@click.command(epilog=examples("ledger syria-idlib-2020 --since 2021-09 --verdict corroborated"))
@truce_argument
@desk_option
@tables_option
@click.option("--since", type=Day("first"), metavar="DATE", help="Incidents of that day or later.")
@click.option("--until", type=Day("last"), metavar="DATE", help="Incidents of that day or earlier.")
@click.option("--verdict", "verdicts", multiple=True, type=click.Choice(VERDICTS), help="Only rows with this verdict.")
@as_of_option("The last day that is looked at; today by default.")
@form_option
def ledger(name: str, desk: str, tables: Path | None, form: str, **given: Any) -> None:
    """Hold the incidents of a desk against the clauses of a truce: a verdict each, and why.

    Under them stand the obligations with a deadline, and whether any report says that they were met. TRUCE is an id of
    `truce list`, or enough of its beginning.
    """
    from trucewatch.ledger import held, monitored

    in_order(given["since"], given["until"])
    one = chosen_truce(name, tables)
    with existing(desk) as opened:
        until = opened.as_of(given.pop("as_of"))
        found, told = held(opened, one, until), monitored(opened, one, until)
        rows = [row for row in found.breaches if _is_wanted(row, **given)]
        incidents = {known.id: known for known in opened.incidents_named({row.incident for row in rows})}
    if form == "json":
        json_lines((*rows, *found.performances, *told.heard))
        return
    from trucewatch.cli.terminal import truces as terminal
    from trucewatch.cli.terminal.monitors import in_short

    draw(terminal.ledger(one, rows, incidents, found.performances, screen().width))
    text_lines(folded(in_short(told)))
    click.echo(terminal.counted(rows), err=True)


@click.command(epilog=examples("overrule i5b1c03a9e2 syria-idlib-2020/1 verified"))
@click.argument("incident", metavar="INCIDENT-ID")
@click.argument("clause", metavar="TRUCE[/CLAUSE]")
@click.argument("verdict", type=click.Choice(VERDICTS))
@tables_option
@judging_options
def overrule(incident: str, clause: str, verdict: str, tables: Path | None, **given: Any) -> None:
    """Rule that an incident has another verdict under a clause of a truce, or under all its clauses.

    `undo` takes it back.
    """
    from trucewatch import rulings

    name, _, number = clause.partition("/")
    one = chosen_truce(name, tables)
    with existing(given.pop("desk")) as opened:
        about = rulings.overruling(one, number, opened.incident(incident), verdict)
        rule(opened, Ruling.OVERRULE, about, **given)


def of_ledger(name: str | None, verdict: str | None, tables: Path | None) -> Truce | None:
    """The truce of whose ledger incidents are to be; None where any will do."""
    if verdict and not name:
        raise click.UsageError("a verdict is one under a truce: say with --truce which")
    return chosen_truce(name, tables) if name else None


def in_ledger(desk: Desk, truce: Truce | None, verdict: str | None) -> frozenset[str] | None:
    """The ids of the incidents that a truce's ledger holds against a clause today; None without a truce, where any will do."""
    from trucewatch.ledger import held, inside
    from trucewatch.truces import Verdict

    return inside(held(desk, truce, dt.date.today()), Verdict(verdict) if verdict else None) if truce else None


def chosen_truce(name: str, tables: Path | None) -> Truce:
    """The truce of an id, or of its beginning."""
    from trucewatch import truces

    every = truces.load(tables)
    found = [name] if name in every else sorted(one for one in every if one.startswith(name))
    if len(found) != 1:
        what = f"{name!r} begins the ids of {', '.join(found)}" if found else f"no truce has the id {name!r}"
        raise click.ClickException(f"{what}; `truce list` shows them all")
    return every[found[0]]


def _begun(one: Truce) -> tuple[dt.date, str]:
    start = one.start
    return (start.first if start else dt.date.max, one.id)


def _is_wanted(row: Breach, since: dt.date | None, until: dt.date | None, verdicts: Sequence[str]) -> bool:
    if verdicts and row.verdict.value not in verdicts:
        return False
    if since is None and until is None:
        return True
    return row.time is not None and (not since or row.time.end >= since) and (not until or row.time.start <= until)


def _listed(found: Sequence[Agreement]) -> None:
    for one in sorted(found, key=lambda one: one.signed or dt.date.min):
        click.echo(f"{one.number:>6}  {one.signed or '?'!s:<10}  {line(one.name)}")
    click.echo(f"{some(len(found), 'ceasefire')}; --agreement N begins the table of one", err=True)


def _begin(folder: Path | None, name: str, text: str) -> None:
    begin((folder or Path()) / f"{name}.toml", text, "truce check")
