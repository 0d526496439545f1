"""How real an event is said to be, by the words around its trigger: negation, modality, plans, conditions, fears.

Each rule looks at the trigger, the verbs above it and their helpers. A rule goes before the model's status where the model
is unsure, and a firm one always; where none speaks, the model's stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from trucewatch.claims.tree import Tree


class Reality(NamedTuple):
    """A status and the rule that gives it."""

    status: str
    rule: str


FIRM = frozenset({"said", "caption"})
"""Rules that overrule the model however sure it is; where it is sure of another status, it is right more often than the others."""

Rule = Callable[[Tree, int], Iterator[Reality]]

_NOT = frozenset("not n't n’t never no neither nor without".split())
_FUTURE = frozenset("will 'll ’ll shall wo".split())
_MAY = frozenset("may might could".split())
_PLAN = frozenset(
    "plan plans planned planning expect expects expected intend intends intended prepare prepares prepared preparing "
    "schedule scheduled due set likely poised ready vow vows vowed pledge pledged promise promised about going".split()
)
_AHEAD = frozenset(
    "planned planning expected likely imminent scheduled due preparing readying plotting plot plan plans".split()
)
"""Words of which the event itself is subject or object: "a raid is expected", "planning a raid"."""
_WISH = frozenset("seek seeks seeking hope hopes hoping want wants wanting wish wishes wishing".split())
_FEAR = frozenset(
    "avoid avoids avoiding prevent prevents preventing prevented avert averting fear fears feared fearing risk risks "
    "possibility prospect danger threat threats threaten threatened potential possible".split()
)
_GO_ON = frozenset("continue continues continuing continued ongoing remain remains keep keeps keeping still".split())
_PERFECT = frozenset("has have 's ’s 've ’ve".split())
_IS = frozenset("is are 's ’s 're ’re".split())
_AGAIN = frozenset("long always repeatedly consistently".split())
_FAIL = frozenset("fail fails failed failing refuse refuses refused refusing deny denies denied denying".split())
_IF = frozenset("if whether unless".split())
_DENY = frozenset("deny denies denied denying".split())
_CAPTION = re.compile(
    r"^FILE\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, (?:19|20)\d\d\W*$"
)
"""How the caption of a picture begins, or ends: with the day on which it was taken."""


def is_caption(tree: Tree) -> bool:
    """Whether a passage stands under a picture."""
    return _CAPTION.search(tree.text) is not None


def reality(tree: Tree, word: int, type_: str) -> Reality | None:
    """What the words say of the event at `word`; None where they say nothing.

    A promise, a refusal or a threat has happened when it is made, whatever it says of the future: of words that are not
    deeds only conditions and "may" are asked, and of agreements whether they were reached.
    """
    rules: Sequence[Rule] = _OF_WORDS
    if type_ not in _WORDS:
        rules = _OF_DEEDS
    elif type_ == "AGREE":
        rules = (_negated, *_OF_WORDS)
    elif type_ in _UTTERED:
        rules = (*_OF_WORDS, _being_said)
    for rule in rules:
        found = next(rule(tree, word), None)
        if found:
            return found
    return None


def _governors(tree: Tree, word: int) -> Iterator[int]:
    """The trigger, and the verb that carries it: "continue *shelling*", "continue their *raids*", "take *part*"."""
    yield word
    head, relation = tree.words[word].head, tree.words[word].deprel
    if head >= 0 and relation in ("xcomp", "obj", "nsubj", "nsubj:pass"):
        yield head


def _carriers(tree: Tree, word: int) -> Iterator[int]:
    """The trigger and the verb whose object or subject it is, however deep in the noun phrase."""
    yield from _governors(tree, word)
    at = word
    for _ in range(3):
        head, relation = tree.words[at].head, tree.words[at].deprel
        if head < 0 or relation not in ("nmod", "obj", "obl", "conj", "xcomp"):
            return
        yield head
        at = head


def _form(tree: Tree, word: int) -> str:
    return tree.words[word].text.lower()


def _negated(tree: Tree, word: int) -> Iterator[Reality]:
    """ "did not attack", "no attack", "received no aid", "failed to reach a deal", "denied having shelled"."""
    verb = tree.words[word].upos == "VERB"
    for kid in tree.kids[word]:
        not_only = kid + 1 < len(tree.words) and _form(tree, kid + 1) in ("only", "just", "yet")
        if _form(tree, kid) in _NOT and tree.words[kid].deprel == ("advmod" if verb else "det") and not not_only:
            yield Reality("denied", "negated")
        for under in (kid, *(tree.kids[kid] if tree.words[kid].deprel == "obj" else ())):
            if _form(tree, under) in ("nothing", "no") and tree.words[under].deprel in ("obj", "obl", "nmod", "det"):
                yield Reality("denied", "nothing")
    if tree.words[word].deprel in ("xcomp", "obj", "ccomp"):
        head = tree.words[word].head
        carried = {_form(tree, k) for k in tree.kids[head] if tree.words[k].deprel == "advmod"}
        if _form(tree, head) in _FAIL or (carried & _NOT and tree.words[word].deprel == "obj"):
            yield Reality("denied", "failed or denied")


def _denied(tree: Tree, word: int) -> Iterator[Reality]:
    """ "denies that it wants to *attack*", "is not planning an *invasion*", "*air drops* are not imminent"."""
    head, relation = tree.words[word].head, tree.words[word].deprel
    # "talks are not going well": of words of plans, those alone that something can be
    plans = _AHEAD if relation.startswith("nsubj") else _PLAN | _AHEAD
    planned = head >= 0 and _form(tree, head) in plans and _is_negated(tree, head)
    # "the meeting is not expected to name anybody" says nothing of the meeting
    of_it = planned and tree.child(head, "xcomp", "ccomp") in (None, word)
    if of_it and relation in ("obj", "xcomp", "nsubj", "nsubj:pass"):
        yield Reality("denied", "not planned")
    at = word
    for _ in range(3):
        head, relation = tree.words[at].head, tree.words[at].deprel
        if head < 0 or relation not in ("obj", "xcomp", "ccomp"):
            return
        if _form(tree, head) in _DENY:
            yield Reality("denied", "denied")
        at = head


def _is_negated(tree: Tree, word: int) -> bool:
    return any(_form(tree, kid) in _NOT and tree.words[kid].deprel == "advmod" for kid in tree.kids[word])


def _conditional(tree: Tree, word: int) -> Iterator[Reality]:
    for at in _governors(tree, word):
        for kid in tree.kids[at]:
            if tree.words[kid].deprel == "mark" and _form(tree, kid) in _IF:
                yield Reality("possible", "condition")


def _may(tree: Tree, word: int) -> Iterator[Reality]:
    """ "may attack", "could meet pockets of *resistance*"."""
    for at in _carriers(tree, word):
        if tree.helpers(at) & _MAY:
            yield Reality("possible", "may")


def _modal(tree: Tree, word: int) -> Iterator[Reality]:
    yield from _may(tree, word)
    for at in _governors(tree, word):
        if tree.helpers(at) & _FUTURE:
            yield Reality("expected", "will")


def _planned(tree: Tree, word: int) -> Iterator[Reality]:
    """ "plans to attack", "an operation is expected", "talks scheduled for Friday", "is going to"."""
    for at in _governors(tree, word):
        head = tree.words[at].head
        if tree.words[at].deprel in ("xcomp", "ccomp", "acl") and head >= 0:
            if _form(tree, head) in _PLAN:
                yield Reality("expected", "planned")
            if _form(tree, head) in _WISH:
                yield Reality("possible", "wished")
        if tree.words[at].deprel in ("nsubj", "nsubj:pass", "obj") and head >= 0 and _form(tree, head) in _AHEAD:
            yield Reality("expected", "planned")
    for kid in tree.kids[word]:
        if tree.words[kid].deprel in ("amod", "acl") and _form(tree, kid) in (
            "planned",
            "expected",
            "upcoming",
            "scheduled",
            "imminent",
            "forthcoming",
            "impending",
            "looming",
        ):
            yield Reality("expected", "planned")


def _to_come(tree: Tree, word: int) -> Iterator[Reality]:
    """ "*raids* are likely to continue", "the *siege* is set to go on": told of what comes, not of what goes on now."""
    head = tree.words[word].head
    if head < 0 or tree.words[word].deprel not in ("nsubj", "nsubj:pass"):
        return
    for at in (head, *tree.kids[head]):
        to = tree.child(at, "mark")
        if to and _form(tree, to) == "to" and _form(tree, to - 1) in _PLAN:
            yield Reality("expected", "planned")


def _feared(tree: Tree, word: int) -> Iterator[Reality]:
    for at in _governors(tree, word):
        head = tree.words[at].head
        if head >= 0 and tree.words[at].deprel in ("obj", "nmod", "xcomp", "obl") and _form(tree, head) in _FEAR:
            yield Reality("possible", "feared")
    for kid in tree.kids[word]:
        if tree.words[kid].deprel == "amod" and _form(tree, kid) in ("possible", "potential", "further"):
            yield Reality("possible", "feared")


def _going_on(tree: Tree, word: int) -> Iterator[Reality]:
    """ "is besieging", "continued air strikes", "fighting continues", "is under way"."""
    helpers = tree.helpers(word)
    if tree.words[word].upos == "VERB" and _form(tree, word).endswith("ing") and helpers & (_IS | {"been"}):
        yield Reality("ongoing", "progressive")
    head = tree.words[word].head
    if head >= 0 and tree.words[word].deprel in ("nsubj", "obj", "xcomp") and _form(tree, head) in _GO_ON:
        yield Reality("ongoing", "goes on")
    for kid in tree.kids[word]:
        if _form(tree, kid) in _GO_ON and tree.words[kid].deprel in ("amod", "advmod"):
            yield Reality("ongoing", "goes on")


def _said_often(tree: Tree, word: int) -> Iterator[Reality]:
    """ "has long accused", "have been repeatedly denounced": what is said again and again goes on."""
    if tree.helpers(word) & _PERFECT and any(_form(tree, kid) in _AGAIN for kid in tree.kids[word]):
        yield Reality("ongoing", "said often")


def _being_said(tree: Tree, word: int) -> Iterator[Reality]:
    """ "is calling on both sides": it is done once it is said, for all that reporters write that it is being said."""
    lasting = {_form(tree, kid) for kid in tree.kids[word] if tree.words[kid].deprel in ("advmod", "obl")}
    if _form(tree, word).endswith("ing") and tree.helpers(word) & _IS and not lasting & (_GO_ON | _AGAIN):
        yield Reality("happened", "said")


def _pictured(tree: Tree, word: int) -> Iterator[Reality]:
    """The caption of a picture tells in the present tense of what is past."""
    if is_caption(tree):
        yield Reality("happened", "caption")


_WORDS = frozenset("AGREE SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
"""Event types that are done by saying so."""
_UTTERED = frozenset("REQUEST REJECT THREATEN SUPPORT".split())
"""Those that are done in the moment; an investigation, which is ACCUSE, goes on."""
_OF_WORDS = (_conditional, _may, _pictured, _said_often)
_OF_DEEDS = (_negated, _denied, _conditional, _modal, _planned, _to_come, _feared, _pictured, _going_on)
