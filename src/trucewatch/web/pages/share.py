"""Share: one's feeds and programs' tokens; for leads also embedded views and hooks. All of them can be ended."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter
from starlette.responses import Response

from trucewatch.desk import Role, Session, ShareKind
from trucewatch.desk.schema import now
from trucewatch.errors import FetchError
from trucewatch.reports.fetch import check
from trucewatch.web import filters, share_keys
from trucewatch.web.atlas import Choice
from trucewatch.web.hooks import starting
from trucewatch.web.refusals import UNFIT, Refused
from trucewatch.web.view import LeadView, ReaderView, View, given_back

router = APIRouter()
FEEDS = ("incidents", "reports", "breaches")
LONGEST = 3650
"""Days that a token holds, at most."""
SITES = 10
KEPT = 1000
"""Characters of a field."""
_tried = given_back(lambda view, fault: _page(view, fault=fault))


@router.get("/share")
def share(view: ReaderView) -> Response:
    """The page; the query of its address is the view that is shared."""
    return _page(view)


@router.post("/share/feeds")
@_tried
def feed(view: ReaderView) -> Response:
    """Make a feed's address."""
    view.act, kind = "share feed", _field(view, "feed")
    if kind not in FEEDS:
        raise Refused(UNFIT, "There is nothing of that kind to do.")
    chosen = _chosen(view)
    if kind == "breaches" and chosen.truce is None:
        raise Refused(UNFIT, "There is nothing of that kind to do.")
    taken = {"incidents": tuple(chosen.given), "reports": ("outlet",), "breaches": ("truce", "verdict")}[kind]
    query = urlencode({name: value for name, value in chosen.given.items() if name in taken})
    view.about = path = f"/feeds/{kind}.atom{f'?{query}' if query else ''}"
    _, key = share_keys.made(view.desk, ShareKind.FEED, view.someone.name, {"path": path, "note": _field(view, "note")})
    return _page(view, fresh=f"{share_keys.address(view)}{path}{'&' if query else '?'}key={key}")


@router.post("/share/tokens")
@_tried
def token(view: ReaderView) -> Response:
    """Make a token for a program."""
    view.act, view.about = "share token", _field(view, "note")
    view.need_team()
    days = _field(view, "days")
    if not days.isascii() or not days.isdigit() or len(days) > 9 or not 0 < int(days) <= LONGEST:
        raise Refused(UNFIT, "A token holds for some days, and no longer than ten years.")
    lasts = dt.timedelta(days=int(days))
    return _page(view, fresh=view.desk.people.issue(view.someone.name, lasts, "token", _field(view, "note")))


@router.post("/share/tokens/end")
def end_token(view: ReaderView) -> Response:
    """End one of your own tokens."""
    view.act, key = "end token", _field(view, "token")
    if view.settings.team and key in {one.key for one in _tokens(view)}:
        view.desk.people.end(key)
    return view.go("/share")


@router.post("/share/embeds")
@_tried
def embed(view: LeadView) -> Response:
    """Make a link by which other sites show a view in a frame."""
    view.act, view.about = "share embed", _field(view, "sites")
    chosen, sites = _chosen(view), _field(view, "sites").split()
    if not 0 < len(sites) <= SITES or not all(map(_is_site, sites)):
        raise Refused(UNFIT, "Name the sites that may show it: https://news.example.org")
    what = _field(view, "what")
    if what == "brief" and chosen.truce is None:
        raise Refused(UNFIT, "There is nothing of that kind to do.")
    content = {"what": "brief" if what == "brief" else "list", "filter": chosen.given, "sites": sites}
    _, key = share_keys.made(view.desk, ShareKind.EMBED, view.someone.name, content)
    return _page(view, fresh=f"{share_keys.address(view)}/embed/{key}")


@router.post("/share/hooks")
@_tried
def hook(view: LeadView) -> Response:
    """Make a hook."""
    url = _field(view, "url")
    view.act, view.about = "share hook", url
    if not url:
        raise Refused(UNFIT, "Give the address of the program: https://example.org/hook")
    try:
        check(url)
    except FetchError as error:
        raise Refused(UNFIT, str(error)) from None
    secret = secrets.token_urlsafe(32)
    content = {"url": url, "filter": _chosen(view).given, "secret": secret}
    number, _ = share_keys.made(view.desk, ShareKind.HOOK, view.someone.name, content)
    starting(view.desk, number)
    return _page(view, fresh=secret)


@router.post("/share/{number}/end")
def end(view: ReaderView, number: int) -> Response:
    """End a feed of your own; a lead ends whatever it is."""
    view.act, view.about = "end share", str(number)
    found = view.desk.shares.share(number)
    if not view.may("lead") and (found.kind is not ShareKind.FEED or found.by != view.someone.name):
        raise Refused(403, "Your role does not allow this.")
    view.desk.shares.end(number, now(), view.someone.name)
    return view.go("/share")


def _page(view: View, fresh: str = "", fault: str = "") -> Response:
    lead = view.may(Role.LEAD)
    given = [one for one in view.desk.shares.every() if lead or one.by == view.someone.name]
    shown = [one for one in given if lead or one.kind is ShareKind.FEED]
    query = _field(view, "query") if view.is_unsafe else view.request.url.query
    response = view.page(
        "share.html",
        status=UNFIT if fault else 200,
        fault=fault,
        fresh=fresh,
        query=query,
        chosen=_from(query),
        shares=shown,
        tries={one.number: view.desk.shares.tries(one.number, 5) for one in shown if one.kind is ShareKind.HOOK},
        tokens=_tokens(view) if view.settings.team else [],
        kinds=list(ShareKind),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _tokens(view: View) -> list[Session]:
    return [one for one in view.desk.people.sessions_of(view.someone.name, now()) if one.kind == "token"]


def _chosen(view: View) -> Choice:
    return _from(_field(view, "query"))


def _from(query: str) -> Choice:
    """The filters of a query; other fields of it do not matter."""
    given: dict[str, Any] = {name: value for name, value in parse_qsl(query) if name in Choice.__struct_fields__}
    sources, undated = given.pop("sources", ""), given.pop("undated", "")
    of_ledger = {name: given.pop(name) for name in ("truce", "verdict") if name in given}
    asked = filters.told(undated=undated == "true", **given)
    return filters.choice(asked, sources=int(sources[:9]) if sources.isdecimal() else None, **of_ledger)


def _is_site(site: str) -> bool:
    """An origin, which stands in a header: nothing in it may end a directive there."""
    try:
        parts = urlsplit(site)
        whole = parts.hostname is not None and site == f"{parts.scheme}://{parts.netloc}"
    except ValueError:
        return False
    return whole and parts.scheme in ("https", "http") and not set(site) & set(";,'\"*@\\") and site.isascii()


def _field(view: View, name: str) -> str:
    return view.field(name)[:KEPT]
