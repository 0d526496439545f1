"""Step 3, who: whom one of two joined events is about and not the other: "thanked *Norway* and condemned *Denmark*"."""

from __future__ import annotations

from trucewatch.claims.tree import Tree
from trucewatch.claims.what import WITH_ROW
from trucewatch.nouns import Mention, Role


def is_of_joined(mention: Mention, tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who stands behind the word of another event that is joined to this one, which has somebody of its
    own there. The model is surer of either for his own word, but each word draws the other's a little."""
    surer = [role.word for role in mention.roles if role.kind == arc.kind and role.score > arc.score]
    joined = (
        other
        for other in tree.passage.mentions
        if other.type_score >= WITH_ROW and _are_joined(tree, trigger, other.word) and not _are_one(mention, other)
    )
    return any(
        _is_surer(other, arc)
        and _is_behind(arc.word, other.word, trigger)
        and any(_is_behind(word, trigger, other.word) for word in surer)
        for other in joined
    )


def _are_joined(tree: Tree, one: int, two: int) -> bool:
    """Whether one of two words is joined to the other, or both to a third."""
    return one != two and tree.first_joined(one) == tree.first_joined(two)


def _are_one(mention: Mention, other: Mention) -> bool:
    """Whether they may be one attack: "killed three and wounded two"."""
    return mention.type == other.type == "ASSAULT"


def _is_surer(other: Mention, arc: Role) -> bool:
    """Whether another event has the same one on the same side by a better arc."""
    return any(role.word == arc.word and role.kind == arc.kind and role.score > arc.score for role in other.roles)


def _is_behind(word: int, event: int, other: int) -> bool:
    """Whether a word stands behind that of an event, and before that of the other if that comes later."""
    return event < word and not event < other < word
