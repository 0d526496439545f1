"""Step 3, who: the events of which it is told what was done in answer to them, or after them."""

from __future__ import annotations

from trucewatch.claims.phrase import listed, lists
from trucewatch.claims.tree import Tree

_WHAT = lists("what")
_FOUGHT = listed("again", "lasting") | listed("again", "fought")


def answered(tree: Tree, word: int) -> list[int]:
    """The words, itself or those that it hangs on, of which it is told what was done in answer, or afterwards."""
    return [at for at in (word, *tree.ancestors(word)) if _is_answered(tree, at)]


def _is_answered(tree: Tree, word: int) -> bool:
    """Whether it is told of as what came before something, or what that was an answer to."""
    case = tree.child(word, "case")
    if case is not None and case > 0 and tree.form(case) in ("to", "for") and tree.form(case - 1) in _WHAT.answer:
        return True
    passive = tree.child(word, "nsubj:pass") is not None
    afterwards = passive and any(tree.form(kid) in ("after", "since") for kid in tree.kids[word])
    return afterwards or _is_responded_to(tree, word) or _came_before(tree, word)


def _came_before(tree: Tree, word: int) -> bool:
    """Whether somebody did violence after it: "fired shells *after* repeated violations"; not what they died after."""
    told = tree.case(word) in ("after", "following") and any(one.word == word for one in tree.passage.mentions)
    if not told or tree.form(word) in _FOUGHT:  # "fell after a *battle*": that is how
        return False
    verb = tree.words[word].head
    does = (one for one in tree.passage.mentions if one.word == verb and one.type == "ASSAULT")
    return any(role.kind == "actor" for one in does for role in one.roles)


def _is_responded_to(tree: Tree, word: int) -> bool:
    """Whether it is what somebody responds to, or retaliates for."""
    verb = tree.words[word].head
    return verb >= 0 and tree.case(word) in ("to", "for") and tree.form(verb) in _WHAT.responds
