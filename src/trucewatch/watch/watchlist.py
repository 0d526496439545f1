"""SOURCES.toml: what is watched and how. A fault in it is a TableError, ``file:line: what is wrong; the mend``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from trucewatch.codebook import toml
from trucewatch.codebook.toml import Fault
from trucewatch.nouns import Noun
from trucewatch.reports.fetch import AGENT
from trucewatch.watch.rules import host_of

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LENGTH = re.compile(r"(\d+)\s*([smhd])")
_KEYS = ("feed", "sitemap", "urls")
_PAGE = "the page of intake"
_MENDS = {"every": 'write "30m", "6h" or "1d"', "since": "write a day such as 2021-09-30"}
"""Of keys whose values have a form of their own."""

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
    every: str | None = None
    delay: Waiting | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """The file as it is written."""

    source: list[_Source] = []
    every: str = "1h"
    delay: Waiting = 5.0
    contact: str | None = None
    allow_private: bool = False


def load(path: Path) -> Watchlist:
    """The sources of a file. Raises TableError for its first fault."""
    raw, at = toml.parse(path, str(path))
    try:
        return _watchlist(msgspec.convert(raw, _File), path.parent)
    except Fault as fault:
        raise at.error(str(path), fault) from fault
    except msgspec.ValidationError as error:
        raise at.error(str(path), toml.unfit(str(error), _PAGE, mends=_MENDS)) from error


def _watchlist(file: _File, folder: Path) -> Watchlist:
    """All of a file, checked. Raises Fault."""
    if not file.source:
        raise Fault(("source",), "there is no [[source]] in it", f"add one with a name and {' or '.join(_KEYS)}")
    names = [source.name for source in file.source]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise Fault(("source", number, "name"), f"the name {name!r} is taken", "give each source one of its own")
    agent = f"trucewatch ({file.contact})" if file.contact else AGENT
    if not agent.isascii() or not agent.isprintable():
        raise Fault(("contact",), "what is sent to servers is plain ASCII", "write an address of the web or of mail")
    every = _seconds(file.every, ("every",))
    sources = tuple(
        _watched(source, ("source", number), folder, every, file.delay) for number, source in enumerate(file.source)
    )
    return Watchlist(sources=sources, agent=agent, allow_private=file.allow_private)


def _watched(source: _Source, at: toml.Path, folder: Path, every: float, delay: float) -> Watched:
    """One source; ``every`` and ``delay`` are those of the file."""
    given = [key for key in _KEYS if getattr(source, key) is not None]
    if len(given) != 1:
        key = given[1] if given else "name"
        raise Fault((*at, key), f"{len(given)} of {', '.join(_KEYS)} are given", "give one of the three")
    for key in ("match", "skip"):
        try:
            re.compile(getattr(source, key) or "")
        except re.error as error:
            raise Fault((*at, key), f"no regular expression: {error}", "mend it, or take it out") from error
    if source.date not in ("page", "list") and type(source.date) is not dt.date:
        mend = 'write "page", "list", or a day such as 2021-09-30'
        raise Fault((*at, "date"), f"{source.date!s} tells no date", mend)
    if not source.follow and given != ["feed"]:
        mend = "give its feed, or let the pages be fetched"
        raise Fault((*at, "follow"), "only a feed carries the text of its reports", mend)
    lists, pages = _addresses(source, (*at, *given), folder)
    same = {key: value for key, value in msgspec.structs.asdict(source).items() if key in Watched.__struct_fields__}
    every = every if source.every is None else _seconds(source.every, (*at, "every"))
    delay = delay if source.delay is None else source.delay
    return Watched(**same | {"lists": lists, "pages": pages, "every": every, "delay": delay})


def _addresses(source: _Source, at: toml.Path, folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lists and the pages of a source; a file of addresses is read at once."""
    lists = [address for address in (source.feed, source.sitemap) if address is not None]
    pages: Sequence[str] = ()
    if isinstance(source.urls, list):
        pages = source.urls
    elif source.urls is not None and _is_address(source.urls):
        lists = [source.urls]
    elif source.urls is not None:
        pages = _named_in(folder / source.urls, at)
    for address in (*lists, *pages):
        if not _is_address(address) or not host_of(address):
            raise Fault(at, f"{address!r} is no address", "write one that begins with http:// or https://")
    return tuple(lists), tuple(pages)


def _is_address(said: str) -> bool:
    return said.startswith(("http://", "https://"))


def _named_in(file: Path, at: toml.Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(
            at, f"there is no list of addresses at {file}", "give a text file with an address a line"
        ) from error
    return [line.split()[0] for line in lines if line.split() and not line.lstrip().startswith("#")]


def _seconds(length: str, at: toml.Path) -> float:
    written = _LENGTH.fullmatch(length)
    if written is None:
        raise Fault(at, f"{length!r} is no length of time", _MENDS["every"])
    return float(int(written[1]) * _SECONDS[written[2]])
