"""Archives of files (zip and what is built like it, tar), each to its files, as streams that end before a bomb does harm."""

from __future__ import annotations

import io
import re
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from trucewatch.errors import UnreadableError
from trucewatch.reports import unpack

_MEMBERS = 100_000
_BLOCK = 512
_LONG_NAME = 1_000_000
"""Largest head that a tar archive may put before a file, in bytes: it is kept in memory."""
_RECORD = re.compile(rb"(\d{1,7}) ([^=]{1,200})=")
_LOCAL_HEAD = 30
"""Bytes of the head before a file of a zip archive; how long its name and what follows are stands at its end."""


class Member(NamedTuple):
    """A file in an archive."""

    name: str
    stream: BinaryIO | UnreadableError
    """Its bytes, until the next file is asked for; or why it can't be read."""
    span: tuple[int, int] | None = None
    """The first of its bytes in the archive and how many there are, where they stand there as they are."""


def members(path: Path, kind: str) -> Iterator[Member]:
    """The files in a ``tar`` archive, in its order, or in a zip archive, in name order. Raises UnreadableError."""
    return _of_tar(path) if kind == "tar" else _of_zip(path)


def window(path: str, span: tuple[int, int]) -> BinaryIO:
    """The bytes of a file that stand in its archive as they are, as a stream that can be sought in."""
    return io.BufferedReader(_Window(open(path, "rb", buffering=0), *span))


class _Window(io.RawIOBase):
    """A part of a file."""

    def __init__(self, file: io.FileIO, first: int, size: int) -> None:
        self._file, self._first, self._size, self._at = file, first, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence], 0)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._first + self._at)
        got = self._file.read(max(min(len(buffer), self._size - self._at), 0))
        buffer[: len(got)] = got
        self._at += len(got)
        return len(got)

    def close(self) -> None:
        self._file.close()
        super().close()


# ---------------------------------------------------------------- zip


def _of_zip(path: Path) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except unpack.DAMAGE as error:
        raise UnreadableError(f"the archive is damaged: {error}") from error
    with archive:
        infos = sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
        if len(infos) > _MEMBERS:
            raise UnreadableError(f"refused: more than {_MEMBERS:,} files in one archive")
        whole = unpack.Budget(path.stat().st_size, unpack.FREE_IN_ALL)
        for info in infos:
            try:
                inner = cast(BinaryIO, archive.open(info))
                span = _span(path, info)
            except unpack.DAMAGE as error:
                yield Member(info.filename, UnreadableError(f"cannot be unpacked: {error}"))
                continue
            with unpack.bounded(inner, unpack.Budget(info.compress_size, unpack.FREE, whole)) as stream:
                yield Member(info.filename, stream, span)


def _span(path: Path, info: zipfile.ZipInfo) -> tuple[int, int] | None:
    if info.compress_type != zipfile.ZIP_STORED:
        return None
    with path.open("rb") as file:
        file.seek(info.header_offset)
        head = file.read(_LOCAL_HEAD)
    name, extra = struct.unpack("<26xHH", head)
    return info.header_offset + _LOCAL_HEAD + name + extra, info.file_size


# ---------------------------------------------------------------- tar


def _of_tar(path: Path) -> Iterator[Member]:
    """The files of a tar archive. Its heads are read here: the standard library's reader waits for what a head claims."""
    count = 0
    with unpack.opened(path, unpack.FREE_IN_ALL) as stream:
        while (info := _next_head(stream)) is not None:
            has_body = info.isreg() or info.type not in tarfile.SUPPORTED_TYPES
            body = _Body(stream, info.size if has_body else 0)
            if info.type in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE):
                count += 1
                if count > _MEMBERS:
                    raise UnreadableError(f"refused: more than {_MEMBERS:,} files in one archive")
                span = None if unpack.is_packed(path) else (stream.tell(), info.size)
                yield Member(info.name, io.BufferedReader(body), span)
            body.pass_over()


class _Body(io.RawIOBase):
    """What follows a head: as many bytes as it says, filled up to whole blocks."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream, self._left, self._filling = stream, size, -size % _BLOCK

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        got = self._stream.read(min(len(buffer), self._left))
        if not got and self._left and len(buffer):
            raise UnreadableError("cut off: the archive ends in it")
        buffer[: len(got)] = got
        self._left -= len(got)
        return len(got)

    def pass_over(self) -> None:
        """Read what nobody has read."""
        rest = bytearray(io.DEFAULT_BUFFER_SIZE)
        while self.readinto(rest):
            pass
        self._stream.read(self._filling)


def _next_head(stream: BinaryIO) -> tarfile.TarInfo | None:
    """The head of the next file, with the long name and size that stand before it; None at the archive's end."""
    said: dict[str, bytes] = {}
    while block := stream.read(_BLOCK):
        if not block.strip(b"\0"):
            continue  # the end, but for archives that were put one behind the other
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "backslashreplace")
        except tarfile.HeaderError as error:
            raise UnreadableError(f"the archive is damaged: {error}") from error
        if info.size < 0:
            raise UnreadableError("the archive is damaged: a file of less than no bytes")
        if info.type == tarfile.GNUTYPE_LONGNAME:
            said["path"] = _long(stream, info.size).rstrip(b"\0")
        elif info.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            said |= _records(_long(stream, info.size))
        elif info.type in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
            _long(stream, info.size)
        else:
            info.name = said.get("path", b"").decode("utf-8", "backslashreplace") or info.name
            size = said.get("size", b"")
            info.size = int(size) if size.isdigit() and len(size) < 20 else info.size
            return info
    return None


def _long(stream: BinaryIO, size: int) -> bytes:
    if size > _LONG_NAME:
        raise UnreadableError("refused: a file's head of more than a million bytes")
    return stream.read(size + -size % _BLOCK)[:size]


def _records(raw: bytes) -> dict[str, bytes]:
    """The records of an extended head, each ``LENGTH KEY=VALUE`` and a line's end, up to one too short to be that."""
    found, at = {}, 0
    while (record := _RECORD.match(raw, at)) and (length := int(record[1])) > len(record[0]):
        found[record[2].decode("ascii", "replace")] = raw[record.end() : at + length - 1]
        at += length
    return found
