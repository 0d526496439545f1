"""Rulings as the forms of pages send them: what is to be done, why, and what was seen when it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trucewatch import rulings
from trucewatch.errors import DeskError, JudgementError, OvertakenError
from trucewatch.judgements import About, unknown
from trucewatch.nouns import Judgement, Ruling
from trucewatch.rulings import Hand, Seen
from trucewatch.web.view import View

REASON = 2000
"""Characters of a reason, at most."""
AS_TYPED = "as-typed"
"""Behind ``correct``: names that no table knows are meant as they are."""
VERDICTS = {"accept": Ruling.ACCEPT, "reject": Ruling.REJECT}


class Subject(NamedTuple):
    """What is ruled on."""

    claims: tuple[str, ...]
    """A claim, or those of an incident."""
    incident: str | None
    """The incident, or the one that the claim is in."""


class Trouble(NamedTuple):
    """Why a ruling was not taken."""

    status: int
    text: str = ""
    fresh: tuple[Judgement, ...] = ()
    """What was ruled meanwhile."""
    undone: int = 0
    """How many of the judgements that were seen have no force any more."""
    unknown: tuple[str, ...] = ()
    """Names of a correction that no table knows: it is kept once somebody says that they are meant so."""


def take(view: View, subject: Subject) -> Trouble | None:
    """Keep what a form rules on a subject; None where that went well, or was done already."""
    deed, _, of = view.field("ruling").partition(" ")
    view.act = f"judge {deed}" if deed else ""
    view.about = subject.claims[0] if len(subject.claims) == 1 else subject.incident or ""
    seen = Seen(claims=subject.claims, judgements=frozenset(view.field("seen").split()))
    hand = Hand(by=view.someone.name, reason=view.field("reason")[:REASON])
    try:
        ruling, about = _meant(view, subject, deed, of)
        if deed == "correct" and of != AS_TYPED and (names := _unknown(about)):
            return Trouble(422, unknown=names)
        rulings.judge(view.desk, ruling, about, hand, seen)
    except OvertakenError as error:
        return _overtaken(view, seen, ruling, str(error))
    except (JudgementError, DeskError) as error:
        return Trouble(400, str(error))
    return None


def _meant(view: View, subject: Subject, deed: str, of: str) -> tuple[Ruling, Sequence[About]]:
    claims, whole = subject
    if deed == "undo":
        return Ruling.UNDO, rulings.undoing(view.desk, [of])
    if deed == "merge":
        others = [str(one) for field in view.form.getlist("with") for one in str(field).replace(",", " ").split()]
        if not others:
            raise JudgementError("Tick what it is one event with, or give an id of it.")
        return Ruling.SAME, rulings.merging(view.desk, [whole or claims[0], *others])
    if deed == "split":
        parts = claims if len(claims) == 1 else [str(one) for one in view.form.getlist("part")]
        if not parts:
            raise JudgementError("Tick the claims that are another event.")
        return Ruling.DIFFERENT, rulings.splitting(view.desk, whole or claims[0], parts)
    if deed == "correct":
        if not view.field("value"):
            raise JudgementError("Type the right value, or - for none.")
        return Ruling.CORRECT, rulings.correcting(view.desk, claims[0], view.field("field"), view.field("value"))
    if deed in VERDICTS and len(claims) == 1:
        return VERDICTS[deed], [About(claims=claims)]
    raise JudgementError("There is nothing of that kind to do.")


def _unknown(about: Sequence[About]) -> tuple[str, ...]:
    return tuple(name for one in about if one.field and one.value for name in unknown(one.field, one.value))


def _overtaken(view: View, seen: Seen, ruling: Ruling, text: str) -> Trouble | None:
    """What came in between; a key pressed twice is no trouble."""
    now = rulings.touching(view.desk.judgements(), seen.claims)
    fresh = tuple(one for one in now if one.id not in seen.judgements)
    undone = len(seen.judgements - {one.id for one in now})
    if fresh and not undone and all(one.by == view.someone.name and one.ruling is ruling for one in fresh):
        return None
    return Trouble(409, text, fresh, undone)
