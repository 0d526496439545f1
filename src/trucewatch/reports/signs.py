"""The signs by which a block is known as furniture of the page: rows of boilerplate.csv, each with a weight."""

from __future__ import annotations

import functools
import re
from collections import Counter

import msgspec

from trucewatch.nouns import Noun
from trucewatch.reports.blocks import Block
from trucewatch.reports.lines import Fact
from trucewatch.reports.tables import rows

_SAID = re.compile(
    r"[“\"«][^”\"»]{12,}[”\"»]|\b(?:said|told|says|according to|reported|announced|killed|wounded|injured)\b"
    r"|\b(?:сообщил\w*|заявил\w*|погиб\w*|ранен\w*)\b|(?:قال|أعلن|قتل|أصيب|ذكرت)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
SURE, LIKELY = 3, 2
"""Scores from which a block is furniture: wherever it stands; before the first and after the last paragraph."""
_LONG = 25
_LINKED = 0.6


class Sign(Noun):
    """A row of boilerplate.csv."""

    id: str
    kind: str
    weight: int
    words: str
    """Words of which a text must hold one before the pattern is tried, parted by ``|``; empty: always tried."""
    pattern: str
    example: str
    counterexample: str

    def fits(self, text: str) -> bool:
        """Is the sign in `text`?"""
        return self in _candidates(words_of(text)) and _compiled(self.pattern).search(text) is not None


class Verdict(Noun):
    """How much a block looks like furniture, of which kind, and by which signs (row ids)."""

    score: int
    kind: str
    because: tuple[str, ...] = ()


class Seen(Noun):
    """A block with what its words say of the report, and how much they look like furniture."""

    block: Block
    said: tuple[Fact, ...]
    verdict: Verdict

    @property
    def is_surely_story(self) -> bool:
        """Prose without signs, outside the furniture, that an extractor keeps (where one was asked)."""
        block = self.block
        wanted = block.is_prose and block.tag in ("p", "line", "item") and block.votes != 0
        return wanted and not self.said and self.verdict.score < LIKELY and (block.is_agreed or not block.is_furnished)


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def words_of(text: str) -> frozenset[str]:
    """The lower-case words of a text, as the column ``words`` spells them."""
    return frozenset(_WORD.findall(text.casefold()))


@functools.cache
def signs() -> tuple[Sign, ...]:
    """Every row of boilerplate.csv."""
    return tuple(msgspec.convert(row, Sign, strict=False) for row in rows("boilerplate.csv"))


@functools.cache
def _by_word() -> dict[str, tuple[int, ...]]:
    """The numbers of the signs that a word calls for; those of "" are always tried."""
    numbers: dict[str, tuple[int, ...]] = {}
    for number, sign in enumerate(signs()):
        for word in sign.words.split("|"):
            numbers[word] = (*numbers.get(word, ()), number)
    return numbers


def _candidates(words: frozenset[str]) -> list[Sign]:
    """The signs worth trying on a text of these words, in table order."""
    index, every = _by_word(), signs()
    numbers = set(index.get("", ())).union(*(index[word] for word in words if word in index))
    return [every[number] for number in sorted(numbers)]


def asks_a_fee(because: tuple[str, ...]) -> bool:
    """Is one of these rows of those by which a page keeps back the rest of its story?"""
    return any(sign.kind == "fee" for sign in signs() if sign.id in because)


def leads_on(text: str) -> bool:
    """Is this what a link to the rest of a story, or to another, says: "Read more"?"""
    return any(sign.kind == "link" and _compiled(sign.pattern).search(text) for sign in _candidates(words_of(text)))


def keeps_out(title: str) -> bool:
    """Is this the title of what a server shows in the place of a page: an error, a question whether one is a robot?"""
    return any(sign.kind == "wall" and sign.fits(title) for sign in signs())


def judge(block: Block) -> Verdict:
    """Weigh the signs in a block's words against what makes it a story paragraph (length, speech, casualties)."""
    text = block.text[:4000]
    hits = [sign for sign in _candidates(words_of(text)) if _compiled(sign.pattern).search(text)]
    score = sum(sign.weight for sign in hits)
    because = [sign.id for sign in hits]
    if block.linked and block.link_share > _LINKED and not block.is_prose:
        score += 2
        because.append("links")
    if score and block.is_prose and not any(sign.kind in ("licence", "note") for sign in hits):
        if block.size >= _LONG:
            score -= 1
        if _SAID.search(text):
            score -= 2
    weights = Counter[str]()
    for sign in hits:
        weights[sign.kind] += sign.weight
    kind = weights.most_common(1)[0][0] if weights else "link"
    return Verdict(score=score, kind=kind, because=tuple(because))
