"""What people rule on a desk: what they mean becomes judgements of one moment, which are kept together or not at all.

The command line and the web desk rule through these, so that a merge or an undoing is the same in both.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import json
import operator
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from trucewatch import codebook, derive
from trucewatch.batches import batches
from trucewatch.codebook.sources import is_outlet
from trucewatch.desk import ClaimFilter, Desk
from trucewatch.desk.search import fits
from trucewatch.errors import DeskError, JudgementError, OvertakenError
from trucewatch.judgements import VERDICTS, About, as_json, in_force, judged, made, meant, must_and_cannot, undone
from trucewatch.nouns import Claim, Incident, Judgement, Noun, Ruling, reports_of
from trucewatch.reports.hygiene import tidy
from trucewatch.truces import Truce, Verdict

_EVERY = ClaimFilter()


class Hand(Noun):
    """Who rules, and why."""

    by: str
    reason: str = ""


class Seen(Noun):
    """What somebody had before his eyes when he ruled."""

    claims: tuple[str, ...]
    judgements: frozenset[str] = frozenset()
    """Ids of those in force on these claims."""


def judge(
    desk: Desk, ruling: Ruling, about: Sequence[About], hand: Hand, seen: Seen | None = None
) -> tuple[Judgement, ...]:
    """Keep a judgement on each, and merge again what they touch.

    Raises OvertakenError, and keeps none, where the judgements in force are no longer those that were ``seen``.
    """
    now = dt.datetime.now(dt.UTC)
    rulings = tuple(made(ruling, hand.by, now, tidy(hand.reason), one) for one in about)

    def check(every: Sequence[Judgement]) -> None:
        if seen is not None and {one.id for one in touching(every, seen.claims)} != seen.judgements:
            raise OvertakenError("Somebody else ruled on this meanwhile.")

    desk.judge(rulings, check)
    derive.catch_up(desk)
    return rulings


class Adopted(Noun):
    """What became of the judgements of another desk."""

    kept: tuple[Judgement, ...]
    known: int
    """How many were here already."""
    strange: tuple[Judgement, ...]
    """Those left out: what they rule on never was on this desk."""


def adopt(desk: Desk, told: Iterable[Judgement]) -> Adopted:
    """Keep the judgements of another desk, with their names, moments and reasons, and merge again what they touch.

    Those of claims that this desk never had are left out, and whatever undoes them. Raises JudgementError, and keeps
    none, where one is not as it was made: its id is a hash of all that it says.
    """
    every = sorted(told, key=lambda one: (one.at, one.id))
    for one in every:
        about = About(claims=one.claims, field=one.field, value=one.value, undoes=one.undoes)
        if made(one.ruling, one.by, one.at, one.reason, about) != one:
            raise JudgementError(f"{one.id} was changed after it was made")
    ids = {one.id for one in desk.judgements()}
    with desk.deriving(write=False) as derived:
        here = derived.claims_ever(reports_of(claim for one in every for claim in one.claims))
    kept, strange = [], []
    for one in every:
        if one.id in ids:
            continue
        if here.issuperset(one.claims) and (one.undoes is None or one.undoes in ids):
            kept.append(one)
            ids.add(one.id)
        else:
            strange.append(one)
    desk.judge(kept)
    derive.catch_up(desk)
    return Adopted(kept=tuple(kept), known=len(every) - len(kept) - len(strange), strange=tuple(strange))


def claims(desk: Desk, wanted: ClaimFilter = _EVERY) -> Iterator[Claim]:
    """The claims that fit (all, without) as people have them, by day, without rejected ones: one that was corrected is found by
    its right values, and one of a later print by the days of the first."""
    corrected = _corrected(desk)
    right = (one for one in derive.as_judged(desk, _told_by(desk, corrected, wanted.outlet)) if fits(wanted, one))
    # The days of the first print are earlier than those that a later one tells by itself.
    days, wide = ClaimFilter(since=wanted.since, until=wanted.until), msgspec.structs.replace(wanted, until=None)
    others = derive.as_judged(desk, (one for one in desk.claims(wide) if one.id not in corrected))
    return heapq.merge((one for one in others if fits(days, one)), sorted(right, key=_by_day), key=_by_day)


def claims_after(desk: Desk, wanted: ClaimFilter, number: int, most: int) -> list[tuple[int, Claim]]:
    """At most ``most`` of the same, in the order in which they came in, after the one of a number; each with its number."""
    corrected = _corrected(desk)
    days, wide = ClaimFilter(since=wanted.since, until=wanted.until), msgspec.structs.replace(wanted, until=None)

    def right(some: Collection[str]) -> Iterator[tuple[int, Claim]]:
        told = ClaimFilter(outlet=wanted.outlet)
        found = _after(lambda at: desk.claims_after(told, at, most, some), number)
        return ((at, one) for at, one in _judged(desk, found) if fits(wanted, one))

    others = _after(lambda at: desk.claims_after(wide, at, most), number)
    uncorrected = ((at, one) for at, one in others if one.id not in corrected)
    held = ((at, one) for at, one in _judged(desk, uncorrected) if fits(days, one))
    every = heapq.merge(held, *map(right, batches(corrected)), key=operator.itemgetter(0))
    return list(itertools.islice(every, most))


def _after(page: Callable[[int], list[tuple[int, Claim]]], number: int) -> Iterator[tuple[int, Claim]]:
    """What comes page by page behind a number."""
    while some := page(number):
        yield from some
        number = some[-1][0]


def _judged(desk: Desk, found: Iterable[tuple[int, Claim]]) -> Iterator[tuple[int, Claim]]:
    """Claims as people have them, each with its number."""
    for some in batches(found):
        number = {one.id: at for at, one in some}
        yield from ((number[one.id], one) for one in derive.as_judged(desk, [one for _, one in some]))


def _corrected(desk: Desk) -> set[str]:
    force = derive.ruled(desk).force
    return {claim for one in force if one.ruling is Ruling.CORRECT for claim in one.claims}


def _told_by(desk: Desk, ids: Collection[str], outlet: str | None) -> list[Claim]:
    """Those claims of which an outlet so called tells; all without one."""
    found = desk.claims_named(ids)
    told = {one.id: one.original_outlet or one.outlet for one in desk.reports_named({claim.report for claim in found})}
    return [one for one in found if outlet is None or is_outlet(told[one.report], outlet)]


def _by_day(one: Claim) -> tuple[bool, dt.date]:
    return one.time is None, one.time.start if one.time else dt.date.max


def touching(judgements: Iterable[Judgement], claims: Collection[str]) -> tuple[Judgement, ...]:
    """The judgements in force on some claims, or on pairs with one of them: the oldest first."""
    return in_force(on(judgements, set(claims)))


def on(judgements: Iterable[Judgement], claims: AbstractSet[str]) -> list[Judgement]:
    """The judgements on these claims, and those that undo one of them, in the order in which they were given."""
    found: dict[str, Judgement] = {}
    for one in judgements:  # the oldest first, so that what is undone comes before what undoes it
        if one.undoes in found or not claims.isdisjoint(one.claims):
            found[one.id] = one
    return list(found.values())


def standing(desk: Desk, ruling: Ruling, about: About, by: str) -> Judgement | None:
    """The judgement by which somebody has ruled so on a claim already, where nobody has ruled otherwise since."""
    of_claim = [one for one in touching(desk.judgements(), about.claims) if one.ruling in VERDICTS]
    since = itertools.takewhile(lambda one: one.ruling is ruling, reversed(of_claim))
    return next((one for one in since if one.by == by), None)


def correcting(desk: Desk, claim: str, field: str, typed: str) -> list[About]:
    """That a field of a claim has the value that a person types. Raises JudgementError where it does not fit.

    A new type also takes away a mode that was corrected and is none of its own.
    """
    book, coded = codebook.load(), desk.claim(claim)
    if not isinstance(typed, str):
        raise JudgementError(f"{typed!r} is no text: a value is given as it is typed, such as '3-5'")
    if field == "type" and "/" in typed:
        raise JudgementError(f"{typed!r} is a type and a mode: correct the type first, then the mode")
    value = as_json(field, tidy(typed), book)
    ruled = [About(claims=(coded.id,), field=field, value=value)]
    known = judged(coded, desk.judgements()) or coded
    if field == "mode" and (mode := meant(field, value)) and f"{known.type}/{mode}" not in book.modes:
        modes = ", ".join(row.mode for row in book.modes.values() if row.type == known.type)
        raise JudgementError(
            f"{mode!r} is no mode of {known.type}, which has {modes or 'none'}; a type is corrected first"
        )
    if (
        field == "type"
        and known.mode not in (None, coded.mode)
        and f"{meant(field, value)}/{known.mode}" not in book.modes
    ):
        ruled.append(About(claims=(coded.id,), field="mode", value="null"))
    return ruled


def merging(desk: Desk, ids: Iterable[str]) -> list[About]:
    """That incidents (their ids begin with ``i``) or claims are one event. Raises JudgementError where they are fewer than two."""
    groups = list(dict.fromkeys(claims_of(desk, one) for one in ids))
    if len(groups) < 2:
        raise JudgementError("name two incidents or claims that are one event, or more")
    _, apart = must_and_cannot(desk.judgements())
    # All claims are tied to the first one: a tie of two would leave the others to their scores. An earlier split of
    # theirs would still keep them apart, so that is overruled pair by pair.
    pairs = [(groups[0][0], claim) for group in groups for claim in group]
    for one, other in itertools.combinations(groups, 2):
        pairs += [pair for pair in itertools.product(one, other) if (min(pair), max(pair)) in apart]
    return [About(claims=pair) for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def splitting(desk: Desk, whole: str, parts: Iterable[str]) -> list[About]:
    """That claims are no part of an incident, or that two claims are two events.

    Raises DeskError for a claim that is not in it, and JudgementError where nothing would be left.
    """
    leaving = list(dict.fromkeys(desk.claim(part).id for part in parts))
    claims = claims_of(desk, whole)
    if len(claims) > 1 and (strangers := [claim for claim in leaving if claim not in claims]):
        raise DeskError(f"{strangers[0]} is not in {whole}")
    staying = [claim for claim in claims if claim not in leaving]
    if not leaving or not staying:
        raise JudgementError(f"nothing would be left of {whole}" if leaving else "name a claim that leaves it, or more")
    return [About(claims=pair) for pair in itertools.product(leaving, staying)]


def overruling(truce: Truce, clause: str, incident: Incident, verdict: str) -> list[About]:
    """That an incident has another verdict under a clause of a truce; without one, under all its clauses.

    Raises DeskError for a clause that the truce does not have, JudgementError for a verdict that is none.
    """
    clauses = [one.id for one in truce.clauses]
    if clause and clause not in clauses:
        raise DeskError(f"{truce.id} has no clause {clause}; there are {', '.join(clauses)}")
    if verdict not in set(Verdict):
        raise JudgementError(f"{verdict!r} is no verdict: {', '.join(Verdict)}")
    field = f"{truce.id}/{clause}" if clause else truce.id
    return [About(claims=incident.claims[:1], field=field, value=json.dumps(verdict))]


def undoing(desk: Desk, prefixes: Iterable[str]) -> list[About]:
    """That judgements have no force any more: those named, with all that were made by the same act.

    Raises DeskError for an unknown id, or one that is undone already.
    """
    every = desk.judgements()
    named = [_one(every, prefix) for prefix in prefixes]
    ended = undone(every)
    if late := [one.id for one in named if one.id in ended]:
        raise DeskError(f"{late[0]} is undone already; to restore it, undo what undid it")
    acts = set(map(act, named))
    return [About(undoes=one.id) for one in every if act(one) in acts and one.id not in ended]


def act(one: Judgement) -> tuple[str, dt.datetime]:
    """What the judgements of one act have in common, and no others."""
    return (one.by, one.at)


def first_of_acts(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """One judgement of each act: undoing it undoes the act."""
    found: dict[tuple[str, dt.datetime], Judgement] = {}
    for one in judgements:
        found.setdefault(act(one), one)
    return tuple(found.values())


def claims_of(desk: Desk, prefix: str) -> tuple[str, ...]:
    """The claims of an incident, or the one of a claim's id."""
    derive.catch_up(desk)
    return desk.incident(prefix).claims if prefix.strip().lower().startswith("i") else (desk.claim(prefix).id,)


def incident_of(desk: Desk, prefix: str) -> Incident:
    """The incident of an id, or the one that the claim of an id is in. Raises DeskError where there is none."""
    if prefix.strip().lower().startswith("i"):
        return desk.incident(prefix)
    claim = desk.claim(prefix).id
    if found := desk.incidents_of(claim):
        return found[0]
    raise DeskError(f"claim {claim} is in no incident: it was rejected")


def _one(every: Iterable[Judgement], prefix: str) -> Judgement:
    found = [one for one in every if one.id.startswith(prefix.strip().lower())]
    if len(found) != 1:
        several = f"{len(found)} judgements have" if found else "no judgement here has"
        raise DeskError(f"{several} an id that begins with {prefix!r}")
    return found[0]
