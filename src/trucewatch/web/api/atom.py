"""Atom (RFC 4287): what a feed and its entries say, written as XML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from lxml import etree

from trucewatch import __version__
from trucewatch.nouns import Noun

MEDIA = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no room for, and a report's title may hold."""


class Entry(Noun):
    """One entry."""

    id: str
    """An IRI that stays the same for ever."""
    title: str
    link: str
    updated: dt.datetime
    text: str


class Feed(Noun):
    """A feed."""

    id: str
    title: str
    itself: str
    """Its own address, without the key."""
    page: str
    """The page that shows the same."""
    updated: dt.datetime
    entries: Sequence[Entry]


def written(feed: Feed) -> bytes:
    """The document."""
    root = etree.Element(_name("feed"), nsmap={None: NAMESPACE})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.updated))
    _add(root, "link", rel="self", type=MEDIA, href=feed.itself)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    author = _add(root, "author")
    _add(author, "name", "Trucewatch")
    _add(root, "generator", "Trucewatch", version=__version__)
    for one in feed.entries:
        entry = _add(root, "entry")
        _add(entry, "id", one.id)
        _add(entry, "title", one.title)
        _add(entry, "updated", _moment(one.updated))
        _add(entry, "link", rel="alternate", type="text/html", href=one.link)
        _add(entry, "content", one.text, type="text")
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return document


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, _name(name), attributes)
    if text:
        made.text = _UNFIT.sub(" ", text)
    return made


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
