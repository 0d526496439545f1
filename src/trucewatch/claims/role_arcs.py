"""Step 3, who: the arcs from a mention to its sides: those of the model, less what the parse contradicts, else those of the parse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from msgspec.structs import replace

from trucewatch.claims import what
from trucewatch.claims.bystanders import bystanding
from trucewatch.claims.coordination import (
    describes,
    first_of_two,
    is_apposed,
    is_set_apart,
    name_before,
    names_behind,
    people_beside,
)
from trucewatch.claims.each_other import charging
from trucewatch.claims.phrase import bare, listed, lists
from trucewatch.claims.placewords import KIND_WORDS
from trucewatch.claims.quotation import speaks
from trucewatch.claims.role_nouns import role_of
from trucewatch.claims.role_reversal import SIDES
from trucewatch.claims.tree import CERTAIN, Tree
from trucewatch.codebook import Codebook
from trucewatch.nouns import Mention, Role

_WHAT = lists("what")
_OF_ARMED = frozenset({None, "MIL", "COP", "REB"})
"""Sectors of places that are whoever's holds them: "a checkpoint", no hospital."""


def sides(tree: Tree, mention: Mention, kind: str) -> list[Role]:
    """The arcs to one side of an event (``actor`` or ``recipient``), one for each member of a list, no surer than that to the first."""
    arcs = _held(tree, mention, kind)
    others = [role for role in mention.roles if role.kind != kind]
    if tree.words[mention.word].upos != "NOUN":  # clashes "between the army and rebels" have their sides in one list
        arcs = [arc for arc in arcs if not _is_listed_with(tree, arc, others)]
        others = [role for role in others if not _is_listed_with(tree, role, arcs)]
    taken = {role.word for role in others}
    arcs += [
        Role(kind=kind, word=kid, score=arc.score if arc.score < CERTAIN else 0.0)
        for arc in arcs
        for kid in (*tree.kids[arc.word], *names_behind(tree, arc.word))
        if tree.is_joined(kid)
        and not (_says_so(tree, arc.word, kid) or tree.is_of_second(kid))
        and tree.words[kid].upos in ("NOUN", "PROPN")
        and kid not in taken
        and not describes(tree, kid)
    ]
    taken |= {arc.word for arc in arcs}
    sure = [arc for arc in arcs if arc.score >= CERTAIN]
    arcs += [replace(arc, word=first) for arc in sure for first in name_before(tree, arc.word) if first not in taken]
    taken = {arc.word for arc in (*arcs, *others) if arc.kind in SIDES or not tree.is_named(arc.word, "ORG")}
    arcs += [replace(arc, word=first) for arc in sure for first in first_of_two(tree, arc.word) if first not in taken]
    arcs += [replace(arc, word=other) for arc in arcs for other in people_beside(tree, arc.word) if other not in taken]
    return [arc for arc in arcs if not (is_set_apart(tree, arc.word) or is_apposed(tree, arc.word))]


def _says_so(tree: Tree, first: int, word: int) -> bool:
    """Whether a word stands right before a verb of speech that another one does not say, though the parse joins the two: "fought
    *soldiers*, a teacher and a *nurse* in the town said"; not "the man *said* to lead them"."""
    ends = (at for at in range(word + 1, len(tree.words)) if tree.words[at].upos in ("AUX", "PRON", "PUNCT", "VERB"))
    verb = next(ends, None)
    says = verb is not None and speaks(tree, verb) and not tree.words[verb].deprel.startswith("acl")
    return says and tree.words[first].head != verb


def _held(tree: Tree, mention: Mention, kind: str) -> list[Role]:
    """The model's arcs that the parse does not contradict; where none is sure, those of the parse first: "an offensive by X"."""
    both = charging(tree, mention)
    if both is not None and kind == "actor":
        return [Role(kind=kind, word=both, score=0.0)]
    aside = [*bystanding(mention, kind)]
    arcs = [role for role in map(partial(_from_whom, tree, mention), mention.roles) if role.kind == kind]
    arcs = [arc for arc in arcs if not any(stands_so(tree, arc, mention.word) for stands_so in aside)]
    noun = tree.words[mention.word].upos == "NOUN"
    agents = () if noun else what.agents(tree, mention.word)
    if kind == "recipient":  # nobody who does it has it done to him
        arcs = [arc for arc in arcs if arc.word not in {agent.word for agent in agents}]
        arcs += [role for role in _robbed(tree, mention) if role.word not in {arc.word for arc in arcs}]
        arcs = _of_clause(tree, mention, arcs)
    if any(role.score >= CERTAIN for role in arcs):
        return arcs
    parsed = [role for role in (what.parsed_roles(tree, mention.word) if noun else agents) if role.kind == kind]
    # Who surely suffers it does not do it ("Brown's shooting"), nor who surely takes it: the fall "to the rebels".
    surely = {role.word for role in mention.roles if role.kind in SIDES and role.score >= CERTAIN}
    parsed = [role for role in parsed if role.word not in surely]
    parsed = [role for role in parsed if not _is_fire(tree, role)]
    return parsed or arcs


def _of_clause(tree: Tree, mention: Mention, arcs: list[Role]) -> list[Role]:
    """Whom somebody helps in a clause about him, and not whom he meets outside it: "men who back the *mayor* fought rebels"."""
    word, under = mention.word, tree.under(mention.word)
    helps = arcs and mention.type in ("AID", "SUPPORT") and tree.words[word].deprel in ("acl", "acl:relcl")
    helped = tree.child(word, "obj") if helps else None
    if helped not in {role.word for role in (*mention.roles, *mention.unlikely) if role.kind == "recipient"}:
        return arcs
    return [arc for arc in arcs if arc.word in under] or [Role(kind="recipient", word=helped, score=CERTAIN)]


def _robbed(tree: Tree, mention: Mention) -> Iterator[Role]:
    """Those from whom ground is taken, wherever the parse hangs them: "captured two villages from the *army*"."""
    if mention.type == "ASSAULT" and tree.form(mention.word) in listed("turned", "takes"):
        place = tree.child(mention.word, "obj")
        words = (*tree.kids[mention.word], *(() if place is None else tree.kids[place]))
        yield from (Role(kind="recipient", word=at, score=CERTAIN) for at in words if tree.case(at) == "from")


def _from_whom(tree: Tree, mention: Mention, role: Role) -> Role:
    """An arc to those *from* whom something is seized is sure: "houses taken from *locals*"."""
    robbed = mention.mode == "seize" and tree.words[role.word].head == mention.word and tree.case(role.word) == "from"
    return replace(role, kind="recipient", score=max(role.score, CERTAIN)) if robbed else role


def holders(tree: Tree, arcs: Collection[Role], trigger: int, codebook: Codebook) -> list[Role]:
    """Who holds what is struck, or lives there: "shelled villages held by *rebels*"; not "killed hostages held by rebels"."""
    known = {arc.word for arc in arcs} | {*tree.kids[trigger]}
    places = (arc for arc in arcs if is_ground(tree, arc.word, codebook))
    return [replace(place, word=by) for place in places for by in tree.holders(place.word) if by not in known]


def is_ground(tree: Tree, word: int, codebook: Codebook) -> bool:
    """Whether a word, or the one before it, which the parse takes for a part of it, is a place that is held: "a *camp* run by"."""
    for noun in (tree.words[word].text, tree.words[word - 1].text):
        role = role_of(noun, codebook)
        if noun.lower() in KIND_WORDS or (role is not None and role.kind == "place" and role.sector in _OF_ARMED):
            return True
    return False


def why(arc: Role) -> str:
    """What an arc rests on, as evidence has it."""
    return f"model {arc.score:.2f}" if arc.score else "rule parse"


def _is_fire(tree: Tree, role: Role) -> bool:
    """Whether the parse takes for a doer what he did it with, or for whom it was done to: "killed by sniper *fire*"."""
    if role.kind == "actor" and tree.form(role.word) in _WHAT.fire:
        return True
    return is_weapon(tree, role.word) and (role.kind == "actor" or tree.case(role.word) == "with")


def is_weapon(tree: Tree, word: int) -> bool:
    """Whether a word is a weapon's: "killed by a car *bomb*", "EFPs", "the *INSAS* rifle"."""
    weapons, head = listed("things", "weapons"), tree.words[word].head
    beside = tree.words[word].deprel == "compound" and bare(tree.words[head].text) in weapons
    return beside or bare(tree.words[word].text) in weapons


def is_of_other(tree: Tree, word: int, trigger: int) -> bool:
    """Whether a word hangs on another event than the trigger or one within its phrase."""
    above = tree.ancestors(word)
    events = {mention.word for mention in tree.passage.mentions if mention.type_score >= what.SURE}
    return trigger not in above and any(at in events for at in above)


def _is_listed_with(tree: Tree, arc: Role, others: Iterable[Role]) -> bool:
    """Whether an unsure arc leads to who is listed with one of whom the model is sure: "killed soldiers and *militiamen*"."""
    sure = {other.word for other in others if other.score >= CERTAIN}
    word = tree.words[arc.word]
    return arc.score < CERTAIN and word.deprel == "conj" and word.head in sure
