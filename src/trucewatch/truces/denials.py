"""Denials: what the party that a deed is laid to says of it, in a report of the deed or in one of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from trucewatch.codebook import fold
from trucewatch.nouns import REAL, Account, Claim, Incident, Period, Status, reports_of
from trucewatch.truces.fights import BROKEN, may_be_of
from trucewatch.truces.parties import Roll
from trucewatch.truces.voices import Voices

DENYING = frozenset(
    "deny denies denied denying denial denials reject rejects rejected rejecting dismiss dismisses dismissed dismissing refute refutes "
    "refuted refuting untrue false baseless unfounded".split()
)
"""Words of those who are charged with something, and of those who speak for them."""
_SEEN = "recorded|registered|reported|observed|documented|logged"
UNSEEN = re.compile(rf"\bno\b[^,;:]*\b(?:was|were|been) (?:{_SEEN})\b|\b(?:{_SEEN}) no\b")
"""How who looked says that he saw nothing, of whomever, and whoever he is: "no Israeli strikes were recorded"."""


class Denials:
    """The denials among all that is told of a truce's time and countries."""

    def __init__(self, roll: Roll, voices: Voices, of_report: dict[str, list[Account]]) -> None:
        self._roll, self._voices = roll, voices
        self._done: dict[dt.date, list[Account]] = defaultdict(list)
        for account in (one for its in of_report.values() for one in its):
            if (day := _day(account.claim)) and account.claim.status in REAL:
                self._done[day].append(account)
        dated = {report: [*map(self._dated, its)] for report, its in of_report.items()}
        self._of_report = defaultdict(list, dated)
        self._denied: dict[dt.date, list[Account]] = defaultdict(list)
        for account in (one for its in self._of_report.values() for one in its):
            if (day := _day(account.claim)) and account.claim.status is Status.DENIED:
                self._denied[day].append(account)
        self._known: dict[str, tuple[Account, ...]] = {}

    def _dated(self, denial: Account) -> Account:
        """A denial with the day before its own where a deed of that day alone is told that it may be of: "on Tuesday the army denied
        that it had shelled the town" has the day of the word."""
        party, day = self._voices.party(denial), _day(denial.claim)
        if denial.claim.status is not Status.DENIED or party is None or day is None:
            return denial
        before = day - dt.timedelta(days=1)
        eve = Period(start=before, end=before, precision="day")
        moved = msgspec.structs.replace(denial, claim=msgspec.structs.replace(denial.claim, time=eve))
        tells = [self._may_mean(one, party.actor) for one in (denial, moved)]
        return moved if tells == [False, True] else denial

    def _may_mean(self, denial: Account, party: str) -> bool:
        done = self._done.get(_day(denial.claim) or dt.date.min, ())
        return any(_is_of(denial.claim, one.claim) and party in self._acting(one.claim) for one in done)

    def by(self, incident: Incident) -> list[str]:
        """The parties that a deed is blamed on and that deny it: by one of its reports, or by one of their own. A denial
        without a day in its words is an event of its own, since no two claims of one report are one incident."""
        acting = self._acting(incident)
        beside = [one for report in sorted(reports_of(incident.claims)) for one in self._of_report[report]]
        beside = [one for one in beside if one.claim.id not in incident.claims]
        ours = [one for one in beside if may_be_of(one.claim, incident) and self._is_by(one.claim, acting)]
        if incident.status is not Status.DENIED:
            ours += self.elsewhere(incident)
        return sorted({party.actor for party in map(self._voices.party, ours) if party} & acting)

    def is_answer(self, told: Sequence[Account]) -> bool:
        """Whether it is no more than the denial of a deed of which the same report tells, or the only one of its day that it may be
        of: that one's row says so."""
        return bool(told) and all(self._answers(one) or self._meant(one) for one in map(self._dated, told))

    def is_quiet(self, told: Sequence[Account]) -> bool:
        """Whether all tell that nothing happened, and nobody denies a charge: "no violations were recorded", "there was no raid"."""
        return bool(told) and all(map(self._tells_quiet, told))

    def _tells_quiet(self, one: Account) -> bool:
        said = fold(one.sentence)
        words = {*re.findall(r"\w+", said)}
        if one.claim.status is not Status.DENIED or not words or words & DENYING:
            return False
        if UNSEEN.search(said):
            return True
        return not one.claim.actors and (bool(BROKEN & {*fold(one.trigger).split()}) or self._voices.party(one) is None)

    def elsewhere(self, incident: Incident) -> tuple[Account, ...]:
        """Denials of a deed in other reports than its own; of a denial, the deeds that other reports tell of."""
        if incident.status is Status.DENIED:
            beside = (one for report in sorted(reports_of(incident.claims)) for one in self._of_report[report])
            return tuple(deed for one in beside if one.claim.id in incident.claims for deed in self._meant(one))
        denied = self._denied.get(_day(incident) or dt.date.min, ())
        return tuple(one for one in denied if any(deed.claim.id in incident.claims for deed in self._meant(one)))

    def _meant(self, denial: Account) -> tuple[Account, ...]:
        """What other reports tell that a party denies of its own: of that day, and of no two deeds."""
        if denial.claim.id not in self._known:
            self._known[denial.claim.id] = tuple(self._fitting(denial))
        return self._known[denial.claim.id]

    def _fitting(self, denial: Account) -> list[Account]:
        party, day = self._voices.party(denial), _day(denial.claim)
        if denial.claim.status is not Status.DENIED or day is None or party is None:
            return []
        # nobody denies what he tells himself
        others = (one.claim for one in self._deeds(denial) if self._voices.party(one) != party)
        beside = any(party.actor in self._acting(deed) for deed in others)
        if beside or party.actor not in self._acting(denial.claim):
            return []
        found = [one for one in self._done[day] if _is_of(denial.claim, one.claim)]
        found = [one for one in found if party.actor in self._acting(one.claim)]
        places = {one.claim.place.name for one in found if one.claim.place and one.claim.place.is_fine}
        told = Counter(one.claim.report for one in found)
        return found if len(places) <= 1 and max(told.values(), default=1) == 1 else []

    def _answers(self, denial: Account) -> bool:
        for deed in self._deeds(denial):
            acting = self._acting(deed.claim)
            if acting and self._is_by(denial.claim, acting):
                return True
        return False

    def _deeds(self, denial: Account) -> list[Account]:
        """What its report tells that a claim may deny."""
        beside = self._of_report[denial.claim.report]
        return [one for one in beside if one.claim.status in REAL and may_be_of(denial.claim, one.claim)]

    def _is_by(self, claim: Claim, acting: set[str]) -> bool:
        """Whether a claim lays its deed to one of these parties, or to none."""
        named = self._acting(claim)
        return not named or bool(named & acting)

    def _acting(self, told: Claim | Incident) -> set[str]:
        on = told.time.start if told.time else None
        return {party.actor for entity in told.actors if (party := self._roll.find(entity, on))}


def _day(told: Claim | Incident) -> dt.date | None:
    return told.time.start if told.time and told.time.start == told.time.end else None


def _is_of(denial: Claim, deed: Claim) -> bool:
    """Whether nothing that a denial says is of another deed: no other place, and no other weapon."""
    return may_be_of(denial, deed) and (denial.mode is None or deed.mode is None or denial.mode == deed.mode)
