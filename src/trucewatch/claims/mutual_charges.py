"""Steps 3 and 5, who: what two sides lay to each other is laid to both, and is no deed of one: "accused each other of *attacks*"."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.claims.tree import CERTAIN, Tree
from trucewatch.nouns import Mention

_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_SUBJECT = ("nsubj", "nsubj:pass")


def charging(tree: Tree, mention: Mention) -> int | None:
    """The first word for those who lay a deed to each other: "*Kyiv* and the rebels blamed each other for the shelling"."""
    at = mention.word
    if mention.type not in _DEEDS or any(tree.case(kid) == "by" for kid in tree.kids[at]):
        return None
    accusing = {one.word for one in tree.passage.mentions if one.type == "ACCUSE" and one.type_score >= CERTAIN}
    while at >= 0 and tree.child(at, *_SUBJECT) is None and not tree.words[at].deprel.startswith("acl"):
        at = tree.words[at].head
    return tree.child(at, "nsubj") if at in accusing and at != mention.word and tree.is_mutual(at) else None


def is_apart(cluster: Sequence[tuple[Tree, Mention]], tree: Tree, mention: Mention) -> bool:
    """Whether one of two mentions, and not the other, tells of what two sides lay to each other."""
    of_both = charging(tree, mention) is not None
    return all((charging(*one) is not None) != of_both for one in cluster)
