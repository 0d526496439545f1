"""The questions that a clause puts to an incident, and what each of them finds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import msgspec

from trucewatch.codebook import Codebook, fold, sources
from trucewatch.codebook.rows import BODIES
from trucewatch.english import listed, some
from trucewatch.nouns import REAL, Account, Disagreement, Entity, Incident, Status, reports_of
from trucewatch.truces import hours
from trucewatch.truces.blame import is_anonymous, laid, with_blame
from trucewatch.truces.carved import carved, covering
from trucewatch.truces.days import days
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
from trucewatch.truces.ground import Ground, is_at_home
from trucewatch.truces.parties import Roll, Standing, is_armed, standing
from trucewatch.truces.terms import Clause, Kind, Moment, Truce
from trucewatch.truces.verdicts import Verdict
from trucewatch.truces.voices import Voices

BETWEEN_SIDES = frozenset({Kind.CESSATION, Kind.SEPARATION, Kind.WEAPONS})
"""Clauses that keep the sides from each other: what one side does to itself breaks none of them."""
_UNREAL = {Status.EXPECTED: "foreseen", Status.POSSIBLE: "held to be possible"}
_SETTLED = frozenset({*REAL, Status.DENIED})
_PERSISTS = Verdict.ALLEGED


class Finding(NamedTuple):
    """What a question found: a verdict, and words that go into the reason. ``alleged`` is what is left by default."""

    verdict: Verdict
    words: str


class Questions:
    """All the questions of one truce."""

    def __init__(self, truce: Truce, book: Codebook, told: Mapping[str, Account]) -> None:
        self.truce = truce
        self._book = book
        self._roll = Roll(truce, book)
        self._ground = Ground(book)
        self._voices = Voices(self._roll, book)
        self._blamed = {deed.claim.id: with_blame(deed, blame) for deed, blame in laid(told.values())}
        self._told = {**told, **self._blamed}
        self._of_report: dict[str, list[Account]] = defaultdict(list)
        for account in self._told.values():
            self._of_report[account.claim.report].append(account)
        self._denials = Denials(self._roll, self._voices, self._of_report)

    def ask(self, incident: Incident, clause: Clause, dated: bool = True) -> Iterator[Finding]:
        """What they find, in the order in which a reason names it; without ``dated`` the time is not asked for."""
        incident = self._as_laid(incident)
        if dated:
            yield self._when(incident, clause)
        yield self._where(incident, clause)
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
        """Id of the one party that is said to have acted."""
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

    # ------------------------------------------------------------ when

    def _when(self, incident: Incident, clause: Clause) -> Finding:
        truce, time = self.truce, incident.time
        start = clause.effective or truce.start
        ends = [end for end in (clause.until, truce.end) if end]
        end = min(ends, key=lambda moment: moment.last, default=None)
        if start is None:
            return Finding(Verdict.NO_VERDICT, "it is not known when the truce took effect")
        if time is None:
            return self._undated(incident, start)
        what = f"clause {clause.id}" if clause.effective and clause.effective != truce.effective else "the truce"
        if time.end < start.first:
            return Finding(Verdict.OUT_OF_SCOPE, f"{days(time)}, before {what} took effect ({start})")
        if end and time.start > end.last:
            over = "the truce" if end == truce.end else f"clause {clause.id}"
            return Finding(Verdict.OUT_OF_SCOPE, f"{days(time)}, after {over} had ended ({end})")
        sentences, one_day = [account.sentence for account in self._accounts(incident)], time.start == time.end
        if time.start < start.last or (time.start == start.last and start.is_late):
            begun = hours.told(sentences, "begin", start.clock if one_day else None)
            if begun == "before":
                return Finding(Verdict.OUT_OF_SCOPE, f"{days(time)}, before {what} took effect ({start}), as is told")
            if begun is None:
                words = f"{days(time)}: whether after {what} took effect ({start}) is not told"
                return Finding(Verdict.NO_VERDICT, words)
        if end and (time.end > end.first or (time.end == end.first and end.is_early)):
            ended = hours.told(sentences, "end", end.clock if one_day else None)
            if ended == "after":
                return Finding(Verdict.OUT_OF_SCOPE, f"{days(time)}, after its end ({end}), as is told")
            if ended is None:
                return Finding(Verdict.NO_VERDICT, f"{days(time)}: whether before its end ({end}) is not told")
        return Finding(_PERSISTS, "")

    def _undated(self, incident: Incident, start: Moment) -> Finding:
        """Nobody says when; but what was told before the truce, and had happened by then, was before it."""
        days_told = [account.published for account in self._accounts(incident) if account.published is not None]
        if days_told and incident.status in _SETTLED and min(days_told) < start.first:
            before = f"no report says when, but it was told on {min(days_told)}, before the truce took effect ({start})"
            return Finding(Verdict.OUT_OF_SCOPE, before)
        return Finding(Verdict.NO_VERDICT, "no report says when")

    # ------------------------------------------------------------ where

    def _where(self, incident: Incident, clause: Clause) -> Finding:
        zone = self.truce.zone_of(clause)
        if zone is None:
            return Finding(_PERSISTS, "")
        answer = self._ground.ask(incident.place, zone)
        beside = (one.claim for one in chain(*self.told_beside(incident)))
        if answer.inside is None and is_at_home(incident, beside, zone):
            words = f"the violence that its reports tell of is in {zone.name}, or against people of there"
            return Finding(_PERSISTS, f"{answer.words.partition(',')[0]}; {words}")
        if answer.inside is None:
            return Finding(Verdict.NO_VERDICT, answer.words)
        return Finding(_PERSISTS if answer.inside else Verdict.OUT_OF_SCOPE, answer.words)

    # ------------------------------------------------------------ what

    def is_about(self, incident: Incident, clause: Clause) -> bool:
        """Whether a report of it uses one of the clause's words, as far as reports are known."""
        if not clause.about:
            return True
        said = " ".join(fold(account.sentence) for account in self._accounts(incident))
        return not said or any(re.search(rf"\b{re.escape(fold(word))}", said) for word in clause.about)

    def _what(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        if not self.is_about(incident, clause):
            yield Finding(Verdict.OUT_OF_SCOPE, f"no report of it names what clause {clause.id} is about")
        told = self._accounts(incident)
        if told and all(is_charge(one, self._of_report[one.claim.report]) for one in told) and not self._monitor(told):
            yield Finding(Verdict.NO_VERDICT, "called a breach of the truce, and no deed of its own is told")

    def _accounts(self, incident: Incident) -> list[Account]:
        return [self._told[claim] for claim in incident.claims if claim in self._told]

    # ------------------------------------------------------------ who

    def _parties(self, entities: Sequence[Entity], incident: Incident) -> list[Standing]:
        on = incident.time.start if incident.time else None
        return [(entity, self._roll.find(entity, on)) for entity in entities]

    def _as_laid(self, incident: Incident) -> Incident:
        """It with those as who act whom an account names or blames, where most of its sources name nobody, or such as may be
        anybody ("gunmen")."""
        acting = self._parties(incident.actors, incident)
        if any(party for _, party in acting) or not all(is_anonymous(entity) for entity, _ in acting):
            return incident
        told = [one.claim.actors for one in self._charging(incident) if one.claim.status in REAL]
        named = {entity.name: (entity, party) for actors in told for entity, party in self._parties(actors, incident)}
        of_parties = [(entity, party) for entity, party in named.values() if party]
        if not of_one_side(of_parties):
            return incident
        return msgspec.structs.replace(incident, actors=tuple(entity for entity, _ in of_parties), named_by=0)

    def _taking_part(self, incident: Incident) -> list[Standing]:
        """Those who act; where all tell of a fight of two sides, also those of the other one."""
        acting, other = (self._parties(side, incident) for side in (incident.actors, incident.recipients))
        told, fought = self._accounts(incident), [(entity, party) for entity, party in other if party]
        both = not acting and len({party.side for _, party in fought if party}) > 1
        if told and all(map(is_two_sided, told)) and (both or any(party for _, party in acting)):
            return acting + fought
        return acting

    def _by_whom(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        acting = self._taking_part(incident)
        if not acting:
            yield Finding(Verdict.NO_VERDICT, "no report says who did it")
            return
        parties = {party.actor: party for _, party in acting if party is not None}
        if not parties:
            yield self._stranger(incident.actors)
            return
        bound = [one for one in parties.values() if not clause.binds or one.actor in clause.binds]
        if not bound:
            yield Finding(Verdict.OUT_OF_SCOPE, f"clause {clause.id} does not bind {self._roll.names(parties)}")
            return
        if not any(one.is_bound for one in bound):
            who = self._roll.names(one.actor for one in bound)
            yield Finding(Verdict.OUT_OF_SCOPE, f"{who} is shut out of the truce, and nobody says that it is bound")
            return
        if len({one.side for one in parties.values()}) > 1:
            yield Finding(_PERSISTS, "both sides took part, and who began is not told")
        for entity, party in acting:
            if party is not None and party in bound and is_anonymous(entity):
                yield Finding(_PERSISTS, f"{entity.name!r} counts as {self._roll.name(party.actor)}")
        blaming = {self._blamed[claim].claim.attributed_to for claim in incident.claims if claim in self._blamed}
        if by := sorted(filter(None, blaming)):
            yield Finding(_PERSISTS, f"blamed on {self._roll.names(parties)} by {listed(by)}")
        for one in bound:
            yield Finding(_PERSISTS, f"{self._roll.name(one.actor)} {standing(one, self._roll)}")

    def _stranger(self, actors: Sequence[Entity]) -> Finding:
        who = listed(entity.name for entity in actors)
        if all(is_anonymous(entity) or entity.country is None for entity in actors):
            return Finding(Verdict.NO_VERDICT, f"on whose side {who} stood is not told")
        return Finding(Verdict.OUT_OF_SCOPE, f"{who} {_no_party(actors)}, and nobody calls it binding on them")

    # ------------------------------------------------------------ to whom

    def _whom(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        hit = self._parties(incident.recipients, incident)
        acting = self._parties(incident.actors, incident)
        if clause.kind in BETWEEN_SIDES and is_infighting(acting, hit, self._accounts(incident)):
            yield Finding(
                Verdict.OUT_OF_SCOPE, "factions of one side fought: infighting is no breach between the sides"
            )
            return
        if not hit:
            return
        strangers = [entity for entity, party in hit if party is None]
        if clause.kind in BETWEEN_SIDES and (side := self._roll.one_side(acting, hit)):
            yield Finding(
                Verdict.OUT_OF_SCOPE, f"both are of one side ({side}): infighting is no breach between the sides"
            )
            return
        if found := carved(incident, self._roll):
            yield Finding(Verdict.CARVED_OUT if found.whole else _PERSISTS, found.words)
        known = {None, *BODIES, *self.truce.countries}
        named = [entity for entity in strangers if entity.actor or entity.country not in known]
        strange = bool(named) and len(strangers) == len(hit) and all(map(is_armed, strangers))
        if strange and not any(covering(entity, incident, self._roll) for entity in strangers):
            who = listed(entity.name for entity in named)
            yield Finding(Verdict.OUT_OF_SCOPE, f"{who} {_no_party(named)}, and nothing in it protects them")

    def _defence(self, incident: Incident, clause: Clause) -> Iterator[Finding]:
        """Who shoots down what was sent at him, repels an attack or holds ground, attacks nobody."""
        sent = shot_down(incident, self._accounts(incident))
        if clause.kind in BETWEEN_SIDES and sent:
            yield Finding(
                Verdict.NO_VERDICT, f"air defence: what was shot at ({listed(sorted(sent))}) had been sent by another"
            )
        told = self._accounts(incident)
        if clause.kind in BETWEEN_SIDES and told and all(map(is_repelling, told)):
            yield Finding(Verdict.NO_VERDICT, "an attack was repelled, and whose it was is another incident")
        if clause.kind is Kind.CESSATION and told and all(map(is_holding, told)):
            yield Finding(Verdict.NO_VERDICT, "ground is held that was taken before: no attack of that day")

    # ------------------------------------------------------------ whether, and who says so

    def _whether(self, incident: Incident) -> Iterator[Finding]:
        if incident.status is Status.DENIED:
            yield Finding(Verdict.DENIED, "all who speak of it say that it did not happen")
        elif incident.status in _UNREAL:
            yield Finding(Verdict.NO_VERDICT, f"it is only {_UNREAL[incident.status]}")
        for one in incident.disagreements:
            values = [value for value, _ in one.sides]
            if one.field == "status" and Status.DENIED in values and len(values) > 1:
                yield Finding(Verdict.DISPUTED, f"whether it happened is disputed: {_sides(one)}")
            elif one.field == "actors":
                claims = [self._told[claim].claim for _, its in one.sides for claim in its if claim in self._told]
                named = self._parties([entity for claim in claims for entity in claim.actors], incident)
                words = "it is laid to several of one side" if of_one_side(named) else "who did it is disputed"
                yield Finding(_PERSISTS if of_one_side(named) else Verdict.DISPUTED, f"{words}: {_sides(one)}")

    def _on_whose_word(self, incident: Incident) -> Iterator[Finding]:
        named, found = self._naming(incident), self._monitor(self._accounts(incident))
        knows = self._monitor(named) if found else None
        if found:
            words = "found it so" if knows else "found that it happened, and does not say who did it"
            yield Finding(Verdict.VERIFIED if knows else _PERSISTS, f"{knows or found} {words}")
        if denying := self._denials.by(incident):
            words = f"denied by {self._roll.names(denying)}, as a report says"
            yield Finding(_PERSISTS if knows else Verdict.DISPUTED, words)
        count = f"{incident.sources} independent sources" if incident.sources > 1 else "one source"
        # "Rebels" name whom the truce counts them to, where another names him.
        naming = max(_tellers(named), incident.sources if incident.named_by is None else incident.named_by)
        if len(self._charging(incident)) < len(self._accounts(incident)):
            naming = min(naming, _tellers(named))
        if incident.actors and naming < incident.sources:
            count += f", of which {naming} {'names' if naming == 1 else 'name'} who did it"
        if tied := self._tied(incident, named, naming):
            yield Finding(Verdict.ALLEGED, f"{count}, {tied}")
        else:
            yield Finding(Verdict.CORROBORATED if naming > 1 else Verdict.ALLEGED, count)

    def is_answer(self, incident: Incident) -> bool:
        """Whether it is no more than the denial of a deed that has a row of its own, which says so."""
        return self._denials.is_answer(self._accounts(incident))

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

    def _tied(self, incident: Incident, naming: Sequence[Account], sources: int) -> str | None:
        """That all who name who did it have it from one side, or from one who is quoted; None where they do not."""
        if naming:
            voice = self._voices.one(naming)
        else:
            stands = {self._voices.outlet(outlet) for outlet in incident.outlets}
            voice = stands.pop() if len(stands) == 1 else None
        acting = {self._voices.key(party) for _, party in self._parties(incident.actors, incident) if party}
        if voice and voice.admits(acting):
            return None
        whose = "all of them " if sources > 1 else ""
        if voice and voice.partisan:
            return f"{whose}tied to one state or party ({voice.name})"
        return f"{whose}on the word of {voice.name}" if voice and sources > 1 else None

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


def _no_party(strangers: Sequence[Entity]) -> str:
    one = len(strangers) == 1 and (strangers[0].actor is not None or not strangers[0].name.endswith("s"))  # "warplanes"
    return f"{'is no party' if one else 'are no parties'} to the truce"


def _sides(one: Disagreement) -> str:
    return "; ".join(f"{value} ({some(len(claims), 'claim')})" for value, claims in one.sides)
