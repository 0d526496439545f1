"""What a report's words say of the hour: whether a deed came before or after a truce took effect, or was over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Literal

Turn = Literal["begin", "end"]
_TRUCE = r"(?:\S+\s+){0,4}?(?:ceasefire|cease-fire|truce|armistice|cessation|pause)\b"
_THEN = r"(?:\s+\S+){0,6}?\s+"
_BEGINS = r"(?:began|begins?|begun|beginning|started|starts?|starting|took|takes?|taken|came|comes?|effect|force|due)\b"
_ENDS = r"(?:ended|ends?|ending|expired|expires?|expiring|lapsed|lapses?|ran|runs?|over)\b"
_SHORTLY = r"\b(?:hours?|minutes?|moments|shortly|soon)\s+"
_FORMS: dict[Turn, tuple[re.Pattern[str], ...]] = {
    "begin": (
        re.compile(rf"\b(before|after)\s+{_TRUCE}{_THEN}{_BEGINS}", re.IGNORECASE),
        re.compile(rf"{_SHORTLY}(before|after)\s+{_TRUCE}(?!{_THEN}{_ENDS})", re.IGNORECASE),
        re.compile(r"\b(before|after)\s+the\s+(?:ceasefire|cease-fire|truce|armistice)(?=[,.;:)]|$)", re.IGNORECASE),
    ),
    "end": (re.compile(rf"\b(before|after)\s+{_TRUCE}{_THEN}{_ENDS}", re.IGNORECASE),),
}
"""``hours before the ceasefire``, ``after the truce had begun``, ``after the truce, police said``, ``before the pause was due to
expire``."""
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s?([ap])\.?m\b|\b(\d{1,2}):(\d\d)\b", re.IGNORECASE)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PARTS = (
    (re.compile(r"\b(?:before dawn|pre-?dawn)\b", re.IGNORECASE), 0, 7),
    (re.compile(rf"\bearly (?:on )?{_WEEKDAY}|\b(?:early hours|small hours|at dawn)\b", re.IGNORECASE), 0, 9),
    (re.compile(r"\bmorning\b", re.IGNORECASE), 0, 12),
    (re.compile(r"\b(?:noon|midday)\b", re.IGNORECASE), 12, 12),
    (re.compile(r"\bafternoon\b", re.IGNORECASE), 12, 18),
    (re.compile(rf"\b(?:late (?:on )?{_WEEKDAY}|{_WEEKDAY} night|evening)\b", re.IGNORECASE), 17, 24),
)
"""Parts of a day, with their first and last hour."""
_SAYS = (
    r"(?:said|says|told|accused|announced|reported|claimed|warned|vowed|confirmed|denied|declared|agreed|signed|wrote)"
)
_SPOKEN = re.compile(rf"\b{_SAYS}\W+(?:\w+\W+){{0,2}}$", re.IGNORECASE), re.compile(rf"^\W*(?:\w+\W+){{0,2}}{_SAYS}\b")
"""A verb of speech right before the words for an hour, and right behind them: it is when that was said."""


def told(sentences: Iterable[str], turn: Turn, at: dt.time | None = None) -> str | None:
    """``before`` or ``after`` the turn, as sentences say with one voice: by their words for it, or by the hour of the day where it
    came ``at`` one; None where they do not say, or differ."""
    lines = list(sentences)
    said = {match[1].lower() for one in lines for form in _FORMS[turn] if (match := form.search(one))}
    if not said and at is not None:
        said = {side for one in lines for side in _by_hour(one, at.hour + at.minute / 60)}
    return said.pop() if len(said) == 1 else None


def _by_hour(sentence: str, at: float) -> Iterator[str]:
    """On which side of an hour of the same day a sentence's own hours lie: "at 9 pm", "before dawn"; those around it lie on both."""
    for first, last in _hours(sentence):
        if first < at:
            yield "before"
        if last > at:
            yield "after"


def _hours(sentence: str) -> Iterator[tuple[float, float]]:
    """First and last hour of each time of day in a sentence at which something was done, and not only said."""
    for match in _CLOCK.finditer(sentence):
        hour, minute = int(match[1] or match[4]), int(match[2] or match[5] or 0)
        if match[3]:
            hour = hour % 12 + 12 * (match[3].lower() == "p")
        if hour < 24 and not _is_spoken(sentence, match):
            yield hour + minute / 60, hour + minute / 60
    for part, first, last in _PARTS:
        for match in part.finditer(sentence):
            if not _is_spoken(sentence, match):
                yield first, last


def _is_spoken(sentence: str, found: re.Match[str]) -> bool:
    before, behind = _SPOKEN
    return bool(before.search(sentence[: found.start()]) or behind.search(sentence[found.end() :]))
