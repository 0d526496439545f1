"""Sources: outlets, on whose side they stand, what each alone reports, and in which chains of copies it has part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from fastapi import APIRouter
from starlette.responses import Response

from trucewatch import codebook
from trucewatch.codebook.rows import Outlet
from trucewatch.codebook.sources import outlet as outlet_name
from trucewatch.desk import Published
from trucewatch.nouns import Report, Story
from trucewatch.web.atlas import Atlas
from trucewatch.web.refusals import Refused
from trucewatch.web.view import ReaderView

router = APIRouter()
LATEST = 20


class Source(NamedTuple):
    """One outlet."""

    published: Published
    row: Outlet | None
    """Its row of the codebook, where it has one."""
    incidents: int
    """That it tells of ..."""
    alone: int
    """... and those that no other outlet tells of."""


class Chain(NamedTuple):
    """A story and the reports that are its copies, the earliest first."""

    story: Story
    reports: list[Report]


@router.get("/sources")
def sources(view: ReaderView) -> Response:
    """All outlets."""
    atlas = view.atlases.now()
    everything = np.ones(len(atlas), dtype=bool)
    told = dict(zip(_names(atlas), atlas.outlets.counts(everything).tolist(), strict=True))
    alone = dict(zip(_names(atlas), atlas.outlets.counts(atlas.outlets.alone()).tolist(), strict=True))
    book = codebook.load()
    listed = [
        Source(one, book.find_outlet(one.outlet), told.get(one.outlet, 0), alone.get(one.outlet, 0))
        for one in view.desk.published()
    ]
    return view.page("sources.html", listed=listed)


@router.get("/sources/{outlet:path}")
def source(view: ReaderView, outlet: str) -> Response:
    """One of them."""
    outlet = outlet_name(outlet)
    published = next(iter(view.desk.published(outlet)), None)
    if published is None:
        raise Refused(404, "The desk holds nothing of this outlet.")
    atlas = view.atlases.now()
    its = atlas.outlets.having(lambda key: key[3] == outlet)
    alone = its & atlas.outlets.alone()
    ids = [atlas.ids[row] for row in atlas.latest(alone)[:LATEST]]
    return view.page(
        "source.html",
        source=Source(published, codebook.load().find_outlet(outlet), int(its.sum()), int(alone.sum())),
        only=view.desk.incidents_named(ids),
        chains=_chains(view, outlet),
    )


def _chains(view: ReaderView, outlet: str) -> list[Chain]:
    stories = view.desk.chains(outlet)
    by_id = view.reports([id_ for story in stories for id_ in story.reports])
    return [Chain(story, [by_id[id_] for id_ in story.reports]) for story in stories]


def _names(atlas: Atlas) -> list[str]:
    return [key[3] for key in atlas.outlets.keys]
