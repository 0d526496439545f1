"""Step 2, the type of an event by how it is done: tanks that *enter* take no ground, and what two do *together* is cooperation."""

from __future__ import annotations

from trucewatch.claims.nested_events import Told
from trucewatch.claims.phrase import listed, plural
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Mention

_DRIVEN = "rule what is driven in"
_TOGETHER = "rule what several do together"


def is_of_manner(tree: Tree, mention: Mention) -> bool:
    """Whether how it is done says what it is, be the model hardly sure that it is an event."""
    return _is_driven_in(tree, mention.word) or _is_shared(tree, mention)


def of_manner(tree: Tree, told: Told) -> Told:
    """A mention with the type of its manner."""
    if told.mention.type == "ASSAULT" and _is_driven_in(tree, told.mention.word):
        return told.told_as("MOBILIZE", "troops", _DRIVEN)
    return told.told_as("COOPERATE", None, _TOGETHER) if _is_shared(tree, told.mention) else told


def _is_driven_in(tree: Tree, word: int) -> bool:
    """Whether it tells that vehicles or reinforcements come somewhere: "a convoy, *tanks* among it, entered the province"."""
    subject = tree.child(tree.first_joined(word), "nsubj") if tree.form(word) in listed("what", "comes_in") else None
    driven = listed("what", "driven")
    return subject is not None and any(tree.form(at) in driven for at in tree.under(subject))


def _is_shared(tree: Tree, mention: Mention) -> bool:
    """Whether two or more do it with each other, and it is no violence: "the two fleets *patrolled* the strait *together*"."""
    together = tree.has(mention.word, listed("what", "together"), "advmod")
    if mention.type not in ("COOPERATE", "MOBILIZE") or not together:
        return False
    subject = tree.child(tree.first_joined(mention.word), "nsubj")
    if subject is None or tree.is_named(subject, "PER"):  # "the two brothers *worked* as cooks *together*"
        return False
    several = plural(tree.words[subject].text) or tree.form(subject) in ("they", "we", "both")
    return several or tree.child(subject, "conj") is not None
