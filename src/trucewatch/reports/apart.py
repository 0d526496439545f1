"""Story or not? Every block of a page gets a part: the story, the title, lines that say what the report is, furniture.

A block is set apart only where its words, its place on the page or its markup say so; on doubt it stays in the story.
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.nouns import Noun
from trucewatch.reports import lines, signs
from trucewatch.reports.blocks import Block
from trucewatch.reports.hygiene import key

STORY, TITLE, HEADER = "story", "title", "header"
_SURE = 3
"""Score from which a block is furniture wherever it stands; before the first and after the last paragraph 2 is enough."""
_HEAD_LINES = 16
_TITLE_WORDS = 30
_SECTIONS = {"section": "comments", "list": "related", "inset": "inset"}
_FURNITURE_ZONES = frozenset({"nav", "footer", "aside", "comments", "banner", "related", "share", "hidden"})


class Part(Noun):
    """A block with what it was found to be and what it says of the report."""

    block: Block
    kind: str
    facts: tuple[lines.Fact, ...] = ()
    because: tuple[str, ...] = ()


def sort_out(blocks: Sequence[Block], title: str | None = None) -> tuple[Part, ...]:
    """Every block with its part, in page order; `title` is what the page's own data gives, if anything."""
    facts = [lines.read(block) for block in blocks]
    verdicts = [_verdict(block) for block in blocks]
    first, last = _bounds(blocks, facts, verdicts)
    agreed = [at for at, block in enumerate(blocks) if (block.votes or 0) > 1]
    story_parents = {blocks[at].parent for at in agreed if first <= at <= last and blocks[at].is_prose}
    title_at = _title(blocks, facts, verdicts, first, title)
    if title_at == first:
        first = next((i for i in range(first + 1, last + 1) if _is_story(blocks[i], facts[i], verdicts[i])), last + 1)
    parts: list[Part] = []
    closed: str | None = None
    ruled = False
    full_stops = _closes_its_sentences(blocks)
    for at, (block, said, verdict) in enumerate(zip(blocks, facts, verdicts, strict=True)):
        where = "head" if at < first else "tail" if at > last else "middle"
        if at == title_at:
            parts.append(Part(block=block, kind=TITLE))
            continue
        closed = _closing(block, verdict, closed, at > first)
        ruled = ruled or (at > first and (block.tag == "rule" or "ends" in verdict.because))
        kind = _kind(block, verdict, where, bool(said), full_stops)
        if kind == STORY and ruled and where == "tail" and full_stops and not block.is_stopped:
            kind = "foot"
        alone = block.votes == 1 and not (agreed and agreed[0] < at < agreed[-1])
        if kind == STORY and alone and block.parent not in story_parents:
            kind = "page"
        if kind == STORY and _in_furniture(block, verdict, closed, ruled):
            kind = closed or "pitch"
        if kind == STORY and title is not None and key(block.text) == key(title):
            kind = "heading"
        known = said if where != "middle" or at < _HEAD_LINES or _unmistakable(said) else ()
        parts.append(Part(block=block, kind=kind, facts=() if kind == STORY else known, because=verdict.because))
    return _with_lists(parts)


def _is_story(block: Block, said: tuple[lines.Fact, ...], verdict: signs.Verdict) -> bool:
    wanted = block.is_prose and block.tag in ("p", "line", "item") and (block.votes is None or block.votes > 0)
    return wanted and not said and verdict.score < 2 and (not _furnished(block) or (block.votes or 0) > 1)


def _furnished(block: Block) -> bool:
    return block.zone in _FURNITURE_ZONES


def _verdict(block: Block) -> signs.Verdict:
    """The signs of a block; a menu or a list of links needs no reading."""
    if (_furnished(block) and block.zone != "footer" and (block.votes or 0) < 2) or (
        block.linked > 200 and not block.is_prose
    ):
        return signs.Verdict(score=2, kind=block.zone or "link")
    return signs.judge(block)


def _bounds(
    blocks: Sequence[Block], facts: Sequence[tuple[lines.Fact, ...]], verdicts: Sequence[signs.Verdict]
) -> tuple[int, int]:
    """The first and the last block that are story beyond doubt; the whole page where none is."""
    sure = [i for i, block in enumerate(blocks) if _is_story(block, facts[i], verdicts[i])]
    sure = [i for i in sure if blocks[i].votes is None or (blocks[i].votes or 0) > 1] or sure
    return (sure[0], sure[-1]) if sure else (0, len(blocks) - 1)


def _title(
    blocks: Sequence[Block],
    facts: Sequence[tuple[lines.Fact, ...]],
    verdicts: Sequence[signs.Verdict],
    first: int,
    given: str | None,
) -> int | None:
    """The index of the title's block: the one that repeats the given title, or the first line before the story."""
    if given is not None:
        return next((i for i, block in enumerate(blocks) if key(block.text) == key(given) and key(given)), None)
    marked = [i for i, block in enumerate(blocks[: first + 1]) if block.tag == "title"]
    if marked:
        return marked[0]
    for at, block in enumerate(blocks[: min(first + 1, _HEAD_LINES)]):
        if facts[at] or block.tag in ("rule", "media", "caption", "item"):
            continue
        # "Video: ..." or "Analysis: ..." also opens a link to another report: here a byline below it decides.
        if verdicts[at].score >= 2 and not (verdicts[at].kind == "link" and _said_below(facts, at)):
            continue
        if block.size > _TITLE_WORDS or block.sentences > 2:
            return None
        if not block.is_prose:
            if block.size >= 3 or not _better_below(blocks, facts, verdicts, at, first):
                return at if len(blocks) > 1 and (at < first or _said_below(facts, at)) else None
            continue  # "WORLD NEWS": a kicker over the title
        return at if _said_below(facts, at) else None
    return None


def _said_below(facts: Sequence[tuple[lines.Fact, ...]], at: int) -> bool:
    """Does one of the next three blocks say who wrote the report, or when? Then this one is its title."""
    telling = {"byline", "published", "outlet", "region"}
    return any(fact.field in telling for said in facts[at + 1 : at + 4] for fact in said)


def _better_below(
    blocks: Sequence[Block],
    facts: Sequence[tuple[lines.Fact, ...]],
    verdicts: Sequence[signs.Verdict],
    at: int,
    first: int,
) -> bool:
    return any(
        blocks[i].size > blocks[at].size and not facts[i] and verdicts[i].score < 2 and not blocks[i].is_prose
        for i in range(at + 1, min(first, at + 4))
    )


def _closes_its_sentences(blocks: Sequence[Block]) -> bool:
    """Do most longer blocks end in a full stop? A post without full stops can't be told apart by them."""
    long = [block for block in blocks if block.size >= 10 and not _furnished(block)]
    return sum(block.is_prose and block.sentences > 0 for block in long) * 2 >= len(long)


def _closing(block: Block, verdict: signs.Verdict, closed: str | None, below_first: bool) -> str | None:
    """Which section we are in: after "Comments" everything, after "Most read" every line until the story goes on."""
    if closed == "comments":
        return closed
    if verdict.kind in _SECTIONS and verdict.score >= 4 and below_first and block.size <= 8:
        return _SECTIONS[verdict.kind]
    # Headlines have no full stop. Those of an inset are short; a foot may also hold teasers of a sentence or two.
    if closed is not None and block.is_stopped and block.size >= (6 if closed == "inset" else 20):
        return None
    return closed


def _in_furniture(block: Block, verdict: signs.Verdict, closed: str | None, ruled: bool) -> bool:
    return closed is not None or (ruled and verdict.score >= 2)


def _unmistakable(said: tuple[lines.Fact, ...]) -> bool:
    return any(fact.field in ("media", "original", "licence") for fact in said)


def _kind(block: Block, verdict: signs.Verdict, where: str, said: bool, full_stops: bool) -> str:
    if block.tag in ("rule", "media", "caption", "heading", "title"):
        return block.tag if block.tag != "title" else "heading"
    if _furnished(block) and not (block.votes or 0) > 1:
        return verdict.kind if verdict.kind == "licence" and verdict.score >= 2 else block.zone
    if (
        block.votes is not None
        and block.votes == 0
        and not (where == "middle" and block.is_prose and verdict.score < 2)
    ):
        return verdict.kind if verdict.score >= 2 else "page"
    if said and not (where == "middle" and block.is_prose and block.size > 12):
        return HEADER
    if verdict.score >= (_SURE if where == "middle" else 2):
        return verdict.kind
    if block.is_prose:
        return STORY
    return _bare_line(block, where, full_stops)


def _bare_line(block: Block, where: str, full_stops: bool) -> str:
    """A line without a full stop: part of the header, a heading between paragraphs, or what is left at the foot."""
    if block.tag == "item" and where == "middle":
        return STORY
    if where == "head":
        return "head"
    if where == "tail":
        return "foot" if full_stops and block.size < 12 else STORY
    short = block.size <= 4 and not any(character.isdigit() for character in block.text)
    return "heading" if short and full_stops else STORY


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
