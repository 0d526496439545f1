"""Truces: how they stand, what was held against their clauses and why, who told what, and what may come."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Depends
from starlette.responses import Response

from trucewatch import brief as briefs
from trucewatch import codebook, rulings
from trucewatch.brief import as_pdf
from trucewatch.errors import OvertakenError
from trucewatch.ledger import Overview
from trucewatch.nouns import Ruling
from trucewatch.outlook import scenarios
from trucewatch.outlook.series import Asked
from trucewatch.truces import Truce, Verdict
from trucewatch.truces.metrics import median_survival, survival
from trucewatch.truces.monitors import EARLIEST
from trucewatch.truces.parties import Roll
from trucewatch.web.ledger_rows import RowChoice, listed
from trucewatch.web.pages import outlook
from trucewatch.web.refusals import Refused, day, one_of
from trucewatch.web.ruling import REASON
from trucewatch.web.scenario_odds import odds
from trucewatch.web.standings import DRAWN, incidents_of, last_day, looked_at
from trucewatch.web.truce_chart import LOW, SPANS, TALL, picture, since, told
from trucewatch.web.view import CoderView, ReaderView, View

router = APIRouter()
PARTS = frozenset({"standing", "ledger", "measures", "ahead"})
"""What takes a moment, and is loaded when the page stands."""
FORMS = {"pdf": "application/pdf", "html": "text/html", "md": "text/markdown"}
INDICATOR, AHEAD = "violence", 4
"""What the outlook of a truce counts, and for how many weeks."""


class Looked(NamedTuple):
    """What an address asks of a truce's page."""

    as_of: dt.date | None
    span: str
    choice: RowChoice
    whole: bool


def looked(
    as_of: str = "", span: str = "", verdict: str = "", clause: str = "", party: str = "", page: int = 1,
    whole: bool = False,
) -> Looked:  # fmt: skip
    """The day that is looked at, the days that are drawn, and the rows of the ledger that are shown."""
    until = day(as_of)
    rows = RowChoice(one_of(Verdict, verdict), clause, party, page)
    return Looked(until and max(until, EARLIEST), span if span in SPANS else "", rows, whole)


@router.get("/truces")
def truces(view: ReaderView, country: str = "", force: str = "") -> Response:
    """All truces: those that reports touch first."""
    today = dt.date.today()
    every = sorted(view.ledgers.every().values(), key=lambda one: _begun(one) or dt.date.min, reverse=True)
    wanted = {
        one.id: one
        for one in every
        if (not country or country in one.countries) and (not force or one.is_in_force(today) == (force == "yes"))
    }
    loading = view.updating == "standing"
    touched = view.request.app.state.standings.every(today) if loading else None
    shown = [one for one in touched or () if one.truce in wanted]
    return view.page(
        "truces.html",
        loaded=loading and touched is not None,
        waiting=loading and touched is None,
        touched=shown,
        incidents=incidents_of(view.desk, shown),
        kinds={one.id: one for one in every},
        rest=[one for one in wanted.values() if one.id not in {each.truce for each in touched or ()}],
        countries=sorted({code for one in every for code in one.countries}),
        country=country,
        force=force,
        today=today,
        drawn=DRAWN,
    )


@router.get("/truces/{name}")
def truce(view: ReaderView, name: str, asked: Annotated[Looked, Depends(looked)]) -> Response:
    """One truce at the end of a day: today, its last, or that of the last report on it."""
    one, today = view.ledgers.truce(name), dt.date.today()
    until = min(asked.as_of or looked_at(view.desk, one, today) or last_day(one, today), today)
    shown = PARTS if asked.whole else PARTS & {view.updating or ""}
    overview = view.ledgers.overview(one, until) if shown - {"ahead"} else None
    roll = Roll(one, codebook.load())
    return view.page(
        "truce.html",
        truce=one,
        until=until,
        asked=asked,
        shown=shown,
        name=roll.name,
        called={id_: one.name for id_, one in view.ledgers.every().items()},
        week=until.strftime("%G-W%V"),
        forms=FORMS,
        spans=SPANS,
        **(_measured(one, overview, asked) if overview else {}),
        **(listed(view.desk, overview, asked.choice) if overview and "ledger" in shown else {}),
        **(_ahead(view, one, until) if "ahead" in shown else {}),
    )


@router.post("/truces/{name}")
def rule(view: CoderView, name: str) -> Response:
    """Overrule a verdict, or take an overruling back."""
    one = view.ledgers.truce(name)
    undone, view.about = view.field("undo"), view.field("incident")
    hand = rulings.Hand(by=view.someone.name, reason=view.field("reason")[:REASON])
    if undone:
        view.act = "undo"
        rulings.judge(view.desk, Ruling.UNDO, rulings.undoing(view.desk, [undone]), hand)
        return view.go(_here(view))
    view.act = "overrule"
    verdict = view.field("verdict")
    if verdict not in set(Verdict):
        raise Refused(400, "There is nothing of that kind to do.")
    incident = view.desk.incident(view.about)
    about = rulings.overruling(one, view.field("clause"), incident, verdict)
    seen = rulings.Seen(claims=incident.claims, judgements=frozenset(view.field("seen").split()))
    try:
        rulings.judge(view.desk, Ruling.OVERRULE, about, hand, seen)
    except OvertakenError:
        raise Refused(409, "Somebody else ruled on this meanwhile.") from None
    return view.go(_here(view))


@router.get("/truces/{name}/brief")
def brief(view: ReaderView, name: str, week: str = "", form: Literal["pdf", "html", "md"] = "html") -> Response:
    """The brief of a week, to keep."""
    if form == "pdf":
        as_pdf.require()
    made = briefs.written(view.desk, view.ledgers.truce(name), briefs.week(week))
    language = briefs.language(view.language.code)
    content: str | bytes
    if form == "pdf":
        content = briefs.pdf(made, language)
    else:
        content = briefs.html(made, language) if form == "html" else briefs.markdown(made, language=language)
    named = f'attachment; filename="{name}-{made.week.name}.{form}"'
    headers = {"Content-Disposition": named, "Vary": "Cookie, Accept-Language"}
    return Response(content, media_type=FORMS[form], headers=headers)


def _measured(one: Truce, overview: Overview, asked: Looked) -> dict[str, Any]:
    """What is measured of a truce, or that it was not in force."""
    found = overview.course
    if found is None:
        return {"course": None}
    drawn = picture(found, asked.span)
    median = median_survival(survival(found.quiet)) if found.quiet else None
    monitored = overview.monitored
    names = {each.series.id: each.series.observer for each in monitored.heard}
    return {
        "course": found,
        "picture": drawn,
        "tall": TALL,
        "low": LOW,
        "since": since,
        "over": one.end is not None and one.end.first <= found.days.last,
        "median": median,
        "cut": sum(not spell.ended for spell in found.quiet),
        "kept": {each.clause: each for each in found.kept},
        "performances": overview.held.performances,
        "blame": found.blamed,
        "answers": [each for each in overview.answers if any(told.share is not None for told in each.within)],
        "heard": [(each, told(each.series, drawn.axis)) for each in monitored.heard],
        "beside": sorted(monitored.beside, key=lambda both: (both.gap is None, both.one, both.other)),
        "heard_of": names,
    }


def _ahead(view: View, one: Truce, until: dt.date) -> dict[str, Any]:
    """The outlook of the truce's area from what was counted by a day, and the scenarios that are about it."""
    area = f"truce:{one.id}"
    asked = Asked(area=area, indicator=INDICATOR, until=until)
    about = [
        each for each in scenarios.load(view.settings.truces).values() if each.area == area and each.since <= until
    ]
    return {
        "area": area,
        "indicator": INDICATOR,
        **outlook.foreseen(view, asked, AHEAD),
        "observers": view.foreseen.observers(),
        "scenarios": [(each, odds(view.foreseen.weighed(each, until))) for each in about],
    }


def _begun(one: Truce) -> dt.date | None:
    start = one.start
    return start.first if start else None


def _here(view: View) -> str:
    """The page that a form stands on, as it was filtered."""
    url = view.request.url
    return f"{url.path}?{url.query}".rstrip("?")
