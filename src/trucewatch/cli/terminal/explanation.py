"""A claim on a terminal, value by value: the words that each rests on, where they stand, and why it is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions, RenderResult
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


class Explained:
    """A claim of a report, for a rich console."""

    def __init__(self, claim: Claim, report: Report) -> None:
        self._claim = claim
        self._report = report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The claim, its sentences in full, and a line for each reason of each value."""
        claim, report, coloured = self._claim, self._report, has_colours(console)
        yield Rule(style="dim")
        yield from claim_lines(claim, report, options.max_width)
        for span in claim.mentions:
            yield from quoted(sentence(report, span, marks(claim), coloured), options.max_width)
        yield Text(f"in {wording.line(report.title) if report.title else 'a report without a title'}", style="dim")
        yield Text("marks   ").append_text(legend(coloured))
        yield Rule(style="dim")
        yield from _listed(self._rows(), options.max_width) if options.max_width < WIDE else [_table(self._rows())]
        yield Text()

    def _rows(self) -> Iterator[Row]:
        reasons: dict[str, list[Evidence]] = {}
        for evidence in self._claim.evidence:
            reasons.setdefault(evidence.field, []).append(evidence)
        above: set[tuple[int | None, int | None]] = set()
        for field, value, style in values(self._claim, self._report):
            known = reasons.pop(field, []) + reasons.pop(f"{field}.name", [])
            whole, _, part = field.partition(".")
            above = above if part else set()
            name = Text(f"  {part}" if part else whole)
            shown = Text(wording.line(value), style=style if value else "dim")
            if not known:
                yield name, shown, Text(), Text(), Text(_without_reason(field, value), style="dim")
            for at, evidence in enumerate(known):
                first = (name, shown) if at == 0 else (Text(), Text())
                yield (*first, *self._reason(evidence, _at(evidence) in above))
                above.add(_at(evidence))
        for field, rest in reasons.items():
            for evidence in rest:
                yield Text(field), Text(), *self._reason(evidence)

    def _reason(self, evidence: Evidence, known: bool = False) -> tuple[Text, Text, Text]:
        """Words, offsets and why; the words left out where they are ``known``, for they stand above."""
        why = Text(wording.line(codebook.load().with_lines(evidence.because)))
        if known or evidence.start is None or evidence.end is None:
            return Text(), Text(), why
        words = wording.line(self._report.text[evidence.start : evidence.end])
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


def _at(evidence: Evidence) -> tuple[int | None, int | None]:
    return evidence.start, evidence.end


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


def _without_reason(field: str, value: str | None) -> str:
    """What is said of a value that no evidence names; a part of one rests on what its whole rests on."""
    if "." in field:
        return "" if value else "not known"
    return "" if value else "not said"
