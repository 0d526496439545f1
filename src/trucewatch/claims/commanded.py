"""What somebody tells others to do: "*Stop* the killing", "do not *shell* the city", he said. Who says so demands it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from trucewatch.claims.phrase import listed
from trucewatch.claims.quotation import OPENING, STRAIGHT, speaks
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Mention, Role

_MODES = {
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "AID": "assist",
    "CONSULT": "meet",
    "SUPPORT": "change",
    "AGREE": "change",
}
"""What is demanded, by the type of what is to be done; of any other, that it not be done."""
_PAST = listed("tense", "past")
_COURTESIES = listed("what", "courtesies")
_INFLECTED = re.compile(r".*[aeiouy].*ing|.*[^s]s|.*[^e]ed")
"""Forms other than the bare one: "shelling", but not "bring", "pass" or "proceed"."""
_BARS = ("nsubj", "nsubj:pass", "aux:pass", "cop", "expl", "mark")
_BEFORE = frozenset({"INTJ", "ADV", "CCONJ", "AUX", "PART", "PUNCT"})
"""What may stand before a command: "*now* leave", "*do not* shoot"."""
_MARKS = frozenset((*OPENING, STRAIGHT, *":'‘’"))
"""Marks behind which somebody begins to speak."""


def command(tree: Tree, mention: Mention) -> Mention | None:
    """The demand that a mention is where somebody commands it; None where nobody does."""
    mode = "yield" if tree.is_negated(mention.word) else _MODES.get(mention.type)
    if mode is None or not _is_command(tree, mention.word):
        return None
    return replace(mention, type="REQUEST", mode=mode, status="happened", roles=tuple(_roles(tree, mention)))


def over(tree: Tree, word: int) -> int:
    """The word in which what is told to others is said: "'Leave', he *said*"; -1 where there is none."""
    word = tree.first_joined(word)
    return tree.words[word].head if tree.words[word].deprel in ("ccomp", "parataxis") else -1


def _is_command(tree: Tree, word: int) -> bool:
    """Whether a verb tells others what to do, in the mouth of somebody who speaks."""
    by, first = over(tree, word), tree.first_joined(word)
    quoted = tree.text.startswith((*OPENING, STRAIGHT))
    said = quoted or speaks(tree, by) if by >= 0 else quoted and tree.words[first].head < 0
    return said and _opens(tree, first) and all(_is_bare(tree, verb) for verb in {word, first})


def _opens(tree: Tree, verb: int) -> bool:
    """Whether the words of a verb are the first that are said: behind nothing but a mark."""
    first = min(at for at in tree.under(verb) if tree.words[at].upos != "PUNCT")
    return first == 0 or tree.words[first - 1].text in _MARKS


def _is_bare(tree: Tree, verb: int) -> bool:
    """Whether a verb stands at the head of its clause, in its bare form and without a subject."""
    form = tree.form(verb)
    # "*open* the gate" is read as a quality
    is_verb = tree.words[verb].upos == "VERB" or tree.child(verb, "obj") is not None
    if not is_verb or _INFLECTED.fullmatch(form) or form in _PAST | _COURTESIES:
        return False
    before = (tree.words[at].upos in _BEFORE or tree.form(at) == "please" for at in tree.under(verb) if at < verb)
    return tree.child(verb, *_BARS) is None and tree.helpers(verb) <= {"do"} and all(before)


def _roles(tree: Tree, mention: Mention) -> list[Role]:
    """Who says so, and to whom: who is told, else whoever is to do it."""
    by = over(tree, mention.word)
    subject, told = (tree.child(by, "nsubj"), tree.child(by, "iobj", "obj")) if by >= 0 else (None, None)
    says = {role.word for role in mention.roles if role.kind == "says"}
    if subject is not None and not says:
        says = {subject}
    to = {role.word for role in mention.roles if role.kind == "actor"} - says if told is None else {told}
    kept = [role for role in mention.roles if role.kind not in ("actor", "recipient")]
    kept += [Role(kind="actor", word=word, score=1.0) for word in sorted(says)]
    return [*kept, *(Role(kind="recipient", word=word, score=1.0) for word in sorted(to))]
