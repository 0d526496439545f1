"""How real an event is said to be, by the words around its trigger: negation, modality, plans, conditions, fears.

Each rule looks at the trigger, the verbs above it and their helpers. A rule goes before the model's status where the model
is unsure, and a firm one always; where none speaks, the model's stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from trucewatch.claims.datelines import is_caption
from trucewatch.claims.phrase import lists
from trucewatch.claims.tree import FUTURE, IF, NOT, Tree
from trucewatch.nouns import Mention

_STATUS = lists("status")


class Reality(NamedTuple):
    """A status and the rule that gives it."""

    status: str
    rule: str


FIRM = frozenset(
    "said|pictured|to come|nothing|taken back|alternative|rebutted|took place|was to have|denied part".split("|")
)
"""Rules that overrule the model however sure it is; where it is sure of another status, it is right more often than the others."""

Rule = Callable[[Tree, int], Iterator[Reality]]

_NOBODY = frozenset("no nobody none neither".split())
_MAY = frozenset("may might could".split())
_TOLD = frozenset({"root", "conj", "ccomp", "parataxis"})
_PARTS = frozenset({"obj", "nsubj", "nsubj:pass"})
_DONE_TO = ("obj", "nsubj:pass")
_CLAUSES = ("xcomp", "ccomp", "acl")
_PERFECT = frozenset("has have 's ’s 've ’ve".split())
_IS = frozenset("is are 's ’s 're ’re".split())
_FAIL = _STATUS.fail | _STATUS.deny
_LASTS = _STATUS.go_on | _STATUS.lasts
_SHORT = 3
"""Words of which no more than these tell of no event by themselves."""


def reality(tree: Tree, word: int, type_: str) -> Reality | None:
    """What the words say of the event at `word`; None where they say nothing.

    A promise, a refusal or a threat has happened when it is made, whatever it says of the future: of words that are not
    deeds only conditions and "may" are asked, and of agreements whether they were reached; of a threat ("could close the
    strait") not even these.
    """
    banned = type_ == "COERCE" and _is_ban(tree, word)
    rules: Sequence[Rule] = (_conditional, _alternative) if banned else _OF_TYPE.get(type_, _OF_DEEDS)
    for rule in rules:
        found = next(rule(tree, word), None)
        if found:
            return found
    return None


def _is_ban(tree: Tree, word: int) -> bool:
    """ "was not *allowed* to leave", "nobody may *cross*": what is denied is the deed of others, and that is the ban."""
    barred = any(_nobody(tree, word)) and bool(tree.helpers(word) & _MAY)
    return barred or (tree.form(word) in _STATUS.let and (tree.is_negated(word) or any(_nobody(tree, word))))


def _governors(tree: Tree, word: int) -> Iterator[int]:
    """The trigger, and the verb that carries it: "continue *shelling*", "launch a *raid*", "*talks* will be held". What is
    said of other verbs is not said of their object: "will investigate the *killings*"."""
    yield word
    if tree.words[word].deprel == "xcomp" or _hangs(tree, word, _PARTS, _STATUS.carry | _STATUS.go_on):
        yield tree.words[word].head


def _sharers(tree: Tree, word: int) -> Iterator[int]:
    """The trigger, what carries it, and the verb whose helper it shares: "may bomb or *shell* the town"."""
    for at in _governors(tree, word):
        yield at
        first, own = tree.words[at].head, tree.child(at, "nsubj", "nsubj:pass", "aux", "aux:pass")
        if tree.words[at].deprel == "conj" and own is None and tree.words[at].upos == tree.words[first].upos == "VERB":
            yield first


def _hangs(tree: Tree, word: int, relations: Collection[str], words: Collection[str]) -> bool:
    """Whether a word hangs by one of some relations on one of some words."""
    head = tree.words[word].head
    return head >= 0 and tree.words[word].deprel in relations and tree.form(head) in words


def _negated(tree: Tree, word: int) -> Iterator[Reality]:
    """ "did not attack", "no attack", "received no aid", "failed to reach a deal", "denied having shelled"."""
    verb = tree.words[word].upos == "VERB"
    for kid in tree.kids[word]:
        not_only = kid + 1 < len(tree.words) and tree.form(kid + 1) in ("only", "just", "yet")
        if tree.form(kid) in NOT and tree.words[kid].deprel == ("advmod" if verb else "det") and not not_only:
            yield Reality("denied", "negated")
        for under in (kid, *(tree.kids[kid] if tree.words[kid].deprel == "obj" else ())):
            if tree.form(under) in ("nothing", "no") and tree.words[under].deprel in ("obj", "obl", "nmod", "det"):
                yield Reality("denied", "nothing" if tree.form(under) == "nothing" else "negated")
    carried = _hangs(tree, word, ("obj",), _STATUS.carry) and tree.is_negated(tree.words[word].head)
    if carried or _hangs(tree, word, ("xcomp", "obj", "ccomp"), _FAIL):
        yield Reality("denied", "failed or denied")


def _nobody(tree: Tree, word: int) -> Iterator[Reality]:
    """ "no soldier will be *sent*", "nobody has been *disarmed*"."""
    subject = tree.child(word, "nsubj", "nsubj:pass")
    if subject is not None and {tree.form(at) for at in (subject, *tree.kids[subject])} & _NOBODY:
        yield Reality("denied", "nobody")


def is_unhurt(tree: Tree, mention: Mention) -> bool:
    """Whether it tells that nobody was hurt ("no casualties", "no police were killed", "the envoy was not injured"): that
    is no event, but what did not come of one."""
    word, form = mention.word, tree.form(mention.word)
    if mention.type != "ASSAULT" or form not in _STATUS.hurt | {"killed"}:
        return False
    suffered = tree.words[word].upos != "VERB" or tree.child(word, "aux:pass") is not None
    spared = form in _STATUS.hurt and suffered and any(said.rule == "negated" for said in _negated(tree, word))
    return spared or any(_nobody(tree, word))


def _denied(tree: Tree, word: int) -> Iterator[Reality]:
    """ "denies that it wants to *attack*", "is not planning an *invasion*", "*air drops* are not imminent"."""
    head, relation = tree.words[word].head, tree.words[word].deprel
    # "talks are not going well": of words of plans, those alone that something can be
    plans = _STATUS.ahead if relation.startswith("nsubj") else _STATUS.plan | _STATUS.ahead
    planned = head >= 0 and tree.form(head) in plans and tree.is_negated(head)
    # "the meeting is not expected to name anybody" says nothing of the meeting
    of_it = planned and tree.child(head, "xcomp", "ccomp") in (None, word)
    if of_it and relation in ("obj", "xcomp", "nsubj", "nsubj:pass"):
        yield Reality("denied", "not planned")
    at, rule = word, "denied"
    for _ in range(3):
        head, relation = tree.words[at].head, tree.words[at].deprel
        if relation == "nmod" and tree.form(head) in _STATUS.part:
            rule = "denied part"  # "denied involvement in the *strike*"
        elif head < 0 or relation not in ("obj", "xcomp", "ccomp"):
            return
        if tree.form(head) in _STATUS.deny:
            yield Reality("denied", rule)
        at = head


def _conditional(tree: Tree, word: int) -> Iterator[Reality]:
    for at in _governors(tree, word):
        for kid in tree.kids[at]:
            if tree.words[kid].deprel == "mark" and tree.form(kid) in IF:
                yield Reality("possible", "condition")


def _alternative(tree: Tree, word: int) -> Iterator[Reality]:
    """ "either a deal was *made* or nothing changed"; not "the men were either *shot* or arrested"."""
    for at in _governors(tree, word):
        subject = tree.child(at, "nsubj", "nsubj:pass")
        if subject is not None and any(tree.form(kid) == "either" and kid < subject for kid in tree.kids[at]):
            yield Reality("possible", "alternative")


def _on_condition(tree: Tree, word: int) -> Iterator[Reality]:
    """ "will *withdraw* if the shelling stops"."""
    for at in _sharers(tree, word):
        clauses = [kid for kid in tree.kids[at] if tree.words[kid].deprel == "advcl"]
        marks = {tree.form(mark) for kid in clauses for mark in tree.kids[kid] if tree.words[mark].deprel == "mark"}
        if tree.helpers(at) & (FUTURE | {"would"}) and marks & IF:
            yield Reality("possible", "on condition")


def _may(tree: Tree, word: int) -> Iterator[Reality]:
    """ "may attack", "could launch a *raid*"."""
    for at in _sharers(tree, word):
        if tree.helpers(at) & _MAY:
            yield Reality("possible", "may")


def _modal(tree: Tree, word: int) -> Iterator[Reality]:
    yield from _may(tree, word)
    for at in _sharers(tree, word):
        if tree.helpers(at) & FUTURE:
            yield Reality("expected", "will")


def _is_planned(tree: Tree, word: int) -> bool:
    """Whether it is called so: "a *planned* visit", "talks *scheduled* for Friday"."""
    return any(
        tree.form(kid) in _STATUS.planned for kid in tree.kids[word] if tree.words[kid].deprel in ("amod", "acl")
    )


def _cancelled(tree: Tree, word: int) -> Iterator[Reality]:
    """ "has no plans to *attack*", "postponed a planned *visit*", "cancelled plans to *meet*"."""
    planned = _is_planned(tree, word)
    plan = word if planned else tree.words[word].head
    if not (planned or _hangs(tree, word, ("acl",), ("plan", "plans"))):
        return
    none = any(tree.form(kid) == "no" for kid in tree.kids[plan])
    if none or _hangs(tree, plan, _PARTS, _STATUS.cancel):
        yield Reality("denied", "cancelled")


def _taken_back(tree: Tree, word: int) -> Iterator[Reality]:
    """ "retracted a report that gunmen *killed* five", "wrongly reported that ...", "an earlier version said that ...": nobody
    says so any more."""
    told, clause = tree.words[word].head, tree.words[word].deprel == "ccomp"
    retracted = _hangs(tree, word, ("acl", "nmod"), _STATUS.told_of) and _hangs(tree, told, _DONE_TO, _STATUS.retract)
    if retracted or (clause and any(_is_mistaken(tree, kid) for kid in tree.kids[told])):
        yield Reality("denied", "taken back")


def _is_mistaken(tree: Tree, word: int) -> bool:
    """Whether it says of a verb of speech that it was in error: "*wrongly* said", "an earlier *version* said"."""
    earlier = any(tree.form(kid) in ("earlier", "previous") for kid in tree.kids[word])
    return tree.form(word) in _STATUS.mistaken or (tree.form(word) == "version" and earlier)


def _rebutted(tree: Tree, word: int) -> Iterator[Reality]:
    """ "rejected claims that the army had *planted* mines", "false reports of *shelling*": told only by those who are said to be
    wrong."""
    if not _hangs(tree, word, ("acl", "nmod", "ccomp"), _STATUS.told_of):
        return
    told = tree.words[word].head
    false = any(tree.form(kid) in _STATUS.false for kid in tree.kids[told] if tree.words[kid].deprel == "amod")
    if false or _hangs(tree, told, _DONE_TO, _STATUS.rebut):
        yield Reality("denied", "rebutted")


def _took_place(tree: Tree, word: int) -> Iterator[Reality]:
    """ "was not invited to the *talks*, which began on Monday": what is not done is something else."""
    began = (
        kid for kid in tree.kids[word] if tree.words[kid].deprel == "acl:relcl" and tree.form(kid) in _STATUS.began
    )
    if any(tree.is_negated(at) for at in tree.ancestors(word)) and not all(tree.is_negated(at) for at in began):
        yield Reality("happened", "took place")


def _was_to(tree: Tree, word: int) -> Iterator[Reality]:
    """ "was to have *visited*", "*talks* that were supposed to have been held": it did not come to it."""
    told = [kid for kid in tree.kids[word] if tree.words[kid].deprel == "acl:relcl" and tree.form(kid) in _STATUS.carry]
    for at in (*_governors(tree, word), *told):
        helpers, head = tree.helpers(at), tree.words[at].head
        supposed = head >= 0 and tree.form(head) == "supposed"
        if "have" in helpers and tree.child(at, "mark") is not None and (helpers & {"was", "were"} or supposed):
            yield Reality("denied", "was to have")


def _not_ruled_out(tree: Tree, word: int) -> Iterator[Reality]:
    """ "refused to rule out a *strike*"."""
    head = tree.words[word].head
    if head < 0 or tree.form(head) not in _STATUS.rule_out or tree.form(head + 1) != "out":
        return
    above = tree.words[head].head
    if tree.is_negated(head) or (above >= 0 and tree.form(above) in _FAIL):
        yield Reality("possible", "not ruled out")


def _offered(tree: Tree, word: int) -> Iterator[Reality]:
    """ "is ready to *talk*": of what is offered nobody says that it will be."""
    if _hangs(tree, word, ("xcomp",), _STATUS.offer):
        yield Reality("possible", "offered")


def _plotted(tree: Tree, word: int) -> Iterator[Reality]:
    """ "suspected of plotting an *attack*", "men who were planning to *attack*": not of an army that prepares to."""
    head = tree.words[word].head
    told = tree.form(head) == "preparing" and tree.words[head].deprel in _TOLD and "had" not in tree.helpers(head)
    if _hangs(tree, word, ("obj", "xcomp"), _STATUS.plot) and not told:
        yield Reality("possible", "plotted")


def _planned(tree: Tree, word: int) -> Iterator[Reality]:
    """ "plans to attack", "an operation is expected", "talks scheduled for Friday", "is going to"; of what "had been due"
    it tells nothing."""
    for at in _governors(tree, word):
        if "had" in tree.helpers(tree.words[at].head):
            continue
        if _hangs(tree, at, _CLAUSES, _STATUS.plan) or _hangs(tree, at, _PARTS, _STATUS.ahead):
            yield Reality("expected", "planned")
        if _hangs(tree, at, _CLAUSES, _STATUS.wish):
            yield Reality("possible", "wished")
    if _is_planned(tree, word):
        yield Reality("expected", "planned")


def _to_come(tree: Tree, word: int) -> Iterator[Reality]:
    """ "*raids* are likely to continue", "will continue *shelling*", "is set to continue *shelling*": told of what comes, not
    of what goes on now."""
    for at in _governors(tree, word):
        if tree.form(at) in _STATUS.go_on and (tree.helpers(at) & FUTURE or _is_to(tree, at)):
            yield Reality("expected", "to come")
    head = tree.words[word].head
    if head < 0 or tree.words[word].deprel not in ("nsubj", "nsubj:pass"):
        return
    if any(_is_to(tree, at) for at in (head, *tree.kids[head])):
        yield Reality("expected", "to come")


def _is_to(tree: Tree, verb: int) -> bool:
    """Whether a verb is what is planned or likely: "likely to *continue*"."""
    to = tree.child(verb, "mark")
    return bool(to and tree.form(to) == "to" and tree.form(to - 1) in _STATUS.plan)


def _feared(tree: Tree, word: int) -> Iterator[Reality]:
    """ "a threat of *war*", "fears that the army will *shell* the town", "a possible *attack*", "it is
    possible that they have *agreed*"."""
    feared = [_hangs(tree, at, ("obj", "nmod", "xcomp", "obl"), _STATUS.fear) for at in _governors(tree, word)]
    called = {tree.form(kid) for kid in tree.kids[word] if tree.words[kid].deprel == "amod"}
    wished = _hangs(tree, word, ("ccomp", "csubj"), _STATUS.fear | _STATUS.wish)
    if wished or any(feared) or called & {"possible", "potential", "further"}:
        yield Reality("possible", "feared")


def _going_on(tree: Tree, word: int) -> Iterator[Reality]:
    """ "is besieging", "continued air strikes", "fighting continues", "is under way"."""
    helpers = tree.helpers(word)
    lasts = bool(helpers & (_IS | {"been"})) and "had" not in helpers
    if tree.words[word].upos == "VERB" and tree.form(word).endswith("ing") and lasts:
        yield Reality("ongoing", "progressive")
    head = tree.words[word].head
    if _hangs(tree, word, ("nsubj", "obj", "xcomp"), _STATUS.go_on):
        yield Reality("ongoing", "goes on")
    for kid in tree.kids[word]:
        if tree.form(kid) in _STATUS.go_on and tree.words[kid].deprel in ("amod", "advmod"):
            yield Reality("ongoing", "goes on")
    whole = head if tree.words[word].deprel == "compound" else word  # "the *ceasefire* agreement is barely holding"
    verb = tree.words[whole].head
    held = tree.words[whole].deprel == "nsubj" and tree.form(verb) == "holding" and not tree.is_negated(verb)
    if held and tree.helpers(verb) & _IS:
        yield Reality("ongoing", "holds")


def _said_often(tree: Tree, word: int) -> Iterator[Reality]:
    """ "has long accused", "have been repeatedly denounced": what is said again and again goes on."""
    if tree.helpers(word) & _PERFECT and any(tree.form(kid) in _STATUS.again for kid in tree.kids[word]):
        yield Reality("ongoing", "said often")


def _charge(tree: Tree, word: int) -> Iterator[Reality]:
    """ "Kyiv *accuses* Moscow of arming the rebels": in the present tense it is a standing charge."""
    finite = tree.words[word].deprel not in ("xcomp", "csubj") and tree.child(word, "mark", "aux") is None
    if tree.form(word) in _STATUS.charges and tree.words[word].upos == "VERB" and finite:
        yield Reality("ongoing", "standing charge")


def _being_said(tree: Tree, word: int) -> Iterator[Reality]:
    """ "is calling on both sides": it is done once it is said, for all that reporters write that it is being said."""
    lasting = {tree.form(kid) for kid in tree.kids[word] if tree.words[kid].deprel in ("advmod", "obl")}
    if tree.form(word).endswith("ing") and tree.helpers(word) & _IS and not lasting & (_STATUS.go_on | _STATUS.again):
        yield Reality("happened", "said")


def _pictured(tree: Tree, word: int) -> Iterator[Reality]:
    """The caption of a picture, and a headline, tell in the present tense of what is past: "Soldiers *search* a house"."""
    if _in_headline(tree, word):
        yield Reality("happened", "headline")
    elif is_caption(tree):
        shown = tree.words[word].upos == "VERB" and tree.words[word].deprel in ("root", "conj", "acl")
        yield Reality("happened", "pictured" if shown else "caption")


def _in_headline(tree: Tree, word: int) -> bool:
    """Whether a verb is what a headline tells: in the present tense, and no sentence that is closed. "Truce *holds*" goes on."""
    open_ = len(tree.words) > _SHORT and tree.text[:1].isupper() and tree.text[-1:].isalnum()
    verb = tree.words[word].upos == "VERB" and tree.words[word].deprel in ("root", "conj", "parataxis")
    present = tree.tense(word) is None and not tree.helpers(word) and not tree.form(word).endswith("ing")
    return open_ and verb and present and tree.form(word) not in _LASTS


_OF_WORDS = (_conditional, _alternative, _may, _pictured, _said_often)
"""Of what is done by saying so."""
_OF_UTTERANCES = (*_OF_WORDS, _being_said)
"""Of what is done in the moment; an investigation, which is ACCUSE, goes on."""
_NOT_DONE = (
    _conditional,
    _alternative,
    _took_place,
    _not_ruled_out,
    _nobody,
    _negated,
    _denied,
    _cancelled,
    _taken_back,
    _rebutted,
    _was_to,
)
_TO_BE_DONE = (_on_condition, _feared, _to_come, _modal, _offered, _planned, _pictured, _going_on)
_OF_DEEDS = (*_NOT_DONE, *_TO_BE_DONE)
_OF_TYPE: dict[str, Sequence[Rule]] = {
    "ACCUSE": (*_OF_WORDS, _charge),
    "AGREE": (_negated, *_OF_WORDS, _feared),
    "ASSAULT": (*_NOT_DONE, _plotted, *_TO_BE_DONE),
    "CONCEDE": _OF_WORDS,
    "REJECT": _OF_UTTERANCES,
    "REQUEST": _OF_UTTERANCES,
    "SUPPORT": _OF_UTTERANCES,
    "THREATEN": (_pictured, _being_said),
}
