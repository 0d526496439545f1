"""What dates a mention without words of time: that it is what a report is there to tell, or that it goes on."""

from __future__ import annotations

from trucewatch.claims import when
from trucewatch.claims.draft import Draft
from trucewatch.claims.phrase import listed
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Status

SURE = 0.6
"""The score from which what is told as ongoing is held to go on; that of a rule is higher."""
TO_BE = frozenset("will 'll ’ll would may might could can should must".split())
"""Of what is still to be: the day on which that was said is not its own."""
_NO_NEWS = TO_BE | {"had"}
"""With these, what is said is no news of the day: "had accused", "could accuse"."""
_TILL_NOW = frozenset("has have 've ’ve is are do does".split())
"""With these, what is denied has not come about, or does not, as the report is written."""
_OFTEN = listed("tense", "often")
_UTTER = listed("tense", "utter")


def by_tense(draft: Draft, material: bool) -> when.ByTense | None:
    """What dates a mention without words of time: that it is news, told as fact and not as background ("had accused");
    or that it goes on."""
    tree, word, status = draft.tree, draft.mention.word, draft.mention.status
    said = word if material else _saying(tree, word)
    told = tree.is_told(said) or (status == Status.HAPPENED and _is_offered(tree, said))
    told = told and not tree.helpers(said) & _NO_NEWS
    often = any(tree.form(kid) in _OFTEN for kid in tree.kids[said])
    if told and not often and not material and status in (Status.HAPPENED, Status.ONGOING):
        return "words of the news"
    present = tree.tense(word) is None and tree.child(word, "det") is None  # "snipers *fire* on the post"
    if told and not often and status == Status.HAPPENED and present:
        return "under way"
    if status == Status.DENIED and material and tree.helpers(word) & _TILL_NOW:
        return "under way"  # "have not entered the town": nor have they on the day of the report
    sure = draft.mention.status_score >= SURE
    return "under way" if status == Status.ONGOING and (told or sure) else None


def _saying(tree: Tree, word: int) -> int:
    """The verb by which something is said: "*issued* an urgent appeal", "*expresses* its support"."""
    head = tree.words[word].head
    uttered = tree.words[word].deprel in ("obj", "nsubj:pass") and tree.form(head) in _UTTER
    return head if uttered else word


def _is_offered(tree: Tree, word: int) -> bool:
    """Whether an adjective is what is told, or said: "said that they are *ready* to talk"."""
    at, head = tree.words[word], tree.words[word].head
    said = at.deprel == "ccomp" and tree.is_told(head) and "had" not in tree.helpers(head)
    return at.upos == "ADJ" and tree.child(word, "cop") is not None and (said or head < 0)
