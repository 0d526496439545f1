"""Plain texts that hold several reports: the documents that a press database gives (Nexis, Factiva), the messages of a chat
that WhatsApp exports, posts that were copied from Telegram. Each document, and each message of some words, is an entry.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch.reports import dates
from trucewatch.reports.entry import Entry
from trucewatch.reports.facts import DAY_FIRST, Facts
from trucewatch.reports.hygiene import one_line

HEAD = 50_000
"""Characters, or bytes, at the beginning that tell what a text is."""
_COUNTED = re.compile(r"^[ \t]*\d{1,5} of \d{1,5} DOCUMENTS?[ \t]*$", re.MULTILINE)
"""Before each document of Nexis: "2 of 40 DOCUMENTS"."""
_LABEL = re.compile(r"^[ \t]*(?:BYLINE|SECTION|LENGTH|HIGHLIGHT|DATELINE|BODY|SOURCE):", re.MULTILINE)
_BODY = re.compile(r"^[ \t]*BODY:[ \t]*", re.MULTILINE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_BLANK = re.compile(r"\n\s*\n")
_NUMBER = re.compile(r"^AN(?:[ \t]+|[ \t]*\n)Document (\S{1,100})[ \t]*$", re.MULTILINE)
"""Behind each document of Factiva: its number."""
_FIELD = re.compile(
    r"^(HD|BY|CR|WC|PD|ET|SN|SC|SE|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|CLM)(?:[ \t]+|[ \t]*\n)(?=\S)",
    re.MULTILINE,
)
_STAMP = re.compile(
    r"^[\u200e\u200f]?\[?(\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d),? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f]?[ap]\.?m\.?)?\]?"
    r"(?: [-–])? ",
    re.MULTILINE | re.IGNORECASE,
)
"""Before each message of a chat: "[23/01/2025, 18:05:11] ", "1/23/25, 6:05 PM - "."""
_COPIED = re.compile(
    r"^(?:(?P<channel>[^\n\[\]]{1,80}), )?\[(\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d),? \d{1,2}:\d\d(?::\d\d)?(?: [ap]m)?\][ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""Above each post that was copied from Telegram: "Front Diary, [28.09.2021 21:14]"."""
_FORWARDED = re.compile(r"\s*\[?Forwarded from:? ([^\n\]]{1,80})\]?[ \t]*\n", re.IGNORECASE)
_ABOVE = 2
"""Lines that may stand above the first post: the channel."""
_SENDER = re.compile(r"[~\u200e\u202a-\u202f ]{0,9}([^:\n]{1,60}?)[\u202c ]{0,9}: ")
_LEAST = 4
"""Words of a message that may tell something: the others are "ok" and "<Media omitted>"."""


class _Message(NamedTuple):
    """One message: the three figures of its date as they stand, its words, who sent it or whose channel it is from."""

    figures: tuple[int, int, int]
    words: str
    sender: str | None = None
    channel: str | None = None
    forwarded: str | None = None
    """The channel that it was forwarded from."""


def are_several(text: str) -> bool:
    """Is it a text of many reports, or one that is written as those are, as far as its beginning tells?"""
    head = text[:HEAD].lstrip("\ufeff\n\r\t ").replace("\r\n", "\n")
    is_chat = _STAMP.match(head) is not None and sum(1 for _ in _messages(head)) > 1
    return is_chat or _COUNTED.search(head) is not None or _are_copied(head) or _is_factiva(head)


def _is_factiva(head: str) -> bool:
    return head.startswith("HD") and _NUMBER.search(head) is not None


def _are_copied(head: str) -> bool:
    """Are there two posts or more, the first at the beginning or below the name of its channel?"""
    posts = list(_COPIED.finditer(head))
    return len(posts) > 1 and head.count("\n", 0, posts[0].start()) <= _ABOVE


def entries(text: str) -> Iterator[Entry]:
    """An entry for each document, or each message of some words."""
    text = text.lstrip("\ufeff\n\r\t ").replace("\r\n", "\n")
    if _COUNTED.search(text[:HEAD]) is not None:
        for number, document in enumerate(_COUNTED.split(text)[1:], start=1):
            yield _of_nexis(document, str(number))
    elif _is_factiva(text):
        yield from _of_factiva(text)
    else:
        yield from _of_messages(list(_messages(text) if _STAMP.match(text) else _posts(text)))


def _of_nexis(document: str, number: str) -> Entry:
    """Outlet, date and title stand above the labels, each in a paragraph of its own; the labels are read with the story."""
    label = _LABEL.search(document)
    above = [one_line(part) for part in _BLANK.split(document[: label.start() if label else 0]) if part.strip()]
    dated = next((at for at, part in enumerate(above) if dates.find(part)), len(above))
    known = Facts(
        outlet=_IN_BRACKETS.sub("", above[0]) if above and dated else None,
        published=dates.first(above[dated]) if dated < len(above) else None,
        title=next(iter(above[dated + 1 :]), None),
    )
    return Entry(
        name=number, form="text", content=_BODY.sub("", document[label.start() :] if label else document), known=known
    )


def _of_factiva(text: str) -> Iterator[Entry]:
    """Fields by their codes: HD the title, BY the writer, PD the day, SN the outlet, CY the rights, LP and TD the story."""
    pieces = _NUMBER.split(text)
    for document, number in zip(pieces[::2], pieces[1::2], strict=False):
        parts = _FIELD.split(document)
        fields = dict(zip(parts[1::2], map(str.strip, parts[2::2]), strict=False))
        known = Facts(
            title=one_line(fields.get("HD", "")) or None,
            byline=one_line(fields.get("BY", "")).removeprefix("By ") or None,
            outlet=one_line(fields.get("SN", "")) or None,
            published=dates.first(fields.get("PD")),
            licence=one_line(fields.get("CY", "")) or None,
        )
        story = "\n\n".join(fields[code] for code in ("LP", "TD") if fields.get(code))
        yield Entry(name=number, form="text", content=story, known=known)


def _of_messages(messages: Sequence[_Message]) -> Iterator[Entry]:
    """Each message of some words, of its day; of figures that leave open which is the month the first is the day."""
    month_first = any(one.figures[1] > 12 for one in messages)
    is_sure = month_first or any(one.figures[0] > 12 for one in messages)
    for number, one in enumerate(messages, start=1):
        if len(one.words.split()) < _LEAST:
            continue
        first, second, year = one.figures
        day = _day(year, *((first, second) if month_first else (second, first)))
        known = Facts(
            byline=one.sender,
            outlet=one.channel,
            original_outlet=one.forwarded,
            published=day,
            notes=() if is_sure or day is None else (DAY_FIRST,),
        )
        yield Entry(name=str(number), form="text", content=one.words, known=known)


def _messages(text: str) -> Iterator[_Message]:
    for stamp, said in _parted(_STAMP, text):
        if (sender := _SENDER.match(said)) is not None:  # who joined or left says nothing
            name = one_line(sender[1])
            figures = (int(stamp[1]), int(stamp[2]), int(stamp[3]))
            yield _Message(figures, said[sender.end() :].strip(), sender=name if any(map(str.isalpha, name)) else None)


def _posts(text: str) -> Iterator[_Message]:
    above = None
    for stamp, said in _parted(_COPIED, text):
        above = above if above is not None else one_line(text[: stamp.start()])
        forwarded = _FORWARDED.match(said)
        yield _Message(
            figures=(int(stamp[2]), int(stamp[3]), int(stamp[4])),
            words=said[forwarded.end() if forwarded else 0 :].strip(),
            channel=one_line(stamp["channel"] or "") or above or None,
            forwarded=one_line(forwarded[1]) if forwarded else None,
        )


def _parted(mark: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each mark with what stands between it and the next."""
    marks = list(mark.finditer(text))
    for one, end in zip(marks, [*(one.start() for one in marks[1:]), len(text)], strict=True):
        yield one, text[one.end() : end]


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
