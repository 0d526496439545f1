"""A brief as Markdown: for a mail, a wiki or a repository."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from trucewatch.brief import layout
from trucewatch.brief.layout import Row
from trucewatch.brief.page import MAKER, Brief
from trucewatch.brief.spoken import say
from trucewatch.english import said

if TYPE_CHECKING:
    from trucewatch.translation import Language

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&])")


def markdown(brief: Brief, pictures: Mapping[str, str] | None = None, language: Language | None = None) -> str:
    """The page; ``pictures`` are the addresses of its map and its series, by what they show."""
    return "\n".join(_lines(brief, pictures or {}, language)) + "\n"


def _lines(brief: Brief, pictures: Mapping[str, str], language: Language | None) -> Iterator[str]:
    yield f"# {_plain(brief.title)}"
    yield ""
    yield f"{layout.under(brief, language)}"
    yield ""
    yield from (f"- {name}: **{status}**" for name, status, _ in layout.summary(brief, language))
    for block in layout.blocks(brief, language):
        for section in block.sections:
            yield ""
            yield f"## {section.heading}"
            yield ""
            yield from (f"- {_row(row)}" for row in section.rows)
        if block.shows and block.shows in pictures:
            yield ""
            yield f"![{say(said(block.shows), language)}](<{pictures[block.shows]}>)"
    if brief.cited:
        yield ""
        yield f"## {layout.cited(language)}"
        yield ""
        yield from (f"- [{one.number}] {_plain(layout.source(one, language))}" for one in brief.cited)
    yield f"\n<!-- {MAKER} -->"


def _row(row: Row) -> str:
    lead = f"**{_plain(row.lead)}.** " if row.lead else ""
    cites = f" [{', '.join(map(str, row.cites))}]" if row.cites else ""
    small = f" *{_plain(row.small)}*" if row.small else ""
    return f"{lead}{_plain(row.text)}{cites}{small}"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
