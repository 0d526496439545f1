"""Step 3, who: words at hand that only say of another one at hand whose he is, or what: "the *regime* forces", "*groups* such as X"."""

from __future__ import annotations

from collections.abc import Collection

from trucewatch.claims.naming import is_title
from trucewatch.claims.phrase import listed
from trucewatch.claims.role_nouns import role_of
from trucewatch.claims.tree import Tree
from trucewatch.codebook import Codebook
from trucewatch.codebook.rows import PEOPLE
from trucewatch.nouns import Role


def is_only_of(tree: Tree, arc: Role, heads: Collection[int], codebook: Codebook) -> bool:
    """Whether an arc leads to nobody beside those who are at hand: it is their owner, their title or their kind."""
    word = arc.word
    return (
        _describes_next(tree, word, heads)
        or _is_kind(tree, word, heads)
        or _is_of_next(tree, word, heads, codebook)
        or _owns(tree, arc, heads, codebook)
        or _is_sent(tree, word, heads, codebook)
        or _is_owned(tree, word, heads, codebook)
    )


def _describes_next(tree: Tree, word: int, heads: Collection[int]) -> bool:
    """Whether a word only says who it is that is named right behind it and is at hand, though the parse has two of them: "the
    *Chadian* President Idriss Deby", "current *lawmaker* Philip Chiyangwa", "its *backer* Syria"."""
    upos = tree.words[word].upos
    behind = (name for name in tree.passage.names if name.first == word + 1)
    fits = (name for name in behind if upos == "NOUN" or (name.kind == "PER" and upos in ("ADJ", "PROPN")))
    return any(name.first <= head <= name.last for name in fits for head in heads)


def _is_kind(tree: Tree, word: int, heads: Collection[int]) -> bool:
    """Whether those at hand are examples of what a word means: "armed *groups* such as the LRA and CODECO"."""
    behind = (word + 1, word + 2)  # with or without a comma
    return any(kid in heads and tree.child(kid, "case") in behind for kid in tree.hung(word, "such"))


def _is_of_next(tree: Tree, word: int, heads: Collection[int], codebook: Codebook) -> bool:
    """Whether a word says whose the people behind it are ("the *regime* forces", "*Israeli* tanks"), or is a title ("the
    medical *charity* MSF")."""
    one = tree.words[word]
    if is_title(tree, word):
        return word + 1 in heads
    beside = (one.head == word + 1 and one.deprel in ("compound", "amod")) or tree.is_cut(word + 1)
    return word + 1 in heads and beside and codebook.means(tree.words[word + 1].text, *PEOPLE, "equipment")


def _owns(tree: Tree, arc: Role, heads: Collection[int], codebook: Codebook) -> bool:
    """Whether those at hand are somebody's people, or the arms with which he acts: "*Pakistan*'s artillery", "the *general* whose
    men burned it"; not "destroyed *smugglers'* boats"."""
    kinds = (*PEOPLE, "equipment") if arc.kind == "actor" else PEOPLE
    clauses = [kid for kid in tree.kids[arc.word] if tree.words[kid].deprel == "acl:relcl"]
    for head in heads:
        clause = tree.words[head].head
        whose = clause in clauses and tree.form(min(tree.under(clause))) == "whose"
        if (whose or tree.child(head, "nmod:poss") == arc.word) and codebook.means(tree.words[head].text, *kinds):
            return True
    return False


def _is_sent(tree: Tree, word: int, heads: Collection[int], codebook: Codebook) -> bool:
    """Whether a word means the troops that those at hand send to do it: "Kenya sent *soldiers* to fight the rebels"."""
    one, role = tree.words[word], codebook.find_role(tree.words[word].text)
    sent = one.deprel == "obj" and tree.form(one.head) in listed("turned", "sends")
    return sent and role is not None and role.sector == "MIL" and tree.child(one.head, "nsubj") in heads


def _is_owned(tree: Tree, word: int, heads: Collection[int], codebook: Codebook) -> bool:
    """Whether a word means what belongs to those behind it, who are at hand: the "*positions* of the rebels", "a *base* manned by
    rebels"."""
    role = role_of(tree.words[word].text, codebook)
    owners = {*tree.hung(word, "of", "belonging", "belonging to"), *tree.holders(word)}
    return role is not None and role.kind == "place" and not owners.isdisjoint(heads)
