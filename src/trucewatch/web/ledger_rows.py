"""The rows of a truce's ledger that a page shows: chosen, in order, each with its incident and what was ruled on it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from trucewatch import rulings
from trucewatch.desk import Desk
from trucewatch.ledger import Overview
from trucewatch.nouns import Incident, Judgement
from trucewatch.truces import Breach, Verdict
from trucewatch.truces.verdicts import TOLD

PAGE = 10
"""Rows of a page."""
NOBODY = "-"
"""Stands for no party in an address."""


class RowChoice(NamedTuple):
    """The rows that an address asks for."""

    verdict: Verdict | None
    """None for all that is within the truce's scope."""
    clause: str
    party: str
    page: int


class Row(NamedTuple):
    """One row."""

    breach: Breach
    incident: Incident | None
    seen: str
    """Ids of the judgements in force on it: what somebody who rules has before his eyes."""


def listed(desk: Desk, overview: Overview, choice: RowChoice) -> dict[str, Any]:
    """What the ledger's part of a page is filled with: a page of rows, the latest first, and what can be chosen."""
    every = overview.held.breaches
    alike = [one for one in every if choice.clause in ("", one.clause) and choice.party in ("", one.party or NOBODY)]
    chosen = [one for one in alike if _has(one, choice.verdict)]
    chosen.sort(key=lambda one: one.day or (one.time.start if one.time else dt.date.min), reverse=True)
    pages = max(-(-len(chosen) // PAGE), 1)
    page = min(max(choice.page, 1), pages)
    counts = Counter(one.verdict for one in alike)
    return {
        "rows": _rows(desk, chosen[(page - 1) * PAGE : page * PAGE]),
        "total": len(chosen),
        "within": sum(number for verdict, number in counts.items() if verdict is not Verdict.OUT_OF_SCOPE),
        "counts": [(verdict, counts[verdict]) for verdict in TOLD if counts[verdict] or verdict is choice.verdict],
        "held_clauses": sorted({one.clause for one in every if one.clause}),
        "held_parties": sorted({one.party or NOBODY for one in every}),
        "page": page,
        "pages": pages,
        "verdicts": TOLD,
    }


def _rows(desk: Desk, breaches: Sequence[Breach]) -> list[Row]:
    incidents = {one.id: one for one in desk.incidents_named({row.incident for row in breaches})}
    shown = {claim for one in incidents.values() for claim in one.claims}
    judgements = rulings.touching(desk.judgements(), shown)  # once for all rows: there may be very many
    return [_row(one, incidents.get(one.incident), judgements) for one in breaches]


def _row(breach: Breach, incident: Incident | None, judgements: Sequence[Judgement]) -> Row:
    seen = rulings.touching(judgements, incident.claims) if incident else ()
    return Row(breach, incident, " ".join(one.id for one in seen))


def _has(one: Breach, verdict: Verdict | None) -> bool:
    return one.verdict is not Verdict.OUT_OF_SCOPE if verdict is None else one.verdict is verdict
