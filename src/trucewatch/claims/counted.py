"""Step 3, who: who is counted by a number or the like, or carried by a vehicle: "six of *them*", "buses with *fighters*"."""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.claims.phrase import bare, listed
from trucewatch.claims.tree import Tree
from trucewatch.codebook import Codebook
from trucewatch.codebook.rows import PEOPLE

_GROUPS = listed("described", "groups")
_COUNTS = frozenset("another any many more most none several some".split())
_SOME = frozenset("all both few many most several some".split())
_SHOWN = frozenset({"these", "those"})
"""Pronouns that are told of by what follows: "many of *those* besieged in the town"."""
_SAME = {"obj": ("obj", "nsubj:pass"), "nsubj:pass": ("obj", "nsubj:pass"), "nsubj": ("nsubj",)}
"""What the noun must be to its verb that a number left alone repeats, by what the number is to its own."""
_BARE = frozenset({"case", "det", "punct"})
"""What may hang on "the group", of which nothing else says which it is."""
_ALONE = frozenset("advmod cc case nummod conj".split())
"""What may hang on a number that is left alone: "*and at least* two"."""


def who_is_counted(tree: Tree, word: int, is_people: Callable[[int], bool]) -> int:
    """The word that says who is counted; the word itself where it is no number, or none says so.

    It is the pronoun behind "of" ("six of *them*", "three of *its* members"), else the last people before to whom the like was done
    ("killed five *rebels* and captured two", "a *soldier* was killed and two others", "*soldiers*
    surrendered, while others fled"). Members of "the group" are the group.
    """
    if not _is_count(tree, word):
        return _whose_members(tree, word)
    for of in tree.hung(word, "of"):
        owner = tree.child(of, "nmod:poss")
        pronoun = tree.words[owner if owner is not None else of]
        return of if pronoun.upos == "PRON" and pronoun.text.lower() not in _SHOWN else word
    under = [tree.words[kid] for kid in tree.kids[word]]
    if any(one.upos != "PUNCT" and one.deprel not in _ALONE for one in under):
        return word  # "the two" were told of in an earlier sentence
    like = _SAME.get(tree.words[word].deprel, ())
    before = [at for at in range(word) if tree.words[at].deprel in like and _is_another_verbs(tree, at, word)]
    told = (noun for at in reversed(before) for noun in (at, *tree.hung(at, "of")))  # "hundreds of *soldiers*"
    return next((noun for noun in told if tree.words[noun].upos == "NOUN" and is_people(noun)), word)


def aboard(tree: Tree, word: int, codebook: Codebook) -> int:
    """Those whom a vehicle that is nobody's by name carries ("buses with *fighters*", "trucks loaded with *soldiers*"); else the word
    itself."""
    owned = any(tree.words[kid].upos == "PROPN" for kid in tree.kids[word] if kid < word)
    if owned or not codebook.means(tree.words[word].text, "equipment"):
        return word
    loaded = [kid for kid in tree.kids[word] if tree.form(kid) in listed("things", "loaded")]
    held = [kid for at in (word, *loaded) for kid in tree.hung(at, "with")]
    held += [kid for at in loaded for kid in tree.children(at, "obj")]
    return next((kid for kid in held if codebook.means(tree.words[kid].text, *PEOPLE)), word)


def count_of(tree: Tree, pronoun: int) -> int:
    """The number or the like behind which a pronoun says who is counted ("*six* of them"); else the pronoun itself."""
    above = tree.words[pronoun].head
    return above if above >= 0 and tree.case(pronoun) == "of" and _is_count(tree, above) else pronoun


def _whose_members(tree: Tree, word: int) -> int:
    """The body of which people are only counted, where no name tells which it is: "hundreds of members of the *group*"."""
    at = word
    while (noun := bare(tree.words[at].text)) in listed("before", "partitives") and noun not in _GROUPS:
        of = tree.hung(at, "of")
        if not of:
            return word
        at = of[0]
    beside = {tree.form(kid): tree.words[kid].deprel for kid in tree.kids[at]}
    return at if noun in _GROUPS and "the" in beside and {*beside.values()} <= _BARE else word


def _is_count(tree: Tree, word: int) -> bool:
    """Whether a word is a number, or the like, and stands for those whom it counts."""
    others = tree.form(word) == "others" and tree.child(word, "nummod") is not None
    counts = others or _is_others(tree, word) or tree.words[word].upos == "NUM" or tree.form(word) in _COUNTS
    return counts and tree.words[word].deprel not in ("nummod", "det", "amod", "compound", "flat")


def is_crowd(tree: Tree, word: int) -> bool:
    """Whether a number is all that is told of people: "*thousands* marched", "at least *200* protested"."""
    crowds = listed("before", "crowds")
    number = tree.words[word].upos == "NUM" or tree.form(word) in _COUNTS | crowds
    return number and all(tree.form(of) in crowds for of in tree.hung(word, "of"))


def is_some_of(tree: Tree, word: int) -> bool:
    """Whether a word tells of some of those whom a noun means: "*some* of the attackers"."""
    return tree.form(word) in _SOME and any(tree.words[of].upos in ("NOUN", "PROPN") for of in tree.hung(word, "of"))


def _is_another_verbs(tree: Tree, noun: int, word: int) -> bool:
    """Whether a noun belongs to an earlier verb than the word: who counts is not counted ("*officials* say ten were hurt"). Those of
    whom "others" are more do something to which a joined verb, or "while", adds what these do."""
    verb, more = tree.words[noun].head, _is_others(tree, word)
    above = tree.words[word].head
    while (
        above >= 0 and above != verb and (tree.words[above].deprel == "conj" or (more and tree.mark(above) == "while"))
    ):
        above = tree.words[above].head
    return verb != tree.words[word].head and (above == verb or (not more and verb not in tree.ancestors(word)))


def _is_others(tree: Tree, word: int) -> bool:
    """Whether it is "others" of whom no number is told: not "the others", nor those beside "*some* held up signs"."""
    alone = all(tree.words[kid].deprel in ("cc", "punct") for kid in tree.kids[word])
    some = (at for at in range(word) if tree.form(at) == "some")
    return tree.form(word) == "others" and alone and not any(tree.words[at].deprel == "nsubj" for at in some)
