"""Step 3, who: violence within one party, or to each other: "clashes between two units of the army"."""

from __future__ import annotations

from trucewatch.claims.phrase import lists
from trucewatch.claims.tree import CERTAIN, Tree
from trucewatch.nouns import Mention

_SOON = 10  # words after "between" within which the other side is told
_AMONG = frozenset({"between", "among", "amongst"})


def is_among_one(tree: Tree, mention: Mention) -> bool:
    """Whether it is fought within one party: "clashes *between two units of the army*", "*infighting*", "fought *each other*"."""
    if mention.type != "ASSAULT":
        return False
    if tree.form(mention.word) in lists("what").infighting or tree.is_mutual(mention.word):
        return True
    return any(
        role.kind == "actor" and role.score >= CERTAIN and _is_of_one(tree, tree.child(role.word, "case"))
        for role in mention.roles
    )


def _is_of_one(tree: Tree, between: int | None) -> bool:
    """Whether a preposition is "between" or the like, and no "and" comes soon after, wherever the parse hangs it."""
    if between is None or tree.form(between) not in _AMONG:
        return False
    return not any(word.text.lower() in ("and", "with") for word in tree.words[between : between + _SOON])
