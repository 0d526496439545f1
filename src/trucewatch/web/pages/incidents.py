"""Incidents on a map, over time and as a list, by filters that stand in the address."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.responses import Response

from trucewatch import codebook
from trucewatch.codebook import basemap
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.codebook.rows import QUADS
from trucewatch.nouns import Status
from trucewatch.truces import Verdict
from trucewatch.truces.ground import Ground
from trucewatch.web.atlas import Atlas, Choice, Mask
from trucewatch.web.filters import Chosen
from trucewatch.web.map_points import Window, features
from trucewatch.web.refusals import Refused
from trucewatch.web.timeline import HEIGHT, timeline
from trucewatch.web.view import ReaderView

router = APIRouter()
PAGE = 40
"""Incidents of a list."""
CITIES = 24
GROUND = "public, max-age=86400"


@router.get("/incidents")
def incidents(view: ReaderView, chosen: Chosen, page: int = 1) -> Response:
    """The page."""
    atlas, mask = matched(view, chosen)
    rows = atlas.latest(mask)
    pages = -(-len(rows) // PAGE)
    page = min(max(page, 1), max(pages, 1))
    shown = [atlas.ids[row] for row in rows[(page - 1) * PAGE : page * PAGE]]
    return view.page(
        "incidents.html",
        chosen=chosen,
        total=len(rows),
        unplaced=int((mask & (atlas.precision < 0)).sum()),
        found=view.desk.incidents_named(shown),
        page=page,
        pages=pages,
        timeline=timeline(atlas, mask),
        height=HEIGHT,
        types=codebook.load().types,
        quads=QUADS,
        statuses=[status.value for status in Status],
        truces=view.ledgers.every().values(),
        verdicts=[verdict.value for verdict in Verdict],
    )


def _seen(window: str) -> Window:
    """What the map shows: west,south,east,north,zoom."""
    try:
        return Window.read(window)
    except ValueError as error:
        raise Refused(400, str(error)) from None


Shown = Annotated[Window, Depends(_seen)]


@router.get("/map/incidents")
def spots(view: ReaderView, chosen: Chosen, seen: Shown) -> Response:
    """What the map shows of them in a window, as GeoJSON."""
    return JSONResponse(features(*matched(view, chosen), seen))


@router.get("/map/ground/{name}")
def ground(view: ReaderView, name: str) -> Response:
    """The base map of the world, its large rivers, or one country, as GeoJSON."""
    found = basemap.packed(name)
    if found is None:
        raise Refused(404, "There is no such page.")
    headers = {"Content-Encoding": "gzip", "Cache-Control": GROUND}
    return Response(found, media_type="application/geo+json", headers=headers)


@router.get("/map/cities")
def cities(view: ReaderView, seen: Shown) -> Response:
    """The largest cities of a window."""
    box = (seen.south, seen.north, seen.west, seen.east)
    found = Gazetteer.open().largest(box, CITIES)
    return JSONResponse([[one.name, one.lon, one.lat] for one in found], headers={"Cache-Control": GROUND})


@router.get("/map/zones")
def zones(view: ReaderView) -> Response:
    """The zones of all truces, as GeoJSON."""
    drawn = Ground(codebook.load())
    found: list[dict[str, Any]] = []
    for truce in view.ledgers.every().values():
        for zone in truce.zones:
            lines = [zone.line] if zone.line else []
            properties = {"truce": truce.id, "name": zone.name, "main": zone.id == truce.zone}
            shapes = [
                *({"type": "Polygon", "coordinates": [ring]} for ring in drawn.outlines(zone)),
                *({"type": "LineString", "coordinates": line} for line in lines),
            ]
            found += [{"type": "Feature", "geometry": shape, "properties": properties} for shape in shapes]
    return JSONResponse({"type": "FeatureCollection", "features": found}, headers={"Cache-Control": GROUND})


def matched(view: ReaderView, chosen: Choice) -> tuple[Atlas, Mask]:
    """The columns of all incidents, and which are chosen."""
    atlas = view.atlases.now()
    return atlas, view.ledgers.fit(atlas, chosen)
