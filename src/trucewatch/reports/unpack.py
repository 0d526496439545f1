"""What is inside of packed files (gzip, bzip2, xz), as streams that end before a bomb does harm.

What comes out of an archive is counted against its own size: text packs twenty to one, a bomb a thousand to one.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping
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
_BUFFER = 1 << 16
ENDINGS = (".gz", ".bz2", ".xz")
"""What stands behind the name of a file that is packed."""
_XZ_MEMORY = 200_000_000
"""Three times what the packer's strongest setting takes."""


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


class _Xz(io.RawIOBase):
    """What is inside of an xz file, with a limit of memory, which the standard library's own reader of such files lacks."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._next()

    def _next(self) -> None:
        self._unpack = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        got = b""
        while not got:
            if self._unpack.eof:
                packed = self._unpack.unused_data.lstrip(b"\0") or self._file.read(_BUFFER).lstrip(b"\0")
                if not packed:
                    return 0
                self._next()
            elif not self._unpack.needs_input:
                packed = b""
            elif not (packed := self._file.read(_BUFFER)):
                raise EOFError
            got = self._unpack.decompress(packed, len(buffer))
        buffer[: len(got)] = got
        return len(got)

    def close(self) -> None:
        self._file.close()
        super().close()


_PACKERS: Mapping[str, Callable[[Path], object]] = {
    ".gz": gzip.open, ".tgz": gzip.open, ".bz2": bz2.open, ".tbz2": bz2.open, ".xz": _Xz, ".txz": _Xz,
}  # fmt: skip


def is_packed(path: Path) -> bool:
    """Is a file packed as a whole, by its name?"""
    return path.suffix.lower() in _PACKERS


def plain_name(name: str) -> str:
    """The name of a file in small letters, without the ending that says how it is packed."""
    name = name.lower()
    return next((name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)), name)


def opened(path: Path, free: int = FREE) -> BinaryIO:
    """A file as a stream, unpacked where its name says that it is packed; ``free`` bytes are always let through."""
    packer = _PACKERS.get(path.suffix.lower())
    if packer is None:
        return path.open("rb")
    return bounded(cast(BinaryIO, packer(path)), Budget(path.stat().st_size, free))


def gunzipped(stream: BinaryIO, max_bytes: int) -> bytes:
    """The content of a gzip stream. Raises UnreadableError where it is damaged, or larger than the limit."""
    return whole(bounded(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), Budget(max_bytes, FREE)), max_bytes)


def whole(stream: BinaryIO, max_bytes: int) -> bytes:
    """All bytes of a stream. Raises UnreadableError where they are more than the limit, and reads no more than one beyond."""
    raw = stream.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise too_large(max_bytes)
    return raw


def too_large(max_bytes: int) -> UnreadableError:
    """The error for anything that is larger than the limit."""
    return UnreadableError(f"larger than {max_bytes:,} bytes")


def bounded(inner: BinaryIO, budget: Budget) -> BinaryIO:
    """A stream of what comes out of an archive, counted."""
    return io.BufferedReader(_Bounded(inner, budget), _BUFFER)
