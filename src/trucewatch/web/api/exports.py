"""Whole views as files: incidents and claims in every form, by ending or by the Accept header, and bundles of evidence.

They are sent as they are made, so that the memory that one takes does not grow with it.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from trucewatch import brief, codebook, versions
from trucewatch.batches import batches
from trucewatch.desk import Desk, IncidentFilter
from trucewatch.export import FORMS, Case, Form, arrow, bundle, incidents
from trucewatch.nouns import Incident
from trucewatch.web.api.answers import JSON, PIECE, attached, tagged
from trucewatch.web.atlas import Atlas, Choice, Mask
from trucewatch.web.filters import Chosen
from trucewatch.web.negotiation import liked
from trucewatch.web.pages.incidents import matched
from trucewatch.web.refusals import Refused
from trucewatch.web.view import ReaderView, View

router = APIRouter()
BUNDLE, ZIP = "/api/v1/bundle.zip", "application/zip"
AT_ONCE = 6
"""Exports that run at the same time: each holds a connection while it is sent, however slowly it is taken."""
BUNDLED = 5000
"""Incidents of a bundle, at most: it is made as a whole."""
ARROW = Form(arrow.MEDIA, ".arrows", arrow.stream)
BY_MEDIA = {"text/csv": FORMS["csv"]} | {
    form.media: form for form in (*FORMS.values(), ARROW) if not form.media.startswith("text/csv")
}
"""What the Accept header may ask for beside JSON. Of the forms that are CSV it means our own columns."""
CHOOSY = (FORMS["acled"], FORMS["ged"])
"""They have no room for some incidents."""
LEFT_OUT = "Trucewatch-Left-Out"
"""The header that says how many, and why."""
FormName = Literal["plover", "acled", "ged", "geojson", "kml", "parquet", "csv", "hxl"]
"""As ``FORMS`` has them; a test holds the two together."""
_ALIKE = tuple(set(Choice.__struct_fields__) & set(IncidentFilter.__struct_fields__))
"""What a view and the desk are asked by alike."""
_slots = threading.BoundedSemaphore(AT_ONCE)


@router.get("/api/v1/incidents.{form}", tags=["incidents"], summary="Incidents in a form of the field")
def incidents_as(view: ReaderView, form: Annotated[FormName, Path()], chosen: Chosen) -> Response:
    """All incidents that fit, as `trucewatch export --as FORM` writes them; see the page of exports for each column."""
    return tagged(view, lambda: incidents_in(view, FORMS[form], matched(view, chosen)))


@router.get(BUNDLE, tags=["incidents"], summary="Incidents with all that they rest on, to be kept")
def bundled(
    view: ReaderView,
    chosen: Chosen,
    week: Annotated[
        str | None, Query(max_length=10, description="`2021-W39`: of the truce's week, with its brief.")
    ] = None,
) -> Response:
    """A zip of incidents, claims, source spans, links and hashes, as `trucewatch bundle` makes it: with `truce` also its terms
    and its ledger, with `truce` and `week` those of the whole week with its brief."""
    return tagged(view, lambda: attached("evidence.zip", ZIP, _bundle(view, _view(view, chosen, week))))


def incidents_in(view: View, form: Form, found: tuple[Atlas, Mask]) -> Response:
    """Incidents as a file of a form."""
    atlas, mask = found
    ids = [atlas.ids[row] for row in mask.nonzero()[0]]  # by day, as the command line writes them
    response = sent(form, "incidents", lambda: incidents(view.desk, named(view.desk, ids)))
    if form in CHOOSY:
        lacking = Counter(lack for one in named(view.desk, ids) if (lack := form.lacks(one)))
        response.headers[LEFT_OUT] = "; ".join(f"{number} {lack}" for lack, number in lacking.most_common()) or "0"
    return response


def sent(form: Form, name: str, cases: Callable[[], Iterable[Case]]) -> Response:
    """Cases as a file of a form, those for which it has room."""

    def pieces() -> Generator[bytes, None, None]:
        with _Slot():
            yield from form.write(cases(), codebook.load())

    return attached(f"{name}{form.ending}", form.media, pieces())


def named(desk: Desk, ids: list[str]) -> Iterator[Incident]:
    """The incidents of these ids that are here, in this order, in batches."""
    for some in batches(ids):
        yield from desk.incidents_named(some)


def wished(accept: str) -> Form | None:
    """The form that an Accept header likes best of those there are; None for JSON, and where it names none of them."""
    for media in liked(accept):
        if media in BY_MEDIA:
            return BY_MEDIA[media]
        if media in (JSON, "application/*", "*/*"):
            return None
    return None


class _Slot:
    """One of the exports that may run at once. Raises Refused where there is none left."""

    def __enter__(self) -> None:
        if not _slots.acquire(blocking=False):
            raise Refused(503, "Too many exports are running. Try again in a minute.")

    def __exit__(self, *_: object) -> None:
        _slots.release()


def _view(view: View, chosen: Chosen, week: str | None) -> bundle.View:
    if week is not None:
        if chosen.truce is None:
            raise Refused(400, "A week is that of a truce: say which.")
        if others := sorted(set(chosen.given) - {"truce"}):
            raise Refused(400, f"A truce's week is bundled whole: leave '{others[0]}' out.")
        return bundle.of_week(view.desk, view.ledgers.truce(chosen.truce), brief.week(week))
    mark = view.desk.newest(versions.of_incidents())
    atlas, mask = matched(view, chosen)
    if int(mask.sum()) > BUNDLED:
        raise Refused(413, "That is more than a bundle holds. Choose fewer incidents.")
    if chosen.truce is not None:
        wanted = IncidentFilter(**{name: getattr(chosen, name) for name in _ALIKE})
        return bundle.of_truce(view.desk, view.ledgers.truce(chosen.truce), wanted, dt.date.today(), chosen.verdict)
    asked = {name: f"{value}" for name, value in chosen.given.items()}
    ids = [atlas.ids[row] for row in mask.nonzero()[0]]
    return bundle.View(asked, tuple(named(view.desk, ids)), mark)


def _bundle(view: View, what: bundle.View) -> Generator[bytes, None, None]:
    with _Slot(), tempfile.TemporaryFile() as file:
        bundle.write(file, view.desk, what)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
