"""WARC archives, compressed or not, each to its pages: HTML, text and PDF that a server answered with."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Generator, Iterator
from typing import Any, BinaryIO, Literal, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from trucewatch.errors import UnreadableError
from trucewatch.reports import feeds, unpack
from trucewatch.reports.decode import decode
from trucewatch.reports.entry import Entry, broken
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import one_line, tidy

_HTTP_HEAD = 100_000
"""What the head of an archived response may add to the size of its body, in bytes."""
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b\x08"
_START = re.compile(rb"\x1f\x8b\x08|WARC/1\.\d\r?\nWARC-")
_LONGEST_START = 32
"""Bytes that such a beginning takes, and more."""
_HEAD = 1024
"""Bytes of a packed record that tell whether it is one."""
_SHORT = "damaged: shorter than its head says"
_STARTS = 1000
"""Times that a record is looked for behind a damaged stretch."""


def is_archive(head: bytes) -> bool:
    """Does a file begin as a web archive does?"""
    return head.startswith(b"WARC/1.")


def warc_entries(stream: BinaryIO, max_bytes: int) -> Iterator[Entry | None]:
    """The pages of an archive, None for each record that is none, and ``broken`` for what is cut off or damaged.

    Takes responses of servers, pages put in by hand (``resource``), and texts that were drawn from such (``conversion``, as
    in WET files). Behind a damaged stretch it goes on with the next record. Raises UnreadableError where the damage goes on
    to the archive's end.
    """
    start, told = 0, False
    for _ in range(_STARTS):
        damage = yield from _until_damage(stream, start, max_bytes)
        if damage is None:
            return
        found = _next_record(stream, damage.at + 1)
        if found is None and damage.url is not None:
            yield broken(damage.url, "cut off: the archive ends in it")
            return
        if found is None:
            raise UnreadableError(damage.reason)
        if damage.progress or not told:  # each stretch that is damaged is told once
            yield broken(damage.url or f"byte {damage.at}", f"{damage.reason}; what follows is read")
        start, told = found, True
    raise UnreadableError(f"refused: damaged in {_STARTS:,} places")


class _Damage(NamedTuple):
    """Where the reading of an archive ended before the archive did."""

    at: int
    """The beginning of the last record that could be read, in bytes."""
    reason: str
    progress: bool
    """Whether any record was read before it."""
    url: str | None = None
    """Of the one record that is known to be damaged."""


class _CutOff(UnreadableError):
    """A record shorter than its head says."""


def _until_damage(stream: BinaryIO, start: int, max_bytes: int) -> Generator[Entry | None, None, _Damage | None]:
    """The records from a place on; returns what ended them before the archive's end."""
    last, progress = start, False
    stream.seek(start)
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            last = record.stream_pos
            url = one_line(tidy(str(record.headers.get("WARC-Target-URI") or record.record_id or f"record at {last}")))
            try:
                yield _archived(record, url, max_bytes)
            except _CutOff as error:
                return _Damage(last, str(error), True, url)
            except (UnreadableError, ValueError) as error:
                yield broken(url, str(error))
            progress = True
        if _ends_packed(stream, last):
            return _Damage(last, "cut off: the archive ends in the midst of a record", progress)
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        return _Damage(last, f"the archive is damaged: {error}", progress)
    return None


def _next_record(stream: BinaryIO, at: int) -> int | None:
    """Where the first record from a place on begins, packed or not; None where there is none."""
    window = b""
    while True:
        stream.seek(at + len(window))
        chunk = stream.read(_CHUNK)
        if not chunk:
            return None
        window += chunk
        for found in _START.finditer(window):
            if found[0] != _GZIP or _opens_record(stream, at + found.start()):
                return at + found.start()
        at += max(len(window) - _LONGEST_START, 0)
        window = window[-_LONGEST_START:]


def _opens_record(stream: BinaryIO, at: int) -> bool:
    """Is what looks like the beginning of a packed record one? Its three bytes stand in pictures, too."""
    stream.seek(at)
    try:
        return zlib.decompressobj(31).decompress(stream.read(_HEAD), 5) == b"WARC/"
    except zlib.error:
        return False


def _ends_packed(stream: BinaryIO, last: int) -> bool:
    """Does a compressed archive end within a member, from its last record on? The reader of records passes over that."""
    starts = []
    for at in (0, last):
        stream.seek(at)
        starts.append(stream.read(3) == _GZIP)
    if not starts[0]:
        return False
    stream.seek(last if starts[1] else 0)  # an archive packed as a whole has no member for each record
    unpack, packed = zlib.decompressobj(31), stream.read(_CHUNK)
    while packed:
        if unpack.eof:
            unpack = zlib.decompressobj(31)
        unpack.decompress(packed, _CHUNK)
        packed = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
        packed = packed or stream.read(_CHUNK)
    return not unpack.eof


def _archived(record: Any, url: str, max_bytes: int) -> Entry | None:
    """The entry of an archived page; None where it is no page. Raises UnreadableError where it is damaged."""
    told = record.headers.get("Content-Length") or ""
    if not (told.isascii() and told.isdigit()):
        raise _CutOff("damaged: a record without a length")
    length = int(told)
    # A resource is a page that was put into the archive without a server's answer; what crawlers note of one is called a URN.
    is_bare = record.record_type == WarcRecordType.conversion or (
        record.record_type == WarcRecordType.resource and url.startswith(("http://", "https://"))
    )
    if record.record_type != WarcRecordType.response and not is_bare:
        _pass_over(record, length)
        return None
    if length > max_bytes + _HTTP_HEAD:
        _pass_over(record, length)
        raise unpack.too_large(max_bytes)
    raw = record.reader.read()
    if len(raw) < length:
        raise _CutOff(_SHORT)
    if is_bare:
        kind, charset, content = (record.headers.get("Content-Type") or "").lower(), None, raw
    else:
        kind, charset, content = _answered(raw, max_bytes)
    if not kind.startswith(("text/", "application/xhtml", "application/pdf")) or feeds.is_feed(content):
        return None
    if len(content) > max_bytes:
        raise unpack.too_large(max_bytes)
    return _entry(url, content, kind, charset, record.record_date)


def _pass_over(record: Any, length: int) -> None:
    """Reads what nobody needs, to see whether it is all there: a wrong length takes the records behind it with it."""
    if record.reader.consume() < length:
        raise _CutOff(_SHORT)


def _answered(raw: bytes, max_bytes: int) -> tuple[str, str | None, bytes]:
    """Media type ("" where the server gave no page), charset and body of an archived answer.

    A body that is not packed as its head says is taken as it stands: some crawlers keep bodies unpacked under the old head.
    """
    try:
        return _parsed(raw, max_bytes, "all")
    except (OSError, ValueError):
        return _parsed(raw, max_bytes, "none")


def _parsed(raw: bytes, max_bytes: int, decoding: Literal["all", "none"]) -> tuple[str, str | None, bytes]:
    # A copy: a record of the archive itself whose body can't be unpacked ends the reading of the archive.
    answer = WarcRecord()
    answer.set_bytes_content(raw)
    answer.is_http = True
    answer.parse_http(auto_decode=decoding)
    if answer.http_headers is None or answer.http_headers.status_code != 200:
        return "", None, b""
    content = answer.reader.read(max_bytes + 1)
    return (answer.http_content_type or "").lower(), answer.http_charset, content


def _entry(url: str, content: bytes, kind: str, charset: str | None, taken: dt.datetime | None) -> Entry:
    notes = (f"archived {taken.date().isoformat()}",) if taken else ()
    if "pdf" in kind:
        return Entry(name=url, raw=content, form="pdf", known=Facts(url=url, notes=notes))
    decoded = decode(content, charset)
    form = "html" if "html" in kind or "xml" in kind else "text"
    return Entry(name=url, content=decoded.text, form=form, known=Facts(url=url, notes=(*decoded.notes, *notes)))
