"""Lines of comma-separated values, in UTF-8 and as RFC 4180 has them."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

Cell = str | int | float | None | list[str]
BETWEEN = "; "
"""Between several values in one cell."""

_STEERS = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet takes for the beginning of a formula."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def lines(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """A line for each row. What is not known is an empty cell; text that would be a formula begins with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> Iterator[bytes]:
    """A line of names, then one for each row; what a row lacks is an empty cell."""
    return lines(itertools.chain([columns], ([row.get(name) for name in columns] for row in rows)))


def in_one(value: Iterable[str]) -> str:
    """Several values in one cell, which can be parted again, an empty one at the end too."""
    return BETWEEN.join(clean(one).replace(BETWEEN, ", ") for one in value)


def _cell(cell: Cell) -> Cell:
    if not isinstance(cell, str | list):
        return cell
    text = clean(cell) if isinstance(cell, str) else in_one(cell)
    return f"'{text}" if _STEERS.match(text) else text


def clean(text: str) -> str:
    """The text on one line, without signs that steer a terminal or that XML does not allow."""
    return " ".join((text if text.isprintable() else _CONTROL.sub(" ", text)).split())
