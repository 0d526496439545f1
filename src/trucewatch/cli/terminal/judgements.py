"""What people ruled: as tables on a terminal, and as files for the accuracy gate and for training."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.claims import GAP, INDENT, identified
from trucewatch.cli.terminal.lists import moment, rows_of
from trucewatch.desk import Desk
from trucewatch.export import jsonl
from trucewatch.judgements import in_force, judged
from trucewatch.judgements.agreement import Agreement
from trucewatch.judgements.corrections import rows
from trucewatch.judgements.fields import in_words
from trucewatch.judgements.rulings import VERDICTS
from trucewatch.nouns import Claim, Judgement, Record, reports_of


def listing(every: Iterable[Judgement], undone: Collection[str], width: int) -> Iterator[Text | Padding]:
    """A line of what, when and by whom with the id; then what it is about, every id whole; then why.

    ``undone`` holds the ids of those that count no more.
    """
    for one in every:
        what = f"{one.ruling.value}{' (undone)' if one.id in undone else ''}"
        head = [Text(what, style="bold"), moment(one.at), Text(f"by {wording.line(one.by)}")]
        about = [Text(name) for name in one.claims or (one.undoes or "",)]
        if one.field:
            about.append(Text(f"{one.field} {wording.line(in_words(one.field, one.value or 'null'))}"))
        yield from identified([head], one.id, width)
        for line in (Text(GAP).join(about), Text(wording.line(one.reason), style="dim")):
            if line:
                yield Padding.indent(line, INDENT)


def agreement(found: Iterable[Agreement]) -> Table:
    """How far two coders agree, a field a row."""
    table = rows_of("field", "both coded", "the same", "share", "alpha")
    for column in table.columns[1:]:
        column.justify = "right"
    for one in found:
        share = f"{one.equal / one.units:.2f}" if one.units else wording.UNKNOWN
        alpha = wording.UNKNOWN if one.alpha is None else f"{one.alpha:.2f}"
        table.add_row(*map(Text, (one.field, f"{one.units:,}", f"{one.equal:,}", share, alpha)))
    return table


def gold(desk: Desk) -> Iterator[bytes]:
    """A line of JSON for each claim that was accepted or corrected, as people have it."""
    for record, verdicts in _judged(desk):
        kept = tuple(claim for claim in verdicts.values() if claim is not None)
        yield from jsonl.lines(Record(report=record.report, claims=kept), record.report.id)


def training(desk: Desk, name: str) -> tuple[int, int]:
    """Write ``NAME.in.txt`` and ``NAME.tsv``, which must be new; how many sentences and lines they have.

    Raises OSError.
    """
    sentences, lines = 0, 0
    if (rows_of_claims := Path(f"{name}.tsv")).exists():  # before the other file is made
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(rows_of_claims))
    with (
        Path(f"{name}.in.txt").open("x", encoding="utf-8") as texts,
        rows_of_claims.open("x", encoding="utf-8") as coded,
    ):
        for record, verdicts in _judged(desk):
            found = rows(record.report, record.claims, verdicts)
            texts.writelines(f"{line}\n" for line in found.sentences)
            coded.writelines(f"{line}\n" for line in found.lines)
            sentences += max(len(found.sentences) - 1, 0)
            lines += len(found.lines)
    return sentences, lines


def _judged(desk: Desk) -> Iterator[tuple[Record, dict[str, Claim | None]]]:
    """The records that people judged something of, and their judged claims by id: None for a rejected one."""
    force = [one for one in in_force(desk.judgements()) if one.ruling in VERDICTS]
    named = {one.claims[0] for one in force}
    for report in sorted(reports_of(named)):
        record = desk.record(report)
        verdicts = {claim.id: judged(claim, force) for claim in record.claims if claim.id in named}
        if verdicts:
            yield record, verdicts
