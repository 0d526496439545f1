"""Files that hold many reports: JSON lists and lines, RSS and Atom feeds, WARC archives, each into its entries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from trucewatch.errors import UnreadableError
from trucewatch.nouns import Noun
from trucewatch.reports import dates
from trucewatch.reports.decode import decode
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import one_line, tidy

_FEED = re.compile(rb"(?:\s|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*<(?:rss|feed|rdf:rdf)\b", re.I | re.S)
_HTTP_HEAD = 100_000
"""What the head of an archived response may add to the size of its body, in bytes."""


class Entry(Noun):
    """One report inside a file: its content, and what the file says of it."""

    name: str
    """What tells it from its neighbours: an id, a line number, an address."""
    content: str | bytes
    form: str
    """``text`` or ``html`` (to be read as such), ``story`` (bare story text, taken as it is) or ``broken`` (the reason why)."""
    known: Facts = Facts()


def json_entries(raw: bytes) -> Iterator[Entry]:
    """The entries of a JSON file: a list of records, or one record."""
    try:
        data = msgspec.json.decode(decode(raw).text.encode("utf-8"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableError(f"no valid JSON: {error}") from error
    for number, record in enumerate(data if isinstance(data, list) else [data], start=1):
        yield record_entry(record, str(number))


def json_line(raw: bytes, number: int) -> Entry:
    """The entry of one line of a JSON-lines file; a broken line is an entry of the form ``broken``."""
    try:
        return record_entry(msgspec.json.decode(raw), str(number))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return Entry(name=str(number), content=f"no valid JSON: {error}", form="broken")


def record_entry(record: Any, number: str) -> Entry:
    """The entry of a record with ``text``, ``html`` or ``sentences`` and, where known, title, date, outlet, url, author."""
    if not isinstance(record, Mapping):
        return Entry(name=number, content="a record must be a JSON object", form="broken")
    name = str(record.get("id") or number)
    known = _record_facts(record)
    sentences = record.get("sentences")
    if isinstance(sentences, list) and all(isinstance(sentence, str) for sentence in sentences):
        # Claims of such files are scored by offsets into exactly this text, so that nothing in it may be changed.
        return Entry(name=name, content=" ".join(sentences), form="story", known=known)
    for field, form in (("html", "html"), ("text", "text"), ("content", "text"), ("body", "text")):
        if isinstance(content := record.get(field), str) and content.strip():
            looks_html = form == "html" or content.lstrip()[:200].lower().startswith(
                ("<!doctype", "<html", "<p>", "<div")
            )
            return Entry(name=name, content=content, form="html" if looks_html else "text", known=known)
    return Entry(name=name, content="a record without text, html or sentences", form="broken")


def _record_facts(record: Mapping[str, Any]) -> Facts:
    def word(*names: str) -> str | None:
        return next((one_line(tidy(v)) for n in names if isinstance(v := record.get(n), str) and v.strip()), None)

    def words(*names: str) -> tuple[str, ...]:
        found = next((record[n] for n in names if record.get(n)), ())
        return (
            tuple(str(v) for v in found) if isinstance(found, list) else (str(found),) if isinstance(found, str) else ()
        )

    return Facts(
        title=word("title", "headline"),
        byline=word("byline", "author"),
        outlet=word("outlet", "publisher", "source", "site"),
        original_outlet=word("original_outlet"),
        published=dates.first(word("published", "date", "date_published", "datePublished")),
        modified=dates.first(word("modified", "updated")),
        original_published=dates.first(word("original_published")),
        url=word("url", "link"),
        regions=words("regions", "region"),
        themes=words("themes", "theme", "tags", "keywords"),
        media=words("media"),
        licence=word("licence", "license"),
    )


def is_feed(head: bytes) -> bool:
    """Does a file start like an RSS or Atom feed?"""
    return _FEED.match(head[:4000]) is not None


def feed_entries(raw: bytes, url: str | None) -> Iterator[Entry]:
    """The entries of an RSS or Atom feed with the text that the feed itself carries."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        tree = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError("no feed that could be parsed") from error
    if tree is None:
        raise UnreadableError("no feed that could be parsed")
    channel = next((e for e in tree.iter() if _local(e) in ("channel", "feed")), tree)
    outlet = _child(channel, "title")
    for number, element in enumerate((e for e in tree.iter() if _local(e) in ("item", "entry")), start=1):
        yield _feed_entry(element, outlet, url, number)


def _feed_entry(element: Any, outlet: str | None, url: str | None, number: int) -> Entry:
    link = _child(element, "link") or next(
        (e.get("href") for e in element if _local(e) == "link" and e.get("href")), None
    )
    content = max(
        (_markup(e) for e in element if _local(e) in ("encoded", "content", "description", "summary")),
        key=len,
        default="",
    )
    known = Facts(
        title=_child(element, "title"),
        byline=_child(element, "creator") or _child(element, "author"),
        outlet=outlet,
        original_outlet=_child(element, "source"),
        published=dates.first(_child(element, "published", "pubDate", "date", "issued")),
        modified=dates.first(_child(element, "updated")),
        url=link or url,
        themes=tuple(
            dict.fromkeys(
                tag for e in element if _local(e) == "category" and (tag := (e.text or e.get("term") or "").strip())
            )
        ),
        media=tuple(e.get("url") for e in element if _local(e) in ("enclosure", "content") and e.get("url")),
    )
    name = link or str(number)
    if not content.strip():
        return Entry(name=name, content="an entry without text", form="broken")
    return Entry(name=name, content=f"<html><body><article>{content}</article></body></html>", form="html", known=known)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Any, *names: str) -> str | None:
    for name in names:
        for child in element:
            if _local(child) == name and (text := one_line(tidy("".join(child.itertext())))):
                return text
    return None


def _markup(element: Any) -> str:
    """The HTML in an element, escaped or not."""
    from lxml import etree

    if len(element):
        return "".join([element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)])
    return element.text or ""


def warc_entries(stream: BinaryIO, max_bytes: int) -> Iterator[Entry]:
    """The HTML and text responses of a WARC archive, compressed or not; one that is cut off is ``broken``."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False):
            url = str(record.headers.get("WARC-Target-URI") or record.record_id)
            try:
                entry = _archived(record, url, max_bytes)
            except (UnreadableError, ValueError) as error:
                entry = Entry(name=url, content=str(error), form="broken")
            if entry is not None:
                yield entry
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        raise UnreadableError(f"the archive is damaged: {error}") from error


def _archived(record: Any, url: str, max_bytes: int) -> Entry | None:
    """The entry of an archived response; None where it is no page. Raises UnreadableError where it is damaged."""
    told = record.headers.get("Content-Length") or ""
    length = int(told) if told.isdigit() else 0
    if length > max_bytes + _HTTP_HEAD:
        raise UnreadableError(f"larger than {max_bytes:,} bytes")
    record.freeze()
    if record.content_length < length:
        raise UnreadableError("cut off: the archive ends in it")
    record.parse_http(auto_decode="all")
    kind = (record.http_content_type or "").lower()
    good = record.http_headers is not None and record.http_headers.status_code == 200
    if not good or not kind.startswith(("text/", "application/xhtml")):
        return None
    content = record.reader.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise UnreadableError(f"larger than {max_bytes:,} bytes")
    decoded = decode(content, record.http_charset)
    taken: dt.datetime | None = record.record_date
    notes = (*decoded.notes, *((f"archived {taken.date().isoformat()}",) if taken else ()))
    form = "html" if "html" in kind or "xml" in kind else "text"
    return Entry(name=url, content=decoded.text, form=form, known=Facts(url=url, notes=notes))
