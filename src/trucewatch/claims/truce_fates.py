"""Step 2, the events of a passage: what becomes of a truce, by the verb of which it is the subject ("the *truce*, which Qatar brokered,
is no longer in force"), and fighting that has stopped.

Rows of triggers.csv see only words that stand close together, and no "not"; what the verb says goes before the model's word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch.claims.nested_events import Told
from trucewatch.claims.phrase import listed, lists
from trucewatch.claims.tree import FUTURE, IF, Tree
from trucewatch.nouns import Mention

_RULE = "rule what becomes of a truce"
_FATE = lists("truce")
_UNSURE = frozenset("may might could can should must".split())
_OPEN = _UNSURE | {"would"}
_REPLACED = frozenset({"ASSAULT", "RETREAT"})
_ONCE = frozenset("when until once before after".split())
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


class Fate(NamedTuple):
    """What a passage says that becomes of a truce."""

    word: int
    """The word that stands for it: the truce, or the verb of what becomes of it next."""
    verb: int
    status: str


def with_fates(tree: Tree, told: Sequence[Told]) -> list[Told]:
    """The events of a passage with what becomes of its truces, in place of what else is held of these words."""
    fates = list(_fates(tree))
    words = {word for fate in fates for word in (fate.word, fate.verb)}
    others = [one for one in told if one.mention.word not in words or one.mention.type not in _REPLACED]
    return [*others, *(_told(tree, fate) for fate in fates)]


def _told(tree: Tree, fate: Fate) -> Told:
    """The event that it is, with those whom the model sees take part."""
    seen = (one for word in (fate.word, fate.verb) for one in tree.events("RETREAT") if one.word == word)
    roles = next((one.roles for one in seen), ())
    mention = Mention(
        word=fate.word, type="RETREAT", type_score=1.0, mode="ceasefire", mode_score=1.0,
        status=fate.status, status_score=1.0, roles=roles,
    )  # fmt: skip
    return Told(mention, dict.fromkeys(("type", "mode", "status"), _RULE))


def _fates(tree: Tree) -> Iterator[Fate]:
    """What becomes of each truce of a passage, and the fighting that has stopped."""
    for noun in range(len(tree.words)):
        if tree.form(noun) in listed("tense", "truces"):
            yield from _of_one(tree, noun)
        elif tree.form(noun) in _FATE.fighting and _has_stopped(tree, noun):
            yield Fate(noun, tree.words[noun].head, "happened")


def _has_stopped(tree: Tree, noun: int) -> bool:
    """Whether the guns fall silent, so that no attack is told: "*shelling* ceased at noon", not "police stopped the *fighting*"."""
    verb = tree.words[noun].head
    stopped = tree.hangs(noun, _FATE.stops, "nsubj") and tree.child(verb, "obj") is None
    return stopped and not _is_denied(tree, verb) and not _is_open(tree, verb)


def _of_one(tree: Tree, noun: int) -> Iterator[Fate]:
    """What becomes of one truce, and what then: "held for a week, but *collapsed* on Sunday"."""
    first = next(filter(None, (_fate(tree, noun, verb) for verb in _verbs(tree, noun))), None)
    if first is None:
        return
    joined = (kid for kid in tree.children(first.verb, "conj") if _is_of_same(tree, kid))
    then = [fate for verb in joined if (fate := _fate(tree, verb, verb)) and fate.status != first.status]
    is_past = first.status == "ongoing" and any(fate.status == "denied" for fate in then)
    yield first._replace(status="happened") if is_past else first
    yield from then


def _is_of_same(tree: Tree, verb: int) -> bool:
    """Whether a verb that is joined to another has no subject of its own, nor one that the parse does not see."""
    joint = tree.child(verb, "cc")
    between = tree.words[verb if joint is None else joint : verb]
    return tree.subject(verb) is None and all(word.upos not in _NOUNS for word in between)


def _fate(tree: Tree, word: int, verb: int) -> Fate | None:
    """What a verb says, and those behind it: "failed to *hold*"."""
    denied = _is_denied(tree, verb)
    while tree.form(verb) in _FATE.seems | _FATE.fails and (next_ := tree.child(verb, "xcomp")) is not None:
        denied = denied or tree.form(verb) in _FATE.fails or _is_denied(tree, next_)
        verb = next_
    status = _status(tree, verb, denied)
    return Fate(word, verb, status) if status else None


def _verbs(tree: Tree, noun: int) -> Iterator[int]:
    """The verbs, or the like, of which a truce is the subject: that of its clause, then that of a clause which hangs on it."""
    top = tree.words[noun].head if tree.words[noun].deprel == "compound" else noun  # "the *ceasefire* agreement"
    deprel, verb = tree.words[top].deprel, tree.words[top].head
    # "the truce that Qatar brokered *holds*", which the parse takes for an object
    fronted = deprel == "obj" and top < verb and tree.child(verb, "nsubj") is None
    if fronted or deprel in ("nsubj", "nsubj:pass"):
        yield verb
    for clause in tree.children(top, "acl:relcl"):
        if tree.has(clause, ("which", "that"), "nsubj", "nsubj:pass"):
            yield clause


def _is_denied(tree: Tree, verb: int) -> bool:
    """Whether it is said not to be so, or no longer."""
    no_longer = any(tree.form(kid) == "longer" and tree.has(kid, ("no",)) for kid in tree.kids[verb])
    return no_longer or tree.is_negated(verb)


def _status(tree: Tree, verb: int, denied: bool) -> str | None:
    """What has become of it, or is to; None where that is not told, or only hoped. What may yet end goes on."""
    kids = [tree.form(kid) for kid in tree.kids[verb]]
    said = {tree.form(verb), f"{tree.case(verb)} {tree.form(verb)}", *(f"{tree.form(verb)} {kid}" for kid in kids)}
    ends = bool(said & _FATE.ends) and tree.child(verb, "obj") is None  # "the truce *ended* the war"
    begins, lasts = bool(said & _FATE.begins), bool(said & _FATE.lasts)
    ahead = bool(tree.helpers(verb) & FUTURE) or ((ends or begins) and _is_ahead(tree, verb))
    if ahead or _is_open(tree, verb):
        to_begin = begins and not tree.helpers(verb) & _UNSURE and tree.mark(verb) not in IF
        return None if denied else "expected" if to_begin else "ongoing" if ends and not ahead else None
    if ends or said & _FATE.strained:
        return "denied" if ends and not denied else "ongoing"
    if denied:
        return "denied" if begins or lasts else None
    return "happened" if begins else "ongoing" if lasts else None


def _is_open(tree: Tree, verb: int) -> bool:
    """Whether it is to be, may be, or would be if: "the truce *was to begin* at noon"."""
    mark, helpers = tree.mark(verb), tree.helpers(verb)
    is_to = mark == "to" and bool(helpers) and tree.words[verb].deprel != "xcomp"
    return is_to or mark in IF or bool(helpers & _OPEN)


def _is_ahead(tree: Tree, verb: int) -> bool:
    """Whether the present tells of a day ahead: "once the truce *ends*", "it *expires* on Friday"; not in headlines."""
    present = tree.words[verb].upos == "VERB" and tree.form(verb).endswith("s") and not tree.helpers(verb)
    dated = any(tree.is_named(kid, "TIME") for kid in tree.children(verb, "obl"))
    return present and (dated or tree.has(verb, _ONCE))
