"""A dataset's file, plain or gzip: which form its columns have, and its rows one after the other.

A row that cannot be read is given as such, with its line and the reason, and the next one goes on.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from trucewatch.datasets import acled, ged
from trucewatch.datasets.cells import RowError, whole_of
from trucewatch.datasets.countries import Countries
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Entry, Noun

GZIP = b"\x1f\x8b"
LONGEST = 2**24
"""Characters in one cell, at most."""
PROSE = frozenset(
    "notes source tags where_description source_article source_office source_date source_headline source_original".split()
)
"""Columns whose cells may run over several lines."""
SEPARATORS = ",;\t|"


class Unread(Noun):
    """A row that could not be read."""

    line: int
    """The line of the file on which it begins, from 1."""
    reason: str


class Form(NamedTuple):
    """How one dataset's rows are read."""

    id: str
    name: str
    needed: tuple[str, ...]
    read: Callable[[dict[str, str], Countries], Entry]


FORMS = (Form("ged", "UCDP GED", ged.NEEDED, ged.entry), Form("acled", "ACLED", acled.NEEDED, acled.entry))


class Dataset:
    """An open file of a known form; iterating gives its rows, once."""

    def __init__(self, path: Path, raw: BinaryIO) -> None:
        self.path = path
        self.size = path.stat().st_size
        """Bytes of the file as it stands, packed or not."""
        self._raw = raw
        self._text = _unpacked(raw)  # kept, for it closes the file when it goes
        self._rows = _rows(self._text)
        self._columns = _columns(path, self._rows)
        self._form = _form(path, self._columns)
        self.countries = Countries()

    @property
    def form(self) -> str:
        """``ged`` or ``acled``."""
        return self._form.id

    @property
    def name(self) -> str:
        """``UCDP GED, 41 columns``."""
        return f"{self._form.name}, {len(self._columns)} columns"

    @property
    def done(self) -> int:
        """How many bytes of the file have been read."""
        return self._raw.tell()

    def __iter__(self) -> Iterator[Entry | Unread]:
        seen: dict[str, int] = {}
        try:
            for line, cells in self._rows:
                if isinstance(cells, Unread):
                    yield cells
                elif any(cells):
                    yield self._entry(line, cells, seen)
        except (EOFError, OSError, zlib.error) as error:
            raise UnreadableError(f"{self.path}: the file breaks off or is damaged ({error})") from error

    def _entry(self, line: int, cells: Sequence[str], seen: dict[str, int]) -> Entry | Unread:
        if len(cells) != len(self._columns):
            return Unread(line=line, reason=f"{len(cells)} cells, expected {len(self._columns)}{_through(line, cells)}")
        whole = "".join(cells)
        if not _is_text(whole):
            return Unread(line=line, reason="not UTF-8")
        if "\n" in whole and (broken := self._broken(cells)):
            return Unread(line=line, reason=f"{broken} holds a line break{_through(line, cells)}")
        try:
            row = {name: text for name, cell in zip(self._columns, cells, strict=True) if (text := cell.strip())}
            entry = self._form.read(row, self.countries)
        except RowError as error:
            return Unread(line=line, reason=str(error))
        if (first := seen.setdefault(entry.id, line)) != line:
            return Unread(line=line, reason=f"id {entry.id!r} is already used on line {first}")
        return entry

    def _broken(self, cells: Sequence[str]) -> str | None:
        """The column of a line break where none can be: a quotation mark there has swallowed the next row."""
        pairs = zip(self._columns, cells, strict=True)
        return next((name for name, cell in pairs if "\n" in cell and name not in PROSE), None)


def covered(form: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days that a file of a form covers, of whose rows these are the first and the last day."""
    if form != "ged":
        return first, last
    # UCDP publishes whole months.
    return whole_of(first, "month")[0], whole_of(last, "month")[1]


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Dataset]:
    """A dataset's file. Raises UnreadableError for one that cannot be read, or whose form is not known."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror})") from error
    with raw:
        yield Dataset(path, raw)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror})") from error


def _unpacked(raw: BinaryIO) -> io.TextIOBase:
    magic = raw.read(2)
    raw.seek(0)
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if magic == GZIP else raw
    # What is not UTF-8 is kept until its row is read, which then says so.
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _rows(text: io.TextIOBase) -> Iterator[tuple[int, list[str] | Unread]]:
    """Each row with the line on which it begins."""
    csv.field_size_limit(LONGEST)
    head = text.readline()
    separator = max(SEPARATORS, key=head.count)
    yield 1, next(csv.reader([head], delimiter=separator), [])
    reader = csv.reader(text, delimiter=separator)
    while True:
        line = reader.line_num + 2
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Unread(line=line, reason=str(error))


def _through(line: int, cells: Sequence[str]) -> str:
    """Up to which line a row runs where a quotation mark that was never closed has swallowed others."""
    more = sum(cell.count("\n") for cell in cells)
    return f", through line {line + more}" if more else ""


def _is_text(whole: str) -> bool:
    """Whether it is what a desk can keep: no byte that was none of UTF-8, and no NUL."""
    try:
        return "\0" not in whole and (whole.isascii() or bool(whole.encode()))
    except UnicodeEncodeError:
        return False


def _columns(path: Path, rows: Iterator[tuple[int, list[str] | Unread]]) -> list[str]:
    try:
        _, cells = next(rows)
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableError(f"{path}: cannot be read ({error})") from error
    columns = [] if isinstance(cells, Unread) else [cell.strip().lower() for cell in cells]
    if len(set(columns)) < len(columns):
        raise UnreadableError(f"{path}: two columns have the same name")
    return columns


def _form(path: Path, columns: Sequence[str]) -> Form:
    lacking = {form: [name for name in form.needed if name not in columns] for form in FORMS}
    near = min(FORMS, key=lambda form: len(lacking[form]))
    if not lacking[near]:
        return near
    if len(lacking[near]) > len(near.needed) // 2:
        known = " or ".join(form.name for form in FORMS)
        raise UnreadableError(f"{path}: its first line has the columns of no known dataset ({known})")
    raise UnreadableError(f"{path}: looks like {near.name} but has no column {', '.join(lacking[near])}")
