"""The log of what people do: every unsafe request of somebody who is signed in, and every attempt to sign in."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trucewatch.desk import Act
from trucewatch.desk.schema import now
from trucewatch.errors import DeskError
from trucewatch.web.signing import address_of
from trucewatch.web.view import View

_log = logging.getLogger(__name__)


class Log:
    """ASGI middleware: writes the row once the outcome is known, and before the answer leaves."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and (act := _act(scope, message["status"])):
                try:
                    await run_in_threadpool(scope["app"].state.desk.people.log, act)
                except DeskError:
                    _log.exception("an act could not be logged: %s", act)
            await send(message)

        await self._app(scope, receive, sending)


def _act(scope: Scope, status: int) -> Act | None:
    """The row of a request; None for one that only looks, and for a stranger's, or anybody could fill the log."""
    view: View | None = scope.get("state", {}).get("view")
    if view is None or not (view.act or (view.person and view.is_unsafe)):
        return None
    route = getattr(scope.get("route"), "path", scope["path"])
    return Act(
        at=now(),
        act=view.act or f"{scope['method']} {route}",
        person=view.person.name if view.person else None,
        about=view.about or (scope["path"] if route != scope["path"] else ""),
        outcome=status,
        address=address_of(view.request),
    )
