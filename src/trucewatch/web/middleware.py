"""What stands before every route: by what name the server was called, how much it is sent, what its answers say of themselves."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trucewatch.translation import languages
from trucewatch.web.refusals import Refused
from trucewatch.web.settings import Settings
from trucewatch.web.view import THEMES

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",  # what MapLibre draws its symbols from
        "worker-src 'self' blob:",  # MapLibre starts its workers from its own text
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""On every answer that does not set its own."""
SECURE = {"Strict-Transport-Security": "max-age=31536000"}
FORM = 1_000_000
"""Bytes that a request may carry, except an upload."""
YEAR = 31_536_000
ONCE = frozenset({"/enter", "/openid/back"})
"""Addresses that a look uses up."""


class Guard:
    """ASGI middleware, the outermost."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._headers = HEADERS | (SECURE if settings.secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        dressed = self._dressed(scope, send)
        if refusal := self._refusal(scope, headers):
            await refusal(scope, receive, dressed)
            return
        if scope["method"] == "HEAD" and scope["path"] not in ONCE:
            scope = {**scope, "method": "GET"}  # the server sends no body all the same
        limit = self._settings.upload if scope["path"] == "/upload" else FORM
        await self._app(scope, _limited(receive, limit), dressed)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        """Why a request goes no further."""
        host = headers.get("host", "")
        if _name(host) not in self._settings.hosts:
            return PlainTextResponse("This server is not called by that name.", status_code=421)
        origin = headers.get("origin")
        if scope["method"] not in ("GET", "HEAD") and origin and origin.partition("://")[2] != host:
            return PlainTextResponse("That form is another site's.", status_code=403)
        return None

    def _dressed(self, scope: Scope, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "content-security-policy" in headers:  # it says itself who may frame it
                    headers.setdefault("X-Frame-Options", "")
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if not headers["X-Frame-Options"]:
                    del headers["X-Frame-Options"]
                for cookie in _chosen(scope, self._settings.secure):
                    headers.append("Set-Cookie", cookie)
            await send(message)

        return sending


def _name(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _limited(receive: Receive, limit: int) -> Receive:
    left = limit

    async def receiving() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            # As much again is taken in: whoever is cut off while sending never sees the answer.
            while message.get("more_body", False) and left > -limit:
                left -= len((message := await receive()).get("body", b""))
            raise Refused(413, "That is too large.")
        return message

    return receiving


def _chosen(scope: Scope, secure: bool) -> list[str]:
    """Cookies that keep what an address chose: ``?lang=ar``, ``?theme=dark``."""
    asked, kept = QueryParams(scope["query_string"]), Response()
    for name, known in (("lang", languages()), ("theme", THEMES)):
        if asked.get(name) in known:
            kept.set_cookie(name, asked[name], max_age=YEAR, secure=secure)
    return kept.headers.getlist("set-cookie")
