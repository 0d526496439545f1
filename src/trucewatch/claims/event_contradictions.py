"""Step 5, the claims: what speaks against a mention being of the event that others tell of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter

from trucewatch.claims.draft import Draft
from trucewatch.claims.each_other import is_laid_to_both
from trucewatch.claims.event_anaphora import (
    definite,
    introduces_victims,
    is_ahead,
    is_anew,
    is_another,
    is_by_those_told,
    is_of_another_line,
    is_on_the_ground,
    is_one_of_many,
    is_tally,
    is_war,
)
from trucewatch.claims.event_pairs import (
    TOWNS,
    go_together,
    has_other_toll,
    is_answer,
    is_of_others_before,
    of_one_victim,
    overlap,
    same_word,
    two_towns,
)
from trucewatch.claims.geometry import is_vague, one_place
from trucewatch.claims.known import STATE
from trucewatch.claims.phrase import listed, lists
from trucewatch.claims.tree import CERTAIN, Tree, surely
from trucewatch.claims.two_places import are_at_two
from trucewatch.codebook.rows import HARMS, MUTUAL

# Log-odds against one event:
CONTRADICTION = 2.0  # it tells of a mode, a toll, a side or a town that no other mention has, and others tell of one
ELSEWHERE = 5.0  # of another time by its own words, or a place far from all others; or it is told as another event
_BOMBED = frozenset({"aerial", "drone", "explosives", "heavy-weapons", "suicide-attack"})
_EXPLODES = frozenset({"explosives", "suicide-attack"})
_KILLS = frozenset({"firearms", "primitive", "unconventional"}) | _BOMBED
"""How somebody may be killed who is targeted."""
_FORCES = STATE | {"PRM"}
"""Those who are called "the soldiers" or "the police" whether they were told of or not."""
_CLASHES = listed("again", "clashes")
_DOWNED = listed("again", "downed")
_SIDES = (attrgetter("actors"), attrgetter("recipients"))
_SAID = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "THREATEN"})
_TOWARDS = _SAID | {"CONSULT", "AID", "SANCTION"}
_OBJECT = frozenset({"obj", "obl", "ccomp", "xcomp", "advcl"})
Question = Callable[[Sequence[Draft], Draft], float]
"""Whether something told of earlier mentions speaks against a later one; between 0 and 1 where it does so less."""
Fact = Callable[[Draft], set[str | None]]
"""What a mention tells of some kind; nothing where it tells nothing of it."""


def contradictions(cluster: Sequence[Draft], draft: Draft) -> float:
    """Log-odds against one event, of what is told of both and is nowhere the same."""
    unlike, apart = (sum(asks(cluster, draft) for asks in questions) for questions in (_UNLIKE, _APART))
    return CONTRADICTION * unlike + ELSEWHERE * apart


def _every(answers: Iterable[bool]) -> bool:
    """Whether all of some answers are yes, and there are any."""
    told = [*answers]
    return bool(told) and all(told)


def _other_toll(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it tells of other dead than all who tell of some."""
    return _every(has_other_toll(other, draft) for other in cluster if other.killed)


def _other_town(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it was in another town than all that name one."""
    fine = (one for one in cluster if one.tells("place") and one.place and one.place.precision in TOWNS)
    return draft.tells("place") and _every(two_towns(other, draft) for other in fine)


def _other_time(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether its own words tell of another time than the words of others."""
    times = [overlap(other.time, draft.time) for other in cluster if other.tells("time")]
    return _tells_day(draft) and False in times and True not in times


def _tells_day(draft: Draft) -> bool:
    """Whether its own words tell when it was; "the *night* attack" only tells which."""
    return draft.tells("time") and not (definite(draft) and draft.reasons["time"].because == "rule time of day")


def _elsewhere(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it was far from all places that others name, whole countries aside where some name no more than these."""
    told = [other for other in cluster if other.tells("place")]
    narrow = [other for other in told if not is_vague(other.place)] or told
    return draft.tells("place") and _every(one_place(other.place, draft.place) is False for other in narrow)


def _is_another(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it is called another, but for "the second attack" after such a one."""
    return is_another(draft) and not (definite(draft) and any(map(is_another, cluster)))


def _are_two(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether its sentence or its line in a list tells of two, or it alone is still to come."""
    pairs = any(
        _two_verbs(other, draft)
        or _listed(other, draft)
        or is_answer(other, draft)
        or is_of_others_before(other, draft)
        or (other.tree is draft.tree and are_at_two(draft.tree, other.mention.word, draft.mention.word))
        for other in cluster
    )
    return pairs or is_of_another_line(cluster, draft) or is_ahead(cluster, draft)


def _is_charge_of_both(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether of charges one is each other's and the others are one side's: "Baku accused Yerevan. Both *blamed each other*"."""
    mutual = [one.tree.is_mutual(one.mention.word) for one in (*cluster, draft)]
    return draft.mention.type == "ACCUSE" and mutual[-1] not in mutual[:-1]


def _is_denied_by_another(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether somebody denies what another, or the outlet, tells as having happened: each is a claim of its own."""
    pairs = ([*_denied(other, draft)] for other in cluster)
    return all(any(no.attributed_to not in (None, did.attributed_to) for no, did in pair) for pair in pairs)


def _denied(a: Draft, b: Draft) -> Iterator[tuple[Draft, Draft]]:
    """What is denied, and what happened, where one of two is and the other did."""
    for no, did in ((a, b), (b, a)):
        if no.mention.status == "denied" and did.mention.status in ("happened", "ongoing"):
            yield no, did


def _is_other(fact: Fact, cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether both tell something of a kind, and nothing of it is the same."""
    told, its = {value for other in cluster for value in fact(other)}, fact(draft)
    return bool(told and its) and not told & its


def _strike_back(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether those who do it, by name, have only suffered the other: "*soldiers* died in an attack; the *army* struck the area"."""
    acted, suffered = ({party.entity.actor for one in cluster for party in side(one)} for side in _SIDES)
    ours = {party.entity.actor for party in draft.actors if party.is_sure}
    back = ours <= suffered - acted and None not in ours
    return bool(ours) and back and draft.mention.type == "ASSAULT" and not draft.is_noun


def _is_clash(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one is a clash of two and the other the bombs of one side: "the army shelled the hills; *clashes* left 15 dead"."""
    two = [one.form in _CLASHES for one in (*cluster, draft)]
    bombs = [one.mention.mode in _BOMBED and one.form not in _CLASHES for one in (*cluster, draft)]
    return (two[-1] and all(bombs[:-1])) or (bombs[-1] and all(two[:-1]))


def _is_downing(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one is of what was shot down, and other sentences tell whom they hurt: "*shot down* 71 drones. One person was killed"."""
    others = [draft] if all(map(_downs, cluster)) else [*cluster] if _downs(draft) else []
    apart = all(one.tree is not draft.tree for one in cluster)
    return apart and bool(others) and all(not _downs(one) and (one.killed or one.injured) for one in others)


def _downs(draft: Draft) -> bool:
    """Whether it tells that something was brought down: "*intercepted* a missile"."""
    return draft.form in _DOWNED or (draft.form == "shot" and draft.tree.form(draft.mention.word + 1) == "down")


def _is_habit(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether others say what some are wont to do, and the rest is of a day and of nobody of these: "two died in the *fighting* on
    Friday; Kinshasa says that Rwandans *fight* beside them"."""
    dated = any(one.tells("time") for one in cluster) and all(one.mention.status == "happened" for one in cluster)
    wont = draft.mention.status == "ongoing" and not draft.tells("time") and not draft.is_noun
    told = [party for one in cluster for party in one.parties]
    met = any(go_together(a.entity, b.entity) for a in told for b in draft.parties)
    return dated and wont and bool(draft.attributed_to and told and draft.parties) and not met


def _number(draft: Draft) -> set[str | None]:
    """Of "17 strikes" and "six strikes" one is the whole or neither."""
    return {draft.number or None} - {None}


def _persons(draft: Draft) -> set[str | None]:
    """Who acts, by name: two telephone calls of two pairs."""
    return {party.entity.name for party in draft.actors if party.is_person}


def _counterparts(draft: Draft) -> set[str | None]:
    """Of what country or body those are who were met, or surely helped, punished or spoken of: "met Macron", "condemned Israel"."""
    sure = [p for p in draft.recipients if draft.mention.type == "CONSULT" or (p.is_named and p.is_sure)]
    return {party.entity.country for party in sure if draft.mention.type in _TOWARDS} - {None}


def _is_asked_of_others(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether two sentences tell, in verbs with whom they are said to, what is asked or held against two: "urged *all parties* to
    stop. It urged *Rwanda* to withdraw its troops"."""
    if draft.mention.type not in ("ACCUSE", "REQUEST") or not _says_to(draft):
        return False
    told = [party.entity for one in cluster for party in one.recipients if party.is_sure]
    its = [party.entity for party in draft.recipients if party.is_sure]
    apart = bool(told and its) and not any(go_together(a, b) for a in told for b in its)
    return apart and all(_says_to(one) and one.index != draft.index for one in cluster)


def _says_to(draft: Draft) -> bool:
    """Whether it is a verb, and no passive, with one to whom it is said."""
    tree, word = draft.tree, draft.mention.word
    return not draft.is_noun and not tree.is_passive(word) and tree.child(word, "obj", "obl") is not None


def _deeds(draft: Draft) -> set[str | None]:
    """Of what kind the deeds are of which something is said: "condemned the *attack*", "condemned the *arrests*"."""
    tree, word = draft.tree, draft.mention.word
    below = [
        m for m in tree.passage.mentions if draft.mention.type in _SAID and m.word > word == tree.words[m.word].head
    ]
    return {m.type for m in below if tree.words[m.word].deprel in _OBJECT and m.type != draft.mention.type}


def _hours(draft: Draft) -> set[str | None]:
    """In what part of the day it was: "attacked at *dawn*", "bombed in the *evening*"."""
    tree = draft.tree
    told = (tree.phrase(word) for word in surely(draft.mention, "time"))
    words = {tree.form(at) for first, last in told for at in range(first, last + 1)}
    return {part for part, forms in vars(lists("hours")).items() if words & forms}


def _stage(draft: Draft) -> set[str | None]:
    """At which stage a case in law is: "was *charged* in May", "his *trial*"."""
    return {stage for stage, forms in vars(lists("stages")).items() if draft.form in forms}


def _is_done_to_others(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one word tells what was done to others, who were not told of: "arrested a journalist. *A trader* was arrested, too"."""
    told = [party.entity.sector for other in cluster for party in other.recipients]
    others = "CVL" not in told and introduces_victims(cluster, draft)  # of "40 people" two may be journalists
    return bool(told) and others and any(same_word(other, draft) for other in cluster)


def _is_of_other_kind(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one word tells of two kinds, each as new: "*a car bomb* killed four people; *a letter bomb* hurt a judge"."""
    told = (_kinds(other) for other in cluster if same_word(other, draft))
    its = _kinds(draft)
    return bool(its) and _every(not its & kinds for kinds in told if kinds)


def _kinds(draft: Draft) -> set[str]:
    """Of what kind violence is that is told of as new: "a *car* bomb"; nothing of "the car bomb"."""
    tree, word = draft.tree, draft.mention.word
    new = draft.mention.type == "ASSAULT" and draft.is_noun and tree.has(word, ("a", "an"), "det")
    return {tree.form(kid) for kid in tree.children(word, "compound") if new}


def _is_with_others(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether each was done with one who was not in the other: "Russia and Serbia held a drill, Russia and Belarus held one"."""
    sure = [[p for one in drafts for p in one.parties if p.is_named and p.is_sure] for drafts in (cluster, [draft])]
    states = ({party.entity.country for party in side} for side in sure)
    persons = ({party.entity.name for party in side if party.is_person} for side in sure)
    pairs = ((told & its, told - its, its - told) for told, its in (states, persons) if len(its) == 2)
    return draft.mention.type in MUTUAL and any(all(pair) for pair in pairs)


def _none_of_them(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether there was none of the one and the other happened, in another word: "no breach was recorded", and an abduction."""
    pairs = (pair for other in cluster for pair in _denied(draft, other))
    return any(none.tree.is_none(none.mention.word) and not same_word(none, did) for none, did in pairs)


def _two_verbs(a: Draft, b: Draft) -> bool:
    """Whether they are two verbs of a sentence, done to different parties, or listed with an object each, and neither has a toll."""
    verbs = a.tree is b.tree and all(d.tree.words[d.mention.word].upos == "VERB" for d in (a, b))
    toll = any(d.killed or d.injured for d in (a, b))
    return verbs and not toll and (not of_one_victim(a, b) or _own_objects(a, b))


def _own_objects(a: Draft, b: Draft) -> bool:
    """Whether they are listed, each with what it is done to: "looting *shops* and burning *churches*"."""
    tree, one, two = a.tree, a.mention.word, b.mention.word
    objects = [tree.child(verb, "obj") for verb in (one, two)]
    is_listed = tree.is_of(two, one, "conj") and a.mention.type in HARMS
    return is_listed and all(at is not None and _is_struck(tree, at) for at in objects)


def _is_struck(tree: Tree, word: int) -> bool:
    """Whether a noun names what something is done to: no pronoun, and no deed itself ("carried out an *attack*")."""
    return tree.words[word].upos != "PRON" and not tree.is_event(word)


def _listed(a: Draft, b: Draft) -> bool:
    """Whether they are nouns joined by "and", or the subjects of clauses that are, and each is described: "roadside bombs and sniper
    fire", "that *the attack on the base* was a breach and that *the raids of Monday* were another"."""
    tree, one, two = a.tree, a.mention.word, b.mention.word
    if tree is not b.tree or not (a.is_noun and b.is_noun):
        return False
    described = all(tree.child(at, "nmod") is not None for at in (one, two)) and not same_word(a, b)
    subjects = all(tree.words[at].deprel.startswith("nsubj") for at in (one, two))
    clauses = subjects and _are_joined(tree, tree.words[one].head, tree.words[two].head)
    return tree.is_of(two, one, "conj") or (clauses and described)


def _are_joined(tree: Tree, one: int, two: int) -> bool:
    """Whether "and" joins a verb to another, or both tell what one verb says."""
    both_said = one != two and all(tree.is_of(verb, tree.words[one].head, "ccomp") for verb in (one, two))
    return both_said or tree.is_of(two, one, "conj")


def _other_mode(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether its mode is none of those told, nor goes with them: a bomber's bomb explodes, a "bombing" may be aerial, and bombs
    destroy."""
    mode, modes = _sure_mode(draft), {_sure_mode(other) for other in cluster} - {None}
    if mode is None or not modes:
        return bool(modes) and modes <= _BOMBED and is_on_the_ground(draft)
    told = {mode, *modes}
    if told <= _KILLS | {"targeted"}:
        told -= {"targeted"}
    if mode == "destroy" and modes & _BOMBED:
        return False
    return not (mode in modes or len(told) <= 1 or told <= _EXPLODES or (draft.is_noun and told <= _BOMBED))


def _sure_mode(draft: Draft) -> str | None:
    """Its mode, where a row gives it or the model is sure of it."""
    mode, why = draft.mention.mode, draft.reasons.get("mode")
    by_row = why is not None and why.because.startswith("triggers.csv")
    return mode if by_row or draft.mention.mode_score >= CERTAIN else None


def _other_side(cluster: Sequence[Draft], draft: Draft) -> float:
    """1 where both name who acts, by sector and country, and none of these is compatible; less where an actor near by is unsure.
    Who is behind "the attack" may be those who are called by no name: "*masked men* shot a judge; *ETA* claimed the attack"."""
    told, its = (
        [party for one in drafts for party in one.actors if party.entity.sector] for drafts in (cluster, [draft])
    )
    alike = len({party.entity.country is None for party in (*told, *its)}) == 1
    if not (told and its and alike) or any(go_together(a.entity, b.entity) for a in told for b in its):
        return 0.0
    behind = definite(draft) and draft.mention.type == "ASSAULT" and not any(party.is_named for party in told)
    if not {party.entity.sector for party in (*told, *its)} & _FORCES and (behind or is_by_those_told(draft)):
        return 0.0
    if draft.index - cluster[-1].index > 1:
        return 1.0
    return min(CERTAIN, *(max(party.score for party in side) for side in (told, its))) / CERTAIN


_UNLIKE: Sequence[Question] = (
    _other_mode,
    _other_toll,
    _other_town,
    _other_side,
    is_tally,
    is_war,
    is_one_of_many,
    is_anew,
    _is_done_to_others,
    _is_of_other_kind,
    _is_with_others,
    _strike_back,
    _is_clash,
    _is_downing,
    _is_habit,
    _none_of_them,
    *(partial(_is_other, fact) for fact in (_number, _persons, _counterparts, _deeds, _hours, _stage)),
)
"""What speaks against one event as any ``CONTRADICTION`` does."""
_APART: Sequence[Question] = (
    _other_time,
    _elsewhere,
    _is_another,
    _are_two,
    is_laid_to_both,
    _is_charge_of_both,
    _is_denied_by_another,
    _is_asked_of_others,
)
"""What all but rules it out."""
