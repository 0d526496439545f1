"""The news agency that a story was taken from, where only a byline, a line of its own or the copyright line names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from trucewatch.reports import lines
from trucewatch.reports.apart import STORY, TITLE, Part
from trucewatch.reports.facts import Facts
from trucewatch.reports.hygiene import key

_SIGNED = re.compile(r"^(?:by|from|source|via|©|\(c\)|copyright|[(\[–—-])[\s:]*(?:\d{4}\s+)?", re.IGNORECASE)
"""What stands before an agency's name where it is no mere word of the page."""
_HELP = re.compile(r"\b(?:with|contributed|reporting|additional)\b", re.IGNORECASE)
"""Who only helped has not written it."""
_BREAK = re.compile(r"[/,|;()]| (?:and|in|of|for|via) | [-–—] ")
_EDGES = " \t()[]–—-.,:©*_"
_WORDS = 8
_BELOW = 3
"""Lines behind a story in which its agency may stand."""
_AT_THE_END = re.compile(r"[.!?”\"]\s*(?:[–—-]+\s*|[(\[])([\w .'’-]{2,30}?)[)\]]?\.?$")


def agency(facts: Facts, parts: Sequence[Part], owner: str | None) -> str | None:
    """The one agency that the byline, a line above or below the story, its last words or `owner` of the rights name."""
    found = _only([facts.byline or "", owner or ""]) or _only(_signed(parts))
    is_known = facts.byline is None and (facts.outlet or facts.url)  # else a name alone may be the page's own
    return found or (_only(_bare(parts), free=True) if is_known else None)


def _only(names: Iterable[str], *, free: bool = False) -> str | None:
    """The agency of the first line that names one and no second. A `free` one alone: "MENA" is a part of the world, too."""
    for line in names:
        words = line.split()
        if len(words) > _WORDS or _HELP.search(line):
            continue
        pieces = [
            piece.strip(_EDGES).removeprefix("the ").removeprefix("The ") for piece in _BREAK.split(" ".join(words))
        ]
        found = {key(known): piece for piece in pieces if (known := lines.agency(piece, free=free))}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _signed(parts: Sequence[Part]) -> Iterable[str]:
    """The lines around a story that begin as a signature does, and the signature behind its last sentence."""
    around = _around(parts)
    for before, part in zip([None, *around], around, strict=False):
        yield from (fact.values[0] for fact in part.facts if fact.field == "published" and fact.values)
        sign = _SIGNED.match(part.block.text)
        if sign is not None and (sign[0][0].isalpha() or not _is_picture(before)):
            yield part.block.text[sign.end() :]
    last = next((part.block.text for part in reversed(parts) if part.kind == STORY), "")
    if (end := _AT_THE_END.search(last[-60:])) is not None:
        yield end[1]


def _bare(parts: Sequence[Part]) -> Iterable[str]:
    """The lines around a story, but those below a picture, which name whose it is."""
    around = _around(parts)
    return (part.block.text for before, part in zip([None, *around], around, strict=False) if not _is_picture(before))


def _is_picture(part: Part | None) -> bool:
    return part is not None and part.kind in ("media", "caption")


def _around(parts: Sequence[Part]) -> list[Part]:
    """The parts between title and story, and the first behind it, without the furniture of the page."""
    story = [at for at, part in enumerate(parts) if part.kind == STORY]
    if not story:
        return []
    title = next((at for at, part in enumerate(parts[: story[0]]) if part.kind == TITLE), -1)
    near = (*parts[title + 1 : story[0]], *parts[story[-1] + 1 : story[-1] + 1 + _BELOW])
    return [part for part in near if not part.block.is_furnished]
