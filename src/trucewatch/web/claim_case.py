"""A claim laid open to be ruled on: as people have it, in its incident, with what was ruled on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from trucewatch import codebook, derive, rulings
from trucewatch.copies import claims_as_first_told
from trucewatch.derive import Rulings
from trucewatch.desk import Desk
from trucewatch.judgements import judged
from trucewatch.judgements.rulings import VERDICTS
from trucewatch.nouns import Claim, Incident, Judgement, Report, Ruling
from trucewatch.truces import Breach, Ledger, Truce
from trucewatch.truces.days import Days
from trucewatch.web.atlas import UNDATED
from trucewatch.web.evidence import Value, typed, values
from trucewatch.web.ruling import Subject
from trucewatch.web.view import View

NEAR_DAYS = 2
NEAR_DEGREES = 0.3
NEAR = 6
"""Incidents offered to be merged with one."""


class Case(NamedTuple):
    """One claim."""

    number: int
    """Its place among those that are shown."""
    claim: Claim
    """As people have it; as it was coded, where it was rejected."""
    is_rejected: bool
    rulings: tuple[Judgement, ...]
    """In force on it, or on a pair that it is in: the oldest first."""

    @property
    def seen(self) -> str:
        """What a form says was seen."""
        return " ".join(one.id for one in self.rulings)

    @property
    def acts(self) -> tuple[Judgement, ...]:
        """The first of each act's."""
        return rulings.first_of_acts(self.rulings)

    @property
    def state(self) -> str:
        """``open``, ``accepted``, ``corrected`` or ``rejected``."""
        last = next((one.ruling for one in reversed(self.rulings) if one.ruling in VERDICTS), None)
        return {Ruling.ACCEPT: "accepted", Ruling.CORRECT: "corrected", Ruling.REJECT: "rejected"}.get(last, "open")  # type: ignore[arg-type]


class Opened(NamedTuple):
    """A case with all that is shown of it."""

    case: Case
    values: tuple[Value, ...]
    typed: dict[str, str]
    incident: Incident | None
    near: tuple[Incident, ...]
    """Incidents that it may be one with."""

    @property
    def subject(self) -> Subject:
        """What a form rules on."""
        return Subject((self.case.claim.id,), self.incident.id if self.incident else None)


def cases(desk: Desk, claims: Iterable[Claim], every: Sequence[Judgement]) -> Iterator[Case]:
    """Claims, as they were coded or first printed, with what was ruled on them."""
    coded = list(claims_as_first_told(desk, claims))
    touching = rulings.touching(every, [claim.id for claim in coded])
    verdicts = Rulings.of(touching).verdicts
    for number, claim in enumerate(coded):
        held = judged(claim, verdicts[claim.id]) if claim.id in verdicts else claim
        yield Case(number, held or claim, held is None, tuple(one for one in touching if claim.id in one.claims))


def opened(view: View, case: Case, report: Report) -> Opened:
    """All of a case."""
    incident = next(iter(view.desk.incidents_of(case.claim.id)), None)
    return Opened(
        case=case,
        values=tuple(values(case.claim, report.text, view.language)),
        typed=typed(case.claim),
        incident=incident,
        near=near(view, incident) if incident else (),
    )


def touched(view: View, found: Incident, every: Sequence[Judgement]) -> list[tuple[Truce, tuple[Breach, ...]]]:
    """The truces whose clauses it touches, each with what it is to them."""
    book, ruled, truces = codebook.load(), rulings.touching(every, found.claims), view.ledgers.every().values()
    told = derive.beside(view.desk, found.claims)
    held = []
    for truce in truces:
        ledger = Ledger(truce, book, told, ruled)
        if rows := tuple(ledger.rows([found])):
            lapsed = _lapsed(view, truce)
            held.append((truce, tuple(ledger.rows([found], lapsed)) if lapsed else rows))
    return held


def _lapsed(view: View, truce: Truce) -> tuple[Days, ...]:
    """The days on which a truce had run out; one without a last day never does, and nothing is read for it."""
    if truce.runs_until is None:
        return ()
    course = view.ledgers.overview(truce, dt.date.today()).course
    return course.lapsed if course else ()


def near(view: View, one: Incident) -> tuple[Incident, ...]:
    """Incidents of its kind, about its days and place: those that somebody may want to merge with it.

    None while the desk is still being read: a page does without them.
    """
    atlas = view.atlases.known()
    row = atlas.rows.get(one.id) if atlas else None
    if atlas is None or row is None or atlas.first[row] == UNDATED:
        return ()
    apart = np.maximum(atlas.first - atlas.last[row], atlas.first[row] - atlas.last)
    mask = (atlas.quad == atlas.quad[row]) & (atlas.first != UNDATED) & (apart <= NEAR_DAYS) & ~atlas.vague
    degrees = np.hypot(atlas.lat - atlas.lat[row], atlas.lon - atlas.lon[row])
    mask &= (atlas.place == atlas.place[row]) | (degrees <= NEAR_DEGREES)  # a comparison with NaN is false
    mask[row] = False
    rows = mask.nonzero()[0]
    nearest = rows[np.lexsort((np.nan_to_num(degrees[rows]), apart[rows]))][:NEAR]
    return tuple(view.desk.incidents_named([atlas.ids[at] for at in nearest]))
