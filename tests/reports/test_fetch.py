"""Fetching: public addresses only, however they hide; capped, timed, and one clear line for every refusal."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from tests.reports.outcomes import outcomes
from trucewatch import reports
from trucewatch.errors import FetchError, TryLaterError
from trucewatch.reports import addresses
from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.fetch import Ask, fetch

STORY = "Shells fell on Taiz on Monday and killed two men, residents said. A third man was wounded in the market."
RUSSIAN = "Войска обстреляли село утром в понедельник, сообщили жители деревни корреспонденту."
PAGE = f"<!DOCTYPE html><html><head><title>Shells on Taiz</title></head><body><article><p>{STORY}</p></article></body></html>"
RSS = (
    "<rss><channel><title>Tihama Herald</title><item><title>Taiz hit</title><link>https://t.example/1</link>"
    f"<description>{STORY}</description></item><item><title>None</title></item></channel></rss>"
)
LAST = "Tue, 05 Apr 2022 07:00:00 GMT"
LOCAL = ReadOptions(allow_private=True, max_bytes=100_000, fetch_seconds=5)


class _Server(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {
        "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
        "/text": (200, {"Content-Type": "text/plain; charset=windows-1251"}, RUSSIAN.encode("cp1251")),
        "/feed": (200, {"Content-Type": "application/rss+xml"}, RSS.encode()),
        "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
        "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"a" * 50_000_000)),
        "/brotli": (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"x"),
        "/large": (200, {"Content-Type": "text/html"}, b"a" * 100_001),
        "/gone": (404, {"Content-Type": "text/html"}, b"gone"),
        "/here": (302, {"Location": "/page"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/file": (302, {"Location": "file:///etc/hosts"}, b""),
        "/inside": (302, {"Location": "http://169.254.169.254/latest"}, b""),
        "/busy": (503, {"Retry-After": "120"}, b""),
        "/later": (429, {"Date": "Tue, 05 Apr 2022 07:00:00 GMT", "Retry-After": "Tue, 05 Apr 2022 07:05:00 GMT"}, b""),
        "/cut": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())[:-9]),
        "/short": (200, {"Content-Type": "text/html", "Content-Length": "5000"}, PAGE.encode()),
        "/nowhere": (302, {"Location": "http://["}, b""),
        "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n"),
    }

    def do_GET(self) -> None:
        if self.path == "/drip":
            self._drip()
            return
        if self.path == "/marked":
            self._marked()
            return
        status, headers, body = self.pages[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _marked(self) -> None:
        """Answers with the page, or that it is unchanged."""
        unchanged = self.headers["If-None-Match"] == '"v1"' or self.headers["If-Modified-Since"] == LAST
        self.send_response(304 if unchanged else 200)
        self.send_header("ETag", '"v1"')
        self.send_header("Last-Modified", LAST)
        self.end_headers()
        if not unchanged:
            self.wfile.write(self.headers["User-Agent"].encode())

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"a")
                time.sleep(0.05)
        except OSError:
            return  # the client hung up, as it should

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def _report(url: str) -> Any:
    (found,) = outcomes([url], LOCAL)
    return found


def test_a_page_becomes_a_report(server: str) -> None:
    report = _report(f"{server}/page")
    assert (report.text, report.title, report.url, report.source) == (
        STORY,
        "Shells on Taiz",
        f"{server}/page",
        f"{server}/page",
    )
    assert report.outlet == "127.0.0.1"


def test_redirects_packing_and_charsets(server: str) -> None:
    assert fetch(f"{server}/here", LOCAL).url == f"{server}/page"
    assert fetch(f"{server}/packed", LOCAL).content == PAGE.encode()
    assert _report(f"{server}/text").text == RUSSIAN


def test_a_feed_gives_its_entries_and_a_note_of_the_others(server: str) -> None:
    report = _report(f"{server}/feed")
    assert (report.title, report.outlet, report.url) == ("Taiz hit", "Tihama Herald", "https://t.example/1")
    assert report.notes[-1].startswith("1 entry beside this could not be read, first")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "the server answered 404"),
        ("/loop", "more than 5 redirects"),
        ("/large", "larger than 100,000 bytes"),
        ("/bomb", "larger than 100,000 bytes"),
        ("/brotli", "refused: the server packs its answer as br"),
        ("/nowhere", r"no valid address: http://\["),
        ("/file", "refused: only http and https are fetched, not file"),
    ],
)
def test_refusals_say_why(server: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        fetch(server + path, LOCAL)


def test_a_picture_is_no_report(server: str) -> None:
    assert _report(f"{server}/picture").reason == "a PNG picture, not text or HTML"


def test_a_slow_drip_ends_at_the_deadline(server: str) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"no answer within 0\.5 seconds"):
        fetch(f"{server}/drip", ReadOptions(allow_private=True, fetch_seconds=0.5))
    assert time.monotonic() - began < 3


def test_this_machine_is_refused_before_anything_is_sent(server: str) -> None:
    with pytest.raises(FetchError, match=r"refused: 127\.0\.0\.1 is at 127\.0\.0\.1"):
        fetch(f"{server}/page", ReadOptions())


def test_an_open_door_leads_no_further_inside(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host may be public: every redirect is checked anew where it connects."""
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda text: text == "127.0.0.1" or real(text))
    with pytest.raises(FetchError, match=r"refused: 169\.254\.169\.254"):
        fetch(f"{server}/inside", ReadOptions())


def test_a_host_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(FetchError, match=r"refused: two\.example is at 10\.0\.0\.7"):
        addresses.resolve("two.example", 80, allow_private=False)


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"])
def test_a_network_of_ones_own_does_not_open_where_clouds_keep_keys(address: str) -> None:
    assert addresses.resolve("127.0.0.1", 80, allow_private=True) == "127.0.0.1"
    with pytest.raises(FetchError, match="which is no public address"):
        addresses.resolve(address, 80, allow_private=True)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/hosts", "http://", "http://[bad", "gopher://a.example"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, ReadOptions(fetch_seconds=5))


def test_a_failed_fetch_is_a_failure_of_its_own(server: str) -> None:
    gone, good = outcomes([f"{server}/gone", f"{server}/page"], LOCAL)
    assert getattr(gone, "reason", None) == "the server answered 404"
    assert getattr(good, "text", None) == STORY


def test_what_has_not_changed_is_not_sent_again(server: str) -> None:
    first = fetch(f"{server}/marked", LOCAL, Ask(agent="trucewatch (test)"))
    assert (first.content, first.etag, first.modified) == (b"trucewatch (test)", '"v1"', LAST)
    for ask in (Ask(etag=first.etag), Ask(modified=first.modified)):
        again = fetch(f"{server}/marked", LOCAL, ask)
        assert again.unchanged
        assert again.content == b""
    assert not fetch(f"{server}/marked", LOCAL, Ask(etag='"v2"')).unchanged


def test_a_redirect_that_is_not_followed_is_told(server: str) -> None:
    got = fetch(f"{server}/here", LOCAL, Ask(follow=False))
    assert (got.moved, got.content) == (f"{server}/page", b"")


@pytest.mark.parametrize(("path", "after"), [("/busy", 120.0), ("/later", 300.0), ("/cut", None), ("/short", None)])
def test_what_may_pass_says_so(server: str, path: str, after: float | None) -> None:
    with pytest.raises(TryLaterError) as caught:
        fetch(server + path, LOCAL)
    assert caught.value.after == after
    with pytest.raises(TryLaterError, match=rf"^{server}{path}: "):
        reports.read_source(reports.Source(name=server + path, form="url"), LOCAL)


def test_a_server_that_is_not_there_may_come_back(server: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    with pytest.raises(TryLaterError, match="cannot be fetched"):
        fetch(f"http://127.0.0.1:{free}/", LOCAL)
