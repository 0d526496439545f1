"""The ledger of a desk: its incidents held against a truce, with what people ruled, and what was not carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch import codebook, derive
from trucewatch.desk import Desk
from trucewatch.judgements import in_force
from trucewatch.nouns import Account, Incident, Noun
from trucewatch.truces import Breach, Ledger, Performance, Truce, performances


class Held(Noun):
    """What a desk's incidents are to a truce."""

    truce: str
    as_of: dt.date
    breaches: tuple[Breach, ...]
    """Also those incidents that are no breach, with the verdict that says why: by day, undated ones last."""
    performances: tuple[Performance, ...]


def held(desk: Desk, truce: Truce, as_of: dt.date) -> Held:
    """A truce's ledger at the end of a day, from what the desk holds now."""
    derive.add(desk)  # what a stop has left
    book, rulings = codebook.load(), in_force(desk.judgements())
    glance = Ledger(truce, book)
    near = [one for one in desk.incidents() if glance.is_near(one)]
    ledger = Ledger(truce, book, _told(desk, truce, near), rulings)
    return Held(
        truce=truce.id,
        as_of=as_of,
        breaches=tuple(ledger.rows(near)),
        performances=tuple(performances(truce, book, near, as_of)),
    )


def _told(desk: Desk, truce: Truce, incidents: Sequence[Incident]) -> list[Account]:
    """The accounts of incidents, where it matters who tells of them: a monitor's word verifies."""
    if not any(monitor.verifies for monitor in truce.monitors):
        return []
    return derive.accounts(desk, [claim for one in incidents for claim in one.claims])
