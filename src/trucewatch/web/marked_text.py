"""A report's text cut where the words of claims begin and end, so that all claims can be marked in it at once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from trucewatch.claim_words import TRIGGER, marked
from trucewatch.nouns import Account, Claim

_PARAGRAPH = re.compile(r"\S(?:(?!\n\s*\n).)*", re.DOTALL)


class Mark(NamedTuple):
    """Words and the part that they play in a claim."""

    start: int
    end: int
    role: str
    claim: int
    """Its number in the report."""


class Piece(NamedTuple):
    """A stretch of text to which the same marks belong."""

    text: str
    marks: tuple[tuple[int, str], ...] = ()
    """Claims, by number, and the part that it plays in each."""

    @property
    def trigger(self) -> int | None:
        """The number of the first claim that it evokes."""
        return next((claim for claim, role in self.marks if role == TRIGGER), None)

    @property
    def known(self) -> str:
        """All of it for a script: ``0:trigger 2:actor``."""
        return " ".join(f"{claim}:{role}" for claim, role in self.marks)

    def role(self, claim: int | None) -> str | None:
        """The part that it plays in a claim: that of the trigger, where it plays several."""
        its = [role for number, role in self.marks if number == claim]
        return TRIGGER if TRIGGER in its else its[0] if its else None


def paragraphs(text: str, claims: Sequence[Claim]) -> Iterator[list[Piece]]:
    """A report's text, paragraph by paragraph."""
    every = [Mark(*mark, number) for number, claim in enumerate(claims) for mark in marked(claim)]
    for found in _PARAGRAPH.finditer(text):
        yield cut(text, found.start(), found.end(), every)


def sentences(text: str, claim: Claim) -> Iterator[list[Piece]]:
    """The sentences that tell of a claim's event, with its words marked."""
    every = [Mark(*mark, 0) for mark in marked(claim)]
    for span in claim.mentions:
        yield cut(text, span.start, span.end, every)


def quoted(account: Account) -> list[Piece]:
    """An account's sentence with its trigger marked; unmarked where that stands in another one."""
    claim, text = account.claim, account.sentence
    start = claim.trigger.start - (claim.mentions[0].start if claim.mentions else claim.trigger.start)
    end = start + claim.trigger.end - claim.trigger.start
    if text[start:end] != account.trigger or start < 0:
        return [Piece(text)]
    return cut(text, 0, len(text), [Mark(start, end, TRIGGER, 0)])


def cut(text: str, start: int, end: int, every: Iterable[Mark]) -> list[Piece]:
    """A stretch of text in pieces; marks that reach beyond it are cut off there."""
    here = [mark for mark in every if mark.start < end and start < mark.end]
    edges = sorted({start, end, *(min(max(edge, start), end) for mark in here for edge in mark[:2])})
    return [
        Piece(text[first:last], tuple(dict.fromkeys((m.claim, m.role) for m in here if m.start <= first < m.end)))
        for first, last in itertools.pairwise(edges)
    ]
