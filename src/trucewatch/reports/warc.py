"""WARC archives, compressed or not, each to its pages: HTML, text and PDF that a server answered with."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal

from trucewatch.errors import UnreadableError
from trucewatch.reports import feeds
from trucewatch.reports.decode import decode
from trucewatch.reports.entry import Entry, broken
from trucewatch.reports.facts import Facts

_HTTP_HEAD = 100_000
"""What the head of an archived response may add to the size of its body, in bytes."""
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b\x08"


def warc_entries(stream: BinaryIO, max_bytes: int) -> Iterator[Entry | None]:
    """The pages of an archive, None for each record that is none, and ``broken`` for one that is cut off.

    Takes responses of servers, and texts that were drawn from such (``conversion``, as in WET files).
    """
    from fastwarc.warc import ArchiveIterator

    last = 0
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            last = record.stream_pos
            url = str(record.headers.get("WARC-Target-URI") or record.record_id or f"record at {last}")
            try:
                yield _archived(record, url, max_bytes)
            except (UnreadableError, ValueError) as error:
                yield broken(url, str(error))
        if _ends_packed(stream, last):
            raise UnreadableError("cut off: the archive ends in the midst of a record")
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        raise UnreadableError(f"the archive is damaged: {error}") from error


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
    from fastwarc.warc import WarcRecordType

    told = record.headers.get("Content-Length") or ""
    if not told.isdigit():
        raise UnreadableError("cut off or damaged: a record without a length")
    if record.record_type not in (WarcRecordType.response, WarcRecordType.conversion):
        return None
    length = int(told)
    if length > max_bytes + _HTTP_HEAD:
        raise UnreadableError(f"larger than {max_bytes:,} bytes")
    raw = record.reader.read()
    if len(raw) < length:
        raise UnreadableError("cut off: the archive ends in it")
    if record.record_type == WarcRecordType.conversion:
        kind, charset, content = (record.headers.get("Content-Type") or "").lower(), None, raw
    else:
        kind, charset, content = _answered(raw, max_bytes)
    if not kind.startswith(("text/", "application/xhtml", "application/pdf")) or feeds.is_feed(content):
        return None
    if len(content) > max_bytes:
        raise UnreadableError(f"larger than {max_bytes:,} bytes")
    return _entry(url, content, kind, charset, record.record_date)


def _answered(raw: bytes, max_bytes: int) -> tuple[str, str | None, bytes]:
    """Media type ("" where the server gave no page), charset and body of an archived answer.

    A body that is not packed as its head says is taken as it stands: some crawlers keep bodies unpacked under the old head.
    """
    try:
        return _parsed(raw, max_bytes, "all")
    except (OSError, ValueError):
        return _parsed(raw, max_bytes, "none")


def _parsed(raw: bytes, max_bytes: int, decoding: Literal["all", "none"]) -> tuple[str, str | None, bytes]:
    from fastwarc.warc import WarcRecord

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
