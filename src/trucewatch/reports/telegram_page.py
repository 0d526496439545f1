"""Pages of posts of a Telegram channel or chat, a post an entry: an export's (``messages.html`` of Telegram Desktop), and
those that Telegram shows of a channel to anybody (``t.me/s/...``).

Those of an export give what the export as JSON gives, and the day on which a forwarded post was first written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from trucewatch.reports import dates, page
from trucewatch.reports.decode import decode
from trucewatch.reports.entry import Entry, some
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import one_line, tidy
from trucewatch.reports.telegram import NO_POST

_TITLE = b"<title>Exported Data</title>"
_WRAP = b'class="page_wrap'
_SHOWN = "tgme_widget_message_text"
_POST = "tgme_widget_message"
_SPACE = re.compile(r"\s+")
_OWN_LINES = frozenset(("blockquote", "div", "p", "pre"))
_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})\b")


def is_export(head: bytes) -> bool:
    """Does a page begin as those do that Telegram Desktop writes?"""
    return _TITLE in head and _WRAP in head


def is_shown(html: str) -> bool:
    """Is it a page on which Telegram shows several posts of a channel?"""
    return html.count(_SHOWN) > 1


def entries(raw: bytes) -> Iterator[Entry]:
    """An entry for each post with words. Raises UnreadableError where there is none."""
    html = decode(raw).text
    tree = page.parse(html)
    if is_shown(html):
        yield from some(_shown(tree), NO_POST)
        return
    header = _first(tree, "page_header")
    channel = _line(_first(header, "text", "bold")) if header is not None else None
    yield from some(_posts(tree, channel), NO_POST)


def _posts(tree: Any, channel: str | None) -> Iterator[Entry]:
    origin = Facts()
    for number, post in enumerate(_every(tree, "message", "default"), start=1):
        origin = _origin(post, origin)
        words = _first(post, "text")
        text = _words(words) if words is not None else ""
        if not text.strip():
            continue
        known = Facts(
            outlet=channel,
            original_outlet=origin.original_outlet,
            published=_day(_first(post, "pull_right", "date")),
            original_published=origin.original_published,
        )
        yield Entry(name=_number(post) or str(number), content=text, form="text", known=known)


def _shown(tree: Any) -> Iterator[Entry]:
    for post in _every(tree, _POST):
        words = _first(post, _SHOWN)
        text = _words(words) if words is not None else ""
        if not text.strip():
            continue
        link, stamp = _first(post, f"{_POST}_date"), next(post.iter("time"), None)
        known = Facts(
            outlet=_line(_first(post, f"{_POST}_owner_name")),
            original_outlet=_line(_first(post, f"{_POST}_forwarded_from_name")),
            published=dates.first(stamp.get("datetime")) if stamp is not None else None,
            url=link.get("href") if link is not None else None,
            media=tuple(src for video in post.iter("video") if (src := video.get("src"))),
        )
        yield Entry(name=post.get("data-post") or "post", content=text, form="text", known=known)


def _origin(post: Any, before: Facts) -> Facts:
    """Whence a post was forwarded. Of several from one channel in a row only the first says so."""
    forwarded = _first(post, "forwarded", "body")
    if forwarded is None:
        return Facts()
    name = _first(forwarded, "from_name")
    if name is None:
        return before
    return Facts(original_outlet=one_line(tidy(name.text or "")) or None, original_published=_day(_first(name, "date")))


def _every(element: Any, *classes: str) -> Iterator[Any]:
    """The elements within one that are of all these classes."""
    wanted = set(classes)
    return (inner for inner in element.iter() if wanted.issubset((inner.get("class") or "").split()))


def _first(element: Any, *classes: str) -> Any:
    return next(_every(element, *classes), None)


def _line(element: Any) -> str | None:
    return one_line(tidy(_words(element))) or None if element is not None else None


def _words(element: Any) -> str:
    """The words of an element; line breaks are where the page breaks lines, and not where its source does."""
    pieces = [_SPACE.sub(" ", element.text or "")]
    for inner in element:
        own = "\n" if inner.tag in _OWN_LINES else ""
        pieces.append("\n" if inner.tag == "br" else f"{own}{_words(inner)}{own}")
        pieces.append(_SPACE.sub(" ", inner.tail or ""))
    return "".join(pieces)


def _number(post: Any) -> str | None:
    """The number of a post, as in ``id="message123"``."""
    return one_line((post.get("id") or "").removeprefix("message")) or None


def _day(stamp: Any) -> dt.date | None:
    """The day of ``title="05.04.2022 23:30:00 UTC+03:00"``, in the time zone of the computer that exported it."""
    found = _DAY.match((stamp.get("title") or "").strip()) if stamp is not None else None
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
