"""Of all steps: a sentence as a string of word classes, one character a word, so that regular expressions can speak of words.

``on the 28th of September`` becomes five characters, one for each *set* of classes that a word may have;
``<monthname>`` in a pattern stands for every character whose set holds ``monthname``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple, TypeVar

import msgspec

from trucewatch.errors import TableError

OTHER, BREAK = "_", "|"
"""The characters of a word and of a mark that no class holds."""
_LETTERS = [chr(n) for n in (*range(1, 256), *range(0x2800, 0x2A00)) if chr(n) == re.escape(chr(n)) != OTHER]
"""What stands for the sets of classes, the smallest first: a set of none above 255 is compiled in half the time."""

# words first: they are the most; what an apostrophe holds together is one, but for a possessive: Mar'a is no month
_TOKEN = re.compile(
    r"(?P<name>(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Lt|Gen|Col|Sgt|Maj|Capt|Cpl|Brig|St)\.)"
    r"|(?P<ampm>[AaPp]\.[Mm]\.?)"
    r"|(?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)"
    r"|(?P<comma>,)|(?P<dot>\.)|(?P<dash>[-‐‑–—])"
    r"|(?P<iso>\d{4}-\d\d-\d\d(?!\d)(?:T[\d:]+Z?)?)"
    r"|(?P<slash>\d{1,4}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.\d{4})"
    r"|(?P<clock>\d{1,2}:\d\d(?!\d))"
    r"|(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d\d)+,\d{3})(?!\d)|\d+(?:\.\d+(?=\s+[mtb]\w*(?:illion|ousand)))?)"
    r"(?P<suffix>(?:st|nd|rd|th|s)\b)?"
    r"|(?P<s>['’]s?\b|(?<=s)['’])|(?P<mark>\S)"
)
_MARKS = ("iso", "slash", "clock", "ampm", "s", "dash", "comma", "dot")
_FIGURES = (("7", ""), ("77", ""), ("777", ""), ("1777", ""), ("1977", ""), ("7", "th"), ("77", "th"), ("70", "s"))

_CLASSES = re.compile(r"(?<!\?P)<(\w+(?:\|\w+)*)>")
_CHOICE = re.compile(r"(?<=[(|:!=])(?:<\w+>\|)+<\w+>(?=[)|])")

Figure = Callable[[str, str], frozenset[str]]
"""The classes of a figure, from its digits (commas and all) and its suffix ("th", "s" or nothing)."""
Shape = Callable[[str], frozenset[str]]
"""The classes of a word that no table has, from its form."""


class Token(NamedTuple):
    """A word or mark of a sentence; ``text`` of a phrase is as its table writes it."""

    text: str
    start: int
    end: int
    code: str
    """The character of its set of classes."""


class Lexicon:
    """From words to the characters that stand for their sets of classes, and back from a class to its characters.

    ``classes`` names the words of each class; a word written with a capital there needs one in the text. ``phrases`` names those of
    several words, each taken for one word of its class (the class None: of no class).
    """

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        phrases: Mapping[str, Iterable[str]] | Mapping[str | None, Iterable[str]],
        figure: Figure,
        shape: Shape | None = None,
        shapes: Iterable[str] = (),
    ) -> None:
        self._letters: dict[frozenset[str], str] = {}
        self._figure, self._shape = figure, shape
        # texts repeat their words; the bound keeps a hostile one from filling the memory
        self._code = functools.lru_cache(maxsize=20_000)(self._code_of)
        sets: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                sets.setdefault(word, set()).add(name)
        self._words = {word: self._letter(frozenset(names)) for word, names in sets.items()}
        self._marks = {mark: self._letter(frozenset([mark])) for mark in _MARKS}
        self._phrases: dict[str, list[tuple[list[str], str, str]]] = {}
        for kind, members in phrases.items():
            code = OTHER if kind is None else self._letter(frozenset(kind.split()))
            for phrase in members:
                words = [fold(match[0]) for match in _TOKEN.finditer(phrase)]
                self._phrases.setdefault(words[0], []).append((words, phrase, code))
        for alike in self._phrases.values():
            alike.sort(key=lambda entry: -len(entry[0]))
        # every class of figures has its character before a pattern asks for it
        for digits, suffix in _FIGURES:
            self._letter(figure(digits, suffix))
        for word in shapes:
            self._unknown(word)

    def _letter(self, classes: frozenset[str]) -> str:
        """The character of a set of classes; the next free one where the set is new."""
        return self._letters.setdefault(classes, _LETTERS[len(self._letters)])

    def tokens(self, text: str) -> list[Token]:
        """The words and marks of a text; a phrase of the tables is one word."""
        tokens = [Token(m[0], m.start(), m.end(), self._code(m.lastgroup, m[0])) for m in _TOKEN.finditer(text)]
        starts = [i for i, token in enumerate(tokens) if fold(token.text) in self._phrases]
        found: list[tuple[int, int, Token]] = []
        for at in starts:
            entry = self._phrase(tokens, at)
            if entry and (not found or found[-1][1] <= at):
                found.append(entry)
        for start, end, phrase in reversed(found):
            tokens[start:end] = [phrase]
        return tokens

    def _phrase(self, tokens: Sequence[Token], start: int) -> tuple[int, int, Token] | None:
        """The longest phrase that begins at a token: from which token up to which, and itself as one."""
        for words, phrase, code in self._phrases[fold(tokens[start].text)]:
            end = start + len(words)
            if [fold(token.text) for token in tokens[start:end]] == words:
                return start, end, Token(phrase, tokens[start].start, tokens[end - 1].end, code)
        return None

    def _code_of(self, kind: str | None, text: str) -> str:
        """The character of a token, by the kind of token that it is."""
        if kind in ("word", "name"):
            return self._words.get(text) or self._words.get(fold(text)) or self._unknown(text)
        if kind in ("digits", "suffix"):
            digits = text.rstrip("stndrh")
            return self._letter(self._figure(digits, text[len(digits) :]))
        return self._marks.get(kind or "") or self._words.get(text, BREAK)

    def _unknown(self, word: str) -> str:
        """The character of a word that no table has, by its shape."""
        classes = self._shape(word) if self._shape else frozenset()
        return self._letter(classes) if classes else OTHER

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern in which ``<class>`` stands for one word of that class, ``<break>`` for a mark of none, and white
        space for nothing.
        """
        # "(?:<a>|<b>)" is "(?:<a|b>)": one set of characters is compiled and tried many times faster than a choice
        bare = re.sub(r"\s+", "", pattern)
        joined = _CHOICE.sub(lambda choice: choice[0].replace(">|<", "|"), bare)
        return re.compile(_CLASSES.sub(lambda names: self._set(names[1]), joined))

    @functools.cache  # noqa: B019 - a lexicon lives as long as the process
    def _set(self, names: str) -> str:
        """The characters of all classes of ``a|b|c`` as a set of a regular expression."""
        wanted = frozenset(names.split("|"))
        known = {name for classes in self._letters for name in classes} | {"break"}
        if not wanted <= known:
            raise TableError(f"the tables of words have none of the class {sorted(wanted - known)[0]!r}")
        letters = [letter for classes, letter in self._letters.items() if classes & wanted]
        return f"[{''.join(letters)}{BREAK if 'break' in wanted else ''}]"


Table = TypeVar("Table")


def table(name: str, form: type[Table]) -> Table:
    """A TOML table of the codebook in its form; raises TableError, with the line where one can be told."""
    source = (files("trucewatch.codebook") / name).read_bytes()
    try:
        return msgspec.toml.decode(source, type=form)
    except msgspec.DecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise TableError(f"{name}:{line[1] if line else 1}: {error}") from error


@functools.lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """Lower case, with the straight apostrophe and the plain dash."""
    return word.lower().replace("’", "'").replace("–", "-")
