"""What an EPUB says of itself in its package document: whose it is and of what day, for each page in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from trucewatch.errors import UnreadableError
from trucewatch.nouns import Noun
from trucewatch.reports import archives, dates, feeds
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import key, one_line, tidy

_LARGEST = 2_000_000
_FRONT = frozenset(("cover", "toc", "title-page"))
"""Types of a guide's references to pages that hold no text of the book."""


class Book(Noun):
    """An EPUB, apart from its pages."""

    facts: Facts = Facts()
    """Of every page in it."""
    front: frozenset[str] = frozenset()
    """The names in the archive of its cover, its title page and its table of contents."""


def book(path: Path) -> Book:
    """What the first package document (``.opf``) in an archive says; nothing where there is none that can be read."""
    try:
        for member in archives.members(path, "epub"):
            if member.name.lower().endswith(".opf") and not isinstance(member.stream, UnreadableError):
                tree = feeds.parse_xml(member.stream.read(_LARGEST), "package document")
                return Book(facts=_facts(tree), front=frozenset(_front(tree, PurePosixPath(member.name).parent)))
    except UnreadableError:
        pass  # the pages are read without it
    return Book()


def _facts(tree: Any) -> Facts:
    date = next(iter(_words(tree, "date", "publication") or _words(tree, "date")), None)
    outlet = next(iter(_words(tree, "publisher")), None)
    authors = [name for name in _words(tree, "creator") if key(name) != key(outlet or "")]
    return Facts(
        byline=", ".join(dict.fromkeys(authors)) or None,
        outlet=outlet,
        timed=dates.first(date),  # a page of a newspaper may have a day of its own
        licence=next(iter(_words(tree, "rights")), None),
        notes=dates.unread(date),
    )


def _words(tree: Any, name: str, event: str | None = None) -> list[str]:
    """The words of each element of this name; of dates those of an ``event``, if one is given."""
    found = [one for one in tree.iter() if feeds.local(one) == name and (event is None or event in one.values())]
    return [words for one in found if (words := one_line(tidy("".join(one.itertext()))))]


def _front(tree: Any, folder: PurePosixPath) -> Iterator[str]:
    for one in tree.iter():
        is_nav = feeds.local(one) == "item" and "nav" in (one.get("properties") or "").split()
        is_front = feeds.local(one) == "reference" and (one.get("type") or "").lower() in _FRONT
        if (is_nav or is_front) and (href := one.get("href")):
            yield str(folder / href.partition("#")[0])
