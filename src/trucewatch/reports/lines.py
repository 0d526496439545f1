"""The lines around a story that say what it is: labels, bylines, dates, credits, media links, each read into a Fact."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import re
from importlib.resources import files

from trucewatch.nouns import Noun
from trucewatch.reports import dates
from trucewatch.reports.blocks import Block

_MEDIA = re.compile(
    r"\.(?:mp4|m4v|webm|mov|avi|mp3|m4a|ogg|wav|jpe?g|png|gif|webp|m3u8)(?:[?#]\S*)?$"
    r"|(?:youtube(?:-nocookie)?\.com/(?:watch|embed|shorts|live)|youtu\.be/|vimeo\.com/|rumble\.com/|bitchute\.com/|odysee\.com/"
    r"|dailymotion\.com/|rutube\.ru/|soundcloud\.com/|vk\.com/video|t\.me/\w+/\d+|facebook\.com/.*/videos/)",
    re.IGNORECASE,
)
_URL = re.compile(r"^<?(https?://[^\s<>]+)>?$")
_LABEL = re.compile(r"^([^\W\d_][^:：\n]{1,32}?)\s*[:：]\s*(.*)$", re.DOTALL)
_BYLINE = re.compile(
    r"^(?:by|written by|words by|story by|report(?:ed)? by|текст|автор|par|von|por|بقلم|كتب|كتبت)\s*:?\s+(?=[^\W\d_]|@)(.{2,120})$",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:published|posted|updated|issued|released|last (?:updated|modified)|first published|modified|on|at|date|from|time|"
    r"mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|a\.?m\.?|p\.?m\.?|gmt|utc|bst|e[ds]t|"
    r"ce[ds]?t|msk|опубликовано|обновлено|дата|г|года|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|"
    r"publié le|mis à jour|le|am|um|uhr|veröffentlicht|actualizado|publicado|el|de)\b\.?"
    r"|(?:نشر|في|آخر تحديث|تحديث|تاريخ|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)(?!\w)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|UTC)?[+-]\d{1,4})?(?!\d)", re.IGNORECASE)
_EDGES = " \t,;|•·–—-/:()[]<>«»*_…."
_UPDATED = re.compile(r"\b(?:updated|modified|edited|обновлено|actualizado|aktualisiert|mis à jour)\b|آخر تحديث|تحديث", re.IGNORECASE)
_ORIGINALLY = re.compile(r"\b(?:originally|first|original)\b", re.IGNORECASE)
_NAME_ENDS = re.compile(
    r"\s+(?:on|in|and is|and was|and has|under|with permission|with the|as part|where|here|\(|at https?:)\s*(?=\W|\w).*$"
    r"|[.;](?:\s|$).*$|\s*\|.*$|\s+[-–—]\s+.*$|\s*https?://.*$|\s*\(.*$",
    re.IGNORECASE | re.DOTALL,
)
_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÞА-ЯЁ][\w'’.-]+(?:[ /-][A-ZÀ-ÞА-ЯЁ][\w'’.-]+){0,3}(?:, [A-Z][\w .'’-]{2,24}?)?)?"
    r"(?:,? ?(?P<day>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,9}\.?)(?:,? \d{4})?))?"
    r"[,.]? ?(?:[(\[/](?P<agency>[^\W\d_][\w .&'’-]{1,30})[)\]/])?\s*(?P<dash>[-–—]{1,2}|:)\s+(?=\S)"
)


class Fact(Noun):
    """One thing that a line says of the report: ``field`` as in labels.csv, or ``media``; a date, a name, or both."""

    field: str
    values: tuple[str, ...] = ()
    date: dt.date | None = None
    unsure: bool = False


@functools.cache
def _labels() -> dict[str, str]:
    with (files(__package__) / "labels.csv").open(encoding="utf-8", newline="") as lines:
        return {name: row["field"] for row in csv.DictReader(lines) for name in row["label"].split("|")}


@functools.cache
def _credits() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with (files(__package__) / "credits.csv").open(encoding="utf-8", newline="") as lines:
        return tuple((row["field"], re.compile(row["pattern"], re.IGNORECASE)) for row in csv.DictReader(lines))


@functools.cache
def _bureaux() -> frozenset[str]:
    with (files(__package__) / "bureaux.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row["place"].casefold() for row in csv.DictReader(lines))


def is_media(url: str) -> bool:
    """Does a URL lead to a video, a picture or a sound?"""
    return _MEDIA.search(url) is not None


def read(block: Block) -> tuple[Fact, ...]:
    """What one block says of the report; empty for a block that says nothing of that kind."""
    text = block.text
    if (url := _URL.match(text)) is not None:
        return (Fact(field="media", values=(url[1],)),) if is_media(url[1]) else ()
    if block.size > 60:
        return ()
    return _label(text) or _credit(text) or _byline(text) or _stamp(text)


def _label(text: str) -> tuple[Fact, ...]:
    found = _LABEL.match(text)
    field = _labels().get(found[1].casefold().strip()) if found else None
    if found is None or field is None or len(found[2].split()) > 30:
        return ()
    value = found[2].strip()
    if field in ("published", "modified", "original_published"):
        words = dates.find(value)
        return (Fact(field=field, date=words[0].date, unsure=words[0].unsure),) if words else ()
    if field in ("region", "theme", "series"):
        return (Fact(field=field, values=tags(value)),)
    if field in ("original", "outlet"):
        return _named(field, value)
    return (Fact(field=field, values=(value,) if value else ()),)


def tags(value: str) -> tuple[str, ...]:
    """The tags in a list such as "Syria, Russia and FSU"; commas, semicolons, bars and bullets part them."""
    return tuple(tag for part in re.split(r"\s*[,;|•·،\n]\s*|\s#", value) if (tag := part.strip(" #.")))


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
    if not name or len(name.split()) > 8 or not (name[0].isupper() or not name[0].isascii() or "." in name):
        return ()
    return (Fact(field=field, values=(name,), date=when[0].date if when else None),)


def _byline(text: str) -> tuple[Fact, ...]:
    found = _BYLINE.match(text)
    if found is None or len(text.split()) > 14:
        return ()
    words = found[1].strip()
    when = dates.find(words)
    name = re.split(r"\s*[|•·\n]\s*|,? (?:in|for|at) (?=[A-Z])|\s+[-–—]\s+", words[: when[0].start] if when else words)[0]
    name = name.strip(_EDGES)
    # "By Tuesday the army had left." opens like a byline: a name has capitals and no full stop behind it.
    if not name or re.search(r"[.!?]$", text) or not _looks_like_a_name(name):
        return ()
    facts = [Fact(field="byline", values=(name,))]
    if when:
        facts.append(Fact(field="published", date=when[0].date, unsure=when[0].unsure))
    return tuple(facts)


def _looks_like_a_name(words: str) -> bool:
    parts = [part for part in re.split(r"[\s,&]+", words) if part and part.casefold() not in _PARTICLES]
    return bool(parts) and all(part[0].isupper() or not part[0].isascii() or part[0] == "@" for part in parts)


_PARTICLES = frozenset("and al el de la van von der den bin ibn abu of the und et y и و".split())


def _stamp(text: str) -> tuple[Fact, ...]:
    """A line that holds a date and next to nothing else: "Global Research, October 01, 2021"."""
    when = dates.find(text)
    if not when or len(text.split()) > 22:
        return ()
    rest, cursor = "", 0
    pieces: list[str] = []
    for words in when:
        pieces.append(text[cursor : words.start])
        cursor = words.end
    pieces.append(text[cursor:])
    rest = " ".join(pieces)
    rest = _TIME.sub(" ", rest)
    name = re.sub(r"\s+", " ", _FILLER.sub(" ", rest)).strip(_EDGES)
    if len(name.split()) > 6 or (name and not (name[0].isupper() or not name[0].isascii() or "." in name)):
        return ()
    outlet = () if not name or name.casefold() in _bureaux() or not re.search(r"[^\W\d_]{2}", name) else (name,)
    facts = []
    for words, before in zip(when, pieces, strict=False):
        field = "modified" if _UPDATED.search(before) else "original_published" if _ORIGINALLY.search(before) else "published"
        facts.append(Fact(field=field, values=outlet, date=words.date, unsure=words.unsure))
    return tuple(facts)


def dateline(text: str) -> tuple[str, str | None, dt.date | None]:
    """The dateline that opens a wire story ("GENEVA (Reuters) - "), its agency and its date; ("", None, None) if none."""
    found = _DATELINE.match(text[:120])
    if found is None or not (found["place"] or found["agency"]):
        return "", None, None
    capital = bool(found["place"]) and found["place"].split(",")[0].replace(".", "").isupper() and len(found["place"]) > 3
    wire = bool(found["agency"]) and found["dash"] != ":"
    # "Putin - the president - said": without capitals or an agency in brackets a dash opens no dateline.
    if not wire and not (capital and found["dash"] != ":"):
        return "", None, None
    return text[: found.end()].rstrip(), found["agency"], dates.first(found["day"])
