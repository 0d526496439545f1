"""The commands by which people rule: claims right or wrong, one event or two; and what is made of their rulings."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from trucewatch.cli.options import desk_option, examples, existing, form_option, kept, together, words
from trucewatch.cli.printing import draw, json_lines, screen, text_lines, writing
from trucewatch.english import some
from trucewatch.nouns import Judgement, Ruling

if TYPE_CHECKING:
    from trucewatch.desk import Desk
    from trucewatch.judgements import About

_Kind = TypeVar("_Kind")


judging_options = together(
    click.option(
        "--by",
        type=kept,
        metavar="NAME",
        envvar="TRUCEWATCH_NAME",
        show_envvar=True,
        help="Who judges; by default the login name.",
    ),
    click.option("--reason", type=lambda said: said and kept(said), default="", metavar="WORDS", help="Why."),
    desk_option,
)


@click.command(epilog=examples('accept 55c0456e34be0459.eb89 --reason "as the sentence says"'))
@click.argument("claim", metavar="CLAIM-ID", type=words)
@judging_options
def accept(claim: str, desk: str, by: str | None, reason: str) -> None:
    """Rule that a claim is right."""
    _verdict(Ruling.ACCEPT, claim, desk, by, reason)


@click.command(epilog=examples('reject 55c0456e --reason "of last year\'s attack"'))
@click.argument("claim", metavar="CLAIM-ID", type=words)
@judging_options
def reject(claim: str, desk: str, by: str | None, reason: str) -> None:
    """Rule that a claim is wrong: it counts for nothing from now on."""
    _verdict(Ruling.REJECT, claim, desk, by, reason)


@click.command(
    epilog=examples("correct 55c0456e killed 3-5", 'correct 55c0456e place "Tripoli, LBN" --reason "the northern one"')
)
@click.argument("claim", metavar="CLAIM-ID", type=words)
@click.argument("field", metavar="FIELD", type=words)
@click.argument("value", metavar="VALUE", type=kept)
@judging_options
def correct(claim: str, field: str, value: str, desk: str, by: str | None, reason: str) -> None:
    """Rule that a field of a claim has another value.

    FIELD is type, mode, status, actors, recipients, place, time, attributed_to, killed or injured. VALUE is
    typed plainly (denied; 3-5; 2021-09-30; "Tripoli, LBN"; "HTS; fighters (SYR UAF)"; - for none) or as JSON.
    """
    from trucewatch import rulings

    with existing(desk) as opened:
        rule(opened, Ruling.CORRECT, rulings.correcting(opened, claim, field, value), by, reason)


@click.command(epilog=examples("merge i5b1c03a9e2 i90aa31cc07"))
@click.argument("ids", metavar="ID...", type=words, nargs=-1, required=True)
@judging_options
def merge(ids: Sequence[str], desk: str, by: str | None, reason: str) -> None:
    """Rule that incidents, or claims, are one event. Ids of incidents begin with i."""
    from trucewatch import rulings

    with existing(desk) as opened:
        rule(opened, Ruling.SAME, rulings.merging(opened, ids), by, reason)


@click.command(epilog=examples("split i5b1c03a9e2 8a31d0c2.77ab"))
@click.argument("whole", metavar="INCIDENT-ID|CLAIM-ID", type=words)
@click.argument("parts", metavar="CLAIM-ID...", type=words, nargs=-1, required=True)
@judging_options
def split(whole: str, parts: Sequence[str], desk: str, by: str | None, reason: str) -> None:
    """Rule that claims are no part of an incident, or that two claims are two events.

    The claims named leave together, as one event; what remains of the incident keeps the others.
    """
    from trucewatch import rulings

    with existing(desk) as opened:
        rule(opened, Ruling.DIFFERENT, rulings.splitting(opened, whole, parts), by, reason)


@click.command(epilog=examples("undo 3f21bb07"))
@click.argument("judgements", metavar="JUDGEMENT-ID...", type=words, nargs=-1, required=True)
@judging_options
def undo(judgements: Sequence[str], desk: str, by: str | None, reason: str) -> None:
    """Undo judgements: all that one command ruled, together. An undo can be undone."""
    from trucewatch import rulings

    with existing(desk) as opened:
        rule(opened, Ruling.UNDO, rulings.undoing(opened, judgements), by, reason)


@click.command(epilog=examples("judgements --claim 55c0456e", "judgements --format json > mine.jsonl"))
@click.option("--claim", type=words, metavar="CLAIM-ID", help="Only those on this claim.")
@desk_option
@form_option
def judgements(claim: str | None, desk: str, form: str) -> None:
    """List all judgements, the oldest first, with those that were undone."""
    from trucewatch.judgements import undone

    with existing(desk) as opened:
        every = opened.judgements()
        wanted = opened.claim(claim).id if claim else None
    listed = [one for one in every if wanted is None or wanted in one.claims]
    if not listed:
        click.echo(f"no judgement on {wanted or desk}", err=True)
    if form == "json":
        json_lines(listed)
    else:
        from trucewatch.cli.terminal import judgements

        draw(judgements.listing(listed, undone(every), screen().width))


@click.command(epilog=examples("judgements --format json > mine.jsonl", "adopt mine.jsonl --desk team.desk"))
@click.argument("file", metavar="JUDGEMENTS.jsonl", type=words)
@desk_option
def adopt(file: str, desk: str) -> None:
    """Take in what people ruled on another desk: the lines that `judgements --format json` printed there.

    Names, times and reasons stay as they are. What is here already is skipped; what rules on a claim that this desk
    never had is left out and listed.
    """
    from trucewatch import rulings

    told = _decoded(file, Judgement, "judgement")
    with existing(desk) as opened:
        found = rulings.adopt(opened, told)
    for one in found.strange:
        click.echo(f"left out: {one.id}  {_said(one)}", err=True)
    left = f", {len(found.strange)} left out: they rule on what this desk never had" if found.strange else ""
    click.echo(f"{some(len(found.kept), 'judgement')} kept, {found.known} here already{left}", err=True)


@click.command(epilog=examples('agreement "A. Analyst" "B. Coder"', "agreement mine.jsonl theirs.jsonl"))
@click.argument("one", metavar="NAME|CLAIMS.jsonl", type=words)
@click.argument("other", metavar="NAME|CLAIMS.jsonl", type=words)
@desk_option
@form_option
def agreement(one: str, other: str, desk: str, form: str) -> None:
    """Tell how far two coders agree, field by field: Krippendorff's alpha, and the share of equal values.

    Two names stand for what these people ruled on the desk, on claims that both judged; two files hold claims as
    `code` prints them.
    """
    from trucewatch.judgements.agreement import Line, compared, of_judgements, of_lines

    files = [name.endswith(".jsonl") for name in (one, other)]
    if any(files) and not all(files):
        raise click.UsageError("agreement takes two names, or two .jsonl files")
    if all(files):
        units = of_lines(*(_decoded(name, Line, "claim") for name in (one, other)))
    else:
        with existing(desk) as opened:
            units = of_judgements(opened.claims(), opened.judgements(), (one, other))
    if not units:
        raise click.ClickException(f"nothing that both {one} and {other} judged")
    found = compared(units)
    if form == "json":
        json_lines(found)
    else:
        from trucewatch.cli.terminal import judgements

        draw([judgements.agreement(found)])


@click.command(epilog=examples("corrections > judged.jsonl"))
@click.option("--rows", type=words, metavar="NAME", help="Write training rows, NAME.in.txt and NAME.tsv, instead.")
@desk_option
def corrections(rows: str | None, desk: str) -> None:
    """Print the claims that people judged, as corrected: a line of JSON each, as the accuracy gate reads them.

    With --rows, write training rows: the sentences all of whose claims were judged, and the claims in ten fields.
    """
    from trucewatch.cli.terminal import judgements

    with existing(desk) as opened:
        if rows is None:
            text_lines(judgements.gold(opened))
        else:
            with writing():
                sentences, lines = judgements.training(opened, rows)
            click.echo(
                f"{some(lines, 'line')} of {some(sentences, 'sentence')} in {rows}.in.txt and {rows}.tsv", err=True
            )


def rule(desk: Desk, ruling: Ruling, about: Sequence[About], by: str | None, reason: str) -> None:
    """Keep a judgement on each, in the name of who is logged in where none is given; say so, and what came of it."""
    from trucewatch import rulings

    made = rulings.judge(desk, ruling, about, rulings.Hand(by=by or getpass.getuser(), reason=reason))
    for one in made:
        click.echo(f"{one.id}  {_said(one)}")
    if ruling in (Ruling.SAME, Ruling.DIFFERENT, Ruling.CORRECT):
        touched = dict.fromkeys(claim for one in made for claim in one.claims)
        incidents = dict.fromkeys(incident.id for claim in touched for incident in desk.incidents_of(claim))
        click.echo(f"now {', '.join(incidents) or 'no incident'}", err=True)


def _verdict(ruling: Ruling, claim: str, desk: str, by: str | None, reason: str) -> None:
    from trucewatch import rulings
    from trucewatch.judgements import About

    with existing(desk) as opened:
        about, name = About(claims=(opened.claim(claim).id,)), by or getpass.getuser()
        if known := rulings.standing(opened, ruling, about, name):
            click.echo(f"{name} has ruled so already: {known.id}", err=True)
            return
        rule(opened, ruling, [about], name, reason)


def _said(one: Judgement) -> str:
    from trucewatch.judgements.fields import in_words

    value = f" {one.field} {in_words(one.field, one.value or 'null')}" if one.field else ""
    return f"{one.ruling.value} {' '.join(one.claims) or one.undoes}{value}, by {one.by}"


def _decoded(name: str, kind: type[_Kind], word: str) -> list[_Kind]:
    """What the lines of a file hold; ``-`` is standard input."""
    try:
        with click.open_file(name, "rb") as file:
            return [msgspec.json.decode(line, type=kind) for line in file if line.strip()]
    except OSError as error:
        raise click.ClickException(f"{name} cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise click.ClickException(f"{name} holds a line that is no {word}: {error}") from error
