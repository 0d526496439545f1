"""Our own columns as an Arrow stream, typed as the Parquet files are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trucewatch.codebook import Codebook
from trucewatch.export.cases import Case, batches
from trucewatch.export.columns import values
from trucewatch.export.parquet import Pieces, schema
from trucewatch.reports.parquet import require

MEDIA = "application/vnd.apache.arrow.stream"


def write(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """The stream in pieces, as they come: a batch after the other. Raises MissingExtraError."""
    require()
    import pyarrow as pa

    kept, sink = schema(), Pieces()
    with pa.ipc.new_stream(pa.PythonFile(sink, mode="w"), kept) as writer:
        for some in batches(cases):
            writer.write_batch(pa.RecordBatch.from_pylist([values(case, book) for case in some], schema=kept))
            yield sink.taken()
    yield sink.taken()
