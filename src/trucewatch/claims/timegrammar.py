"""The form of a rule of time: a pattern over word classes, and what it does with the words that match."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from trucewatch.claims.lexicon import Token
from trucewatch.claims.timewords import tables
from trucewatch.nouns import Noun, Period

Tense = Literal["past", "present", "future"]

# Pieces that many patterns share.
NUMBER = """(?:<number>(?:<dash>?<number>)?(?:<and><a><half>)?|<a>?<couple><of>?|<a>?<few>|<several>
    |<half><dash>?<a>?|<another>|<a>)"""
MORE_OR_LESS = "(?:<about>|<comparative><than>|<up><to>|<at><least>)"
ABOUT = MORE_OR_LESS + "*"
MONTH = "<monthname><dot>?"
DAY = "(?:<the>?(?:<dayno>|(?:<number><dash>)?<ordinal>))"
WHICH_YEAR = "(?:(?:<last>|<this>|<next>)<u_year>)"


class Unresolvable(Exception):
    """The words give no clue that can be resolved to days: for want of an anchor, or by their nature."""


class Standpoint(Noun):
    """From where words of time are read."""

    written: dt.date | None
    tense: Tense | None
    previous: Period | None = None
    """The time last spoken of, to which "the next day" and "two hours later" refer."""
    bound: int = 0
    """-1 where only the past can be meant ("since October"), 1 where only the future can."""

    @property
    def today(self) -> dt.date:
        """The day of writing; raises Unresolvable where it is unknown."""
        if self.written is None:
            raise Unresolvable
        return self.written

    @property
    def direction(self) -> int:
        """-1 for the past, 1 for the future, 0 where the tense does not tell; -2 and 2 by ``bound``."""
        return 2 * self.bound or {"past": -1, "future": 1}.get(self.tense or "", 0)

    @property
    def anchor(self) -> Period:
        """The time last spoken of; raises Unresolvable where there is none."""
        if self.previous is None:
            raise Unresolvable
        return self.previous


class Reading:
    """The words that matched a rule, and the standpoint."""

    def __init__(self, tokens: Sequence[Token], match: re.Match[str], standpoint: Standpoint) -> None:
        self._tokens = tokens
        self._match = match
        self.standpoint = standpoint

    @property
    def today(self) -> dt.date:
        """See Standpoint."""
        return self.standpoint.today

    @property
    def direction(self) -> int:
        """See Standpoint."""
        return self.standpoint.direction

    @property
    def anchor(self) -> Period:
        """See Standpoint."""
        return self.standpoint.anchor

    def tokens(self, group: str | int) -> Sequence[Token]:
        """The words of a group, none where the pattern has no such group or it took no part."""
        if group and group not in self._match.re.groupindex:
            return ()
        start, end = self._match.span(group)
        return self._tokens[start:end] if start >= 0 else ()

    def text(self, group: str | int) -> str:
        """The words of a group in lower case, parted by spaces."""
        return " ".join(token.text.lower() for token in self.tokens(group))

    def number(self, group: str) -> float:
        """The value of a number in figures or words: "two", "twenty-five", "a few" (3), "two and a half"."""
        return number([token.text for token in self.tokens(group)])

    def month(self, group: str) -> int:
        """1 to 12."""
        return tables().months[self.tokens(group)[0].text]

    def ordinal(self, group: str) -> int:
        """The value of "28", "28th", "first", "twenty-first"."""
        words = [t.text.lower() for t in self.tokens(group) if t.text[0].isalnum()]
        return round(sum(_value(word) for word in words))

    def unit(self, group: str) -> str:
        """``second`` to ``century``."""
        return tables().units[self.tokens(group)[-1].text.lower()]

    def year(self) -> int | None:
        """The year of the groups ``y`` (figures) or ``r`` ("last year"); None where both are absent."""
        if self.tokens("y"):
            return int(self.tokens("y")[0].text)
        which = self.tokens("r")
        if not which:
            return None
        return self.today.year + {"last": -1, "next": 1}.get(which[0].text.lower(), 0)

    def period(self, group: str, bound: int = 0) -> Period:
        """What a point of time inside this one means; ``bound``: see Standpoint."""
        return self._read(POINTS, group, bound)

    def span(self, group: str, bound: int = 0) -> Period:
        """What any words of time inside these mean."""
        return self._read([*SPANS, *POINTS], group, bound)

    def _read(self, rules: Sequence[Rule], group: str, bound: int) -> Period:
        standpoint = msgspec.structs.replace(self.standpoint, bound=bound or self.standpoint.bound)
        found = read(rules, self.tokens(group), standpoint)
        if found is None:
            raise Unresolvable
        return found[1]


def number(words: Sequence[str]) -> float:
    """The value of the words of a number; 1 where they hold none ("a week")."""
    values = [_value(word.lower()) for word in words if word[0].isalnum()]
    values = [value for value in values if value]
    if not values:
        return 1
    # "half a century", but "two and a half"
    return 0.5 if values[0] == 0.5 else sum(values)


def _value(word: str) -> float:
    if word[0].isdigit():
        return float(re.sub(r"\D", "", word))
    words = tables()
    vague = {"few": 3, "couple": 2, "several": 3, "half": 0.5}
    return words.numbers.get(word) or words.ordinals.get(word) or vague.get(word, 0)


class Rule(Noun):
    """A pattern over word classes with an id, and how its words become a period (None: they never do)."""

    id: str
    pattern: str
    resolve: Callable[[Reading], Period] | None


Resolver = Callable[[Reading], Period]


class Rules(list[Rule]):
    """Rules in the order in which they are tried; a list of them is the decorator that adds to it."""

    def __call__(self, id: str, *patterns: str) -> Callable[[Resolver], Resolver]:
        """Add a rule with these patterns; ``{point}`` in them stands for any point of time."""

        def add(resolver: Resolver) -> Resolver:
            self.extend(Rule(id=id, pattern=pattern, resolve=resolver) for pattern in patterns)
            return resolver

        return add

    def unresolved(self, id: str, *patterns: str) -> None:
        """Add a rule that finds words and resolves none."""
        self.extend(Rule(id=id, pattern=pattern, resolve=None) for pattern in patterns)


# Here, and not in the modules that fill them, because what is read inside a rule is read by these.
POINTS = Rules()
"""Points of time (timepoints.py)."""
SPANS = Rules()
"""Spans of time (timespans.py); they come before the points that they hold."""


def unnamed(pattern: str) -> str:
    """The pattern without names for its groups."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@functools.cache
def any_point() -> str:
    """A pattern for any point of time."""
    return "(?:" + "|".join(unnamed(rule.pattern) for rule in POINTS) + ")"


def full(pattern: str) -> str:
    """The pattern with ``{point}`` filled in."""
    return pattern.replace("{point}", any_point()) if "{point}" in pattern else pattern


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return tables().lexicon.compile(full(pattern))


def read(rules: Sequence[Rule], tokens: Sequence[Token], standpoint: Standpoint) -> tuple[Rule, Period] | None:
    """The first rule that takes all the tokens, and their period; None where there is no such rule.

    Raises Unresolvable where there is one and it gives no period, ValueError or OverflowError for days that
    are in no calendar.
    """
    codes = "".join(token.code for token in tokens)
    for rule in rules:
        match = _compiled(rule.pattern).fullmatch(codes)
        if match and rule.resolve:
            return rule, rule.resolve(Reading(tokens, match, standpoint))
        if match:
            raise Unresolvable
    return None
