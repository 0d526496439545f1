"""A sentence as a string of word classes, one character a word, so that plain regular expressions can speak of words.

``on the 28th of September`` becomes five characters, one for each *set* of classes that a word may have; ``<monthname>``
in a pattern stands for all characters whose set holds ``monthname``. The words themselves are in ``codebook/times.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

OTHER, BREAK = "_", "|"
"""The characters of a word and of a mark that mean nothing to the grammar."""

_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d(?!\d)(?:T[\d:]+Z?)?)|(?P<slash>\d{1,4}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.\d{4})"
    r"|(?P<clock>\d{1,2}:\d\d(?!\d))|(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<suffix>(?:st|nd|rd|th|s)\b)?"
    r"|(?P<ampm>[AaPp]\.[Mm]\.?)|(?P<s>['’]s?\b|(?<=s)['’])|(?P<word>[^\W\d_]+(?:['’]clock)?)"
    r"|(?P<dash>[-‐‑–—])|(?P<comma>,)|(?P<dot>\.)|(?P<mark>\S)"
)
_MARKS = ("iso", "slash", "clock", "ampm", "s", "dash", "comma", "dot")


class Token(NamedTuple):
    """A word or mark of a sentence: its text, offsets, and the character of its set of classes."""

    text: str
    start: int
    end: int
    code: str


class Vocabulary:
    """From words to the characters that stand for their sets of classes, and back from a class to its characters."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.months: Mapping[str, int] = tables["months"]
        self.numbers: Mapping[str, int] = tables["numbers"]
        self.ordinals: Mapping[str, int] = tables["ordinals"]
        self.units: Mapping[str, str] = tables["units"]
        self.seasons: Mapping[str, Sequence[int]] = tables["seasons"]
        self.holidays: Mapping[str, Sequence[int]] = tables["holidays"]
        self.eras: Mapping[str, Sequence[str]] = tables["eras"]
        self._letters: dict[frozenset[str], str] = {}
        self._words = {word: self._letter(classes) for word, classes in _classes_of(tables).items()}
        self._marks = {mark: self._letter(frozenset([mark])) for mark in _MARKS}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrases, code in (
            (self.holidays, self._letter(frozenset(["holiday"]))),
            (self.eras, self._letter(frozenset(["era"]))),
            (tables["masks"]["phrases"], OTHER),
        ):
            for phrase in phrases:
                words = tuple(_fold(match[0]) for match in _TOKEN.finditer(phrase))
                self._phrases.setdefault(words[0], []).append((words, code))
        for same_start in self._phrases.values():
            same_start.sort(key=lambda entry: -len(entry[0]))
        for digits, suffix in (
            ("7", ""),
            ("77", ""),
            ("777", ""),
            ("1777", ""),
            ("1977", ""),
            ("7", "th"),
            ("77", "th"),
            ("70", "s"),
        ):
            self._digits(digits, suffix)

    def _letter(self, classes: frozenset[str]) -> str:
        return self._letters.setdefault(classes, chr(0x2800 + len(self._letters)))

    def _digits(self, digits: str, suffix: str) -> str:
        if suffix:
            return self._letter(_suffixed(digits, suffix))
        classes = {"number"}
        if len(digits) <= 2 and 1 <= int(digits) <= 31:
            classes.add("dayno")
        elif len(digits) == 4 and "1000" <= digits <= "2199":
            classes.add("year")
            if "1900" <= digits <= "2035":
                classes.add("likely_year")
        return self._letter(frozenset(classes))

    def tokens(self, text: str) -> list[Token]:
        """The words and marks of ``text``, phrases of the table as one word each."""
        found = [
            Token(match[0], match.start(), match.end(), self._code(match)) for match in _TOKEN.finditer(text)
        ]
        return self._joined(found, text)

    def _code(self, match: re.Match[str]) -> str:
        kind = match.lastgroup
        if kind == "word":
            word = match[0]
            return self._words.get(word) or self._words.get(word.lower().replace("’", "'"), OTHER)
        if kind in ("digits", "suffix"):
            return self._digits(match["digits"], match["suffix"] or "")
        return self._marks.get(kind or "") or self._words.get(match[0], BREAK)

    def _joined(self, tokens: list[Token], text: str) -> list[Token]:
        joined, at = [], 0
        while at < len(tokens):
            token, width = tokens[at], 1
            for words, code in self._phrases.get(_fold(token.text), ()):
                there = tokens[at : at + len(words)]
                if len(there) == len(words) and all(
                    _fold(t.text) == w for t, w in zip(there, words, strict=True)
                ):
                    token = Token(text[token.start : there[-1].end], token.start, there[-1].end, code)
                    width = len(words)
                    break
            joined.append(token)
            at += width
        return joined

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern of the grammar: ``<class>`` stands for one word of that class, spaces for nothing."""
        return re.compile(
            re.sub(r"(?<!\?P)<(\w+)>", lambda name: self._members(name[1]), self.squeeze(pattern))
        )

    @staticmethod
    def squeeze(pattern: str) -> str:
        """The pattern without the spaces and line ends that make it readable."""
        return re.sub(r"\s+", "", pattern)

    @functools.cache  # noqa: B019 - one vocabulary lives as long as the process
    def _members(self, name: str) -> str:
        letters = "".join(letter for classes, letter in self._letters.items() if name in classes)
        if not letters:
            raise KeyError(f"times.toml has no word of class {name!r}")
        return f"[{letters}]"


def _classes_of(tables: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """All classes of every single word of the tables."""
    named = [
        *tables["classes"].items(),
        ("monthname", tables["months"]),
        ("number", tables["numbers"]),
        ("ordinal", tables["ordinals"]),
        ("unit", tables["units"]),
        ("units", [word for word in tables["units"] if word.endswith("s")]),
    ]
    classes: dict[str, set[str]] = {}
    for name, words in named:
        for word in words:
            classes.setdefault(word, set()).add(name)
    for word, unit in tables["units"].items():
        classes[word].add(f"u_{unit}")
    return {word: frozenset(names) for word, names in classes.items()}


def _suffixed(digits: str, suffix: str) -> frozenset[str]:
    """``1990s`` and ``90s`` are decades, ``28th`` an ordinal that may be a day."""
    if suffix == "s":
        return frozenset(["decade"] if len(digits) in (2, 4) and digits.endswith("0") else ["number"])
    day = len(digits) <= 2 and 1 <= int(digits) <= 31
    return frozenset(["ordinal", "dayno"] if day else ["ordinal"])


def _fold(word: str) -> str:
    return word.lower().replace("’", "'")


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary of ``codebook/times.toml``, read once."""
    return Vocabulary(
        tomllib.loads((files("trucewatch.codebook") / "times.toml").read_text(encoding="utf-8"))
    )
