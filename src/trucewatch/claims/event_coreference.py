"""Step 5, the claims: which mentions of a report tell of one event: a readable list of weighted features, then clusters.

The weights (event_coreference.csv) are learned from texts whose mentions people grouped by event (training/same.py).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path

from trucewatch.claims.draft import Draft
from trucewatch.claims.event_anaphora import (
    BEGUN,
    definite,
    introduces_victims,
    is_ahead,
    is_anew,
    is_another,
    is_by_those_told,
    is_denied_by_another,
    is_done_to_one,
    is_named_by_place,
    is_of_another_line,
    is_on_the_ground,
    is_one_of_many,
    is_outcome,
    is_tally,
    refers_back,
)
from trucewatch.claims.geometry import is_vague, one_place
from trucewatch.claims.phrase import listed
from trucewatch.claims.role_arcs import CERTAIN, answered
from trucewatch.claims.tree import Tree
from trucewatch.codebook.rows import HARMS, MUTUAL
from trucewatch.nouns import Entity, Period

WEIGHTS = Path(__file__).with_name("event_coreference.csv")
REACH = 40  # sentences after which an event that was not told of again is over: long texts cost no more
MOST = 20  # mentions of an event, the first and the last, with which another is compared
JOINS = -0.75
"""Log-odds from which a mention joins an event: in whole reports sooner than in the short texts of event_coreference.csv."""
# Log-odds against one event:
CONTRADICTION = 2.0  # it tells of a mode, a toll, a side or a town that no other mention has, and others tell of one
ELSEWHERE = 5.0  # of another time by its own words, or a place far from all others; or it is told as another event
# Log-odds for one event:
REFERS = 1.0  # it is no more than "the attack" after one
OUTCOME = 2.0  # it only tells who was killed or injured in one
BY_PLACE = 1.0  # it is called by the town of one: "the Suruc bombing"
VICTIM = 0.8  # somebody known by name suffered both
LEAD = 0.15  # it is violence, as that with which the report opens is, for most of it is about that
IN_ITS_WORDS = 0.5  # a word of the event with which the report opens comes again
_MOST_GAINED = REFERS + OUTCOME + BY_PLACE + VICTIM + LEAD + IN_ITS_WORDS + 0.01
"""More than all of these together: a cluster that would not be the best even with so much is not asked what contradicts it."""
_MANY = frozenset({"REL", "BUS", "JRN"})
"""Sectors in which those of two names are two, though of one country: "Sunnis" and "Alawites", two firms, two papers."""
_BOMBED = frozenset({"aerial", "drone", "explosives", "heavy-weapons", "suicide-attack"})
_FROM_AIR = frozenset({"aerial", "drone"})
_EXPLODES = frozenset({"explosives", "suicide-attack"})
_KILLS = frozenset({"firearms", "primitive", "unconventional"}) | _BOMBED
"""How somebody may be killed who is targeted."""
_STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
_FORCES = _STATE | {"PRM"}
"""Those who are called "the soldiers" or "the police" whether they were told of or not."""
_TOWNS = ("town", "site")
_CLASHES = listed("again", "clashes")
_SIDES = (attrgetter("actors"), attrgetter("recipients"))
_DONE = HARMS | {"RETREAT"}
_SAID = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "THREATEN"})
_TOWARDS = _SAID | {"CONSULT", "AID", "SANCTION"}
_OBJECT = frozenset({"obj", "obl", "ccomp", "xcomp", "advcl"})
_CLAUSE = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod", "acl"})
Fact = Callable[[Draft], set[str | None]]
"""What a mention tells of some kind; nothing where it tells nothing of it."""


@cache
def weights() -> dict[str, float]:
    """Feature -> weight; positive speaks for one event."""
    with WEIGHTS.open(encoding="utf-8", newline="") as rows:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(rows)}


def features(a: Draft, b: Draft, likeness: float) -> dict[str, float]:
    """What speaks for or against one event; `a` stands earlier; `likeness` is the product of the model's vectors."""
    gap = b.index - a.index
    shared, split = _parties(a, b)
    place, time = one_place(a.place, b.place), _time(a.time, b.time)
    return {
        "always": 1.0,
        "likeness": likeness,
        "same word": float(same_word(a, b)),
        "sentences apart": math.log1p(gap),
        "same sentence": float(gap == 0),
        "same mode": float(a.mention.mode is not None and a.mention.mode == b.mention.mode),
        "other mode": float(None not in (a.mention.mode, b.mention.mode) and a.mention.mode != b.mention.mode),
        "other status": float(a.mention.status != b.mention.status),
        "one denied": float((a.mention.status == "denied") != (b.mention.status == "denied")),
        "shared party": float(shared),
        "no party shared": float(split),
        "same place": float(place is True),
        "other place": float(place is False),
        "same time": float(time is True),
        "other time": float(time is False),
        "same toll": float(a.killed is not None and a.killed == b.killed),
        "other toll": float(_other_toll(a, b)),
        'the later one is "the"': float(definite(b)),
        "assault": float(a.mention.type == "ASSAULT"),
        "verb and its noun": float(_in_one_clause(a, b)),
    }


def score(values: dict[str, float]) -> float:
    """Log-odds that two mentions tell of one event."""
    known = weights()
    return sum(known.get(name, 0.0) * value for name, value in values.items() if value)


def reason(a: Draft, b: Draft) -> str:
    """The features that weighed most for one event of two mentions, as shown to a person."""
    known = weights()
    values = features(a, b, likeness(a, b))
    parts = sorted(
        ((known.get(n, 0.0) * v, n) for n, v in values.items() if v and n != "always"), key=lambda p: -abs(p[0])
    )
    return "same event: " + ", ".join(f"{name} {weight:+.1f}" for weight, name in parts[:4])


def likeness(a: Draft, b: Draft) -> float:
    """Product of the model's vectors of two mentions, scaled as in training."""
    return sum(x * y for x, y in zip(a.mention.vector, b.mention.vector, strict=False)) / 8.0


def group(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Clusters in text order. Each mention joins the earlier cluster whose members it is most like on average."""
    import numpy as np

    if not drafts:
        return []
    vectors = np.array([d.mention.vector or (0.0,) * 64 for d in drafts], dtype=np.float32).reshape(len(drafts), -1)
    clusters: list[list[int]] = []
    for at, draft in enumerate(drafts):
        best, best_score = None, JOINS
        for cluster in clusters:
            if drafts[cluster[0]].mention.type != draft.mention.type or draft.index - drafts[cluster[-1]].index > REACH:
                continue
            near = cluster if len(cluster) <= MOST else [cluster[0], *cluster[1 - MOST :]]
            members = [drafts[i] for i in near]
            alike = (vectors[near] @ vectors[at] / 8.0).tolist()
            scores = [score(features(one, draft, value)) for one, value in zip(members, alike, strict=True)]
            total = (max(scores) + sum(scores) / len(scores)) / 2
            if total + _MOST_GAINED <= best_score:
                continue
            against = _contradictions(members, draft)
            total += _told_again(members, draft) - against + (_of_lead(members, draft) if not against else 0.0)
            if total > best_score:
                best, best_score = cluster, total
        if best is None:
            clusters.append([at])
        else:
            best.append(at)
    return [[drafts[i] for i in cluster] for cluster in clusters]


def _told_again(cluster: Sequence[Draft], draft: Draft) -> float:
    """Log-odds for one event, of a mention that by its words refers to what was just told."""
    told = REFERS * refers_back(cluster, draft) + OUTCOME * is_outcome(cluster, draft)
    return told + BY_PLACE * is_named_by_place(cluster, draft) + VICTIM * is_done_to_one(cluster, draft)


def _of_lead(cluster: Sequence[Draft], draft: Draft) -> float:
    """Log-odds for one event, of a mention that nothing tells apart from one with which the report opens."""
    if cluster[0].index > 1 or cluster[-1].index == draft.index:
        return 0.0
    again = any(same_word(other, draft) for other in cluster)
    return LEAD * (draft.mention.type == "ASSAULT") + IN_ITS_WORDS * again


def _contradictions(cluster: Sequence[Draft], draft: Draft) -> float:
    """Log-odds against one event, of what is told of both and is nowhere the same."""
    modes = {_sure_mode(other) for other in cluster} - {None}
    other_mode = bool(modes) and not _of_one_mode(cluster, draft, modes)
    tolls = [_other_toll(other, draft) for other in cluster if other.killed]
    other_toll = draft.killed is not None and bool(tolls) and all(tolls)
    times = [_time(other.time, draft.time) for other in cluster if other.tells("time")]
    told = [other for other in cluster if other.tells("place")] if draft.tells("place") else []
    narrow = [other for other in told if not is_vague(other.place)] or told
    places = [one_place(other.place, draft.place) for other in narrow]
    towns = [_two_towns(other, draft) for other in told if other.place and other.place.precision in _TOWNS]
    other_time = draft.tells("time") and False in times and True not in times
    other_place = bool(places) and not {True, None} & {*places}
    other_town = bool(towns) and all(towns)
    others = other_mode + other_toll + other_town + _other_side(cluster, draft) + is_tally(cluster, draft)
    others += is_one_of_many(cluster, draft) + _is_done_to_others(cluster, draft) + _is_with_others(cluster, draft)
    others += _strike_back(cluster, draft) + _is_clash(cluster, draft) + is_anew(cluster, draft)
    others += sum(_is_other(fact, cluster, draft) for fact in _FACTS) + _none_of_them(cluster, draft)
    another = is_another(draft) and not (definite(draft) and any(is_another(other) for other in cluster))
    pairs = any(_two_verbs(other, draft) or _listed(other, draft) or _is_answer(other, draft) for other in cluster)
    apart = pairs or is_of_another_line(cluster, draft) or is_ahead(cluster, draft)
    denied = all(is_denied_by_another(other, draft) for other in cluster)
    return CONTRADICTION * others + ELSEWHERE * (other_time + other_place + apart + another + denied)


def _is_answer(a: Draft, b: Draft) -> bool:
    """Whether one of two in a sentence was done in answer to the other, or after it: "in retaliation for the killing"."""
    one, two = ({*answered(d.tree, d.mention.word)} for d in (a, b))
    return a.tree is b.tree and one != two


def _is_other(fact: Fact, cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether both tell something of a kind, and nothing of it is the same."""
    told, its = {value for other in cluster for value in fact(other)}, fact(draft)
    return bool(told and its) and not told & its


def _strike_back(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether those who do it, by name, have only suffered the other: "*soldiers* died in an attack; the *army* struck the area"."""
    acted, suffered = ({party.entity.actor for one in cluster for party in side(one)} for side in _SIDES)
    ours = {party.entity.actor for party in draft.actors if party.score >= CERTAIN}
    back = ours <= suffered - acted and None not in ours
    return bool(ours) and back and draft.mention.type == "ASSAULT" and not draft.is_noun


def _is_clash(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one is a clash of two and the other the bombs of one side: "the army shelled the hills; *clashes* left 15 dead"."""
    two = [one.form in _CLASHES for one in (*cluster, draft)]
    bombs = [one.mention.mode in _BOMBED and one.form not in _CLASHES for one in (*cluster, draft)]
    return (two[-1] and all(bombs[:-1])) or (bombs[-1] and all(two[:-1]))


def _number(draft: Draft) -> set[str | None]:
    """Of "17 strikes" and "six strikes" one is the whole or neither."""
    return {draft.number or None} - {None}


def _persons(draft: Draft) -> set[str | None]:
    """Who acts, by name: two telephone calls of two pairs."""
    return {party.entity.name for party in draft.actors if party.is_person}


def _counterparts(draft: Draft) -> set[str | None]:
    """Of what country or body those are who were met, or surely helped, punished or spoken of: "met Macron", "condemned Israel"."""
    sure = [p for p in draft.recipients if draft.mention.type == "CONSULT" or (p.is_named and p.score >= CERTAIN)]
    return {party.entity.country for party in sure if draft.mention.type in _TOWARDS} - {None}


def _deeds(draft: Draft) -> set[str | None]:
    """Of what kind the deeds are of which something is said: "condemned the *attack*", "condemned the *arrests*"."""
    tree, word = draft.tree, draft.mention.word
    below = [
        m for m in tree.passage.mentions if draft.mention.type in _SAID and m.word > word == tree.words[m.word].head
    ]
    return {m.type for m in below if tree.words[m.word].deprel in _OBJECT and m.type != draft.mention.type}


_FACTS: Sequence[Fact] = (_number, _persons, _counterparts, _deeds)


def _is_done_to_others(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one word tells what was done to others, who were not told of: "arrested a journalist. *A trader* was arrested, too"."""
    told = [party.entity for other in cluster for party in other.recipients]
    again = draft.mention.type in _DONE and any(same_word(other, draft) for other in cluster)
    anew = bool(told) and again and introduces_victims(cluster, draft)
    their = any(same_entity(entity, party.entity) for entity in told for party in draft.recipients)
    return (
        anew and not their and all(entity.sector != "CVL" for entity in told)
    )  # of "40 people" two may be journalists


def _is_with_others(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether each was done with one who was not in the other: "Russia and Serbia held a drill, Russia and Belarus held one"."""
    sure = [
        [p for one in drafts for p in one.parties if p.is_named and p.score >= CERTAIN] for drafts in (cluster, [draft])
    ]
    states = ({party.entity.country for party in side} for side in sure)
    persons = ({party.entity.name for party in side if party.is_person} for side in sure)
    pairs = ((told & its, told - its, its - told) for told, its in (states, persons) if len(its) == 2)
    return draft.mention.type in MUTUAL and any(all(pair) for pair in pairs)


def _none_of_them(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether there was none of the one and the other happened, in another word: "no breach was recorded", and an abduction."""
    pairs = [pair for other in cluster for pair in ((draft, other), (other, draft))]
    pairs = [(none, did) for none, did in pairs if none.mention.status == "denied" and did.mention.status in BEGUN]
    return any(none.tree.is_none(none.mention.word) and not same_word(none, did) for none, did in pairs)


def _two_verbs(a: Draft, b: Draft) -> bool:
    """Whether they are two verbs of a sentence, done to different parties, or listed with an object each, and neither has a toll."""
    verbs = a.tree is b.tree and all(d.tree.words[d.mention.word].upos == "VERB" for d in (a, b))
    toll = any(d.killed or d.injured for d in (a, b))
    return verbs and not toll and (not _of_one_victim(a, b) or _own_objects(a, b))


def _own_objects(a: Draft, b: Draft) -> bool:
    """Whether they are listed, each with what it is done to: "looting *shops* and burning *churches*"."""
    tree, one, two = a.tree, a.mention.word, b.mention.word
    word = tree.words[two]
    objects = [tree.child(verb, "obj") for verb in (one, two)]
    is_listed = word.deprel == "conj" and word.head in (one, tree.words[one].head) and a.mention.type in HARMS
    return is_listed and all(at is not None and _is_struck(tree, at) for at in objects)


def _is_struck(tree: Tree, word: int) -> bool:
    """Whether a noun names what something is done to: no pronoun, and no deed itself ("carried out an *attack*")."""
    return tree.words[word].upos != "PRON" and not any(mention.word == word for mention in tree.passage.mentions)


def _listed(a: Draft, b: Draft) -> bool:
    """Whether they are nouns joined by "and": "roadside bombs and sniper fire"."""
    word = b.tree.words[b.mention.word]
    return a.tree is b.tree and word.head == a.mention.word and word.deprel == "conj" and a.is_noun and b.is_noun


def _of_one_mode(cluster: Sequence[Draft], draft: Draft, modes: set[str | None]) -> bool:
    """Whether its mode is missing, among the given ones, or goes with them: a bomber's bomb explodes, a "bombing" may be aerial."""
    mode = _sure_mode(draft)
    if mode is None:
        return not (modes <= _FROM_AIR and is_on_the_ground(draft))
    told = {mode, *modes}
    if told <= _KILLS | {"targeted"} and any(_of_one_victim(other, draft) for other in cluster):
        told -= {"targeted"}
    return mode in modes or len(told) <= 1 or told <= _EXPLODES or (draft.is_noun and told <= _BOMBED)


def _sure_mode(draft: Draft) -> str | None:
    """Its mode, where a row gives it or the model is sure of it."""
    mode, why = draft.mention.mode, draft.reasons.get("mode")
    by_row = why is not None and why.because.startswith("triggers.csv")
    return mode if by_row or draft.mention.mode_score >= CERTAIN else None


def _other_toll(a: Draft, b: Draft) -> bool:
    """Whether they tell of other numbers of dead; what a later sentence adds to one ("put the toll at 43") may be more."""
    if a.killed is None or b.killed is None or a.killed == b.killed:
        return False
    return b.tells("killed") or b.killed.low < a.killed.low


def _of_one_victim(a: Draft, b: Draft) -> bool:
    """Whether somebody is told to have suffered both, or one of them does not tell who did."""
    suffer = [[party.entity for party in d.recipients] for d in (a, b)]
    return not all(suffer) or any(same_entity(p, q) for p in suffer[0] for q in suffer[1])


def _other_side(cluster: Sequence[Draft], draft: Draft) -> float:
    """1 where both name who acts, by sector and country, and none of these is compatible; less where an actor near by is unsure."""
    told, its = (
        [party for one in drafts for party in one.actors if party.entity.sector] for drafts in (cluster, [draft])
    )
    alike = len({party.entity.country is None for party in (*told, *its)}) == 1
    if not (told and its and alike) or any(go_together(a.entity, b.entity) for a in told for b in its):
        return 0.0
    if not {party.entity.sector for party in (*told, *its)} & _FORCES and is_by_those_told(draft):
        return 0.0
    if draft.index - cluster[-1].index > 1:
        return 1.0
    return min(CERTAIN, *(max(party.score for party in side) for side in (told, its))) / CERTAIN


def go_together(a: Entity, b: Entity) -> bool:
    of_one_state = a.country == b.country and (a.sector == b.sector or {a.sector, b.sector} <= _STATE)
    return of_one_state or same_entity(a, b)


def _in_one_clause(a: Draft, b: Draft) -> bool:
    """Whether one is what the other does or happens in: "launched" an "offensive", "killed" in an "attack"."""
    if a.tree is not b.tree or _is_answer(a, b):
        return False
    words = a.tree.words
    pair = (words[a.mention.word], words[b.mention.word])
    hung = (pair[0].head == b.mention.word and pair[0].deprel) or (pair[1].head == a.mention.word and pair[1].deprel)
    return hung in _CLAUSE and any(word.upos != "VERB" for word in pair)


def same_word(a: Draft, b: Draft) -> bool:
    """Whether both are told in one word, be it a verb or its noun."""
    return _stem(a.form) == _stem(b.form)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):  # "strike" and "strikes" are one
        word = word.removesuffix(ending)
    return word[:6]


def same_entity(a: Entity, b: Entity) -> bool:
    """One codebook row, one name, or one country and sector."""
    if a.actor and b.actor:
        return a.actor == b.actor
    strangers = a.sector in _MANY and a.name[:1].isupper() and b.name[:1].isupper()
    alike = a.country is not None and (a.country, a.sector) == (b.country, b.sector)
    return a.name.lower() == b.name.lower() or (alike and not strangers)


def _parties(a: Draft, b: Draft) -> tuple[int, bool]:
    """How many parties the two share, and whether both name some and share none."""
    shared = sum(any(same_entity(p.entity, q.entity) for q in b.parties) for p in a.parties)
    return min(shared, 2), bool(a.parties and b.parties and not shared)


def _two_towns(a: Draft, b: Draft) -> bool:
    """Whether two sentences, not one, name two different towns or finer places, however near."""
    fine = [d.place for d in (a, b) if d.place and d.place.precision in _TOWNS and d.place.gazetteer]
    return a.index != b.index and len({place.gazetteer for place in fine}) == 2


def _time(a: Period | None, b: Period | None) -> bool | None:
    if a is None or b is None:
        return None
    return a.start <= b.end and b.start <= a.end
