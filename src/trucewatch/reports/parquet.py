"""Parquet files, a row a report, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from trucewatch.errors import MissingExtraError, UnreadableError
from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.entry import Entry, some
from trucewatch.reports.records import record_entry, require_text

_ROWS = 10


def require() -> None:
    """Raises MissingExtraError where the library is not installed."""
    if find_spec("pyarrow") is None:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'trucewatch[parquet]'")


def parquet_entries(path: str, options: ReadOptions) -> Iterator[Entry]:
    """An entry for each row. Raises UnreadableError."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path, memory_map=False) as file:
            require_text(file.schema_arrow.names, options)
            batches = file.iter_batches(batch_size=_ROWS, use_threads=False)
            records = some((record for batch in batches for record in batch.to_pylist()), "there is no report in it")
            for number, record in enumerate(records, start=1):
                yield record_entry(record, str(number), options)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = next(iter(str(error).splitlines()), "")
        raise UnreadableError(f"no Parquet that could be read: {reason}") from error
