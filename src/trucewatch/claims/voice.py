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
    """The subject of a speech verb that the word's clause hangs on ("X said that ...", "..., the ministry said")."""
    at = word
    for above in [*tree.ancestors(word), None]:
        if above is not None and _speaks(tree, above) and tree.words[at].deprel in ("ccomp", "parataxis"):
            return tree.child(above, "nsubj")
        for kid in tree.kids[at]:
            if tree.words[kid].deprel == "parataxis" and _speaks(tree, kid):
                return tree.child(kid, "nsubj")
        if above is not None:
            at = above
    return None


def _speaks(tree: Tree, word: int) -> bool:
    return tree.words[word].text.lower() in SPEECH and tree.words[word].upos == "VERB"


def _quotation(trees: Sequence[Tree], at: int) -> Speaker | None:
    """A passage that is nothing but quotation belongs to whoever speaks just before it, else just after."""
    start = _opened_in(trees, at)
    if start is None and not trees[at].text.startswith((*OPENING, '"')):
        return None
    for near in (start if start is not None else at - 1, at - 1, at - 2, at + 1):
        if not 0 <= near < len(trees) or near == at:
            continue
        for i in range(len(trees[near].words)):
            subject = trees[near].child(i, "nsubj") if _speaks(trees[near], i) else None
            if subject is not None:
                return Speaker(near, subject, f"rule quotation, speaker of sentence {near + 1}")
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
