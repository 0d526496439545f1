"""A live blog's posts have days of their own: what it tells of several days becomes a report of each."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from trucewatch.nouns import Noun, Report
from trucewatch.reports import dates, lines
from trucewatch.reports.apart import STORY, Part
from trucewatch.reports.assemble import report_id, story
from trucewatch.reports.hygiene import key, tidy
from trucewatch.reports.tables import either

_NAMED = re.compile(either("live_blog"), re.IGNORECASE)
_LEAST = 24
"""Letters of a paragraph that is looked for in the posts: a shorter one may stand in any."""
_LINE = 6
"""Words of a line that gives a day and nothing else."""


class Post(Noun):
    """A post of a live blog, as the page's own data gives it."""

    day: dt.date
    text: str


def is_named(title: str | None) -> bool:
    """Does a title call its page a live blog?"""
    return _NAMED.search(title or "") is not None


def posts(told: Sequence[Mapping[str, Any]]) -> tuple[Post, ...]:
    """The dated posts in a page's objects of JSON-LD, in their order."""
    return tuple(
        Post(day=day, text=tidy(body))
        for blog in told
        for post in _each(blog.get("liveBlogUpdate"))
        if isinstance(post, dict)
        and isinstance(body := post.get("articleBody"), str)
        and (day := dates.first(_text(post.get("datePublished"))))
    )


def by_day(whole: Report, parts: Sequence[Part], told: Sequence[Post]) -> list[Report]:
    """The report of a live blog as a report of each of its days, the first day first; what has no day is of the page's."""
    days: dict[dt.date | None, list[Part]] = {}
    for part, day in _dated(parts, told, whole.published):
        days.setdefault(day or whole.published, []).append(part)
    texts = {day: text for day, paragraphs in days.items() if (text := story(paragraphs))}
    if len(texts) < 2:
        return [whole]
    return [
        msgspec.structs.replace(
            whole,
            id=report_id(text, whole.outlet, day),
            text=text,
            published=day,
            original_published=None,
            notes=(*whole.notes, f"one of {len(texts)} days of a live blog"),
        )
        for day, text in sorted(texts.items(), key=lambda its: its[0] or dt.date.min)
    ]


def _dated(
    parts: Sequence[Part], told: Sequence[Post], published: dt.date | None
) -> Iterator[tuple[Part, dt.date | None]]:
    """Each paragraph of the story with its day: that of the post that holds it, else of the time or the date that stands above it."""
    keys = [key(post.text) for post in told]
    ends = list(itertools.accumulate(len(one) + 1 for one in keys))
    every = " ".join(keys)
    day = clock = None
    for part in parts:
        if part.block.day != clock:
            day = clock = part.block.day
        said = lines.read(part.block)
        head = next((fact.date for fact in said if fact.field == "published" and not fact.values), None)
        if head is None and published and not said and part.block.size <= _LINE and not part.block.zone:
            head = dates.nearest(part.block.text, published)
        day = head or day
        if head or part.kind != STORY:
            continue
        words = key(part.block.text)
        at = every.find(words) if len(words) >= _LEAST else -1
        day = told[bisect.bisect_right(ends, at)].day if at >= 0 else day
        yield part, day


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
