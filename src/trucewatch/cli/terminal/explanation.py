"""A claim on a terminal, value by value: the words that each rests on, where they stand, and why it is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from trucewatch import codebook
from trucewatch.claim_words import ROLES
from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.claims import claim_lines, quoted
from trucewatch.cli.terminal.marks import STYLES, has_colours, legend, marks, sentence
from trucewatch.nouns import Claim, Entity, Evidence, Report

WIDE = 130
"""Columns from which on there is a table."""
_NAMES = 16
"""The width of the fields' names, where there is none."""
Row = tuple[Text, Text, Text, Text, Text]
"""A field, its value, the words it rests on, where they stand, and why; of a second reason only the last three."""


def page(claim: Claim, report: Report, console: Console) -> Iterator[RenderableType]:
    """The claim, its sentences in full, and a line for each reason of each value."""
    coloured, width = has_colours(console), console.width
    yield Rule(style="dim")
    yield from claim_lines(claim, report, width)
    for span in claim.mentions:
        yield from quoted(sentence(report, span, marks(claim), coloured), width)
    yield Text(f"in {wording.line(report.title) if report.title else 'a report without a title'}", style="dim")
    yield Text("marks   ").append_text(legend(coloured))
    yield Rule(style="dim")
    rows = _rows(claim, report)
    yield from _listed(rows, width) if width < WIDE else [_table(rows)]
    yield Text()


def _rows(claim: Claim, report: Report) -> Iterator[Row]:
    reasons: dict[str, list[Evidence]] = {}
    for evidence in claim.evidence:
        reasons.setdefault(evidence.field, []).append(evidence)
    above: set[tuple[int | None, int | None]] = set()
    for field, value, style in values(claim, report):
        known = reasons.pop(field, []) + reasons.pop(f"{field}.name", [])
        whole, _, part = field.partition(".")
        above = above if part else set()
        name = Text(f"  {part}" if part else whole)
        shown = Text(wording.line(value), style=style if value else "dim")
        if not known:
            said = "" if value else "not known" if part else "not said"
            yield name, shown, Text(), Text(), Text(said, style="dim")
        for at, evidence in enumerate(known):
            first = (name, shown) if at == 0 else (Text(), Text())
            words = (evidence.start, evidence.end)
            yield (*first, *_reason(evidence, report, words in above))
            above.add(words)
    for field, rest in reasons.items():
        for evidence in rest:
            yield Text(field), Text(), *_reason(evidence, report)


def _reason(evidence: Evidence, report: Report, known: bool = False) -> tuple[Text, Text, Text]:
    """Words, offsets and why; the words left out where they are ``known``, for they stand above."""
    why = Text(wording.line(codebook.load().with_lines(evidence.because)))
    if known or evidence.start is None or evidence.end is None:
        return Text(), Text(), why
    words = wording.line(report.text[evidence.start : evidence.end])
    return Text(f'"{words}"'), Text(f"{evidence.start}-{evidence.end}"), why


def _table(rows: Iterable[Row]) -> Table:
    table = Table("value", "is", "words", "at", "because", box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in table.columns:
        column.overflow = "fold"
    table.columns[0].no_wrap = table.columns[3].no_wrap = True
    for row in rows:
        table.add_row(*row)
    return table


def _listed(rows: Iterable[Row], width: int) -> Iterator[Text | Padding]:
    """The same one under the other: columns of a narrow terminal would cut the ids of rows."""
    for name, value, words, at, why in rows:
        reason = Text("  ").join(part for part in (words, at, why) if part)
        if name:
            name.pad_right(_NAMES - name.cell_len)
            name.append_text(value)
            if not words and reason and name.cell_len + reason.cell_len + 3 <= width:
                name.append("   ").append_text(reason)
                reason = Text()
            yield name
        if reason:
            yield Padding.indent(reason, _NAMES + 2)


def values(claim: Claim, report: Report) -> Iterator[tuple[str, str | None, str]]:
    """Every field of a claim as its evidence names it, its value in words (None: not known), its colour."""
    yield "type", claim.type, ""
    yield "mode", claim.mode, ""
    yield "status", claim.status.value, ""
    yield "trigger", report.text[claim.trigger.start : claim.trigger.end], STYLES["trigger"]
    for side in ("actors", "recipients"):
        entities: tuple[Entity, ...] = getattr(claim, side)
        if not entities:
            yield side, None, ""
        for at, entity in enumerate(entities):
            yield f"{side}[{at}]", entity.name, STYLES[ROLES[side]]
            for part in ("country", "sector", "actor"):
                yield f"{side}[{at}].{part}", getattr(entity, part), ""
    yield "place", None if claim.place is None else claim.place.name, STYLES["place"]
    if claim.place is not None:
        yield "place.country", claim.place.country, ""
        yield "place.precision", claim.place.precision, ""
        yield "place.coordinates", wording.coordinates(claim.place), ""
        yield "place.gazetteer", claim.place.gazetteer, ""
    yield "time", wording.time(claim, report) if claim.time else None, STYLES["time"]
    yield "attributed_to", claim.attributed_to or "the outlet itself", STYLES["says"]
    for field in ("killed", "injured"):
        people = getattr(claim, field)
        yield field, people and wording.count(people), STYLES["toll"]
