"""A record on a terminal: what each claim says, and under it the sentence that says so with its words marked.

Colours only add to what can be read without them: where there are none (a pipe, NO_COLOR), brackets mark.
"""

from __future__ import annotations

import datetime as dt
import itertools
import textwrap
from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.text import Text

from trucewatch import codebook, english
from trucewatch.claim_words import ROLES
from trucewatch.cli.terminal import wording
from trucewatch.cli.terminal.marks import ELSEWHERE, STYLES, excerpt, has_colours, is_elsewhere, legend, marks, sentence
from trucewatch.codebook.rows import MUTUAL
from trucewatch.nouns import Claim, Entity, Record, Report, Span
from trucewatch.reports.tongue import CODED

INDENT = 4
GAP = "   "
ALSO = 3
"""Further sentences of a claim that are shown; ``explain`` shows all."""
Group = Sequence[Text]
"""Pieces of a claim's lines that stay on one line together where they can."""

_ARROWS = ("→", "↔")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STATUS_STYLES = {"denied": "bold", "expected": "italic", "possible": "italic"}


def page(record: Record, console: Console, note: str | None = None) -> Iterator[RenderableType]:
    """The report's head, then its claims in the order of the text, those of one sentence together."""
    report, claims = record.report, sorted(record.claims, key=_position)
    coloured = has_colours(console)
    yield Rule(style="dim")
    yield from head(report, claims, console.width)
    if note:
        yield Text(note)
    if claims:
        yield Text("marks   ").append_text(legend(coloured))
    if any(is_elsewhere(claim, e.field) for claim in claims for e in claim.evidence):
        yield Text(f"        {ELSEWHERE} rests on words of another sentence")
    yield Rule(style="dim")
    for mentions, told in itertools.groupby(claims, key=lambda claim: claim.mentions[:1]):
        yield Text()
        yield from _passage(report, mentions, list(told), console.width, coloured)
    yield Text()


def head(report: Report, claims: Sequence[Claim], width: int) -> Iterator[Text]:
    """What the report is, who published it and when, and what a reader must know of it."""
    yield Text(wording.line(report.title) if report.title else "(no title)", style="bold")
    published = [_published(report.outlet, report.published)]
    if report.original_outlet or report.original_published:
        published.append(f"first published by {_published(report.original_outlet, report.original_published)}")
    if report.byline:
        published.append(f"by {wording.line(report.byline)}")
    yield from flow([[Text(piece)] for piece in published], width)
    yield Text(f"report {report.id}   language {report.language}   {wording.line(report.source)}", style="dim")
    for name in ("regions", "themes", "series", "media", "notes"):
        if values := getattr(report, name):
            parted = "; " if name == "notes" else ", "
            yield from hanging(f"{name:<8}{parted.join(map(wording.line, values))}", 8, width)
    yield Text(_counted(report, claims))


def _published(outlet: str | None, day: dt.date | None) -> str:
    """``Border Desk (affiliation ?), 30 Sep 2021``; where either is not known, what it is that is not."""
    return f"{outlet_words(outlet) if outlet else 'outlet ?'}, {wording.day(day) if day else 'date ?'}"


def outlet_words(name: str | None) -> str:
    """The outlet and where it stands, for an outlet is an actor too."""
    row = codebook.load().find_outlet(name) if name else None
    stands = f" ({row.affiliation}, {row.country or wording.UNKNOWN})" if row else ""
    return f"{wording.line(name)}{stands or (' (affiliation ?)' if name else '')}"


def claim_lines(claim: Claim, report: Report, width: int, number: str = "", within: str = "") -> Iterator[Text]:
    """Who did what to whom, where, when and in whose words; its id at the right."""
    told = claim.killed is not None or claim.injured is not None
    what = Text(f"{number} {wording.kind(claim)}".strip(), style="bold")
    status = Text(claim.status.value, style=_STATUS_STYLES.get(claim.status.value, ""))
    circumstances = [
        _value(claim, "place", wording.place(claim.place)),
        _value(claim, "time", wording.time(claim, report)),
        _value(claim, "attributed_to", f"says {wording.voice(claim)}"),
        *(Text(said, style=STYLES["toll"] if told else "dim") for said in wording.toll(claim)),
        *([Text(within, style="dim")] if within else []),
    ]
    yield from identified([[what, status], list(_parties(claim)), circumstances], claim.id, width)


def identified(groups: Sequence[Group], id_: str, width: int) -> Iterator[Text]:
    """Groups over lines of a width, with an id, whole, at the right of the first."""
    lines = list(flow(groups, width, len(id_) + 2))
    lines[0].append(" " * (width - lines[0].cell_len - len(id_)))
    yield lines[0].append(id_, style="dim")
    yield from lines[1:]


def flow(groups: Sequence[Group], width: int, reserved: int = 0) -> Iterator[Text]:
    """Groups over lines of a width, those after the first indented; ``reserved`` stays free on the first."""
    built, free = Text(), width - reserved
    for group in groups:
        whole = sum(piece.cell_len + len(GAP) for piece in group)
        for at, piece in enumerate(group):
            gap = " " if piece.plain[:1] in _ARROWS or built.plain.endswith(",") else GAP
            needed = whole if at == 0 and whole <= width - INDENT else len(gap) + piece.cell_len
            if built and built.cell_len + needed > free:
                yield built
                *over, last = (
                    piece.wrap(Console(width=width), width - INDENT) if piece.cell_len > width - INDENT else [piece]
                )
                yield from (Text(" " * INDENT).append_text(line) for line in over)
                built, free = Text(" " * INDENT).append_text(last), width
            else:
                built.append(gap if built else "").append_text(piece)
    yield built


def hanging(said: str, indent: int, width: int) -> Iterator[Text]:
    """Words over lines of a width, those after the first indented."""
    begins = " " * (len(said) - len(said.lstrip(" ")))
    lines = textwrap.wrap(
        said.lstrip(" "),
        width,
        initial_indent=begins,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
    yield from map(Text, lines)


def folded(text: Text, width: int) -> Iterator[Text]:
    """Styled lines over lines of a width: what goes over stands two deeper than its line begins."""
    for line in text.split("\n"):
        indent = len(line.plain) - len(line.plain.lstrip(" "))
        for at, piece in enumerate(line[indent:].wrap(Console(width=width), width - indent - 2)):
            piece.rstrip()
            yield Text(" " * (indent + 2 * (at > 0))).append_text(piece)


def quoted(text: Text, width: int) -> Iterator[Text]:
    """A sentence over lines of a width, behind a bar."""
    for line in text.wrap(Console(width=width), width - INDENT - 2):
        line.rstrip()
        yield Text(" " * INDENT).append("│ ", style="dim").append_text(line)


def _passage(
    report: Report, mentions: tuple[Span, ...], told: Sequence[Claim], width: int, coloured: bool
) -> Iterator[Text]:
    numbers = [""] if len(told) == 1 else [str(i + 1).translate(_SUPERSCRIPTS) for i in range(len(told))]
    numbered = list(zip(told, numbers, strict=True))
    for claim, number in numbered:
        yield from claim_lines(claim, report, width, number)
    marked = [mark for claim, number in numbered for mark in marks(claim, number)]
    for span in mentions:
        yield from quoted(sentence(report, span, marked, coloured), width)
    for claim, number in numbered:
        also = Text(" " * INDENT).append(f"│ also{number}: ", style="dim")
        for span in claim.mentions[1 : ALSO + 1]:
            room = width - also.cell_len
            yield also + excerpt(report, span, list(marks(claim)), coloured, room)
        if more := len(claim.mentions[ALSO + 1 :]):
            yield also + Text(f"in {english.some(more, 'more sentence')}", style="dim")


def _parties(claim: Claim) -> Iterator[Text]:
    first = [_party(claim, "actors", at) for at in range(len(claim.actors))]
    second = [_party(claim, "recipients", at) for at in range(len(claim.recipients))]
    yield from sides(claim.type, first, second)


def sides(kind: str, first: Group, second: Group) -> Iterator[Text]:
    """``A, B → C``, ``A ↔ B`` of what they do together: each party a piece, with what follows it; a question mark where
    there is none."""
    arrow = _ARROWS[kind in MUTUAL]
    if kind in MUTUAL and not second:
        first, second = first[:1], first[1:]
    first, second = (side or [Text(wording.UNKNOWN, style="dim")] for side in (first, second))
    for party in first[:-1]:
        yield party.append(",")
    yield first[-1]
    second = [Text(f"{arrow} ").append_text(second[0]), *second[1:]]
    for party in second[:-1]:
        yield party.append(",")
    yield second[-1]


def _party(claim: Claim, side: str, at: int) -> Text:
    entities: Sequence[Entity] = getattr(claim, side)
    return _value(claim, f"{side}[{at}]", wording.entity(entities[at]))


def _value(claim: Claim, field: str, words: str) -> Text:
    name = field.partition("[")[0]
    mark = ELSEWHERE if is_elsewhere(claim, field) else ""
    return Text(words + mark, style="dim" if getattr(claim, name) is None else STYLES[ROLES[name]])


def _counted(report: Report, claims: Sequence[Claim]) -> str:
    sentences = len({span for claim in claims for span in claim.mentions})
    counted = english.some(len(claims), "claim")
    if claims:
        counted += f" told in {english.some(sentences, 'sentence')}"
    if report.boilerplate:
        counted += f"; {english.some(len(report.boilerplate), 'block')} set apart as boilerplate"
    if report.language not in CODED:
        counted += "; only English is coded"
    return counted


def _position(claim: Claim) -> tuple[int, int]:
    return min((span.start for span in claim.mentions[:1]), default=claim.trigger.start), claim.trigger.start
