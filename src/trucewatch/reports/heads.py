"""Headings that a story can't do without: the countries of a digest, the days of a timeline."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import msgspec

from trucewatch.reports import dates, regions
from trucewatch.reports.signs import SURE, Seen, Verdict

_LONGEST = 6
"""Words of a country's name, or of a date."""
_LONGEST_HEADING = 14
"""Words of what an element says that marks it as a heading."""
_ABOVE = 2
"""A heading stands over its paragraph, or a line that says how things are stands between."""
_COUNTRIES, _DAYS = 2, 3
"""What must be told apart: one country or day heads no part of a page, and of two days one may be the page's own."""
KIND = "head of a part"


def marked(seen: Sequence[Seen]) -> list[Seen]:
    """The blocks, of which those that head a part say nothing of the report itself and are no title."""
    heads = _heading(seen, _country, _COUNTRIES) | _heading(seen, _day, _DAYS)
    verdict = Verdict(score=SURE, kind=KIND)
    return [
        msgspec.structs.replace(one, said=(), verdict=verdict) if at in heads else one for at, one in enumerate(seen)
    ]


def _heading(seen: Sequence[Seen], told: Callable[[Seen], Hashable], least: int) -> frozenset[int]:
    """The blocks over paragraphs that tell so many different things at least."""
    over = {
        at - above
        for at, one in enumerate(seen)
        if one.is_surely_story
        for above in range(1, _ABOVE + 1)
        if at >= above
    }
    named = {at: what for at in over if not seen[at].block.is_furnished and (what := told(seen[at]))}
    return frozenset(named) if len(set(named.values())) >= least else frozenset()


def _country(one: Seen) -> str | None:
    """The country that a line names, if it does nothing else; a link leads there, and a heading may go on: "Mali: Raids on mines"."""
    block = one.block
    is_heading = block.tag == "heading"
    if block.size > (_LONGEST_HEADING if is_heading else _LONGEST) or (block.linked and not is_heading):
        return None
    name, _, rest = block.text.partition(":")
    return regions.country(name.strip()) if is_heading or not rest.strip() else None


def _day(one: Seen) -> Hashable:
    """The day that a line gives, with its year or without, if it does nothing else."""
    if one.block.size > _LONGEST:
        return None
    if not one.said:
        return dates.day_and_month(one.block.text)
    days = [fact.date for fact in one.said if fact.field == "published" and not fact.values]
    return days[0] if len(days) == len(one.said) == 1 else None
