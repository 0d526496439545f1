"""Which other mention of a report most likely tells of the same scene, so that its place holds for one that names none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from trucewatch.claims import same
from trucewatch.claims.draft import Draft
from trucewatch.claims.place_arguments import WHERE, is_spot
from trucewatch.claims.quotation import speaks
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Entity, Role

NEAR = 3
"""Sentences within which what happens somewhere gives its place to what has none."""
_BREATH = 3
"""Steps in the tree within which a place is told in one breath with a deed."""
_APART = frozenset("ccomp xcomp parataxis appos obl nmod".split())
_WORDS = frozenset("REQUEST ACCUSE REJECT THREATEN AGREE SUPPORT CONCEDE CONSULT".split())
MANY = 3
"""Mentions at one place that make it the place of a report."""


def nearest(drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    """The draft that most likely tells of the same scene: of those near by, the one with most in common
    (``_in_common``), of equals the nearest, before rather than after. Where none is near, one at the most frequent
    place."""
    at = next(i for i, other in enumerate(drafts) if other is draft)
    placed = [*reversed(drafts[:at]), *drafts[at + 1 :]]
    near = [other for other in placed if abs(other.index - draft.index) <= NEAR]
    if not near:
        return _of_most(placed, draft)
    return max(near, key=lambda other: _in_common(other, draft))  # the first of the best


def place_beside(tree: Tree, word: int) -> list[Role]:
    """Where what is told in the same breath happened ("an aide was taken to the front *in Zgharta* and shot"), and not where
    somebody says or demands it."""
    words = {mention.word for mention in tree.passage.mentions if mention.type in _WORDS}
    found = [
        (tree.steps(kid, word), kid)
        for verb in _together(tree, word)
        if tree.words[verb].upos == "VERB" and verb not in words and not speaks(tree, verb)
        for kid in tree.kids[verb]
        if tree.words[kid].deprel == "obl" and tree.case(kid) in WHERE and is_spot(tree, kid)
    ]
    return [Role(kind="place", word=kid, score=0.0) for steps, kid in sorted(found)[:1] if steps <= _BREATH]


def _together(tree: Tree, word: int) -> Iterator[int]:
    """What hangs on a word and what it hangs on, no further than to who somebody is, who says so and what it was part of."""
    todo = [word]
    while todo:
        at = todo.pop()
        yield at
        todo += [kid for kid in tree.kids[at] if tree.words[kid].deprel != "acl:relcl"]
    while tree.words[word].deprel not in _APART and tree.words[word].head >= 0:
        word = tree.words[word].head
        yield word


def _of_most(placed: Sequence[Draft], draft: Draft) -> Draft | None:
    """The first at the place at which ``MANY`` and a third of them are, or all of several in a country of the draft's parties."""
    told: dict[str, list[Draft]] = defaultdict(list)
    for other in placed:
        if other.place:
            told[other.place.name].append(other)
    most = max(told.values(), key=len, default=[])
    all_there = len(most) == len(placed) > 1 and _is_of(most[0], draft)
    return most[0] if all_there or len(most) >= max(MANY, len(placed) / 3) else None


def _in_common(a: Draft, b: Draft) -> int:
    """The evidence that two events were at one place: the same type, a common party, and that the place lies in the
    country of a party, or between countries."""
    party = any(_alike(p.entity, q.entity) for p in a.parties for q in b.parties)
    return (a.mention.type == b.mention.type) + party + _is_of(a, b)


def _is_of(placed: Draft, draft: Draft) -> bool:
    """Whether the place of the one lies in the country of a party of the other, or in a region that is no single country's."""
    place = placed.place
    if place is None or place.country is None:
        return place is not None and place.precision is not None
    return place.country in {party.entity.country for party in draft.parties}


def _alike(a: Entity, b: Entity) -> bool:
    """One entity, as far as can be told; "militants" are none of those known by name."""
    return same.same_entity(a, b) if (a.actor is None) == (b.actor is None) else a.name == b.name
