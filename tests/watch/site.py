"""A real site on this machine, which remembers what it was asked for and when."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

STORY = "Shells fell on {} on Monday and killed two men, residents said. A third man was wounded in the market."


def page(place: str) -> str:
    """A page with a story."""
    story = f"<article><p>{STORY.format(place)}</p></article>"
    return f"<!DOCTYPE html><html><head><title>Shells on {place}</title></head><body>{story}</body></html>"


def feed(entries: dict[str, str]) -> str:
    """An RSS feed of addresses and the days that it gives them."""
    items = "".join(
        f"<item><title>t</title><link>{url}</link><pubDate>{day}</pubDate><description>{STORY.format(url.rpartition('/')[2])}</description></item>"
        for url, day in entries.items()
    )
    return f"<rss><channel><title>Tihama Herald</title>{items}</channel></rss>"


def sitemap(entries: dict[str, str], name: str = "url") -> str:
    """A sitemap (or, by the name ``sitemap``, an index of such) of addresses and the times of their last change."""
    inner = "".join(f"<{name}><loc>{url}</loc><lastmod>{stamp}</lastmod></{name}>" for url, stamp in entries.items())
    root = "urlset" if name == "url" else "sitemapindex"
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'


class Site:
    """Pages by path; a list of pages is given one after the other, the last one for ever."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.other = f"http://localhost:{port}"
        """The same site under another name, as another host is one."""
        self.pages: dict[str, Any] = {}
        """Bodies, or (status, headers) with no body, by path."""
        self.asked: list[tuple[str, str, float, dict[str, str]]] = []
        """Host, path, time and headers of every request."""

    def paths(self, host: str = "127.0.0.1") -> list[str]:
        """What was asked for, in order, without the robots.txt."""
        return [path for name, path, _, _ in self.asked if name == host and path != "/robots.txt"]

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """What the site says at a path."""
        body = self.pages.get(path)
        if isinstance(body, list):
            body = body.pop(0) if len(body) > 1 else body[0]
        if isinstance(body, tuple):
            return body[0], body[1], b""
        if body is None:
            return 404, {}, b"gone"
        raw = body if isinstance(body, bytes) else body.encode()
        tag = f'"{hash(raw)}"'
        kind = "application/rss+xml" if b"<rss" in raw else "application/xml" if b"<?xml" in raw else "text/html"
        return 200, {"ETag": tag, "Content-Type": "text/plain" if path.endswith(".txt") else kind}, raw


@contextmanager
def running() -> Iterator[Site]:
    """A site while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = (self.headers["Host"] or "").partition(":")[0]
            site.asked.append((host, self.path, time.time(), dict(self.headers)))
            status, headers, body = site.answer(self.path)
            if status == 200 and self.headers["If-None-Match"] == headers.get("ETag"):
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Site(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


def packed(text: str) -> bytes:
    """The text as a gzip file."""
    return gzip.compress(text.encode())
