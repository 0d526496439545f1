"""Trigger rows found in a sentence: words and phrases that add, refine or forbid an event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from trucewatch.codebook.rows import TriggerRow
from trucewatch.errors import TableError
from trucewatch.nouns import Noun

GAP = 3
"""Words that a ``*`` may stand for, at most; it may stand for none."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d.,]*\d|[^\W_]+?(?=n['’]t\b)|n['’]t\b|['’]\w+|[^\W_]+|\S")
_SPLIT = re.compile(r"[-‐‑–—/]")
_SKIPPED = frozenset("-‐‑–\"“”'‘’`")

Slot = frozenset[str] | None
"""The word forms that may stand here; None for a gap."""


class TriggerHit(Noun):
    """A row found in a sentence: words ``first`` to ``last``, both included; ``word`` carries the event."""

    row: TriggerRow
    first: int
    last: int
    word: int

    @property
    def id(self) -> str:
        return self.row.id


class _Pattern(Noun):
    row: TriggerRow
    slots: tuple[Slot, ...]
    """After the first, which the index holds."""


def split_words(sentence: str) -> list[str]:
    """The words of a sentence, near enough to those of the language model for checking a row's examples."""
    return _WORD.findall(sentence)


def read_pattern(words: str, where: str) -> list[tuple[Slot, ...]]:
    """The alternatives of a ``words`` cell, each a row of slots.

    Raises TableError for one that begins or ends in a gap.
    """
    alternatives = []
    for alternative in words.split("|"):
        slots: list[Slot] = []
        for piece in _SPLIT_HYPHEN.sub(" ", alternative.lower().replace("’", "'")).split():
            slots.append(None if piece == "*" else frozenset(piece.split("/")))
        if not slots or slots[0] is None or slots[-1] is None or any("" in slot for slot in slots if slot):
            raise TableError(f"{where}: the words {alternative.strip()!r} cannot be read")
        alternatives.append(tuple(slots))
    return alternatives


_SPLIT_HYPHEN = re.compile(r"[-‐‑–—]")


class Matcher:
    """All trigger rows, indexed by first word."""

    def __init__(self, rows: Iterable[TriggerRow]) -> None:
        self._by_first: dict[str, list[_Pattern]] = {}
        for row in rows:
            for first, *rest in read_pattern(row.words, row.where):
                pattern = _Pattern(row=row, slots=tuple(rest))
                for word in first or ():
                    self._by_first.setdefault(word, []).append(pattern)

    def match(self, words: Sequence[str], upos: Sequence[str] | None = None) -> list[TriggerHit]:
        """The rows found, in order of their first word; of those with the same event word only the longest.

        Letter case does not count; hyphens and quotes are passed over; a gap does not cross other marks. With
        ``upos`` the event word's part of speech must be one of the row's. A forbidding row silences every
        shorter one inside it.
        """
        units = _units(words)
        forms = [form for form, _ in units]
        hits = []
        for at, form in enumerate(forms):
            for pattern in self._by_first.get(form, ()):
                end = _end(forms, at + 1, pattern.slots)
                if end is None:
                    continue
                first, last = units[at][1], units[end - 1][1]
                row = pattern.row
                word = first if row.pos and row.pos.startswith("VERB") else last
                if upos is None or row.pos is None or upos[word] in row.pos.split("|"):
                    hits.append(TriggerHit(row=row, first=first, last=last, word=word))
        return _settle(hits) if len(hits) > 1 else hits


def _units(words: Sequence[str]) -> list[tuple[str, int]]:
    units = []
    for index, word in enumerate(words):
        form = word.lower().replace("’", "'")
        if form in _SKIPPED:
            continue
        if len(form) > 1 and _SPLIT.search(form):
            units += [(part, index) for part in _SPLIT.split(form) if part]
        else:
            units.append((form, index))
    return units


def _end(forms: Sequence[str], at: int, slots: tuple[Slot, ...]) -> int | None:
    """Where a pattern ends that is to go on at ``at``; None where it does not match. Gaps are kept short."""
    for number, slot in enumerate(slots):
        if slot is None:
            for skip in range(GAP + 1):
                end = _end(forms, at + skip, slots[number + 1 :])
                if end is not None:
                    return end
                if at + skip >= len(forms) or not forms[at + skip][0].isalnum():
                    return None
            return None
        if at >= len(forms) or forms[at] not in slot:
            return None
        at += 1
    return at


def _settle(hits: list[TriggerHit]) -> list[TriggerHit]:
    hits.sort(key=lambda hit: (hit.first - hit.last, hit.row.effect != "forbid"))
    kept: list[TriggerHit] = []
    for hit in hits:
        silenced = any(
            hit.word == other.word or (other.row.effect == "forbid" and other.first <= hit.word <= other.last)
            for other in kept
        )
        if not silenced:
            kept.append(hit)
    kept.sort(key=lambda hit: hit.first)
    return kept
