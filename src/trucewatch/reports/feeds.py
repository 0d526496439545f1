"""RSS and Atom feeds, each to its entries with the text that the feed itself carries."""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from trucewatch.errors import UnreadableError
from trucewatch.reports import dates
from trucewatch.reports.decode import decode, wide
from trucewatch.reports.entry import Entry, broken
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import one_line, tidy
from trucewatch.reports.links import absolute

# Possessive: a comment may end at any of the ends behind it, and so many would be tried in every combination.
BEFORE_ROOT = rb"(?:\s|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*+"
"""What may stand before the first element of a file of XML."""
_FEED = re.compile(BEFORE_ROOT + rb"<(?:rss|feed|rdf:rdf)\b", re.I | re.S)
_END = re.compile(rb"</(?:rss|feed|rdf:rdf)\s*>", re.I)
# What is no markup has no references. Where it does not end it goes on to the file's end, and is looked through once.
_REFERENCE = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?P<name>[A-Za-z][A-Za-z0-9]{0,31});)?",
    re.S,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_MAILED = re.compile(r"^\S{1,200}@\S{1,200} \((.{1,200})\)$")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_CUT = "the feed is cut off in this entry, or behind it"
_TAGS = 2_000_000
"""A sitemap of 50,000 addresses, the most that there may be, has a million at most; a tag takes a hundred bytes."""


def is_feed(head: bytes) -> bool:
    """Does a file start like an RSS or Atom feed?"""
    head = head[:4000]
    charset = wide(head)
    return _FEED.match(head.decode(charset, "ignore").encode() if charset else head) is not None


def parse_xml(raw: bytes, what: str) -> Any:
    """The root element of hostile XML: entities stay as they are, nothing is loaded. Raises UnreadableError."""
    if raw.count(b"<") > _TAGS:
        raise UnreadableError(f"refused: a {what} of more than {_TAGS:,} tags")
    raw = _utf8(raw)
    try:
        tree, is_sound = _parsed(raw)
        if not is_sound:
            tree, _ = _parsed(_REFERENCE.sub(_numbered, raw))
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"no {what} that could be parsed") from error
    if tree is None:
        raise UnreadableError(f"no {what} that could be parsed")
    return tree


def _parsed(raw: bytes) -> tuple[Any, bool]:
    """The root element, and whether nothing was wrong."""
    # In the charset that its bytes tell, as of a page: what the file says of itself is wrong too often.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, encoding="utf-8"
    )
    return etree.fromstring(raw, parser), not len(parser.error_log)


def _numbered(found: re.Match[bytes]) -> bytes:
    """A reference such as ``&lt;`` or ``&nbsp;`` as numbers: behind any fault the parser drops those that have names."""
    whole, name = found[0], found["name"]
    if name is not None:
        signs = html.entities.html5.get(name.decode() + ";")
        return "".join(f"&#{ord(sign)};" for sign in signs).encode() if signs else b"&#38;" + whole[1:]
    return b"&#38;" if whole == b"&" else whole


def _utf8(raw: bytes) -> bytes:
    """The bytes in UTF-8, as nearly all are: these are not copied."""
    try:
        if wide(raw) is None:
            raw.decode()
            return raw
    except UnicodeDecodeError:
        pass
    return decode(raw).text.encode("utf-8", "replace")


def feed_entries(raw: bytes, url: str | None) -> Iterator[Entry]:
    """The entries of an RSS or Atom feed with the text that the feed itself carries."""
    raw = _utf8(raw)
    tree = parse_xml(raw, "feed")
    channel = next((e for e in tree.iter() if local(e) in ("channel", "feed")), tree)
    outlet, rights = _title(channel), child(channel, "copyright", "rights")
    url = tree.get(_BASE) or url
    elements = [e for e in tree.iter() if local(e) in ("item", "entry")]
    for number, element in enumerate(elements, start=1):
        is_cut = number == len(elements) and _END.search(raw) is None
        of = Facts(outlet=outlet, url=url, licence=rights, notes=(_CUT,) if is_cut else ())
        yield _feed_entry(element, of, number)


def _feed_entry(element: Any, of: Facts, number: int) -> Entry:
    link = link_of(element)
    link = absolute(of.url, link) if link else None
    source = next((one for one in element if local(one) == "source"), None)
    content = max(
        (_markup(e) for e in element if local(e) in ("encoded", "content", "description", "summary")),
        key=len,
        default="",
    )
    published = child(element, "published", "pubDate", "date", "issued", "updated")
    original = _title(source) or child(element, "source") if source is not None else None
    title = _title(element)
    known = Facts(
        # A feed of many outlets puts the name of each behind its titles.
        title=title.removesuffix(f" - {original}") if title and original else title,
        byline=child(element, "creator") or _authors(element),
        outlet=of.outlet,
        original_outlet=original,
        published=dates.first(published),
        modified=dates.first(child(element, "updated")),
        url=link or of.url,
        licence=child(element, "rights") or of.licence,
        notes=(*of.notes, *dates.unread(published)),
        themes=tuple(
            dict.fromkeys(
                tag
                for e in element
                if local(e) in ("category", "subject") and (tag := (e.text or e.get("term") or "").strip())
            )
        ),
        media=tuple(e.get("url") for e in element if local(e) in ("enclosure", "content") and e.get("url")),
    )
    name = link or str(number)
    if not content.strip():
        return broken(name, "an entry without text")
    page = f"<html><body><article>{content}</article></body></html>"
    return Entry(name=name, content=page, form="fragment", known=known)


def _authors(element: Any) -> str | None:
    """Atom's authors by their names; RSS has an address there, with the name in brackets."""
    authors = [one for one in element if local(one) == "author"]
    names = [child(one, "name") or one_line(tidy("".join(one.itertext()))) for one in authors]
    return ", ".join(dict.fromkeys(_MAILED.sub(r"\1", name) for name in names if name)) or None


def link_of(element: Any) -> str | None:
    """Where an entry leads: its ``link`` (of an Atom feed the ``alternate`` one), else an id that is an address."""
    if link := child(element, "link"):
        return link
    links = [e for e in element if local(e) == "link" and e.get("href")]
    links.sort(key=lambda e: e.get("rel", "alternate") != "alternate")
    if links:
        return str(links[0].get("href"))
    named = child(element, "guid", "id") or ""
    return named if named.startswith(("http://", "https://")) else None


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, *names: str) -> str | None:
    """The words in the first child of one of these names that has any."""
    for name in names:
        for one in element:
            if local(one) == name and (text := one_line(tidy("".join(one.itertext())))):
                return text
    return None


def _title(element: Any) -> str | None:
    """The title of an entry as a reader sees it: many feeds write markup there, escaped once more."""
    title = child(element, "title")
    return one_line(tidy(html.unescape(_TAG.sub("", html.unescape(title))))) or None if title else None


def _markup(element: Any) -> str:
    """The HTML in an element, escaped or not."""
    if len(element):
        return "".join([element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)])
    return element.text or ""
