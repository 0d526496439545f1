"""Mail: one message (``.eml``) or a box of them (``.mbox``), each to an entry. Attachments are named in a note, not read.

A page that a browser saved in one file (``.mhtml``) is a message, too.
"""

from __future__ import annotations

import datetime as dt
import email
import email.message
import email.policy
import email.utils
import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from trucewatch.errors import UnreadableError
from trucewatch.reports import dates
from trucewatch.reports.decode import decode
from trucewatch.reports.entry import Entry, broken, some
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import one_line, tidy
from trucewatch.reports.mail_parts import MOST_PARTS, Parts

_START = re.compile(rb"From \S.*\d\d:\d\d")
_QUOTED = re.compile(rb"^>(>*From )")
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
_FORWARDED = re.compile(
    r"^(?:> ?)*(?:-{2,12} ?(?:forwarded|original) message ?-{2,12}|begin forwarded message:)[ \t]*\r?\n(?:[> \t]*\r?\n)?"
    r"(?P<head>(?:(?:> ?)*(?:from|sent|date|to|cc|subject|reply-to):.{0,1000}\n){1,9})",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = re.compile(r"^(?:> ?)*([a-z]{2,9}):[ \t]*(.*?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_SHORT = 200
"""Characters of a plain part under which the HTML part is the message, and the plain one says so."""
# What the standard library's parser takes minutes or gigabytes for, and no honest message has.
_LONG_HEAD = re.compile(
    rb"^(?:from|subject|date|message-id|content-[a-z-]{1,30}):(?:[^\n]|\n[ \t]){10000}", re.IGNORECASE | re.MULTILINE
)
_BOUNDARIES = 50
_FIRST_HEADS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){2}")
_SENT = re.compile(rb"^(?:mime-version|message-id|received):", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^from:[^\n]{0,200}@", re.IGNORECASE | re.MULTILINE)
_ABOUT = re.compile(rb"^subject:", re.IGNORECASE | re.MULTILINE)
_HEADS = 20_000
"""Bytes of a message's head that are looked through."""


def is_message(raw: bytes) -> bool:
    """Does a file begin with the head of a message, and no mere record of one: "From: ...", "Date: ..."?"""
    head, ended, _ = raw[:_HEADS].replace(b"\r\n", b"\n").partition(b"\n\n")
    if not ended or _FIRST_HEADS.match(head + b"\n") is None:
        return False
    return _SENT.search(head) is not None or (_FROM.search(head) is not None and _ABOUT.search(head) is not None)


def eml_entry(raw: bytes, number: str = "1") -> Entry:
    """The entry of one message: its text, subject, date and sender."""
    if raw.lower().count(b"boundary=") > _BOUNDARIES or raw.count(b"\n--") > MOST_PARTS or _LONG_HEAD.search(raw):
        return broken(number, "refused: more parts or longer heads than a message has")
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        parts = list(message.walk())
        content, form = _body(parts)
        content, known = _opened(content, _facts(message, parts))
        form = "fragment" if form == "html" and known.url is None else form
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError, IndexError, AssertionError) as error:
        # The standard library's parser of headers has these for hostile ones.
        return broken(number, f"no message that could be parsed: {type(error).__name__}")
    if not content.strip():
        return broken(number, "a message without text")
    name = one_line(str(message.get("Message-ID", ""))).strip("<>") or number
    return Entry(name=name, content=content, form=form, known=known)


def mbox_entries(stream: BinaryIO, max_bytes: int) -> Iterator[Entry]:
    """The messages of a box; one that is too large is ``broken``. Raises UnreadableError where it is no box."""
    for number, raw in enumerate(some(_messages(stream, max_bytes), "no message in this box"), start=1):
        if len(raw) > max_bytes:
            yield broken(str(number), f"larger than {max_bytes:,} bytes")
        else:
            yield eml_entry(raw, str(number))


def _messages(stream: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """The bytes of each message without what is attached, no more of it than one beyond the limit is kept."""
    message: bytearray | None = None
    parts = Parts()
    blank = True
    for line in iter(lambda: stream.readline(max_bytes), b""):
        if blank and _START.match(line):
            if message is not None:
                yield bytes(message)
            message, parts = bytearray(), Parts()
        elif message is not None and parts.are_kept(line) and len(message) <= max_bytes:
            message += _QUOTED.sub(rb"\1", line)[: max_bytes + 1 - len(message)]
        blank = not line.strip()
    if message is not None:
        yield bytes(message)


def _body(parts: list[email.message.EmailMessage]) -> tuple[str, str]:
    """The text of a message and its form: plain where there is such a part that says something, else HTML."""
    found = {"plain": "", "html": ""}
    for part in parts:
        kind = part.get_content_subtype()
        if part.get_content_maintype() == "text" and kind in found and not part.is_attachment() and not found[kind]:
            found[kind] = _text(part)
    plain, html = found["plain"], found["html"]
    return (html, "html") if html.strip() and len(plain.strip()) < _SHORT else (plain, "text")


def _text(part: email.message.EmailMessage) -> str:
    """The text of a part, in the charset that it names, or in the one that its bytes tell."""
    _mend(part)
    try:
        if part.get_content_charset() is not None:
            return str(part.get_content())
    except LookupError:  # a charset that nobody knows
        pass
    raw = part.get_payload(decode=True)
    try:
        return decode(raw).text if isinstance(raw, bytes) else ""
    except UnreadableError:
        return ""


def _mend(part: email.message.EmailMessage) -> None:
    """Takes off the odd sign at the end of a part in Base64 that is cut off, for which the standard library decodes nothing of it."""
    packed = part.get_payload()
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64" and isinstance(packed, str):
        signs = _NO_BASE64.sub("", packed)
        if len(signs) % 4 == 1:
            part.set_payload(signs[:-1])


def _facts(message: email.message.EmailMessage, parts: list[email.message.EmailMessage]) -> Facts:
    if (page := _page(parts)) is not None:
        saved = _day(str(message.get("Date", "")))
        return Facts(url=page, notes=(f"archived {saved.isoformat()}",) if saved else ())
    files = [
        one_line(tidy(str(part.get_filename() or part.get_content_type()))) for part in parts if part.is_attachment()
    ]
    return Facts(
        title=one_line(tidy(str(message.get("Subject", "")))) or None,
        outlet=_sender(str(message.get("From", ""))),
        published=_day(str(message.get("Date", ""))),
        notes=(f"attachments not read: {', '.join(files)}",) if files else (),
    )


def _opened(content: str, known: Facts) -> tuple[str, Facts]:
    """A text without the heads of the messages that were forwarded in it; the innermost is the original."""
    heads = list(_FORWARDED.finditer(content))
    if not heads:
        return content, known
    said = {name.lower(): words for name, words in _HEAD.findall(heads[-1]["head"])}
    notes = tuple(f"forwarded: {one_line(tidy(head['head']))}" for head in heads)
    return _FORWARDED.sub("\n\n", content), msgspec.structs.replace(
        known,
        original_outlet=_sender(said.get("from", "")),
        original_published=dates.first(said.get("date") or said.get("sent")),
        notes=(*known.notes, *notes),
    )


def _sender(line: str) -> str | None:
    """The name in ``Lena Voss <lv@desk.example>``, else the host of the address."""
    name, address = email.utils.parseaddr(line)
    return one_line(tidy(name)) or address.rpartition("@")[2] or None


def _page(parts: list[email.message.EmailMessage]) -> str | None:
    """The address of the page that a browser saved as this message."""
    pages = (str(part.get("Content-Location", "")) for part in parts if part.get_content_type() == "text/html")
    return next((one_line(page) for page in pages if page.startswith(("http://", "https://"))), None)


def _day(moment: str) -> dt.date | None:
    """The day that a message's head names, in its sender's time zone."""
    try:
        return email.utils.parsedate_to_datetime(moment).date()
    except (ValueError, TypeError, IndexError):
        return None
