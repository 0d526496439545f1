"""The command ``brief``: one page on a truce and a week."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucewatch.cli.exporting import written
from trucewatch.cli.options import Hinted, desk_option, examples, existing, to_file, truce_argument
from trucewatch.cli.printing import writing
from trucewatch.cli.truces import chosen_truce, tables_option

if TYPE_CHECKING:
    from trucewatch.brief import Brief
    from trucewatch.translation import Language

FORMS = {".md": "markdown", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@click.command(epilog=examples("brief syria-idlib-2020 --week 2021-W42 -o idlib.html"))
@truce_argument
@click.option(
    "--week",
    "called",
    required=True,
    metavar="WEEK",
    type=Hinted("Write 2021-W39."),
    help="The week, from Monday to Sunday: 2021-W39.",
)
@desk_option
@tables_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "html", "pdf"]),
    help="Else as the ending of --out says; else markdown.",
)
@click.option(
    "--language",
    "code",
    default="en",
    metavar="CODE",
    help="Of the web desk's languages: ar, de, uk ... In others than English what happened is told as remarks.  [default: en]",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=to_file,
    metavar="FILE",
    help="Write it there, over an earlier brief too, instead of printing it.",
)
def brief(
    name: str, called: str, desk: str, tables: Path | None, form: str | None, code: str, out: Path | None
) -> None:
    """Write the brief of a truce for a week: one page in which every sentence on what happened cites its claims.

    TRUCE is an id of `truce list`, or enough of its beginning. Beside a Markdown FILE stand its map and its chart,
    FILE-map.svg and FILE-series.svg.
    """
    from trucewatch import brief as briefs
    from trucewatch.brief import as_pdf

    form = _form(form, out)
    if form == "pdf":
        as_pdf.require()
    one, week, language = chosen_truce(name, tables), briefs.week(called), briefs.language(code)
    with existing(desk) as opened:
        made = briefs.written(opened, one, week)
    if out is None:
        click.echo(_page(made, form, language), nl=False)
        return
    files = _pictures(made, out, language) if form == "markdown" else {}
    shown = {what: path.name for what, (path, _) in files.items()}
    write([*files.values(), (out, _page(made, form, language, shown))])
    click.echo(f"{out}: {made.title}, {week.name}", err=True)


def _form(form: str | None, out: Path | None) -> str:
    """The form that is asked for, by name or by a file's ending."""
    if out is None:
        return form or "markdown"
    ending = FORMS.get(out.suffix.lower())
    if ending is None:
        raise click.BadParameter(f"{out} ends in none of {', '.join(FORMS)}", param_hint="--out")
    if form not in (None, ending):
        raise click.UsageError(f"--format {form} and --out {out} do not go together")
    return ending


def _page(made: Brief, form: str, language: Language | None, pictures: Mapping[str, str] | None = None) -> bytes:
    from trucewatch import brief as briefs

    if form == "pdf":
        return briefs.pdf(made, language)
    return (briefs.html(made, language) if form == "html" else briefs.markdown(made, pictures, language)).encode()


def _pictures(made: Brief, out: Path, language: Language | None) -> dict[str, tuple[Path, bytes]]:
    """The pictures beside a page, by what they show."""
    from trucewatch import brief as briefs

    drawn = (("map", briefs.sketch(made, language)), ("series", briefs.chart(made, language)))
    return {
        what.capitalize(): (out.with_name(f"{out.stem}-{what}.svg"), picture.encode())
        for what, picture in drawn
        if picture is not None
    }


def write(files: Sequence[tuple[Path, bytes]], what: str = "brief") -> None:
    """All files or none: what was made so before is written over, and nothing else.

    ``what`` is how a refusal calls such a file.
    """
    from trucewatch.brief import is_brief

    for path, _ in files:
        with writing(path):
            if path.exists() and (before := path.read_bytes()) and not is_brief(before):
                raise click.ClickException(f"{path} is there already and is no {what}; it was left as it is")
    with contextlib.ExitStack() as every:
        for path, content in files:
            file = every.enter_context(written(path, force=True))
            file.write(content)
            file.flush()
