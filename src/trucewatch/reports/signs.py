"""The signs by which a block is known as furniture of the page: rows of boilerplate.csv, each with a weight."""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from importlib.resources import files

from trucewatch.nouns import Noun
from trucewatch.reports.blocks import Block

_SAID = re.compile(
    r"[“\"«][^”\"»]{12,}[”\"»]|\b(?:said|told|says|according to|reported|announced|killed|wounded|injured)\b"
    r"|\b(?:сообщил\w*|заявил\w*|погиб\w*|ранен\w*)\b|(?:قال|أعلن|قتل|أصيب|ذكرت)",
    re.IGNORECASE,
)
_LONG = 25
_LINKED = 0.6


class Sign(Noun):
    """A row of boilerplate.csv."""

    id: str
    kind: str
    weight: int
    pattern: str
    example: str
    counterexample: str

    def fits(self, text: str) -> bool:
        """Is the sign in `text`?"""
        return _compiled(self.pattern).search(text) is not None


class Verdict(Noun):
    """How much a block looks like furniture, of which kind, and by which signs (row ids)."""

    score: int
    kind: str
    because: tuple[str, ...] = ()


@functools.lru_cache(maxsize=None)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@functools.cache
def signs() -> tuple[Sign, ...]:
    """Every row of boilerplate.csv."""
    with (files(__package__) / "boilerplate.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Sign(**{**row, "weight": int(row["weight"])})  # type: ignore[arg-type]
            for row in csv.DictReader(lines)
        )


def judge(block: Block) -> Verdict:
    """Weigh the signs in a block's words against what makes it a story paragraph (length, speech, casualties)."""
    text = block.text[:4000]
    hits = [sign for sign in signs() if sign.fits(text)]
    score = sum(sign.weight for sign in hits)
    because = [sign.id for sign in hits]
    if block.linked and block.link_share > _LINKED and not block.is_prose:
        score += 2
        because.append("links")
    if score and block.is_prose and not any(sign.kind == "licence" for sign in hits):
        if block.size >= _LONG:
            score -= 1
        if _SAID.search(text):
            score -= 2
    weights = Counter[str]()
    for sign in hits:
        weights[sign.kind] += sign.weight
    kind = weights.most_common(1)[0][0] if weights else "link"
    return Verdict(score=score, kind=kind, because=tuple(because))
