"""Step 2, the events: of one sentence that tells of harm at two places, both: "nine were *killed* in Gaza, while rockets *wounded*
two in Sderot"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from trucewatch.claims.nested_events import Told
from trucewatch.claims.phrase import listed
from trucewatch.claims.place_arguments import WHERE
from trucewatch.claims.tree import CERTAIN, Tree
from trucewatch.nouns import Mention, Role, Status

_BELIEF = 0.65
"""Sum of scores from which such a sentence tells of violence."""
_RULE = "rule harm at two places"
_BESIDE = frozenset({"advcl", "conj", "parataxis"})
_SUFFERS = frozenset({"conj", "nsubj", "nsubj:pass"})
"""How those hang on it who suffer it, where nobody does it: "*three* wounded in Martuni"."""


def at_two_places(tree: Tree, told: Sequence[Told]) -> list[Told]:
    """What is told, with the harm at each of several places as an event of its own, each with those words alone that are its own."""
    harms = _harms(tree)
    if len(harms) < 2 or sum(one.type_score for one in tree.events("ASSAULT")) < _BELIEF:
        return [*told]
    out, own = [], {harm: _own(tree, harm, harms) for harm in harms}
    for one in told:
        harm = next((harm for harm in harms if one.mention.word in own[harm]), None)
        assault = harm is not None and one.mention.type == "ASSAULT"
        out.append(one._replace(mention=_within(one.mention, own[harm])) if harm is not None and assault else one)
    for harm in harms:
        if not any(one.mention.type == "ASSAULT" and one.mention.word in own[harm] for one in told):
            out.append(Told(_told_by(tree, harm, own[harm]), dict.fromkeys(("type", "mode", "status"), _RULE)))
    return out


def are_at_two(tree: Tree, one: int, other: int) -> bool:
    """Whether two events of a sentence are harm at two places of it."""
    harms = _harms(tree)
    whose = [[harm for harm in harms if word in _own(tree, harm, harms)] for word in (one, other)]
    return all(whose) and whose[0] != whose[1]


def _harms(tree: Tree) -> list[int]:
    """The verbs, each with a place and victims of its own, that tell of harm and are joined."""
    verbs = [
        word
        for word in range(len(tree.words))
        if tree.form(word) in listed("turned", "harms") and _is_placed(tree, word)
    ]
    joined = {at for one, two in pairwise(verbs) if _are_joined(tree, one, two) for at in (one, two)}
    return sorted(joined)


def _are_joined(tree: Tree, one: int, two: int) -> bool:
    """Whether the one stands beside the other, or both beside a third: "and", "while"; not what came "after" it."""
    aside = tree.words[two].deprel in _BESIDE and tree.words[two].head in (one, tree.words[one].head)
    return aside and tree.mark(two) in ("", "while")


def _is_placed(tree: Tree, word: int) -> bool:
    """Whether it is a verb with the name of a place and those who are counted or named."""
    kids = tree.kids[word]
    where = any(tree.case(kid) in WHERE and tree.is_named(kid, "LOC") for kid in kids)
    suffer = any(tree.words[kid].deprel in ("obj", "nsubj", "nsubj:pass", "conj") for kid in kids)
    return tree.words[word].upos == "VERB" and where and suffer


def _own(tree: Tree, harm: int, harms: Sequence[int]) -> set[int]:
    """The words that hang on it and on none of the others under it."""
    return tree.under(harm) - {
        word for other in harms if other != harm and harm not in tree.under(other) for word in tree.under(other)
    }


def _within(mention: Mention, own: set[int]) -> Mention:
    """A mention without the victims and the place of the other harm."""
    roles = tuple(role for role in mention.roles if role.kind not in ("recipient", "place") or role.word in own)
    return replace(mention, roles=roles)


def _told_by(tree: Tree, harm: int, own: set[int]) -> Mention:
    """The mention of an own word of which the model is surest; else the verb, with what the parse says of it."""
    seen = [one for one in tree.events("ASSAULT") if one.word in own]
    if seen:
        return _within(max(seen, key=lambda one: one.type_score), own)
    return Mention(
        word=harm, type="ASSAULT", type_score=0.0, mode=None, mode_score=0.0,
        status=Status.HAPPENED, status_score=0.0, roles=tuple(_roles(tree, harm)),
    )  # fmt: skip


def _roles(tree: Tree, harm: int) -> Iterator[Role]:
    """Who suffers it, and where, by the parse."""
    for kid in tree.kids[harm]:
        if tree.case(kid) in WHERE and tree.is_named(kid, "LOC"):
            yield Role(kind="place", word=kid, score=CERTAIN)
        elif tree.words[kid].deprel == "obj" or (
            tree.words[kid].deprel in _SUFFERS and tree.child(harm, "obj") is None
        ):
            yield Role(kind="recipient", word=kid, score=CERTAIN)
