"""Where parties belong whose words do not tell their country: to the country of the place of what they do."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from trucewatch.claims.cast import Cast
from trucewatch.claims.draft import BY_PLACE, Party
from trucewatch.claims.phrase import heads
from trucewatch.claims.roles import FROM_ABROAD, ROLE_RULE
from trucewatch.claims.who import identify
from trucewatch.codebook.rows import FIGHTERS

_LOCAL = frozenset("COP GOV JUD LEG MIL PRM REB SPY UAF CVL REF OPP".split())
"""Sectors of people who belong to the country that they are met in, where nothing else is said."""


def settled(party: Party, country: str, words: str, cast: Cast) -> Party:
    """A party, called by ``words``, as one of that country, if its own country was only guessed from the whole report
    or is unknown: "the police" there are the police of that country."""
    without_army = party.entity.sector == "MIL" and country in heads().no_army
    abroad = ("country", FROM_ABROAD) in party.because
    if abroad or _is_of_no_country(party) or without_army:
        return party
    unsaid = party.entity.country is None and party.entity.sector in _LOCAL
    if party.entity.country == country or not (party.is_of_guessed_country or unsaid):
        return party
    entity, because = party.entity, party.because
    if entity.actor:  # the body of another country
        there = identify(words, replace(cast, country=country))
        if there.entity.country == country:
            entity, because = there.entity, (*party.because[:1], *there.because)
    entity = msgspec.structs.replace(entity, text=party.entity.text, country=country)
    said = (pair for pair in because if pair[0] != "country")
    return replace(party, entity=entity, because=(*said, ("country", BY_PLACE)))


def _is_of_no_country(party: Party) -> bool:
    """Whether they are fighters or rulers of a kind that has no country of its own: "peacekeepers", "several countries"."""
    abroad = any(why.removeprefix(ROLE_RULE) in heads().abroad for _, why in party.because)
    return abroad and party.entity.sector in FIGHTERS | {"GOV"}
