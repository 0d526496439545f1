"""Jinja's environment: what every template can call."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from trucewatch import __version__, codebook, judgements
from trucewatch.nouns import Judgement
from trucewatch.translation import Language
from trucewatch.web.assets import static
from trucewatch.web.pages import NAVIGATION

FOLDER = Path(__file__).with_name("templates")


def environment() -> Environment:
    """The environment; everything that a template prints is escaped."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"static": static, "entries": NAVIGATION, "version": __version__, "with_query": with_query}
    made.filters |= {
        name: _in_language(name)
        for name in ("number", "percent", "date", "moment", "period", "dated", "country", "capital", "span")
    }
    made.filters |= {"quad": quad, "in_words": in_words, "core": core}
    return made


@pass_context
def core(context: Context, text: str) -> str:
    """A sentence that the core says in English: translated where the page's language has it, else marked as what it is."""
    language: Language = context["language"]
    if language.knows(text):
        return language.said(text)
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)


def in_words(judgement: Judgement) -> str:
    """What a correction or an overruling gives a field."""
    return judgements.in_words(judgement.field or "", judgement.value or "null")


def quad(type_: str) -> str:
    """Which of the four kinds an event type is of: ``material conflict``, ``verbal cooperation`` ..."""
    known = codebook.load().types.get(type_)
    return known.quad if known else ""


@pass_context
def with_query(context: Context, **changes: Any) -> str:
    """The address of this page with some fields of its query changed; None takes a field out."""
    request = context["view"].request
    fields = [(name, value) for name, value in request.query_params.multi_items() if name not in changes]
    fields += [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"{request.url.path}?{urlencode(fields)}" if fields else str(request.url.path)


def _in_language(name: str) -> Any:
    """A filter that writes a value as the page's language does: ``{{ report.published|date }}``."""

    @pass_context
    def written(context: Context, value: Any, *form: str) -> str:
        return "" if value is None and name != "period" else str(getattr(context["language"], name)(value, *form))

    return written
