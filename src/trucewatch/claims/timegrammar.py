"""Step 3, when: the classes of words of time (``codebook/times.toml``) and the form of a rule: a pattern over them, and its period."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from trucewatch.claims import periods
from trucewatch.claims.lexicon import BREAK, OTHER, Lexicon, Token, table
from trucewatch.nouns import Noun, Period

_WHOLE = ("May", "June", "July")
"""Short names of months that are no abbreviations."""
Tense = Literal["past", "present", "future"]
# Pieces that many patterns share.
NUMBER = """(?:<number>(?:<dash>?<number>)?(?:<and><a><half>)?|<a>?<couple><of>?|<a>?<few>|<several>
    |<half><dash>?<a>?|<another>|<a>)"""
MORE_OR_LESS = "(?:<about>|<comparative><than>|<up><to>|<at><least>)"
ABOUT = MORE_OR_LESS + "{0,4}"
MONTH = "(?:<short_month><dot>?|<monthname>)"
DAY = "(?:<the>?(?:<dayno>|(?:<number><dash>)?<ordinal>))"
WHICH_YEAR = "(?:(?:<last>|<this>|<next>)<u_year>)"
WHICH = {"last": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1}
"""Which of several in a row such a word means, counted from the present one."""
# One of these stands among the first words of every expression: a cheap test before the rules are tried.
_CORE = """(?:<unit>|<weekday>|<weekdays>|<short_weekday>|<monthname>|<year>|<decade>|<decade_word>|<daypart>
    |<overnight>|<today>|<yesterday>|<tomorrow>|<midweek>|<season>|<fall>|<holiday>|<era>|<iso>|<slash>|<clock>|<ampm>
    |<clock_word>|<recurring>|<vague>|<present>|<presence>|<now>|<since>|<quarterly>|<half>|<bygone>|<future>|<so>|<long>
    |<date>|<stretch>)"""


class TimeTables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of ``times.toml``."""

    classes: Mapping[str, Sequence[str]]
    months: Mapping[str, int]
    decades: Mapping[str, int]
    units: Mapping[str, str]
    several: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    """First and last month."""
    holidays: Mapping[str, Sequence[int]]
    """Month and day; or month, n and weekday; or days after Easter; or nothing."""
    hijri: Mapping[str, tuple[int, int, int]]
    """Month and day of the Islamic year, and how many days."""
    eras: Mapping[str, tuple[dt.date, dt.date]]
    masks: Mapping[str, Sequence[str]]

    def lexicon(self) -> Lexicon:
        """The words with their classes."""
        short = [name for name in self.months if len(name) < 5 and name.title() not in _WHOLE]
        classes: dict[str, Sequence[str]] = {
            **self.classes,
            "monthname": list(self.months),
            "short_month": short,
            "number": list(self.numbers),
            "ordinal": list(self.ordinals),
            "decade_word": list(self.decades),
            "unit": list(self.units),
            "units": [word for word in self.units if word.endswith("s")],
            **{f"u_{unit}": [w for w, u in self.units.items() if u == unit] for unit in self.units.values()},
        }
        return Lexicon(
            classes, {"holiday": [*self.holidays, *self.hijri], "era": self.eras, None: self.masks["phrases"]}, _figure
        )


def _figure(digits: str, suffix: str) -> frozenset[str]:
    """A number may be a day of the month or a year; "1990s" and "90s" are decades, "28th" is an ordinal."""
    day = len(digits) <= 2 and 1 <= int(digits) <= 31
    if suffix == "s":
        return frozenset(["decade"] if len(digits) in (2, 4) and digits.endswith("0") else ["number"])
    if suffix:
        return frozenset(["ordinal", "dayno"] if day else ["ordinal"])
    if day:
        return frozenset(["number", "dayno"])
    if len(digits) == 4 and "1900" <= digits <= "2035":
        return frozenset(["number", "year", "likely_year"])
    return frozenset(["number", "year"] if len(digits) == 4 and "1000" <= digits <= "2199" else ["number"])


@functools.cache
def tables() -> TimeTables:
    """The tables, read once."""
    read = table("times.toml", TimeTables)
    # headings write "MARCH 3"
    return msgspec.structs.replace(read, months={**read.months, **{name.upper(): n for name, n in read.months.items()}})


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, made once."""
    return tables().lexicon()


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
        """-1 for the past, 1 for the future, 0 where the tense does not tell."""
        return self.bound or {"past": -1, "future": 1}.get(self.tense or "", 0)

    @property
    def anchor(self) -> Period:
        """The time last spoken of; raises Unresolvable where there is none."""
        if self.previous is None:
            raise Unresolvable
        return self.previous


class Matched(Standpoint, kw_only=True):
    """The words that matched a rule, read from a standpoint."""

    words: Sequence[Token]
    match: re.Match[str]

    def tokens(self, group: str | int) -> Sequence[Token]:
        """The words of a group, none where the pattern has no such group or it took no part."""
        if group and group not in self.match.re.groupindex:
            return ()
        start, end = self.match.span(group)
        return self.words[start:end] if start >= 0 else ()

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

    def several(self, group: str) -> float:
        """How many units a plural without a number stands for; one for a singular."""
        return tables().several.get(self.unit(group), 3) if self.text(group).endswith("s") else 1

    def year(self) -> int | None:
        """The year of the groups ``y`` (figures) or ``r`` ("last year"); None where both are absent."""
        if self.tokens("y"):
            return int(self.tokens("y")[0].text)
        which = self.tokens("r")
        if not which:
            return None
        return self.today.year + WHICH.get(which[0].text.lower(), 0)

    def nearest(self, in_year: Callable[[int], Period], reach: int = 1) -> Period:
        """Of a period that comes every year, the one that the tense and the day of writing tell."""
        years = range(self.today.year - reach, self.today.year + reach + 1)
        return periods.nearest([in_year(year) for year in years], self.today, self.direction)

    def period(self, group: str, bound: int = 0) -> Period:
        """What a point of time inside this one means; ``bound``: see Standpoint."""
        return self._read(POINTS, group, bound)

    def span(self, group: str, bound: int = 0) -> Period:
        """What any words of time inside these mean."""
        return self._read(_inner(), group, bound)

    def _read(self, rules: Rules, group: str, bound: int) -> Period:
        """The period that the words of a group mean by some rules; raises Unresolvable where they mean none."""
        found = read(rules, self.tokens(group), msgspec.structs.replace(self, bound=bound or self.bound))
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
    """What a number, an ordinal or a word like "few" stands for; 0 for other words."""
    if word[0].isdigit():
        return float(re.sub(r"\D", "", word))
    words = tables()
    vague = {"few": 3, "couple": 2, "several": 3, "half": 0.5}
    return words.numbers.get(word) or words.ordinals.get(word) or vague.get(word, 0)


class Rule(Noun):
    """A pattern over word classes with an id, and how its words become a period (None: they never do)."""

    id: str
    pattern: str
    resolve: Callable[[Matched], Period] | None


Resolver = Callable[[Matched], Period]


class Rules(list[Rule]):
    """Rules in the order in which they are tried; a list of them is the decorator that adds to it."""

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """All of them as one pattern, with a group for each; to be asked for when all are there."""
        choice = "|".join(f"({_unnamed(_full(rule.pattern))})" for rule in self)
        return lexicon().compile(rf"(?=[^{OTHER}{re.escape(BREAK)}])(?=.{{0,7}}?{_CORE})(?:{choice})")

    def of(self, match: re.Match[str]) -> Rule:
        """The rule that a match of ``pattern`` is by."""
        return self[(match.lastindex or 1) - 1]

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


@functools.cache
def _inner() -> Rules:
    """What may stand inside a span."""
    return Rules([*SPANS, *POINTS])


def has_core(codes: str) -> bool:
    """Whether words may hold an expression of time at all; all rules together take a quarter of a second to compile."""
    return _compiled(_CORE).search(codes) is not None


def _unnamed(pattern: str) -> str:
    """The pattern without names for its groups."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@functools.cache
def _any_point() -> str:
    """A pattern for any point of time."""
    return "(?:" + "|".join(_unnamed(rule.pattern) for rule in POINTS) + ")"


def _full(pattern: str) -> str:
    """The pattern with ``{point}`` filled in."""
    return pattern.replace("{point}", _any_point()) if "{point}" in pattern else pattern


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once."""
    return lexicon().compile(_full(pattern))


def read(rules: Rules, tokens: Sequence[Token], standpoint: Standpoint) -> tuple[Rule, Period] | None:
    """The first rule that takes all the tokens, and their period; None where there is no such rule.

    Raises Unresolvable where there is one and it gives no period, ValueError or OverflowError for days that are in
    no calendar.
    """
    codes = "".join(token.code for token in tokens)
    match = rules.pattern.fullmatch(codes)
    if match is None:
        return None
    rule = rules.of(match)
    inside = _compiled(rule.pattern).fullmatch(codes)
    if rule.resolve is None or inside is None:
        raise Unresolvable
    seen_from = {field: getattr(standpoint, field) for field in Standpoint.__struct_fields__}
    return rule, rule.resolve(Matched(words=tokens, match=inside, **seen_from))
