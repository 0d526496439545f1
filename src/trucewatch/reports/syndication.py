"""Which reports are one story: a piece and its copies, however titled, cut short or added to.

A report's print holds a MinHash of its word shingles (Broder 1997), from which the share that two texts have in
common is estimated with a standard error of at most 0.03. Prints are compared only where they share a key (locality-sensitive
hashing in bands of two) and, where both are dated, were written within ``WINDOW``. Being a copy is a matter of
the two prints alone, and a story is what copies join; so the same prints give the same stories in any order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import operator
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rensa import RMinHash

from trucewatch.nouns import Noun, Report, Story
from trucewatch.reports.hygiene import key

SHINGLE = 4
"""Words in a shingle."""
SLOTS = 256
"""Minima in a MinHash."""
BANDS = 64
"""Keys of a print, of two minima each: texts with a third of their shingles in common share one in 1,999 cases of 2,000."""
WINDOW = dt.timedelta(days=7)
"""A copy is written no later; beyond, only the very same text is the same story."""
WEEKS = 28
"""Days whose prints are kept under the same keys: more than WINDOW, so that copies are of the same ones or the next."""
SHORT = 30
"""Shingles below which a text must be copied nearly whole: what is short is often a form filled in."""
BRIEF = 20
"""Shingles from which on the very same text is no alert that comes again, but one brief, whenever it is printed."""

_SEED = 42
_NO_STORY = 0.2
"""Share of the longer text below which a copy is a digest of many texts, or one of the many in a digest."""
_COPIED = 0.6
"""Share of the shorter text that a copy has in common with the other: added paragraphs may fill the rest."""
_COPIED_WITH_SIGN = 0.4
"""The same where a title or a credit says that it is a copy."""
_NEARLY_WHOLE = 0.8
_SAME_FIGURES = 0.5
_FEW_FIGURES = 3
_TITLE = 0.75
_WORD = re.compile(r"\w+")
_PARTED = re.compile(r"(?<=\d)[,.'\u00a0\u202f](?=\d{3}\b)")
_MOST_FIGURES = 64


class Print(Noun):
    """What is kept of a report to know its copies by."""

    report: str
    order: int
    """In which order it came to the desk."""
    outlet: str | None = None
    original_outlet: str | None = None
    published: dt.date | None = None
    original_published: dt.date | None = None
    title: str = ""
    """Folded: lower case, without accents and punctuation, words parted by one blank."""
    length: int = 0
    """Different shingles in the text."""
    minhash: bytes = b""
    """Minima of 32 bits, one after the other: as numbers they would take ten times the memory."""
    figures: tuple[str, ...] = ()
    """Numbers in the text, written in digits, sorted; at most 64."""

    @property
    def written(self) -> dt.date | None:
        """The date of the first publication, as far as this copy tells."""
        return self.original_published or self.published

    @property
    def source(self) -> str:
        """Who published it first, as far as this copy tells, folded; empty when unknown."""
        return key(self.original_outlet or self.outlet or "")


def print_of(report: Report, order: int) -> Print:
    """The print of a report; some 0.2 ms for a text of 500 words."""
    words = _words(report.text)
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    sketch = RMinHash(num_perm=SLOTS, seed=_SEED)
    sketch.update(shingles)
    return Print(
        report=report.id,
        order=order,
        outlet=report.outlet,
        original_outlet=report.original_outlet,
        published=report.published,
        original_published=report.original_published,
        title=" ".join(_words(report.title or "")),
        length=len(shingles),
        minhash=array("I", sketch.digest()).tobytes(),
        figures=tuple(sorted({word for word in words if word.isdecimal()}))[:_MOST_FIGURES],
    )


def keys(print: Print) -> tuple[str, ...]:
    """The keys under which a print is kept: what it says, in the weeks in which it was written; the last one for the very same text."""
    weeks = _weeks(print.written)
    return *(f"{start}{weeks}" for start in _starts(print)), same_text(print)


def sought(print: Print) -> tuple[str, ...]:
    """The keys under which copies of a print are kept, so that an archive of years is not gone through for each of its reports."""
    if print.written is None:
        return (same_text(print),)
    around = {_weeks(print.written - WINDOW), _weeks(print.written + WINDOW), _weeks(None)}
    return *(f"{start}{weeks}" for start in _starts(print) for weeks in around), same_text(print)


def sought_at_any_time(print: Print) -> tuple[str, ...]:
    """How the keys begin under which copies of an undated print are kept; none of a dated one."""
    return () if print.written is not None else tuple(_starts(print))


def _starts(print: Print) -> Iterator[str]:
    """Two copies have at least one in common, two other texts hardly ever."""
    return (f"{band:02x}{_band(print, band).hex()}" for band in range(BANDS))


def _weeks(day: dt.date | None) -> str:
    return "u" if day is None else f"w{day.toordinal() // WEEKS}"


def same_text(print: Print) -> str:
    """The key that reports of the very same words share, whenever they were written."""
    return f"same{hashlib.blake2b(print.minhash, digest_size=8).hexdigest()}"


def stories(prints: Iterable[Print]) -> Iterator[Story]:
    """Every report in exactly one story, stories in the order in which their first reports came in."""
    every = sorted(prints, key=lambda one: (one.order, one.report))
    groups = _Groups(len(every))
    compared = _join_equal(every, groups)
    for band in range(BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for at in compared:
            buckets[_band(every[at], band)].append(at)
        for bucket in buckets.values():
            if len(bucket) > 1:
                _join(every, bucket, groups)
    members: dict[int, list[Print]] = defaultdict(list)
    for at, one in enumerate(every):
        members[groups.root(at)].append(one)
    for story in members.values():
        yield _story(story)


def copied(new: Sequence[Print], old: Iterable[Print]) -> Iterator[str]:
    """The old reports that a new one is a copy of, or the other way round: their stories are told again with it."""
    sharing: dict[tuple[int, bytes], list[Print]] = defaultdict(list)
    for one in new:
        for band in range(BANDS):
            sharing[band, _band(one, band)].append(one)
    for other in old:
        bands = ((band, _band(other, band)) for band in range(BANDS))
        near = {one.report: one for band in bands for one in sharing.get(band, ())}
        if any(copies(one, other) for one in near.values()):
            yield other.report


def copies(one: Print, other: Print) -> bool:
    """Whether one text is a copy of the other, whole or in part, or both are of a third."""
    days = _days_apart(one, other)
    short, long = sorted((one.length, other.length))
    if one.minhash == other.minhash and long >= BRIEF:
        return True
    if days is not None and days > WINDOW.days:  # before the sum, which most pairs of a large archive need not have
        return False
    alike = _alike(one, other)
    common = _common(one, other, alike)
    if common < _NO_STORY * long:
        return False
    if short < SHORT:
        return alike >= _NEARLY_WHOLE and days == 0
    if days != 0 and one.outlet and key(one.outlet) == key(other.outlet or ""):
        # The follow-up of the next day repeats what was known the day before, often all of it.
        return alike >= _NEARLY_WHOLE and _figures_agree(one, other, _NEARLY_WHOLE)
    enough = _COPIED_WITH_SIGN if _signed(one, other) else _COPIED
    return common >= enough * short and (days == 0 or _figures_agree(one, other, _SAME_FIGURES))


def reprints(prints: Iterable[Print], stories: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The later prints of a text among reports (``stories`` has the story of each), and the first one of each.

    A text that has more to it than was added or cut is no print of it, nor is what an outlet makes of its own on another day:
    "overnight" in a bulletin is another night each day.
    """
    told: dict[str, list[Print]] = defaultdict(list)
    for one in prints:
        if one.written is not None:
            told[stories[one.report]].append(one)
    for members in told.values():
        first = min(members, key=lambda one: (one.written, one.order))
        yield from ((one.report, first.report) for one in members if _reprints(one, first))


def _reprints(one: Print, first: Print) -> bool:
    if one.written == first.written:
        return False
    if one.minhash == first.minhash:
        return True
    outlets = {key(one.outlet or ""), key(first.outlet or "")}
    shorter = min(one.length, first.length)
    return len(outlets - {""}) == 2 and _common(one, first, _alike(one, first)) >= _NEARLY_WHOLE * shorter


class _Groups:
    """Disjoint sets of numbers, and the pairs that are known to be no copies."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self.apart: set[tuple[int, int]] = set()

    def root(self, at: int) -> int:
        while self._parent[at] != at:
            self._parent[at] = at = self._parent[self._parent[at]]
        return at

    def unite(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def _join_equal(every: Sequence[Print], groups: _Groups) -> list[int]:
    """Join the reports of one text, and give those that are left to compare: of a short text one a day tells all."""
    first: dict[tuple[bytes, dt.date | None], int] = {}
    compared = []
    for at, one in enumerate(every):
        if one.length >= BRIEF:
            groups.unite(first.setdefault((one.minhash, None), at), at)
        if one.length >= SHORT:
            compared.append(at)
        elif one.written is not None:
            alike = first.setdefault((one.minhash, one.written), at)
            groups.unite(alike, at)
            if alike == at:
                compared.append(at)
    return compared


def _join(every: Sequence[Print], bucket: Sequence[int], groups: _Groups) -> None:
    """Join the copies among prints that share a key."""
    if len({groups.root(at) for at in bucket}) == 1:
        return
    undated = [at for at in bucket if every[at].written is None]
    dated = sorted((written.toordinal(), at) for at in bucket if (written := every[at].written) is not None)
    for number, (day, at) in enumerate(dated):
        for later, other in dated[number + 1 :]:
            if later - day > WINDOW.days:
                break
            _compare(every, (at, other), groups)
    for number, at in enumerate(undated):
        for other in [*undated[number + 1 :], *(other for _, other in dated)]:
            _compare(every, (at, other), groups)


def _compare(every: Sequence[Print], pair: tuple[int, int], groups: _Groups) -> None:
    one, other = sorted(pair)
    if groups.root(one) == groups.root(other) or (one, other) in groups.apart:
        return
    if copies(every[one], every[other]):
        groups.unite(one, other)
    else:
        groups.apart.add((one, other))


def _story(members: Sequence[Print]) -> Story:
    """The story of prints in the order in which they came in."""
    first = min(members, key=_earliness)
    credited = next((one.original_outlet for one in sorted(members, key=_earliness) if one.original_outlet), None)
    outlet = credited or first.outlet or next((one.outlet for one in members if one.outlet), None)
    source = key(outlet or "")
    chain = sorted(members, key=lambda one: (key(one.outlet or "") != source, *_earliness(one)))
    return Story(id=members[0].report, reports=tuple(one.report for one in chain), outlet=outlet)


def _band(one: Print, band: int) -> bytes:
    """Two of its minima."""
    return one.minhash[8 * band : 8 * band + 8]


def _earliness(one: Print) -> tuple[dt.date, int, str]:
    return (one.published or one.original_published or dt.date.max, one.order, one.report)


def _alike(one: Print, other: Print) -> float:
    """Of all shingles of two texts, the share that both have."""
    minima = (memoryview(print.minhash).cast("I") for print in (one, other))
    same: int = sum(map(operator.eq, *minima))
    return same / SLOTS


def _common(one: Print, other: Print, alike: float) -> float:
    """How many shingles both have."""
    return alike / (1 + alike) * (one.length + other.length)


def _signed(one: Print, other: Print) -> bool:
    """Whether title or credit say that one is a copy of the other. A later credit may be for the follow-up."""
    mine, theirs = set(one.title.split()), set(other.title.split())
    if len(mine) >= SHINGLE and len(mine & theirs) >= _TITLE * len(mine | theirs):
        return True
    credited = {key(one.original_outlet or ""), key(other.original_outlet or "")} - {""}
    return bool(credited) and one.source == other.source and _days_apart(one, other) == 0


def _figures_agree(one: Print, other: Print, share: float) -> bool:
    """Whether enough of the numbers of the text with fewer are in the other, where both have some."""
    fewest = min(len(one.figures), len(other.figures))
    return fewest < _FEW_FIGURES or len({*one.figures} & {*other.figures}) >= share * fewest


def _days_apart(one: Print, other: Print) -> int | None:
    if one.written is None or other.written is None:
        return None
    return abs((one.written - other.written).days)


def _words(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded)
        folded = "".join(character for character in apart if not unicodedata.combining(character))
    return _WORD.findall(_PARTED.sub("", folded))
