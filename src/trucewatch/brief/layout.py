"""The sections of a brief in their order, as every form has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from trucewatch import english
from trucewatch.brief import wording
from trucewatch.brief.chart import chart
from trucewatch.brief.page import Brief, Cited, Line, Sentence, Told
from trucewatch.brief.sketch import sketch
from trucewatch.brief.spoken import head, say
from trucewatch.english import Said, instead, joined, listed, rendered, said
from trucewatch.nouns import Noun, Period

if TYPE_CHECKING:
    from trucewatch.translation import Language


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


def summary(brief: Brief, language: Language | None = None) -> tuple[tuple[str, str, str], ...]:
    """The two channels in a word each, with the English of it: what stands at the head of the page."""
    declared = rendered("Declared", "declared"), brief.worded("declared")
    channels = (declared, *((one.channel, said(one.status)) for one in brief.observed))
    return tuple((head(name, language), say(status, language), str(status)) for name, status in channels)


def under(brief: Brief, language: Language | None = None) -> str:
    """What stands under the title."""
    days = brief.week.days
    its = Period(start=days.first, end=days.last, precision="span")
    text = f"{brief.week.name}, {english.day(days.first)} to {english.day(days.last)}"
    return say(rendered(text, "{week}, {days}", week=brief.week.name, days=its), language)


def blocks(brief: Brief, language: Language | None = None) -> tuple[Block, ...]:
    """What has anything to say; an empty week says so."""

    def section(heading: str, rows: Iterable[_Words]) -> Section:
        return Section(heading=head(heading, language), rows=tuple(_row(one, language) for one in rows))

    happened = section(said("What happened"), _happened(brief))
    status = section(rendered("Status", "How it stands"), _status(brief))
    differ = section(rendered("Disagreements", "claims differ"), _differ(brief))
    due = section(said("To be carried out"), _lines(brief, brief.performances))
    watching = section(
        rendered("Monitors, each by its own rule", "Monitors side by side"), _lines(brief, brief.monitors)
    )
    method = section(said("Method"), _lines(brief, (*brief.method, *brief.basis)))
    every = (
        Block(sections=(happened,), shows="Map", picture=sketch(brief, language)),
        Block(sections=(status, differ), shows="Series", picture=chart(brief, language)),
        Block(sections=tuple(section for section in (watching, due) if section.rows)),
        Block(sections=(method,), is_small=True),
    )
    return tuple(block for block in every if any(section.rows for section in block.sections))


def cited(language: Language | None = None) -> str:
    """What stands over the claims."""
    return say(rendered("Claims cited", "Claims"), language)


def source(one: Cited, language: Language | None = None) -> str:
    """``55c0456e34be0459.eb89af6f, Orontes Courier, 21 Oct 2021``."""
    when = english.day(one.published) if one.published else "no date"
    outlet = wording.plain(one.outlet) if one.outlet else "no outlet"
    words = rendered(
        f"{one.claim}, {outlet}, {when}",
        "{words}",
        words=joined(
            said("{claim}", claim=one.claim),
            said("{outlet}", outlet=outlet) if one.outlet else said("outlet unknown"),
            said("{day}", day=one.published) if one.published else said("day unknown"),
        ),
    )
    return say(words, language)


class _Words(NamedTuple):
    """A row before it is in any language."""

    lines: tuple[str, ...]
    lead: str = ""
    cites: tuple[int, ...] = ()
    small: str = ""


def _row(one: _Words, language: Language | None) -> Row:
    text = " ".join(head(line, language) for line in one.lines)
    return Row(text=text, lead=head(one.lead, language), cites=one.cites, small=say(one.small, language))


def _happened(brief: Brief) -> Iterator[_Words]:
    if brief.happened:
        yield _Words((brief.tally.worded("text"),))
    for told in brief.happened:
        yield _Words(
            lines=(told.sentence.worded("text"),),
            lead=rendered(
                f"{told.number}. {_verdict(told)}", "{number}. {verdict}", number=told.number, verdict=_verdict(told)
            ),
            cites=brief.numbers(told.sentence.claims),
            small=told.worded("reason"),
        )
    if not brief.happened:
        empty = said(
            "The desk holds no incident of this week that the truce has to do with. Where nobody looked, that is not quiet."
        )
        yield _Words((empty,))
    if brief.left_out:
        text = f"{english.some(brief.left_out, 'incident')} more: trucewatch ledger {brief.truce}."
        yield _Words((instead(text, said("and {n} more", n=brief.left_out)),))


def _verdict(told: Told) -> Said:
    if told.verdict is None:
        return rendered("Beside the clauses", "beside the clauses")
    many = "s" if len(told.clauses) > 1 else ""
    clause = f", clause{many} {listed(told.clauses)}" if told.clauses else ""
    under = [said("clause {id}", id=told.clauses)] if told.clauses else []
    return rendered(f"{told.verdict.capitalize()}{clause}", "{words}", words=joined(said(told.verdict), *under))


def _status(brief: Brief) -> Iterator[_Words]:
    yield _joined(rendered("Declared", "declared"), brief, brief.declared_lines)
    for channel in brief.observed:
        lead = f"{channel.title}: {channel.status}"
        status = rendered(lead, "{channel}: {status}", channel=channel.channel, status=said(channel.status))
        yield _joined(status, brief, channel.lines)


def _joined(lead: str, brief: Brief, lines: Sequence[Line]) -> _Words:
    claims = tuple(claim for line in lines for claim in line.claims)
    return _Words(tuple(line.worded("text") for line in lines), lead, brief.numbers(claims))


def _differ(brief: Brief) -> Iterator[_Words]:
    yield from _lines(brief, brief.disagreements)
    if not brief.disagreements:
        yield _Words((said("No claims of this week's incidents contradict each other on the desk."),))
    if brief.blame:
        lead = rendered("Who blames whom, over the whole desk", "Who blames whom, source by source")
        yield _Words(tuple(line.worded("text") for line in brief.blame), lead)


def _lines(brief: Brief, lines: Sequence[Line | Sentence]) -> Iterator[_Words]:
    return (_Words((line.worded("text"),), cites=brief.numbers(line.claims)) for line in lines)
