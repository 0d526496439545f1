"""In which language the page of a brief is: in English as its records have it, in any other by that one's catalogue."""

from __future__ import annotations

import datetime as dt
from importlib.util import find_spec
from typing import TYPE_CHECKING

from trucewatch import english
from trucewatch.errors import MissingExtraError, WrongCallError

if TYPE_CHECKING:
    from trucewatch.translation import Language


def language(code: str) -> Language | None:
    """The language of a code; None for English. Raises WrongCallError, or MissingExtraError where Babel is not installed."""
    if code == "en":
        return None
    if find_spec("babel") is None:
        raise MissingExtraError("a brief in another language needs babel: pip install 'trucewatch[brief]'")
    from trucewatch.translation import languages

    if code not in languages():
        raise WrongCallError(f"{code!r} is none of the languages {', '.join(sorted(languages()))}")
    return languages()[code]


def say(text: str, language: Language | None) -> str:
    """A text of ours, in English without a language; also where that lacks a word of it."""
    if language is not None and language.knows(text):
        return language.said(text)
    apart = bool(text) and language is not None and language.direction == "rtl"
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if apart else str(text)


def head(text: str, language: Language | None) -> str:
    """The same at the head of a line."""
    words = say(text, language)
    return language.capital(words) if language else words


def day_of_year(day: dt.date, language: Language | None) -> str:
    """``30 Sep``, in a picture."""
    return drawn(language.date(day, "MMMd"), language) if language else english.day_of_year(day)


def drawn(words: str, language: Language | None) -> str:
    """Words of a language in a picture, which runs from left to right."""
    if language is None or language.direction == "ltr":
        return words
    return f"\N{RIGHT-TO-LEFT ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"
