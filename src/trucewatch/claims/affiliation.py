"""Steps 1 and 3, who: whose people somebody is, by the owner behind a pronoun ("its fighters") or the place of what they do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import msgspec

from trucewatch.claims.cast import Cast
from trucewatch.claims.coreference import Chains
from trucewatch.claims.draft import BY_PLACE, Draft, Party
from trucewatch.claims.phrase import heads, listed, plural, without_the
from trucewatch.claims.role_nouns import FROM_ABROAD, ROLE_RULE, body_nouns, role_of
from trucewatch.claims.role_reversal import loses
from trucewatch.claims.split_antecedents import is_both
from trucewatch.claims.tree import Tree
from trucewatch.claims.who import Identified, identify
from trucewatch.codebook import Codebook, RoleRow
from trucewatch.codebook.rows import FIGHTERS
from trucewatch.nouns import Entity

_OF_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
"""Sectors of those whose troops and government are their country's."""

_RULES = frozenset({"GOV", "JUD", "LEG"})
"""Sectors of those who are of the state whatever body calls them its own: "the army arrested *its president*"."""
_ALONE = frozenset({"cc", "punct", "conj"})
_BY_SPEAKER = "rule an army's own"
"""What it rests on that men and arms of nobody's are of the army that speaks of them."""
_ARMIES = frozenset({"military", "air force", "navy", "special forces"})
_OF_GOVERNMENT = "government-forces"
_BY_LOSS = "rule who lost them"
_BY_SEAT = "rule where it sits"
"""What it rests on that a body is of the country in whose capital it is."""
_FROM = frozenset({"of", "from"})
_OF_BOTH = "rule which two are meant"
_LISTED = "rule one owner of a list"
_MEN = re.compile(r"\bmen\b")
_LOCAL = frozenset("COP GOV JUD LEG MIL PRM REB SPY UAF CVL REF OPP".split())
"""Sectors of people who belong to the country that they are met in, where nothing else is said."""


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
    """A phrase with the owner's name in place of the pronoun before its head ("*its* fighters"), where that names no country itself."""
    text, cast, (start, end) = chains.text, chains.cast, span
    tree, word = _meant(tree, word, span, chains)
    plain = Owned(text[start:end], cast)
    at, role = tree.child(word, "nmod:poss"), role_of(tree.words[word].text, cast.codebook)
    men = tree.form(word) == "men"
    if at is None or role is None:
        lost = _lost(plain, tree, word, chains) if men else None
        return lost or (_by_others(plain, tree, word, role, chains) if role else plain)
    if not (men or _is_its_own(role)):
        return plain
    pronoun = tree.words[at]
    found = chains.antecedents(pronoun.start, pronoun.end) if pronoun.upos == "PRON" else ()
    rest = text[pronoun.end : end].strip()
    if tree.form(at) == "its" and tree.words[word].deprel == "obj" and tree.form(word) in listed("things", "aboard"):
        return plain._replace(words=rest)  # "hit a tank and killed *its crew*": of the tank, which no mention is
    if pronoun.start != start or len(found) != 1 or found[0].is_thing or identify(rest, cast).states_country:
        return plain
    known = identify(text[found[0].start : found[0].end], cast)
    owner, noun = known.entity, heads().men.get(known.entity.sector or "")
    if men:
        if (role := cast.codebook.find_role(noun) if noun else None) is None:
            return plain
        rest = _MEN.sub(noun or "", rest, count=1)
    belongs = role.id in heads().belong
    if owner.country is None or not known.states_country:
        return Owned(f"{_possessive(owner.name)} {rest}", cast, found[0].because) if belongs else plain
    named = _with_owner(owner, role, rest, cast.codebook)
    return _there(plain._replace(words=named), owner.country, found[0].because) if named else plain


def _meant(tree: Tree, word: int, span: tuple[int, int], chains: Chains) -> tuple[Tree, int]:
    """The head of a phrase that a pronoun refers to, with its sentence: "Egypt flew home its *soldiers* after rebels captured them"."""
    start, end = span
    if start <= tree.words[word].start < end:
        return tree, word
    there = next((one for one in chains.trees if one.passage.start <= start < one.passage.end), tree)
    inside = there.within(start, end)
    return next(((there, at) for at in inside if there.words[at].head not in inside), (tree, word))


def _lost(plain: Owned, tree: Tree, word: int, chains: Chains) -> Owned | None:
    """The men whom an armed body lost, as its own: "the *rebels* lost 12 men in the raid"."""
    loser = tree.child(tree.words[word].head, "nsubj") if tree.words[word].deprel == "obj" else None
    if loser is None or not loses(tree, loser):
        return None
    start, end = tree.span(*tree.phrase(loser))
    found = chains.antecedents(start, end)
    owner = identify(chains.text[found[0].start : found[0].end] if found else chains.text[start:end], plain.cast).entity
    noun = heads().men.get(owner.sector or "")
    return Owned(f"{_possessive(owner.name)} {noun}", plain.cast, _BY_LOSS) if noun else None


def _by_others(plain: Owned, tree: Tree, word: int, role: RoleRow, chains: Chains) -> Owned:
    """A phrase whose owner is told by the capital in which they are, by "both sides", or by those in front of them on a list."""
    cast = plain.cast
    if seat := _seat(tree, word, role, cast.codebook):
        return plain if identify(plain.words, cast).states_country else _there(plain, seat, _BY_SEAT)
    if both := _of_both(tree, word, chains):
        before = plain.words.partition(tree.words[word].text)[0]
        return Owned(f"{before}{tree.words[word].text} of {both}", cast, _OF_BOTH)
    whose = _listed_with(tree, word, role, cast.codebook)
    return Owned(f"{whose} {plain.words}", cast, _LISTED) if whose else plain


def _of_both(tree: Tree, word: int, chains: Chains) -> str:
    """Which two it is whose people they are: "the foreign ministers *of both countries*"; nothing where they are not two."""
    for kid in tree.kids[word] if plural(tree.words[word].text) else ():
        if tree.case(kid) not in _FROM:
            continue
        first, last = tree.phrase(kid)
        start, end = tree.span(first + (tree.form(first) in _FROM), last)
        found = chains.antecedents(start, end) if is_both(tree.said(start, end).lower()) else ()
        names = [without_the(chains.text[one.start : one.end]) for one in found]
        if len(names) == 2:
            return " and ".join(names)
    return ""


def _listed_with(tree: Tree, word: int, role: RoleRow, codebook: Codebook) -> str | None:
    """Whose arms or police are that are told of right behind others: "*Turkish* jets and artillery", "*Thai* soldiers and police"."""
    head = tree.words[word].head
    alone = tree.words[word].deprel == "conj" and {tree.words[kid].deprel for kid in tree.kids[word]} <= _ALONE
    first = codebook.find_role(tree.words[head].text) if alone else None
    if first is None or not all(one.kind == "equipment" or one.sector in ("MIL", "COP") for one in (role, first)):
        return None
    before = (tree.words[kid].text for kid in tree.kids[head] if kid < head)
    return next((name for name in before if codebook.find_country(name) or codebook.find_role(name)), None)


def _there(said: Owned, country: str, because: str) -> Owned:
    """Words as they would be in a report of some country."""
    return Owned(said.words, replace(said.cast, country=country, countries={country: 1.0}), because)


def _seat(tree: Tree, word: int, role: RoleRow, codebook: Codebook) -> str | None:
    """The country in whose capital a body of state sits, or of which its people speak: "the foreign ministry *in Moscow*", "*In Paris*,
    officials said"."""
    inside = (kid for kid in tree.kids[word] if kid > word and tree.case(kid) == "in" and kid in tree.name_at)
    at = next(inside, None) if role.id in heads().seated else None
    if at is None and role.id in heads().seated | heads().local:
        at = _ahead(tree, word)
    if at is None:
        return None
    first, last = tree.name_at[at]
    found = codebook.find_country(" ".join(one.text for one in tree.words[first : last + 1]))
    return found.country if found and found.kind in ("capital", "name") else None


def _ahead(tree: Tree, word: int) -> int | None:
    """The name with which a sentence begins that tells where its subject does something: "*In Baku*, the opposition ..."."""
    verb, first = tree.words[word].head, tree.name_at.get(1)
    if tree.words[word].deprel != "nsubj" or tree.form(0) != "in" or first is None:
        return None
    return next((kid for kid in tree.kids[verb] if kid < word and first[0] <= kid <= first[1]), None)


def with_state(cast: Cast) -> Cast:
    """The cast with the country of the state's body that publishes the report: its are the offices that it only names."""
    known = identify(cast.publisher, replace(cast, country=None, countries={})).entity if cast.publisher else None
    states = known is not None and known.sector in _OF_STATE and known.country in cast.codebook.countries
    return replace(cast, state=known.country) if known and states else cast


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
    return (own or of_state) and role.id not in heads().others


def _with_owner(owner: Entity, role: RoleRow, rest: str, codebook: Codebook) -> str:
    """The words with the owner before them, a minister's government as his country's; empty where the owner can have no such thing."""
    state = codebook.countries.get(owner.country or "")
    if role.id in ("countries", "government"):
        return "" if state is None else state.name if role.id == "countries" else f"{_possessive(state.name)} {rest}"
    if state and owner.sector in _OF_STATE and (role.id in body_nouns() or role.sector in _RULES):
        return f"{_possessive(state.name)} {rest}"
    return f"{_possessive(codebook.actors[owner.actor].name if owner.actor else owner.name)} {rest}"


def _possessive(name: str) -> str:
    """ "Chad's", "the Philippines'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def settled(party: Party, country: str, words: str, cast: Cast) -> Party:
    """A party whose country was unknown or only guessed, as one of the country of the event's place: "the police" there."""
    unsaid = party.entity.country is None and party.entity.sector in _LOCAL
    if party.entity.country == country or not (party.is_of_guessed_country or unsaid) or _is_strange(party, country):
        return party
    entity, because = party.entity, party.because
    if entity.actor:  # the body of another country
        there = identify(words, replace(cast, country=country))
        if there.entity.country == country:
            entity, because = there.entity, (*party.because[:1], *there.because)
    entity = msgspec.structs.replace(entity, text=party.entity.text, country=country)
    said = (pair for pair in because if pair[0] != "country")
    return replace(party, entity=entity, because=(*said, ("country", BY_PLACE)))


def attacked(draft: Draft) -> tuple[Party, ...]:
    """Whom a state attacks, troops whom nothing but the scene gives to it as nobody's: "Israel struck *tanks* near the border"."""
    states = (party for party in draft.actors if party.entity.sector in _OF_STATE and not party.is_of_guessed_country)
    ours = {party.entity.country for party in states}

    def is_of_theirs(one: Party) -> bool:
        troops = one.entity.sector in ("MIL", "COP")
        return troops and one.is_of_guessed_country and one.entity.country in ours

    return tuple(_nobodys(one) if is_of_theirs(one) else one for one in draft.recipients)


def _nobodys(party: Party) -> Party:
    """A party without the country and the body that were guessed."""
    said = tuple(pair for pair in party.because if pair[0] not in ("country", "actor"))
    return replace(party, entity=msgspec.structs.replace(party.entity, country=None, actor=None), because=said)


def hosts(draft: Draft, text: str, cast: Cast) -> tuple[Party, ...]:
    """Who is met, those whose country was only guessed as of the country in whose capital a guest from it meets them: "the US envoy met
    *the prime minister* in Baghdad"."""
    seat = cast.codebook.find_country(draft.place.name) if draft.place else None
    guests = {party.entity.country for party in draft.actors if not party.is_of_guessed_country} - {None}
    if seat is None or seat.kind != "capital" or not guests - {seat.country}:
        return draft.recipients
    return tuple(
        settled(one, seat.country, text[one.start : one.end], cast) if one.entity.country in guests else one
        for one in draft.recipients
    )


def _is_strange(party: Party, country: str) -> bool:
    """Whether a party is of no country in which it is met: one from abroad, fighters or rulers of a kind that has no country of its own
    ("peacekeepers"), or an army or settlers in a land that has none."""
    roles = {why.removeprefix(ROLE_RULE) for _, why in party.because if why.startswith(ROLE_RULE)}
    of_none = party.entity.sector in FIGHTERS | {"GOV"} and not roles.isdisjoint(heads().abroad)
    of_others = country in heads().no_army and (party.entity.sector == "MIL" or "settlers" in roles)
    return of_none or of_others or ("country", FROM_ABROAD) in party.because


def speakers_own(party: Party, speaker: Entity, words: str, cast: Cast) -> Party:
    """A party with the country of the army in whose words it is, where it is troops or arms of nobody's, and was guessed to be of
    where the report plays: "The Israeli military said *troops* had fired" in Lebanon."""
    role = cast.codebook.find_role(words.split()[-1])
    own = role is not None and role.id != _OF_GOVERNMENT and body_nouns().get(role.id) in _ARMIES
    entity = party.entity
    strange = party.is_of_guessed_country and entity.actor is None and entity.country != speaker.country
    if not (
        own and strange and speaker.country in cast.codebook.countries and speaker.sector == entity.sector == "MIL"
    ):
        return party
    entity = msgspec.structs.replace(entity, country=speaker.country)
    return replace(party, entity=entity, because=party.reasons_with("country", _BY_SPEAKER))
