"""Step 1, the report: names and noun phrases to which a pronoun or a description may refer, and what can be said of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from trucewatch.claims.phrase import bare, listed, plural
from trucewatch.claims.role_reversal import SIDES
from trucewatch.claims.scene import unnamed_groups
from trucewatch.claims.tree import CERTAIN, Tree, surely
from trucewatch.codebook import Codebook, RoleRow, fold
from trucewatch.codebook.rows import MUTUAL
from trucewatch.nouns import Name

_NO_PARTY = frozenset({"compound", "nmod:unmarked", "obl:unmarked", "nmod:desc", "fixed", "goeswith"})
_NAMES = frozenset({"appos", "flat"})
_ALSO = frozenset({"conj", "advcl"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})
_OBJECTS = frozenset({"obj", "iobj", "obl:agent"})


class Reference(NamedTuple):
    """Words that name or describe somebody or something."""

    passage: int
    word: int
    """The head word."""
    start: int
    end: int
    kind: str
    """``PER``, ``ORG``, ``LOC``, ``NORP``, ``GROUP`` (a noun for a body or several people), ``PAIR`` (two or more
    joined by "and") or ``THING``."""
    relation: str
    """``subject``, ``object`` or ``other``."""
    plural: bool
    sex: str
    """``f``, ``m`` or nothing."""
    key: str
    """The same for mentions of one entity, as far as their words tell."""
    named: bool
    parts: tuple[tuple[int, int], ...] = ()
    """Spans of the members of a ``PAIR``."""


def mentions(tree: Tree, passage: int, codebook: Codebook) -> list[Reference]:
    """The mentions of one passage in text order."""
    found = [*_names(tree, passage, codebook), *_groups(tree, passage, codebook), *_nouns(tree, passage, codebook)]
    by_word = {one.word: one for one in found}
    found += [*_pairs(tree, by_word), *_together(tree, by_word)]
    return sorted(found, key=lambda one: (one.start, one.end))


def _names(tree: Tree, passage: int, codebook: Codebook) -> Iterator[Reference]:
    """The names; a listed body is one whatever the model takes its name for."""
    for name in _whole_names(tree):
        head = tree.top(name)
        adjective = name.kind == "NORP" and tree.words[head].deprel in ("amod", "compound", "nmod:poss")
        if name.kind == "TIME" or adjective:
            continue
        start, end = tree.span(name.first, name.last)
        words = [word.text for word in tree.words[name.first : name.last + 1]]
        kind = "ORG" if name.kind == "PER" and codebook.find_actor(tree.said(start, end)) else name.kind
        key = fold(words[-1] if kind == "PER" else " ".join(words))
        sex = _sex(tree, head, words) if kind == "PER" else ""
        many = (kind == "NORP" or (kind == "PER" and tree.child(head, "det") is not None)) and plural(words[-1])
        yield Reference(passage, head, start, end, kind, relation(tree, head), many, sex, key, True)


def _whole_names(tree: Tree) -> list[Name]:
    """The names, those put together that the model cuts at a hyphen: "Jaish al" | "-Islam"."""
    out: list[Name] = []
    for name in tree.passage.names:
        if out and tree.words[name.first].text == "-" and out[-1].last + 1 == name.first < name.last:
            name = msgspec.structs.replace(name, first=out.pop().first)
        out.append(name)
    return out


def _groups(tree: Tree, passage: int, codebook: Codebook) -> Iterator[Reference]:
    """Listed groups that the model does not take for names: "the *Houthis*"."""
    for at in unnamed_groups(tree.passage, codebook):
        word = tree.words[at]
        if word.upos in ("PROPN", "NOUN") and word.deprel not in _NO_PARTY:
            many = plural(word.text)
            yield Reference(
                passage, at, word.start, word.end, "ORG", relation(tree, at), many, "", fold(word.text), True
            )


def _nouns(tree: Tree, passage: int, codebook: Codebook) -> Iterator[Reference]:
    """Nouns outside of names: people ("a *soldier*"), bodies and groups ("the *army*"), and things."""
    for i, word in enumerate(tree.words):
        if word.upos != "NOUN" or i in tree.name_at or word.deprel in _NO_PARTY:
            continue
        role = codebook.find_role(word.text)
        people = role is not None and role.is_people
        title = tree.child(i, "appos", "flat", "nmod:desc")
        if title is not None and title in tree.name_at:
            continue  # "the president, X": X is the mention
        many = plural(word.text)
        kind = "GROUP" if people and (many or _body(word.text, role)) else "PER" if people else "THING"
        start, end = tree.span(*tree.phrase(i))
        key = f"{fold(word.text)} {start}"
        yield Reference(passage, i, start, end, kind, relation(tree, i), many, _sex(tree, i, [word.text]), key, False)


def _body(noun: str, role: RoleRow | None) -> bool:
    """Whether a singular noun refers to a body ("the army") and not to one person ("a soldier")."""
    if role is None or role.kind == "person":
        return False
    return bare(noun) in listed("sex", "bodies") or not plural(role.name)


def is_several(tree: Tree, word: int, codebook: Codebook) -> bool:
    """Whether a word means people, or one of whom there may be several, and no body ("a court")."""
    noun = tree.words[word].text
    role = codebook.find_role(noun)
    return role is not None and role.is_people and (plural(noun) or not _body(noun, role))


def _pairs(tree: Tree, at: dict[int, Reference]) -> Iterator[Reference]:
    """ "Putin and Erdogan", as one that "they" and "the two" may refer to."""
    for head, first in at.items():
        rest = [at[k] for k in tree.kids[head] if tree.words[k].deprel == "conj" and k in at]
        there = first.kind == "LOC" and tree.case(head) == "in"
        if rest and first.kind != "THING" and not there:
            yield _as_one([first, *rest])


def _together(tree: Tree, at: dict[int, Reference]) -> Iterator[Reference]:
    """Those who meet or agree, as one, where each of them is one alone: "*Putin* met with *Erdogan*. They agreed"."""
    for event in tree.events(*MUTUAL, least=CERTAIN):
        kinds = {word: kind for kind in SIDES for word in surely(event, kind) if word in at}
        every = sorted((at[word] for word in kinds), key=lambda one: one.start)
        if len({*kinds.values()}) == 2 and not any(one.plural or one.kind == "THING" for one in every):
            yield _as_one(every)


def _as_one(every: Sequence[Reference]) -> Reference:
    """Several mentions as one that "they" or "the two" may refer to."""
    spans = tuple((one.start, one.end) for one in every)
    key = " and ".join(sorted(one.key for one in every))
    end = max(one.end for one in every)
    return every[0]._replace(end=end, kind="PAIR", plural=True, sex="", key=key, parts=spans)


def is_speaker(tree: Tree, word: int) -> bool:
    """Whether somebody is the subject of a verb of speech, if only of one that follows: "the envoy *stressed* ... and *said*"."""
    word = _title(tree, word)
    head = tree.words[word].head
    if tree.words[word].deprel != "nsubj":
        return False
    also = [kid for kid in tree.kids[head] if tree.words[kid].deprel in _ALSO and tree.child(kid, "nsubj") is None]
    return any(tells(tree, verb) for verb in (head, *also))


def tells(tree: Tree, word: int) -> bool:
    """Whether a verb tells others something, rather than what somebody thinks or lays claim to."""
    return tree.form(word) in listed("speech", "tells")


def relation(tree: Tree, word: int) -> str:
    """What a word is to its verb; a conjunct is what its first is, and a name what the title is that it follows."""
    deprel = tree.words[tree.first_joined(word, "conj", "appos")].deprel
    return "subject" if deprel in _SUBJECTS else "object" if deprel in _OBJECTS else "other"


def speakers(tree: Tree) -> list[int]:
    """The subjects of verbs of speech; where the parse hangs them elsewhere, whom the model takes for the source."""
    subjects = [tree.child(i, "nsubj") for i in range(len(tree.words)) if tells(tree, i)]
    says = [role.word for one in tree.passage.mentions for role in one.roles if role.kind == "says"]
    return [one for one in subjects if one is not None] or (says if subjects else [])


def speaks_for(tree: Tree, speaker: int, codebook: Codebook) -> tuple[int, int] | None:
    """The words of the body for which somebody speaks: "*police* spokesman John Mwangi", "Ali, a *Taliban* commander"."""
    posts = [
        _title(tree, speaker),
        *(kid for kid in tree.kids[speaker] if tree.words[kid].deprel in ("appos", "nmod:desc")),
    ]
    for post in posts:
        for kid in tree.kids[post] if tree.form(post) in listed("speech", "for_body") else ():
            of = tree.words[kid].deprel in ("compound", "nmod:poss") or tree.case(kid) in ("for", "of")
            if of and (tree.is_named(kid, "ORG") or codebook.means(tree.words[kid].text, "group")):
                return tree.phrase(
                    kid, frozenset(at for at in tree.kids[kid] if tree.words[at].deprel in ("case", "det"))
                )
    return None


def _title(tree: Tree, word: int) -> int:
    """The title that a name stands behind: "the *head* of police X"."""
    while word in tree.name_at and tree.words[word].deprel in _NAMES:
        word = tree.words[word].head
    return word


def _sex(tree: Tree, head: int, words: list[str]) -> str:
    """What the words, or the title before them, say."""
    before = [tree.words[head - 1].text] if head and tree.words[head - 1].upos in ("PROPN", "NOUN") else []
    for word in (*words, *before):
        key = bare(fold(word))
        if key in listed("sex", "female"):
            return "f"
        if key in listed("sex", "male"):
            return "m"
    return ""
