"""Who only watches: monitors count a violation, record or hear it, and take no part in it; they are its source."""

from __future__ import annotations

from trucewatch.claims.phrase import listed
from trucewatch.claims.tree import Tree

DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"})
"""What is watched: words are heard by those to whom they are said."""
_WATCHED = frozenset({"obj", "ccomp", "nsubj:pass"})
_OF_CLAUSES = ("acl", "advcl", "parataxis")


def watcher(tree: Tree, word: int) -> int | None:
    """Who counts or sees what a word tells of: "*monitors* recorded nine violations", "firing was observed by *patrols*"."""
    below = word
    for verb in tree.ancestors(word):
        deprel = tree.words[below].deprel
        if deprel in _WATCHED and tree.form(verb) in listed("speech", "watches"):
            return _named(tree, tree.child(verb, "nsubj")) if deprel != "nsubj:pass" else None
        if deprel.startswith(_OF_CLAUSES) or tree.words[verb].upos == "VERB":
            return None
        below = verb
    return None


def _named(tree: Tree, watches: int | None) -> int | None:
    """Who watches; where that is a pronoun, whoever says so: "*UNIFIL* said it had recorded nine violations"."""
    if watches is None or tree.words[watches].upos != "PRON":
        return watches
    verb = tree.words[tree.words[watches].head]
    says = tree.child(verb.head, "nsubj") if verb.deprel == "ccomp" else None
    return watches if says is None else says
