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

from trucewatch import reports
from trucewatch.errors import FetchError
from trucewatch.reports import addresses
from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.fetch import fetch

STORY = "Shells fell on Taiz on Monday and killed two men, residents said. A third man was wounded in the market."
RUSSIAN = "Войска обстреляли село утром в понедельник, сообщили жители деревни корреспонденту."
PAGE = f"<!DOCTYPE html><html><head><title>Shells on Taiz</title></head><body><article><p>{STORY}</p></article></body></html>"
RSS = (
    "<rss><channel><title>Tihama Herald</title><item><title>Taiz hit</title><link>https://t.example/1</link>"
    f"<description>{STORY}</description></item><item><title>None</title></item></channel></rss>"
)
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
        "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n"),
    }

    def do_GET(self) -> None:
        if self.path == "/drip":
            self._drip()
            return
        status, headers, body = self.pages[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

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
    (found,) = reports.read([url], LOCAL)
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
    assert report.notes[-1].startswith("1 entries of this feed could not be read, first")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "the server answered 404"),
        ("/loop", "more than 5 redirects"),
        ("/large", "larger than 100,000 bytes"),
        ("/bomb", "larger than 100,000 bytes"),
        ("/brotli", "refused: the server packs its answer as br"),
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


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://0/",
        "http://[::1]/", "http://[::]/", "http://[::ffff:10.0.0.1]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/",
        "http://169.254.169.254/", "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[fe80::1]/",
        "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[::7f00:1]/", "http://[ff02::1]/",
        "http://198.18.0.1/", "http://192.0.2.1/", "http://127.0.0.1:22/", "ftp://a.example/", "file:///etc/hosts",
        "http://user:secret@a.example/", "http://", "http://[bad", "gopher://a.example",
    ],
)  # fmt: skip
def test_addresses_that_are_never_fetched(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, ReadOptions(fetch_seconds=5))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "8.8.8.8", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert addresses.is_public(address)


def test_a_failed_fetch_is_a_failure_of_its_own(server: str) -> None:
    gone, good = reports.read([f"{server}/gone", f"{server}/page"], LOCAL)
    assert getattr(gone, "reason", None) == "the server answered 404"
    assert getattr(good, "text", None) == STORY
