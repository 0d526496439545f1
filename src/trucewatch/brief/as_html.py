"""A brief as one HTML page of its own: nothing in it is fetched from anywhere, and no script runs."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.brief import layout
from trucewatch.brief.layout import Row, Section
from trucewatch.brief.page import MAKER, Brief

if TYPE_CHECKING:
    from trucewatch.translation import Language

STYLE = Path(__file__).with_name("brief.css")


def page(brief: Brief, language: Language | None = None) -> str:
    """The whole document."""
    return "\n".join(_lines(brief, language)) + "\n"


def _lines(brief: Brief, language: Language | None) -> Iterator[str]:
    title = html.escape(f"{brief.title}, {brief.week.name}")
    # Pictures run from left to right in every language.
    turned, figure = ("", "") if language is None or language.direction == "ltr" else (' dir="rtl"', ' dir="ltr"')
    code = language.code if language else "en"
    yield f'<!doctype html>\n<html lang="{code}"{turned}>\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="{MAKER}">'
    yield '<link rel="icon" href="data:,">'  # none: or a browser asks the server for one
    yield f"<title>{title}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n<main>"
    yield f"<header>\n<h1>{html.escape(brief.title)}</h1>\n<p>{html.escape(layout.under(brief, language))}</p>\n</header>"
    yield '<dl class="channels">'
    for name, status, code in layout.summary(brief, language):
        mark = code.replace(" ", "-")
        yield f'<div class="{mark}"><dt>{html.escape(name)}</dt><dd>{html.escape(status)}</dd></div>'
    yield "</dl>"
    for block in layout.blocks(brief, language):
        yield f'<div class="{"pair" if block.picture else "small" if block.is_small else "plain"}">\n<div>'
        for section in block.sections:
            yield from _section(section)
        yield "</div>"
        if block.picture:
            yield f"<figure{figure}>{block.picture}</figure>"
        yield "</div>"
    yield from _cited(brief, language)
    yield "</main>\n</body>\n</html>"


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{html.escape(section.heading)}</h2>\n<ul>"
    yield from (f"<li>{_row(row)}</li>" for row in section.rows)
    yield "</ul>\n</section>"


def _row(row: Row) -> str:
    lead = f"<strong>{html.escape(row.lead)}.</strong> " if row.lead else ""
    cites = ", ".join(f'<a href="#claim-{number}">{number}</a>' for number in row.cites)
    small = f"<small>{html.escape(row.small)}</small>" if row.small else ""
    return f"{lead}{html.escape(row.text)}{f'<sup>{cites}</sup>' if cites else ''}{small}"


def _cited(brief: Brief, language: Language | None) -> Iterator[str]:
    if brief.cited:
        yield f'<section class="small cited">\n<h2>{html.escape(layout.cited(language))}</h2>\n<ol>'
        for one in brief.cited:
            yield f'<li id="claim-{one.number}">{html.escape(layout.source(one, language))}</li>'
        yield "</ol>\n</section>"
