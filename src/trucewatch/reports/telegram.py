"""Exports of Telegram channels and chats (``result.json`` of Telegram Desktop), a post an entry.

Posts without words (pictures, films, "X joined the group") hold no report and are passed over.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from trucewatch.reports.damaged import objects
from trucewatch.reports.entry import Entry, broken, some
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import one_line, tidy

_POSTS = re.compile(
    r'"name"\s*:\s*("(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){0,1000}+"|null)\s*,'
    r'(?:\s*"type"\s*:\s*"\w+"\s*,)?\s*"id"\s*:\s*(\d{1,20})\s*,\s*"messages"\s*:\s*\['
)
"""What stands before the posts of a chat, in the order in which Telegram Desktop writes it."""
_BETWEEN = re.compile(r"[\s,]*")
NO_POST = "no post with words in this Telegram export"


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
    posts = (_entry(raw, chat, number) for chat in export for number, raw in enumerate(chat.messages, start=1))
    yield from some(filter(None, posts), NO_POST)


def damaged_entries(text: str) -> Iterator[Entry] | None:
    """The entries of an export that is cut off or damaged, as far as its posts are whole; None where it is no export."""
    chats = list(_POSTS.finditer(text))
    return some((entry for found in chats for entry in _whole_posts(text, found) if entry), NO_POST) if chats else None


def _whole_posts(text: str, found: re.Match[str]) -> Iterator[Entry | None]:
    """The posts of one chat up to where it is damaged."""
    chat = Chat(messages=[], name=json.loads(found[1], strict=False), id=int(found[2]))
    for number, post in enumerate(objects(text, found.end(), _BETWEEN, "]"), start=1):
        if isinstance(post, Exception):
            yield broken(_name(chat, f"post {number}"), f"no valid JSON from here on: {post}")
        else:
            yield _entry(json.dumps(post).encode(), chat, number)


def _name(chat: Chat, post: object) -> str:
    return f"{chat.id}/{post}" if chat.id else str(post)


def _entry(raw: bytes | msgspec.Raw, chat: Chat, number: int) -> Entry | None:
    try:
        post = msgspec.json.decode(raw, type=_Post)
    except msgspec.DecodeError as error:
        return broken(_name(chat, f"post {number}"), f"no post of Telegram: {error}")
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
    return Entry(name=_name(chat, post.id), content=text, form="text", known=known)


def _words(text: Any) -> str:
    """The words of a post whose parts may be marked up."""
    if isinstance(text, str):
        return text
    parts = text if isinstance(text, list) else []
    words = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(word for word in words if isinstance(word, str))


def _day(moment: str | None) -> dt.date | None:
    """The day of ``2021-09-30T12:00:00``, in the time zone of the computer that exported it."""
    try:
        return dt.date.fromisoformat((moment or "")[:10])
    except ValueError:
        return None
