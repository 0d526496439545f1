"""Embedded views: the incidents of some filters, or a truce's brief, in a frame of another site."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re

import msgspec
from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from trucewatch import brief
from trucewatch.desk import Share, ShareKind
from trucewatch.desk.people import hashed
from trucewatch.web import share_keys
from trucewatch.web.atlas import Choice
from trucewatch.web.locator import HEIGHT, WIDTH
from trucewatch.web.pages.incidents import matched
from trucewatch.web.refusals import Refused
from trucewatch.web.standings import looked_at
from trucewatch.web.static_map import sketch
from trucewatch.web.view import AnyoneView

router = APIRouter()
SHOWN = 50
KEPT = "public, max-age=300"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@router.get("/embed/{key}")
def embedded(view: AnyoneView, key: str) -> Response:
    """One view, without a session and without a way on into the desk."""
    share = view.desk.shares.keyed(hashed(key), ShareKind.EMBED)
    if share is None:
        raise Refused(share_keys.ENDED, "This address was ended.")
    chosen = msgspec.convert(share.content["filter"], Choice, strict=False)
    style = "'self'"
    if share.content["what"] == "brief" and chosen.truce:
        page = _brief(view, chosen.truce)
        styles = (hashlib.sha256(one.encode()).digest() for one in _STYLE.findall(page))
        style = " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in styles)
        response: Response = HTMLResponse(page, headers={"Vary": "Cookie, Accept-Language"})
    else:
        response = _list(view, chosen)
    response.headers["Content-Security-Policy"] = _policy(share, style)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = KEPT
    return response


def _policy(share: Share, style: str) -> str:
    sites = " ".join(share.content["sites"])
    return f"default-src 'none'; style-src {style}; img-src 'self' data:; base-uri 'none'; frame-ancestors {sites}"


def _list(view: AnyoneView, chosen: Choice) -> Response:
    atlas, mask = matched(view, chosen)
    ids = [atlas.ids[row] for row in atlas.latest(mask)[:SHOWN]]
    return view.page(
        "embed.html",
        map=sketch(atlas, mask),
        size=(WIDTH, HEIGHT),
        total=int(mask.sum()),
        found=view.desk.incidents_named(ids),
    )


def _brief(view: AnyoneView, name: str) -> str:
    """The brief of the week of the newest report on a truce."""
    truce = view.ledgers.truce(name)
    until = looked_at(view.desk, truce, dt.date.today())
    if until is None:
        raise Refused(404, "No report tells of this truce.")
    year, number, _ = until.isocalendar()
    made = brief.written(view.desk, truce, brief.week(f"{year}-W{number:02}"))
    return brief.html(made, brief.language(view.language.code))
