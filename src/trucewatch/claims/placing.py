"""Steps 3 and 4, where: events are placed by their own words; those that name no place, by what is told near them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

import msgspec

from trucewatch.claims.affiliation import settled
from trucewatch.claims.cast import Cast
from trucewatch.claims.draft import Draft, Party, Sourced
from trucewatch.claims.geometry import diagonal, one_place
from trucewatch.claims.phrase import bare, listed
from trucewatch.claims.place_anaphora import points_back
from trucewatch.claims.place_arguments import (
    LEFT,
    WHERE,
    beside,
    heading,
    host_of,
    is_settled_at,
    is_spot,
    is_whence,
    of_land,
    place_beside,
    places_of,
    places_within,
)
from trucewatch.claims.place_sharing import IN_TOWN, in_town, is_in_town, nearest
from trucewatch.claims.placewords import WORDS, holder_behind, holders_behind, offset_behind
from trucewatch.claims.role_arcs import is_of_other, why
from trucewatch.claims.role_reversal import loses
from trucewatch.claims.toponyms import aside, named_places
from trucewatch.claims.tree import CERTAIN, Tree
from trucewatch.claims.where import Located, Scene, locate
from trucewatch.codebook import Codebook, fold
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.rows import PRECISIONS
from trucewatch.nouns import Place, Role

AT_HOME = 0.8
"""Share of a report's places that must lie in one country for a deed without a place to be placed there: readers of reports of two
countries leave it open."""

_VAST_KM = 4_500.0
"""Across: from that size on, "the Middle East" or "Europe" is where many things happen, and says nothing of what is told beside."""

_LONG_AGO = dt.timedelta(days=365)
"""From then on, what is over is background, and says nothing of where the rest happens."""

_SUMMIT = 5  # sentences within which talks are told of on whose sidelines others met
_SHORT = 3  # letters of what may be an acronym
_WHOLE = frozenset({"country", "region"})
_AHEAD = frozenset({"toward", "towards"})
_TIMES = frozenset("after before following since until".split())
_ABOUT = frozenset("on about over with".split())
_SAID = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types of what is said: "the city" is none in which somebody spoke."""
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
_TAKEN = frozenset({"arrest", "seize", "abduct"})
"""Modes of what is done where the taken were: "seized *from a house in Kunduz*"."""


class Placed(NamedTuple):
    """A place, and the words and the reason behind it."""

    place: Place
    source: Sourced


@dataclass(frozen=True)
class Placing:
    """The places of one report's events."""

    text: str
    trees: Sequence[Tree]
    codebook: Codebook
    cast: Cast
    scene: Scene
    gazetteer: Gazetteer
    places: list[tuple[int, Place]] = field(default_factory=list)
    """Where events have been told to happen so far, with the character at which the words stand; not what was only said."""

    def is_deed(self, draft: Draft) -> bool:
        """Whether the event is a deed and not a word; PLOVER has protests among the words, but they are held somewhere."""
        return draft.mention.type == "PROTEST" or self.codebook.types[draft.mention.type].quad.startswith("material")

    def _is_scene(self, draft: Draft) -> bool:
        """Whether it happened where the report is: a deed, but no cooperation, nor relations that are cut."""
        type_, mode = draft.mention.type, draft.mention.mode
        return self.is_deed(draft) and type_ != "COOPERATE" and (type_ != "SANCTION" or mode == "convict")

    def place(self, draft: Draft) -> None:
        """A draft its place, where its own words tell of one."""
        told = filter(None, () if self._place_at_border(draft) else self._told(draft))
        if found := next(told, None):
            place, source = min(found, key=lambda one: fineness(one.place))
            if is_in_town(place) and (town := next(filter(None, map(self._town, chain(*told))), None)):
                place = in_town(place, town)  # "in Lagos, gunmen shot two men on *Adeniyi Road*"
            draft.place, draft.reasons["place"] = place, source
            if place.precision and source.start is not None and draft.mention.type not in _SAID:
                self.places.append((source.start, place))

    def _town(self, told: Placed) -> Place | None:
        """A place as the town that it is or that it lies in."""
        row = self.gazetteer.get(told.place.gazetteer or "")
        fine = row and told.place.precision in IN_TOWN
        return msgspec.structs.replace(told.place, name=row.name) if row and fine else None

    def _told(self, draft: Draft) -> Iterator[list[Placed]]:
        """The places that may tell where, the likeliest first: the model's, what hangs on the trigger, what is struck."""
        tree, trigger = draft.tree, draft.mention.word
        scene = self._is_scene(draft)
        roles = [arc for arc in draft.mention.roles if not self._is_not_where(draft, arc.word)]
        whence = self._whence(draft)
        arcs = [arc for arc in roles if arc.kind == "place" and arc not in whence]
        struck = [arc for arc in roles if scene and arc.kind == "recipient" and is_spot(tree, arc.word)]
        away = draft.mention.type == "RETREAT" or draft.mention.mode in _TAKEN
        at = places_of(tree, trigger, LEFT if away else WHERE) if scene else []
        if draft.mention.type == "CONSULT":
            at = [*places_of(tree, trigger), *host_of(tree, trigger)]
        near = [*(arc for arc in struck if arc.score >= CERTAIN), *at]
        nearby = self._located(draft, near)
        if any(fineness(one.place) < PRECISIONS.index("region") for one in nearby):
            arcs = [arc for arc in arcs if trigger in tree.ancestors(arc.word)]
        told = self._located(draft, [arc for arc in arcs if not near or not is_of_other(tree, arc.word, trigger)])
        if told and all(fineness(one.place) >= PRECISIONS.index("district") for one in told):
            told += self._located(draft, struck)  # "bombed *Loikaw* in Kayah state"
        elif told and (finer := [one for one in self._located(draft, struck) if self._is_in(one.place, told[0].place)]):
            told = finer  # "bombed *Binnish* in Idlib", "hit the *Mezzeh air base* outside Damascus"
        yield told
        yield nearby
        yield self._located(draft, struck)
        if scene:
            yield self._located(draft, places_within(tree, trigger) if draft.mention.type != "PROTEST" else [])
            yield self._located(draft, heading(tree))
        yield self._located(draft, whence)

    def _whence(self, draft: Draft) -> list[Role]:
        """Where it was shot from."""
        arcs = (arc for arc in draft.mention.roles if arc.kind == "place")
        return [arc for arc in arcs if is_whence(draft.tree, draft.mention, arc.word)]

    def _is_in(self, place: Place, whole: Place) -> bool:
        """Whether a place is a known site in or near another, or a town in the province of that name."""
        row = self.gazetteer.get(place.gazetteer or "")
        if row is None:
            return False
        site = row.kind == "site" != whole.precision and one_place(place, whole)
        return bool(site) or whole.name == row.admin1 != row.name

    def _is_not_where(self, draft: Draft, word: int) -> bool:
        """Whether a place is a topic ("talks *on Syria*"), a foe ("a war *with Iran*"), an origin ("launched *from Yemen*"), a party
        ("if *Kyiv* does"), in the name of a body ("al-Qaeda in the *Maghreb*"), or of what came before or after talks ("sent troops
        *to Idlib* before the summit")."""
        tree = draft.tree
        apart = draft.mention.type == "CONSULT" and tree.case(draft.mention.word) in _TIMES
        if apart and word not in tree.under(draft.mention.word):
            return True
        if self._is_scene(draft) and is_settled_at(tree, draft.mention.word, word):
            return True
        name = next((one for one in tree.passage.names if one.first <= word <= one.last), None)
        if name and tree.top(name) != word and self.codebook.find_actor(tree.said(*tree.span(name.first, name.last))):
            return True
        verb, named = tree.words[word].head, self.codebook.find_country(tree.words[word].text)
        about = draft.mention.type == "CONSULT" and tree.case(word) in _ABOUT
        against = (
            draft.mention.type == "ASSAULT" and tree.case(word) == "with" and tree.form(verb) not in WORDS["border"]
        )
        launched = tree.case(word) == "from" and 0 <= verb != draft.mention.word and tree.words[verb].deprel == "acl"
        if ((about or against or launched) and tree.is_named(word, "LOC")) or loses(tree, word):
            return True
        ahead = tree.case(word) in _AHEAD and (verb != draft.mention.word or draft.mention.mode == "withdraw")
        ahead = ahead or (tree.case(word) == "to" and tree.is_of(verb, draft.mention.word, "conj"))
        if ahead and draft.mention.type in ("ASSAULT", "RETREAT"):
            return True  # "fled *towards Idlib* after clashes", "were wounded and flown *to Palmyra*"
        acts = tree.words[word].deprel == "nsubj" and verb not in tree.path(draft.mention.word)
        return acts and named is not None and named.kind == "capital"

    def _located(self, draft: Draft, arcs: Iterable[Role]) -> list[Placed]:
        """The places that the phrases of arcs name or point to, each with its words."""
        found = []
        for arc in arcs:
            start, end = draft.tree.span(*draft.tree.phrase(_surroundings(draft.tree, arc.word)))
            words = self.text[start:end]
            before = self._before(start, points_back(words), self._is_scene(draft))
            located = locate(words, self.scene, self.gazetteer, before)
            if located is None or fineness(located.place) >= PRECISIONS.index("region"):
                rest = draft.tree.text[end - draft.tree.passage.start :]
                if offset := offset_behind(rest):
                    end += offset
                    located = locate(self.text[start:end], self.scene, self.gazetteer, before) or located
            if located and located.place.precision in (None, "town"):
                within = end + holder_behind(draft.tree.text[end - draft.tree.passage.start :])
                held = locate(self.text[start:within], self.scene, self.gazetteer, before) if within > end else None
                located, end = (held, within) if held else (located, end)
            if located and located.place.precision is None:
                located, end = self._in_town_behind(draft, located, (start, end)) or (located, end)
            if located and (located.place.precision or not self._is_somebody(draft, located.place.text)):
                own = not _is_dateline(draft.tree, start)
                found.append(Placed(located.place, Sourced(start, end, f"{why(arc)}; {located.because}", own)))
        return found

    def _in_town_behind(self, draft: Draft, located: Located, span: tuple[int, int]) -> tuple[Located, int] | None:
        """A street or market that the gazetteer lacks in the town that the text goes on with, and where that ends: "at Iqbal Market
        *in Sopore*"."""
        start, end = span
        rest = draft.tree.text[end - draft.tree.passage.start :]
        within = holders_behind(rest) if is_in_town(located.place) else ()
        for length in within:
            held = locate(self.text[start : end + length], self.scene, self.gazetteer)
            row = self.gazetteer.get(held.place.gazetteer or "") if held else None
            if held and row and held.place.precision in IN_TOWN:
                called = msgspec.structs.replace(held.place, name=f"{located.place.name}, {row.name}")
                return held._replace(place=called), end + length
        return None

    def _is_somebody(self, draft: Draft, name: str) -> bool:
        """Whether the report, or a table, has somebody of that name: "tried to oust *Gbagbo*", "struck *Nusra*" are nowhere."""
        listed_one = any(party.entity.actor and party.entity.text == name for party in draft.parties)
        leader = self.codebook.find_leader(name, self.cast.on)
        return listed_one or fold(name) in self.cast.people or leader is not None

    def _before(self, start: int, by_noun: bool, scene: bool) -> list[Place]:
        """The places before a phrase, the likeliest last: those of events; for "the province" all that were named."""
        told = [pair for pair in [*(self._named_places if by_noun else ()), *self.places] if pair[0] < start]
        if by_noun:
            told = [pair for pair in told if not (scene and self._is_abroad(*pair))]
            told.sort(key=lambda pair: (scene and pair[0] not in self._aside, pair[0]))
        return [place for _, place in told]

    def named(self, tree: Tree) -> list[Place]:
        """The places that a passage names."""
        return [place for at, place in self._named_places if tree.passage.start <= at < tree.passage.end]

    def _is_abroad(self, start: int, place: Place) -> bool:
        """Whether somebody only went there to talk, from the country that the report speaks of: "the president flew to *Moscow*"."""
        abroad = self.scene.country not in (None, place.country)
        return abroad and start in self._aside and place.precision == "town"

    @functools.cached_property
    def _named_places(self) -> list[tuple[int, Place]]:
        """Where each name of a place stands in the report, and the place."""
        return named_places(self.text, self.trees, self.scene, self.gazetteer)

    @functools.cached_property
    def _aside(self) -> frozenset[int]:
        """Where names stand that are no scene of deeds if others are."""
        return frozenset(start for tree in self.trees for start in aside(tree))

    def carry(self, drafts: Sequence[Draft]) -> None:
        """Deeds that name no place of their own happened where what is told in the same sentence did, else near by or where the
        report mostly is (``nearest``), else in its country, if all who took part are of it; not what states do together."""
        told = frozenset(id(draft) for draft in drafts if draft.place)
        for draft in drafts:
            self._place_at_other(drafts, draft)
            if not draft.place and not self._place_beside(draft) and not self._place_near(drafts, told, draft):
                over = any(id(one) in told and self._is_background(one, draft) for one in drafts)
                if over or not self._place_in_only_town(draft):
                    self._place_at_home(draft)

    def _place_at_other(self, drafts: Sequence[Draft], draft: Draft) -> None:
        """Where that was in whose margin somebody was met ("met the envoy on the *sidelines*" of the talks told last), or the site of
        which was visited: "toured the *scene* of the blast"."""
        kind = beside(draft.tree, draft.mention)
        before = (one for one in reversed(drafts) if 0 <= draft.index - one.index <= _SUMMIT and one.place)
        other = next((one for one in before if one.mention.type == kind), None)
        if other and not draft.place:
            _carry_place(other, draft)

    def _place_beside(self, draft: Draft) -> bool:
        suffer = [role.word for role in draft.mention.roles if role.kind == "recipient" and role.score >= CERTAIN]
        theirs = [arc for word in suffer for arc in places_of(draft.tree, word)]
        arcs = (theirs or place_beside(draft.tree, draft.mention.word)) if self._is_scene(draft) else []
        for place, source in self._located(draft, arcs):
            draft.place, draft.reasons["place"] = place, replace(source, own=False)
            self.settle(draft)
        return draft.place is not None

    def _place_near(self, drafts: Sequence[Draft], told: Collection[int], draft: Draft) -> bool:
        """Whether one of the drafts that are ``told`` (by their ids) to have been somewhere gives its place."""
        # nobody is tried where he killed, or freed where he was seized
        if not self._is_scene(draft) or draft.mention.type == "SANCTION" or draft.mention.mode == "release":
            return False
        able = [one for one in drafts if one is draft or (id(one) in told and self._gives_scene(one, draft))]
        near = nearest(able, draft)
        if near and near.place:
            _carry_place(near, draft)
            self.settle(draft)
        return draft.place is not None

    def _place_in_only_town(self, draft: Draft) -> bool:
        """Whether the report names one town or district, and no country but its own: there it was done."""
        if draft.mention.type not in _FORCE or draft.mention.status != "happened":
            return False
        lands = {place.country for _, place in self._named_places}
        named = (pair for pair in self._named_places if pair[0] not in self._aside)
        fine = {place.name: (at, place) for at, place in named if place.precision in IN_TOWN}
        if len(fine) == len(lands) == 1:
            ((at, place),) = fine.values()
            draft.place = place
            draft.reasons["place"] = Sourced(at, at + len(place.text), "rule only town of the report", own=False)
            self.settle(draft)
        return draft.place is not None

    def _place_at_border(self, draft: Draft) -> bool:
        """Whether a state closes or opens what is its whole land's: "*Chad* closed its *border* after rebels attacked Zouar"."""
        states = (one.entity.country for one in draft.actors if one.entity.sector == "GOV")
        home, what = self.codebook.countries.get(next(states, None) or ""), of_land(draft.tree, draft.mention)
        located = locate(home.name, self.scene, self.gazetteer) if home and what is not None else None
        if located is not None and what is not None:
            source = Sourced(*draft.tree.span(what, what), "rule border of its own")
            draft.place, draft.reasons["place"] = located.place, source
        return draft.place is not None

    def _place_at_home(self, draft: Draft) -> None:
        """Place it in the country of which the report speaks most, if whoever took part is of it."""
        home = self.codebook.countries.get(self.scene.country or "")
        within = self._is_scene(draft) or draft.mention.type in ("SANCTION", "COOPERATE")
        if not within or home is None or self.scene.countries[home.id] < AT_HOME:
            return
        of_home = {party.entity.country for party in draft.parties} - {None} == {home.id}
        if of_home and (located := locate(home.name, self.scene, self.gazetteer)):
            draft.place = located.place
            draft.reasons["place"] = Sourced(None, None, "rule country of all who took part", own=False)

    def _gives_scene(self, draft: Draft, to: Draft) -> bool:
        """Whether something else may have happened where it did: nowhere vast, not long before, and no war or truce in a town."""
        if draft.index > to.index and heading(draft.tree):
            return False  # "*Marib*: ..." heads what follows
        if draft.mention.status == "denied" != to.mention.status:
            return False  # where nobody fired
        box = self.gazetteer.extent(draft.place.gazetteer or "") if draft.place and not draft.place.country else None
        of_town = draft.place is not None and draft.place.precision not in _WHOLE
        wide = to.mention.mode == "ceasefire" or bare(to.tree.words[to.mention.word].text) in listed("again", "wars")
        if not self._is_scene(draft) or (of_town and wide):
            return False
        return not (box and diagonal(box) >= _VAST_KM) and not self._is_background(draft, to)

    def _is_background(self, draft: Draft, to: Draft) -> bool:
        """Whether another sentence tells of an event that was long over when this one began, or on the report's day."""
        since = to.time.start if to.time else self.cast.on
        if draft.time is None or since is None or draft.index == to.index:
            return False
        return since - draft.time.end >= _LONG_AGO

    def settle(self, draft: Draft) -> None:
        """Whose country was only guessed from the whole report belongs to the country of the event's own place, or, where the
        gazetteer lacks that, to the one in which all other places of events lie."""
        lacking = draft.place is not None and draft.place.precision is None
        country = self._only_land() if lacking else draft.place.country if draft.place else None
        if country is None:
            return
        whence = next(iter(self._located(draft, self._whence(draft))), None)
        theirs = whence.place.country if whence else None
        draft.actors = self._settled(draft.actors, theirs or country)
        draft.recipients = self._settled(draft.recipients, country)

    def _settled(self, side: Sequence[Party], country: str) -> tuple[Party, ...]:
        return tuple(settled(one, country, self.text[one.start : one.end], self.cast) for one in side)

    def _only_land(self) -> str | None:
        """The country of all places, no country itself, where events have been told to happen so far, if it is one."""
        lands = {place.country for _, place in self.places if place.precision != "country"} - {None}
        return lands.pop() if len(lands) == 1 else None


def _carry_place(told: Draft, draft: Draft) -> None:
    """Give a draft the place of one that is told beside it."""
    source = told.reasons["place"]
    draft.place = told.place
    because = f"rule carried from sentence {told.index + 1}"
    draft.reasons["place"] = Sourced(source.start, source.end, because, own=False)


def _is_dateline(tree: Tree, start: int) -> bool:
    """Whether a place heads its sentence in capitals, so that it is where the report was written: "*YANGON, Myanmar*: ..."."""
    first = tree.words[0].text
    return start == tree.passage.start and first.isupper() and len(first) > _SHORT


def _surroundings(tree: Tree, word: int) -> int:
    """The word that says that what lies about a place is meant ("on the *outskirts* of Salamiyah"), or its border with another
    ("sealed its *border* with Mali"), else the place's."""
    head = tree.words[word].head
    if head < 0:
        return word
    about = tree.case(word) == "of" and tree.form(head) in WORDS["near"] | WORDS["rural"]
    border = tree.case(word) == "with" and tree.form(head) in WORDS["border"]
    return head if about or border else word


def fineness(place: Place) -> int:
    """Rank of a place's precision, 0 the finest; a name that was not resolved comes last."""
    return PRECISIONS.index(place.precision) if place.precision else len(PRECISIONS)
