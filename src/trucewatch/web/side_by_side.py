"""An incident's claims beside each other: who says what in which words, where they agree, and how it was told over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch import codebook
from trucewatch.codebook.rows import Outlet
from trucewatch.incidents import by_teller
from trucewatch.nouns import Account, Claim, Count, Disagreement, Figure, Incident, Judgement, Report, Status
from trucewatch.translation import Language
from trucewatch.web.marked_text import Piece, quoted

POINTS = ("actors", "recipients", "type", "mode", "status", "place", "time", "killed", "injured")
"""The fields on which claims agree or differ, in the order of the columns."""


class Telling(NamedTuple):
    """One claim."""

    account: Account
    report: Report
    row: Outlet | None
    """Its outlet's in the codebook."""
    pieces: list[Piece]
    """Its sentence, with the trigger marked."""
    cells: dict[str, str]
    """What it says, by field; what it is silent on is left out."""
    side: dict[str, int]
    """Where claims differ: on which side it stands, from 0."""


class Point(NamedTuple):
    """A field, over all claims."""

    field: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]
    """Each value with the outlets that have it; one where all who speak of it agree."""


class Moment(NamedTuple):
    """Something that happened to what is known of it."""

    day: dt.date | None
    what: str
    """``first``, ``told``, ``denied``, ``killed``, ``more killed``, ``injured``, ``more injured``, ``ruled``."""
    telling: Telling | None = None
    n: int = 0
    judgement: Judgement | None = None


def tellings(
    incident: Incident, accounts: Sequence[Account], reports: dict[str, Report], language: Language
) -> list[list[Telling]]:
    """The claims, those of each who tells on his own together."""
    book = codebook.load()
    sides = {
        (one.field, claim): at
        for one in incident.disagreements
        for at, (_, claims) in enumerate(one.sides)
        for claim in claims
    }

    def telling(account: Account) -> Telling:
        cells = _cells(account.claim, language)
        side = {field: sides[field, account.claim.id] for field in cells if (field, account.claim.id) in sides}
        row = book.find_outlet(account.outlet) if account.outlet else None
        return Telling(account, reports[account.claim.report], row, quoted(account), cells, side)

    return [[telling(account) for account in its] for its in by_teller(accounts)]


def columns(groups: Sequence[Sequence[Telling]]) -> list[str]:
    """The fields that have a column: the mode stands by the type, and one status of all needs none."""
    every = [telling for group in groups for telling in group]
    told = {field: {one.cells.get(field) for one in every} for field in POINTS if field != "mode"}
    return [field for field, values in told.items() if values != {None} and (field != "status" or len(values) > 1)]


def points(incident: Incident, groups: Sequence[Sequence[Telling]]) -> list[Point]:
    """Every field of which anybody speaks, as it is or the sides: those on which they differ first."""
    every = [telling for group in groups for telling in group]
    differ = {one.field: one for one in incident.disagreements}
    found = []
    for field in POINTS:
        told = [telling for telling in every if field in telling.cells]
        if told:
            found.append(Point(field, tuple(_sides(told, field, differ.get(field)))))
    return sorted(found, key=lambda one: one.field not in differ)


def course(groups: Sequence[Sequence[Telling]], judgements: Sequence[Judgement]) -> list[Moment]:
    """When which report told it first, raised the toll or denied it, and what people ruled: the oldest first."""
    every = sorted(
        (telling for group in groups for telling in group),
        key=lambda one: (one.account.published or dt.date.max, one.account.order),
    )
    found, highest = [], {"killed": 0, "injured": 0}
    for at, one in enumerate(every):
        claim, day = one.account.claim, one.account.published
        found.append(Moment(day, "denied" if claim.status is Status.DENIED else "told" if at else "first", one))
        for field, toll in (("killed", claim.killed), ("injured", claim.injured)):
            if toll is not None and toll.high > highest[field]:
                found.append(Moment(day, f"more {field}" if highest[field] else field, one, toll.high))
                highest[field] = toll.high
    return [*found, *(Moment(one.at.date(), "ruled", judgement=one) for one in judgements)]


def figures(incident: Incident) -> list[tuple[str, list[Figure], int]]:
    """By field: every figure, the oldest first, and the highest of them all."""
    found = []
    for field in ("killed", "injured"):
        its = [one for one in incident.figures if one.field == field]
        its.sort(key=lambda one: one.published or dt.date.max)
        if its:
            found.append((field, its, max(one.count.high for one in its)))
    return found


def _sides(told: Sequence[Telling], field: str, differ: Disagreement | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    for at in range(len(differ.sides)) if differ else [None]:
        its = [one for one in told if at is None or one.side.get(field) == at]
        values = dict.fromkeys(one.cells[field] for one in its)
        yield " / ".join(values), tuple(dict.fromkeys(one.account.outlet or "" for one in its))


def _cells(claim: Claim, language: Language) -> dict[str, str]:
    said = {
        "type": language.t(claim.type),
        "mode": language.t(claim.mode) if claim.mode else "",
        "status": language.t(claim.status.value),
        "actors": ", ".join(one.name for one in claim.actors),
        "recipients": ", ".join(one.name for one in claim.recipients),
        "place": claim.place.name if claim.place else "",
        "time": language.period(claim.time) if claim.time else "",
        "killed": _range(claim.killed, language),
        "injured": _range(claim.injured, language),
    }
    return {field: words for field, words in said.items() if words}


def _range(count: Count | None, language: Language) -> str:
    if count is None:
        return ""
    low, high = language.number(count.low), language.number(count.high)
    return low if low == high else language.span(low, high)
