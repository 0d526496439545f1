"""Whom a report blames for a deed of which it does not itself say who did it: "A bomb killed five in the market. The army blamed the
rebels." """

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from trucewatch.codebook import fold
from trucewatch.codebook.rows import OF_STATES
from trucewatch.nouns import REAL, Account, Claim, Entity

BLAME = frozenset("blame blames blamed blaming".split())
REACH = 300
"""Characters between a deed and the word for the blame: some two sentences."""


def laid(told: Iterable[Account]) -> Iterator[Account]:
    """Deeds as who blames somebody for them tells them: what the next words of a report lay at somebody's door, or at two."""
    reports: dict[str, list[Account]] = defaultdict(list)
    for account in told:
        if account.claim.status in REAL:
            reports[account.claim.report].append(account)
    for report in reports.values():
        yield from _laid(sorted(report, key=lambda one: one.claim.trigger.start))


def _laid(report: Sequence[Account]) -> Iterator[Account]:
    blames: dict[str, list[Claim]] = defaultdict(list)
    for at, one in enumerate(report):
        if deed := _blamed_for(one, report[:at], report):
            blames[deed.claim.id].append(one.claim)
    yield from (_with_blame(one, blames[one.claim.id]) for one in report if one.claim.id in blames)


def _with_blame(deed: Account, blames: Sequence[Claim]) -> Account:
    blamed = tuple(dict.fromkeys(entity for blame in blames for entity in blame.recipients))
    by = next((one.name for one in blames[0].actors), blames[0].attributed_to)
    return msgspec.structs.replace(deed, claim=msgspec.structs.replace(deed.claim, actors=blamed, attributed_to=by))


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
