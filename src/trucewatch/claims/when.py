"""When: the words of time in an English sentence, and the period they mean to one who writes on a given day.

The rules and their conventions are listed in ``docs/times.md``; their words are in ``codebook/times.toml``.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence

from trucewatch.claims import timepoints, timespans
from trucewatch.claims.lexicon import BREAK, OTHER, Token
from trucewatch.claims.timegrammar import (
    POINTS,
    SPANS,
    Rule,
    Standpoint,
    Tense,
    Unresolvable,
    full,
    read,
    unnamed,
)
from trucewatch.claims.timewords import tables
from trucewatch.nouns import Noun, Period

__all__ = ["Resolved", "Tense", "TimeWords", "find", "resolve", "timepoints", "timespans"]


class TimeWords(Noun):
    """Words of time: characters ``start`` to ``end`` of the sentence, and the id of the rule that knows them."""

    start: int
    end: int
    rule: str


class Resolved(Noun):
    """The period that words of time mean, and the id of the rule that says so."""

    period: Period
    rule: str


def find(sentence: str) -> list[TimeWords]:
    """All words of time of a sentence, in order, never overlapping; whether they can be resolved or not."""
    tokens = tables().lexicon.tokens(sentence)
    # the first character keeps a month or year at the head of a sentence from passing for a whole phrase
    codes = BREAK + "".join(token.code for token in tokens)
    rules, pattern = _any()
    found = []
    for match in pattern.finditer(codes):
        first, last = tokens[match.start() - 1], tokens[match.end() - 2]
        found.append(
            TimeWords(
                start=first.start, end=last.end, rule=rules[match.lastindex - 1 if match.lastindex else 0].id
            )
        )
    return found


@functools.cache
def _any() -> tuple[Sequence[Rule], re.Pattern[str]]:
    """All rules as one pattern with a group for each."""
    rules = [*SPANS, *POINTS]
    choice = "|".join(f"({unnamed(full(rule.pattern))})" for rule in rules)
    return rules, tables().lexicon.compile(rf"(?=[^{OTHER}{re.escape(BREAK)}])(?:{choice})")


def resolve(
    words: str, written: dt.date | None, tense: Tense | None = None, previous: Period | None = None
) -> Resolved | None:
    """The period that words of time mean to one who writes on the day ``written``.

    ``tense`` is that of the verb, ``previous`` the time last spoken of ("the next day" counts from it). None where the
    words give no clue, or one that counts from a day that is not known: the day of writing never stands in for it.
    """
    tokens = tables().lexicon.tokens(words)
    standpoint = Standpoint(written=written, tense=tense, previous=previous)
    try:
        rule, period = read([*SPANS, *POINTS], _trimmed(tokens), standpoint)
    except (Unresolvable, ValueError, OverflowError):  # the 31st of June; the year 0
        return None
    return Resolved(period=period, rule=rule.id)


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without what stands around the words of time: "on", "in", a full stop."""
    return tokens
