"""An incident: its claims side by side, what they agree and differ on, its history, where it stands, and why it is one."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch import derive, rulings
from trucewatch.incidents import Why, why
from trucewatch.judgements import must_and_cannot
from trucewatch.web.claim_case import near, touched
from trucewatch.web.locator import HEIGHT, WIDTH, locator
from trucewatch.web.refusals import Refused
from trucewatch.web.ruling import Subject, Trouble, take
from trucewatch.web.side_by_side import columns, course, figures, points, tellings
from trucewatch.web.view import CoderView, ReaderView, View

router = APIRouter()
EXPLAINED = 60
"""Claims up to which every pair is scored again, to say why they are one incident."""


@router.get("/incidents/{incident}")
def incident(view: ReaderView, incident: str) -> Response:
    """The page."""
    return _page(view, incident)


@router.get("/incidents/{incident}/why")
def explained(view: ReaderView, incident: str) -> Response:
    """Why its claims are together: apart, for every pair of them is scored again."""
    found = view.desk.incident(incident)
    evidence: Why | None = None
    if len(found.claims) <= EXPLAINED:
        evidence = why(derive.accounts(view.desk, found.claims), *must_and_cannot(view.desk.judgements()))
    outlets = {one.claim.id: one.outlet for one in view.desk.accounts(found.claims)}
    return view.page("incident-why.html", incident=found, why=evidence, outlets=outlets)


@router.post("/incidents/{incident}")
def judge(view: CoderView, incident: str) -> Response:
    """Merge it with others, split claims off, undo."""
    claims = tuple(view.field("claims").split())
    if not claims:
        raise Refused(400, "There is nothing of that kind to do.")
    trouble = take(view, Subject(claims, incident))
    if trouble:
        return _page(view, _now(view, claims, incident), trouble)
    return view.go(f"/incidents/{_now(view, claims, incident)}")


def _page(view: View, name: str, trouble: Trouble | None = None) -> Response:
    found, every = view.desk.incident(name), view.desk.judgements()
    accounts = derive.accounts(view.desk, found.claims)
    reports = view.reports({account.claim.report for account in accounts})
    groups = tellings(found, accounts, reports, view.language)
    ruled = rulings.touching(every, found.claims)
    acts = rulings.first_of_acts(ruled)
    return view.page(
        "incident.html",
        status=trouble.status if trouble else 200,
        incident=found,
        groups=groups,
        columns=columns(groups),
        points=points(found, groups),
        papers={one.account.claim.id: one.account.outlet for its in groups for one in its},
        figures=figures(found),
        course=course(groups, acts),
        rulings=ruled,
        acts=acts,
        touched=touched(view, found, every),
        near=near(view, found),
        where=locator(found),
        size=(WIDTH, HEIGHT),
        trouble=trouble,
    )


def _now(view: View, claims: Sequence[str], before: str) -> str:
    """The incident that the claims are in now: rulings may have given it another id."""
    return next((one.id for claim in claims for one in view.desk.incidents_of(claim)), before)
