"""The commands by which people rule: claims right or wrong, one event or two; and what is made of their rulings."""

from __future__ import annotations

import datetime as dt
import getpass
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucewatch.cli.options import Command, desk_option, examples, form_option, words
from trucewatch.nouns import Judgement, Noun, Ruling

if TYPE_CHECKING:
    from trucewatch.desk import Desk
    from trucewatch.judgements import About
    from trucewatch.judgements.agreement import Line


class Hand(Noun):
    """Who rules, and why."""

    by: str
    reason: str


def judging_options(command: Command) -> Command:
    """``--by``, ``--reason`` and ``--desk``."""
    command = desk_option(command)
    command = click.option("--reason", default="", metavar="WORDS", help="Why.")(command)
    return click.option(
        "--by",
        type=words,
        metavar="NAME",
        envvar="TRUCEWATCH_NAME",
        show_envvar=True,
        help="Who judges; else the login name.",
    )(command)


@click.command()
@click.argument("claim", metavar="CLAIM-ID", type=words)
@judging_options
def accept(claim: str, desk: str, by: str | None, reason: str) -> None:
    """Rule that a claim is right."""
    _verdict(Ruling.ACCEPT, claim, desk, _hand(by, reason))


@click.command()
@click.argument("claim", metavar="CLAIM-ID", type=words)
@judging_options
def reject(claim: str, desk: str, by: str | None, reason: str) -> None:
    """Rule that a claim is wrong: it counts for nothing from now on."""
    _verdict(Ruling.REJECT, claim, desk, _hand(by, reason))


@click.command(
    epilog=examples("correct 55c0456e killed 3-5", 'correct 55c0456e place "Tripoli, LBN" --reason "the northern one"')
)
@click.argument("claim", metavar="CLAIM-ID", type=words)
@click.argument("field", metavar="FIELD")
@click.argument("value", metavar="VALUE")
@judging_options
def correct(claim: str, field: str, value: str, desk: str, by: str | None, reason: str) -> None:
    """Rule that a field of a claim has another value.

    FIELD is type, mode, status, actors, recipients, place, time, attributed_to, killed or injured. VALUE is
    typed plainly (denied; 3-5; 2021-09-30; "Tripoli, LBN"; "HTS; fighters (SYR UAF)"; - for none) or as JSON.
    """
    from trucewatch import codebook
    from trucewatch.desk import Desk
    from trucewatch.judgements import About, as_json

    with Desk.open(desk, create=False) as opened:
        about = About(claims=(opened.claim(claim).id,), field=field, value=as_json(field, value, codebook.load()))
        _judge(opened, Ruling.CORRECT, [about], _hand(by, reason))


@click.command(epilog=examples("merge i5b1c03a9e2 i90aa31cc07"))
@click.argument("ids", metavar="ID...", type=words, nargs=-1, required=True)
@judging_options
def merge(ids: Sequence[str], desk: str, by: str | None, reason: str) -> None:
    """Rule that incidents, or claims, are one event. Ids of incidents begin with i."""
    from trucewatch.desk import Desk
    from trucewatch.judgements import About, must_and_cannot

    with Desk.open(desk, create=False) as opened:
        groups = [_claims(opened, one) for one in dict.fromkeys(ids)]
        if len(groups) < 2:
            raise click.UsageError("merge takes two incidents or claims, or more")
        _, apart = must_and_cannot(opened.judgements())
        # All claims are tied to the first one: a tie of two would leave the others to their scores. An earlier
        # split of theirs would still keep them apart, so that is overruled pair by pair.
        pairs = [(groups[0][0], claim) for group in groups for claim in group]
        for one, other in itertools.combinations(groups, 2):
            pairs += [pair for pair in itertools.product(one, other) if (min(pair), max(pair)) in apart]
        about = [About(claims=pair) for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]
        _judge(opened, Ruling.SAME, about, _hand(by, reason))


@click.command(epilog=examples("split i5b1c03a9e2 8a31d0c2.77ab"))
@click.argument("whole", metavar="INCIDENT-ID|CLAIM-ID", type=words)
@click.argument("parts", metavar="CLAIM-ID...", type=words, nargs=-1, required=True)
@judging_options
def split(whole: str, parts: Sequence[str], desk: str, by: str | None, reason: str) -> None:
    """Rule that claims are no part of an incident, or that two claims are two events.

    The claims named leave together, as one event; what remains of the incident keeps the others.
    """
    from trucewatch.desk import Desk
    from trucewatch.judgements import About

    with Desk.open(desk, create=False) as opened:
        leaving = [opened.claim(part).id for part in dict.fromkeys(parts)]
        claims = _claims(opened, whole)
        if len(claims) > 1 and (strangers := [claim for claim in leaving if claim not in claims]):
            raise click.ClickException(f"{strangers[0]} is not in {whole}")
        staying = [claim for claim in claims if claim not in leaving]
        if not staying:
            raise click.UsageError(f"nothing would be left of {whole}")
        about = [About(claims=pair) for pair in itertools.product(leaving, staying)]
        _judge(opened, Ruling.DIFFERENT, about, _hand(by, reason))


@click.command()
@click.argument("judgements", metavar="JUDGEMENT-ID...", type=words, nargs=-1, required=True)
@judging_options
def undo(judgements: Sequence[str], desk: str, by: str | None, reason: str) -> None:
    """End the force of judgements; what one command ruled is undone together. An undo can be undone."""
    from trucewatch.desk import Desk
    from trucewatch.judgements import About, undone

    with Desk.open(desk, create=False) as opened:
        every = opened.judgements()
        named = [_one(every, prefix) for prefix in judgements]
        ended = undone(every)
        if late := [one.id for one in named if one.id in ended]:
            raise click.ClickException(f"{late[0]} is undone already; to restore it, undo what undid it")
        moments = set(map(_moment, named))
        found = [one for one in every if _moment(one) in moments and one.id not in ended]
        _judge(opened, Ruling.UNDO, [About(undoes=one.id) for one in found], _hand(by, reason))


@click.command()
@click.option("--claim", type=words, metavar="CLAIM-ID", help="Those on this claim.")
@desk_option
@form_option
def judgements(claim: str | None, desk: str, form: str) -> None:
    """List all judgements, the oldest first, with those that were undone."""
    from trucewatch.desk import Desk
    from trucewatch.judgements import undone

    with Desk.open(desk, create=False) as opened:
        every = opened.judgements()
        wanted = opened.claim(claim).id if claim else None
    listed = [one for one in every if wanted is None or wanted in one.claims]
    if form == "json":
        import msgspec

        for one in listed:
            click.echo(msgspec.json.encode(one))
        return
    from rich.console import Console

    from trucewatch.cli import judged

    Console().print(judged.Judgements(listed, undone(every)))


@click.command()
@click.argument("one", metavar="NAME|CLAIMS.jsonl", type=words)
@click.argument("other", metavar="NAME|CLAIMS.jsonl", type=words)
@desk_option
@form_option
def agreement(one: str, other: str, desk: str, form: str) -> None:
    """Tell how far two coders agree, field by field: Krippendorff's alpha, and the share of equal values.

    Two names stand for what these people ruled on the desk, on claims that both judged; two files hold claims as
    `code --jsonl` prints them.
    """
    from trucewatch.judgements.agreement import compared, of_judgements, of_lines

    files = [name.endswith(".jsonl") for name in (one, other)]
    if any(files) and not all(files):
        raise click.UsageError("agreement takes two names, or two .jsonl files")
    if all(files):
        units = of_lines(_lines(one), _lines(other))
    else:
        from trucewatch.desk import Desk

        with Desk.open(desk, create=False) as opened:
            units = of_judgements(opened.claims(), opened.judgements(), (one, other))
    if not units:
        raise click.ClickException(f"nothing that both {one} and {other} judged")
    found = compared(units)
    if form == "json":
        import msgspec

        for field in found:
            click.echo(msgspec.json.encode(field))
        return
    from rich.console import Console

    from trucewatch.cli import judged

    Console().print(judged.agreement(found))


@click.command()
@click.option("--rows", type=words, metavar="NAME", help="Write training rows, NAME.in.txt and NAME.tsv, instead.")
@desk_option
def corrections(rows: str | None, desk: str) -> None:
    """Print the claims that people judged, as they have them: a line of JSON each, as the accuracy gate reads them.

    With --rows, write rows to train on: the sentences whose every claim was judged, and the claims in ten fields.
    """
    from trucewatch.cli import judged
    from trucewatch.cli.wording import some
    from trucewatch.desk import Desk

    with Desk.open(desk, create=False) as opened:
        if rows is None:
            for line in judged.gold(opened):
                click.echo(line)
        else:
            try:
                sentences, lines = judged.training(opened, rows)
            except FileExistsError as error:
                raise click.ClickException(f"{error.filename} is there already; it was left as it is") from error
            except OSError as error:
                raise click.ClickException(f"{error.filename} cannot be written: {error.strerror}") from error
            click.echo(
                f"{some(lines, 'line')} of {some(sentences, 'sentence')} in {rows}.in.txt and {rows}.tsv", err=True
            )


def rule(desk: Desk, ruling: Ruling, about: Sequence[About], by: str | None, reason: str) -> None:
    """Keep a judgement on each, in the name of who is logged in where none is given, and say so."""
    _judge(desk, ruling, about, _hand(by, reason))


def _hand(by: str | None, reason: str) -> Hand:
    return Hand(by=by or getpass.getuser(), reason=reason)


def _verdict(ruling: Ruling, claim: str, desk: str, hand: Hand) -> None:
    from trucewatch.desk import Desk
    from trucewatch.judgements import About

    with Desk.open(desk, create=False) as opened:
        _judge(opened, ruling, [About(claims=(opened.claim(claim).id,))], hand)


def _judge(desk: Desk, ruling: Ruling, about: Sequence[About], hand: Hand) -> None:
    """Keep a judgement on each, merge anew what they touch, and say what came of it."""
    from trucewatch import derive
    from trucewatch.judgements import made

    now = dt.datetime.now(dt.UTC)
    rulings = [made(ruling, hand.by, now, hand.reason, one) for one in about]
    for one in rulings[:-1]:
        desk.judge(one)
    derive.judge(desk, rulings[-1])
    for one in rulings:
        click.echo(f"{one.id}  {_said(one)}")
    touched = [claim for one in rulings for claim in one.claims]
    incidents = dict.fromkeys(incident.id for claim in touched for incident in desk.incidents_of(claim))
    if ruling in (Ruling.SAME, Ruling.DIFFERENT):
        click.echo(f"now {', '.join(incidents) or 'no incident'}", err=True)


def _said(one: Judgement) -> str:
    value = f" {one.field} {one.value}" if one.field else ""
    return f"{one.ruling.value} {' '.join(one.claims) or one.undoes}{value}, by {one.by}"


def _claims(desk: Desk, prefix: str) -> tuple[str, ...]:
    """The claims of an incident, or the one of a claim's id."""
    from trucewatch import derive

    derive.add(desk)  # what a stop has left
    return desk.incident(prefix).claims if prefix.startswith("i") else (desk.claim(prefix).id,)


def _one(every: Iterable[Judgement], prefix: str) -> Judgement:
    from trucewatch.cli.wording import some

    found = [one for one in every if one.id.startswith(prefix.strip().lower())]
    if len(found) != 1:
        several = f"{some(len(found), 'judgement')} have" if found else "no judgement here has"
        raise click.ClickException(f"{several} an id that begins with {prefix!r}")
    return found[0]


def _moment(one: Judgement) -> tuple[str, dt.datetime]:
    """What the judgements of one command have in common, and no others."""
    return (one.by, one.at)


def _lines(name: str) -> list[Line]:
    import msgspec

    from trucewatch.judgements.agreement import Line

    try:
        with Path(name).open("rb") as file:
            return [msgspec.json.decode(line, type=Line) for line in file if line.strip()]
    except OSError as error:
        raise click.ClickException(f"{name} cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise click.ClickException(f"{name} holds a line that is no claim: {error}") from error
