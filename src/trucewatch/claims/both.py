"""Whom "the two", "both presidents" and "the two sides" refer to: the last two of their kind that one sentence names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from trucewatch.claims.known import ABOVE_STATES, STANDS_FOR_GOVERNMENT
from trucewatch.claims.mentions import Reference
from trucewatch.claims.phrase import listed
from trucewatch.claims.roles import ROLE_RULE
from trucewatch.claims.tree import Tree
from trucewatch.claims.who import Cast, Identified, identify

NEAR = 5
"""Sentences in which bodies and countries are looked for, that of the words included."""
FAR = 12
"""The same for those whom an office tells ("both presidents")."""
ALONE = frozenset(("the two", "both", "the pair"))
"""Words that say only how many."""
_PERSONS = listed("both", "persons")
_STATES = listed("both", "states")
_SIDES = listed("both", "sides")
_BODIES = ("ORG", "LOC", "GROUP", "NORP")
_MEDIATORS = ABOVE_STATES | {"NGO"}
"""Who mediates between sides, and is none."""
_BETWEEN = listed("both", "between")
_FIGHT_OR_TALK = frozenset("GOV MIL COP REB UAF PRM PTY OPP SPY".split())
"""Sectors of those who are called sides."""


def is_both(words: str) -> bool:
    """Whether the words, in lower case, refer to two who were named before: not "two men", who are new."""
    return words in ALONE or words.startswith(("the two ", "both ", "neither "))


def pair(
    mentions: Sequence[Reference], at: int, start: int, words: str, cast: Cast, trees: Sequence[Tree]
) -> Iterator[Reference]:
    """The two; nobody where no sentence near by has two of the kind that the noun says."""
    alone, noun = words in ALONE, words.split()[-1]
    kinds = [kind for kind in (_PERSONS, _STATES, _SIDES) if (kind is not _STATES if alone else noun in kind)]
    far = FAR if _PERSONS in kinds and not alone else NEAR
    first, last = (bisect_left(mentions, edge, key=lambda one: one.passage) for edge in (at - far + 1, at + 1))
    for back, kind in product(range(far), kinds):
        told = (one for one in mentions[first:last] if one.passage == at - back and one.end <= start)
        found = _of_kind(told, kind, cast, trees)
        if len(found) >= 2:
            yield from found[:2]
            return


def _of_kind(told: Iterable[Reference], kind: frozenset[str], cast: Cast, trees: Sequence[Tree]) -> list[Reference]:
    """Those of a kind, each once: a state by its country, as a government is, others by name."""
    found: dict[str | None, Reference] = {}
    for one in told:
        tree = trees[one.passage]
        known = identify(tree.text[one.start - tree.passage.start : one.end - tree.passage.start], cast)
        if _fits(one, known, kind):
            of_state = kind is _STATES or known.entity.sector == "GOV"
            found.setdefault(known.entity.country if of_state else known.entity.name, one)
    return list(found.values())


def _fits(one: Reference, known: Identified, kind: frozenset[str]) -> bool:
    """Whether somebody may be one of two such."""
    if kind is _PERSONS:
        return one.kind == "PER"
    if kind is _STATES:
        return one.named and one.kind != "PER" and ("sector", STANDS_FOR_GOVERNMENT) in known.because
    entity = known.entity
    if any(why.removeprefix(ROLE_RULE) in _BETWEEN for _, why in known.because):
        return False
    return one.kind in _BODIES and entity.sector in _FIGHT_OR_TALK and entity.country not in _MEDIATORS
