"""Step 4, where: of all events of a report, those told near by whose place what names none may share, or lies in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from trucewatch.claims import event_pairs
from trucewatch.claims.draft import Draft
from trucewatch.claims.placewords import WORDS, plain_words
from trucewatch.nouns import Entity, Place

NEAR = 3  # sentences within which what happens somewhere gives its place to what has none
MANY = 3  # mentions at one place that make it the place of a report
MOST = 0.6  # share of the mentions that are at one place, for it to be that of a report that tells of few
IN_TOWN = frozenset({"site", "district", "town"})
"""How fine a place is that says in which town something is."""


def place_in_towns(drafts: Sequence[Draft]) -> None:
    """Streets, quarters and hotels that the gazetteer lacks lie in the town told of near by: "*Tariq Road*, Karachi"."""
    known = {id(draft) for draft in drafts if draft.place and draft.place.precision in IN_TOWN}
    for draft in drafts:
        if draft.place is None or not is_in_town(draft.place):
            continue
        near = nearest([one for one in drafts if one is draft or id(one) in known], draft)
        if near and near.place and abs(near.index - draft.index) <= NEAR:
            draft.place = in_town(draft.place, near.place)
            source = draft.reasons["place"]
            because = f"{source.because}; rule in the town of sentence {near.index + 1}"
            draft.reasons["place"] = replace(source, because=because)


def is_in_town(place: Place) -> bool:
    """Whether it is a street, quarter or hotel that the gazetteer lacks."""
    return place.precision is None and not WORDS["in_town"].isdisjoint(plain_words(place.name))


def in_town(place: Place, town: Place) -> Place:
    """Such a place, at the point of its town: "Tariq Road, Karachi"."""
    name = f"{place.name}, {town.name.rpartition(', ')[2]}"
    return msgspec.structs.replace(town, text=place.text, name=name, precision="town")


def nearest(drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    """The draft most likely of the same scene: near by, the one with most in common, then the nearest; else one at the usual place."""
    at = next(i for i, other in enumerate(drafts) if other is draft)
    placed = [*reversed(drafts[:at]), *drafts[at + 1 :]]
    near = [other for other in placed if abs(other.index - draft.index) <= NEAR]
    if not near:
        return _of_most(placed, draft)
    return max(near, key=lambda other: _in_common(other, draft))  # the first of the best


def _of_most(placed: Sequence[Draft], draft: Draft) -> Draft | None:
    """The first at the place at which ``MANY`` and a third of them are, or several and most, in a country of the draft's parties; a
    whole country is told of in passing, too, and has to be where all are."""
    told: dict[str, list[Draft]] = defaultdict(list)
    for other in placed:
        if other.place:
            told[other.place.name].append(other)
    most = max(told.values(), key=len, default=[])
    whole = bool(most) and most[0].place is not None and most[0].place.precision == "country"
    enough = len(most) == len(placed) if whole else len(most) >= MOST * len(placed)
    of_parties = len(most) > 1 and enough and _is_of(most[0], draft)
    return most[0] if of_parties or len(most) >= max(MANY, len(placed) / 3) else None


def _in_common(a: Draft, b: Draft) -> int:
    """How much speaks for one place of two events: the same type, a common party, the place in the country of a party or of none."""
    party = any(_alike(p.entity, q.entity) for p in a.parties for q in b.parties)
    return (a.mention.type == b.mention.type) + party + _is_of(a, b)


def _is_of(placed: Draft, draft: Draft) -> bool:
    """Whether the place of the one lies in the country of a party of the other, or in a region that is no single country's."""
    place = placed.place
    if place is None or place.country is None:
        return place is not None and place.precision is not None
    return place.country in {party.entity.country for party in draft.parties}


def _alike(a: Entity, b: Entity) -> bool:
    """One entity, as far as can be told; "militants" are none of those known by name."""
    return event_pairs.same_entity(a, b) if (a.actor is None) == (b.actor is None) else a.name == b.name
