"""When what a copy tells happened: its words ("on Tuesday") count from the day on which its text was first printed.

A claim is coded from its report alone, and stays as it was coded. Where the report is a later print of another's text, and
does not say so, its claims are given here with the days of what the first print tells in the same sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from trucewatch.batches import batches
from trucewatch.nouns import Account, Claim, Evidence
from trucewatch.reports import syndication
from trucewatch.reports.syndication import Print

if TYPE_CHECKING:
    from trucewatch.desk import Derived, Desk


def prints_of(derived: Derived, ids: Collection[str]) -> Iterator[Print]:
    """The prints of these reports."""
    return (msgspec.msgpack.decode(content, type=Print) for content in derived.prints(ids))


def reprints(derived: Derived, reports: Iterable[str]) -> dict[str, str]:
    """The later prints in the stories of these reports, each with the first print."""
    stories = derived.told_together(set(reports))
    return dict(syndication.reprints(prints_of(derived, stories), stories))


def as_first_told(derived: Derived, found: Iterable[Account], run: int | None = None) -> Iterator[Account]:
    """The accounts, those of later prints with the days of the first one; of claims that were current after ``run``."""
    for some in batches(found):
        firsts = reprints(derived, (one.claim.report for one in some))
        ids = derived.claims_ever({firsts[one.claim.report] for one in some if one.claim.report in firsts})
        yield from dated(some, firsts, derived.accounts(ids, run))


def claims_as_first_told(desk: Desk, found: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, those of later prints with the days of the first one, and why."""
    for some in batches(found):
        with desk.deriving(write=False) as derived:
            later = reprints(derived, (one.report for one in some))
            told = list(as_first_told(derived, derived.accounts([one.id for one in some if one.report in later])))
        moved = {account.claim.id: account.claim for account in told if account.claim.evidence}
        for one in some:
            first = moved.get(one.id)
            more = {"time": first.time, "evidence": one.evidence + first.evidence} if first else {}
            yield msgspec.structs.replace(one, **more) if more else one


def dated(found: Iterable[Account], firsts: Mapping[str, str], told: Iterable[Account]) -> Iterator[Account]:
    """The accounts, those of later prints with the days of what the ``firsts`` of them ``told`` in the same sentence."""
    known = {_said(one, one.claim.report): one for one in told}
    for one in found:
        first = known.get(_said(one, firsts.get(one.claim.report, "")))
        if first is None or None in (first.claim.time, one.claim.time) or first.claim.time == one.claim.time:
            yield one
            continue
        why = Evidence(field="time", because=f"a later print of {first.claim.report}, of {first.published}")
        claim = msgspec.structs.replace(one.claim, time=first.claim.time, evidence=(*one.claim.evidence, why))
        yield msgspec.structs.replace(one, claim=claim)


def _said(account: Account, report: str) -> tuple[str, str, str, str]:
    return report, account.claim.type, account.trigger, account.sentence
