"""A claim's values, each with the words that it rests on, why it is so, and how it is typed to correct it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch import codebook
from trucewatch.claim_words import ROLES
from trucewatch.judgements import FIELDS
from trucewatch.nouns import Claim, Count, Entity, Evidence, Period, Place
from trucewatch.translation import Language

SURE = 0.95
"""A model's score from which on nobody need look."""
HOW = {
    "type": "a type of the list",
    "mode": "a mode, or - for none",
    "status": "happened, ongoing, expected, possible, denied",
    "actors": "names, with ; between; behind one (SYR UAF) for country and sector; - for nobody",
    "recipients": "names, with ; between; behind one (SYR UAF) for country and sector; - for nobody",
    "place": "a name, with its country: Tripoli, LBN; - for unknown",
    "time": "2021-09-30, 2021-09, 2021 or 2021-09-28/2021-09-30; - for unknown",
    "attributed_to": "who says so; - for the outlet itself",
    "killed": "3 or 3-5; - for not told",
    "injured": "3 or 3-5; - for not told",
}
"""How the value of a field is typed."""
_SCORE = re.compile(r"^model ([\d.]+)")


class Reason(NamedTuple):
    """Why a value is what it is."""

    words: str
    """Of the report; empty where it rests on none of its own."""
    because: str
    score: float | None
    """How sure the model was, between 0 and 1."""
    start: int | None = None


class Value(NamedTuple):
    """A field, or one entity of a field."""

    field: str
    """The one that can be corrected: ``actors``, ``place`` ..."""
    shown: str | None
    """None where it is not known."""
    role: str
    reasons: tuple[Reason, ...]
    parts: tuple[tuple[str, str, tuple[Reason, ...]], ...] = ()
    """What is known of it beside: name, value, why."""


def values(claim: Claim, text: str, language: Language) -> Iterator[Value]:
    """Every value of a claim, in the order of the questions: what, whether, who, whom, where, when, who says so, how many."""
    why = _Why(claim.evidence, text)
    mode = language.t(claim.mode) if claim.mode else None
    kind = " · ".join(word for word in (language.t(claim.type), mode) if word)
    yield Value("type", kind, "trigger", why("trigger", "type"), _parts(("mode", mode, why("mode"))))
    yield Value("status", language.t(claim.status.value), "", why("status"))
    for side in ("actors", "recipients"):
        entities: Sequence[Entity] = getattr(claim, side)
        for at, entity in enumerate(entities):
            name = f"{side}[{at}]"
            country = language.country(entity.country) if entity.country else None
            known = (("country", country), ("sector", entity.sector), ("actor", entity.actor))
            parts = _parts(*((part, value, why(f"{name}.{part}")) for part, value in known))
            yield Value(side, entity.name, ROLES[side], why(name, f"{name}.name"), parts)
        if not entities:
            yield Value(side, None, ROLES[side], ())
    yield _place(claim.place, why, language)
    yield Value("time", language.period(claim.time) if claim.time else None, "time", why("time"))
    voice = claim.attributed_to or language.t("the outlet itself")
    yield Value("attributed_to", voice, "says", why("attributed_to"))
    for field in ("killed", "injured"):
        people: Count | None = getattr(claim, field)
        yield Value(field, _range(people, "–") if people else None, "toll", why(field))


def typed(claim: Claim) -> dict[str, str]:
    """What the value of each field is when a person types it."""
    return {field: _typed(getattr(claim, field)) for field in FIELDS}


def doubt(claim: Claim) -> tuple[float, str]:
    """The model's lowest score in a claim, and the field that it is of; 1 where it was sure of all."""
    found = [(score, line.field) for line in claim.evidence if (score := score_of(line.because)) is not None]
    score, field = min(found, default=(1.0, "type"))
    return score, field.partition("[")[0].partition(".")[0].replace("trigger", "type")


def score_of(because: str) -> float | None:
    """The model's score, where a reason is one."""
    said = _SCORE.match(because)
    return float(said[1].rstrip(".")) if said else None


class _Why:
    """The reasons of a claim's values, by the names that evidence gives them."""

    def __init__(self, evidence: Sequence[Evidence], text: str) -> None:
        self._text = text
        self._of: dict[str, list[Evidence]] = {}
        for line in evidence:
            self._of.setdefault(line.field, []).append(line)

    def __call__(self, *names: str) -> tuple[Reason, ...]:
        found = [self._reason(line) for name in names for line in self._of.get(name, ())]
        return tuple(dict.fromkeys(found))

    def _reason(self, line: Evidence) -> Reason:
        words = "" if line.start is None or line.end is None else self._text[line.start : line.end]
        why = codebook.load().with_lines(line.because)
        return Reason(" ".join(words.split()), why, score_of(line.because), line.start)


def _place(place: Place | None, why: _Why, language: Language) -> Value:
    if place is None:
        return Value("place", None, "place", ())
    country = language.country(place.country) if place.country else None
    at = "{:.2f} {:.2f}".format(*place.point) if place.point else None
    known = (
        ("country", country),
        ("precision", language.t(place.precision) if place.precision else None),
        ("coordinates", at),
        ("gazetteer", place.gazetteer or language.t("not found there")),
    )
    parts = _parts(*((name, value, ()) for name, value in known))
    return Value("place", place.name, "place", why("place"), parts)


def _parts(*known: tuple[str, str | None, tuple[Reason, ...]]) -> tuple[tuple[str, str, tuple[Reason, ...]], ...]:
    return tuple((name, value, reasons) for name, value, reasons in known if value)


def _typed(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_typed, value)) or "-"
    if isinstance(value, Entity):
        known = " ".join(part for part in (value.country, value.sector) if part)
        return f"{value.name} ({known})" if known else value.name
    if isinstance(value, Place):
        return f"{value.name}, {value.country}" if value.country else value.name
    if isinstance(value, Count):
        return _range(value, "-")
    if isinstance(value, Period):
        return _days(value)
    return str(value) if value is not None else "-"


def _days(period: Period) -> str:
    cut = {"day": 10, "month": 7, "year": 4}.get(period.precision)
    return f"{period.start}"[:cut] if cut else f"{period.start}/{period.end}"


def _range(people: Count, dash: str) -> str:
    return f"{people.low}" if people.low == people.high else f"{people.low}{dash}{people.high}"
