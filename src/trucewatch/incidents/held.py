"""What is held to have happened, by the accounts of an incident: each value is the one of most independent sources.

Nothing is averaged and nothing filled in: a place, a day or an actor that no account names stays unknown.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from trucewatch.codebook.rows import PRECISIONS
from trucewatch.codebook.sources import source, tellers
from trucewatch.incidents import disputes, figures
from trucewatch.incidents.parties import KIN, SAME, Party, agreement, parties
from trucewatch.nouns import Account, Entity, Incident, Period, Place, Status

_STATUSES = (Status.HAPPENED, Status.ONGOING, Status.DENIED, Status.POSSIBLE, Status.EXPECTED)
"""Which counts where as many sources have one as another."""
_COARSENESS = (*PRECISIONS, None)

_Value = TypeVar("_Value", bound=Hashable)


def incident(accounts: Sequence[Account]) -> Incident:
    """The incident of accounts in the order in which they came in."""
    poll = _Poll(accounts)
    type_ = poll.most((account.claim.type, account) for account in accounts)
    assert type_ is not None
    of_type = [account for account in accounts if account.claim.type == type_]
    affirming = [account for account in accounts if account.claim.status is not Status.DENIED] or accounts
    actors = _side(poll, affirming, lambda account: account.claim.actors)
    return Incident(
        id=name(accounts[0].claim.id),
        claims=tuple(account.claim.id for account in accounts),
        type=type_,
        mode=poll.most((account.claim.mode, account) for account in of_type),
        status=_status(poll, accounts),
        actors=actors,
        recipients=_hit(poll, accounts, actors),
        place=_place(poll, accounts),
        time=_time(poll, accounts),
        sources=poll.size(accounts),
        named_by=poll.size(account for account in affirming if _names(account, actors)),
        outlets=tuple(dict.fromkeys(account.outlet for account in accounts if account.outlet)),
        killed=figures.toll(accounts, "killed"),
        injured=figures.toll(accounts, "injured"),
        figures=figures.figures(accounts),
        disagreements=disputes.disagreements(accounts),
    )


def name(first_claim: str) -> str:
    """The id of the incident whose claim that came in first has this id."""
    return "i" + hashlib.sha256(first_claim.encode()).hexdigest()[:10]


class _Poll:
    """The independent sources of an incident, each of which has one vote for a value, however often it tells it."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._tellers = tellers(accounts)

    def size(self, accounts: Iterable[Account]) -> int:
        """How many tell these."""
        return len({self._tellers[source(account)] for account in accounts})

    def votes(self, told: Iterable[tuple[_Value | None, Account]]) -> dict[_Value, int]:
        """How many have each value, in the order in which the values came in."""
        backing: dict[_Value, set[str]] = defaultdict(set)
        for value, account in told:
            if value is not None:
                backing[value].add(self._tellers[source(account)])
        return {value: len(its) for value, its in backing.items()}

    def most(self, told: Iterable[tuple[_Value | None, Account]]) -> _Value | None:
        """The value of most; of equals the one that came in first. None where nobody has one."""
        votes = self.votes(told)
        return max(votes, key=votes.__getitem__, default=None)


def _status(poll: _Poll, accounts: Sequence[Account]) -> Status:
    votes = poll.votes((account.claim.status, account) for account in accounts)
    return max(votes, key=lambda status: (votes[status], -_STATUSES.index(status)))


def _side(poll: _Poll, accounts: Sequence[Account], of: Callable[[Account], tuple[Entity, ...]]) -> tuple[Entity, ...]:
    """The parties of most sources, by camp or else by kind, as that account has them that knows most of them."""
    told = [(_camps(parties(of(account))), account) for account in accounts if of(account)]
    camps = poll.most(told)
    known = [account for its, account in told if its == camps]
    named = max(known, key=lambda account: sum(one.actor is not None for one in of(account)), default=None)
    return of(named) if named is not None else ()


def _hit(poll: _Poll, accounts: Sequence[Account], actors: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Whom they did it to, by those who lay it to nobody else; else by those who do, but that nobody did it to himself."""
    of_them = [account for account in accounts if not account.claim.actors or _names(account, actors)]
    ours = {*_camps(parties(actors))} - {""}
    others = [account for account in accounts if ours.isdisjoint(_camps(parties(account.claim.recipients)))]
    found = (_side(poll, told, lambda account: account.claim.recipients) for told in (of_them, others))
    return next(filter(None, found), ())


def _camps(side: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({one.camp or one.kind or "" for one in side}))


def _names(account: Account, actors: tuple[Entity, ...]) -> bool:
    """Whether an account names these as who acts, or others of their camp."""
    told, sought = parties(account.claim.actors), parties(actors)
    return told == sought or agreement(told, sought) in (SAME, KIN)


def _place(poll: _Poll, accounts: Sequence[Account]) -> Place | None:
    """The finest place that is told; of several that are as fine, the one of most sources."""
    told = [(account.claim.place, account) for account in accounts if account.claim.place is not None]
    finest = min((_COARSENESS.index(place.precision) for place, _ in told), default=0)
    fine = [(place, account) for place, account in told if _COARSENESS.index(place.precision) == finest]
    row = poll.most((place.gazetteer or place.name, account) for place, account in fine)
    return next((place for place, _ in fine if (place.gazetteer or place.name) == row), None)


def _time(poll: _Poll, accounts: Sequence[Account]) -> Period | None:
    """The shortest time that is told; of several that are as short, the one of most sources."""
    told = [(account.claim.time, account) for account in accounts if account.claim.time is not None]
    shortest = min(((time.end - time.start).days for time, _ in told), default=0)
    return poll.most((time, account) for time, account in told if (time.end - time.start).days == shortest)
