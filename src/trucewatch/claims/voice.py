"""Who says it, and how real it is said to be: attribution and status of a mention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trucewatch.claims.tree import Tree
from trucewatch.nouns import Mention

OPENING, CLOSING = "“„«", "”»"
SPEECH = frozenset(
    "say says said saying tell tells told report reports reported claim claims claimed announce announced announces "
    "state stated states add added adds confirm confirmed confirms warn warned note noted insist insisted allege alleged "
    "argue argued explain explained declare declared reveal revealed acknowledge acknowledged believe believes believed "
    "suggest suggested estimate estimated write wrote describe described according accuse accused expect expected deny denied".split()
)


class Speaker(NamedTuple):
    """Who is given as the source: the head word, or the speaker of a quotation that runs on from another passage."""

    passage: int
    word: int
    because: str


def speaker(trees: Sequence[Tree], at: int, mention: Mention) -> Speaker | None:
    """The source of a mention: the model's arc, else the speech verb above it, else the quotation it stands in."""
    arcs = [role for role in mention.roles if role.kind == "says"]
    if arcs:
        best = max(arcs, key=lambda role: role.score)
        return Speaker(at, best.word, f"model {best.score:.2f}")
    above = _speech_above(trees[at], mention.word)
    if above is not None:
        return Speaker(at, above, "rule speech verb")
    return _quotation(trees, at)


def _speech_above(tree: Tree, word: int) -> int | None:
    """The subject of a speech verb that the word's clause hangs on ("X said that ...")."""
    at = word
    for above in tree.ancestors(word):
        if tree.words[above].text.lower() in SPEECH and tree.words[at].deprel in ("ccomp", "parataxis"):
            return tree.child(above, "nsubj")
        at = above
    top = tree.words[at]
    for kid in tree.kids[at]:  # "..., the ministry said"
        verb = tree.words[kid]
        if verb.deprel == "parataxis" and verb.text.lower() in SPEECH and top.deprel == "root":
            return tree.child(kid, "nsubj")
    return None


def _quotation(trees: Sequence[Tree], at: int) -> Speaker | None:
    """A passage inside a quotation that began in an earlier one belongs to the speaker named there."""
    start = _opened_in(trees, at)
    if start is None or start == at:
        return None
    for near in (start, start - 1):
        if 0 <= near < at:
            for i, word in enumerate(trees[near].words):
                if word.text.lower() in SPEECH and word.upos == "VERB":
                    subject = trees[near].child(i, "nsubj")
                    if subject is not None:
                        return Speaker(near, subject, f"rule quotation from sentence {near + 1}")
    return None


def _opened_in(trees: Sequence[Tree], at: int) -> int | None:
    """The passage in which the quotation that is open at the start of passage `at` was opened."""
    opened: int | None = None
    straight = False
    for i in range(max(0, at - 8), at):
        for character in trees[i].text:
            if character in OPENING:
                opened = i
            elif character in CLOSING:
                opened = None
            elif character == '"':
                straight = not straight
                opened = i if straight else None
    return opened
