"""Step 5, the claims: what two mentions have in common, or not: their word, parties, towns, days, dead."""

from __future__ import annotations

from trucewatch.claims.draft import LEAST, TOTAL, Draft
from trucewatch.claims.joined_events import answered
from trucewatch.claims.known import STATE
from trucewatch.claims.tree import surely
from trucewatch.nouns import Count, Entity, Period

_MANY = frozenset({"REL", "BUS", "JRN"})
"""Sectors in which those of two names are two, though of one country: "Sunnis" and "Alawites", two firms, two papers."""
_LEAST_TO_MOST = 1.5  # how many times "more than 20" it may be
TOWNS = ("town", "site")


def same_word(a: Draft, b: Draft) -> bool:
    """Whether both are told in one word, be it a verb or its noun."""
    return _stem(a.form) == _stem(b.form)


def _stem(word: str) -> str:
    """What "shelled", "shelling" and "shells" have in common: the first letters, without their endings."""
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


def go_together(a: Entity, b: Entity) -> bool:
    """Whether they may be on one side: one entity, or those who act for one state."""
    of_one_state = a.country == b.country and (a.sector == b.sector or {a.sector, b.sector} <= STATE)
    return of_one_state or same_entity(a, b)


def parties_of(a: Draft, b: Draft) -> tuple[int, bool]:
    """How many parties the two share, and whether both name some and share none."""
    shared = sum(any(same_entity(p.entity, q.entity) for q in b.parties) for p in a.parties)
    return min(shared, 2), bool(a.parties and b.parties and not shared)


def two_towns(a: Draft, b: Draft) -> bool:
    """Whether two sentences, not one, name two different towns or finer places, however near."""
    fine = [d.place for d in (a, b) if d.place and d.place.precision in TOWNS and d.place.gazetteer]
    return a.index != b.index and len({place.gazetteer for place in fine}) == 2


def overlap(a: Period | None, b: Period | None) -> bool | None:
    """Whether two times have a day in common; None where one of them is not known."""
    if a is None or b is None:
        return None
    return a.start <= b.end and b.start <= a.end


def has_other_toll(a: Draft, b: Draft) -> bool:
    """Whether they tell of other numbers of dead; what a later sentence adds to one ("put the toll at 43") may be more."""
    if a.killed is None or b.killed is None or a.killed == b.killed:
        return False
    one, two = a.toll("killed"), b.toll("killed")
    if one and two and (outdoes(one, two) or outdoes(two, one)):
        return False
    return b.tells("killed") or b.killed.low < a.killed.low


def outdoes(one: tuple[Count, str], other: tuple[Count, str]) -> bool:
    """Whether of two tolls, each with its reason, the one says what became of the other: it rose to it, or was "at least" so much."""
    (count, why), (before, because) = one, other
    if why == TOTAL:
        return count.low > before.high
    most = max(before.high, _LEAST_TO_MOST * before.low)
    return because == LEAST != why and 0 < before.low < count.low <= count.high <= most


def of_one_victim(a: Draft, b: Draft) -> bool:
    """Whether somebody is told to have suffered both, or one of them does not tell who did."""
    suffer = [[party.entity for party in d.recipients] for d in (a, b)]
    return not all(suffer) or any(same_entity(p, q) for p in suffer[0] for q in suffer[1])


def is_answer(a: Draft, b: Draft) -> bool:
    """Whether one of two in a sentence was done in answer to the other, or after it: "in retaliation for the killing"."""
    one, two = ({*answered(d.tree, d.mention.word)} for d in (a, b))
    return a.tree is b.tree and one != two


def is_of_others_before(a: Draft, b: Draft) -> bool:
    """Whether the later of two in a sentence is what others did to each other before: "police came *after clashes* of clans"."""
    tree, word = b.tree, b.mention.word
    after = any("after" in (tree.case(at), tree.form(at - 1)) for at in (word, *tree.kids[word]))
    doers, fought = surely(a.mention, "actor"), [surely(b.mention, kind) for kind in ("actor", "recipient")]
    others = all(fought) and not any(word in side for word in doers for side in fought)
    return a.tree is tree and after and bool(doers) and others


def is_of_journey(a: Draft, b: Draft) -> bool:
    """Whether the later of two in a sentence is what somebody travelled for: "flew to Doha, where he *met* the emir"; not "after
    meeting him", nor whom he phoned."""
    travels = a.mention.type == "CONSULT" and a.mention.mode == "visit" and not a.is_noun
    meets = b.mention.type == "CONSULT" and b.mention.mode != "phone" and a.tree is b.tree and not is_answer(a, b)
    one_status = a.mention.status == b.mention.status  # who arrived "seeking to mediate" has not mediated
    return travels and meets and one_status and b.mention.word in a.tree.under(a.mention.word)


def is_in_protest(a: Draft, b: Draft) -> bool:
    """Whether the later one only calls the other a protest: "blocked the roads in *protest* at the tax"."""
    tree, word = b.tree, b.mention.word
    hangs = a.tree is tree and tree.words[word].head == a.mention.word and tree.words[word - 1].text == "in"
    return hangs and a.mention.type == b.mention.type == "PROTEST"
