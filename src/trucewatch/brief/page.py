"""The records of a brief: everything that stands on its page, as words and numbers, before it has a form."""

from __future__ import annotations

import datetime as dt
import re

from trucewatch.english import Reasoned, Said, joined, rendered, said
from trucewatch.errors import BriefError, WrongCallError
from trucewatch.nouns import Noun
from trucewatch.truces.days import Days
from trucewatch.truces.terms import LonLat

MAKER = "Trucewatch brief"
"""Stands in every form of a brief, unseen, so that only a brief is written over by another."""
_WEEK = re.compile(r"(\d{4})-?W(\d{2})")


class Week(Noun):
    """A week from Monday to Sunday, by its ISO 8601 name."""

    name: str
    """``2021-W39``."""
    days: Days


def week(name: str) -> Week:
    """The week of a name such as ``2021-W39``; raises WrongCallError."""
    said = _WEEK.fullmatch(name.strip().upper())
    try:
        if said:
            first = dt.date.fromisocalendar(int(said[1]), int(said[2]), 1)
            return Week(name=f"{said[1]}-W{said[2]}", days=Days(first=first, last=first + dt.timedelta(days=6)))
    except (ValueError, OverflowError):
        pass
    raise WrongCallError(f"{name!r} is no week; write 2021-W39")


def is_brief(content: bytes) -> bool:
    """Whether a file's content is a brief in any form, or a picture of one."""
    return MAKER.encode() in content


class Sentence(Reasoned):
    """A sentence on what happened. It cites the claims that it rests on: one without any is refused."""

    text: str
    claims: tuple[str, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.claims:
            raise BriefError(f"a sentence of a brief that cites no claim: {self.text!r}")


class Line(Reasoned):
    """What is counted, agreed or left out: it rests on tables and on the whole desk, and cites claims where it can."""

    text: str
    claims: tuple[str, ...] = ()


class Told(Reasoned):
    """An incident of the week, as its sentence and as what it is to the truce."""

    number: int
    """By which the map and the disagreements name it."""
    incident: str
    sentence: Sentence
    verdict: str | None
    """None where no clause speaks of such conduct."""
    clauses: tuple[str, ...] = ()
    reason: str = ""
    """A sentence."""
    counts: bool = False
    """Whether it counts as a breach."""


class Mark(Noun):
    """A point on the map with the incidents at it."""

    at: LonLat
    name: str
    numbers: tuple[int, ...]
    counts: bool


class Outline(Noun):
    """A piece of land, or a road, on the map."""

    name: str
    points: tuple[LonLat, ...]
    is_area: bool
    main: bool
    """Whether it is the truce's own area."""
    is_land: bool = False
    """Whether it is a country, of a truce whose area is told by countries alone."""


class Chart(Noun):
    """Events or deaths, day by day; never both."""

    counted: str
    first: dt.date
    counts: tuple[float, ...]
    watched: tuple[bool, ...]
    statuses: tuple[str, ...]
    """The observed status of each day."""
    before: float | None
    """A watched day of the 56 before the truce; None where too few were watched."""


class Observed(Noun):
    """The observed channel at the end of the week, for events or for deaths."""

    counted: str
    status: str
    lines: tuple[Line, ...]
    beyond: bool = False
    """Whether the truce was over by then, so that it is told as if it held on."""

    @property
    def title(self) -> str:
        """What it is called on the page."""
        return f"Observed, {self.counted}{', as if it held on' if self.beyond else ''}"

    @property
    def channel(self) -> Said:
        """The same, as any language has it."""
        over = [said("as if it held on")] if self.beyond else []
        by = said("by events") if self.counted == "events" else said("by deaths")
        return rendered(self.title, "{words}", words=joined(said("observed"), by, *over))


class Cited(Noun):
    """A claim that the page cites."""

    number: int
    claim: str
    outlet: str | None
    published: dt.date | None


class Brief(Reasoned):
    """One page on a truce and a week."""

    truce: str
    title: str
    week: Week
    declared: str
    """The declared status at the end of the week."""
    declared_lines: tuple[Line, ...]
    observed: tuple[Observed, ...]
    """Events, then deaths."""
    tally: Line
    """How many incidents touch the week, and what they are to the truce."""
    happened: tuple[Told, ...]
    left_out: int
    """Incidents of the week for which the page has no room."""
    disagreements: tuple[Sentence, ...]
    blame: tuple[Line, ...]
    """Who lays how much at whose door, source by source."""
    performances: tuple[Line, ...]
    monitors: tuple[Line, ...]
    """What each has told, by its own rule."""
    charts: tuple[Chart, ...]
    outlines: tuple[Outline, ...]
    marks: tuple[Mark, ...]
    method: tuple[Line, ...]
    basis: tuple[Line, ...]
    """The data cut-off, and the versions of all that it was made with."""
    cited: tuple[Cited, ...]

    def numbers(self, claims: tuple[str, ...]) -> tuple[int, ...]:
        """The numbers under which claims stand in the list of those cited."""
        known = {one.claim: one.number for one in self.cited}
        return tuple(dict.fromkeys(known[claim] for claim in claims))
