"""Our own columns as Parquet, typed: dates as date32, counts as whole numbers, several values as lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from trucewatch.codebook import Codebook
from trucewatch.errors import MissingExtraError
from trucewatch.export.cases import Case, batches
from trucewatch.export.columns import COLUMNS, values

if TYPE_CHECKING:
    from pyarrow import Schema


def require() -> None:
    """Raises MissingExtraError where the library is not installed."""
    if find_spec("pyarrow") is None:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'trucewatch[parquet]'")


def schema() -> Schema:
    """The columns with their types."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "whole": pa.int64(),
        "number": pa.float64(),
        "day": pa.date32(),
    }
    return pa.schema([(column.name, kinds[column.kind]) for column in COLUMNS])


def write(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A file in pieces, as they come: a group of rows after the other. Raises MissingExtraError."""
    require()
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    kept, sink = schema(), Pieces()
    with ParquetWriter(pa.PythonFile(sink, mode="w"), kept, compression="zstd") as writer:
        for some in batches(cases):
            writer.write_batch(pa.RecordBatch.from_pylist([values(case, book) for case in some], schema=kept))
            yield sink.taken()
    yield sink.taken()


class Pieces:
    """What was written since it was last taken."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece; its length."""
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def taken(self) -> bytes:
        """All pieces, which are forgotten then."""
        piece = b"".join(self._written)
        self._written.clear()
        return piece
