"""What programs can ask to be computed or found: series, outlooks, scenarios, reports' forecasts, search, stories, datasets."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from trucewatch import codebook, comparisons, outlooks
from trucewatch.outlook import outlines, scenarios
from trucewatch.outlook.periods import MOST_AHEAD, Size
from trucewatch.outlook.series import Asked
from trucewatch.outlook.tellers import every_record
from trucewatch.outlooks import desk_series, reported, weighings
from trucewatch.web.api.answers import Cursor, Limit, behind, following, page, record, tagged
from trucewatch.web.days import FirstDay, LastDay
from trucewatch.web.refusals import Refused
from trucewatch.web.view import ReaderView

router = APIRouter()
Area = Annotated[
    str,
    Query(
        max_length=120,
        description="`SYR`, `SYR/Idlib`, `Idlib`, `areas:donbas`, `grid:180427`, `truce:syria-idlib-2020`; no file.",
    ),
]
Indicator = Annotated[str, Query(max_length=60, description="A row of indicators.csv: `air-strikes`, `deaths`.")]
Observer = Annotated[str, Query(max_length=60, description="`desk`, or the name of a dataset.")]


@router.get("/api/v1/series", tags=["analysis"], summary="How much was counted in an area, period by period")
def series(
    view: ReaderView,
    area: Area,
    indicator: Indicator,
    observer: Observer = "desk",
    period: Size = "week",
    since: FirstDay = None,
    until: LastDay = None,
    known: LastDay = None,
    spread: bool = False,
) -> Response:
    """One observer's counts; observers are never added together."""
    asked = _asked(
        Asked(
            area=area, indicator=indicator, observer=observer, period=period,
            since=since, until=until, known=known, spread=spread,
        )
    )  # fmt: skip
    return tagged(view, lambda: record(desk_series.series(view.desk, asked, view.settings.truces).plain()))


@router.get(
    "/api/v1/outlook", tags=["analysis"], summary="What may come in an area: a distribution, or why none is given"
)
def outlook(
    view: ReaderView,
    area: Area,
    indicator: Indicator,
    observer: Observer = "desk",
    period: Size = "week",
    ahead: Annotated[int, Query(ge=1, le=MOST_AHEAD, description="Periods ahead.")] = 4,
    at_least: Annotated[
        int | None, Query(ge=1, description="The odds of so many or more; else of the last count.")
    ] = None,
    as_of: LastDay = None,
) -> Response:
    """It is not kept as a forecast, as `trucewatch outlook` keeps it: asking is no issuing."""
    asked = _asked(Asked(area=area, indicator=indicator, observer=observer, period=period, until=as_of))
    return tagged(view, lambda: record(outlooks.ahead(view.desk, asked, ahead, view.settings.truces, at_least).outlook))


@router.get("/api/v1/outlook/record", tags=["analysis"], summary="What past outlooks were worth")
def past(view: ReaderView) -> Response:
    """Scores of the forecasts that were issued from the desk."""
    return tagged(view, lambda: record(outlooks.past(view.desk, view.settings.truces)))


@router.get(
    "/api/v1/scenarios", tags=["analysis"], summary="Scenarios: those that ship, and those of the folder of tables"
)
def all_scenarios(view: ReaderView) -> Response:
    """Each with its readings, and what they predict."""
    return tagged(view, lambda: page(list(scenarios.load(view.settings.truces).values()), None))


@router.get("/api/v1/scenarios/{id}", tags=["analysis"], summary="A scenario weighed by what the desk holds")
def scenario(view: ReaderView, id: Annotated[str, Path(max_length=80)], as_of: LastDay = None) -> Response:
    """The odds of its readings day by day, and what moved them."""
    one = scenarios.load(view.settings.truces).get(id)
    if one is None:
        raise Refused(404, "There is no such scenario.")
    return tagged(view, lambda: record(weighings.plain(view.foreseen.weighed(one, as_of))))


def _expecting(
    outlet: Annotated[str | None, Query(max_length=200, description="Words of its name.")] = None,
    speaker: Annotated[str | None, Query(max_length=200, description="Words of the name of who says so.")] = None,
    settled: Annotated[
        Literal["yes", "no", "open"] | None, Query(description="`no`: over, and it cannot be told.")
    ] = None,
    possible: Annotated[bool, Query(description="Also what is only called possible.")] = False,
) -> reported.Wanted:
    return reported.Wanted(outlet=outlet or None, speaker=speaker or None, settled=settled, possible=possible)


Expecting = Annotated[reported.Wanted, Depends(_expecting)]


@router.get("/api/v1/expected", tags=["analysis"], summary="The forecasts that reports make, and what became of them")
def expected(
    view: ReaderView, wanted: Expecting, as_of: LastDay = None, limit: Limit = 100, after: Cursor = None
) -> Response:
    """A page of those that fit, the latest first; `until` is the day by which they are settled."""

    def made() -> Response:
        until, every = view.foreseen.settled(as_of)
        some, more = following(filter(wanted.fits, every), after, limit, lambda one: one.forecast.claim)
        items = [{**msgspec.to_builtins(one), "right": one.right} for one in some]
        return record({"until": until, "items": items, "next": more})

    return tagged(view, made)


@router.get("/api/v1/expected/record", tags=["analysis"], summary="Who has been right: outlets, and speakers")
def fared(view: ReaderView, wanted: Expecting, as_of: LastDay = None) -> Response:
    """How the forecasts that fit fared, by outlet and by speaker, as `of` says."""

    def made() -> Response:
        until, every = view.foreseen.settled(as_of)
        found = [{"of": of, **msgspec.to_builtins(row)} for of, row in every_record(list(filter(wanted.fits, every)))]
        return record({"until": until, "items": found, "next": None})

    return tagged(view, made)


@router.get("/api/v1/search", tags=["reports"], summary="Reports that hold all words of a query, the newest first")
def search(
    view: ReaderView, q: Annotated[str, Query(min_length=1, max_length=200)], limit: Limit = 100, after: Cursor = None
) -> Response:
    """Words between quotation marks stand together; accents do not matter."""
    return tagged(view, lambda: behind(view.desk.search(q), after, limit))


@router.get("/api/v1/stories", tags=["reports"], summary="Texts that several reports print")
def stories(view: ReaderView, limit: Limit = 100, after: Cursor = None) -> Response:
    """Each with its reports, the first publication first."""
    return tagged(view, lambda: behind((one for one in view.desk.stories() if len(one.reports) > 1), after, limit))


@router.get("/api/v1/datasets", tags=["datasets"], summary="Others' datasets on the desk")
def datasets(view: ReaderView) -> Response:
    """Each import: which days and countries it tells of, what was new."""
    with view.desk.datasets() as held:
        imports = held.imports()
    # Where a file lay when it was imported is nobody's business.
    found = [{name: value for name, value in msgspec.to_builtins(one).items() if name != "source"} for one in imports]
    return page(found, None)


@router.get("/api/v1/compare/{dataset}", tags=["datasets"], summary="Our incidents beside a dataset's rows")
def compare(
    view: ReaderView,
    dataset: Annotated[str, Path(max_length=60)],
    since: FirstDay = None,
    until: LastDay = None,
    place: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """What both tell of, with both tolls; what only we have; what only they have. Nothing is added up."""
    wish = comparisons.Wish(dataset=dataset, since=since, until=until, place=place)
    return record(comparisons.compare(view.desk, wish))


def _asked(asked: Asked) -> Asked:
    """What is to be counted. On the command line an area may be a file; here nobody may look into the server's."""
    if outlines.is_file(asked.area):
        raise Refused(400, "An area is a country, a province, a grid cell or a truce here, and no file.")
    if asked.indicator not in codebook.load().indicators:
        raise Refused(404, "There is no such indicator.")
    return asked
