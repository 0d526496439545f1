"""The questions that a clause puts to an incident, and what each of them finds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from trucewatch.codebook import Codebook, fold, sources
from trucewatch.codebook.rows import BODIES
from trucewatch.english import Said, joined, said
from trucewatch.nouns import REAL, Account, Disagreement, Entity, Incident, Status, reports_of
from trucewatch.truces.blame import is_anonymous, laid
from trucewatch.truces.carved import carved, covering
from trucewatch.truces.denials import Denials
from trucewatch.truces.fights import (
    is_charge,
    is_holding,
    is_infighting,
    is_repelling,
    is_two_sided,
    of_one_side,
    shot_down,
)
from trucewatch.truces.ground import Ground, coarse, is_at_home
from trucewatch.truces.in_time import in_time
from trucewatch.truces.parties import Roll, Standing, is_armed, is_enemy, standing
from trucewatch.truces.terms import Clause, Kind, Truce
from trucewatch.truces.verdicts import Finding, Verdict
from trucewatch.truces.voices import Voices

BETWEEN_SIDES = frozenset({Kind.CESSATION, Kind.SEPARATION, Kind.WEAPONS})
"""Clauses that keep the sides from each other: what one side does to itself breaks none of them."""
_PERSISTS = Verdict.ALLEGED


class Questions:
    """All the questions of one truce."""

    def __init__(self, truce: Truce, book: Codebook, told: Mapping[str, Account]) -> None:
        self.truce = truce
        self._book = book
        self._roll = Roll(truce, book)
        self._ground = Ground(book)
        self._voices = Voices(self._roll, book)
        self._blamed = {deed.claim.id: deed for deed in laid(told.values())}
        self._told = {**told, **self._blamed}
        self._of_report: dict[str, list[Account]] = defaultdict(list)
        for account in self._told.values():
            self._of_report[account.claim.report].append(account)
        self._denials = Denials(self._roll, self._voices, self._of_report)

    def ask(self, incident: Incident, clause: Clause, dated: bool = True) -> Iterator[Finding]:
        """What they find, in the order in which a reason names it; without ``dated`` the time is not asked for."""
        incident = self._as_laid(incident)
        if dated:
            yield in_time(incident, self._accounts(incident), clause, self.truce)
        yield from self._where(incident, clause)
        yield from self._what(incident, clause)
        yield from self._whom(incident, clause)
        yield from self._by_whom(incident, clause)
        yield from self._defence(incident, clause)
        yield from self._whether(incident)
        yield from self._on_whose_word(incident)

    def told_beside(self, incident: Incident) -> tuple[Sequence[Account], ...]:
        """All accounts of each of its reports: what they find hangs on these, and on the incident."""
        return tuple(self._of_report.get(report, ()) for report in sorted(reports_of(incident.claims)))

    def party(self, incident: Incident) -> str | None:
        """Id of the one party that is said to have acted; none of a clash, also where only one side of it is named, nor where
        claims differ on which side it was."""
        told = self._accounts(incident)
        if (told and all(map(is_two_sided, told))) or any(
            self._is_apart(one, incident) for one in incident.disagreements
        ):
            return None
        acting = {party.actor for _, party in self._taking_part(self._as_laid(incident)) if party is not None}
        return acting.pop() if len(acting) == 1 else None

    def knows(self, incident: Incident) -> bool:
        """Whether it is of the truce's countries, or of a party and in a report of these: a guarantor has other wars."""
        told = [one.claim for accounts in self.told_beside(incident) for one in accounts]
        stands = any(party for _, party in self._parties((*incident.actors, *incident.recipients), incident))
        return self._roll.is_at_home(incident) or (stands and (not told or any(map(self._roll.is_at_home, told))))

    def is_within_one_side(self, incident: Incident) -> bool:
        """Whether those who fought are of one side: infighting, and not what the truce is about."""
        acting, hit = (self._parties(side, incident) for side in (incident.actors, incident.recipients))
        armed = [(entity, party) for entity, party in hit if party or is_armed(entity)]
        fought = is_infighting(acting, hit, self._accounts(incident))
        return fought or bool(armed and self._roll.one_side(acting, armed))

    # ------------------------------------------------------------ where

    def _where(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        zone, place = self.truce.zone_of(clause), incident.place
        if zone is None:
            return
        answer = self._ground.ask(place, zone)
        beside = (one.claim for one in chain(*self.told_beside(incident)))
        if answer.inside is None and place and is_at_home(incident, beside, zone):
            yield Finding(_PERSISTS, coarse(place))
            words = said(
                "the violence that its reports tell of is in {zone}, or against people of there", zone=zone.name
            )
            yield Finding(_PERSISTS, words)
        elif answer.inside is None:
            yield Finding(Verdict.NO_VERDICT, answer.words)
        else:
            yield Finding(_PERSISTS if answer.inside else Verdict.OUT_OF_SCOPE, answer.words)

    # ------------------------------------------------------------ what

    def is_about(self, incident: Incident, clause: Clause) -> bool:
        """Whether a report of it uses one of the clause's words, as far as reports are known."""
        if not clause.about:
            return True
        said = " ".join(fold(account.sentence) for account in self._accounts(incident))
        return not said or any(re.search(rf"\b{re.escape(fold(word))}", said) for word in clause.about)

    def _what(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        if not self.is_about(incident, clause):
            words = said("no report of it names what clause {clause} is about", clause=clause.id)
            yield Finding(Verdict.OUT_OF_SCOPE, words)
        told = self._accounts(incident)
        if told and all(is_charge(one, self._of_report[one.claim.report]) for one in told) and not self._monitor(told):
            yield Finding(Verdict.NO_VERDICT, said("called a breach of the truce, and no deed of its own is told"))

    def _accounts(self, incident: Incident) -> list[Account]:
        return [self._told[claim] for claim in incident.claims if claim in self._told]

    # ------------------------------------------------------------ who

    def _parties(self, entities: Sequence[Entity], incident: Incident) -> list[Standing]:
        on = incident.time.start if incident.time else None
        return [(entity, self._roll.find(entity, on)) for entity in entities]

    def _as_laid(self, incident: Incident) -> Incident:
        """It with those as who act whom an account names or blames, where they are of one side."""
        named = self._named(incident)
        if not of_one_side(named):
            return incident
        return msgspec.structs.replace(incident, actors=tuple(entity for entity, _ in named), named_by=0)

    def _named(self, incident: Incident) -> list[Standing]:
        """The parties whom its accounts name or blame, where most of its sources name nobody, or such as may be anybody ("gunmen")."""
        acting = self._parties(incident.actors, incident)
        if any(party for _, party in acting) or not all(is_anonymous(entity) for entity, _ in acting):
            return []
        told = [one.claim.actors for one in self._charging(incident) if one.claim.status in REAL]
        named = {entity.name: (entity, party) for actors in told for entity, party in self._parties(actors, incident)}
        return [(entity, party) for entity, party in named.values() if party]

    def _taking_part(self, incident: Incident) -> list[Standing]:
        """Those who act; where all tell of a fight of two sides, also those of the other one."""
        acting, other = (self._parties(side, incident) for side in (incident.actors, incident.recipients))
        told, fought = self._accounts(incident), [(entity, party) for entity, party in other if party]
        both = not acting and len({party.side for _, party in fought if party}) > 1
        if told and all(map(is_two_sided, told)) and (both or any(party for _, party in acting)):
            return acting + fought
        return acting

    def _by_whom(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        acting, named = self._taking_part(incident), self._named(incident)
        if named and any(party and party.is_bound for _, party in named):
            who = self._roll.names(sorted({party.actor for _, party in named if party}))
            yield Finding(Verdict.DISPUTED, said("who did it is disputed: {sides}", sides=who))
            return
        if not acting:
            yield Finding(Verdict.NO_VERDICT, said("no report says who did it"))
            return
        parties = {party.actor: party for _, party in acting if party is not None}
        if not parties:
            yield self._stranger(incident.actors)
            return
        bound = [one for one in parties.values() if not clause.binds or one.actor in clause.binds]
        if not bound:
            words = said("clause {clause} does not bind {who}", clause=clause.id, who=self._roll.names(parties))
            yield Finding(Verdict.OUT_OF_SCOPE, words)
            return
        if not any(one.is_bound for one in bound):
            who = self._roll.names(one.actor for one in bound)
            words = said("{who} is shut out of the truce, and nobody says that it is bound", who=who, n=len(who))
            yield Finding(Verdict.OUT_OF_SCOPE, words)
            return
        if len({one.side for one in parties.values()}) > 1:
            yield Finding(_PERSISTS, said("both sides took part, and who began is not told"))
        for entity, party in acting:
            if party is not None and party in bound and is_anonymous(entity):
                words = said("{words} counts as {party}", words=repr(entity.name), party=self._roll.name(party.actor))
                yield Finding(_PERSISTS, words)
        blaming = {self._blamed[claim].claim.attributed_to for claim in incident.claims if claim in self._blamed}
        if by := sorted(filter(None, blaming)):
            yield Finding(_PERSISTS, said("blamed on {who} by {by}", who=self._roll.names(parties), by=tuple(by)))
        for one in bound:
            yield Finding(_PERSISTS, standing(one, self._roll))

    def _stranger(self, actors: Sequence[Entity]) -> Finding:
        who = tuple(entity.name for entity in actors)
        if all(is_anonymous(entity) or entity.country is None for entity in actors):
            return Finding(Verdict.NO_VERDICT, said("on whose side {who} stood is not told", who=who))
        words = said(
            "{who} are no parties to the truce, and nobody calls it binding on them",
            "{who} is no party to the truce, and nobody calls it binding on them",
            who=who,
            n=_many(actors),
        )
        return Finding(Verdict.OUT_OF_SCOPE, words)

    # ------------------------------------------------------------ to whom

    def _whom(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        hit = self._parties(incident.recipients, incident)
        acting = self._parties(incident.actors, incident)
        if clause.kind in BETWEEN_SIDES and is_infighting(acting, hit, self._accounts(incident)):
            words = said("factions of one side fought: infighting is no breach between the sides")
            yield Finding(Verdict.OUT_OF_SCOPE, words)
            return
        if not hit:
            return
        strangers = [entity for entity, party in hit if party is None]
        if clause.kind in BETWEEN_SIDES and (side := self._roll.one_side(acting, hit)):
            words = said("both are of one side ({side}): infighting is no breach between the sides", side=side)
            yield Finding(Verdict.OUT_OF_SCOPE, words)
            return
        if found := carved(incident, self._roll):
            yield Finding(Verdict.CARVED_OUT if found.whole else _PERSISTS, found.words)
        known = {None, *BODIES, *self.truce.countries}
        named = [entity for entity in strangers if entity.actor or entity.country not in known]
        strange = bool(named) and len(strangers) == len(hit) and all(map(is_enemy, strangers))
        if strange and not any(covering(entity, incident, self._roll) for entity in strangers):
            words = said(
                "{who} are no parties to the truce, and nothing in it protects them",
                "{who} is no party to the truce, and nothing in it protects them",
                who=tuple(entity.name for entity in named),
                n=_many(named),
            )
            yield Finding(Verdict.OUT_OF_SCOPE, words)

    def _defence(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        """Who shoots down what was sent at him, repels an attack or holds ground, attacks nobody."""
        sent = shot_down(incident, self._accounts(incident))
        if clause.kind in BETWEEN_SIDES and sent:
            words = said("air defence: what was shot at ({what}) had been sent by another", what=tuple(sorted(sent)))
            yield Finding(Verdict.NO_VERDICT, words)
        told = self._accounts(incident)
        if clause.kind in BETWEEN_SIDES and told and all(map(is_repelling, told)):
            yield Finding(Verdict.NO_VERDICT, said("an attack was repelled, and whose it was is another incident"))
        if clause.kind is Kind.CESSATION and told and all(map(is_holding, told)):
            yield Finding(Verdict.NO_VERDICT, said("ground is held that was taken before: no attack of that day"))

    # ------------------------------------------------------------ whether, and who says so

    def _whether(self, incident: Incident) -> Iterator[Finding]:
        if incident.status is Status.DENIED:
            yield Finding(Verdict.DENIED, said("all who speak of it say that it did not happen"))
        elif incident.status is Status.EXPECTED:
            yield Finding(Verdict.NO_VERDICT, said("it is only foreseen"))
        elif incident.status is Status.POSSIBLE:
            yield Finding(Verdict.NO_VERDICT, said("it is only held to be possible"))
        for one in incident.disagreements:
            values = [value for value, _ in one.sides]
            if one.field == "status" and Status.DENIED in values and len(values) > 1:
                yield Finding(Verdict.DISPUTED, said("whether it happened is disputed: {sides}", sides=_sides(one)))
            elif one.field == "actors":
                if self._is_apart(one, incident):
                    yield Finding(Verdict.DISPUTED, said("who did it is disputed: {sides}", sides=_sides(one)))
                else:
                    yield Finding(_PERSISTS, said("it is laid to several of one side: {sides}", sides=_sides(one)))

    def _is_apart(self, one: Disagreement, incident: Incident) -> bool:
        """Whether they disagree on which side did it."""
        claims = [self._told[claim].claim for _, its in one.sides for claim in its if claim in self._told]
        named = [entity for claim in claims for entity in claim.actors]
        return one.field == "actors" and not of_one_side(self._parties(named, incident))

    def _on_whose_word(self, incident: Incident) -> Iterator[Finding]:
        named, found = self._naming(incident), self._monitor(self._accounts(incident))
        knows = self._monitor(named) if found else None
        if knows:
            yield Finding(Verdict.VERIFIED, said("{monitor} found it so", monitor=knows))
        elif found:
            words = said("{monitor} found that it happened, and does not say who did it", monitor=found)
            yield Finding(_PERSISTS, words)
        if denying := self._denials.by(incident):
            words = said("denied by {who}, as a report says", who=self._roll.names(denying))
            yield Finding(_PERSISTS if knows else Verdict.DISPUTED, words)
        count = [said("{n} independent sources", "one source", n=incident.sources)]
        # "Rebels" name whom the truce counts them to, where another names him.
        naming = max(_tellers(named), incident.sources if incident.named_by is None else incident.named_by)
        if len(self._charging(incident)) < len(self._accounts(incident)):
            naming = min(naming, _tellers(named))
        if incident.actors and naming < incident.sources:
            count += [said("of which {n} name who did it", "of which {n} names who did it", n=naming)]
        if tied := self._tied(incident, named, naming):
            yield Finding(Verdict.ALLEGED, joined(*count, tied))
        else:
            yield Finding(Verdict.CORROBORATED if naming > 1 else Verdict.ALLEGED, joined(*count))

    def is_answer(self, incident: Incident) -> bool:
        """Whether it is no more than the denial of a deed that has a row of its own, which says so, or a word that all was quiet."""
        told = self._accounts(incident)
        return self._denials.is_answer(told) or self._denials.is_quiet(told)

    def told_elsewhere(self, incident: Incident) -> tuple[Account, ...]:
        """Accounts of other reports on which what is found hangs."""
        return self._denials.elsewhere(incident)

    def _naming(self, incident: Incident) -> list[Account]:
        """The accounts that name a party, or one like it, that the incident's actors stand for."""
        wanted = {party.actor if party else entity.name for entity, party in self._parties(incident.actors, incident)}
        return [
            account
            for account in self._charging(incident)
            if wanted
            & {party.actor if party else one.name for one, party in self._parties(account.claim.actors, incident)}
        ]

    def _charging(self, incident: Incident) -> list[Account]:
        """The accounts, without denials and those of a fight of two sides where others say who attacked."""
        told = self._accounts(incident)
        return [one for one in told if one.claim.status is not Status.DENIED and not is_two_sided(one)] or told

    def _tied(self, incident: Incident, naming: Sequence[Account], sources: int) -> Said | None:
        """That all who name who did it have it from one side, or from one who is quoted; None where they do not."""
        if naming:
            voice = self._voices.one(naming)
        else:
            stands = {self._voices.outlet(outlet) for outlet in incident.outlets}
            voice = stands.pop() if len(stands) == 1 else None
        acting = {self._voices.key(party) for _, party in self._parties(incident.actors, incident) if party}
        if voice and voice.admits(acting):
            return None
        if voice and voice.partisan:
            return said(
                "all of them tied to one state or party ({who})",
                "tied to one state or party ({who})",
                who=voice.name,
                n=max(sources, 1),
            )
        return said("all of them on the word of {who}", who=voice.name) if voice and sources > 1 else None

    def _monitor(self, accounts: Sequence[Account]) -> str | None:
        """The truce's monitor whose word verifies, where it says in one of these that the deed was done."""
        verifying = [monitor for monitor in self.truce.monitors if monitor.verifies]
        for account in accounts if verifying else ():
            if account.claim.status not in REAL:
                continue
            for voice in filter(None, (account.claim.attributed_to, account.outlet)):
                actor = self._book.find_actor(voice, account.published)
                for monitor in verifying:
                    if fold(voice) == fold(monitor.name) or (actor and actor.id == monitor.actor):
                        return monitor.name
        return None


def _tellers(accounts: Sequence[Account]) -> int:
    return len(set(sources.tellers(accounts).values()))


def _many(strangers: Sequence[Entity]) -> int:
    """How many they are, as far as grammar goes: "warplanes" are two."""
    one = len(strangers) == 1 and (strangers[0].actor is not None or not strangers[0].name.endswith("s"))
    return 1 if one else max(len(strangers), 2)


def _sides(one: Disagreement) -> tuple[Said, ...]:
    """The values that differ, each with the number of claims that have it."""
    return tuple(
        said(
            "{value} ({n} claims)",
            "{value} ({n} claim)",
            value=Status(value) if one.field == "status" else value,
            n=len(claims),
        )
        for value, claims in one.sides
    )
