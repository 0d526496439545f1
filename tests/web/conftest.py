"""The desk in a real browser: the samples on a real server, and pages that may ask nobody else for anything."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi import FastAPI

from trucewatch import run, versions
from trucewatch.desk import Desk
from trucewatch.desk.opening import MIGRATIONS
from trucewatch.web import Settings, create_app

if TYPE_CHECKING:
    from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
SAMPLES = [ROOT / "samples", ROOT / "made-up"]
"""The sample reports, and the made-up months for the scenario: enough to fill a page."""
LINK = "the-link-that-works-once"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"


@pytest.fixture(scope="session")
def sampled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that holds the samples; copy it to write on it. Made once, until what it is made from changes."""
    made_from = hashlib.sha256(repr((versions.of_claims(), versions.of_incidents())).encode())
    for path in sorted(path for folder in (*SAMPLES, MIGRATIONS) for path in folder.rglob("*.*") if path.is_file()):
        made_from.update(path.read_bytes())
    kept = request.config.cache.mkdir("samples") / f"{made_from.hexdigest()[:16]}.desk"
    if not kept.exists():
        for old in set(kept.parent.glob("*.desk")) - {kept}:  # another run may make the same at this moment
            old.unlink(missing_ok=True)
        made = tmp_path_factory.mktemp("made") / "made.desk"
        with Desk.open(made) as desk:
            assert all(outcome.failure is None for outcome in run.keep(SAMPLES, desk, run.Options()))
        os.replace(shutil.copy(made, kept.with_suffix(f".{os.getpid()}")), kept)
    return Path(shutil.copy(kept, tmp_path_factory.mktemp("sampled") / "samples.desk"))


@pytest.fixture
def own(sampled: Path, tmp_path: Path) -> Path:
    """The samples on a desk that a test may write on."""
    return Path(shutil.copy(sampled, tmp_path / "own.desk"))


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of a running server."""
    with running(create_app(settings)) as address:
        yield address


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """The address of a running application."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="on")
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    listening.listen()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def site(sampled: Path) -> Iterator[str]:
    """The samples, served for tests that only look: a server that lets everybody in who knows ``LINK``."""
    with served(Settings(desk=str(sampled), link=LINK, lasting=True)) as address:
        yield address


@pytest.fixture
def own_site(own: Path) -> Iterator[str]:
    """The samples, served for a test that writes."""
    with served(Settings(desk=str(own), link=LINK, lasting=True)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    api = pytest.importorskip("playwright.sync_api", reason="no browser tests: playwright is not installed")
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no browser tests: there is no Chromium here")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*quiet, "--use-angle=swiftshader"])
        yield started
        started.close()


class Watched:
    """A browser's context, what its pages asked for and complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.site = ""
        self.outside: list[str] = []
        self.complaints: list[str] = []
        context.new_page()  # stays open: without any page Chromium lets go of all that the next one would load in half the time
        context.set_default_timeout(10_000)
        context.on("request", lambda request: self._asked(request.url))
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.site, "blob:", "data:")):
            self.outside.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)

    def forget(self) -> None:
        """Leave nothing but the scripts and styles that the browser keeps: a page of the desk keeps things in cookies and its tab."""
        for page in self.context.pages[1:]:
            page.close()
        self.context.clear_cookies()
        self.outside.clear()
        self.complaints.clear()


@pytest.fixture(scope="session")
def idle() -> dict[str, list[Watched]]:
    """Contexts that no test uses, by their looks: one that has read the scripts shows a page in two thirds of the time."""
    return {}


Opened = Callable[..., "Page"]
Entered = Callable[[str], "APIRequestContext"]


@pytest.fixture
def opened(browser: Browser, idle: dict[str, list[Watched]]) -> Iterator[Opened]:
    """Open a page of a site: ``opened(site, "/truces", phone=True, dark=True, lang="ar")``; signed in, unless told otherwise.

    A map is drawn by the processor and takes seconds of it: with ``webgl=False`` there is none, and the page does without;
    else it is drawn in a quarter of the pixels, unless it is to be ``sharp``. What a test opens has nothing in common.
    After the test no page may have asked another server for anything, nor complained on its console. A test that
    looks at a refusal takes it out of ``page.watched.complaints`` itself.
    """
    used: list[tuple[str, Watched]] = []

    def opening(
        site: str,
        path: str = "/",
        *,
        phone: bool = False,
        dark: bool = False,
        lang: str = "en",
        enter: bool = True,
        webgl: bool = True,
        sharp: bool = "TRUCEWATCH_PICTURES" in os.environ,
    ) -> Page:
        looks = {
            "viewport": {"width": 390, "height": 844} if phone else {"width": 1280, "height": 860},
            "color_scheme": "dark" if dark else "light",
            "locale": lang,
            "is_mobile": phone,
            "reduced_motion": "reduce",
            "device_scale_factor": 0.5 if webgl and not sharp else 1,
        }
        key = f"{looks}"
        watched = idle[key].pop() if idle.get(key) else Watched(browser.new_context(**looks))
        used.append((key, watched))
        watched.site = site
        page = watched.context.new_page()
        page.watched = watched  # type: ignore[attr-defined]
        if not webgl:
            page.add_init_script(NO_WEBGL)
        if enter:
            watched.context.request.get(f"{site}/enter?link={LINK}")
        page.goto(f"{site}{path}")
        return page

    yield opening
    outside = [url for _, one in used for url in one.outside]
    complaints = [text for _, one in used for text in one.complaints]
    for key, one in used:
        one.forget()
        idle.setdefault(key, []).append(one)
    assert outside == []
    assert complaints == []


@pytest.fixture
def entered(browser: Browser) -> Iterator[Entered]:
    """Requests to a site by somebody who is signed in, for tests that look at no page."""
    context = browser.new_context()

    def entering(site: str) -> APIRequestContext:
        context.request.get(f"{site}/enter?link={LINK}")
        return context.request

    yield entering
    context.close()


@pytest.fixture
def pictured() -> Callable[[Page, str], None]:
    """Keep a picture of a page where TRUCEWATCH_PICTURES names a folder for them."""

    def picture(page: Page, name: str) -> None:
        folder = os.environ.get("TRUCEWATCH_PICTURES")
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return picture


def check_accessible(page: Page) -> None:
    """Fail where axe finds anything that keeps somebody from using the page; a part that is loading is pale on purpose."""
    page.locator("[aria-busy=true]").first.wait_for(state="detached")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    told = [f"{one['id']}: {one['help']}: {[node['html'][:150] for node in one['nodes'][:3]]}" for one in found]
    assert told == [], page.url
