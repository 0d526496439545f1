"""All reports, newest first; and one with its claims marked in the text, the active one with its values and their words beside it."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch import codebook
from trucewatch.codebook.rows import Outlet
from trucewatch.nouns import Report
from trucewatch.reports.tongue import CODED
from trucewatch.web.api.answers import cut, numbered
from trucewatch.web.claim_case import Case, cases, opened
from trucewatch.web.evidence import HOW
from trucewatch.web.marked_text import paragraphs
from trucewatch.web.refusals import Refused
from trucewatch.web.ruling import Trouble, take
from trucewatch.web.view import CoderView, ReaderView, View

router = APIRouter()
SHOWN = 50
LINKS = ("http://", "https://")
"""What may be followed; anything else that a report calls an address is text."""


class Copy(NamedTuple):
    """One report of a story."""

    report: Report
    row: Outlet | None
    """Its outlet's in the codebook."""


@router.get("/reports")
def reports(view: ReaderView, outlet: str = "", before: str = "") -> Response:
    """A page of the list; ``before`` is the cursor of the report after which it goes on."""
    listed, older = cut(view.desk.reports_before(numbered(before), SHOWN + 1, outlet), SHOWN)
    return view.page("reports.html", listed=listed, outlet=outlet, older=older)


@router.get("/reports/{report}")
def report(view: ReaderView, report: str, claim: str = "") -> Response:
    """The page."""
    return _page(view, report, claim)


@router.post("/reports/{report}")
def judge(view: CoderView, report: str) -> Response:
    """Rule on the active claim."""
    claim = view.desk.claim(view.field("claim")).id
    found = view.desk.record(report)
    case = next((one for one in cases(view.desk, found.claims, view.desk.judgements()) if one.claim.id == claim), None)
    if case is None:
        raise Refused(404, "There is nothing of that kind to do.")
    trouble = take(view, opened(view, case, found.report).subject)
    if trouble:
        return _page(view, report, claim, trouble)
    return view.go(f"/reports/{found.report.id}?claim={claim}")


def _page(view: View, name: str, claim: str, trouble: Trouble | None = None) -> Response:
    record = view.desk.record(name)
    every = list(cases(view.desk, sorted(record.claims, key=lambda one: one.trigger.start), view.desk.judgements()))
    active = next((one for one in every if one.claim.id == claim), every[0] if every else None)
    return view.page(
        "report.html",
        status=trouble.status if trouble else 200,
        report=record.report,
        copies=_copies(view, record.report),
        paragraphs=list(paragraphs(record.report.text, [one.claim for one in every])),
        cases=every,
        active=active,
        open=opened(view, active, record.report) if active else None,
        last=_beside(every, active, -1),
        next=_beside(every, active, 1),
        trouble=trouble,
        how=HOW,
        links=LINKS,
        coded=CODED,
    )


def _beside(every: list[Case], active: Case | None, step: int) -> str | None:
    at = active.number + step if active else -1
    return every[at].claim.id if 0 <= at < len(every) else None


def _copies(view: View, report: Report) -> list[Copy]:
    """The reports that are one text with this one, the earliest first, itself among them."""
    book, story = codebook.load(), view.desk.story(report.id)
    ids = story.reports if story else (report.id,)
    by_id = view.reports(ids)
    return [Copy(one, book.find_outlet(one.outlet) if one.outlet else None) for one in map(by_id.__getitem__, ids)]
