"""What a report tells of that nobody asserts: told in a report that is withdrawn, in a claim that is rejected, or by mistake."""

from __future__ import annotations

from trucewatch.claims.phrase import listed
from trucewatch.claims.tree import Tree

_TOLD_OF = listed("status", "told_of")
_RETRACT = listed("status", "retract")
_MISTAKEN = listed("status", "mistaken")
_REBUT = listed("status", "rebut")
_FALSE = listed("status", "false")


def is_taken_back(tree: Tree, word: int) -> bool:
    """Whether nobody says so any more: "retracted a report that gunmen *killed* five", "wrongly reported that ...", "an earlier
    version said that ..."."""
    told, relation = tree.words[word].head, tree.words[word].deprel
    if relation in ("acl", "nmod") and tree.form(told) in _TOLD_OF:
        return _is_object_of(tree, told, _RETRACT)
    return relation == "ccomp" and any(_is_mistaken(tree, kid) for kid in tree.kids[told])


def is_rebutted(tree: Tree, word: int) -> bool:
    """Whether it is told only by those who are said to be wrong: "rejected claims that the army had *planted* mines", "false
    reports of *shelling*"."""
    told = tree.words[word].head
    if told < 0 or tree.words[word].deprel not in ("acl", "nmod", "ccomp") or tree.form(told) not in _TOLD_OF:
        return False
    false = any(tree.form(kid) in _FALSE for kid in tree.kids[told] if tree.words[kid].deprel == "amod")
    return false or _is_object_of(tree, told, _REBUT)


def _is_object_of(tree: Tree, word: int, verbs: frozenset[str]) -> bool:
    """Whether a word is what is done by one of some verbs."""
    above = tree.words[word].head
    return above >= 0 and tree.words[word].deprel in ("obj", "nsubj:pass") and tree.form(above) in verbs


def _is_mistaken(tree: Tree, word: int) -> bool:
    """Whether it says of a verb of speech that it was in error: "*wrongly* said", "an earlier *version* said"."""
    earlier = any(tree.form(kid) in ("earlier", "previous") for kid in tree.kids[word])
    return tree.form(word) in _MISTAKEN or (tree.form(word) == "version" and earlier)
