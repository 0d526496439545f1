"""Claims and judgements for the tests of this folder."""

from __future__ import annotations

import datetime as dt

from trucewatch.judgements import About, made
from trucewatch.nouns import Claim, Judgement, Ruling, Span, Status

START = dt.datetime(2021, 10, 2, 12, tzinfo=dt.UTC)


def claim(id_: str = "r1.aa", **fields: object) -> Claim:
    """A claim of a shelling."""
    base = {
        "id": id_,
        "report": id_.split(".")[0],
        "type": "ASSAULT",
        "mode": "heavy-weapons",
        "status": Status.HAPPENED,
        "trigger": Span(start=0, end=7),
        "mentions": (Span(start=0, end=30),),
    }
    return Claim(**base | fields)  # type: ignore[arg-type]


def ruled(ruling: Ruling, minute: int, about: About, by: str = "Ann") -> Judgement:
    """A judgement of that minute."""
    return made(ruling, by, START + dt.timedelta(minutes=minute), "", about)


def on_pair(ruling: Ruling, one: str, other: str, minute: int) -> Judgement:
    """A ruling on two claims."""
    return ruled(ruling, minute, About(claims=(one, other)))


def on_claim(ruling: Ruling, one: str, minute: int, by: str = "Ann") -> Judgement:
    """A ruling on one claim."""
    return ruled(ruling, minute, About(claims=(one,)), by)


def undo(one: Judgement, minute: int, by: str = "Ann") -> Judgement:
    """An undoing."""
    return ruled(Ruling.UNDO, minute, About(undoes=one.id), by)
