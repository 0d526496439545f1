"""The command ``brief``: one page on a truce and a week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucewatch.cli.options import desk_option
from trucewatch.cli.truces import tables_option

if TYPE_CHECKING:
    from trucewatch.brief import Brief

FORMS = {".md": "markdown", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@click.command()
@click.argument("name", metavar="TRUCE")
@click.option("--week", "called", required=True, metavar="WEEK", help="The week, from Monday to Sunday: 2021-W39.")
@desk_option
@tables_option
@click.option(
    "--form", type=click.Choice(["markdown", "html", "pdf"]), help="Else as the ending of --out; else markdown."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where to; else it is printed."
)
def brief(name: str, called: str, desk: str, tables: Path | None, form: str | None, out: Path | None) -> None:
    """Write the brief of a truce for a week: one page in which every sentence on what happened cites its claims.

    TRUCE is an id, or enough of its beginning. Markdown in a FILE has its map and its series beside it, as FILE-map.svg
    and FILE-series.svg.
    """
    from trucewatch import brief as briefs
    from trucewatch.brief import as_pdf
    from trucewatch.cli.truces import chosen_truce
    from trucewatch.desk import Desk

    if out is not None and out.suffix.lower() not in FORMS:
        raise click.BadParameter(f"{out} ends in none of {', '.join(FORMS)}", param_hint="--out")
    form = form or FORMS.get(out.suffix.lower() if out else "", "markdown")
    if form == "pdf":
        as_pdf.require()
    one, week = chosen_truce(name, tables), briefs.week(called)
    with Desk.open(desk, create=False) as opened:
        made = briefs.written(opened, one, week)
    if out is None:
        page = briefs.pdf(made) if form == "pdf" else _words(made, form).encode()
        click.echo(page, nl=False)
        return
    try:
        if form == "markdown":
            out.write_text(briefs.markdown(made, _pictures(made, out)), encoding="utf-8")
        else:
            out.write_bytes(briefs.pdf(made) if form == "pdf" else _words(made, form).encode())
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}") from error
    click.echo(f"{out}: {made.title}, {week.name}", err=True)


def _words(made: Brief, form: str) -> str:
    from trucewatch import brief as briefs

    return briefs.html(made) if form == "html" else briefs.markdown(made)


def _pictures(made: Brief, out: Path) -> dict[str, str]:
    """Writes the pictures beside the page; their names by what they show."""
    from trucewatch import brief as briefs

    found = {}
    for what, picture in (("map", briefs.sketch(made)), ("series", briefs.chart(made))):
        if picture is not None:
            path = out.with_name(f"{out.stem}-{what}.svg")
            path.write_text(picture, encoding="utf-8")
            found[what.capitalize()] = path.name
    return found
