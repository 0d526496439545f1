"""The lines around a story that say what it is: labels, bylines, dates, credits, media links, each read into a Fact."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from itertools import pairwise

from trucewatch import codebook
from trucewatch.nouns import Noun
from trucewatch.reports import dates
from trucewatch.reports.blocks import Block
from trucewatch.reports.hygiene import one_line
from trucewatch.reports.tables import either, listed, rows

_MEDIA = re.compile(
    r"\.(?:mp4|m4v|webm|mov|avi|mp3|m4a|ogg|wav|jpe?g|png|gif|webp|m3u8)(?:[?#]\S*)?$"
    r"|(?:youtube(?:-nocookie)?\.com/(?:watch|embed|shorts|live)|youtu\.be/|vimeo\.com/|rumble\.com/|bitchute\.com/|odysee\.com/"
    r"|dailymotion\.com/|rutube\.ru/|soundcloud\.com/|vk\.com/video|facebook\.com/.*/videos/)",
    re.IGNORECASE,
)
_STACKED = frozenset(("region", "theme", "series", "original", "byline"))
"""Fields of which the label may stand in a line of its own."""
_LONGEST_VALUE = 12
_MAIL, _MAIL_HEAD = "from: ", 8
"""What begins the head of a mail that was pasted, and how many lines it has at most."""
_URL = re.compile(r"^<?(https?://[^\s<>]+)>?$")
_LINKS = re.compile(r"https?://[^\s<>]+")
_SHORT = 6
"""Words of a line that tells where a video or picture is: "Video: https://..."."""
_LABEL = re.compile(r"^([^\W\d_][^:：\n]{1,32}?)\s*[:：]\s*(.*)$", re.DOTALL)
_TAG_BREAK = re.compile(r"\s*[,;|•·،\n]\s*|\s#|\s+tagged(?: with)?:?\s+", re.IGNORECASE)
_SHARE = re.compile(r"\s\(\d{1,3}%\)\s*$")
"""How much of a piece its index term holds: "SYRIA (93%)"."""
_HASHTAGS = re.compile(r"^(?:#\w+[\s,]*)+$")
_SEVERAL = re.compile(rf"^{either('several_sources')}\b", re.IGNORECASE)
_LISTED = re.compile(r"[,;،]|\band\b")
_BARE_LABEL = re.compile(r"^(posted in|filed under|tagged with|tagged) (?=[A-Z#])(.+)$", re.IGNORECASE)
_BYLINE = re.compile(rf"^{either('signed')}\s*:?\s+(?=[^\W\d_]|@)(.{{2,120}})$", re.IGNORECASE)
_POSTED = re.compile(r"^(?:(?:posted|submitted|written) by\b|by \S+ »)", re.IGNORECASE)
_BEFORE_BY = re.compile(rf"\s(?={either('signed_behind_a_date')}\b)", re.IGNORECASE)
_NAME_BREAK = re.compile(r"\s*[|•·\n]\s*|,? (?:in|for|at|on) (?=[A-Z\d])|\s+[-–—]\s+")
_ITS_PLACE = re.compile(r" in [A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)?(?=,? and )")
"""Where one of several writers is: "By Lena Voss in Goma and Omar Haidar in Kinshasa"."""
_FILLER = either("filler")
_FILLER_BEFORE = re.compile(rf"^{_FILLER}(?!\w)\.?", re.IGNORECASE)
_FILLER_AFTER = re.compile(rf"(?<!\w)(?:{_FILLER}|{either('filler_before_a_date')})\.?$", re.IGNORECASE)
_TIME = re.compile(
    r"\d{1,2}時\d{1,2}分|\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|UTC)?[+-]\d{1,4})?(?!\d)",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:(?:last )?updated|modified|edited)?\s*(?:an?|\d{1,3}) ?(?:min|minute|hour|hr|h|day|week)s?\.? ago\b",
    re.IGNORECASE,
)
_EDGES = " \t,;|•·–—-/:()[]<>«»*_…."
_BAR = re.compile(r"\s*[|•·]\s*")
_SYMBOLS = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_UPDATED = re.compile(rf"\b{either('updated')}\b|{either('updated_anywhere')}", re.IGNORECASE)
_SIGNED = re.compile(r"^[—–-]\s*[^@]{1,60}\(@\w+\)")
"""Under a post that is quoted: "— Lena Voss (@lv) May 5, 2021"."""
_ORIGINALLY = re.compile(r"\b(?:originally|original)\b", re.IGNORECASE)
_NAME_ENDS = re.compile(
    r"\s+(?:on|in|and is|and was|and has|under|with permission|with the|as part|where|here|\(|at https?:)\s*(?=\W|\w).*$"
    r"|(?:;|(?<!\b[^\W\d_])\.)(?:\s|$).*$|\s*\|.*$|\s+[-–—]\s+.*$|\s*https?://.*$|\s*\(.*$",
    re.IGNORECASE | re.DOTALL,
)
_PLACE = r"(?P<place>[A-ZÀ-ÞА-ЯЁ][\w'’.-]+(?:[ /-][A-ZÀ-ÞА-ЯЁ][\w'’.-]+){0,3})(?:, [A-ZА-ЯЁ][\w '’-]{2,24}?(?!\w))?"
_DAY = r"(?:,? ?(?P<day>(?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,9}\.?)(?:,? \d{4})?))?"
_AGENCY = r"(?P<agency>[^\W\d_][\w .&'’-]{1,30})"
_BARE_PLACE = r"(?P<place>[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,2})"
_WIRE = r"(?P<agency>[^\W\d_](?:[\w.&'’]| (?=[A-Z])){1,30})"
"""Names of agencies that only the codebook's outlets can tell from others."""
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^\({_PLACE}{_DAY}\)(?P<agency>)\s*[-–—]{{1,2}}\s+(?=\S)",  # (Nairobi, May 12, 2023) –
        rf"^(?:{_PLACE})?{_DAY}[,.]? ?[(\[/]{_AGENCY}[)\]/]\s*(?:[-–—]{{1,2}}|[:.])\s+(?=\S)",  # GENEVA, Feb 1 (Delta) -
        rf"^(?P<place>[А-ЯЁ][А-ЯЁ -]{{2,30}}){_DAY}\s*[-–—]\s*{_AGENCY}\.\s+(?=\S)",  # МОСКВА, 30 сен — Дельта.
        rf"^(?P<place>[\u0621-\u064a]+(?: [\u0621-\u064a]+)?){_DAY}\s*\({_AGENCY}\)\s*[-–—:]\s+(?=\S)",
        rf"^{_PLACE}{_DAY}(?P<agency>)\s*[-–—]{{1,2}}\s+(?=\S)",  # KYIV, Ukraine —
    )
)
_NAMED_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:{_BARE_PLACE}(?:, | ?[-–—] ?))?{_WIRE} ?(?:[-–—]{{1,2}}|:)\s+(?=\S)",  # Hasaka, SANA – ; Geneva – AFP: ; Reuters –
        rf"^{_PLACE}{_DAY} ?\({_WIRE}\) (?=[^\W\d_])",  # Geneva, Oct 5 (IANS) The
        rf"^(?P<place>[А-ЯЁ][\w -]{{2,30}})\. (?P<day>\d{{1,2}} [а-я]{{3,9}})\. {_WIRE} ?[-–—]\s+(?=\S)",  # Москва. 5 мая. ДЕЛЬТА -
    )
)

_NOBODY = listed("nobody")
"""What stands where a source is named, and names none."""
_OF = listed("small_in_names_of_outlets")
_KINDS_OF_REPORT = listed("kinds_of_report")
_PARTICLES = listed("small_in_names_of_people")
_PREFIXES = tuple(listed("before_names"))


class Fact(Noun):
    """One thing that a line says of the report: ``field`` as in labels.csv, or ``media``; a date, a name, or both."""

    field: str
    values: tuple[str, ...] = ()
    date: dt.date | None = None
    unsure: bool = False


@functools.cache
def _labels() -> dict[str, str]:
    return {name: row["field"] for row in rows("labels.csv") for name in row["label"].split("|")}


@functools.cache
def _credits() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["field"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows("credits.csv"))


@functools.cache
def _bureaux() -> frozenset[str]:
    return frozenset(row["place"].casefold() for row in rows("bureaux.csv"))


def is_media(url: str) -> bool:
    """Does a URL lead to a video, a picture or a sound?"""
    return _MEDIA.search(url) is not None


def read(block: Block) -> tuple[Fact, ...]:
    """What one block says of the report; empty for a block that says nothing of that kind."""
    text = block.text
    if (url := _URL.match(text)) is not None:
        return (Fact(field="media", values=(url[1],)),) if is_media(url[1]) else ()
    if len(text) > 600 or block.size > 60:
        return ()
    if block.size <= _SHORT and (links := tuple(filter(is_media, _LINKS.findall(text)))):
        return (Fact(field="media", values=links),)
    if _HASHTAGS.match(text):
        return (Fact(field="theme", values=tags(text)),)
    return _label(text) or _credit(text) or _byline(text) or _dated_byline(text) or _lone_dateline(text) or _stamp(text)


def read_all(blocks: Sequence[Block]) -> list[tuple[Fact, ...]]:
    """What each block says; of a label in a line of its own ("Source", "Country") the line below has the value."""
    said = [read(block) for block in blocks]
    if any(block.text.casefold().startswith(_MAIL) for block in blocks[:_MAIL_HEAD]):
        said[:_MAIL_HEAD] = [_of_mail(block, facts) for block, facts in zip(blocks, said[:_MAIL_HEAD], strict=False)]
    for at, (label, value) in enumerate(pairwise(blocks), start=1):
        field = _labels().get(label.text.casefold().rstrip(" :："))
        if field not in _STACKED or value.size > _LONGEST_VALUE or value.is_prose:
            continue
        text = f"{label.text.rstrip(' :：')}: {value.text}"
        if not said[at]:
            said[at] = _label(text)
        elif field == "original":
            said[at] = tuple(fact for fact in _stamp(text) if fact.field == "original_published") or said[at]
    return said


def _of_mail(block: Block, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """A line of the head of a mail that was pasted: its subject is a title, and no theme."""
    name, _, rest = block.text.partition(":")
    return (Fact(field="title", values=(rest.strip(),)),) if name.casefold() == "subject" and rest.strip() else facts


def _label(text: str) -> tuple[Fact, ...]:
    found = _LABEL.match(text) or _BARE_LABEL.match(text)
    field = _labels().get(found[1].casefold().strip()) if found else None
    if found is None or field is None or len(found[2].split()) > 30:
        return ()
    value = found[2].strip()
    if field in ("published", "modified", "original_published"):
        words = dates.find(value)
        if len(words) > 1:
            return _stamp(text)
        return (Fact(field=field, date=words[0].date, unsure=words[0].unsure),) if words else ()
    if field in ("region", "theme", "series"):
        return (Fact(field=field, values=tags(value)),)
    if field == "original" and _SEVERAL.match(text) and _LISTED.search(value):
        return ()  # "Sources: this desk, that agency"
    if field in ("original", "outlet"):
        return _named(field, value)
    if field == "byline" and not _looks_like_a_name(value):
        return ()
    return (Fact(field=field, values=(value,) if value else ()),)


def tags(value: str) -> tuple[str, ...]:
    """The tags in a list such as "Syria, Russia and FSU" or "SYRIA (93%); FSU (80%)"; commas, semicolons, bars, bullets part them."""
    return tuple(tag for part in _TAG_BREAK.split(value) if (tag := _SHARE.sub("", part).strip(" #.")))


def _credit(text: str) -> tuple[Fact, ...]:
    if len(text) > 300:
        return ()
    for field, pattern in _credits():
        if (found := pattern.match(text)) is not None and (facts := _named(field, found["name"])):
            return facts
    return ()


def _named(field: str, words: str) -> tuple[Fact, ...]:
    """A name, with the date that may follow it."""
    when = dates.find(words)
    if when:
        words = words[: when[0].start]
    name = _NAME_ENDS.sub("", words).strip(_EDGES)
    name = re.sub(r"[,\s]+(?:on|in|dated?)$", "", name, flags=re.IGNORECASE).strip(_EDGES)
    # "First published on Sat 20 May 2023" names a day and no outlet.
    if (
        name.casefold() in _NOBODY
        or not _edges_off(name)
        or len(name.split()) > 8
        or not (name[0].isupper() or not name[0].isascii() or "." in name)
    ):
        return ()
    return (Fact(field=field, values=(name,), date=when[0].date if when else None),)


def _byline(text: str) -> tuple[Fact, ...]:
    found = _BYLINE.match(text)
    if found is None or len(text.split()) > 22:
        return ()
    words = found[1].strip()
    when = dates.find(words)
    before = _ITS_PLACE.sub("", words[: when[0].start] if when else words)
    name = _NAME_BREAK.split(before)[0].strip(_EDGES)
    name = _edges_off(name) if when else name
    # "By Tuesday the army had left." opens like a byline: a name has capitals and no full stop behind it.
    if _POSTED.match(text) and when and len(name.split()) == 1 and not _looks_like_a_name(name):
        return _dates(words, when, ())  # the name of an account
    if not name or re.search(r"[.!?]$", text) or not _looks_like_a_name(name) or len(before.split()) > 13:
        return ()
    return (Fact(field="byline", values=(name,)), *_dates(words, when, ()))


def _dated_byline(text: str) -> tuple[Fact, ...]:
    """ "Posted on May 6, 2023 by Salma Idris": a date line and a byline in one."""
    parted = _BEFORE_BY.search(text)
    if parted is None or len(text.split()) > 22:
        return ()
    stamp, byline = _stamp(text[: parted.start()]), _byline(text[parted.end() :])
    return (*stamp, *byline) if stamp and byline else ()


def _looks_like_a_name(words: str) -> bool:
    parts = [part for part in re.split(r"[\s,&]+", words) if part and part.casefold() not in _PARTICLES]
    return bool(parts) and all(
        part[0].isupper() or not part[0].isascii() or part[0] == "@" or part.startswith(_PREFIXES) for part in parts
    )


def _stamp(text: str) -> tuple[Fact, ...]:
    """A line that holds a date and next to nothing else: "Global Research, October 01, 2021"."""
    if len(text.split()) > 22 or _SIGNED.match(text):
        return ()
    when = dates.find(text)
    if not when:
        return ()
    pieces, cursor = [], 0
    for words in when:
        pieces.append(text[cursor : words.start])
        cursor = words.end
    pieces.append(text[cursor:])
    name = _edges_off(" ".join(pieces))
    if name:
        bits = [_edges_off(bit) for bit in _BAR.split(name)]
        named = [bit for bit in bits if _looks_like_an_outlet(bit)]
        if not named:
            return ()
        name = named[0]
    outlet = () if not name or name.casefold() in _bureaux() else (name,)
    return _dates(text, when, outlet)


def _lone_dateline(text: str) -> tuple[Fact, ...]:
    """The agency of a dateline in a line of its own: "GENEVA (Reuters) -"."""
    opening, named, date = dateline(f"{text} x") if text.endswith(("-", "–", "—")) else ("", None, None)
    return (Fact(field="agency", values=(named,), date=date),) if opening == text and named else ()


def _dates(text: str, when: Sequence[dates.DateWords], outlet: tuple[str, ...]) -> tuple[Fact, ...]:
    """What each date of a line is, by the words before it."""
    facts, cursor = [], 0
    for words in when:
        before, cursor = text[cursor : words.start], words.end
        updated, originally = _UPDATED.search(before), _ORIGINALLY.search(before)
        field = "modified" if updated else "original_published" if originally else "published"
        facts.append(Fact(field=field, values=outlet, date=words.date, unsure=words.unsure))
    return tuple(facts)


def _edges_off(rest: str) -> str:
    """What is left of a date line without clock times, and without filler ("Published on") at either end."""
    rest = _trimmed(_SYMBOLS.sub("", one_line(_TIME.sub(" ", _AGO.sub(" ", rest)))))
    while True:
        shorter = _trimmed(_FILLER_BEFORE.sub("", _FILLER_AFTER.sub("", rest)))
        if shorter == rest:
            return rest
        rest = shorter


def _trimmed(words: str) -> str:
    """Without signs at its ends, but for a bracket that closes one inside: "Saba (Sanaa)"."""
    start, bare = words.lstrip(_EDGES), words.strip(_EDGES)
    return f"{bare})" if bare.count("(") > bare.count(")") and start[len(bare) :].startswith(")") else bare


def _looks_like_an_outlet(words: str) -> bool:
    """A name of up to six words, each with a capital (or of a script without), particles aside; or a domain."""
    parts = [part for part in re.split(r"[\s&/-]+", words) if part and part.casefold() not in _OF]
    if not 0 < len(parts) <= 6 or re.search(r"[.!?]$|[.,:;]\s", words):
        return False
    if all(part.casefold() in _KINDS_OF_REPORT or part.isdecimal() for part in parts):
        return False
    # The further words of a Russian name are small: "Новая газета".
    small = [part for part in parts if part[0].islower() and "." not in part]
    return parts[0] not in small and all(not part.isascii() for part in small)


def dateline(text: str) -> tuple[str, str | None, dt.date | None]:
    """The dateline that opens a wire story ("GENEVA (Reuters) - "), its agency and its date; ("", None, None) if none."""
    for pattern in (*_DATELINES, *_NAMED_DATELINES):
        found = pattern.match(text[:120])
        if found is None:
            continue
        place, named, day = found["place"] or "", found["agency"], found.groupdict().get("day")
        if _is_wire(place, named) if pattern in _NAMED_DATELINES else _may_open(place, named, text.startswith("(")):
            return text[: found.end()].rstrip(), named or None, dates.first(day)
    return "", None, None


def agency(name: str, *, free: bool = False) -> str | None:
    """The name in the codebook of the news agency that a name stands for, of a `free` one if need be; None where it is none."""
    outlet = codebook.load().find_outlet(name) if name else None
    if outlet is None:
        return None
    called = any("agency" in one.casefold() for one in (outlet.name, *outlet.aliases))
    return outlet.name if outlet.affiliation == "wire" or (called and not free) else None


def _is_wire(place: str, name: str) -> bool:
    """Is it an agency behind a place, and not one named twice: "Anadolu Agency (AA) - "?"""
    return agency(name) is not None and agency(place) is None


def _may_open(place: str, name: str, bracketed: bool) -> bool:
    """Is it a place? "Syrian Arab Army (SAA) - " and "Putin - the man - " open sentences, not wire stories."""
    if place.startswith("FILE"):
        return False
    shouted = len(place) > 3 and place.replace(".", "").isupper()
    known = not place or place.casefold() in _bureaux() or _is_wire(place, name)
    return shouted or ((bool(name) or bracketed) and known)
