"""Steps 2 and 3, the type of an event: commands ("*Stop* the killing", he said) are requests, and what a speaker says he will do is
a threat, a concession, a promise or a refusal."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from trucewatch.claims.draft import Draft, Sourced
from trucewatch.claims.phrase import lists
from trucewatch.claims.quotation import OPENING, STRAIGHT, speaks
from trucewatch.claims.tree import Tree, words_of
from trucewatch.codebook.rows import FIGHTERS
from trucewatch.nouns import Mention, Role

_STATUS = lists("status")
_TENSE = lists("tense")
_WHAT = lists("what")
_GIVEN = {
    "ASSAULT": ("THREATEN", "violence"),
    "COERCE": ("THREATEN", "restrict"),
    "SANCTION": ("THREATEN", "relations"),
    "RETREAT": ("CONCEDE", None),
    "AID": ("AGREE", None),
    "COOPERATE": ("AGREE", None),
}
_ON_TERMS = frozenset({"COERCE", "SANCTION"})
"""What is a threat only where it hangs on what others do: else a law or a decision is announced."""
_TERMS = frozenset({"if", "unless"})
_REFUSED = {"RETREAT": "yield", "AID": "assist"}
"""What it is that somebody says he will not do; who will not strike refuses nothing."""
_SPOKEN = frozenset({"ACCUSE", "SUPPORT", "THREATEN"})
_HELD_OUT = ("RETREAT", "AID")
"""What is announced by a noun."""
_WILL = frozenset("will would 'll ’ll shall".split())
_IS = frozenset("am is are was were 'm 's 're ’m ’s ’re".split())
_RULE = "rule what one says one will do"
_MODES = {
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "AID": "assist",
    "CONSULT": "meet",
    "SUPPORT": "change",
    "AGREE": "change",
}
"""What is demanded, by the type of what is to be done; of any other, that it not be done."""
_INFLECTED = re.compile(r".*[aeiouy].*ing|.*[^s]s|.*[^e]ed")
"""Forms other than the bare one: "shelling", but not "bring", "pass" or "proceed"."""
_BARS = ("nsubj", "nsubj:pass", "aux:pass", "cop", "expl", "mark")
_BEFORE = frozenset({"INTJ", "ADV", "CCONJ", "AUX", "PART", "PUNCT"})
"""What may stand before a command: "*now* leave", "*do not* shoot"."""
_MARKS = frozenset((*OPENING, STRAIGHT, *":'‘’"))
"""Marks behind which somebody begins to speak."""


def is_announced(draft: Draft) -> bool:
    """Whether somebody says that it will be done; who *plans* to do it has not committed himself."""
    mention, tree = draft.mention, draft.tree
    if mention.type not in _GIVEN:
        return False
    open_ = ("denied", "possible") if mention.type in _REFUSED else ("denied",)
    if (mention.status in open_ or mention.mode == "access") and not _refuses(draft):
        return False
    passive = tree.child(mention.word, "aux:pass", "nsubj:pass") is not None
    # what "will be *sunk*" others only foretell
    if passive and (mention.type in _REFUSED or not all(one.entity.sector in FIGHTERS for one in draft.actors)):
        return False
    verb = _verbs(tree, mention.word)[-1]
    held_out = (
        _is_on_terms(draft, verb) if mention.type in _ON_TERMS else mention.type == "ASSAULT" or not _stops(draft)
    )
    return held_out and _is_to_come(tree, verb) and _saying(tree, verb) is not None


def is_offered(tree: Tree, mention: Mention) -> bool:
    """Whether it is what somebody says he will do for or with others: "said it would *facilitate* talks"."""
    word = mention.word
    active = tree.child(word, "nsubj") is not None and not tree.is_negated(word)
    return mention.type == "AGREE" and active and _is_to_come(tree, word) and _saying(tree, word) is not None


def _is_on_terms(draft: Draft, verb: int) -> bool:
    """Whether it will be done only as others do something or not: "would close the border *if* the shelling went on"."""
    return any(draft.tree.mark(kid) in _TERMS for word in (verb, draft.mention.word) for kid in draft.tree.kids[word])


def _refuses(draft: Draft) -> bool:
    """Whether somebody will not yield or help, or not stop what he does."""
    verb = _verbs(draft.tree, draft.mention.word)[-1]
    withheld = draft.mention.type in _REFUSED or _stops(draft)
    return withheld and draft.tree.is_negated(verb)


def _is_to_come(tree: Tree, verb: int) -> bool:
    """Whether a verb is said to be going to be done: "*will* defend", "are *going* to defend"."""
    return bool(tree.helpers(verb) & _WILL) or (tree.form(verb) == "going" and bool(tree.helpers(verb) & _IS))


def _verbs(tree: Tree, word: int) -> list[int]:
    """A deed's word and the verbs over it up to the one that says that it will be: "*will stop bombing*", "*would resume attacks*"."""
    out = [word]
    while not _is_to_come(tree, out[-1]):
        above, deprel = tree.words[out[-1]].head, tree.words[out[-1]].deprel
        if deprel not in ("xcomp", "conj") and not (deprel == "obj" and tree.form(above) in _STATUS.carry | _WHAT.stop):
            break
        out.append(above)
    return out


def _stops(draft: Draft) -> bool:
    """Whether a deed is one that somebody will stop."""
    return any(draft.tree.form(verb) in _WHAT.stop for verb in _verbs(draft.tree, draft.mention.word)[1:])


def is_announcement(draft: Draft) -> bool:
    """Whether it is yet to be done and its own doer announces it: "*announced* the withdrawal of its troops", "plans to send aid"."""
    mention, tree = draft.mention, draft.tree
    done = mention.status in ("happened", "ongoing") and mention.mode in ("withdraw", "ceasefire")
    if not (done or mention.status == "expected") or mention.type not in _HELD_OUT or mention.mode == "access":
        return False
    at, verb = mention.word, tree.words[mention.word].head
    while tree.words[at].deprel == "compound" or (tree.words[at].deprel == "acl" and tree.form(verb) in _WHAT.plans):
        at, verb = verb, tree.words[verb].head
    if tree.form(verb) not in _WHAT.announce or tree.words[at].deprel not in ("obj", "nsubj:pass"):
        return False
    doers, says = words_of(mention, "actor"), tree.child(verb, "nsubj")
    return not doers or says is None or says in doers


def announce(draft: Draft) -> None:
    """Make of an announced deed the threat, concession, promise or refusal that it is."""
    type_, mode = _GIVEN[draft.mention.type]
    if _refuses(draft):
        type_, mode = "REJECT", _REFUSED.get(draft.mention.type, "yield")
    elif _stops(draft):
        type_, mode = "CONCEDE", None
    draft.mention = msgspec.structs.replace(draft.mention, type=type_, mode=mode, status="happened")
    for field in ("type", "mode", "status"):
        draft.reasons[field] = Sourced(*draft.trigger, _RULE)


def given(draft: Draft) -> Draft:
    """The draft to be dated: a word, an opinion or a threat is given when it is said, whatever day it is for."""
    verb = _saying(draft.tree, draft.mention.word)
    if verb is None or not (draft.reasons["type"].because == _RULE or _is_his(draft, verb)):
        return draft
    inside = draft.tree.under(draft.mention.word)  # "said *on Monday* that they would leave on Friday"
    roles = tuple(role for role in draft.mention.roles if role.kind == "time" and role.word not in inside)
    return replace(draft, mention=msgspec.structs.replace(draft.mention, word=verb, roles=roles))


def _is_his(draft: Draft, verb: int) -> bool:
    """Whether who says a clause is who threatens, accuses or praises in it."""
    tree, mention = draft.tree, draft.mention
    if mention.type not in _SPOKEN or mention.mode == "investigate":
        return False
    said = over(tree, tree.first_joined(mention.word, "xcomp", "conj")) == verb
    return said and tree.child(tree.first_joined(verb), "nsubj") in words_of(mention, "actor")


def _saying(tree: Tree, word: int) -> int | None:
    """The verb of speech over a word, or beside it or what is over it: "'we will leave', he *said*"."""
    for at in tree.path(word):
        beside = tree.children(at, "parataxis")
        if (verb := next((one for one in (at, *beside) if speaks(tree, one)), None)) is not None:
            return verb
        if tree.words[at].deprel == "acl:relcl":
            break  # "said that it held people who feared that it *would shell* them"
    return None


def command(tree: Tree, mention: Mention) -> Mention | None:
    """The demand that a mention is where somebody commands it; None where nobody does."""
    mode = "yield" if tree.is_negated(mention.word) else _MODES.get(mention.type)
    if mode is None or not _is_command(tree, mention.word):
        return None
    roles = tuple(_roles(tree, mention))
    return msgspec.structs.replace(mention, type="REQUEST", mode=mode, status="happened", roles=roles)


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
    if not is_verb or _INFLECTED.fullmatch(form) or form in _TENSE.past | _WHAT.courtesies:
        return False
    before = (tree.words[at].upos in _BEFORE for at in tree.under(verb) if at < verb)
    return tree.child(verb, *_BARS) is None and tree.helpers(verb) <= {"do"} and all(before)


def _roles(tree: Tree, mention: Mention) -> list[Role]:
    """Who says so, and to whom: who is told, else whoever is to do it."""
    by = over(tree, mention.word)
    subject, told = (tree.child(by, "nsubj"), tree.child(by, "iobj", "obj")) if by >= 0 else (None, None)
    says = words_of(mention, "says") or ({subject} if subject is not None else set())
    to = words_of(mention, "actor") - says if told is None else {told}
    kept = [role for role in mention.roles if role.kind not in ("actor", "recipient")]
    kept += [Role(kind="actor", word=word, score=1.0) for word in sorted(says)]
    return [*kept, *(Role(kind="recipient", word=word, score=1.0) for word in sorted(to))]
