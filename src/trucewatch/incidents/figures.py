"""How many were killed or injured: every claimant's figures are kept, and low, best and high are read off the newest.

A claimant's newer figure takes the place of its older one, nobody else's. Low and high are the outermost of the newest
figures. Best is the figure that most independent sources (stories) give last. A source whose figure was overtaken, for
two others gave a higher one on a later day, has no say in it: tolls rise, and the first day's number is soon in many
papers. Of equals the later figure counts, then the higher; a range counts by its middle. Figures of claims that deny
the deed, or only expect it or hold it for possible, are shown but count only where there are no others.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from trucewatch.codebook import fold, sources
from trucewatch.incidents.face import reality
from trucewatch.nouns import Account, Count, Figure, Toll

FIELDS = ("killed", "injured")
OVERTAKERS = 2
"""Independent sources whose later, higher figure makes an earlier one old."""

Told = tuple[str, Figure]
"""A source, and its figure."""


def claimant(account: Account) -> str | None:
    """Who gives a claim's figures: its source, else the outlet."""
    return account.claim.attributed_to or account.outlet


def source(account: Account) -> str:
    """What has one say: the story, where copies were found, else the report."""
    return account.story or account.claim.report


def tellers(accounts: Sequence[Account]) -> dict[str, str]:
    """Who tells of it on their own: for each story the outlet that was first with it, or itself where that is unknown.

    An outlet is one under all its spellings: "AFP" and "Agence France-Presse".
    """
    first: dict[str, Account] = {}
    for account in sorted(accounts, key=lambda one: (one.published or dt.date.max, one.order)):
        first.setdefault(source(account), account)
    return {story: _outlet(account) or story for story, account in first.items()}


def _outlet(account: Account) -> str | None:
    return fold(sources.outlet(account.outlet)) if account.outlet else None


def independent(accounts: Sequence[Account]) -> int:
    """How many tell of it on their own: stories, those of one outlet counted once."""
    return len(set(tellers(accounts).values()))


def by_teller(accounts: Sequence[Account]) -> tuple[tuple[Account, ...], ...]:
    """The accounts of each who tells of it on his own, in the order in which they came in."""
    of = tellers(accounts)
    found: dict[str, list[Account]] = {}
    for account in sorted(accounts, key=lambda one: one.order):
        found.setdefault(of[source(account)], []).append(account)
    return tuple(map(tuple, found.values()))


def figures(accounts: Sequence[Account]) -> tuple[Figure, ...]:
    """Every figure given, by field and then as the accounts stand."""
    return tuple(figure for field in FIELDS for _, figure in told(accounts, field))


def toll(accounts: Sequence[Account], field: str) -> Toll | None:
    """Low, best and high over all who give a figure; None where nobody does."""
    done = [account for account in accounts if reality(account.claim.status) == "deed"]
    given = told(done, field) or told(accounts, field)
    if not given:
        return None
    counts = [figure.count for figure in newest(given)]
    low, high = min(count.low for count in counts), max(count.high for count in counts)
    return Toll(low=low, best=_best(given), high=high)


def newest(given: Sequence[Told]) -> list[Figure]:
    """The newest figures of each claimant; several where it gave several on one day."""
    latest: dict[tuple[str, str | None], list[Figure]] = defaultdict(list)
    for its, figure in given:
        # Without a name one source is not another: then each counts by its story.
        key = ("", figure.claimant) if figure.claimant is not None else (its, None)
        days = {_day(one) for one in latest[key]}
        if not days or _day(figure) > max(days):
            latest[key] = [figure]
        elif _day(figure) == max(days):
            latest[key].append(figure)
    return [figure for some in latest.values() for figure in some]


def _best(given: Sequence[Told]) -> int:
    last: dict[str, Figure] = {}
    for its, figure in given:
        if its not in last or _rank(figure) > _rank(last[its]):
            last[its] = figure
    valid = [figure for figure in last.values() if not _overtaken(figure, list(last.values()))]
    backing: dict[int, list[Figure]] = defaultdict(list)
    for figure in valid:
        backing[_middle(figure.count)].append(figure)
    return max(backing, key=lambda number: (len(backing[number]), max(_day(one) for one in backing[number]), number))


def _overtaken(figure: Figure, others: Sequence[Figure]) -> bool:
    later = [one for one in others if _day(one) > _day(figure) and one.count.low > figure.count.high]
    return len(later) >= OVERTAKERS


def told(accounts: Sequence[Account], field: str) -> list[Told]:
    """The figures of one field, each with its source."""
    found = []
    for account in accounts:
        count: Count | None = getattr(account.claim, field)
        if count is not None:
            figure = Figure(
                field=field,
                claim=account.claim.id,
                claimant=claimant(account),
                count=count,
                published=account.published,
            )
            found.append((source(account), figure))
    return found


def _rank(figure: Figure) -> tuple[dt.date, int, str]:
    return _day(figure), _middle(figure.count), figure.claim


def _day(figure: Figure) -> dt.date:
    return figure.published or dt.date.min


def _middle(count: Count) -> int:
    return (count.low + count.high) // 2
