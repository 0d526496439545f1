"""What an incident can be to a clause, and what is found of it."""

from __future__ import annotations

import enum
from typing import NamedTuple

from trucewatch.english import Said


class Verdict(enum.StrEnum):
    """What an incident is to a clause of a truce."""

    ALLEGED = "alleged"
    """One source says so, or several that all stand on one side, or quote one voice."""
    CORROBORATED = "corroborated"
    """Two independent sources or more say so and name who did it, not all of them on one word."""
    VERIFIED = "verified"
    """The truce's monitor found it so, or a person ruled so."""
    DENIED = "denied"
    """All who speak of it say that it did not happen."""
    DISPUTED = "disputed"
    """Sources contradict each other on whether it happened, or on who did it, or he to whom it is laid denies it."""
    CARVED_OUT = "carved out"
    """Its target is one that the truce leaves unprotected."""
    OUT_OF_SCOPE = "out of scope"
    """Another time, another place, strangers to the truce, or fighting within one side."""
    NO_VERDICT = "no verdict"
    """Too little is known: no day, no place, nobody named, or only foreseen."""


ORDER = (
    Verdict.OUT_OF_SCOPE,
    Verdict.DENIED,
    Verdict.NO_VERDICT,
    Verdict.CARVED_OUT,
    Verdict.DISPUTED,
    Verdict.VERIFIED,
    Verdict.CORROBORATED,
    Verdict.ALLEGED,
)
"""Of several findings on one incident the one that comes first here is the verdict."""

TOLD = (
    Verdict.VERIFIED,
    Verdict.CORROBORATED,
    Verdict.DISPUTED,
    Verdict.ALLEGED,
    Verdict.CARVED_OUT,
    Verdict.DENIED,
    Verdict.NO_VERDICT,
    Verdict.OUT_OF_SCOPE,
)
"""Of an incident's verdicts under several clauses it is told by the one that comes first here; lists have them in this order."""


class Finding(NamedTuple):
    """What a question found: a verdict, and words that go into the reason. ``alleged`` is what is left by default."""

    verdict: Verdict
    words: Said | None = None
