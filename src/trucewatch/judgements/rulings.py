"""Judgements: how one is made, which are in force, and what they do to a claim and to pairs of claims."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from trucewatch.errors import JudgementError
from trucewatch.judgements.fields import meant
from trucewatch.nouns import Claim, Evidence, Judgement, Noun, Ruling

PAIRS = frozenset({Ruling.SAME, Ruling.DIFFERENT, Ruling.UNSURE})
"""Rulings on two claims."""
VERDICTS = frozenset({Ruling.ACCEPT, Ruling.CORRECT, Ruling.REJECT})
"""Rulings on one claim."""

Pair = tuple[str, str]
"""Ids of two claims, sorted."""


class About(Noun):
    """What a judgement is about: claims, a field and its right value (as JSON), or an earlier judgement."""

    claims: tuple[str, ...] = ()
    field: str | None = None
    value: str | None = None
    undoes: str | None = None


def made(ruling: Ruling, by: str, at: dt.datetime, reason: str, about: About) -> Judgement:
    """A judgement with its id; ``at`` is a moment with a time zone.

    Raises JudgementError where it cannot be: a wrong number of claims, nobody's name, a value that does not
    fit its field.
    """
    wanted = 2 if ruling in PAIRS else 0 if ruling is Ruling.UNDO else 1
    if not by.strip():
        raise JudgementError("a judgement needs the name of who judges")
    if at.tzinfo is None:
        raise JudgementError("a judgement's time needs a time zone")
    if len(set(about.claims)) != wanted or len(about.claims) != wanted:
        raise JudgementError(f"{ruling.value} takes {wanted or 'no'} claim{'' if wanted == 1 else 's'}")
    if (ruling is Ruling.UNDO) != (about.undoes is not None):
        raise JudgementError("undo, and nothing else, names the judgement that it undoes")
    if (ruling in (Ruling.CORRECT, Ruling.OVERRULE)) != (about.field is not None):
        raise JudgementError("a correction or an overruling, and nothing else, names a field")
    if about.field is not None and ruling is Ruling.CORRECT:
        meant(about.field, about.value or "")
    parts = (ruling.value, by, at.astimezone(dt.UTC).isoformat(), reason, *msgspec.structs.astuple(about))
    digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
    return Judgement(id=digest[:12], ruling=ruling, by=by, at=at, reason=reason, **msgspec.structs.asdict(about))


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those that nobody undid, the oldest first, without the undoings themselves; undoing an undoing restores."""
    every = sorted({one.id: one for one in judgements}.values(), key=lambda one: (one.at, one.id))
    ended = undone(every)
    return tuple(one for one in every if one.ruling is not Ruling.UNDO and one.id not in ended)


def undone(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Ids of the judgements without force, undoings among them: each is undone by another that is in force."""
    every = list(judgements)
    undoings: dict[str, list[str]] = {}
    for one in every:
        if one.undoes is not None:
            undoings.setdefault(one.undoes, []).append(one.id)
    ended: dict[str, bool] = {}
    asked = [one.id for one in every]
    while asked:  # no recursion: undoings of undoings may be a thousand deep
        its = undoings.get(asked[-1], [])
        if unknown := [one for one in its if one not in ended]:
            asked += unknown
        else:
            id_ = asked.pop()
            ended[id_] = not all(ended[one] for one in its)
    return frozenset(one.id for one in every if ended[one.id])


def must_and_cannot(judgements: Iterable[Judgement]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """The pairs that are one event and those that are not: of several rulings on a pair the newest counts."""
    newest: dict[Pair, Ruling] = {}
    for one in in_force(judgements):
        if one.ruling in PAIRS:
            first, second = sorted(one.claims)
            newest[first, second] = one.ruling
    must = frozenset(pair for pair, ruling in newest.items() if ruling is Ruling.SAME)
    cannot = frozenset(pair for pair, ruling in newest.items() if ruling is Ruling.DIFFERENT)
    return must, cannot


def judged(claim: Claim, judgements: Sequence[Judgement]) -> Claim | None:
    """The claim as people have it: corrected, or None where the last word on it is that it is wrong.

    Judgements on other claims are passed over. A correction after a rejection takes it back; of two
    corrections of a field the newer counts. A new type drops the mode, which belongs to the old one, unless the
    mode is corrected too.
    """
    verdicts = [one for one in in_force(judgements) if one.ruling in VERDICTS and claim.id in one.claims]
    if not verdicts:
        return claim
    if verdicts[-1].ruling is Ruling.REJECT:
        return None
    corrections = {one.field: one for one in verdicts if one.field is not None}
    if "type" in corrections and "mode" not in corrections:
        claim = _with(claim, "mode", None, corrections["type"].by)
    for field, one in corrections.items():
        claim = _with(claim, field, meant(field, one.value or ""), one.by)
    return claim


def _with(claim: Claim, field: str, value: Any, by: str) -> Claim:
    if value == getattr(claim, field):
        return claim
    others = tuple(line for line in claim.evidence if line.field.split("[")[0].split(".")[0] != field)
    names = [f"{field}[{i}]" for i in range(len(value))] if isinstance(value, tuple) and value else [field]
    ours = tuple(Evidence(field=name, because=f"correction by {by}") for name in names)
    return msgspec.structs.replace(claim, **{field: value}, evidence=others + ours)
