"""A report being read: its passages become drafts, each mention with who, where, when and who says so."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from trucewatch.claims import same, voice, what, when
from trucewatch.claims.coreference import Chains
from trucewatch.claims.counted import who_is_counted
from trucewatch.claims.dating import Dating
from trucewatch.claims.draft import Draft, Party, Sourced
from trucewatch.claims.home import settled
from trucewatch.claims.known import find_actor
from trucewatch.claims.mentions import is_several
from trucewatch.claims.named import described_place, is_spot, named, named_beside, named_speaker, places_of
from trucewatch.claims.namedplaces import named_places
from trucewatch.claims.nearby import nearest
from trucewatch.claims.numbers import Toll, tolls
from trucewatch.claims.owned import owned, with_owners
from trucewatch.claims.several import members
from trucewatch.claims.status import FIRM, reality
from trucewatch.claims.tree import Tree
from trucewatch.claims.where import FINENESS, Located, Scene, locate, points_back
from trucewatch.claims.who import Cast, Identified, identify
from trucewatch.codebook import Codebook
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.nouns import Count, Mention, Passage, Place, Report, Role, Status

_REAL = frozenset({Status.HAPPENED, Status.ONGOING, Status.POSSIBLE})
"""Of what is only planned or denied nobody has died."""
_DEADLY = frozenset({"ASSAULT", "COERCE", "PROTEST"})
CERTAIN = 0.5
"""Score of a role from which on the parse has nothing to add."""
RULED = 0.8
"""Score of a status by rule, where the model or another mention of the event tells of another."""
_BACKED = frozenset("armed backed financed funded sponsored supported trained".split())


TOLL_AFTER = 2
"""Sentences after an attack in which a toll without an attack of its own is its toll."""
LONGEST_NAME = 6
"""Words of an actor's name that is looked for across the parse."""


@dataclass(frozen=True)
class Reading:
    """A report being read: its trees and what they say together."""

    report: Report
    codebook: Codebook
    trees: tuple[Tree, ...]
    cast: Cast
    scene: Scene
    chains: Chains
    gazetteer: Gazetteer
    dating: Dating
    places: list[tuple[int, Place]] = field(default_factory=list)
    """Where events have been told to happen so far, with the character at which the words stand."""

    @staticmethod
    def of(report: Report, passages: Sequence[Passage], codebook: Codebook) -> Reading:
        gazetteer = Gazetteer.open()
        scene = Scene.build(report, passages, codebook, gazetteer)
        cast = Cast.build(report, passages, codebook, scene.countries)
        chains = Chains.build(report.text, passages, cast)
        cast = chains.cast = with_owners(cast, chains)
        return Reading(report, codebook, tuple(chains.trees), cast, scene, chains, gazetteer, Dating(report))

    def drafts(self, at: int) -> list[Draft]:
        """The mentions of one passage with all their values."""
        tree = self.trees[at]
        found = what.mentions(tree, self.codebook)
        counted = tolls(tree.text) if any(m.type in _DEADLY for m, _ in found) else []
        return [
            self._draft(at, mention, dict(because), _tolls_of(tree, mention, [m for m, _ in found], counted))
            for mention, because in found
        ]

    def _draft(self, at: int, mention: Mention, because: dict[str, str], counted: list[Toll]) -> Draft:
        tree = self.trees[at]
        word = tree.words[mention.word]
        draft = Draft(tree, mention, self._parties(tree, mention, "actor"), self._parties(tree, mention, "recipient"))
        for name, why in because.items():
            draft.reasons[name] = Sourced(word.start, word.end, why)
        self._status(draft)
        self._place(draft)
        if self._is_deed(draft):  # talks and demands are held and made abroad
            self._settle(draft)
        self.dating.date(draft, self._is_deed(draft))
        self._source(draft, at)
        for toll in counted if draft.mention.status in _REAL else ():
            _give(draft, toll, tree)
        return draft

    def _status(self, draft: Draft) -> None:
        mention = draft.mention
        said = reality(draft.tree, mention.word, mention.type)
        if said is None or (said.rule not in FIRM and said.status != mention.status and mention.status_score >= RULED):
            return
        draft.mention = msgspec.structs.replace(
            mention, status=said.status, status_score=max(mention.status_score, RULED)
        )
        start, end = draft.trigger
        draft.reasons["status"] = Sourced(start, end, f"rule {said.rule}")

    def _is_deed(self, draft: Draft) -> bool:
        """Whether the event is a deed and not a word; PLOVER has protests among the words, but they are held somewhere."""
        return draft.mention.type == "PROTEST" or self.codebook.types[draft.mention.type].quad.startswith("material")

    def _is_scene(self, draft: Draft) -> bool:
        """Whether it happened where the report is: a deed, but none that is done from anywhere, by two sides together or by
        cutting relations."""
        type_, mode = draft.mention.type, draft.mention.mode
        return self._is_deed(draft) and type_ != "COOPERATE" and (type_ != "SANCTION" or mode == "convict")

    # ------------------------------------------------------------ who

    def _parties(self, tree: Tree, mention: Mention, kind: str) -> tuple[Party, ...]:
        arcs = [role for role in mention.roles if role.kind == kind and not _does_other(tree, role, mention.word)]
        noun = tree.words[mention.word].upos == "NOUN"
        agents = [] if noun else what.agents(tree, mention.word)
        if kind == "recipient":
            arcs = _without_agents(tree, mention.word, arcs, agents)
        if not any(role.score >= CERTAIN for role in arcs):  # "air strikes on X", "an offensive by X", "fired by X"
            parsed = what.parsed_roles(tree, mention.word) if noun else agents
            arcs = [role for role in parsed if role.kind == kind] or arcs
        others = [role for role in mention.roles if role.kind != kind]
        if not noun:  # clashes "between the army and rebels" have their sides in one list
            arcs = [arc for arc in arcs if not _is_listed_with(tree, arc, others)]
            others = [role for role in others if not _is_listed_with(tree, role, arcs)]
        taken = {role.word for role in others}
        arcs += [
            Role(kind=kind, word=kid, score=0.0)
            for arc in arcs
            for kid in tree.kids[arc.word]
            if tree.words[kid].deprel == "conj" and tree.words[kid].upos in ("NOUN", "PROPN") and kid not in taken
        ]
        words = {arc.word for arc in arcs}
        arcs = [a for a in arcs if not _within_name(tree, a.word, words) and not self._is_of_next(tree, a.word, words)]
        heads = frozenset(role.word for role in arcs)
        out: list[Party] = []
        for arc in arcs:
            for party in self._party(tree, arc, heads - {arc.word}):
                if not any(same.same_entity(party.entity, other.entity) for other in out):
                    out.append(party)
        return tuple(out)

    def _party(self, tree: Tree, arc: Role, others: frozenset[int]) -> list[Party]:
        word = who_is_counted(tree, arc.word, lambda noun: is_several(tree, noun, self.codebook))
        noun = tree.words[word].text
        start, end = tree.span(*tree.party(named_beside(tree, word), others))
        spans = [(start, end, _why(arc))]
        antecedents = self.chains.antecedents(start, end)
        if antecedents:
            spans = [(a.start, a.end, a.because) for a in antecedents]
        elif tree.words[word].upos in ("PRON", "DET") and not self._is_people(noun):
            return []  # "it", "each other", "anything": nobody that can be told
        out, is_thing = [], any(one.is_thing for one in antecedents)
        for start, end, because in spans:
            if not antecedents and tree.words[word].upos == "PROPN":
                start, end = self._whole_name(tree, word, start, end)
            called = owned(tree, word, (start, end), self.chains)
            for words in members(called.words, self.codebook):
                known = called.identify(words)
                entity = msgspec.structs.replace(known.entity, text=self.report.text[start:end])
                # what the codebook can tell nothing of is somebody only by name: "the rule" and "Friday" do nothing
                of_country = entity.country and not self._is_event(tree, word)
                told = entity.sector or entity.actor or ((antecedents or of_country) and not is_thing)
                if told or named(tree, word) or self._is_people(noun):
                    out.append(Party(entity, start, end, (("", because), *known.because), arc.score or 1.0))
        return out

    def _is_event(self, tree: Tree, word: int) -> bool:
        """Whether a word tells of an event: "Israeli attacks" are no party."""
        return any(mention.word == word and mention.type_score >= what.SURE for mention in tree.passage.mentions)

    def _is_people(self, words: str) -> bool:
        """Whether words mean people by what they do: "officers", of whom nothing more is known."""
        role = self.codebook.find_role(words)
        return role is not None and role.kind in ("person", "group")

    def _is_of_next(self, tree: Tree, word: int, heads: Collection[int]) -> bool:
        """Whether a word says of the people behind it, who are at hand, whose they are: the "*regime* forces"."""
        one = tree.words[word]
        beside = (one.head, one.deprel) == (word + 1, "compound") or tree.is_cut(word + 1)
        return word + 1 in heads and beside and self._is_people(tree.words[word + 1].text)

    def _whole_name(self, tree: Tree, word: int, start: int, end: int) -> tuple[int, int]:
        """The longest name of an actor of the codebook that holds a word and goes beyond its phrase, for the parse cuts
        names in two: "Hay'at" | "Tahrir al-Sham"; else the phrase."""
        for length in range(LONGEST_NAME, 1, -1):
            for first in range(max(0, word - length + 1), min(word, len(tree.words) - length) + 1):
                begin, close = tree.span(first, first + length - 1)
                beyond = begin < start or close > end
                if beyond and find_actor(self.report.text[begin:close], self.cast):
                    return min(begin, start), max(close, end)
        return start, end

    # ------------------------------------------------------------ where

    def _place(self, draft: Draft) -> None:
        found = next(
            (found for arcs in self._place_arcs(draft) if (found := list(self._located(draft.tree, arcs)))), []
        )
        if found:
            best, source = min(found, key=lambda pair: fineness(pair[0].place))
            draft.place, draft.reasons["place"] = best.place, source
            if best.place.precision and source.start is not None:
                self.places.append((source.start, best.place))

    def _place_arcs(self, draft: Draft) -> Iterator[Sequence[Role]]:
        """The words that may tell where, the likeliest first: the model's; of deeds and meetings what is struck ("hit
        *Ariha*") and what hangs on the trigger itself. What hangs elsewhere tells nothing where these tell enough."""
        tree, trigger = draft.tree, draft.mention.word
        arcs = [arc for arc in draft.mention.roles if arc.kind == "place"]
        scene = self._is_scene(draft)
        struck = [arc for arc in draft.mention.roles if scene and arc.kind == "recipient" and is_spot(tree, arc.word)]
        at = places_of(tree, trigger) if scene or draft.mention.type == "CONSULT" else []
        near = [*(arc for arc in struck if arc.score >= CERTAIN), *at]
        if any(fineness(located.place) < FINENESS.index("region") for located, _ in self._located(tree, near)):
            arcs = [arc for arc in arcs if trigger in tree.ancestors(arc.word)]
        yield [arc for arc in arcs if not near or not _is_of_other(tree, arc.word, trigger)]
        yield near
        yield struck
        if scene:
            yield described_place(tree, trigger)

    def _located(self, tree: Tree, arcs: Iterable[Role]) -> Iterator[tuple[Located, Sourced]]:
        for arc in arcs:
            start, end = tree.span(*tree.phrase(arc.word))
            words = self.report.text[start:end]
            located = locate(words, self.scene, self.gazetteer, self._before(start, points_back(words)))
            if located:
                yield located, Sourced(start, end, f"{_why(arc)}; {located.because}")

    def _before(self, start: int, by_noun: bool) -> list[Place]:
        """The places before a phrase, the last one last: of events, and for "the province" all that were named."""
        told = sorted([*self._named_places, *self.places], key=lambda pair: pair[0]) if by_noun else self.places
        return [place for at, place in told if at < start]

    @functools.cached_property
    def _named_places(self) -> list[tuple[int, Place]]:
        """Where each name of a place stands in the report, and the place."""
        return named_places(self.report.text, self.trees, self.scene, self.gazetteer)

    def carry_places(self, drafts: Sequence[Draft]) -> None:
        """Material events that name no place of their own happened where the report last was, but for what two sides do
        together, which is told from anywhere; where it never was anywhere, in the country of which it speaks most, if
        whoever took part is of that country. There, too, such people are tried, dismissed, and work together."""
        for draft in drafts:
            if draft.place:
                continue
            scene = self._is_scene(draft)
            near = nearest([d for d in drafts if self._is_scene(d) or d is draft], draft) if scene else None
            if near and near.place:
                source = near.reasons["place"]
                draft.place = near.place
                self._settle(draft)
                draft.reasons["place"] = Sourced(
                    source.start, source.end, f"rule carried from sentence {near.index + 1}", own=False
                )
            elif (scene or self._is_domestic(draft)) and (located := self._home_of(draft)):
                draft.place = located.place
                draft.reasons["place"] = Sourced(None, None, "rule country of all who took part", own=False)

    def _is_domestic(self, draft: Draft) -> bool:
        """Whether it is done within a country, where its parties are all of that country."""
        type_, mode = draft.mention.type, draft.mention.mode
        return type_ in ("SANCTION", "COOPERATE") or (type_ == "ACCUSE" and mode == "investigate")

    def _home_of(self, draft: Draft) -> Located | None:
        """The country of which the report speaks most, if whoever took part is of it."""
        home = self.codebook.countries.get(self.scene.country or "")
        if home is None or {party.entity.country for party in draft.parties} - {None} != {self.scene.country}:
            return None
        return locate(home.name, self.scene, self.gazetteer)

    def carry_tolls(self, drafts: Sequence[Draft]) -> None:
        """The toll of a sentence that tells of no violence ("No casualties were reported") is that of the attack last told."""
        told = {draft.index for draft in drafts if draft.mention.type in _DEADLY}
        attacks = {draft.index: draft for draft in drafts if draft.mention.type == "ASSAULT"}
        for tree in self.trees:
            at = tree.passage.index
            attack = next((attacks[i] for i in range(at - 1, at - 1 - TOLL_AFTER, -1) if i in attacks), None)
            if attack is None or at in told or attack.mention.status not in _REAL:
                continue
            for toll in tolls(tree.text):
                if getattr(attack, toll.kind) is None:
                    _give(attack, toll, tree)

    def _settle(self, draft: Draft) -> None:
        """Whose country was only guessed from the whole report belongs to the country of the event's own place."""
        country = draft.place.country if draft.place else None
        if country is None:
            return
        for kind in ("actors", "recipients"):
            parties = (
                settled(party, country, self.report.text[party.start : party.end], self.cast)
                for party in getattr(draft, kind)
            )
            setattr(draft, kind, tuple(parties))

    # ------------------------------------------------------------ who says so

    def _called(self, known: Identified) -> str:
        """What a source is called: a capital ("Kabul") by the government that it stands for."""
        entity = known.entity
        country = self.codebook.countries.get(entity.country or "")
        by_capital = any(part == "name" and why.endswith(" capital") for part, why in known.because)
        return f"{country.demonyms[0]} government" if by_capital and country and country.demonyms else entity.name

    def _source(self, draft: Draft, at: int) -> None:
        speaker = voice.speaker(self.trees, at, draft.mention)
        if speaker is None:
            return
        tree = self.trees[speaker.passage]
        start, end = tree.span(*tree.party(named_speaker(tree, speaker.word)))
        antecedents = self.chains.antecedents(start, end)
        if antecedents:
            start, end = antecedents[0].start, antecedents[0].end
        words = self.report.text[start:end]
        known = identify(words, self.cast)
        entity = known.entity
        if tree.words[speaker.word].upos == "PRON" and not antecedents:
            return
        if any(e.start < len(words) and e.end == len(words) for e in when.find(words)):  # "the coming days will tell"
            return
        by_saying = draft.mention.type != "CONSULT" and not self._is_deed(draft)
        if by_saying:  # whoever demands or accuses is the actor, and the outlet tells of it
            if not draft.actors:
                draft.actors = (Party(entity, start, end, (("", speaker.because), *known.because)),)
            retold = tree is draft.tree and voice.retold(tree, speaker.word, draft.mention.word)
            if not retold and any(same.same_entity(p.entity, entity) for p in draft.actors):
                return
        by_name = entity.actor or tree.words[speaker.word].upos == "PROPN" or entity.name[:1].isupper()
        draft.attributed_to = self._called(known) if by_name else words
        draft.reasons["attributed_to"] = Sourced(start, end, speaker.because)


def _is_listed_with(tree: Tree, arc: Role, others: Iterable[Role]) -> bool:
    """Whether an unsure arc leads to who is listed with one of whom the model is sure: "killed soldiers and *militiamen*"."""
    sure = {other.word for other in others if other.score >= CERTAIN}
    word = tree.words[arc.word]
    return arc.score < CERTAIN and word.deprel == "conj" and word.head in sure


def _does_other(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who only does something of another clause: an unsure one, or to a patron ("factions being
    backed by *Turkey*, *infighting* is common")."""
    verb = tree.words[arc.word].head
    is_agent = tree.words[arc.word].deprel.startswith("obl") and tree.case(arc.word) == "by" and verb != trigger
    if not is_agent or tree.words[verb].upos != "VERB":
        return False
    apart = not {verb, trigger} & {*tree.ancestors(trigger), *tree.ancestors(verb)}
    return (apart and arc.score < CERTAIN) or tree.words[verb].text.lower() in _BACKED


def _is_of_other(tree: Tree, word: int, trigger: int) -> bool:
    """Whether a word hangs on another event than the trigger or one within its phrase."""
    above = tree.ancestors(word)
    events = {mention.word for mention in tree.passage.mentions if mention.type_score >= what.SURE}
    return trigger not in above and any(at in events for at in above)


def _without_agents(tree: Tree, trigger: int, arcs: list[Role], agents: Collection[Role]) -> list[Role]:
    """Nobody who does it has it done to him; where no other recipient is left, the verb's object is one."""
    others = [arc for arc in arcs if arc.word not in {agent.word for agent in agents}]
    done_to = tree.child(trigger, "obj")
    if others or not arcs or done_to is None:
        return others
    return [Role(kind="recipient", word=done_to, score=0.0)]


def _within_name(tree: Tree, word: int, heads: Collection[int]) -> bool:
    """Whether a word is a later part of a name of which the head is at hand: "Sham" of "Hay'at Tahrir al-Sham"."""
    while tree.words[word].deprel == "flat":
        word = tree.words[word].head
        if word in heads:
            return True
    return False


def _why(arc: Role) -> str:
    """What an arc rests on, as evidence has it."""
    return f"model {arc.score:.2f}" if arc.score else "rule parse"


def fineness(place: Place) -> int:
    """Rank of a place's precision, 0 the finest; a name that was not resolved comes last."""
    return FINENESS.index(place.precision) if place.precision else len(FINENESS)


def _give(draft: Draft, toll: Toll, tree: Tree) -> None:
    """A draft its toll, with the words of a passage that tell it."""
    setattr(draft, toll.kind, Count(low=toll.low, high=toll.high))
    start = tree.passage.start
    draft.reasons[toll.kind] = Sourced(start + toll.start, start + toll.end, "rule toll")


def _tolls_of(tree: Tree, mention: Mention, all_: Sequence[Mention], counted: Iterable[Toll]) -> list[Toll]:
    """The tolls nearest to this mention among the violent mentions of its passage."""
    violent = [m for m in all_ if m.type in _DEADLY]
    if mention not in violent:
        return []

    def gap(other: Mention, toll: Toll) -> int:
        return abs(tree.words[other.word].start - tree.passage.start - toll.start)

    return [toll for toll in counted if min(violent, key=lambda m: gap(m, toll)) is mention]
