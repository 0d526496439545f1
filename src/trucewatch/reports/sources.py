"""What the user names, a file, folder, URL or "-", becomes Sources: one for each report or each file of one report.

Nothing here raises for bad input: a source that can't be read says so when it is read, and the others go on.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import msgspec

from trucewatch.errors import TrucewatchError, UnreadableError
from trucewatch.nouns import Noun
from trucewatch.reports import (
    archives,
    clippings,
    delimited,
    docx,
    epub,
    feeds,
    isolate,
    listings,
    mail,
    mail_parts,
    records,
    telegram_page,
    unpack,
)
from trucewatch.reports.archives import Member
from trucewatch.reports.assemble import EVERYTHING, ReadOptions
from trucewatch.reports.decode import decode
from trucewatch.reports.entry import Entry, some
from trucewatch.reports.facts import Facts, merge
from trucewatch.reports.isolate import Task

if TYPE_CHECKING:
    from trucewatch.reports.fetch import Fetched

FORMS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".php": "html", ".asp": "html", ".aspx": "html", ".pdf": "pdf", ".docx": "docx",
    ".xml": "feed", ".feed": "feed", ".rss": "feed", ".atom": "feed",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".eml": "eml", ".mht": "eml", ".mhtml": "eml", ".mbox": "mbox", ".warc": "warc", ".wet": "warc",
    ".zip": "zip", ".wacz": "wacz", ".epub": "epub", ".tar": "tar", ".tgz": "tar", ".tbz2": "tar", ".txz": "tar",
}  # fmt: skip
"""Suffixes of the files that a folder is searched for, and what is in them."""
_File = TypeVar("_File")
_SAVED_PAGES = (".html", ".htm")
_UNREAD = {
    ".doc": ".docx", ".odt": ".docx", ".rtf": ".docx", ".pages": ".docx", ".xls": ".csv", ".xlsx": ".csv", ".ods": ".csv",
    ".msg": ".eml", ".emlx": ".eml", ".pst": ".mbox", ".arc": ".warc", ".rar": ".zip", ".7z": ".zip", ".zst": ".gz",
    ".har": ".mhtml", ".webarchive": ".html", ".maff": ".html", ".mobi": ".epub",
}  # fmt: skip
"""Suffixes of files that may hold reports and are not read, and as what they are to be saved."""
_ARCHIVES: Mapping[str, frozenset[str] | None] = {
    "zip": None, "tar": None, "wacz": frozenset({"warc", "wacz"}), "epub": frozenset({"html"}),
}  # fmt: skip
"""Archives of files, and which of these hold reports: in a WACZ the others say what the pages are, once more."""
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_NAME = 1000
"""Characters of a name that a file gives to what is in it."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_WHOLE = frozenset({"feed", "json", "eml", "docx"})
"""What is parsed as a whole; the only entry of such a file goes by the file's name."""
_CONTAINER_BYTES = 200_000_000
"""Largest of these, but of mail, of which only the words are kept."""
_HEAD = 4000
"""Bytes at a page's beginning that tell whether it is an export of Telegram."""
_ISOLATED = frozenset({"warc", "parquet"})


class Source(Noun):
    """One input: where it is, and what is known of it before it is read."""

    name: str
    """As ``Report.source`` tells it: the path, the URL, ``-``, or path ``#`` entry."""
    form: str
    """``text``, ``html``, ``fragment`` (HTML without a page around it), ``pdf``, ``story`` (bare story text), ``url``,
    ``stdin``, or ``broken``."""
    path: str | None = None
    content: str | bytes | None = None
    """What was already taken out of a container, or fetched."""
    charset: str | None = None
    """The charset that a server named."""
    known: Facts = Facts()
    date: dt.date | None = None
    """The date that the list of sources gives; it goes before what the page says, but not before ``ReadOptions``."""
    outlet: str | None = None
    """The outlet, likewise."""
    reason: str | None = None
    """Of a ``broken`` one: why it can't be read."""


def sources(paths: Iterable[str | Path], options: ReadOptions = EVERYTHING) -> Iterator[Source]:
    """The sources behind FILE, FOLDER, URL or ``-``; folders are walked in name order, other suffixes left alone."""
    for path in [paths] if isinstance(paths, str | Path) else paths:
        name = str(path)
        if name == "-":
            yield Source(name=name, form="stdin")
        elif _SCHEME.match(name):
            yield Source(name=name, form="url")
        else:
            yield from _on_disk(Path(path), options)


def form(name: str) -> str | None:
    """What a file of this name holds, packed or not; None for files that a folder is not searched for."""
    if _unread(name):
        return "unread"
    # A copy of a site has pages by the names of their addresses: "story.php?id=5".
    return FORMS.get(_suffix(name)) or FORMS.get(_suffix(name.partition("?")[0]))


def _suffix(name: str) -> str:
    return PurePosixPath(unpack.plain_name(name)).suffix


def _unread(name: str) -> str | None:
    """Why a file of this name is not read, if that is so."""
    suffix = _suffix(name)
    return f"a {suffix} file is not read: save it as {_UNREAD[suffix]}" if suffix in _UNREAD else None


def _is_wanted(inner: PurePath) -> bool:
    """A file of a folder that is read: one of a known suffix, neither hidden nor a README or licence."""
    hidden = any(part.startswith((".", "~$")) and part != ".." for part in inner.parts)
    tells_of_others = inner.stem.lower() in ("readme", "license", "licence", "changelog", "contributing")
    return not hidden and not tells_of_others and form(inner.name) is not None


def _own(files: Iterable[_File], path_of: Callable[[_File], PurePath]) -> Iterator[_File]:
    """The files in name order without what a browser saved beside a page: frames and scripts in "story_files" of "story.html"."""
    beside: set[PurePath] = set()
    for one in files:
        path = path_of(one)
        if beside.isdisjoint(path.parents):
            yield one
            if path.suffix in _SAVED_PAGES:
                beside.add(path.with_name(f"{path.stem}_files"))


def _on_disk(path: Path, options: ReadOptions) -> Iterator[Source]:
    try:
        if path.is_dir():
            yield from _folder(path, options)
        elif path.is_file():
            yield from _file(path, options)
        else:
            yield broken(
                _called(path), "no such file or folder" if not path.exists() else "neither a file nor a folder"
            )
    except OSError as error:
        yield broken(_called(path), _unreadable(error))


def _folder(path: Path, options: ReadOptions) -> Iterator[Source]:
    """The files in a folder; one that is gone by now, a link that leads nowhere and a closed folder say so."""
    closed: list[OSError] = []
    found = [Path(at, name) for at, _, names in os.walk(path, onerror=closed.append) for name in names]
    wanted = [inner for inner in sorted(found) if _is_wanted(inner.relative_to(path))]
    for inner in _own(wanted, lambda inner: inner):
        yield from _on_disk(inner, options)
    if not wanted and not closed:
        yield broken(_called(path), "no file in this folder is of a kind that is read")
    for error in closed:
        yield broken(_called(Path(error.filename)), _unreadable(error))


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


def _called(path: Path) -> str:
    """Its name as text that can be kept: of a name that is no UTF-8, the strange bytes are written out (``\\xff``)."""
    return _printable(os.fsencode(path).decode("utf-8", "backslashreplace"))


def _printable(name: str) -> str:
    """A name with what would steer a terminal, or turn the order of the letters, written out (``\\x1b``)."""
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), name)


def _within(container: str, name: str) -> str:
    """What something in a file is called; a very long name is cut."""
    return f"{container}#{_printable(name[:_NAME])}"


def broken(name: str, reason: str) -> Source:
    """A source that gives `reason` when it is read."""
    return Source(name=name, form="broken", reason=reason)


def fetched(name: str, got: Fetched) -> Source:
    """The source of what a server gave."""
    is_pdf = got.kind == "application/pdf" or got.content.startswith(b"%PDF")
    kind = "pdf" if is_pdf else "html" if "html" in got.kind else "text"
    return Source(name=name, form=kind, content=got.content, charset=got.charset, known=Facts(url=got.url))


def _file(path: Path, options: ReadOptions) -> Iterator[Source]:
    name, kind = _called(path), form(path.name) or "text"
    try:
        if kind == "unread":
            yield broken(name, _unread(path.name) or "")
        elif kind in _ARCHIVES:
            yield from _archive(path, kind, options)
        elif kind in _ISOLATED:
            yield from _isolated(path, kind, options)
        elif kind in ("text", "html", "pdf") and _of_several(kind, _head(path)) is None:
            yield Source(name=name, path=str(path), form=kind)
        else:
            with unpack.opened(path) as stream:
                yield from _contained(name, kind, stream, options)
    except TrucewatchError as error:
        yield broken(name, str(error))
    except OSError as error:
        yield broken(name, _unreadable(error))


def _head(path: Path) -> bytes:
    with unpack.opened(path) as stream:
        return stream.read(clippings.HEAD)


def _of_several(kind: str, head: bytes) -> str | None:
    """What a text or page of many reports is: an export of Telegram, or what a press database or a chat gives."""
    if kind == "html":
        return "telegram" if telegram_page.is_export(head[:_HEAD]) else None
    try:
        return "clippings" if kind == "text" and clippings.are_several(decode(head).text) else None
    except UnreadableError:
        return None  # whoever reads the whole of it says why


def _isolated(path: Path, kind: str, options: ReadOptions) -> Iterator[Source]:
    from trucewatch.reports import parquet

    if kind == "parquet":
        parquet.require()
    if _needs_unpacking(path.name, kind):
        raise UnreadableError("packed: unpack it first")
    yield from _of_task(_called(path), Task(form=kind, path=str(path), options=options))


def _needs_unpacking(name: str, kind: str) -> bool:
    """Is a file packed, otherwise than web archives themselves are (``.warc.gz``)?"""
    return name.lower().endswith(unpack.ENDINGS) and not (kind == "warc" and name.lower().endswith(".gz"))


def _of_task(name: str, task: Task) -> Iterator[Source]:
    """The sources in an archive that is read in a process of its own."""
    for entry in some(isolate.entries(task, "the archive"), "no page in this archive"):
        yield of_entry(entry, name)


def _archive(path: Path, kind: str, options: ReadOptions) -> Iterator[Source]:
    """The sources in the files of an archive."""
    forms = _ARCHIVES[kind]
    book = epub.book(path) if kind == "epub" else epub.Book()
    wanted = (
        member
        for member in archives.members(path, kind)
        if _is_wanted(PurePosixPath(member.name)) and (forms is None or form(member.name) in forms)
        if member.name not in book.front
    )
    own = _own(wanted, lambda member: PurePosixPath(member.name))
    for member in some(own, "no report in this archive"):
        name = _within(_called(path), member.name)
        try:
            for source in _of_member(name, member, path, options):
                yield msgspec.structs.replace(source, known=merge(source.known, book.facts))
        except UnreadableError as error:
            yield broken(name, str(error))


def _of_member(name: str, member: Member, path: Path, options: ReadOptions) -> Iterator[Source]:
    """The sources in a file of an archive: of archives, only web archives that are kept there as they are."""
    kind = form(member.name) or ""
    if isinstance(member.stream, UnreadableError):
        raise member.stream
    if reason := _unread(member.name):
        raise UnreadableError(reason)
    packed = _needs_unpacking(member.name, kind)
    if kind == "warc" and member.span is not None and not packed:
        yield from _of_task(name, Task(form="warc", path=str(path), span=member.span, options=options))
    elif kind in _ISOLATED or kind in _ARCHIVES or packed:
        raise UnreadableError("an archive inside an archive: unpack it first")
    else:
        yield from _contained(name, kind, member.stream, options)


def _contained(name: str, kind: str, stream: BinaryIO, options: ReadOptions) -> Iterator[Source]:
    """The sources in a stream of bytes, by what is in it."""
    if kind in ("text", "html", "pdf"):
        raw = unpack.whole(stream, options.max_bytes)
        if (several := _of_several(kind, raw[: clippings.HEAD])) is not None:
            yield from of_whole(name, several, raw, options)
        else:
            yield Source(name=name, form=kind, content=raw)
    elif kind == "eml":
        yield from of_whole(name, kind, mail_parts.without_attachments(stream, options.max_bytes), options)
    elif kind in _WHOLE:
        yield from of_whole(name, kind, unpack.whole(stream, _CONTAINER_BYTES), options)
    else:
        for entry in _streamed(kind, stream, options):
            yield of_entry(entry, name)


def of_whole(name: str, kind: str, raw: bytes, options: ReadOptions) -> Iterator[Source]:
    """The sources in a file of many that is parsed as a whole; raises UnreadableError where there is none."""
    if not raw.strip():
        raise UnreadableError("empty: there is no text in it")
    if kind == "feed" and not feeds.is_feed(raw):
        listings.refuse_sitemap(raw)
        yield Source(name=name, form="html", content=raw)
        return
    if (
        kind in ("docx", "warc")
        or isolate.looks_heavy(raw)
        or (kind == "telegram" and isolate.looks_hostile(raw.decode("latin-1")))
    ):
        entries = isolate.entries(Task(form=kind, raw=raw, options=options), "the file")
    else:
        entries = whole_entries(kind, raw, options)
    entries = some(entries, "there is no report in it")
    first = list(itertools.islice(entries, 2))
    for entry in itertools.chain(first, entries):
        yield of_entry(entry, name, alone=len(first) == 1)


def whole_entries(kind: str, raw: bytes, options: ReadOptions) -> Iterator[Entry]:
    """The entries of a file that is parsed as a whole, in this process."""
    if kind == "csv":
        return _streamed(kind, io.BytesIO(raw), options)
    if kind == "json":
        return records.json_entries(raw, options)
    if kind == "docx":
        return iter([docx.docx_entry(raw, options.max_bytes)])
    if kind == "telegram":
        return telegram_page.entries(raw)
    if kind == "clippings":
        return clippings.entries(decode(raw).text)
    return iter([mail.eml_entry(raw)]) if kind == "eml" else feeds.feed_entries(raw, None)


def _streamed(kind: str, stream: BinaryIO, options: ReadOptions) -> Iterator[Entry]:
    if kind == "csv":
        return delimited.csv_entries(stream, options)
    if kind == "mbox":
        return mail.mbox_entries(stream, options.max_bytes)
    return records.json_lines(stream, options)


def of_entry(entry: Entry, container: str, alone: bool = False) -> Source:
    """The source of a container's entry; the only entry of a file goes by the file's name."""
    name = container if alone else _within(container, entry.name)
    if entry.form == "broken":
        return broken(name, entry.content)
    return Source(name=name, form=entry.form, content=entry.raw or entry.content, known=entry.known)


def of_record(record: Mapping[str, Any], number: str, container: str, options: ReadOptions) -> Source:
    """The source of a record at hand, by its columns as in a file; it is called by its id, else by its number."""
    return of_entry(records.record_entry(record, number, options), container)
