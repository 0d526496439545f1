"""CSV and its like, a row a report: the delimiter and the charset are told from the file's beginning."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from trucewatch.errors import UnreadableError
from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.decode import decode
from trucewatch.reports.entry import Entry, broken, some
from trucewatch.reports.records import record_entry, require_text

_DELIMITERS = ",;\t|"
_SIGNS = tuple(sign.encode() for sign in (*_DELIMITERS, "sep="))
_SAMPLE = 1 << 16
_NAMED = re.compile("\ufeff?sep=(.)\\s*")
"""The line in which spreadsheets are told the delimiter."""


def is_table(raw: bytes, options: ReadOptions) -> bool:
    """Does a file begin as a table of reports does: names of columns, among them one of a text, over a row of as many?"""
    if not any(sign in raw[:_SAMPLE].partition(b"\n")[0] for sign in _SIGNS):
        return False
    try:
        lines = io.StringIO(decode(raw[:_SAMPLE]).text, newline="")
        header, delimiter = _header(lines)
        columns = next(csv.reader([header], delimiter=delimiter), [])
        require_text(columns, options)
        row = next(csv.reader(lines, delimiter=delimiter), [])
    except (csv.Error, UnreadableError):
        return False
    return 1 < len(columns) == len(row)


def csv_entries(stream: BinaryIO, options: ReadOptions) -> Iterator[Entry]:
    """An entry for each row of a table with a header; a broken row is ``broken``. Raises UnreadableError."""
    buffered = io.BufferedReader(stream, _SAMPLE)  # type: ignore[type-var]
    sample = buffered.peek(_SAMPLE)[:_SAMPLE]
    charset = decode(sample).charset
    charset = "utf-8-sig" if charset == "utf-8" else charset
    with io.TextIOWrapper(buffered, charset, errors="replace", newline="") as lines:
        csv.field_size_limit(options.max_bytes)
        header, delimiter = _header(lines)
        columns = next(csv.reader([header], delimiter=delimiter), [])
        require_text(columns, options)
        for number, row in some(_rows(csv.reader(lines, delimiter=delimiter)), "there is no report in it"):
            if isinstance(row, str):
                yield broken(number, row)
            elif len(row) != len(columns):
                yield broken(number, f"a row of {len(row)} columns under a header of {len(columns)}")
            else:
                yield record_entry(dict(zip(columns, row, strict=True)), number, options)


def _header(lines: TextIO) -> tuple[str, str]:
    """The first line with words, and the delimiter: the one that a line before it names, or the one that it has most of."""
    header = next((line for line in iter(lambda: lines.readline(_SAMPLE), "") if line.strip("\ufeff \t\r\n")), "")
    if named := _NAMED.fullmatch(header):
        return lines.readline(_SAMPLE), named[1]
    return header, max(_DELIMITERS, key=header.count)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[str, list[str] | str]]:
    """Each row, or why it is none, with its number."""
    for number in itertools.count(1):
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(number), f"no valid row: {error}"
            continue
        if row:
            yield str(number), row
