"""Steps 3 and 5, who: what two do to each other: violence within one party, and deeds that each of two sides lays to the other."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.claims.draft import Draft
from trucewatch.claims.phrase import lists
from trucewatch.claims.tree import CERTAIN, Tree, surely
from trucewatch.nouns import Mention

_SOON = 10  # words after "between" within which the other side is told
_AMONG = frozenset({"between", "among", "amongst"})
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_SAID = frozenset({"ACCUSE", "REJECT", "THREATEN"})
_WHAT = lists("what")


def is_among_one(tree: Tree, mention: Mention) -> bool:
    """Whether it is fought within one party: "clashes *between two units of the army*", "*infighting*", "fought *each other*"."""
    if mention.type != "ASSAULT":
        return False
    if tree.form(mention.word) in _WHAT.infighting or tree.is_mutual(mention.word):
        return True
    return any(_is_of_one(tree, tree.child(word, "case")) for word in surely(mention, "actor"))


def _is_of_one(tree: Tree, between: int | None) -> bool:
    """Whether a preposition is "between" or the like, and no "and" comes soon after, wherever the parse hangs it."""
    if between is None or tree.form(between) not in _AMONG:
        return False
    return not any(word.text.lower() in ("and", "with") for word in tree.words[between : between + _SOON])


def is_laid_to_each_other(tree: Tree, mention: Mention) -> bool:
    """Whether two say it of each other: "*accused* one another", "each *blamed* the other", "*traded* accusations"."""
    traded = tree.form(mention.word) in _WHAT.trade
    return mention.type in _SAID and (traded or tree.is_mutual(mention.word))


def charging(tree: Tree, mention: Mention) -> int | None:
    """The first word for those who lay a deed to each other: "*Kyiv* and the rebels blamed each other for the shelling"."""
    at = mention.word
    if mention.type not in _DEEDS or tree.hung(at, "by"):
        return None
    accusing = {one.word for one in tree.events("ACCUSE", least=CERTAIN)}
    while at >= 0 and tree.subject(at) is None and not tree.words[at].deprel.startswith("acl"):
        at = tree.words[at].head
    return tree.child(at, "nsubj") if at in accusing and at != mention.word and tree.is_mutual(at) else None


def is_laid_to_both(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether a mention, or else all of some others, tells of what two sides lay to each other."""
    of_both = charging(draft.tree, draft.mention) is not None
    return all((charging(one.tree, one.mention) is not None) != of_both for one in cluster)
