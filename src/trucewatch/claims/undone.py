"""Step 3, how real: rules of status on negation, refusal, denial and what is called off, and their queries on the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from trucewatch.claims.phrase import listed, lists
from trucewatch.claims.tree import FUTURE, NOT, Tree

_STATUS = lists("status")


class Reality(NamedTuple):
    """A status and the rule that gives it."""

    status: str
    rule: str


Rule = Callable[[Tree, int], Iterator[Reality]]

PARTS = frozenset({"obj", "nsubj", "nsubj:pass"})
_DONE = ("obj", "expl", "ccomp")
_DONE_TO = ("obj", "nsubj:pass")
_DID = frozenset("did was were has have had".split())
_DOES = _DID | frozenset("is are be been being do does".split())
_NOBODY = frozenset("no nobody none neither".split())
_LATER = frozenset({"until", "till", "before", "unless"})
_FAIL = _STATUS.fail | _STATUS.deny


def governors(tree: Tree, word: int) -> Iterator[int]:
    """The trigger, and the verb that carries it: "continue *shelling*", "launch a *raid*", "*talks* will be held"; not one that tells
    what the event does: "the *raids* will make life harder"."""
    yield word
    does = tree.words[word].deprel == "nsubj" and tree.child(tree.words[word].head, *_DONE) is not None
    if tree.words[word].deprel == "xcomp" or (not does and tree.hangs(word, _STATUS.carry | _STATUS.go_on, *PARTS)):
        yield tree.words[word].head


def sharers(tree: Tree, word: int) -> Iterator[int]:
    """The trigger, what carries it, and the verb whose helper it shares: "may bomb or *shell* the town"."""
    for at in governors(tree, word):
        yield at
        first = tree.words[at].head
        if _shares_helper(tree, at) and tree.words[at].upos == tree.words[first].upos == "VERB":
            yield first


def negated(tree: Tree, word: int) -> Iterator[Reality]:
    """ "did not attack", "no attack", "received no aid", "failed to reach a deal", "denied having shelled"."""
    yield from _not_only(tree, word)
    verb = tree.words[word].upos == "VERB"
    for kid in tree.kids[word]:
        not_only = tree.form(kid + 1) in _STATUS.only | {"yet"}
        if tree.form(kid) in NOT and tree.words[kid].deprel == ("advmod" if verb else "det") and not not_only:
            yield Reality("denied", "negated")
        for under in (kid, *(tree.kids[kid] if tree.words[kid].deprel == "obj" else ())):
            if tree.form(under) in ("nothing", "no") and tree.words[under].deprel in ("obj", "obl", "nmod", "det"):
                yield Reality("denied", "nothing" if tree.form(under) == "nothing" else "negated")
    carried = tree.hangs(word, _STATUS.carry, "obj") and tree.is_negated(tree.words[word].head)
    if carried or tree.hangs(word, _FAIL, "xcomp", "obj", "ccomp"):
        yield Reality("denied", "failed or denied")


def _not_only(tree: Tree, word: int) -> Iterator[Reality]:
    """ "did *not only* shell the port", "is *not merely* shelling it": that is done, and more."""
    helpers = tree.helpers(word)
    only = any(tree.form(kid) == "not" and tree.form(kid + 1) in _STATUS.only for kid in tree.kids[word] if kid < word)
    if only and helpers and not helpers - _DOES:
        yield Reality("happened" if helpers & _DID else "ongoing", "not only")


def whole(tree: Tree, word: int) -> int:
    """What begins, or is put off, where something does: of "the next *round* of talks" the round, else the word itself."""
    above = tree.words[word].head
    is_part = tree.words[word].deprel == "nmod" and tree.form(above) in listed("tense", "rounds")
    return above if is_part and tree.case(word) == "of" else word


def _came_to_nothing(tree: Tree, word: int) -> Iterator[Reality]:
    """ "the *patrol* did not take place", "the *withdrawal* was delayed by a week"; of what waits "until Friday", or "had been" put off
    before, more is said."""
    noun = whole(tree, word)
    deprel, verb = tree.words[noun].deprel, tree.words[noun].head
    said = {tree.form(verb), f"{tree.form(verb)} {tree.form(verb + 1)}"}
    if any({tree.case(kid), tree.mark(kid)} & _LATER for kid in tree.kids[verb]):
        return
    if deprel == "nsubj" and said & _STATUS.befalls and tree.is_negated(verb) and not _is_supposed(tree, verb):
        yield Reality("denied", "did not come about")
    if (
        deprel == "nsubj:pass"
        and said & _STATUS.put_off
        and not tree.is_negated(verb)
        and "had" not in tree.helpers(verb)
    ):
        yield Reality("denied", "put off")


def _is_supposed(tree: Tree, verb: int) -> bool:
    """Whether something would not happen, or would not have: not what is said to come, as in "said that talks *would not begin*"."""
    helpers = tree.helpers(verb)
    said = tree.words[tree.first_joined(verb)].deprel == "ccomp" or tree.mark(verb) == "that"
    return "would" in helpers and ("have" in helpers or not said)


def nobody(tree: Tree, word: int) -> Iterator[Reality]:
    """ "no soldier will be *sent*", "nobody has been *disarmed*"."""
    subject = tree.subject(word)
    if subject is not None and {tree.form(at) for at in (subject, *tree.kids[subject])} & _NOBODY:
        yield Reality("denied", "nobody")


def _denied(tree: Tree, word: int) -> Iterator[Reality]:
    """ "denies that it wants to *attack*", "is not planning an *invasion*", "*air drops* are not imminent"."""
    head, relation = tree.words[word].head, tree.words[word].deprel
    # "talks are not going well": of words of plans, those alone that something can be
    plans = _STATUS.ahead if relation.startswith("nsubj") else _STATUS.plan | _STATUS.ahead
    planned = tree.hangs(word, plans, "obj", "xcomp", "nsubj", "nsubj:pass") and tree.is_negated(head)
    # "the meeting is not expected to name anybody" says nothing of the meeting
    if planned and tree.child(head, "xcomp", "ccomp") in (None, word):
        yield Reality("denied", "not planned")
    at, rule = word, "denied"
    for _ in range(3):
        head, relation = tree.words[at].head, tree.words[at].deprel
        if relation in ("nmod", "obl") and _is_part_in(tree, head):
            rule = "denied part"  # "denied involvement in the *strike*"
        elif relation not in ("obj", "xcomp", "ccomp"):
            return
        if tree.form(head) in _STATUS.deny and not tree.is_negated(head):
            yield Reality("denied", rule)
        at = head


def _is_part_in(tree: Tree, word: int) -> bool:
    """Whether a word is a part in something, or a verb has one as its object or means one: "had a *hand* in the ambush"."""
    if tree.words[word].upos == "VERB":
        return tree.form(word) in _STATUS.partake or tree.has(word, _STATUS.part, "obj")
    return tree.form(word) in _STATUS.part | _STATUS.partake


def _left_out(tree: Tree, word: int) -> Iterator[Reality]:
    """ "did not take part in the *raid*", "played no role in the *raid*"."""
    head, relation = tree.words[word].head, tree.words[word].deprel
    if relation in ("nmod", "obl") and _is_part_in(tree, head):
        verb = tree.first_joined(head, "obj")
        if tree.is_negated(verb) or any(tree.has(part, ("no",)) for part in tree.children(verb, "obj")):
            yield Reality("denied", "denied part")


def _stopped_short(tree: Tree, word: int) -> Iterator[Reality]:
    """ "stopped short of saying that it would *disarm*": nobody says that it will be."""
    if not tree.helpers(word) & (FUTURE | {"would"}):
        return
    for at in tree.ancestors(word):
        if [tree.form(at - 2), tree.form(at - 1)] == ["short", "of"]:
            yield Reality("denied", "stopped short")


def nearly(tree: Tree, word: int) -> Iterator[Reality]:
    """ "came close to *attacking* the town", "had come dangerously close to *war*": it was not done."""
    to = tree.child(word, "case", "mark")
    if to and tree.form(to) == "to" and tree.form(to - 1) in _STATUS.close:
        come = tree.words[to - 1].head
        if come >= 0 and tree.form(come) in _STATUS.come and not tree.is_negated(come):
            yield Reality("denied", "nearly")


def _cancelled(tree: Tree, word: int) -> Iterator[Reality]:
    """ "has no plans to *attack*", "postponed a planned *visit*", "cancelled plans to *meet*"."""
    planned = is_planned(tree, word)
    plan = word if planned else tree.words[word].head
    if not (planned or tree.hangs(word, ("plan", "plans"), "acl")):
        return
    if tree.has(plan, ("no",)) or tree.hangs(plan, _STATUS.cancel, *PARTS):
        yield Reality("denied", "cancelled")


def is_planned(tree: Tree, word: int) -> bool:
    """Whether it is called so: "a *planned* visit", "talks *scheduled* for Friday"."""
    return tree.has(word, _STATUS.planned, "amod", "acl")


def _taken_back(tree: Tree, word: int) -> Iterator[Reality]:
    """ "retracted a report that gunmen *killed* five", "wrongly reported that ...", "an earlier version said that ..."."""
    told, clause = tree.words[word].head, tree.words[word].deprel == "ccomp"
    retracted = tree.hangs(word, _STATUS.told_of, "acl", "nmod") and tree.hangs(told, _STATUS.retract, *_DONE_TO)
    if retracted or (clause and any(_is_mistaken(tree, kid) for kid in tree.kids[told])):
        yield Reality("denied", "taken back")


def _is_mistaken(tree: Tree, word: int) -> bool:
    """Whether it says of a verb of speech that it was in error: "*wrongly* said", "an earlier *version* said"."""
    earlier = tree.form(word) == "version" and tree.has(word, ("earlier", "previous"))
    return earlier or tree.form(word) in _STATUS.mistaken


def _rebutted(tree: Tree, word: int) -> Iterator[Reality]:
    """ "rejected claims that the army had *planted* mines", "false reports of *shelling*"."""
    if not tree.hangs(word, _STATUS.told_of, "acl", "nmod", "ccomp"):
        return
    told = tree.words[word].head
    if tree.has(told, _STATUS.false, "amod") or tree.hangs(told, _STATUS.rebut, *_DONE_TO):
        yield Reality("denied", "rebutted")


def _was_to(tree: Tree, word: int) -> Iterator[Reality]:
    """ "was to have *visited*", "*talks* that were supposed to have been held": it did not come to it."""
    told = [kid for kid in tree.children(word, "acl:relcl") if tree.form(kid) in _STATUS.carry]
    for at in (*governors(tree, word), *told):
        helpers = tree.helpers(at)
        supposed = bool(helpers & {"was", "were"}) or tree.form(tree.words[at].head) == "supposed"
        if "have" in helpers and tree.mark(at) and supposed:
            yield Reality("denied", "was to have")


def _not_ruled_out(tree: Tree, word: int) -> Iterator[Reality]:
    """ "refused to rule out a *strike*"."""
    head = tree.words[word].head
    if head < 0 or tree.form(head) not in _STATUS.rule_out or tree.form(head + 1) != "out":
        return
    if tree.is_negated(head) or tree.form(tree.words[head].head) in _FAIL:
        yield Reality("possible", "not ruled out")


NOT_DONE = (
    _not_ruled_out,
    nobody,
    _came_to_nothing,
    negated,
    _denied,
    _left_out,
    _stopped_short,
    nearly,
    _cancelled,
    _taken_back,
    _rebutted,
    _was_to,
)


def _shares_helper(tree: Tree, verb: int) -> bool:
    """Whether a verb has the auxiliaries of the one that it is joined to: "may bomb or *shell* the town"."""
    own = tree.child(verb, "nsubj", "nsubj:pass", "aux", "aux:pass")
    return own is None and tree.words[verb].deprel == "conj"
