"""The whole story, top to bottom: inputs are read, their reports coded, and what came of each is kept.

An input that fails, in whatever way, becomes a Failure, and the next one goes on.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec

from trucewatch import derive, reports, versions, workers
from trucewatch.checked import Checked
from trucewatch.errors import TrucewatchError, UnreadableError, WrongCallError
from trucewatch.nouns import MOST_PEOPLE, Claim, Failure, Noun, Record, Report
from trucewatch.reports import Source
from trucewatch.workers import Lost

if TYPE_CHECKING:
    from trucewatch.desk import Desk, Writer

MANY = 16
"""From this many inputs on, two processes code where the call does not say how many."""
LAG = 1.0
"""Seconds by which stories and incidents may lag behind what is stored: many reports are merged at once then."""
SHARE = 3
"""They may also lag by SHARE times what the last merging took: a crowded day is merged as a whole for each of its reports."""
RECORDS = "records"
"""What holds the records at hand, in the names of their sources: ``records#5``."""
_STOPS = frozenset("。！？។။")
LONGEST = 300_000
"""Characters of a story that is coded, about 2,500 sentences: some ten seconds and 500 MB."""

Input = str | Path | Source | Mapping[str, Any]
"""A file, a folder, an address or ``-``; a source at hand; or a record at hand, by its columns as of a file of records."""
_INPUT = (str, Path, Source, Mapping)
_Made = TypeVar("_Made")


class Options(Checked):
    """How to read. Raises WrongCallError for an invalid value, such as a date that is no day."""

    date: dt.date | None = None
    """The date of the reports, whatever they say of it."""
    outlet: str | None = None
    """Their outlet, whatever they say of it."""
    again: bool = False
    """Whether to code reports again that are on the desk."""
    jobs: Annotated[int, msgspec.Meta(ge=1)] | None = 1
    """Processes that code; None leaves it to the number of inputs. With more than one, a script of your own must stand under
    ``if __name__ == "__main__"``, for they import it."""
    cluster: str | None = None
    """The address of a Dask scheduler whose workers code; ``jobs`` does not count then."""
    columns: tuple[tuple[str, str], ...] = ()
    """Of records: a column and the field of a report that it fills, besides the known ones."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.columns:
            from trucewatch.reports.columns import filled

            msgspec.structs.force_setattr(self, "columns", filled(self.columns))


_AS_THEY_ARE = Options()


class Outcome(Noun):
    """What came of an input: a record for each report in it, or a failure."""

    source: str
    report: Report | None = None
    """A report that is yet to be coded."""
    record: Record | None = None
    failure: Failure | None = None
    new: bool = False
    """Whether the record was made now; false where the desk had it."""


def keep(
    inputs: Input | Iterable[Input], desk: Desk, options: Options = _AS_THEY_ARE
) -> Generator[Outcome, None, None]:
    """Read, code, store and merge; an outcome for each report, in the order of the inputs.

    What was yielded is stored, whole, wherever the caller stops, and merged into stories and incidents within a second (or
    three times the time that merging takes), or else by the next run. Raises DeskError where the desk cannot be written,
    ClusterError or MissingExtraError where a cluster cannot code, WrongCallError for what is no input, and nothing else.
    """

    def known(report: Report) -> Record | None:
        return None if options.again or desk.coding(report.id) is None else desk.record(report.id)

    with desk.writer(versions.of_claims()) as writer:
        due = 0.0
        for outcome in coded(inputs, options, known):
            kept = _stored(outcome, writer, options)
            if (began := time.monotonic()) >= due:
                yield from _merged(desk, writer)
                ended = time.monotonic()
                due = ended + max(LAG, SHARE * (ended - began))
            yield kept
        yield from _merged(desk, writer)


def coded(
    inputs: Input | Iterable[Input], options: Options, known: Callable[[Report], Record | None] = lambda _: None
) -> Generator[Outcome, None, None]:
    """Read and code, storing nothing; a report that is ``known`` gives that record and is not coded."""
    sources = _sources(inputs, options)
    first = [] if options.jobs else list(itertools.islice(sources, MANY))  # a slow list of sources is not waited for
    steps = _readings(itertools.chain(first, sources), options, known)
    jobs = options.jobs or (min(2, os.cpu_count() or 1) if len(first) == MANY else 1)
    pairs = ((step, step if step.report is None else None) for step in steps)
    for step, outcome in workers.results(pairs, finish, jobs, options.cluster):
        if isinstance(outcome, Lost):
            failure = Failure(source=step.source, stage="code", reason=str(outcome))
            outcome = Outcome(source=step.source, failure=failure)
        yield outcome


def finish(step: Outcome) -> Outcome:
    """The outcome with its report coded, where it has one."""
    if step.report is None:
        return step
    claims = _attempt("code", step.source, code, step.report)
    if isinstance(claims, Failure):
        return Outcome(source=step.source, failure=claims)
    return Outcome(source=step.source, record=Record(report=step.report, claims=claims), new=True)


def code(report: Report) -> tuple[Claim, ...]:
    """The claims of a report. Raises UnreadableError for a text that is a book and no report."""
    from trucewatch import codebook
    from trucewatch.claims import coder, truecasing
    from trucewatch.language import Engine

    if len(report.text) > LONGEST:
        raise UnreadableError(f"a story of {len(report.text):,} characters is no report (at most {LONGEST:,})")
    told = truecasing.read(report, Engine.load(), codebook.load())
    claims = coder.code(told, Engine.load().parse(told.text), codebook.load())
    return tuple(map(_countable, claims))


def _countable(claim: Claim) -> Claim:
    """The claim without a toll beyond all people ("3,000,000,000 killed"), which no database holds."""
    tolls = {"killed": claim.killed, "injured": claim.injured}
    beyond = [field for field, count in tolls.items() if count and count.high > MOST_PEOPLE]
    kept = tuple(why for why in claim.evidence if why.field not in beyond)
    return msgspec.structs.replace(claim, **dict.fromkeys(beyond), evidence=kept) if beyond else claim


def read(source: str | Path, *, date: dt.date | str | None = None, outlet: str | None = None) -> Record:
    """The record of one report: a text (or page source) at hand, a file, or a URL. Nothing is stored.

    ``date`` (also as ``"2021-09-30"``) and ``outlet`` go before what the report says of itself. A text of several words, or
    in a script without blanks, is taken for a path only where there is such a file. Raises UnreadableError or FetchError, and
    WrongCallError for an invalid date, or what is no text and no path.
    """
    day = _day(date)
    if not isinstance(source, str | Path):
        raise WrongCallError(f"a report is a text, a path or a URL, and no {type(source).__name__}")
    if not isinstance(outlet, str | None) or (outlet is not None and not outlet.strip()):
        raise WrongCallError(f"{outlet!r} is no outlet; write its name")
    if isinstance(source, str) and not source.strip():  # as a path it would be the current folder
        raise UnreadableError("empty: there is no text in it")
    if isinstance(source, str) and _is_text(source):
        report = reports.from_text(source, date=day, outlet=outlet)
    else:
        options = reports.ReadOptions(date=day, outlet=outlet)
        found = [report for one in reports.sources([source]) for report in reports.read_source(one, options)]
        if len(found) != 1:
            raise UnreadableError(f"{source}: holds {len(found)} reports; read it into a desk")
        report = found[0]
    return Record(report=report, claims=code(report))


def _is_text(words: str) -> bool:
    """Whether words are a text, and no path or URL: some scripts have no blanks, and no file has so long a name."""
    unbroken = "://" not in words and (not _STOPS.isdisjoint(words) or max(map(len, words.split("/"))) > 255)
    return (len(words.split()) > 1 or unbroken) and not os.path.isfile(words)


def _day(date: dt.date | str | None) -> dt.date | None:
    if date is None:
        return None
    try:
        return dt.date.fromisoformat(date) if isinstance(date, str) else dt.date(date.year, date.month, date.day)
    except (ValueError, AttributeError, TypeError) as error:
        raise WrongCallError(f"{date!r} is no date; write 2021-09-30") from error


def _sources(inputs: Input | Iterable[Input], options: Options) -> Iterator[Source | Failure]:
    how = reports.ReadOptions(columns=options.columns)
    several = inputs if isinstance(inputs, Iterable) and not isinstance(inputs, _INPUT) else [inputs]
    for number, one in enumerate(several, start=1):
        if not isinstance(one, _INPUT):
            raise WrongCallError(f"an input is a path, a URL or a record of columns, and no {type(one).__name__}")
        if isinstance(one, str) and not one.strip():  # as a path it would be the current folder
            raise WrongCallError("an input is empty; write a path or a URL")
        name = f"{RECORDS}#{number}" if isinstance(one, Mapping) else str(one)
        found = _behind(one, number, how)
        while (source := _attempt("read", name, next, found, None)) is not None:
            yield source


def _behind(one: Input, number: int, how: reports.ReadOptions) -> Iterator[Source]:
    if isinstance(one, Source):
        yield one
    elif isinstance(one, Mapping):
        yield reports.of_record(one, f"{number}", RECORDS, how)
    else:
        yield from reports.sources([one], how)


def _readings(
    sources: Iterable[Source | Failure], options: Options, known: Callable[[Report], Record | None]
) -> Iterator[Outcome]:
    """An outcome for each report, yet to be coded or known, and for each input that gives none."""
    how = reports.ReadOptions(date=options.date, outlet=options.outlet)
    for source in sources:
        name = source.source if isinstance(source, Failure) else source.name
        found = source if isinstance(source, Failure) else _attempt("read", name, reports.read_source, source, how)
        if isinstance(found, Failure):
            yield Outcome(source=name, failure=found)
            continue
        for report in found:
            record = known(report)
            yield Outcome(source=name, report=report if record is None else None, record=record)


def _stored(outcome: Outcome, writer: Writer, options: Options) -> Outcome:
    """The outcome, once it is on the desk."""
    if outcome.new and (record := outcome.record):
        new = _attempt("store", outcome.source, writer.store, record.report, record.claims, options.again)
        made = {"failure": new} if isinstance(new, Failure) else {"record": record, "new": new}
        outcome = Outcome(source=outcome.source, **made)
    if outcome.failure is not None:
        writer.fail(outcome.failure)
    else:
        writer.recover(outcome.source)
    return outcome


def _merged(desk: Desk, writer: Writer) -> Iterator[Outcome]:
    """Takes new facts into stories and incidents; an outcome only where that fails as it had not failed before."""
    added = _attempt("merge", desk.where, derive.catch_up, desk)
    if isinstance(added, Failure) and writer.fail(added):
        yield Outcome(source=desk.where, failure=added)


def _attempt(stage: str, source: str, work: Callable[..., _Made], *given: Any) -> _Made | Failure:
    """What ``work`` makes of what it is given, or why it failed."""
    try:
        return work(*given)
    except TrucewatchError as error:
        return Failure(source=source, stage=stage, reason=str(error).removeprefix(f"{source}: "))
    except Exception as error:  # the one broad except: a fault of ours in one input must not end the run
        logging.getLogger("trucewatch").debug("%s: %s failed", source, stage, exc_info=True)
        line = next(iter(str(error).splitlines()), "")
        return Failure(source=source, stage=stage, reason=f"{type(error).__name__}: {line}".rstrip(": "))
