"""Step 3, when: the words of time in an English sentence, and the period they mean to one who writes on a given day.

The rules and their conventions are listed in ``docs/times.md``; their words are in ``codebook/times.toml``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from typing import Literal

from trucewatch.claims.lexicon import BREAK
from trucewatch.claims.timeanchors import ANCHORED, VAGUE
from trucewatch.claims.timegrammar import Rule, Rules, Standpoint, Tense, Unresolvable, has_core, lexicon, read
from trucewatch.claims.timepoints import POINTS
from trucewatch.claims.timespans import SPANS
from trucewatch.nouns import Noun, Period, Status

RULES = Rules([*SPANS, *ANCHORED, *POINTS, *VAGUE])
"""Every rule in the order of trying: spans before the points that they hold, so that the longer words win."""

COUNTED_ON = frozenset(rule.id for rule in ANCHORED) - {"time of day"}
"""Rules that count from a time last spoken of."""


class TimeWords(Noun):
    """Words of time, characters ``start`` to ``end`` of the sentence, and the id of their rule."""

    start: int
    end: int
    rule: str


class Resolved(Noun):
    """The period that words of time mean, and the id of the rule that says so."""

    period: Period
    rule: str


@functools.lru_cache(maxsize=16)  # every mention of a passage asks
def find(sentence: str) -> tuple[TimeWords, ...]:
    """All words of time of a sentence, in order, never overlapping; whether they can be resolved or not."""
    tokens = lexicon().tokens(sentence)
    # the first character keeps a month or year at the head of a sentence from passing for a whole phrase
    codes = BREAK + "".join(token.code for token in tokens)
    if not has_core(codes):
        return ()
    found = []
    for match in RULES.pattern.finditer(codes):
        first, last = tokens[match.start() - 1], tokens[match.end() - 2]
        found.append(TimeWords(start=first.start, end=last.end, rule=RULES.of(match).id))
    return tuple(found)


def resolve(
    words: str,
    written: dt.date | None,
    tense: Tense | None = None,
    previous: Period | None = None,
    *,
    over: bool = False,
) -> Resolved | None:
    """The period that words of time mean to one who writes on the day ``written``.

    ``tense`` is that of the verb, ``previous`` the time last spoken of ("the next day" counts from it), ``over`` whether it is known
    to have begun, whatever the tense. None where the words give no clue, or count from a day that is not known: the day of writing
    never stands in for it.
    """
    standpoint = Standpoint(written=written, tense=tense, previous=previous, bound=-1 if over else 0)
    found = None
    with contextlib.suppress(Unresolvable, ValueError, OverflowError):  # the 31st of June, the year 0
        found = read(RULES, lexicon().tokens(words), standpoint) or _inside(words, standpoint)
    return Resolved(period=found[1], rule=found[0].id) if found else None


def _inside(words: str, standpoint: Standpoint) -> tuple[Rule, Period] | None:
    """The longest words of time among others that mean a period: "on Sunday evening local time"."""
    for inside in sorted(find(words), key=lambda found: found.start - found.end):
        with contextlib.suppress(Unresolvable, ValueError, OverflowError):
            return read(RULES, lexicon().tokens(words[inside.start : inside.end]), standpoint)
    return None


CARRIED_SENTENCES = 3  # how far back a time that was told may be carried to an event without one
FEW_DAYS = 3  # days that a bulletin tells of as of one


def default_period(
    status: Status, tense: Tense | None, written: dt.date | None, previous: Period | None
) -> Resolved | None:
    """The time of an event whose own sentences give none: that of the scene, or None. Never the day of writing.

    ``previous`` is the time last told, about ``CARRIED_SENTENCES`` sentences back at most; ``tense`` is "past" for the simple past
    alone, since "had attacked" and "have attacked" leave the scene. Only what happened, or is said not to have, goes on where the story
    stood, and only on a day, in a week or in a bulletin's few days that have come ("over the past 24 hours").
    """
    if status not in (Status.HAPPENED, Status.DENIED) or tense != "past" or previous is None:
        return None
    if written is not None and previous.start > written:
        return None
    few_days = (previous.end - previous.start).days < FEW_DAYS and (written is None or previous.start < written)
    if previous.precision not in ("day", "week") and not few_days:
        return None
    return Resolved(period=previous, rule="carried")


ByTense = Literal["words of the news", "under way"]
"""The rules by which tense dates what no words date."""


def by_tense(rule: ByTense, written: dt.date) -> Period:
    """When something was that no words date: news is of its day or the day before, what goes on does so as it is told."""
    if rule == "under way":
        return Period(start=written, end=written, precision="day")
    return Period(start=written - dt.timedelta(days=1), end=written, precision="span")
