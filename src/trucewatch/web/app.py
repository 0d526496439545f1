"""The web desk as an application: its routers, what stands before them, and what they share."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from trucewatch.desk import Desk
from trucewatch.web import access, api, errors
from trucewatch.web.assets import Assets
from trucewatch.web.atlases import Atlases
from trucewatch.web.hooks import Patience, Sender
from trucewatch.web.ledgers import Ledgers
from trucewatch.web.log import Log
from trucewatch.web.middleware import Guard
from trucewatch.web.outlooks import Foreseen
from trucewatch.web.pages import (
    account,
    actors,
    audit,
    embed,
    incident,
    incidents,
    outlets,
    outlook,
    people,
    queue,
    reports,
    search,
    share,
    signing,
    today,
    truces,
    upload,
)
from trucewatch.web.review_queue import ReviewQueues
from trucewatch.web.settings import Settings
from trucewatch.web.signing import Locally, Team
from trucewatch.web.standings import Standings
from trucewatch.web.templates import environment

ROUTERS = (
    signing.router,
    account.router,
    people.router,
    audit.router,
    today.router,
    truces.router,
    outlook.router,
    upload.router,
    incidents.router,
    actors.router,
    outlets.router,
    search.router,
    share.router,
    embed.router,
    reports.router,
    incident.router,
    queue.router,
    api.router,
)
"""One line a page."""


def create_app(settings: Settings) -> FastAPI:
    """The desk of these settings as an ASGI application. Raises DeskError where there is none."""
    desk = Desk.open(settings.desk, create=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=app.state.hooks.run, daemon=True, name="hooks").start()
        app.state.atlases.known()  # begins to read
        yield
        app.state.hooks.stop()
        app.state.atlases.close()
        app.state.standings.close()
        desk.close()

    app = FastAPI(title="Trucewatch", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.desk = desk
    app.state.atlases = Atlases(desk)
    app.state.ledgers = Ledgers(desk, settings.truces)
    app.state.foreseen = Foreseen(desk, settings.truces)
    app.state.queues = ReviewQueues(desk, app.state.atlases, app.state.ledgers)
    app.state.standings = Standings(desk, settings.truces)
    app.state.hooks = Sender(desk, app.state.ledgers, Patience(to_private=settings.hooks_to_private))
    app.state.door = Team(desk.people) if settings.team else Locally(settings)
    for router in ROUTERS:
        app.router.routes.extend(router.routes)
    app.mount("/static", Assets(), name="static")
    for route in app.routes:
        access.needed(route)
    app.state.templates = environment()
    errors.handle(app)
    app.add_middleware(Log)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard, settings=settings)
    return app
