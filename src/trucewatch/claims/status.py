"""Step 3, how real an event is said to be, by the words around its trigger: negation, modality, plans, conditions, fears.

Each rule looks at the trigger, the verbs above it and their helpers. A rule goes before the model's status where the model
is unsure, and a firm one always; where none speaks, the model's stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trucewatch.claims.datelines import is_caption
from trucewatch.claims.phrase import listed, lists
from trucewatch.claims.tree import FUTURE, IF, NOT, Tree
from trucewatch.claims.undone import (
    NOT_DONE,
    PARTS,
    Reality,
    Rule,
    governors,
    is_planned,
    nearly,
    negated,
    nobody,
    sharers,
    whole,
)
from trucewatch.nouns import Mention

_STATUS = lists("status")


FIRM = frozenset(
    "said|would|heard|not to be|pictured|at once|arranged|to come|nothing|taken back|alternative|rebutted|was to have"
    "|denied part|nearly|open|stopped short|did not come about|put off|said often|not only".split("|")
)
"""Rules that overrule the model however sure it is; where it is sure of another status, it is right more often than the others."""

_MAY = frozenset("may might could".split())
_WILL_OR_CAN = FUTURE | {"would", "can", "could", "ca"}
_ASKED = frozenset("who whom which what how whether where".split())
_TOLD = frozenset({"root", "conj", "ccomp", "parataxis"})
_CLAUSES = ("xcomp", "ccomp", "acl")
_PERFECT = frozenset("has have 's ’s 've ’ve".split())
_IS = frozenset("is are 's ’s 're ’re".split())
_LASTS = _STATUS.go_on | _STATUS.lasts
_SHORT = 3  # words of which no more than these tell of no event by themselves


def reality(tree: Tree, word: int, type_: str) -> Reality | None:
    """What the words say of the event at `word`; None where they say nothing.

    A promise, a refusal or a threat has happened when it is made: of these only conditions and "may" are asked, of agreements also
    whether they were reached, and of threats ("could close the strait") not even these.
    """
    banned = type_ == "COERCE" and is_ban(tree, word)
    rules: Sequence[Rule] = (_conditional, _open, _alternative, _will) if banned else _OF_TYPE.get(type_, _OF_DEEDS)
    for rule in rules:
        found = next(rule(tree, word), None)
        if found:
            return found
    return None


def at_once(tree: Tree, mention: Mention) -> Reality | None:
    """What is done in a moment does not go on, whatever the model says: "have *seized* the town", "the *invasion* of Iraq"; nor is what
    has begun to come: "a new round of *talks* opened"."""
    if mention.status == "expected" and _has_begun(tree, mention.word):
        return Reality("happened", "at once")
    helpers = tree.helpers(mention.word)
    perfect = bool(helpers & _PERFECT) and "been" not in helpers
    done = tree.form(mention.word) in _STATUS.at_once and (perfect or tree.words[mention.word].upos != "VERB")
    done = done or _is_record(tree, mention.word)
    return Reality("happened", "at once") if done and mention.status == "ongoing" else None


def _has_begun(tree: Tree, word: int) -> bool:
    """Whether it, or a round of it, is the subject of a verb in the past that says so."""
    noun = whole(tree, word)
    verb = tree.words[noun].head
    begun = tree.hangs(noun, listed("tense", "begin"), "nsubj") and tree.is_told(verb)
    return begun and not tree.helpers(verb) and not tree.is_negated(verb)


def _is_record(tree: Tree, word: int) -> bool:
    """Whether it is the greatest of many: "its *heaviest* wave of strikes since the truce began"."""
    nouns = (word, tree.words[word].head) if tree.words[word].deprel == "nmod" else (word,)
    return any(tree.form(kid) in _STATUS.record and kid < at for at in nouns for kid in tree.kids[at])


def is_ban(tree: Tree, word: int) -> bool:
    """ "was not *allowed* to leave", "nobody may *cross*": what is denied is the deed of others, and that is the ban."""
    barred = any(nobody(tree, word)) and bool(tree.helpers(word) & _MAY)
    return barred or (tree.form(word) in _STATUS.let and (tree.is_negated(word) or any(nobody(tree, word))))


def is_unhurt(tree: Tree, mention: Mention) -> bool:
    """Whether it tells that nobody was hurt, which is no event: "no casualties", "no police were killed", "was not injured"."""
    word, form = mention.word, tree.form(mention.word)
    if mention.type != "ASSAULT" or form not in _STATUS.hurt | {"killed"}:
        return False
    suffered = tree.words[word].upos != "VERB" or tree.is_passive(word)
    spared = form in _STATUS.hurt and suffered and any(said.rule == "negated" for said in negated(tree, word))
    return spared or any(nobody(tree, word))


def _conditional(tree: Tree, word: int) -> Iterator[Reality]:
    """ "if the army *attacks*", "unless *talks* are held"."""
    if any(tree.has(at, IF, "mark") for at in governors(tree, word)):
        yield Reality("possible", "condition")


def _open(tree: Tree, word: int) -> Iterator[Reality]:
    """ "it is yet to be seen which countries will *send* troops", "not clear who will *attend*"."""
    for at in governors(tree, word):
        first = min(tree.under(at))
        before = tree.form(first - 1)
        not_known = before in _STATUS.settled and tree.is_negated(first - 1)
        to_be_seen = before == "seen" and tree.form(first - 2) == "be"
        if tree.form(first) in _ASKED and (not_known or to_be_seen or before in _STATUS.unsettled):
            yield Reality("possible", "open")


def _alternative(tree: Tree, word: int) -> Iterator[Reality]:
    """ "either a deal was *made* or nothing changed"; not "the men were either *shot* or arrested"."""
    for at in governors(tree, word):
        subject = tree.subject(at)
        if subject is not None and any(tree.form(kid) == "either" and kid < subject for kid in tree.kids[at]):
            yield Reality("possible", "alternative")


def _not_to_be(tree: Tree, word: int) -> Iterator[Reality]:
    """ "will not stand by and watch an *attack*": it is said to those who may make one."""
    first = tree.first_joined(tree.words[word].head)
    tolerated = tree.hangs(word, _STATUS.tolerate, "obj", "obl", "ccomp", "xcomp")
    if tolerated and tree.is_negated(first) and tree.helpers(first) & _WILL_OR_CAN:
        yield Reality("possible", "not to be")


def _doubtful(tree: Tree, word: int) -> Iterator[Reality]:
    """ "*help* from abroad is less certain"."""
    head = tree.words[word].head
    less = tree.form(head) in _STATUS.settled and tree.has(head, NOT | {"less"})
    if less or tree.hangs(word, _STATUS.unsettled, "nsubj"):
        yield Reality("possible", "doubtful")


def _on_condition(tree: Tree, word: int) -> Iterator[Reality]:
    """ "will *withdraw* if the shelling stops"."""
    for at in sharers(tree, word):
        on_terms = any(tree.has(clause, IF, "mark") for clause in tree.children(at, "advcl"))
        if on_terms and tree.helpers(at) & (FUTURE | {"would"}):
            yield Reality("possible", "on condition")


def _may(tree: Tree, word: int) -> Iterator[Reality]:
    """ "may attack", "could launch a *raid*"."""
    for at in sharers(tree, word):
        if tree.helpers(at) & _MAY:
            yield Reality("possible", "may")


def _heard(tree: Tree, word: int) -> Iterator[Reality]:
    """ "*explosions* could be heard": there were some."""
    head = tree.words[word].head
    could = tree.hangs(word, _STATUS.noticed, "nsubj:pass") and "could" in tree.helpers(head)
    if could and not tree.is_negated(head):
        yield Reality("happened", "heard")


def _will(tree: Tree, word: int) -> Iterator[Reality]:
    """ "will attack", "is going to launch a *raid*"."""
    for at in sharers(tree, word):
        if tree.helpers(at) & FUTURE:
            yield Reality("expected", "will")


def _offered(tree: Tree, word: int) -> Iterator[Reality]:
    """ "is ready to *talk*": of what is offered nobody says that it will be."""
    if tree.hangs(word, _STATUS.offer, "xcomp"):
        yield Reality("possible", "offered")


def _plotted(tree: Tree, word: int) -> Iterator[Reality]:
    """ "suspected of plotting an *attack*", "men who were planning to *attack*": not of an army that prepares to."""
    head = tree.words[word].head
    told = tree.form(head) == "preparing" and tree.words[head].deprel in _TOLD and "had" not in tree.helpers(head)
    if tree.hangs(word, _STATUS.plot, "obj", "xcomp") and not told:
        yield Reality("possible", "plotted")


def _planned(tree: Tree, word: int) -> Iterator[Reality]:
    """ "plans to attack", "an operation is expected", "talks scheduled for Friday"; of what "had been due" it tells nothing."""
    for at in governors(tree, word):
        if tree.hangs(at, _STATUS.chance, "acl"):
            yield Reality("possible", "chance")
        if tree.hangs(at, _STATUS.stay, "advcl", "xcomp") and tree.mark(at) == "to":
            yield Reality("expected", "purpose")
        if "had" in tree.helpers(tree.words[at].head):
            continue
        if tree.hangs(at, _STATUS.plan, *_CLAUSES) or tree.hangs(at, _STATUS.ahead, *PARTS):
            yield Reality("expected", "planned")
        if tree.hangs(at, _STATUS.wish, *_CLAUSES):
            yield Reality("possible", "wished")
    case = tree.child(word, "case")  # the parse may hang it on the verb: "set a *date* for the talks"
    if case and tree.form(case) == "for" and tree.form(case - 1) in _STATUS.arranged:
        yield Reality("expected", "arranged")
    if is_planned(tree, word):
        yield Reality("expected", "planned")


def _to_come(tree: Tree, word: int) -> Iterator[Reality]:
    """ "*raids* are likely to continue", "will continue *shelling*": told of what comes, not of what goes on now."""
    for at in governors(tree, word):
        if (tree.form(at) in _STATUS.go_on or _carries_on(tree, at)) and (
            tree.helpers(at) & FUTURE or _is_to(tree, at)
        ):
            yield Reality("expected", "to come")
    head = tree.words[word].head
    subject = tree.is_of(word, head, "nsubj", "nsubj:pass")
    if subject and any(_is_to(tree, at) for at in (head, *tree.kids[head])):
        yield Reality("expected", "to come")


def _carries_on(tree: Tree, verb: int) -> bool:
    """ "will *go on*"."""
    return tree.form(verb) in _STATUS.carried_on and tree.has(verb, ("on",))


def _is_to(tree: Tree, verb: int) -> bool:
    """Whether a verb is what is planned or likely: "likely to *continue*", "expect the raids to *continue*"."""
    to = tree.child(verb, "mark")
    planned = to is not None and {tree.form(to - 1), tree.form(tree.words[verb].head)} & _STATUS.plan
    return bool(planned) and tree.mark(verb) == "to"


def _feared(tree: Tree, word: int) -> Iterator[Reality]:
    """ "a threat of *war*", "fears that the army will *shell* the town", "a possible *attack*"."""
    feared = any(tree.hangs(at, _STATUS.fear, "obj", "nmod", "xcomp", "obl") for at in governors(tree, word))
    wished = tree.hangs(word, _STATUS.fear | _STATUS.wish, "ccomp", "csubj")
    if feared or wished or tree.has(word, ("possible", "potential", "further"), "amod"):
        yield Reality("possible", "feared")


def _going_on(tree: Tree, word: int) -> Iterator[Reality]:
    """ "is besieging", "continued air strikes", "fighting continues", "is under way"."""
    helpers = tree.helpers(word)
    lasts = bool(helpers & (_IS | {"been"})) and "had" not in helpers
    if tree.words[word].upos == "VERB" and tree.form(word).endswith("ing") and lasts:
        yield Reality("ongoing", "progressive")
    if tree.hangs(word, _STATUS.go_on, "nsubj", "obj", "xcomp") or tree.has(word, _STATUS.go_on, "amod", "advmod"):
        yield Reality("ongoing", "goes on")
    noun = tree.first_joined(word, "compound")  # "the *ceasefire* agreement is barely holding"
    if tree.hangs(noun, ("holding",), "nsubj") and tree.helpers(tree.words[noun].head) & _IS:
        yield Reality("ongoing", "holds")


def _said_often(tree: Tree, word: int) -> Iterator[Reality]:
    """ "has long accused", "have been repeatedly denounced", "has asked for it since 1995", "for years": what is said again and again
    goes on."""
    often = any(tree.form(kid) in _STATUS.again or _is_while(tree, kid) for kid in tree.kids[word])
    if tree.helpers(word) & _PERFECT and often:
        yield Reality("ongoing", "said often")


def _is_while(tree: Tree, word: int) -> bool:
    """Whether a word says since when, or for how long: "since *1995*", "for three *years*"."""
    long = tree.case(word) == "for" and tree.form(word) in _STATUS.spans
    return long or "since" in (tree.case(word), tree.mark(word))


def _charge(tree: Tree, word: int) -> Iterator[Reality]:
    """ "Kyiv *accuses* Moscow of arming the rebels": in the present tense it is a standing charge."""
    finite = tree.words[word].deprel not in ("xcomp", "csubj") and tree.child(word, "mark", "aux") is None
    if tree.form(word) in _STATUS.charges and tree.words[word].upos == "VERB" and finite:
        yield Reality("ongoing", "standing charge")


def _being_said(tree: Tree, word: int) -> Iterator[Reality]:
    """ "is calling on both sides": it is done once it is said, for all that reporters write that it is being said."""
    lasting = tree.has(word, _STATUS.go_on | _STATUS.again, "advmod", "obl")
    if tree.form(word).endswith("ing") and tree.helpers(word) & _IS and not lasting:
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


def _would(tree: Tree, word: int) -> Iterator[Reality]:
    """ "would *welcome* any step"."""
    if "would" in tree.helpers(word) and not tree.is_negated(word):
        yield Reality("possible", "would")


_OF_WORDS = (_conditional, _open, _alternative, _may, _pictured)
"""Of what is done by saying so."""
_OF_UTTERANCES = (*_OF_WORDS, _said_often, _being_said)
"""Of what is done in the moment; an investigation, which is ACCUSE, goes on."""
_NOT_DONE = (_conditional, _open, _alternative, *NOT_DONE)
_TO_BE_DONE = (
    _on_condition,
    _not_to_be,
    _doubtful,
    _feared,
    _to_come,
    _may,
    _will,
    _offered,
    _planned,
    _pictured,
    _going_on,
)
_OF_DEEDS = (*_NOT_DONE, *_TO_BE_DONE)
_OF_TYPE: dict[str, Sequence[Rule]] = {
    "ACCUSE": (*_OF_WORDS, _said_often, _charge),
    "AGREE": (negated, nearly, *_OF_WORDS, _feared),
    "ASSAULT": (_heard, *_NOT_DONE, _plotted, *_TO_BE_DONE),
    "CONCEDE": (negated, *_OF_WORDS),
    "REJECT": _OF_UTTERANCES,
    "REQUEST": _OF_UTTERANCES,
    "SUPPORT": (*_OF_UTTERANCES, _would),
    "THREATEN": (_pictured, _being_said),
}
