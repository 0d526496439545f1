"""The records that cross folders: frozen, typed, ids instead of references.

Offsets are characters (not bytes), 0-based, end-exclusive, into ``Report.text``. Time less fine than a day is a ``Period``.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from typing import dataclass_transform

import msgspec


# Type checkers do not see that msgspec hands `frozen` down to children; this says it once for all of them.
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Noun(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Base of every record: immutable (so none holds itself, and none is watched for it), comparable by value, cheap to encode."""


class Report(Noun):
    """One text of one outlet, with its story set apart from everything around it."""

    id: str
    """First 16 hex digits of the SHA-256 of text, outlet and published date: the same report has the same id."""
    text: str
    """The story alone, NFC-normalised, paragraphs parted by one blank line, the title not included."""
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    """Who published this copy."""
    original_outlet: str | None = None
    """Who published it first, where this is a republished piece."""
    published: dt.date | None = None
    """The date of this copy; None when the page gives none (never guessed)."""
    original_published: dt.date | None = None
    language: str = "und"
    """ISO 639-1 code, ``und`` when undetermined."""
    url: str | None = None
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    """URLs of videos, pictures and audio that belong to the story."""
    licence: str | None = None
    """Copyright, licence or fair-use note, verbatim."""
    boilerplate: tuple[str, ...] = ()
    """Blocks set apart from the story, verbatim, in page order."""
    source: str | None = None
    """The path, URL, ``-`` or ``records#5`` that it was read from."""
    notes: tuple[str, ...] = ()
    """What a reader of the record must know: "no date on the page", "charset guessed"."""

    @property
    def written(self) -> dt.date | None:
        """The date that relative words of the text ("on Tuesday") count from."""
        return self.original_published or self.published


class Failure(Noun):
    """One input that could not be read or coded, and why."""

    source: str
    stage: str
    """``read``, ``code``, ``store`` or ``merge``."""
    reason: str


# ---------------------------------------------------------------- passages (a parsed sentence)


class Word(Noun):
    """One word of a passage with its place in the dependency tree."""

    text: str
    start: int
    end: int
    upos: str
    head: int
    """Index of its head in ``Passage.words``; -1 at the root."""
    deprel: str


class Name(Noun):
    """A named entity: words ``first`` to ``last``, both included."""

    kind: str
    """``PER``, ``LOC`` (a geographic or geopolitical name), ``ORG``, ``NORP`` (demonyms and the like) or ``TIME``."""
    first: int
    last: int


class Role(Noun):
    """An arc from an event's trigger to the head word of one who takes part in it, or of its place, time or source."""

    kind: str
    """``actor``, ``recipient``, ``place``, ``time`` or ``says``."""
    word: int
    score: float


class Mention(Noun):
    """What the language model sees as one event in one passage."""

    word: int
    """The head word of its trigger."""
    type: str
    type_score: float
    """How sure the model is of event and type: the geometric mean of that it is one at all, and one of the type."""
    mode: str | None
    mode_score: float
    status: str
    status_score: float
    roles: tuple[Role, ...] = ()
    unlikely: tuple[Role, ...] = ()
    """Who else may be on a side, though it is unlikely: the likeliest first."""
    vector: tuple[float, ...] = ()
    """The model's picture of the event, by whose likeness two mentions of one event are found."""


class Passage(Noun):
    """A sentence of a report with its parse, names and event mentions."""

    index: int
    start: int
    end: int
    words: tuple[Word, ...] = ()
    names: tuple[Name, ...] = ()
    mentions: tuple[Mention, ...] = ()


# ---------------------------------------------------------------- claims


class Status(enum.StrEnum):
    """What a claim says of its event's reality."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    EXPECTED = "expected"
    POSSIBLE = "possible"
    DENIED = "denied"


REAL = (Status.HAPPENED, Status.ONGOING)
FORESEEN = (Status.EXPECTED, Status.POSSIBLE)
"""Statuses of what is told as done or going on, and of what is yet to come, if it does."""


class Span(Noun):
    """A stretch of ``Report.text``."""

    start: int
    end: int


class Evidence(Noun):
    """Why one field of a claim has its value."""

    field: str
    """The claim's field, with an index for lists: ``type``, ``actors[0].country``, ``place`` ..."""
    because: str
    """``model 0.93``, ``actors.csv:ru-vks``, ``rule weekday``, ``correction by A. Analyst`` ..."""
    start: int | None = None
    end: int | None = None
    """The words it came from; None where the value rests on no words of its own."""


class Entity(Noun):
    """One who acts or is acted upon, as the codebook has it."""

    text: str
    """Verbatim from the report: its most informative mention."""
    name: str
    country: str | None = None
    """ISO 3166 alpha-3 of its own country, or UNO, EUR, IGO, NGO, IMG; None when unknown."""
    sector: str | None = None
    """PLOVER sector: COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC."""
    actor: str | None = None
    """Row id in ``actors.csv``; None where no row was found."""


class Place(Noun):
    """Where an event happened, no finer than the words allow."""

    text: str
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    """``site``, ``town``, ``district``, ``region`` or ``country``; None for a name that was not resolved."""
    gazetteer: str | None = None
    """Row id in the gazetteer; None for a name that was not resolved."""

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees; None where nobody knows where it lies."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def is_fine(self) -> bool:
        """Whether its point is more than the middle of something large."""
        return self.precision in ("site", "town", "district")


class Period(Noun):
    """When: both days included; a single day has start = end."""

    start: dt.date
    end: dt.date
    precision: str
    """``day``, ``week``, ``month``, ``year`` or ``span``: how fine the words are."""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def touches(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        return self.start <= other.end and other.start <= self.end


MOST_PEOPLE = 1_000_000_000
"""The largest number that a toll may tell of: every store and every export holds it."""


class Count(Noun):
    """People killed or injured; ``low`` = ``high`` for a plain figure."""

    low: int
    high: int


class Claim(Noun):
    """What one voice in one report says of one event."""

    id: str
    """Report id, a dot, and the first 8 hex digits of the SHA-256 of type and trigger offsets."""
    report: str
    type: str
    mode: str | None
    status: Status
    trigger: Span
    mentions: tuple[Span, ...]
    """The sentences that tell of the event, in text order."""
    actors: tuple[Entity, ...] = ()
    recipients: tuple[Entity, ...] = ()
    place: Place | None = None
    time: Period | None = None
    attributed_to: str | None = None
    """None where the outlet itself asserts it."""
    killed: Count | None = None
    injured: Count | None = None
    evidence: tuple[Evidence, ...] = ()


class Record(Noun):
    """What ``trucewatch.read`` gives: a report and the claims coded from it."""

    report: Report
    claims: tuple[Claim, ...]


class Story(Noun):
    """Reports that are one text: a piece and its copies, however titled. They count as one source."""

    id: str
    """Id of the member that came in first."""
    reports: tuple[str, ...]
    """The earliest first."""
    outlet: str | None = None
    """Who published it first, as far as its copies say."""


class Ruling(enum.StrEnum):
    """What a judgement says: of two claims, of one claim, of an earlier judgement, or of a truce's breach."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    UNDO = "undo"
    OVERRULE = "overrule"


class Judgement(Noun):
    """A person's ruling. It is never changed; an ``undo`` of it ends its force."""

    id: str
    """First 12 hex digits of the SHA-256 of everything below."""
    ruling: Ruling
    by: str
    at: dt.datetime
    reason: str
    claims: tuple[str, ...] = ()
    """Two for same, different and unsure, one for accept, correct, reject and overrule, none for undo."""
    field: str | None = None
    """The claim's field that is corrected; the truce and clause (``TRUCE/CLAUSE``) whose verdict is overruled."""
    value: str | None = None
    """Its right value, as JSON."""
    undoes: str | None = None
    """Id of the judgement whose force ends."""


class Account(Noun):
    """A claim with what merging must know of its report."""

    claim: Claim
    order: int
    """In which order it came to the desk."""
    published: dt.date | None = None
    outlet: str | None = None
    story: str | None = None
    """Id of its report's story; accounts of one story are one source."""
    trigger: str = ""
    sentence: str = ""
    """The words of its trigger, and the sentence of its first mention."""


class Figure(Noun):
    """How many one claimant says were killed or injured."""

    field: str
    """``killed`` or ``injured``."""
    claim: str
    claimant: str | None
    """Who says so: the claim's source, else the outlet."""
    count: Count
    published: dt.date | None = None


class Toll(Noun):
    """People killed or injured in an incident, over all who give a figure."""

    low: int
    best: int
    high: int


class Disagreement(Noun):
    """A field in which the claims of an incident differ: each value with the claims that have it."""

    field: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]


class Incident(Noun):
    """What is held to have happened: claims of one event, merged."""

    id: str
    """``i`` and the first 10 hex digits of the SHA-256 of the id of its claim that came in first."""
    claims: tuple[str, ...]
    """In the order in which they came in."""
    type: str
    mode: str | None
    status: Status
    actors: tuple[Entity, ...] = ()
    recipients: tuple[Entity, ...] = ()
    place: Place | None = None
    time: Period | None = None
    sources: int = 1
    """Independent ones: stories, not reports, and those of one outlet once."""
    named_by: int | None = None
    """How many of them name who acts: the one given here, or one of the same camp. None where nobody counted."""
    outlets: tuple[str, ...] = ()
    killed: Toll | None = None
    injured: Toll | None = None
    figures: tuple[Figure, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


def reports_of(claims: Iterable[str]) -> set[str]:
    """The ids of the reports that claims of these ids stand in."""
    return {claim.partition(".")[0] for claim in claims}


class Entry(Noun):
    """One row of somebody else's dataset, such as UCDP GED or ACLED; it is never merged with the desk's incidents."""

    id: str
    """The dataset's own."""
    type: str
    """In the dataset's words: UCDP's type of violence (``1``, ``2``, ``3``), ACLED's event type."""
    place: Place
    time: Period
    subtype: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    """The province and the district, as the dataset calls them."""
    deaths: Toll | None = None
    """Three times the same where the dataset has one figure."""
    reports: int | None = None
    """How many reports or sources the dataset names; None where it does not say."""
    content: dict[str, str] = {}
    """The row as it stands in the file, empty cells left out."""
