"""Trigger rows found in a sentence: words and phrases that add, refine or forbid an event."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from trucewatch.codebook.rows import TriggerRow
from trucewatch.errors import TableError
from trucewatch.nouns import Noun

GAP = 3
"""Words that a ``*`` may stand for, at most; it may stand for none."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d.,]*\d|[^\W_]+?(?=n['’]t\b)|n['’]t\b|['’]\w+|[^\W_]+|\S")
_HYPHEN = re.compile(r"[-‐‑–—]")
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


class Pattern(Noun):
    """One alternative of a row's words."""

    slots: tuple[Slot, ...]
    head: int
    """The slot that carries the event: the one marked ``^``, else the last."""


def split_words(sentence: str) -> list[str]:
    """The words of a sentence, near enough to those of the language model for checking a row's examples."""
    return _WORD.findall(sentence)


def read_patterns(words: str, where: str) -> list[Pattern]:
    """The alternatives of a ``words`` cell; one with hyphened options gives a pattern a choice among them.

    Raises TableError for one that begins or ends in a gap.
    """
    patterns = []
    for alternative in words.split("|"):
        pieces = alternative.lower().replace("’", "'").split()
        marks = [number for number, piece in enumerate(pieces) if piece.startswith("^")]
        for choice in itertools.product(*(_options(piece.lstrip("^")) for piece in pieces)):
            slots = tuple(itertools.chain.from_iterable(choice))
            if (
                not slots
                or slots[0] is None
                or slots[-1] is None
                or any("" in slot for slot in slots if slot)
            ):
                raise TableError(f"{where}: the words {alternative.strip()!r} cannot be read")
            upto = choice[: marks[0] + 1] if marks else choice
            patterns.append(Pattern(slots=slots, head=sum(len(option) for option in upto) - 1))
    return patterns


def _options(piece: str) -> list[tuple[Slot, ...]]:
    """What one piece may be: one slot for all its single words, a row of slots for each hyphened one."""
    if piece == "*":
        return [(None,)]
    single: set[str] = set()
    rows: list[tuple[Slot, ...]] = []
    for word in piece.split("/"):
        parts = _HYPHEN.split(word)
        if len(parts) > 1:
            rows.append(tuple(frozenset(_forms(part)) for part in parts))
        else:
            single.update(_forms(word))
    return [(frozenset(single),), *rows] if single else rows


def _forms(word: str) -> tuple[str, ...]:
    """The regular forms of a word that ends in ``+``: ``accuse+`` is accuse, accuses, accused, accusing."""
    stem = word.rstrip("+")
    if stem == word:
        return (word,)
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return (stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing")
    ending = "es" if stem.endswith(("s", "x", "z", "ch", "sh")) else "s"
    root = stem.removesuffix("e")
    return (stem, stem + ending, root + "ed", root + "ing")


class Matcher:
    """All trigger rows, indexed by first word."""

    def __init__(self, rows: Iterable[TriggerRow]) -> None:
        self._by_first: dict[str, list[tuple[TriggerRow, Pattern]]] = {}
        for row in rows:
            for pattern in read_patterns(row.words, row.where):
                for word in pattern.slots[0] or ():
                    self._by_first.setdefault(word, []).append((row, pattern))

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
            for row, pattern in self._by_first.get(form, ()):
                ends = _ends(forms, at, pattern.slots)
                if not ends:
                    continue
                word = units[ends[pattern.head]][1]
                if upos is None or row.pos is None or upos[word] in row.pos.split("|"):
                    hits.append(TriggerHit(row=row, first=units[at][1], last=units[ends[-1]][1], word=word))
        return _settle(hits) if len(hits) > 1 else hits


def _units(words: Sequence[str]) -> list[tuple[str, int]]:
    """The forms that patterns are held against, each with the index of its word."""
    units = []
    for index, word in enumerate(words):
        form = word.lower().replace("’", "'")
        if form in _SKIPPED:
            continue
        if len(form) > 1 and _HYPHEN.search(form):
            units += [(part, index) for part in _HYPHEN.split(form) if part]
        else:
            units.append((form, index))
    return units


def _ends(forms: Sequence[str], at: int, slots: tuple[Slot, ...]) -> tuple[int, ...]:
    """Where each slot lands when the first stands at ``at``, gaps kept short; empty where they do not match."""
    landed: list[int] = []
    for number, slot in enumerate(slots):
        if slot is None:
            for skip in range(GAP + 1):
                if rest := _ends(forms, at + skip, slots[number + 1 :]):
                    return (*landed, at, *rest)
                if at + skip >= len(forms) or not forms[at + skip][0].isalnum():
                    break
            return ()
        if at >= len(forms) or forms[at] not in slot:
            return ()
        landed.append(at)
        at += 1
    return tuple(landed)


def _settle(hits: list[TriggerHit]) -> list[TriggerHit]:
    """Of rows with the same event word the longest; none whose event word a longer forbidding row holds."""
    hits.sort(key=lambda hit: (hit.first - hit.last, hit.row.effect != "forbid"))
    kept: list[TriggerHit] = []
    for hit in hits:
        if not any(hit.word == other.word or _silences(other, hit) for other in kept):
            kept.append(hit)
    kept.sort(key=lambda hit: hit.first)
    return kept


def _silences(other: TriggerHit, hit: TriggerHit) -> bool:
    return other.row.effect == "forbid" and other.first <= hit.word <= other.last
