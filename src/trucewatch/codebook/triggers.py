"""Trigger rows found in a sentence: words and phrases that add, refine or forbid an event."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

import msgspec

from trucewatch.codebook.rows import TriggerRow
from trucewatch.errors import TableError
from trucewatch.nouns import Noun

GAP = 3
"""Words that a ``*`` may stand for, at most; it may stand for none."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d[\d.,]*\d|[^\W_]+?(?=n['’]t\b)|n['’]t\b|['’]\w+|[^\W_]+|\S")
_HYPHEN = re.compile(r"[-‐‑–—]")
_SKIPPED = frozenset("-‐‑–\"“”'‘’`")
_LINKS = frozenset(
    "about against along and around as at between by down for from in into near of off on out over that the to up with".split()
)
"""Words that carry no event at the end of a phrase: "clashes *with*", "gunned *down*"."""

Slot = frozenset[str] | None
"""The word forms that may stand here; None for a gap."""


class TriggerHit(Noun):
    """A row found in a sentence; word indices, all included."""

    row: TriggerRow
    word: int
    """The word that carries the event."""
    first: int
    last: int
    """The stretch in which a mention is the row's event: what no gap parts from ``word``, or the whole phrase of a
    row that gives a status."""
    phrase: tuple[int, int]
    """The whole phrase, gaps and all."""
    named: int
    """How many of its words the row names: all but those in gaps."""

    @property
    def id(self) -> str:
        return self.row.id


class Pattern(Noun):
    """One alternative of a row's words."""

    slots: tuple[Slot, ...]
    head: int
    """The slot that carries the event: the one marked ``^``, else the last, or the one before a preposition at the end."""

    @property
    def stretch(self) -> tuple[int, int]:
        """First and last slot of those around the head that no gap parts from it."""
        before = [number for number, slot in enumerate(self.slots) if slot is None and number < self.head]
        after = [number for number, slot in enumerate(self.slots) if slot is None and number > self.head]
        return (before[-1] + 1 if before else 0), (after[0] - 1 if after else len(self.slots) - 1)


def split_words(sentence: str) -> list[str]:
    """The words of a sentence, near enough to those of the language model for checking a row's examples."""
    return _WORD.findall(sentence)


def read_patterns(words: str, where: str) -> list[Pattern]:
    """The alternatives of a ``words`` cell; one with hyphened options gives a pattern a choice among them.

    Raises TableError for one that begins or ends in a gap.
    """
    patterns = []
    for alternative in words.split("|"):
        pieces = alternative.lower().replace("’", "'").replace("'s", "").split()
        marks = [number for number, piece in enumerate(pieces) if piece.startswith("^")]
        for choice in itertools.product(*(_options(piece.lstrip("^")) for piece in pieces)):
            slots = tuple(itertools.chain.from_iterable(choice))
            upto = choice[: marks[0] + 1] if marks else choice
            head = sum(len(option) for option in upto) - 1
            if not marks and head > 0 and slots[-2] and slots[-1] and slots[-1] & _LINKS:
                head -= 1
            if not slots or None in (slots[0], slots[-1], slots[head]) or any("" in slot for slot in slots if slot):
                raise TableError(f"{where}: the words {alternative.strip()!r} cannot be read")
            patterns.append(Pattern(slots=slots, head=head))
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
    if stem.endswith("y") and stem[-2:-1] not in "aeiou":
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
        """The rows found, in order of their event word; of those with the same event word only the longest.

        Letter case does not count; hyphens and quotes are passed over; a gap does not cross other marks. With
        ``upos`` the event word's part of speech must be one of the row's. A forbidding row silences every
        shorter one inside it.
        """
        units = _units(words)
        forms = [form for form, _ in units]
        hits = []
        for at, (form, following) in enumerate(itertools.pairwise([*forms, ""])):
            for row, pattern in self._by_first.get(form, ()):
                second = pattern.slots[1] if len(pattern.slots) > 1 else None
                if second is not None and following not in second:
                    continue  # most fail here, and are not asked further
                ends = _ends(forms, at, pattern.slots)
                if not ends:
                    continue
                at_word = [units[end][1] for end in ends]
                word = at_word[pattern.head]
                if upos is None or row.pos is None or upos[word] in row.pos.split("|"):
                    first, last = (0, -1) if row.status else pattern.stretch
                    phrase = at_word[0], at_word[-1]
                    named = sum(slot is not None for slot in pattern.slots)
                    stretch = {"first": at_word[first], "last": at_word[last]}
                    hits.append(TriggerHit(row=row, word=word, **stretch, phrase=phrase, named=named))
        return _settle(hits) if len(hits) > 1 else hits


def _units(words: Sequence[str]) -> list[tuple[str, int]]:
    """The forms that patterns are held against, each with the index of its word."""
    units = []
    for index, word in enumerate(words):
        form = word.lower().replace("’", "'")
        if not form or form in _SKIPPED or form == "'s":  # an owner's mark parts nothing: "entered Estonia's airspace"
            continue
        if len(form) > 1 and _HYPHEN.search(form):
            units += [(part, index) for part in _HYPHEN.split(form) if part]
        else:
            units.append((form, index))
    return units


def _ends(forms: Sequence[str], at: int, slots: tuple[Slot, ...]) -> tuple[int, ...]:
    """Where each slot lands when the first stands at ``at``, gaps kept short; empty where one fails."""
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
    """Of rows with the same event word the longest, of those as long the one that names most words; none whose event
    word a longer row speaks for.

    Of rows with the same event word and type one that gives a mode stands for a longer one that gives none, with the
    longer one's effect and status ("no air strikes were reported"). What one of them adds is added.
    """
    hits.sort(key=lambda hit: (hit.phrase[0] - hit.phrase[1], hit.row.effect != "forbid", -hit.named))
    kept: list[TriggerHit] = []
    for hit in hits:
        rival = next((place for place, other in enumerate(kept) if _rules_out(other, hit)), None)
        if rival is None:
            kept.append(hit)
        elif kept[rival].word == hit.word and hit.row.type is not None and hit.row.type == kept[rival].row.type:
            kept[rival] = msgspec.structs.replace(kept[rival], row=_both(kept[rival].row, hit.row))
    kept.sort(key=lambda hit: hit.word)
    return kept


def _rules_out(longer: TriggerHit, hit: TriggerHit) -> bool:
    """Whether a hit tells no event of its own beside one at least as long."""
    if hit.word == longer.word:
        return True
    speaks_for_all = longer.row.effect == "forbid" or (longer.row.status and longer.row.type == hit.row.type)
    inside = longer.phrase[0] <= hit.word <= longer.phrase[1]
    return inside and (longer.row is hit.row or bool(speaks_for_all))


def _both(longer: TriggerRow, other: TriggerRow) -> TriggerRow:
    """What two rows of one type say of one word."""
    effect = "add" if "add" in (longer.effect, other.effect) else longer.effect
    finer = other if other.mode is not None and longer.mode is None else longer
    return msgspec.structs.replace(finer, effect=effect, status=longer.status or finer.status)
