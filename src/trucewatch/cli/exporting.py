"""The commands that give a desk's record away: ``export`` in the forms of other programs, ``bundle`` as evidence."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from trucewatch.cli.choosing import choosing, chosen, sources_option
from trucewatch.cli.options import Option, desk_option, examples, existing, to_file, together, words
from trucewatch.cli.printing import writing
from trucewatch.cli.terminal.wording import line
from trucewatch.cli.truces import in_ledger, ledger_options, of_ledger, tables_option, verdict_option
from trucewatch.english import some

if TYPE_CHECKING:
    from trucewatch.desk import Desk
    from trucewatch.export import Case, Form
    from trucewatch.export.bundle import View

FORMS = ("plover", "acled", "ged", "geojson", "kml", "parquet", "csv", "hxl")
"""As ``export.FORMS`` has them; a test holds the two together, for importing it here would slow every command."""
_DATABASE = b"SQLite format 3\0"


def out_options(where: str) -> Option[Any]:
    """``--out``, with what its help says, and ``--force``."""
    file = click.Path(path_type=Path, dir_okay=False)
    return together(
        click.option("--out", "-o", type=file, callback=to_file, metavar="FILE", help=where),
        click.option("--force", is_flag=True, help="Write over a file that is there."),
    )


@click.command(
    epilog=examples(
        "export --as geojson --place Idlib -o idlib.geojson", "export --as acled --type ASSAULT > acled.csv"
    )
)
@click.option(
    "--as", "called", type=click.Choice(FORMS), required=True, metavar="FORM", help=f"The form: {', '.join(FORMS)}."
)
@click.option("--of", "what", type=click.Choice(["incidents", "claims"]), help="What to export; incidents by default.")
@out_options("Write to FILE; forms that are text are printed without it.")
@ledger_options
@desk_option
@choosing("Those")
@sources_option
def export(called: str, what: str | None, out: Path | None, force: bool, desk: str, **given: Any) -> None:
    """Write incidents, or claims, in a form that other programs read; what is not known stays empty.

    acled and ged hold incidents alone, and only those that fit: how many are left out is said, and why. The options
    choose as for `incidents`.
    """
    from trucewatch import codebook
    from trucewatch.export import FORMS as FORMED

    form = FORMED[called]
    what = what or form.of[0]
    if what not in form.of:
        raise click.UsageError(f"{called} holds incidents, no claims")
    if out is None and not form.is_text:
        raise click.UsageError(f"{called} is no text: say with --out where it goes")
    cases = _cases(what, **given)
    with existing(desk) as opened, written(out, force) as file:
        counted = Counted(cases(opened), form)
        for piece in form.write(counted, codebook.load()):
            file.write(piece)
    click.echo(some(counted.fit, what.removesuffix("s")), err=True)
    for lack, number in counted.lacking.most_common():
        click.echo(f"{number:,} left out: {lack}", err=True)


@click.command(
    epilog=examples(
        "bundle i5b1c03a9e2 -o ariha.zip",
        "bundle --truce syria-idlib-2020 --week 2021-W42 -o idlib.zip",
        "bundle --verify idlib.zip",
    )
)
@click.argument("ids", metavar="[INCIDENT-ID...]", nargs=-1, type=words)
@click.option(
    "--truce",
    "name",
    type=words,
    metavar="TRUCE",
    help="Its ledger with the incidents that it holds against a clause; with --week, those of the week and the brief.",
)
@verdict_option
@click.option("--week", "called", type=words, metavar="WEEK", help="A week of it, from Monday to Sunday: 2021-W39.")
@tables_option
@out_options("The zip to write.")
@click.option("--with-texts", is_flag=True, help="Put in whole texts also where no licence note allows it.")
@click.option(
    "--verify",
    "checked",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Say whether a bundle is as it was made, instead of making one.",
)
@desk_option
@choosing("Incidents")
@sources_option
@click.pass_context
def bundle(ctx: click.Context, /, checked: Path | None, out: Path | None, force: bool, desk: str, **given: Any) -> None:
    """Pack incidents with everything that they rest on into one zip, to be kept and verified.

    Name incidents (their ids may be cut short), or a truce and its week, or choose by the options. The README.txt inside
    says what the bundle holds. Whole texts of reports go in only where their licence note allows it.
    """
    if checked is not None:
        if out is not None or given["ids"]:
            raise click.UsageError("--verify looks at a bundle; it makes none")
        _verify(ctx, checked)
        return
    if out is None:
        raise click.UsageError("say with --out where the bundle goes, or with --verify which one is verified")
    from trucewatch.export import bundle as bundles

    with_texts, view_of = given.pop("with_texts"), _view(**given)
    with existing(desk) as opened:
        view = view_of(opened)
        with written(out, force) as file:
            manifest = bundles.write(file, opened, view, with_texts=with_texts)
    click.echo(f"{out}: {some(len(view.incidents), 'incident')}; keep apart the SHA-256 of its manifest:", err=True)
    click.echo(manifest)


def _verify(ctx: click.Context, path: Path) -> None:
    from trucewatch.export.verify import verify

    found = verify(path)
    for fault in found.faults:
        click.echo(line(fault))
    whole = "it is as it was made" if not found.faults else f"NOT as it was made: {some(len(found.faults), 'fault')}"
    click.echo(f"{path}: {some(found.files, 'file')}, {whole}; SHA-256 of its manifest:", err=True)
    click.echo(found.manifest)
    ctx.exit(1 if found.faults else 0)


def _view(
    ids: Sequence[str], name: str | None, called: str | None, tables: Path | None, **given: Any
) -> Callable[[Desk], View]:
    """What a bundle of a desk is of: incidents by id, a truce's week, or those that a filter finds, in a truce's ledger."""
    from trucewatch import brief
    from trucewatch.desk import IncidentFilter
    from trucewatch.export import bundle as bundles
    from trucewatch.truces import Verdict

    if called and not name:
        raise click.UsageError("a week is that of a truce: say with --truce which")
    if sum(map(bool, (ids, called, any(value not in (None, False) for value in given.values())))) > 1 or (ids and name):
        raise click.UsageError("name incidents, or a truce and its week, or what incidents are chosen by")
    verdict = given.pop("verdict")
    truce = of_ledger(name, verdict, tables)
    if truce and called:
        week = brief.week(called)
        return lambda desk: bundles.of_week(desk, truce, week)
    if ids:
        return lambda desk: bundles.of_ids(desk, ids)
    wanted = chosen(IncidentFilter, **given)
    if truce:
        held_as = Verdict(verdict) if verdict else None
        return lambda desk: bundles.of_truce(desk, truce, wanted, dt.date.today(), held_as)
    return lambda desk: bundles.of_filter(desk, wanted)


class Counted:
    """Cases as they pass, counted: those for which a form has room, and the others by what they lack."""

    def __init__(self, cases: Iterable[Case], form: Form) -> None:
        self._cases = cases
        self._form = form
        self.fit = 0
        self.lacking: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Case]:
        """Each, once it is counted."""
        for case in self._cases:
            if lack := self._form.lacks(case.incident):
                self.lacking[lack] += 1
            else:
                self.fit += 1
            yield case


@contextlib.contextmanager
def written(out: Path | None, force: bool) -> Iterator[IO[bytes]]:
    """A file that is there whole or not at all, a pipe, or else standard output. A file that is there already is left as it is.

    So is a desk, also by ``force``: it may be the very one that is read, and nothing could give it back.
    """
    if out is None:
        yield sys.stdout.buffer
        return
    if out.exists() and not out.is_file():  # a pipe, or a device such as /dev/stdout
        with writing(out), out.open("wb") as file:
            yield file
        return
    if out.exists() and not force:
        raise click.ClickException(f"{out} is there already; it was left as it is (--force writes over it)")
    if out.exists() and _is_database(out):
        raise click.ClickException(f"{out} is a database, as desks are; it was left as it is")
    part = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        with writing(out):
            with part.open("xb") as file:
                yield file
            part.replace(out)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _is_database(path: Path) -> bool:
    """Whether a file is one of SQLite's, by how each of them begins."""
    with writing(path), path.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE


def _cases(
    what: str, name: str | None, verdict: str | None, tables: Path | None, **given: Any
) -> Callable[[Desk], Iterator[Case]]:
    """What gives the cases of a desk; what they are chosen by is looked at before any desk is opened."""
    from trucewatch import derive, rulings
    from trucewatch import export as exports
    from trucewatch.desk import ClaimFilter, IncidentFilter

    if what == "claims":
        if any((given.pop("sources"), name, verdict)):
            raise click.UsageError("--sources, --truce and --verdict go with incidents")
        some = chosen(ClaimFilter, **given)
        return lambda desk: exports.claims(desk, rulings.claims(desk, some))
    truce, wanted = of_ledger(name, verdict, tables), chosen(IncidentFilter, **given)

    def incidents(desk: Desk) -> Iterator[Case]:
        derive.catch_up(desk)
        ids = in_ledger(desk, truce, verdict)
        return exports.incidents(desk, (one for one in desk.incidents(wanted) if ids is None or one.id in ids))

    return incidents
