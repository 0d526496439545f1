"""Step 3, who: the arcs of the model that lead to nobody who takes part: bystanders, patrons, watchers, those who only tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from trucewatch.claims import what
from trucewatch.claims.attribution import watcher
from trucewatch.claims.joined_events import answers, has_struck, is_of_joined, only_follows, suffers_answer
from trucewatch.claims.phrase import listed, lists
from trucewatch.claims.quotation import is_medium, speaks
from trucewatch.claims.role_reversal import FROM_AFAR
from trucewatch.claims.tree import CERTAIN, FUTURE, Tree, surely
from trucewatch.codebook.rows import HARMS
from trucewatch.nouns import Mention, Role

_AFTER = lists("after")
_WHAT = lists("what")
_FROM_THERE = 0.8  # the same of where something is fired from, and of whom one helps and fights
FIRED = _WHAT.fired
_COMES_OR_LASTS = listed("turned", "comes") | listed("turned", "lasts")
_BECAUSE = frozenset({"because", "due"})
_NEXT = frozenset({"conj", "parataxis"})
_BESIDE = frozenset({"conj", "advcl", "parataxis"})
_AGAINST = frozenset({"ACCUSE", "ASSAULT", "REJECT", "THREATEN"})
"""Types of what is done to others than those who are asked for something beside it; whom one praises one may ask."""
_IN_WORDS = frozenset({*_AGAINST, "AGREE", "CONSULT", "MOBILIZE", "REQUEST", "SUPPORT"} - {"ASSAULT"})
"""Types of what may be said on a medium that is no party to it."""
_BEFORE_NOUN = frozenset({"ADJ", "ADV", "DET", "NOUN", "NUM", "PUNCT"})


def bystanding(mention: Mention, kind: str) -> Iterator[Callable[[Tree, Role, int], bool]]:
    """By what it is told that an arc of the model leads to nobody on that side."""
    yield partial(is_of_joined, mention)
    yield from (_does_other, _is_holder, _is_instead, _treats, _is_told, _watches, _is_nobody, _does_so_meanwhile)
    if mention.type in _IN_WORDS:
        yield lambda tree, arc, _: is_medium(tree, arc.word)
    if mention.type == "ASSAULT":
        yield from (
            (
                answers,
                only_follows,
                _goes_on_alone,
                _is_hit,
                _holds,
                _only_charges,
                _acts_aside,
                _holds_rally,
                _tells_of_loss,
                _is_consoled,
            )
            if kind == "actor"
            else (_is_helped, suffers_answer, _is_beyond_clause, partial(_is_otherwise, "SUPPORT"))
        )
    if mention.type == "CONSULT":
        yield _goes_on_alone
    if mention.type in _AGAINST or (mention.type, kind) == ("REQUEST", "actor"):
        yield _is_asked
    if mention.type == "AID" or (mention.mode == "assist" and kind == "recipient"):
        yield has_struck
    if kind == "actor":
        yield _is_anothers_agent
    if kind == "recipient":
        yield from (_is_each_others, _is_fought_over)
    if kind == "recipient" and mention.type in ("AGREE", "CONSULT", "RETREAT"):
        yield _is_mediator
    if kind == "recipient" and mention.type == "AID":
        yield partial(_is_otherwise, "ASSAULT")
    if kind == "actor" and mention.type in ("AGREE", "ASSAULT", "RETREAT"):
        yield _brokers
    if kind == "actor" and mention.type in ("ASSAULT", "COERCE", "RETREAT"):
        yield from (_only_says, _demands)
    if kind == "actor" and mention.type in ("AGREE", "ASSAULT", "RETREAT"):
        yield _makes_yield
    if kind == "actor" and (mention.type == "ASSAULT" or mention.mode == "seize"):
        yield _only_goes_there
    if kind == "actor":
        yield _does_so_for_it
    if kind == "recipient" and mention.mode == "withdraw":
        yield _is_of_verb_before
    if kind == "actor" and mention.mode in FROM_AFAR:
        yield _is_whence
    if kind == "recipient" and mention.mode in (*FROM_AFAR, "firearms"):
        yield _fires
    if kind == "actor" and mention.mode == "abduct":
        yield _deals_with_captives
    if kind == "actor" and mention.mode == "release":
        yield _takes_over


def _does_other(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to who brokers or holds something ("a truce brokered by *Qatar*"), or any to a patron."""
    verb = tree.words[arc.word].head
    is_agent = tree.words[arc.word].deprel.startswith("obl") and tree.case(arc.word) == "by" and verb != trigger
    if not is_agent or tree.words[verb].upos != "VERB":
        return False
    told = tree.form(verb)  # "backed by *X*"
    aside = told in _WHAT.brokered | _WHAT.held | _WHAT.owned and arc.score < CERTAIN
    return aside or told in _AFTER.backed


def _is_instead(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who is told not to be the one: "instead of *Hamas*", "unlike *Turkey*", "gunners, not *Russian* ones"."""
    first = tree.phrase(arc.word)[0]
    before = " ".join(tree.form(at) for at in range(max(0, first - 2), first))
    return before.endswith(tuple(_WHAT.instead))


def _is_each_others(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to what belongs to those who do it to each other: "shelled *each other's positions*"."""
    return tree.is_each_others(arc.word) and tree.is_mutual(trigger)


def _is_fought_over(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to what it is about: "factions clashed *over a checkpoint*"."""
    return (
        tree.case(arc.word) == "over" and tree.words[arc.word].head == trigger and tree.form(trigger) in _WHAT.contends
    )


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
    """Whether an arc leads to who only holds the place, or whose ship it is: "the *Turkish*-occupied town", "a *US*-owned tanker"."""
    owns = arc.word + 2 < len(tree.words) and tree.ends_compound(arc.word + 2, listed("after", "merchant"))
    return owns or tree.is_holder(arc.word)


def _holds(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who holds what is struck, and has not done it: "struck a camp run by *rebels*"; he may have, where it
    came from there."""
    struck = [one for mention in tree.passage.mentions if mention.word == trigger for one in mention.roles]
    return tree.words[arc.word].head != trigger and any(
        one.kind == "recipient" and arc.word in tree.holders(one.word) for one in struck
    )


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
    return tree.form(verb) in _COMES_OR_LASTS and any(arc.word in tree.under(kid) for kid in aside)


def _acts_aside(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who does something in a clause about when or where it was: "went off during a speech that the
    *president* gave"."""
    verb = tree.words[arc.word].head
    told = tree.words[arc.word].deprel == "nsubj" and verb != trigger and tree.words[verb].deprel == "acl:relcl"
    return told and tree.words[verb].head != trigger and trigger in tree.ancestors(verb)


def _holds_rally(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to whose rally or talks it struck: "blasts at a rally of the *opposition*"."""
    events = {one.word for one in tree.events("CONSULT", "PROTEST", least=what.SURE)}
    return arc.score < CERTAIN and tree.words[arc.word].head in events and tree.case(arc.word) == "of"


def _does_so_for_it(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to who does something because of it: "*Hamas* will not go to Cairo because of the strikes"."""
    return arc.score < CERTAIN and tree.case(trigger) in _BECAUSE and arc.word not in tree.under(trigger)


def _is_of_verb_before(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to whom only the verb before concerns: "stopped its support of the *rebels* and withdrew its men"."""
    first = tree.first_joined(trigger)
    own = first != trigger and tree.child(trigger, "obj") is not None and arc.score < CERTAIN
    return own and arc.word in tree.under(first) - tree.under(trigger)


def _only_goes_there(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who goes where it is only told to have been done: "*soldiers* went to the city, where shops were
    looted"; not "raided the camp, where men were beaten"."""
    clause = tree.first_joined(trigger)
    there = tree.is_passive(clause) and tree.has(clause, ("where",), "advmod")
    main = tree.words[clause].head
    if tree.words[clause].deprel == "acl:relcl" and main >= 0:
        main = tree.words[main].head
    harms = any(one.word == main for one in tree.events(*HARMS, least=what.SURE))
    return there and arc.word not in tree.under(clause) and not harms


def _only_charges(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to who looks into it or condemns it, or does not speak of it: "a *U.N.* investigation into the
    killing", "*Israel* did not comment on the strike"."""
    if arc.score >= CERTAIN:
        return False
    above = tree.ancestors(trigger)
    if arc.word not in tree.under(trigger) and not _WHAT.comments.isdisjoint(map(tree.form, above)):
        return True
    return any(
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
    if subject is None or _may_be_speaker(tree, subject, arc.word) or verb.deprel != "ccomp":
        return False
    return tree.words[arc.word].deprel == "nsubj" and tree.words[arc.word].head in (verb.head, tree.acting(verb.head))


def _may_be_speaker(tree: Tree, subject: int, speaker: int) -> bool:
    """Whether a pronoun may mean who says so: "the *rebels* say that they attacked"; "they" are no country."""
    many = tree.form(subject) in ("they", "he", "she") and tree.is_named(speaker, "LOC")
    return tree.words[subject].upos == "PRON" and not many


def _is_mediator(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who is said to be there to mediate: "swapped prisoners with *Qatar* as mediator"."""
    after = tree.phrase(arc.word)[1] + 1
    return tree.form(after) == "as" and not _WHAT.mediators.isdisjoint(map(tree.form, (after + 1, after + 2)))


def _brokers(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who brokers it: "*Qatar* brokered a truce"."""
    verb = tree.words[tree.first_joined(arc.word)].head
    return verb not in (-1, trigger) and tree.form(verb) in _WHAT.brokered


def _makes_yield(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who makes others do it: "*rebels* fought troops, forcing them to withdraw, or to fire"."""
    other = what.made_to(tree, trigger)
    verb = tree.words[tree.first_joined(arc.word)].head
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
    """Whether an unsure arc leads to who only counts or sees it: "the *monitors* recorded nine violations, the *rebels* four"."""
    first = watcher(tree, trigger) if arc.score < CERTAIN else None
    counts_too = [arc.word > trigger, *(word.upos == "NUM" for word in tree.words[arc.word + 1 : arc.word + 2])]
    return first is not None and (arc.word == first or counts_too == [True, True])


def _is_nobody(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether nobody is meant who does something else: "*no group* has said that it carried out the attack"."""
    return tree.is_none(arc.word) and tree.words[arc.word].head != trigger
