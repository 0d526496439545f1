"""Sentences and words as the language model was trained to see them (Universal Dependencies habits)."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(
    r"""
      (?:https?://|www\.)\S+                                  # links
    | [^\s@]{1,64}@[^\s@]{1,255}\.\w+                        # addresses; bounded, for each character is asked whether one begins
    | (?:[A-Za-z]\.){2,}                                      # U.S.
    | (?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Brig|Adm|Sen|Rep|Gov|Pres|Prof|Rev|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul
        |Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Jr|Sr|Hon|Amb|Cmdr|Spc|Pvt|Cpl|Pfc)\.
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])         # 1,200  5.8  10:30  1990s  28th
    | Co-(?:op|ord)[a-z]+                                     # of names: Co-operation
    | [^\W_]+(?:['’ʼ`‘][^\W\d_]+)*                            # words, with inner apostrophes (Mu'tasim)
    | \.{2,} | -{2,}
    | ['’](?:s|S|re|ve|ll|d|m)\b
    | \S
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"^(.+?)(n['’]t|['’](?:s|S|re|ve|ll|d|m))$")
_MARK = re.compile('["“”«»]')
_HOUR, _WEEKDAY = re.compile(r"\d ?[ap]\.m\. $"), re.compile("(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_LETTER = re.compile(r"[A-Z]\.")
"""What goes on a short form where nothing stands between: no sentence begins within "anti-U.S."."""
_OPENS = re.compile(r'(?<![\w.,!?])"(?=\S)')
"""A straight mark that opens a quotation."""
_LONG = 200
"""Characters between two straight marks that are too many for one sentence."""
_QUOTES = '"“”'
_NO_SHORT_FORM = re.compile(rf"[{_QUOTES}]|\b(?:May|me|no|ill|art|ok|OK|id)\.(?= [A-Z][a-z])")
_CANNOT = {"cannot": 3, "gonna": 3, "wanna": 3}


def words(text: str) -> list[tuple[int, int]]:
    """Character spans of the words of one sentence; clitics and hyphens are words of their own."""
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        cut = _CANNOT.get(word.lower(), 0)
        clitic = _CLITIC.match(word) if not cut and ("'" in word or "’" in word) and len(word) > 2 else None
        if clitic:
            cut = clitic.end(1)
        if cut:
            spans += [(start, start + cut), (start + cut, end)]
        else:
            spans.append((start, end))
    return spans


@lru_cache(maxsize=50_000)
def casing(word: str) -> int:
    """The word's casing class, 0 to 7; the encoder itself reads lower case only."""
    if not any(c.isalnum() for c in word):
        return 0
    if any(c.isdigit() for c in word):
        return 1 if word[0].isdigit() else 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 6 if word[0].isupper() and word[1:].islower() else 7


def sentences(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences of a text; a blank line or a line break always ends one."""
    from sentencex import segment

    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        told, at = _without_lost_marks(line.group()), 0
        for piece in segment("en", told):
            start = told.index(piece, at)
            at = start + len(piece)
            stripped = piece.strip()
            if stripped:
                lead = line.start() + start + len(piece) - len(piece.lstrip())
                end = lead + len(stripped)
                hour = _HOUR.search(text, max(0, lead - 7), lead) and _WEEKDAY.match(stripped)
                if hour or (spans and spans[-1][1] == lead and _LETTER.match(stripped)):
                    lead = spans.pop()[0]  # "at 9 a.m. Monday" and "pro-U. | S. militias" are one
                spans += _cut_again(text, lead, end)
    return spans


def _cut_again(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut where it ends with a word that the splitter takes for a short form: "since May. Sudan's ambassador";
    not within quotation marks, where the splitter cuts nothing."""
    spans, quoted = [], False
    for found in _NO_SHORT_FORM.finditer(text, start, end):
        if found.group() in _QUOTES:
            quoted = not quoted
        elif not quoted:
            spans.append((start, found.end()))
            start = found.end() + 1
    return [*spans, (start, end)]


def _without_lost_marks(line: str) -> str:
    """The line as it is split. What stands in quotation marks is one sentence to the splitter, and where one of the marks
    is lost, or stands in another paragraph, so is all that follows: such marks do not count, nor straight ones around too
    much for one sentence.
    """
    marks = [found.start() for found in _MARK.finditer(line)]
    kept: set[int] = set()
    first = None
    for at in marks:
        if line[at] in "“«" or _OPENS.match(line, at):
            first = at
        elif first is not None:
            if line[at] != '"' or at - first <= _LONG:
                kept |= {first, at}
            first = None
    told = list(line)
    for at in marks:
        if at in kept:
            continue
        told[at] = "*"
        if at and line[at - 1] in ".!?":  # ends the sentence together with the mark
            told[at - 1], told[at] = "*", line[at - 1]
    return "".join(told)
