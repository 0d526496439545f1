"""Whose those are that a report calls "its fighters", "his government", "whose president": the owner behind the pronoun."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from trucewatch.claims.coreference import Chains
from trucewatch.claims.phrase import heads
from trucewatch.claims.roles import body_nouns, role_of
from trucewatch.claims.tree import Tree
from trucewatch.claims.who import Cast, Identified, identify
from trucewatch.codebook import Codebook, RoleRow
from trucewatch.nouns import Entity

_OF_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
"""Sectors of those whose troops and government are their country's."""

_BY_SEAT = "rule where it sits"
"""What it rests on that a body is of the country in whose capital it is."""


class Owned(NamedTuple):
    """Words that name the owner, and what else says who is meant."""

    words: str
    cast: Cast
    """The report's own, but that it plays in the owner's country."""
    because: str = ""
    """The rule that led to the owner; empty where the words are as they were."""

    def identify(self, part: str) -> Identified:
        """Who the words, or a part of them, refer to; the owner's country rests on what led to the owner."""
        known = identify(part, self.cast)
        if not self.because:
            return known
        because = [(field, self.because if why.startswith("scene") else why) for field, why in known.because]
        return Identified(known.entity, (("name", self.because), *because))


def owned(tree: Tree, word: int, span: tuple[int, int], chains: Chains) -> Owned:
    """A phrase with the owner's name in place of the pronoun that refers to it: "*its* fighters". Allies and rivals are
    others, and "its Syrian fighters" say themselves where they are from."""
    text, cast, (start, end) = chains.text, chains.cast, span
    plain = Owned(text[start:end], cast)
    at, role = tree.child(word, "nmod:poss"), role_of(tree.words[word].text, cast.codebook)
    if at is None and role and (seat := _seat(tree, word, role, cast.codebook)):
        return plain if identify(plain.words, cast).states_country else _there(plain, seat, _BY_SEAT)
    if at is None or role is None or not _is_its_own(role):
        return plain
    pronoun = tree.words[at]
    found = chains.antecedents(pronoun.start, pronoun.end) if pronoun.upos == "PRON" else ()
    rest = text[pronoun.end : end].strip()
    if pronoun.start != start or len(found) != 1 or found[0].is_thing or identify(rest, cast).states_country:
        return plain
    known = identify(text[found[0].start : found[0].end], cast)
    owner, belongs = known.entity, role.id in heads().belong
    if owner.country is None or not known.states_country:
        return Owned(f"{_possessive(owner.name)} {rest}", cast, found[0].because) if belongs else plain
    named = _with_owner(owner, role, rest, cast.codebook)
    return _there(plain._replace(words=named), owner.country, found[0].because) if named else plain


def _there(said: Owned, country: str, because: str) -> Owned:
    """Words as they would be in a report of some country."""
    return Owned(said.words, replace(said.cast, country=country, countries={country: 1.0}), because)


def _seat(tree: Tree, word: int, role: RoleRow, codebook: Codebook) -> str | None:
    """The country in whose capital a body of state sits: "the foreign ministry *in Moscow*"."""
    inside = (kid for kid in tree.kids[word] if kid > word and tree.case(kid) == "in" and kid in tree.name_at)
    at = next(inside, None) if role.id in heads().seated else None
    if at is None:
        return None
    first, last = tree.name_at[at]
    found = codebook.find_country(" ".join(one.text for one in tree.words[first : last + 1]))
    return found.country if found and found.kind in ("capital", "name") else None


def with_owners(cast: Cast, chains: Chains) -> Cast:
    """The cast with the owner's name in the titles that begin with a pronoun: "its spokesman, *X*"."""
    people = dict(cast.people)
    for key, person in cast.people.items():
        found = chains.antecedents(*person.owner) if person.owner else ()
        if len(found) == 1 and not found[0].is_thing:
            owner = identify(chains.text[found[0].start : found[0].end], cast).entity
            people[key] = person._replace(title=f"{_possessive(owner.name)} {person.title}")
    return replace(cast, people=people)


def _is_its_own(role: RoleRow) -> bool:
    """Whether those are meant who belong to the owner, or speak or act for it."""
    own = role.id in {*heads().belong, *heads().weak, *body_nouns(), "countries"}
    of_state = role.sector in _OF_STATE and role.is_people
    return (own or of_state) and role.id not in heads().others | (heads().abroad - {"countries"})


def _with_owner(owner: Entity, role: RoleRow, rest: str, codebook: Codebook) -> str:
    """The words with the owner before them: a minister's government is that of the country, "his country" the country;
    nothing where the owner can have no such thing."""
    state = codebook.countries.get(owner.country or "")
    if role.id in ("countries", "government"):
        return "" if state is None else state.name if role.id == "countries" else f"{_possessive(state.name)} {rest}"
    if state and owner.sector in _OF_STATE and role.id in body_nouns():
        return f"{_possessive(state.name)} {rest}"
    return f"{_possessive(codebook.actors[owner.actor].name if owner.actor else owner.name)} {rest}"


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"
