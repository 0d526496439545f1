"""Step 1, the report: which earlier mentions a pronoun ("they") or a description ("the group") may mean."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from trucewatch.claims.cast import Cast
from trucewatch.claims.coordination import members
from trucewatch.claims.counted import count_of
from trucewatch.claims.entity_mentions import Reference, is_speaker, relation
from trucewatch.claims.known import ABOVE_STATES, ARMED
from trucewatch.claims.phrase import bare, listed, words
from trucewatch.claims.tree import CERTAIN, Tree, surely
from trucewatch.claims.who import identify
from trucewatch.codebook import Codebook, fold
from trucewatch.codebook.rows import HARMLESS
from trucewatch.nouns import Entity, Mention

FEMALE = frozenset("she her hers herself".split())
MALE = frozenset("he him his himself".split())
THING = frozenset("it its itself".split())
MANY = frozenset("they them their themselves theirs".split())
PERSON = FEMALE | MALE
THIRD = PERSON | THING | MANY
"""All that refer to whom or what is spoken of."""

# Weights of what speaks for a mention, chosen on GUM's training part; a person stays in view for longer than a thing.
_PERSON_DISTANCE = -1.0  # for every sentence between it and the pronoun
_DISTANCE = -1.8  # the same for a thing
_PERSON_AGAIN = 2.0  # the last pronoun of the kind referred to it
_AGAIN = 0.8  # the same for a thing
_SUBJECT = 1.6  # it is the subject of its verb
_OBJECT = 0.8  # it is the object
_NAMED = 0.2  # it is a name
_OFTEN = 0.15  # times the logarithm of how often it was spoken of
_UNLIKELY = -0.8  # it agrees, but pronouns of the kind seldom refer to its like
HARMS_OWN = -3.0  # it does harm to what belongs to whom the pronoun means
GROUPS = listed("described", "groups")
LANDS = listed("described", "lands")
OF_ANY = listed("described", "of_any")
_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "JRN"})
"""What is called an agency or a body, but neither a group nor a movement."""
_BELOW = listed("described", "below")
"""What no body of the United Nations is called."""
_SECTORS: Mapping[str, Sequence[str]] = words()["described"]["sectors"]
_ABOVE: Mapping[str, Sequence[str]] = words()["described"]["above"]
_AS_ONE = listed("sex", "as_one")
_SPEAKS_FOR = frozenset({"for", "from", "of"})
_LIVED = frozenset({"abduct", "beat", "crowd-control"})
"""How those are struck who may strike back: "*students* were beaten. They set fire to a bus"."""
_CAPTURES = frozenset({"abduct", "arrest", "release"})
_GUARDS = _CAPTURES | {"aerial", "crowd-control", "drone", "firearms", "heavy-weapons"}
"""What only the armed do, mostly."""
_BROKE = listed("again", "broke")
_CHARGED = frozenset({"charged", "suspected", "tried"})
_QUOTES = '"“”'


class Pronoun(NamedTuple):
    """A third-person pronoun of the text."""

    passage: int
    word: int
    start: int
    text: str
    relation: str
    stands: int
    """The word by which it is on a side of an event: "*six* of them"."""


def third_persons(trees: Sequence[Tree]) -> Iterator[Pronoun]:
    """The third-person pronouns of a report, in text order."""
    for at, tree in enumerate(trees):
        for i, word in enumerate(tree.words):
            if word.text.lower() in THIRD and word.upos in ("PRON", "DET") and word.deprel != "expl":
                yield Pronoun(at, i, word.start, word.text.lower(), relation(tree, i), count_of(tree, i))


def kind_of(pronoun: str) -> str:
    """What a pronoun says of whom it refers to: ``f``, ``m``, ``it`` or ``they``."""
    return next((name for name, every in (("f", FEMALE), ("m", MALE), ("it", THING)) if pronoun in every), "they")


def agrees(pronoun: str, one: Reference) -> bool:
    """Whether a mention is of the kind, number and sex of a pronoun."""
    if pronoun in PERSON:
        return one.kind == "PER" and not one.plural and one.sex in ("", "f" if pronoun in FEMALE else "m")
    if pronoun in THING:
        return one.kind in ("ORG", "LOC", "GROUP", "THING") and (not one.plural or _is_one(one))
    return one.kind in ("PAIR", "ORG", "GROUP") or one.plural


def _is_one(one: Reference) -> bool:
    """Whether it is called by a word for many that also goes with "it": "the *military*"."""
    return not one.named and one.key.split()[0] in _AS_ONE


def weight(pronoun: str, one: Reference, back: int, often: int, again: bool) -> float:
    """What speaks for a mention so many sentences back that was spoken of so often; `again`: the last such pronoun referred to it."""
    person = pronoun in PERSON
    found = (_PERSON_DISTANCE if person else _DISTANCE) * back
    found += {"subject": _SUBJECT, "object": _OBJECT, "other": 0.0}[one.relation]
    found += _NAMED * one.named + _OFTEN * math.log(often)
    found += (_PERSON_AGAIN if person else _AGAIN) * again
    return found + _UNLIKELY * _is_unlikely(pronoun, one)


def _is_unlikely(pronoun: str, one: Reference) -> bool:
    """Whether a pronoun seldom refers to its like: a place as such, a thing, a body spoken of as many."""
    if pronoun in MANY:
        return one.kind == "THING" or not one.plural
    return one.kind == "THING" or (one.kind == "LOC" and one.relation == "other")


def can_be_called(noun: str, sector: str | None, body: Entity) -> bool:
    """Whether a body may be called by a noun; ``sector`` is what the words before it say: "the militant *group*" is no ministry."""
    below = body.country == "UNO" and noun in _BELOW
    if below or (sector == "REB" and body.sector not in ARMED):
        return False
    if noun in _ABOVE:
        return body.country in _ABOVE[noun]
    if noun in _SECTORS:
        return body.sector in _SECTORS[noun]
    return noun in OF_ANY or body.sector not in _OF_STATE


def noun_beside_name(one: Reference, tree: Tree) -> str | None:
    """The noun that somebody is called by with a name beside it: "the Syrian *army*"; None without one."""
    said = tree.said(one.start, one.end).split()
    if one.kind == "PAIR" or not any(word[:1].isupper() for word in said[1:]):  # "the rebels and the *government*"
        return None
    if not one.named:
        return tree.words[one.word].text
    of = next((at for at, word in enumerate(said) if at and word in ("of", "for")), len(said))
    return said[of - 1]  # "*Government* of National Accord"


def titles(one: Reference, tree: Tree, cast: Cast) -> str:
    """All that tells what somebody who is named is, in small letters: by the tables, beside the name and elsewhere."""
    leader = cast.codebook.find_leader(tree.said(one.start, one.end), cast.on)
    around = tree.all_said(one.word)
    told = cast.people.get(one.key)
    found = f"{leader.office if leader else ''} {around} {told.title if told else ''}".lower()
    short = words()["persons"]["titles"]  # "*Col.* Ali" is a colonel
    return " ".join((found, *(short.get(bare(word), "") for word in found.split())))


def _strikes(tree: Tree, word: int) -> bool:
    """Whether a word is the subject of violence, or of what does it: "*Israel* carried out strikes"."""
    verb = tree.words[word].head if tree.words[word].deprel == "nsubj" else -1
    told = [one.word for one in tree.events("ASSAULT")]
    nouns = {tree.words[at].head for at in told if tree.words[at].upos == "NOUN"}
    return verb >= 0 and verb in {*told} | nouns  # not who "*said* that both had struck"


def _says_it_struck(tree: Tree) -> bool:
    """Whether a sentence tells that "it" did: "The military said that *it* had hit a depot"."""
    return any(tree.form(word) in ("it", "they") and _strikes(tree, word) for word in range(len(tree.words)))


def is_mute(tree: Tree, one: Reference) -> bool:
    """Whether it is what cannot speak, a deed or where it was done: "*Turkey's invasion* of northern *Syria* began. It said ..."."""
    where = one.kind == "LOC" and tree.case(one.word) in ("of", "in", "near", "on")
    deeds = {event.word for event in tree.events("ASSAULT", "COERCE", "MOBILIZE")} if one.kind == "THING" else ()
    return where or one.word in deeds


def has_other_part(trees: Sequence[Tree], pronoun: Pronoun, one: Reference, codebook: Codebook) -> bool:
    """Whether what is told of a mention speaks against what is told of a pronoun: who suffered does not strike, who arrests is not
    set free or charged."""
    told, before = trees[pronoun.passage], trees[one.passage]
    role = codebook.find_role(before.form(one.word))
    if role is not None and role.sector in HARMLESS and _has_suffered(told, pronoun, before, one):
        return True
    suffers = [event for event in _deeds(told, "recipient", pronoun.stands) if _is_of_captives(told, event)]
    guards = [event for event in _deeds(before, "actor", one.word) if event.mode in (*_CAPTURES, "investigate")]
    return bool(suffers and guards)


def only_tells_of_meeting(trees: Sequence[Tree], pronoun: Pronoun, one: Reference) -> bool:
    """Whether a body only told of a meeting that others held: "X and Y met, *the ministry* said. It was *their* first meeting"."""
    tree, noun = trees[pronoun.passage], trees[pronoun.passage].words[pronoun.word].head
    met = pronoun.text == "their" and any(event.word == noun for event in tree.events("CONSULT"))
    return met and not one.plural and one.kind != "PAIR" and is_speaker(trees[one.passage], one.word)


def is_of_pact(tree: Tree, pronoun: Pronoun) -> bool:
    """Whether a pronoun stands for what was agreed, and for nobody: "a truce was signed. *It* has been violated since"."""
    word = tree.words[pronoun.stands]
    return (
        pronoun.text == "it"
        and word.deprel in ("obj", "nsubj:pass")
        and tree.form(word.head) in listed("truce", "of_pacts")
    )


def _has_suffered(told: Tree, pronoun: Pronoun, before: Tree, one: Reference) -> bool:
    """Whether a pronoun strikes, and unarmed people were struck, and more than beaten ("Two *children* were among the *dead*. They
    hit the street again"), or it arrests or the like: "*Protesters* were chased. They detained forty"."""
    does, suffered = _deeds(told, "actor", pronoun.stands), _deeds(before, "recipient", one.word)
    if any(event.mode in _GUARDS for event in does):
        return any(event.type in ("ASSAULT", "COERCE") for event in suffered)
    struck = any(event.type == "ASSAULT" and event.mode not in _LIVED for event in suffered)
    return struck and any(event.type == "ASSAULT" for event in does)


def _is_of_captives(tree: Tree, event: Mention) -> bool:
    """Whether an event is what captives live through: "freed", "held", "charged"."""
    return event.mode in _CAPTURES or tree.form(event.word) in _CHARGED


def _deeds(tree: Tree, kind: str, word: int) -> list[Mention]:
    """The sure events in which somebody surely is on a side, or that he is called by ("the *dead*")."""
    sure = [event for event in tree.passage.mentions if event.type_score >= CERTAIN]
    return [event for event in sure if (on := surely(event, kind)) and word in (*on, event.word)]


def harms_own(tree: Tree, pronoun: Pronoun, one: Reference) -> bool:
    """Whether somebody does harm to what belongs to whom a pronoun means, which is hardly himself: "*youths* raided their camps"; but
    "shot their *own* men"."""
    word = tree.words[pronoun.word]
    if (
        word.deprel != "nmod:poss"
        or tree.has(word.head, ("own",))
        or tree.form(word.head) in listed("things", "weapons")
    ):
        return False
    harms = [event for event in _deeds(tree, "actor", one.word) if event.type in ("ASSAULT", "COERCE")]
    harmed = {word.head, tree.words[word.head].head}  # "*two* of its members"
    return any(not harmed.isdisjoint(surely(event, "recipient")) for event in harms)


def by_last_name(mention: Reference, cast: Cast) -> Reference:
    """With the key of the person's last name, where the mention is the first name alone."""
    person = cast.people.get(mention.key) if mention.kind == "PER" and mention.named else None
    return mention._replace(key=fold(person.name.split()[-1])) if person else mention


def is_such(tree: Tree, one: Reference, noun: str) -> bool:
    """Whether others than a political party were told of by that noun: "a police *party*"."""
    return noun == tree.form(one.word) == "party" and tree.child(one.word, "compound") is not None


def tells_it(tree: Tree, pronoun: Pronoun, one: Reference) -> bool:
    """Whether somebody says the clause in which a pronoun stands, or another for him: "a spokesman for the army says *its*"; of a
    breach it is who hears it: "France told *Israel* that it had broken the truce"."""
    if one.passage != pronoun.passage or (pronoun.text in MANY and not one.plural):
        return False
    verb = tree.words[pronoun.word].head
    hearer = tree.child(tree.words[verb].head, "iobj", "obj") if tree.form(verb) in _BROKE else None
    if hearer is not None and tree.form(hearer) not in listed("speech", "press"):
        return one.word == hearer
    by_other = one.kind != "PER" and tree.case(one.word) in _SPEAKS_FOR
    word = tree.words[one.word].head if by_other else one.word
    return is_speaker(tree, word) and tree.words[word].head in tree.ancestors(pronoun.word)


def is_of_army(trees: Sequence[Tree], one: Reference, at: int, cast: Cast) -> bool:
    """Whether those told of right before "the army" are one country's forces ("*Israeli troops*"), or it struck and says so."""
    tree = trees[one.passage]
    if at - one.passage > 1 or one.relation != "subject" or one.kind == "PAIR":
        return False
    if len(members(tree.said(one.start, one.end), cast.codebook)) > 1:  # "Thai and Cambodian troops"
        return False
    who = identify(tree.said(one.start, one.end), cast)
    of_state = who.entity.country is not None and who.entity.country not in ABOVE_STATES  # not peacekeepers
    told, sector = of_state and who.states_country, who.entity.sector
    struck = sector == "GOV" and _strikes(tree, one.word) and _says_it_struck(trees[at])
    return told and (struck or (sector == "MIL" and (one.kind != "THING" or who.entity.actor is not None)))


def neighbour(trees: Sequence[Tree], near: Sequence[Reference], owner: Reference, cast: Cast) -> Reference | None:
    """The other country named last, where "its" is a country's: "Chad accused *Sudan*. Its neighbour denied it"."""
    known = {one: identify(trees[one.passage].said(one.start, one.end), cast) for one in (*near, owner) if one.named}
    states = {one: who.entity.country for one, who in known.items() if who.entity.sector == "GOV"}
    mine = states.get(owner)
    others = [one for one in near if mine and states.get(one, mine) != mine]
    return max(others, key=lambda one: one.start, default=None)


def last_speaker(trees: Sequence[Tree], near: Sequence[Reference]) -> Reference | None:
    """Who spoke last, if he was named."""
    last = next((one for one in near if is_speaker(trees[one.passage], one.word)), None)
    return last if last is not None and last.kind == "PER" and last.named else None


def last_country(
    trees: Sequence[Tree], near: Sequence[Reference], where: tuple[int, int], codebook: Codebook
) -> Reference | None:
    """The country named last before "the country", at a character of a passage; none that does something to it: "*Georgia* asked for
    help after Russia had invaded the country"."""
    at, start = where
    tree = trees[at]
    said = tree.words[tree.word_at(start) + 1]
    if said.deprel == "nmod:poss":  # "the country's war" says where it is
        return None
    verb = said.head
    doers = {verb, tree.acting(verb)} if verb >= 0 else {verb}
    named = (one for one in near if one.kind == "LOC" and _is_country(trees[one.passage], one, codebook))
    apart = (one for one in named if one.passage != at or tree.words[one.word].head not in doers)
    return max(apart, key=lambda one: one.start, default=None)


def _is_country(tree: Tree, one: Reference, codebook: Codebook) -> bool:
    """Whether a mention is the name of a country, and no demonym or capital."""
    word = codebook.find_country(tree.said(one.start, one.end))
    return word is not None and word.kind == "name"


def is_quoted(tree: Tree, pronoun: Pronoun) -> bool:
    """Whether a pronoun stands in a quotation that its passage opens."""
    before = tree.text[: pronoun.start - tree.passage.start]
    return sum(before.count(mark) for mark in _QUOTES) % 2 == 1


def is_done_to(tree: Tree, word: int, doer: int) -> bool:
    """Whether a participle or infinitive tells what one does to another, wherever the parse hangs him: "*Sudan* cut ties, accusing
    *it*", "*soldiers* helped to push *them* back"."""
    verb, deprel = tree.words[word].head, tree.words[word].deprel
    raised = deprel == "nsubj" and tree.mark(verb) == "of"
    verb = tree.words[verb].head if raised else verb
    done = raised or deprel in ("obj", "iobj")
    while tree.words[verb].deprel == "xcomp" and tree.child(tree.words[verb].head, "obj", "iobj") is None:
        verb = tree.words[verb].head
        done = done and tree.mark(verb) != "of"  # "accused them of plotting to overthrow *him*"
    return done and tree.words[doer].deprel == "nsubj" and tree.words[doer].head == tree.acting(verb)


def only_group(bodies: Mapping[Reference, Entity]) -> Reference | None:
    """The armed group of some who are told of, if it is the only one: "the *militants*" after "Boko Haram"."""
    named = (one for one in bodies if one.kind in ("ORG", "NORP", "LOC") and one.named)
    groups = {one: bodies[one].actor for one in named if bodies[one].actor and bodies[one].sector in ARMED}
    return next(iter(groups), None) if len({*groups.values()}) == 1 else None
