"""The claims of a few words; and passages made by hand from lines of words: "text UPOS head deprel", names in a list beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch import codebook
from trucewatch.claims import coder
from trucewatch.language import Engine
from trucewatch.nouns import Claim, Name, Passage, Report, Word

Sentence = tuple[str, Sequence[tuple[str, str]]]
"""Lines as above (head 1-based, 0 the root), and names: their words and kind."""


def coded(text: str, published: dt.date | None = None) -> tuple[Claim, ...]:
    """What a report of these words alone tells."""
    return coder.code(Report(id="0" * 16, text=text, published=published), Engine.load().parse(text), codebook.load())


def first(sentence: str) -> Claim:
    """The first claim of a sentence of 30 September 2021."""
    return coded(sentence, dt.date(2021, 9, 30))[0]


def triggered(text: str, trigger: str, published: dt.date | None = dt.date(2020, 2, 27)) -> Claim:
    """The claim of these words that a word triggers."""
    claims = coded(text, published)
    return next(claim for claim in claims if text[claim.trigger.start : claim.trigger.end] == trigger)


def sides(text: str, trigger: str) -> tuple[list[str], list[str]]:
    """Who does what a word tells, and to whom, by name."""
    claim = triggered(text, trigger)
    return [party.name for party in claim.actors], [party.name for party in claim.recipients]


def attacks(text: str, type_: str = "ASSAULT") -> list[list[str]]:
    """The triggers of every claim of violence, or of another type."""
    claims = coded(text, dt.date(2016, 5, 5))
    told = [claim for claim in claims if claim.type == type_]
    return [
        [text[e.start : e.end] for e in claim.evidence if e.field == "trigger" or e.field.startswith("mentions[")]
        for claim in told
    ]


def passages(*sentences: Sentence) -> tuple[str, tuple[Passage, ...]]:
    """The text and its passages; words are parted by single spaces."""
    text, out = "", []
    for lines, named in sentences:
        rows = [line.split() for line in lines.strip().splitlines()]
        start, words = len(text), []
        for form, upos, head, deprel in rows:
            words.append(
                Word(
                    text=form, start=len(text), end=len(text) + len(form), upos=upos, head=int(head) - 1, deprel=deprel
                )
            )
            text += form + " "
        names = tuple(_name([word.text for word in words], name, kind) for name, kind in named)
        out.append(Passage(index=len(out), start=start, end=words[-1].end, words=tuple(words), names=names))
    return text, tuple(out)


def _name(forms: list[str], name: str, kind: str) -> Name:
    parts = name.split()
    first = next(i for i in range(len(forms)) if forms[i : i + len(parts)] == parts)
    return Name(kind=kind, first=first, last=first + len(parts) - 1)
