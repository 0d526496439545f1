"""Which block of a page is its title."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.reports.blocks import Block
from trucewatch.reports.hygiene import key
from trucewatch.reports.lines import Fact
from trucewatch.reports.signs import Verdict

_HEAD_LINES = 16
_MOST_WORDS, _LEAST_WORDS = 30, 3
_TELLING = frozenset({"byline", "published", "outlet", "region"})

_Said = Sequence[tuple[Fact, ...]]


def title_at(
    blocks: Sequence[Block], said: _Said, verdicts: Sequence[Verdict], first: int, given: str | None
) -> int | None:
    """The index of the block that repeats the `given` title, or else of the first line before the story (at `first`)."""
    if given is not None:
        wanted = key(given)
        return next((at for at, block in enumerate(blocks) if wanted and key(block.text) == wanted), None)
    marked = [at for at, block in enumerate(blocks[: first + 1]) if block.tag == "title"]
    if marked:
        return marked[0]
    for at in range(min(first + 1, _HEAD_LINES, len(blocks))):
        if not _may_be(blocks[at], said, verdicts[at], at):
            continue
        if blocks[at].size > _MOST_WORDS or blocks[at].sentences > 2:
            return None
        if _is_kicker(blocks, said, verdicts, at, first):
            continue
        before_the_story = at < first and not blocks[at].is_prose
        return at if before_the_story or _told_below(said, at) else None
    return None


def _may_be(block: Block, said: _Said, verdict: Verdict, at: int) -> bool:
    if said[at] or block.tag in ("rule", "media", "caption", "item"):
        return False
    # "Video: ..." or "Analysis: ..." also opens a link to another report: here a byline below it decides.
    return verdict.score < 2 or (verdict.kind == "link" and _told_below(said, at))


def _told_below(said: _Said, at: int) -> bool:
    """Does one of the next three blocks say who wrote the report, or when? Then this one is its title."""
    return any(fact.field in _TELLING for facts in said[at + 1 : at + 4] for fact in facts)


def _is_kicker(blocks: Sequence[Block], said: _Said, verdicts: Sequence[Verdict], at: int, first: int) -> bool:
    """ "WORLD NEWS" stands over a title; there is a longer line below it."""
    return blocks[at].size < _LEAST_WORDS and any(
        blocks[below].size > blocks[at].size
        and not said[below]
        and verdicts[below].score < 2
        and not blocks[below].is_prose
        for below in range(at + 1, min(first, at + 4))
    )
