"""Which block of a page is its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trucewatch.reports.hygiene import key
from trucewatch.reports.signs import LIKELY, Seen

_HEAD_LINES = 16
_MOST_WORDS, _LEAST_WORDS = 30, 3
_TELLING = frozenset({"byline", "published", "outlet", "region"})


def title_at(seen: Sequence[Seen], first: int, given: str | None) -> int | None:
    """The index of the block that repeats the `given` title, or else of the first line before the story (at `first`)."""
    if given is not None:
        wanted = key(given)
        return next((at for at, one in enumerate(seen) if wanted and key(one.block.text) == wanted), None)
    marked = [at for at, one in enumerate(seen[: first + 1]) if one.block.tag == "title"]
    if marked:
        return marked[0]
    may = list(_candidates(seen, first))
    if may and may[0] < first and not _told_below(seen, may[0]):  # the name of the site may stand above a menu
        return next((at for at in may if at < first and _told_below(seen, at)), may[0])
    return may[0] if may else None


def _candidates(seen: Sequence[Seen], first: int) -> Iterator[int]:
    """The lines that may be the title, as far as the first paragraph or what is too long for a title."""
    for at, one in enumerate(seen[: min(first + 1, _HEAD_LINES)]):
        if not _may_be(seen, at):
            continue
        if one.block.size > _MOST_WORDS or one.block.sentences > 2:
            return
        if _is_kicker(one, seen[at + 1 : min(first, at + 4)]):
            continue
        before_the_story = at < first and not one.block.is_prose
        if not before_the_story and not _told_below(seen, at):
            return
        yield at


def _may_be(seen: Sequence[Seen], at: int) -> bool:
    one = seen[at]
    if one.said or one.block.tag in ("rule", "media", "caption", "item"):
        return False
    if one.block.text.startswith("("):
        return False  # "(Corrects the toll in paragraph 2)"
    # "Video: ..." or "Analysis: ..." also opens a link to another report, "Correction: ..." a note: here a byline below it decides.
    opens = one.verdict.kind == "link" or "corrections" in one.verdict.because
    return one.verdict.score < LIKELY or (opens and _told_below(seen, at))


def _told_below(seen: Sequence[Seen], at: int) -> bool:
    """Does one of the next three blocks say who wrote the report, or when? Then this one is its title."""
    return any(fact.field in _TELLING for one in seen[at + 1 : at + 4] for fact in one.said)


def _is_kicker(one: Seen, below: Sequence[Seen]) -> bool:
    """ "WORLD NEWS" stands over a title; there is a longer line below it."""
    return one.block.size < _LEAST_WORDS and any(
        other.block.size > one.block.size
        and not other.said
        and other.verdict.score < LIKELY
        and not other.block.is_prose
        for other in below
    )
