"""Step 1, the report: which two are meant by "both presidents", "the two countries" or "the warring parties", which by "the three
leaders"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from trucewatch.claims.cast import Cast
from trucewatch.claims.coordination import members
from trucewatch.claims.entity_mentions import Reference
from trucewatch.claims.known import ABOVE_STATES, STANDS_FOR_GOVERNMENT, STATE
from trucewatch.claims.phrase import listed, plural
from trucewatch.claims.role_nouns import ROLE_RULE
from trucewatch.claims.role_reversal import SIDES
from trucewatch.claims.tree import CERTAIN, Tree, surely
from trucewatch.claims.who import Identified, identify
from trucewatch.codebook.rows import MUTUAL
from trucewatch.nouns import Mention

NEAR = 5  # sentences in which bodies and countries are looked for, that of the words included
FAR = 12  # the same for those whom an office tells ("both presidents")
_FACING = 3  # the same for two who do something to each other
_THREE = ("the three", "all three")
ALONE = frozenset(("the two", "both", "the pair", *_THREE))
"""Words that say only how many."""
_PERSONS = listed("both", "persons")
_LEADERS = listed("both", "leaders")
_STATES = listed("both", "states")
_SIDES = listed("both", "sides")
_GROUPS = listed("both", "groups")
"""Of these what may as well be of one side: "both groups claimed the attack"."""
_TWO = listed("both", "two")
"""Nouns that say so alone, with at most one word before them."""
_OPPOSED = listed("both", "opposed")
"""Words that say so before a noun for sides."""
_BODIES = ("ORG", "LOC", "GROUP", "NORP")
_WHERE = frozenset("at for from in into near outside to".split())
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_MEDIATORS = ABOVE_STATES | {"NGO"}
"""Who mediates between sides, and is none."""
_COALITION = ("IGO", "MIL")
_BETWEEN = listed("both", "between")
_FIGHT_OR_TALK = frozenset("GOV MIL COP REB UAF PRM PTY OPP SPY".split())
"""Sectors of those who are called sides."""
_EACH_OTHER = MUTUAL | {"ASSAULT"}
"""Types of what two who are listed do to, or with, each other."""
_SIGNED = listed("what", "sign")
"""Verbs of what two do together though the codebook takes them for one's backing: "the army and the rebels *signed* a truce"."""
_FIGHTS = frozenset({"ACCUSE", "ASSAULT", "COERCE", "REJECT", "THREATEN"})
"""Types of what one does against another."""


class Facing(NamedTuple):
    """Two sides who face each other."""

    them: tuple[Reference, ...]
    """The words for them: one for each, or one for both ("Armenian and Azerbaijani troops")."""
    sides: frozenset[str]
    fight: bool
    """Whether they do not only talk, or something is said to be "between" them."""


def is_both(words: str) -> bool:
    """Whether the words, in lower case, refer to two or three who were named before: not "two men", who are new."""
    first, _, rest = words.partition(" ")
    described, _, noun = rest.rpartition(" ")
    are_two = noun in _TWO and " " not in described
    owned = first.endswith(_POSSESSIVE)  # "*Yemen's* warring parties"
    opposed = noun in _SIDES and described in _OPPOSED
    return (
        words in ALONE
        or words.startswith(("the two ", "both ", "neither ", *_THREE))
        or (first == "the" and (are_two or opposed))
        or (owned and opposed)
        or (first in ("each", "either") and rest in _SIDES)
    )


def is_each(tree: Tree, start: int, words: str) -> bool:
    """Whether the words tell of those who do it to each other: "*each* accused the other", "*the groups* fought each other"."""
    the, _, noun = words.rpartition(" ")
    if words != "each" and not (the == "the" and noun in _SIDES and plural(noun)):
        return False
    verb = tree.words[tree.word_at(start + len(words) - 1)].head
    return verb >= 0 and tree.is_mutual(verb)


@dataclass
class SplitAntecedents:
    """The mentions of a report, and which two of them such words refer to."""

    mentions: Sequence[Reference]
    trees: Sequence[Tree]
    cast: Cast

    def of(self, at: int, start: int, words: str) -> Sequence[Reference]:
        """The two, or three; nobody where no sentence near by has as many of the kind that the noun says."""
        words = "each side" if words == "each" else words
        alone, noun, many = words in ALONE, words.split()[-1], 3 if words.startswith(_THREE) else 2
        kinds = [kind for kind in (_PERSONS, _STATES, _SIDES) if (kind is not _STATES if alone else noun in kind)]
        facing = kinds == [_SIDES] and noun not in _GROUPS and many == 2
        land = self._owner(words)
        if facing and (two := (() if land else self._last_before(at, start)) or self._most_often(start, land)):
            return self._as_states([self._by_name(one, start) for one in two])
        far = FAR if _PERSONS in kinds and not alone else NEAR
        for back, kind in product(range(far), kinds):
            told = [one for one in self._told_in(at - back) if one.end <= start and one.kind != "PAIR"]
            found = self._of_kind(told, kind)
            if kind is _SIDES and not back and len(found) > 2:  # "three states condemned breaches by both sides"
                return ()
            if len(found) == many or len(found) > many == 2:
                return found[:many]
            if kind is _PERSONS and (all_ := self._as_one(told, many)):
                return all_
        return self._one_each(at) if noun in _LEADERS and many == 2 else ()

    def _one_each(self, at: int) -> Sequence[Reference]:
        """The two of whom the two sentences before tell, one of each state: "Hun Manet spoke. Anutin refused. *Both leaders*"."""
        told = [self._of_kind(self._told_in(at - back), _PERSONS) for back in (2, 1)]
        two = [found[0] for found in told if len(found) == 1]
        return two if len({self._known(one).entity.country for one in two} - {None}) == 2 else ()

    def _by_name(self, one: Reference, start: int) -> Reference:
        """The state named last whose people those are, where they are no body: "two of its *soldiers*" are Israel's."""
        entity = self._known(one).entity
        if one.named or (entity.actor and one.kind != "THING") or entity.sector not in STATE:
            return one
        side = self._sides(one)
        named = (other for other in reversed(self.mentions) if other.named and other.end <= start)
        return next((other for other in named if self._sides(other) == side), one)

    def _as_states(self, two: Sequence[Reference]) -> Sequence[Reference]:
        """Two bodies of two states as these, where the report names them: Russia and Ukraine, though a ministry had accused Kyiv."""
        states, known = self.cast.codebook.countries, [self._known(one).entity for one in two]
        lands = [entity.country for entity in known if entity.sector in STATE and entity.country in states]
        if len(two) != 2 or len(set(lands)) != 2:
            return two
        called = {self._known(one).entity.name: one for one in reversed(self.mentions)}
        return [called.get(states[land or ""].name, one) for land, one in zip(lands, two, strict=True)]

    def _as_one(self, told: Iterable[Reference], many: int) -> Sequence[Reference]:
        """The one noun that tells of them all: "the *presidents* of Egypt and Chad"."""
        groups = (one for one in told if self.trees[one.passage].form(one.word) in _PERSONS)
        return [
            one
            for one in groups
            if len(members(self.trees[one.passage].all_said(one.word), self.cast.codebook)) == many
        ][:1]

    def _told_in(self, passage: int) -> Sequence[Reference]:
        """The mentions of one passage."""
        first, last = (bisect_left(self.mentions, edge, key=lambda one: one.passage) for edge in (passage, passage + 1))
        return self.mentions[first:last]

    def _last_before(self, at: int, start: int) -> Sequence[Reference]:
        """Those of the last two sides who face each other a few sentences before."""
        near = (
            facing.them
            for facing in reversed(self._facing)
            if at - _FACING < facing.them[0].passage <= at and max(one.end for one in facing.them) <= start
        )
        return next(near, ())

    def _owner(self, words: str) -> str | None:
        """The country whose sides they are: "*Yemen's* warring parties"."""
        name, mark, _ = words.replace("’", "'").partition("'")
        land = self.cast.codebook.find_country(name.title()) if mark else None
        return land.country if land else None

    def _most_often(self, start: int, land: str | None) -> Sequence[Reference]:
        """Those of the two sides who face each other most often in the report, where they do so first, of all told before if there are
        any; else the two who fight. One of the sides of a `land` is of it."""
        told = [facing for facing in self._facing if land is None or self._is_in(facing, land)]
        facing = [facing for facing in told if facing.fight] or told
        facing = [facing for facing in facing if max(one.end for one in facing.them) <= start] or facing
        of_tables = [one for one in self._doers if (known := self._known(one)).states_country or known.entity.actor]
        fights = facing or [*self._of_two(of_tables, fight=True)] or [*self._of_two(self._doers, fight=True)]
        often = Counter(facing.sides for facing in fights)
        fights = [facing for facing in fights if land is None or self._is_in(facing, land)]
        return max(fights, key=lambda facing: often[facing.sides]).them if fights else ()

    def _is_in(self, facing: Facing, land: str) -> bool:
        return any(self._known(one).entity.country == land for one in facing.them)

    @cached_property
    def _doers(self) -> Sequence[Reference]:
        """All who do violence, to whomever."""
        doers = {
            (at, word)
            for at, tree in enumerate(self.trees)
            for event in tree.events("ASSAULT", least=CERTAIN)
            for word in surely(event, "actor")
        }
        return [one for one in self.mentions if (one.passage, one.word) in doers]

    def _known(self, one: Reference) -> Identified:
        """Who a mention is by its words alone."""
        return identify(self.trees[one.passage].said(one.start, one.end), self.cast)

    @cached_property
    def _facing(self) -> Sequence[Facing]:
        """All who face each other in an event, or who have something between them, in text order."""
        here = [(tree, self._told_in(at)) for at, tree in enumerate(self.trees)]
        return [facing for tree, told in here for facing in (*self._between(tree, told), *self._in_events(tree, told))]

    def _between(self, tree: Tree, told: Sequence[Reference]) -> Iterator[Facing]:
        """ "A truce between *X* and *Y*", wherever the parse hangs the other."""
        pairs = (
            (one, other)
            for one, other in product(told, repeat=2)
            if tree.case(one.word) == "between" and tree.said(one.end, other.start).split()[:1] == ["and"]
        )
        yield from self._of_two(next(pairs, ()), fight=True)

    def _in_events(self, tree: Tree, told: Iterable[Reference]) -> Iterator[Facing]:
        """Those who face each other in the events of a passage, as the model sees them."""
        parties = {one.word: one for one in told if one.kind != "PAIR"}
        # who takes part in what is said is not only where it is: "accused *Kigali*"; but "bombed *Sanaa*"
        said_of = {word: one._replace(relation="subject") for word, one in parties.items()}
        struck, spoken = ({word: one for word, one in some.items() if self._sides(one)} for some in (parties, said_of))
        for event in tree.passage.mentions:
            together = event.type in _EACH_OTHER | _FIGHTS or tree.form(event.word) in _SIGNED
            if together and event.type_score >= CERTAIN and event.mode != "third-party":
                its = struck if event.type == "ASSAULT" else spoken
                words = (_counted(tree, word, its) for word in _sides_of(event, tree))
                yield from self._of_two([its[word] for word in words if word in its], fight=event.type in _FIGHTS)

    def _of_two(self, told: Iterable[Reference], fight: bool) -> Iterator[Facing]:
        """Those told of, where they are of two sides and no more."""
        sides = {one: self._sides(one) for one in told}
        every = frozenset().union(*sides.values())
        if len(every) == 2:
            yield Facing(tuple({its: one for one, its in sides.items() if its}.values()), every, fight)

    def _sides(self, one: Reference) -> frozenset[str]:
        """Of which sides those are who are told of, as far as they are of any."""
        said = self.trees[one.passage].said(one.start, one.end)
        each = [identify(words, self.cast) for words in members(said, self.cast.codebook)]
        return frozenset(_side(known) for known in each if self._is_of(one, known, _SIDES))

    def _is_of(self, one: Reference, known: Identified, kind: frozenset[str]) -> bool:
        """Whether somebody may be one of two of a kind, and is not only where something happens."""
        return _fits(one, known, kind) and not _is_there(self.trees[one.passage], one, known)

    def _of_kind(self, told: Iterable[Reference], kind: frozenset[str]) -> list[Reference]:
        """Those of a kind, each once; of sides who are of one alone."""
        found: dict[str, Reference] = {}
        for one in told:
            known = self._known(one)
            if self._is_of(one, known, kind) and (kind is not _SIDES or len(self._sides(one)) == 1):
                found.setdefault(known.entity.name if kind is _PERSONS else _side(known), one)
        return list(found.values())


def _side(known: Identified) -> str:
    """The country of those who act for a state, the name of others."""
    entity = known.entity
    return (entity.country if entity.sector in STATE else None) or entity.name


def _sides_of(event: Mention, tree: Tree) -> Iterator[int]:
    """The words of its sides, those of lists included; nothing where it has one side alone that is not done to each other."""
    both = surely(event, "actor") and surely(event, "recipient")
    if both or event.type in _EACH_OTHER or tree.form(event.word) in _SIGNED:
        for word in surely(event, *SIDES):
            yield word
            yield from (kid for kid in tree.kids[word] if tree.words[kid].deprel == "conj")


def _counted(tree: Tree, word: int, parties: Container[int]) -> int:
    """Who is counted by a word that is no body: "dozens of *soldiers*"."""
    return next((at for at in (word, *tree.hung(word, "of")) if at in parties), word)


def _fits(one: Reference, known: Identified, kind: frozenset[str]) -> bool:
    """Whether somebody may be one of two such."""
    if kind is _PERSONS:
        return one.kind == "PER"
    if kind is _STATES:
        return one.named and one.kind != "PER" and ("sector", STANDS_FOR_GOVERNMENT) in known.because
    entity = known.entity
    if any(why.removeprefix(ROLE_RULE) in _BETWEEN for _, why in known.because):
        return False
    state = one.kind == "PER" and ("sector", STANDS_FOR_GOVERNMENT) in known.because  # a capital, for the model
    arms = one.kind == "THING" and entity.sector == "MIL" and known.states_country  # "*Israeli jets*"
    mediates = entity.country in _MEDIATORS and (entity.country, entity.sector) != _COALITION
    return entity.sector in _FIGHT_OR_TALK and not mediates and (state or arms or one.kind in _BODIES)


def _is_there(tree: Tree, one: Reference, known: Identified) -> bool:
    """Whether a country or capital is only where something happens: "a deal struck in *Sweden*", "flights leave *Sanaa*"."""
    if ("sector", STANDS_FOR_GOVERNMENT) not in known.because or one.relation == "subject":
        return False
    word = tree.first_joined(one.word, "conj", "appos", "list")
    if not known.is_by_capital:
        return tree.case(word) == "in"
    return tree.case(word) in _WHERE or one.relation == "object"
