"""Our own columns as Parquet or an Arrow stream, typed: dates as date32, counts as whole numbers, several values as lists."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from trucewatch.batches import batches
from trucewatch.codebook import Codebook
from trucewatch.export.cases import Case
from trucewatch.export.columns import COLUMNS, values
from trucewatch.reports.parquet import require

if TYPE_CHECKING:
    from pyarrow import NativeFile, Schema

MEDIA = "application/vnd.apache.arrow.stream"


def stream(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """An Arrow stream in pieces, as they come: a batch after the other. Raises MissingExtraError."""
    return _pieces(_to_stream, cases, book)


def parquet(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A file of Parquet in pieces, as they come: a group of rows after the other. Raises MissingExtraError."""
    return _pieces(_to_parquet, cases, book)


def _to_stream(file: NativeFile, schema: Schema) -> Any:
    import pyarrow as pa

    return pa.ipc.new_stream(file, schema)


def _to_parquet(file: NativeFile, schema: Schema) -> Any:
    from pyarrow.parquet import ParquetWriter

    return ParquetWriter(file, schema, compression="zstd")


def _pieces(begin: Callable[[NativeFile, Schema], Any], cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    require()
    import pyarrow as pa

    schema, sink = _schema(), _Sink()
    with begin(pa.PythonFile(sink, mode="w"), schema) as writer:
        for some in batches(cases):
            writer.write_batch(pa.RecordBatch.from_pylist([values(case, book) for case in some], schema=schema))
            yield sink.taken()
    yield sink.taken()


def _schema() -> Schema:
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


class _Sink(io.BytesIO):
    """Keeps what was written since it was last taken."""

    def taken(self) -> bytes:
        """All of it, which is forgotten then."""
        piece = self.getvalue()
        self.seek(0)
        self.truncate()
        return piece
