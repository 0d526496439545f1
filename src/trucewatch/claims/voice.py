"""Who says it, and how real it is said to be: attribution and status of a mention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.claims import taken
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Mention

OPENING, CLOSING = "“„«", "”»"
SPEECH = frozenset(
    "say says said saying tell tells told report reports reported claim claims claimed announce announced announces "
    "state stated states add added adds confirm confirmed confirms warn warned note noted insist insisted allege alleged "
    "argue argued explain explained declare declared reveal revealed acknowledge acknowledged believe believes believed "
    "suggest suggested estimate estimated write wrote describe described according accuse accused expect expected deny denied".split()
)

REPORTS = frozenset({"report", "reports", "reported"})
BY_OUTLET = "rule outlet that reports the sentence"
"""Why a source is one that all of a sentence, and the story that it opens, is taken from."""
STATEMENT = 12
"""Sentences that a statement without quotation marks is held to last."""


class Speaker(NamedTuple):
    """Who is given as the source: the head word, or the speaker of a quotation that runs on from another passage."""

    passage: int
    word: int
    because: str
    phrase: tuple[int, int] | None = None
    """First and last word of its name, where the tree is not asked for it."""


def speaker(trees: Sequence[Tree], at: int, mention: Mention) -> Speaker | None:
    """The source of a mention: the model's arc, else the outlet that the sentence is taken from, else the quotation that
    the passage stands in.

    A speech verb above the clause says no more than the model does: where the model is silent, one in four of those
    subjects is the source.
    """
    arcs = [role for role in mention.roles if role.kind == "says"]
    outlet = taken.outlet(trees[at])
    if outlet and not any(_is_speaker(trees[at], role.word, outlet) for role in arcs):
        return Speaker(at, outlet[1], BY_OUTLET, outlet)
    if arcs:
        best = max(arcs, key=lambda role: role.score)
        return Speaker(at, best.word, f"model {best.score:.2f}")
    return _quotation(trees, at) or _statement(trees, at)


def retold(tree: Tree, speaker: int, word: int) -> bool:
    """Whether the event at `word` has a subject of its own, and so is told by the speaker and not done by speaking:
    "X said *it* opposes Y"."""
    return tree.child(word, "nsubj") not in (None, speaker)


def does_it(tree: Tree, mention: Mention) -> bool:
    """Whether whoever says so may be the one who does it, by saying it: who tells of a trial, of what was demanded or of a
    threat that somebody made does not hold, demand or make it."""
    word = tree.words[mention.word]
    of_others = tree.child(mention.word, "nsubj", "nsubj:pass", "aux:pass") is not None
    active = word.upos in ("VERB", "AUX") and word.deprel not in ("acl", "amod") and not of_others
    return active and mention.mode != "investigate"


def _speaks(tree: Tree, word: int) -> bool:
    return tree.words[word].text.lower() in SPEECH and tree.words[word].upos == "VERB"


def _is_speaker(tree: Tree, word: int, outlet: tuple[int, int]) -> bool:
    """Whether somebody else than the outlet says it to the outlet: "officials said on Monday, reports Dawn"."""
    head = tree.words[word].head
    said = head >= 0 and _speaks(tree, head) and tree.words[head].text.lower() not in REPORTS
    return not outlet[0] <= word <= outlet[1] and (said or tree.case(word) == "according")


def _quotation(trees: Sequence[Tree], at: int) -> Speaker | None:
    """A passage that is nothing but quotation belongs to whoever speaks just before it, else just after."""
    start = _quoted_from(trees, at)
    if start is None:
        return None
    for near in (start, at - 1, at - 2, at + 1):
        if not 0 <= near < len(trees) or near == at:
            continue
        for i in range(len(trees[near].words)):
            subject = trees[near].child(i, "nsubj") if _speaks(trees[near], i) else None
            if subject is not None:
                return Speaker(near, subject, f"rule quotation, speaker of sentence {near + 1}")
    return None


def _statement(trees: Sequence[Tree], at: int) -> Speaker | None:
    """A statement printed without quotation marks is its speaker's to the end: "The minister said: I welcome ..."."""
    for near in range(at - 1, max(-1, at - STATEMENT), -1):
        tree = trees[near]
        if any(mark in tree.text for mark in (*OPENING, *CLOSING, '"')):
            return None
        for i in range(len(tree.words) - 2) if ":" in tree.text else ():
            if _speaks(tree, i) and tree.words[i + 1].text == ":" and tree.words[i + 2].text[:1].isupper():
                subject = tree.child(i, "nsubj")
                return Speaker(near, subject, f"rule statement of sentence {near + 1}") if subject is not None else None
    return None


def _quoted_from(trees: Sequence[Tree], at: int) -> int | None:
    """The passage in which the quotation that passage `at` wholly stands in was opened; None where none is, or none is
    closed again: a lost mark would put all that follows into somebody's mouth. One was lost where the next opens within a
    passage, or after a part of a sentence ("called it “illegal."); whole sentences are opened again with every paragraph."""
    text = trees[at].text
    if text.startswith('"'):  # straight marks tell no opening from a closing: only a pair around the passage counts
        return at if text.count('"') == 2 and text.rstrip(".,").endswith('"') else None
    opened: int | None = None
    part = False
    for i in range(max(0, at - 8), min(at + 8, len(trees))):
        text = trees[i].text
        for place, character in enumerate(text):
            if character in OPENING:
                lost = opened is not None and (place > 0 or part)
                if i >= at and (lost or (i == at and place > 0 and opened is None)):
                    return None
                if opened is None or lost:
                    opened, part = i, text[place + 1 : place + 2].islower()
            elif character in CLOSING:
                if opened is not None and i >= at:
                    return opened
                opened = None
        if i >= at and opened is None:
            return None
    return None
