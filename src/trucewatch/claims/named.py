"""Where a description has its name beside it: in apposition, behind a title, behind a short form in brackets."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.claims.tree import Tree
from trucewatch.nouns import Name

_BESIDE = frozenset({"appos", "flat", "nmod"})
_VERBS = frozenset({"VERB", "AUX"})
_WITHIN_NAMES = frozenset("of the and for in e ul".split())
"""Words without a capital in the names of bodies."""


def named(tree: Tree, word: int) -> bool:
    """Whether a word belongs to the name of a person or an organisation."""
    return any(n.kind in ("PER", "ORG") and n.first <= word <= n.last for n in tree.passage.names)


def named_beside(tree: Tree, word: int) -> int:
    """Of a description and a name after a comma, the name: "from the backer, the president, *Ali Hasan*"."""
    for kid in tree.kids[word]:
        opens = min(tree.under(kid))  # the comma hangs on what it opens
        beside = tree.words[kid].deprel == "appos" and opens > word and tree.words[opens].text == ","
        if beside and not tree.case(kid):
            name = kid if named(tree, kid) else named_beside(tree, kid)
            if named(tree, name):
                return name
    return word


def before_bracket(tree: Tree, first: int) -> int:
    """Where a phrase begins that a short form in brackets cuts in two: "two *Border Security Force (BSF)* | troopers"; where
    it is not cut, its first word."""
    words = [word.text for word in tree.words[:first]]
    opens = next((at for at in range(first - 1, max(0, first - 5), -1) if words[at] == "("), 0)
    if words[-1:] != [")"] or not opens or not words[opens + 1][:1].isupper() or not words[opens - 1][:1].isupper():
        return first
    start = opens
    while start and (words[start - 1][:1].isupper() or words[start - 1] in _WITHIN_NAMES):
        start -= 1
    return start


def named_speaker(tree: Tree, word: int) -> int:
    """The same of who says something: "Britain's foreign secretary, *Philip Hammond*, said"."""
    if any(_is_full_name(tree, name) and name.first <= word <= name.last for name in tree.passage.names):
        return word
    return _person_beside(tree, word) or _after_bracket(tree, word) or named_beside(tree, word)


def _is_full_name(tree: Tree, name: Name) -> bool:
    """Whether it is a person's, with more than the last name: "Minister for" is none."""
    inside = tree.words[name.first : name.last + 1]
    return name.kind == "PER" and len(inside) > 1 and all(word.upos == "PROPN" for word in inside)


def _person_beside(tree: Tree, word: int) -> int | None:
    """The person named after a title: a second subject of its verb, as the parser often sees it, or a noun that hangs
    on it without a preposition ("the High Commissioner for Peace *Ali Hasan*")."""
    head, deprel = tree.words[word].head, tree.words[word].deprel
    for name in tree.passage.names:
        between = tree.words[word : name.first]
        apart = any(one.upos in _VERBS for one in between) and between[-1].text != ","
        if name.kind != "PER" or not between or apart:
            continue
        top = _top(tree, name)
        above = tree.words[top]
        subject = above.head == head >= 0 and above.deprel == deprel
        if subject or (above.head == word and above.deprel in _BESIDE and not tree.case(top)):
            return top
    return None


def _top(tree: Tree, name: Name) -> int:
    """The word of a name on which its others hang; of one that begins sooner than the model thinks, its first."""
    top = tree.top(name)
    up = tree.words[top].head
    return up if tree.words[top].deprel == "flat" and up == name.first - 1 else top


def bearer(trees: Sequence[Tree], short: str) -> tuple[int, int] | None:
    """The person last named after a title with its short form: "Superintendent of Police (SP) *Ali Hasan* said ... the SP
    added". A body's short form has a comma or a title of its own between them. Characters of the report."""
    for tree in reversed(trees):
        for name in reversed(tree.passage.names):
            before = tree.words[max(0, name.first - 3) : name.first] if name.kind == "PER" else ()
            if [word.text for word in before] == ["(", short, ")"]:
                return tree.span(name.first, name.last)
    return None


def _after_bracket(tree: Tree, word: int) -> int | None:
    """The person whose title ends with its short form: "the Deputy Inspector General (DIG) *Ali Hasan*"."""
    last = tree.party(word)[1]
    follows = last + 2 if tree.words[last + 1 : last + 2] and tree.words[last + 1].text == "," else last + 1
    person = next((n for n in tree.passage.names if n.kind == "PER" and n.first == follows), None)
    return person.last if person and tree.words[last].text == ")" else None
