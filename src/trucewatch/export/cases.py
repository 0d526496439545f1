"""What is exported: an incident with the claims on it and the reports that they stand in, read from a desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from trucewatch import derive
from trucewatch.batches import batches
from trucewatch.incidents.held import incident as held
from trucewatch.nouns import Account, Claim, Incident, Report

if TYPE_CHECKING:
    from trucewatch.desk import Derived, Desk


class Case(NamedTuple):
    """An incident and what it rests on. A claim alone is exported as an incident of one claim that bears its id."""

    incident: Incident
    accounts: tuple[Account, ...]
    """Its claims as people have them, in the order in which they came in."""
    reports: Mapping[str, Report]
    """The reports of its claims by id; others may be among them."""

    @property
    def told_in(self) -> list[Report]:
        """Its reports, each once, in the order of its claims."""
        return [self.reports[one] for one in dict.fromkeys(account.claim.report for account in self.accounts)]

    @property
    def notes(self) -> str:
        """One sentence of our own on what is held to have happened and who says so, and the ids of its claims."""
        from trucewatch.brief import wording

        return wording.cited(self.incident, self.accounts)


def incidents(desk: Desk, found: Iterable[Incident] | None = None) -> Iterator[Case]:
    """These incidents of a desk, in their order; without any, all by day, those of an unknown time last."""
    found = desk.incidents() if found is None else found
    rulings = derive.ruled(desk)
    with desk.deriving(write=False) as derived:
        for some in batches(found):
            basis = _Basis(derived, rulings, [claim for one in some for claim in one.claims])
            for one in some:
                yield Case(one, basis.told(one.claims), basis.reports)


def claims(desk: Desk, found: Iterable[Claim] | None = None) -> Iterator[Case]:
    """These claims as people have them, in their order, without rejected ones; without any, all current ones by day."""
    found = desk.claims() if found is None else found
    rulings = derive.ruled(desk)
    with desk.deriving(write=False) as derived:
        for some in batches(found):
            basis = _Basis(derived, rulings, [one.id for one in some])
            for one in some:
                if told := basis.told([one.id]):
                    yield Case(msgspec.structs.replace(held(told), id=one.id), told, basis.reports)


class _Basis:
    """The accounts of claims, and their reports."""

    def __init__(self, derived: Derived, rulings: derive.Rulings, ids: Sequence[str]) -> None:
        self._accounts = {account.claim.id: account for account in rulings.told(derived, ids)}
        its = {account.claim.report for account in self._accounts.values()}
        self.reports = {report.id: report for _, report in derived.numbered(its)}

    def told(self, ids: Iterable[str]) -> tuple[Account, ...]:
        """The accounts of these claims; one that a report's newer coding has no more is left out."""
        return tuple(self._accounts[one] for one in ids if one in self._accounts)
