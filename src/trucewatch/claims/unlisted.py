"""Names that no table has: what their own words tell of them."""

from __future__ import annotations

from trucewatch.claims.cast import Cast
from trucewatch.claims.known import Known, Sign, Sure, Value
from trucewatch.claims.phrase import Phrase, bare, full_name, heads, words
from trucewatch.claims.roles import ROLE_RULE, nearer_role

_OF_THE_PLACE = frozenset({"REB", "PRM", "PTY", "GOV", "JUD", "LEG"})
"""Sectors of bodies without a country of their own that are of the country where the report plays."""


def unlisted(phrase: Phrase, owner: Sign | None, cast: Cast) -> Known:
    """A name that no table has: its country by a country word in it, its sector by its last word."""
    known, last = owner.known if owner else Known(""), bare(phrase.tokens[-1])
    named = phrase.text[:1].isupper() or phrase.text.startswith("al-")
    ending = words()["unknown"]["endings"].get(last) if named else None
    sector, why = Value(ending, f"naming.toml:endings {last}") if ending else _sector_within(phrase, owner, cast)
    abroad = {bare(token) for token in phrase.tokens} & heads().from_abroad
    home = cast.home() if ending in _OF_THE_PLACE and known.country is None and not abroad else None
    because = [("name", "rule bare words")]
    because += [("country", known.why("country"))] if known.country else []
    because += [("sector", why)] if why else []
    because += [("country", f"scene {home}")] if home else []
    sure = Sure.ROLE if sector else Sure.WORDS
    return Known(full_name(phrase), known.country or home, sector, None, tuple(because), sure)


def _sector_within(phrase: Phrase, owner: Sign | None, cast: Cast) -> Value:
    """The sector of the actor, or else of the role, that a name holds."""
    known = owner.known if owner and owner.kind == "actor" else Known("")
    role = None if known.sector else nearer_role(phrase, cast)
    return Value(role.sector, f"{ROLE_RULE}{role.id}") if role else Value(known.sector, known.why("sector"))
