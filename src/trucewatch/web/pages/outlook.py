"""What may come in an area by what was counted there, the record of past forecasts, and scenarios with their odds."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends
from starlette.responses import Response

from trucewatch import codebook
from trucewatch.errors import TrucewatchError
from trucewatch.nouns import Status
from trucewatch.outlook import areas, outlines, scenarios
from trucewatch.outlook.periods import MOST_AHEAD, Size
from trucewatch.outlook.series import Asked
from trucewatch.outlook.tellers import TellerRecord, records
from trucewatch.truces import Truce
from trucewatch.truces.monitors import EARLIEST
from trucewatch.web.fan_chart import fan
from trucewatch.web.refusals import Refused, day
from trucewatch.web.scenario_odds import odds
from trucewatch.web.view import ReaderView, View

router = APIRouter()
PARTS = frozenset({"foreseen", "record", "expected"})
"""What takes a moment, and is loaded when the page stands."""
LANDS = 6
"""Countries that are offered before an area is chosen."""
LATEST = 12
"""Forecasts of reports that are listed."""


class Choice(NamedTuple):
    """What an address asks for."""

    asked: Asked
    ahead: int
    at_least: int | None
    whole: bool
    several: tuple[str, ...] = ()
    """The areas that the name which was typed may mean, where they are several: none of them is looked at."""


def choice(
    area: str = "", indicator: str = "violence", period: Size = "week", ahead: int = 4, observer: str = "desk",
    as_of: str = "", at_least: str = "", whole: bool = False,
) -> Choice:  # fmt: skip
    """The series that is looked at; without an area none is. An area may be no file: nobody may look into the server's."""
    if outlines.is_file(area.strip()):
        raise Refused(400, "An area is a country, a province, a grid cell or a truce here, and no file.")
    first, *others = areas.meant(area.strip())
    until = day(as_of)
    asked = Asked(
        area=area.strip() if others else first, indicator=indicator, observer=observer or "desk", period=period,
        until=until and max(until, EARLIEST),
    )  # fmt: skip
    least = int(at_least[:9]) if at_least[:9].isdecimal() else 0
    return Choice(asked, min(max(ahead, 1), MOST_AHEAD), least or None, whole, (first, *others) if others else ())


@router.get("/outlook")
def outlook(view: ReaderView, chosen: Annotated[Choice, Depends(choice)]) -> Response:
    """The page. Looking at it issues no forecast."""
    shown = PARTS if chosen.whole else PARTS & {view.updating or ""}
    atlas = None if chosen.asked.area else view.atlases.known()
    return view.page(
        "outlook.html",
        chosen=chosen,
        lands=atlas.countries(LANDS) if atlas else [],
        shown=shown,
        most=MOST_AHEAD,
        areas=_called(view),
        indicators=codebook.load().indicators,
        observers=view.foreseen.observers(),
        scenarios=scenarios.load(view.settings.truces).values(),
        **(
            foreseen(view, chosen.asked, chosen.ahead, chosen.at_least)
            if "foreseen" in shown and chosen.asked.area and not chosen.several
            else {}
        ),
        past=view.foreseen.past() if "record" in shown else None,
        **(_expected(view, chosen.asked.until) if "expected" in shown else {}),
    )


@router.get("/scenarios/{name}")
def scenario(view: ReaderView, name: str, as_of: str = "") -> Response:
    """A scenario weighed by what reports of a day or earlier tell; by all, without a day."""
    one = scenarios.load(view.settings.truces).get(name)
    if one is None:
        raise Refused(404, "There is no such page.")
    until = day(as_of)
    loading = view.updating == "weighing" or "whole" in view.request.query_params
    weighed = odds(view.foreseen.weighed(one, until)) if loading else None
    return view.page(
        "scenario.html",
        scenario=one,
        as_of=until,
        truce=_called(view).get(one.area),
        named={each.id: each.name for each in one.readings},
        odds=weighed,
    )


def foreseen(view: View, asked: Asked, ahead: int, least: int | None = None) -> dict[str, Any]:
    """An outlook with its drawing, or why there is none."""
    try:
        series, one = view.foreseen.ahead(asked, ahead, least)
    except TrucewatchError as error:
        return {"refused": str(error), "outlook": None, "fan": None}
    return {"refused": one.refusal, "outlook": one, "fan": None if one.refusal else fan(series, one)}


def _expected(view: View, until: dt.date | None) -> dict[str, Any]:
    """What reports foretold, the latest first, and who has been right: those who made most forecasts first."""
    found = view.foreseen.settled(until)
    firm = [one for one in found.forecasts if one.forecast.status is Status.EXPECTED]
    by_outlet = records(firm, lambda one: one.outlet)
    by_speaker = records([one for one in firm if one.forecast.speaker], lambda one: one.speaker)

    def busiest(every: tuple[TellerRecord, ...]) -> list[TellerRecord]:
        return sorted(every, key=lambda one: -one.made)[:LATEST]

    told = (("outlets", busiest(by_outlet)), ("speakers", busiest(by_speaker)))
    return {"known": found.until, "total": len(firm), "foretold": firm[:LATEST], "told": told}


def _called(view: View) -> dict[str, Truce]:
    """Truces by what their areas are called."""
    return {f"truce:{name}": one for name, one in view.ledgers.every().items()}
