"""Keys in addresses: what a feed reader or another site's frame shows instead of a session."""

from __future__ import annotations

import secrets
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from trucewatch.desk import Desk, Person, Role, Share, ShareKind
from trucewatch.desk.people import hashed
from trucewatch.desk.schema import now
from trucewatch.errors import DeskError
from trucewatch.web.refusals import Refused
from trucewatch.web.view import Opens, View

ENDED = 410


def made(desk: Desk, kind: ShareKind, by: str, content: dict[str, Any]) -> tuple[int, str]:
    """Give something away: its number, and its key, which is shown once."""
    key = secrets.token_urlsafe(24)
    return desk.shares.make(Share(number=0, kind=kind, by=by, at=now(), content=content), hashed(key)), key


def address(view: View) -> str:
    """By which others reach the desk, without a slash at its end."""
    # On this machine the port is only known by what the browser asked for; the name in it was checked.
    return (view.settings.url or str(view.request.base_url)).rstrip("/")


class _OpensByKey(Opens):
    """Lets in by the key of a feed, for reading only; without one, as every page of readers does."""

    async def __call__(self, request: Request) -> View:
        key = request.query_params.get("key")
        if not key:
            return await super().__call__(request)
        view = request.state.view = View(request)
        view.person = await run_in_threadpool(_holder, view, key)
        return view


def _holder(view: View, key: str) -> Person:
    """Who made a feed's key, as one who only reads. Refuses a key that was ended, whose account is closed, or of another feed."""
    share = view.desk.shares.keyed(hashed(key), ShareKind.FEED)
    if share is None or (view.settings.team and _is_closed(view, share.by)):
        raise Refused(ENDED, "This address was ended.")
    if _feed(str(view.request.url)) != _feed(share.content["path"]):
        raise Refused(404, "There is no such page.")
    return Person(name=share.by, role=Role.READER)


def _is_closed(view: View, name: str) -> bool:
    try:
        return view.desk.people.person(name).closed is not None
    except DeskError:
        return True


def _feed(url: str) -> tuple[str, list[tuple[str, str]]]:
    """The path of a feed and what it asks for, in any order: programs write addresses again."""
    parts = urlsplit(url)
    return parts.path, sorted(pair for pair in parse_qsl(parts.query) if pair[0] != "key")


FeedView = Annotated[View, Depends(_OpensByKey(Role.READER))]
