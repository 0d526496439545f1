"""What a report's words say of the hour: whether a deed came before or after a truce took effect, or was over."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    ),
    "end": (re.compile(rf"\b(before|after)\s+{_TRUCE}{_THEN}{_ENDS}", re.IGNORECASE),),
}
"""``hours before the ceasefire``, ``after the truce had begun``, ``before the pause was due to expire``."""


def told(sentences: Iterable[str], turn: Turn) -> str | None:
    """``before`` or ``after`` the turn, as sentences say with one voice; None where they do not say, or differ."""
    said = {match[1].lower() for one in sentences for form in _FORMS[turn] if (match := form.search(one))}
    return said.pop() if len(said) == 1 else None
