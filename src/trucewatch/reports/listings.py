"""Lists of addresses as sites publish them: feeds, sitemaps, indexes of sitemaps, and plain lists, packed or not."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

from trucewatch.errors import UnreadableError
from trucewatch.nouns import Noun
from trucewatch.reports import dates, feeds, unpack
from trucewatch.reports.decode import decode
from trucewatch.reports.links import absolute

_SITEMAP = re.compile(feeds.BEFORE_ROOT + rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.I | re.S)
_HEAD = 4000


class Listed(Noun):
    """One address that a list names."""

    url: str
    date: dt.date | None = None
    """When it was published, as the list has it."""
    stamp: str | None = None
    """The words in which the list says when it was last changed: a new stamp is a reason to look again."""


class Listing(Noun):
    """What a list names: addresses of reports, and of further lists."""

    reports: tuple[Listed, ...] = ()
    lists: tuple[Listed, ...] = ()


def refuse_sitemap(raw: bytes) -> None:
    """Raises UnreadableError for a sitemap: it has addresses, and no report."""
    if _SITEMAP.match(raw[:_HEAD]):
        raise UnreadableError("a sitemap, not a report: `trucewatch watch` reads the pages that it lists")


def read(raw: bytes, url: str | None, max_bytes: int) -> Listing:
    """The addresses in a list that was found at ``url``. Raises UnreadableError where there is none in it."""
    if raw.startswith(b"\x1f\x8b"):
        raw = unpack.gunzipped(io.BytesIO(raw), max_bytes)
    if feeds.is_feed(raw):
        return Listing(reports=_whole(_of_feed(raw, url)))
    if _SITEMAP.match(raw[:_HEAD]):
        tree = feeds.parse_xml(raw, "sitemap")
        found = Listing(reports=_whole(_of_sitemap(tree, "url", url)), lists=_whole(_of_sitemap(tree, "sitemap", url)))
    else:
        found = Listing(reports=_whole(_of_lines(raw)))
    if not found.reports and not found.lists:
        raise UnreadableError("no feed, no sitemap, and no list of addresses")
    return found


def _whole(listed: Iterator[Listed]) -> tuple[Listed, ...]:
    """The web addresses among what was listed, each once."""
    good = [one for one in listed if one.url.startswith(("http://", "https://"))]
    return tuple({one.url: one for one in reversed(good)}.values())[::-1]


def _of_feed(raw: bytes, url: str | None) -> Iterator[Listed]:
    for element in feeds.parse_xml(raw, "feed").iter():
        if feeds.local(element) in ("item", "entry") and (link := feeds.link_of(element)):
            published = feeds.child(element, "published", "pubDate", "date", "issued", "updated")
            stamp = feeds.child(element, "updated", "modified") or published
            yield Listed(url=absolute(url, link), date=dates.first(published), stamp=stamp)


def _of_sitemap(tree: Any, name: str, url: str | None) -> Iterator[Listed]:
    for element in tree.iter():
        if feeds.local(element) == name and (link := feeds.child(element, "loc")):
            stamp = feeds.child(element, "lastmod")
            news = next((inner for inner in element if feeds.local(inner) == "news"), element)
            # A sitemap's "lastmod" is when the page last changed, and no date of its report; that of "news" is one.
            published = feeds.child(news, "publication_date")
            yield Listed(url=absolute(url, link), date=dates.first(published), stamp=stamp or published)


def _of_lines(raw: bytes) -> Iterator[Listed]:
    """A line an address; what follows a blank or a ``#`` at a line's beginning is a remark."""
    for line in decode(raw).text.splitlines():
        if words := line.split():
            yield Listed(url=words[0])
