"""Step 5, the claims: which mention of an event gives which value of its claim, and who is on which side of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trucewatch.claims import attribution, event_coreference, event_pairs, toll_events
from trucewatch.claims.dating import best_dated
from trucewatch.claims.draft import Draft, Party, Sourced, party_evidence
from trucewatch.claims.each_other import is_among_one, is_laid_to_each_other
from trucewatch.claims.geometry import one_place
from trucewatch.claims.inheritance import doers, is_said_after, is_said_at
from trucewatch.claims.known import ARMED
from trucewatch.claims.phrase import bare, listed, plural
from trucewatch.claims.what import SURE
from trucewatch.codebook.rows import MUTUAL, OF_STATES
from trucewatch.nouns import Entity, Evidence

_HARDLY = 0.2  # of the model's score for a recipient
_ARMED_BODIES = frozenset({"MIL", "COP"})
_SURER = 0.15  # by how much a later mention must be surer of the status than the first


@dataclass(frozen=True)
class Merged:
    """Which mention of an event gives which value of its claim: the first its type and trigger, others fill in."""

    cluster: Sequence[Draft]
    lead: Draft
    mode: Draft
    status: Draft
    place: Draft | None
    time: Draft | None
    source: Draft | None
    killed: Draft | None
    injured: Draft | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]

    @staticmethod
    def by(cluster: Sequence[Draft]) -> Merged:
        """What each mention of an event gives to its claim."""
        lead = cluster[0]
        among_one = any(is_among_one(d.tree, d.mention) for d in cluster)
        suffer = _union(d.recipients for d in cluster)
        suffer = tuple(party for party in suffer if _may_suffer(party) and (party.is_sure or not among_one))
        people = tuple(party for party in suffer if not party.is_thing)
        act = _surely(_union(d.actors for d in _asserted(cluster)), lead)
        if lead.mention.type == "ASSAULT":
            staged = _staged(cluster)
            act = _by_name(cluster, _of_others([party for party in act if party.entity.name not in staged], suffer))
        actors, recipients = _apart(act, people or suffer, _facing(cluster))
        if not recipients and (len(actors) == 1 if among_one else is_laid_to_each_other(lead.tree, lead.mention)):
            recipients = actors
        return Merged(
            cluster=cluster,
            lead=lead,
            mode=next((d for d in cluster if d.mention.mode), lead),
            status=max(cluster, key=lambda draft: draft.mention.status_score - _SURER * (draft is not lead)),
            place=_best_placed(cluster),
            time=best_dated(cluster),
            source=_sourced(cluster),
            killed=toll_events.of_event(cluster, "killed"),
            injured=toll_events.of_event(cluster, "injured"),
            actors=actors,
            recipients=recipients,
        )

    def answering(self, others: Sequence[Merged]) -> Merged:
        """With whoever did what it condemns or rejects as the recipients, where none are told."""
        if self.recipients:
            return self
        found = doers(self.cluster, [(one.cluster, one.actors) for one in others])
        return replace(self, recipients=_apart(self.actors, found)[1])

    def going_on(self, others: Sequence[Merged]) -> Merged:
        """With the sides of what has gone on so far, where its own are not told: "the *raids* are likely to continue"."""
        if self.actors or self.recipients or not self.lead.is_to_come:
            return self
        so_far = [
            one
            for one in others
            if one.lead.index < self.lead.index
            and one.status.mention.status in ("happened", "ongoing")
            and any(event_pairs.same_word(draft, self.lead) for draft in one.cluster)
        ]
        return replace(self, actors=so_far[-1].actors, recipients=so_far[-1].recipients) if so_far else self

    def meeting(self, others: Sequence[Merged]) -> Merged:
        """With the place and day of the talks at which it was said, where its own are not told."""
        talks = [one for one in others if is_said_at(self.lead, one.cluster) or self._is_of(one)]
        place = next((one.place for one in talks if one.place), None)
        over = self.status.mention.status in ("happened", "denied")
        time = next((one.time for one in talks if one.time and over), None)
        return replace(self, place=self.place or place, time=self.time or time)

    def _is_of(self, talks: Merged) -> bool:
        """Whether those who have just met say it together: "They met in Doha. *Both* called for a truce"."""
        mutual = self.lead.mention.type in MUTUAL
        ours = {one.entity.name for one in (*self.actors, *(self.recipients if mutual else ()))}
        theirs = {one.entity.name for one in (*talks.actors, *talks.recipients)}
        last = [name.split()[-1] for name in ours]
        several = len(ours) > 1 or any(word.islower() and plural(word) for word in last)  # "the *ministers*"
        return several and ours == theirs and is_said_after(self.lead, talks.cluster)

    def filled(self) -> Merged:
        """With the least unlikely on a side of which nobody is told, unless those on the other meet among themselves; no state
        does so to its own army."""
        army = [one.entity for one in self.recipients if one.entity.sector == "MIL"]
        actors = self.actors or tuple(
            party
            for party in self._least_unlikely("actor", self.recipients)
            if not any(_of_one_state(party.entity, other) for other in army)
        )
        meet = self.lead.mention.type in MUTUAL and len(actors) > 1
        recipients = self.recipients if meet else self.recipients or self._least_unlikely("recipient", actors)
        return replace(self, actors=actors, recipients=recipients)

    def _least_unlikely(self, kind: str, others: Sequence[Party]) -> tuple[Party, ...]:
        """Who a mention of the event says may be on a side, and who is not on the other."""
        found = (_apart(others, draft.unlikely.get(kind, ()))[1] for draft in self.cluster)
        return max(found, key=_surety, default=())

    def evidence(self) -> Iterator[Evidence]:
        """The words and the reason behind every value."""
        lead = self.lead
        yield _evidence("trigger", Sourced(*lead.trigger, lead.reasons["type"].because))
        yield from _given_by(type=lead, mode=self.mode, status=self.status, attributed_to=self.source)
        yield from party_evidence("actors", self.actors)
        yield from party_evidence("recipients", self.recipients)
        yield from _given_by(place=self.place, time=self.time, killed=self.killed, injured=self.injured)
        for number, draft in enumerate(self.cluster[1:], 1):
            yield _evidence(f"mentions[{number}]", Sourced(*draft.trigger, event_coreference.reason(lead, draft)))


def _sourced(cluster: Sequence[Draft]) -> Draft | None:
    """The first mention, if it names a source and half of the mentions do, or is another outlet's text; else the outlet tells it, which
    it does not where somebody only condemns it: "shells hit the port, rebels said. Rome condemned *the attack*"."""
    cluster = _uncharged(cluster)
    lead, named = cluster[0], sum(draft.attributed_to is not None for draft in cluster)
    taken = lead.attributed_to and lead.reasons["attributed_to"].because == attribution.BY_OUTLET
    return lead if taken or (lead.attributed_to and 2 * named >= len(cluster)) else None


def _given_by(**mentions: Draft | None) -> Iterator[Evidence]:
    """The words and the reason behind each field, by the mention that gives it."""
    for field, draft in mentions.items():
        if draft:
            yield _evidence(field, draft.reasons[field])


def _evidence(field: str, source: Sourced) -> Evidence:
    """The words and the reason behind one field."""
    return Evidence(field=field, because=source.because, start=source.start, end=source.end)


def _union(parties: Iterable[Sequence[Party]]) -> tuple[Party, ...]:
    """Those whom the mentions of an event have on one side: where somebody is sure, later mentions add no unsure ones, and nobody
    without a name ("two others"), and where nobody is, the surest mention tells them; of two who may be one the surer stays. What is
    kept or broken is nobody."""
    sides = [*parties]
    sure_ones = [party for side in sides for party in side if party.is_sure]
    if not sure_ones:
        sides = [max(sides, key=_surety, default=())]
    # a long list names the same few again and again
    surer = {(one.entity, one.is_person, one.is_named): one for one in sure_ones}.values()
    out: list[Party] = []
    for side in sides:
        its = [one for one in side if one.is_sure or not any(_may_be(one, other) for other in surer)]
        if any(one.is_sure for one in out):
            its = [one for one in its if one.is_sure and one.is_named]
        told = tuple(out)
        out += [one for one in its if not any(event_pairs.same_entity(one.entity, other.entity) for other in told)]
    return tuple(party for party in out if not _is_pact(party))


def _by_name(cluster: Sequence[Draft], act: tuple[Party, ...]) -> tuple[Party, ...]:
    """Those who did it, the one group that a later mention names for a mere kind of fighters: "*a suicide bomber* killed six.
    *Al-Shabaab* claimed the attack"."""
    if cluster[0].mention.status != "happened":  # in a long war many fight
        return act
    named = {
        one.entity.actor: one for d in _asserted(cluster)[1:] for one in d.actors if one.is_sure and one.entity.actor
    }
    kinds = [one for one in act if one.entity.actor is None and not one.is_named and one.entity.sector in ARMED]
    group = next(iter(named.values())) if len(named) == len(act) == len(kinds) == 1 else None
    return (group,) if group and event_pairs.same_entity(group.entity, kinds[0].entity) else act


def _surety(side: Sequence[Party]) -> float:
    """How sure the model is of the surest on a side."""
    return max((one.score for one in side), default=0.0)


def _asserted(cluster: Sequence[Draft]) -> Sequence[Draft]:
    """The mentions that may tell who did it: without accusations, where the first mention is sure whose attack it was."""
    lead = cluster[0]
    sure = lead.mention.type == "ASSAULT" and any(one.is_sure and one.is_named for one in lead.actors)
    return _uncharged(cluster) if sure else cluster


def _uncharged(cluster: Sequence[Draft]) -> list[Draft]:
    """The first mention with the others, but for those that only tell what somebody is accused of."""
    return [cluster[0], *(draft for draft in cluster[1:] if not _is_charged(draft))]


def _may_suffer(party: Party) -> bool:
    """Whether a recipient is likely enough: who has no name is hardly ever one of whom the model is hardly sure, and property never
    unless it is sure."""
    return party.is_sure if party.is_thing else party.is_named or party.score >= _HARDLY


def _is_charged(draft: Draft) -> bool:
    """Whether a mention is what somebody is accused of."""
    above = draft.tree.ancestors(draft.mention.word)
    return any(charge.word in above for charge in draft.tree.events("ACCUSE", least=SURE))


def _is_pact(party: Party) -> bool:
    """Whether it is an agreement, which is kept or broken and acts for nobody: "the Stockholm *agreement*"."""
    noun = party.entity.name.split()[-1]
    return noun.islower() and bare(noun) in listed("things", "pacts")


def _may_be(party: Party, other: Party) -> bool:
    """Whether parties are alike in country and sector alone: not two persons, a name and a description, or names that share a word."""
    names, others = ({*one.entity.name.lower().split()} for one in (party, other))
    persons = party.is_person and other.is_person
    described = party.is_named and not other.is_named
    return event_pairs.same_entity(party.entity, other.entity) and not (persons or described or names & others)


def _surely(actors: tuple[Party, ...], lead: Draft) -> tuple[Party, ...]:
    """The actors of whom some mention is sure, or all where none is; of what several do together, all, for each may be named alone."""
    sure = tuple(party for party in actors if party.is_sure)
    return actors if lead.mention.type in MUTUAL else sure or actors


def _facing(cluster: Iterable[Draft]) -> frozenset[frozenset[str]]:
    """Pairs of names, surely on opposite sides in one mention ("the *minister* told the *prefects*"), which stay two parties."""
    return frozenset(
        frozenset((one.entity.name, other.entity.name))
        for draft in cluster
        for one in draft.actors
        for other in draft.recipients
        if one.is_sure and other.is_sure and one.entity.name != other.entity.name
    )


def _of_others(actors: Sequence[Party], recipients: Sequence[Party]) -> tuple[Party, ...]:
    """Those who did it but for those who are not sure, of the state of whoever surely suffers it: "*Turkey* warned that an attack
    on its troops would be answered"."""
    theirs = [one.entity for one in recipients if one.is_sure]
    return tuple(
        party for party in actors if party.is_sure or not any(_of_one_state(party.entity, other) for other in theirs)
    )


def _staged(cluster: Sequence[Draft]) -> set[str]:
    """States and bodies that hit their own men by the word alone of another than he who tells of it first: "a mine killed six soldiers,
    the army said; rebels said that *the army* had staged the attack"."""
    voices = (None, cluster[0].attributed_to)
    told = {
        one.entity.name
        for draft in cluster
        for one in draft.actors
        if draft.attributed_to in (*voices, one.entity.name)
    }
    others = [one.entity for draft in cluster for one in draft.actors if one.entity.name not in told]
    suffer = (one for draft in cluster for one in draft.recipients if one.is_sure)
    hit = [one.entity for one in suffer if one.entity.sector in _ARMED_BODIES]
    bodies = (one for one in others if one.actor or one.sector == "GOV")
    return {one.name for one in bodies if any(_of_one_state(one, other) for other in hit)}


def _of_one_state(one: Entity, other: Entity) -> bool:
    """Whether both act for one and the same state."""
    bodies = {one.sector, other.sector} <= OF_STATES
    return bodies and one.country is not None and one.country == other.country


def _apart(
    actors: Sequence[Party], recipients: Sequence[Party], facing: Collection[frozenset[str]] = ()
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients without overlap: whoever is on both sides stays where the score is higher."""

    def stays(party: Party, others: Sequence[Party], at_par: bool) -> bool:
        """Whether a party stays on its side: nobody on the other is the same and likelier."""
        rivals = [
            other.score
            for other in others
            if event_pairs.same_entity(party.entity, other.entity)
            and frozenset((party.entity.name, other.entity.name)) not in facing
        ]
        return not rivals or party.score > max(rivals) or (at_par and party.score == max(rivals))

    return (
        tuple(party for party in actors if stays(party, recipients, True)),
        tuple(party for party in recipients if stays(party, actors, False)),
    )


def _best_placed(drafts: Iterable[Draft]) -> Draft | None:
    """The first mention with words of its own for the place, else the first with any; of a country, one that says where in it."""
    having = [draft for draft in drafts if draft.place]
    first = min(having, key=lambda draft: not draft.tells("place"), default=None)
    return next((draft for draft in having if first and _is_within(draft, first)), first)


def _is_within(finer: Draft, draft: Draft) -> bool:
    """Whether a mention's own words tell where it was in the country, province or border that is all that another tells."""
    one, whole = finer.place, draft.place
    if one is None or whole is None or whole.precision not in ("country", "region") or not finer.tells("place"):
        return False
    return one.is_fine and (one.country == whole.country or (whole.country is None and one_place(one, whole) is True))
