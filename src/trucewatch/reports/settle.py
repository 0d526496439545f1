"""Second looks at a page's facts: outlets and dates that only a dateline, an address or a copyright line tells.

Whatever is inferred, not said, leaves a note.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import msgspec

from trucewatch import codebook
from trucewatch.reports import dates, lines, links, wires
from trucewatch.reports.apart import HEAD, STORY, TITLE, Part
from trucewatch.reports.facts import DAY_FIRST, Facts
from trucewatch.reports.hygiene import key, one_line
from trucewatch.reports.regions import split
from trucewatch.reports.tables import either

_NAME = 5  # words of the longest name of an outlet
_SMALL = frozenset({"and", "for", "in", "of", "on", "the"})
_MARKED = re.compile(rf"^({either('shows')})\s*[:|]\s+", re.IGNORECASE)
_SECTION = re.compile(rf"({either('sections')})\b", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,.]*([^\d.©|,]{2,60})", re.IGNORECASE
)
_RESERVED = re.compile(r"\ball rights reserved.*", re.IGNORECASE)
_OF_A_TEXT = re.compile(r"\breserved\b|\bmay not be\b", re.IGNORECASE)
_AND_AGENCIES = re.compile(r"\s+(?:and|with) (?:the )?(?:news )?agenc(?:y|ies)$", re.IGNORECASE)
_IN_ADDRESS = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2}|[a-z]{3,9})[/-](?P<d>\d{1,2})(?:[/_-]|$)"
    r"|/(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:[/_.-]|$)",
    re.IGNORECASE,
)


def settle(facts: Facts, parts: Sequence[Part]) -> Facts:
    """The facts of a sorted page with what its dateline, address, title and copyright line add."""
    agency = next((fact for part in parts for fact in part.facts if fact.field == "agency"), None)
    facts = _titled(facts, parts)
    facts = _licensed(facts, parts)
    facts = _signed(facts, parts)
    facts = _published_by(
        facts, agency.values[0] if agency and agency.values else wires.agency(facts, parts, _holder(facts))
    )
    facts = _dated(facts, agency)
    facts = _same_outlet(facts)
    regions, themes = split(facts.themes) if facts.themes else ((), ())
    return msgspec.structs.replace(
        facts,
        regions=tuple(dict.fromkeys((*facts.regions, *regions))),
        themes=themes,
        media=tuple(dict.fromkeys((*facts.media, *_pictures(parts)))),
    )


def _titled(facts: Facts, parts: Sequence[Part]) -> Facts:
    """The title from the page's own data or its block; "Video:" before it goes into a note."""
    title = facts.title or next((part.block.text for part in parts if part.kind == TITLE), None)
    if title is None:
        return facts
    marked = _MARKED.match(title)
    notes = (*facts.notes, f'the title says "{marked[1]}"') if marked else facts.notes
    return msgspec.structs.replace(facts, title=one_line(title[marked.end() :] if marked else title), notes=notes)


def _licensed(facts: Facts, parts: Sequence[Part]) -> Facts:
    rights = [part.block.text for part in parts if part.kind == "licence" or (part.facts and "licence" in part.because)]
    every = dict.fromkeys(filter(None, (facts.licence, *rights)))
    return msgspec.structs.replace(facts, licence="\n\n".join(every) or None)


def _signed(facts: Facts, parts: Sequence[Part]) -> Facts:
    """The outlet, where nothing says which it is: the first of the codebook that stands alone on a line by the title or the date,
    else what is named on the one line between these two."""
    if facts.outlet is not None or facts.original_outlet is not None or links.host(facts.url):
        return facts

    book = codebook.load()
    alone = [
        (part, beside) for part, beside in _with_neighbours(parts) if part.kind == HEAD and any(map(_heads, beside))
    ]
    known = (row.name for part, _ in alone if (row := book.find_outlet(part.block.text)) is not None)
    named = (part.block.text for part, beside in alone if all(map(_heads, beside)) and _is_name(part))
    outlet = next(known, None) or next(named, None)
    notes = (*facts.notes, "outlet taken from a line of its own") if outlet else facts.notes
    return msgspec.structs.replace(facts, outlet=outlet, notes=notes)


def _with_neighbours(parts: Sequence[Part]) -> Iterator[tuple[Part, Sequence[Part]]]:
    return ((part, (*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2])) for at, part in enumerate(parts))


def _heads(part: Part) -> bool:
    return part.kind == TITLE or any(fact.field == "published" for fact in part.facts)


def _is_name(part: Part) -> bool:
    """Whether a line is a name and no section: "Orontes Courier", not "Middle East"."""
    words = part.block.text.split()
    named = words[0][0].isupper() and all(word[0].isupper() or word in _SMALL for word in words)
    called = named and not part.block.text.isupper() and not _SECTION.match(part.block.text)
    return 1 < len(words) <= _NAME and called and part.block.tag == "line" and not split((part.block.text,))[0]


def _published_by(facts: Facts, wire: str | None) -> Facts:
    """The outlet, where the page does not name it: the site, else the agency of the dateline, else the copyright's owner."""
    outlet, original, notes = facts.outlet, facts.original_outlet, facts.notes
    if outlet is None and (site := _site(facts.url)):
        outlet, notes = site, (*notes, "outlet taken from the page's address")
    if outlet is None:
        outlet = wire
    if outlet is None and original is None and (owner := _owner(facts)):
        outlet, notes = owner, (*notes, "outlet taken from the copyright line")
    if original is None and wire and outlet and not _is_of(wire, outlet):
        original = wire
    return msgspec.structs.replace(facts, outlet=outlet, original_outlet=original, notes=notes)


def _is_of(wire: str, outlet: str) -> bool:
    """Is it the agency's own page: "AP" of "AP News" or of "Associated Press", or "CNA" of another of these initials?"""
    initials = "".join(word[0] for word in outlet.split() if word[0].isupper())
    return key(wire) in key(outlet) or wire == initials or _one_agency(wire, outlet)


def _one_agency(one: str, other: str) -> bool:
    return lines.agency(one) is not None and lines.agency(one) == lines.agency(other)


def _site(url: str | None) -> str | None:
    """The outlet of a web address by the codebook, else its host."""
    host = links.host(url)
    if not host:
        return None

    known = codebook.load().find_outlet(host)
    return known.name if known is not None else host


def _owner(facts: Facts) -> str | None:
    """The name in "© 2021 Border Desk. All rights reserved", unless it is the writer's."""
    found = _COPYRIGHT.search(facts.licence or "")
    name = one_line(_RESERVED.sub("", found[1]).strip(" ,.;-–—")) if found else ""
    if not name or len(name.split()) > 6 or name.casefold().startswith(("all rights", "the author")):
        return None
    return name if key(name) != key(facts.byline or "") else None


def _holder(facts: Facts) -> str | None:
    """The owner of the copyright in more than a picture: of one nobody says that all rights are reserved."""
    return _owner(facts) if _OF_A_TEXT.search(facts.licence or "") else None


def _dated(facts: Facts, agency: lines.Fact | None) -> Facts:
    """The date, where no line gives it: the dateline's, else the title's, else the address's."""
    if facts.published is not None:
        return _day_first_or_not(facts)
    if agency is not None and agency.date is not None:
        return msgspec.structs.replace(facts, published=agency.date)
    if facts.timed is not None:
        return msgspec.structs.replace(facts, published=facts.timed)
    if titled := dates.find(facts.title or ""):
        notes = (*facts.notes, "date taken from the title")
        return msgspec.structs.replace(facts, published=titled[-1].date, notes=notes)
    date = _in_address(links.path(facts.url))
    notes = (*facts.notes, "date taken from the page's address") if date else facts.notes
    return msgspec.structs.replace(facts, published=date, notes=notes)


def _day_first_or_not(facts: Facts) -> Facts:
    """The date, with day and month the other way round where the page's clock or its address has it so."""
    day = facts.published
    if day is None or DAY_FIRST not in facts.notes or day.day > 12:
        return facts
    turned = day.replace(month=day.day, day=day.month)
    if turned not in (facts.timed, _in_address(links.path(facts.url))):
        return facts
    notes = tuple(note for note in facts.notes if note != DAY_FIRST)
    return msgspec.structs.replace(facts, published=turned, notes=notes)


def _in_address(path: str) -> dt.date | None:
    """The date in ``/2023/05/20/``, ``/2023/may/20/`` or ``/20230520-``."""
    found = _IN_ADDRESS.search(path)
    if found is None:
        return None
    year, month, day = found["y"] or found["year"], found["m"] or found["month"], found["d"] or found["day"]
    return dates.first(f"{year}-{month}-{day}" if month.isdecimal() else f"{day} {month} {year}")


def _same_outlet(facts: Facts) -> Facts:
    """A page that names itself as its source was not republished."""
    original = _AND_AGENCIES.sub("", facts.original_outlet or "")
    if (
        not facts.outlet
        or not original
        or (key(facts.outlet) != key(original) and not _one_agency(facts.outlet, original))
    ):
        return facts
    published = facts.published or facts.original_published
    return msgspec.structs.replace(facts, original_outlet=None, published=published, original_published=None)


def _pictures(parts: Sequence[Part]) -> list[str]:
    return [
        href
        for part in parts
        if part.kind in ("caption", "media") or (part.kind == STORY and part.block.linked)
        for href in part.block.hrefs
        if href.startswith(("http://", "https://")) and lines.is_media(href)
    ]
