"""One report inside a file that holds several, and what the file says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from trucewatch.errors import UnreadableError
from trucewatch.nouns import Noun
from trucewatch.reports.facts import Facts

_Any = TypeVar("_Any")


class Entry(Noun):
    """One report inside a file: its content, and what the file says of it."""

    name: str
    """What tells it from its neighbours: an id, a line number, an address."""
    form: str
    """``text``, ``html``, ``fragment`` (HTML without a page around it), ``pdf``, ``story`` (bare story text, taken as it
    is) or ``broken`` (``content`` is the reason)."""
    content: str = ""
    raw: bytes = b""
    """The content of one that is no text, such as a PDF."""
    known: Facts = Facts()


def some(found: Iterator[_Any], lack: str) -> Iterator[_Any]:
    """The same things; raises UnreadableError with ``lack`` where there are none."""
    empty = True
    for one in found:
        empty = False
        yield one
    if empty:
        raise UnreadableError(lack)


def broken(name: str, reason: str) -> Entry:
    """An entry that can't be read, and why."""
    return Entry(name=name, content=reason, form="broken")
