"""What the user names, a file, folder, URL or "-", becomes Sources: one for each report or each file of one report.

Nothing here raises for bad input: a source that can't be read says so when it is read, and the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from trucewatch.errors import UnreadableError
from trucewatch.nouns import Noun
from trucewatch.reports import containers
from trucewatch.reports.assemble import EVERYTHING, ReadOptions
from trucewatch.reports.containers import Entry
from trucewatch.reports.facts import Facts

TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
FEEDS = frozenset({".xml", ".feed", ".rss", ".atom"})
_CONTAINER_BYTES = 200_000_000
"""Largest JSON file or feed: it is parsed as a whole."""


class Source(Noun):
    """One input: where it is, and what is known of it before it is read."""

    name: str
    """As ``Report.source`` tells it: the path, the URL, ``-``, or path ``#`` entry."""
    form: str
    """``text``, ``html``, ``story`` (bare story text), ``url``, ``stdin``, or ``broken``."""
    path: str | None = None
    content: str | bytes | None = None
    """What was already taken out of a container."""
    known: Facts = Facts()
    reason: str | None = None
    """Of a ``broken`` one: why it can't be read."""


def sources(paths: Iterable[str | Path], options: ReadOptions = EVERYTHING) -> Iterator[Source]:
    """The sources behind FILE, FOLDER, URL or ``-``; folders are walked in name order, other suffixes left alone."""
    for path in paths:
        name = str(path)
        if name == "-":
            yield Source(name=name, form="stdin")
        elif name.startswith(("http://", "https://")):
            yield Source(name=name, form="url")
        else:
            yield from _on_disk(Path(path))


def known_suffix(path: Path) -> bool:
    """Is it a file that a folder is searched for?"""
    name = path.name.lower()
    suffixes = TEXT | PAGES | FEEDS | {".json", ".jsonl", ".warc"}
    return name.endswith(".warc.gz") or path.suffix.lower() in suffixes


def _tells_of_others(path: Path) -> bool:
    """A README or licence in a folder of reports is none of them."""
    return path.stem.lower() in ("readme", "license", "licence", "changelog", "contributing")


def _on_disk(path: Path) -> Iterator[Source]:
    try:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in inner.relative_to(path).parts) or _tells_of_others(inner)
                if inner.is_file() and not hidden and known_suffix(inner):
                    yield from _file(inner)
        elif path.is_file():
            yield from _file(path)
        else:
            yield broken(str(path), "no such file or folder" if not path.exists() else "neither a file nor a folder")
    except OSError as error:
        yield broken(str(path), f"cannot be read: {error.strerror or error}")


def broken(name: str, reason: str) -> Source:
    """A source that gives `reason` when it is read."""
    return Source(name=name, form="broken", reason=reason)


def _file(path: Path) -> Iterator[Source]:
    suffix, name = path.suffix.lower(), str(path)
    try:
        if suffix == ".jsonl":
            yield from _json_lines(path)
        elif name.lower().endswith((".warc", ".warc.gz")):
            yield from _warc(path)
        elif suffix == ".json" or (suffix in FEEDS and containers.is_feed(_head(path))):
            yield from _parsed(path, suffix)
        else:
            yield Source(name=name, path=name, form="html" if suffix in PAGES | FEEDS else "text")
    except UnreadableError as error:
        yield broken(name, str(error))
    except OSError as error:
        yield broken(name, f"cannot be read: {error.strerror or error}")


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(2000)


def _parsed(path: Path, suffix: str) -> Iterator[Source]:
    if path.stat().st_size > _CONTAINER_BYTES:
        raise UnreadableError(f"larger than {_CONTAINER_BYTES:,} bytes")
    raw = path.read_bytes()
    if not raw.strip():
        raise UnreadableError("empty: there is no text in it")
    entries = list(containers.json_entries(raw) if suffix == ".json" else containers.feed_entries(raw, None))
    if not entries:
        raise UnreadableError("there is no report in it")
    for entry in entries:
        yield of_entry(entry, str(path), alone=len(entries) == 1)


def _json_lines(path: Path) -> Iterator[Source]:
    seen = False
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                seen = True
                yield of_entry(containers.json_line(line, number), str(path))
    if not seen:
        raise UnreadableError("empty: there is no text in it")


def _warc(path: Path, max_bytes: int = 20_000_000) -> Iterator[Source]:
    seen = False
    with path.open("rb") as stream:
        for entry in containers.warc_entries(stream, max_bytes):
            seen = True
            yield of_entry(entry, str(path))
    if not seen:
        raise UnreadableError("no page in this archive")


def of_entry(entry: Entry, container: str, alone: bool = False) -> Source:
    """The source of a container's entry; the only entry of a file goes by the file's name."""
    name = container if alone else f"{container}#{entry.name}"
    if entry.form == "broken":
        return broken(name, str(entry.content))
    return Source(name=name, form=entry.form, content=entry.content, known=entry.known)
