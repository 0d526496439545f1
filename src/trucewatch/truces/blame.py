"""Whom a report blames for a deed of which it does not itself say who did it: "A bomb killed five in the market. The army blamed the
rebels." """

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from trucewatch.codebook import fold
from trucewatch.codebook.rows import OF_STATES
from trucewatch.nouns import REAL, Account, Entity

BLAME = frozenset("blame blames blamed blaming".split())
REACH = 300
"""Characters between a deed and the word for the blame: some two sentences."""


def laid(told: Iterable[Account]) -> Iterator[tuple[Account, Account]]:
    """Deeds with the blame for each, which the next words of its report lay at somebody's door; none that two are blamed for."""
    reports: dict[str, list[Account]] = defaultdict(list)
    for account in told:
        if account.claim.status in REAL:
            reports[account.claim.report].append(account)
    for report in reports.values():
        yield from _laid(sorted(report, key=lambda one: one.claim.trigger.start))


def _laid(report: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    found = [(deed, one) for at, one in enumerate(report) if (deed := _blamed_for(one, report[:at], report))]
    for deed, blame in found:
        if sum(other is deed for other, _ in found) == 1:
            yield deed, blame


def with_blame(deed: Account, blame: Account) -> Account:
    """A deed as who blames somebody for it tells it."""
    by = next((one.name for one in blame.claim.actors), blame.claim.attributed_to)
    claim = msgspec.structs.replace(deed.claim, actors=blame.claim.recipients, attributed_to=by)
    return msgspec.structs.replace(deed, claim=claim)


def is_anonymous(entity: Entity) -> bool:
    """Whether an entity is a kind of people ("militants"), and not a state or an actor."""
    return entity.actor is None and entity.sector not in OF_STATES


def _blamed_for(blame: Account, before: Sequence[Account], report: Sequence[Account]) -> Account | None:
    """The deed for which a report blames somebody: the last one before it, where nobody known is told to have done it, and the
    words of the blame tell of no other."""
    claim = blame.claim
    if claim.type != "ACCUSE" or not claim.recipients or not BLAME & set(fold(blame.trigger).split()):
        return None
    deed = next((one for one in reversed(before) if one.claim.type == "ASSAULT"), None)
    if deed is None or not all(map(is_anonymous, deed.claim.actors)):
        return None
    near = claim.trigger.start - max(_ends(deed, claim.trigger.start), default=deed.claim.trigger.end) <= REACH
    others = (one for one in report if one is not deed and one.claim.type == "ASSAULT")
    return deed if near and not any(one.sentence == blame.sentence for one in others) else None


def _ends(deed: Account, until: int) -> list[int]:
    return [span.end for span in deed.claim.mentions if span.end <= until]
