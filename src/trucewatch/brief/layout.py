"""The sections of a brief in their order, as every form has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trucewatch import english
from trucewatch.brief import wording
from trucewatch.brief.chart import chart
from trucewatch.brief.page import Brief, Cited, Line, Sentence, Told
from trucewatch.brief.sketch import sketch
from trucewatch.english import listed
from trucewatch.nouns import Noun


class Row(Noun, omit_defaults=False):
    """A line of a section: its words, what is set off in front of them, the numbers of the claims cited, small print."""

    text: str
    lead: str = ""
    cites: tuple[int, ...] = ()
    small: str = ""


class Section(Noun, omit_defaults=False):
    """A heading with its lines."""

    heading: str
    rows: tuple[Row, ...]


class Block(Noun, omit_defaults=False):
    """Sections with the picture that stands beside them."""

    sections: tuple[Section, ...]
    shows: str | None = None
    """What the picture shows, in a word."""
    picture: str | None = None
    """As SVG."""
    is_small: bool = False
    """Whether it is set in small letters."""


def summary(brief: Brief) -> tuple[tuple[str, str], ...]:
    """The two channels in a word each: what stands at the head of the page."""
    channels = [(one.title, one.status) for one in brief.observed]
    return (("Declared", brief.declared), *channels)


def under(brief: Brief) -> str:
    """What stands under the title."""
    days = brief.week.days
    return f"{brief.week.name}, {english.day(days.first)} to {english.day(days.last)}"


def blocks(brief: Brief) -> tuple[Block, ...]:
    """What has anything to say; an empty week says so."""
    happened = Section(heading="What happened", rows=tuple(_happened(brief)))
    status = Section(heading="Status", rows=tuple(_status(brief)))
    differ = Section(heading="Disagreements", rows=tuple(_differ(brief)))
    due = Section(heading="To be carried out", rows=_rows(brief, brief.performances))
    watching = Section(heading="Monitors, each by its own rule", rows=_rows(brief, brief.monitors))
    method = Section(heading="Method", rows=tuple(Row(text=text) for text in (*brief.method, *brief.basis)))
    every = (
        Block(sections=(happened,), shows="Map", picture=sketch(brief)),
        Block(sections=(status, differ), shows="Series", picture=chart(brief)),
        Block(sections=tuple(section for section in (watching, due) if section.rows)),
        Block(sections=(method,), is_small=True),
    )
    return tuple(block for block in every if any(section.rows for section in block.sections))


def source(one: Cited) -> str:
    """``55c0456e34be0459.eb89af6f, Orontes Courier, 21 Oct 2021``."""
    when = english.day(one.published) if one.published else "no date"
    return f"{one.claim}, {wording.plain(one.outlet) if one.outlet else 'no outlet'}, {when}"


def _happened(brief: Brief) -> Iterator[Row]:
    if brief.happened:
        yield Row(text=brief.tally.text)
    for told in brief.happened:
        yield Row(
            lead=f"{told.number}. {_verdict(told)}",
            text=told.sentence.text,
            cites=brief.numbers(told.sentence.claims),
            small=told.reason,
        )
    if not brief.happened:
        yield Row(
            text="The desk holds no incident of this week that the truce has to do with. Where nobody looked, that is not quiet."
        )
    if brief.left_out:
        yield Row(text=f"{english.some(brief.left_out, 'incident')} more: trucewatch ledger {brief.truce}.")


def _verdict(told: Told) -> str:
    if told.verdict is None:
        return "Beside the clauses"
    many = "s" if len(told.clauses) > 1 else ""
    clause = f", clause{many} {listed(told.clauses)}" if told.clauses else ""
    return f"{told.verdict.capitalize()}{clause}"


def _status(brief: Brief) -> Iterator[Row]:
    yield _joined("Declared", brief, brief.declared_lines)
    for channel in brief.observed:
        yield _joined(f"{channel.title}: {channel.status}", brief, channel.lines)


def _joined(lead: str, brief: Brief, lines: Sequence[Line]) -> Row:
    claims = tuple(claim for line in lines for claim in line.claims)
    return Row(lead=lead, text=" ".join(line.text for line in lines), cites=brief.numbers(claims))


def _differ(brief: Brief) -> Iterator[Row]:
    yield from _rows(brief, brief.disagreements)
    if not brief.disagreements:
        yield Row(text="No claims of this week's incidents contradict each other on the desk.")
    if brief.blame:
        yield Row(lead="Who blames whom, over the whole desk", text=" ".join(line.text for line in brief.blame))


def _rows(brief: Brief, lines: Sequence[Line | Sentence]) -> tuple[Row, ...]:
    return tuple(Row(text=line.text, cites=brief.numbers(line.claims)) for line in lines)
