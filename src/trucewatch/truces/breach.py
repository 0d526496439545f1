"""Incidents held against the clauses of a truce: a verdict each, with its reason as a sentence.

Every clause asks the same questions: was it in force, does it hold there, whom does it bind, whom does it protect, is
the incident held to have happened, and on whose word. The answers are findings; the gravest of them is the verdict.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from trucewatch.codebook import Codebook
from trucewatch.day_counts import DAY
from trucewatch.english import Reasoned, Said, said, stated
from trucewatch.nouns import Account, Incident, Judgement, Period, Ruling, Toll
from trucewatch.truces.days import Days, around
from trucewatch.truces.findings import Questions
from trucewatch.truces.terms import Clause, Kind, Truce
from trucewatch.truces.verdicts import ORDER, Finding, Verdict

VIOLENCE = "ASSAULT"
HARMLESS = frozenset({"crowd-control", "beat", "torture", "sexual", "abduct"})
"""Modes of ASSAULT that are crimes, and no hostilities between armed sides."""
BROKEN_BY: Mapping[Kind, tuple[str, ...]] = {
    Kind.CESSATION: ("ASSAULT",),
    Kind.SEPARATION: ("ASSAULT", "MOBILIZE/troops", "MOBILIZE/weapons"),
    Kind.WEAPONS: ("MOBILIZE/weapons", "ASSAULT/heavy-weapons"),
    Kind.PATROL: ("PROTEST/obstruct",),
    Kind.ACCESS: ("COERCE/restrict", "COERCE/withhold", "SANCTION/discontinue"),
    Kind.EXCHANGE: (),
    Kind.OTHER: (),
}
"""What breaks a clause that does not say it itself. Not carrying it out is another matter: see ``performance``."""


class Breach(Reasoned):
    """An incident held against a clause."""

    incident: str
    truce: str
    clause: str | None
    verdict: Verdict
    reason: str
    """A sentence."""
    day: dt.date | None = None
    """None where it is not known to the day."""
    party: str | None = None
    """Id of the party that is said to have done it; None where no report says, or where two sides fought."""
    deaths: Toll | None = None
    sources: int = 1
    """Independent ones."""
    time: Period | None = None
    judgement: str | None = None
    """Id of the judgement by which a person overruled the verdict."""


KeptRows = dict[tuple[str, bool], tuple[tuple[object, ...], tuple[Breach, ...]]]
"""Rows of a truce, by incident and by whether the truce is taken to be in force: what they rest on, and they themselves."""


class Ledger:
    """Holds incidents against one truce.

    ``told`` are accounts of the incidents' claims: with them it is known who says what. ``judgements`` are those in
    force; an ``overrule`` among them goes before the verdict found here. ``kept`` are rows that a ledger of the same truce
    has made before: those that rest on the same are not made again, and new ones are added.
    """

    def __init__(
        self,
        truce: Truce,
        book: Codebook,
        told: Iterable[Account] = (),
        judgements: Iterable[Judgement] = (),
        kept: KeptRows | None = None,
    ) -> None:
        self.truce = truce
        self._questions = Questions(truce, book, {account.claim.id: account for account in told})
        self._overruled = _overruled(truce, judgements)
        self._kept: KeptRows = {} if kept is None else kept
        self._types = {pattern.partition("/")[0] for clause in truce.clauses for pattern in conduct(clause)}

    def hold(self, incident: Incident, lapsed: Sequence[Days] = ()) -> tuple[Breach, ...]:
        """A row for each clause that covers such conduct; only for those that are about what it was done to, where any
        are. On ``lapsed`` days the truce had run out, and nothing broke it."""
        if incident.type not in self._types:
            return ()
        held = [clause for clause in self.truce.clauses if is_conduct(incident, conduct(clause))]
        about = [clause for clause in held if self._questions.is_about(incident, clause)]
        rows = [self._row(incident, clause) for clause in about or held]
        if over := _ran_out(incident.time, lapsed):
            rows = [msgspec.structs.replace(row, verdict=Verdict.OUT_OF_SCOPE, reason=over) for row in rows]
        return tuple(self._ruled(row, incident) for row in rows)

    def rows(self, incidents: Iterable[Incident], lapsed: Sequence[Days] = ()) -> Iterator[Breach]:
        """The ledger: of each incident the rows that come to a verdict; else the one row that says why none does.

        Incidents of other countries and other times are passed over, and so are denials of what has a row.
        """
        for incident in filter(self.is_near, incidents):
            yield from self._once(incident, tuple(lapsed))

    def as_if_in_force(self, incidents: Iterable[Incident]) -> Iterator[Breach]:
        """What incidents of any time would be, had the truce been in force: for the level of violence before it."""
        for incident in incidents:
            yield from self._once(incident, None)

    def is_near(self, incident: Incident) -> bool:
        """Whether an incident may be of the truce's time and countries, as far as a glance tells."""
        time, place, truce = incident.time, incident.place, self.truce
        start = truce.start
        if time and ((start and time.end < start.first) or (truce.end and time.start > truce.end.last)):
            return False
        if place is None or place.country is None:
            return self._questions.knows(incident)
        return place.country in truce.countries

    def is_beside(self, incident: Incident) -> bool:
        """Whether it is violence that would break no clause whenever it came: of one side alone, or of strangers."""
        if incident.type != VIOLENCE:
            return False
        if self._questions.is_within_one_side(incident):
            return True
        rows = self._once(incident, None)
        return bool(rows) and all(row.verdict is Verdict.OUT_OF_SCOPE for row in rows)

    def _once(self, incident: Incident, lapsed: tuple[Days, ...] | None) -> tuple[Breach, ...]:
        """Its rows, without ``lapsed`` as if the truce had been in force: those that are kept, where they rest on the same."""
        name = incident.id, lapsed is None
        asked = self._questions
        rests = (
            hash(incident),
            lapsed,
            asked.told_beside(incident),
            asked.told_elsewhere(incident),
            self._rulings(incident),
        )
        before, rows = self._kept.get(name, ((), ()))
        if before != rests:
            rows = self._always(incident) if lapsed is None else self._judged(incident, lapsed)
            self._kept[name] = rests, rows
        return rows

    def _judged(self, incident: Incident, lapsed: tuple[Days, ...]) -> tuple[Breach, ...]:
        if self._questions.is_answer(incident):
            return ()
        rows = self.hold(incident, lapsed)
        within = tuple(row for row in rows if row.verdict is not Verdict.OUT_OF_SCOPE)
        return tuple(row for row in within if row.verdict is not Verdict.NO_VERDICT) or (within or rows)[:1]

    def _always(self, incident: Incident) -> tuple[Breach, ...]:
        held = [clause for clause in self.truce.clauses if is_conduct(incident, conduct(clause))]
        return tuple(self._row(incident, clause, dated=False) for clause in held)

    def _row(self, incident: Incident, clause: Clause, dated: bool = True) -> Breach:
        findings = _heard(self._questions.ask(incident, clause, dated))
        gravest = min(findings, key=lambda finding: ORDER.index(finding.verdict))
        time = incident.time
        return Breach(
            incident=incident.id,
            truce=self.truce.id,
            clause=clause.id,
            verdict=gravest.verdict,
            reason=_sentence(findings, gravest),
            day=time.start if time and time.start == time.end else None,
            party=self._questions.party(incident),
            deaths=incident.killed,
            sources=incident.sources,
            time=time,
        )

    def _ruled(self, row: Breach, incident: Incident) -> Breach:
        """The row as a person has it, where one overruled it; the newest ruling counts."""
        for ruling in reversed(self._rulings(incident)):
            clause = (ruling.field or "").partition("/")[2]
            if clause in ("", row.clause):
                found = row.worded("reason")
                return msgspec.structs.replace(
                    row,
                    verdict=Verdict(msgspec.json.decode(ruling.value or '""')),
                    reason=said(
                        "Ruled by {by} on {day}: {because} (before: {verdict}, {reason}).",
                        by=ruling.by,
                        day=ruling.at.date(),
                        because=ruling.reason.rstrip(".") or said("no reason given"),
                        verdict=row.verdict,
                        reason=found.values["words"] if isinstance(found, Said) else found,
                    ),
                    judgement=ruling.id,
                )
        return row

    def _rulings(self, incident: Incident) -> list[Judgement]:
        """The rulings on its verdict, the newest last."""
        if not self._overruled:
            return []
        its = [found for claim in incident.claims for found in self._overruled.get(claim, ())]
        return [ruling for _, ruling in sorted(its, key=lambda found: found[0])]


def conduct(clause: Clause) -> tuple[str, ...]:
    """The event types and modes that break a clause."""
    return clause.conduct or BROKEN_BY[clause.kind]


def is_conduct(incident: Incident, patterns: Iterable[str]) -> bool:
    """Whether an incident is of one of these types or modes; a bare ASSAULT means hostilities."""
    whole = f"{incident.type}/{incident.mode}"
    return whole in patterns or (incident.type in patterns and incident.mode not in HARMLESS)


def _ran_out(time: Period | None, lapsed: Iterable[Days]) -> Said | None:
    """Why nothing was broken in that time, where the truce had run out by then."""
    span = around(time, lapsed)
    if time is None or span is None:
        return None
    last = span.first - DAY
    return stated(said("{when}, when the truce had run out ({last} was its last day)", when=time, last=last))


def _overruled(truce: Truce, judgements: Iterable[Judgement]) -> Mapping[str, list[tuple[int, Judgement]]]:
    """The rulings on a truce's verdicts by the claim that each names, numbered from the oldest on."""
    ours = [one for one in judgements if one.ruling is Ruling.OVERRULE]
    ours = [one for one in ours if (one.field or "").partition("/")[0] == truce.id]
    found: dict[str, list[tuple[int, Judgement]]] = {}
    for number, one in enumerate(sorted(ours, key=lambda one: one.at)):
        found.setdefault(one.claims[0], []).append((number, one))
    return found


def _heard(findings: Iterable[Finding]) -> list[Finding]:
    """Findings up to the first that puts an incident out of scope, which goes before all that would be found after it."""
    found: list[Finding] = []
    for finding in findings:
        found.append(finding)
        if finding.verdict is ORDER[0]:
            break
    return found


def _sentence(findings: Sequence[Finding], gravest: Finding) -> Said:
    """The findings as one sentence: all of them, or the one that shuts the rest out."""
    decisive = gravest.verdict in (Verdict.OUT_OF_SCOPE, Verdict.DENIED)
    return stated(*(finding.words for finding in ([gravest] if decisive else findings) if finding.words))
