"""Actors: who fights, meets and backs whom; one actor with its ties."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch import codebook
from trucewatch.codebook.rows import QUADS
from trucewatch.web import dyads
from trucewatch.web.filters import Chosen
from trucewatch.web.pages.incidents import matched
from trucewatch.web.refusals import Refused
from trucewatch.web.timeline import HEIGHT, timeline
from trucewatch.web.view import ReaderView

router = APIRouter()
LISTED, CROSSED, TIED, LATEST = 60, 12, 14, 12


@router.get("/actors")
def actors(view: ReaderView, chosen: Chosen) -> Response:
    """Those of most incidents, and a matrix of them."""
    atlas, mask = matched(view, chosen)
    listed = dyads.busiest(atlas, mask, LISTED)
    lines = dyads.matrix(atlas, mask, listed)
    at = dyads.crossed(lines, CROSSED)
    return view.page(
        "actors.html",
        chosen=chosen,
        listed=listed,
        crossed=[listed[one] for one in at],
        matrix=[[lines[one][other] for other in at] for one in at],
        types=codebook.load().types,
        quads=QUADS,
    )


@router.get("/actors/{who:path}")
def actor(view: ReaderView, who: str, chosen: Chosen) -> Response:
    """One of them."""
    atlas, mask = matched(view, chosen)
    number = dyads.found(atlas, who)
    if number is None:
        raise Refused(404, "No incident tells of this actor.")
    mask &= dyads.of_one(atlas, number)
    latest = [atlas.ids[row] for row in atlas.latest(mask)[:LATEST]]
    key = atlas.actors.keys[number]
    row = codebook.load().actors.get(key[2])
    return view.page(
        "actor.html",
        chosen=chosen,
        who=who,
        name=key[3],
        country=key[1],
        row=row,
        patron=_name(row.patron) if row and row.patron else None,
        total=int(mask.sum()),
        ties=dyads.ties(atlas, mask, number, TIED),
        size=(dyads.WIDTH, dyads.TALL),
        timeline=timeline(atlas, mask),
        height=HEIGHT,
        latest=view.desk.incidents_named(latest),
        types=codebook.load().types,
        quads=QUADS,
    )


def _name(patron: str) -> str:
    """A patron's name: it is a row of the codebook, or a country's code."""
    row = codebook.load().actors.get(patron)
    return row.name if row else patron
