"""Steps 1 and 3, who: the name of somebody described: in apposition, behind a title or a short form in brackets, or in a later sentence
("two masons, *identified as* Ram and Mohan Lal")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from trucewatch.claims.phrase import bare, is_office_with, listed, plural, words
from trucewatch.claims.tree import Tree
from trucewatch.codebook import Codebook, RoleRow
from trucewatch.codebook.rows import PEOPLE
from trucewatch.nouns import Name

BODIES = ("PER", "ORG")
"""Kinds of names of those who can take part."""
_BESIDE = frozenset({"appos", "flat", "nmod"})
_VERBS = frozenset({"VERB", "AUX"})
_LINKS = frozenset({"ADP", "CCONJ", "DET"})
_WITHIN_NAMES = frozenset("of the and for in e ul".split())
"""Words without a capital in the names of bodies."""
BACK = 3  # sentences back in which those are looked for who are identified
_LONGEST = 4  # words between "as" and a name: "as lance corporal", "as Special Police Officer (SPO)"
_JOINTS = frozenset({",", "and"})
_NEW = frozenset("a an another one".split())
Named = dict[tuple[int, int], tuple[tuple[int, int], ...]]
"""The passage and head word of people who are told without a name -> the characters of the names that are theirs."""


def named_beside(tree: Tree, word: int) -> int:
    """Of a description and a name after a comma, the name: "from the backer, the president, *Ali Hasan*"."""
    for kid in tree.kids[word]:
        opens = tree.words[min(tree.under(kid))].text  # the comma hangs on what it opens
        if tree.words[kid].deprel == "appos" and opens == "," and not tree.case(kid):
            name = kid if tree.is_named(kid, *BODIES) else named_beside(tree, kid)
            if tree.is_named(name, *BODIES):
                return name
    holders = (name for name in tree.passage.names if name.kind == "PER" and _is_charge(tree, word, name.first))
    return next((_top(tree, name) for name in holders), word)


def before_bracket(tree: Tree, first: int) -> int:
    """The first word of a phrase that a short form in brackets cuts in two: "two *Border Security Force (BSF)* | troopers"."""
    words = [word.text for word in tree.words[:first]]
    opens = next((at for at in range(first - 1, max(0, first - 5), -1) if words[at] == "("), 0)
    if words[-1:] != [")"] or not opens or not words[opens - 1][:1].isupper():
        return first
    start = opens
    while start and (words[start - 1][:1].isupper() or words[start - 1] in _WITHIN_NAMES):
        start -= 1
    return start


def is_title(tree: Tree, word: int) -> bool:
    """Whether a noun is the title of the body named next, though the parse makes two subjects of them: "the aid *agency* MSF says"."""
    one, following = tree.words[word], tree.words[word + 1 : word + 2]
    name = any(n.kind == "ORG" and n.first == word + 1 for n in tree.passage.names)
    return name and all((n.head, n.deprel) == (one.head, one.deprel) for n in following)


def named_speaker(tree: Tree, word: int) -> int:
    """The same of who says something: "Britain's foreign secretary, *Philip Hammond*, said"."""
    if any(_is_full_name(tree, name) and name.first <= word <= name.last for name in tree.passage.names):
        return word
    if is_title(tree, word):
        return word + 1
    return _person_beside(tree, word) or _after_bracket(tree, word) or named_beside(tree, word)


def _is_full_name(tree: Tree, name: Name) -> bool:
    """Whether it is a person's, with more than the last name: "Minister for" is none."""
    inside = tree.words[name.first : name.last + 1]
    return name.kind == "PER" and len(inside) > 1 and all(word.upos == "PROPN" for word in inside)


def _person_beside(tree: Tree, word: int) -> int | None:
    """The person named after a title: a second subject of its verb, or a dependent without a preposition."""
    head, deprel = tree.words[word].head, tree.words[word].deprel
    for name in tree.passage.names:
        between = tree.words[word : name.first]
        apart = any(one.upos in _VERBS for one in between) and between[-1].text != ","
        if name.kind != "PER" or not between or apart:
            continue
        top = _top(tree, name)
        if _is_charge(tree, word, name.first):
            return top
        above = tree.words[top]
        subject = above.head == head >= 0 and above.deprel == deprel
        if subject or (above.head == word and above.deprel in _BESIDE and not tree.case(top)):
            return top
    return None


def _is_charge(tree: Tree, word: int, name: int) -> bool:
    """Whether the words up to a name are an office with what it is for, right before who holds it: "*Minister for the Middle East*
    Ali Hasan", "the *ambassador to Russia* Ali Hasan"."""
    between = tree.words[word:name]
    if len(between) < 2 or between[-1].upos in _LINKS or not is_office_with(between[0].text, between[1].text):
        return False
    its = [at for at in range(word + 2, name) if tree.words[at].upos not in _LINKS]
    large = all(one.text[:1].isupper() or one.upos in _LINKS for one in between)
    return large or all(tree.is_named(at, "LOC", "ORG") for at in its)


def _top(tree: Tree, name: Name) -> int:
    """The word of a name on which its others hang; of one that begins sooner than the model thinks, its first."""
    top = tree.top(name)
    up = tree.words[top].head
    return up if 0 <= up == name.first - 1 else top


def bearer(trees: Sequence[Tree], short: str) -> tuple[int, int] | None:
    """The person last named behind a short form in brackets ("Superintendent of Police (SP) *Ali Hasan*"), by his offsets."""
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


class _Subject(NamedTuple):
    """Who is said to be called by names."""

    passage: int
    word: int
    names: tuple[tuple[int, int], ...]


def identified(trees: Sequence[Tree], codebook: Codebook) -> Named:
    """Those whom a report identifies by name, where it tells of them first, and where it says who they are."""
    named: Named = {}
    for at, tree in enumerate(trees):
        for subject in _subjects(at, tree):
            if _is_people(tree, subject.word, codebook) and _is_many(tree, subject.word) == (len(subject.names) > 1):
                named[subject.passage, subject.word] = subject.names
                if not _is_new(tree, subject.word):
                    first = _told_first(trees, subject, named, codebook)
                    named |= {first: subject.names} if first else {}
    return {(trees[at].passage.index, word): names for (at, word), names in named.items()}


def _subjects(at: int, tree: Tree) -> Iterator[_Subject]:
    """Of whom "identified as X" is said, or that they "are X"."""
    verbs = words()["identified"]["verbs"]
    for i, (word, following) in enumerate(pairwise(tree.words)):
        if word.text.lower() in verbs and following.text.lower() == "as":
            told = word.head if word.deprel in ("acl", "acl:relcl") else tree.child(i, "nsubj:pass", "nsubj")
            names = tuple(_names(tree, i + 1))
        elif word.deprel == "cop" and i + 1 in tree.name_at:
            told, names = tree.child(word.head, "nsubj"), tuple(_names(tree, i))
        else:
            continue
        if names and told is not None:
            yield _Subject(at, told, names)


def _names(tree: Tree, opens: int) -> Iterator[tuple[int, int]]:
    """The names of a list of persons that begins behind a word."""
    end = opens
    for name in tree.passage.names:
        if name.first <= opens:
            continue
        between = tree.words[end + 1 : name.first]
        said = [word.text.lower() for word in between]
        joints = [i for i, word in enumerate(said) if word in _JOINTS]
        astray = bool({*said[joints[-1] + 1 if joints else 0 :]} & listed("identified", "others"))
        verbs = any(word.upos in ("VERB", "AUX") for word in between)
        goes_on = len(said) <= _LONGEST if end == opens else bool(joints) and not verbs
        if "as" in said or not (goes_on or astray):
            return
        if name.kind == "PER" and not astray:
            yield tree.span(name.first, name.last)
        end = name.last


def _told_first(trees: Sequence[Tree], subject: _Subject, named: Named, codebook: Codebook) -> tuple[int, int] | None:
    """Where those were told of first whom a definite phrase means: "*A man* was shot dead. The deceased was identified as X"."""
    last = trees[subject.passage]
    for at in range(subject.passage, max(-1, subject.passage - BACK - 1), -1):
        tree = trees[at]
        ends = subject.word if at == subject.passage else len(tree.words)
        for word in range(ends - 1, -1, -1):
            if (at, word) not in named and _is_new(tree, word) and _may_be(tree, word, last, subject, codebook):
                return at, word
    return None


def _may_be(tree: Tree, word: int, last: Tree, subject: _Subject, codebook: Codebook) -> bool:
    """Whether people told of before may be those who are identified: as many, of the same fate, and called alike."""
    if not _is_people(tree, word, codebook) or _is_many(tree, word) != (len(subject.names) > 1):
        return False
    count = tree.child(word, "nummod")
    many = words()["identified"]["counts"].get(tree.form(count)) if count is not None else None
    fates = _fate(last, last.under(subject.word)), _fate(tree, {tree.words[word].head, *tree.under(word)})
    if _acts(tree, word, fates[1]):
        return False
    told, called = _role(tree, word, codebook), _role(last, subject.word, codebook)
    alike = _is_anybody(last, subject.word) or (
        told and called and (told.id == called.id or told.sector == called.sector)
    )
    return bool(alike) and (None in fates or fates[0] == fates[1]) and many in (None, len(subject.names))


def _acts(tree: Tree, word: int, fate: str | None) -> bool:
    """Whether it is told of people that they did something, and not that they "died"."""
    one = tree.words[word]
    return one.deprel in ("nsubj", "obl:agent") and (fate is None or tree.child(one.head, "obj") is not None)


def _fate(tree: Tree, inside: set[int]) -> str | None:
    """What words tell to have become of somebody: ``killed``, ``injured``, ``arrested`` ..."""
    said = {tree.form(at) for at in inside if at >= 0}
    return next((fate for fate, verbs in words()["identified"]["fates"].items() if said & {*verbs}), None)


def _role(tree: Tree, word: int, codebook: Codebook) -> RoleRow | None:
    """The row of roles.csv of a noun."""
    return codebook.find_role(tree.words[word].text)


def _is_anybody(tree: Tree, word: int) -> bool:
    """Whether a word says no more of people than what became of them: "the *deceased*", "they"."""
    return bare(tree.words[word].text) in listed("identified", "anybody")


def _is_people(tree: Tree, word: int, codebook: Codebook) -> bool:
    """Whether a word outside of names means people."""
    people = _is_anybody(tree, word) or codebook.means(tree.words[word].text, *PEOPLE)
    return people and word not in tree.name_at


def _is_new(tree: Tree, word: int) -> bool:
    """Whether a noun tells of people for the first time: "a man", "two men", "labourers"."""
    noun = tree.words[word]
    det = tree.child(word, "det", "nmod:poss")
    return noun.upos == "NOUN" and (plural(noun.text) if det is None else tree.form(det) in _NEW)


def _is_many(tree: Tree, word: int) -> bool:
    """Whether a word means several; of "the deceased" its verb tells."""
    noun = tree.words[word]
    count = tree.child(word, "nummod")
    if count is not None:
        return tree.form(count) not in ("one", "1")
    helpers = tree.helpers(noun.head) if noun.deprel.startswith("nsubj") else set()
    return plural(noun.text) or bool(helpers & {"were", "are", "have"})
