"""Step 0, before the language model: a text in capitals alone, as old wires write, is put in small letters, with names begun large;
and the clock with which an entry of a live blog begins stands in a line of its own: "14:05 GMT - Rebels shelled ...".

Capitals tell names from words, so a text without small letters is coded badly as it stands. What is a name is told by
the language model, which reads the line in small letters and in capitals, and by the names of the codebook. The text keeps
its length, so all offsets hold; what a reader is shown is the report's own text.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from trucewatch.codebook import Codebook
from trucewatch.language import Engine
from trucewatch.language.words import sentences
from trucewatch.nouns import Passage, Report, Word

_FEWEST = 20  # letters from which on a line's capitals mean nothing; fewer may be a name
_SHARE = 0.9  # capitals among the letters of such a line: "50 KILLED in clash, SANA says" is none
_LONGEST = 6  # words of the longest name that is looked for
_DAYS = frozenset(name.lower() for name in calendar.day_name)
_MONTHS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.month_abbr) if name)
_WORDS_TOO = frozenset({"may", "march", "mar"})
"""Months only beside a number."""
_NO_NAME = frozenset("ADP AUX CCONJ DET PART PRON SCONJ VERB ADV NUM PUNCT".split())
_LINE = re.compile(r"[^\n]+")
CLOCK = r"\W{0,4}\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4}T| ?UTC| local time)?"
"""The clock with which an entry of a live blog begins: "14:05 GMT", "2.30 p.m."."""
_ENTRY = re.compile(rf"^({CLOCK}) [-–—|] (?=\S)", re.MULTILINE)


def read(report: Report, engine: Engine, codebook: Codebook) -> Report:
    """The report with those lines of its text that are in capitals as others would write them, and clocks in lines of their own."""

    def told(line: re.Match[str]) -> str:
        return _line(line.group(), engine, codebook) if _loud(line.group()) else line.group()

    return msgspec.structs.replace(report, text=_ENTRY.sub("\\1.\\n ", _LINE.sub(told, report.text)))


def _loud(line: str) -> bool:
    """Whether a line is in capitals."""
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) >= _FEWEST and sum(letter.isupper() for letter in letters) >= _SHARE * len(letters)


def _line(line: str, engine: Engine, codebook: Codebook) -> str:
    """A line in capitals, in small letters but for its names and the first of each sentence."""
    letters = [small if len(small := letter.lower()) == 1 else letter for letter in line]
    for start, _ in sentences(line):
        letters[start] = line[start]
    passages = engine.parse("".join(letters))
    proper, named = _names(passages)
    names = proper | named | set.intersection(*_names(engine.parse(line)))  # in capitals all looks like a name
    for passage in passages:
        for at, word in enumerate(passage.words):
            if word.start in names or _of_calendar(passage.words, at):
                acronym = set(word.text.lower()).isdisjoint("aeiouy")  # nobody could speak it
                large = word.end if acronym else word.start + 1
                letters[word.start : large] = line[word.start : large]
        for first, last, spelling in _listed(passage.words, names, codebook):
            letters[first.start : last.end] = spelling
    return "".join(letters)


def _names(passages: Sequence[Passage]) -> tuple[set[int], set[int]]:
    """Where words begin that are proper nouns to the model, and where those of what it takes for names."""
    proper = {word.start for passage in passages for word in passage.words if word.upos == "PROPN"}
    named = {
        passage.words[at].start
        for passage in passages
        for name in passage.names
        if name.kind != "TIME"
        for at in range(name.first, name.last + 1)
    }
    return proper, named


def _of_calendar(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a day of the week or a month."""
    word = words[at].text
    beside = (words[other].text for other in (at - 1, at + 1) if 0 <= other < len(words))
    return word in _DAYS or (word in _MONTHS and (word not in _WORDS_TOO or any(map(str.isdigit, beside))))


def _listed(words: Sequence[Word], names: Collection[int], codebook: Codebook) -> Iterator[tuple[Word, Word, str]]:
    """Names of the codebook, at each word the longest: first and last word, and how they are written."""
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST), at, -1):
            if spelling := _spelling(words[at:end], names, codebook):
                yield words[at], words[end - 1], spelling
                at = end - 1
                break
        at += 1


def _spelling(words: Sequence[Word], names: Collection[int], codebook: Codebook) -> str | None:
    """How the codebook writes a name of as many letters; None where it has none, or the words are no name."""
    name, length = " ".join(word.text for word in words), words[-1].end - words[0].start
    if len(words) == 1 and words[0].start not in names and (words[0].upos in _NO_NAME or codebook.find_role(name)):
        return None  # "who", "may", "guard"
    return next((spelling for spelling in codebook.spellings(name) if len(name) == len(spelling) == length), None)
