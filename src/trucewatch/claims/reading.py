"""Steps 1 to 4: one report from its passages to drafts, each a mention of an event with who, where, when and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from trucewatch.claims import attribution, event_pairs, naming, periods, retyping, speech_acts, what, when
from trucewatch.claims.affiliation import attacked, hosts, speakers_own, with_owners, with_state
from trucewatch.claims.cast import Cast
from trucewatch.claims.chronology import headings
from trucewatch.claims.coreference import SPEAKER, Chains
from trucewatch.claims.dating import Dating
from trucewatch.claims.draft import Draft, Party, Sourced
from trucewatch.claims.naming import identified
from trucewatch.claims.nested_events import Told
from trucewatch.claims.parties import Parties
from trucewatch.claims.phrase import listed, without_the
from trucewatch.claims.placing import Placing
from trucewatch.claims.role_reversal import SIDES
from trucewatch.claims.status import FIRM, at_once, is_unhurt, reality
from trucewatch.claims.toll_events import REAL, give, is_deadly, tolls_of
from trucewatch.claims.tolls import Toll, tolls
from trucewatch.claims.toponyms import with_bodies, with_towns
from trucewatch.claims.tree import Tree
from trucewatch.claims.where import Scene
from trucewatch.claims.who import Identified, identify
from trucewatch.codebook import Codebook
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.nouns import Entity, Mention, Passage, Place, Report, Status

RULED = 0.8  # score of a status by rule, where the model tells of another
_COUNTED = "rule since an event of"
_STOPS = frozenset({",", ";", ".", ":"})
"""Signs that end the words which count from an event."""


@dataclass(frozen=True)
class Reading:
    """A report being read: its trees and what they say together."""

    report: Report
    codebook: Codebook
    trees: tuple[Tree, ...]
    cast: Cast
    chains: Chains
    parties: Parties
    placing: Placing
    dating: Dating

    @staticmethod
    def of(report: Report, passages: Sequence[Passage], codebook: Codebook) -> Reading:
        """A report with its people, its scene and its pronouns resolved."""
        gazetteer = Gazetteer.open()
        passages = [with_bodies(report.text, passage, codebook) for passage in passages]
        passages = [with_towns(report.text, passage, codebook, gazetteer) for passage in passages]
        scene = Scene.build(report, passages, codebook, gazetteer)
        cast = with_state(Cast.build(report, passages, codebook, scene.countries))
        chains = Chains.build(report.text, passages, cast)
        cast = chains.cast = with_owners(cast, chains)
        trees = tuple(chains.trees)
        parties = Parties(report.text, codebook, cast, chains, identified(trees, codebook))
        placing = Placing(report.text, trees, codebook, cast, scene, gazetteer)
        return Reading(
            report, codebook, trees, cast, chains, parties, placing, Dating(report, headings(trees, report.written))
        )

    def drafts(self, at: int) -> list[Draft]:
        """The mentions of one passage with all their values."""
        tree = self.trees[at]
        self.dating.enter(tree)
        told = self.trees[: at + 1]
        found = [retyping.as_blow(told, one) for one in what.mentions(tree, self.codebook)]
        found = [one for one in found if not is_unhurt(tree, one.mention)]
        counted = tolls(tree.text) if any(is_deadly(one.mention) for one in found) else []
        every = [one.mention for one in found]
        return [self._draft(at, one, tolls_of(tree, one.mention, every, counted)) for one in found]

    def _draft(self, at: int, told: Told, counted: list[Toll]) -> Draft:
        """One mention with its parties, status, source, place, time and tolls, in this order: each may hang on those before."""
        tree = self.trees[at]
        draft = self._with_sides(tree, told.mention)
        if retyped := retyping.by_parties(draft):
            told = told.told_as(*retyped)
            draft.mention = told.mention
        word = tree.words[told.mention.word]
        draft.reasons = {field: Sourced(word.start, word.end, why) for field, why in told.because.items()}
        self._status(draft)
        if speech_acts.is_announcement(draft):
            speech_acts.announce(draft)
        self._source(draft, at)
        self._place(draft)
        dated = speech_acts.given(draft)
        self.dating.date(dated, self.placing.is_deed(draft))
        draft.time = dated.time
        for toll in counted if draft.mention.status in REAL else ():
            give(draft, toll, tree)
        _date_by_count(draft, self.report.written)
        return draft

    def _with_sides(self, tree: Tree, mention: Mention) -> Draft:
        """A mention with those who take part."""
        actors, recipients = (self.parties.of(tree, mention, kind) for kind in SIDES)
        unlikely = {kind: self.parties.unlikely(tree, mention, kind) for kind in SIDES}
        return Draft(tree, mention, actors, recipients, unlikely)

    def _place(self, draft: Draft) -> None:
        """Where it happened, which is no party to it, and of whose country those are who take part."""
        self.placing.place(draft)
        draft.recipients = tuple(
            one for one in draft.recipients if not _is_where(one, draft.place) and not _is_in_name(one, draft.actors)
        )
        if draft.mention.type == "ASSAULT":
            draft.recipients = attacked(draft)
        if self.placing.is_deed(draft):  # talks and demands are held and made abroad
            self.placing.settle(draft)
        elif draft.mention.type == "CONSULT":
            draft.recipients = hosts(draft, self.placing.text, self.placing.cast)

    def _status(self, draft: Draft) -> None:
        """Its status by the words around it, where these overrule the model."""
        mention = draft.mention
        said = reality(draft.tree, mention.word, mention.type) or at_once(draft.tree, mention)
        if said is None or (said.rule not in FIRM and said.status != mention.status and mention.status_score >= RULED):
            return
        draft.mention = replace(mention, status=said.status, status_score=max(mention.status_score, RULED))
        draft.reasons["status"] = Sourced(*draft.trigger, f"rule {said.rule}")

    def _source(self, draft: Draft, at: int) -> None:
        """Who says so. Whoever demands or accuses is the actor, and then it is the outlet that tells of it."""
        speaker = attribution.speaker(self.trees, at, draft.mention)
        if speaker is None:
            return
        if speaker.because == attribution.BY_HEARSAY:
            draft.attribute("reports", draft.tree.span(speaker.word, speaker.word), speaker.because)
        elif speaker.because == attribution.BY_EACH and len(draft.actors) > 1:
            both = " and ".join(one.entity.name for one in draft.actors)
            draft.attribute(both, (draft.actors[0].start, draft.actors[-1].end), speaker.because)
        elif span := self._named(speaker):
            self._by_speaker(draft, speaker, span)

    def _by_speaker(self, draft: Draft, speaker: attribution.Speaker, span: tuple[int, int]) -> None:
        """Who says so is whom the words of a span name, unless it is what he does by saying it."""
        known = identify(self.report.text[slice(*span)], self.cast)
        if speaker.because == attribution.BY_WATCHING and not self._is_somebody(speaker, known):
            return  # "photographs document the abuse"
        if draft.mention.type != "CONSULT" and not self.placing.is_deed(draft):
            if not draft.actors and self._may_act(speaker, draft):
                draft.actors = (Party(known.entity, *span, (("", speaker.because), *known.because)),)
            if self._is_his_word(speaker, known.entity, draft):
                return
        if speech_acts.is_announced(draft) and any(_speaks_for(known.entity, p.entity) for p in draft.actors):
            speech_acts.announce(draft)
            return
        if draft.mention.type in attribution.DEEDS:
            doers = (one for one in draft.actors if _is_we(one) or not _is_part(one, span))
            draft.actors = tuple(
                speakers_own(one, known.entity, self.report.text[one.start : one.end], self.cast) for one in doers
            )
        draft.attribute(self._called(speaker, known), span, speaker.because)

    def _named(self, speaker: attribution.Speaker) -> tuple[int, int] | None:
        """The words that name who speaks, elsewhere in the report for a pronoun; None for nobody, and for words of time."""
        tree = self.trees[speaker.passage]
        word = tree.words[speaker.word]
        start, end = tree.span(*(speaker.phrase or tree.party(naming.named_speaker(tree, speaker.word))))
        antecedents = self.chains.antecedents(start, end)
        if tree.is_none(speaker.word) or (word.upos == "PRON" and not antecedents):
            return None
        if bearer := naming.bearer(self.trees[: speaker.passage], word.text):
            start, end = bearer
        elif antecedents:
            start, end = antecedents[0].start, antecedents[0].end
            if self.codebook.means(self.report.text[start:end].split()[-1], "equipment"):
                return None  # "struck a boat that *it* said carried drugs"
        else:
            start, end = self.parties.whole_name(tree, speaker.word, start, end)
        words = self.report.text[start:end]
        timed = any(found.end == len(words) for found in when.find(words)) and not self.codebook.find_outlet(words)
        return None if timed else (start, end)  # "USA *Today*" says it

    def _is_somebody(self, speaker: attribution.Speaker, known: Identified) -> bool:
        """Whether who watches is named or known or has a role, and is no thing."""
        word = self.trees[speaker.passage].words[speaker.word]
        role = self.codebook.find_role(word.text)
        told = known.entity.actor or known.entity.country or word.upos == "PROPN"
        return bool(told) or (role is not None and role.kind != "equipment")

    def _may_act(self, speaker: attribution.Speaker, draft: Draft) -> bool:
        """Whether who speaks may be who demands or accuses, by saying it: no outlet, and nobody who only tells of it."""
        own = self.trees[speaker.passage] is draft.tree or draft.mention.mode == "investigate"
        return speaker.because != attribution.BY_OUTLET and (not own or attribution.does_it(draft.tree, draft.mention))

    def _is_his_word(self, speaker: attribution.Speaker, who: Entity, draft: Draft) -> bool:
        """Whether who speaks is who demands or accuses, and does not tell of it as another's; nor of what he has not done, of which he
        is a source."""
        here = self.trees[speaker.passage] is draft.tree and speaker.because.startswith("model")
        retold = here and attribution.retold(draft.tree, speaker.word, draft.mention)
        denies = draft.mention.status == Status.DENIED
        return not (retold or denies) and any(_is_own_word(one, who) for one in draft.actors)

    def _called(self, speaker: attribution.Speaker, known: Identified) -> str:
        """What a source is called: an outlet or actor by its own name, a capital by its government, others by their words."""
        entity, word = known.entity, self.trees[speaker.passage].words[speaker.word]
        if speaker.because == attribution.BY_OUTLET:
            outlet = self.codebook.find_outlet(entity.text)
            return outlet.name if outlet else without_the(entity.text)
        named = entity.actor or word.upos == "PROPN" or entity.name[:1].isupper()
        if not named or entity.name.islower():  # "a *spokesman* for the Free Syrian Army"
            return entity.text
        country = self.codebook.countries.get(entity.country or "")
        if known.is_by_capital and country and country.demonyms:
            return f"{country.demonyms[0]} government"
        return entity.name


def _is_where(party: Party, place: Place | None) -> bool:
    """Whether a recipient that is nobody, or an outlet, is called as the town where it happened: "the attack on *Khan Sheikhoun*",
    "to free *Dabiq*"; a building that is struck may stand for those in it."""
    entity = party.entity
    nobody = entity.sector == "JRN" or not (entity.actor or entity.country or entity.sector or party.is_thing)
    wide = place is not None and place.precision not in (None, "site") and entity.name in place.text
    return nobody and wide


def _is_in_name(party: Party, others: Sequence[Party]) -> bool:
    """Whether a party of which nothing is known is part of what another is called: "the Council of *National Unity* rejected it"."""
    unknown = party.entity.country is None and party.entity.actor is None and not party.is_person
    return unknown and any(one.start < party.start < party.end <= one.end for one in others if one.is_named)


def _is_part(party: Party, speaker: tuple[int, int]) -> bool:
    """Whether a party only says whose who speaks is: "raids go on, a commander of *the faction* said", "*Kenyan* officials said"."""
    first = party.start == speaker[0] and party.end < speaker[1]
    by_pronoun = any(field_ == "" and not why.startswith("model") for field_, why in party.because)  # "*they* shelled"
    return (first and not by_pronoun) or speaker[0] < party.start < party.end <= speaker[1]


def _is_own_word(actor: Party, speaker: Entity) -> bool:
    """Whether it is the speaker who accuses or demands, or the body for which he says "we"."""
    return _is_we(actor) or event_pairs.same_entity(actor.entity, speaker)


def _is_we(actor: Party) -> bool:
    """Whether an actor is who says "we", or "I"."""
    return any(why.startswith(f"rule {SPEAKER}") for _, why in actor.because)


def _speaks_for(who: Entity, other: Entity) -> bool:
    """Whether it is one's own word that the other will do something: who governs a state commands its army."""
    commands = who.country is not None and (who.sector, other.sector) == ("GOV", "MIL")
    return event_pairs.same_entity(who, other) or (commands and who.country == other.country)


def _date_by_count(draft: Draft, written: dt.date | None) -> None:
    """Give a deed all the time from which its toll is counted: "710 dead since fighting *broke out* on 27 September"."""
    tolls_end = [draft.reasons[kind].end or 0 for kind in ("killed", "injured") if kind in draft.reasons]
    if not tolls_end or draft.time is None or written is None or draft.time.start > written:
        return
    tree, trigger, dated = draft.tree, draft.mention.word, draft.reasons["time"]
    forms = [tree.form(word) for word in range(trigger)]
    since = max((at for at, form in enumerate(forms) if form in listed("what", "since")), default=None)
    if since is None or not _STOPS.isdisjoint(forms[since:]) or any(tree.is_named(at, "TIME") for at in range(since)):
        return
    if max(tolls_end) <= tree.words[since].start <= (dated.start or 0):
        draft.time = periods.span(draft.time.start, written)
        draft.reasons["time"] = Sourced(dated.start, dated.end, _COUNTED)
