"""Our own columns as Parquet, typed: dates as date32, counts as whole numbers, several values as lists."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from trucewatch.codebook import Codebook
from trucewatch.export.cases import Case, batches
from trucewatch.export.columns import COLUMNS, values
from trucewatch.reports.parquet import require

if TYPE_CHECKING:
    from pyarrow import Schema


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


class Pieces(io.BytesIO):
    """What was written since it was last taken."""

    def taken(self) -> bytes:
        """All of it, which is forgotten then."""
        piece = self.getvalue()
        self.seek(0)
        self.truncate()
        return piece
