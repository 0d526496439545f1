"""Step 3, when: days from which words count that the text itself gives: a picture's, that of a report without a date, one just told."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping

from trucewatch.claims import periods, when
from trucewatch.claims.phrase import listed
from trucewatch.claims.timegrammar import Tense
from trucewatch.claims.tree import Tree
from trucewatch.nouns import Period, Report

NO_SCENE = ("now", "era", "so much of an era", "so long to")
"""Rules of words that set no scene: the teller's time, that of a war that is named, and that over which something is summed up."""
REACH = 300  # characters from a time that dates no event to words that count from it
OPENING = 500  # characters from the head of a report in which a full date is its own
_DATES = ("date", "days of a month")
_NAMED = (*_DATES, "weekday", "night to a weekday", "from to", "time of")
"""Name a day that is found again near another: not "last year" or "now", which only the teller's own day settles."""
NEAR_DAYS = 31
"""How far from the day that the text gives such a day may lie: farther, the year may be another."""
_CAPTION = re.compile(
    r"^FILE\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, (?:19|20)\d\d\W*$"
)
"""How the caption of a picture begins, or ends: with the day on which it was taken."""
_CAPTION_ENDS = re.compile(r"[\s.]*")
_BACKGROUND = re.compile(r"\b(?:the|since|after|before)\s$", re.IGNORECASE)
"""A date before which these stand is that of something else: "the October 3, 1980, bombing"."""

_YEAR = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Oo]f|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id|the|from|[A-Z][a-z]{2,8}\.?|\d,?)[ -])"
    r"((?:19[5-9]|20[0-4])\d)\b(?![-,]?\d| [a-z]+s\b)"
)
"""A year among other words, and no number of things: "in 2014", "of August 2018"."""


@functools.lru_cache(maxsize=16)  # every mention of a passage asks
def pictured(passage: str) -> dt.date | None:
    """The day with which the caption of a picture ends: "Troops at a checkpoint in Mosul, Iraq, Oct. 19, 2016"."""
    found = when.find(passage)
    last = found[-1] if found else None
    if last is None or not passage[: last.start].endswith(", ") or not _CAPTION_ENDS.fullmatch(passage, last.end):
        return None
    return _full(passage[last.start : last.end])


@functools.lru_cache(maxsize=4)  # every mention of a report asks
def opening(text: str) -> dt.date | None:
    """The first day that the head of a report names with its year and not as the background."""
    head = text[:OPENING]
    days = (_full(head[w.start : w.end]) for w in when.find(head) if not _BACKGROUND.search(head[: w.start]))
    return next(filter(None, days), None)


def last_year(text: str) -> dt.date | None:
    """The end of the last year that a text tells of."""
    years = [int(found[1]) for found in _YEAR.finditer(text)]
    return dt.date(max(years), 12, 31) if years else None


def near(
    words: str, day: dt.date | None, told: dt.date | None, tense: Tense | None
) -> tuple[when.Resolved, dt.date] | None:
    """What words that name a day mean beside the day that the text gives, or else the one last told; and that day."""
    if when.resolve(words, None):
        return None
    for beside, rules in ((day, _NAMED), (told, _DATES)):
        found = when.resolve(words, beside, tense) if beside else None
        if beside and found and found.rule in rules and abs((found.period.start - beside).days) <= NEAR_DAYS:
            return found, beside
    return None


def mentioned(report: Report, begin: int, end: int) -> Period | None:
    """The last time told between two characters, though it dates no event: "will talk *on 4 August*. On that day ..."."""
    begin = max(begin, end - REACH)
    for found in reversed(when.find(report.text[begin:end])):
        seen = when.resolve(report.text[begin + found.start : begin + found.end], report.written, "past")
        if seen and seen.rule not in (*NO_SCENE, *when.COUNTED_ON) and seen.period.precision != "span":
            return seen.period
    return None


def called(noun: str) -> str:
    """What something that has begun is called, whatever the word: a ceasefire is a truce."""
    return "truce" if noun in listed("tense", "truces") else noun


def begun_in(words: str, begun: Mapping[str, Period]) -> Period | None:
    """The day of something told of with its day that words name: "days before *the meeting*"."""
    return next((begun[noun] for word in words.lower().split() if (noun := called(word)) in begun), None)


def since_begun(words: str, written: dt.date | None, begun: Mapping[str, Period]) -> when.Resolved | None:
    """What words mean that count from something told of with its day: "*since the truce* began"."""
    since, _, rest = words.partition(" ")
    first = begun_in(rest, begun)
    if since.lower() != "since" or first is None or written is None or first.start > written:
        return None
    return when.Resolved(period=periods.span(first.start, written), rule="since then")


def _full(words: str) -> dt.date | None:
    """The day of a date with its year."""
    found = when.resolve(words, None)
    return found.period.start if found and found.rule in ("date", "iso") else None


def is_caption(tree: Tree) -> bool:
    """Whether a passage stands under a picture; a sentence may tell what was done "on April 6, 1994"."""
    found = _CAPTION.search(tree.text)
    if found is None or not found.start() or tree.text[: found.start()].endswith(", "):
        return found is not None
    return tree.tense(tree.root) != "past"
