"""Atom feeds of incidents, reports and breaches by the filters of the map; a feed reader shows a key of its own."""

from __future__ import annotations

import datetime as dt
import email.utils
import itertools
from collections.abc import Callable, Collection, Sequence
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch import derive, english, rulings
from trucewatch.brief import wording
from trucewatch.nouns import Account, Incident, Judgement, Report
from trucewatch.truces import Breach, Verdict
from trucewatch.web.api import atom
from trucewatch.web.api.answers import tagged
from trucewatch.web.api.atom import Entry, Feed
from trucewatch.web.filters import Chosen
from trucewatch.web.pages.incidents import matched
from trucewatch.web.refusals import one_of
from trucewatch.web.share_keys import FeedView, address

router = APIRouter()
SHOWN = 50
"""Entries of a feed."""
FEW = 500
"""Incidents whose reports are looked up one by one; of more, fifty are soon met from the newest report backwards."""
TOLD = 12
"""Incidents that are told of with a report."""
EMPTY = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When an empty desk has changed last."""


@router.get("/feeds/incidents.atom")
def incidents(view: FeedView, chosen: Chosen) -> Response:
    """Incidents of the map's filters, those of the newest arrival first."""

    def entries() -> list[Entry]:
        atlas, mask = matched(view, chosen)
        rows = mask.nonzero()[0].tolist()
        came = _newest(view, {atlas.ids[row] for row in rows})
        found = view.desk.incidents_named(list(came))
        told = _told(view, found)
        return [_of_incident(view, one, came[one.id], told[one.id]) for one in found]

    return _feed(view, "Incidents", "incidents", f"/incidents?{urlencode(chosen.given)}", entries)


@router.get("/feeds/reports.atom")
def reports(view: FeedView, outlet: str = "") -> Response:
    """Reports as they came in, the newest first: of outlets with these words in their name."""

    def entries() -> list[Entry]:
        with view.desk.news() as news:
            newest = list(itertools.islice(news.reports(outlet), SHOWN))
            claims = news.claims([one.id for _, one in newest])
            held = news.holding([claim for its in claims.values() for claim in its])
        its = {id_: list(dict.fromkeys(held[one] for one in of if one in held))[:TOLD] for id_, of in claims.items()}
        told = _told(view, view.desk.incidents_named(sorted({incident for some in its.values() for incident in some})))
        return [
            _of_report(view, one, came, len(claims[one.id]), [told[id_] for id_ in its[one.id] if id_ in told])
            for came, one in newest
        ]

    return _feed(view, "Reports", "reports", "/", entries)


@router.get("/feeds/breaches.atom")
def breaches(view: FeedView, truce: str, verdict: str = "") -> Response:
    """What incidents are to a truce's clauses, by its ledger: of one verdict, or of all but those out of scope."""
    asked, its = one_of(Verdict, verdict), view.ledgers.truce(truce)

    def entries() -> list[Entry]:
        held = view.ledgers.overview(its, dt.date.today()).held.breaches
        wanted = [one for one in held if (one.verdict is asked if asked else one.verdict is not Verdict.OUT_OF_SCOPE)]
        came = _newest(view, {one.incident for one in wanted})
        found = {one.id: one for one in view.desk.incidents_named(list(came))}
        fit = sorted((one for one in wanted if one.incident in found), key=lambda one: came[one.incident], reverse=True)
        told = _told(view, list(found.values()))
        return [
            _of_breach(view, one, found[one.incident], came[one.incident], told[one.incident]) for one in fit[:SHOWN]
        ]

    return _feed(view, its.name, "breaches", f"/truces/{its.id}", entries)


def _feed(view: FeedView, title: str, kind: str, page: str, entries: Callable[[], list[Entry]]) -> Response:
    with view.desk.news() as news:
        changed = (news.newest() or EMPTY).replace(microsecond=0)
    headers = view.request.headers
    since = headers.get("if-modified-since")
    if since and "if-none-match" not in headers and _is_since(since, changed):
        return Response(status_code=304, headers={"Last-Modified": email.utils.format_datetime(changed, usegmt=True)})
    asked = urlencode([(name, value) for name, value in view.request.query_params.multi_items() if name != "key"])
    query = f"?{asked}" if asked else ""

    def made() -> Response:
        found = entries()
        here = address(view)
        feed = Feed(
            id=_id(view, f"feed/{kind}{query}"),
            title=f"Trucewatch: {title}",
            itself=f"{here}{view.request.url.path}{query}",
            page=f"{here}{page.rstrip('?')}",
            updated=max((one.updated for one in found), default=EMPTY),
            entries=found,
        )
        return Response(atom.written(feed), media_type=f"{atom.MEDIA}; charset=utf-8")

    response = tagged(view, made)
    response.headers["Last-Modified"] = email.utils.format_datetime(changed, usegmt=True)
    return response


def _is_since(said: str, changed: dt.datetime) -> bool:
    try:
        return email.utils.parsedate_to_datetime(said) >= changed
    except (ValueError, TypeError):
        return False


def _newest(view: FeedView, wanted: Collection[str]) -> dict[str, dt.datetime]:
    """Of these incidents those that changed last, with the moment: by a new report, or by a ruling."""
    ruled = _ruled(view)
    came: dict[str, dt.datetime] = {one: at for one, at in ruled.items() if one in wanted}
    told: dict[str, dt.datetime] = {}
    if wanted:
        with view.desk.news() as news:
            for one, at in news.told(wanted if len(wanted) <= FEW else None):
                if one in wanted and one not in told:
                    told[one] = at
                if len(told) == min(SHOWN, len(wanted)):
                    break
    for one, at in told.items():
        came[one] = max(at, came.get(one, at))
    return dict(sorted(came.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)[:SHOWN])


def _ruled(view: FeedView) -> dict[str, dt.datetime]:
    """When the incidents were ruled on that the newest judgements are about."""
    every = view.desk.judgements()
    acts: dict[tuple[str, dt.datetime], list[Judgement]] = {}
    for one in reversed(every):
        acts.setdefault(rulings.act(one), []).append(one)
    found: dict[str, dt.datetime] = {}
    with view.desk.news() as news:
        for (_, at), its in itertools.islice(acts.items(), SHOWN):
            for incident in news.holding(derive.claims_ruled(its, every)).values():
                found.setdefault(incident, at)
    return found


def _told(view: FeedView, found: Collection[Incident]) -> dict[str, str]:
    """By incident a sentence of ours, and the claims that it rests on; their claims are read together."""
    of = {claim: one.id for one in found for claim in one.claims}
    its: dict[str, list[Account]] = {one.id: [] for one in found}
    for account in derive.accounts(view.desk, of):
        its[of[account.claim.id]].append(account)
    return {one.id: wording.cited(one, its[one.id]) for one in found}


def _head(one: Incident) -> str:
    where = wording.plain(one.place.name) if one.place else "place not told"
    return f"{wording.deed(one)}{wording.parties(one)}, {where}, {wording.period(one.time)}"


def _of_incident(view: FeedView, one: Incident, came: dt.datetime, told: str) -> Entry:
    return Entry(
        id=_id(view, f"incident/{one.id}"),
        title=_head(one),
        link=f"{address(view)}/incidents/{one.id}",
        updated=came,
        text=told,
    )


def _of_report(view: FeedView, one: Report, came: dt.datetime, claims: int, told: Sequence[str]) -> Entry:
    outlet = wording.plain(one.outlet or "a report without an outlet")
    day = english.day(one.published) if one.published else "day not told"
    return Entry(
        id=_id(view, f"report/{one.id}"),
        title=wording.plain(one.title or f"{outlet}, {day}"),
        link=f"{address(view)}/reports/{one.id}",
        updated=came,
        text="\n".join([f"Published by {outlet}, {day}: {english.some(claims, 'claim')}.", *told]),
    )


def _of_breach(view: FeedView, one: Breach, incident: Incident, came: dt.datetime, told: str) -> Entry:
    clause = f"clause {one.clause}" if one.clause else "no clause"
    return Entry(
        id=_id(view, f"breach/{one.truce}/{one.clause or '-'}/{one.incident}"),
        title=f"{one.verdict.value}, {clause}: {_head(incident)}",
        link=f"{address(view)}/incidents/{one.incident}",
        updated=came,
        text=f"{wording.dated(one.reason)} {told}",
    )


def _id(view: FeedView, what: str) -> str:
    """A tag URI (RFC 4151), which stays when the port or the page of a desk is another one."""
    return f"tag:{urlsplit(address(view)).hostname},2026:{what}"
