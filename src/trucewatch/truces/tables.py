"""The tables of truces: TOML files read into records, with every fault as ``file:line: what is wrong; the mend``."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from trucewatch import codebook
from trucewatch.codebook import Codebook, toml
from trucewatch.codebook.dates import period
from trucewatch.codebook.toml import Fault, Lines
from trucewatch.errors import TableError
from trucewatch.truces import checks, draft
from trucewatch.truces.days import Stretch
from trucewatch.truces.terms import ACTS, EVERY, Capacity, Class, Form, Kind, Other, Parties, Truce

HERE = Path(codebook.__file__).parent / "truces"
PAGE = "the page of truces"

MOMENTS = frozenset({"signed", "effective", "end", "since", "until", "deadline", "on", "runs_until"})
PLURALS = {
    "zone": "zones",
    "party": "declarations",
    "clause": "clauses",
    "carve_out": "carve_outs",
    "monitor": "monitors",
    "announcement": "announcements",
}
"""Tables of the file, and the fields that they fill. ``area`` names the truce's own zone."""
WORDS: Mapping[str, Iterable[str]] = {
    "class": Class,
    "form": Form,
    "parties": Parties,
    "capacity": Capacity,
    "kind": Kind,
    "act": ACTS,
    "every": EVERY,
}
MADE = ("where", "beside", "others")
"""Fields that no file says of itself."""
_MENDS = {key: f"write one of {', '.join(words)}" for key, words in WORDS.items()}
"""Of keys that take one of a few words."""
_SINGULARS = {plural: name for name, plural in PLURALS.items()} | {"zone": "area"}
_CLOCK = re.compile(r"\d{2}:\d{2}")


class Source(NamedTuple):
    """One file as it was read: the truce, and where its values stand."""

    truce: Truce
    lines: Lines
    label: str


def load(extra: str | Path | None = None) -> Mapping[str, Truce]:
    """The package's truces by id, and those of the folder ``extra``, which add or replace by id.

    Drafts of that folder are left out (see ``drafts``). Raises TableError for the first fault.
    """
    found = dict(_own())
    if extra is not None:
        folder = Path(extra)
        if not folder.is_dir():
            raise TableError(f"{folder}:1: no such folder of truces; give one that holds .toml files")
        unfinished = drafts(folder)
        done = [path for path in sorted(folder.glob("*.toml")) if path not in unfinished]
        found |= _checked(done, f"{folder}/", frozenset(found))
    return {name: _with_those_beside(one, found.values()) for name, one in found.items()}


def _with_those_beside(truce: Truce, every: Iterable[Truce]) -> Truce:
    """A truce, with the days of those beside it of which may be said what might be taken to be said of this one."""
    found, others = [], []
    for one in every:
        if one.start is None or one.id == truce.id or set(one.countries).isdisjoint(truce.countries):
            continue
        first, last = one.start.first, one.end.last if one.end else None
        if one.whole and truce.whole and bool(one.whole.countries) is not bool(truce.whole.countries):
            others.append(Other(first=first, last=last, zone=one.whole))
        if one.runs_until and truce.runs_until is None:
            found.append(Stretch(first=first, last=last))
        elif truce.end and (last is None or truce.end.last < last):
            found.append(Stretch(first=max(first, truce.end.last + dt.timedelta(days=1)), last=last))
    return msgspec.structs.replace(truce, beside=tuple(found), others=tuple(others))


def drafts(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that leave a question to be answered: they are no truces yet."""
    return tuple(path for path in sorted(folder.glob("*.toml")) if any(_unanswered(toml.parse(path, str(path))[0])))


def faults(path: Path, book: Codebook | None = None) -> tuple[TableError, ...]:
    """Every fault of one file; empty where all holds. What it builds on may be a truce of the package or beside it."""
    try:
        raw, at = toml.parse(path, str(path))
        if unanswered := tuple(at.error(str(path), fault, _SINGULARS) for fault in _unanswered(raw)):
            return unanswered
        source = read(path, str(path))
    except TableError as error:
        return (error,)
    beside = {other.stem for folder in (HERE, path.parent) for other in folder.glob("*.toml")}
    return tuple(_found(source, book or codebook.load(), frozenset(beside)))


def read(path: Path, label: str | None = None) -> Source:
    """One file, read and not yet checked. Raises TableError for what is no truce."""
    label = label or path.name
    raw, at = toml.parse(path, label)
    try:
        for fault in _unanswered(raw):
            raise fault
        truce = msgspec.convert(_shaped(raw) | {"where": path.name}, Truce)
    except Fault as fault:
        raise at.error(label, fault, _SINGULARS) from fault
    except msgspec.ValidationError as error:
        raise at.error(label, toml.unfit(str(error), PAGE, _SINGULARS, _MENDS), _SINGULARS) from error
    return Source(truce, at, label)


def _unanswered(value: object, path: toml.Path = ()) -> Iterator[Fault]:
    """The question marks that a draft leaves to be answered."""
    if value == draft.UNANSWERED:
        mend = _MENDS.get(str(path[-1]), "write what the text says, or take the line out")
        yield Fault(path, f"{path[-1]} is not answered yet", mend)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _unanswered(inner, (*path, str(key if path else PLURALS.get(key, key))))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _unanswered(inner, (*path, number) if isinstance(inner, dict) else path)


@functools.cache
def _own() -> Mapping[str, Truce]:
    return _checked(sorted(HERE.glob("*.toml")), "", frozenset())


def _checked(paths: Iterable[Path], prefix: str, known: frozenset[str]) -> dict[str, Truce]:
    sources = [read(path, f"{prefix}{path.name}") for path in paths]
    every = known | {source.truce.id for source in sources}
    for source in sources:
        for error in _found(source, codebook.load(), every):
            raise error
    return {source.truce.id: source.truce for source in sources}


def _found(source: Source, book: Codebook, truces: frozenset[str]) -> Iterator[TableError]:
    truce, label = source.truce, source.label
    found = [*checks.faults(truce, book, truces)]
    if label.endswith(".toml") and Path(label).stem != truce.id:
        found.insert(0, Fault(("id",), *checks.misnamed(truce.id, Path(label).stem)))
    for fault in found:
        yield source.lines.error(label, fault, _SINGULARS)


def _shaped(raw: dict[str, Any]) -> dict[str, Any]:
    """The file's tables under the names of the fields, its dates as moments."""
    out: dict[str, Any] = {}
    for key, value in raw.items():
        if key in PLURALS:
            tables = value if isinstance(value, list) else [value]
            out[PLURALS[key]] = [
                _dated(table, (PLURALS[key], number)) if isinstance(table, dict) else table
                for number, table in enumerate(tables)
            ]
        elif key in PLURALS.values() or key in MADE:
            raise Fault((key,), f"no key is called {key!r}", "see the page of truces for those there are")
        else:
            out["zone" if key == "area" else key] = value
    return _dated(out, ())


def _dated(table: dict[str, Any], path: toml.Path) -> dict[str, Any]:
    known = msgspec.structs.fields(Truce) if not path else ()
    names = {field.encode_name for field in known}
    for key in table:
        if names and key not in names:
            raise Fault((key,), f"no key is called {key!r}", "see the page of truces for those there are")
    return {key: _moment(value, (*path, key)) if key in MOMENTS else value for key, value in table.items()}


def _moment(value: object, path: toml.Path) -> dict[str, Any]:
    """``2020``, ``2020-03``, ``2020-03-05`` or ``2020-03-05T00:01``, quoted or as TOML's own dates."""
    said = value.isoformat()[:16] if isinstance(value, dt.date) else str(value)
    date, at, clock = said.partition("T")
    try:
        days = period(date)
        timed = days.precision == "day" and _CLOCK.fullmatch(clock) is not None
        if not date.startswith(("1", "2")) or (at and not timed):
            raise ValueError(said)
        return {"first": days.start, "last": days.end, "clock": dt.time.fromisoformat(clock) if at else None}
    except ValueError as error:
        mend = "write 2020-03-05T00:01, 2020-03-05, 2020-03 or 2020"
        raise Fault(path, f"{said!r} is no date", mend) from error
