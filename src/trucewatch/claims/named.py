"""Which words of a passage name a place, a person or a body, and where a description has the name beside it."""

from __future__ import annotations

from trucewatch.claims.placewords import KIND_WORDS
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Role

_WHERE = frozenset("in at near around outside inside across along".split())


def is_place(tree: Tree, word: int) -> bool:
    """Whether a word is the head of a place's name."""
    return any(name.kind == "LOC" and name.first <= word <= name.last for name in tree.passage.names)


def is_spot(tree: Tree, word: int) -> bool:
    """Whether a word is a place's name or says what one is: "*Ariha*", "the *countryside* of Hama"."""
    kind = tree.words[word].text.lower() in KIND_WORDS
    return is_place(tree, word) or (kind and any(is_place(tree, at) for at in tree.under(word)))


def places_of(tree: Tree, word: int) -> list[Role]:
    """Where a word stands by the phrases that hang on it: "clashes *near Ayn Issa*"."""
    return [
        Role(kind="place", word=kid, score=0.0)
        for kid in tree.kids[word]
        if tree.words[kid].deprel in ("nmod", "obl") and tree.case(kid) in _WHERE and is_spot(tree, kid)
    ]


def described_place(tree: Tree, word: int) -> list[Role]:
    """The place that a word says something of: "the besieged *town*"."""
    head = tree.words[word].head
    describes = tree.words[word].deprel == "amod" and head > word and is_spot(tree, head)
    return [Role(kind="place", word=head, score=0.0)] if describes else []


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


def named_speaker(tree: Tree, word: int) -> int:
    """The same of who says something: "Britain's foreign secretary, *Philip Hammond*, said". The parse makes two subjects of
    one verb of them about as often."""
    head, deprel = tree.words[word].head, tree.words[word].deprel
    for kid in tree.kids[head] if head >= 0 else ():
        beside = kid > word and tree.words[kid].deprel == deprel and tree.words[kid - 1].text == ","
        if beside and named(tree, kid):
            return kid
    return _after_bracket(tree, word) or named_beside(tree, word)


def _after_bracket(tree: Tree, word: int) -> int | None:
    """The person whose title ends with its short form: "the Deputy Inspector General (DIG) *Ali Hasan*"."""
    last = tree.party(word)[1]
    follows = last + 2 if tree.words[last + 1 : last + 2] and tree.words[last + 1].text == "," else last + 1
    person = next((n for n in tree.passage.names if n.kind == "PER" and n.first == follows), None)
    return person.last if person and tree.words[last].text == ")" else None
