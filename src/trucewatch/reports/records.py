"""Records (objects of JSON, rows of CSV or Parquet), each to an entry."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from trucewatch.errors import UnreadableError
from trucewatch.reports import telegram
from trucewatch.reports.assemble import EVERYTHING, ReadOptions
from trucewatch.reports.columns import Values, bare, named
from trucewatch.reports.damaged import objects, without_halves
from trucewatch.reports.decode import decode, wide
from trucewatch.reports.entry import Entry, broken
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import key, one_line, tidy

_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
# A text that begins with an element, or has the end of a paragraph or a line broken by one somewhere.
_MARKUP = re.compile(
    r"\A\s*<(?:!doctype|!--|html|head|body|main|article|section|header|div|p|h[1-6]|figure|img|ul|ol|table|blockquote|span|strong|em|b|i|a|iframe)"
    r"(?=[\s>/-])|</p>|<br ?/?>",
    re.IGNORECASE,
)
_SAMPLE = 1 << 16
_VALUES = 1_000_000
"""Commas and brackets of a record; each may become an object of sixty bytes, and each comma of its text counts too."""
_RECORD = re.compile(rb'(?:\[\s*)?\{\s*"[^"\n]{1,100}"\s*:')
_OWN_TEXT = frozenset(("text", "html", "body", "content", "sentences"))
"""Keys of a record that is none of a list's: an answer of many may have a description, too."""
_LONGEST_NAME = 80
"""Characters of a column's name; what is longer is a text."""
_CUT_SHORT = re.compile(r"(?:…|\.{3})?\s?\[\+(\d{1,7}) chars\]\s*$")
"""Behind what a server (NewsAPI) gives of a text."""
_FIRST_OBJECT = re.compile(r"[\s\ufeff]*\[?\s*\{")
_BETWEEN = re.compile(r"[\s,\[\]\ufeff\x1e]*")


def require_text(columns: list[str], options: ReadOptions) -> None:
    """Raises UnreadableError where none of these columns holds the text."""
    if (reason := _without_text(columns, options)) is not None:
        raise UnreadableError(reason)


def _without_text(columns: Collection[str], options: ReadOptions) -> str | None:
    """What to do where none of these columns is one that holds a text; None where one is."""
    wanted = (*named("text", options), *named("html", options), "sentences")
    if not {name for column in columns for name in (key(column), bare(column))}.isdisjoint(wanted):
        return None
    names = ", ".join(map(one_line, columns))[:200]
    if any(len(column) > _LONGEST_NAME for column in columns):
        return f"no column that holds a text; the first row must name the columns, and not be: {names}"
    return f"no column that holds a text; name it with --map COLUMN=text. Its columns: {names}"


def are_records(raw: bytes) -> bool:
    """Whether bytes begin as a record of JSON does, or a list or lines of them, and not as a text."""
    return _RECORD.match(raw.removeprefix(codecs.BOM_UTF8).lstrip()) is not None


def json_entries(raw: bytes, options: ReadOptions = EVERYTHING) -> Iterator[Entry]:
    """The entries of a JSON file: a list of records, one record, or a Telegram export. Raises UnreadableError."""
    # UTF-8, as nearly every such file is, is parsed as it stands: a copy of 200 MB is not made for nothing.
    is_utf8 = decode(raw[:_SAMPLE]).charset == "utf-8"
    plain = raw.removeprefix(codecs.BOM_UTF8) if is_utf8 else decode(raw).text.encode("utf-8")
    outlet = None
    try:
        if not plain.lstrip().startswith(b"["):
            export = telegram.chats(plain)
            if export:
                yield from telegram.entries(export)
                return
            if (listed := _listed(plain, options)) is None:
                yield record_entry(_decoded(plain), "1", options)
                return
            outlet, plain = _feed(plain), listed
        # Each record is decoded when its turn comes: a list of them as objects takes five times its file's memory.
        for number, record in enumerate(msgspec.json.decode(plain, type=list[msgspec.Raw]), start=1):
            yield _of_feed(_json_line(bytes(record), number, options), outlet)
    except (msgspec.DecodeError, RecursionError) as error:
        text = plain.decode("utf-8", "replace")
        if (posts := telegram.damaged_entries(text)) is not None:
            yield from posts
            return
        if _FIRST_OBJECT.match(text) is None:
            raise UnreadableError(f"no valid JSON: {error}") from error
        yield from _one_by_one(text, options)


def _listed(raw: bytes, options: ReadOptions) -> bytes | None:
    """The list of records in the answer of a server, such as ``{"count": 2, "items": [...]}``; None for one record."""
    found = {key(name): bytes(value) for name, value in msgspec.json.decode(raw, type=dict[str, msgspec.Raw]).items()}
    if not _OWN_TEXT.isdisjoint(found):
        return None
    inner = (found[name] for name in named("records", options) if name in found)
    for value in inner:
        if value.startswith(b"{"):
            return _listed(value, options)
        if value.startswith(b"["):
            return value
    return None


def _feed(raw: bytes) -> str | None:
    """The title of a JSON Feed, which is who publishes it; None where a list of records is none."""
    head = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    if b"//jsonfeed.org/" not in bytes(head.get("version", b"")):
        return None
    title = msgspec.json.decode(head.get("title", b"null"))
    return one_line(tidy(title)) or None if isinstance(title, str) else None


def _of_feed(entry: Entry, outlet: str | None) -> Entry:
    if outlet is None or entry.known.outlet is not None:
        return entry
    return msgspec.structs.replace(entry, known=msgspec.structs.replace(entry.known, outlet=outlet))


def _one_by_one(text: str, options: ReadOptions) -> Iterator[Entry]:
    """Records one behind the other, in a list or not, as far as they are whole: a list that is cut off, lines of JSON."""
    for number, record in enumerate(objects(text, 0, _BETWEEN, ""), start=1):
        if isinstance(record, Exception):
            yield broken(str(number), f"no valid JSON from here on: {record}")
        else:
            yield record_entry(record, str(number), options)


def json_lines(stream: BinaryIO, options: ReadOptions = EVERYTHING) -> Iterator[Entry]:
    """An entry for each line of a JSON-lines file; a broken line is ``broken``. Raises UnreadableError for an empty file."""
    limit = options.max_bytes
    seen = within = False
    number = 0
    for line in _pieces(stream, limit):
        number += not within
        if within or not line.strip():
            within = within and not line.endswith(b"\n")
            continue
        seen = True
        within = len(line) == limit and not line.endswith(b"\n")
        yield broken(str(number), f"larger than {limit:,} bytes") if within else _json_line(line, number, options)
    if not seen:
        raise UnreadableError("empty: there is no text in it")


def _pieces(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines of a stream in UTF-8, or in what else its beginning says; of a longer one pieces of so many bytes."""
    with io.BufferedReader(stream, _SAMPLE) as buffered:  # type: ignore[type-var]
        sample = buffered.peek(_SAMPLE)[:_SAMPLE]
        if (charset := wide(sample)) is not None:
            text = io.TextIOWrapper(buffered, charset, errors="replace", newline="\n")
            yield from (line.encode("utf-8", "replace") for line in iter(lambda: text.readline(limit), ""))
            return
        if sample.startswith(codecs.BOM_UTF8):
            buffered.read(len(codecs.BOM_UTF8))
        yield from iter(lambda: buffered.readline(limit), b"")


def _json_line(raw: bytes, number: int, options: ReadOptions) -> Entry:
    try:
        return _line_entry(raw, str(number), options)
    except UnreadableError as error:
        return broken(str(number), str(error))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return broken(str(number), f"no valid JSON: {error}")


def _line_entry(raw: bytes, number: str, options: ReadOptions) -> Entry:
    try:
        return record_entry(_decoded(raw), number, options)
    except (msgspec.DecodeError, UnicodeDecodeError):  # either may be raised for bytes in another charset
        if _is_utf8(raw):
            raise
        told = decode(raw)
    entry = record_entry(_decoded(told.text.encode("utf-8", "replace")), number, options)
    known = msgspec.structs.replace(entry.known, notes=(*told.notes, *entry.known.notes))
    return msgspec.structs.replace(entry, known=known)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(raw: bytes) -> Any:
    """A record as objects. Raises UnreadableError for one of far more values than a report has."""
    if sum(map(raw.count, (b",", b"[", b"{"))) > _VALUES:
        raise UnreadableError(f"refused: a record of more than {_VALUES:,} values")
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError:
        if b"NaN" not in raw and b"Infinity" not in raw and b"\\u" not in raw:
            raise
        return _lenient(raw)


def _lenient(raw: bytes) -> Any:
    """A record with numbers that are none, as programs for tables write them into empty fields, or with halves of signs."""
    try:
        return without_halves(json.loads(raw))
    except ValueError as error:
        raise msgspec.DecodeError(str(error)) from error


def record_entry(record: Any, number: str, options: ReadOptions = EVERYTHING) -> Entry:
    """The entry of a record with a text and, where known, title, date, outlet, address and the like."""
    if not isinstance(record, Mapping):
        return broken(number, "a record must be a JSON object")
    opened = _opened(record, options)
    values = Values(opened, options)
    name = values.word("id") or number
    known = values.facts()
    sentences = record.get("sentences")
    if isinstance(sentences, list) and all(isinstance(sentence, str) for sentence in sentences):
        # Claims of such files are scored by offsets into exactly this text, so that nothing in it may be changed.
        return Entry(name=name, content=" ".join(sentences), form="story", known=known)
    for field in ("html", "text"):
        if content := values.text(field):
            if len(content) > options.max_bytes:
                return broken(name, f"larger than {options.max_bytes:,} bytes")
            content, known = _whole(content, known)
            return Entry(name=name, content=content, form=_form(field, content), known=known)
    return broken(name, _without_text([str(column) for column in opened], options) or "a record whose text is empty")


def _whole(content: str, known: Facts) -> tuple[str, Facts]:
    """A text without the mark of where a server cut it short, which goes into a note."""
    found = _CUT_SHORT.search(content[-40:])
    if found is None:
        return content, known
    note = f"cut short: {int(found[1]):,} characters are not there"
    return content[: found.start() - len(found.string)] + "…", msgspec.structs.replace(
        known, notes=(*known.notes, note)
    )


def _form(field: str, content: str) -> str:
    """What a text is: a page, a fragment of HTML without a page around it, or words."""
    if field == "html" or _MARKUP.search(content):
        return "html" if _PAGE.search(content[:_SAMPLE]) else "fragment"
    return "text"


def _opened(record: Mapping[str, Any], options: ReadOptions) -> Mapping[str, Any]:
    """A record with what stands in an object of its own, such as ``{"id": 5, "fields": {...}}``, beside the rest."""
    names = named("record", options)
    for name, value in record.items():
        if isinstance(value, Mapping) and (name == "_source" or key(str(name)) in names):
            beside = {other: record[other] for other in record if other != name}
            return {**beside, **value}
    return record
