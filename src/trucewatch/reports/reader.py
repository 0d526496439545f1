"""One source to its reports: bytes, text, blocks, parts, Report."""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from trucewatch.errors import FetchError, UnreadableError
from trucewatch.nouns import Report
from trucewatch.reports import (
    apart,
    clippings,
    decode,
    delimited,
    feeds,
    front,
    isolate,
    links,
    listings,
    live,
    mail,
    mail_parts,
    metadata,
    page,
    plain,
    records,
    telegram_page,
    tongue,
    unpack,
    votes,
    warc,
)
from trucewatch.reports.assemble import EVERYTHING, ReadOptions, assemble, build, overridden
from trucewatch.reports.facts import Facts, merge
from trucewatch.reports.hygiene import tidy
from trucewatch.reports.sources import Source, fetched, of_entry, of_whole

_HTML_STARTS = ("<!doctype", "<html", "<?xml", "<head", "<body", "<article", "<div", "<p>", "<!--")
_PDF = b"%PDF-"
_UNNAMED = ("stdin", "text")
"""Forms of what may hold more than one text, for all that its name tells."""


def read_source(source: Source, options: ReadOptions = EVERYTHING) -> list[Report]:
    """The reports of one source (a feed behind a URL gives several). Raises UnreadableError or FetchError with one line."""
    try:
        return [_told(report, report.source or source.name) for report in _unnamed(source, options)]
    except FetchError as error:
        raise type(error)(_named(source, error)) from error
    except UnreadableError as error:
        raise UnreadableError(_named(source, error)) from error


def from_text(text: str, *, date: dt.date | None = None, outlet: str | None = None, title: str | None = None) -> Report:
    """The report in a text (or page source) at hand; what is given with the call overrides what the text says.

    Raises UnreadableError where there is none, or several: the days of a live blog.
    """
    if not text.strip():
        raise UnreadableError("empty: there is no text in it")
    options = ReadOptions(date=date, outlet=outlet)
    known = Facts(title=title)
    found = read_html(text, known, options) if _is_html(text) else [read_plain(text, known, options)]
    if len(found) != 1:
        raise UnreadableError(f"a live blog of {len(found)} days; read it from a file into a desk")
    return _told(found[0], None)


def read_plain(text: str, known: Facts, options: ReadOptions) -> Report:
    """The report in a plain text; `known` is what its container says of it."""
    said, head, text = front.parted(tidy(text), options)
    known = merge(known, said)
    parts = [apart.Part(block=line, kind=apart.HEAD) for line in head]
    return assemble([*parts, *apart.sort_out(plain.blocks(text), known.title)], known, options)


def read_html(html: str, known: Facts, options: ReadOptions, form: str = "html") -> list[Report]:
    """The report in a page, or in a ``fragment`` that has none around it; what looks hostile is read in a process of its own.

    A live blog gives a report of each of its days.
    """
    if isolate.looks_hostile(html):
        return isolate.read_html(isolate.Task(form=form, text=html, known=known, options=options))
    return read_page(html, known, options, form)


def read_page(html: str, known: Facts, options: ReadOptions, form: str = "html") -> list[Report]:
    """As ``read_html``, read here and now."""
    html = page.with_title_closed(html)
    tree = page.parse(html)
    known = msgspec.structs.replace(known, url=links.original(known.url) or links.saved_from(html))
    facts = merge(known, metadata.read(tree, known.url))
    blocks = page.blocks(tree, facts.url)
    blogs = metadata.live(tree)
    is_live = bool(blogs) or live.is_named(facts.title)
    posts = live.posts(blogs)
    if form != "fragment":  # which may have a story in each cell of a table, and nothing but stories
        body = "\n\n".join(post.text for post in posts) or metadata.body(tree)
        blocks = votes.with_votes(blocks, html, body, is_live)
    parts = apart.sort_out(blocks, facts.title, (facts.outlet, facts.byline))
    report = assemble(parts, facts, options)
    return live.by_day(report, parts, posts) if is_live and options.date is None else [report]


def _named(source: Source, error: Exception) -> str:
    return f"{source.name}: {error}"


def _told(report: Report, source: str | None) -> Report:
    """The report with its source and its language, which is told here so that no other process loads a model for it."""
    return msgspec.structs.replace(report, source=source, language=tongue.language(report.text))


def _unnamed(source: Source, options: ReadOptions) -> list[Report]:
    if source.form == "broken":
        raise UnreadableError(source.reason or "cannot be read")
    if source.form == "url":
        return _fetched(source, options)
    options = msgspec.structs.replace(options, date=options.date or source.date, outlet=options.outlet or source.outlet)
    if source.form == "story":
        return [_bare_story(str(source.content), source.known, options)]
    content = source.content if source.content is not None else _bytes(source, options)
    return _document(content, source, options)


def _document(content: str | bytes, source: Source, options: ReadOptions) -> list[Report]:
    known = source.known
    if len(content) > options.max_bytes:
        raise unpack.too_large(options.max_bytes)
    if isinstance(content, bytes):
        if source.form == "pdf" or content.startswith(_PDF):
            return [isolate.read_pdf(content, known, options)]
        if source.form in _UNNAMED and (kind := _of_many(content, options)) is not None:
            if kind == "eml":
                content = mail_parts.without_attachments(io.BytesIO(content), options.max_bytes)
            return _each(of_whole(source.name, kind, content, options), options)
        decoded = decode.decode(content, source.charset)
        known = msgspec.structs.replace(known, notes=(*known.notes, *decoded.notes))
        content = decoded.text
    if not content.strip():
        raise UnreadableError("empty: there is no text in it")
    if source.form != "fragment" and telegram_page.is_shown(content):
        return _each(of_whole(source.name, "telegram", content.encode("utf-8", "replace"), options), options)
    if source.form in ("html", "fragment") or _is_html(content):
        found = read_html(content, known, options, "fragment" if source.form == "fragment" else "html")
        return found if len(found) == 1 else [_of_day(report, source) for report in found]
    if source.form in _UNNAMED and clippings.are_several(content):
        return _each(of_whole(source.name, "clippings", content.encode("utf-8", "replace"), options), options)
    return [read_plain(content, known, options)]


def _of_many(raw: bytes, options: ReadOptions) -> str | None:
    """What a file of many reports is, or a message, of which no name tells that it is one."""
    if warc.is_archive(raw):
        return "warc"
    if feeds.is_feed(raw):
        return "feed"
    if records.are_records(raw):
        return "json"
    return "eml" if mail.is_message(raw) else "csv" if delimited.is_table(raw, options) else None


def _of_day(report: Report, source: Source) -> Report:
    return msgspec.structs.replace(report, source=f"{source.name}#{report.published or 'undated'}")


def _bare_story(text: str, known: Facts, options: ReadOptions) -> Report:
    if not text.strip():
        raise UnreadableError("empty: there is no text in it")
    return build(text, overridden(known, options))


def _is_html(text: str) -> bool:
    start = text[:400].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(_HTML_STARTS) and ">" in text


def _bytes(source: Source, options: ReadOptions) -> bytes:
    """The bytes of a file or of standard input, never more than one beyond the limit."""
    try:
        if source.form == "stdin":
            return unpack.whole(sys.stdin.buffer, options.max_bytes)
        path = Path(source.path or source.name)
        if path.stat().st_size > options.max_bytes:
            raise unpack.too_large(options.max_bytes)
        with unpack.opened(path) as stream:
            return unpack.whole(stream, options.max_bytes)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error


def _fetched(source: Source, options: ReadOptions) -> list[Report]:
    from trucewatch.reports import fetch

    got = fetch.fetch(source.name, options)
    if feeds.is_feed(got.content):
        return _each((of_entry(entry, source.name) for entry in feeds.feed_entries(got.content, source.name)), options)
    listings.refuse_sitemap(got.content)
    return _unnamed(fetched(source.name, got), options)


def _each(entries: Iterable[Source], options: ReadOptions) -> list[Report]:
    """The reports of a feed or a list; entries that can't be read are counted in a note of the others."""
    reports, reasons = [], []
    for entry in entries:
        try:
            reports += read_source(entry, options)
        except UnreadableError as error:
            reasons.append(str(error))
    if not reports:
        raise UnreadableError(reasons[0] if reasons else "there is no report in it")
    if not reasons:
        return reports
    what = "entry" if len(reasons) == 1 else "entries"
    note = f"{len(reasons)} {what} beside this could not be read, first {reasons[0]}"
    return [msgspec.structs.replace(report, notes=(*report.notes, note)) for report in reports]
