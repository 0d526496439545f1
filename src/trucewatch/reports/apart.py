"""Story or not? Every block of a page gets a part: story, title, a line that says what the report is, furniture.

A block is set apart only where its words, its place or its markup say so; on doubt it stays in the story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from trucewatch.nouns import Noun
from trucewatch.reports import heads, lines, signs
from trucewatch.reports.blocks import Block
from trucewatch.reports.hygiene import key
from trucewatch.reports.signs import LIKELY, SURE, Seen
from trucewatch.reports.titles import title_at

STORY, TITLE, HEADER, HEAD = "story", "title", "header", "head"
_ADVERT = "ad"
"""The zone of an advertisement by its class."""
_HEAD_LINES = 16
_THREAD = "thread"
"""The comments below a heading that counts them: nothing of the story comes behind, however well they read."""
_SECTIONS = {"section": "comments", "list": "related", "inset": "inset"}
_GOES_ON = {"related": 12, "inset": 6}
"""Words of a closed sentence that end such a section: headlines have no full stop, teasers are short."""
_READ_MORE = 3
"""Words."""
_ECHO = 30
"""Letters of a piece that is one word for word."""
_LONGEST_STORY = 100_000
"""Letters of a story in which such pieces are looked for."""


class Part(Noun):
    """A block with what it was found to be and what it says of the report."""

    block: Block
    kind: str
    facts: tuple[lines.Fact, ...] = ()
    because: tuple[str, ...] = ()


class _Layout(Noun):
    """Where a page's story is, by the indices of its blocks."""

    title: int | None
    first: int
    last: int
    """First and last block that are story beyond doubt."""
    agreed: tuple[int, ...]
    """What both extractors keep."""
    parents: frozenset[int]
    """The elements around agreed story blocks."""
    stopped: bool
    """Do its sentences end in full stops? In a post without them they tell nothing."""
    advertised: bool
    """Does the story itself stand in what looks like an advertisement by its class?"""


def sort_out(blocks: Sequence[Block], title: str | None = None, names: Iterable[str | None] = ()) -> tuple[Part, ...]:
    """Every block with its part, in page order; `title` is what the page's own data gives, if anything, and `names` are the
    outlet's and the writers' likewise: a line that holds one of these alone is no story."""
    said = lines.read_all(blocks)
    seen = [Seen(block=block, said=facts, verdict=_verdict(block)) for block, facts in zip(blocks, said, strict=True)]
    seen = heads.marked(seen)
    layout = _layout(seen, title)
    told = frozenset(key(name) for name in (title, *names) if name)
    return _without_echoes(_with_lists(list(_parts(seen, layout, told))))


def _verdict(block: Block) -> signs.Verdict:
    """The signs of a block; a menu or a list of links needs no reading."""
    menu = block.is_furnished and block.zone != "footer" and not block.is_agreed
    if menu or (block.linked > 200 and not block.is_prose):
        return signs.Verdict(score=LIKELY, kind=block.zone or "link")
    return signs.judge(block)


def _layout(seen: Sequence[Seen], title: str | None) -> _Layout:
    sure = [at for at, one in enumerate(seen) if one.is_surely_story]
    sure = [at for at in sure if seen[at].block.votes is None or seen[at].block.is_agreed] or sure
    first, last = (sure[0], sure[-1]) if sure else (0, len(seen) - 1)
    agreed = tuple(at for at, one in enumerate(seen) if one.block.is_agreed)
    parents = {seen[at].block.parent for at in agreed if first <= at <= last and seen[at].block.is_prose}
    heading = title_at(seen, first, title)
    if heading == first:
        first = next((at for at in sure if at > first), last + 1 if sure else first + 1)
    long = [one.block for one in seen if one.block.size >= 10 and not one.block.is_furnished]
    stopped = sum(block.is_prose and block.sentences > 0 for block in long) * 2 >= len(long)
    advertised = any(seen[at].block.zone == _ADVERT for at in sure if at == first)
    return _Layout(
        title=heading,
        first=first,
        last=last,
        agreed=agreed,
        parents=frozenset(parents),
        stopped=stopped,
        advertised=advertised,
    )


def _parts(seen: Sequence[Seen], layout: _Layout, names: frozenset[str]) -> Iterator[Part]:
    section: str | None = None
    ruled = advert = False
    for at, one in enumerate(seen):
        if at == layout.title:
            yield Part(block=one.block, kind=TITLE)
            continue
        if one.verdict.kind == heads.KIND:
            yield Part(block=one.block, kind=STORY)
            continue
        section = _section(one, section, at > layout.first)
        ruled = ruled or (at > layout.first and (one.block.tag == "rule" or "ends" in one.verdict.because))
        advert = one.block.zone == _ADVERT and (advert or "advert" in one.verdict.because)
        kind = _ADVERT if advert and not layout.advertised else _kind(one, at, layout)
        if kind == STORY:
            kind = _doubted(one, at, layout, section, ruled)
        if kind == STORY and _leads_on(one.block, seen[at + 1 : at + 2]):
            kind = "link"
        if kind == STORY and key(one.block.text) in names:
            kind = "heading"
        told = not layout.first <= at <= layout.last or at < _HEAD_LINES or _is_unmistakable(one.said)
        facts = one.said if told and kind != STORY else ()
        yield Part(block=one.block, kind=kind, facts=facts, because=one.verdict.because)


def _section(one: Seen, section: str | None, below_first: bool) -> str | None:
    """The section we are in: after "Comments" everything, after "Most read" every line until the story goes on."""
    if one.verdict.kind in _SECTIONS and one.verdict.score >= SURE + 1 and below_first and one.block.size <= 8:
        counted = one.block.tag == "heading" and any(map(str.isdigit, one.block.text))
        opened = _SECTIONS[one.verdict.kind]
        return section if section in ("comments", _THREAD) else _THREAD if opened == "comments" and counted else opened
    if section == _THREAD:
        return section
    if one.block.is_agreed and one.block.is_stopped:
        return None
    return None if section in _GOES_ON and one.block.is_stopped and one.block.size >= _GOES_ON[section] else section


def _kind(one: Seen, at: int, layout: _Layout) -> str:
    """What a block is by its markup, its facts, its signs and its place."""
    block, verdict = one.block, one.verdict
    inside = layout.first <= at <= layout.last
    if block.tag in ("rule", "media", "caption", "heading", "title"):
        return "heading" if block.tag == "title" else block.tag
    if block.is_furnished and not block.is_agreed:
        return "licence" if verdict.kind == "licence" and verdict.score >= LIKELY else block.zone
    if block.votes == 0 and not (inside and block.is_prose and verdict.score < LIKELY):
        return verdict.kind if verdict.score >= LIKELY else "page"
    if one.said and not (inside and block.is_prose and block.size > 12):
        return HEADER
    if verdict.score >= (SURE if inside else LIKELY):
        return verdict.kind
    if block.is_prose and block.link_share > 0.8 and layout.stopped and not block.is_stopped:
        return "link"  # an inset headline that asks
    return STORY if block.is_prose else _bare_line(block, at, layout)


def _bare_line(block: Block, at: int, layout: _Layout) -> str:
    """A line without a full stop: of the header, a heading between paragraphs, or what is left at the foot."""
    if at < layout.first:
        return HEAD
    if block.is_short_sentence and layout.stopped and at <= layout.last + 1 and not block.linked:
        return STORY
    if at > layout.last:
        return "foot" if layout.stopped and block.size < 12 else STORY
    if block.link_share > 0.8 and layout.stopped and block.tag != "item":
        return "link"  # an inset headline of another piece
    short = block.size <= 4 and not any(character.isdigit() for character in block.text)
    return "heading" if short and layout.stopped and block.tag != "item" else STORY


def _doubted(one: Seen, at: int, layout: _Layout, section: str | None, ruled: bool) -> str:
    """A block that reads like story, held against what stands around it."""
    block = one.block
    if section is not None:
        return section
    if ruled and (one.verdict.score >= LIKELY or (at > layout.last and layout.stopped and not block.is_stopped)):
        return "foot"
    # The extractors disagree on it, not on all, and it stands neither among blocks on which they agree nor beside one.
    among = not layout.parents or layout.agreed[0] < at < layout.agreed[-1]
    return "page" if block.votes == 1 and not among and block.parent not in layout.parents else STORY


def _leads_on(block: Block, below: Sequence[Seen]) -> bool:
    """Is it the headline of another piece, with no more than "Read more" below it?"""
    if block.is_prose or block.tag == "item" or not below:
        return False
    return below[0].verdict.kind == "link" and below[0].verdict.score >= SURE and below[0].block.size <= _READ_MORE


def _is_unmistakable(said: tuple[lines.Fact, ...]) -> bool:
    return any(fact.field in ("media", "original", "licence") for fact in said)


def _without_echoes(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts without what is set in large letters once more: a piece of a longer paragraph, in which it says who speaks."""
    keys = [key(part.block.text) if part.kind == STORY else "" for part in parts]
    if sum(map(len, keys)) > _LONGEST_STORY:
        return tuple(parts)
    whole, times = " ".join(keys), Counter(keys)
    return tuple(
        msgspec.structs.replace(part, kind="echo")
        if len(words) >= _ECHO and part.block.tag != "item" and whole.count(words) > times[words]
        else part
        for part, words in zip(parts, keys, strict=True)
    )


def _with_lists(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Entries of a list that a story paragraph announces ("these villages were hit:") stay with it."""
    kept: list[Part] = []
    announced = False
    for part in parts:
        if part.block.tag == "item" and announced and not part.block.zone and part.kind in ("foot", "page", "heading"):
            part = Part(block=part.block, kind=STORY, because=part.because)
        else:
            announced = part.kind == STORY and part.block.text.rstrip().endswith((":", "："))
        kept.append(part)
    return tuple(kept)
