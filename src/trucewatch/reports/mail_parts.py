"""Mail line by line, without the bodies of what is attached: a message of many pictures takes no more memory than its words."""

from __future__ import annotations

import re
from typing import BinaryIO

from trucewatch.errors import UnreadableError

_KIND = re.compile(rb"^content-type:\s*([a-z]+)/([a-z0-9.+-]+)", re.IGNORECASE | re.MULTILINE)
_ATTACHED = re.compile(rb"^content-disposition:\s*attachment", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(rb'\bboundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))', re.IGNORECASE)
_HEAD = 20_000
"""Bytes of a head that are looked at."""
_LINE = 1 << 16
MOST_PARTS = 5000
"""Parts that a message may have; where there are more nothing is left out, so that its reader refuses it."""


def without_attachments(stream: BinaryIO, max_bytes: int) -> bytes:
    """A message without the bodies of what is attached. Raises UnreadableError where the rest is too large."""
    kept, parts = bytearray(), Parts()
    for line in iter(lambda: stream.readline(_LINE), b""):
        if parts.are_kept(line):
            kept += line
        if len(kept) > max_bytes:
            raise UnreadableError(f"larger than {max_bytes:,} bytes without what is attached")
    return bytes(kept)


class Parts:
    """The parts of a message, as its lines come."""

    def __init__(self) -> None:
        self._boundaries: set[bytes] = set()
        self._head: bytearray | None = bytearray()
        """The head that is being read, if it is one."""
        self._count = 0
        self._dropped = False

    def are_kept(self, line: bytes) -> bool:
        """Does the next line belong to a head, to words, or to what parts the parts?"""
        if self._head is not None:
            self._read_head(line)
            return True
        if line.startswith(b"--") and self._parts(line.rstrip()):
            return True
        return not self._dropped

    def _parts(self, line: bytes) -> bool:
        """Is this a line between two parts, or behind the last?"""
        if line in self._boundaries:
            self._count += 1
            self._head = bytearray()
        elif line.removesuffix(b"--") not in self._boundaries:
            return False
        self._dropped = False
        return True

    def _read_head(self, line: bytes) -> None:
        assert self._head is not None  # for the type checker
        if line.strip():
            self._head += line[: max(_HEAD - len(self._head), 0)]
            return
        head, self._head = bytes(self._head), None
        self._boundaries.update(b"--" + (quoted or plain) for quoted, plain in _BOUNDARY.findall(head))
        kind, inner = _kind(head)
        if kind == b"message":
            self._head = bytearray()  # its own head follows
        words = kind == b"text" and inner in (b"plain", b"html") and not _ATTACHED.search(head)
        is_read = words or kind in (b"message", b"multipart")
        self._dropped = not is_read and self._count <= MOST_PARTS


def _kind(head: bytes) -> tuple[bytes, bytes]:
    """What a part is, in the two words of its head; words where it does not say."""
    found = _KIND.search(head)
    return (found[1].lower(), found[2].lower()) if found else (b"text", b"plain")
