"""What a fetched list or page holds: addresses to visit, or sources to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag

import msgspec

from trucewatch.reports import Source, feeds, listings
from trucewatch.reports.fetch import Fetched
from trucewatch.reports.listings import Listed
from trucewatch.reports.sources import broken, fetched, of_entry
from trucewatch.watch.frontier import Address
from trucewatch.watch.rules import host_of
from trucewatch.watch.watchlist import Watched

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DEPTH = 3
"""Lists of lists of lists, and no more."""
_LISTS = 5000


def addresses(got: Fetched, at: Address, source: Watched, max_bytes: int) -> list[Address]:
    """The addresses that a list names and the source wants. Raises UnreadableError where it is no list."""
    listing = listings.read(got.content, got.url, max_bytes)
    lists = listing.lists[:_LISTS] if at.hops < _DEPTH else ()
    reports = [one for one in listing.reports if host_of(one.url) and _is_wanted(one, source)]
    # The newest first; sorting leaves those of one day, or of none, in the list's order.
    reports.sort(key=_day, reverse=True)
    return [
        *(_address(one, at, is_list=True) for one in lists if host_of(one.url)),
        *(_address(one, at, is_list=False) for one in reports[: source.most]),
    ]


def _is_wanted(one: Listed, source: Watched) -> bool:
    if source.match and not re.search(source.match, one.url):
        return False
    if source.skip and re.search(source.skip, one.url):
        return False
    return source.since is None or not (day := _day(one)) or day >= source.since.isoformat()


def _day(one: Listed) -> str:
    """The day of what is listed, or of its last change; "" where the list tells none."""
    if one.date is not None:
        return one.date.isoformat()
    return one.stamp[:10] if one.stamp and _ISO.match(one.stamp) else ""


def _address(one: Listed, at: Address, is_list: bool) -> Address:
    url = urldefrag(one.url).url
    return Address(
        url=url,
        host=host_of(url),
        source=at.source,
        is_list=is_list,
        hops=at.hops + 1 if is_list else 0,
        listed=one.date,
        stamp=one.stamp,
    )


def moved(at: Address, url: str) -> Address:
    """The address that a redirect leads to."""
    url = urldefrag(url).url
    return msgspec.structs.replace(at, url=url, host=host_of(url), hops=at.hops + 1, tries=0, etag=None, modified=None)


def page(got: Fetched, at: Address, source: Watched) -> Source:
    """The source of a page, with what its list says of it."""
    if feeds.is_feed(got.content):
        return broken(at.url, "a feed, and no page; it can be watched as a feed")
    read = fetched(at.url, got)
    # The time of a page's own clock elements is the last that counts for its date; so does that of the list.
    known = msgspec.structs.replace(read.known, timed=at.listed) if source.date == "page" else read.known
    day = at.listed if source.date == "list" else None if source.date == "page" else source.date
    return msgspec.structs.replace(read, known=known, date=day, outlet=source.outlet)


def entries(got: Fetched, at: Address, source: Watched) -> Iterator[Source]:
    """The sources of a feed's entries, with the text that it carries. Raises UnreadableError where it is no feed."""
    for entry in feeds.feed_entries(got.content, got.url):
        read = of_entry(entry, at.url)
        listed = read.known.published
        if _is_wanted(Listed(url=entry.known.url or entry.name, date=listed), source):
            day = source.date if not isinstance(source.date, str) else None
            yield msgspec.structs.replace(read, date=day, outlet=source.outlet)
