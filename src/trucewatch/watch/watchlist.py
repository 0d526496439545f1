"""SOURCES.toml: what is watched and how. A fault in it is a TableError that begins with ``file:line:``."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import msgspec

from trucewatch.errors import TableError
from trucewatch.nouns import Noun
from trucewatch.reports.fetch import AGENT
from trucewatch.watch.rules import host_of

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_TIME = re.compile(r"(\d+)\s*([smhd])")
_PATH = re.compile(r" - at `\$(?:\.source\[(?P<source>\d+)\])?(?:\.(?P<key>\w+))?.*`$")
_UNKNOWN = re.compile(r"unknown field `(\w+)`")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_KEYS = ("feed", "sitemap", "urls")
_FORMS = {
    "every": 'a length of time is written "30m", "6h" or "1d"',
    "since": "since is a day such as 2021-09-30",
}
"""What is said of values whose form is ours."""

Length = Annotated[str, msgspec.Meta(pattern=rf"^{_TIME.pattern}$")]
Waiting = Annotated[float, msgspec.Meta(ge=0, le=3600)]


class Watched(Noun):
    """One source: a list of addresses, and what is known of the reports behind them."""

    name: str
    lists: tuple[str, ...] = ()
    """Addresses of feeds, sitemaps, or lists of addresses."""
    pages: tuple[str, ...] = ()
    """Addresses of reports that the file itself names."""
    outlet: str | None = None
    date: dt.date | Literal["page", "list"] = "page"
    """Whose date counts: the page's (the list's where it has none), the list's, or this one."""
    since: dt.date | None = None
    match: str | None = None
    skip: str | None = None
    """Patterns that an address must, and must not, hold."""
    most: int = 1000
    """New addresses that are taken from one look at one list, the newest first."""
    follow: bool = True
    """Whether the pages are fetched; else the text counts that the feed carries."""
    robots: bool = True
    """Whether the site's robots.txt is obeyed."""
    every: float = 3600.0
    """Seconds between two looks."""
    delay: float = 5.0
    """Seconds between two requests to one host, at least."""


class Watchlist(Noun):
    """All that is watched."""

    sources: tuple[Watched, ...]
    agent: str = AGENT
    """How we call ourselves."""
    allow_private: bool = False


class _Source(msgspec.Struct, forbid_unknown_fields=True):
    """A ``[[source]]`` as it is written."""

    name: str
    feed: str | None = None
    sitemap: str | None = None
    urls: str | list[str] | None = None
    outlet: str | None = None
    date: Any = "page"
    since: dt.date | None = None
    match: str | None = None
    skip: str | None = None
    most: Annotated[int, msgspec.Meta(ge=1)] = 1000
    follow: bool = True
    robots: bool = True
    every: Length | None = None
    delay: Waiting | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """The file as it is written."""

    source: list[_Source]
    every: Length = "1h"
    delay: Waiting = 5.0
    contact: str | None = None
    allow_private: bool = False


def load(path: Path) -> Watchlist:
    """The sources of a file. Raises TableError."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError:
        raise TableError(f"{path}: is no UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        raise TableError(f"{path}:{at[1] if at else 1}: {_AT_LINE.sub('', str(error))}") from error
    return _Reading(path, text).watchlist(raw)


class _Reading:
    """The reading of one file, which knows on what line a fault is."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def watchlist(self, raw: dict[str, Any]) -> Watchlist:
        """All of it, checked."""
        try:
            file = msgspec.convert(raw, _File)
        except msgspec.ValidationError as error:
            self._refuse(error)
        names: set[str] = set()
        for number, source in enumerate(file.source):
            if source.name in names:
                self._fail(f"the name {source.name!r} is taken", number, "name")
            names.add(source.name)
        if not file.source:
            self._fail("there is no [[source]] in it", None, "source")
        agent = f"trucewatch ({file.contact})" if file.contact else AGENT
        if not agent.isascii() or not agent.isprintable():
            self._fail("a contact is written in plain ASCII, for it is sent to servers", None, "contact")
        sources = tuple(self._watched(number, source, file) for number, source in enumerate(file.source))
        return Watchlist(sources=sources, agent=agent, allow_private=file.allow_private)

    def _watched(self, number: int, source: _Source, file: _File) -> Watched:
        given = [key for key in _KEYS if getattr(source, key) is not None]
        if len(given) != 1:
            self._fail(f"a source has one of {', '.join(_KEYS)}", number, given[1] if given else "name")
        for key in ("match", "skip"):
            try:
                re.compile(getattr(source, key) or "")
            except re.error as error:
                self._fail(f"{key} is no pattern: {error}", number, key)
        if source.date not in ("page", "list") and type(source.date) is not dt.date:
            self._fail('date is "page", "list", or a day such as 2021-09-30', number, "date")
        if not source.follow and given != ["feed"]:
            self._fail("only a feed carries the text of its reports (follow = false)", number, "follow")
        lists, pages = self._addresses(number, source)
        return Watched(
            name=source.name,
            lists=lists,
            pages=pages,
            outlet=source.outlet,
            date=source.date,
            since=source.since,
            match=source.match,
            skip=source.skip,
            most=source.most,
            follow=source.follow,
            robots=source.robots,
            every=_seconds(source.every or file.every),
            delay=file.delay if source.delay is None else source.delay,
        )

    def _addresses(self, number: int, source: _Source) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lists and the pages of a source; a file of addresses is read at once."""
        lists = [address for address in (source.feed, source.sitemap) if address is not None]
        pages = source.urls if isinstance(source.urls, list) else []
        if isinstance(source.urls, str):
            if source.urls.startswith(("http://", "https://")):
                lists = [source.urls]
            else:
                pages = self._named_in(self._path.parent / source.urls, number)
        for address in (*lists, *pages):
            if not address.startswith(("http://", "https://")) or not host_of(address):
                key = next(key for key in _KEYS if getattr(source, key) is not None)
                self._fail(f"{address!r} is no address that begins with http:// or https://", number, key)
        return tuple(lists), tuple(pages)

    def _named_in(self, file: Path, number: int) -> list[str]:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            self._fail(f"there is no list of addresses at {file}", number, "urls")
        return [line.split()[0] for line in lines if line.split() and not line.lstrip().startswith("#")]

    def _refuse(self, error: msgspec.ValidationError) -> NoReturn:
        """What the check of the file's form found, with its line."""
        said = str(error)
        at, unknown = _PATH.search(said), _UNKNOWN.search(said)
        number = int(at["source"]) if at and at["source"] else None
        key = unknown[1] if unknown else (at["key"] if at else None)
        said = _PATH.sub("", said).replace("Object", "it").replace("`", "'")
        said = said[:1].lower() + said[1:]
        if key and not unknown:
            said = _FORMS.get(key, f"{key}: {said}")
        self._fail(said, number, key or "name")

    def _fail(self, reason: str, source: int | None, key: str) -> NoReturn:
        raise TableError(f"{self._path}:{self._line(source, key)}: {reason}")

    def _line(self, source: int | None, key: str) -> int:
        """The line of a key, of the n-th source or above them; that of its heading where the key is missing."""
        within, heading = -1, 1
        for number, line in enumerate(self._lines, start=1):
            if re.match(r"\s*\[\[\s*source\s*\]\]", line):
                within += 1
                if within == source:
                    heading = number
            elif within == (-1 if source is None else source) and re.match(
                rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line
            ):
                return number
        return heading


def _seconds(length: str) -> float:
    written = _TIME.fullmatch(length)
    assert written is not None  # msgspec has checked the pattern
    return float(int(written[1]) * _SECONDS[written[2]])
