"""Exports of Telegram channels and chats (``result.json`` of Telegram Desktop), a post an entry.

Posts without words (pictures, films, "X joined the group") hold no report and are passed over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from trucewatch.errors import UnreadableError
from trucewatch.reports.entry import Entry
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import one_line, tidy


class _Post(msgspec.Struct):
    """What is read of a post. ``text`` is a string, or a list of strings and objects with a ``text``."""

    id: int = 0
    type: str = "message"
    date: str | None = None
    edited: str | None = None
    text: Any = ""
    forwarded_from: str | None = None


class Chat(msgspec.Struct):
    """One channel, group or chat; its posts are decoded one by one, for an export may hold a hundred thousand."""

    messages: list[msgspec.Raw]
    name: str | None = None
    id: int | None = None


class _Chats(msgspec.Struct):
    list: Sequence[Chat]


class _Export(msgspec.Struct):
    """An export of a single chat, or of a whole account."""

    messages: Sequence[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET
    chats: _Chats | msgspec.UnsetType = msgspec.UNSET
    left_chats: _Chats | msgspec.UnsetType = msgspec.UNSET


def chats(raw: bytes) -> Sequence[Chat]:
    """The chats of an export; none where this JSON object is no such export."""
    try:
        export = msgspec.json.decode(raw, type=_Export)
        lists = [every for every in (export.chats, export.left_chats) if every is not msgspec.UNSET]
        if lists:
            return [chat for every in lists for chat in every.list]
        return [msgspec.json.decode(raw, type=Chat)] if export.messages is not msgspec.UNSET else []
    except msgspec.ValidationError:
        return []


def entries(export: Sequence[Chat]) -> Iterator[Entry]:
    """An entry for each post with words. Raises UnreadableError where there is none."""
    empty = True
    for chat in export:
        for raw in chat.messages:
            entry = _entry(raw, chat)
            if entry is not None:
                empty = False
                yield entry
    if empty:
        raise UnreadableError("no post with words in this Telegram export")


def _entry(raw: msgspec.Raw, chat: Chat) -> Entry | None:
    try:
        post = msgspec.json.decode(raw, type=_Post)
    except msgspec.ValidationError as error:
        return Entry(name="?", content=f"no post of Telegram: {error}", form="broken")
    text = _words(post.text)
    if post.type != "message" or not text.strip():
        return None
    published, edited = _day(post.date), _day(post.edited)
    known = Facts(
        outlet=one_line(tidy(chat.name or "")) or None,
        original_outlet=one_line(tidy(post.forwarded_from or "")) or None,
        published=published,
        modified=edited if edited != published else None,
        url=f"https://t.me/c/{chat.id}/{post.id}" if chat.id else None,
    )
    return Entry(name=f"{chat.id}/{post.id}" if chat.id else str(post.id), content=text, form="text", known=known)


def _words(text: Any) -> str:
    """The words of a post whose parts may be marked up."""
    if isinstance(text, str):
        return text
    parts = text if isinstance(text, list) else []
    return "".join(str(part.get("text", "")) if isinstance(part, dict) else str(part) for part in parts)


def _day(moment: str | None) -> dt.date | None:
    """The day of ``2021-09-30T12:00:00``, in the time zone of the computer that exported it."""
    try:
        return dt.date.fromisoformat((moment or "")[:10])
    except ValueError:
        return None
