"""Files inside packed ones (gzip, zip), as streams that end before a bomb does harm.

What comes out of an archive is counted against its own size: text packs twenty to one, a bomb a thousand to one.
"""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from trucewatch.errors import UnreadableError

DAMAGE = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for a packed file that is damaged or locked, or packed in a way that it does not know."""
FREE = 50_000_000
"""Bytes that any packed file may hold."""
FREE_IN_ALL = 500_000_000
"""Bytes that all files of any archive may hold together."""
_RATIO = 250
"""Bytes that may come out of each packed byte beyond that."""
_MEMBERS = 100_000
_BUFFER = 1 << 16


class Budget:
    """What may still come out of a packed file; of an archive's file also out of the archive."""

    def __init__(self, packed: int, free: int, of: Budget | None = None) -> None:
        self._left = max(free, _RATIO * packed)
        self._of = of

    def spend(self, count: int) -> None:
        """Take off what came out. Raises UnreadableError when nothing is left."""
        self._left -= count
        if self._of is not None:
            self._of.spend(count)
        if self._left < 0:
            raise UnreadableError("refused: it unpacks to far more than an honest archive of its size")


class _Bounded(io.RawIOBase):
    """A stream out of an archive, counted; damage and truncation are an UnreadableError."""

    def __init__(self, inner: BinaryIO, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            got = self._inner.read(len(buffer))
        except EOFError:
            raise UnreadableError("cut off: the archive ends in it") from None
        except DAMAGE as error:
            raise UnreadableError(f"the archive is damaged: {error}") from error
        self._budget.spend(len(got))
        buffer[: len(got)] = got
        return len(got)

    def close(self) -> None:
        self._inner.close()
        super().close()


def opened(path: Path) -> BinaryIO:
    """A file as a stream, unpacked where its name ends in ``.gz``."""
    if path.suffix.lower() != ".gz":
        return path.open("rb")
    return _stream(cast(BinaryIO, gzip.open(path)), Budget(path.stat().st_size, FREE))


def gunzipped(stream: BinaryIO, max_bytes: int) -> bytes:
    """The content of a gzip stream. Raises UnreadableError where it is damaged, or larger than the limit."""
    raw = _stream(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), Budget(max_bytes, FREE)).read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise UnreadableError(f"larger than {max_bytes:,} bytes")
    return raw


def _stream(inner: BinaryIO, budget: Budget) -> BinaryIO:
    return io.BufferedReader(_Bounded(inner, budget), _BUFFER)


def members(path: Path) -> Iterator[tuple[str, BinaryIO | UnreadableError]]:
    """The files in a zip archive by name, in name order: a stream, or why it can't be read. Raises UnreadableError."""
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise UnreadableError(f"the archive is damaged: {error}") from error
    with archive:
        infos = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
        if len(infos) > _MEMBERS:
            raise UnreadableError(f"refused: more than {_MEMBERS:,} files in one archive")
        whole = Budget(path.stat().st_size, FREE_IN_ALL)
        for info in infos:
            try:
                inner = cast(BinaryIO, archive.open(info))
            except DAMAGE as error:
                yield info.filename, UnreadableError(f"cannot be unpacked: {error}")
                continue
            with _stream(inner, Budget(info.compress_size, FREE, whole)) as stream:
                yield info.filename, stream
