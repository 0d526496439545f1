"""Step 3, who: the arcs from a mention to its sides: those of the model, less what the parse contradicts, else those of the parse."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from msgspec.structs import replace

from trucewatch.claims import what
from trucewatch.claims.attribution import watcher
from trucewatch.claims.coordination import first_of_two, name_before, names_behind, people_beside
from trucewatch.claims.each_other import charging
from trucewatch.claims.joined_events import answers, has_struck, is_of_joined, only_follows, suffers_answer
from trucewatch.claims.phrase import bare, listed, lists, plural
from trucewatch.claims.placewords import KIND_WORDS
from trucewatch.claims.quotation import speaks
from trucewatch.claims.role_reversal import FROM_AFAR, SIDES
from trucewatch.claims.tree import CERTAIN, FUTURE, Tree, surely
from trucewatch.nouns import Mention, Role

_AFTER = lists("after")
_WHAT = lists("what")
_FROM_THERE = 0.8  # the same of where something is fired from, and of whom one helps and fights
FIRED = _WHAT.fired
_COMES = listed("turned", "comes")
_CLAUSES = frozenset({"acl", "acl:relcl"})
_NEXT = frozenset({"conj", "parataxis"})
_BESIDE = frozenset({"conj", "advcl", "parataxis"})
_AGAINST = frozenset({"ACCUSE", "ASSAULT", "REJECT", "THREATEN"})
"""Types of what is done to others than those who are asked for something beside it; whom one praises one may ask."""
_BEFORE_NOUN = frozenset({"ADJ", "ADV", "DET", "NOUN", "NUM", "PUNCT"})


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
        and tree.words[kid].upos in ("NOUN", "PROPN")
        and kid not in taken
        and not _describes(tree, kid)
    ]
    taken |= {arc.word for arc in arcs}
    sure = [arc for arc in arcs if arc.score >= CERTAIN]
    arcs += [replace(arc, word=first) for arc in sure for first in name_before(tree, arc.word) if first not in taken]
    taken = {arc.word for arc in (*arcs, *others) if arc.kind in SIDES or not tree.is_named(arc.word, "ORG")}
    arcs += [replace(arc, word=first) for arc in sure for first in first_of_two(tree, arc.word) if first not in taken]
    arcs += [replace(arc, word=other) for arc in arcs for other in people_beside(tree, arc.word) if other not in taken]
    return arcs


def _held(tree: Tree, mention: Mention, kind: str) -> list[Role]:
    """The model's arcs that the parse does not contradict; where none is sure, those of the parse first: "an offensive by X"."""
    both = charging(tree, mention)
    if both is not None and kind == "actor":
        return [Role(kind=kind, word=both, score=0.0)]
    aside = [*_aside(mention, kind)]
    arcs = [role for role in map(partial(_from_whom, tree, mention), mention.roles) if role.kind == kind]
    arcs = [arc for arc in arcs if not any(stands_so(tree, arc, mention.word) for stands_so in aside)]
    noun = tree.words[mention.word].upos == "NOUN"
    agents = () if noun else what.agents(tree, mention.word)
    if kind == "recipient":  # nobody who does it has it done to him
        arcs = [arc for arc in arcs if arc.word not in {agent.word for agent in agents}]
        arcs += [role for role in _robbed(tree, mention) if role.word not in {arc.word for arc in arcs}]
    if any(role.score >= CERTAIN for role in arcs):
        return arcs
    parsed = [role for role in (what.parsed_roles(tree, mention.word) if noun else agents) if role.kind == kind]
    # Who surely suffers it does not do it ("Brown's shooting"), nor who surely takes it: the fall "to the rebels".
    surely = {role.word for role in mention.roles if role.kind in SIDES and role.score >= CERTAIN}
    parsed = [role for role in parsed if role.word not in surely]
    parsed = [role for role in parsed if not _is_fire(tree, role)]
    return parsed or arcs


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


def _aside(mention: Mention, kind: str) -> Iterator[Callable[[Tree, Role, int], bool]]:
    """By what it is told that an arc of the model leads to nobody on that side."""
    yield partial(is_of_joined, mention)
    yield from (_does_other, _is_holder, _treats, _is_told, _watches, _is_nobody, _does_so_meanwhile)
    if mention.type == "ASSAULT":
        yield from (
            (answers, only_follows, _goes_on_alone, _is_hit, _only_charges, _acts_aside, _tells_of_loss, _is_consoled)
            if kind == "actor"
            else (_is_helped, suffers_answer, _is_beyond_clause, partial(_is_otherwise, "SUPPORT"))
        )
    if mention.type in _AGAINST or (mention.type, kind) == ("REQUEST", "actor"):
        yield _is_asked
    if mention.type == "AID" or (mention.mode == "assist" and kind == "recipient"):
        yield has_struck
    if kind == "actor":
        yield _is_anothers_agent
    if kind == "recipient" and mention.type == "AID":
        yield partial(_is_otherwise, "ASSAULT")
    if kind == "actor" and mention.type in ("ASSAULT", "RETREAT"):
        yield from (_only_says, _demands, _makes_yield)
    if kind == "actor" and mention.mode in FROM_AFAR:
        yield _is_whence
    if kind == "recipient" and mention.mode in (*FROM_AFAR, "firearms"):
        yield _fires
    if kind == "actor" and mention.mode == "abduct":
        yield _deals_with_captives
    if kind == "actor" and mention.mode == "release":
        yield _takes_over


def holders(tree: Tree, arcs: Collection[Role], trigger: int) -> Iterator[Role]:
    """Who holds what is struck, or lives there: "shelled villages held by *rebels*"; not "killed hostages held by rebels"."""
    known = {arc.word for arc in arcs}
    for place in (arc for arc in arcs if tree.form(arc.word) in KIND_WORDS):
        clauses = (kid for kid in tree.kids[place.word] if kid != trigger and tree.words[kid].deprel in _CLAUSES)
        held = [kid for kid in clauses if tree.form(kid) in _WHAT.held]
        yield from (replace(place, word=by) for kid in held for by in tree.hung(kid, "by") if by not in known)


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


def _describes(tree: Tree, word: int) -> bool:
    """Whether a listed word goes on what is said of a name: "Ali Hassan, a lawyer and *activist*"."""
    before = [kid for kid in tree.kids[tree.words[word].head] if kid < word and tree.words[kid].deprel == "appos"]
    if not before or tree.words[word].upos != "NOUN" or plural(tree.words[word].text):
        return False
    return all(between.text != "," for between in tree.words[before[-1] : word])


def _does_other(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to who brokers or holds something ("a truce brokered by *Qatar*"), or any to a patron."""
    verb = tree.words[arc.word].head
    is_agent = tree.words[arc.word].deprel.startswith("obl") and tree.case(arc.word) == "by" and verb != trigger
    if not is_agent or tree.words[verb].upos != "VERB":
        return False
    told = tree.form(verb)  # "backed by *X*"
    aside = told in _WHAT.brokered | _WHAT.held | _WHAT.owned and arc.score < CERTAIN
    return aside or told in _AFTER.backed


def _is_anothers_agent(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to another verb's agent, where this one has its own: "a mayor named by the *junta* was shot by gunmen"."""
    by = [
        word
        for word in (arc.word, *tree.kids[trigger])
        if tree.case(word) == "by" and tree.words[word].deprel.startswith("obl")
    ]
    return arc.word in by and len(by) > 1 and tree.words[arc.word].head != trigger


def _is_beyond_clause(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads out of a relative clause with its own subject: "in Goma, which rebels captured, an *official* was shot"."""
    clause = tree.first_joined(trigger)
    which = tree.has(clause, ("which", "that", "whom"))
    if tree.words[clause].deprel != "acl:relcl" or not which or tree.child(clause, "nsubj") is None:
        return False
    return (
        arc.word not in tree.under(clause)
        and arc.word != tree.words[clause].head
        and what.who_does(tree, clause) is None
    )


def _goes_on_alone(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to the subject of a clause that follows: "his car came under fire, and *X* later apologised"."""
    verb = tree.words[arc.word].head
    follows = tree.words[arc.word].deprel == "nsubj" and verb > arc.word > trigger and tree.words[verb].deprel in _NEXT
    return arc.score < CERTAIN and follows and trigger not in tree.under(verb)


def _is_hit(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to whom the event itself does something: "the shelling forced the *rebels* to withdraw"."""
    told, hit = tree.words[trigger], tree.words[arc.word]
    pits = tree.form(told.head) in _WHAT.pits  # "the fighting *pits* the army against rebels"
    return told.deprel == "nsubj" and hit.deprel == "obj" and told.head == hit.head and not pits


def _is_holder(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who only holds the place: "the *Turkish*-occupied town"."""
    return tree.is_holder(arc.word)


def _does_so_meanwhile(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to who does something else when it comes: "the arrests came as the *president* left for Rome",
    "*rebels* said that they would stay until the shelling stopped"."""
    verb = tree.words[trigger].head
    if arc.score >= CERTAIN or tree.words[trigger].deprel != "nsubj":
        return False
    if tree.words[verb].deprel == "advcl":
        main = tree.words[verb].head
        fights = any(one.word == main for one in tree.events("ASSAULT"))
        acts = tree.words[arc.word].deprel == "nsubj" and tree.words[arc.word].head in tree.ancestors(verb)
        return arc.kind == "actor" and acts and not fights
    aside = (kid for kid in tree.kids[verb] if tree.words[kid].deprel == "advcl")
    return tree.form(verb) in _COMES and any(arc.word in tree.under(kid) for kid in aside)


def _acts_aside(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who does something in a clause about when or where it was: "went off during a speech that the
    *president* gave"."""
    verb = tree.words[arc.word].head
    told = tree.words[arc.word].deprel == "nsubj" and verb != trigger and tree.words[verb].deprel == "acl:relcl"
    return told and tree.words[verb].head != trigger and trigger in tree.ancestors(verb)


def _only_charges(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to who looks into it or condemns it: "a *U.N.* investigation into the killing"."""
    above = tree.ancestors(trigger)
    return arc.score < CERTAIN and any(
        arc.word in surely(one, "actor")
        for one in tree.events("ACCUSE", least=what.SURE)
        if one.word in above and not tree.is_mutual(one.word)
    )


def _is_consoled(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to whom somebody apologises for it: "apologised to *Putin* for the death of six peacekeepers"."""
    above = tree.ancestors(trigger)
    yields = (one for one in tree.events("CONCEDE", least=what.SURE) if one.word in above)
    return tree.case(arc.word) == "to" and any(arc.word in surely(one, "recipient") for one in yields)


def _tells_of_loss(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who only says that somebody is dead, or was killed who is his own: "*rebels* confirmed the death of a
    commander", "*rebels* announced the killing of their leader"; who announced the killing of others may have done it."""
    verb = tree.words[arc.word].head
    told = tree.child(verb, "obj") if verb in tree.ancestors(trigger) and speaks(tree, verb) else None
    if told is None or tree.words[arc.word].deprel != "nsubj" or tree.child(trigger, "nsubj") is not None:
        return False
    own = (at for kid in tree.kids[told] if tree.case(kid) == "of" for at in tree.kids[kid])
    theirs = any(tree.words[at].deprel == "nmod:poss" and tree.words[at].upos == "PRON" for at in own)
    return tree.form(told) in _WHAT.loss or theirs


def _only_says(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who says that another did it, or an unsure one to who reports it: "*Israel* says that rebels fired",
    "*Israel* says that rockets were fired"."""
    is_subject = tree.words[trigger].deprel == "nsubj" and arc.score < CERTAIN
    subject = trigger if is_subject else tree.child(trigger, "nsubj")
    if subject is None and arc.score < CERTAIN and not tree.helpers(trigger) & FUTURE:  # "will be sunk" is its threat
        subject = tree.child(trigger, "nsubj:pass")
    verb = tree.words[tree.words[trigger].head if is_subject else trigger]
    if subject is None or tree.words[subject].upos == "PRON" or verb.deprel != "ccomp":
        return False  # "the rebels say that they attacked"
    return tree.words[arc.word].deprel == "nsubj" and tree.words[arc.word].head in (verb.head, tree.acting(verb.head))


def _makes_yield(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who makes others do it, or mediates: "*rebels* fought troops, forcing them to withdraw, or to fire"."""
    other = what.made_to(tree, trigger)
    verb = tree.words[tree.first_joined(arc.word)].head
    if verb != trigger and tree.form(verb) in _WHAT.brokered:
        return True
    accused = tree.words[arc.word].deprel == "nsubj:pass"
    return other not in (None, arc.word) and not accused and verb == tree.acting(tree.words[trigger].head)


def _demands(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who demands it of others: "*Cairo*'s call on the rebels to disarm"."""
    by = tree.words[trigger].head
    asks = [one for one in tree.events("REQUEST") if one.word == by]
    asker = any(arc.word in surely(one, "actor") for one in asks)
    of_others = any(word != arc.word for one in asks for word in surely(one, "recipient"))
    return tree.words[trigger].deprel == "acl" and asker and of_others


def _is_whence(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to where something is fired from, which need not be who fires it: "rockets from *Lebanon*"."""
    first = tree.phrase(arc.word)[0]
    whence = first > 0 and tree.words[first - 1].text == "from"  # the parse may hang it elsewhere: "from X at Y"
    fired = whence and tree.form(first - 2) in FIRED
    return arc.score < (_FROM_THERE if fired else CERTAIN) and tree.words[arc.word].upos == "PROPN" and whence


def _fires(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to where it comes from: "responded to fire from the *rebels*", "shelling from an army *base*"."""
    return tree.case(arc.word) == "from" and arc.score < _FROM_THERE


def _deals_with_captives(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to who only deals with captives: "received three *hostages*", "freed *kidnapped* girls"."""
    roles = [role for mention in tree.passage.mentions if mention.word == trigger for role in mention.roles]
    taken = tree.words[trigger].deprel == "amod" or any((r.kind, r.word) == ("recipient", trigger) for r in roles)
    return taken and arc.score <= CERTAIN and trigger not in tree.ancestors(arc.word)


def _takes_over(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to whom the released are handed: "released to the custody of the *government*"."""
    head = tree.words[arc.word].head
    return "to" in (tree.case(arc.word), tree.case(head) if tree.case(arc.word) == "of" else "")


def _is_helped(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to whom it is done for: "strikes in support of *Iraq's government*", "*troops* backed by air strikes"."""
    head, verb = tree.words[arc.word].head, tree.words[trigger].head
    if tree.case(trigger) == "by" and tree.form(verb) in _AFTER.backed:
        return arc.word not in tree.under(trigger)
    apart = head != trigger and arc.word not in tree.ancestors(trigger)
    return apart and tree.form(head) in _WHAT.help and tree.case(arc.word) in ("of", "with", "for")


def _is_otherwise(type_: str, tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to whom the doer surely does the contrary, of a type: "*we* work to defeat *ISIL* and help those in
    need", "*militiamen*, who back the *government*, and rebels skirmished"."""
    roles = [role for one in tree.passage.mentions if one.word == trigger for role in one.roles]
    doers = {role.word for role in roles if role.kind == "actor"}
    return arc.score < _FROM_THERE and any(
        arc.word in surely(one, "recipient") and not doers.isdisjoint(surely(one, "actor"))
        for one in tree.events(type_, least=what.SURE)
    )


def _is_asked(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to the recipient of a request beside it: "condemned the shelling and urged *all sides* to stop",
    "rejected the demand and said that it would ask *Qatar* for help"."""
    verbs = (trigger, tree.words[trigger].head)
    asks = tree.events("REQUEST", least=what.SURE) if arc.score < CERTAIN else ()
    asked = (one.word for one in asks if arc.word in surely(one, "recipient"))
    tops = (tree.words[tree.first_joined(word, "ccomp", "xcomp")] for word in asked if word != trigger)
    return any(top.deprel in _BESIDE and top.head in verbs for top in tops)


def _treats(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who averts the event ("to prevent violence"), or an unsure one to who ends or discusses it."""
    at = trigger - 1
    while at > arc.word and tree.words[at].upos in _BEFORE_NOUN:
        at -= 1
    at -= tree.form(at) in ("to", "of")
    word = tree.form(at)
    treated = word in _WHAT.avert or (arc.score < CERTAIN and word in _WHAT.end_or_discuss)
    return arc.kind == "actor" and at > arc.word and treated


def _is_told(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who is only told, or not told, of something: "a deal of which the *public* was not notified"."""
    word = tree.words[arc.word]
    told = word.deprel == "nsubj:pass" and tree.form(word.head) in _WHAT.notified
    return told and word.head != trigger


def _watches(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to who only counts or sees it: "the *monitors* recorded nine violations"."""
    return arc.score < CERTAIN and arc.word == watcher(tree, trigger)


def _is_nobody(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether nobody is meant who does something else: "*no group* has said that it carried out the attack"."""
    return tree.is_none(arc.word) and tree.words[arc.word].head != trigger
