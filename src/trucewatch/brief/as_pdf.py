"""A brief as a PDF of one page, set by Typst."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from trucewatch.brief import layout
from trucewatch.brief.page import MAKER, Brief
from trucewatch.errors import MissingExtraError

if TYPE_CHECKING:
    from trucewatch.translation import Language

TEMPLATE = Path(__file__).with_name("brief.typ")
_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
"""In points, the largest first: the first that brings all on one page is taken."""


def require() -> None:
    """Raises MissingExtraError where Typst is not installed."""
    if find_spec("typst") is None:
        raise MissingExtraError("a brief as PDF needs typst: pip install 'trucewatch[brief]'")


def pdf(brief: Brief, language: Language | None = None) -> bytes:
    """The page as PDF; raises MissingExtraError."""
    return typeset(brief, "pdf", language)[0]


def typeset(brief: Brief, form: Literal["pdf", "png", "svg"], language: Language | None = None) -> list[bytes]:
    """The page as PDF, or each of its pages as a picture: one, where it can be set in letters that can be read."""
    require()
    import typst

    template, words = TEMPLATE.read_bytes(), _input(brief, language)
    for size in _SIZES:
        given = {"brief": words, "size": f"{size}"}
        pages = int(msgspec.json.decode(typst.query(template, "<pages>", field="value", one=True, sys_inputs=given)))
        if pages == 1:
            break
    made = typst.compile(template, format=form, sys_inputs=given)
    return [made] if isinstance(made, bytes) else list(made or ())


def _input(brief: Brief, language: Language | None) -> str:
    """What the template prints, as JSON."""
    page = {
        "title": brief.title,
        "maker": MAKER,
        "language": language.code if language else "en",
        "week": brief.week.name,
        "under": layout.under(brief, language),
        "summary": layout.summary(brief, language),
        "blocks": layout.blocks(brief, language),
        "claims": layout.cited(language),
        "cited": [f"{one.number}  {layout.source(one, language)}" for one in brief.cited],
    }
    return msgspec.json.encode(page).decode()
