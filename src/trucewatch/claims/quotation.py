"""Step 3, who says so: quotations that run over sentences: where they begin and end, and who speaks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch.claims.phrase import listed
from trucewatch.claims.tree import Tree

OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
_MARK = re.compile(f"[{OPENING}{CLOSING}{STRAIGHT}]")
_IN_PRINT = frozenset({"on", "in", "via", "through", "over"})
LONGEST = 8  # sentences before and after one in which the marks around it are looked for


class Quotation(NamedTuple):
    """The passages and characters between which somebody is quoted."""

    first: int
    last: int
    opens: int
    closes: int | None
    """None where the closing mark was lost: only the sentence that begins with the opening one is sure to be quoted."""


def speaks(tree: Tree, word: int) -> bool:
    """Whether a word is a verb of speech."""
    return tree.form(word) in listed("speech", "verbs") and tree.words[word].upos == "VERB"


def is_medium(tree: Tree, word: int) -> bool:
    """Whether a word is where somebody says or writes something: "pleaded on *Facebook* for help"; not "called on *Facebook* to"."""
    asked = tree.form(tree.words[word].head) in listed("speech", "calls")
    return tree.case(word) in _IN_PRINT and tree.form(word) in listed("speech", "media") and not asked


def speaker(trees: Sequence[Tree], at: int, word: int) -> tuple[int, int] | None:
    """Passage and word of whoever speaks the quotation in which a word stands."""
    start, quotation = trees[at].words[word].start, around(trees, at)
    if quotation is None:
        leads = _before_colon(trees[at], start)
        return None if leads is None else (at, leads)
    if quotation.closes is not None and start > quotation.closes:
        return None
    return next(((near, says) for near, says in _speakers(trees, quotation) if says is not None), None)


def _speakers(trees: Sequence[Tree], quotation: Quotation) -> Iterator[tuple[int, int | None]]:
    """Where the speaker may be told, the likeliest first, and who is told there: behind the closing mark, before the opening one, in
    the sentence before, beyond other quotations that nobody is named with, in the next."""
    first, last, opens, closes = quotation
    if closes is not None and closes > trees[last].passage.start:
        yield last, _subject(trees[last], since=closes, any_verb=True)
    yield first, _subject(trees[first], until=opens)
    before = first - 1
    while before >= 0 and _subject(trees[before]) is None and (other := around(trees, before)):
        before = other.first - 1
    yield from ((near, _subject(trees[near])) for near in (before, last + 1) if 0 <= near < len(trees))


def _before_colon(tree: Tree, start: int) -> int | None:
    """Who does what leads to the quoted words in which a character stands: "The *emir* turned to his guests: “Rebels shelled us.”"."""
    before = [at for at, _ in marks(tree.text) if tree.passage.start + at < start]
    if not before or tree.text[before[-1]] in CLOSING or not tree.text[: before[-1]].endswith(": "):
        return None
    return _subject(tree, until=tree.passage.start + before[-1], any_verb=True)


def around(trees: Sequence[Tree], at: int) -> Quotation | None:
    """The quotation in which a passage lies; None where none is closed, but for a sentence that begins with an opening mark."""
    return _closed(trees, at) or _alone(trees, at)


def _closed(trees: Sequence[Tree], at: int) -> Quotation | None:
    """By curved marks, where no straight ones stand between and none was lost."""
    opened = _open_before(trees, at) or ((at, 0) if trees[at].text.startswith(tuple(OPENING)) else None)
    if opened is None:
        return None
    first, begin = opened
    for i in range(at, min(at + LONGEST, len(trees))):
        text = trees[i].text
        if STRAIGHT in text:
            return None
        for place, character in marks(text):
            if character in OPENING and (i, place) != opened and _was_lost(trees, opened, place):
                return None
            if character in CLOSING:
                return Quotation(first, i, trees[first].passage.start + begin, trees[i].passage.start + place)
    return None


def marks(text: str) -> list[tuple[int, str]]:
    """Every mark of a text, and where it stands."""
    return [(match.start(), match[0]) for match in _MARK.finditer(text)]


def _open_before(trees: Sequence[Tree], at: int) -> tuple[int, int] | None:
    """The opening mark that is not closed again before a passage begins: its own passage, and where it stands there."""
    opened: tuple[int, int] | None = None
    for i in range(max(0, at - LONGEST), at):
        if STRAIGHT in trees[i].text:
            opened = None
        for place, character in marks(trees[i].text):
            if character in OPENING and (opened is None or _was_lost(trees, opened, place)):
                opened = i, place
            elif character in CLOSING:
                opened = None
    return opened


def _was_lost(trees: Sequence[Tree], opened: tuple[int, int], place: int) -> bool:
    """Whether an open quotation's closing mark was lost: another opens within a passage, or it began within a sentence, where a name
    does ("known as “The Lions."), and nothing led to what somebody says."""
    first, begin = opened
    before, after = trees[first].text[:begin].rstrip(), trees[first].text[begin + 1 : begin + 2]
    last = before.rpartition(" ")[2].lower()
    return place > 0 or after.islower() or (last.isalpha() and last not in listed("speech", "verbs"))


def _alone(trees: Sequence[Tree], at: int) -> Quotation | None:
    """A sentence that begins with its only mark, or is whole in straight ones, with none left open before: only such are sure."""
    tree, before = trees[at], trees[at - 1].text if at else ""
    places = [place for place, _ in marks(tree.text)]
    if places[:1] != [0] or tree.text[0] in CLOSING or not tree.text[1:2].isalnum() or before.count(STRAIGHT) % 2:
        return None
    whole = len(places) == 2 and tree.text.rstrip(".,").endswith(STRAIGHT)
    return Quotation(at, at, tree.passage.start, None) if whole or len(places) == 1 else None


def _subject(tree: Tree, since: int = 0, until: int | None = None, any_verb: bool = False) -> int | None:
    """Who speaks in a passage, or in a part of it."""
    for i, word in enumerate(tree.words):
        within = since <= word.start and (until is None or word.end <= until)
        if within and (speaks(tree, i) or (any_verb and word.upos == "VERB")):
            subject = tree.child(i, "nsubj")
            if subject is not None:
                return subject
    return None
