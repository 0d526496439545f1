"""What had to be carried out by a day: whether any report says that it was. Nothing of this is a breach by an act."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence

from trucewatch.codebook import Codebook
from trucewatch.codebook.rows import MUTUAL
from trucewatch.english import Reasoned, joined, said, stated
from trucewatch.nouns import REAL, Account, Incident
from trucewatch.truces.breach import is_conduct
from trucewatch.truces.findings import Questions
from trucewatch.truces.ground import Ground
from trucewatch.truces.parties import Roll
from trucewatch.truces.recurring import Rounds, rounds, sentence
from trucewatch.truces.terms import Clause, Truce

WATCH = dt.timedelta(days=30)
"""For so long after a deadline, whoever watches would tell whether it was met."""


class Performed(enum.StrEnum):
    """Whether a clause was carried out, as far as reports say."""

    PERFORMED = "performed"
    LATE = "performed late"
    UNCLAIMED = "no claim of performance"
    """The deadline has passed, and nothing on the desk says that it was met."""
    UNWATCHED = "not observed"
    """The deadline has passed, and the desk holds nothing of that time by which it could be told."""
    PENDING = "not yet due"


_ROUNDS = {
    "performed": Performed.PERFORMED,
    "unclaimed": Performed.UNCLAIMED,
    "unwatched": Performed.UNWATCHED,
    "pending": Performed.PENDING,
}


class Performance(Reasoned):
    """A clause with a deadline, held against what was carried out. Its own kind of row: an omission, not an act."""

    truce: str
    clause: str
    due: dt.date
    """The last day on which it was in time; of a duty that comes round, the last day of its last period that is over."""
    state: Performed
    reason: str
    """A sentence."""
    incidents: tuple[str, ...] = ()
    """Those that say that it was carried out, the earliest first."""
    rounds: Rounds | None = None
    """Of a duty that comes round; the state is then that of the last period that is over."""


def performances(
    truce: Truce, book: Codebook, incidents: Iterable[Incident], as_of: dt.date, told: Iterable[Account] = ()
) -> Iterator[Performance]:
    """A row for each clause of a truce with a deadline, and for each duty that comes round, at the end of a day.

    ``told`` are accounts of the incidents' claims: with them it is known what an incident is about.
    """
    due = [clause for clause in truce.clauses if clause.deadline is not None or clause.every is not None]
    if not due:
        return
    roll, ground = Roll(truce, book), Ground(book)
    questions = Questions(truce, book, {account.claim.id: account for account in told})
    every = list(incidents)
    done = sorted((one for one in every if _is_claim(one, truce, as_of)), key=_end)
    for clause in due:
        alike = [one for one in done if is_conduct(one, clause.performed_by) and questions.is_about(one, clause)]
        its = [one for one in alike if _fits(one, clause, truce, roll, ground) and not _is_early(one, clause)]
        if clause.deadline is not None:
            yield _row(truce, clause, its, as_of, _is_watched(every, truce, clause))
        if clause.every is not None:
            yield _coming_round(truce, clause, its, rounds(truce, clause, its, every, as_of))


def _is_watched(incidents: Iterable[Incident], truce: Truce, clause: Clause) -> bool:
    """Whether anything is known to have happened between the signature and some weeks after the deadline. What is told
    of a longer time ("since 2011") is no sign that anybody looked then."""
    signed = truce.signed or truce.effective
    assert clause.deadline is not None
    first = signed.first if signed else clause.deadline.first - WATCH
    last = clause.deadline.last + WATCH
    times = [one.time for one in incidents if one.time is not None and one.time.end - one.time.start <= WATCH]
    return any(time.end >= first and time.start <= last for time in times)


def _is_claim(one: Incident, truce: Truce, as_of: dt.date) -> bool:
    """Whether an incident is said to have happened after the day of the signature, and no later than a day."""
    signed = truce.signed or truce.effective
    return (
        one.status in REAL
        and one.time is not None
        and one.time.start <= as_of
        and (signed is None or one.time.start > signed.last)
    )


def _end(one: Incident) -> tuple[dt.date, str]:
    return one.time.end if one.time else dt.date.max, one.id


def _fits(one: Incident, clause: Clause, truce: Truce, roll: Roll, ground: Ground) -> bool:
    """Whether an incident is by a party that the clause binds, and not elsewhere than the clause's place. What takes
    several (talks, joint patrols) needs two parties to the truce and no stranger among them."""
    on = one.time.start if one.time else None
    standing = [roll.find(entity, on) for entity in (*one.actors, *one.recipients)]
    parties = {party.actor for party in standing if party and (not clause.binds or party.actor in clause.binds)}
    if len(parties) < (2 if one.type in MUTUAL else 1) or (one.type in MUTUAL and None in standing):
        return False
    zone = truce.zone_of(clause)
    return zone is None or one.place is None or ground.ask(one.place, zone).inside is not False


def _is_early(one: Incident, clause: Clause) -> bool:
    """Whether an incident was over before a clause that leaves time to carry it out took effect: what is due on its first day may
    have been done before."""
    since, due = clause.effective, clause.deadline
    return bool(one.time and since and due and since.first < due.first and one.time.end < since.first)


def _row(truce: Truce, clause: Clause, told: Sequence[Incident], as_of: dt.date, watched: bool) -> Performance:
    assert clause.deadline is not None
    due = clause.deadline.last
    first, by = told[0].time if told else None, said("due by {due}", due=due)
    if first is not None and first.end <= due:
        done = said(
            "carried out by {day}, as the first of {n} incidents says",
            "carried out by {day}, as one incident says",
            day=first.end,
            n=len(told),
        )
        state, why = Performed.PERFORMED, stated(done)
    elif first is not None and first.start > due:
        late = said("the first claim that it was carried out is of {day}", day=first.start)
        state, why = Performed.LATE, stated(by, late)
    elif first is not None:
        about = said("carried out between {first} and {last}", first=first.start, last=first.end)
        state, why = Performed.PERFORMED, stated(by, about)
    elif as_of <= due:
        state, why = Performed.PENDING, stated(by)
    elif not watched:
        unseen = said("the desk holds no incident of that time, so that nothing can be told")
        state, why = Performed.UNWATCHED, stated(by, unseen)
    else:
        over = said("{n} days before {day}", "{n} day before {day}", n=(as_of - due).days, day=as_of)
        state, why = Performed.UNCLAIMED, stated(joined(by, over), said("no report on the desk claims it"))
    return Performance(
        truce=truce.id,
        clause=clause.id,
        due=due,
        state=state,
        reason=why,
        incidents=tuple(one.id for one in told),
    )


def _coming_round(truce: Truce, clause: Clause, told: Sequence[Incident], of: Rounds) -> Performance:
    return Performance(
        truce=truce.id,
        clause=clause.id,
        due=of.ended,
        state=_ROUNDS[of.newest],
        reason=sentence(of),
        incidents=tuple(one.id for one in told),
        rounds=of,
    )
