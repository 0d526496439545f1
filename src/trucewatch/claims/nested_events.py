"""Step 2, the events: a mention that only tells the content of another: what is threatened, demanded, signed or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from trucewatch.claims.phrase import lists
from trucewatch.claims.speech_acts import over
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Mention

COMMAND = "rule command"
"""Why a mention is a demand that somebody makes by a command."""
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"})
"""With what one threatens."""
_CONTENT = frozenset({"xcomp", "ccomp", "acl", "obj"})
_STATUS = lists("status")
_WHAT = lists("what")
_WORDS = frozenset({"CONCEDE", "SUPPORT"})


class Told(NamedTuple):
    """A mention that stands, and by claim field what its type, mode and status rest on."""

    mention: Mention
    because: Mapping[str, str]

    def told_as(self, type_: str, mode: str | None, rule: str) -> Told:
        """The same as an event of another type and mode, by a rule."""
        mention = replace(self.mention, type=type_, mode=mode)
        return Told(mention, {**self.because, "type": rule, "mode": rule})


def is_part(tree: Tree, mention: Mention, all_: Sequence[Told]) -> bool:
    """Whether a mention is told by another of those that a passage holds."""
    part = (_inside, _is_threatened, _is_demanded, _is_signed, _is_refused, _is_offer)
    return any(of(tree, mention, all_) for of in part)


def _inside(tree: Tree, mention: Mention, all_: Sequence[Told]) -> bool:
    """Whether it is the first half of another one's trigger ("ceasefire" of "ceasefire violations")."""
    alike = (other.word for other, _ in all_ if other.type == mention.type)
    return any(tree.is_of(mention.word, word, "compound") for word in alike)


def _is_threatened(tree: Tree, mention: Mention, all_: Sequence[Told]) -> bool:
    """Whether it is that with which somebody threatens ("threatened to *attack*"), not what others may do ("warned that they may")."""
    threat = mention.type == "THREATEN"
    if not threat and (mention.type not in _FORCE or mention.status not in ("expected", "possible")):
        return False
    threats = {other.word for other, _ in all_ if other.type == "THREATEN"}
    word = mention.word
    if tree.case(word) == "with" and any(tree.is_of(word, verb, "obl") for verb in threats):
        return True
    while (deprel := tree.words[word].deprel) in _CONTENT | {"conj"} and (threat or not _of_another(tree, word)):
        word = tree.words[word].head
        if word in threats:
            return deprel in _CONTENT
    return False


def _is_demanded(tree: Tree, mention: Mention, all_: Sequence[Told]) -> bool:
    """Whether it is what a verb of demand says ("'rebels *must* leave', he demanded"), or a command that "and" joins to another."""
    at = tree.words[mention.word]
    word = at.head if at.upos == "AUX" else mention.word
    if mention.type != "REQUEST" or word < 0:
        return False
    demands = {other.word: reasons for other, reasons in all_ if other.type == "REQUEST"}
    beside = at.deprel == "conj" and demands.get(at.head, {}).get("type") == COMMAND == demands[mention.word]["type"]
    return over(tree, word) in demands or beside


def _of_another(tree: Tree, verb: int) -> bool:
    """Whether a verb names who does it, and not by a pronoun."""
    subject = tree.child(verb, "nsubj")
    return subject is not None and tree.words[subject].upos != "PRON"


def _is_signed(tree: Tree, mention: Mention, all_: Sequence[Told]) -> bool:
    """Whether it is the deal that is signed: its signing is the event."""
    word = tree.words[mention.word]
    over = word.head if word.deprel in ("obj", "nsubj:pass") else tree.child(mention.word, "acl")
    return mention.type == "AGREE" and any(
        other.word == over and other.type == "SUPPORT" and tree.form(over) in _WHAT.sign for other, _ in all_
    )


def _is_refused(tree: Tree, mention: Mention, all_: Sequence[Told]) -> bool:
    """Whether it is what somebody refuses to do ("refused to *withdraw*", "ruled out *talks*"): the refusal is the event."""
    word = tree.words[tree.first_joined(mention.word)]
    verb = tree.form(word.head)
    ruled_out = word.deprel in ("obj", "xcomp") and verb in _STATUS.rule_out and tree.form(word.head + 1) == "out"
    refused = (word.deprel in ("xcomp", "acl") and verb in _STATUS.fail) or ruled_out
    return refused and any(other.word == word.head and other.type == "REJECT" for other, _ in all_)


def _is_offer(tree: Tree, mention: Mention, all_: Sequence[Told]) -> bool:
    """Whether it only hands over words that are the event: "*offered* an apology"."""
    offers = mention.type == "AGREE" and tree.form(mention.word) in _WHAT.offer
    words = {other.word for other, _ in all_ if other.type in _WORDS}
    return offers and not words.isdisjoint(tree.children(mention.word, "obj", "nsubj:pass"))
