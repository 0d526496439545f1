"""Claims as JSON lines, with offsets into the text as others have it: every run of white space one space."""

from __future__ import annotations

import bisect
import difflib
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

from trucewatch.nouns import Claim, Count, Record, Span, Toll

_WORD = re.compile(r"\S+")


def lines(record: Record, name: str, page: str | None = None) -> Iterator[bytes]:
    """A line of JSON for each claim, as the gold reports' scorer reads them; ``name`` goes in as ``report``.

    ``page`` is the plain text that the report was read from. Where it is given, offsets count in it and not
    in the story alone, which may begin further down (after a title, a dateline) and have gaps.
    """
    offsets = Offsets(record.report.text, record.report.text if page is None else page)
    for claim in record.claims:
        yield msgspec.json.encode(_line(claim, record.report.text, offsets) | {"report": name})


class Offsets:
    """From characters of a report's text to those of a page that holds it, its white space folded."""

    def __init__(self, text: str, page: str) -> None:
        ours = [(word.start(), word[0]) for word in _WORD.finditer(text)]
        theirs = [word[0] for word in _WORD.finditer(page)]
        self._starts = [start for start, _ in ours]
        self._their_starts = [0]
        for word in theirs:
            self._their_starts.append(self._their_starts[-1] + len(word) + 1)
        self._their_ends = [start - 1 for start in self._their_starts[1:]]
        self._theirs = _same_words([word for _, word in ours], theirs)

    def of(self, span: Span) -> Span:
        """The same words on the page; what is not on it is left out of the span."""
        first = max(bisect.bisect_right(self._starts, span.start) - 1, 0)
        last = max(bisect.bisect_left(self._starts, span.end) - 1, first)
        found = [(word, self._theirs[word]) for word in range(first, last + 1) if word in self._theirs]
        if not found:
            return Span(start=0, end=0)
        (word, theirs), (last_word, their_last) = found[0], found[-1]
        start = self._their_starts[theirs] + max(span.start - self._starts[word], 0)
        end = self._their_starts[their_last] + span.end - self._starts[last_word]
        start = min(start, self._their_ends[theirs])
        return Span(start=start, end=max(min(end, self._their_ends[their_last]), start))


def _same_words(ours: list[str], theirs: list[str]) -> dict[int, int]:
    """Which of their words each of ours is, by index; a word that is not among theirs has no entry."""
    theirs = [unicodedata.normalize("NFC", word) for word in theirs]
    if ours == theirs:
        return dict(zip(range(len(ours)), range(len(ours)), strict=True))
    blocks = difflib.SequenceMatcher(None, ours, theirs).get_matching_blocks()
    return {block.a + i: block.b + i for block in blocks for i in range(block.size)}


def _line(claim: Claim, text: str, offsets: Offsets) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(claim)
    trigger = offsets.of(claim.trigger)
    return {
        "id": claim.id,
        "type": claim.type,
        "mode": claim.mode,
        "trigger": _span(trigger) | {"text": text[claim.trigger.start : claim.trigger.end]},
        "mentions": [_span(offsets.of(mention)) for mention in claim.mentions],
        "actors": plain.get("actors", []),
        "recipients": plain.get("recipients", []),
        "place": plain.get("place"),
        "time": plain.get("time"),
        "status": claim.status.value,
        "attributed_to": claim.attributed_to,
        "killed": pair(claim.killed),
        "injured": pair(claim.injured),
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end}


def pair(count: Count | Toll | None) -> list[int] | None:
    """The lowest and the highest number."""
    return None if count is None else [count.low, count.high]
