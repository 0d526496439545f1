"""What changed on a desk since a run, and why: new facts, and the incidents that are others for them.

A desk keeps no history of its incidents. They are a function of its facts, so those that stood when a run had
ended are made again from the facts of then; only components that new facts have touched need be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from trucewatch import versions
from trucewatch.batches import batches
from trucewatch.copies import as_first_told, prints_of
from trucewatch.derive import Rulings, catch_up, claims_ruled
from trucewatch.errors import DeskError
from trucewatch.incidents import keys, touched
from trucewatch.nouns import Account, Claim, Incident, Judgement, Noun, reports_of
from trucewatch.reports import syndication

if TYPE_CHECKING:
    from trucewatch.desk import Coding, Derived, Desk, Mark

_AT_ONCE = 200
"""Reports whose claims of then and now are in memory at once."""


class Recoded(Noun):
    """A report whose claims were made again."""

    report: str
    before: Coding
    now: Coding
    gone: tuple[Claim, ...] = ()
    new: tuple[Claim, ...] = ()
    changed: tuple[Claim, ...] = ()
    """As they are now."""

    @property
    def differs(self) -> bool:
        """Whether any claim is another one."""
        return bool(self.gone or self.new or self.changed)

    @property
    def by(self) -> str:
        """Which run and which versions made the difference: ``again in run 4 (tables 1a2b → 3c4d)``."""
        before, now = (msgspec.structs.asdict(coding.run.versions) for coding in (self.before, self.now))
        other = ", ".join(f"{name} {before[name]} → {now[name]}" for name in now if before[name] != now[name])
        return f"again in run {self.now.run.number} ({other or 'by the same versions'})"


class Change(Noun):
    """An incident that is new, gone, or another one than before."""

    before: Incident | None
    now: Incident | None
    because: tuple[str, ...]
    """In words, each with the ids of what it tells of."""

    @property
    def kind(self) -> str:
        """``new``, ``gone`` or ``changed``."""
        return "new" if self.before is None else "gone" if self.now is None else "changed"


class Changes(Noun):
    """All that came after a run."""

    since: int
    reports: tuple[str, ...] = ()
    """Ids of the new ones."""
    recoded: tuple[Recoded, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    incidents: tuple[Change, ...] = ()


def told_anew(desk: Desk, since: Mark | None) -> set[str] | None:
    """The reports of which accounts may be others than at a mark, by what came in since; None where all may be."""
    with desk.deriving(write=False) as derived:
        now, newest = derived.mark(), derived.newest(versions.of_incidents())
        if since is None or now is None or now.version != since.version or now.coding < since.coding:
            return None
        new = derived.judgements(since.judgement)
        ruled = reports_of(claims_ruled(new, derived.judgements() if new else ()))
        reports = {*derived.coded(since.coding, newest.coding), *ruled}
        return reports | derived.told_in(set(derived.stories_of(reports).values()))


def since(desk: Desk, run: int) -> Changes:
    """What changed since a run had ended; 0 stands for the empty desk. Raises DeskError for a run that never was."""
    if run and run not in {one.number for one in desk.runs()}:
        raise DeskError(f"there is no run {run} on {desk.where}; `trucewatch show runs` lists them")
    catch_up(desk)
    with desk.deriving(write=False) as derived:
        return _Comparison(derived, run).changes()


class _Comparison:
    """The desk of then beside the desk of now, as far as they differ."""

    def __init__(self, derived: Derived, run: int) -> None:
        self._derived = derived
        self._run = run
        self._every = derived.judgements()
        self._judgements = derived.judgements(run=run)
        later = {one.id for one in self._judgements}
        self._then = Rulings.of([one for one in self._every if one.id not in later])
        coded = derived.coded_since(run)
        before = derived.codings(coded, run)
        self._new = set(coded) - before.keys()
        now = derived.codings(before.keys())
        self._recoded = list(self._compared([(before[report], now[report]) for report in coded if report in before]))
        self._stories = self._stories_of_then()

    def changes(self) -> Changes:
        """All of them."""
        return Changes(
            since=self._run,
            reports=tuple(sorted(self._new)),
            recoded=tuple(one for one in self._recoded if one.differs),
            judgements=tuple(self._judgements),
            incidents=tuple(self._incidents()),
        )

    def _incidents(self) -> Iterator[Change]:
        changed = self._changed_claims()
        components = self._derived.components(changed)
        lost = self._accounts_of_then(changed)
        components |= self._joined_then(lost, components)
        members = self._derived.members(components) | set(changed)
        then = {
            one.id: one for merged in self._then.merged(self._accounts_of_then(members)) for one in merged.incidents
        }
        now = {one.id: one for one in self._derived.incidents(components)}
        causes = self._causes()
        of_then = {claim: one.id for one in then.values() for claim in one.claims}
        of_now = {claim: one.id for one in now.values() for claim in one.claims}
        for key in sorted(then.keys() | now.keys()):
            before, after = then.get(key), now.get(key)
            if before != after:
                because = list(_because(before, after, causes))
                because += [f"claims of it are now in {other}" for other in _elsewhere(before, of_now)]
                because += [f"claims of it were in {other}" for other in _elsewhere(after, of_then)]
                yield Change(before=before, now=after, because=tuple(because or ["claims beside it changed"]))

    def _changed_claims(self) -> set[str]:
        """The ids of all claims that are others now, or about which something else is known."""
        coded = {claim.id for one in self._recoded for claim in (*one.gone, *one.new, *one.changed)}
        return (
            coded | self._derived.claims_ever(self._new | self._moved()) | claims_ruled(self._judgements, self._every)
        )

    def _moved(self) -> set[str]:
        now = self._derived.stories_of(self._stories)
        return {report for report, story in self._stories.items() if now.get(report) != story}

    def _stories_of_then(self) -> dict[str, str]:
        """The story, then, of each older report that is in a story with a new one now."""
        beside = self._derived.told_in(set(self._derived.stories_of(self._new).values())) - self._new
        made = syndication.stories(prints_of(self._derived, beside))
        return {report: story.id for story in made for report in story.reports}

    def _accounts_of_then(self, ids: Collection[str]) -> list[Account]:
        told = as_first_told(self._derived, self._derived.accounts(ids, self._run), self._run)
        found = self._then.judged(told)
        return [msgspec.structs.replace(one, story=self._stories.get(one.claim.report, one.story)) for one in found]

    def _joined_then(self, lost: list[Account], components: Collection[str]) -> set[str]:
        """The components that claims of then were joined to, and may no longer be."""
        ids = {account.claim.id for account in lost}
        shared = {key for account in lost for key in keys(account)}
        near = self._derived.sharing_keys(shared) - self._derived.members(components) - ids
        beside = self._accounts_of_then(near)
        joined = touched(lost, beside, self._then.must, self._then.cannot) | self._then.partners(ids)
        return self._derived.components(joined)

    def _compared(self, both: Sequence[tuple[Coding, Coding]]) -> Iterator[Recoded]:
        for some in batches(both, _AT_ONCE):
            claims = self._derived.claims_by_coding({coding.number for pair in some for coding in pair})
            for before, now in some:
                yield _recoded(before, now, claims[before.number], claims[now.number])

    def _causes(self) -> dict[str, list[str]]:
        """Why something is known otherwise of a claim, by its id; under a report's id what holds for all its claims."""
        found: dict[str, list[str]] = {report: [f"report {report} came in"] for report in self._new}
        for one in self._recoded:
            for what, claims in (("is gone", one.gone), ("is new", one.new), ("is another", one.changed)):
                for claim in claims:
                    found.setdefault(claim.id, []).append(f"claim {claim.id} {what}: its report was coded {one.by}")
        for judgement in self._judgements:
            for ruled in claims_ruled([judgement], self._every):
                line = f"judgement {judgement.id}: {judgement.ruling.value}, by {judgement.by}"
                found.setdefault(ruled, []).append(line)
        for report in self._moved():
            found.setdefault(report, []).append(f"report {report} is in another story")
        return found


def _recoded(before: Coding, now: Coding, told: Iterable[Claim], tells: Iterable[Claim]) -> Recoded:
    old, new = ({claim.id: claim for claim in claims} for claims in (told, tells))
    return Recoded(
        report=now.report,
        before=before,
        now=now,
        gone=tuple(claim for key, claim in old.items() if key not in new),
        new=tuple(claim for key, claim in new.items() if key not in old),
        changed=tuple(claim for key, claim in new.items() if key in old and _said(old[key]) != _said(claim)),
    )


def _because(before: Incident | None, now: Incident | None, causes: dict[str, list[str]]) -> Iterator[str]:
    claims = dict.fromkeys([*(now.claims if now else ()), *(before.claims if before else ())])
    told: set[str] = set()
    for claim in claims:
        for line in (*causes.get(claim, ()), *causes.get(claim.partition(".")[0], ())):
            if line not in told:
                told.add(line)
                yield line


def _elsewhere(incident: Incident | None, at_other_time: dict[str, str]) -> list[str]:
    """Which other incidents the claims of one are in, at the other time."""
    claims = incident.claims if incident else ()
    found = {at_other_time[claim] for claim in claims if claim in at_other_time}
    return sorted(found - {incident.id if incident else ""})


def _said(claim: Claim) -> Claim:
    """A claim without the reasons behind its values, which may change where it does not."""
    return msgspec.structs.replace(claim, evidence=())
