"""Share and embedded views in the browser: made on the page, shown in a frame of another site, ended."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.web.conftest import Opened, check_accessible

if TYPE_CHECKING:
    from playwright.sync_api import Page

TRUCE = "syria-idlib-2020"
STYLES = "[...document.styleSheets].map(sheet => sheet.cssRules.length)"


@contextmanager
def another_site() -> Iterator[tuple[str, list[str]]]:
    """A site whose only page holds frames, and their addresses."""
    frames: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held = "".join(f'<iframe src="{one}" width="600" height="400" title="a view"></iframe>' for one in frames)
            body = f'<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>News</title>{held}</html>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", frames
    server.shutdown()
    server.server_close()


def made(page: Page, site: str, what: str, sites: str) -> str:
    """Make an embedded view on the page: its address."""
    page.goto(f"{site}/share?truce={TRUCE}")
    form = page.locator("form[action='/share/embeds']")
    form.locator("[name=what]").select_option(what)
    form.locator("[name=sites]").fill(sites)
    form.locator("button").click()
    return page.locator(".fresh").inner_text()


def test_views_are_made_framed_by_their_site_alone_and_ended(
    own_site: str, opened: Opened, pictured: Callable[[Page, str], None]
) -> None:
    page = opened(own_site, "/share")
    watched = page.watched  # type: ignore[attr-defined]
    with another_site() as (news, framed), another_site() as (stranger, theirs):
        for what in ("list", "brief"):
            framed.append(made(page, own_site, what, news))
        theirs.append(framed[0])
        check_accessible(page)
        pictured(page, "share")
        page.goto(news)
        shown, brief = (page.frame_locator(f"iframe >> nth={n}") for n in range(2))
        assert shown.locator("svg.sketch circle").count() > 3
        assert shown.locator("h1").inner_text().endswith("incidents")
        assert "Claims cited" in brief.locator("body").inner_text()
        for one in (shown, brief):
            assert one.locator("script, form, a[href^='/']").count() == 0
        assert all(rules for frame in page.frames[1:] for rules in frame.evaluate(STYLES)), "a style was refused"
        pictured(page, "embedded")
        # What the frames ask for comes from the desk; what holds them, from the news alone.
        assert {url.split("/")[2] for url in watched.outside} == {news.split("/")[2]}
        watched.outside.clear()
        page.goto(stranger)
        assert [one.url for one in page.frames[1:]] == ["chrome-error://chromewebdata/"]
        assert len([text for text in watched.complaints if "frame-ancestors" in text]) == 1
        watched.complaints.clear()
        watched.outside.clear()
    _check_on_a_phone(page, framed)
    _check_ended(page, own_site, framed)
    watched.complaints = [text for text in watched.complaints if "410" not in text and "404" not in text]


def _check_on_a_phone(page: Page, framed: list[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    for address in (f"{framed[0]}?lang=ar", framed[1]):
        page.goto(address)
        check_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.locator("html").get_attribute("dir") == "rtl"  # the choice is kept


def _check_ended(page: Page, site: str, framed: list[str]) -> None:
    page.goto(f"{site}/share?lang=en")
    for _ in framed:
        page.get_by_role("button", name="End").first.click()
        page.wait_for_load_state()
    assert page.locator(".list .tag[data-value='carved out']").count() == len(framed)
    page.goto(framed[0])
    assert "This address was ended." in page.locator("h1").inner_text()
    assert page.request.get(framed[1]).status == 410
