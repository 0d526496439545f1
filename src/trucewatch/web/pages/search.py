"""Search: the words of reports, and by name incidents' actors and places, outlets and truces; an id leads to what has it."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from fastapi import APIRouter
from markupsafe import Markup, escape
from starlette.responses import Response

from trucewatch.codebook import fold
from trucewatch.codebook.sources import is_outlet
from trucewatch.errors import TrucewatchError
from trucewatch.nouns import Report
from trucewatch.web.atlas import Choice
from trucewatch.web.view import ReaderView

router = APIRouter()
SHOWN = 30
AROUND = 90
"""Characters of a report that are shown on each side of the first word found."""
_ID = re.compile(r"i[0-9a-f]{10}|[0-9a-f]{16}(?:\.[0-9a-f]{8})?")
"""Of an incident; of a report, or of a claim in it."""


class Hit(NamedTuple):
    """A report, and the words around what was found in it."""

    report: Report
    words: Markup


@router.get("/search")
def search(view: ReaderView, q: str = "") -> Response:
    """The page."""
    query = q.strip()
    if _ID.fullmatch(query) and (path := _named(view, query)):
        return view.go(path)
    hits: list[Hit] = []
    refused = ""
    if query:
        try:
            hits = [Hit(one, around(one.text, query)) for one in itertools.islice(view.desk.search(query), SHOWN + 1)]
        except TrucewatchError as error:
            refused = str(error)
    atlas = view.atlases.known()
    key = fold(query)
    return view.page(
        "search.html",
        query=query,
        refused=refused,
        hits=hits[:SHOWN],
        more=len(hits) > SHOWN,
        acting=int(atlas.fit(Choice(actor=query)).sum()) if atlas and query else 0,
        placed=int(atlas.fit(Choice(place=query)).sum()) if atlas and query else 0,
        reading=atlas is None,
        outlets=[one for one in view.desk.outlets() if is_outlet(one, query)][:8] if key else [],
        truces=[one for one in view.ledgers.every().values() if key and key in fold(one.name)],
    )


def _named(view: ReaderView, id_: str) -> str | None:
    """Where that lies which has this id; None where the desk holds no such thing."""
    report, _, claim = id_.partition(".")
    if view.desk.incidents_named([id_]):
        return f"/incidents/{id_}"
    if view.desk.reports_named([report]):
        return f"/reports/{report}?claim={id_}" if claim else f"/reports/{report}"
    return None


def around(text: str, query: str) -> Markup:
    """The stretch of a text around the first word of a query, each word of it marked."""
    words = [re.escape(word) for word in re.findall(r"[\w'’-]+", query)]
    pattern = re.compile("|".join(words) or r"(?!)", re.IGNORECASE)
    first = pattern.search(text)
    at = first.start() if first else 0
    start, end = max(0, at - AROUND), min(len(text), at + 2 * AROUND)
    if start:  # with a whole word, where one begins or ends
        start = text.find(" ", start, at) + 1 or start
    if end < len(text) and (gap := text.rfind(" ", at, end)) > at:
        end = gap
    cut = text[start:end]
    marked = Markup().join(
        Markup("<mark>{}</mark>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(re.split(f"({pattern.pattern})", cut, flags=re.IGNORECASE))
    )
    return Markup("{}{}{}").format("… " if start else "", marked, " …" if end < len(text) else "")
