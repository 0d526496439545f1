"""A sentence with the words that claims rest on marked: in colours, or in brackets where there are none."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from trucewatch.claim_words import TRIGGER, marked
from trucewatch.cli.terminal import wording
from trucewatch.nouns import Claim, Report, Span

STYLES = {
    "actor": "cyan",
    "recipient": "magenta",
    "place": "green",
    "time": "yellow",
    "says": "blue",
    "toll": "red",
    TRIGGER: "bold underline",
}
BRACKETS = {
    "actor": ("[", "→]"),
    "recipient": ("[→", "]"),
    "place": ("[@", "]"),
    "time": ("[:", "]"),
    "says": ("[§", "]"),
    "toll": ("[#", "]"),
    TRIGGER: ("«", "»"),
}
ELSEWHERE = "^"
"""Stands after a value whose words are in none of the claim's sentences."""


class Mark(NamedTuple):
    """Words of a report and the part that they play in a claim."""

    start: int
    end: int
    role: str
    number: str = ""
    """Of a trigger: which of its sentence's claims it evokes."""


def has_colours(console: Console) -> bool:
    """Whether what is printed there can have colours."""
    return console.color_system is not None and not console.no_color


def legend(coloured: bool) -> Text:
    """How each part is marked."""
    names = (TRIGGER, "actor", "recipient", "place", "time", "says", "toll")
    if coloured:
        return Text("  ").join(Text(name, style=STYLES[name]) for name in names)
    return Text("  ".join(f"{BRACKETS[name][0]}{name}{BRACKETS[name][1]}" for name in names))


def is_elsewhere(claim: Claim, field: str) -> bool:
    """Whether a value rests on words, but on none in the claim's sentences."""
    words = [e for e in claim.evidence if e.field == field and e.start is not None and e.end is not None]
    return bool(words) and not any(
        span.start <= (e.start or 0) and (e.end or 0) <= span.end for e in words for span in claim.mentions
    )


def marks(claim: Claim, number: str = "") -> Iterator[Mark]:
    """The words that a claim rests on."""
    trigger = (claim.trigger.start, claim.trigger.end, TRIGGER)
    return (Mark(*mark, number if mark == trigger else "") for mark in marked(claim))


def sentence(report: Report, span: Span, every: Iterable[Mark], coloured: bool) -> Text:
    """A stretch of a report, on one line, with its marks."""
    inside = {mark for mark in every if span.start <= mark.start < mark.end <= span.end}
    edges = sorted({span.start, span.end, *(edge for mark in inside for edge in mark[:2])})
    text = Text()
    for start, end in itertools.pairwise([*edges, span.end]):
        for mark in sorted((m for m in inside if m.end == start), key=_breadth, reverse=True):
            text.append(mark.number if coloured else BRACKETS[mark.role][1] + mark.number)
        for mark in sorted((m for m in inside if m.start == start), key=_breadth):
            text.append("" if coloured else BRACKETS[mark.role][0])
        over = sorted((m for m in inside if m.start <= start and end <= m.end), key=_breadth)
        words = "".join(" " if character.isspace() else character for character in report.text[start:end])
        text.append(wording.plain(words), style=" ".join(STYLES[mark.role] for mark in over) or None)
    return text


def excerpt(report: Report, span: Span, every: Sequence[Mark], coloured: bool, room: int) -> Text:
    """A stretch of a report on a line of ``room`` characters, cut so that its trigger is seen."""
    inside = [mark.start for mark in every if mark.role == TRIGGER and span.start <= mark.start < span.end]
    at, start = min(inside, default=span.start), span.start
    if span.end - start > room and at - start > room // 2:
        start = min(report.text.find(" ", at - room // 3) + 1, at)
    text = Text("… " if start > span.start else "")
    text.append_text(sentence(report, Span(start=start, end=span.end), every, coloured))
    text.truncate(room, overflow="ellipsis")
    return text


def _breadth(mark: Mark) -> tuple[bool, int, str, str]:
    """Sort key: wider words first, triggers last, so that their brackets are the inner ones and their style is on top."""
    return mark.role == TRIGGER, mark.start - mark.end, mark.role, mark.number
