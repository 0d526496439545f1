"""Step 3, who: whom one of two joined events is about and not the other: "thanked *Norway* and condemned *Denmark*"."""

from __future__ import annotations

from trucewatch.claims.tree import Tree
from trucewatch.claims.what import WITH_ROW
from trucewatch.nouns import Mention, Role


def is_of_joined(mention: Mention, tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who stands behind the word of another event that is joined to this one, which has a surer one behind its
    own: each word draws the other's a little."""
    surer = [role.word for role in mention.roles if role.kind == arc.kind and role.score > arc.score]
    events = (other for other in tree.passage.mentions if other.type_score >= WITH_ROW)
    joined = (
        other.word
        for other in events
        if not mention.type == other.type == "ASSAULT"  # "killed three and wounded two" may be one attack
        and _are_joined(tree, trigger, other.word)
    )
    return any(
        _is_behind(arc.word, event, trigger) and any(_is_behind(word, trigger, event) for word in surer)
        for event in joined
    )


def _are_joined(tree: Tree, one: int, two: int) -> bool:
    """Whether one of two words is joined to the other, or both to a third."""
    return one != two and tree.first_joined(one) == tree.first_joined(two)


def _is_behind(word: int, event: int, other: int) -> bool:
    """Whether a word stands behind that of an event, and before that of the other if that comes later."""
    return event < word and not event < other < word
