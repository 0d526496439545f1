"""Stories and incidents, made from a desk's facts: all of them again, or what new facts change.

Both ways give the same: a story and an incident are functions of the facts, and new facts change only those
that they touch. A mark on the desk says how far the facts are in, so whoever comes next goes on from there,
wherever the one before was stopped.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from trucewatch import copies, how_far, versions
from trucewatch.incidents import Merged, Watched, keys, merge, touched
from trucewatch.judgements import in_force, judged, must_and_cannot
from trucewatch.nouns import Account, Claim, Incident, Judgement, Noun, Story, reports_of
from trucewatch.reports import syndication
from trucewatch.reports.syndication import Print

if TYPE_CHECKING:
    from trucewatch.desk import Derived, Desk

STEP = 15
"""Codings taken in by one transaction, for which other writers wait and which a stop loses. All claims that may be one event
with them are in memory meanwhile, in a crowded archive some hundred for each report; more at once would save no time."""
CROWDED = 5
"""Claims merged as one component for each coding that is taken in at once, where that is more: it takes as long for one as for all."""
COMPARED = 3
"""How often what was made again is compared with what is there, while others may write, before they have to wait for it."""
NEAR = 2000
"""How many claims that share a key with new ones are in memory at once; a crowded archive has tens of thousands."""
AGAIN = "stories and incidents are made again, once, by this version; nothing is lost where this is stopped"
_MAKING: dict[str, threading.Lock] = {}
"""By desk: held by the thread that rebuilds it."""


class Counts(Noun):
    """How much was derived."""

    reports: int
    claims: int
    """Without rejected ones."""
    stories: int
    incidents: int


class Rulings(NamedTuple):
    """Judgements as merging takes them."""

    force: tuple[Judgement, ...]
    """Those in force, the oldest first."""
    verdicts: dict[str, list[Judgement]]
    """Those in force on one claim, by its id."""
    must: frozenset[tuple[str, str]]
    cannot: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, every: Sequence[Judgement]) -> Rulings:
        """Of all judgements up to a moment."""
        force, verdicts = in_force(every), dict[str, list[Judgement]]()
        for one in force:
            if len(one.claims) == 1:
                verdicts.setdefault(one.claims[0], []).append(one)
        return cls(force, verdicts, *must_and_cannot(force))

    def judged(self, found: Iterable[Account]) -> Iterator[Account]:
        """The accounts as people have them; without those that were rejected."""
        for account in found:
            verdicts = self.verdicts.get(account.claim.id)
            claim: Claim | None = judged(account.claim, verdicts) if verdicts else account.claim
            if claim is account.claim:
                yield account
            elif claim is not None:
                yield msgspec.structs.replace(account, claim=claim)

    def told(self, derived: Derived, ids: Collection[str]) -> Iterator[Account]:
        """The accounts of these claims: those of later prints with the days of the first one, and all as people have them."""
        return self.judged(copies.as_first_told(derived, derived.accounts(ids)))

    def merged(self, found: Iterable[Account], watched: Watched = iter) -> Iterator[Merged]:
        """Accounts, judged ones, merged into incidents."""
        return merge(found, self.must, self.cannot, watched)

    def partners(self, ids: Collection[str]) -> set[str]:
        """The claims that must be one event with one of these."""
        named = set(ids)
        return {other for pair in self.must if named & set(pair) for other in pair} - named


def catch_up(desk: Desk) -> bool:
    """Take in the facts that came since the last time, and what a stop has left; whether there were any.

    Where stories and incidents were made by another version, or never, they are all made again: by one thread of a
    process, which takes in the rest too, while the others go on with what there is.
    """
    with desk.deriving(write=False) as derived:
        mark = derived.mark()
        if mark == derived.newest(versions.of_incidents()):
            return False
    if mark is None or mark.version != versions.of_incidents():
        making = _MAKING.setdefault(desk.where, threading.Lock())
        if not making.acquire(blocking=False):
            return False
        try:
            if mark is not None:
                how_far.say(AGAIN)
            rebuild(desk)
        finally:
            making.release()
    step, said = STEP, time.monotonic()
    while step:
        with desk.deriving() as derived:
            step = _take_in(derived, step)
            if step and time.monotonic() - said > how_far.SLOW:
                said = time.monotonic()
                _say_left(derived)
    return True


def ruled(desk: Desk) -> Rulings:
    """What people have ruled on a desk by now."""
    return _ruled(desk, len(desk.judgements()))


@lru_cache(maxsize=4)
def _ruled(desk: Desk, number: int) -> Rulings:
    return Rulings.of(desk.judgements()[:number])


def accounts(desk: Desk, ids: Collection[str]) -> list[Account]:
    """The current claims of these whole ids as people have them, without rejected ones, in the order of the desk."""
    rulings = ruled(desk)
    with desk.deriving(write=False) as derived:
        return sorted(rulings.told(derived, ids), key=lambda account: account.order)


def beside(desk: Desk, claims: Iterable[str]) -> list[Account]:
    """All accounts from the reports of these claims, as corrected by people: a denial of a deed may be a claim of its own."""
    rulings = ruled(desk)
    with desk.deriving(write=False) as derived:
        every = rulings.told(derived, derived.claims_ever(reports_of(claims)))
        return sorted(every, key=lambda account: account.order)


def told_by(desk: Desk, found: Iterable[Incident], reports: Collection[str]) -> list[Incident]:
    """Those incidents that these reports tell of, as they do: what others tell of too is made again, of the claims of these.

    It keeps the id of the incident that its first claim is in.
    """
    whole, of, known = [], dict[str, str](), set(reports)
    for one in found:
        beyond = reports_of(one.claims) - known
        if beyond:
            of |= {claim: one.id for claim in one.claims if not reports_of([claim]) & beyond}
        else:
            whole.append(one)
    rulings = ruled(desk)
    with desk.deriving(write=False) as derived:
        told = list(rulings.told(derived, of.keys()))
    again = (one for merged in rulings.merged(told) for one in merged.incidents)
    return [*whole, *(msgspec.structs.replace(one, id=of[one.claims[0]]) for one in again)]


def as_judged(desk: Desk, found: Iterable[Claim]) -> Iterator[Claim]:
    """Claims as they count: of a later print's days as the first print has them, corrected where people did, without rejected ones."""
    verdicts = ruled(desk).verdicts
    for claim in copies.claims_as_first_told(desk, found):
        held: Claim | None = judged(claim, verdicts[claim.id]) if claim.id in verdicts else claim
        if held is not None:
            yield held


def rebuild(desk: Desk) -> Counts:
    """Make all stories and incidents again from the facts; what comes in meanwhile is not waited for."""
    with desk.deriving(write=False) as derived:
        mark = derived.newest(versions.of_incidents())
        rulings = Rulings.of(derived.judgements(upto=mark.judgement))
        number_of = derived.counts()
        reports = how_far.saying(derived.numbered(), f"made again: {{:,}} of {len(number_of):,} reports are read")
        prints = [syndication.print_of(one, number) for number, one in reports]
        stories = list(syndication.stories(prints))
        of = {report: story.id for story in stories for report in story.reports}
        told = (msgspec.structs.replace(one, story=of.get(one.claim.report)) for one in derived.accounts())
        every = list(how_far.saying(told, f"made again: {{:,}} of {sum(number_of.values()):,} claims are read"))
    firsts = dict(syndication.reprints(prints, of))
    first_told = {*firsts.values()}
    found = list(rulings.judged(copies.dated(every, firsts, [one for one in every if one.claim.report in first_told])))
    compared = rulings.merged(
        found,
        lambda faces: how_far.saying(faces, f"made again: {{:,}} of {len(faces):,} different claims are compared"),
    )
    merged = how_far.saying(compared, f"made again: {{:,}} of {len(found):,} claims are merged", _size)
    whole = _Whole(prints, stories, dict(_keyed(found)), {one.component: one.incidents for one in merged})
    with desk.deriving(write=False) as derived:
        was = derived.mark()
    if was is None or was.version != mark.version:
        whole.put_anew(desk)
    for left in reversed(range(COMPARED)):
        with desk.deriving(write=False) as derived:
            seen, other = derived.mark(), whole.differing(derived)
        with desk.deriving() as derived:
            is_as_seen = derived.mark() == seen
            if is_as_seen or not left:
                whole.put(derived, other if is_as_seen else whole.differing(derived))
                derived.put_mark(mark)
                break
    incidents = sum(map(len, whole.incidents.values()))
    return Counts(reports=len(prints), claims=len(found), stories=len(stories), incidents=incidents)


class _Other(NamedTuple):
    """What on a desk differs from what its facts give."""

    words: Collection[int] = ()
    """Numbers of reports that cannot be searched."""
    prints: Collection[str] = ()
    stories: Collection[str] = ()
    claims: Collection[str] = ()
    """By their keys."""
    components: Collection[str] = ()


class _Whole(NamedTuple):
    """All that is made of a desk's facts."""

    prints: Sequence[Print]
    stories: Sequence[Story]
    keys: Mapping[str, Collection[str]]
    """By claim."""
    incidents: Mapping[str, Sequence[Incident]]
    """By component."""

    def differing(self, derived: Derived) -> _Other:
        """What has to be written: little, where this version made the desk, so that other writers wait less."""
        return _Other(
            derived.unindexed([one.order for one in self.prints]),
            derived.other_prints({one.report: msgspec.msgpack.encode(one) for one in self.prints}),
            derived.other_stories({one.id: one for one in self.stories}),
            derived.other_keys(self.keys),
            derived.other_incidents(self.incidents),
        )

    def put_anew(self, desk: Desk) -> None:
        """Write what another version has made and nobody reads: each kind by itself, so that who rules meanwhile waits less.

        Of prints and words nothing tells whether another version would have found the same by them.
        """
        with desk.deriving() as derived:
            derived.clear_prints()
            self.put(derived, _Other(prints={one.report for one in self.prints}))
        with desk.deriving() as derived:
            derived.clear_words()
            derived.index(derived.numbered())
        with desk.deriving(write=False) as derived:
            claims = derived.other_keys(self.keys)
        with desk.deriving() as derived:
            self.put(derived, _Other(claims=claims))

    def put(self, derived: Derived, other: _Other) -> None:
        """Write it."""
        derived.index(derived.numbered({one.report for one in self.prints if one.order in other.words}))
        derived.drop_prints(other.prints)
        _put_prints(derived, (one for one in self.prints if one.report in other.prints))
        derived.replace_stories(other.stories, (one for one in self.stories if one.id in other.stories))
        derived.drop_keys(other.claims)
        derived.put_keys((claim, its) for claim, its in self.keys.items() if claim in other.claims)
        incidents = ((one, its) for one, its in self.incidents.items() if one in other.components)
        written = how_far.saying(incidents, "made again: {:,} incidents are written", lambda made: len(made[1]))
        derived.replace_incidents(other.components, written)


def claims_ruled(new: Iterable[Judgement], every: Iterable[Judgement]) -> set[str]:
    """The claims that new judgements are about, also by undoing others."""
    known = {one.id: one for one in every}
    found: set[str] = set()
    for judgement in new:
        one: Judgement | None = judgement
        while one is not None:
            found.update(one.claims)
            one = known.get(one.undoes or "")
    return found


def _take_in(derived: Derived, step: int) -> int:
    """Take in the next codings, and all judgements that are not in yet; how many codings come next, 0 where none is left."""
    mark = derived.mark()
    newest = derived.newest(versions.of_incidents())
    if mark is None or mark.version != newest.version or mark == newest:
        return 0  # another process came first
    upto = min(newest.coding, mark.coding + step)
    coded = derived.coded(mark.coding, upto)
    every = derived.judgements(upto=newest.judgement)
    new = derived.judgements(mark.judgement, newest.judgement)
    moved = _retell(derived, coded)
    moved |= {later for later, first in copies.reprints(derived, coded).items() if first in coded}
    changed = derived.claims_ever({*coded, *moved}) | claims_ruled(new, every)
    crowd = _merge_again(derived, changed, Rulings.of(every))
    derived.put_mark(msgspec.structs.replace(newest, coding=upto))
    if upto == newest.coding:
        return 0
    return max(STEP, crowd // CROWDED)


def _say_left(derived: Derived) -> None:
    mark = derived.mark()
    if mark is not None:
        left = derived.newest(versions.of_incidents()).coding - mark.coding
        how_far.say(f"merging: {left:,} reports are left")


def _retell(derived: Derived, coded: Collection[str]) -> set[str]:
    """Put new reports into stories; the reports whose story is another one than before."""
    new = set(coded) - derived.printed(coded)
    if not new:
        return set()
    numbered = list(derived.numbered(new))
    prints = [syndication.print_of(report, number) for number, report in numbered]
    near = copies.prints_of(derived, _alike(derived, prints))
    was = derived.stories_of(set(syndication.copied(prints, near)))
    beside = derived.told_in(set(was.values()))
    was = derived.stories_of(beside)
    told = list(copies.prints_of(derived, beside))
    made = list(syndication.stories([*told, *prints]))
    derived.index(numbered)
    _put_prints(derived, prints)
    derived.replace_stories(set(was.values()), made)
    now = {report: story.id for story in made for report in story.reports}
    dated = dict(syndication.reprints(told, was)).items() ^ dict(syndication.reprints([*told, *prints], now)).items()
    return {*(report for report in now if was.get(report) != now[report]), *(report for report, _ in dated)}


def _alike(derived: Derived, prints: Iterable[Print]) -> set[str]:
    """The reports on the desk that may be copies of these."""
    kept, any_time = set[str](), set[str]()
    for one in prints:
        kept.update(syndication.sought(one))
        any_time.update(syndication.sought_at_any_time(one))
    return derived.sharing_print_keys(kept) | derived.beginning_print_keys(any_time)


def _merge_again(derived: Derived, changed: Collection[str], rulings: Rulings) -> int:
    """Merge again the components that claims were in or now belong to; the number of claims in the largest of them."""
    if not changed:
        return 0
    old = derived.components(changed)
    # What was likeliest one event with a claim that has changed may now be likeliest one with a claim elsewhere.
    changed = {*changed, *derived.members(old)}
    fresh = {one.claim.id: one for one in rulings.told(derived, changed)}
    derived.drop_keys(changed)
    known = fresh | _met(derived, fresh, rulings)
    while more := derived.components(known.keys() | rulings.partners(derived.members(old) | fresh.keys())) - old:
        old |= more
    members = derived.members(old) - changed
    rest = rulings.told(derived, members - known.keys())
    whole = [*fresh.values(), *(known[one] for one in members & known.keys()), *rest]
    made = list(rulings.merged(whole))
    derived.replace_incidents(old, ((one.component, one.incidents) for one in made))
    derived.put_keys(_keyed(fresh.values()))
    return max(map(_size, made), default=0)


def _size(merged: Merged) -> int:
    """How many claims a component has."""
    return sum(len(incident.claims) for incident in merged.incidents)


def _met(derived: Derived, fresh: Mapping[str, Account], rulings: Rulings) -> dict[str, Account]:
    """The claims on the desk that may be one event with fresh ones; those that share a key are read in batches."""
    near = sorted(derived.sharing_keys({key for account in fresh.values() for key in keys(account)}) - fresh.keys())
    found: dict[str, Account] = {}
    for at in range(0, len(near), NEAR):
        beside = {one.claim.id: one for one in rulings.told(derived, near[at : at + NEAR])}
        joined = touched(list(fresh.values()), beside.values(), rulings.must, rulings.cannot)
        found |= {claim: beside[claim] for claim in joined}
    return found


def _put_prints(derived: Derived, prints: Iterable[Print]) -> None:
    derived.put_prints((one.report, msgspec.msgpack.encode(one), syndication.keys(one)) for one in prints)


def _keyed(found: Iterable[Account]) -> Iterator[tuple[str, Collection[str]]]:
    return ((account.claim.id, keys(account)) for account in found)
